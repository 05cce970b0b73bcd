"""Importing a file in one call, for commands, scripts and measurements."""

import hashlib
from pathlib import Path

from django.utils.translation import gettext as _

from agreements.history import Route
from agreements.interchange.guard import COMMAND
from agreements.interchange.importing import Outcome, import_sheets
from agreements.interchange.sheets import SheetError, read_file
from agreements.resources.faults import Fault
from tracker.imports.models import ImportBatch
from tracker.interchange import sheets_of
from tracker.progress.instances import follow_import


def import_file(kind, path, *, office=None, dry_run=False, route=Route.COMMAND, answers=None, **options):
    """Import the file at `path` as `kind` (or "workbook"), whole or not at all; returns an Outcome.

    `office` (a Body) is whose records rows without an office are. What concerns the file as a whole is one
    fault of row 0. Raises writing.Stale where somebody else changed the same records meanwhile.
    """
    answers = answers or {}
    try:
        book = read_file(Path(path), Path(path).name, limits=COMMAND, encoding=answers.get("encoding", ""))
        refuse_doubts(book)
        sheets = sheets_of(book, kind, answers)
        outcome = import_sheets(
            sheets,
            office=office,
            dry_run=dry_run,
            route=route,
            answers=answers,
            after=follow_import,
            **options,
        )
        outcome.odd = book.odd
        return outcome
    except SheetError as error:
        return Outcome(refused=1, faults=[Fault(0, "", "", str(error))])


def earlier_import(kind, path):
    """The last import on pages that wrote the file at `path` as `kind` and is not undone, or None."""
    digest = hashlib.sha256()
    with Path(path).open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return ImportBatch.objects.written_from(kind, digest.hexdigest()).first()


def refuse_doubts(book):
    """Without a page to ask on, an encoding in doubt is a fault."""
    for doubt in book.doubts:
        names = ", ".join([doubt.encoding, *doubt.alternatives])
        raise SheetError(
            _(
                "The encoding of the file is in doubt: name it with --encoding (%(names)s), or save it in UTF-8."
            )
            % {"names": names}
        )
