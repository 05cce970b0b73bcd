"""Files of deliveries and their lines."""

from collections import defaultdict

from django.utils.translation import gettext_lazy

from agreements.models import Document, Qualifier, Term
from agreements.resources.columns import PlainList, RoleList, column
from agreements.resources.faults import told_under
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
from delegations.rules import refuse_line_faults, refuse_one_sided


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

    def save_m2m(self, instance, row, **kwargs):
        super().save_m2m(instance, row, **kwargs)
        refuse_one_sided(instance)

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

    def before_import_row(self, row, **kwargs):
        super().before_import_row(row, **kwargs)
        with told_under("quantity"):
            spread_measure(row, self, "quantity", "quantity_is", "unit")
        with told_under("amount"):
            spread_measure(row, self, "amount", "amount_is", "currency")

    def fill(self, field, instance, row):
        if field.column_name == "part_of":
            lines = DeliveryLine.objects.filter(delivery=instance.delivery_id)
            instance.part_of = sibling(lines, row["part_of"], self.numbers)
        else:
            super().fill(field, instance, row)

    def after_init_instance(self, instance, new, row, **kwargs):
        instance.checked_together = True  # whole and parts may change in one file: see check_together

    def check_together(self, result):
        """Whole and parts of each delivery, told at its last row."""
        last = {pk: number for (_table, pk), number in self.touched.items()}
        lines = defaultdict(list)
        changed = DeliveryLine.objects.filter(pk__in=last).values("delivery")
        for line in DeliveryLine.objects.filter(delivery__in=changed).select_related("part_of__part_of"):
            lines[line.delivery_id].append(line)
        for delivery_lines in lines.values():
            self.row_number = max(last.get(line.pk, 0) for line in delivery_lines)
            self.try_row(result, refuse_line_faults, delivery_lines)

    def get_queryset(self):
        lines = DeliveryLine.objects.select_related("part_of", "item", "unit", "currency", "receiver")
        lines = lines.select_related("document__office", "delivery__office")
        return lines.order_by("delivery__code", "number")
