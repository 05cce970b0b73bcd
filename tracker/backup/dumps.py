"""A database as one file, consistent while others write: VACUUM INTO on SQLite, pg_dump of a snapshot on PostgreSQL."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing

from django.conf import settings
from django.db import connection, transaction

from tracker.backup.counting import content, migrations, opened
from tracker.backup.faults import BackupFault
from tracker.trace import sealing

NAMES = {"sqlite": "register.sqlite3", "postgresql": "register.pgdump"}


def dump(folder):
    """Write the database into `folder`; returns what it holds: {"engine", "database", "tables", "migrations", "head"}.

    Counts and fingerprints are those of the copy itself, not of a database that goes on changing.
    """
    path = folder / NAMES[connection.vendor]
    held = dump_sqlite(path) if connection.vendor == "sqlite" else dump_postgresql(path)
    return {"engine": connection.vendor, "database": path.name, **held}


def held(using="default"):
    """What a manifest says of a database."""
    return {"tables": content(using), "migrations": migrations(using), "head": sealing.head(using)}


# SQLite ------------------------------------------------------------------------------------------
def dump_sqlite(path):
    with closing(sqlite3.connect(settings.DATABASES["default"]["NAME"], timeout=20)) as source:
        source.execute("VACUUM INTO ?", [str(path)])
    with closing(sqlite3.connect(path, isolation_level=None)) as copy:
        copy.execute("PRAGMA secure_delete=ON")
        copy.execute("DELETE FROM django_session")  # a stolen archive must not let anybody in
    refuse_unsound(path)
    with opened(path) as copy:
        return held(copy)


def refuse_unsound(path):
    """Let SQLite itself judge a file."""
    try:
        with closing(sqlite3.connect(path)) as copy:
            sound = copy.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            sound = sound and not copy.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError:
        sound = False
    if not sound:
        raise BackupFault(
            f"Cơ sở dữ liệu {path.name} bị hỏng (PRAGMA integrity_check): hãy khôi phục từ bản sao lưu trước đó."
        )


# PostgreSQL --------------------------------------------------------------------------------------
def dump_postgresql(path):
    """Counts and dump see the same snapshot."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        run(
            "pg_dump", "--format=custom", "--no-owner", "--no-acl", f"--snapshot={snapshot}",
            "--exclude-table-data=django_session", f"--file={path}",
        )  # fmt: skip
        return held()


def load_postgresql(path):
    """Load a dump into the empty database of the settings; all of it or nothing."""
    run(
        "pg_restore",
        "--no-owner",
        "--no-acl",
        "--exit-on-error",
        "--single-transaction",
        "--dbname=",
        str(path),
    )


def run(tool, *options):
    """Run a tool of PostgreSQL on the database of the settings."""
    if shutil.which(tool) is None:
        raise BackupFault(
            f"Máy này không có {tool}: hãy cài gói postgresql-client cùng phiên bản với máy chủ rồi chạy lại."
        )
    kept = settings.DATABASES["default"]
    where = {
        "PGHOST": "HOST",
        "PGPORT": "PORT",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
        "PGDATABASE": "NAME",
    }
    named = {name: str(kept[own]) for name, own in where.items() if kept[own]}
    options = [f"--dbname={kept['NAME']}" if one == "--dbname=" else one for one in options]
    done = subprocess.run(
        [tool, *options], env={**os.environ, **named}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        first = (done.stderr.strip().splitlines() or ["?"])[0]
        raise BackupFault(
            f"{tool} không chạy được: {first}. Hãy kiểm tra DATABASE_URL và phiên bản của {tool}."
        )
