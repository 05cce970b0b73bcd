"""What pages of entry say beside the records: refusals, the home page, encryption, buttons, examples, reasons."""

import re

import pytest
from django.urls import reverse

from agreements.models import Agreement
from agreements.tests.builders import (
    make_agreement,
    make_place,
    make_term,
)
from agreements.tests.pages import client_of, empty_parts, words

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_a_record_that_is_not_there_is_told_on_the_page_for_that(staff):
    page = staff.get("/admin/agreements/agreement/9999/change/")
    assert page.status_code == 404
    assert 'href="/"' in page.content.decode()


def test_pages_of_refusal_lead_home():
    page = client_of("view_document").get(reverse("admin:agreements_agreement_changelist"))
    assert page.status_code == 403
    assert 'href="/"' in page.content.decode()


@pytest.mark.parametrize("model", ["locality", "organization"])
def test_an_empty_body_is_not_told_sentences_about_nothing(staff, model):
    add = reverse(f"admin:agreements_{model}_add")
    answer = staff.post(add, empty_parts(staff.get(add)))
    assert "“”" not in words(answer)
    assert answer.context["adminform"].form.errors["name"]


def test_the_home_page_groups_lists_as_staff_know_them(staff):
    page = staff.get(reverse("admin:index"))
    boxes = [[model["object_name"] for model in box["models"]] for box in page.context["boxes"]]
    assert boxes[-3:] == [["User", "Group"], ["ReportTemplate"], ["AccessLog"]]
    assert "Body" not in [name for box in boxes for name in box]
    assert "/admin/agreements/body/" not in page.content.decode()


def test_an_empty_register_says_where_to_begin(staff):
    assert "Sổ còn trống" in words(staff.get(reverse("admin:index")))
    make_agreement()
    assert "Sổ còn trống" not in words(staff.get(reverse("admin:index")))


def test_only_administrators_who_are_logged_in_are_told_of_encryption(staff, client):
    told = "Kết nối chưa được mã hóa"
    assert told in words(staff.get(reverse("admin:index")))
    assert told not in words(client.get(reverse("admin:login")))
    assert told not in words(client_of("view_agreement").get(reverse("admin:index")))
    assert told not in words(staff.post(reverse("admin:logout")))


def test_logging_out_is_told_plainly(staff):
    assert "Bạn đã đăng xuất" in words(staff.post(reverse("admin:logout")))


def test_a_form_has_one_primary_button_within_reach(staff):
    page = staff.get(reverse("admin:agreements_agreement_add")).content.decode()
    buttons = re.findall(r'<input type="submit"[^>]*class="(\w+)"', page)
    assert sorted(buttons) == ["default", "second", "second"]


def test_examples_of_dates_fit_their_fields(staff):
    page = staff.get(reverse("admin:agreements_agreement_add")).context["adminform"].form
    assert page.fields["signed_on"].widget.attrs["placeholder"] == "27/8/2022"
    assert page.fields["period"].widget.attrs["placeholder"] == "2022–2025"


def test_reasons_are_offered_where_they_fit(staff):
    groups = {code: make_term("reason", code, code) for code in ("not_published", "not_performed")}
    for code, group in (("secret", "not_published"), ("covid", "not_performed")):
        make_term("reason", code, code, parent=groups[group])
    make_term("reason", "other", "other")

    def codes(model, field):
        page = staff.get(reverse(f"admin:{model}_add"))
        return set(page.context["adminform"].form.fields[field].queryset.values_list("code", flat=True))

    assert codes("agreements_agreement", "unpublished_reason") == {"secret", "other"}
    assert codes("delegations_delegation", "reason") == {"covid", "other"}
    assert codes("agreements_progress", "reason") == {"covid", "other"}


def test_people_and_places_have_words_of_their_own(staff):
    delegation = staff.get(reverse("admin:delegations_delegation_add")).context["adminform"].form
    meeting = staff.get(reverse("admin:delegations_meeting_add")).context["adminform"].form
    assert str(delegation.fields["people"].label) == "Số người"
    assert str(meeting.fields["place"].label) == "Địa điểm"


@pytest.mark.parametrize("model", ["agreements_agreement", "delegations_delegation"])
def test_an_office_that_is_a_place_is_refused(staff, model):
    page = staff.get(reverse(f"admin:{model}_add"))
    answer = staff.post(reverse(f"admin:{model}_add"), empty_parts(page) | {"office": make_place().pk})
    assert "office" in answer.context["adminform"].form.errors
    assert not Agreement.objects.exists()
