"""Erasure of a person: names leave every table, history, log, frozen copy and file name; what they did stays.

The person becomes a row without a name, so that delegations keep their number of people. Sealed logs are amended
with the reason, and stay verifiable.
"""

from collections import Counter
from dataclasses import dataclass, field

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F, JSONField, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.fields import Derived
from agreements.history import write_history
from agreements.models import Name, Person, Record
from tracker.imports import working
from tracker.imports.models import ImportBatch
from tracker.personal import leftovers
from tracker.personal.holdings import Holdings, erased_code, live, past, text_columns
from tracker.personal.spellings import ERASED
from tracker.reports.frozen.models import FrozenReport, fingerprint
from tracker.trace import sealing


class Refused(ValueError):
    """Nothing was erased; the text is one sentence."""


@dataclass
class Erased:
    """What was erased: rows by table; mentions left because others bear the name; what to look through by hand."""

    rows: Counter = field(default_factory=Counter)
    left: int = 0
    documents: list = field(default_factory=list)  # with a file in which the name may stand
    archives: list = field(default_factory=list)


def erase(person, reason, user=None):
    """Erase `person` (a Person) for `reason`; returns Erased. Raises Refused or `sealing.Broken`.

    Where somebody or something else bears the same name, texts elsewhere are left and counted.
    """
    holdings, done = Holdings(person), Erased()
    refuse(holdings, reason)
    with (
        transaction.atomic(),
        sealing.amending(_("erasure of personal data: %(reason)s") % {"reason": reason}),
    ):
        done.documents = holdings.documents()
        sweep_texts(holdings, done)
        sweep_own(holdings, done)
        note(person, reason, user)
    done.archives = leftovers.clear(holdings.spellings)
    return done


def refuse(holdings, reason):
    if not reason.strip():
        raise Refused(_("Say why: the request, its day and number."))
    if holdings.spellings.within(reason) or holdings.person.name in reason:
        raise Refused(_("The reason must not hold the name: write the number and day of the request."))
    if any(working.busy(job) for job in ImportBatch.objects.filter(state__in=ImportBatch.OPEN)):
        raise Refused(_("A file is being imported: wait until it is done, then try again."))


# Texts -----------------------------------------------------------------------------------------------
def sweep_texts(holdings, done):
    """Replace the names in texts everywhere; with namesakes only count them."""
    wanted = {}
    for one in holdings.mentions():
        wanted.setdefault(one.model, set()).add(one.pk)
    for model, keys in wanted.items():
        if holdings.namesakes:
            own = holdings.own(model)
            done.left += len(keys - set(own.values_list("pk", flat=True) if own is not None else ()))
            continue
        for row in QuerySet(model).filter(pk__in=keys):
            replace_texts(model, row, holdings.spellings)
            done.rows[model] += 1
        follow(model, keys)
    for session in Session.objects.all():
        if holdings.in_value(session.get_decoded()):
            session.delete()


def replace_texts(model, row, spellings):
    """Write a row with the names in its texts replaced, and the columns that follow from them."""
    values = {}
    for column in text_columns(model):
        old = getattr(row, column.attname)
        if isinstance(column, JSONField):
            new = spellings.erased_data(old)
        else:
            new = spellings.erased(str(old))[: column.max_length] if old else old
        if new != old:
            values[column.attname] = new
    write(model, row, values)


def write(model, row, values):
    """Set `values` on a stored row and what is derived from them, past every history."""
    for name, value in values.items():
        setattr(row, name, value)
    if model is FrozenReport and "content" in values:
        values["sha256"] = fingerprint(values["content"])
    for column in model._meta.concrete_fields:
        if isinstance(column, Derived):
            column.derive(row)
            values[column.attname] = getattr(row, column.attname)
    if issubclass(model, Record):
        values["version"] = F("version") + 1
    QuerySet(model).filter(pk=row.pk).update(**values)


def follow(model, keys):
    """A changed record has a history row that says by whom and when."""
    if hasattr(model, "history"):
        write_history(model, sorted(keys), "~")


# Rows about the person --------------------------------------------------------------------------------
def sweep_own(holdings, done):
    """The person, their other names, how they are printed, what was noted of their page."""
    person = holdings.person
    Name._base_manager.filter(person_id=person.pk).delete()
    anonymous = {"name": ERASED, "code": erased_code(person), "country": ""}
    columns = {
        Person: anonymous,
        Name: {"text": ERASED},
        **{role: {"as_printed": ""} for role in holdings.roles},
    }
    for known, values in columns.items():
        for model in past(known):
            rows = QuerySet(model).filter(pk__in=holdings.own(model).values_list("pk", flat=True))
            stale = [
                row for row in rows if any(getattr(row, name) != value for name, value in values.items())
            ]
            for row in stale:
                write(model, row, dict(values))
            done.rows[model] += len(stale)
            if model is live(model):
                follow(model, [row.pk for row in stale])
    noted = holdings.own(LogEntry).exclude(object_repr=ERASED)  # which tells of an erasure
    done.rows[LogEntry] += (
        QuerySet(LogEntry)
        .filter(pk__in=list(noted.values_list("pk", flat=True)))
        .update(object_repr=ERASED, change_message="")
    )


def note(person, reason, user):
    """The logs keep that somebody was erased, by whom and why."""
    last = Person.history.filter(id=person.pk).latest("history_id")
    QuerySet(Person.history.model).filter(pk=last.pk).update(history_change_reason=reason[:100])
    if user is None:
        return  # a command: the history row says it, and the seal
    LogEntry.objects.create(
        user=user, content_type=ContentType.objects.get_for_model(Person), object_id=str(person.pk),
        object_repr=ERASED, action_flag=CHANGE, action_time=timezone.now(),
        change_message=_("Personal data erased: %(reason)s") % {"reason": reason},
    )  # fmt: skip
