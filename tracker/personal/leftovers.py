"""What holds a name outside the tables: uploads that wait, logs, free pages of the database, archives."""

import shutil

from django.conf import settings
from django.db import connection

from tracker.backup.keeping import archives, copies


def clear(spellings):
    """Remove the names from files and from the bytes of the database; returns the backups, which still hold them."""
    clear_uploads()
    clear_logs(spellings)
    clear_free_pages()
    return [*archives(), *copies()] if settings.BACKUP_DIR.is_dir() else []


def clear_uploads():
    """Files of imports are kept for a day at most; whoever reviews one brings it again, without the name."""
    root = settings.DATA_DIR / "imports"
    for folder in root.iterdir() if root.is_dir() else ():
        shutil.rmtree(folder, ignore_errors=True)


def clear_logs(spellings):
    """Logs of the program hold no names by their form; should one, it is replaced in place."""
    for path in settings.LOG_DIR.glob("*.log*"):
        text = path.read_text(encoding="utf-8", errors="replace")
        if (clean := "\n".join(spellings.erased(line) for line in text.split("\n"))) != text:
            path.write_text(clean, encoding="utf-8")


def clear_free_pages():
    """Rewrite the database, so that no page keeps what was overwritten.

    PostgreSQL keeps old rows and its write-ahead log by its own rules: the tables are rewritten, the log is not.
    """
    if connection.in_atomic_block:
        return  # within a test or a larger transaction: whoever opened it does so afterwards
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM FULL")
            return
        cursor.execute("PRAGMA secure_delete=ON")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
