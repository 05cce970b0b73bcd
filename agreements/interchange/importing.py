"""Importing from the command line, from tests and at the first start: plan, then write, in one call."""

from contextlib import contextmanager
from dataclasses import dataclass, field
from tempfile import TemporaryDirectory

from agreements.history import Route
from agreements.interchange.entry import CHANGED, CONFLICT, NEW, REFUSED, UNCHANGED
from agreements.interchange.planning import Batch
from agreements.interchange.spool import Spool, Spooled
from agreements.interchange.writing import write_batch
from agreements.memory import few_collections
from agreements.resources.faults import Fault


@dataclass
class Outcome:
    """What an import did, or with `dry_run` would do. `faults`: Fault of every thing that is wrong."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    conflicting: int = 0
    faults: list = field(default_factory=list)
    sheets: list = field(default_factory=list)
    batch: str = ""
    warned: list = field(default_factory=list)
    """[kind, heading, sentence, [row numbers]] of what stops nothing."""
    odd: list = field(default_factory=list)
    """Words that look garbled."""

    @property
    def taken(self):
        """Whether everything was (or would be) taken."""
        return not (self.refused or self.conflicting or self.faults)


@contextmanager
def planned(sheets, *, office=None, user=None, answers=None, progress=None, shown=False):
    """A batch planned in a temporary folder, as Spooled. `sheets`: (kind class, name, rows) in reading order."""
    with TemporaryDirectory(prefix="import-") as folder:
        with Spool(folder, shown=shown) as spool, few_collections():
            Batch(spool, office=office, user=user, answers=answers, progress=progress).plan(sheets)
        yield Spooled(folder)


def import_sheets(
    sheets, *, route=Route.IMPORT, dry_run=False, user=None, most_faults=None, after=None, **options
):
    """Plan `sheets` and, if nothing is wrong, write them whole; returns an Outcome.

    `after(batch)` is called in the transaction that writes. Raises writing.Stale where somebody else changed the
    same records meanwhile.
    """
    with planned(sheets, user=user, **options) as spooled:
        outcome = outcome_of(spooled, most_faults)
        if outcome.taken and not dry_run:
            write_batch(spooled, user=user, route=route, after=after)
    return outcome


def outcome_of(spooled, most_faults=None):
    counts = spooled.counts
    return Outcome(
        new=counts[NEW], changed=counts[CHANGED], unchanged=counts[UNCHANGED], refused=counts[REFUSED],
        conflicting=counts[CONFLICT], sheets=spooled.sheets, batch=spooled.batch, warned=spooled.warned,
        faults=[Fault(row, column, shortened(value), sentence, kind)
                for kind, row, column, value, sentence in spooled.faults(most_faults)],
    )  # fmt: skip


def shortened(value):
    return value if len(value) <= 60 else f"{value[:59]}…"
