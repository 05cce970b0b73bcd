"""Numbers of the reports, over the whole catalogue: what is a number on the page is one in a workbook."""

import io
import re

import openpyxl
import pytest

from tracker.reports import writers
from tracker.reports.catalogue import REPORTS, SHEET
from tracker.reports.workbook import to_xlsx
from tracker.tests.fuller import fuller  # noqa: F401
from tracker.tests.seeded import seeded  # noqa: F401
from tracker.tests.test_frozen_catalogue import run, tables

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fuller"), pytest.mark.once]
SLUGS = [*(report.slug for report in REPORTS), SHEET]
NUMBER = re.compile(r"(-?\d{1,3}(?:\.\d{3})*(?:,\d{1,2})?)(?: (?!dòng)[^\d;:]+)?")
"""15.000, 2,5, 300.000.000 VND: what a reader takes for one exact number; “6 dòng …” are words."""


def value_of(text):
    """The number that a reader reads, None where it is none or more than one."""
    found = NUMBER.fullmatch(text)
    return found and float(found[1].replace(".", "").replace(",", "."))


@pytest.mark.parametrize("slug", SLUGS)
def test_what_is_a_number_on_the_page_is_a_number_in_a_workbook(slug):
    report = run(slug)
    sheets = openpyxl.load_workbook(io.BytesIO(to_xlsx(report))).worksheets[1:]
    numbers = 0
    for table, sheet in zip(tables(report), sheets, strict=True):
        heads = [cell.value for cell in sheet[1]]
        for place, column in enumerate(table.columns):
            if column.kind != "number":
                continue
            for row, cells in enumerate(table.rows, 2):
                written = sheet.cell(row, heads.index(str(column.title)) + 1).value
                value = value_of(writers.shown(cells[place]))
                assert isinstance(written, int | float) == (value is not None), (
                    table.key,
                    column.key,
                    written,
                )
                if value is not None:
                    assert written == value, (table.key, column.key)
                    numbers += 1
    assert numbers


EXEMPT = {
    ("*", "no"): "the place of the row",
    ("commitments", "number"): "the place of the row",
    ("*", "change"): "the difference of the two numbers beside it, each of which opens its rows",
    ("*", "days_left"): "counted from a date of the row's own record",
    ("*", "days"): "counted from dates of the row's own record",
}
"""{(table or *, column): why its numbers open nothing}."""
RECORDS = {
    # table: its columns that tell a fact of the one record which the row opens
    **dict.fromkeys(["list-out", "list-in"], ("cost", "people", "number")),
    **dict.fromkeys(["visits-0", "visits-1", "delegations-out", "delegations-in"], ("number", "people")),
    **dict.fromkeys(["meetings", "online"], ("number",)),
    **dict.fromkeys(["aid-rows", "aid-gifts"], ("delivered", "amount", "converted")),
    **dict.fromkeys(["aid-given", "aid-received", "gifts"], ("quantity", "amount")),
    "aid-students": ("total", "province", "central", "graduated"),
}


def is_exempt(table, column):
    if column.key in RECORDS.get(table.key, ()):
        assert all(any("/change/" in cell.link for cell in row) for row in table.rows), table.key
        return True
    return (table.key, column.key) in EXEMPT or ("*", column.key) in EXEMPT


def is_number(text):
    """Whether there is a number above 0 to open; 0 has no rows."""
    return any(letter in "123456789" for letter in text)


def opens(cell):
    """Whether a reader can click on every number of a cell."""
    links = getattr(cell.value, "links", ())
    if isinstance(cell.value, tuple) and cell.value:
        links = [getattr(one, "link", "") for one in cell.value]
    return bool(cell.link) or bool(links and all(links))


@pytest.mark.parametrize("slug", SLUGS)
def test_every_number_opens_the_rows_behind_it(slug):
    found = []
    for table in tables(run(slug)):
        for place, column in enumerate(table.columns):
            if column.key not in ("performance", "states") and (
                column.kind != "number" or is_exempt(table, column)
            ):
                continue
            bare = [
                writers.shown(row[place])
                for row in table.rows
                if is_number(writers.shown(row[place])) and not opens(row[place])
            ]
            if bare:
                found.append((table.key, column.key, bare[:3]))
    assert found == []
