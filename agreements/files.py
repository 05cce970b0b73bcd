"""Uploaded files: stored under random names, allowed by extension and content, never larger than the limit."""

import hashlib
import secrets
import unicodedata
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import PurePath, PurePosixPath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import FileSystemStorage, storages
from django.db import models
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _

from agreements.file_kinds import SIGNATURES, Disguised, Macros, refuse_foreign

MEGABYTE = 1 << 20

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
    """As Django's, in FILES_DIR; a file that could not be written whole (the disk is full) does not stay."""

    @property
    def base_location(self):
        """Asked each time, so that tests keep their files elsewhere."""
        return settings.FILES_DIR

    @property
    def location(self):
        return str(self.base_location)

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
    """Where files are kept."""
    return storages["default"]


class KeptFile(FieldFile):
    """A stored file whose record keeps the fingerprint of its content."""

    def save(self, name, content, save=True):
        self.instance.sha256 = fingerprint(content)
        super().save(name, content, save)


class KeptFileField(models.FileField):
    """A file beside the columns `file_name` (as it came) and `sha256`; both are empty where there is none."""

    attr_class = KeptFile

    def pre_save(self, instance, add):
        file = super().pre_save(instance, add)
        if not file:
            instance.file_name = instance.sha256 = ""
        return file


def fingerprint(content):
    """The SHA-256 of an open file, in hex; it stands at its beginning afterwards."""
    content.seek(0)
    digest = hashlib.sha256()
    while piece := content.read(MEGABYTE):
        digest.update(piece)
    content.seek(0)
    return digest.hexdigest()


def random_name(record, filename):
    """A path that tells nothing of the content and cannot be guessed; the record keeps the original name."""
    record.file_name = shown_name(filename)
    token = secrets.token_hex(16)
    return f"{token[:2]}/{token}{PurePath(filename).suffix.lower()}"


def shown_name(filename):
    """The name under which a file came: without folders, in NFC, without signs that nobody sees."""
    name = unicodedata.normalize("NFC", PurePosixPath(filename.replace("\\", "/")).name)
    return "".join(sign for sign in name if unicodedata.category(sign)[0] != "C")[-255:]


def validate_upload(file):
    """Refuse a file that is too large, of a kind not allowed, not what its name says, or with macros.

    One that is kept already was judged when it came, and is not read again.
    """
    if getattr(file, "_committed", False):
        return
    name = shown_name(file.name)
    suffix = PurePath(name).suffix.lower()
    if suffix not in SIGNATURES:
        raise ValidationError(
            _(
                "“%(name)s” is of a kind that is not kept here: "
                "use PDF, Word, Excel, PowerPoint (.pptx), JPG, PNG or TIFF."
            ),
            params={"name": name},
        )
    if file.size > settings.UPLOAD_LIMIT:
        raise ValidationError(
            _("“%(name)s” is larger than %(limit)s MB: make it smaller or split it."),
            params={"name": name, "limit": settings.UPLOAD_LIMIT // MEGABYTE},
        )
    try:
        refuse_foreign(file, suffix)
    except Disguised as fault:
        raise ValidationError(
            _("“%(name)s” is not what its ending says: save it again as a true %(kind)s file."),
            params={"name": name, "kind": suffix},
        ) from fault
    except Macros as fault:
        raise ValidationError(
            _("“%(name)s” holds macros: save it without macros, or as PDF."), params={"name": name}
        ) from fault
