"""Two officers at one record, withdrawing and restoring, in a real browser: by keyboard, on two screens."""

import os

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from agreements.models import Agreement, User
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
PICTURES = os.environ.get("PICTURES")
"""A folder to keep pictures in, for people who look at pages."""


def picture(page, name):
    """Check the page with axe and on both screens; keep pictures of it where somebody wants them."""
    check(page, name)
    for size in (NARROW, WIDE) if PICTURES else ():
        page.set_viewport_size(size)
        page.screenshot(path=f"{PICTURES}/{name}-{size['width']}.png", full_page=True)


def change(record):
    return reverse("admin:agreements_agreement_change", args=[record.pk])


def colleague_saves(record, **values):
    """What another officer saves meanwhile."""
    other = User.objects.create_user("dong-nghiep", full_name="Trần Thị Bình")
    record = Agreement.objects.get(pk=record.pk)
    for name, value in values.items():
        setattr(record, name, value)
    record._history_user = other
    record.save()


def test_an_officer_chooses_by_keyboard_what_stands(officer):  # noqa: F811
    page, agreement = officer, Agreement.objects.get(code="SL-LPB-2022")
    page.goto(change(agreement))
    colleague_saves(
        agreement, title="Thỏa thuận hợp tác Sơn La – Luông Pha Bang (bản ký)", note="Đã đối chiếu bản ký"
    )
    page.fill("#id_title", "Thỏa thuận hợp tác giữa Sơn La và Luông Pha Bang giai đoạn 2022–2025")
    page.click("input[name=_continue]")
    expect(page.get_by_role("alert")).to_contain_text("Trần Thị Bình")
    picture(page, "merge")
    page.locator("fieldset.choice input").first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("input[value=mine]")).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist .success")).to_be_visible(timeout=30_000)
    agreement.refresh_from_db()
    assert agreement.title == "Thỏa thuận hợp tác giữa Sơn La và Luông Pha Bang giai đoạn 2022–2025"
    assert agreement.note == "Đã đối chiếu bản ký"


def test_an_agreement_is_withdrawn_found_and_restored(officer):  # noqa: F811
    page, agreement = officer, Agreement.objects.get(code="SL-LPB-2022")
    page.goto(change(agreement))
    page.get_by_role("link", name="Rút", exact=True).click()
    expect(page.locator("#id_reason")).to_be_visible()
    picture(page, "withdraw")
    page.fill("#id_reason", "Nhập trùng với bản của Sở Ngoại vụ")
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist .success")).to_contain_text("Đã rút")
    page.goto(reverse("admin:agreements_agreement_changelist") + "?withdrawn=1")
    picture(page, "withdrawn-list")
    page.get_by_role("link", name=agreement.title).first.click()
    expect(page.locator("h1")).to_be_visible()
    picture(page, "withdrawn")
    page.get_by_role("button", name="Khôi phục").click()
    expect(page.locator("input[name=_save]").first).to_be_visible()
    agreement.refresh_from_db()
    assert agreement.withdrawn_on is None


def test_what_was_typed_into_a_withdrawn_record_is_kept(officer):  # noqa: F811
    page, agreement = officer, Agreement.objects.get(code="SL-LPB-2022")
    page.goto(change(agreement))
    colleague_saves(agreement, withdrawn_on="2026-11-25", withdrawn_reason="nhập trùng")
    page.fill("#id_note", "Ghi chú đã gõ rất lâu")
    page.click("input[name=_save]")
    expect(page.locator("dl.version")).to_contain_text("Ghi chú đã gõ rất lâu")
    picture(page, "gone")
    page.get_by_role("button", name="Nhập thành bản ghi mới").click()
    expect(page.locator("#id_note")).to_have_value("Ghi chú đã gõ rất lâu")
