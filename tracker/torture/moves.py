"""From SQLite to PostgreSQL: a register is backed up, restored into an empty database, and compared row by row."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.models import AutoField, Max

from agreements.models import Agreement
from tracker.backup import archive, restoring
from tracker.backup.counting import content, differences, tables
from tracker.backup.making import back_up
from tracker.backup.restoring import restore
from tracker.torture import archives, arena, prey
from tracker.torture.scratch import environment, postgres
from tracker.trace import sealing
from tracker.trace.models import Seal

PAPERS = 20


def move(imports, migrated=True):
    """Figures of a move of this register, which is on SQLite; the other side is a process of its own (`moved`)."""
    archives.as_migrated()
    prey.officer()
    for number in range(imports):
        archives.import_some(f"MOVE{number}")
        sealing.seal()
    for number in range(PAPERS):
        archives.enter_paper(number, "MOVE")
    made = back_up(settings.DATA_DIR / "to-be-moved")
    assert not made.warnings, made.warnings
    here = content()
    with tempfile.TemporaryDirectory() as folder, postgres("move") as url:
        (Path(folder) / "static").mkdir()
        sizes = json.dumps({"path": str(made.path), "here": here, "migrated": migrated})
        done = subprocess.run(
            [sys.executable, "-m", "tracker.torture.arena", "moved", sizes],
            env=environment(folder, url), cwd=settings.BASE_DIR, capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr[-4000:]
    return json.loads(done.stdout.splitlines()[-1])


def moved(path, here, migrated):
    """What the empty register of this process holds after the archive was restored; `here`: what it must hold.

    The tables come from the migrations, as in use, or (much quicker) from the models.
    """
    assert connection.vendor == "postgresql"
    if migrated:
        restore(Path(path))
    else:
        restore_into_made_tables(Path(path))
    there = content()
    assert differences(here, there) == []
    assert noticed(here), "a changed word was not noticed"
    assert sealing.verify() == []
    return {
        "tables": len(there),
        "rows": sum(rows for rows, _sha256 in there.values()),
        "equal fingerprints": sum(there[name] == told for name, told in here.items()),
        "files": sum(1 for one in settings.FILES_DIR.rglob("*") if one.is_file()),
        "seals intact": Seal.objects.count(),
        "next keys that follow": following_keys(),
    }


def restore_into_made_tables(path):
    """What `restore` does, but that its tables are there already."""
    arena.make_tables()
    archives.as_migrated()
    with tempfile.TemporaryDirectory() as work:
        manifest = archive.check(path, Path(work))
        restoring.load(path, Path(work) / manifest["database"], manifest)
        restoring.take_files(Path(work) / "files")
    sealing.anchor(manifest["head"])


def noticed(here):
    """Whether one changed word of one row is a difference; it is taken back."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("UPDATE agreements_agreement SET title = title || ' ' WHERE code = 'MOVE0-00001'")
        found = differences(here, content())
        transaction.set_rollback(True)
    return found == ["agreements_agreement"]


def following_keys():
    """How many tables give the next row the key after their last; then an agreement is entered as an officer would."""
    counted = 0
    for model in tables():
        key = model._meta.pk
        if not isinstance(key, AutoField):
            continue
        last = model._base_manager.aggregate(last=Max("pk"))["last"] or 0
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s))", [model._meta.db_table, key.column]
            )
            (following,) = cursor.fetchone()
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, %s), %s, false)",
                [model._meta.db_table, key.column, following],
            )
        assert following == last + 1, f"{model._meta.db_table}: {following} after {last}"
        counted += 1
    before = Agreement.objects.aggregate(last=Max("pk"))["last"]
    archives.import_some("AFTER")
    assert Agreement.objects.filter(pk__gt=before).count() == archives.ROWS
    return counted
