"""Visits, meetings and aid are reviewed as progress reports are; what changes after it is looked at anew."""

from datetime import date
from uuid import UUID

import pytest

from agreements.history import Route
from agreements.interchange.importing import import_sheets
from agreements.interchange.undoing import undo_batch
from agreements.review import APPROVE, RETURN, SUBMIT, take_step
from agreements.tests.builders import make_body
from agreements.tests.pages import as_sent, client_of
from agreements.tests.test_resources import rows_in
from agreements.withdrawing import withdraw
from delegations.models import Delivery, Meeting
from delegations.resources import DeliveryResource, LineResource
from delegations.tests.builders import make_delegation, make_delivery, make_line, make_meeting

pytestmark = pytest.mark.django_db
MAKERS = {"delegation": make_delegation, "meeting": make_meeting, "delivery": make_delivery}
every_kind = pytest.mark.parametrize("kind", MAKERS)


def officer_of(kind):
    return client_of(f"view_{kind}", f"add_{kind}", f"change_{kind}")


def head_of(kind):
    return client_of(f"view_{kind}", f"add_{kind}", f"change_{kind}", f"approve_{kind}")


def page(kind, row):
    return f"/admin/delegations/{kind}/{row.pk}/change/"


def act(client, kind, action, *rows, note=""):
    data = {"action": action, "_selected_action": [row.pk for row in rows], "index": 0, "note": note}
    return client.post(f"/admin/delegations/{kind}/", data, follow=True)


def state(row):
    row.refresh_from_db()
    return row.review_state


def edit(client, kind, row, **changes):
    """Open the page of a record, type `changes` and save."""
    answer = client.post(page(kind, row), {**as_sent(client.get(page(kind, row))), **changes})
    assert answer.status_code == 302
    return row


@every_kind
def test_a_record_goes_its_way_and_every_step_is_in_its_history(kind):
    officer, head, row = officer_of(kind), head_of(kind), MAKERS[kind]()
    act(officer, kind, "submit_reports", row)
    act(head, kind, "return_reports", row, note="Thiếu biên bản")
    assert (state(row), row.review_note) == ("returned", "Thiếu biên bản")
    shown = officer.get(page(kind, row)).content.decode()
    assert "Thiếu biên bản" in shown
    assert "trả lại" in shown
    act(officer, kind, "submit_reports", row)
    act(head, kind, "approve_reports", row)
    assert (state(row), row.review_note) == ("approved", "")
    told = row.history.order_by("history_id").values_list("review_state", "history_user")
    assert list(told)[1:] == [
        ("submitted", officer.user.pk),
        ("returned", head.user.pk),
        ("submitted", officer.user.pk),
        ("approved", head.user.pk),
    ]


@every_kind
def test_who_may_not_approve_cannot_and_the_list_does_not_offer_it(kind):
    officer, row = officer_of(kind), MAKERS[kind](review_state="submitted")
    for action in ("approve_reports", "return_reports"):
        act(officer, kind, action, row, note="Thử")
        assert state(row) == "submitted"
    listed = officer.get(f"/admin/delegations/{kind}/").content.decode()
    assert "submit_reports" in listed
    assert "approve_reports" not in listed
    other = {"delegation": "meeting", "meeting": "delivery", "delivery": "delegation"}[kind]
    act(client_of(f"view_{kind}", f"approve_{other}"), kind, "approve_reports", row)
    assert state(row) == "submitted"


@every_kind
def test_a_head_of_another_office_does_not_reach_it(kind):
    head, row = head_of(kind), MAKERS[kind](office=make_body("SNV-Z", "Sở Z"), review_state="submitted")
    act(head, kind, "approve_reports", row)
    assert state(row) == "submitted"


@every_kind
def test_withdrawn_records_take_no_step(kind):
    head, row = head_of(kind), MAKERS[kind](review_state="submitted")
    withdraw(row, "Nhập trùng", head.user, row.held_first)
    act(head, kind, "approve_reports", row)
    assert state(row) == "submitted"


def test_nobody_approves_what_they_entered_or_changed():
    head, other = head_of("meeting"), head_of("meeting")
    first = {"kind": "talks", "held": "1/6/2022", "mode": "in_person", "status": "held", "number": 1}
    new = as_sent(head.get("/admin/delegations/meeting/add/")) | first | {"office": head.user.office_id}
    assert head.post("/admin/delegations/meeting/add/", new).status_code == 302
    own, theirs = Meeting.objects.get(), make_meeting()
    edit(head, "meeting", theirs, results="Sửa lại")
    take_step(SUBMIT, type(own).objects.all(), head.user)
    answer = act(head, "meeting", "approve_reports", own, theirs).content.decode()
    assert (state(own), state(theirs)) == ("submitted", "submitted")
    assert "Giữ nguyên 2" in answer
    act(other, "meeting", "approve_reports", own, theirs)
    assert (state(own), state(theirs)) == ("approved", "approved")


def test_who_changed_a_record_before_it_was_approved_may_approve_what_others_changed_since():
    head, other, row = head_of("meeting"), head_of("meeting"), make_meeting()
    for editor, approver in ((head, other), (other, head)):
        edit(editor, "meeting", row, results=f"Do {editor.user.pk} sửa")
        act(editor, "meeting", "submit_reports", row)
        act(editor, "meeting", "approve_reports", row)
        assert state(row) == "submitted"
        act(approver, "meeting", "approve_reports", row)
        assert state(row) == "approved"


@pytest.mark.parametrize("before", ["submitted", "approved", "returned"])
def test_what_is_changed_is_a_draft_again(before):
    client, row = client_of(), make_delivery(review_state=before)
    line = make_line(row, amount=5, currency="VND")
    edit(client, "delivery", row)
    assert state(row) == before  # saved as it was
    edit(client, "delivery", row, **{"lines-0-amount": "50"})
    line.refresh_from_db()
    assert (line.amount, state(row)) == (50, "draft")
    assert row.history.latest("history_id").review_state == "draft"


def taken_back(outcome, user):
    undo_batch(UUID(outcome.batch), reason="thử", on=date(2026, 11, 26), user=user, route=Route.IMPORT)


def test_a_file_that_changes_a_record_or_a_part_makes_it_a_draft_and_undoing_brings_the_approval_back():
    row, other = make_delivery(review_state="approved"), make_delivery(review_state="approved")
    make_line(row, amount=5, currency="VND")
    user = client_of().user
    for kind, header, line in (
        (DeliveryResource, "office,code,note", f"{row.office.code},{row.code},Ghi thêm"),
        (LineResource, "delivery,number,item,amount,currency", f"{row.code},1,goods,50,VND"),
        (LineResource, "delivery,number,item,amount,currency", f"{row.code},2,goods,7,VND"),
    ):
        outcome = import_sheets([(kind, kind.kind, rows_in([header, line]))], user=user)
        assert (outcome.faults, state(row)) == ([], "draft")
        taken_back(outcome, user)
        assert state(row) == "approved"
    assert state(other) == "approved"


def test_undoing_the_parts_of_a_record_approved_since_makes_it_a_draft():
    row, user = make_delivery(), client_of().user
    header, line = "delivery,number,item,amount,currency", f"{row.code},1,goods,7,VND"
    make_line(make_delivery(), amount=1, currency="VND")  # the words of the line are known
    outcome = import_sheets([(LineResource, LineResource.kind, rows_in([header, line]))], user=user)
    assert outcome.taken, outcome.faults
    rows = Delivery.objects.filter(pk=row.pk)
    assert (take_step(SUBMIT, rows, user), take_step(APPROVE, rows, client_of().user)) == (1, 1)
    taken_back(outcome, user)
    assert (row.lines.count(), state(row)) == (0, "draft")


def test_a_file_cannot_say_that_something_is_approved():
    user, row = client_of().user, make_delivery()
    lines = ["office,code,note,review_state", f"{row.office.code},{row.code},Ghi thêm,approved"]
    import_sheets([(DeliveryResource, DeliveryResource.kind, rows_in(lines))], user=user)
    assert state(row) == "draft"


def test_the_steps_tell_what_was_written():
    waiting, draft = make_delivery(review_state="submitted"), make_delivery()
    user = client_of().user
    assert take_step(APPROVE, Delivery.objects.all(), user) == 1
    assert take_step(APPROVE, Delivery.objects.all(), user) == 0
    assert take_step(RETURN, Delivery.objects.all(), user, "Sai số") == 1
    assert (state(waiting), state(draft)) == ("returned", "draft")
