"""Whether the register is well: each check is one line of the status page, with what to do where it is not."""

import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.db import DatabaseError, connection, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.models import Agreement
from tracker.backup.counting import missing_files
from tracker.backup.drill import last_drill
from tracker.backup.keeping import archives, moment
from tracker.quickstart import pending_migrations
from tracker.reports.writers import shown
from tracker.trace import sealing
from tracker.trace.models import AccessLog

BACKUP_AGE = timedelta(hours=26)
DRILL_AGE = timedelta(days=8)
SKEW = timedelta(minutes=5)
"""How far a clock may be behind the last change that was recorded."""
MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Check:
    """One line of the status page: its name, what was seen, and what to do (empty when all is well)."""

    name: str
    seen: str
    cure: str = ""

    @property
    def well(self):
        return not self.cure


def probe():
    """Read and write the database, and take the writing back; raises DatabaseError where it cannot."""
    with transaction.atomic():
        AccessLog.objects.create(action=AccessLog.Action.FILE, path="/healthz")
        AccessLog.objects.latest("pk")
        transaction.set_rollback(True)


def checks():
    """Every check, in the order of the status page."""
    return [check() for check in CHECKS]


def database():
    kind = f"{connection.display_name} ({connection.settings_dict['NAME']})"
    try:
        probe()
    except DatabaseError as error:
        return Check(_("Database"), kind, _("It cannot be written: %(why)s.") % {"why": str(error).strip()})
    return Check(_("Database"), kind)


def durability():
    """Acknowledged means on the disk: WAL and FULL on SQLite, synchronous_commit and fsync on PostgreSQL."""
    name = _("Saves reach the disk")
    asked = ("PRAGMA journal_mode", "PRAGMA synchronous")
    wanted, cure = ["wal", 2], _("Remove whatever changes these settings: they must be WAL and FULL (2).")
    if connection.vendor == "postgresql":
        asked, wanted = ("SHOW synchronous_commit", "SHOW fsync"), ["on", "on"]
        cure = _("Set synchronous_commit and fsync to on in postgresql.conf.")
    with connection.cursor() as cursor:
        found = [(cursor.execute(one) and None) or cursor.fetchone()[0] for one in asked]
    seen = ", ".join(f"{one.split()[1]} = {value}" for one, value in zip(asked, found, strict=True))
    return Check(name, seen, "" if found == wanted else cure)


def upgrade():
    pending = [f"{migration.app_label}.{migration.name}" for migration, _back in pending_migrations()]
    cure = _("Stop the server and start it with “python manage.py quickstart”.") if pending else ""
    return Check(_("Pending migrations"), ", ".join(pending) or _("none"), cure)


def disk():
    free = shutil.disk_usage(settings.DATA_DIR).free // MEGABYTE
    needed = settings.DISK_RESERVE_MB
    cure = (
        _("Free some space: at least %(needed)s MB are needed.") % {"needed": needed} if free < needed else ""
    )
    return Check(_("Free space on the disk"), f"{free} MB", cure)


def folders():
    """Files and backups can be written."""
    for folder in (settings.FILES_DIR, settings.BACKUP_DIR):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder) as file:
                file.write(b"x")
        except OSError as error:
            cure = _("Let the account of the program write there (%(why)s).") % {"why": error.strerror}
            return Check(_("Folders of files and backups"), str(folder), cure)
    return Check(_("Folders of files and backups"), f"{settings.FILES_DIR}, {settings.BACKUP_DIR}")


def files():
    missing = missing_files() if settings.FILES_DIR.is_dir() else []  # else another line says so
    cure = (
        _("Bring them back from a backup: %(names)s.") % {"names": ", ".join(missing[:3])} if missing else ""
    )
    return Check(_("Files that are missing"), str(len(missing)), cure)


def backup():
    name, newest = _("Newest backup"), next(iter(archives()), None)
    if newest is None:
        return Check(name, _("none"), _("Run “python manage.py backup” every night (docs/backup.md)."))
    age = datetime.now() - moment(newest)
    cure = (
        _("It is too old: see that “python manage.py backup” runs every night.") if age > BACKUP_AGE else ""
    )
    return Check(name, f"{newest.name} ({spoken(age)})", cure)


def drill():
    name, last = _("Last restore drill"), last_drill()
    if last is None:
        return Check(name, _("none"), _("Run “python manage.py restore_drill” every week."))
    age = timezone.now() - datetime.fromisoformat(last["at"])
    cure = _("It is too long ago: run “python manage.py restore_drill”.") if age > DRILL_AGE else ""
    return Check(name, f"{last['archive']} ({spoken(age)})", cure)


def log_chain():
    faults, head = sealing.verify(), sealing.head()
    seen = f"{head['number']}: {head['mac'][:16]}" if head else _("no seal yet")
    return Check(_("Seals of the logs"), seen, " ".join(faults))


def log_tail():
    """For information: how much of the logs a backup has still to seal."""
    return Check(_("Rows of the logs that are not sealed yet"), str(sealing.unsealed()))


def clock():
    """A clock that was set back would date new changes before old ones."""
    now, last = timezone.now(), last_change()
    cure = ""
    if last and last > now + SKEW:
        cure = _("The last change is dated %(last)s: set the clock of the server.") % {"last": local(last)}
    return Check(_("Clock"), local(now), cure)


def last_change():
    """The latest moment that any of the busiest logs tells."""
    told = ((Agreement.history, "history_date"), (LogEntry.objects, "action_time"), (AccessLog.objects, "at"))
    found = [rows.aggregate(last=Max(name))["last"] for rows, name in told]
    return max(filter(None, found), default=None)


def version():
    cure = _("Set DEBUG=off.") if settings.DEBUG else ""
    return Check(_("Version"), settings.VERSION, cure)


CHECKS = (
    database, durability, upgrade, disk, folders, files, backup, drill, log_chain, log_tail, clock, version,
)  # fmt: skip


def local(moment):
    """A moment as people here write it."""
    here = timezone.localtime(moment)
    return f"{here:%H:%M} {shown(here.date())}"


def spoken(age):
    """An age in days or hours."""
    hours = max(0, int(age.total_seconds() // 3600))
    if hours >= 48:
        return _("%(number)s days ago") % {"number": hours // 24}
    return _("%(number)s hours ago") % {"number": hours}
