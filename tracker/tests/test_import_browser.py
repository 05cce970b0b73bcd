"""An import in a real browser: 10 000 rows uploaded, reviewed, one name chosen, written, undone."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from agreements.models import Agreement, Commitment, User
from tracker.imports import working
from tracker.imports.models import ImportBatch
from tracker.tests.test_browser import (  # noqa: F401
    browser_context_args,
    browser_type_launch_args,
    check,
    officer,
    register,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ROWS, PATIENCE = 10_000, 60_000
MISSPELT = "Sở Ngoại vụ Sơn Laa"


@pytest.fixture(autouse=True)
def _kept_apart(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def large_file():
    """Commitments of one agreement; every tenth is led by a body whose name is misspelt."""
    head = "code,agreement,text,kind,period,obligors,lead\r\n"
    lines = (
        f"NHAP-{row:05d},SL-LPB-2022,Đào tạo lớp thứ {row} cho cán bộ Luông Pha Bang,once,2026,"
        f"Sơn La,{MISSPELT if row % 10 == 0 else ''}\r\n"
        for row in range(1, ROWS + 1)
    )
    return (head + "".join(lines)).encode("utf-8-sig")


def wait_until_done(page):
    """Until no step is at work: the page that waits refreshes itself."""
    expect(page.locator("[data-progress]")).to_have_count(0, timeout=PATIENCE)


def upload(page, name, content):
    page.goto("/admin/agreements/commitment/")
    page.click("a.import_link")
    check(page, "new import")
    page.set_input_files("#id_file", {"name": name, "mimeType": "text/csv", "buffer": content})
    page.click(".import-new button[type=submit]")
    expect(page.locator("h1")).to_contain_text(name, timeout=PATIENCE)
    wait_until_done(page)


def test_ten_thousand_rows_are_reviewed_answered_written_and_undone(officer):  # noqa: F811
    page, before = officer, Commitment.objects.count()
    upload(page, "cam-ket.csv", large_file())
    expect(page.locator(".question")).to_have_count(1)
    expect(page.locator(".question legend")).to_contain_text(MISSPELT)
    expect(page.locator(".states a[data-state=refused]")).to_contain_text("1.000")
    check(page, "review with a question")
    assert Commitment.objects.count() == before

    page.locator(".question .choices button").first.click()
    expect(page.locator(".question")).to_have_count(0, timeout=PATIENCE)
    wait_until_done(page)
    expect(page.locator(".states a[data-state=new]")).to_contain_text("10.000")
    check(page, "review")

    page.dblclick(".main-actions button.default")
    expect(page.locator(".verdict.good", has_text="10.000")).to_be_visible(timeout=PATIENCE)
    wait_until_done(page)
    job = ImportBatch.objects.get()
    expect(page.locator(".import-note")).to_have_count(0)
    assert (job.state, Commitment.objects.count()) == ("written", before + ROWS)
    assert Commitment.objects.get(code="NHAP-00010").roles.filter(role="lead").count() == 1
    check(page, "written")

    page.click(f"a[href='{reverse('imports:undo', args=[job.pk])}']")
    check(page, "undo")
    page.click(".button.danger")
    expect(page.locator(".import-facts")).to_be_visible(timeout=PATIENCE)
    wait_until_done(page)
    job.refresh_from_db()
    assert (job.state, Commitment.objects.counted().count()) == ("undone", before)
    assert Commitment.objects.withdrawn().count() == ROWS


def test_the_page_that_waits_shows_how_far_the_work_is(officer):  # noqa: F811
    page = officer
    job = working.begin(
        kind="people", owner=User.objects.get(), content=b"code;name\n", file_name="nhieu.csv"
    )
    (job.path / "step").write_text("plan")
    working.tell(job, 4200, 10_000)
    page.goto(reverse("imports:job", args=[job.pk]))
    bar = page.locator("progress")
    expect(page.locator(".far")).to_have_text("42% – 4.200 trên 10.000 dòng")
    assert bar.evaluate("bar => bar.position") == 0.42
    check(page, "waiting")
    working.tell(job, 8400, 10_000)
    expect(page.locator(".far")).to_have_text("84% – 8.400 trên 10.000 dòng")
    assert bar.evaluate("bar => bar.position") == 0.84
    working.plan(job)
    (job.path / "step").unlink()
    expect(page.locator("progress")).to_have_count(0)
    expect(page.locator(".verdict")).to_be_visible()


def test_the_nearest_column_and_kind_stand_ready_and_the_rows_are_seen_meanwhile(officer):  # noqa: F811
    page = officer
    upload(page, "lech.csv", "code,agreement,text,kin,period\nT-1,SL-LPB-2022,Đào tạo,once,2026\n".encode())
    expect(page.locator(".question select")).to_have_value("kind")
    expect(page.locator("#rows td", has_text="Đào tạo")).to_be_visible()
    expect(page.locator(".main-actions .default")).to_have_count(0)
    check(page, "unknown column")
    page.click(".questions .import-actions button")
    expect(page.locator(".main-actions .default")).to_have_text("Ghi 1 dòng vào sổ")


def test_a_name_is_typed_and_suggested(officer):  # noqa: F811
    page = officer
    agreement = Agreement.objects.get(code="SL-LPB-2022")
    row = f"T-1,{agreement.code},Đào tạo,once,2026,Tỉnh không ai biết đến\n"
    upload(page, "mot.csv", ("code,agreement,text,kind,period,obligors\n" + row).encode())
    field = page.locator("input[data-names]")
    field.press_sequentially("son la")
    option = page.locator("datalist option", has_text="Sơn La").first
    expect(option).to_have_count(1)
    field.fill(option.get_attribute("value"))
    page.click(".questions .import-actions button")
    expect(page.locator(".question")).to_have_count(0, timeout=PATIENCE)
    expect(page.locator("td i", has_text="Sơn La").first).to_be_visible()


def test_the_list_and_the_exports_are_accessible_and_nothing_overflows(officer):  # noqa: F811
    page = officer
    upload(page, "hong.csv", "code,agreement,text,màu\nT-1,KHONG-CO,Đào tạo,đỏ\n".encode())
    page.locator(".question .choices button").first.click()
    expect(page.locator("td.bad")).to_be_visible(timeout=PATIENCE)
    check(page, "refused rows")
    for address in (reverse("imports:index"), reverse("exports:index")):
        page.goto(address)
        check(page, address)
    page.goto("/admin/agreements/commitment/")
    page.click(".export-menu summary")
    check(page, "menu of the list")
    with page.expect_download() as download:
        page.click(".export-menu a.export_link")
    assert download.value.suggested_filename.endswith(".xlsx")
