"""Agreement status: what took place, aid, what is withdrawn, the order of rows."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from agreements.tests.builders import (
    make_agreement,
    make_commitment,
    make_link,
    make_place,
    make_progress,
)
from delegations.tests.builders import (
    contribute,
    make_delegation,
    make_delivery,
    make_line,
    make_meeting,
)
from tracker.reports import writers
from tracker.reports.agreement_status import agreement_status
from tracker.reports.table import Amount, Count, Dated, Money
from tracker.tests.status_rows import ON, row_of

pytestmark = pytest.mark.django_db


# What took place ---------------------------------------------------------------------------------
def test_nothing_recorded_is_not_zero():
    row = row_of(make_agreement(signed_on="2022-01-01"))
    for column in ("delegations_out", "delegations_in", "meetings", "aid_given", "aid_received"):
        assert not row[column]
        assert writers.shown(row[column]) == "—"


def test_a_stated_zero_is_zero():
    agreement = make_agreement()
    contribute(make_delegation("in", "2020/2021", number=0), agreement)
    row = row_of(agreement)
    assert row["delegations_in"] == Dated(certain=Count(0))
    assert writers.shown(row["delegations_in"]) == "0"
    assert writers.shown(row["last_activity"]) == "—"


def test_rows_that_stand_for_several_count_by_their_number():
    agreement = make_agreement()
    contribute(make_delegation("out", "2019-11/2021", number=2), agreement)
    contribute(make_delegation("out", "2022-03-01"), agreement)
    contribute(make_delegation("in", "2022", number=None), agreement)
    row = row_of(agreement)
    assert row["delegations_out"] == Dated(certain=Count(3))
    assert row["delegations_in"] == Dated(certain=Count(None, at_least=True))
    contribute(make_delegation("out", "2022-05", number=None), agreement)
    assert writers.shown(row_of(agreement)["delegations_out"]) == "≥ 3"


def test_certain_possible_and_undated_stand_apart():
    agreement = make_agreement()
    for held in ("2023-06-30", "2023", "", "2023-07-01"):
        contribute(make_meeting(held), agreement)
    assert row_of(agreement)["meetings"] == Dated(Count(1), Count(1), Count(1))


def test_a_part_is_not_added_to_its_whole():
    agreement = make_agreement()
    whole = make_delegation("out", "2022", number=5)
    contribute(whole, agreement)
    contribute(make_delegation("out", "2022-03", number=2, part_of=whole), agreement)
    assert row_of(agreement)["delegations_out"] == Dated(certain=Count(5))
    assert row_of(agreement, date(2022, 6, 30))["delegations_out"] == Dated(Count(2), Count(3))


def test_a_stated_zero_settles_when_a_count_took_place():
    agreement = make_agreement()
    whole = make_delegation("out", "2019-11/2021", number=2)
    contribute(whole, agreement)
    asked = date(2020, 6, 30)
    assert row_of(agreement, asked)["delegations_out"] == Dated(possible=Count(2))
    make_delegation("out", "2020/2021", number=0, part_of=whole)
    assert row_of(agreement, asked)["delegations_out"] == Dated(certain=Count(2))


def test_one_delegation_that_serves_twice_counts_once():
    agreement = make_agreement(signed_on="2022-01-01")
    delegation = make_delegation()
    contribute(delegation, agreement)
    contribute(delegation, make_commitment(agreement))
    assert row_of(agreement)["delegations_out"] == Dated(certain=Count(1))


@pytest.mark.parametrize(
    "facts",
    [
        {"status": "planned"},
        {"status": "cancelled"},
        {"status": "postponed"},
        {"held": "2023-07-01"},
        {"withdrawn_on": ON, "withdrawn_reason": "trùng"},
    ],
)
def test_what_did_not_take_place_by_the_day_does_not_count(facts):
    agreement = make_agreement()
    contribute(make_delegation("out", **facts), agreement)
    row = row_of(agreement)
    assert not row["delegations_out"]
    assert writers.shown(row["last_activity"]) == "—"


def test_last_activity_keeps_its_precision():
    agreement = make_agreement(signed_on="2022-01-01")
    contribute(make_meeting("2022-05-26"), agreement)
    contribute(make_meeting(""), agreement)
    assert writers.shown(row_of(agreement)["last_activity"]) == "26/5/2022"
    make_progress(make_commitment(agreement), "2022-11")
    assert writers.shown(row_of(agreement)["last_activity"]) == "11/2022"


# Aid ---------------------------------------------------------------------------------------------
def aid_of(*deliveries):
    agreement = make_agreement()
    for delivery in deliveries:
        contribute(delivery, agreement)
    return row_of(agreement)


def test_seventy_eight_students_of_whom_sixty_five_are_never_143():
    delivery = make_delivery("2019/2021")
    whole = make_line(delivery, "students", quantity=Decimal(78), unit="person")
    make_line(delivery, "students", quantity=Decimal(65), unit="person", part_of=whole)
    assert aid_of(delivery)["aid_given"] == Dated(certain=Money(unvalued=1))


def test_money_is_added_by_currency_and_lines_without_figure_are_counted():
    delivery = make_delivery()
    make_line(delivery, "cash", amount=Decimal(300_000_000), currency="VND")
    make_line(delivery, "cash", amount=Decimal(200_000_000), currency="VND")
    make_line(delivery, "cash", amount=Decimal(1000), currency="USD")
    make_line(delivery, "masks", quantity=Decimal(15_000), unit="piece")
    make_line(delivery, "support")
    given = aid_of(delivery)["aid_given"]
    assert given.certain == Money(
        (Amount(Decimal(1000), "USD"), Amount(Decimal(500_000_000), "VND")), unvalued=1, unknown=1
    )
    with translation.override("en"):
        assert writers.shown(given) == (
            "1.000 USD; 500.000.000 VND; 1 lines not valued; 1 lines without a figure"
        )


def test_a_lump_value_over_goods_and_cash_counts_once():
    delivery = make_delivery()
    lump = make_line(delivery, "support", amount=Decimal(900), currency="VND")
    make_line(delivery, "masks", quantity=Decimal(10), unit="piece", part_of=lump)
    make_line(delivery, "cash", amount=Decimal(400), currency="VND", part_of=lump)
    assert aid_of(delivery)["aid_given"].certain == Money((Amount(Decimal(900), "VND"),))


def test_parts_count_where_their_whole_is_silent():
    delivery = make_delivery()
    silent = make_line(delivery, "support")
    make_line(delivery, "cash", amount=Decimal(400), currency="VND", part_of=silent)
    make_line(delivery, "cash", amount=Decimal(100), currency="VND", part_of=silent)
    assert aid_of(delivery)["aid_given"].certain == Money((Amount(Decimal(500), "VND"),))


def test_more_than_five_billion_stays_more_than():
    delivery = make_delivery()
    make_line(delivery, "cash", amount=Decimal(5_000_000_000), amount_is="more_than", currency="VND")
    assert writers.shown(aid_of(delivery)["aid_given"]) == "hơn 5 tỷ đồng"


def test_aid_goes_both_ways_and_gifts_are_no_aid():
    ours = make_delivery()
    make_line(ours, "cash", amount=Decimal(10), currency="VND")
    theirs = make_delivery("", giver=make_place("LA-Y"), receiver=make_place("VN-X"))
    make_line(theirs, "equipment")
    gift = make_delivery(kind="gift")
    make_line(gift, "gift", amount=Decimal(99), currency="VND")
    row = aid_of(ours, theirs, gift)
    assert row["aid_given"] == Dated(certain=Money((Amount(Decimal(10), "VND"),)))
    assert row["aid_received"] == Dated(undated=Money(unknown=1))


def test_a_line_linked_alone_brings_only_itself_and_its_parts():
    delivery = make_delivery()
    whole = make_line(delivery, "cash", amount=Decimal(10), currency="VND")
    make_line(delivery, "cash", amount=Decimal(4), currency="VND", part_of=whole)
    make_line(delivery, "cash", amount=Decimal(1), currency="USD")
    agreement = make_agreement()
    contribute(delivery, agreement, line=whole)
    assert row_of(agreement)["aid_given"].certain == Money((Amount(Decimal(10), "VND"),))


def test_parts_are_no_lines_of_their_own():
    delivery = make_delivery()
    whole = make_line(delivery, "masks", quantity=Decimal(1500), unit="piece")
    make_line(delivery, "medical masks", quantity=Decimal(1000), unit="piece", part_of=whole)
    make_line(delivery, "cloth masks", quantity=Decimal(500), unit="piece", part_of=whole)
    assert aid_of(delivery)["aid_given"].certain == Money(unvalued=1)


# What is withdrawn -------------------------------------------------------------------------------
GONE = {"withdrawn_on": ON, "withdrawn_reason": "nhập trùng"}


def test_nothing_withdrawn_is_in_any_number():
    agreement = make_agreement(signed_on="2022-01-01")
    gone = make_commitment(agreement, kind="one_off", period="2022", **GONE)
    contribute(make_meeting("2022-05-01"), gone)  # its link counts no more than it does
    for event in (make_delegation("out", **GONE), make_delegation("in", **GONE), make_meeting(**GONE)):
        contribute(event, agreement)
    for delivery in (
        make_delivery(**GONE),
        make_delivery(giver=make_place("LA-Y"), receiver=make_place(), **GONE),
    ):
        make_line(delivery, "cash", amount=Decimal(5), currency="VND")
        contribute(delivery, agreement)
    row = row_of(agreement)
    for column in ("commitments", "states", "overdue", "delegations_out", "delegations_in", "meetings"):
        assert not row[column], column
    assert not row["aid_given"]
    assert not row["aid_received"]
    assert writers.shown(row["last_activity"]) == "—"


def test_a_withdrawn_zero_says_nothing():
    agreement = make_agreement()
    whole = make_delegation("out", "2019-11/2021", number=2)
    contribute(whole, agreement)
    make_delegation("out", "2020/2021", number=0, part_of=whole, **GONE)
    assert row_of(agreement, date(2020, 6, 30))["delegations_out"] == Dated(possible=Count(2))


# The order ---------------------------------------------------------------------------------------
def order():
    return [row[0].value for row in agreement_status(ON).rows]


def test_newest_first_and_those_under_a_framework_right_after_it():
    framework = make_agreement(code="KHUNG", period="2022/2025")  # no day of signing
    make_agreement(code="GIUA", signed_on="2022-08-27")
    for code, signed in (("CON-1", "2022-04-01"), ("CON-2", "2022-11-04")):
        make_link(make_agreement(code=code, signed_on=signed), "under", framework)
    make_agreement(code="KHONG-NGAY")
    make_agreement(code="MOI", signed_on="2023-01-01")
    assert order() == ["MOI", "GIUA", "KHUNG", "CON-2", "CON-1", "KHONG-NGAY"]


def test_an_undated_whole_stands_with_its_parts_and_circles_are_survived():
    whole = make_agreement(code="CHUNG", number=None)
    make_agreement(code="PHAN", signed_on="2022-01-01", part_of=whole)
    make_agreement(code="CU", signed_on="2021-01-01")
    one, other = make_agreement(code="VONG-1"), make_agreement(code="VONG-2")
    make_link(one, "under", other)
    make_link(other, "under", one)
    assert order() == ["CHUNG", "PHAN", "CU", "VONG-1", "VONG-2"]
