"""The steps of an import: begin, plan (again, after an answer), write, undo; each in its own short transactions.

Planning and writing of a large file run in a thread of the server; the page asks how far they are. What is kept
between the steps lies in the folder of the import, so that a server that dies leaves nothing half done: either
the state says “written” and everything is, or nothing is.
"""

import hashlib
import json
import logging
import shutil
import threading
import time
from contextlib import contextmanager, suppress
from contextvars import copy_context
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from simple_history.models import HistoricalRecords

from agreements.history import Route
from agreements.interchange.entry import CHANGED, CONFLICT, NEW, REFUSED
from agreements.interchange.guard import WEB
from agreements.interchange.planning import Batch
from agreements.interchange.sheets import SheetError, read_file, read_pasted
from agreements.interchange.spool import Spool, Spooled
from agreements.interchange.undoing import Touched, undo_batch
from agreements.interchange.writing import Stale, write_batch
from agreements.memory import few_collections
from agreements.resources.values import OFFICE
from agreements.scope import seen_by
from tracker.imports import strange
from tracker.imports.access import mark_beyond
from tracker.imports.models import ImportBatch
from tracker.interchange import StrangeSheets, sheets_of
from tracker.progress.instances import clear_import, follow_import, follow_undoing

State = ImportBatch.State
AT_ONCE = 3
"""Seconds for which a page waits for the work before it shows how far it is."""
KEPT_HOURS = 24
TOLD_EVERY = 1000
BEAT, SILENT = 2, 60
"""Seconds between two signs of life of a working thread; after so many without one it is taken for dead."""
logger = logging.getLogger(__name__)


class NotOpen(ValueError):
    """The import is no longer what the page showed; its text is one sentence."""


def begin(*, kind, owner, content, file_name, pasted=False):
    """A new import of the bytes `content`; nothing is read yet."""
    job = ImportBatch(
        kind=kind, owner=owner, office=owner.office, file_name=file_name[:255],
        sha256=hashlib.sha256(content).hexdigest(), answers={"pasted": True} if pasted else {},
    )  # fmt: skip
    mark_beyond(job)
    sweep()
    job.path.mkdir(parents=True)
    job.upload.write_bytes(content)
    job.save()
    return job


def sweep():
    """Remove the folders of imports that are older than a day, and uploads that a killed server left: kept no longer.

    Called wherever the register is looked after: a start, a backup, the list of imports, the next import.
    """
    limit = time.time() - timedelta(hours=KEPT_HOURS).total_seconds()
    for root in (Path(settings.DATA_DIR) / "imports", Path(settings.FILE_UPLOAD_TEMP_DIR)):
        for path in root.iterdir() if root.exists() else ():
            with suppress(OSError):  # two may sweep at once
                if path.stat().st_mtime < limit:
                    shutil.rmtree(path) if path.is_dir() else path.unlink()


# Planning ------------------------------------------------------------------------------------------
def plan(job):
    """Read the file and plan it; ends in the state READY or REFUSED, unless it was discarded meanwhile."""
    tell(job, 0)
    if mark_beyond(job):
        ImportBatch.objects.filter(pk=job.pk).update(answers=job.answers)
    try:
        book = read_book(job)
        with seen_by(
            job.owner
        ):  # also where an administrator reads it again: its owner reviews what is found
            spooled_in(job, book)
        spooled = job.spooled
        outcome = {"state": State.READY, "counts": spooled.counts, "batch": spooled.batch, "fault": ""}
    except SheetError as error:
        if isinstance(error, StrangeSheets):
            strange.keep(job, error)
        outcome = {"state": State.REFUSED, "counts": {}, "batch": None, "fault": str(error)}
    ImportBatch.objects.claim(job.pk, State.READING, outcome.pop("state"), **outcome)
    job.refresh_from_db()


def read_book(job):
    """The uploaded file as a Book; doubts about its encoding are kept for the page."""
    answers = job.answers
    if answers.get("pasted"):
        return read_pasted(job.upload.read_text(encoding="utf-8"), limits=WEB)
    book = read_file(job.upload, job.file_name, limits=WEB, encoding=answers.get("encoding", ""))
    doubts = [{"encoding": one.encoding, "samples": one.samples} for one in book.doubts]
    (job.path / "doubts.json").write_text(json.dumps(doubts))
    return book


def spooled_in(job, book):
    folder = job.path / "plan"
    shutil.rmtree(folder, ignore_errors=True)
    with Spool(folder) as spool, few_collections():
        sheets = sheets_of(book, job.kind, job.answers)
        total = rows_expected(book, sheets)
        spool.odd = book.odd
        batch = Batch(
            spool,
            office=job.office,
            user=job.owner,
            answers=job.answers,
            progress=lambda done: tell(job, done, total),
        )
        tell(job, 0, total)
        batch.plan(sheets)


def rows_expected(book, sheets):
    """About how many rows are to be planned: those of the `sheets` without their headings."""
    planned = {name for _kind, name, *_rows in sheets}
    return sum(max(sheet.length() - 1, 0) for sheet in book.sheets if sheet.name in planned)


def tell(job, done, total=0):
    """Note how many rows (or records) of how many are done, for the page that waits; 0: nobody knows how many."""
    with suppress(OSError):
        (job.path / "progress").write_text(f"{done} {total}")


def told(job):
    """(done, total) as `tell` noted it; (0, 0) where nothing is."""
    try:
        done, total = (job.path / "progress").read_text().split()
        return int(done), int(total)
    except (OSError, ValueError):
        return 0, 0


# Writing and undoing ---------------------------------------------------------------------------------
def obstacles(job):
    """Sentences: why the import cannot be written as it stands."""
    spooled = job.spooled
    counts, found = spooled.counts, faults_of_sheets(spooled)
    if (wrong := counts[REFUSED] - answerable(spooled)) > 0:
        found.append(
            _("%(count)s rows are wrong: correct them in the file.") % {"count": number_format(wrong)}
        )
    if counts[CONFLICT] and job.answers.get("conflicts") != "skip":
        found.append(
            _(
                "%(count)s rows were changed by others since the file was taken out: leave them out, "
                "or take the file out again."
            )
            % {"count": number_format(counts[CONFLICT])}
        )
    if spooled.questions:
        found.append(_("%(count)s questions are open.") % {"count": number_format(len(spooled.questions))})
    if doubts(job):
        found.append(_("Say in which encoding the file is."))
    return found


def answerable(spooled):
    """How many of the refused rows may be right when the questions are answered.

    Nobody can say that of a row yet while a heading of its sheet is strange, or whose records these are.
    """
    strange, unclear = spooled.strange_headings(), any(one.about == OFFICE for one in spooled.questions)
    return sum(
        sheet["counts"].get(REFUSED, 0)
        if unclear or sheet.get("unread") or sheet["kind"] in strange
        else sheet["asked"]
        for sheet in spooled.sheets
    )


def faults_of_sheets(spooled):
    """What is wrong with whole sheets and no answer can take away, each with the name of its sheet."""
    return [f"{sheet['name']}: {sentence}" for sheet in spooled.sheets for sentence in sheet["faults"]]


def doubts(job):
    """[{"encoding", "samples"}] while the encoding of the file is in doubt."""
    path = job.path / "doubts.json"
    if job.answers.get("encoding") or not path.exists():
        return []
    return json.loads(path.read_text())


def earlier(job):
    """The last import that wrote the same file as the same kind and is not undone, or None."""
    return ImportBatch.objects.written_from(job.kind, job.sha256).exclude(pk=job.pk).first()


def write(job, batch, user=None, again=False):
    """Write what the page showed as `batch`; raises NotOpen or Stale, and then nothing is written.

    `user` is who presses the button (default: the owner); `again` says that a file that was written already is
    to be written once more.
    """
    if str(job.batch) != str(batch):
        raise NotOpen(_("The file was read again since this page was shown: review it as it is now."))
    if obstacles(job):
        raise NotOpen(obstacles(job)[0])

    def claim():
        now = timezone.now()
        if not ImportBatch.objects.filter(batch=batch).claim(
            job.pk, State.READY, State.WRITTEN, written_at=now
        ):
            raise NotOpen(_("This import was written or discarded already."))
        if earlier(job) and not again:
            raise NotOpen(_("This file was written before: tick that it is to be written again."))

    write_batch(Watched(job), user=user or job.owner, route=Route.IMPORT, claim=claim, after=follow_import)
    job.refresh_from_db()


class Watched(Spooled):
    """What was planned, while it is written: tells how many rows are."""

    def __init__(self, job):
        super().__init__(job.path / "plan")
        self.job = job
        self.total = sum(sheet["counts"].get(state, 0) for sheet in self.sheets for state in (NEW, CHANGED))
        tell(job, 0, self.total)

    def changes(self):
        for number, ops in enumerate(super().changes(), 1):
            if number % TOLD_EVERY == 0:
                tell(self.job, number, self.total)
            yield ops


def undo(job, user):
    """Take the whole import back; raises NotOpen or Touched."""

    def claim():
        now = timezone.now()
        if not ImportBatch.objects.claim(job.pk, State.WRITTEN, State.UNDONE, undone_at=now, undone_by=user):
            raise NotOpen(_("This import is not written, or is undone already."))
        clear_import(job.batch)

    def after(counts):
        follow_undoing(job.batch)
        ImportBatch.objects.filter(pk=job.pk).update(counts={**job.counts, **counts})

    tell(job, 0)
    on = timezone.localdate()
    undo_batch(
        job.batch,
        reason=_("Import “%(file)s” undone on %(day)s")
        % {"file": job.file_name[:180], "day": f"{on:%d/%m/%Y}"},
        on=on,
        user=user,
        route=Route.IMPORT,
        claim=claim,
        after=after,
        progress=lambda done, total: tell(job, done, total),
    )
    job.refresh_from_db()


def discard(job):
    """Give up an import that is not written."""
    for state in ImportBatch.OPEN:
        ImportBatch.objects.claim(job.pk, state, State.DISCARDED)
    shutil.rmtree(job.path, ignore_errors=True)
    job.refresh_from_db()


def answer(job, office=None, forget=False, **answers):
    """Note what the officer said, and make the import ready to be planned again.

    `office` is the Body whose records rows without an office are from now on; `forget` takes back all that was
    said before. One answer at a time: while the file is being read, no other reading begins.
    """
    states = ImportBatch.OPEN if stalled(job) else (State.READY, State.REFUSED)
    said = unanswered(job) if forget else {"answers": job.answers, "office": job.office}
    noted = {"answers": {**said["answers"], **answers}, "office": office or said["office"]}
    if not ImportBatch.objects.filter(pk=job.pk, state__in=states).update(state=State.READING, **noted):
        raise NotOpen(_("This import is being read, or was written or discarded already."))
    job.refresh_from_db()


def unanswered(job):
    """The answers and the office of an import before the officer said anything."""
    begun = {name: job.answers[name] for name in ("pasted", ImportBatch.BEYOND) if name in job.answers}
    return {"answers": begun, "office": job.owner.office}


def is_answered(job):
    """Whether the officer said anything that can be taken back."""
    return unanswered(job) != {"answers": job.answers, "office": job.office}


# In the background ------------------------------------------------------------------------------------
def run(step, job, *arguments):
    """Do `step` of an import in a thread and wait a little; (done, the error it raised or None).

    The thread works behind the wall of the reader, in his language and under his name, as the page would. What
    went wrong is also noted beside the file, for the page that comes too late to be handed the error.
    """
    outcome, language = {}, get_language()
    request = getattr(HistoricalRecords.context, "request", None)  # these two are kept apart by thread

    def work():
        HistoricalRecords.context.request = request
        try:
            with override(language), beating(job, step.__name__):
                step(job, *arguments)
        except Exception as error:  # handed to the page that waits
            outcome["error"] = error
        finally:
            connections.close_all()

    thread = threading.Thread(target=copy_context().run, args=[work], daemon=True)
    thread.start()
    thread.join(AT_ONCE)
    return not thread.is_alive(), outcome.get("error")


@contextmanager
def beating(job, name):
    """Show that the step `name` is at work (see `busy`); what it raises is noted for the pages to come."""
    sign, over = job.path / "step", threading.Event()

    def beat():
        with suppress(OSError):  # the folder of a discarded import is gone
            sign.write_text(name)
            while not over.wait(BEAT):
                sign.touch()

    note(job, "")
    (thread := threading.Thread(target=beat, daemon=True)).start()
    try:
        yield
    except (NotOpen, Stale, Touched) as error:
        note(job, str(error))
        raise
    except Exception:
        logger.exception("import %s: %s failed", job.pk, name)
        note(job, _("The server could not finish this step: nothing was written. Try again."))
        raise
    finally:
        over.set()
        thread.join()
        sign.unlink(missing_ok=True)


def note(job, sentence):
    """Keep a sentence for the page of the import until its next step begins; "" takes it away."""
    with suppress(OSError):
        (job.path / "note").write_text(sentence, encoding="utf-8")


def noted(job):
    with suppress(OSError):
        return (job.path / "note").read_text(encoding="utf-8")
    return ""


def busy(job):
    """The step that a thread is doing now ("plan", "write", "undo"), or ""."""
    sign = job.path / "step"
    with suppress(OSError):
        return sign.read_text() if time.time() - sign.stat().st_mtime < SILENT else ""
    return ""


def stalled(job):
    """Whether a file that was being read is so no more: its thread failed, or the server died."""
    if job.state != State.READING or busy(job):
        return False
    signs = []
    for path in (job.path, job.path / "progress"):
        with suppress(OSError):
            signs.append(path.stat().st_mtime)
    return bool(noted(job)) or not signs or time.time() - max(signs) > SILENT
