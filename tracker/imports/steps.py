"""The steps of an import as pages take them: what goes wrong becomes a sentence on the page of the import."""

from agreements.interchange.undoing import Touched
from agreements.interchange.writing import Stale
from tracker.imports import working
from tracker.imports.models import ImportBatch
from tracker.imports.working import NotOpen

State = ImportBatch.State
EXPECTED = (NotOpen, Stale, Touched)
"""Errors whose sentence the page of the import shows (working.noted)."""


def take(step, job, *arguments):
    """Do a step, or begin it in the background; raises only what nobody foresaw."""
    if working.busy(job):
        return
    done, error = working.run(step, job, *arguments)
    if done and error is not None and not isinstance(error, EXPECTED):
        raise error


def write(job, batch, user, again=False):
    """Write what was reviewed; a second press of the button finds it written and is content.

    What somebody else changed meanwhile is not overwritten: the file is planned again, and reviewed again.
    """
    try:
        working.write(job, batch, user, again)
    except NotOpen:
        job.refresh_from_db()
        if not (job.state == State.WRITTEN and str(job.batch) == str(batch)):
            raise
    except Stale:
        if ImportBatch.objects.claim(job.pk, State.READY, State.READING):
            job.refresh_from_db()
            working.plan(job)
        raise
