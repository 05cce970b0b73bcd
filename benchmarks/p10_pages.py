"""P10: pages of an office of usual size (300 agreements, 3 000 commitments): time of the server and of SQL."""

import harness

folder = harness.start()

import random  # noqa: E402
import statistics  # noqa: E402
import time  # noqa: E402
from datetime import date  # noqa: E402

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from agreements.memory import settle  # noqa: E402
from agreements.models import Agreement, Commitment, Progress, User  # noqa: E402
from tracker.progress import engine  # noqa: E402

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
            if sql.startswith(("SELECT", "WITH")):  # the page of a record is made within a transaction
                cursor.execute(sql, params)
                cursor.fetchall()
    return (time.perf_counter() - begun) * 1000


def change():
    """As officers do most: a report on one commitment."""
    commitment = random.choice(COMMITMENTS)
    Progress.objects.create(commitment=commitment, on="2023-05-05", assessment="in_progress", done="Bịa")


COMMITMENTS = []


def main():
    harness.apart(prepare)
    random.seed(10)
    COMMITMENTS.extend(Commitment.objects.counted())
    settle()  # as the server does when it has started
    client = Client()
    client.force_login(User.objects.get(username="do-thu"))
    for name, address in pages():
        measured(client, address)  # templates and caches are warm in an office
        first, _spent = middle(client, address, before=engine.forget)
        change()
        asked = []
        measured(client, address, asked)
        by_hand = statistics.median(floor(asked) for _round in range(harness.ROUNDS))
        changed, spent_then = middle(client, address, before=change)
        total, spent = middle(client, address)
        harness.tell(
            "P10",
            name,
            f"{total:.0f} ms, {spent:.0f} ms of it SQL; after a change {changed:.0f} ms, {spent_then:.0f} ms "
            f"({len(asked)} statements, by hand {by_hand:.0f} ms); the first of a process {first:.0f} ms",
            f"≤ {SERVER} ms, {SQL} ms",
            total <= SERVER and spent <= SQL,
        )
    harness.finish()


if __name__ == "__main__":
    main()
