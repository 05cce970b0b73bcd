"""Workbooks as they are written: read back by two other readers, and looked at part by part."""

import io
import zipfile
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from python_calamine import load_workbook

from agreements.interchange.xlsx import (
    ColumnOut,
    Marked,
    SheetOut,
    column_letters,
    unique_names,
    write_xlsx,
    xlsx_chunks,
)

COLUMNS = [
    ColumnOut("Mã", width=8),
    ColumnOut("Số tiền", "number", 20),
    ColumnOut("Ngày", "date"),
    ColumnOut("Có", "yesno"),
]
TRIGGERS = [
    "=1+1",
    "+84",
    "-5",
    "@a",
    "\tx",
    "\rx",
    "＝1",
    "＋1",
    "－1",
    "＠a",
    "'=x",
    "|cmd",
    '=HYPERLINK("a")',
]


class Pipe(io.RawIOBase):
    """A stream that can neither seek nor tell, as that of an answer to a browser."""

    def __init__(self):
        self.data = b""

    def write(self, data):
        self.data += bytes(data)
        return len(data)


def written(*sheets):
    pipe = Pipe()
    write_xlsx(pipe, sheets)
    return pipe.data


def one_sheet(columns, rows):
    return written(SheetOut("tờ", columns, rows))


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def texts_sheet(texts):
    return one_sheet([ColumnOut("a")], [[text] for text in texts])


def part(content, name="xl/worksheets/sheet1.xml"):
    return zipfile.ZipFile(io.BytesIO(content)).read(name).decode()


def test_values_keep_their_types_in_both_readers():
    row = ["01", Decimal("1500000.50"), date(2022, 8, 27), True]
    content = one_sheet(COLUMNS, [row, ["", None, None, False]])
    cells = opened(content)["tờ"][2]
    assert [cell.value for cell in cells] == ["01", 1500000.5, datetime(2022, 8, 27), True]
    assert [cell.number_format for cell in cells] == ["@", "#,##0.00", "dd/mm/yyyy", "@"]
    rows = load_workbook(io.BytesIO(content)).get_sheet_by_name("tờ").to_python()
    assert rows == [
        ["Mã", "Số tiền", "Ngày", "Có"],
        ["01", 1500000.5, date(2022, 8, 27), True],
        ["", "", "", False],
    ]


@pytest.mark.parametrize(
    ("value", "expected", "shape"),
    [
        (0, 0, "#,##0"),
        (-5, -5, "#,##0"),
        (Decimal("5.00"), 5, "#,##0"),
        (Decimal("9999999999999.99"), 9999999999999.99, "#,##0.00"),
        (0.1, 0.1, "#,##0.00"),
        (999_999_999_999_999, 999_999_999_999_999, "#,##0"),
        (1_234_567_890_123_456_789, "1234567890123456789", "@"),
        (float("nan"), "nan", "@"),
        (float("inf"), "inf", "@"),
        (Decimal("NaN"), "NaN", "@"),
        (date(1900, 2, 28), "28/2/1900", "@"),
        (date(1900, 3, 1), datetime(1900, 3, 1), "dd/mm/yyyy"),
        (date(2200, 12, 31), datetime(2200, 12, 31), "dd/mm/yyyy"),
        ("8/2022", "8/2022", "@"),
    ],
)
def test_a_number_or_day_that_a_spreadsheet_would_change_is_a_text(value, expected, shape):
    cell = opened(one_sheet([ColumnOut("a", "number")], [[value]]))["tờ"]["A2"]
    assert (cell.value, cell.number_format) == (expected, shape)


def test_no_text_becomes_a_formula_and_none_is_changed():
    content = texts_sheet(TRIGGERS)
    assert "<f>" not in part(content)
    cells = [row[0] for row in opened(content)["tờ"].iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    rows = load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[1:]] == TRIGGERS


def test_awkward_texts_come_back_as_they_were():
    texts = [
        "Đào tạo “a” <b> & 'c'", "ຫລວງພະບາງ", "hai\ndòng", "hai\r\ndòng", " trước và sau ", "😀", "]]>",
        "a\x0bb\x00c\x1f", "_x000B_", "_x005F_", "a\tb",
    ]  # fmt: skip
    content = texts_sheet(texts)
    rows = load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[1:]] == texts
    assert opened(content)["tờ"]["A9"].value == "a_x000B_b_x0000_c_x001F_"
    assert "_x005F_x000B_" in part(content)
    assert "_xFFFE__xD800_" in part(texts_sheet(["\ufffe\ud800"]))


def test_the_longest_text_fits_and_one_letter_more_is_refused_with_its_cell():
    rows = load_workbook(io.BytesIO(texts_sheet(["<" * 32_767]))).get_sheet_by_index(0).to_python()
    assert rows[1] == ["<" * 32_767]
    for text in ("a" * 32_768, "😀" * 16_384):
        with pytest.raises(ValueError, match=r"A3.*32768"):
            texts_sheet(["a", text])


def test_more_rows_than_a_workbook_takes_are_refused(monkeypatch):
    monkeypatch.setattr("agreements.interchange.xlsx.LAST_ROW", 4)
    assert opened(texts_sheet("abc"))["tờ"].max_row == 4
    with pytest.raises(ValueError, match="CSV"):
        texts_sheet("abcd")


def test_a_marked_cell_is_coloured_and_keeps_its_value():
    row = [Marked("01"), Marked(Decimal("1.5")), Marked(date(2022, 1, 2)), Marked(None)]
    cells = opened(one_sheet(COLUMNS, [row, ["01", 1, None, None]]))["tờ"]
    assert [cell.value for cell in cells[2]] == ["01", 1.5, datetime(2022, 1, 2), None]
    assert {cell.fill.fgColor.rgb for cell in cells[2]} == {"FFFFC7CE"}
    assert cells["A3"].fill.fill_type is None
    with pytest.raises(KeyError):
        one_sheet(COLUMNS, [[Marked("a", "colour"), None, None, None]])


def test_the_heading_is_bold_frozen_filtered_and_printed_on_each_page():
    sheet = opened(one_sheet(COLUMNS, [["a", 1, None, None], ["b", 2, None, None]]))["tờ"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:D3"
    assert sheet.print_title_rows == "$1:$1"
    assert [cell.font.bold for cell in sheet[1]] == [True] * 4
    assert [sheet.column_dimensions[letter].width for letter in "AB"] == [8, 20]


def test_short_choices_drop_down_from_the_column_and_long_ones_from_a_hidden_sheet():
    long = tuple(f"Lựa chọn dài số {number}" for number in range(40))
    columns = [
        ColumnOut("a", choices=("có", 'khô"ng'), note="Chọn một."),
        ColumnOut("b", choices=long),
        ColumnOut("c", choices=("một, hai",)),
        ColumnOut("d", choices=long, several=True),
        ColumnOut("e", note="Ghi chú\nhai dòng"),
        ColumnOut("f"),
    ]
    book = opened(one_sheet(columns, []))
    rules = {str(rule.sqref): rule for rule in book["tờ"].data_validations.dataValidation}
    assert rules["A2:A1048576"].formula1 == '"có,khô""ng"'
    assert (rules["A2:A1048576"].prompt, rules["A2:A1048576"].promptTitle) == ("Chọn một.", "a")
    assert (rules["A2:A1048576"].errorStyle, rules["A2:A1048576"].showErrorMessage) == ("warning", True)
    assert rules["B2:B1048576"].formula1 == "'_lists'!$A$2:$A$41"
    assert rules["C2:C1048576"].formula1 == "'_lists'!$B$2:$B$2"
    assert rules["D2:D1048576"].formula1 == rules["B2:B1048576"].formula1
    assert rules["D2:D1048576"].showErrorMessage is False
    assert (rules["E2:E1048576"].type, rules["E2:E1048576"].prompt) == (None, "Ghi chú\nhai dòng")
    assert len(rules) == 5
    assert book["_lists"].sheet_state == "hidden"
    assert [cell.value for cell in book["_lists"]["A"]][1:] == list(long)


def test_notes_and_titles_are_no_longer_than_spreadsheets_take():
    (rule,) = opened(one_sheet([ColumnOut("t" * 60, note="n" * 400)], []))[
        "tờ"
    ].data_validations.dataValidation
    assert (len(rule.promptTitle), len(rule.prompt)) == (32, 255)
    assert rule.prompt.endswith("…")


def test_several_sheets_bear_names_that_spreadsheets_allow():
    assert unique_names(["a/b", "A b", "x" * 40, "x" * 40, "'q'", "[]"]) == [
        "a b",
        "A b (2)",
        "x" * 31,
        f"{'x' * 26} (2)",
        "q",
        "1",
    ]
    content = written(*(SheetOut(name, COLUMNS[:1], [[name]]) for name in ("một", "d'Hai & ba")))
    assert opened(content).sheetnames == ["một", "d'Hai & ba"]
    assert opened(content)["d'Hai & ba"]["A2"].value == "d'Hai & ba"


@pytest.mark.parametrize(("number", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_lettered_as_in_spreadsheets(number, letters):
    assert column_letters(number) == letters


def test_rows_are_read_while_bytes_go_out():
    read = []

    def rows():
        for number in range(20_000):
            read.append(number)
            yield [f"{number:x}" * 10]

    chunks = xlsx_chunks([SheetOut("a", [ColumnOut("a")], rows())])
    assert next(chunks).startswith(b"PK")
    assert read == []
    next(chunks)
    assert 0 < len(read) < 20_000
    chunks.close()  # a browser that went away
    assert len(read) < 20_000


def test_an_error_of_the_rows_comes_through_as_it_is():
    def rows():
        yield ["a"]
        raise RuntimeError("the database is gone")

    with pytest.raises(RuntimeError, match="the database is gone"):
        one_sheet([ColumnOut("a")], rows())


def test_a_row_of_another_width_than_the_headings_is_an_error():
    with pytest.raises(ValueError, match="zip"):
        one_sheet(COLUMNS, [["a"]])
