"""Every report page of the catalogue in a browser: accessible at both widths, sortable, printed whole on A4."""

import re
from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from agreements.models import Agreement, Body, Commitment
from agreements.tests.builders import make_progress
from tracker.reports.catalogue import REPORTS, build
from tracker.reports.document import to_html
from tracker.reports.frozen.models import freeze
from tracker.reports.pieces import address as counting
from tracker.reports.table import Column, make_table
from tracker.tests.paper import pages_of, words_on_paper
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
SLUGS = [report.slug for report in REPORTS]
WORDS = re.compile(r"\w+")
TEXTS = """() => [...document.querySelectorAll('.figure-table, .notes, svg text')].flatMap(one => {
  const found = [], walk = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) found.push(walk.currentNode.textContent);
  return found;
})"""
"""The texts of tables, notes and drawings."""


def address(slug):
    """A report with rows: from the first facts of the seeds to the day when their agreements have ended."""
    asked = "begin=2017-01-01&end=2026-03-01&on=2026-03-01"
    if slug == "relation":
        ours, theirs = (Body.objects.get(code=code).pk for code in ("VN2025-01", "LA-VT"))
        asked += f"&place={ours}&partner={theirs}"
    return f"{reverse('reports:report', args=[slug])}?{asked}"


@pytest.mark.parametrize("slug", SLUGS)
def test_a_report_page_is_accessible_and_printed_whole(officer, slug, tmp_path):  # noqa: F811
    page = officer
    page.goto(address(slug))
    page.set_viewport_size(NARROW)
    check(page, slug)
    page.set_viewport_size(WIDE)
    check(page, slug)
    told = page.evaluate(TEXTS)
    assert told
    file = tmp_path / "page.pdf"
    page.pdf(path=file, prefer_css_page_size=True)
    text = words_on_paper(file)
    missing = {word for one in told for word in WORDS.findall(one) if word not in text}
    assert not missing, f"{slug}: not on paper: {sorted(missing)[:10]}"


def test_frozen_reports_and_what_counts_toward_a_commitment_are_accessible(officer):  # noqa: F811
    page, day = officer, date(2026, 3, 1)
    report = build("agreement-status", {"on": day.isoformat()}, day)
    kept = freeze(report, "agreement-status", {"on": day.isoformat()}, note="12/BC-SNgV")
    Agreement.objects.filter(code="SL-LPB-2022").update(title="Tên khác")
    commitment = Commitment.objects.first()
    make_progress(commitment, "2023-05-01", "in_progress")
    for name, place in {
        "frozen list": reverse("reports:frozen-list"),
        "frozen copy": reverse("reports:frozen", args=[kept.pk]),
        "comparison": reverse("reports:compare", args=[kept.pk]),
        "what counts": counting(commitment.pk, day),
    }.items():
        page.goto(place)
        expect(page.locator("table tbody tr").first).to_be_visible()
        for size in (NARROW, WIDE):
            page.set_viewport_size(size)
            check(page, name)


# Sorting -----------------------------------------------------------------------------------------
def column(page, key):
    return page.locator(f"tbody .col-{key}").all_inner_texts()


def test_a_table_sorts_by_keyboard_by_words_and_by_value(officer):  # noqa: F811
    page = officer
    page.goto(address("commitment-progress"))
    before = column(page, "group")
    button = page.locator("thead .col-group button.sort").first
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("thead .col-group").first).to_have_attribute("aria-sort", "ascending")
    table = page.locator("table.figure-table").first
    names = table.locator("tbody .col-group").all_inner_texts()
    assert sorted(names) == sorted(before)
    order = page.evaluate("names => [...names].sort(new Intl.Collator('vi').compare)", names)
    assert names == order
    for key, direction in (("Enter", "descending"), ("Enter", None)):
        page.keyboard.press(key)
        if direction:
            assert table.locator("tbody .col-group").all_inner_texts() == order[::-1]
    assert table.locator("tbody .col-group").all_inner_texts() == before[: len(names)]
    page.locator("thead .col-all button.sort").first.click()
    numbers = [int(text) for text in table.locator("tbody .col-all").all_inner_texts()]
    assert numbers == sorted(numbers)
    assert len(set(numbers)) > 1


def test_parts_stay_under_their_whole_and_totals_at_the_end(officer):  # noqa: F811
    page = officer
    page.goto(address("delegations"))
    table = page.locator("section#by-unit table")
    table.locator("thead .col-unit button.sort").click()
    totals = page.evaluate(
        "[...document.querySelectorAll('#by-unit tbody tr')].map(row => !!row.querySelector('.total'))"
    )
    assert any(totals)
    assert totals == sorted(totals)


# From a number to its source -----------------------------------------------------------------------
def open_source(page):
    """From the record that is open to the first document that it cites."""
    page.locator("a.open-document").first.click()
    expect(page.locator("#id_title")).to_be_visible()


def test_from_a_count_of_commitments_to_the_source_of_one(officer):  # noqa: F811
    page = officer
    page.goto(address("commitment-progress"))
    page.locator("tbody .col-all a").first.click()
    page.locator(
        "#commitments tbody td a[href*='/commitment/'], #commitments tbody th a[href*='/commitment/']"
    ).first.click()
    expect(page.locator("#id_text")).to_be_visible()
    open_source(page)


def test_from_a_status_to_the_sheet_and_its_source(officer):  # noqa: F811
    page = officer
    page.goto(f"{address('agreement-status')}")
    page.locator("tbody tr", has_text="HN-VC-2022").locator("a").first.click()
    expect(page.locator("#sources")).to_be_visible()
    page.locator("#sources a").first.click()
    expect(page.locator("#id_title")).to_be_visible()


def test_from_a_sum_of_aid_to_the_source_of_its_line(officer):  # noqa: F811
    page = officer
    page.goto(address("aid"))
    page.locator("tbody .col-total a").first.click()
    page.locator("#aid-rows tbody a[href*='/delivery/']").first.click()
    expect(page.locator("#id_held")).to_be_visible()
    open_source(page)


def test_from_a_count_of_delegations_to_the_source_of_one(officer):  # noqa: F811
    page = officer
    page.goto(address("delegations"))
    page.locator("tbody .col-delegations a").first.click()
    page.locator("#list-out tbody a[href*='/delegation/']").first.click()
    expect(page.locator("#id_name")).to_be_visible()
    open_source(page)


def test_the_heads_of_a_table_stand_on_each_of_its_pages(officer, tmp_path):  # noqa: F811
    page = officer
    page.goto(address("commitment-progress"))
    file = tmp_path / "page.pdf"
    page.pdf(path=file, prefer_css_page_size=True)
    pages = pages_of(file)
    assert len(pages) > 2
    assert all("Vì sao" in one for one in pages if "chưa ghi nhận hoạt động" in one)


def test_no_head_of_a_table_stands_alone_at_the_foot_of_a_page(officer, tmp_path):  # noqa: F811
    """Tables of two tall rows, so many that heads fall on every height of a page."""
    columns = (Column("name", "Tên"), Column("text", "Nội dung"))
    below = tuple(
        make_table(f"bang-{number}", f"Bảng {number}", columns, [(f"DÒNG-{number}.", "chữ " * 220)] * 2)
        for number in range(100, 130)
    )
    page = officer
    page.set_content(to_html(make_table("thu", "Thử", columns, [], as_of=date(2023, 6, 30), below=below)))
    page.pdf(path=tmp_path / "trang.pdf", prefer_css_page_size=True)
    for text in pages_of(tmp_path / "trang.pdf"):
        assert set(re.findall(r"Bảng (\d+)", text)) <= set(re.findall(r"DÒNG-(\d+)\.", text))


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_a_list_that_is_wider_than_its_page_says_so(officer, size):  # noqa: F811
    page = officer
    page.set_viewport_size(size)
    page.goto(reverse("admin:agreements_commitment_changelist"))
    box = page.locator("#changelist .results")
    scrolls = box.evaluate("one => one.scrollWidth > one.clientWidth + 1")
    assert scrolls or size == WIDE
    hint = page.locator("#changelist .scroll-hint")
    expect(hint).to_be_visible() if scrolls else expect(hint).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_paper_asks_nobody_to_move_a_table_sideways(officer):  # noqa: F811
    page = officer
    page.set_viewport_size(NARROW)
    page.goto(address("agreement-status"))
    box = page.locator(".table-box.scrolls").first
    hint = page.locator(".scroll-hint:has(+ .table-box.scrolls)").first
    expect(hint).to_be_visible()
    page.emulate_media(media="print")
    expect(hint).to_be_hidden()
    assert box.evaluate("one => getComputedStyle(one).borderRightWidth") == "0px"


def test_what_distinguishes_commitments_has_room(officer):  # noqa: F811
    """The columns with most words are not the narrowest ones."""
    page = officer
    page.set_viewport_size(WIDE)
    page.goto(address("commitment-progress"))
    widths = {
        key: page.locator(f"#commitments thead .col-{key}").bounding_box()["width"]
        for key in ("agreement", "state")
    }
    assert widths["agreement"] >= 150
    assert widths["state"] >= 140
