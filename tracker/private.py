"""Nobody else with an account on the machine reads the register: folders 0700, files 0600.

Whatever runs the product sets `UMASK` before it opens the first file; `mend` does the same for what an older
version has written.
"""

import os
import stat
from contextlib import suppress
from pathlib import Path

from django.conf import settings

UMASK = 0o077
"""What group and others may never do with a new file. (Windows knows no groups: its folders inherit their rights.)"""


def ours():
    """The paths in DATA_DIR, and the SQLite file, that the product has made."""
    names = ("files", "imports", "logs", "backups", "static", "uploads", "secret_key", "seal_head.json")
    yield from (settings.DATA_DIR / name for name in names)
    yield from (*settings.DATA_DIR.glob("seeds_decided"), *settings.DATA_DIR.glob("*.lock"))
    if "sqlite" in settings.DATABASES["default"]["ENGINE"]:
        base = Path(settings.DATABASES["default"]["NAME"])
        yield from (base.with_name(f"{base.name}{end}") for end in ("", "-wal", "-shm"))


def mend():
    """Take from group and others what they may do with the register; once done, it looks at one folder only."""
    top = settings.DATA_DIR
    if os.name != "posix" or not stat.S_IMODE(top.stat().st_mode) & UMASK:
        return
    for path in ours():
        close(path)
        for folder, folders, files in os.walk(path):
            for name in (*folders, *files):
                close(Path(folder, name))
    if not top.stat().st_mode & stat.S_ISVTX:  # a folder like /tmp belongs to everybody
        close(top)


def close(path):
    """Of what is there and is ours; a link is left as it is."""
    with suppress(FileNotFoundError, PermissionError):
        if not path.is_symlink():
            path.chmod(stat.S_IMODE(path.stat().st_mode) & ~UMASK)
