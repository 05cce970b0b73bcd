"""Every day of a leap year in every usual spelling, read from CSV and from Excel, as text and as Excel's own dates."""

import csv
from datetime import datetime, time

import openpyxl
import pytest
from django.core.management import call_command

from agreements.models import Document
from agreements.tests.builders import make_body, make_term
from agreements.tests.test_forms import DAYS, SPELLINGS

pytestmark = [pytest.mark.django_db, pytest.mark.once]
HEAD = ["office", "code", "kind", "title", "issued_on"]
AS_DATES = [(day, datetime.combine(day, time())) for day in DAYS]
AS_TEXT = [(day, spelled(day)) for spelled in SPELLINGS for day in DAYS]


@pytest.fixture
def office():
    make_term("document_kind", "paper", "Văn bản")
    return make_body("SNV", "Sở Ngoại vụ").code


def rows(office, cells):
    yield HEAD
    for number, (_day, cell) in enumerate(cells):
        yield [office, f"VB-{number}", "paper", f"Văn bản {number}", cell]


def wrong(cells):
    """Those of `cells` that are stored as another day than they tell."""
    stored = dict(Document.objects.values_list("code", "issued_on"))
    assert len(stored) == len(cells)
    return [cell for number, (day, cell) in enumerate(cells) if stored[f"VB-{number}"] != day.isoformat()]


def test_every_day_of_a_csv_is_read_right(office, tmp_path):
    path = tmp_path / "van-ban.csv"
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows(office, AS_TEXT))
    call_command("import_data", "documents", path)
    assert wrong(AS_TEXT) == []


def test_every_day_of_a_workbook_is_read_right(office, tmp_path):
    cells, path = AS_TEXT + AS_DATES, tmp_path / "van-ban.xlsx"
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("documents")
    for row in rows(office, cells):
        sheet.append(row)
    book.save(path)
    call_command("import_data", "documents", path)
    assert wrong(cells) == []
