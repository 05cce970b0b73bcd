"""Sheets: CSV and XLSX as numbered rows of typed cells."""

import csv
import io
import tracemalloc
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
from django.utils.translation import override

from agreements.interchange import sheets
from agreements.interchange.sheets import COMMAND, WEB, ErrorCell, SheetError, read_file, read_pasted, text_of
from agreements.tests.test_encodings import VIETNAMESE, in_windows_1258
from agreements.tests.test_guard import MAIN, OFFICE, parts, sheet_xml, xlsx, zipped


@pytest.fixture(autouse=True)
def english():
    """Sentences are compared in the language of the code."""
    with override("en"):
        yield


def rows(content, name="a.csv", **facts):
    if isinstance(content, str):
        content = content.encode()
    return list(read_file(content, name, **facts).sheets[0].rows())


def cells(content, **facts):
    return [row for _number, row in rows(content, **facts)]


SPELLINGS = {
    "commas": "mã,tên\n1,Nghệ An\n",
    "semicolons": "mã;tên\n1;Nghệ An\n",
    "tabs": "mã\ttên\n1\tNghệ An\n",
    "a sep line": "sep=;\nmã;tên\n1;Nghệ An\n",
    "a sep line in quotes": '"sep=;"\r\nmã;tên\r\n1;Nghệ An\r\n',
    "a sep line and a mark": "\ufeffsep=\t\nmã\ttên\n1\tNghệ An\n",
    "Windows line ends": "mã,tên\r\n1,Nghệ An\r\n",
    "old Mac line ends": "mã,tên\r1,Nghệ An\r",
    "no last line end": "mã,tên\n1,Nghệ An",
    "quotes": '"mã","tên"\n"1","Nghệ An"\n',
    "a mark": "\ufeffmã,tên\n1,Nghệ An\n",
}


@pytest.mark.parametrize("name", SPELLINGS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_csv_is_read_in_each_usual_spelling(name, encoding):
    text = SPELLINGS[name] if encoding == "utf-8" else SPELLINGS[name].lstrip("\ufeff")
    assert rows(text.encode(encoding)) == [(1, ["mã", "tên"]), (2, ["1", "Nghệ An"])]


SEPARATED = {
    "a title with commas": ("Danh sách, năm 2022, của tỉnh\n\nmã;tên;số\n1;a;2,5\n2;b;3,5\n", ";"),
    "decimal commas": ("mã;số;số\n1;1,5;2,5\n2;3,5;4,5\n", ";"),
    "semicolons within commas": ("mã,tên,số\n1,a;b;c;d,2\n2,a,3\n", ","),
    "separators within quotes": ('"a;b;c;d","e"\n"1;2;3;4","f"\n', ","),
    "line breaks within quotes": ('mã;ghi chú\n1;"một,\nhai,\nba,"\n2;"x,\ny"\n', ";"),
    "one column": ("tên\nNghệ An\n", ","),
    "tabs beside commas": ("tên\tsố\na, b\t1\nc\t2\n", "\t"),
}


@pytest.mark.parametrize("name", SEPARATED)
def test_the_separator_is_found(name):
    text, separator = SEPARATED[name]
    assert sheets.sniffed(text) == separator


def test_a_separator_can_be_forced():
    assert cells("a,b;c\n", separator=";") == [["a,b", "c"]]


def test_rows_are_numbered_as_in_a_spreadsheet():
    text = 'Tiêu đề\n\n"mã",ghi chú\n1,"hai\ndòng"\n\n2,x\n'
    assert [number for number, row in rows(text) if any(row)] == [1, 3, 4, 6]


def test_rows_can_be_read_again():
    sheet = read_file(b"a,b\n1,2\n", "x.csv").sheets[0]
    assert list(sheet.rows()) == list(sheet.rows())
    assert sheet.name == "x"


REFUSED = {
    "an open quote": ('a,b\n1,2\n3,"x\n4,5\n', "Row 3: a quote is opened"),
    "a quote within": ('a,b\n1,"x"y\n', "Row 2: a quote stands within"),
    "a long cell": (f"a,b\n1,{'x' * 100_001}\n", "Row 2, column 2 has over 100000"),
    "NUL": ("a,b\n1,\0\n", "NUL"),
    "nothing": ("", "empty"),
    "many columns": ("a," * 101 + "b\n", "Row 1 has more than 100 columns"),
    "a web page": ("<!DOCTYPE html><html></html>", "web page"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_csv_is_refused_with_its_row(name):
    text, words = REFUSED[name]
    with pytest.raises(SheetError) as refusal:
        rows(text)
    assert words in str(refusal.value)


def test_empty_columns_beyond_the_limit_do_no_harm():
    assert len(cells("a" + "," * 300 + "\n")[0]) == 301


def test_too_many_rows_are_refused_on_the_web_only():
    text = "a,b\n" + "1,2\n" * 1000
    assert len(rows(text, limits=replace(WEB, rows=1000))) == 1001
    with pytest.raises(SheetError, match="more than 500 rows"):
        rows(text, limits=replace(WEB, rows=500))
    assert len(rows("1,2\n" * 110_000, limits=COMMAND)) == 110_000
    with pytest.raises(SheetError, match="more than 100 000 rows"):
        rows("1,2\n" * 110_000)


def test_a_large_file_is_refused():
    with pytest.raises(SheetError, match="has 21 MB, more than the 20 MB"):
        rows(b"a" * 20_000_001)


def test_a_doubtful_encoding_is_reported_and_read_as_guessed():
    book = read_file(in_windows_1258(VIETNAMESE), "a.csv")
    assert book.doubts[0].encoding == "windows-1258"
    assert dict(book.sheets[0].rows())[2] == [
        "1",
        "Tỉnh Nghệ An và Thủ đô Viêng Chăn",
    ]
    assert read_file(in_windows_1258(VIETNAMESE), "a.csv", encoding="windows-1258").doubts == []


def test_a_file_is_streamed_with_flat_memory(tmp_path):
    path = tmp_path / "large.csv"
    path.write_text(
        "TT-1,Nghệ An,Xiêng Khoảng,3,4.5,27/8/2022,a,b,c,d,e,f,g,h,i\n" * 100_000, encoding="utf-8"
    )
    tracemalloc.start()
    try:
        book = read_file(path, "large.csv")
        count = sum(1 for _row in book.sheets[0].rows())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 100_000
    assert peak < 10_000_000, f"{peak} bytes"


def workbook():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["B3"], sheet["C3"], sheet["D3"], sheet["E3"] = "007", 1, 2.5, True
    sheet["F3"], sheet["G3"], sheet["H3"] = date(2022, 8, 27), datetime(2022, 8, 27, 13, 5), time(13, 5)
    sheet["I3"], sheet["J3"] = "hai\ndòng", timedelta(hours=30)
    sheet["B5"] = "gộp"
    sheet.merge_cells("B5:C6")
    book.create_sheet("ẩn").sheet_state = "hidden"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_workbook_is_read_with_its_types():
    found = dict(rows(workbook(), "a.xlsx"))
    assert found[1] == found[2] == [""] * 10
    assert found[3] == [
        "", "007", 1.0, 2.5, True, date(2022, 8, 27), datetime(2022, 8, 27, 13, 5), time(13, 5), "hai\ndòng",
        "1 day, 6:00:00",
    ]  # fmt: skip
    assert found[5][:3] == ["", "gộp", ""]


def test_a_workbook_is_known_by_its_content_and_read_from_a_path(tmp_path):
    path = tmp_path / "upload"
    path.write_bytes(workbook())
    book = read_file(path, "upload.csv")
    assert [(sheet.name, sheet.hidden) for sheet in book.sheets] == [("Sheet", False), ("ẩn", True)]
    assert list(book.sheets[0].rows()) == list(book.sheets[0].rows())
    assert list(book.sheets[1].rows()) == []


def test_a_cell_with_an_error_is_marked():
    row = '<row r="2"><c r="B2"><v>1</v></c><c r="C2" t="e"><v>#N/A</v></c></row>'
    found = dict(rows(xlsx(row), "a.xlsx"))
    assert found[2] == ["", 1.0, "#N/A"]
    assert isinstance(found[2][2], ErrorCell)


def test_a_formula_counts_by_its_value():
    assert cells(xlsx('<row><c r="A1"><f>1+1</f><v>2</v></c></row>'), name="a.xlsx") == [[2.0]]


def test_what_the_reader_cannot_read_is_one_sentence():
    with pytest.raises(SheetError, match="damaged"):
        rows(xlsx('<row><c r="A1" t="s"><v>7</v></c></row>', shared="<si><t/></si>"), "a.xlsx")


def test_sheets_come_in_the_order_of_the_workbook():
    found = parts(
        more_sheets='<sheet name="T" sheetId="2" r:id="rId2"/>',
        other={"xl/worksheets/sheet2.xml": sheet_xml('<row><c t="e"><v>#REF!</v></c></row>')},
    )
    link = f'<Relationship Id="rId2" Type="{OFFICE}/worksheet" Target="/xl/worksheets/sheet2.xml"/></Relationships>'
    found["xl/_rels/workbook.xml.rels"] = found["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>", link
    )
    book = read_file(zipped(found), "a.xlsx")
    assert [sheet.name for sheet in book.sheets] == ["S", "T"]
    assert MAIN in found["xl/workbook.xml"]
    assert isinstance(next(book.sheets[1].rows())[1][0], ErrorCell)


def test_cells_pasted_from_a_spreadsheet_are_read():
    text = 'mã\ttên\r\n1\t"hai\ndòng"\r\n2\ta, b; c\r\n'
    book = read_pasted(text)
    assert [row for _number, row in book.sheets[0].rows()] == [
        ["mã", "tên"],
        ["1", "hai\ndòng"],
        ["2", "a, b; c"],
    ]


def test_a_pasted_quote_without_its_pair_stays():
    book = read_pasted('mã\ttên\n1\t"Đường 8\n')
    assert list(book.sheets[0].rows())[1] == (2, ["1", '"Đường 8'])


@pytest.mark.parametrize(("cell", "text"), [
    (None, ""), ("", ""), ("007", "007"), (1.0, "1"), (2.5, "2,5"), (0.1 + 0.2, "0,3"), (1e15, "1000000000000000"),
    (12, "12"), (True, "yes"), (False, "no"), (date(2022, 8, 27), "27/8/2022"),
    (datetime(2022, 8, 27), "27/8/2022"), (datetime(2022, 8, 27, 13, 5), "27/8/2022 13:05"),
    (time(8, 0, 30), "08:00:30"),
    (ErrorCell("#N/A"), "#N/A"),
])  # fmt: skip
def test_a_cell_is_written_as_people_do(cell, text):
    assert text_of(cell) == text


def test_csv_rows_are_those_of_the_standard_reader():
    text = 'a,"b ""c""",d\n1,,"x\r\ny"\n,,\n'
    assert cells(text) == list(csv.reader(io.StringIO(text, newline="")))
