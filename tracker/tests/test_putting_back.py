"""A part that was taken out of its record by its line comes back by one click on the history page."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from agreements.history import Route, recording
from agreements.models import Agreement, Citation, CommitmentRole, Name, Succession, Target
from agreements.tests.builders import (
    make_agreement,
    make_body,
    make_commitment,
    make_document,
    make_event,
    make_link,
    make_override,
    make_person,
    make_place,
    make_progress,
    make_target,
    make_term,
)
from agreements.tests.pages import as_sent, client_of
from agreements.withdrawing import withdraw
from delegations.models import VisitCitation
from delegations.tests.builders import contribute, make_delegation, make_delivery, make_line, make_meeting

pytestmark = pytest.mark.django_db


def at(page, record):
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_{page}", args=[record.pk])


def offered(client, record):
    """What the buttons of the history page would send."""
    page = client.get(at("history", record)).content.decode()
    return re.findall(r'name="part" value="([^"]+)"', page)


def click(client, record, part=None):
    """The words of the history page after the button was pressed; of the only part, unless said."""
    part = part or offered(client, record)[0]
    answer = client.post(at("put_back", record), {"part": part})
    assert answer.status_code == 302, answer.status_code
    return client.get(answer["Location"]).content.decode()


def officer(*kinds, **facts):
    names = [f"{verb}_{kind}" for kind in kinds for verb in ("view", "add", "change")]
    return client_of(*names, **facts)


def quota():
    """A commitment that counts people."""
    return make_commitment(make_agreement(), kind="cumulative", unit=make_term("unit", "person"))


def test_a_target_taken_out_on_the_page_comes_back_by_one_click():
    client, commitment = officer("commitment"), quota()
    target = make_target(commitment, "2022/2024", 20, document=make_document(title="Công văn"))
    sent = as_sent(client.get(at("change", commitment))) | {"targets-0-DELETE": "on"}
    assert client.post(at("change", commitment), sent).status_code == 302
    assert not Target.objects.exists()
    before = type(commitment).objects.get(pk=commitment.pk).version
    told = click(client, commitment)
    assert "Đã đưa trở lại: Chỉ tiêu: 2022–2024" in told
    back = Target.objects.get()
    assert (back.pk, back.minimum, back.document) == (target.pk, 20, target.document)
    assert (back.period_first.year, back.period_last.year) == (2022, 2024)
    past = Target.history.order_by("history_id")
    assert [(one.history_type, one.route) for one in past] == [("+", "form"), ("-", "form"), ("+", "form")]
    assert past.last().history_user == client.user
    commitment.refresh_from_db()
    assert commitment.version == before + 1
    assert "đưa trở lại" in str(LogEntry.objects.latest("id").get_change_message())
    assert offered(client, commitment) == []


def part_of(record, make):
    return record, make(record)


PARTS = {
    "party": lambda: part_of(make_agreement(), lambda a: a.roles.get(body__code="LA-Y")),
    "link": lambda: part_of(make_agreement(), lambda a: make_link(a, "related", make_agreement())),
    "event": lambda: part_of(make_agreement(), lambda a: make_event(a, "amended", "2024")),
    "title": lambda: part_of(make_agreement(), lambda a: Name.objects.create(agreement=a, text="Tên khác")),
    "source": lambda: part_of(
        make_agreement(), lambda a: Citation.objects.create(agreement=a, document=make_document())
    ),
    "obligor": lambda: part_of(make_commitment(obligors=[make_place()]), lambda c: c.roles.get()),
    "state": lambda: part_of(make_commitment(), make_override),
    "report": lambda: part_of(make_commitment(), lambda c: make_progress(c, "2022", done="Đã làm")),
    "source of a commitment": lambda: part_of(
        make_commitment(), lambda c: Citation.objects.create(commitment=c, document=make_document())
    ),
    "line": lambda: part_of(make_delivery(), lambda d: make_line(d, amount=5, currency="VND")),
    "giver": lambda: part_of(make_delivery(), lambda d: d.roles.get(role="giver")),
    "contribution": lambda: part_of(make_delivery(), lambda d: contribute(d, make_agreement())),
    "head": lambda: part_of(make_delegation(head="Chủ tịch"), lambda d: d.roles.get()),
    "source of a visit": lambda: part_of(
        make_delegation(), lambda d: VisitCitation.objects.create(delegation=d, document=make_document())
    ),
    "what a meeting did": lambda: part_of(make_meeting(), lambda m: contribute(m, make_commitment())),
    "succession": lambda: part_of(
        make_body("CU"),
        lambda b: Succession.objects.create(old=b, new=make_body("MOI"), on="2025-07-01", how="merged"),
    ),
    "other name": lambda: part_of(make_person(), lambda p: Name.objects.create(person=p, text="Tên khác")),
    "name of an entry": lambda: part_of(
        make_term("field", "a"), lambda t: Name.objects.create(term=t, text="Tên khác")
    ),
}


@pytest.mark.parametrize("kind", PARTS)
def test_every_kind_of_part_comes_back_as_it_was(kind):
    client, (record, part) = client_of(), PARTS[kind]()
    kept = type(part)._base_manager.filter(pk=part.pk).values().get()
    part.delete()
    assert "Đã đưa trở lại" in click(client, record)
    assert type(part)._base_manager.filter(pk=kept["id"]).values().get() == kept


# Who may ------------------------------------------------------------------------------------------------
def taken_out():
    commitment = quota()
    make_target(commitment, "2022", 20).delete()
    return commitment


def test_who_may_not_change_the_record_is_offered_nothing_and_refused():
    commitment, reader = taken_out(), client_of("view_commitment")
    (part,) = offered(client_of(), commitment)
    assert offered(reader, commitment) == []
    assert reader.post(at("put_back", commitment), {"part": part}).status_code == 403
    assert not Target.objects.exists()


def test_another_office_does_not_find_the_record():
    commitment, stranger = taken_out(), officer("commitment")
    stranger.user.office = make_body("KHAC")
    stranger.user.save()
    (part,) = offered(client_of(), commitment)
    assert stranger.post(at("put_back", commitment), {"part": part}).status_code == 404
    assert not Target.objects.exists()


def test_a_withdrawn_record_takes_nothing_back():
    commitment, client = taken_out(), client_of()
    (part,) = offered(client, commitment)
    withdraw(commitment, "nhập trùng", client.user, commitment.history.first().history_date.date())
    assert offered(client, commitment) == []
    assert client.post(at("put_back", commitment), {"part": part}).status_code == 403


def test_who_may_not_report_puts_no_report_back():
    commitment, client = make_commitment(), officer("commitment")
    make_progress(commitment, "2022").delete()
    (part,) = offered(client_of(), commitment)
    assert offered(client, commitment) == []
    assert client.post(at("put_back", commitment), {"part": part}).status_code == 403


@pytest.mark.parametrize(
    "asked", ["", "x", "agreements.target:9" + "9" * 30, "agreements.target:0", "agreements.user:1", "\0:1"]
)
def test_a_part_that_never_was_is_not_found(asked):
    client, commitment = client_of(), taken_out()
    assert client.post(at("put_back", commitment), {"part": asked}).status_code == 404


def test_a_part_of_another_record_is_not_found():
    client, other = client_of(), make_commitment()
    (part,) = offered(client, taken_out())
    assert client.post(at("put_back", other), {"part": part}).status_code == 404
    stands = make_target(quota(), "2023", 1)
    entered = f"agreements.target:{stands.history.get().pk}"  # of a row that stands
    assert client.post(at("put_back", stands.commitment), {"part": entered}).status_code == 404
    assert client.get(at("put_back", other)).status_code == 405


# What stands in the way -----------------------------------------------------------------------------------
def test_what_was_entered_anew_since_stands_in_the_way_and_is_told():
    client, commitment = client_of(), make_commitment(obligors=[make_place()])
    commitment.roles.get().delete()
    (part,) = offered(client, commitment)
    CommitmentRole.objects.create(commitment=commitment, role="obligor", body=make_place())
    version = commitment.version
    told = click(client, commitment, part)
    assert "Không đưa trở lại được (Bên thực hiện: Tỉnh X): " in told
    commitment.refresh_from_db()
    assert (commitment.roles.count(), commitment.version) == (1, version)
    assert not LogEntry.objects.exists()


def test_the_second_of_two_clicks_is_told_that_it_stands_again():
    client, commitment = client_of(), taken_out()
    (part,) = offered(client, commitment)
    click(client, commitment, part)
    assert "đã có lại trong hồ sơ" in click(client, commitment, part)
    assert Target.objects.count() == 1


def test_a_part_that_was_taken_out_twice_is_offered_once_as_it_last_was():
    client, commitment = client_of(), quota()
    target = make_target(commitment, "2022", 20)
    target.delete()
    click(client, commitment)
    target = Target.objects.get()
    target.minimum = 30
    target.save()
    target.delete()
    assert len(offered(client, commitment)) == 1
    click(client, commitment)
    assert Target.objects.get().minimum == 30


def test_what_it_names_is_gone_withdrawn_or_of_another_office():
    client, agreement = officer("agreement", "commitment"), make_agreement()
    paper, foreign = make_document(title="Công văn"), make_agreement(office=make_body("KHAC"), title="Bí mật")
    Citation.objects.create(agreement=agreement, document=paper).delete()
    part = offered(client, agreement)[0]
    withdraw(paper, "nhập trùng", client.user, paper.history.first().history_date.date())
    assert "nhập trùng" in click(client, agreement, part)
    paper.delete()
    assert "không còn trong sổ" in click(client, agreement, part)
    make_link(agreement, "related", foreign).delete()
    (link,) = (one for one in offered(client, agreement) if one.startswith("agreements.agreementlink:"))
    told = click(client, agreement, link)
    assert "dẫn tới bản ghi của cơ quan khác" in told
    assert "Bí mật" not in told
    assert not Agreement.objects.get(pk=agreement.pk).links.exists()


# What follows --------------------------------------------------------------------------------------------
def test_an_approved_delivery_is_a_draft_again():
    delivery = make_delivery(review_state="approved")
    make_line(delivery, amount=5, currency="VND").delete()
    assert "trở lại là nháp" in click(client_of(), delivery)
    delivery.refresh_from_db()
    assert (delivery.review_state, delivery.lines.count()) == ("draft", 1)


def test_a_report_that_an_undone_import_took_along_comes_back_as_a_draft():
    commitment = make_commitment()
    with recording(Route.IMPORT):
        make_progress(commitment, "2022", done="Đã làm", review_state="approved").delete()
    click(client_of(), commitment)
    report = commitment.progress.get()
    assert (report.number, report.done, report.review_state) == (1, "Đã làm", "draft")


def test_a_pattern_that_comes_back_makes_its_single_targets():
    commitment = make_commitment(
        make_agreement(), kind="per_period", every="year", unit=make_term("unit", "person")
    )
    make_target(commitment, "2022/2023", 20).delete()
    assert "Đã lập 2 chỉ tiêu từng kỳ" in click(client_of(), commitment)
    assert sorted(Target.objects.values_list("period", flat=True)) == ["2022", "2022/2023", "2023"]
