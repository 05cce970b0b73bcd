"""Reports as workbooks."""

import io
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command

from agreements.models import Agreement, User
from tracker.reports.table import Count, Dated, Days, Moment
from tracker.reports.workbook import value_out
from tracker.tests.seeded import seeded  # noqa: F401

VALUES = [
    (Count(3), 3),
    (Count(3, at_least=True), "≥ 3"),
    (Count(0), 0),
    (None, None),
    (Dated(Count(2)), 2),
    (Days(12), 12),
    (Moment("2022-08-27"), date(2022, 8, 27)),
    (Moment("2022?-08-27"), "27/8/[2022]"),
    (Moment("2022"), "2022"),
    (Decimal("1.5"), Decimal("1.5")),
    ("=1+1", "=1+1"),
]


@pytest.mark.parametrize(("value", "cell"), VALUES)
def test_only_what_is_certain_is_a_number_or_a_day(value, cell):
    assert value_out(value) == cell


@pytest.fixture
def reader(client, db):
    user = User.objects.create(username="reader", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_agreement"))
    client.force_login(user)
    return client


@pytest.mark.usefixtures("seeded")
def test_the_status_report_is_a_workbook_with_a_row_an_agreement(reader):
    response = reader.get("/reports/agreement-status/?on=30/6/2023&format=xlsx")
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    sheet = book.worksheets[1]
    assert book.worksheets[0]["B2"].value.endswith("30/6/2023")
    assert sheet.max_row == 1 + Agreement.objects.count()
    codes = [row[0].value for row in sheet.iter_rows(min_row=2)]
    assert "SL-LPB-2022" in codes
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


@pytest.mark.usefixtures("seeded")
def test_one_agreement_is_a_workbook_with_a_sheet_a_table(reader):
    agreement = Agreement.objects.get(code="SL-LPB-2022")
    response = reader.get(f"/reports/agreements/{agreement.pk}/?on=30/6/2023&format=xlsx")
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    days = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.is_date]
    assert len(book.worksheets) > 4
    assert all(isinstance(day, datetime) for day in days)


@pytest.mark.usefixtures("seeded")
def test_a_semicolon_may_part_the_columns(reader):
    content = reader.get("/reports/agreement-status/?format=csv2").content.decode("utf-8-sig")
    assert content.splitlines()[0].count(";") > 5


@pytest.mark.usefixtures("seeded", "db")
def test_the_command_writes_a_workbook_to_a_file_only(tmp_path):
    with pytest.raises(CommandError):
        call_command("report", "agreement-status", format="xlsx")
    call_command("report", "agreement-status", format="xlsx", out=tmp_path / "a.xlsx", on="2023-06-30")
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[1].max_row > 5
