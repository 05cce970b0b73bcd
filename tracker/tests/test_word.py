"""Reports as Word documents: the layout of Nghị định 30/2020/NĐ-CP, the same words and numbers as on the page."""

import io
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm

from agreements.models import Agreement, Body
from tracker.reports import html
from tracker.reports.agreement_sheet import agreement_sheet
from tracker.reports.agreement_status import agreement_status
from tracker.reports.charts import Span, timeline
from tracker.reports.document import to_html
from tracker.reports.table import (
    Amount,
    Cell,
    Column,
    Count,
    Dated,
    Inviting,
    Labelled,
    Marked,
    Moment,
    Part,
    Parts,
    Sheet,
    Stack,
    make_table,
)
from tracker.reports.widths import fitting
from tracker.reports.word.body import fits, roman
from tracker.reports.word.cells import lines
from tracker.reports.word.letterhead import day_of_issue
from tracker.reports.word.ooxml import Line, clean
from tracker.reports.word.writing import write_docx
from tracker.reports.writers import to_text
from tracker.tests.seeded import seeded  # noqa: F401

pytestmark = pytest.mark.once


DAY = date(2023, 6, 30)
TEXT_WIDTH = 210 - 30 - 15


def read(content):
    return docx.Document(io.BytesIO(content))


def written(report, **options):
    return read(write_docx(report, **options))


def table_of(columns, rows, **options):
    titles = [Column(f"c{number}", f"Cột {number}") for number in range(columns)]
    made = [[f"{row}.{number}" for number in range(columns)] for row in range(rows)]
    return make_table("thu", "Bảng thử", titles, made, as_of=DAY, **options)


def texts(document):
    """The paragraphs and the cells of tables, in the order in which they stand."""
    for block in document.element.body.iterchildren():
        if block.tag == qn("w:p"):
            yield "".join(one.text or "" for one in block.iter(qn("w:t")))
        for cell in block.iter(qn("w:tc")):
            yield "\n".join(
                "".join(one.text or "" for one in paragraph.iter(qn("w:t")))
                for paragraph in cell.iter(qn("w:p"))
            )


def in_order(document, *wanted):
    """Whether the texts stand in the document in this order."""
    found = iter(texts(document))
    return all(any(one in text for text in found) for one in wanted)


def drawing(label="Bản ghi nhớ"):
    span = Span(label, date(2017, 1, 1), date(2020, 12, 31), "dark")
    return timeline("Trục thời gian", [span], DAY, [("dark", "văn bản này")])


def sheet(**options):
    report = make_table("family", "Thỏa thuận liên quan", [Column("a", "A")], [["x"]], charts=drawing())
    facts = (("Mã", "TT-1"), ("Nơi ký", None))
    return Sheet("agreement-sheet", "Bản ghi nhớ", DAY, facts, (report,), **options)


@pytest.mark.django_db
# The page ----------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_the_page_is_that_of_the_decree():
    document = written(table_of(3, 2))
    section = document.sections[0]
    assert (round(section.page_width / Mm(1)), round(section.page_height / Mm(1))) == (210, 297)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(one / Mm(1)) for one in margins] == [20, 20, 30, 15]
    fonts = document.styles["Normal"].element.rPr.rFonts
    assert [fonts.get(qn(f"w:{name}")) for name in ("ascii", "hAnsi", "cs")] == [
        "Times New Roman",
        "Times New Roman",
        "Phetsarath OT",
    ]
    assert document.styles["Normal"].font.size.pt == 14
    assert len(document.sections) == 1


@pytest.mark.django_db
def test_a_machine_without_the_fonts_is_told_which_to_use():
    package = written(table_of(3, 2)).part.package
    fonts = next(part for part in package.iter_parts() if part.partname.endswith("fontTable.xml"))
    for pair in (("Times New Roman", "Liberation Serif"), ("Phetsarath OT", "Noto Serif Lao")):
        assert '<w:font w:name="{}"><w:altName w:val="{}"/>'.format(*pair) in fonts.blob.decode()


@pytest.mark.django_db
def test_pages_are_numbered_from_the_second_on():
    section = written(table_of(3, 2)).sections[0]
    assert section.different_first_page_header_footer
    assert [one.text for one in section.header._element.iter(qn("w:instrText"))] == [" PAGE "]
    assert not list(section.first_page_header._element.iter(qn("w:instrText")))


# The letterhead ----------------------------------------------------------------------------------
@pytest.mark.usefixtures("seeded")
def test_the_parts_of_the_document_stand_in_order():
    office = Body.objects.get(code="SNV-HN")
    document = written(table_of(3, 2, conditions=(("Đối tác", "Viêng Chăn"),)), office=office)
    assert in_order(
        document,
        "SỞ NGOẠI VỤ HÀ NỘI",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
        "Số:        /BC-",
        "Hà Nội, ngày      tháng",
        "BÁO CÁO",
        "Bảng thử, tính đến ngày 30/6/2023",
        "Đối tác: Viêng Chăn.",
        "1. Bảng thử",
        "Cột 0",
        "1.2",
        "Nơi nhận:\n- …………;\n- Lưu: VT, …………",
    )
    assert "{{" not in document.element.xml


def test_the_day_is_left_open_and_early_months_have_a_nought():
    assert day_of_issue(date(2026, 2, 5)) == "ngày      tháng 02 năm 2026"
    assert day_of_issue(date(2026, 11, 25)) == "ngày      tháng 11 năm 2026"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("Tỉnh Sơn La", "Sơn La"),
        ("Thành phố Hà Nội", "Hà Nội"),
        ("Thành phố Hồ Chí Minh", "Thành phố Hồ Chí Minh"),
    ],
)
def test_the_place_is_written_as_before_a_date(place, told):
    office = Body(code="A", name="Sở Ngoại vụ", area=Body(pk=1, name=place))
    assert f"{told}, ngày" in "\n".join(texts(written(table_of(1, 1), office=office)))


@pytest.mark.django_db
def test_texts_of_the_register_are_texts():
    name = "Sở <Ngoại vụ> & {{ 7*7 }} {% if %}\x0b"
    office = Body(code="A", name=name, area=Body(pk=1, name="Huế"))
    report = make_table("t", "A & <b>", [Column("a", "A")], [["{{ 7*7 }} <w:p/> \x07&amp;"]], as_of=DAY)
    found = "\n".join(texts(written(report, office=office)))
    assert "SỞ <NGOẠI VỤ> & {{ 7*7 }} {% IF %}" in found
    assert "{{ 7*7 }} <w:p/> &amp;" in found
    assert clean("a\x00b\ufffe\tc") == "ab\tc"


# Tables ------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_heads_are_repeated_and_rows_are_not_cut():
    (table,) = (one for one in written(table_of(3, 12)).tables if one.cell(0, 0).text == "Cột 0")
    rows = table._tbl.tr_lst
    assert [row.trPr.find(qn("w:tblHeader")) is not None for row in rows] == [True] + [False] * 12
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)


@pytest.mark.django_db
def test_a_wide_table_is_an_annex_that_lies():
    report = table_of(8, 6, below=(table_of(4, 16),))
    document = written(report)
    assert [one.orientation for one in document.sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]
    wide = document.sections[1]
    assert (round(wide.page_width / Mm(1)), round(wide.page_height / Mm(1))) == (297, 210)
    assert [one._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) for one in document.sections[1:]] == [
        "1",
        "1",
    ]
    assert in_order(
        document,
        "1. Các phụ lục kèm theo",
        "Phụ lục I: Bảng thử (6 dòng)",
        "Phụ lục II: Bảng thử (16 dòng)",
        "Nơi nhận:",
    )
    assert in_order(
        document, "Nơi nhận:", "Phụ lục I", "BẢNG THỬ", "Kèm theo Báo cáo số", "5.7", "Phụ lục II"
    )


@pytest.mark.django_db
def test_what_ends_a_section_needs_no_line():
    document = written(table_of(8, 6, below=(table_of(4, 16),)))
    ends = [one for one in document.paragraphs if one._p.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None]
    assert [one.paragraph_format.line_spacing.pt for one in ends] == [1, 1]


@pytest.mark.django_db
def test_an_only_annex_has_no_number():
    found = list(texts(written(table_of(8, 6))))
    assert "Phụ lục kèm theo: Bảng thử (6 dòng)." in found
    assert "Phụ lục" in found


@pytest.mark.django_db
def test_a_heading_of_the_body_has_something_under_it():
    far, near = table_of(8, 6), table_of(2, 1)
    empty = replace(near, title="Đoàn vào", rows=())
    said = replace(empty, title="Đoàn ra", empty="Chưa nhập đoàn nào.")
    found = list(texts(written(replace(far, below=(near, empty, said, replace(far, title="Phụ (32)"))))))
    headings = [one for one in found if re.match(r"\d+\. ", one)]
    assert headings == ["1. Bảng thử", "2. Đoàn ra", "3. Các phụ lục kèm theo"]
    assert "Chưa ghi: đoàn vào." in found
    assert "Phụ lục II: Phụ (32)" in found


@pytest.mark.parametrize(
    ("columns", "rows", "inside"),
    [(5, 15, True), (5, 16, False), (6, 5, True), (6, 6, False), (7, 5, True), (8, 1, False), (9, 0, True)],
)
def test_what_fits_stands_in_the_body(columns, rows, inside):
    assert fits(columns, rows) is inside


def test_annexes_are_numbered_in_roman_figures():
    assert [roman(number) for number in (1, 4, 9, 10, 14, 29)] == ["I", "IV", "IX", "X", "XIV", "XXIX"]


def test_columns_fill_the_page_and_break_no_word():
    rows = [[[Line("Số")], [Line("Nội dung cam kết")]], [[Line("1")], [Line("Hợp tác " * 20)]]]
    narrow, wide = fitting(rows, TEXT_WIDTH, 12)
    assert narrow + wide == pytest.approx(TEXT_WIDTH)
    assert 5 < narrow < wide
    assert fitting([[[Line("a")], [Line("b")]]], 100, 12) == [50, 50]


def test_the_column_that_makes_rows_high_is_the_widest():
    rows = [[[Line("Tên")], [Line("Mức")], [Line("Ngày")]]]
    rows += [
        [[Line("Bản ghi nhớ hợp tác")], [Line("thống nhất tại hội đàm: 12")] * 9, [Line("4/11/2022")]]
    ] * 60
    name, levels, day = fitting(rows, 252, 10)
    assert min(name, levels) > day
    assert levels > 26 * 10 * 25.4 / 72 * 0.5  # nine lines and no more


@pytest.mark.django_db
def test_an_empty_table_says_so():
    report = make_table("t", "Bảng trống", [Column("a", "A")], [], as_of=DAY, empty="Chưa có gì.")
    assert in_order(written(report), "1. Bảng trống", "Chưa có gì.")


@pytest.mark.django_db
def test_parts_of_a_stacked_column_stand_beneath_each_other():
    columns = [Column("a", "A"), Column("b", "B"), Column("c", "C")]
    stack = Stack("one", "Một cột", (("a", ""), ("b", "còn lại"), ("c", "chưa biết")))
    report = make_table("t", "T", columns, [["Tên", 5, None]], stacks=(stack,))
    table = written(report).tables[1]
    assert [cell.text for cell in table._cells] == ["Một cột", "Tên\ncòn lại: 5"]


@pytest.mark.django_db
def test_a_number_stands_before_the_first_line_of_its_row():
    columns = [Column("a", "STT", "number"), Column("b", "B"), Column("c", "C")]
    stack = Stack("one", "Một cột", (("b", ""), ("c", "còn lại")), number="a")
    report = make_table("t", "T", columns, [[1200, "Tên", 5]], stacks=(stack,))
    assert [cell.text for cell in written(report).tables[1]._cells] == ["Một cột", "1.200. Tên\ncòn lại: 5"]
    assert '<span class="row-number">1.200.</span> <div class="part-b">Tên</div>' in html.page(report)["body"]


LINES = [
    (None, ["—"]),
    (0, ["0"]),
    (Decimal("1500"), ["1.500"]),
    (Count(3, at_least=True), ["≥ 3"]),
    (Moment("2022?-08-27"), ["27/8/[2022]"]),
    (Dated(Count(2), possible=Count(None, True)), ["2; có thể một số"]),
    (Amount(Decimal(300_000_000), "VND", "about"), ["khoảng 300 triệu đồng"]),
    (Marked("late", "quá hạn", about=True), ["≈ quá hạn"]),
    (Parts((("đã ký", 3), ("đề nghị", 12)), ("/a", "/b")), ["đã ký: 3", "đề nghị: 12"]),
    (("một", Count(2)), ["một", "2"]),
    (Labelled("toàn bộ", ("a", "b")), ["toàn bộ: a", "b"]),
    ("hai\ndòng", ["hai", "dòng"]),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("value", "expected"), LINES)
def test_a_cell_says_what_the_page_says(value, expected):
    assert [line.text for line in lines(value)] == expected


def test_of_which_is_set_in_and_late_is_seen_without_colour():
    assert lines(Part("trong đó", "y tế")) == [Line("trong đó: y tế", 1)]
    assert lines(Cell("quá hạn", late=True)) == [Line("quá hạn", 0, True, True)]


# The reports -------------------------------------------------------------------------------------
@pytest.mark.usefixtures("seeded")
def test_the_status_of_all_agreements_names_each():
    document = written(agreement_status(DAY))
    (table,) = (one for one in document.tables if len(one._tbl.tr_lst) == 1 + Agreement.objects.count())
    found = "\n".join(texts(document))
    for agreement in Agreement.objects.all():
        assert agreement.code in found
    assert table.style is not None


@pytest.mark.usefixtures("seeded")
def test_the_sheet_of_one_agreement_says_what_its_page_says():
    agreement = Agreement.objects.get(code="SL-LPB-2022")
    document = written(agreement_sheet(agreement.pk, DAY))
    assert in_order(document, agreement.title, "Tính đến ngày 30/6/2023:", "SL-LPB-2022", "Nguồn")


def test_a_signature_stands_on_the_page_of_the_text_before_it():
    for report in (table_of(2, 3, notes=("ghi chú cuối",)), table_of(2, 3), sheet(), table_of(8, 6)):
        children = list(written(report).element.body)
        place = max(place for place, one in enumerate(children) if "Nơi nhận:" in "".join(one.itertext()))
        before, gap = children[place - 2], children[place - 1]
        rows = before.findall(qn("w:tr"))
        last = [gap, *(rows[-1] if rows else before).iter(qn("w:p"))]
        assert all(one.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None for one in last)


def test_two_lines_go_with_a_signature():
    children = list(written(table_of(8, 6, below=(table_of(8, 6),) * 3)).element.body)
    place = max(place for place, one in enumerate(children) if "Nơi nhận:" in "".join(one.itertext()))
    kept = [one.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None for one in children[place - 4 : place]]
    assert kept == [False, True, True, True]  # the gap before the signature is the last


def test_paper_asks_nobody_to_click():
    note = Cell(Inviting("3 dòng không nêu.", "Mở danh sách."), "/admin/")
    table = table_of(2, 1, notes=(note,))
    for text in ("\n".join(one.text for one in written(table).paragraphs), to_html(table), to_text(table)):
        assert "3 dòng không nêu." in text
        assert "Mở danh sách" not in text
    assert '<a href="/admin/">3 dòng không nêu. Mở danh sách.</a>' in html.page(table)["notes"]
