"""How commitments stand, whatever is told of them: time only adds, links count once, the unknown stays unknown."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from agreements.models import Commitment
from agreements.tests.builders import (
    make_agreement,
    make_commitment,
    make_place,
    make_progress,
    make_target,
    make_term,
)
from delegations.models import Contribution
from delegations.rules import delivery_faults
from delegations.tests.builders import contribute, make_delegation, make_delivery, make_line, make_meeting
from tracker.progress.engine import judged, standings
from tracker.tests.oracle_of_standing import stands
from tracker.tests.test_standing_against_oracle import DAYS as ASKED
from tracker.tests.test_standing_against_oracle import Register

pytestmark = pytest.mark.django_db
FEW = settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
MANY = settings(FEW, max_examples=60)
MAKERS = {"delegation": make_delegation, "meeting": make_meeting, "delivery": make_delivery}
DAYS = st.dates(date(2021, 6, 1), date(2024, 6, 30))
AMOUNTS = st.one_of(st.none(), st.decimals(0, 50, places=1))
FACT = st.tuples(st.sampled_from(["report", *MAKERS]), DAYS, AMOUNTS)
FACTS = st.lists(FACT, max_size=6)
UNITS = st.sampled_from(["scholarship", "delegation", "occasion"])


def promise(unit="scholarship", period="2022/2023", minimum=10):
    made = make_commitment(
        make_agreement(signed_on="2021-01-01"),
        kind="cumulative",
        unit=make_term("unit", unit),
        period=period,
    )
    make_target(made, period, Decimal(minimum))
    return made


def tell(commitment, facts):
    for kind, day, amount in facts:
        if kind == "report":
            make_progress(commitment, day.isoformat(), quantity=amount)
        else:
            contribute(MAKERS[kind](held=day.isoformat()), commitment, quantity=amount)


def figure(commitment, on):
    _standing, (found,) = judged(on, Commitment.objects.filter(pk=commitment.pk))[commitment.pk]
    return found


def state(commitment, on):
    (found,) = standings(on, Commitment.objects.filter(pk=commitment.pk))
    return found


@FEW
@given(unit=UNITS, facts=FACTS, days=st.lists(DAYS, min_size=2, max_size=3))
def test_what_is_reached_never_falls_as_time_goes_on(unit, facts, days):
    commitment = promise(unit)
    tell(commitment, facts)
    reached = [figure(commitment, day).reached for day in sorted(days)]
    known = [one for one in reached if one is not None]
    assert known == sorted(known)
    assert reached == [None] * (len(reached) - len(known)) + known  # what is known stays known
    acts = [state(commitment, day).acts for day in sorted(days)]
    assert acts == sorted(acts)


@FEW
@given(
    kind=st.sampled_from(["delegation", "meeting"]),
    number=st.integers(1, 5),
    quantity=st.one_of(st.none(), st.integers(0, 5)),
    day=DAYS,
    parts=st.integers(0, 2),
)
def test_a_link_more_of_the_same_visit_or_of_its_part_changes_nothing(kind, number, quantity, day, parts):
    commitment = promise("delegation" if kind == "delegation" else "occasion")
    event = MAKERS[kind](held=day.isoformat(), number=number)
    contribute(event, commitment, quantity=quantity)
    on = date(2024, 12, 31)
    before = figure(commitment, on)
    contribute(event, commitment, "discussed", quantity=quantity)
    if kind == "delegation":
        for _part in range(parts):
            contribute(make_delegation(held=event.held, part_of=event), commitment)
    after = figure(commitment, on)
    assert (after.reached, after.possible, after.checked) == (before.reached, before.possible, before.checked)


@FEW
@given(facts=FACTS, on=DAYS)
def test_without_any_quantity_nothing_is_reached_and_never_zero(facts, on):
    commitment = promise()
    tell(commitment, [(kind, day, None) for kind, day, _amount in facts])
    found = figure(commitment, on)
    assert (found.reached, found.possible, found.checked) == (None, None, None)
    assert state(commitment, on).state not in ("done", "beyond", "partly")


@FEW
@given(facts=FACTS)
def test_only_what_is_of_the_unit_and_of_the_period_is_added(facts):
    """A visit without a quantity is one delegation and no scholarship; each commitment adds its own facts only."""
    on = date(2024, 12, 31)
    visits, slots = promise("delegation", minimum=3), promise("scholarship", minimum=3)
    tell(visits, facts)
    tell(slots, facts)
    within = [one for one in facts if one[1].year in (2022, 2023)]
    stated = [amount for _kind, _day, amount in within if amount is not None]
    unstated = [1 for kind, _day, amount in within if amount is None and kind == "delegation"]
    assert figure(slots, on).reached == (sum(stated) if stated else None)
    expected = sum(stated) + sum(unstated) if stated or unstated else None
    assert figure(visits, on).reached == expected
    assert state(visits, on).met == (expected is not None and expected >= 3)


@pytest.fixture
def register():
    made = Register(seed=0)
    made.commitment()
    return made


@MANY
@given(chance=st.randoms(use_true_random=False))
def test_the_query_says_what_the_loop_says(register, chance):
    """Dates known to the year or not at all, corrections, parties, allocations, states set by hand."""
    register.chance = chance
    register.commitment()
    commitment = register.made.pop()
    for on in ASKED:
        one = state(commitment, on)
        assert (one.state, one.health, bool(one.about)) == stands(commitment, on)
        _standing, figures = judged(on, Commitment.objects.filter(pk=commitment.pk))[commitment.pk]
        for each in figures:
            known = [number for number in (each.checked, each.reached, each.possible) if number is not None]
            assert known == sorted(known)
            assert each.reached is None or each.possible is not None


LINK = st.tuples(
    st.integers(0, 1),  # which commitment
    st.sampled_from([None, 0, 1]),  # by which line
    st.sampled_from([None, "LA-V"]),
    st.sampled_from(["serves", "discussed", "signed"]),
    st.integers(0, 8),
)


@MANY
@given(links=st.lists(LINK, max_size=5, unique_by=lambda one: one[:4]))
def test_what_is_not_refused_never_counts_for_more_than_was_delivered(links):
    """A delivery of 5 and 3: what reports count of it is what the rule of entry reckons, for all commitments."""
    both = [promise(period="2022"), promise(period="2022")]
    delivery = make_delivery("2022-05-26")
    lines = [make_line(delivery, unit="scholarship", quantity=Decimal(held)) for held in (5, 3)]
    for which, line, party, how, quantity in links:
        share = {
            "line": None if line is None else lines[line],
            "counterpart": party and make_place(party, party),
        }
        contribute(delivery, both[which], how, quantity=Decimal(quantity), **share)
    reached = [figure(one, date(2023, 1, 1)).reached for one in both]
    total = sum(number for number in reached if number is not None)
    refused = delivery_faults(lines, list(Contribution.objects.filter(delivery=delivery)))
    assert bool(refused) == (total > 8)
    for number, place in zip(reached, (0, 1), strict=True):
        stated = [one[4] for one in links if one[0] == place]
        assert (number is None) == (not stated)
        assert number is None or max(stated) <= number <= sum(stated)


EDTF = st.one_of(
    DAYS.map(date.isoformat),
    DAYS.map("{:%Y-%m}".format),
    DAYS.map("{:%Y}".format),
    st.tuples(DAYS, DAYS).map(lambda pair: f"{min(pair):%Y-%m}/{max(pair):%Y-%m}"),
)


@MANY
@given(dates=st.lists(st.tuples(EDTF, st.integers(0, 6)), min_size=1, max_size=5), on=DAYS)
def test_an_answer_without_doubt_holds_however_the_dates_fall(dates, on):
    """Where nothing is marked uncertain, the first and the last day that each report may be of give the same state."""
    loose = promise(minimum=8)
    for text, quantity in dates:
        make_progress(loose, text, quantity=Decimal(quantity))
    told = state(loose, on)
    if told.about:
        return
    for end in ("on_first", "on_last"):
        exact = promise(minimum=8)
        for row in loose.progress.all():
            if getattr(row, end) <= on:
                make_progress(exact, getattr(row, end).isoformat(), quantity=row.quantity)
        fixed = state(exact, on)
        closed = {"done", "beyond", "partly"}
        assert (fixed.state in closed) == (told.state in closed)
        assert fixed.state == told.state or told.state not in closed
