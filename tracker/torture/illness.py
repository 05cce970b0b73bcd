"""What can be wrong with a register, one thing at a time: the status page must name it, and nothing else."""

import json
import tempfile
import time
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.core.files.base import ContentFile
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client, override_settings
from django.utils import timezone
from lxml import html

from agreements.models import Agreement, Document, Term
from tracker import health
from tracker.backup.drill import record_path
from tracker.backup.keeping import STAMP, archives
from tracker.backup.making import back_up
from tracker.torture import prey
from tracker.torture.archives import as_migrated
from tracker.torture.tampering import write
from tracker.trace import sealing


def faults():
    """Each fault injected alone; {"injected", "named", "false alarms"}."""
    as_migrated()
    client = Client()
    client.force_login(prey.officer())
    back_up()
    told = {"at": timezone.now().isoformat(), "archive": archives()[0].name}
    record_path().write_text(json.dumps(told))
    seen = {"injected": 0, "named": 0, "false alarms": len(named(client))}
    for fault, check in FAULTS.items():
        with fault():
            found = named(client)
        assert found == [str(check().name)], (fault.__name__, found)
        seen["injected"] += 1
        seen["named"] += 1
        seen["false alarms"] += len(named(client))
    assert seen["false alarms"] == 0, named(client)
    return seen


def named(client):
    """The names of what the status page says is not well."""
    answer = client.get("/status/")
    assert answer.status_code == 200, answer.status_code
    rows = html.fromstring(answer.content.decode()).xpath("//table//tr[.//span[@class='import-fault']]")
    return [row.xpath("th")[0].text_content() for row in rows]


@contextmanager
def pending_migration():
    rows = MigrationRecorder.Migration.objects.filter(app="tracker").exclude(name__contains="_squashed_")
    kept = rows.latest("name")
    kept.delete()
    yield
    MigrationRecorder.Migration.objects.create(app=kept.app, name=kept.name)


@contextmanager
def little_space():
    with override_settings(DISK_RESERVE_MB=10**9):
        yield


@contextmanager
def no_folder():
    """A file stands where the folder of files should be."""
    with tempfile.NamedTemporaryFile() as file, override_settings(FILES_DIR=Path(file.name)):
        yield


@contextmanager
def missing_file():
    kind = Term.objects.filter(vocabulary="document_kind").first()
    paper = Document.objects.create(
        office=prey.office(),
        code="LOST",
        title="Văn bản",
        kind=kind,
        file=ContentFile(b"%PDF-", name="a.pdf"),
    )
    content = Path(paper.file.path)
    content.unlink()
    yield
    content.write_bytes(b"%PDF-")


@contextmanager
def old_backup():
    path = archives()[0]
    old = path.with_name(f"register-{time.strftime(STAMP, time.localtime(time.time() - 3 * 86400))}.tar.gz")
    path.rename(old)
    yield
    old.rename(path)


@contextmanager
def old_drill():
    kept = record_path().read_text()
    record_path().write_text(json.dumps({**json.loads(kept), "at": "2026-01-01T00:00:00+07:00"}))
    yield
    record_path().write_text(kept)


@contextmanager
def changed_log():
    row = sealing.logs()["agreements.HistoricalAgreement"].objects.earliest("pk")
    write(type(row), row.pk, "title", "Khác")
    yield
    write(type(row), row.pk, "title", row.title)


@contextmanager
def clock_set_back():
    """The last change lies in the future, as when the clock was right before."""
    agreement = Agreement.objects.first()
    agreement._history_date = timezone.now() + timedelta(days=2)
    agreement.save()
    row = agreement.history.first()
    yield
    write(type(row), row.pk, "history_date", timezone.now())


@contextmanager
def careless_saves():
    with connection.cursor() as cursor:
        on_sqlite = connection.vendor == "sqlite"
        cursor.execute("PRAGMA synchronous=NORMAL" if on_sqlite else "SET synchronous_commit = off")
        yield
        cursor.execute("PRAGMA synchronous=FULL" if on_sqlite else "SET synchronous_commit = on")


FAULTS = {
    pending_migration: health.upgrade,
    little_space: health.disk,
    no_folder: health.folders,
    missing_file: health.files,
    old_backup: health.backup,
    old_drill: health.drill,
    changed_log: health.log_chain,
    clock_set_back: health.clock,
    careless_saves: health.durability,
}
