"""What was reported about a commitment, as dated entries that are never changed."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agreements.fields import CountField, LongText, QuantityField, between, edtf
from agreements.history import RecordedQuerySet
from agreements.models.record import Recorded, ReviewState, entered_by, refuse, refuse_future
from agreements.models.reviewed import Reviewed, reviewed
from agreements.models.term import Term, term


class Qualifier(models.TextChoices):
    EXACTLY = "exactly", _("exactly")
    MORE_THAN = "more_than", _("more than")
    NEARLY = "nearly", _("nearly")
    ABOUT = "about", _("about")


class ProgressQuerySet(RecordedQuerySet):
    """Questions about progress reports."""

    def reported(self):
        """Those that reports take (`reviewed`)."""
        return self.filter(reviewed())

    def counting(self, on):
        """Those begun on or before `on` that no other row, itself begun by then and let in by the review, corrects.

        Where REVIEW_REQUIRED is on only an approved correction corrects: a draft takes nothing out of the reports.
        The corrected ones are listed once: asking for each row would cost the square of their number.
        """
        correcting = self.model._base_manager.filter(reviewed(), corrects__isnull=False, on_first__lte=on)
        return self.filter(on_first__lte=on).exclude(pk__in=correcting.values("corrects"))


class NextNumberField(CountField):
    """1, 2, 3 … within its commitment, given when left empty."""

    def pre_save(self, instance, add):
        number = super().pre_save(instance, add)
        if number is None:
            rows = type(instance)._base_manager.filter(commitment_id=instance.commitment_id)
            number = (rows.aggregate(highest=models.Max("number"))["highest"] or 0) + 1
            setattr(instance, self.attname, number)
        return number


class Progress(Reviewed, Recorded):
    """A dated report on a commitment (cập nhật tiến độ); corrected by a new row, never changed.

    `quantity` is what came in that time beyond what linked visits and deliveries count, in the unit of the
    commitment.
    """

    class Assessment(models.TextChoices):
        NOT_STARTED = "not_started", _("not started")
        IN_PROGRESS = "in_progress", _("in progress")
        DONE = "done", _("done")
        PARTLY = "partly", _("partly done")
        PAUSED = "paused", _("paused")
        NOT_PERFORMED = "not_performed", _("not performed")
        CARRIED_OVER = "carried_over", _("carried over")

    TOLD = ("assessment", "reason", "done", "difficulties", "next_step")
    """Beside the quantity, what a report says; one that says nothing is none."""

    CLOSED = (Assessment.DONE, Assessment.NOT_PERFORMED, Assessment.CARRIED_OVER)

    commitment = models.ForeignKey(
        "agreements.Commitment",
        on_delete=models.CASCADE,
        related_name="progress",
        verbose_name=_("commitment"),
    )
    number = NextNumberField(_("no."), validators=between(1, 9999))
    on, on_first, on_last = edtf(_("on"), period=True, blank=False)
    quantity = QuantityField(_("quantity"))
    qualifier = models.CharField(_("meaning"), max_length=10, choices=Qualifier, default=Qualifier.EXACTLY)
    assessment = models.CharField(_("assessment"), max_length=15, choices=Assessment, blank=True, default="")
    reason = term(Term.Vocabulary.REASON, _("reason"), null=True, blank=True)
    done = LongText(_("what was done"), blank=True, default="")
    difficulties = LongText(_("difficulties"), blank=True, default="")
    next_step = LongText(_("next step"), blank=True, default="")
    obligor = models.ForeignKey(
        "agreements.Body",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("obligor"),
    )
    counterpart = models.ForeignKey(
        "agreements.Body",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("counterpart"),
    )
    verified = models.BooleanField(_("verified"), default=False)
    review_state = models.CharField(
        _("review"), max_length=10, choices=ReviewState, default=ReviewState.DRAFT, editable=False
    )
    author = entered_by("progress")
    corrects = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name=_("corrects"),
    )

    objects = ProgressQuerySet.as_manager()

    class Meta:
        verbose_name = _("progress report")
        verbose_name_plural = _("progress reports")
        ordering = ["commitment", "number"]
        permissions = [("approve_progress", _("Approve or return progress reports"))]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "number"],
                name="progress_number_once",
                violation_error_message=_("This commitment has a report of this number."),
            ),
            models.CheckConstraint(
                condition=Q(quantity__isnull=True) | Q(quantity__gte=0),
                name="progress_quantity_not_negative",
                violation_error_message=_("A quantity is not negative: correct the earlier row instead."),
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(corrects=F("id")),
                name="progress_does_not_correct_itself",
                violation_error_message=_("A report does not correct itself."),
            ),
        ]
        indexes = [models.Index(fields=["on_first", "on_last"], name="progress_on")]

    def __str__(self):
        return f"{self.commitment} #{self.number}"

    def clean(self):
        sentence = _("%(day)s is in the future: correct the date; what is still to come is not reported.")
        refuse_future(self.on_first, "on", sentence)
        told = self.quantity is not None or any(getattr(self, name) for name in self.TOLD)
        if self._state.adding and not told:  # what is stored is never changed, so nobody could mend it
            refuse(_("The report says nothing: enter a quantity, an assessment or what was done."), "done")
        if self.corrects_id and self.corrects.commitment_id != self.commitment_id:
            refuse(_("A correction is of the same commitment."), "corrects")
        if self.quantity is not None and self.commitment_id and not self.commitment.unit_id:
            refuse(
                _("This commitment is not measured: leave the quantity empty and say what was done."),
                "quantity",
            )
