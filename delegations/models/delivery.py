"""Deliveries of aid and gifts, line by line."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agreements import numbers
from agreements.fields import CodeField, FoldedField, QuantityField, Text, between, edtf
from agreements.models.progress import Qualifier
from agreements.models.record import Record, Recorded, measured, refuse, refuse_faults
from agreements.models.reviewed import Reviewed, ReviewedQuerySet
from agreements.models.role import SOMEBODY, Role, bodies_only, once
from agreements.models.term import Term, cooperation_fields, term
from delegations.models.delegation import Delegation, Funding
from delegations.models.meeting import Meeting
from delegations.rules import allocation_faults, delivery_faults, line_faults, receiver_faults, refuse_future


class Delivery(Reviewed, Record):
    """Aid handed over, relief, or a gift (hỗ trợ, bàn giao, quà tặng)."""

    class Kind(models.TextChoices):
        SUPPORT = "support", _("support")
        RELIEF = "relief", _("emergency relief")
        GIFT = "gift", _("gift")

    class Status(models.TextChoices):
        PLANNED = "planned", _("planned")
        DELIVERED = "delivered", _("delivered")
        CANCELLED = "cancelled", _("cancelled")

    code = CodeField("HT", verbose_name=_("code"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.SUPPORT)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DELIVERED)
    held, held_first, held_last = edtf(_("delivered on"), period=True)
    delegation = models.ForeignKey(
        Delegation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="deliveries",
        verbose_name=_("handed over by the delegation"),
    )
    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="deliveries",
        verbose_name=_("handed over at the meeting"),
    )
    fields = cooperation_fields()
    folded = FoldedField("code", "note")

    _history_m2m_fields = ["fields"]

    objects = ReviewedQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery of aid")
        verbose_name_plural = _("deliveries of aid")
        ordering = [F("held_first").desc(nulls_last=True), "code"]
        permissions = [("approve_delivery", _("Approve or return deliveries of aid"))]
        constraints = [*Record.Meta.constraints]
        indexes = [models.Index(fields=["held_first", "held_last"], name="delivery_held")]

    def __str__(self):
        return " · ".join(filter(None, [self.get_kind_display(), self.get_held_display(), self.code]))

    def clean(self):
        if self.status == self.Status.DELIVERED:
            refuse_future(self.held_first, "held")


class DeliveryRole(Role):
    """Who gives, receives, pays or witnesses a delivery."""

    class As(models.TextChoices):
        GIVER = "giver", _("giver")
        RECEIVER = "receiver", _("receiver")
        FUNDER = "funder", _("funder")
        WITNESS = "witness", _("witness")

    delivery = models.ForeignKey(
        Delivery, on_delete=models.CASCADE, related_name="roles", verbose_name=_("delivery")
    )
    role = models.CharField(_("as"), max_length=10, choices=As)

    class Meta(Role.Meta):
        verbose_name = _("part taken in a delivery")
        verbose_name_plural = _("parts taken in deliveries")
        constraints = [SOMEBODY, bodies_only("funder"), once("delivery")]
        indexes = [models.Index(fields=["role", "body"], name="deliveryrole_role_body")]


class DeliveryLine(Recorded):
    """One item of a delivery with its own measure (nội dung bàn giao); "of which" lines are never added."""

    delivery = models.ForeignKey(
        Delivery, on_delete=models.CASCADE, related_name="lines", verbose_name=_("delivery")
    )
    number = models.PositiveSmallIntegerField(_("line"), validators=between(1, 9999))
    part_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("of which"),
    )
    item = term(Term.Vocabulary.ITEM, _("item"))
    description = Text(_("description"), max_length=500, blank=True, default="")
    quantity = QuantityField(_("quantity"), help_text=_("Empty: not known."))
    quantity_is = models.CharField(
        _("quantity is"), max_length=10, choices=Qualifier, default=Qualifier.EXACTLY
    )
    unit = term(Term.Vocabulary.UNIT, _("unit"), null=True, blank=True)
    amount = QuantityField(_("amount"), help_text=_("Money or value; empty: not known."))
    amount_is = models.CharField(_("amount is"), max_length=10, choices=Qualifier, default=Qualifier.EXACTLY)
    currency = term(Term.Vocabulary.CURRENCY, _("currency"), null=True, blank=True)
    receiver = models.ForeignKey(
        "agreements.Body",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="delivery_lines",
        verbose_name=_("receiver"),
        help_text=_("One of the receivers; empty: not split."),
    )
    funding = models.CharField(_("paid from"), max_length=10, choices=Funding, blank=True, default="")
    document = models.ForeignKey(
        "agreements.Document",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("document"),
    )

    class Meta:
        verbose_name = _("line of a delivery")
        verbose_name_plural = _("lines of deliveries")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["delivery", "number"],
                name="deliveryline_number_once",
                violation_error_message=_("Two lines of the delivery bear the same number."),
            ),
            *measured(
                "quantity",
                "unit",
                "deliveryline_quantity",
                [
                    _("A quantity is not negative: correct the number."),
                    _("A quantity needs its unit: choose it."),
                ],
            ),
            *measured(
                "amount",
                "currency",
                "deliveryline_amount",
                [
                    _("An amount is not negative: correct the number."),
                    _("An amount needs its currency: choose it."),
                ],
            ),
            models.CheckConstraint(
                condition=Q(part_of__isnull=True) | ~Q(part_of=F("id")),
                name="deliveryline_not_part_of_itself",
                violation_error_message=_("A line is not part of itself."),
            ),
        ]

    def __str__(self):
        measure = " ".join(filter(None, [numbers.display(self.quantity), str(self.unit or "")]))
        return f"{self.number}. {self.description or self.item} {measure}".strip()

    def short(self):
        """The item with its measure: “15.000 chiếc Khẩu trang y tế”; only the item where nothing is known."""
        amount = f"{numbers.display(self.amount)} {self.currency.code}" if self.amount is not None else ""
        quantity = f"{numbers.display(self.quantity)} {self.unit}" if self.quantity is not None else ""
        return " ".join(filter(None, [quantity, str(self.item), amount]))

    def clean(self):
        if not self.delivery_id:
            return
        if self.part_of_id and self.part_of.delivery_id != self.delivery_id:
            refuse(_("“Of which” refers to a line of another delivery."), "part_of")
        if not self.checked_together:
            self.clean_beside_others()

    def clean_beside_others(self):
        """The line with the stored lines, receivers and contributions of its delivery."""
        others = self.delivery.lines.exclude(pk=self.pk).select_related("part_of")
        refuse_faults(line_faults([*others, self]))
        if self.receiver_id:
            receivers = self.delivery.roles.filter(role=DeliveryRole.As.RECEIVER).select_related("body")
            refuse_faults(receiver_faults([self], [role.body for role in receivers]), "receiver")
        if self.pk:
            refuse_faults(allocation_faults([self], self.contributions.select_related("commitment")))
            shares = self.delivery.contributions.select_related("line", "commitment__unit")
            refuse_faults(delivery_faults([*others, self], shares))
