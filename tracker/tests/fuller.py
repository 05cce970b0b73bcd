"""The seeds and what they lack: aid promised in a measure, costs, many purposes, deadlines, papers to come."""

from datetime import date
from decimal import Decimal

import pytest

from agreements.models import Body
from agreements.tests.builders import (
    make_agreement,
    make_body,
    make_commitment,
    make_override,
    make_progress,
    make_target,
    make_term,
)
from delegations.tests.builders import contribute, make_delegation, make_delivery, make_line

PURPOSES = 23


@pytest.fixture
def fuller(seeded):
    """Loads the records into the seeded register, for one test."""
    ours, theirs = Body.objects.get(code="VN2025-01"), Body.objects.get(code="LA-VT")
    office = make_body("SNV-HN")
    agreement = make_agreement(ours, theirs, office=office, signed_on="2022-01-15", period="2022/2025")
    aid_promised(agreement, ours, theirs, office)
    visits_promised(agreement, office)
    make_override(make_commitment(agreement, office=office), "paused", date(2023, 3, 1))
    make_agreement(ours, theirs, office=office, signed_on="2021-01-15", period="2021-01-15/2023-08-15")
    make_agreement(ours, theirs, office=office, process="negotiating")
    for number in range(PURPOSES):
        make_delegation(held="2022-05-26/2022-05-28", office=office, purpose=f"mục đích {number}", people=3)
    make_delegation(
        held="2022-06-01/2022-06-02",
        office=office,
        cost=Decimal(12_500_000),
        currency=make_term("currency", "VND"),
    )


def aid_promised(agreement, ours, theirs, office):
    """Ten pieces a year of which three are handed over; five tonnes of which nothing is known."""
    pieces = make_commitment(
        agreement, [ours], office=office, kind="cumulative", unit=make_term("unit", "piece", "chiếc"),
        period="2022/2025",
    )  # fmt: skip
    make_target(pieces, "2022", Decimal(10))
    make_target(pieces, "2023", Decimal(10))
    delivery = make_delivery("2022-05-26", ours, theirs, office=office)
    line = make_line(delivery, "mask", unit="piece", quantity=Decimal(3))
    make_line(delivery, "cash", amount=Decimal(300_000_000), currency="VND")
    make_line(delivery, "cash", amount=Decimal(5_000_000_000), amount_is="more_than", currency="VND")
    contribute(delivery, pieces, line=line, quantity=Decimal(3))
    tonnes = make_commitment(
        agreement, [ours], office=office, kind="cumulative", unit=make_term("unit", "tonne", "tấn"),
        period="2023-08-01",
    )  # fmt: skip
    make_target(tonnes, "2023-08-01", Decimal(5))


def visits_promised(agreement, office):
    """Four people a year, three told, one of them verified."""
    people = make_commitment(
        agreement, office=office, kind="cumulative", unit=make_term("unit", "person", "người"), period="2022"
    )
    make_target(people, "2022", Decimal(4))
    make_progress(people, "2022-06-01", quantity=Decimal(1), verified=True)
    make_progress(people, "2022-07-01", quantity=Decimal(2))
