"""What befell agreements after signing."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from agreements.fields import LongText, edtf
from agreements.models.agreement import Agreement, AgreementRole
from agreements.models.record import Recorded, not_before, refuse


class AgreementEvent(Recorded):
    """What befell an agreement after signing (diễn biến sau khi ký)."""

    class Kind(models.TextChoices):
        AMENDED = "amended", _("amended")
        EXTENDED = "extended", _("extended")
        SUSPENDED = "suspended", _("suspended")
        RESUMED = "resumed", _("resumed")
        TERMINATED = "terminated", _("terminated")
        WITHDRAWN = "withdrawn", _("withdrawn from")
        RENEWED = "renewed", _("renewed")
        INHERITED = "inherited", _("inherited by a successor")

    agreement = models.ForeignKey(
        Agreement, on_delete=models.CASCADE, related_name="events", verbose_name=_("agreement")
    )
    kind = models.CharField(_("event"), max_length=10, choices=Kind)
    on, on_first, on_last = edtf(_("on"), blank=False, help_text=_("A year will do."))
    until, until_first, until_last = edtf(_("until"), help_text=_("The new end, when extended or renewed."))
    partial = models.BooleanField(_("in part"), default=False)
    notified_on, notified_first, notified_last = edtf(_("notified on"))
    document = models.ForeignKey(
        "agreements.Document",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("document"),
    )
    party = models.ForeignKey(
        AgreementRole,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="inheritances",
        verbose_name=_("party inherited"),
    )
    successor = models.ForeignKey(
        "agreements.Body",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="agreements_inherited",
        verbose_name=_("successor"),
    )
    note = LongText(_("note"), blank=True, default="")

    class Meta:
        verbose_name = _("event after signing")
        verbose_name_plural = _("events after signing")
        ordering = ["on_first", "id"]
        constraints = [
            models.UniqueConstraint(
                F("agreement"),
                F("kind"),
                F("on"),
                Coalesce("party", models.Value(0), output_field=models.BigIntegerField()),
                name="agreementevent_once",
                violation_error_message=_("This event is entered already."),
            ),
            models.CheckConstraint(
                condition=Q(until="") | Q(kind__in=["extended", "renewed"]),
                name="agreementevent_until_only_when_extended",
                violation_error_message=_("Only an extension or renewal has a new end."),
            ),
            not_before(
                "until",
                "on",
                "agreementevent_until_not_before_on",
                _("The new end lies before the day of the event: check both dates."),
            ),
            models.CheckConstraint(
                condition=Q(kind="inherited", party__isnull=False, successor__isnull=False)
                | (~Q(kind="inherited") & Q(party__isnull=True, successor__isnull=True)),
                name="agreementevent_inherited_by_someone",
                violation_error_message=_(
                    "An inheritance, and only that, names the party and its successor."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.get_on_display()}"

    def clean(self):
        if self.party_id and self.party.agreement_id != self.agreement_id:
            refuse(_("“%(party)s” is a party of another agreement."), "party", party=self.party)
