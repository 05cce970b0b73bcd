"""Backups while others write, damaged archives, backups that are killed or find no room."""

import gzip
import io
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
import traceback
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from agreements.models import Agreement, Document, Term
from tracker.backup import archive
from tracker.backup.counting import tables
from tracker.backup.drill import restored_elsewhere, scratch_database
from tracker.backup.faults import BackupFault
from tracker.backup.keeping import archives
from tracker.backup.making import back_up
from tracker.backup.restoring import restore
from tracker.imports import working
from tracker.torture import prey

ROWS = 10
"""Agreements of one import of a writer."""


def as_migrated():
    """The tables of this register were made from the models: say so, or a restore would migrate once more.

    Written straight into the list: `migrate --fake` builds every state of the models on its way, for many seconds.
    """
    recorder = MigrationRecorder(connections["default"])
    recorder.ensure_schema()
    for app, name in set(MigrationLoader(None).disk_migrations) - set(recorder.applied_migrations()):
        recorder.record_applied(app, name)


def backups(times):
    """Backups while three write, each restored elsewhere and compared, the last by the command and opened."""
    as_migrated()
    with tempfile.TemporaryDirectory() as folder:
        with writing():
            made = [checked_backup(Path(folder) / str(number)) for number in range(times)]
        rows = [one.rows for one in made]
        assert rows[-1] > rows[0], "nobody wrote"
        for one in made[:-1]:
            assert restored(one.path) == [one.rows, len(one.manifest["files"]) - 1]
        last = looked_at(made[-1].path)
    assert last["rows"] == rows[-1]
    assert last["files"] > 0
    return {
        "backups": times,
        "equal": times,
        "rows of the last": rows[-1],
        "files of the last": last["files"],
    }


def checked_backup(folder):
    """A backup that holds whole imports only, and no less than was written when it began."""
    before = Agreement.objects.filter(code__startswith="BK").count()
    made = back_up(folder)
    after = Agreement.objects.filter(code__startswith="BK").count()
    tables = {name: rows for name, (rows, _sha256) in made.manifest["tables"].items()}
    rest = Agreement.objects.count() - after
    written = tables["agreements_agreement"] - rest
    assert before <= written <= after, (before, written, after)
    assert written % ROWS == 0, "half an import"
    assert not made.warnings, made.warnings
    return made


def looked_at(path):
    """What `restore --look` says of an archive, in a place of its own."""
    with tempfile.TemporaryDirectory() as folder, scratch_database() as url:
        return restored_elsewhere(path, folder, url)


def restored(path):
    """[rows, files] of an archive after it was restored in a place of its own, by a child of this process."""
    with tempfile.TemporaryDirectory() as folder, scratch_database() as url:
        connections.close_all()
        told, child = Path(folder) / "told.json", os.fork()
        if child == 0:
            restore_and_exit(path, Path(folder), url, told)
        os.waitpid(child, 0)
        assert told.exists(), f"{path} was not restored"
        return json.loads(told.read_text())


def restore_and_exit(path, folder, url, told):
    """What the child does; it never returns."""
    try:
        settings.DATA_DIR, settings.FILES_DIR = folder, folder / "files"
        name = url.rsplit("/", 1)[1] if url else str(folder / "register.sqlite3")
        connections["default"].settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name
        restore(path)
        files = sum(1 for one in settings.FILES_DIR.rglob("*") if one.is_file())
        rows = sum(model._base_manager.count() for model in tables())
        told.write_text(json.dumps([rows, files]))
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(0)


@contextmanager
def writing():
    """Two who import and one who enters papers with files, for as long as the block lasts."""
    prey.officer()
    end, faults = threading.Event(), []

    def until_the_end(step):
        number = 0
        try:
            while not end.is_set():
                step(number)
                number += 1
                time.sleep(0.1)
        except Exception as error:  # raised below, where it counts
            faults.append(error)
        finally:
            connections.close_all()

    steps = (lambda n: import_some(f"BKA{n}"), lambda n: import_some(f"BKB{n}"), enter_paper)
    threads = [threading.Thread(target=until_the_end, args=[step]) for step in steps]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        end.set()
        for thread in threads:
            thread.join()
    if faults:
        raise faults[0]


def import_some(prefix):
    job = prey.planned_job(prefix, ROWS)
    working.write(job, job.batch)


def enter_paper(number, prefix="BK"):
    kind = Term.objects.filter(vocabulary="document_kind").first()
    content = ContentFile(b"%PDF-" + random.randbytes(2000), name="van ban.pdf")
    Document.objects.create(
        office=prey.office(), code=f"{prefix}-{number}", title=f"Văn bản {number}", kind=kind, file=content
    )


# Damage ------------------------------------------------------------------------------------------
def damaged(times, seed=5):
    """Archives that are cut, flipped, or hold other than they say, all refused and nothing written."""
    chance, whole = random.Random(seed), back_up(settings.DATA_DIR / "whole").path.read_bytes()
    ways = [*MEMBERS, *(cut if number % 2 else flipped for number in range(max(0, times - len(MEMBERS))))]
    for way in ways[:times]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "register-20260101-000000.tar.gz"
            path.write_bytes(way(whole, chance))
            refused(path, way.__name__)
    assert archive.check(archives(settings.DATA_DIR / "whole")[0])
    return {"damaged": times, "refused": times}


def refused(path, way):
    try:
        archive.check(path)
    except BackupFault:
        return
    raise AssertionError(f"{way} was not refused")


def cut(whole, chance):
    return whole[: chance.randrange(1, len(whole))]


def flipped(whole, chance):
    """One bit another, behind the ten bytes that only tell when and where it was made."""
    place = chance.randrange(10, len(whole))
    return whole[:place] + bytes([whole[place] ^ (1 << chance.randrange(8))]) + whole[place + 1 :]


def empty(whole, chance):
    return b""


def no_archive(whole, chance):
    return chance.randbytes(5000)


def without_its_end(whole, chance):
    """The last bytes, which hold the check sum."""
    return whole[:-3]


def member_missing(whole, chance):
    return rewritten(whole, lambda name, content: None if name.startswith("register.") else content)


def member_changed(whole, chance):
    """The same size, one byte of the database another."""
    return rewritten(
        whole, lambda name, content: b"?" + content[1:] if name.startswith("register.") else content
    )


def manifest_missing(whole, chance):
    return rewritten(whole, lambda name, content: None if name == archive.MANIFEST else content)


def manifest_changed(whole, chance):
    return rewritten(
        whole,
        lambda name, content: (
            content.replace(b"rows", b"r0ws") + b" " if name == archive.MANIFEST else content
        ),
    )


def mark_missing(whole, chance):
    return rewritten(whole, lambda name, content: None if name == archive.MARK else content)


def one_more(whole, chance):
    return rewritten(whole, lambda name, content: content, more={"files/aa/strange.pdf": b"%PDF-"})


def outside(whole, chance):
    return rewritten(whole, lambda name, content: content, more={"../outside.txt": b"x"})


def rewritten(whole, change, more=()):
    """The archive with every member as `change(name, content)` gives it (None leaves it out)."""
    out = io.BytesIO()
    with (
        tarfile.open(fileobj=io.BytesIO(gzip.decompress(whole))) as old,
        tarfile.open(fileobj=out, mode="w:gz") as new,
    ):
        kept = {one.name: change(one.name, old.extractfile(one).read()) for one in old}
        for name, content in {**kept, **dict(more)}.items():
            if content is not None:
                archive.put_text(new, name, content)
    return out.getvalue()


MEMBERS = [
    empty, no_archive, without_its_end, member_missing, member_changed, manifest_missing, manifest_changed,
    mark_missing, one_more, outside,
]  # fmt: skip
"""Damage that needs no chance; then cuts and flipped bits in turn."""


# Killed, no room ---------------------------------------------------------------------------------
def killed_backups(times, seed=9):
    """`manage.py backup` killed at random moments: what bears the name of an archive is whole."""
    chance, folder = random.Random(seed), settings.DATA_DIR / "killed"
    begun = time.monotonic()
    a_backup(folder / "calm").wait()
    usual = time.monotonic() - begun
    for _number in range(times):
        child = a_backup(folder)
        time.sleep(chance.uniform(usual / 3, 1.2 * usual))
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
    whole = archives(folder)
    for path in whole:
        archive.check(path)
    return {"killed": times, "whole": len(whole), "nothing": times - len(whole)}


def a_backup(folder):
    """A process that makes a backup."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(
        [sys.executable, "manage.py", "backup", str(folder)], cwd=settings.BASE_DIR, **quiet
    )


def no_room(times):
    """Files of this process may not grow beyond a limit, as on a full disk: a sentence, and the older archive stays."""
    folder = settings.DATA_DIR / "no-room"
    first = back_up(folder).path
    kept, size = first.read_bytes(), first.stat().st_size
    for number in range(times):
        told = told_with_room_for(size * (number + 1) // (times + 1), folder)
        assert told.startswith(("Không ghi được bản sao lưu", "pg_dump không chạy được")), told
        assert list(folder.iterdir()) == [first]
        assert first.read_bytes() == kept
    return {"no room": times}


def told_with_room_for(size, folder):
    """The sentence with which a backup is refused where no file may be larger."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        back_up(folder)
    except BackupFault as error:
        return str(error)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    raise AssertionError("there was room")
