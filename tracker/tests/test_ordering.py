"""By what a page sorts: values, not their spelling."""

from datetime import date
from decimal import Decimal

import pytest

from tracker.reports.ordering import order_of
from tracker.reports.table import (
    Amount,
    Cell,
    Count,
    Dated,
    Days,
    Labelled,
    Marked,
    Moment,
    Money,
    Part,
    Parts,
)

DAY = date(2022, 8, 27).toordinal()
CASES = [
    # value, by what it is sorted
    (0, 0),
    (Decimal("2.5"), Decimal("2.5")),
    (Cell(Count(3, True), "/a"), 3),
    (Dated(None, Count(2)), 2),
    (Dated(), ""),
    (Days(None), ""),
    (Days(-40, True), -40),
    (Amount(Decimal(1500), "VND"), Decimal(1500)),
    (Money((Amount(Decimal(7), "USD"), Amount(Decimal(9), "VND"))), Decimal(7)),
    (Money((), 2), ""),
    (Moment("2022-08-27"), DAY),
    (Moment("2022-08-27/.."), DAY),
    (Moment("../2022-08-27"), DAY),
    (Moment(""), ""),
    (date(2022, 8, 27), DAY),
    (Parts((("đã ký", 2), ("mong muốn", 5))), 7),
    (Labelled("ít nhất", Amount(Decimal(4), "suất")), Decimal(4)),
    ((Moment("2022-08-27"), Moment("2021")), DAY),
    (None, ""),
    ((), ""),
    ("", ""),
    ("Hà Nội", None),
    (Marked("done", "hoàn thành"), None),
    (Part("trong đó", "y tế"), None),
]


@pytest.mark.parametrize(("value", "order"), CASES)
def test_numbers_and_days_are_sorted_by_value(value, order):
    assert order_of(value) == order
