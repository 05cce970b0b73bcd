"""Figures go from draft to submitted to approved, or come back with a note; every step is kept."""

import pytest
from django.urls import reverse

from agreements.models import CommitmentRole, Progress
from agreements.review import APPROVE, RETURN, SUBMIT, NoNote, take_step
from agreements.tests.builders import make_agreement, make_body, make_commitment, make_progress
from agreements.tests.pages import client_of

pytestmark = pytest.mark.django_db
ENTERS = ("view_progress", "add_progress", "change_progress", "view_commitment", "change_commitment")
LIST = "/admin/agreements/progress/"


@pytest.fixture
def promise():
    return make_commitment(make_agreement())


def act(client, action, *rows, note=""):
    data = {"action": action, "_selected_action": [row.pk for row in rows], "index": 0, "note": note}
    return client.post(LIST, data, follow=True)


def state(row):
    row.refresh_from_db()
    return row.review_state


@pytest.mark.parametrize(
    ("step", "before", "after"),
    [
        (SUBMIT, "draft", "submitted"),
        (SUBMIT, "returned", "submitted"),
        (SUBMIT, "approved", "approved"),
        (APPROVE, "submitted", "approved"),
        (APPROVE, "draft", "draft"),
        (APPROVE, "returned", "returned"),
        (RETURN, "submitted", "returned"),
        (RETURN, "approved", "returned"),
        (RETURN, "draft", "draft"),
    ],
)
def test_each_step_is_taken_from_where_it_may_be(promise, step, before, after):
    row = make_progress(promise, "2023", review_state=before)
    count = take_step(step, Progress.objects.all(), client_of().user, "Thiếu biên bản")
    assert (state(row), count) == (after, int(before != after))


def test_a_report_goes_its_way_and_every_step_is_in_its_history(promise):
    officer, head = client_of(*ENTERS), client_of("approve_progress", *ENTERS)
    row = make_progress(promise, "2023", author=officer.user)
    act(officer, "submit_reports", row)
    act(head, "return_reports", row, note="Thiếu biên bản bàn giao")
    assert (state(row), row.review_note) == ("returned", "Thiếu biên bản bàn giao")
    assert "Thiếu biên bản bàn giao" in officer.get(f"{LIST}{row.pk}/change/").content.decode()
    act(officer, "submit_reports", row)
    act(head, "approve_reports", row)
    assert (state(row), row.review_note) == ("approved", "")
    told = list(row.history.order_by("history_id").values_list("review_state", "history_user"))
    by = {"officer": officer.user.pk, "head": head.user.pk}
    assert told[1:] == [
        ("submitted", by["officer"]),
        ("returned", by["head"]),
        ("submitted", by["officer"]),
        ("approved", by["head"]),
    ]


def test_who_may_not_approve_cannot(promise):
    officer, row = client_of(*ENTERS), make_progress(promise, "2023", review_state="submitted")
    for action in ("approve_reports", "return_reports"):
        act(officer, action, row, note="Thử")
        assert state(row) == "submitted"


def test_a_reader_cannot_submit(promise):
    reader, row = client_of("view_progress"), make_progress(promise, "2023")
    act(reader, "submit_reports", row)
    assert state(row) == "draft"


def test_nobody_approves_what_they_entered(promise):
    head = client_of("approve_progress", *ENTERS)
    own = make_progress(promise, "2023", review_state="submitted", author=head.user)
    other = make_progress(promise, "2024", review_state="submitted", author=client_of(*ENTERS).user)
    page = act(head, "approve_reports", own, other).content.decode()
    assert (state(own), state(other)) == ("submitted", "approved")
    assert "Giữ nguyên 1" in page


def test_who_returns_says_why(promise):
    row = make_progress(promise, "2023", review_state="submitted")
    with pytest.raises(NoNote):
        take_step(RETURN, Progress.objects.all(), client_of().user, "  ")
    head = client_of("approve_progress", *ENTERS)
    assert "Hãy nêu lý do trả lại" in act(head, "return_reports", row).content.decode()
    assert state(row) == "submitted"


def test_a_focal_point_reports_and_submits_on_what_the_unit_leads_alone(promise):
    unit = make_body("DV-1", "Đơn vị một")
    CommitmentRole.objects.create(commitment=promise, role="lead", body=unit)
    other = make_commitment(make_agreement())
    focal = client_of("view_commitment", "view_progress", "add_progress")
    focal.user.office = unit
    focal.user.save()
    rows = make_progress(promise, "2023"), make_progress(other, "2023")
    act(focal, "submit_reports", *rows)
    assert list(map(state, rows)) == ["submitted", "draft"]
    address = reverse("admin:agreements_progress_add")
    parts = {"citations-TOTAL_FORMS": 0, "citations-INITIAL_FORMS": 0, "on": "2023", "qualifier": "exactly"}
    parts["done"] = "đã họp"
    assert focal.post(address, {**parts, "commitment": promise.pk}).status_code == 302
    assert focal.post(address, {**parts, "commitment": other.pk}).status_code == 200
    made = Progress.objects.exclude(pk__in=[row.pk for row in rows]).get()
    assert (made.commitment, made.author, made.review_state) == (promise, focal.user, "draft")
    assert focal.get(reverse("admin:agreements_commitment_change", args=[promise.pk])).status_code == 200
    assert focal.get(reverse("admin:agreements_commitment_change", args=[other.pk])).status_code == 404
