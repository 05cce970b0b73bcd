"""P8: how all commitments stand, by agreement, against a loop over objects (stock) and SQL by hand (floor).

Then each report of the catalogue over the same register: its queries.
"""

import harness

folder = harness.start()

import random  # noqa: E402
from datetime import date, timedelta  # noqa: E402
from decimal import Decimal  # noqa: E402
from functools import partial  # noqa: E402

import registers as data  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import QuerySet  # noqa: E402

from agreements.models import Agreement, Body, Commitment, Progress, Target, Term  # noqa: E402
from delegations.models import Contribution, Delivery  # noqa: E402

SIZE = harness.size(100_000)
LOOPED = min(SIZE, 1000)
"""A loop over objects takes a minute for so many commitments: its time for all is reckoned from them."""
QUERIES = 10
ON = date(2024, 6, 30)


def prepare():
    """SIZE commitments in a tenth of agreements, two of three measured; three reports and one delivery each."""
    chance = random.Random(8)
    data.make_office(agreements=SIZE // 10)
    office = Body.objects.get(code="SNV-GD")
    agreements = list(Agreement.objects.values_list("pk", flat=True))
    unit = Term.objects.get(vocabulary="unit", code="student")
    add(Commitment, (a_promise(number, chance, office, unit, agreements) for number in range(1, SIZE + 1)))
    promises = list(Commitment.objects.order_by("pk").values_list("pk", "kind"))
    bounds = {"period": "2022/2024", "minimum": Decimal(10), "maximum": Decimal(12)}
    add(Target, (Target(commitment_id=pk, **bounds) for pk, kind in promises if kind == "cumulative"))
    add(Progress, (a_report(pk, kind, number, chance) for pk, kind in promises for number in (1, 2, 3)))
    add(
        Delivery, (Delivery(office=office, code=f"HT-{pk:07d}", held=a_day(chance)) for pk, _kind in promises)
    )
    deliveries = Delivery.objects.order_by("pk").values_list("pk", flat=True)
    add(Contribution, map(a_link, deliveries, promises, (chance.randint(1, 6) for _pk in promises)))
    with connection.cursor() as cursor:  # PostgreSQL does so by itself within a minute of such a change
        cursor.execute("ANALYZE")


def add(model, rows):
    QuerySet(model).bulk_create(rows, batch_size=1000)


def a_day(chance):
    return (date(2022, 1, 1) + timedelta(days=chance.randint(0, 1000))).isoformat()


def a_promise(number, chance, office, unit, agreements):
    measured = number % 3
    return Commitment(
        office=office,
        code=f"CK-{number:07d}",
        agreement_id=chance.choice(agreements),
        text=f"Cam kết giả định {number}",
        strength="signed",
        made_on="2022-01-01",
        kind="cumulative" if measured else "standing",
        unit=unit if measured else None,
        period=f"2022/{chance.choice((2023, 2024, 2025))}",
    )


def a_report(pk, kind, number, chance):
    return Progress(
        commitment_id=pk,
        number=number,
        on=a_day(chance),
        quantity=chance.randint(0, 5) if kind == "cumulative" else None,
        done="Đã thực hiện (bịa)",
        assessment=chance.choice(("", "", "", "in_progress", "paused")),
    )


def a_link(delivery, promise, quantity):
    pk, kind = promise
    return Contribution(
        delivery_id=delivery, commitment_id=pk, quantity=quantity if kind == "cumulative" else None
    )


ANSWER = {}
"""{(agreement, state, health): commitments} of the arm that ran last."""


def note(pairs):
    ANSWER.clear()
    for key, number in pairs:
        ANSWER[key] = ANSWER.get(key, 0) + number


def ours():
    from tracker.progress.engine import tallies

    note(
        ((one.agreement, one.state, one.health), one.number)
        for one in tallies(ON, Commitment.objects.counted())
    )


def forget():
    """As in a new process: nothing is kept."""
    from tracker.progress import engine

    engine.forget()


def looped():
    """The commitments that the loop goes over."""
    return Commitment.objects.counted().filter(pk__in=Commitment.objects.order_by("pk").values("pk")[:LOOPED])


def stock():
    from tracker.tests.oracle_of_standing import stands

    found = ((one.agreement_id, stands(one, ON)) for one in looped())
    note(((agreement, state, health), 1) for agreement, (state, health, _about) in found)


def same_as_ours():
    """The loop says of its commitments what ours says of them."""
    from tracker.progress.engine import tallies

    by_loop = dict(ANSWER)
    note(((one.agreement, one.state, one.health), one.number) for one in tallies(ON, looped()))
    assert by_loop == ANSWER, "the loop over objects and the engine do not agree"


FLOOR = """
WITH told AS (
    SELECT commitment_id, quantity, on_last AS day, assessment, number,
        CASE WHEN assessment = 'paused' OR quantity = 0 THEN 0 ELSE 1 END AS work
    FROM agreements_progress WHERE on_first <= %(on)s
    UNION ALL
    SELECT c.commitment_id, c.quantity, d.held_last, '', 0, 1
    FROM delegations_contribution c JOIN delegations_delivery d ON d.id = c.delivery_id
    WHERE d.held_first <= %(on)s
),
sums AS (
    SELECT commitment_id, SUM(CASE WHEN day <= '2024-12-31' THEN quantity END) AS reached, SUM(work) AS works,
        SUM(CASE WHEN work = 1 AND day >= %(window)s THEN 1 ELSE 0 END) AS recent, MAX(day) AS news
    FROM told GROUP BY commitment_id
),
last AS (
    SELECT commitment_id, assessment,
        ROW_NUMBER() OVER (PARTITION BY commitment_id ORDER BY day DESC, number DESC) AS place
    FROM told WHERE assessment <> ''
),
paused AS (SELECT commitment_id, MAX(assessment) AS said FROM last WHERE place = 1 GROUP BY commitment_id),
state AS (
    SELECT c.agreement_id, s.news, c.made_first, c.kind,
        CASE WHEN c.kind <> 'standing' AND s.reached > 12 THEN 'beyond'
            WHEN c.kind <> 'standing' AND s.reached >= 10 THEN 'done'
            WHEN p.said = 'paused' THEN 'paused'
            WHEN c.kind <> 'standing' AND s.reached > 0 AND c.period_last < %(on)s THEN 'partly'
            WHEN c.kind = 'standing' AND s.recent > 0 THEN 'active'
            WHEN c.kind = 'standing' THEN 'idle'
            WHEN s.works = 0 THEN 'not_started'
            WHEN s.works > 0 OR p.said = 'in_progress' THEN 'in_progress'
            ELSE 'no_news' END AS state
    FROM agreements_commitment c
    LEFT JOIN sums s ON s.commitment_id = c.id LEFT JOIN paused p ON p.commitment_id = c.id
    WHERE c.withdrawn_on IS NULL
)
SELECT agreement_id, state, CASE WHEN state IN ('beyond', 'done', 'paused') THEN ''
    WHEN COALESCE(news, made_first) < %(stale)s THEN 'stale' ELSE 'on_time' END AS health, COUNT(*)
FROM state GROUP BY agreement_id, state, health
"""
"""For this data alone: one target a commitment, days without doubt, no correction, nothing withdrawn."""


def floor():
    days = {"on": ON, "window": ON - timedelta(days=365), "stale": ON - timedelta(days=180)}
    if connection.vendor == "sqlite":
        days = {name: day.isoformat() for name, day in days.items()}
    with connection.cursor() as cursor:
        cursor.execute(FLOOR, days)
        note(((agreement, state, health), number) for agreement, state, health, number in cursor.fetchall())


def proof():
    return harness.fingerprint(sorted((*map(str, key), number) for key, number in ANSWER.items()))


def reports():
    """One line a report: the queries of its page, the names of its reader's choices not counted."""
    from tracker.progress.remembered import pages
    from tracker.reports.catalogue import REPORTS

    for report in REPORTS:
        forget()
        question = report.question({"on": ON.isoformat(), "end": ON.isoformat()}, ON, on_page=True)
        arm = harness.Arm("ours", partial(pages.get, report.slug, partial(report.build, question)))
        harness.run_once(arm)
        figure = f"{arm.median:.2f} s, {arm.queries} queries"
        harness.tell("P8", f"report {report.slug}", figure, f"≤ {QUERIES} queries", arm.queries <= QUERIES)


def main():
    harness.apart(prepare)
    arms = [harness.Arm("ours", ours, forget, proof), harness.Arm("floor", floor, proof=proof)]
    arms.append(harness.Arm("stock", stock, proof=same_as_ours, slow=True, share=LOOPED / SIZE))
    what = "how commitments stand"
    done = harness.measure(arms)
    harness.tell_arms("P8", what, done, SIZE)
    harness.tell_ratio("P8", what, done, "stock", 150)
    harness.tell_ratio("P8", what, done, "floor", 0)
    if "ours" in done:  # the same figures on every database are the same fingerprint
        harness.tell("P8", f"{what}: fingerprint of the answer", done["ours"].proofs[0])
    reports()
    harness.finish()


if __name__ == "__main__":
    main()
