"""Making a backup: seal the logs, copy the database, then the files; read it back, and only then give it its name."""

import os
import shutil
import sqlite3
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from tracker.backup import archive, dumps
from tracker.backup.faults import BackupFault
from tracker.backup.keeping import STAMP, rotate
from tracker.imports import working
from tracker.locking import Busy, alone
from tracker.trace import sealing

UNFINISHED = ".unfinished-"
OLD = 24 * 60 * 60
"""Seconds after which what a killed backup left is swept away."""


@dataclass(frozen=True)
class Made:
    """A backup: where, how much, what went by rotation, and what the log chain or the files lacked."""

    path: Path
    manifest: dict
    gone: list
    warnings: list

    @property
    def rows(self):
        return sum(rows for rows, _sha256 in self.manifest["tables"].values())


def back_up(folder=None):
    """Write a backup into `folder` (BACKUP_DIR); returns a Made. Raises BackupFault, and then the old ones stay."""
    folder = Path(folder or settings.BACKUP_DIR)
    working.sweep()
    try:
        with alone("backup", "Đang có một lần sao lưu khác chạy: hãy đợi nó xong rồi chạy lại."):
            return written(folder)
    except Busy as error:
        raise BackupFault(str(error)) from error


def written(folder):
    """The Made of a backup in `folder`, while nobody else makes one."""
    with working_folder(folder) as work:
        _seal, warnings = sealing.seal()
        held = dumps.dump(work)
        held |= {"version": settings.VERSION, "made_at": datetime.now().astimezone().isoformat()}
        draft = work / "archive"
        with open(draft, "xb", opener=private) as stream:
            manifest = archive.write(stream, work / held["database"], settings.FILES_DIR, held)
            stream.flush()
            os.fsync(stream.fileno())
        archive.check(draft)
        path = named(draft, folder)
    return Made(path, manifest, rotate(folder), warnings)


def private(path, flags):
    """Open a file that only its owner may read."""
    return os.open(path, flags, 0o600)


def named(draft, folder):
    """Give a finished archive its name at one stroke; never over another."""
    stamp = datetime.now().strftime(STAMP)
    for number in range(1, 1000):
        path = folder / f"register-{stamp}{f'-{number}' if number > 1 else ''}.tar.gz"
        if not path.exists():
            break
    draft.rename(path)
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)
    return path


@contextmanager
def working_folder(folder):
    """A private folder beside the archives, so that the last step is a rename on one disk."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        sweep(folder)
        with tempfile.TemporaryDirectory(prefix=UNFINISHED, dir=folder, ignore_cleanup_errors=True) as work:
            yield Path(work)
    except (OSError, sqlite3.Error) as error:
        why = getattr(error, "strerror", None) or error
        raise BackupFault(
            f"Không ghi được bản sao lưu vào {folder}: {why}. Hãy kiểm tra quyền ghi và dung lượng đĩa."
        ) from error


def sweep(folder):
    """Remove what a backup that was killed left behind."""
    for left in folder.glob(f"{UNFINISHED}*"):
        if time.time() - left.stat().st_mtime > OLD:
            shutil.rmtree(left, ignore_errors=True)
