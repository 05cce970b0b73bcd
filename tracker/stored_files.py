"""Whether the folder of files is as the register tells: nothing missing, changed or left over."""

import hashlib
import time
from dataclasses import dataclass, field

from django.conf import settings

from agreements.models import Document
from tracker.models import ReportTemplate

SOURCES = (Document, ReportTemplate)
"""The tables that name stored files; of a document the history too: earlier files stay as long as it does."""
SETTLED = 600
"""Seconds after which a file without a row is left over; a younger one may be on its way into the register."""


@dataclass
class Found:
    """Names of stored files: how many were read, and which are not as they should be."""

    checked: int = 0
    missing: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    orphans: list = field(default_factory=list)
    unknown: list = field(default_factory=list)  # kept before fingerprints were

    @property
    def well(self):
        return not (self.missing or self.changed or self.orphans)


def named():
    """{name of a stored file: its fingerprint, "" where none was kept}."""
    found = {}
    past = Document.history.filter(id__in=Document._base_manager.values("id"))
    for rows in (past, *(model._base_manager.all() for model in SOURCES)):
        kept = rows.exclude(file="").exclude(file=None).order_by()
        for name, sha256 in kept.values_list("file", "sha256"):
            found[str(name)] = sha256 or found.get(str(name), "")
    return found


def stored():
    """{name: path} of every file in the folder of files."""
    root = settings.FILES_DIR
    return {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}


def check(settled=SETTLED):
    """Read every file and compare it with its row; returns Found."""
    kept, found = named(), Found()
    there, limit = stored(), time.time() - settled  # after the rows: each of them has its file by now
    for name, sha256 in sorted(kept.items()):
        if name not in there:
            found.missing.append(name)
            continue
        found.checked += 1
        if not sha256:
            found.unknown.append(name)
        elif content_of(there[name]) != sha256:
            found.changed.append(name)
    found.orphans = sorted(
        name for name in there.keys() - kept.keys() if there[name].stat().st_mtime <= limit
    )
    return found


def content_of(path):
    """The SHA-256 of a file; "" where it cannot be read."""
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def remove_orphans(found):
    """Delete the files that no row names."""
    for name in found.orphans:
        (settings.FILES_DIR / name).unlink(missing_ok=True)
