"""The period report as a manager reads it: from a number to its rows to the record, on a wide and a narrow screen."""

import re

import pytest
from playwright.sync_api import expect

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
YEAR = "/reports/period/?period=2022"


def numbers(page, name):
    """The links in the row of a figure: in the period, a year earlier, so far, as far as there are any."""
    return page.locator(
        "#content tbody tr", has=page.locator("th", has_text=re.compile(f"^{name}$"))
    ).locator("a")


def test_from_a_number_to_its_rows_to_the_record(officer):  # noqa: F811
    page = officer
    page.set_viewport_size(WIDE)
    page.goto(YEAR)
    check(page, "period report")
    numbers(page, "Đoàn ra: số đoàn").first.click()
    expect(page).to_have_url(re.compile("#list-out$"))
    expect(page.locator("#list-out tbody tr")).to_have_count(2)
    assert numbers(page, "Đoàn ra: số đoàn").last.get_attribute("href").endswith("#undated-out")
    numbers(page, "Đoàn ra: số đoàn").nth(1).click()  # all so far: the report on delegations
    expect(page).to_have_url(re.compile("/reports/delegations/.*#list-out$"))
    page.locator("#list-out tbody a").first.click()
    expect(page).to_have_url(re.compile("/delegations/delegation/"))


def test_another_period_is_chosen_by_its_name_or_its_days(officer):  # noqa: F811
    page = officer
    page.goto(YEAR)
    page.get_by_label("Kỳ báo cáo").select_option(label="6 tháng đầu năm 2022")
    page.get_by_role("button", name="Xem").click()
    expect(page.locator(".report-head")).to_contain_text("Từ 15/12/2021 đến 14/6/2022")
    page.get_by_label("Từ ngày").fill("1/5/2022")  # takes back the period
    expect(page.get_by_label("Kỳ báo cáo")).to_have_value("")
    page.get_by_label("Đến ngày").fill("31/5/2022")
    page.get_by_role("button", name="Xem").click()
    expect(page.locator(".report-head")).to_contain_text("Từ 1/5/2022 đến 31/5/2022")
    expect(numbers(page, "Đoàn ra: số đoàn").first).to_have_text("1")
    page.get_by_label("Kỳ báo cáo").select_option(label="năm 2022")  # takes back the days
    page.get_by_role("button", name="Xem").click()
    expect(page.locator(".report-head")).to_contain_text("Từ 15/12/2021 đến 14/12/2022")


def test_on_a_narrow_screen_the_figures_come_first(officer):  # noqa: F811
    page = officer
    page.set_viewport_size(NARROW)
    page.goto(YEAR)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert page.locator("#content tbody").first.bounding_box()["y"] < 3 * NARROW["height"]
    page.locator(".report-parts summary").click()
    expect(page.locator(".report-parts a[href='#commitments']")).to_be_visible()
    check(page, "period report, narrow")
