"""States that an officer sets against what dates and figures tell."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.fields import LongText
from agreements.history import RecordedQuerySet
from agreements.models.record import Recorded, entered_by, refuse_faults
from agreements.models.standing import State
from agreements.rules import lasting_faults


class OverrideQuerySet(RecordedQuerySet):
    """Questions about states set by officers."""

    def valid(self, on):
        """Those that hold on the day `on`; of several of one commitment, the last set is the one meant."""
        return self.filter(since__lte=on, until__gte=on)


class StateOverride(Recorded):
    """The state of a commitment as an officer says it is, with a reason and a last day (xác định tình hình).

    Reports show that it was set so. After its last day the state is again what dates and figures tell.
    """

    commitment = models.ForeignKey(
        "agreements.Commitment",
        on_delete=models.CASCADE,
        related_name="overrides",
        verbose_name=_("commitment"),
    )
    state = models.CharField(_("state"), max_length=15, choices=State)
    reason = LongText(_("reason"))
    since = models.DateField(_("since"), default=timezone.localdate)
    until = models.DateField(
        _("valid until"), help_text=_("Its last day: then the state is judged by dates and figures again.")
    )
    author = entered_by("+")

    objects = OverrideQuerySet.as_manager()

    class Meta:
        verbose_name = _("state set by an officer")
        verbose_name_plural = _("states set by officers")
        ordering = ["commitment", "since"]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "since"],
                name="stateoverride_once_a_day",
                violation_error_message=_("A state is set for this day already: change that one."),
            ),
            models.CheckConstraint(
                condition=Q(until__gte=F("since")),
                name="stateoverride_until_not_before_since",
                violation_error_message=_("It ends before it begins: check the two dates."),
            ),
        ]

    def __str__(self):
        return f"{self.commitment}: {self.get_state_display()}"

    def clean(self):
        refuse_faults(lasting_faults([self]), "until")
