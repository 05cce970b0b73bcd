"""The home page: what to do first, and what waits."""

import re

import pytest
from django.urls import reverse

from agreements.models import Organization, User
from agreements.tests.builders import (
    make_agreement,
    make_body,
    make_commitment,
    make_place,
    make_progress,
)
from agreements.tests.pages import client_of, words
from delegations.tests.builders import make_delegation, make_delivery

pytestmark = pytest.mark.django_db


def test_a_register_without_an_office_asks_for_it_first():
    staff = client_of()
    User.objects.update(office=None)
    Organization.objects.all().delete()
    home = staff.get(reverse("admin:index"))
    link = reverse("admin:agreements_organization_add")
    assert "Hãy nhập cơ quan của mình trước" in words(home)
    assert f'<a class="button default" href="{link}">Nhập cơ quan của mình</a>' in home.content.decode()
    form = words(staff.get(reverse("admin:agreements_agreement_add")))
    assert "Chưa có trong danh sách thì thêm bằng nút “+”" in form
    make_body()
    home = staff.get(reverse("admin:index"))
    assert "Hãy nhập cơ quan của mình trước" not in words(home)
    assert "Hãy nhập thỏa thuận đầu tiên" in words(home)


def told(client):
    """{label: (count, codes or numbers of its list)} of the tiles of what waits."""
    found = {}
    for tile in client.get(reverse("admin:index")).context["tiles"]:
        if "review_state" in tile["url"]:
            rows = client.get(tile["url"]).context["cl"].result_list
            found[str(tile["label"])] = (tile["count"], sorted(row.pk for row in rows))
    return found


def test_the_home_page_tells_a_head_what_waits_and_an_officer_what_came_back():
    promise = make_commitment(make_agreement())
    sent, back = (
        make_progress(promise, "2023", done="Họp", review_state=state) for state in ("submitted", "returned")
    )
    gone = make_commitment(make_agreement(), withdrawn_on="2023-01-01", withdrawn_reason="nhầm")
    make_progress(gone, "2023", done="Họp", review_state="submitted")
    visit = make_delegation(review_state="submitted")
    make_delegation(review_state="submitted", withdrawn_on="2023-01-01", withdrawn_reason="nhầm")
    aid = make_delivery(review_state="returned")
    head = client_of(
        "view_progress", "approve_progress", "view_delegation", "approve_delegation", "view_commitment"
    )
    assert told(head) == {"báo cáo tiến độ chờ duyệt": (1, [sent.pk]), "đoàn chờ duyệt": (1, [visit.pk])}
    officer = client_of("view_progress", "add_progress", "change_commitment", "view_delivery", "add_delivery")
    assert told(officer) == {
        "báo cáo tiến độ bị trả lại": (1, [back.pk]),
        "lần hỗ trợ bị trả lại": (1, [aid.pk]),
    }
    assert told(client_of("view_progress", "view_delegation", "view_delivery")) == {}


def test_the_home_page_finds_by_partner_what_was_promised():
    partner = make_place("LA-VT", "Thủ đô Viêng Chăn")
    promise = make_commitment(make_agreement(theirs=partner), text="Cử chuyên gia")
    make_commitment(make_agreement(), text="Khác")
    reader = client_of("view_agreement", "view_commitment")
    page = reader.get(reverse("admin:index")).content.decode()
    form = page[page.index('<form class="finder"') :].partition("</form>")[0]
    assert re.findall(r'formaction="([^"]+)" value="([^"]+)"', form) == [
        ("/admin/agreements/commitment/", "Cam kết"),
        ("/admin/agreements/agreement/", "Thỏa thuận"),
    ]
    asked = re.search(r'action="([^"]+)"', form)[1], re.search(r'name="([^"]+)"', form)[1]
    rows = reader.get(asked[0], {asked[1]: "vieng chan"}).context["cl"].result_list
    assert [row.pk for row in rows] == [promise.pk]


def test_who_reads_no_list_is_offered_no_search():
    assert "finder" not in client_of("view_body").get(reverse("admin:index")).content.decode()
