"""The history of a record and of its parts, told in words: what was added, changed, removed, by whom, how."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from django.contrib.auth.models import Permission
from django.db.models import ForeignKey
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from agreements.admin.words import in_words, permission_words
from agreements.fields import Derived, VersionField
from agreements.scope import HIDDEN, walled

ONE_SAVE = timedelta(seconds=3)
"""Rows written by the same person within this time belong to one save of a form or one import."""
FIRST = 6
"""Values of a part that are told when it is added or removed."""


@dataclass
class Past:
    """One history row, ready to be compared: its own values and those of its n:m columns."""

    row: object
    part: object  # the table of the record itself or of one of its parts
    owner: str = ""  # the foreign key to the record, not told
    values: dict = field(default_factory=dict)


@dataclass
class Entry:
    """What one save did: `told` are (heading, [(label, before, after), …], part that may be put back or None)."""

    when: object
    who: object
    route: str
    batch: object = None  # of the import that wrote it
    told: list = field(default_factory=list)
    version: str = ""


def told_fields(model, owner=""):
    """Columns whose changes are told: not derived ones, nor counters, nor the record of a part."""
    skipped = ("id", owner)
    return [
        one
        for one in model._meta.concrete_fields
        if one.name not in skipped and not isinstance(one, Derived | VersionField)
    ]


def pasts(model, owner="", **of):
    """Every history row of `model` that belongs to the record `of`, the oldest first."""
    history = model.history.model
    kept = {one.name for one in history._meta.concrete_fields}
    rows = history.objects.filter(**of).select_related("history_user").order_by("history_date", "history_id")
    columns = [one for one in told_fields(model, owner) if one.name in kept]
    found = [Past(row, model, owner, {one: getattr(row, one.attname) for one in columns}) for row in rows]
    for many in getattr(history, "_history_m2m_fields", ()):
        fill_many(found, many, getattr(history, many.name).model)
    return found


def fill_many(found, many, table):
    """Add the n:m column `many` to the values of `found`, from its own history table."""
    arm = many.m2m_reverse_field_name()
    chosen = defaultdict(list)
    rows = table._base_manager.filter(history__in=[past.row.pk for past in found])
    for row in rows.order_by(f"{arm}_id"):
        chosen[row.history_id].append(getattr(row, f"{arm}_id"))
    for past in found:
        past.values[many] = tuple(chosen[past.row.pk])


class Names:
    """The rows to which foreign keys of history rows point, fetched once a table; behind the wall as HIDDEN."""

    def __init__(self, found):
        wanted = defaultdict(set)
        for past in found:
            for column, value in past.values.items():
                if column.many_to_many:
                    wanted[column.related_model].update(value)
                elif isinstance(column, ForeignKey) and value:
                    wanted[column.related_model].add(value)
        self.rows = {model: self.fetched(model, ids) for model, ids in wanted.items()}

    def fetched(self, model, ids):
        near = [one.name for one in model._meta.concrete_fields if isinstance(one, ForeignKey)]
        rows = model._base_manager.filter(pk__in=ids)
        seen = walled(rows.select_related(*near)).in_bulk()
        return {**dict.fromkeys(rows.values_list("pk", flat=True), HIDDEN), **seen}

    def words(self, column, value):
        if column.many_to_many:
            return in_words(column, [self.of(column, one) for one in value])
        if isinstance(column, ForeignKey):
            return self.of(column, value) if value else ""
        return in_words(column, value)

    def of(self, column, pk):
        row = self.rows[column.related_model].get(pk)
        if row is None:
            return _("(deleted)")
        return permission_words(row) if isinstance(row, Permission) else str(row)


def heading(past, names):
    """What a row is of, and which one: “bên ký kết: Sơn La”."""
    columns = {column.name: column for column in past.values}
    role = columns.get("role")
    kind = names.words(role, past.values[role]) if role else str(past.part._meta.verbose_name)
    which = " · ".join(identity(past, names)[:FIRST])
    return f"{capfirst(kind)}: {which}" if which else capfirst(kind)


def identity(past, names):
    told = (
        str(column.verbose_name) if value is True else names.words(column, value)
        for column, value in past.values.items()
        if column.name not in ("role", "rank", "standing", "language", "script")
        and not (column.has_default() and not callable(column.default) and value == column.default)
    )
    return [words for words in told if words]


def differences(before, after, names):
    """[(label, before, after)] of two rows of one thing."""
    found = []
    for column, value in after.values.items():
        old = before.values.get(column)
        if old != value:
            found.append(
                (capfirst(column.verbose_name), names.words(column, old), names.words(column, value))
            )
    return found


def tell(past, before, names, is_record):
    """(heading, changes) of one history row, or None when nothing that is told has changed."""
    kind = past.row.history_type
    if kind == "~" and before is not None:
        changes = differences(before, past, names)
        title = _("Changed") if is_record else _("Changed · %(what)s") % {"what": heading(before, names)}
        return (title, changes) if changes else None
    title = {"+": _("Entered"), "-": _("Deleted")}.get(kind, _("Changed"))
    if is_record:
        return title, []
    words = {"+": _("Added · %(what)s"), "-": _("Removed · %(what)s")}.get(kind, _("Changed · %(what)s"))
    return words % {"what": heading(past, names)}, []


def entries(found, record):
    """Entries of the history rows `found`, the latest first; `record` is the table of the record itself."""
    names, last, made = Names(found), {}, []
    for past in sorted(found, key=lambda one: (one.row.history_date, one.part is not record)):
        key = (past.part, past.row.id)
        told = tell(past, last.get(key), names, past.part is record)
        last[key] = past
        if told is None:
            continue
        entry = made[-1] if made and same_save(made[-1], past.row) else None
        if entry is None:
            row = past.row
            entry = Entry(row.history_date, row.history_user, row.get_route_display(), row.batch)
            made.append(entry)
        entry.told.append((*told, past))
        if past.part is record:
            entry.version = version_of(past.row)
    for entry in made:
        entry.told = [(*told, past if is_out(past, last, record) else None) for *told, past in entry.told]
    return made[::-1]


def is_out(past, last, record):
    """Whether `past` tells that a part was taken out that nobody has put back since."""
    return past.row.history_type == "-" and past.part is not record and last[past.part, past.row.id] is past


def version_of(row):
    """What tells one version of a record from another in an address, also where two tables hold them."""
    return f"{row.pk}-{row._meta.model_name.removeprefix('historical')}"


def same_save(entry, row):
    same_hand = (entry.who, entry.route, entry.batch) == (
        row.history_user,
        row.get_route_display(),
        row.batch,
    )
    return same_hand and row.history_date - entry.when <= ONE_SAVE


def as_of(found, moment):
    """The rows that stood at `moment`, one for each thing, in the order in which they were first entered."""
    standing = {}
    for past in sorted(found, key=lambda one: one.row.history_date):
        if past.row.history_date <= moment:
            standing[(past.part, past.row.id)] = past
    return [past for past in standing.values() if past.row.history_type != "-"]
