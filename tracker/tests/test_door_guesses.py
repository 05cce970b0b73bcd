"""Guessing passwords: few are tried, and the owner is not locked out from elsewhere."""

import os
import threading
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client, RequestFactory
from waitress.proxy_headers import proxy_headers_middleware

from agreements.models import User
from tracker.door.guesses import client_address

pytestmark = pytest.mark.once

GUESSES = int(os.environ.get("GUESSES", "200"))
PASSWORD = "mật khẩu dài của tôi"
ATTACKER, OWNER, PROXY = "203.0.113.9", "192.0.2.7", "10.0.0.1"


@pytest.fixture
def owner(db):
    return User.objects.create_user("can-bo", password=PASSWORD, is_staff=True)


@pytest.fixture
def tried(monkeypatch):
    """The passwords that were held against a stored one."""
    seen = []

    def counting(password, *args, **kwargs):
        seen.append(password)
        return check_password(password, *args, **kwargs)

    monkeypatch.setattr("django.contrib.auth.base_user.check_password", counting)
    return seen


def log_in(password, address=ATTACKER, username="can-bo", **headers):
    form = {"username": username, "password": password}
    return Client().post("/admin/login/", form, REMOTE_ADDR=address, **headers)


def test_of_many_guesses_few_are_tried_and_the_owner_gets_in(owner, tried):
    statuses = [log_in(f"đoán lần thứ {number}").status_code for number in range(GUESSES)]
    print(f"{len(statuses)} guesses from one address: {len(tried)} tried")
    assert len(tried) == 5
    assert statuses[:4] == [200] * 4
    assert set(statuses[4:]) == {429}
    assert log_in(PASSWORD).status_code == 429
    assert log_in(PASSWORD, OWNER).status_code == 302


def test_the_page_says_how_long_to_wait_and_who_helps(owner):
    for _ in range(5):
        answer = log_in("sai")
    page = answer.content.decode()
    assert "Đợi 15 phút" in page
    assert "quản trị viên" in page
    assert answer.headers["Retry-After"] == "900"


def test_after_a_quarter_of_an_hour_the_right_password_is_enough(owner):
    for _ in range(20):
        log_in("sai")
    AccessAttempt.objects.update(
        attempt_time=AccessAttempt.objects.get().attempt_time - timedelta(minutes=14)
    )
    assert log_in(PASSWORD).status_code == 429
    AccessAttempt.objects.update(attempt_time=AccessAttempt.objects.get().attempt_time - timedelta(minutes=1))
    assert log_in(PASSWORD).status_code == 302


def test_a_right_password_clears_what_was_mistyped(owner):
    for _ in range(3):
        for _ in range(4):
            assert log_in("sai", OWNER).status_code == 200
        assert log_in(PASSWORD, OWNER).status_code == 302


@pytest.mark.parametrize("written", ["can-bo ", " can-bo", "ｃａｎ-ｂｏ", "can-bo\n"])
def test_another_spelling_of_the_name_is_no_new_name(owner, tried, written):
    for spelling in ["can-bo", written] * 5:
        log_in("sai", username=spelling)
    assert len(tried) == 5


def wide(letter):
    """A letter of ASCII in the width of Chinese ones."""
    return chr(ord(letter) + 0xFEE0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "names",
    [
        ["can-bo"] * 16,
        ["".join(wide(x) if n >> i & 1 else x for i, x in enumerate("can-bo")) for n in range(16)],
        [" " * number + "can-bo" for number in range(16)],
    ],
)
def test_guesses_at_once_do_not_come_past_the_count(owner, tried, names):
    gate = threading.Barrier(16)

    def guess(number):
        gate.wait()
        log_in(f"đoán {number}", username=names[number])
        connection.close()

    threads = [threading.Thread(target=guess, args=[number]) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"16 guesses at once in {len(set(names))} spellings: {len(tried)} tried")
    assert len(tried) == 5


def test_what_was_typed_is_not_kept(owner):
    for _ in range(5):
        log_in("mật-khẩu-gõ-nhầm")
    kept = str(list(AccessAttempt.objects.values()))
    assert "mật-khẩu-gõ-nhầm" not in kept


# Behind a proxy ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("connected", "forwarded", "expected"),
    [
        (PROXY, OWNER, OWNER),
        (PROXY, f"198.51.100.66, {OWNER}", OWNER),  # the first is what the client claims
        (PROXY, "", PROXY),
        (PROXY, "nonsense", PROXY),
        (f"::ffff:{PROXY}", OWNER, OWNER),
        (ATTACKER, OWNER, ATTACKER),  # not our proxy: its word is nothing
        (ATTACKER, "", ATTACKER),
        ("2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::"),
        ("", "", None),
    ],
)
def test_the_address_of_who_asks(settings, connected, forwarded, expected):
    settings.TRUSTED_PROXY = PROXY
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    assert client_address(RequestFactory().get("/", REMOTE_ADDR=connected, **headers)) == expected


def test_without_a_trusted_proxy_a_header_is_not_believed(settings):
    settings.TRUSTED_PROXY = ""
    request = RequestFactory().get("/", REMOTE_ADDR=ATTACKER, HTTP_X_FORWARDED_FOR=OWNER)
    assert client_address(request) == ATTACKER


@pytest.mark.parametrize("told", [OWNER, f"198.51.100.66, {OWNER}"])
def test_waitress_has_the_same_opinion(settings, told):
    settings.TRUSTED_PROXY = PROXY
    seen = []

    def app(environ, start_response):
        seen.append(client_address(RequestFactory().get("/", **environ)))
        return []

    known = {"x-forwarded-for", "x-forwarded-proto"}
    served = proxy_headers_middleware(app, trusted_proxy=PROXY, trusted_proxy_headers=known)
    served({"REMOTE_ADDR": PROXY, "HTTP_X_FORWARDED_FOR": told, "wsgi.url_scheme": "http"}, lambda *_: None)
    assert seen == [OWNER]


def test_behind_a_proxy_one_guesser_does_not_lock_the_others_out(settings, owner):
    settings.TRUSTED_PROXY = PROXY
    for number in range(10):
        log_in("sai", PROXY, HTTP_X_FORWARDED_FOR=f"198.51.100.{number}, {ATTACKER}")
    assert log_in(PASSWORD, PROXY, HTTP_X_FORWARDED_FOR=ATTACKER).status_code == 429
    assert log_in(PASSWORD, PROXY, HTTP_X_FORWARDED_FOR=OWNER).status_code == 302


# Passwords ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("password", "told"),
    [
        ("ngắn quá xá", "ít nhất 12 ký tự"),
        ("password1234", "quá phổ biến"),
        ("983475983475", "hoàn toàn là số"),
        ("nguyenvanthanh", "giống"),
        ("nguyễn văn thành", "giống"),
    ],
)
def test_weak_passwords_are_refused_in_vietnamese(password, told):
    user = User(username="nguyenvanthanh", full_name="Nguyễn Văn Thành", email="thanh@so.example")
    with pytest.raises(ValidationError) as refused:
        validate_password(password, user)
    sentences = " ".join(refused.value.messages)
    assert told in sentences
    assert "password" not in sentences.lower().replace(password, "")


def test_a_phrase_of_twelve_is_enough():
    validate_password("mười hai chữ", User(username="a"))
