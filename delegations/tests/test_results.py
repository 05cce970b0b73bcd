"""What takes place counts toward the targets of commitments, in lists as in reports."""

from datetime import date
from decimal import Decimal

import pytest

from agreements.models import Commitment
from agreements.tests.builders import make_agreement, make_commitment, make_progress, make_target, make_term
from delegations.results import served
from delegations.tests.builders import contribute, make_delegation, make_delivery, make_meeting

pytestmark = pytest.mark.django_db
ON = date(2023, 6, 30)


@pytest.fixture
def commitment():
    """Two people within 2022; one is reported."""
    promise = make_commitment(
        make_agreement(signed_on="2022-01-01"),
        kind="cumulative",
        unit=make_term("unit", "person"),
        period="2022",
    )
    make_target(promise, "2022", Decimal(2))
    make_progress(promise, "2022-03", quantity=Decimal(1))
    return promise


GONE = {"withdrawn_on": ON, "withdrawn_reason": "nhập trùng"}


@pytest.mark.parametrize(
    ("make", "facts", "how", "overdue"),
    [
        (make_delivery, {"held": "2022-05"}, "serves", False),
        (make_delegation, {"held": "2022-05-26"}, "serves", False),
        (make_meeting, {"held": "2022-05-26"}, "discussed", False),
        (make_meeting, {"held": "2022-05-26"}, "made", True),  # the talks that promised it
        (make_delivery, {"held": "2023-05"}, "serves", True),  # outside the period
        (make_delivery, {"held": ""}, "serves", True),  # no date: not within the period
        (make_delivery, {"held": "2022-05", "status": "planned"}, "serves", True),
        (make_delivery, {"held": "2022-05", **GONE}, "serves", True),
    ],
)
def test_a_delivery_meets_a_target_for_the_list_too(commitment, make, facts, how, overdue):
    contribute(make(**facts), commitment, how, quantity=Decimal(1))
    assert Commitment.objects.overdue(ON).exists() is overdue


def test_what_comes_after_the_day_asked_does_not_count(commitment):
    contribute(make_delivery("2022-12-20"), commitment, quantity=Decimal(1))
    rows = Commitment.objects.annotate(served=served(date(2022, 12, 19))).with_state(date(2022, 12, 19))
    assert (rows.get().met, rows.get().served) == (False, False)
    rows = Commitment.objects.annotate(served=served(date(2022, 12, 20))).with_state(date(2022, 12, 20))
    assert (rows.get().met, rows.get().served) == (True, True)
