"""The product in a real browser: an officer enters an agreement and what was handed over, and sees it reported."""

import os
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from agreements.models import Agreement, Commitment, User
from delegations.models import Delivery
from tracker.loading import load_reference, load_seeds

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-gpu-rasterization",  # Debian asks for it; without a card it is drawn in software
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
]
PASSWORD = "thu-nghiem-ba-chin"
WIDE, NARROW = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    if not CHROMIUM:
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail("Chromium is required (REQUIRE_BROWSER=1): install Debian's package chromium.")
        pytest.skip("Chromium is not installed: browser tests are skipped.")
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": FLAGS}


@pytest.fixture
def register(db):
    load_reference()
    load_seeds()
    admin = User.objects.create_superuser("thu-nghiem", password=PASSWORD, full_name="Cán bộ thử")
    admin.office_id = Agreement.objects.get(code="SL-LPB-2022").office_id
    admin.save()


@pytest.fixture
def browser_context_args(browser_context_args, live_server):
    """A browser that prefers English still gets Vietnamese pages; axe needs the page's CSP out of its way."""
    return {"viewport": WIDE, "base_url": live_server.url, "locale": "en-US", "bypass_csp": True}


@pytest.fixture
def officer(register, page, live_server):
    """A page of the browser in which an officer has logged in (how: test_an_officer_logs_in)."""
    page.set_default_timeout(15_000)
    client = Client()
    client.force_login(User.objects.get(username="thu-nghiem"))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )
    return page


@pytest.mark.usefixtures("register")
def test_an_officer_logs_in(page):
    page.goto("/")
    check(page, "login")
    page.fill("#id_username", "thu-nghiem")
    page.fill("#id_password", PASSWORD)
    page.click("input[type=submit]")
    expect(page.locator("h1")).to_contain_text("Hôm nay")


CUT = """() => [...document.querySelectorAll(".form-row, .rows")].flatMap(box =>
    [...box.querySelectorAll("input, select, textarea, .select2-container")].filter(one => {
        const inner = one.getBoundingClientRect(), outer = box.getBoundingClientRect();
        return inner.width > 1 && (inner.right > outer.right + 1 || inner.left < outer.left - 1);
    }).map(one => one.id || one.className))"""
"""The controls of a form that reach beyond the box they stand in."""


UNSEEN = """async () => {
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))); // a new width has been seen
    return [
        ...[...document.querySelectorAll(".form-row input[type=checkbox], .form-row input[type=radio]")]
            .filter(one => one.checkVisibility() && (one.offsetWidth < 10 || one.offsetWidth > 40)),
        ...[...document.querySelectorAll(".table-box:not(.scrolls)")]
            .filter(one => one.scrollWidth > one.clientWidth + 1),
        ...[...document.querySelectorAll("#header svg")].filter(one => one.getBoundingClientRect().width > 40),
    ].map(one => one.id || one.outerHTML.slice(0, 80));
}"""
"""Ticks that are squeezed to nothing or drawn out, tables that go on without a sign of it, pictures without a size."""


def check(page, name):
    """axe-core finds nothing on the page, nothing overflows at either width, and nothing is out of sight."""
    page.wait_for_load_state()  # what follows a click may still be on its way
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    told = [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"][:3]]
    assert not told, f"axe on {name}:\n" + "\n".join(told)
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, f"{name} overflows by {over} px at {size['width']}"
        cut = page.evaluate(CUT)
        assert not cut, f"{name}: cut off at {size['width']}: {cut}"
        unseen = page.evaluate(UNSEEN)
        assert not unseen, f"{name}: out of sight at {size['width']}: {unseen}"


def choose(page, field, typed, label):
    """Choose `label` in the autocomplete `field` after typing `typed`."""
    page.locator(f"#id_{field} + .select2-container").click()
    page.locator(".select2-search__field").last.fill(typed)
    page.locator(".select2-results__option", has_text=label).first.click()


def save(page):
    page.click("input[name=_save]")
    expect(page.locator(".messagelist .success")).to_be_visible()


def enter_agreement(page):
    page.goto("/admin/")
    page.click("text=Nhập thỏa thuận")
    page.fill("#id_title", "Biên bản thỏa thuận thử Sơn La – Hủa Phăn")
    page.select_option("#id_kind", label="Biên bản thỏa thuận")
    page.fill("#id_signed_on", "5/6/2026")
    page.fill("#id_period", "2026–2030")
    choose(page, "roles-party-0-body", "son la", "Sơn La")
    page.locator("#roles-party-group .add-row a").click()
    choose(page, "roles-party-1-body", "hua phan", "Hủa Phăn")
    page.locator("#roles-signatory-group .add-row a").click()
    page.fill("#id_roles-signatory-0-title", "Phó Chủ tịch UBND tỉnh")
    save(page)
    return Agreement.objects.get(title__contains="Hủa Phăn")


def enter_commitment(page, agreement):
    page.goto(f"/admin/agreements/commitment/add/?agreement={agreement.pk}")
    page.fill("#id_text", "Hỗ trợ thiết bị y tế cho Hủa Phăn")
    page.select_option("#id_kind", label="một lần")
    page.fill("#id_period", "2026")
    save(page)


LINES = [
    # item typed, item, quantity, unit, amount
    ("may tho", "Máy thở", "2", "chiếc", ""),
    ("khau trang y te", "Khẩu trang y tế", "15.000", "chiếc", ""),
    ("khau trang vai", "Khẩu trang vải", "5.000", "chiếc", ""),
    ("sat khuan", "Dung dịch sát khuẩn tay", "1.000", "chai", ""),
    ("tien mat", "Tiền mặt", "", "", "300 triệu đồng"),
]


def enter_delivery(page, agreement):
    page.goto("/admin/delegations/delivery/add/")
    page.fill("#id_held", "7/2026")
    choose(page, "roles-giver-0-body", "son la", "Sơn La")
    choose(page, "roles-receiver-0-body", "hua phan", "Hủa Phăn")
    for number, (typed, item, quantity, unit, amount) in enumerate(LINES):
        if number:
            page.locator("#lines-group .add-row a").click()
        choose(page, f"lines-{number}-item", typed, item)
        page.fill(f"#id_lines-{number}-quantity", quantity)
        if unit:
            page.select_option(f"#id_lines-{number}-unit", label=unit)
        page.fill(f"#id_lines-{number}-amount", amount)
    page.locator("#contributions-group .add-row a").click()
    choose(page, "contributions-0-agreement", "hua phan", agreement.title)
    save(page)


def test_an_officer_enters_an_agreement_and_sees_it_reported(officer):
    page = officer
    agreement = enter_agreement(page)
    assert str(agreement.signed_first) == "2026-06-05"  # day first
    assert [role.role for role in agreement.roles.order_by("role")] == ["party", "party", "signatory"]
    enter_commitment(page, agreement)
    enter_delivery(page, agreement)
    delivery = Delivery.objects.get(held="2026-07")
    assert [line.quantity for line in delivery.lines.all()] == [2, 15_000, 5_000, 1_000, None]
    cash = delivery.lines.get(number=5)
    assert (cash.amount, cash.currency.code) == (300_000_000, "VND")

    page.goto(reverse("reports:report", args=["agreement-status"]) + "?on=1/8/2026")
    row = page.locator("tr", has_text="Hủa Phăn").first
    expect(row).to_contain_text("300.000.000")
    expect(row).to_contain_text("2026–2030")
    row.locator("a").first.click()
    sheet = page.locator("main")
    for told in ("Khẩu trang y tế", "15.000", "Phó Chủ tịch UBND tỉnh", "Hỗ trợ thiết bị y tế cho Hủa Phăn"):
        expect(sheet).to_contain_text(told)


def test_pages_are_accessible_and_nothing_overflows(officer):
    page = officer
    agreement = Agreement.objects.get(code="HN-VC-2022")
    delivery = Delivery.objects.get(code="SL-2020-A")
    for name, address in {
        "home": "/admin/",
        "list": "/admin/agreements/agreement/",
        "form": f"/admin/agreements/agreement/{agreement.pk}/change/",
        "empty form": "/admin/agreements/agreement/add/",
        "delivery": f"/admin/delegations/delivery/{delivery.pk}/change/",
        "report": reverse("reports:report", args=["agreement-status"]),
        "sheet": reverse("reports:agreement-sheet", args=[agreement.pk]),
        "empty delivery": "/admin/delegations/delivery/add/",
        "commitments": "/admin/agreements/commitment/",
        "staff": f"/admin/agreements/user/{User.objects.get().pk}/change/",
        "new staff": "/admin/agreements/user/add/",
        "group": f"/admin/auth/group/{Group.objects.first().pk}/change/",
        "history": f"/admin/agreements/agreement/{agreement.pk}/history/",
        "import": "/admin/agreements/agreement/import/",
        "password": "/admin/password_change/",
        "password of staff": f"/admin/agreements/user/{User.objects.get().pk}/password/",
        "system": "/status/",
        "exports": "/exports/",
        "commitment": f"/admin/agreements/commitment/{Commitment.objects.first().pk}/change/",
    }.items():
        page.goto(address)
        check(page, name)


def test_what_is_wrong_is_one_click_from_its_field(officer):
    page = officer
    page.goto("/admin/agreements/agreement/add/")
    page.fill("#id_signed_on", "30/2/2026")
    page.click("input[name=_save]")
    note = page.locator("#faults")
    expect(note).to_contain_text("Chưa lưu. Còn")
    check(page, "form with faults")
    note.locator("a[href='#id_signed_on']").click()
    expect(page.locator("#id_signed_on")).to_be_in_viewport()
    expect(page.locator(".field-signed_on .errorlist")).to_contain_text("không có ngày 30")


def test_all_of_a_line_is_in_sight_without_scrolling_sideways(officer):
    page = officer
    page.goto("/admin/delegations/delivery/add/")
    page.locator("#lines-group .add-row a").click()
    for number in (0, 1):
        for cell in ("number", "of_which", "description", "quantity", "unit", "amount", "currency"):
            box = page.locator(f"#id_lines-{number}-{cell}").bounding_box()
            assert box["x"] >= 0, cell
            assert box["x"] + box["width"] <= WIDE["width"], cell
            assert page.locator(f"#id_lines-{number}-{cell}").get_attribute("aria-label")
    beside = [page.locator(f"#id_lines-0-{cell}").bounding_box()["y"] for cell in ("amount", "currency")]
    assert abs(beside[0] - beside[1]) < 8


def test_the_day_of_a_list_may_be_typed(officer):
    page = officer
    page.goto("/admin/agreements/agreement/?effect=now")
    page.click("summary:has-text('Tính đến ngày')")
    page.fill("#filter-day", "30/6/2023")
    page.click(".day-form button")
    expect(page.locator(".filter summary strong").filter(has_text="30/6/2023")).to_be_visible()
    assert "effect=now" in page.url
