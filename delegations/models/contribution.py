"""How events reach down to agreements and commitments."""

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from agreements.fields import QuantityField
from agreements.models.record import Recorded, exactly_one, measured, refuse, refuse_faults
from delegations.models.delegation import Delegation
from delegations.models.delivery import Delivery, DeliveryLine
from delegations.models.meeting import Meeting
from delegations.rules import allocation_faults, delivery_faults

EVENTS = ("delegation", "meeting", "delivery")
ENDS = (*EVENTS, "line", "agreement", "commitment", "counterpart")


def end(model, label, **options):
    return models.ForeignKey(
        model,
        **{
            "on_delete": models.CASCADE,
            "null": True,
            "blank": True,
            "related_name": "contributions",
            "verbose_name": label,
            **options,
        },
    )


class Contribution(Recorded):
    """What an event did for an agreement or a commitment (phục vụ, thực hiện)."""

    class How(models.TextChoices):
        SIGNED = "signed", _("signed there")
        EXCHANGED = "exchanged", _("exchanged there")
        DISCUSSED = "discussed", _("discussed")
        MADE = "made", _("promised there")
        SERVES = "serves", _("serves")

    delegation = end(Delegation, _("delegation"))
    meeting = end(Meeting, _("meeting"))
    delivery = end(Delivery, _("delivery"))
    line = end(DeliveryLine, _("line"))
    agreement = end("agreements.Agreement", _("agreement"), on_delete=models.PROTECT)
    commitment = end("agreements.Commitment", _("commitment"), on_delete=models.PROTECT)
    how = models.CharField(_("how"), max_length=10, choices=How, default=How.SERVES)
    quantity = QuantityField(_("quantity"), help_text=_("In the unit of the commitment; empty: not known."))
    counterpart = models.ForeignKey(
        "agreements.Body",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("counterpart"),
    )

    class Meta:
        verbose_name = _("contribution to an agreement or commitment")
        verbose_name_plural = _("contributions to agreements and commitments")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=exactly_one(*EVENTS),
                name="contribution_of_exactly_one_event",
                violation_error_message=_("It comes from one delegation, meeting or delivery."),
            ),
            models.CheckConstraint(
                condition=exactly_one("agreement", "commitment"),
                name="contribution_to_exactly_one_promise",
                violation_error_message=_("It goes to one agreement or one commitment."),
            ),
            models.CheckConstraint(
                condition=Q(line__isnull=True) | Q(delivery__isnull=False),
                name="contribution_line_needs_its_delivery",
                violation_error_message=_("A line comes with its delivery."),
            ),
            *measured(
                "quantity",
                "commitment",
                "contribution_quantity",
                [
                    _("A quantity is not negative: correct the number."),
                    _("A quantity is given for a commitment only: choose it, or leave the quantity empty."),
                ],
            ),
            models.UniqueConstraint(
                *(Coalesce(arm, Value(0), output_field=models.BigIntegerField()) for arm in ENDS),
                "how",
                name="contribution_once",
                violation_error_message=_("This contribution is entered already."),
            ),
        ]
        indexes = [
            models.Index(
                fields=[arm], condition=Q(**{f"{arm}__isnull": False}), name=f"contribution_{arm}_set"
            )
            for arm in (*EVENTS, "agreement", "commitment")
        ]

    def __str__(self):
        return f"{self.event} → {self.to}"

    @property
    def event(self):
        return self.delegation or self.meeting or self.delivery

    @property
    def to(self):
        return self.agreement or self.commitment

    def clean(self):
        if self.line_id and self.line.delivery_id != self.delivery_id:
            refuse(_("The line is of another delivery."), "line")
        if self.quantity is not None and self.commitment_id and not self.commitment.unit_id:
            refuse(_("This commitment is not measured: leave the quantity empty."), "quantity")
        if self.line_id and not self.checked_together:
            others = self.line.contributions.exclude(pk=self.pk).select_related("commitment")
            refuse_faults(allocation_faults([self.line], [*others, self]), "quantity")
        if self.delivery_id and self.quantity is not None and not self.checked_together:
            others = self.delivery.contributions.exclude(pk=self.pk).select_related(
                "line", "commitment__unit"
            )
            lines = self.delivery.lines.select_related("part_of")
            refuse_faults(delivery_faults(lines, [*others, self]), "quantity")
