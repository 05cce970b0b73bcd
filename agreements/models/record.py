"""What all tables share: a recorded history, derived columns filled in time, and the head of a top record."""

from datetime import date
from functools import cache

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length, Upper
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from agreements import dates
from agreements.fields import (
    BodyField,
    Derived,
    LongText,
    OrganizationField,
    Text,
    VersionField,
    two_capitals,
)
from agreements.history import KeptHistoryManager, RecordedChange, RecordedQuerySet


def entered_by(related_name):
    """A foreign key to the officer who entered a row; empty where a file or command did."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name=related_name,
        verbose_name=_("entered by"),
    )


class Recorded(models.Model):
    """A table whose every change is kept (lịch sử thay đổi).

    Derived columns are filled before validation, so that rules may name them; a rule over a derived column
    is checked in a form although the form does not show that column.
    """

    checked_together = False
    """True on a row that is checked together with others (a form with its parts, a file): `clean()` then
    leaves out the rules that fetch other rows, and whoever set it calls their pure functions
    (`agreements.rules`, `delegations.rules`) with all rows at hand. Rules over the row itself stay in force."""

    told_at = {}
    """{name of a constraint over several columns: the field of a form at which its sentence is told}."""

    history = HistoricalRecords(inherit=True, bases=[RecordedChange], history_manager=KeptHistoryManager)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def derived_fields(cls):
        return [field for field in cls._meta.concrete_fields if isinstance(field, Derived)]

    def clean_fields(self, exclude=None):
        errors = {}
        for check in (super().clean_fields, self.clean_bodies, self.clean_withdrawn):
            try:
                check(exclude=exclude)
            except ValidationError as error:
                errors = error.update_error_dict(errors)
        for field in self.derived_fields():
            field.derive(self)
        if errors:
            raise ValidationError(errors)

    def clean_bodies(self, exclude=None):
        """Files leave out foreign keys, whose rows they hold already; places and organizations are told apart here."""
        misfits = {}
        for field in self._meta.concrete_fields:
            if isinstance(field, BodyField) and field.name in (exclude or ()) and field.is_cached(self):
                body = field.get_cached_value(self)
                if body is not None and not field.fits(body):
                    misfits[field.name] = field.sentence
        if misfits:
            raise ValidationError(misfits)

    def clean_withdrawn(self, exclude=None):
        """Nothing new refers to a record that is withdrawn; what refers to it already stays."""
        told = {}
        for field in named_records(type(self)):
            record = field.get_cached_value(self, None)
            if record is not None and record.withdrawn_on and not self.refers_already(field):
                told[field.name] = withdrawn_sentence(record)
        if told:
            raise ValidationError(told)

    def refers_already(self, field):
        """Whether the stored row holds the same value; asked only of what is withdrawn."""
        held = {"pk": self.pk, field.attname: getattr(self, field.attname)}
        return not self._state.adding and type(self)._base_manager.filter(**held).exists()

    def validate_constraints(self, exclude=None):
        exclude = set(exclude or ())
        for field in self.derived_fields():
            if not exclude.intersection(field.sources()):
                exclude.discard(field.name)
        super().validate_constraints(exclude=exclude)


def counted(prefix=""):
    """Q for what reports count: not withdrawn; with `prefix` ("delivery__") for a row that points to it.

    It also holds where nothing is pointed to.
    """
    return Q(**{f"{prefix}withdrawn_on__isnull": True})


@cache
def named_records(model):
    """The foreign keys of `model` that name top records."""
    return [
        one
        for one in model._meta.concrete_fields
        if one.many_to_one and issubclass(one.related_model, Record)
    ]


def counted_with(model):
    """Q for rows of `model` that are not withdrawn, nor a part of anything that is, nor a tie to it (`is_owner`)."""
    found = counted() if issubclass(model, Record) else Q()
    for path in owner_paths(model):
        found &= counted(f"{path}__")
    return found


def owner_paths(model, tail=""):
    """Paths ("progress__commitment") from `model` to the top records without which its rows say nothing."""
    if issubclass(model, Record) and not tail:
        return
    for field in model._meta.concrete_fields:
        target = field.related_model
        if not field.many_to_one or not issubclass(target, Recorded):
            continue
        path = f"{tail}{field.name}"
        if issubclass(target, Record) and is_owner(field):
            yield path
        elif field.remote_field.on_delete is models.CASCADE:
            yield from owner_paths(target, f"{path}__")


def is_owner(field):
    """Whether a row says nothing without what its foreign key `field` names: it is a part of it, or a tie to it.

    A source that a row cites beside what it says (`document`) is none.
    """
    tie = not field.null or field.name in ("agreement", "commitment")
    return tie or field.remote_field.on_delete is models.CASCADE


def withdrawn_owner(row):
    """The withdrawn top record that `row` is, or of which it is a part or a tie, as far as it is at hand; or None."""
    if isinstance(row, Record):
        return row if row.withdrawn_on else None
    owners = (one.get_cached_value(row, None) for one in named_records(type(row)) if is_owner(one))
    return next((one for one in owners if one is not None and one.withdrawn_on), None)


def withdrawn_sentence(record):
    """What is told where something names a withdrawn record: which, when, by whom, why, and what to do."""
    on = record.withdrawn_on
    told = {
        "what": f"{record.code} {record}",
        "day": dates.display(on.isoformat()) if isinstance(on, date) else on,
        "who": record.withdrawn_by if record.withdrawn_by_id else "–",
        "reason": record.withdrawn_reason,
    }
    if record.undone_import:
        return (
            _(
                "“%(what)s” was withdrawn on %(day)s by %(who)s (%(reason)s): restore it first, or bring it in "
                "again, before this file or in one workbook with it."
            )
            % told
        )
    return (
        _(
            "“%(what)s” was withdrawn on %(day)s by %(who)s (%(reason)s): restore it first, or name another record."
        )
        % told
    )


class RecordQuerySet(RecordedQuerySet):
    """Questions about top records."""

    def counted(self):
        """The rows that reports count: everything told to a reader starts here."""
        return self.filter(counted())

    def reported(self):
        """The rows of which reports tell: the counted ones, and of what is reviewed those let in by the review."""
        return self.counted()

    def withdrawn(self):
        """The rows that somebody has withdrawn."""
        return self.exclude(counted())


class ReviewState(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    APPROVED = "approved", _("approved")
    RETURNED = "returned", _("returned")


class Record(Recorded):
    """The head of a top record: whose it is, its code, its standing (hồ sơ).

    Sub-classes name the prefix of their codes and extend `Record.Meta.constraints`.
    """

    office = OrganizationField(
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
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="%(class)s_withdrawn",
        verbose_name=_("withdrawn by"),
    )

    undone_import = False
    """True on a row of which a file learned that undoing an import withdrew it."""

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


def not_before(end, start, name, message):
    """A rule: what the date `end` tells does not certainly lie before what `start` tells.

    `end` and `start` are stems of derived columns: the last day of the one is not before the first day of the
    other. Dates that are not known, or only to a month or year that overlaps, pass.
    """
    late_enough = Q(**{f"{end}_last__gte": F(f"{start}_first")})
    return models.CheckConstraint(
        condition=Q(**{f"{end}_last__isnull": True}) | Q(**{f"{start}_first__isnull": True}) | late_enough,
        name=name,
        violation_error_message=message,
    )


def of_two_capitals(name, unless=None):
    """A rule: `country` is two capital letters (`two_capitals` says which), `unless` this Q holds."""
    # no regular expression: SQLite's own tools (VACUUM INTO, backups) must understand every rule
    two = Q(Exact(Length("country"), 2)) & Q(Exact(Upper("country"), F("country")))
    return models.CheckConstraint(
        condition=two if unless is None else unless | two,
        name=name,
        violation_error_message=two_capitals.message,
    )


def measured(measure, unit, name, messages):
    """Two rules: the number `measure` is not negative, and comes with its `unit`; a sentence for each."""
    unknown, (negative, unit_missing) = Q(**{f"{measure}__isnull": True}), messages
    return [
        models.CheckConstraint(
            condition=unknown | Q(**{f"{measure}__gte": 0}),
            name=f"{name}_not_negative",
            violation_error_message=negative,
        ),
        models.CheckConstraint(
            condition=unknown | Q(**{f"{unit}__isnull": False}),
            name=f"{name}_has_its_{unit}",
            violation_error_message=unit_missing,
        ),
    ]


def refuse(message, field=NON_FIELD_ERRORS, **params):
    """Raise a ValidationError under `field`, with `params` filled into `message`."""
    raise ValidationError({field: ValidationError(message, params=params)})


def refuse_future(first, field, message):
    """What has taken place does not begin after today (`first`: its first possible day or None)."""
    if first and first >= date.today() and first > timezone.localdate():  # the quick clock is asked first
        refuse(message, field, day=dates.display(first.isoformat()))


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
