"""How agreements stand to one another: frameworks, predecessors, replacements."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agreements.models.agreement import Agreement
from agreements.models.record import Recorded, refuse


class AgreementLink(Recorded):
    """How one agreement stands to another (quan hệ giữa các thỏa thuận)."""

    class Kind(models.TextChoices):
        UNDER = "under", _("under the framework")
        FOLLOWS = "follows", _("follows")
        REPLACES = "replaces", _("replaces (ends the older)")
        AMENDS = "amends", _("amends")
        RELATED = "related", _("related to")

    ORDERED = (Kind.UNDER, Kind.FOLLOWS, Kind.REPLACES)

    agreement = models.ForeignKey(
        Agreement, on_delete=models.CASCADE, related_name="links", verbose_name=_("agreement")
    )
    kind = models.CharField(_("relation"), max_length=10, choices=Kind)
    other = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="links_from", verbose_name=_("other agreement")
    )

    class Meta:
        verbose_name = _("relation of agreements")
        verbose_name_plural = _("relations of agreements")
        ordering = ["kind", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "kind", "other"],
                name="agreementlink_once",
                violation_error_message=_("This relation is entered already."),
            ),
            models.CheckConstraint(
                condition=~Q(agreement=F("other")),
                name="agreementlink_not_itself",
                violation_error_message=_("An agreement has no such relation to itself."),
            ),
        ]

    def __str__(self):
        return f"{self.agreement} — {self.get_kind_display()} — {self.other}"

    def clean(self):
        ordered = self.agreement_id and self.other_id and self.kind in self.ORDERED
        if not ordered or self.checked_together:
            return
        if self.agreement_id in reached(self.other_id, self.kind, without=self.pk):
            refuse(
                _("“%(other)s” comes after this agreement already: it cannot also come before."),
                "other",
                other=self.other,
            )


def reached(agreement_id, kind, without=None):
    """Ids of all agreements that one comes to from `agreement_id` by links of `kind` (a query a step)."""
    found, front = set(), {agreement_id}
    while front:
        links = AgreementLink.objects.filter(agreement__in=front, kind=kind).exclude(pk=without)
        front = set(links.values_list("other", flat=True)) - found
        found |= front
    return found
