"""Drawings in Word documents: pictures with words before their tables."""

from dataclasses import replace
from datetime import date

import pytest
from docx.shared import Mm

from tracker.reports.charts import Span, timeline
from tracker.reports.word.pictures import png
from tracker.tests.test_word import DAY, TEXT_WIDTH, drawing, in_order, sheet, table_of, written

pytestmark = pytest.mark.once


# Drawings ----------------------------------------------------------------------------------------
def test_a_drawing_is_a_picture_with_words_before_its_table():
    document = written(sheet(notes=("Ghi chú.",)))
    (shape,) = document.inline_shapes
    assert shape.width / Mm(1) == pytest.approx(TEXT_WIDTH, abs=1)
    assert shape._inline.docPr.get("descr") == "Trục thời gian"
    assert in_order(
        document, "TT-1", "Chưa ghi: nơi ký.", "1. Thỏa thuận liên quan", "Trục thời gian", "x", "- Ghi chú."
    )


@pytest.mark.django_db
def test_a_tall_drawing_stands_on_one_page_with_its_heading():
    spans = [Span(f"TT-{number}", date(2017, 1, 1), date(2020, 12, 31), "dark") for number in range(90)]
    tall = timeline("Trục thời gian", spans, DAY, [("dark", "văn bản này")])
    (shape,) = written(replace(table_of(3, 2), charts=tall)).inline_shapes
    assert shape.height / Mm(1) == pytest.approx(200, abs=1)
    assert shape.width / shape.height == pytest.approx(tall[0].width / tall[0].height, rel=0.02)


@pytest.mark.django_db
def test_the_drawing_of_a_table_in_an_annex_stands_where_the_annex_is_told():
    document = written(replace(table_of(3, 40), charts=drawing()))
    assert len(document.inline_shapes) == 1
    assert in_order(document, "Trục thời gian", "Phụ lục kèm theo: Bảng thử (40 dòng).")
    two = written(replace(table_of(3, 40), charts=drawing(), below=(table_of(3, 40),)))
    assert in_order(two, "Trục thời gian (số liệu: phụ lục I)", "Phụ lục I: Bảng thử (40 dòng)")


def test_the_words_of_a_drawing_need_no_font_of_the_machine():
    first, second = (png(drawing(label)[0]) for label in ("Hà Nội – ວຽງຈັນ", "Huế"))
    assert first.startswith(b"\x89PNG")
    assert first != second
