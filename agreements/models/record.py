"""What all tables share: a recorded history, derived columns filled in time, and the head of a top record."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from agreements.fields import Derived, LongText, Text, VersionField
from agreements.history import RecordedChange


class Recorded(models.Model):
    """A table whose every change is kept (lịch sử thay đổi).

    Derived columns are filled before validation, so that rules may name them; a rule over a derived column
    is checked in a form although the form does not show that column.
    """

    checked_together = False
    """True on a row that is checked together with others (a form with its parts, a file): `clean()` then
    leaves out the rules that fetch other rows, and whoever set it calls their pure functions
    (`agreements.rules`, `delegations.rules`) with all rows at hand. Rules over the row itself stay in force."""

    history = HistoricalRecords(inherit=True, bases=[RecordedChange])

    class Meta:
        abstract = True

    @classmethod
    def derived_fields(cls):
        return [field for field in cls._meta.concrete_fields if isinstance(field, Derived)]

    def clean_fields(self, exclude=None):
        try:
            super().clean_fields(exclude=exclude)
        finally:
            for field in self.derived_fields():
                field.derive(self)

    def validate_constraints(self, exclude=None):
        exclude = set(exclude or ())
        for field in self.derived_fields():
            if not exclude.intersection(field.sources()):
                exclude.discard(field.name)
        super().validate_constraints(exclude=exclude)


class RecordQuerySet(models.QuerySet):
    """Questions about top records."""

    def counted(self):
        """The rows that reports count: not withdrawn."""
        return self.filter(withdrawn_on__isnull=True)


class ReviewState(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    APPROVED = "approved", _("approved")
    RETURNED = "returned", _("returned")


class Record(Recorded):
    """The head of a top record: whose it is, its code, its standing (hồ sơ).

    Sub-classes name the prefix of their codes and extend `Record.Meta.constraints`.
    """

    office = models.ForeignKey(
        "agreements.Body",
        on_delete=models.PROTECT,
        related_name="%(class)s_records",
        verbose_name=_("office"),
        help_text=_("The office that keeps this record."),
    )
    note = LongText(_("note"), blank=True, default="")
    version = VersionField(_("version"))
    review_state = models.CharField(
        _("review"), max_length=10, choices=ReviewState, default=ReviewState.DRAFT, editable=False
    )
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True, editable=False)
    withdrawn_reason = Text(_("reason for withdrawing"), blank=True, default="", editable=False)

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["office", "code"],
                name="%(class)s_code_once_in_an_office",
                violation_error_message=_(
                    "This code is in use in the office: choose another, or leave it empty."
                ),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | ~Q(withdrawn_reason=""),
                name="%(class)s_withdrawn_with_a_reason",
                violation_error_message=_("Say why the record is withdrawn."),
            ),
        ]


def exactly_one(*arms):
    """Q that holds when exactly one of the nullable foreign keys `arms` is set."""
    condition = Q()
    for arm in arms:
        others = {f"{other}__isnull": True for other in arms if other != arm}
        condition |= Q(**{f"{arm}__isnull": False}, **others)
    return condition


def refuse(message, field=NON_FIELD_ERRORS, **params):
    """Raise a ValidationError under `field`, with `params` filled into `message`."""
    raise ValidationError({field: ValidationError(message, params=params)})


def refuse_faults(faults, field=NON_FIELD_ERRORS):
    """Raise one ValidationError under `field` with the sentences of `faults`, pairs (row, sentence), if any."""
    if sentences := list(dict.fromkeys(str(sentence) for _row, sentence in faults)):
        raise ValidationError(sentences if field == NON_FIELD_ERRORS else {field: sentences})


def kin(record):
    """(wholes, parts) of `record` for `rules.part_faults`: stored rows, with itself as it stands now."""
    wholes, parts, stored = [record], [], type(record)._base_manager
    if record.part_of_id:
        wholes.append(record.part_of)
        parts += stored.filter(part_of=record.part_of_id).exclude(pk=record.pk)
    if record.pk:
        parts += stored.filter(part_of=record.pk)
    return wholes, [*parts, record]
