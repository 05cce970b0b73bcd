"""Every number opens exactly the rows behind it: each address is opened, and its rows counted or added up."""

from collections import Counter, defaultdict
from decimal import Decimal
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.urls import resolve

from agreements.models import Agreement
from tracker.reports import writers
from tracker.reports.agreement_sheet import agreement_sheet
from tracker.reports.catalogue import REPORTS, build
from tracker.reports.figures import CERTAINTIES
from tracker.reports.questions import DayForm, WantedForm
from tracker.reports.table import Amount, Cell, Count, Dated, Labelled, Money, Part, Parts, Performance
from tracker.tests.fuller import fuller  # noqa: F401
from tracker.tests.seeded import seeded  # noqa: F401
from tracker.tests.test_frozen_catalogue import DAY, asked, tables

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fuller"), pytest.mark.once]
CASES = [*((report.slug, {}) for report in REPORTS), ("period", {"period": "2022"}), ("aid", {"begin": ""})]
CASES += [
    ("delegations", {"begin": "2022-01-01", "end": "2022-12-14"}),
    ("relation", {"place": "", "partner": ""}),
]
VISITS = ("list-", "undated-", "online", "visits-", "delegations-", "meetings")
"""How tables are called in which a row may stand for several visits or meetings."""
AID = ("aid-rows", "aid-given", "aid-received")
SUMS = ("aid-items", "aid-totals")
"""Tables whose numbers are of lines, not of handovers."""
PEOPLE = ("people", "people_out", "people_in")
NO_ROWS = ("aid-promised", "aid-commitments")
"""Amounts of these are reached and outstanding: what the page of the commitment, or its row, says."""


# What is linked ----------------------------------------------------------------------------------
def numbers(value, link=""):
    """(number, address) of everything in a cell that a reader takes for a number and can click on."""
    if isinstance(value, Cell):
        yield from numbers(value.value, value.link or link)
    elif isinstance(value, Labelled):
        yield from numbers(value.value, link)
    elif isinstance(value, tuple | list):
        for one in value:
            yield from numbers(one, link)
    elif isinstance(value, Parts):
        for (_label, number), to in zip(value.pairs, value.links or [link] * len(value.pairs), strict=True):
            yield number, to
    elif isinstance(value, Dated):
        for sort, to in zip(CERTAINTIES, value.links or [link] * 3, strict=True):
            if getattr(value, sort) is not None:
                yield getattr(value, sort), to
    elif link and isinstance(value, int | Decimal | Count | Amount | Money | Performance):
        yield value, link


def linked(report):
    """(table, name of the row, column, number, address) of the linked numbers of a report."""
    for table in tables(report):
        for row in table.rows:
            for column, cell in zip(table.columns, row, strict=True):
                for number, address in numbers(cell):
                    yield table, writers.shown(row[0]), column, number, address


def opened(report, address):
    """The table that an address opens: of the report itself, another, a sheet; None where it is no table."""
    parts = urlsplit(address)
    if not parts.fragment or (parts.path and not parts.path.startswith("/reports/")):
        return None
    given = dict(parse_qsl(parts.query))
    if not parts.path:
        pass
    elif (match := resolve(parts.path)).url_name == "agreement-sheet":
        day = DayForm({"on": given["on"]})
        assert day.is_valid()
        report = agreement_sheet(match.kwargs["pk"], day.cleaned_data["on"], WantedForm(given).wanted)
    else:
        report = build(match.kwargs["slug"], given, DAY)
    assert report is not None, f"not understood: {address}"
    return next((table for table in tables(report) if table.key == parts.fragment), None)


# What is behind ----------------------------------------------------------------------------------
def column(table, key):
    place = [one.key for one in table.columns].index(key)
    return [row[place].value for row in table.rows]


def is_part(row):
    return any(isinstance(cell.value, Part) for cell in row)


def plain(value):
    """A number as a Decimal; 0 where it is not known."""
    if isinstance(value, Cell):
        return plain(value.value)
    if isinstance(value, Count):
        value = value.number
    if isinstance(value, Amount):
        value = value.value
    return Decimal(value or 0)


def added(table, key):
    """The sum of a column without the rows that are part of another row of the table."""
    wholes = [row for row in table.rows if not is_part(row)] or table.rows
    place = [one.key for one in table.columns].index(key)
    return sum(plain(row[place].value) for row in wholes)


def records(table):
    """How many records the rows are of."""
    return len({cell.link for row in table.rows for cell in row if "/delivery/" in cell.link})


def money(table):
    """{currency: the sum of the amounts that are added}."""
    found, counted = defaultdict(Decimal), column(table, "counts")
    amounts = column(table, "amount")
    codes = column(table, "currency") if table.key == "aid-rows" else [one and one.unit for one in amounts]
    for amount, code, how in zip(amounts, codes, counted, strict=True):
        is_added = str(how) == "có cộng" or (isinstance(how, Labelled) and str(how.value) == "số tiền")
        if amount is not None and is_added:
            found[code] += amount.value
    return dict(found)


def behind(number, name, key, source, table):
    """What the rows of the opened `table` come to, in terms of the `number` of a column `key` of `source`."""
    if isinstance(number, Performance):
        return Performance(number.done, len(table.rows) - number.standing, number.active, number.standing)
    if isinstance(number, Money):
        return money(table)
    if isinstance(number, Amount):
        of_money = table.key in AID and number.unit == "VND"
        measure = {"aid-rows": "delivered"}.get(table.key, "quantity")
        return sum(money(table).values()) if of_money else sum(map(plain, column(table, measure)))
    if table.key.startswith(VISITS):
        return added(table, "people" if "lượt người" in name or key.startswith("journeys") else "number")
    if table.key in AID and key != "lines" and source not in SUMS:
        return records(table)
    return len(table.rows)


def told(number):
    """The number itself in the same terms."""
    if isinstance(number, Money):
        return {one.unit: one.value for one in number.amounts}
    return number if isinstance(number, Performance) else plain(number)


def is_people(name, key):
    """Different people are no sum of a column: docs/reports.md tells their rule."""
    return key in PEOPLE or name.endswith("số người")


def faults(report):
    """What is wrong with the linked numbers of a report, and how many of each table were looked at."""
    wrong, seen, found = [], Counter(), {}
    for table, name, one, number, address in linked(report):
        where = (table.key, name, one.key, writers.shown(number), address)
        target = found[address] = found[address] if address in found else opened(report, address)
        if target is None and "#" in address and "/admin/" not in address:
            wrong.append((*where, "no such table"))
        if target is None or (table.key in NO_ROWS and isinstance(number, Amount)):
            continue
        seen[table.key] += 1
        unsure = isinstance(number, Count) and number.at_least
        if unsure or is_people(name, one.key):
            wrong += [] if target.rows else [(*where, "no rows")]
        elif (come_to := behind(number, name, one.key, table.key, target)) != told(number):
            wrong.append((*where, come_to))
    return wrong, seen


@pytest.mark.parametrize(("slug", "more"), CASES)
def test_every_number_opens_the_rows_behind_it(slug, more):
    given = {"on": str(DAY)} if "period" in more else {**asked(slug), **more}
    wrong, seen = faults(build(slug, given, DAY))
    assert wrong == []
    assert seen


def test_every_number_of_every_sheet_opens_its_rows():
    sums = Counter()
    for pk in Agreement.objects.counted().values_list("pk", flat=True):
        wrong, seen = faults(agreement_sheet(pk, DAY))
        assert wrong == []
        sums += seen
    assert sums["aid-totals"]
