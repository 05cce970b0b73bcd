"""When a commitment is met, closed and late: one rule, whoever asks."""

from datetime import date
from decimal import Decimal

import pytest

from agreements.models import Commitment
from agreements.tests.builders import (
    make_agreement,
    make_commitment,
    make_place,
    make_progress,
    make_target,
    make_term,
)

pytestmark = pytest.mark.django_db
ON = date(2023, 6, 30)


def measured(**facts):
    """A signed commitment of 2022 that is counted in people."""
    unit = make_term("unit", "person")
    return make_commitment(
        make_agreement(signed_on="2022-01-01"),
        **{"kind": "cumulative", "unit": unit, "period": "2022", **facts},
    )


def state(commitment, on=ON):
    return Commitment.objects.with_state(on).get(pk=commitment.pk)


@pytest.mark.parametrize(
    ("targets", "reports", "met"),
    [
        # (period, minimum), (on, quantity)
        ([], [("2022-06", 5)], False),
        ([("2022", 5)], [], False),
        ([("2022", 0)], [], False),  # nothing is told: not known, not 0
        ([("2022", 5)], [("2022-06", 4)], False),
        ([("2022", 5)], [("2022-06", 5)], True),
        ([("2022", 5)], [("2022-06", 2), ("2022-07", 3)], True),
        ([("2022", 5)], [("2023-01", 5)], False),  # outside the target's period
        ([("2022", 5)], [("2022/2023", 5)], False),  # may be outside
        ([("", 5)], [("2022/2023", 5)], True),
        ([("2022", 5)], [("2023-07", 5)], False),  # after the day asked
        ([("2021", 5), ("2022", 5)], [("2022-06", 9)], False),
        ([("2021", 5), ("2022", 5)], [("2021-06", 5), ("2022-06", 5)], True),
        ([("2022", "0.80")], [("2022-06", "0.70"), ("2022-07", "0.10")], True),  # binary sums say 0.7999…
    ],
)
def test_targets_are_met_by_what_is_reported_within_their_period(targets, reports, met):
    commitment = measured()
    for period, minimum in targets:
        make_target(commitment, period, Decimal(minimum))
    for on, quantity in reports:
        make_progress(commitment, on, quantity=Decimal(quantity))
    assert state(commitment).met is met


def test_a_corrected_figure_does_not_count():
    commitment = measured()
    make_target(commitment, "2022", Decimal(50))
    wrong = make_progress(commitment, "2022-06", quantity=Decimal(90))
    make_progress(commitment, "2022-06", quantity=Decimal(9), corrects=wrong)
    assert not state(commitment).met


def test_a_whole_target_decides_and_its_split_does_not():
    commitment, place = measured(), make_place("LA-Z", "Tỉnh Z")
    make_target(commitment, "2022", Decimal(5))
    make_target(commitment, "2022", Decimal(3), counterpart=place)
    make_progress(commitment, "2022-06", quantity=Decimal(5))
    assert state(commitment).met


def test_without_a_whole_target_every_split_is_to_be_reached_by_its_own():
    commitment, ours, theirs = measured(), make_place("LA-Y"), make_place("LA-Z", "Tỉnh Z")
    for place in (ours, theirs):
        make_target(commitment, "2022", Decimal(3), counterpart=place)
    make_progress(commitment, "2022-06", quantity=Decimal(6), counterpart=ours)
    assert not state(commitment).met
    make_progress(commitment, "2022-07", quantity=Decimal(3), counterpart=theirs)
    assert state(commitment).met


def test_a_target_of_one_obligor_counts_what_names_it():
    commitment, place = measured(), make_place("LA-Z", "Tỉnh Z")
    make_target(commitment, "2022", Decimal(3), obligor=place)
    make_progress(commitment, "2022-06", quantity=Decimal(3))
    assert not state(commitment).met
    make_progress(commitment, "2022-06", quantity=Decimal(3), obligor=place)
    assert state(commitment).met


@pytest.mark.parametrize(
    ("facts", "assessment", "late"),
    [
        ({}, "", True),
        ({"period": "2023"}, "", False),
        ({"period": ""}, "", False),
        ({"strength": "wish"}, "", False),
        ({"strength": "task"}, "", True),
        ({"kind": "standing", "unit": None}, "", False),
        ({}, "in_progress", True),
        ({}, "done", False),
        ({}, "paused", False),
        ({}, "not_performed", False),
        ({}, "carried_over", False),
    ],
)
def test_what_is_late(facts, assessment, late):
    commitment = measured(**facts)
    if assessment:
        make_progress(commitment, "2022-05", assessment)
    assert state(commitment).late is late
    assert Commitment.objects.overdue(ON).exists() is late


def test_what_is_met_or_withdrawn_is_not_overdue():
    met = measured()
    make_target(met, "2022", Decimal(1))
    make_progress(met, "2022-05", quantity=Decimal(1))
    measured(withdrawn_on=ON, withdrawn_reason="nhập trùng")
    assert not Commitment.objects.overdue(ON).exists()
