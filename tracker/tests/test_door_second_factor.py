"""The second factor: nobody who must have one comes past it, and each code is worth one login."""

import os
import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from agreements.models import User
from tracker.loading import ADMINISTRATOR, OFFICE_HEAD, OFFICER, load_groups

pytestmark = [pytest.mark.django_db, pytest.mark.once]
GUESSES = int(os.environ.get("GUESSES", "200"))
PASSWORD = "mật khẩu dài của tôi"
ENROL, VERIFY, HOME = "/second-factor/enrol/", "/second-factor/", "/admin/"


@pytest.fixture(scope="module")
def groups(django_db_setup, django_db_blocker):
    """The groups of the reference data; each test works in a savepoint above them."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_groups()
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def required(settings, groups):
    settings.TWO_FACTOR_REQUIRED = True


@pytest.fixture
def head():
    return staff("lanh-dao", OFFICE_HEAD)


def staff(name, *groups):
    user = User.objects.create_user(name, password=PASSWORD, is_staff=True)
    user.groups.set([Group.objects.get_or_create(name=group)[0] for group in groups])
    return user


def by_password(user):
    client = Client()
    form = {"username": user.username, "password": PASSWORD}
    assert client.post("/admin/login/", form).status_code == 302
    return client


def code_of(user, steps=0):
    """What the phone of `user` shows, or showed so many steps of 30 s ago (later: positive)."""
    device = TOTPDevice.objects.get(user=user)
    totp = TOTP(device.bin_key, drift=steps)
    totp.time = timezone.now().timestamp()
    return f"{totp.token():06}"


def wrong_for(user):
    """Six digits that the phone shows neither now nor just before or after."""
    right = {code_of(user, steps) for steps in range(-2, 3)}
    return next(
        code for code in ("000000", "111111", "222222", "333333", "444444", "555555") if code not in right
    )


def enrolled(user):
    """(client that is in, its recovery codes) after enrolling the phone of `user` with the code before this one."""
    client = by_password(user)
    client.get(ENROL)
    page = client.post(ENROL, {"code": code_of(user, -1)}).content.decode()
    return client, re.findall(r"<code>([a-z2-7]{4}-[a-z2-7]{4})</code>", page)


def wait_over(user):
    """The time that wrong codes cost has passed."""
    for kind in (TOTPDevice, StaticDevice):
        kind.objects.filter(user=user).update(
            throttling_failure_timestamp=timezone.now() - timedelta(hours=30)
        )


def where(client, path=HOME):
    answer = client.get(path)
    return answer.headers["Location"] if answer.status_code == 302 else answer.status_code


# Who must ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("group", [OFFICE_HEAD, ADMINISTRATOR])
@pytest.mark.parametrize(
    "path", [HOME, "/reports/", "/admin/agreements/agreement/", "/imports/", "/files/1/"]
)
def test_heads_and_administrators_enrol_before_anything_else(group, path):
    client = by_password(staff("ai-do", group))
    assert where(client, path) == ENROL
    assert client.post("/admin/agreements/term/add/", {}).headers["Location"] == ENROL


def test_a_superuser_must_and_an_officer_need_not():
    assert where(by_password(User.objects.create_superuser("quan-tri", password=PASSWORD))) == ENROL
    assert where(by_password(staff("chuyen-vien", OFFICER))) == 200


def test_a_group_that_is_renamed_and_a_right_without_a_group_demand_it_too():
    heads = staff("lanh-dao", OFFICE_HEAD)
    Group.objects.filter(name=OFFICE_HEAD).update(name="Lãnh đạo Sở")
    assert where(by_password(heads)) == ENROL
    for codename in ("approve_progress", "sign_frozenreport", "change_user"):
        alone = staff(codename)
        alone.user_permissions.set(Permission.objects.filter(codename=codename))
        assert where(by_password(alone)) == ENROL, codename
    called_so = staff("ten-nhom")
    called_so.groups.set([Group.objects.create(name=OFFICE_HEAD)])
    assert where(by_password(called_so)) == 200


def test_without_the_setting_nobody_is_asked_and_there_are_no_such_pages(settings, head):
    settings.TWO_FACTOR_REQUIRED = False
    client = by_password(head)
    assert where(client) == 200
    assert (where(client, ENROL), where(client, VERIFY)) == (404, 404)


def test_pages_of_the_second_factor_ask_for_the_password_first():
    assert where(Client(), ENROL) == f"/admin/login/?next={ENROL}"
    assert where(Client(), VERIFY) == f"/admin/login/?next={VERIFY}"


# Enrolling ---------------------------------------------------------------------------------------
def test_enrolling_shows_the_key_and_ten_codes_once(head):
    client = by_password(head)
    page = client.get(ENROL)
    assert 'src="data:image/svg+xml' in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    key = re.search(r'class="key">([A-Z2-7 ]+)<', page.content.decode())[1]
    assert key == re.search(r'class="key">([A-Z2-7 ]+)<', client.get(ENROL).content.decode())[1]
    client, codes = enrolled(head)
    assert len(set(codes)) == 10
    assert where(client) == 200
    assert codes[0] not in client.get(ENROL, follow=True).content.decode()
    assert where(client, ENROL) == HOME


def test_a_wrong_code_does_not_enrol(head):
    client = by_password(head)
    client.get(ENROL)
    page = client.post(ENROL, {"code": wrong_for(head)}).content.decode()
    assert re.search(r"Mã sai hoặc đã dùng. Hãy đợi \d+ giây", page)
    assert where(client) == ENROL
    assert not StaticDevice.objects.exists()


def test_a_right_code_just_after_a_wrong_one_is_told_to_wait_while_enrolling_too(head):
    client = by_password(head)
    client.get(ENROL)
    client.post(ENROL, {"code": wrong_for(head)})
    page = client.post(ENROL, {"code": code_of(head)}).content.decode()
    assert re.search(r"Hãy đợi \d+ giây", page), page
    wait_over(head)
    assert "Mã dự phòng" in client.post(ENROL, {"code": code_of(head)}).content.decode()


def test_whoever_knows_only_the_password_cannot_enrol_another_phone(head):
    enrolled(head)
    thief = by_password(head)
    assert where(thief, ENROL) == VERIFY
    assert thief.post(ENROL, {"code": "123456"}).headers["Location"] == VERIFY
    assert TOTPDevice.objects.count() == 1


# Logging in --------------------------------------------------------------------------------------
def test_password_alone_is_refused_wrong_is_refused_right_is_in(head):
    enrolled(head)
    client = by_password(head)
    assert where(client) == f"{VERIFY}?next=%2Fadmin%2F"
    assert "Mã sai hoặc đã dùng" in client.post(VERIFY, {"code": wrong_for(head)}).content.decode()
    assert where(client) == f"{VERIFY}?next=%2Fadmin%2F"
    wait_over(head)
    before = client.cookies["sessionid"].value
    assert client.post(f"{VERIFY}?next=/reports/", {"code": code_of(head)}).headers["Location"] == "/reports/"
    assert client.cookies["sessionid"].value != before
    assert where(client) == 200


@pytest.mark.parametrize(
    "elsewhere", ["https://x.example/", "//x.example/", "javascript:alert(1)", "/\\x.example"]
)
def test_a_code_leads_to_no_other_site(head, elsewhere):
    enrolled(head)
    client = by_password(head)
    answer = client.post(f"{VERIFY}?next={elsewhere}", {"code": code_of(head)})
    assert answer.headers["Location"] == HOME


def test_a_code_is_worth_one_login(head):
    _client, recovery = enrolled(head)
    shown = code_of(head)
    replayed = [code_of(head, -1)]  # the code of the enrolment
    for code, right in [(shown, True), (shown, False), (replayed[0], False)]:
        client = by_password(head)
        client.post(VERIFY, {"code": code})
        assert (where(client) == 200) is right
        wait_over(head)
    for code, right in [
        (recovery[0].upper().replace("-", " "), True),
        (recovery[0], False),
        (recovery[1], True),
    ]:
        client = by_password(head)
        client.post(VERIFY, {"code": code})
        assert (where(client) == 200) is right
        wait_over(head)
    assert StaticToken.objects.count() == 8


def test_codes_of_somebody_else_are_worth_nothing(head):
    other = staff("nguoi-khac", ADMINISTRATOR)
    enrolled(head)
    _client, codes = enrolled(other)
    client = by_password(head)
    client.post(VERIFY, {"code": codes[0]})
    assert where(client) != 200


def test_guessed_codes_are_slowed_down(head):
    enrolled(head)
    client = by_password(head)
    for _ in range(3):
        TOTPDevice.objects.filter(user=head).update(
            throttling_failure_timestamp=timezone.now() - timedelta(hours=1)
        )
        client.post(VERIFY, {"code": wrong_for(head)})
    page = client.post(VERIFY, {"code": code_of(head)}).content.decode()
    assert re.search(r"Hãy đợi [34] giây", page)  # 1, 2, 4 seconds
    assert where(client) != 200
    before = TOTPDevice.objects.get().throttling_failure_count
    for number in range(GUESSES):
        client.post(VERIFY, {"code": f"{number:06}"})
    tried = TOTPDevice.objects.get().throttling_failure_count - before
    print(f"{GUESSES} guessed codes, one after the other: {tried} tried")
    assert tried <= 12  # 2 to the 12th seconds are more than an hour
    assert where(client) != 200


def test_the_password_can_be_guessed_neither_way(head):
    enrolled(head)
    statuses = [
        Client().post("/admin/login/", {"username": "lanh-dao", "password": "sai"}).status_code
        for _ in range(6)
    ]
    assert statuses[-1] == 429


@pytest.mark.parametrize("typed", ["", " ", "12345", "1234567", "abc", "١٢٣", "x" * 100_000, "12\x0034"])
def test_nonsense_is_a_wrong_code(head, typed):
    enrolled(head)
    client = by_password(head)
    assert client.post(VERIFY, {"code": typed}).status_code == 200
    assert where(client) != 200


# Taking it away ----------------------------------------------------------------------------------
def test_reset_lets_enrol_anew_and_ends_what_was_verified(head, capsys):
    client, codes = enrolled(head)
    call_command("otp_reset", "lanh-dao")
    assert "Đã xóa bước đăng nhập thứ hai của “lanh-dao”" in capsys.readouterr().out
    assert where(client) == ENROL
    assert not TOTPDevice.objects.exists()
    assert not StaticToken.objects.exists()
    client.post(VERIFY, {"code": codes[0]})
    assert where(client) == ENROL


@pytest.mark.parametrize(
    ("name", "told"), [("khong-co", "Không có tài khoản “khong-co”"), ("lanh-dao", "không có gì để xóa")]
)
def test_reset_says_why_there_is_nothing_to_do(head, name, told):
    with pytest.raises(CommandError, match=told):
        call_command("otp_reset", name)


def test_keys_are_on_no_page_of_the_admin(head, settings):
    settings.TWO_FACTOR_REQUIRED = False
    User.objects.create_superuser("quan-tri", password=PASSWORD)
    client = Client()
    client.force_login(User.objects.get(username="quan-tri"))
    assert client.get("/admin/otp_totp/totpdevice/").status_code == 404
    assert client.get("/admin/otp_static/staticdevice/").status_code == 404
    assert client.get("/admin/axes/accessattempt/").status_code == 404
