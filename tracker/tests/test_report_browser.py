"""Reports as a reader sees them: what matters in the first view, tables that say that they scroll, pages of A4."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from agreements.models import Agreement, Body
from tracker.reports.agreement_sheet import agreement_sheet
from tracker.reports.agreement_status import agreement_status
from tracker.reports.document import to_html
from tracker.tests.templates_made import saying
from tracker.tests.test_browser import (  # noqa: F401
    NARROW,
    WIDE,
    browser_context_args,
    browser_type_launch_args,
    check,
    officer,
    register,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STATUS = "/reports/agreement-status/"
DAY = date(2023, 6, 30)
A4_WIDTH = {"portrait": 186, "landscape": 273}
"""Millimetres of an A4 page between its margins."""
SMALLEST = """() => Math.min(...[...document.querySelectorAll('#content *')]
  .filter(one => one.checkVisibility() && !one.closest('svg')
    && [...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim()))
  .map(one => parseFloat(getComputedStyle(one).fontSize)))"""


def open_sheet(page, code, anchor=""):
    page.goto(reverse("reports:agreement-sheet", args=[Agreement.objects.get(code=code).pk]) + anchor)


def right_of(page, selector):
    box = page.locator(selector).first.bounding_box()
    return box["x"] + box["width"]


def test_the_first_view_tells_what_is_promised_and_late(officer):  # noqa: F811
    page = officer
    page.set_viewport_size(WIDE)
    page.goto(f"{STATUS}?partner={Body.objects.get(code='LA-VT').pk}")
    assert page.evaluate("document.querySelector('.table-box').scrollWidth") <= WIDE["width"]
    for column in ("title", "standing", "promises", "overdue"):
        assert right_of(page, f"thead .col-{column}") < WIDE["width"] * 0.6, column
    assert page.locator(".scroll-hint").first.is_hidden()
    page.locator(".report-head a[href='#outside']").click()
    assert page.locator("#outside tbody tr").count() == 33
    check(page, "status of a partner")


def test_a_table_that_is_wider_than_the_screen_says_so(officer):  # noqa: F811
    page = officer
    page.set_viewport_size(NARROW)
    page.goto(STATUS)
    assert page.locator(".scroll-hint").first.is_visible()
    box = page.locator(".table-box").first
    assert "scrolls" in box.get_attribute("class")
    assert "at-end" not in box.get_attribute("class")
    first = page.locator("tbody th").first
    assert first.bounding_box()["width"] < NARROW["width"] / 2
    box.evaluate("box => { box.scrollLeft = box.scrollWidth }")
    page.wait_for_function("document.querySelector('.table-box').classList.contains('at-end')")
    assert first.bounding_box()["x"] >= 0  # whose row it is stays in sight


@pytest.mark.parametrize("layout", ["portrait", "landscape"])
def test_printed_pages_fit_a4_and_can_be_read(officer, layout):  # noqa: F811
    page = officer
    if layout == "portrait":
        open_sheet(page, "HN-VC-2022")
    else:
        page.goto(STATUS)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": round(A4_WIDTH[layout] / 25.4 * 96), "height": 1000})
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert page.evaluate(SMALLEST) >= 8 * 96 / 72 - 0.01
    assert page.locator(".print-head").is_visible()
    for gone in (".report-filters", ".files", ".scroll-hint", "#header"):
        assert page.locator(gone).first.is_hidden(), gone


def test_the_button_prints(officer):  # noqa: F811
    page = officer
    open_sheet(page, "HN-VC-2022")
    page.evaluate("window.print = () => { document.title = 'printed' }")
    page.get_by_role("button", name="In").click()
    assert page.title() == "printed"


def test_the_sheet_is_short_on_a_phone_and_accessible(officer):  # noqa: F811
    page = officer
    page.set_viewport_size(NARROW)
    open_sheet(page, "SL-LPB-2022")
    assert page.evaluate("document.documentElement.scrollHeight") < 5000
    assert page.locator("#sources tbody tr").count() == 1
    check(page, "sheet")


@pytest.mark.parametrize("layout", ["portrait", "landscape"])
def test_the_html_file_fits_a4_too(officer, layout):  # noqa: F811
    agreement = Agreement.objects.get(code="HN-VC-2022")
    report = (
        agreement_sheet(agreement.pk, DAY)
        if layout == "portrait"
        else agreement_status(DAY, Agreement.objects.counted())
    )
    page = officer
    page.set_content(to_html(report))
    page.emulate_media(media="print")
    page.set_viewport_size({"width": round(A4_WIDTH[layout] / 25.4 * 96), "height": 1000})
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert page.evaluate(SMALLEST) >= 8 * 96 / 72 - 0.01
    colours = page.evaluate(
        "[...document.querySelectorAll('#content *')].map(one => getComputedStyle(one).color)"
    )
    assert set(colours) == {"rgb(0, 0, 0)"}


def test_an_administrator_uploads_a_word_template(officer, tmp_path):  # noqa: F811
    page = officer
    bad, good = tmp_path / "sai.docx", tmp_path / "đúng.docx"
    bad.write_bytes(saying("{{ so_kyhieu }}"))
    good.write_bytes(saying("Số: …/BC-SNgV"))
    page.goto(reverse("admin:tracker_reporttemplate_add"))
    page.locator("details summary").first.click()
    check(page, "word template")
    for file in (bad, good):
        page.set_input_files("#id_file", str(file))
        page.locator("input[name=_save]").click()
        if file == bad:
            expect(page.locator("#faults")).to_contain_text("so_ky_hieu?")
    expect(page.locator("#result_list tbody tr")).to_have_count(1)
    check(page, "word templates")
