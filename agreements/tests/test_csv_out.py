"""CSV as it is written: guarded, one way to read each number, and read back exactly."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest

from agreements import numbers
from agreements.interchange.csv_out import LEADS, csv_chunks, number_text, write_csv
from agreements.interchange.sheets import read_file
from agreements.resources.values import FORMULA, NumberCell, guarded, unguarded

PAYLOADS = [
    "=1+1", '=HYPERLINK("http://a","b")', "=cmd|' /C calc'!A0", "+84 21", "-1 phần", "@SUM(A1)", "\t=1", "\r=1",
    "＝1+1", "＋1", "－1", "＠a", "'=đã có dấu", "''=hai dấu", "'bình thường", "a=b", " =1", "|", ";,\"'", "hai\ndòng",
    "", "Đào tạo", "ຫລວງ", "1.500", "\ufeffx",
]  # fmt: skip


def sheet(headings, rows, separator=","):
    stream = io.BytesIO()
    write_csv(stream, headings, rows, separator)
    return stream.getvalue()


@pytest.mark.parametrize("separator", [",", ";"])
def test_no_cell_starts_as_a_formula_and_each_comes_back_as_it_was(separator):
    content = sheet(["a", "b"], [[text, "x"] for text in PAYLOADS], separator)
    assert content.startswith(b"\xef\xbb\xbfa")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=separator))
    assert not [cell for row in rows for cell in row if cell[:1] and cell[0] in "=+-@\t\r＝＋－＠"]
    read = [cells[0] for _number, cells in read_file(content, "a.csv").sheets[0].rows()][1:]
    assert [unguarded(cell) for cell in read] == PAYLOADS


def test_the_fast_look_at_the_first_letter_misses_nothing_that_the_guard_sees():
    letters = [chr(code) for code in range(0x10000) if not 0xD800 <= code < 0xE000]
    assert {letter for letter in letters if FORMULA.match(letter)} | {"'"} == LEADS
    assert guarded("''=x")[0] == "'"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("1500000.50"), "1500000,5"),
        (Decimal("-5"), "-5"),
        (Decimal("0.00"), "0"),
        (Decimal("1E+3"), "1000"),
        (1500, "1500"),
        (0.1, "0,1"),
        (Decimal("1.234"), "1,2340"),
        (Decimal("1.500"), "1,5"),
        (-0.125, "-0,1250"),
        (1e20, "100000000000000000000"),
    ],
)
def test_a_number_is_written_the_one_way_that_cannot_be_mistaken(value, text):
    assert number_text(value) == text
    assert sheet(["a"], [[value]], ";").decode("utf-8-sig").splitlines()[1] == text


@pytest.mark.parametrize("text", ["0", "0.5", "12.25", "1500", "1500000.5", "9999999999999.99", "1.1", "100"])
def test_a_quantity_comes_back_exactly_and_is_not_ambiguous(text):
    written = number_text(Decimal(text))
    assert written == NumberCell().render(Decimal(text))
    assert NumberCell().clean(written) == Decimal(text)
    assert numbers.parse(written).ambiguous is False


def test_other_values_are_written_as_staff_read_them():
    content = sheet(["a"] * 5, [[None, True, False, date(2022, 8, 5), Decimal("-1.5")]])
    assert content.decode("utf-8-sig").splitlines()[1] == ',yes,no,5/8/2022,"-1,5"'


def test_the_headings_go_out_before_any_row_is_read():
    read = []

    def rows():
        for number in range(2_000):
            read.append(number)
            yield [str(number)]

    chunks = csv_chunks(["mã"], rows())
    assert next(chunks) == "\ufeffmã\r\n".encode()
    assert read == []
    next(chunks)
    assert len(read) == 20
    rest = b"".join(chunks)
    assert rest.count(b"\r\n") == 1_980
    assert rest.endswith(b"\r\n1999\r\n")


def test_only_the_two_separators_of_offices_are_written():
    with pytest.raises(ValueError, match="separator"):
        next(csv_chunks(["a"], [], "\t"))
