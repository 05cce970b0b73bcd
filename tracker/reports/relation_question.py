"""What a reader asks of the report on two localities, and the pairs to choose from."""

import django_filters
from django import forms
from django.db.models import Case, Count, F, Value, When
from django.utils.translation import gettext_lazy as _

from agreements.filters import one_of
from agreements.models import Agreement, AgreementRole
from agreements.models.record import counted
from agreements.places import THEN, PlaceFilterSet, areas, with_later
from delegations.models import DelegationRole, DeliveryRole, MeetingRole
from tracker.reports.addresses import of_report
from tracker.reports.asking import Choosing, again
from tracker.reports.questions import OfCertainty, Question
from tracker.reports.table import Cell, Column, make_table


def ordered(vietnamese_first=True):
    """All places, those of Việt Nam first (or last), so that a pair may be asked from either side."""
    first = Case(When(country="VN", then=Value(not vietnamese_first)), default=Value(vietnamese_first))
    used = areas(AgreementRole, DelegationRole, MeetingRole, DeliveryRole)
    return with_later(used).order_by(first, "sort", "exists_first")


class RelationFilter(OfCertainty, PlaceFilterSet):
    """Two places, as they are now or as they were named then.

    For the links of numbers: `only` some rows (the keys of relation_only.py), those of one sum of aid (`behind`).
    """

    place = one_of(_("Our locality"), ordered, "later")
    partner = one_of(_("Partner"), lambda: ordered(vietnamese_first=False), "later")
    only = django_filters.CharFilter(label=_("Only"), method="later", widget=forms.HiddenInput)
    behind = django_filters.CharFilter(label=_("Lines"), method="later", widget=forms.HiddenInput)

    class Meta:
        model = Agreement
        fields = []


class RelationQuestion(Choosing, Question):
    """Two places as of a day."""

    filters = RelationFilter
    shared = ("place", "partner", "named")
    rare = ("certainty", "only", "behind")

    def rows_of(self, table, **changes):
        """The address of the rows of a table that stand behind a number."""
        alone = {"certainty": None, "only": None, "behind": None, **changes}
        return f"{again('relation', self.asked, **{'on': self.on.isoformat(), **alone})}#{table}"

    @property
    def conditions(self):
        """It is always said how the two are meant."""
        told = super().conditions
        if self.as_now:
            told = (*told, (self.chosen.form.fields["named"].label, str(_("as they are now"))))
        return told


def pairs(question):
    """The pairs of places that have signed something, for a reader who has not chosen two (one query)."""
    other = "agreement__roles__body"
    rows = AgreementRole.objects.filter(counted("agreement__"), role="party", body__country="VN").annotate(
        their_role=F("agreement__roles__role"),
        their_country=F(f"{other}__country"),
        their_area=F(f"{other}__area"),
        their_name=F(f"{other}__area__name"),
        their_sort=F(f"{other}__area__sort"),
    )
    rows = rows.filter(their_role="party").exclude(their_country="VN")
    for name, column in (("place", "body__area"), ("partner", "their_area")):
        if chosen := question.value(name):
            rows = rows.filter(**{column: chosen.pk})
    found = (
        rows.values("body__area", "body__area__name", "their_area", "their_name")
        .annotate(number=Count("agreement", distinct=True))
        .order_by("body__area__sort", "their_sort", "body__area", "their_area")
        .values_list("body__area", "body__area__name", "their_area", "their_name", "number")
    )
    columns = (
        Column("place", _("Our locality")),
        Column("partner", _("Partner")),
        Column("agreements", _("Agreements"), "number"),
    )
    made = [
        [
            Cell(name, address(pk, other, question.on)),
            Cell(partner, address(pk, other, question.on)),
            Cell(number, f"{address(pk, other, question.on)}&named={THEN}&only=agreements#agreements"),
        ]
        for pk, name, other, partner, number in found
    ]
    return make_table(
        "relation",
        _("Relation of two localities"),
        columns,
        made,
        notes=(_("Choose two different localities above, or one of these pairs, which have an agreement."),),
        as_of=question.on,
        conditions=question.conditions,
        empty=_("Choose two different localities."),
    )


def address(place, partner, on):
    return f"{of_report('relation')}?on={on}&place={place}&partner={partner}"
