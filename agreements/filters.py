"""Filters over agreements and commitments: one definition for lists and reports."""

from datetime import date

import django_filters
from django.db.models import Max, Min, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.models import (
    Agreement,
    AgreementRole,
    Body,
    Commitment,
    CommitmentRole,
    Document,
    Organization,
    Progress,
    Term,
)
from agreements.places import PlaceFilterSet, abroad, at_home


def parties():
    """The places of the bodies that are a party to some agreement, for `pk__in`."""
    return AgreementRole.objects.filter(role="party", body__isnull=False).order_by().values("body__area")


def offices_of(model):
    """Bodies that keep records of `model`."""
    return Organization.objects.filter(pk__in=model.objects.values("office"))


def offices():
    """Bodies that keep agreements."""
    return offices_of(Agreement)


def fields_of(model):
    """Fields of cooperation that some record of `model` bears, with those above them."""
    used = model.fields.through.objects.values("term")
    above = Term.objects.filter(pk__in=used, parent__isnull=False).values("parent")
    return Term.objects.filter(Q(pk__in=used) | Q(pk__in=above))


def used_fields():
    return fields_of(Agreement)


def leads():
    """The bodies that lead a commitment, for `pk__in`: joined to them, each would come once a commitment."""
    return CommitmentRole.objects.filter(role="lead", body__isnull=False).order_by().values("body")


def lead_units():
    """Units that are focal for an agreement or lead a commitment."""
    focal = AgreementRole.objects.filter(role="focal", body__isnull=False).order_by().values("body")
    return Organization.objects.filter(Q(pk__in=leads()) | Q(pk__in=focal))


def years(rows, first="held_first", *others):
    """[(year, year), …], the latest first, from the first to the last year that occurs in these columns."""
    columns = (first, *others)
    ends = rows.aggregate(
        **{f"{column}_min": Min(column) for column in columns},
        **{f"{column}_max": Max(column) for column in columns},
    )
    days = [day for day in ends.values() if day]
    if not days:
        return []
    return [(str(year), str(year)) for year in range(max(days).year, min(days).year - 1, -1)]


def agreement_years():
    """Years in which agreements were signed or began, up to this one."""
    found = years(Agreement.objects.all(), "signed_first", "period_first", "exchanged_first")
    latest = int(found[0][0]) if found else 0
    this_year = timezone.localdate().year
    return [(str(year), str(year)) for year in range(this_year, latest, -1)] * bool(found) + found


def days_of(year):
    """The first and the last day of a year given as text."""
    return date(int(year), 1, 1), date(int(year), 12, 31)


def with_field(queryset, field):
    """Rows of `queryset` in a field of cooperation or in one that belongs to it."""
    through = queryset.model.fields.through
    arm = queryset.model._meta.model_name
    fields = Term.objects.filter(Q(pk=field.pk) | Q(parent=field))
    return queryset.filter(pk__in=through.objects.filter(term__in=fields).values(arm))


def one_of(label, rows, method=None, sort=django_filters.ModelChoiceFilter):
    """A filter by one of the rows that `rows()` gives (primary key in the address)."""
    return sort(label=label, queryset=lambda request: rows(), method=method, empty_label=_("All"))


def one_year(label, choices):
    return django_filters.ChoiceFilter(label=label, choices=choices, method="in_year", empty_label=_("All"))


class AgreementFilter(PlaceFilterSet):
    """Places, field, unit, office and year of agreements (`?partner=12&field=3&office=7`, primary keys)."""

    place = one_of(_("Our locality"), lambda: at_home(parties()), "with_place")
    partner = one_of(_("Partner"), lambda: abroad(parties()), "with_place")
    field = one_of(_("Field"), used_fields, "in_field")
    unit = one_of(_("Lead or focal unit"), lead_units, "led_by")
    office = one_of(_("Office"), offices)
    year = one_year(_("Signed or running in"), agreement_years)

    class Meta:
        model = Agreement
        fields = []

    def with_place(self, queryset, name, value):
        return queryset.signed_by(self.ids(value))

    def in_field(self, queryset, name, value):
        return queryset.in_field(value)

    def led_by(self, queryset, name, value):
        return queryset.led_by(value)

    def in_year(self, queryset, name, value):
        return queryset.touching(*days_of(value))


class CommitmentFilter(PlaceFilterSet):
    """Places, field, lead unit, office and year of commitments."""

    place = one_of(_("Our locality"), lambda: at_home(parties()), "with_place")
    partner = one_of(_("Partner"), lambda: abroad(parties()), "with_place")
    field = one_of(_("Field"), lambda: fields_of(Commitment), "in_field")
    unit = one_of(_("Lead unit"), lambda: leading_units(), "led_by")
    office = one_of(_("Office"), lambda: offices_of(Commitment))
    year = one_year(_("Made or due in"), lambda: commitment_years())

    class Meta:
        model = Commitment
        fields = []

    def with_place(self, queryset, name, value):
        return queryset.filter(commitments_of(self.ids(value)))

    def in_field(self, queryset, name, value):
        return with_field(queryset, value)

    def led_by(self, queryset, name, value):
        return queryset.filter(
            pk__in=CommitmentRole.objects.filter(role="lead", body=value).values("commitment")
        )

    def in_year(self, queryset, name, value):
        start, end = days_of(value)
        made = Q(made_first__lte=end, made_last__gte=start)
        due = Q(period_first__isnull=True) | Q(period_first__lte=end)
        return queryset.filter(made | (due & Q(period_last__gte=start)))


def commitments_of(places):
    """Q of commitments in which a body of these places (ids) takes part, or of an agreement that one signed."""
    agreements = Agreement.objects.signed_by(places).values("pk")
    own = CommitmentRole.objects.filter(body__area__in=places).values("commitment")
    return Q(agreement__in=agreements) | Q(pk__in=own)


def leading_units():
    return Organization.objects.filter(pk__in=leads())


def commitment_years():
    return years(Commitment.objects.all(), "made_first", "period_first", "period_last")


class ProgressFilter(PlaceFilterSet):
    """Partner, lead unit and office of the commitments that reports are about; their year."""

    partner = one_of(_("Partner"), lambda: abroad(parties()), "with_place")
    unit = one_of(_("Lead unit"), lambda: leading_units(), "led_by")
    office = one_of(_("Office"), lambda: offices_of(Commitment), "kept_by")
    year = one_year(_("Year"), lambda: years(Progress.objects.all(), "on_first", "on_last"))

    class Meta:
        model = Progress
        fields = []

    def in_year(self, queryset, name, value):
        start, end = days_of(value)
        return queryset.filter(on_first__lte=end, on_last__gte=start)

    def with_place(self, queryset, name, value):
        about = Commitment.objects.filter(commitments_of(self.ids(value)))
        return queryset.filter(commitment__in=about.order_by().values("pk"))

    def led_by(self, queryset, name, value):
        leads = CommitmentRole.objects.filter(role="lead", body=value)
        return queryset.filter(commitment__in=leads.values("commitment"))

    def kept_by(self, queryset, name, value):
        return queryset.filter(commitment__office=value)


def issuers():
    return Body.objects.filter(pk__in=Document.objects.values("issuer"))


class DocumentFilter(django_filters.FilterSet):
    """Kind, issuer, office and year of documents."""

    kind = one_of(_("Kind"), lambda: Term.objects.filter(pk__in=Document.objects.values("kind")))
    issuer = one_of(_("Issued by"), issuers)
    office = one_of(_("Office"), lambda: offices_of(Document))
    year = one_year(_("Year"), lambda: years(Document.objects.all(), "issued_first", "issued_last"))

    class Meta:
        model = Document
        fields = []

    def in_year(self, queryset, name, value):
        start, end = days_of(value)
        return queryset.filter(issued_first__lte=end, issued_last__gte=start)
