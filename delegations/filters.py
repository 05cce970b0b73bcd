"""Filters over delegations, meetings and deliveries: one definition for lists and reports."""

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreements.filters import days_of, fields_of, offices_of, one_of, one_year, with_field, years
from agreements.models import Body, Organization, Term
from agreements.places import PlaceFilterSet, abroad, areas, at_home
from delegations.models import (
    Delegation,
    DelegationRole,
    Delivery,
    DeliveryLine,
    DeliveryRole,
    Funding,
    Meeting,
    MeetingRole,
)


def taken_part(rows, places):
    """Records of the queryset `rows` in which a body of one of `places` (ids) takes part."""
    parts = rows.model.roles.rel.related_model.objects.filter(body__area__in=places)
    return rows.filter(pk__in=parts.values(rows.model._meta.model_name))


SIDES = Q(role__in=(DelegationRole.As.SENDER, DelegationRole.As.HOST))
PRESENT = ~Q(role=MeetingRole.As.MENTIONED)
HANDED = Q(role__in=(DeliveryRole.As.GIVER, DeliveryRole.As.RECEIVER))
"""The roles by which a unit is asked for."""


def senders_and_hosts():
    """Whoever sent or received a delegation, places too: often a source names no office."""
    parts = DelegationRole.objects.filter(SIDES, body__isnull=False)
    return Body.objects.filter(pk__in=parts.values("body"))


class VisitFilter(PlaceFilterSet):
    """Places, field, office, year and unit: what delegations, meetings and deliveries share."""

    asked_as = Q()
    """The roles in which a unit takes part that is asked for."""

    def with_place(self, queryset, name, value):
        return taken_part(queryset, self.ids(value))

    def in_field(self, queryset, name, value):
        return with_field(queryset, value)

    def in_year(self, queryset, name, value):
        start, end = days_of(value)
        return queryset.filter(held_first__lte=end, held_last__gte=start)

    def of_unit(self, queryset, name, value):
        parts = queryset.model.roles.rel.related_model.objects.filter(self.asked_as, body=value)
        return queryset.filter(pk__in=parts.values(queryset.model._meta.model_name))


def shared(model, roles):
    """The filters over `model`, whose parts are in `roles`."""
    return {
        "place": one_of(_("Our locality"), lambda: at_home(areas(roles)), "with_place"),
        "partner": one_of(_("Partner"), lambda: abroad(areas(roles)), "with_place"),
        "field": one_of(_("Field"), lambda: fields_of(model), "in_field"),
        "office": one_of(_("Office"), lambda: offices_of(model)),
        "year": one_year(_("Year"), lambda: years(model.objects.all(), "held_first", "held_last")),
        "Meta": type("Meta", (), {"model": model, "fields": []}),
    }


class DelegationFilter(type("DelegationSharedFilter", (VisitFilter,), shared(Delegation, DelegationRole))):
    """As the others, and who sent or received it."""

    asked_as = SIDES
    unit = one_of(_("Sent or received by"), senders_and_hosts, "of_unit")

    class Meta:
        model = Delegation
        fields = []


def those_present():
    """Bodies that took part in a meeting, not only spoken of."""
    parts = MeetingRole.objects.filter(PRESENT, body__isnull=False)
    return Organization.objects.filter(pk__in=parts.values("body"))


class MeetingFilter(type("MeetingSharedFilter", (VisitFilter,), shared(Meeting, MeetingRole))):
    """As the others, and who took part."""

    asked_as = PRESENT
    unit = one_of(_("Unit taking part"), those_present, "of_unit")

    class Meta:
        model = Meeting
        fields = []


def givers_and_receivers():
    parts = DeliveryRole.objects.filter(HANDED, body__isnull=False)
    return Organization.objects.filter(pk__in=parts.values("body"))


def terms_of_lines(column):
    """The terms that stand in this column of some line."""
    return Term.objects.filter(pk__in=DeliveryLine.objects.values(column))


class DeliveryFilter(type("DeliverySharedFilter", (VisitFilter,), shared(Delivery, DeliveryRole))):
    """As the others; what was handed over, by or to which unit, measured and paid how."""

    asked_as = HANDED
    item = one_of(_("Contents"), lambda: terms_of_lines("item"), "with_item")
    unit = one_of(_("Given or received by"), givers_and_receivers, "of_unit")
    measure = one_of(_("Measured in"), lambda: terms_of_lines("unit"), "measured_in")
    funding = django_filters.ChoiceFilter(
        label=_("Paid from"), choices=Funding.choices, method="paid_from", empty_label=_("All")
    )

    class Meta:
        model = Delivery
        fields = []

    def with_item(self, queryset, name, value):
        lines = DeliveryLine.objects.filter(item__in=Term.objects.filter(pk=value.pk) | value.children.all())
        return queryset.filter(pk__in=lines.values("delivery"))

    def measured_in(self, queryset, name, value):
        return queryset.filter(pk__in=DeliveryLine.objects.filter(unit=value).values("delivery"))

    def paid_from(self, queryset, name, value):
        return queryset.filter(pk__in=DeliveryLine.objects.filter(funding=value).values("delivery"))
