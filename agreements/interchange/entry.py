"""One row of a file on its way to becoming a planned change."""

from contextlib import contextmanager

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from agreements.resources.faults import sentence_of
from agreements.resources.values import OFFICE, Asked, Later

NEW, CHANGED, UNCHANGED, CONFLICT, REFUSED, SKIPPED = (
    "new", "changed", "unchanged", "conflict", "refused", "skipped",
)  # fmt: skip
STATES = (NEW, CHANGED, UNCHANGED, CONFLICT, REFUSED, SKIPPED)


class AskedFault(tuple):
    """A fault that the officer's answer to a question takes away."""

    __slots__ = ()


class ToldOnce(AskedFault):
    """One that a whole file may have in each of its rows: the question tells it, the rows do not."""

    __slots__ = ()


class Entry:
    """A row: its cells, its record, what is wrong with it, what it changes."""

    __slots__ = (
        "alike", "batch", "cells", "changes", "day", "faults", "fixed", "instance", "kept", "key", "made", "new",
        "number", "ops", "row", "state", "waits", "wanted",
    )  # fmt: skip

    def __init__(self, batch, number, cells, row):
        self.batch, self.number, self.cells, self.row = batch, number, cells, row
        self.instance = self.kept = self.key = self.day = self.made = self.alike = None
        self.new = self.waits = False
        self.state, self.fixed = "", []
        self.faults, self.ops, self.changes, self.wanted = [], [], {}, {}

    @property
    def faulty(self):
        """Columns that a fault names already."""
        return {column for column, _value, _sentence in self.faults}

    def fix(self, sentence):
        """Note what is wrong with the row however often it is read."""
        self.fixed.append(("", "", str(sentence)))

    def fault(self, column, sentence):
        """Note what is wrong with one column ("": with the row)."""
        value = self.row.get(column, "") if column else ""
        self.faults.append((column, "" if value is None else str(value), str(sentence)))

    @contextmanager
    def told_under(self, column):
        """What is wrong inside becomes a fault under `column`."""
        try:
            yield
        except (ValueError, ValidationError) as error:
            self.note(column, error)

    def note(self, column, error):
        """A ValueError or ValidationError as a fault under `column`; Later means that the row waits."""
        if isinstance(error, Later):
            self.waits = True
        elif isinstance(error, ValidationError):
            self.tell(error, column)
        else:
            self.fault(column, error)
            if isinstance(error, Asked):
                self.batch.ask(error, self, column)
                self.faults[-1] = (ToldOnce if error.about == OFFICE else AskedFault)(self.faults[-1])

    def tell(self, error, column):
        """A ValidationError, under the columns it names itself."""
        if not hasattr(error, "error_dict"):
            self.fault(column, sentence_of(error))
            return
        for name, found in error.message_dict.items():
            for sentence in found:
                self.fault(column if name == NON_FIELD_ERRORS else name, sentence)
