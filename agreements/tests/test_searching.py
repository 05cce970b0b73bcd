"""Search without accents, at the beginnings of words; autocompletes offer what fits, the best first."""

import pytest
from django.urls import reverse

from agreements.models import Name, Organization
from agreements.tests.builders import (
    make_agreement,
    make_body,
    make_commitment,
    make_document,
    make_person,
    make_place,
    make_progress,
)
from agreements.tests.pages import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return client_of()


@pytest.fixture
def vientiane():
    place = make_place("LA-VT", "Thủ đô Viêng Chăn")
    Name.objects.create(body=place, text="ວຽງຈັນ", language="lo", script="Laoo")
    return place


def listed(client, model, typed, app="agreements"):
    page = client.get(reverse(f"admin:{app}_{model}_changelist"), {"q": typed})
    return set(page.context["cl"].result_list)


def offered(client, model, field, typed, app="agreements"):
    query = {"app_label": app, "model_name": model, "field_name": field, "term": typed}
    return [one["text"] for one in client.get(reverse("admin:autocomplete"), query).json()["results"]]


def test_letters_in_the_middle_of_words_are_no_match(staff):
    houaphan = make_agreement(title="Biên bản thỏa thuận Sơn La – Hủa Phăn")
    make_agreement(title="Thỏa thuận Hà Nội – Viêng Chăn về phân cấp quản lý")
    assert listed(staff, "agreement", "hua phan") == {houaphan}


def test_a_beginning_of_a_word_is_a_match(staff):
    one = make_agreement(title="Biên bản ghi nhớ về y tế")
    assert listed(staff, "agreement", "bien ghi nh") == {one}


@pytest.mark.parametrize("typed", ["vieng chan", "VIÊNG CHĂN", "ວຽງຈັນ"])
def test_lists_find_records_by_the_names_of_places(staff, vientiane, typed):
    committee = make_body("UBND-VT", "Chính quyền", area=vientiane)
    agreement = make_agreement(make_place(), committee, title="Một văn bản")
    of_agreement = make_commitment(agreement)
    own = make_commitment(None, [committee])
    document = make_document(issuer=committee)
    report = make_progress(own, "2022")
    make_agreement(make_place(), make_place("LA-LP", "Luông Pha Bang"), title="Khác")
    assert listed(staff, "agreement", typed) == {agreement}
    assert listed(staff, "commitment", typed) == {of_agreement, own}
    assert listed(staff, "organization", typed) == {Organization.objects.get(pk=committee.pk)}
    assert listed(staff, "document", typed) == {document}
    assert listed(staff, "progress", typed) == {report}


def test_a_search_for_signs_only_finds_nothing(staff):
    make_agreement()
    assert listed(staff, "agreement", "–") == set()


def test_an_office_is_an_organization_and_signing_takes_place_at_a_place(staff):
    make_place("VN-SL", "Sơn La")
    make_body("SNV-SL", "Sở Ngoại vụ Sơn La")
    assert offered(staff, "agreement", "office", "son la") == ["Sở Ngoại vụ Sơn La"]
    assert offered(staff, "agreement", "kept_by", "son la") == ["Sở Ngoại vụ Sơn La"]
    assert offered(staff, "agreement", "signed_at", "son la") == ["Sơn La"]
    assert offered(staff, "meeting", "place", "son la", "delegations") == ["Sơn La"]
    assert offered(staff, "user", "office", "son la") == ["Sở Ngoại vụ Sơn La"]
    assert set(offered(staff, "agreementrole", "body", "son la")) == {"Sơn La", "Sở Ngoại vụ Sơn La"}


def test_exact_names_come_first_then_beginnings_then_places(staff):
    make_body("A", "Hội hữu nghị Sơn La")
    make_place("VN-X2", "Huyện Sơn La cũ")
    make_body("B", "Sơn La Tourist")
    make_place("VN-14", "Sơn La")
    assert offered(staff, "agreementrole", "body", "son la") == [
        "Sơn La",
        "Sơn La Tourist",
        "Huyện Sơn La cũ",
        "Hội hữu nghị Sơn La",
    ]


def test_an_exact_other_name_comes_before_beginnings(staff):
    make_person("Anouphap Tounalom")
    exact = make_person("Khamphan Phommathat")
    Name.objects.create(person=exact, text="Anouphap")
    assert offered(staff, "agreementrole", "person", "anouphap")[0] == "Khamphan Phommathat"
