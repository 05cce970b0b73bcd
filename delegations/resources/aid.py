"""Files of deliveries and their lines."""

from django.utils.translation import gettext_lazy

from agreements.models import Document, Qualifier, Term
from agreements.resources.columns import PlainList, RoleList, column
from agreements.resources.kind import KindResource, RecordResource
from agreements.resources.papers import FIELD, SourceList
from agreements.resources.promises import NumberedCell, sibling
from agreements.resources.records import RecordCell
from agreements.resources.values import (
    ChoiceCell,
    DateCell,
    NumberCell,
    TermCell,
    TextCell,
    body_cell,
)
from delegations.models import Delegation, Delivery, DeliveryLine, DeliveryRole, Funding, Meeting
from delegations.resources.together import lines_in_parts, more_than_brought, one_sided, over_allocated


class DeliveryResource(RecordResource):
    """deliveries of aid and gifts."""

    kind, model, dated = "deliveries", Delivery, ("held",)
    identity, apart = ("kind", "held"), ("delegation", "meeting", "givers", "receivers")
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

    def together(self):
        return [one_sided]

    def touch(self, entry):
        self.batch.touch("sides", entry.instance, entry)

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

    own = ("part_of",)
    spread = {"quantity": ["quantity_is", "unit"], "amount": ["amount_is", "currency"]}

    def names_itself(self):
        return "part_of" in self.written

    def fill_own(self, name, entry):
        entry.instance.part_of = sibling(
            self, ("delivery_id", entry.instance.delivery_id), entry.row["part_of"]
        )

    def together(self):
        return [lines_in_parts, over_allocated, more_than_brought]

    def touch(self, entry):
        self.batch.touch("lines", entry.instance.delivery, entry)
        self.batch.touch("allocations", entry.instance, entry)
        self.batch.touch("shares", entry.instance.delivery, entry)

    def get_queryset(self):
        lines = DeliveryLine.objects.select_related("part_of", "item", "unit", "currency", "receiver")
        lines = lines.select_related("document__office", "delivery__office")
        return lines.order_by("delivery__code", "number")
