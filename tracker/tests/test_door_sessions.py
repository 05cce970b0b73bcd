"""How long somebody stays logged in."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from agreements.models import User
from tracker.door import sessions
from tracker.door.headers import PERMISSIONS

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PASSWORD = "mật khẩu dài của tôi"
HOME, LOGIN = "/admin/", "/admin/login/"


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands still until it is moved."""

    class Clock:
        now = 1_800_000_000

        def time(self):
            return self.now

    clock = Clock()
    monkeypatch.setattr(sessions, "time", clock)
    return clock


@pytest.fixture
def officer(clock):
    User.objects.create_superuser("can-bo", password=PASSWORD)
    client = Client()
    assert client.post(LOGIN, {"username": "can-bo", "password": PASSWORD}).status_code == 302
    return client


def is_in(client, page=HOME):
    return client.get(page).status_code == 200


def test_half_an_hour_without_a_page_ends_the_session(officer, clock):
    clock.now += 30 * 60 - 1
    assert is_in(officer)
    clock.now += 30 * 60
    page = officer.get(HOME, follow=True)
    assert page.redirect_chain[-1][0] == f"{LOGIN}?next={HOME}"
    assert "30 phút" in page.content.decode()


def test_eight_hours_end_the_session_of_somebody_busy(officer, clock):
    for _ in range(8 * 3 - 1):
        clock.now += 20 * 60
        assert is_in(officer)
    clock.now += 20 * 60
    page = officer.get(HOME, follow=True)
    assert page.redirect_chain[-1][0] == f"{LOGIN}?next={HOME}"
    assert "8 giờ" in page.content.decode()


def test_the_sign_of_life_is_written_once_a_minute(officer, clock):
    written, light = [], reverse("admin:password_change")
    for _second in range(181):
        clock.now += 1
        assert is_in(officer, light)
        written.append(Session.objects.get().get_decoded()["seen"])
    print(f"{len(written)} pages in 181 seconds: {len(set(written)) - 1} stamps written")
    assert len(set(written)) == 4  # that of the login, and after 60, 120, 180 seconds


def test_typing_counts_as_being_there(officer, clock):
    clock.now += 29 * 60
    assert officer.get("/still-here").status_code == 204
    clock.now += 29 * 60
    assert is_in(officer)
    assert "/still-here" in officer.get(HOME).content.decode()
    assert Client().get("/still-here").status_code == 302


def test_a_session_without_stamps_is_over(officer):
    session = officer.session
    del session["seen"]
    session.save()
    assert not is_in(officer)


def test_the_cookie_ends_with_the_browser_and_is_no_matter_of_scripts(officer):
    cookie = officer.cookies["sessionid"]
    assert (cookie["expires"], cookie["max-age"]) == ("", "")
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_session_known_before_the_login_is_worth_nothing_after_it(clock):
    User.objects.create_superuser("can-bo", password=PASSWORD)
    planted = Client()
    planted.session.save()
    before = planted.cookies["sessionid"].value
    victim = Client()
    victim.cookies["sessionid"] = before
    victim.post(LOGIN, {"username": "can-bo", "password": PASSWORD})
    assert victim.cookies["sessionid"].value != before
    assert is_in(victim)
    assert not is_in(planted)


def test_a_cookie_is_worth_nothing_after_the_logout(officer):
    stolen = Client()
    stolen.cookies["sessionid"] = officer.cookies["sessionid"].value
    assert is_in(stolen)
    officer.post("/admin/logout/")
    assert not is_in(stolen)


# Headers -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "path", [HOME, "/reports/", "/admin/agreements/agreement/", "/imports/", "/exports/", "/x/"]
)
def test_pages_of_somebody_logged_in_stay_in_no_cache(officer, path):
    headers = officer.get(path).headers
    assert {"no-store", "private"} <= set(headers["Cache-Control"].split(", "))
    assert headers["Permissions-Policy"] == PERMISSIONS
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    rules = [rule.strip() for rule in headers["Content-Security-Policy"].split(";")]  # in any order
    assert "script-src 'self'" in rules
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_words_of_scripts_may_stay(officer):
    assert "no-store" not in officer.get("/admin/jsi18n/").headers.get("Cache-Control", "")
