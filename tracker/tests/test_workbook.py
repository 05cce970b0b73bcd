"""Reports as workbooks."""

import io
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command

from agreements.models import Agreement, User
from tracker.reports.table import Amount, Column, Count, Dated, Days, Moment, Money, make_table
from tracker.reports.workbook import to_xlsx
from tracker.reports.writers import to_csv
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
    assert [*sheet_of(value), (None,)][1] == (cell,)  # an empty row is not written


AMOUNTS = [
    # value, its cell in a workbook and its unit, in CSV, in CSV parted by semicolons
    (Amount(Decimal("15000.00"), "chiếc"), 15000, "chiếc", "15000", "15000"),
    (Amount(Decimal("1157.5"), "USD"), 1157.5, "USD", "1157.5", "1157,5"),
    (Dated(Amount(Decimal(-3), "kg")), -3, "kg", "-3", "-3"),
    (Money((Amount(Decimal(300_000_000), "VND"),)), 300_000_000, "VND", "300000000", "300000000"),
    ((Amount(Decimal(8), "người"),), 8, "người", "8", "8"),
]


@pytest.mark.parametrize(("value", "cell", "unit", "text", "semicolons"), AMOUNTS)
def test_an_exact_amount_is_a_number_with_its_unit_beside_it(value, cell, unit, text, semicolons):
    assert sheet_of(value) == [("A", "A: đơn vị"), (cell, unit)]
    assert to_csv(table_of(value)).splitlines()[1:] == [f"{text},{unit}"]
    assert to_csv(table_of(value), ";").splitlines()[1:] == [f"{semicolons};{unit}"]


@pytest.mark.parametrize(
    "value",
    [
        Amount(Decimal(5), "USD", "more_than"),
        Dated(Amount(Decimal(5), "USD"), Amount(Decimal(1), "USD")),
        Money((Amount(Decimal(5), "USD"),), unvalued=2),
        Money((Amount(Decimal(5), "USD"), Amount(Decimal(5), "VND"))),
    ],
)
def test_what_is_not_exact_stays_words(value):
    assert sheet_of(value) == [("A",), (str(sheet_of(value)[1][0]),)]
    assert "5 USD" in sheet_of(value)[1][0]


def test_a_unit_that_has_a_column_already_gets_no_other():
    columns = [Column("unit", "ĐVT"), Column("a", "A", "number")]
    table = make_table("t", "Bảng", columns, [["kg", Amount(Decimal(3), "kg")]])
    assert rows_of(table) == [("ĐVT", "A"), ("kg", 3)]


def test_columns_are_as_wide_as_what_stands_in_them_and_fit_on_one_page():
    columns = [Column("no", "STT", "number"), Column("a", "Tình trạng hiệu lực"), Column("b", "Vì sao")]
    rows = [[number, "hết hiệu lực", "chưa ghi nhận hoạt động nào " * 9] for number in range(3)]
    book = openpyxl.load_workbook(
        io.BytesIO(to_xlsx(make_table("t", "Bảng", columns, rows, as_of=date(2023, 6, 30))))
    )
    for sheet in book:
        assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    sheet = book.worksheets[1]
    number, state, why = (sheet.column_dimensions[letter].width for letter in "ABC")
    assert number < 10 < state < 20 < why < 60
    assert sheet["C2"].alignment.wrap_text
    assert sheet["C2"].number_format == "@"
    assert sheet.row_dimensions[2].height > 60


def table_of(value):
    return make_table("t", "Bảng", [Column("a", "A", "number")], [[value]], as_of=date(2023, 6, 30))


def sheet_of(value):
    return rows_of(table_of(value))


def rows_of(table):
    """The rows of the second sheet of the workbook of a table; days as days."""
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(replace(table, as_of=date(2023, 6, 30)))))
    rows = book.worksheets[1].iter_rows(values_only=True)
    return [tuple(one.date() if isinstance(one, datetime) else one for one in row) for row in rows]


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
