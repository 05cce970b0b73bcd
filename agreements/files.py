"""Uploaded files: stored under random names, allowed by extension and content, never larger than the limit."""

import secrets
import unicodedata
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import FileSystemStorage, storages
from django.utils.translation import gettext_lazy as _

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SIGNATURES = {
    ".pdf": [b"%PDF-"],
    ".docx": [ZIP],
    ".xlsx": [ZIP],
    ".pptx": [ZIP],
    ".odt": [ZIP],
    ".ods": [ZIP],
    ".doc": [OLE],
    ".xls": [OLE],
    ".ppt": [OLE],
    ".jpg": [b"\xff\xd8\xff"],
    ".jpeg": [b"\xff\xd8\xff"],
    ".png": [b"\x89PNG\r\n\x1a\n"],
    ".tif": [b"II*\x00", b"MM\x00*"],
    ".tiff": [b"II*\x00", b"MM\x00*"],
}
"""The kinds of file that may be kept, each with what its content begins with."""


_stored = ContextVar("stored", default=None)


@contextmanager
def noting_stored():
    """Yields a list that gets the name of every file stored inside."""
    token = _stored.set(noted := [])
    try:
        yield noted
    finally:
        _stored.reset(token)


class WholeFileStorage(FileSystemStorage):
    """As Django's; a file that could not be written whole (the disk is full) does not stay."""

    def _save(self, name, content):
        try:
            kept = super()._save(name, content)
        except OSError:
            with suppress(OSError):
                self.delete(name)
            raise
        if (noted := _stored.get()) is not None:
            noted.append(kept)
        return kept


def storage():
    """Where files are kept; asked each time, so that tests may keep them elsewhere."""
    return storages["default"]


def random_name(record, filename):
    """A path that tells nothing of the content and cannot be guessed; the record keeps the original name."""
    record.file_name = unicodedata.normalize("NFC", PurePath(filename).name)[-255:]
    token = secrets.token_hex(16)
    return f"{token[:2]}/{token}{PurePath(filename).suffix.lower()}"


def validate_upload(file):
    """Refuse a file that is too large, of a kind not allowed, or not what its name says.

    One that is kept already was judged when it came, and is not read again.
    """
    if getattr(file, "_committed", False):
        return
    name = PurePath(file.name).name
    suffix = PurePath(name).suffix.lower()
    if suffix not in SIGNATURES:
        raise ValidationError(
            _(
                "“%(name)s” is of a kind that is not kept here: use PDF, Word, Excel, PowerPoint, JPG, PNG or TIFF."
            ),
            params={"name": name},
        )
    if file.size > settings.UPLOAD_LIMIT:
        raise ValidationError(
            _("“%(name)s” is larger than 25 MB: make it smaller or split it."), params={"name": name}
        )
    file.seek(0)
    head = file.read(16)
    file.seek(0)
    if not any(head.startswith(signature) for signature in SIGNATURES[suffix]):
        raise ValidationError(
            _("“%(name)s” is not what its ending says: save it again as a true %(kind)s file."),
            params={"name": name, "kind": suffix},
        )
