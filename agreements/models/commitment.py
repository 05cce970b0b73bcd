"""Commitments: what someone is obliged, has agreed, announced, proposed or wished to do."""

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements import numbers
from agreements.fields import CodeField, FoldedField, LongText, QuantityField, Text, edtf
from agreements.models import standing
from agreements.models.record import Record, Recorded, RecordQuerySet, refuse, refuse_faults
from agreements.models.role import SOMEBODY, Role, once
from agreements.models.term import Term, cooperation_fields
from agreements.rules import target_faults

MEASURES = {"vocabulary__in": [Term.Vocabulary.UNIT, Term.Vocabulary.CURRENCY]}


class CommitmentQuerySet(RecordQuerySet):
    """Questions about commitments; those that depend on time take `on=`."""

    def measurable(self):
        """Those of which it can be said one day that they are done."""
        return self.exclude(kind__in=standing.NEVER_LATE)

    def standing(self, on, **values):
        """Those that stand so on the day `on`: state=, health= … (a value or a list), as tracker/progress judges."""
        return standing.standing(self, on, **values)

    def overdue(self, on):
        """The counted ones that are late on the day `on`."""
        return self.counted().standing(on, health=standing.Health.OVERDUE)


class Commitment(Record):
    """What an agreement, talks or one side's word promises, or what is asked or wished (cam kết, đề nghị)."""

    class Strength(models.TextChoices):
        SIGNED = "signed", _("signed commitment")
        AGREED = "agreed", _("agreed in talks")
        ANNOUNCED = "announced", _("announced by one side")
        TASK = "task", _("task given by a leader")
        PROPOSAL = "proposal", _("proposal")
        WISH = "wish", _("wish")

    class Kind(models.TextChoices):
        ONE_OFF = "one_off", _("once")
        PER_PERIOD = "per_period", _("so much each period")
        CUMULATIVE = "cumulative", _("so much in all")
        STANDING = "standing", _("standing, not measured")
        MECHANISM = "mechanism", _("mechanism to set up")
        CHILD = "child", _("paper to sign")

    class Every(models.TextChoices):
        YEAR = "year", _("year")
        HALF = "half", _("half-year")
        QUARTER = "quarter", _("quarter")
        MONTH = "month", _("month")

    code = CodeField("CK", verbose_name=_("code"))
    agreement = models.ForeignKey(
        "agreements.Agreement",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments",
        verbose_name=_("agreement"),
    )
    text = LongText(_("content"))
    article = Text(_("article"), max_length=100, blank=True, default="")
    strength = models.CharField(
        _("strength"),
        max_length=10,
        choices=Strength,
        default=Strength.SIGNED,
        help_text=_("Only signed commitments count in “% performed”; announced: nobody has accepted it."),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.STANDING)
    made_on, made_first, made_last = edtf(_("made on"))
    period, period_first, period_last = edtf(
        _("period, due at its end"), period=True, help_text=_("Its last day is the due date.")
    )
    every = models.CharField(_("each"), max_length=7, choices=Every, blank=True, default="")
    unit = models.ForeignKey(
        Term,
        on_delete=models.PROTECT,
        limit_choices_to=MEASURES,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("unit or currency"),
        help_text=_("One commitment measures one thing."),
    )
    continues = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="continued_by",
        verbose_name=_("continues"),
    )
    child = models.ForeignKey(
        "agreements.Agreement",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="promised_by",
        verbose_name=_("paper promised"),
    )
    fields = cooperation_fields()
    withdrawn_with_agreement = models.BooleanField(
        _("withdrawn with its agreement"), default=False, editable=False
    )
    folded = FoldedField("text", "code", "article")

    _history_m2m_fields = ["fields"]
    told_at = {
        "commitment_signed_stands_in_an_agreement": "agreement",
        "commitment_without_agreement_has_a_date": "made_on",
        "commitment_of_a_quantity_has_a_unit": "unit",
        "commitment_not_measured_has_no_unit": "unit",
        "commitment_each_exactly_when_per_period": "every",
        "commitment_child_only_of_that_kind": "child",
    }

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["agreement", "article", "code"]
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(strength="signed") | Q(agreement__isnull=False),
                name="commitment_signed_stands_in_an_agreement",
                violation_error_message=_("A signed commitment stands in an agreement: choose it."),
            ),
            models.CheckConstraint(
                condition=Q(agreement__isnull=False) | ~Q(made_on="") | ~Q(period=""),
                name="commitment_without_agreement_has_a_date",
                violation_error_message=_("Without an agreement, say when it was made or its period."),
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["per_period", "cumulative"]) | Q(unit__isnull=False),
                name="commitment_of_a_quantity_has_a_unit",
                violation_error_message=_("A commitment of a quantity needs a unit or currency."),
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["standing", "mechanism", "child"]) | Q(unit__isnull=True),
                name="commitment_not_measured_has_no_unit",
                violation_error_message=_("A commitment that is not measured has no unit."),
            ),
            models.CheckConstraint(
                condition=(Q(kind="per_period") & ~Q(every="")) | (~Q(kind="per_period") & Q(every="")),
                name="commitment_each_exactly_when_per_period",
                violation_error_message=_("“Each” is given exactly when the kind is “so much each period”."),
            ),
            models.CheckConstraint(
                condition=Q(child__isnull=True) | Q(kind="child"),
                name="commitment_child_only_of_that_kind",
                violation_error_message=_("Only the kind “paper to sign” names the paper."),
            ),
            models.CheckConstraint(
                condition=Q(continues__isnull=True) | ~Q(continues=F("id")),
                name="commitment_does_not_continue_itself",
                violation_error_message=_("A commitment does not continue itself."),
            ),
        ]
        indexes = [models.Index(fields=["period_first", "period_last"], name="commitment_period")]

    def __str__(self):
        return self.text if len(self.text) <= 120 else f"{self.text[:117]}…"

    def clean(self):
        if self.checked_together:
            return
        self.clean_succession()
        if self.pk and not self.unit_id:
            refuse_faults(target_faults([self], self.targets.all()), "unit")

    def clean_succession(self):
        """A commitment does not continue one that continues it, near or far."""
        earlier, seen = self.continues, set()
        while earlier is not None and earlier.pk not in seen:
            if earlier.pk == self.pk and self.pk:
                refuse(_("“%(other)s” continues this commitment already."), "continues", other=self.continues)
            seen.add(earlier.pk)
            earlier = earlier.continues


class CommitmentRole(Role):
    """Who is obliged, asks, accepts, benefits, leads in a commitment."""

    class As(models.TextChoices):
        OBLIGOR = "obligor", _("obligor")
        PROPOSER = "proposer", _("proposer")
        ACCEPTER = "accepter", _("accepter")
        BENEFICIARY = "beneficiary", _("beneficiary")
        COUNTERPART = "counterpart", _("counterpart")
        LEAD = "lead", _("lead unit")
        COOPERATING = "cooperating", _("cooperating unit")

    commitment = models.ForeignKey(
        Commitment, on_delete=models.CASCADE, related_name="roles", verbose_name=_("commitment")
    )
    role = models.CharField(_("as"), max_length=12, choices=As)

    class Meta(Role.Meta):
        verbose_name = _("part taken in a commitment")
        verbose_name_plural = _("parts taken in commitments")
        constraints = [SOMEBODY, once("commitment")]
        indexes = [models.Index(fields=["role", "body"], name="commitmentrole_role_body")]


def _nullable(arm):
    return Coalesce(arm, Value(0), output_field=models.BigIntegerField())


class Target(Recorded):
    """How much in which period, by whom, for which counterpart (chỉ tiêu)."""

    commitment = models.ForeignKey(
        Commitment, on_delete=models.CASCADE, related_name="targets", verbose_name=_("commitment")
    )
    period, period_first, period_last = edtf(_("period"), period=True)
    minimum = QuantityField(_("at least"))
    maximum = QuantityField(_("at most"))
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
        help_text=_("Empty: all together."),
    )
    document = models.ForeignKey(
        "agreements.Document",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("document"),
        help_text=_("The plan that sets it."),
    )

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["period_first", "id"]
        constraints = [
            models.UniqueConstraint(
                F("commitment"),
                F("period"),
                _nullable("obligor"),
                _nullable("counterpart"),
                name="target_once",
                violation_error_message=_("This target is entered already."),
            ),
            models.CheckConstraint(
                condition=Q(minimum__isnull=False) | Q(maximum__isnull=False),
                name="target_says_how_much",
                violation_error_message=_("Say how much: at least, at most or both."),
            ),
            models.CheckConstraint(
                condition=Q(minimum__isnull=True) | Q(minimum__gte=0),
                name="target_minimum_not_negative",
                violation_error_message=_("A target is not negative."),
            ),
            models.CheckConstraint(
                condition=Q(maximum__isnull=True) | Q(maximum__gte=0),
                name="target_maximum_not_negative",
                violation_error_message=_("A target is not negative."),
            ),
            models.CheckConstraint(
                condition=Q(minimum__isnull=True) | Q(maximum__isnull=True) | Q(minimum__lte=F("maximum")),
                name="target_minimum_not_above_maximum",
                violation_error_message=_("“At least” is more than “at most”: check both."),
            ),
        ]

    def __str__(self):
        return ": ".join(filter(None, [self.get_period_display(), self.how_much()]))

    def how_much(self):
        """7 · 8–10 · at least 7 · at most 10, with numbers as offices write them."""
        least, most = numbers.display(self.minimum), numbers.display(self.maximum)
        if least and most:
            return least if least == most else f"{least}–{most}"
        if least:
            return gettext("at least %(number)s") % {"number": least}
        return gettext("at most %(number)s") % {"number": most} if most else ""

    def clean(self):
        if getattr(self, "commitment", None) and not self.checked_together:
            refuse_faults(target_faults([self.commitment], [self]))
