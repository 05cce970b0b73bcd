"""Which archives stay: the last 7 days, 4 weeks and 12 months that have one, and always the newest.

Copies of the database made before an upgrade stay for a month: they hold what was erased since.
"""

import re
from datetime import datetime, timedelta

from django.conf import settings

from tracker.backup.archive import NAME

DAYS, WEEKS, MONTHS = 7, 4, 12
COPY = re.compile(r"before-migration-(\d{8}-\d{6})\.sqlite3")
COPY_DAYS = 30
STAMP = "%Y%m%d-%H%M%S"


def moment(path):
    """When an archive was made, as its name says; local time."""
    return datetime.strptime(NAME.fullmatch(path.name).group(1), STAMP)


def archives(folder=None):
    """The archives in a folder (BACKUP_DIR), the newest first; nothing else that lies there."""
    folder = folder or settings.BACKUP_DIR
    found = [path for path in folder.glob("register-*.tar.gz") if NAME.fullmatch(path.name)]
    return sorted(found, key=lambda path: (moment(path), len(path.name), path.name), reverse=True)


def copies(folder=None):
    """The copies made before upgrades (tracker/quickstart.py) in a folder (BACKUP_DIR), the newest first."""
    folder = folder or settings.BACKUP_DIR
    return sorted(
        (one for one in folder.glob("before-migration-*") if COPY.fullmatch(one.name)), reverse=True
    )


def old(copy):
    """Whether a copy of the database was made more than a month ago, as its name says."""
    made = datetime.strptime(COPY.fullmatch(copy.name).group(1), STAMP)
    return datetime.now() - made > timedelta(days=COPY_DAYS)


def kept(paths):
    """Of archives, the newest first, those that stay: of each day, week and month the newest."""
    stay = set(paths[:1])
    for most, period in ((DAYS, "%Y-%m-%d"), (WEEKS, "%G-%V"), (MONTHS, "%Y-%m")):
        newest = {}
        for path in paths:
            newest.setdefault(moment(path).strftime(period), path)
        stay |= set(list(newest.values())[:most])
    return stay


def rotate(folder):
    """Delete the archives and copies that need not stay; called only after a newer archive was read back whole."""
    paths = archives(folder)
    gone = [path for path in paths if path not in kept(paths)] + [one for one in copies(folder) if old(one)]
    for path in gone:
        path.unlink()
    return gone
