"""P10: pages of an office of usual size (300 agreements, 3 000 commitments): time of the server and of SQL."""

import harness

folder = harness.start()

import statistics  # noqa: E402
import time  # noqa: E402
from datetime import date  # noqa: E402

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from agreements.models import Agreement, Commitment, User  # noqa: E402
from tracker.progress import remembered  # noqa: E402

SIZE = harness.size(300) if "SIZE" in harness.os.environ else 300
SERVER, SQL = 150, 30
"""Milliseconds that a page may take, and SQL of it."""
ON = date(2023, 6, 30)


def prepare():
    from tracker.demo import fill

    fill(SIZE)
    User.objects.create_superuser("do-thu", password="x")
    with connection.cursor() as cursor:  # PostgreSQL does both by itself within a minute
        cursor.execute("VACUUM")
        cursor.execute("ANALYZE")


def pages():
    """(name, address) of what an officer opens most."""
    from tracker.reports.catalogue import REPORTS

    agreement, commitment = Agreement.objects.first(), Commitment.objects.first()
    yield "home", reverse("admin:index")
    yield "list of agreements", reverse("admin:agreements_agreement_changelist")
    yield "list of commitments", reverse("admin:agreements_commitment_changelist")
    yield "one agreement", reverse("admin:agreements_agreement_change", args=[agreement.pk])
    yield "one commitment", reverse("admin:agreements_commitment_change", args=[commitment.pk])
    yield "sheet of an agreement", reverse("reports:agreement-sheet", args=[agreement.pk])
    for report in REPORTS:
        yield f"report {report.slug}", report.address


def measured(client, address, asked=None):
    """(milliseconds in all, of SQL) of one answer; its statements are added to the list `asked`."""
    spent = 0.0

    def timed(execute, sql, params, many, context):
        nonlocal spent
        if asked is not None:
            asked.append((sql, params))
        begun = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            spent += time.perf_counter() - begun

    with connection.execute_wrapper(timed):
        begun = time.perf_counter()
        answer = client.get(address)
        total = time.perf_counter() - begun
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    return total * 1000, spent * 1000


def middle(client, address, before=lambda: None):
    """The medians of `measured` in some rounds; `before()` is called before each."""
    runs = []
    for _round in range(2 * harness.ROUNDS + 1):
        before()
        runs.append(measured(client, address))
    return [statistics.median(one) for one in zip(*runs, strict=True)]


def floor(asked):
    """Milliseconds of the same statements by hand, all their rows fetched: no object, no page."""
    begun = time.perf_counter()
    with connection.cursor() as cursor:
        for sql, params in asked:
            cursor.execute(sql, params)
            if cursor.description:
                cursor.fetchall()
    return (time.perf_counter() - begun) * 1000


def forget():
    """As after a change in the register: nothing is kept of what was made before."""
    for kept in (remembered.answers, remembered.pages):
        kept.held.clear()


def main():
    harness.apart(prepare)
    client = Client()
    client.force_login(User.objects.get(username="do-thu"))
    for name, address in pages():
        measured(client, address)  # templates and caches are warm in an office
        asked = []
        forget()
        measured(client, address, asked)
        by_hand = statistics.median(floor(asked) for _round in range(harness.ROUNDS))
        changed, _spent = middle(client, address, before=forget)
        total, spent = middle(client, address)
        harness.tell(
            "P10",
            name,
            f"{total:.0f} ms, {spent:.0f} ms of it SQL ({changed:.0f} ms the first time after a change; "
            f"the {len(asked)} statements of that alone {by_hand:.0f} ms)",
            f"≤ {SERVER} ms, {SQL} ms",
            total <= SERVER and spent <= SQL,
        )
    harness.finish()


if __name__ == "__main__":
    main()
