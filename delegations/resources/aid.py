"""Files of deliveries and their lines."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from agreements.models import Document, Qualifier, Term
from agreements.resources.columns import PlainList, RoleList, column
from agreements.resources.kind import KindResource, RecordResource
from agreements.resources.measures import spread_measure
from agreements.resources.papers import FIELD, SourceList
from agreements.resources.promises import NumberedCell, sibling
from agreements.resources.values import (
    ChoiceCell,
    DateCell,
    NumberCell,
    RecordCell,
    TermCell,
    TextCell,
    body_cell,
)
from delegations.models import Delegation, Delivery, DeliveryLine, DeliveryRole, Funding, Meeting
from delegations.rules import line_faults, refuse_sides


def one_sided(batch, session):
    """Faults of deliveries that lack a giver or a receiver, or where somebody is both; told at the last row."""
    touched = batch.touched("deliveries")
    session.querysets.setdefault(DeliveryRole, DeliveryRole._default_manager.select_related("body", "person"))
    session.fetch(DeliveryRole, "delivery_id", touched)
    for delivery, number in touched.items():
        roles = session.rows(DeliveryRole, "delivery_id", delivery)
        bodies = {arm: [role.body for role in roles if role.role == arm] for arm in ("giver", "receiver")}
        try:
            refuse_sides(bodies["giver"], bodies["receiver"])
        except ValidationError as error:
            yield number, "", error.messages[0]


class DeliveryResource(RecordResource):
    """deliveries of aid and gifts."""

    kind, model, dated = "deliveries", Delivery, ("held",)
    office = column("office", body_cell())
    code = column("code", TextCell())
    kind_of_delivery = column("kind", ChoiceCell(Delivery.Kind, default="support"), "kind")
    status = column("status", ChoiceCell(Delivery.Status, default="delivered"))
    held = column("held", DateCell(period=True))
    givers = RoleList("givers", body_cell(), DeliveryRole.As.GIVER, label=gettext_lazy("givers"))
    receivers = RoleList("receivers", body_cell(), DeliveryRole.As.RECEIVER, label=gettext_lazy("receivers"))
    delegation = column("delegation", RecordCell(Delegation))
    meeting = column("meeting", RecordCell(Meeting))
    fields_of_cooperation = PlainList("fields", TermCell(FIELD))
    sources = SourceList()
    note = column("note", TextCell())

    together = True

    def settled(self, entry):
        self.batch.touch("deliveries", entry.instance.pk, entry.number)

    def check_together(self):
        return one_sided(self.batch, self.session)

    def get_queryset(self):
        return Delivery.objects.select_related("office", "delegation__office", "meeting__office")


class LineResource(KindResource):
    """lines of deliveries."""

    kind, model, key = "lines", DeliveryLine, ("delivery", "number")
    delivery = column("delivery", RecordCell(Delivery))
    number = column("number", NumberCell(whole=True))
    part_of = column("part_of", NumberedCell())
    item = column("item", TermCell(Term.Vocabulary.ITEM))
    description = column("description", TextCell())
    quantity = column("quantity", NumberCell())
    quantity_is = column("quantity_is", ChoiceCell(Qualifier, default="exactly"))
    unit = column("unit", TermCell(Term.Vocabulary.UNIT))
    amount = column("amount", NumberCell())
    amount_is = column("amount_is", ChoiceCell(Qualifier, default="exactly"))
    currency = column("currency", TermCell(Term.Vocabulary.CURRENCY))
    receiver = column("receiver", body_cell())
    funding = column("funding", ChoiceCell(Funding))
    document = column("document", RecordCell(Document))

    own, together = ("part_of",), True
    spread = {"quantity": ["quantity_is", "unit"], "amount": ["amount_is", "currency"]}

    def prepare(self, entry):
        super().prepare(entry)
        with entry.told_under("quantity"):
            spread_measure(entry.row, self, "quantity", "quantity_is", "unit")
        with entry.told_under("amount"):
            spread_measure(entry.row, self, "amount", "amount_is", "currency")

    def names_itself(self):
        return "part_of" in self.written

    def fill_own(self, name, entry):
        entry.instance.part_of = sibling(
            self, ("delivery_id", entry.instance.delivery_id), entry.row["part_of"]
        )

    def settled(self, entry):
        self.batch.touch("lines", entry.instance.pk, entry.number)

    def check_together(self):
        """Whole and parts of each delivery, told at its last row."""
        last = {}
        for pk, number in self.batch.touched("lines").items():
            delivery = self.session.planned[DeliveryLine][pk].delivery_id
            last[delivery] = max(number, last.get(delivery, 0))
        self.session.fetch(DeliveryLine, "delivery_id", last)
        for delivery, number in last.items():
            for _line, sentence in line_faults(self.session.rows(DeliveryLine, "delivery_id", delivery)):
                yield number, "", sentence

    def get_queryset(self):
        lines = DeliveryLine.objects.select_related("part_of", "item", "unit", "currency", "receiver")
        lines = lines.select_related("document__office", "delivery__office")
        return lines.order_by("delivery__code", "number")
