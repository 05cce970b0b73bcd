"""Rows as bytes: the same on SQLite and PostgreSQL, so that fingerprints may be compared."""

import hashlib
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS

CHUNK = 2000


def columns_of(model):
    """The attributes of every column of a table, in their order in the model."""
    return [field.attname for field in model._meta.concrete_fields]


def plain(value):
    """A value of a column that JSON does not know, as text."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, UUID):
        return value.hex
    raise TypeError(f"no way to write a {type(value).__name__}")


def fingerprint(model, *, columns=None, after=None, upto=None, using=DEFAULT_DB_ALIAS):
    """(rows, sha256) of the rows of a table whose key is above `after` and at most `upto`, in the order of keys."""
    found = model._base_manager.using(using).order_by("pk")
    if after is not None:
        found = found.filter(pk__gt=after)
    if upto is not None:
        found = found.filter(pk__lte=upto)
    digest, count = hashlib.sha256(), 0
    encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=plain).encode
    for row in found.values_list(*(columns or columns_of(model))).iterator(chunk_size=CHUNK):
        digest.update(encode(row).encode() + b"\n")
        count += 1
    return count, digest.hexdigest()
