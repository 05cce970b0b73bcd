"""No page breaks the policy for scripts and styles: every page opened in Chromium, what it forbids counted."""

import base64
import hashlib
import re

import pytest
from django.conf import settings
from django.contrib import admin
from django.template.loader import render_to_string
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import Error

from agreements.models import Agreement, User
from tracker.door.policy import ERROR_PAGES_STYLE, POLICY
from tracker.imports.models import ImportBatch
from tracker.interchange import KINDS
from tracker.reports.catalogue import REPORTS
from tracker.reports.frozen.models import FrozenReport
from tracker.reports.word.models import ReportTemplate
from tracker.tests.importers import begin, kept_apart  # noqa: F401
from tracker.tests.test_browser import (  # noqa: F401
    PASSWORD,
    WIDE,
    browser_type_launch_args,
    register,
)

pytestmark = pytest.mark.once


LISTEN = """
window.forbidden = [];
document.addEventListener('securitypolicyviolation', event => window.forbidden.push(
  `${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""
STIR = """() => {
  document.querySelectorAll('.add-row a, details:not([open]) > summary').forEach(one => one.click());
  const box = window.django && django.jQuery && django.jQuery('.select2-hidden-accessible').first();
  if (box && box.length) box.select2('open');
  document.querySelectorAll('.datetimeshortcuts a').forEach(one => one.click());
  const tick = document.querySelector('input.action-select');
  if (tick) tick.click();
}"""
"""What hands do on a page of entry: rows added, boxes and calendars opened, rows ticked."""
ANSWERED = """() => new Promise(done => {
  const look = () => window.django && django.jQuery && django.jQuery.active ? setTimeout(look, 10)
    : requestAnimationFrame(() => setTimeout(done, 10));
  look();
})"""
"""What hands stirred has answered, and was drawn."""


def patterns(resolver=None, namespace=""):
    """[(name, names of its arguments)] of every address of the register."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from patterns(pattern, inner)
        elif pattern.name:
            yield namespace + pattern.name, tuple(pattern.pattern.converters)


def record_of(name):
    """The primary key of some record that a page of the admin shows, or None."""
    for model in admin.site._registry:
        if name.startswith(f"admin:{model._meta.app_label}_{model._meta.model_name}_"):
            return model._default_manager.values_list("pk", flat=True).first()
    return None


def arguments(name, wanted):
    """The values with which an address is opened: [{argument: value}]."""
    if wanted == ("pk",):
        rows = {
            "reports:agreement-sheet": Agreement, "reports:word-template": ReportTemplate,
            "reports:frozen": FrozenReport, "reports:compare": FrozenReport,
        }.get(name, ImportBatch)  # fmt: skip
        return [{"pk": pk} for pk in rows.objects.values_list("pk", flat=True)[:6]]
    if wanted == ("slug",):
        return [{"slug": report.slug} for report in REPORTS]
    if wanted == ("kind",):
        return [{"kind": next(iter(KINDS))}]
    record = record_of(name)
    model = next(
        (m for m in admin.site._registry if f":{m._meta.app_label}_{m._meta.model_name}_" in name), None
    )
    if wanted and record is None:
        return []
    known = {"object_id": record, "id": record}
    if "version_id" in wanted or "history_id" in wanted:
        version = model.history.filter(**{model._meta.pk.name: record}).values_list("pk", flat=True).first()
        known |= {"version_id": version, "history_id": version}
    return [{argument: known.get(argument) for argument in wanted}]


def addresses():
    """Every address that can be opened."""
    for name, wanted in patterns():
        for values in arguments(name, wanted):
            try:
                yield reverse(name, kwargs=values)
            except NoReverseMatch:
                continue
    for app in {model._meta.app_label for model in admin.site._registry}:
        yield reverse("admin:app_list", args=[app])
    yield from (f"/reports/{report.slug}/?on=" for report in REPORTS)
    yield "/khong-co/"
    yield "/admin/agreements/agreement/?q=" + "dai " * 90
    yield "/admin/agreements/agreement/?q=" + "dai " * 3000


def opens(page, address):
    """Whether an address answers with a page; a file is downloaded, an empty answer changes nothing."""
    try:
        answer = page.goto(address)
    except Error as error:
        if "interrupted by another navigation" in str(error):  # the browser's own page about the one before
            return opens(page, address)
        if any(sign in str(error) for sign in ("Download", "ERR_ABORTED", "ERR_HTTP_RESPONSE_CODE_FAILURE")):
            return False
        raise
    return answer.headers.get("content-type", "").startswith("text/html")


@pytest.fixture
def filled(register, kept_apart):  # noqa: F811
    """A register with all that a page can show: imports in several states, a frozen report, a word template."""
    client = Client()
    client.force_login(User.objects.get(username="thu-nghiem"))
    begin(client, "code;name;country\nnguyen-van-a;Nguyễn Văn Á;VN\n")
    begin(client, "ma;ten;nuoc;la lam\nx;y;VN;z\n", name="la.csv")
    begin(client, b"\xff\xfe\x00not a table", name="hong.csv")
    head, row = (
        "code,agreement,text,kind,period,obligors,lead",
        "A1,SL-LPB-2022,Thử,once,2026,Sơn La,Sở Ngoại vụ Sơn Laa",
    )
    begin(client, f"{head}\r\n{row}\r\n", kind="commitments")
    client.post(reverse("reports:keep", args=["agreement-status"]) + "?on=2026-01-01", {"note": "thử"})
    return client


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_no_page_breaks_the_policy(filled, live_server, browser, settings):
    settings.TWO_FACTOR_REQUIRED = True
    context = browser.new_context(viewport=WIDE, base_url=live_server.url, bypass_csp=False)
    context.add_init_script(LISTEN)
    page = context.new_page()
    found, opened = [], []

    def look(where):
        page.evaluate(ANSWERED)
        opened.append(where)
        found.extend(f"{where}: {one}" for one in page.evaluate("window.forbidden"))

    def enter(**fields):
        for name, value in fields.items():
            page.fill(f"[name={name}]", value)
        page.click("#content [type=submit]")
        look(page.url)

    page.goto("/admin/")
    look("login")
    enter(username="thu-nghiem", password=PASSWORD)
    assert page.url.endswith("/second-factor/enrol/")
    totp = TOTP(TOTPDevice.objects.get().bin_key)
    enter(code=f"{totp.token():06}")
    assert page.locator(".recovery-codes li").count() == 10
    settings.TWO_FACTOR_REQUIRED = False
    for address in dict.fromkeys(addresses()):
        if opens(page, address):
            page.evaluate(STIR)
            look(address)
    page.goto("/admin/")
    page.click("#logout-form button")
    look("logged out")
    for _ in range(6):
        page.goto("/admin/login/")
        enter(username="thu-nghiem", password="sai")
    assert "quá nhiều lần" in page.content()
    print(f"{len(found)} violations on {len(opened)} pages in Chromium")
    assert found == []
    assert len(opened) > 120
    context.close()


@pytest.mark.browser
def test_the_listener_hears_what_the_policy_forbids(live_server, browser, db):
    context = browser.new_context(base_url=live_server.url)
    context.add_init_script(LISTEN)
    page = context.new_page()
    page.goto("/admin/login/")
    page.evaluate('document.body.innerHTML += \'<p style="color:red" onclick="x()">\'')
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'x()'}))"
    )
    heard = " ".join(page.evaluate("window.forbidden"))
    assert "style-src-attr" in heard
    assert "script-src-attr" in heard or "script-src-elem" in heard
    context.close()


def test_the_policy_allows_no_script_of_elsewhere_nor_in_the_page():
    assert POLICY["DIRECTIVES"]["script-src"] == ["'self'"]
    assert not any("unsafe" in source for sources in POLICY["DIRECTIVES"].values() for source in sources)


def test_error_pages_carry_the_one_style_that_is_allowed():
    pages = set((settings.BASE_DIR / "tracker" / "templates" / "errors").glob("*.html"))
    assert len(pages) == 9
    for path in pages:
        style = re.search("<style>(.*?)</style>", render_to_string(f"errors/{path.name}"), re.DOTALL)[1]
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        assert f"'sha256-{digest}'" == ERROR_PAGES_STYLE, path.name


@pytest.mark.parametrize("answer", ["404", "414"])
def test_error_pages_bear_the_policy_too(client, db, answer):
    page = client.get("/x/") if answer == "404" else client.get("/?q=" + "x" * 9000)
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
