"""Restoring: check everything, refuse over data, load, and compare with what the manifest tells."""

import os
import shutil
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection

from tracker.backup import archive, dumps, moving
from tracker.backup.counting import OURS, code_migrations, content, counts, differences, opened
from tracker.backup.faults import BackupFault
from tracker.trace import sealing


def restore(path):
    """Restore the archive into the empty register of the settings; returns its manifest.

    Raises BackupFault before anything is written if the archive is not right or the register holds data.
    """
    refuse_data()
    try:
        with tempfile.TemporaryDirectory(prefix="restore-", dir=settings.DATA_DIR) as work:
            manifest = archive.check(path, Path(work))
            refuse_strange(path, manifest)
            load(path, Path(work) / manifest["database"], manifest)
            take_files(Path(work) / "files")
    except OSError as error:
        raise BackupFault(
            f"Không ghi được vào {settings.DATA_DIR}: {error.strerror}. Hãy kiểm tra quyền ghi và dung lượng đĩa."
        ) from error
    if manifest["head"]:
        sealing.anchor(manifest["head"])
    upgrade(manifest)
    return manifest


def refuse_data():
    """A restore never writes over a register."""
    files = settings.FILES_DIR.is_dir() and any(one.is_file() for one in settings.FILES_DIR.rglob("*"))
    if connection.introspection.table_names() or files:
        raise BackupFault(
            f"Nơi khôi phục đã có dữ liệu ({connection.settings_dict['NAME']}, {settings.FILES_DIR}): hãy đặt DATA_DIR"
            " là một thư mục mới (và DATABASE_URL là một cơ sở dữ liệu trống) rồi chạy lại."
        )


def refuse_strange(path, manifest):
    """An archive of another kind of database or of a newer version is refused with the way out."""
    known = set(code_migrations())
    if newer := [name for name in manifest["migrations"] if name.split(".")[0] in OURS and name not in known]:
        raise BackupFault(
            f"Bản sao lưu {path} là của phiên bản {manifest['version']}, mới hơn chương trình này ({settings.VERSION};"
            f" {newer[0]}): hãy cài phiên bản ấy rồi khôi phục."
        )
    if (manifest["engine"], connection.vendor) == ("postgresql", "sqlite"):
        raise BackupFault(
            f"Bản sao lưu {path} là của PostgreSQL: hãy đặt DATABASE_URL là một cơ sở dữ liệu PostgreSQL trống."
        )


def load(path, dump, manifest):
    """Put the database in its place; a SQLite file is compared with the manifest before anything is written."""
    if manifest["engine"] == "sqlite":
        dumps.refuse_unsound(dump)
        with opened(dump) as copy:
            compare(path, manifest, copy)
    if manifest["engine"] != connection.vendor:
        moving.move(dump, manifest)
    elif connection.vendor == "postgresql":
        dumps.load_postgresql(dump)
    else:
        place_sqlite(dump)
    compare(path, manifest)


def place_sqlite(dump):
    connection.close()
    target = Path(settings.DATABASES["default"]["NAME"])
    for leftover in (f"{target}-wal", f"{target}-shm"):  # of the empty file that asking made
        Path(leftover).unlink(missing_ok=True)
    shutil.move(dump, target)
    os.chmod(target, 0o600)


def take_files(folder):
    settings.FILES_DIR.mkdir(parents=True, exist_ok=True)
    if folder.is_dir():
        shutil.copytree(folder, settings.FILES_DIR, dirs_exist_ok=True)


def compare(path, manifest, using=DEFAULT_DB_ALIAS):
    """A database must hold what the manifest tells; of an older version the rows are counted."""
    if set(code_migrations()) <= set(manifest["migrations"]):
        other = differences(content(using), manifest["tables"])
    else:
        told = {name: rows for name, (rows, _sha256) in manifest["tables"].items()}
        other = differences(counts(told, using), told)
    if other:
        raise BackupFault(
            f"Khôi phục từ {path} không khớp bảng kê ở bảng {', '.join(other)}: hãy dùng bản khác."
        )


def upgrade(manifest):
    """An older archive is brought up to this version, and the log chain says so."""
    if set(code_migrations()) <= set(manifest["migrations"]):
        return
    call_command("migrate", verbosity=0, interactive=False)
    if sealing.head():
        sealing.amend(f"{manifest['version']} → {settings.VERSION}")
