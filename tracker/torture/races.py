"""Two at once: the same confirmation twice, two imports side by side, the same undoing twice."""

import threading

from django.db import connections

from agreements.interchange.undoing import Touched
from agreements.interchange.writing import Stale
from agreements.models import Commitment
from tracker.imports import working
from tracker.imports.models import ImportBatch
from tracker.torture import prey

DONE = "done"


def at_once(*steps):
    """What each step gave: "done", or the name of the refusal it raised; any other error is raised here."""
    gate, told = threading.Barrier(len(steps)), [None] * len(steps)

    def run(place, step):
        try:
            gate.wait()
            step()
            told[place] = DONE
        except (working.NotOpen, Stale, Touched) as error:
            told[place] = type(error).__name__
        except Exception as error:  # raised below, in the thread that counts
            told[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(steps)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed := [one for one in told if isinstance(one, Exception)]:
        raise failed[0]
    return told


def confirm(job):
    """A step that confirms an import, from a row of its own as another request would have."""
    return lambda: working.write(ImportBatch.objects.get(pk=job.pk), job.batch)


def doubles(times, rows=200):
    """The same import confirmed twice at the same moment: written once, the other is told."""
    for number in range(times):
        job = prey.planned_job(f"TWICE{number}", rows)
        told = at_once(confirm(job), confirm(job))
        assert sorted(told) == ["NotOpen", DONE], told
        assert prey.there(f"TWICE{number}") == prey.whole(rows)
        job.refresh_from_db()
        assert job.state == working.State.WRITTEN
        assert job.written_at
    return {"doubles": times}


def pairs(times, rows=300):
    """Two imports at once, of different records, of the same new ones, of the same changed ones."""
    seen = {"pairs": 0, "both": 0, "one refused": 0}
    for number in range(times):
        kind = ("different", "same new", "same changed")[number % 3]
        told = PAIRS[kind](f"PAIR{number}", rows)
        seen["pairs"] += 1
        seen["both" if told.count(DONE) == 2 else "one refused"] += 1
    assert prey.sound()
    return seen


def different(prefix, rows):
    """Both are written."""
    told = at_once(*(confirm(prey.planned_job(f"{prefix}{one}", rows)) for one in "AB"))
    assert told == [DONE, DONE]
    for one in "AB":
        assert prey.there(f"{prefix}{one}") == prey.whole(rows)
    return told


def same_new(prefix, rows):
    """One is written, the other is told."""
    told = at_once(*(confirm(prey.planned_job(prefix, rows, title=one)) for one in ("Một", "Hai")))
    assert sorted(told) == ["Stale", DONE], told
    assert prey.there(prefix) == prey.whole(rows)
    return told


def same_changed(prefix, rows):
    """Of two changes of the same records one is written; its history says so, and only of it."""
    working.write(job := prey.planned_job(prefix, rows), job.batch)
    told = at_once(*(confirm(prey.planned_job(prefix, rows, title=one)) for one in ("Một", "Hai")))
    assert sorted(told) == ["Stale", DONE], told
    titles = {one.title.split()[0] for one in prey.Agreement.objects.filter(code__startswith=f"{prefix}-")}
    assert titles == {("Một", "Hai")[told.index(DONE)]}
    found = prey.there(prefix)
    assert found[:3] == prey.whole(rows)[:3]
    assert found[3] == 2 * rows
    return told


PAIRS = {"different": different, "same new": same_new, "same changed": same_changed}


def undoings(times, rows=100):
    """The same import undone twice at the same moment: withdrawn once, and whole; not at all while it is used."""
    for number in range(times):
        prefix = f"UNDO{number}"
        working.write(job := prey.planned_job(prefix, rows), job.batch)
        refused_while_used(job, prefix, rows)
        step = lambda job=job: working.undo(ImportBatch.objects.get(pk=job.pk), prey.officer())  # noqa: E731
        told = at_once(step, step)
        assert sorted(told) == ["NotOpen", DONE], told
        assert prey.there(prefix) == (*prey.whole(rows)[:3], 2 * rows, prey.PARTS * rows)
        assert prey.withdrawn(prefix) == rows
    return {"undoings": times}


def refused_while_used(job, prefix, rows):
    """A commitment of one of the agreements stands in the way, and goes again."""
    agreement = prey.Agreement.objects.filter(code__startswith=f"{prefix}-").latest("pk")
    use = Commitment.objects.create(office=agreement.office, agreement=agreement, text="Dùng")
    assert at_once(lambda: working.undo(ImportBatch.objects.get(pk=job.pk), prey.officer())) == ["Touched"]
    assert prey.there(prefix) == prey.whole(rows)
    job.refresh_from_db()
    assert job.state == working.State.WRITTEN
    use.delete()
