"""Filters over delegations, meetings and deliveries: one definition for lists and reports."""

from django.utils.translation import gettext_lazy as _

from agreements.filters import days_of, fields_of, offices_of, one_of, one_year, with_field, years
from agreements.models import Body, Term
from agreements.places import PlaceFilterSet, abroad, areas, at_home
from delegations.models import (
    Delegation,
    DelegationRole,
    Delivery,
    DeliveryLine,
    DeliveryRole,
    Meeting,
    MeetingRole,
)


def taken_part(rows, places):
    """Records of the queryset `rows` in which a body of one of `places` (ids) takes part."""
    parts = rows.model.roles.rel.related_model.objects.filter(body__area__in=places)
    return rows.filter(pk__in=parts.values(rows.model._meta.model_name))


SIDES = ("sender", "host")


def units():
    """Whoever sent or received a delegation, places too: often a source names no office."""
    parts = DelegationRole.objects.filter(role__in=SIDES, body__isnull=False)
    return Body.objects.filter(pk__in=parts.values("body"))


class VisitFilter(PlaceFilterSet):
    """Places, field, office and year: what delegations, meetings and deliveries share."""

    def with_place(self, queryset, name, value):
        return taken_part(queryset, self.ids(value))

    def in_field(self, queryset, name, value):
        return with_field(queryset, value)

    def in_year(self, queryset, name, value):
        start, end = days_of(value)
        return queryset.filter(held_first__lte=end, held_last__gte=start)


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

    unit = one_of(_("Sent or received by"), units, "of_unit")

    class Meta:
        model = Delegation
        fields = []

    def of_unit(self, queryset, name, value):
        rows = DelegationRole.objects.filter(role__in=SIDES, body=value)
        return queryset.filter(pk__in=rows.values("delegation"))


MeetingFilter = type("MeetingFilter", (VisitFilter,), shared(Meeting, MeetingRole))


class DeliveryFilter(type("DeliverySharedFilter", (VisitFilter,), shared(Delivery, DeliveryRole))):
    """As the others, and what was handed over."""

    item = one_of(
        _("Contents"), lambda: Term.objects.filter(pk__in=DeliveryLine.objects.values("item")), "with_item"
    )

    class Meta:
        model = Delivery
        fields = []

    def with_item(self, queryset, name, value):
        lines = DeliveryLine.objects.filter(item__in=Term.objects.filter(pk=value.pk) | value.children.all())
        return queryset.filter(pk__in=lines.values("delivery"))
