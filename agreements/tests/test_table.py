"""Rows of totals: left out and told, and told from records that are called so."""

import pytest
from django.utils.translation import override

from agreements.interchange.questions import Questions
from agreements.interchange.table import Table, left_out
from agreements.resources import TargetResource


def table(*rows, wanted=None):
    """A sheet of targets with these rows behind its headings, read to its end."""
    headings = ["commitment", "period", "obligor", "counterpart", "minimum", "maximum", "document"]
    found = Table(TargetResource(), list(enumerate([headings, *rows], 1)), Questions(), wanted)
    return [number for number, *_rest in found], found.skipped


@pytest.mark.parametrize(
    "row",
    [
        ["Tổng cộng", "", "", "", "1.000.000", "15 triệu đồng", ""],
        ["TỔNG SỐ:", "", "", "", 1500.0, None, " "],
        ["Cộng"],
        ["", "", "", "", "", "", "Tổng cộng"],
        ["tổng cộng 3 dòng", "", "", "", "100 %", "(5)", ""],
    ],
)
def test_a_row_of_totals_is_left_out_and_told(row):
    assert table(["C1"], row, ["C2"]) == ([2, 4], [3])


@pytest.mark.parametrize(
    "row",
    [
        ["Tổng cộng", "2022", "", "", "5", "", ""],  # its key says more
        ["Tổng cộng", "", "", "", "5", "", "D1"],
        ["Tổng cộng", "", "", "", "5", "", "đã đủ"],
        ["Tổng cộng", "", "", "", "10 suất học bổng", "", ""],
        ["Tổng cộng", "", "", "", "27/8/2022", "", ""],
        ["Tổng cộng", "Tổng cộng", "", "", "", "", ""],
        ["SNV-SL/Tổng cộng", "", "", "", "5", "", ""],
        ["Tổng quát", "", "", "", "5", "", ""],
        ["Tổng cục Hải quan", "", "", "", "5", "", ""],
    ],
)
def test_a_row_that_says_more_is_a_record(row):
    assert table(["C1"], row) == ([2, 3], [])


def test_a_row_of_totals_is_told_in_one_reading_of_a_sheet_that_is_read_in_two():
    total = ["Tổng cộng", "", "", "", "5", "", ""]
    assert table(total, wanted=lambda row: row["minimum"] == "5") == ([], [2])
    assert table(total, wanted=lambda row: row["minimum"] != "5") == ([], [])


def test_the_sentence_lists_the_rows():
    with override("vi"):
        assert left_out([57]) == "1 dòng bỏ qua: dòng tổng (dòng 57)."
        assert left_out([4, 57]) == "2 dòng bỏ qua: dòng tổng (dòng 4, 57)."
        assert left_out(list(range(300))).endswith("198, 199, …).")
    with override("en"):
        assert left_out([4, 57]) == "2 rows are left out: they are rows of totals (rows 4, 57)."
