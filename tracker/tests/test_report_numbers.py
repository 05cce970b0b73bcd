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
