"""A database that is locked, and a disk that is full: never a half, never a false success."""

import sqlite3
from contextlib import contextmanager

import psycopg
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import OperationalError, connection
from django.test import Client

from agreements.models import Document, Term
from tracker.imports import working
from tracker.torture import prey

PATIENCE = 0.3
"""Seconds for which our side waits for a lock here; in use it is 20."""


def locked(times, rows=200):
    """Another connection holds the database longer than we wait; afterwards the same confirmation works."""
    for number in range(times):
        job = prey.planned_job(f"LOCK{number}", rows)
        with held(), impatient():
            refused_by_database(job)
        written_after_all(job, f"LOCK{number}", rows)
    return {"locked": times}


def full(times, rows=400):
    """The disk is full after a few more pages; SQLite only, where the file can be kept from growing."""
    if connection.vendor == "postgresql":
        return {"full": 0}
    for number in range(times):
        job = prey.planned_job(f"FULL{number}", rows)
        with few_pages(2 * 2**number % 97):
            refused_by_database(job)
        written_after_all(job, f"FULL{number}", rows)
    return {"full": times}


def refused_by_database(job):
    """Confirming fails, and then nothing is written and the import still waits."""
    prefix = job.file_name.removesuffix(".csv")
    try:
        working.write(job, job.batch)
    except OperationalError:
        pass
    else:
        raise AssertionError("success was told")
    assert prey.there(prefix) == prey.NOTHING
    job.refresh_from_db()
    assert job.state == working.State.READY
    assert job.written_at is None


def written_after_all(job, prefix, rows):
    assert prey.there(prefix) == prey.NOTHING
    working.write(job, job.batch)
    assert prey.there(prefix) == prey.whole(rows)
    assert prey.sound()


@contextmanager
def held():
    """Another connection that writes and does not end."""
    if connection.vendor == "postgresql":
        with psycopg.connect(**psycopg_options()) as other:
            other.execute("LOCK TABLE agreements_agreement IN SHARE ROW EXCLUSIVE MODE")
            yield
            other.rollback()
        return
    other = sqlite3.connect(settings.DATABASES["default"]["NAME"], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.rollback()
        other.close()


def psycopg_options():
    kept = connection.settings_dict
    names = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    return {name: kept[own] for name, own in names.items() if kept[own]}


@contextmanager
def impatient():
    """Our connection gives up soon; reading goes on."""
    unit = "SET lock_timeout = %s" if connection.vendor == "postgresql" else "PRAGMA busy_timeout = %s"
    with connection.cursor() as cursor:
        cursor.execute(unit % int(1000 * PATIENCE))
    try:
        yield
    finally:
        connection.close()


@contextmanager
def few_pages(more):
    """The file of the database grows by so many pages and no further."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0] + more}")
    try:
        yield
    finally:
        connection.close()


def full_pages(times):
    """Officers save and upload until the disk is full: what was acknowledged is stored, a page says why, no orphans."""
    if connection.vendor == "postgresql":
        return {"full": 0}
    seen = {"acknowledged": 0, "told": 0, "orphans": 0}
    client = Client(raise_request_exception=False)
    client.force_login(prey.officer())
    for number in range(times):
        acknowledged, told = saves_until_full(client, f"PAGE{number}", 3 + 7 * number)
        stored = Document.objects.filter(code__startswith=f"PAGE{number}-").count()
        assert stored == acknowledged, (stored, acknowledged)
        assert told.status_code == 507, told.status_code
        assert "Ổ đĩa đã đầy" in told.content.decode()
        seen["acknowledged"] += acknowledged
        seen["told"] += 1
    named = set(Document.objects.values_list("file", flat=True))
    kept = {one.relative_to(settings.FILES_DIR).as_posix() for one in settings.FILES_DIR.rglob("*.pdf")}
    assert kept <= named, sorted(kept - named)
    return seen


def saves_until_full(client, prefix, pages):
    """(how many papers the server said are saved, the answer that refused the next)."""
    kind = Term.objects.filter(vocabulary="document_kind").first()
    with few_pages(pages):
        for number in range(1000):
            answer = client.post("/admin/agreements/document/add/", {
                "kind": kind.pk, "title": f"Văn bản {number} " + "x" * 300, "code": f"{prefix}-{number}",
                "office": prey.office().pk, "file": ContentFile(b"%PDF-1.7", name="a.pdf"),
            })  # fmt: skip
            if answer.status_code != 302:
                return number, answer
    raise AssertionError("never full")
