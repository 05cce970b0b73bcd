"""Rows without a code: whether a record is there already that says the same, so that no file comes in twice unawares.

A row whose every cell says what a record holds is that record. One that shares with a record only what identifies it
for an officer (`identity`) is told with the code of that record, and asked about once for the file: it is a new record
only when somebody says so.
"""

from django.db.models import Model
from django.utils.translation import gettext as _

from agreements import dates
from agreements.interchange.questions import ALIKE, alike_sentence
from agreements.resources.marks import mark_of
from agreements.resources.values import Asked, plain

MOST_TOLD, MOST_TWINS = 3, 20
"""Records that a row is told with, and rows of one identity that are kept at hand."""
MOST_NAMED = 500
"""Rows of a file that are told with the codes of the records which they resemble; the others without."""


class AlikeMixin:
    """For a kind whose rows may come without what names their record, which is made for them then."""

    identity = ()
    """Columns that are the same where a row and a record resemble each other."""
    apart = ()
    """Columns that keep them apart: known of both, and different (lists: nobody in both; dates: no day in both)."""
    naming = "code"
    """The column that is made where a row leaves it empty."""

    def open(self, batch, written):
        super().open(batch, written)
        self.twins, self.told_alike = {}, 0
        read = {one.name: one for one in self.filled}
        self.identifying = [read[name] for name in ("office", *self.identity) if name in read]
        self.parting = [
            {**read, **self.list_readers}[name]
            for name in self.apart
            if name in read or name in self.list_readers
        ]

    def is_unnamed(self, entry):
        return not plain(entry.row.get(self.naming))

    # What is there ---------------------------------------------------------------------------------
    def prefetch(self, entries):
        """Also reads what rows without a code resemble, with a few queries for all of them."""
        super().prefetch(entries)
        unnamed = [one for one in entries if not one.key and one.instance is None and self.is_unnamed(one)]
        for entry in unnamed:
            entry.alike = self.identity_of(entry), []
        keys = {entry.alike[0] for entry in unnamed if entry.alike[0]}
        if not keys:
            return
        found = self.candidates(keys)
        self.fetch_said({row.pk for rows in found.values() for row in rows})
        for entry in unnamed:
            key, _rows = entry.alike
            entry.alike = key, found.get(key, ())

    def identity_of(self, entry):
        """The values of `identity` as the row gives them; None where a cell cannot be read."""
        try:
            return tuple(key_of(one.read(entry.row.get(one.name, ""), entry.day)) for one in self.identifying)
        except ValueError:  # told under its column
            return None

    def candidates(self, keys):
        """{key: stored records that have it, those that are not withdrawn first}."""
        names = [one.attname for one in self.identifying]
        columns = zip(names, map(set, zip(*keys, strict=True)), strict=True)
        conditions = {f"{name}__in": values for name, values in columns if None not in values}
        found = {}
        for row in self.session.stored(self.model, conditions):
            row = self.session.latest(self.model, row)
            found.setdefault(tuple(getattr(row, name) for name in names), []).append(row)
        for rows in found.values():
            rows.sort(key=lambda row: (getattr(row, "withdrawn_on", None) is not None, row.pk))
        return found

    def fetch_said(self, keys):
        """Read at once the parts of the records `keys` that `says_all` looks at."""
        for field in self.lists:
            table, owner = field.part(self.model)
            self.session.fetch(table, owner, keys)

    # Whether it is the same ------------------------------------------------------------------------
    def alike_to(self, entry):
        """The record of which every cell of the row says what it holds, and that no earlier row means; or None."""
        for record in entry.alike[1] if entry.alike else ():
            if mark_of(record) not in self.first and self.says_all(record, entry):
                return record
        return None

    def says_all(self, record, entry):
        doubts = self.batch.doubts
        try:
            return (
                self.says(record, entry)
                and all(self.says_list(field, record, entry) for field in self.lists)
                and self.says_own(record, entry)
            )
        except ValueError:  # told when the row is taken
            return False
        finally:
            self.batch.doubts = doubts  # they are counted when the row is taken

    def says_list(self, field, record, entry):
        wanted = self.list_readers[field.column_name].read(entry.row[field.column_name], entry.day)
        return set(wanted) == set(field.stands(self, record))

    def says_own(self, record, entry):
        """Whether the columns in `own` say what the record holds."""
        return not any(plain(entry.row.get(name)) for name in self.owned)

    # Where it is not -------------------------------------------------------------------------------
    def finish(self, entry):
        super().finish(entry)
        if entry.new and not entry.faults and entry.alike and self.tells(entry):
            self.tell_alike(entry, *entry.alike)

    def tells(self, entry):
        """Whether enough is known of the row to say that it resembles anything."""
        return all(plain(entry.row.get(name)) for name in self.identity[-1:])

    def tell_alike(self, entry, key, rows):
        """Warn of the records, or the earlier row, that the row resembles; and ask whether it is a new one."""
        values = [key_of(one.read(entry.row[one.name], entry.day)) for one in self.parting]
        told = [self.named(row, entry) for row in rows if near(values, self.values_of(row))][:MOST_TOLD]
        twins = self.twins.setdefault(hash(key), [])
        if earlier := next((number for number, others in twins if near(values, others)), None):
            told.append(_("row %(row)s of this file") % {"row": earlier})
        elif len(twins) < MOST_TWINS:
            twins.append((entry.number, values))
        if told:
            self.ask_alike(entry, ", ".join(told))

    def values_of(self, record):
        """What `record` holds in the columns `apart`."""
        lists = {one.column_name: one for one in self.lists}
        return [
            lists[one.name].stands(self, record) if one.name in lists else getattr(record, one.attname)
            for one in self.parting
        ]

    def ask_alike(self, entry, others):
        self.told_alike += 1
        if self.told_alike <= MOST_NAMED:
            sentence = _("Resembles %(others)s: if it is the same, fill in “%(column)s” or take the row out.")
        else:
            sentence = _(
                "Resembles another record: if it is the same, fill in “%(column)s” or take the row out."
            )
        column = self.written.get(self.naming) or self.label(self.fields[self.naming])
        words = {"others": others, "column": column}
        self.batch.warn(entry, self.naming, sentence % words)
        if not self.batch.answer(ALIKE):
            self.batch.ask(Asked(alike_sentence(1), ALIKE, ""), entry, self.naming)

    def named(self, record, entry):
        """How a record is told to officers."""
        code = getattr(record, self.naming)
        return (
            _("%(code)s (withdrawn)") % {"code": code} if getattr(record, "withdrawn_on", None) else str(code)
        )


def key_of(value):
    return value.pk if isinstance(value, Model) else value


def near(ones, others):
    """Whether no pair of these values keeps two records apart."""
    return all(not one or not other or meet(one, other) for one, other in zip(ones, others, strict=True))


def meet(one, other):
    """Whether two values may tell of the same: dates that share a day, lists that share somebody."""
    if isinstance(one, list):
        return bool(set(one) & set(other))
    if one == other or not isinstance(one, str):
        return one == other
    try:
        return dates.overlaps(*dates.bounds(one), *dates.bounds(other))
    except dates.DateError:  # no date at all: the number of a paper
        return False
