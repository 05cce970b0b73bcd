"""What was handed over, line by line, with who gave and who received: a few queries whatever the number."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from operator import itemgetter
from typing import NamedTuple

from django.db.models import BigIntegerField, CharField, F, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from agreements import dates
from agreements.models.record import counted
from delegations.models import Contribution, Delivery, DeliveryLine, DeliveryRole, VisitCitation
from tracker.reports.reviewing import checked, is_checked
from tracker.reports.taking_part import union

GIVEN, RECEIVED = "given", "received"
NO_TEXT = Value(None, output_field=CharField())
NO_NUMBER = Value(None, output_field=BigIntegerField())
CERTAINTY = {"certain": _("certain"), "possible": _("possibly"), "undated": _("undated")}


class Handed(NamedTuple):
    """A line of a delivery that took place; the names that figures.Line has mean the same."""

    id: int
    delivery: int
    number: int
    whole: int | None
    item: str
    item_id: int
    item_code: str
    item_above: int | None
    sort: str
    """The item at the top of its list: goods, money, students …"""
    sort_code: str
    description: str
    quantity: Decimal | None
    quantity_is: str
    unit: str | None
    amount: Decimal | None
    amount_is: str
    currency: str | None
    receiver: str | None
    receiver_place: int | None
    receiver_place_name: str | None
    funding: str
    code: str
    kind: str
    held: str
    first: date | None
    last: date | None
    review: str
    is_checked: bool

    def certainty(self, begin, end):
        """certain, possible, undated, or "" where it lies outside the days asked."""
        found = dates.relation(self.first, self.last, begin or date.min, end)
        return "" if found == "outside" else found

    @property
    def is_gift(self):
        return self.kind == Delivery.Kind.GIFT


def above(column):
    """A column of the topmost item above the item of a line."""
    return Coalesce(f"item__parent__parent__{column}", f"item__parent__{column}", f"item__{column}")


COLUMNS = (
    "id", "delivery_id", "number", "part_of_id", "item__name", "item_id", "item__code", "item__parent_id", "sort",
    "sort_code", "description",
    "quantity", "quantity_is", "unit__name", "amount", "amount_is", "currency__code", "receiver__name",
    "receiver__area_id", "receiver__area__name", "funding", "delivery__code", "delivery__kind", "delivery__held",
    "delivery__held_first", "delivery__held_last", "delivery__review_state", "is_checked",
)  # fmt: skip


def handed(deliveries):
    """[Handed] of the delivered ones of the queryset, oldest first, the undated last (one query)."""
    rows = DeliveryLine.objects.filter(delivery__in=delivered(deliveries))
    verified = is_checked(checked("delivery__review_state", "delivery"))
    rows = rows.annotate(sort=above("name"), sort_code=above("code"), is_checked=verified).order_by(
        F("delivery__held_first").asc(nulls_last=True), "delivery_id", Coalesce("part_of__number", "number"),
        F("part_of_id").asc(nulls_first=True), "number",
    )  # fmt: skip
    return [Handed._make(row) for row in rows.values_list(*COLUMNS)]


def delivered(deliveries):
    """The ids of those that took place, as a subquery."""
    return deliveries.filter(status=Delivery.Status.DELIVERED).order_by().values("pk")


class Side(NamedTuple):
    """A giver or receiver of a delivery; `place`: the locality that it serves."""

    delivery: int
    role: str
    country: str | None
    place: int | None
    place_name: str | None
    name: str | None
    as_printed: str
    person: str | None
    title: str

    def __str__(self):
        if self.as_printed and not self.person:
            return self.as_printed
        return self.name or " ".join(filter(None, [self.title, self.as_printed or self.person]))


def sides(deliveries):
    """{delivery id: {"giver": [Side], "receiver": [Side]}} (one query)."""
    rows = DeliveryRole.objects.filter(delivery__in=delivered(deliveries), role__in=["giver", "receiver"])
    columns = (
        "delivery_id", "role", "body__country", "body__area_id", "body__area__name", "body__name", "as_printed",
        "person__name", "title",
    )  # fmt: skip
    found = defaultdict(lambda: {"giver": [], "receiver": []})
    for row in rows.order_by("rank", "id").values_list(*columns):
        side = Side._make(row)
        found[side.delivery][side.role].append(side)
    return found


def way(of_delivery):
    """given, where the Vietnamese side gives; else received."""
    return GIVEN if any(side.country == "VN" for side in of_delivery["giver"]) else RECEIVED


def served_and_minutes(deliveries):
    """What deliveries served and their handover minutes, both by the ids of deliveries (one query).

    {delivery id: [(line id or None, agreement code, commitment code, commitment id)]} and
    {delivery id: [“12/BB-BG, 3/5/2022”]}.
    """
    chosen = delivered(deliveries)
    links = Contribution.objects.filter(counted("agreement__"), counted("commitment__"), delivery__in=chosen)
    papers = VisitCitation.objects.filter(
        counted("document__"), delivery__in=chosen, role=VisitCitation.Role.MINUTES
    )
    link = ("id", "delivery_id", "issued", "line_id", "agreement__code", "commitment__code", "commitment_id")
    paper = ("id", "delivery_id", "document__issued_on", "line", "document__number", "document__title", "to")
    rows = union(
        [
            links.annotate(issued=NO_TEXT).order_by().values_list(*link),
            papers.annotate(line=NO_NUMBER, to=NO_NUMBER).order_by().values_list(*paper),
        ]
    )
    served, minutes = defaultdict(list), defaultdict(list)
    for _id, delivery, issued, line, first, second, to in sorted(rows, key=itemgetter(0)):
        if issued is None:
            served[delivery].append((line, first, second, to))
        else:
            minutes[delivery].append(", ".join(filter(None, [first or second, dates.display(issued)])))
    return served, minutes
