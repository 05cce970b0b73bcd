"""By what a page sorts the rows of a table: numbers and days by value; texts are compared by the browser."""

from datetime import date
from decimal import Decimal
from functools import cache

from agreements import dates
from tracker.reports.table import Amount, Cell, Count, Dated, Days, Labelled, Moment, Money, Parts
from tracker.reports.writers import NOTHING, shown

INNER = {
    Cell: lambda cell: cell.value,
    Labelled: lambda told: told.value,
    Count: lambda count: count.number,
    Days: lambda days: days.number,
    Amount: lambda amount: amount.value,
    Money: lambda money: money.amounts,
    Parts: lambda parts: sum(number for _label, number in parts.pairs) if parts.pairs else None,
    Dated: lambda told: next(
        (part for part in (told.certain, told.possible, told.undated) if part is not None), None
    ),
    tuple: lambda several: several[0] if several else None,
    list: lambda several: several[0] if several else None,
}
"""What of a value decides its place; of several the first."""


def order_of(value):
    """The number by which `value` is sorted; "" where nothing is known, None for a text."""
    if inner := inner_of(type(value)):
        return order_of(inner(value))
    if isinstance(value, str):
        return "" if value in ("", NOTHING) else None
    if isinstance(value, Moment):
        return day_order(value.text)
    if isinstance(value, date):
        return value.toordinal()
    if isinstance(value, int | Decimal):
        return value
    return "" if shown(value) == NOTHING else None


@cache
def inner_of(kind):
    return next((inner for one, inner in INNER.items() if issubclass(kind, one)), None)


def day_order(text):
    """The first day of a date or period, its last where the first is open."""
    found = dates.parse(text) if text else None
    day = found and (found.first or found.last)
    return day.toordinal() if day else ""
