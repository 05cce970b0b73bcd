"""Staff and groups: only what decides something here, in the words of the register."""

import re

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from agreements.models import User
from agreements.tests.builders import make_agreement, make_body, make_place
from agreements.tests.pages import client_of, resent

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return client_of()


def page_of(client, name, *args):
    return client.get(reverse(f"admin:{name}", args=args)).content.decode()


def test_permissions_are_those_of_the_register_in_its_words(administrator):
    group = Group.objects.create(name="Thử")
    page = page_of(administrator, "auth_group_change", group.pk)
    labels = re.findall(r'name="permissions"[^>]*>\s*([^<]+?)\s*</label>', page)
    assert "Xem thỏa thuận" in labels
    assert "Sửa cam kết" in labels
    lists, approved, signed = 17 - 1, 4, 1  # every list but that of all bodies
    assert len(labels) == len(set(labels)) == 4 * lists + approved + signed
    assert not [label for label in labels if "Can " in label or "histor" in label]


def test_a_group_keeps_what_is_ticked(administrator):
    group = Group.objects.create(name="Thử")
    wanted = Permission.objects.get(codename="view_agreement")
    address = reverse("admin:auth_group_change", args=[group.pk])
    assert resent(administrator, address, {"name": "Thử", "permissions": [wanted.pk]}).status_code == 302
    assert list(group.permissions.all()) == [wanted]


def test_a_new_member_of_staff_is_given_groups_at_once(administrator):
    group = Group.objects.create(name="Chuyên viên")
    data = {"username": "moi", "full_name": "Nguyễn Mới", "office": make_body().pk, "groups": [group.pk]}
    data |= {"password1": "mat-khau-du-dai-1", "password2": "mat-khau-du-dai-1"}
    assert administrator.post(reverse("admin:agreements_user_add"), data).status_code == 302
    assert list(User.objects.get(username="moi").groups.all()) == [group]


@pytest.mark.parametrize(
    "word", ["LDAP", "superuser", "Superuser", "Required", "siêu người dùng", "algorithm", "pbkdf2"]
)
def test_nothing_technical_stands_on_the_pages_of_staff(administrator, word):
    one = User.objects.create_user("ai", password="mat-khau-du-dai-1")
    told = page_of(administrator, "agreements_user_change", one.pk) + page_of(
        administrator, "agreements_user_add"
    )
    assert word not in re.sub(r"<[^>]+>", " ", told)


def test_days_of_login_are_not_typed(administrator):
    page = page_of(administrator, "agreements_user_change", administrator.user.pk)
    assert 'name="last_login' not in page
    assert 'name="date_joined' not in page


def test_the_password_page_is_one_click_away(administrator):
    page = page_of(administrator, "agreements_user_change", administrator.user.pk)
    assert 'href="../password/"' in page
    address = reverse("admin:agreements_user_change", args=[administrator.user.pk])
    assert administrator.get(address.replace("change/", "password/")).status_code == 200


def test_an_office_of_staff_is_an_organization(administrator):
    member, office = User.objects.create(username="moi"), make_body()
    address = reverse("admin:agreements_user_change", args=[member.pk])
    data = {"username": "moi", "office": office.area_id, "is_active": "on", "is_staff": "on"}
    assert "office" in resent(administrator, address, data).context["adminform"].form.errors
    assert resent(administrator, address, data | {"office": office.pk}).status_code == 302


def test_a_change_of_a_member_of_staff_is_told_in_their_history(administrator):
    member = User.objects.create(username="moi", full_name="Nguyễn Cũ")
    member.full_name = "Nguyễn Mới"
    member.save()
    assert "<del>Nguyễn Cũ</del> → Nguyễn Mới" in page_of(administrator, "agreements_user_history", member.pk)


def test_a_group_without_history_says_so_plainly(administrator):
    (group,) = Group.objects.bulk_create([Group(name="Thử")])  # as it was before groups had a history
    assert "Chưa có thay đổi nào" in page_of(administrator, "auth_group_history", group.pk)


def test_parts_follow_the_permission_of_their_record():
    """A reader of agreements sees parties and signatories without a permission for each table of parts."""
    agreement = make_agreement(make_place("VN-14", "Sơn La"), make_place("LA-HO", "Hủa Phăn"))
    reader, officer = client_of("view_agreement"), client_of("view_agreement", "change_agreement")
    address = reverse("admin:agreements_agreement_change", args=[agreement.pk])
    assert "Hủa Phăn" in reader.get(address).content.decode()
    assert 'name="roles-party-0-body"' not in reader.get(address).content.decode()
    assert 'name="roles-party-0-body"' in officer.get(address).content.decode()


@pytest.mark.parametrize(
    ("permission", "office", "taken"),
    [
        ("view_agreement", "", True),
        ("add_agreement", "", False),
        ("add_agreement", "x", True),
        ("change_user", "", True),
    ],
)
def test_who_enters_records_has_an_office(administrator, permission, office, taken):
    """Without one they would enter, and see, those of all offices."""
    group = Group.objects.create(name="Thử")
    group.permissions.add(Permission.objects.get(codename=permission))
    data = {"username": "moi", "office": office and make_body().pk, "groups": [group.pk]}
    data |= {"password1": "mat-khau-du-dai-1", "password2": "mat-khau-du-dai-1"}
    assert (administrator.post(reverse("admin:agreements_user_add"), data).status_code == 302) is taken
    assert User.objects.filter(username="moi").exists() is taken
