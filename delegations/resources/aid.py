"""Files of deliveries and their lines."""

from agreements.models import Document, Qualifier, Term
from agreements.resources.kind import KindResource, PlainList, RecordResource, RoleList, column
from agreements.resources.papers import FIELD, SourceList
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


class DeliveryResource(RecordResource):
    """deliveries of aid and gifts."""

    kind, model = "deliveries", Delivery
    office = column("office", body_cell())
    code = column("code", TextCell())
    kind_of_delivery = column("kind", ChoiceCell(Delivery.Kind, default="support"), "kind")
    status = column("status", ChoiceCell(Delivery.Status, default="delivered"))
    held = column("held", DateCell(period=True))
    givers = RoleList("givers", body_cell(), DeliveryRole.As.GIVER)
    receivers = RoleList("receivers", body_cell(), DeliveryRole.As.RECEIVER)
    delegation = column("delegation", RecordCell(Delegation))
    meeting = column("meeting", RecordCell(Meeting))
    fields_of_cooperation = PlainList("fields", TermCell(FIELD))
    sources = SourceList()
    note = column("note", TextCell())


class LineNumberCell(TextCell):
    """Another line of the same delivery, by its number."""

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else str(value.number)


class LineResource(KindResource):
    """lines of deliveries."""

    kind, model, key = "lines", DeliveryLine, ("delivery", "number")
    delivery = column("delivery", RecordCell(Delivery))
    number = column("number", NumberCell(whole=True))
    part_of = column("part_of", LineNumberCell())
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

    def import_field(self, field, instance, row, is_m2m=False, **kwargs):
        if field.column_name != "part_of" or "part_of" not in row:
            return super().import_field(field, instance, row, is_m2m, **kwargs)
        number = NumberCell(whole=True).clean(row["part_of"])
        lines = DeliveryLine.objects.filter(delivery=instance.delivery_id, number=number)
        instance.part_of = lines.first() if number is not None else None
        return None
