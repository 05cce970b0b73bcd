"""A file of agreements with their parts, recognised by the beginning of its codes, and what is there of it."""

import csv
import io

from django.db import connection

from agreements.models import Agreement, AgreementRole, Body, User
from tracker.imports import working
from tracker.interchange import KINDS

PARTS = 2


def office():
    return Body.objects.get(code="SNV-SL")


def officer():
    found = User.objects.filter(username="torture").first()
    return found or User.objects.create_superuser("torture", password="x", office=office())


def rows(prefix, number, title="Thỏa thuận"):
    """`number` agreements with two parties and two fields each."""
    headings = ["code", "title", "kind", "parties", "fields", "signed_on"]
    kept = [
        [f"{prefix}-{n:05d}", f"{title} {n}", "memorandum", "VN2025-14|LA-LP", "health|education", "5/1/2022"]
        for n in range(1, number + 1)
    ]
    return [headings, *kept]


def content(prefix, number, **options):
    sheet = io.StringIO()
    csv.writer(sheet).writerows(rows(prefix, number, **options))
    return sheet.getvalue().encode()


def sheets(prefix, number, **options):
    """What import_sheets takes."""
    return [(KINDS["agreements"], "agreements", list(enumerate(rows(prefix, number, **options), 1)))]


def planned_job(prefix, number, **options):
    """An import that waits to be confirmed."""
    job = working.begin(
        kind="agreements",
        owner=officer(),
        content=content(prefix, number, **options),
        file_name=f"{prefix}.csv",
    )
    working.plan(job)
    assert job.state == working.State.READY, job.fault
    assert not working.obstacles(job), working.obstacles(job)
    return job


def there(prefix):
    """How many agreements, parts, fields, and rows of their histories are there; of a whole file n, 2n, 2n, n, 2n."""
    found = Agreement.objects.filter(code__startswith=f"{prefix}-")
    through = Agreement.fields.through.objects.filter(agreement__code__startswith=f"{prefix}-")
    return (
        found.count(),
        AgreementRole.objects.filter(agreement__in=found).count(),
        through.count(),
        Agreement.history.filter(code__startswith=f"{prefix}-").count(),
        AgreementRole.history.filter(agreement__code__startswith=f"{prefix}-").count(),
    )


def withdrawn(prefix):
    """How many of the agreements are withdrawn, each by one change."""
    return Agreement.objects.withdrawn().filter(code__startswith=f"{prefix}-", version=2).count()


def whole(number, times=1):
    """What `there` says of a whole file."""
    return (number, PARTS * number, PARTS * number, times * number, times * PARTS * number)


NOTHING = (0, 0, 0, 0, 0)


def sound():
    """Whether the database itself finds nothing wrong."""
    connection.check_constraints()
    if connection.vendor == "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        return cursor.fetchone()[0] == "ok"
