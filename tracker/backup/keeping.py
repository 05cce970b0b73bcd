"""Which archives stay: the last 7 days, 4 weeks and 12 months that have one, and always the newest."""

from datetime import datetime

from django.conf import settings

from tracker.backup.archive import NAME

DAYS, WEEKS, MONTHS = 7, 4, 12
STAMP = "%Y%m%d-%H%M%S"


def moment(path):
    """When an archive was made, as its name says; local time."""
    return datetime.strptime(NAME.fullmatch(path.name).group(1), STAMP)


def archives(folder=None):
    """The archives in a folder (BACKUP_DIR), the newest first; nothing else that lies there."""
    folder = folder or settings.BACKUP_DIR
    found = [path for path in folder.glob("register-*.tar.gz") if NAME.fullmatch(path.name)]
    return sorted(found, key=lambda path: (moment(path), len(path.name), path.name), reverse=True)


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
    """Delete the archives that need not stay; called only after a newer one was written and read back whole."""
    paths = archives(folder)
    gone = [path for path in paths if path not in kept(paths)]
    for path in gone:
        path.unlink()
    return gone
