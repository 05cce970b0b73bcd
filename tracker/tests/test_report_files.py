"""Every form of a report: on its page, from the command line, and where it cannot be made."""

import importlib.util
import io
import json
import re
import sys
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import docx
import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.template.loader import render_to_string

from agreements.tests.builders import make_agreement, make_body
from tracker.reports import formats, html, pdf
from tracker.reports.charts import stacked
from tracker.reports.document import to_html
from tracker.reports.faults import NoFile
from tracker.reports.table import Cell, Column, Labelled, Parts, Sheet, make_table, unlinked
from tracker.tests.paper import pages_of, words_on_paper
from tracker.tests.test_word import sheet, table_of

pytestmark = pytest.mark.once


PAGE = "/reports/agreement-status/?on=30/6/2023"
SENTENCE = "Máy chủ này chưa cài WeasyPrint: hãy dùng nút In của trình duyệt rồi chọn “Lưu dưới dạng PDF”."


@pytest.fixture
def no_weasyprint(monkeypatch):
    """A server without the package, whether or not this machine has it."""
    monkeypatch.setitem(sys.modules, "weasyprint", None)


def opened(form, content):
    """What a file says, read by a program of its kind."""
    if form == "docx":
        tables = docx.Document(io.BytesIO(content)).tables
        return "\n".join(cell.text for table in tables for cell in table._cells)
    if form == "xlsx":
        sheets = openpyxl.load_workbook(io.BytesIO(content)).worksheets
        return "\n".join(str(cell.value) for one in sheets for row in one.iter_rows() for cell in row)
    return content.decode("utf-8-sig")


# The page ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("form", ["docx", "xlsx", "csv", "csv2", "json", "html"])
def test_the_page_gives_each_form_as_an_attachment(reader, form):
    make_agreement(code="TT-1", title="Thỏa thuận & hợp tác", signed_on="2022-08-27")
    response = reader.get(f"{PAGE}&format={form}")
    assert response.status_code == 200
    ending = "csv" if form == "csv2" else form
    assert response["Content-Disposition"] == f'attachment; filename="agreement-status-2023-06-30.{ending}"'
    text = opened(form, response.content)
    assert "TT-1" in text
    assert ("Thỏa thuận &amp; hợp tác" if form == "html" else "Thỏa thuận & hợp tác") in text


def test_the_page_offers_every_form(reader):
    text = reader.get(PAGE).content.decode()
    for form, file in formats.FILES.items():
        assert re.search(
            rf'<a href="\?on=30%2F6%2F2023&amp;format={form}">{re.escape(file.label)}</a>', text
        ), form


def test_without_weasyprint_the_page_says_what_to_do(reader, no_weasyprint):
    agreement = make_agreement(code="TT-1")
    for address in (PAGE, f"/reports/agreements/{agreement.pk}/?on=30/6/2023"):
        response = reader.get(f"{address}&format=pdf")
        assert response.status_code == 501
        assert SENTENCE in response.content.decode()
        assert f'href="{address.split("?")[0]}?on=30%2F6%2F2023"' in response.content.decode()


def test_pango_that_is_missing_is_told_as_well(monkeypatch):
    class Broken:
        def find_spec(self, name, path=None, target=None):
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango'")

    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Broken(), *sys.meta_path])
    with pytest.raises(NoFile, match="WeasyPrint"):
        pdf.to_pdf(table_of(2, 2))


def test_nothing_is_fetched_for_a_pdf():
    for url in ("http://example.com/a.png", "file:///etc/passwd", "data:text/plain,a"):
        with pytest.raises(ValueError, match="fetches nothing"):
            pdf.refuse(url)


@pytest.mark.skipif(not importlib.util.find_spec("weasyprint"), reason="WeasyPrint is not installed")
@pytest.mark.parametrize(("report", "upright"), [(sheet(), True), (table_of(9, 90), False)])
def test_a_pdf_is_made_where_weasyprint_is(report, upright):
    import weasyprint

    page = weasyprint.HTML(string=to_html(report), media_type="print").render().pages[0]
    assert round(page.width / 96 * 25.4) == (210 if upright else 297)


@pytest.mark.skipif(not importlib.util.find_spec("weasyprint"), reason="WeasyPrint is not installed")
def test_a_pdf_holds_every_cell_under_heads_that_are_repeated(tmp_path):
    file = tmp_path / "report.pdf"
    file.write_bytes(pdf.to_pdf(table_of(9, 90)))
    pages = pages_of(file)
    assert len(pages) > 2
    assert all(f"Cột {number}" in " ".join(page.split()) for page in pages for number in range(9))
    text = words_on_paper(file)
    assert all(f"{row}.{column}" in text for row in range(90) for column in range(9))


@pytest.mark.skipif(not importlib.util.find_spec("weasyprint"), reason="WeasyPrint is not installed")
def test_a_drawing_as_tall_as_a_page_stands_under_its_heading(tmp_path):
    groups = [(str(year), [year - 1900]) for year in range(1960, 2020)]
    charts = stacked("Theo năm", ["một"], groups)
    tall = replace(table_of(9, 2), title="Bảng có hình", charts=charts)
    file = tmp_path / "report.pdf"
    file.write_bytes(pdf.to_pdf(replace(table_of(9, 30), below=(tall,))))
    assert not [page for page in pages_of(file) if "Bảng có hình" in page and "1960" not in page]


# One HTML file -----------------------------------------------------------------------------------
class Addresses(HTMLParser):
    """Every attribute of a page that could lead or fetch elsewhere."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        leading = ("href", "src", "srcset", "action", "style", "onclick")
        self.found += [(tag, name, value) for name, value in attrs if name in leading]


def test_the_html_file_needs_no_other_and_leads_nowhere():
    deep = Cell(Labelled("l", Parts((("m", 1),), ("/w",))), "/v")
    linked = make_table(
        "t",
        "Bảng",
        [Column("a", "A"), Column("b", "B")],
        [[Cell("x", "/reports/1"), Parts((("đã ký", 3),), ("/y",))]],
        as_of=date(2023, 6, 30),
        notes=(Cell("ghi chú", "/z"),),
        below=(make_table("u", "Dưới", [Column("a", "A")], [[deep]]),),
    )
    text = to_html(linked)
    reader = Addresses()
    reader.feed(text)
    assert reader.found == []
    assert "url(" not in text
    assert "@import" not in text
    for told in ("Bảng", "đã ký: 3", "ghi chú", "Dưới", "l: ", "m: 1", "30/6/2023", "@page"):
        assert told in text, told


def test_a_file_brings_the_widths_of_its_columns():
    long = make_table(
        "t", "Bảng", [Column("a", "Mã"), Column("b", "Nội dung")], [["1", "hợp tác y tế " * 40]]
    )
    of_text, of_page = (
        [float(one) for one in re.findall(r'<col width="([\d.]+)%">', text)]
        for text in (to_html(long), render_to_string("reports/tables.html", {"table": html.page(long)}))
    )
    assert of_text[1] > 4 * of_text[0] > 0
    assert sum(of_text) == pytest.approx(100, abs=0.2)
    assert of_page == []  # a browser finds better ones


def test_the_html_file_of_a_sheet_has_its_drawing():
    text = to_html(sheet())
    assert "<svg" in text
    assert "TT-1" in text
    assert 'class="report-page document portrait"' in text
    assert 'class="report-page document landscape"' in to_html(table_of(6, 1))


def test_texts_of_a_report_are_texts_in_the_html_file():
    text = to_html(make_table("t", "<b>&", [Column("a", "<i>")], [["</style><script>"]]))
    assert "<b>" not in text
    assert "<i>" not in text
    assert "<script" not in text


def test_a_report_without_addresses_says_the_same():
    told = Cell(("x", Parts((("p", 1),), ("/q",))), "/r", late=True)
    report = make_table("t", "T", [Column("a", "A")], [[told]])
    bare = unlinked(Sheet("s", "S", date(2023, 6, 30), (), (report,))).tables[0]
    assert bare.rows == ((Cell(("x", Parts((("p", 1),))), late=True),),)
    assert bare.rows[0][0].value[1].links == ()


# The command line --------------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize("form", ["table", "docx", "xlsx", "csv", "json", "html"])
def test_the_command_writes_each_form(tmp_path, form):
    make_agreement(code="TT-1", signed_on="2022-08-27", title="Biên bản ghi nhớ")
    for name, *what in (("a", "agreement-status"), ("b", "agreement-sheet", "TT-1")):
        out = tmp_path / name
        call_command("report", *what, "--on", "30/6/2023", "--format", form, "--out", str(out))
        assert "TT-1" in opened(form, out.read_bytes())


@pytest.mark.django_db
def test_the_command_puts_the_office_at_the_head(tmp_path):
    make_agreement(code="TT-1")
    make_body("SNV-5", "Sở Ngoại vụ Năm")
    asked = ["--format", "docx", "--letterhead", "SNV-5", "--out", str(tmp_path / "a")]
    call_command("report", "agreement-sheet", "TT-1", *asked)
    assert "SỞ NGOẠI VỤ NĂM" in opened("docx", (tmp_path / "a").read_bytes())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--format", "docx"], "ghi ra tệp: hãy nêu tên tệp bằng --out"),
        (["--format", "pdf", "--out", "/tmp/never.pdf"], SENTENCE),
        (["--format", "odt"], "odt"),
        (["--format", "docx", "--letterhead", "Không có", "--out", "/tmp/never.docx"], "Không có"),
    ],
)
def test_what_the_command_cannot_do_is_one_sentence(no_weasyprint, arguments, sentence):
    with pytest.raises(CommandError) as refused:
        call_command("report", "agreement-status", *arguments)
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.django_db
def test_text_may_still_go_to_the_screen(capsys):
    make_agreement(code="TT-1")
    call_command("report", "agreement-status", "--format", "json")
    assert json.loads(capsys.readouterr().out)["rows"][0]["code"] == "TT-1"
