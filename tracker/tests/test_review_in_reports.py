"""With REVIEW_REQUIRED=on what nobody approved is in no number and no row of any report; approved, it is."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction

from agreements.models import CommitmentRole, Progress
from agreements.tests.builders import (
    make_agreement,
    make_body,
    make_commitment,
    make_document,
    make_place,
    make_progress,
    make_target,
    make_term,
)
from delegations.models import Delegation, DelegationRole, Delivery, Meeting, MeetingRole, VisitCitation
from delegations.tests.builders import contribute, make_delegation, make_delivery, make_line, make_meeting
from tracker.reports import writers
from tracker.reports.catalogue import REPORTS, SHEET, build
from tracker.reports.table import Sheet

pytestmark = pytest.mark.django_db
TODAY = date(2023, 6, 30)
FIGURES = (Delegation, Meeting, Delivery, Progress)
SECRET = "CHƯA AI XEM"
"""In the words of every record that is not approved yet."""
OF_ITSELF = ("gaps",)
"""The report on what the register lacks; that a record is not approved is one of its numbers."""
TOLD_APART = ("claimed", "drafts", "why", "review")
"""Columns that tell of what waits, and of how many."""


@pytest.fixture
def agreement():
    """An agreement with a commitment that is measured, and with nothing done yet."""
    ours, theirs = make_place(), make_place("LA-Y", "Tỉnh Y")
    agreement = make_agreement(ours, theirs, signed_on="2022-01-10", period="2022/2025")
    facts = {"kind": "cumulative", "period": "2022/2025", "unit": make_term("unit", "piece")}
    promise = make_commitment(agreement, text="Cung cấp máy", **facts)
    CommitmentRole.objects.create(commitment=promise, role="obligor", body=make_body())
    make_target(promise, minimum=Decimal(20))
    return agreement


def enter(agreement, **standing):
    """A visit, an online meeting, talks, aid and a report, each of them serving the commitment of `agreement`."""
    promise = agreement.commitments.get()
    ours, theirs = make_body(), make_body("SNV-Y", "Sở Ngoại vụ Y", make_place("LA-Y"))
    visit = make_delegation(held="2023-05-26", name=f"Đoàn {SECRET}", people=7, **standing)
    for role, body in (("sender", ours), ("visited", theirs)):
        DelegationRole.objects.create(delegation=visit, role=role, body=body)
    talks = [
        make_meeting(held="2023-05-27", results=f"Hội đàm {SECRET}", mode=mode, **standing)
        for mode in ("in_person", "online")
    ]
    for meeting in talks:
        for role, body in (("host", ours), ("participant", theirs)):
            MeetingRole.objects.create(meeting=meeting, role=role, body=body)
    aid = make_delivery(held="2023-05-28", **standing)
    make_line(aid, quantity=3, unit="piece", description=f"Máy {SECRET}")
    make_line(aid, amount=500, currency="VND", description=f"Tiền {SECRET}")
    for event in (visit, *talks, aid):
        contribute(event, promise)
    make_progress(
        promise, "2023-05-29", quantity=Decimal(2), done=f"Đã làm {SECRET}", verified=True, **standing
    )
    return aid


def reports(agreement):
    """{slug: Table or Sheet} of the whole catalogue, asked in every way that has rows."""
    ours, theirs = make_place(), make_place("LA-Y")
    asked = {
        "relation": {"place": ours.pk, "partner": theirs.pk},
        "agreement-status": {"partner": theirs.pk},
        SHEET: {"agreement": str(agreement.pk)},
    }
    days = {"on": "2023-06-30", "begin": "2023-01-01", "end": "2023-06-30"}
    slugs = [*(one.slug for one in REPORTS), SHEET]
    return {slug: build(slug, {**days, **asked.get(slug, {})}, TODAY) for slug in slugs}


def without(table):
    """The numbers and rows alone: without what is told of them beside."""
    if isinstance(table, Sheet):
        return replace(table, notes=(), tables=tuple(map(without, table.tables)))
    kept = [column.key not in TOLD_APART for column in table.columns]
    rows = tuple(tuple(one for one, is_kept in zip(row, kept, strict=True) if is_kept) for row in table.rows)
    return replace(table, notes=(), rows=rows, below=tuple(map(without, table.below)))


def text(table):
    if isinstance(table, Sheet):
        return "\n".join(map(text, table.tables))
    rows = [" | ".join(str(writers.shown(one.value)) for one in row) for row in table.rows]
    return "\n".join([*rows, *map(text, table.below)])


def told(agreement):
    return {slug: without(table) for slug, table in reports(agreement).items() if slug not in OF_ITSELF}


def test_what_nobody_approved_is_in_no_number_of_any_report(settings, agreement):
    settings.REVIEW_REQUIRED = True
    before = told(agreement)
    for state in ("draft", "submitted", "returned"):
        with transaction.atomic():
            enter(agreement, review_state=state)
            after = reports(agreement)
            transaction.set_rollback(True)
        assert [slug for slug in before if without(after[slug]) != before[slug]] == [], state
        assert [slug for slug in before if SECRET in text(after[slug])] == [], state


def test_approved_it_is_told_as_in_a_register_without_review(settings, agreement):
    before = told(agreement)
    enter(agreement, review_state="approved")
    open_register = told(agreement)
    settings.REVIEW_REQUIRED = True
    assert told(agreement) == open_register
    changed = {slug for slug in before if before[slug] != open_register[slug]}
    assert set(before) - changed == {"closing-list"}  # an agreement in force is not closed
    shown = {slug: text(table) for slug, table in open_register.items()}
    assert [slug for slug in shown if SECRET not in shown[slug]] == [
        "agreement-status", "commitment-progress", "closing-list",
    ]  # fmt: skip


def test_without_review_drafts_are_in_every_number(agreement):
    enter(agreement, review_state="draft")
    drafts = {slug: text(table) for slug, table in told(agreement).items()}
    for model in FIGURES:
        model.objects.all().update(review_state="approved")
    assert {slug: text(table) for slug, table in told(agreement).items()} == drafts


def test_a_correction_that_nobody_approved_corrects_nothing_yet(settings, agreement):
    settings.REVIEW_REQUIRED = True
    promise = agreement.commitments.get()
    first = make_progress(promise, "2023-05-01", quantity=Decimal(4), done="Bốn", review_state="approved")
    second = make_progress(promise, "2023-05-01", quantity=Decimal(9), done="Chín", corrects=first)
    assert list(Progress.objects.reported().counting(TODAY)) == [first]
    Progress.objects.filter(pk=second.pk).update(review_state="approved")
    assert list(Progress.objects.reported().counting(TODAY)) == [second]


def test_handover_minutes_do_not_stand_for_an_approval(settings, agreement):
    settings.REVIEW_REQUIRED = True
    before = told(agreement)
    aid = enter(agreement, review_state="draft")
    VisitCitation.objects.create(delivery=aid, role="minutes", document=make_document())
    assert told(agreement)["aid"] == before["aid"]


# What is told of drafts beside the numbers -----------------------------------------------------------
def note_of(table):
    """The notes on what nobody approved or verified."""
    words = ("được duyệt", "chưa kiểm chứng", "bị trả lại")
    return [
        shown for note in table.notes if any(word in (shown := str(writers.shown(note))) for word in words)
    ]


IN_ALL = {
    # (visits, meetings, deliveries, reports of progress): of `enter`, as far as the report tells of them
    "agreement-status": 5, "commitment-progress": 5, "deadlines": 5, "relation": 4, "aid": 1, "delegations": 2,
    "agreements-signed": 5, "period": 4, SHEET: 5,
}  # fmt: skip


def test_every_report_says_how_many_nobody_approved_and_how_many_are_not_verified(settings, agreement):
    assert [slug for slug, table in reports(agreement).items() if note_of(table)] == []
    enter(agreement, review_state="draft")  # its report of progress alone is verified
    reported = {"agreement-status", "commitment-progress", "deadlines", "agreements-signed", "period", SHEET}
    for slug, table in reports(agreement).items():
        if slug in IN_ALL:
            waiting, loose = IN_ALL[slug], IN_ALL[slug] - (slug in reported)
            assert note_of(table) == [
                "Trong số đoàn, cuộc tiếp xúc, lần hỗ trợ, báo cáo tiến độ nêu ở đây có "
                f"{waiting} chưa được duyệt, {loose} chưa kiểm chứng; tất cả vẫn được tính."
            ], slug
    settings.REVIEW_REQUIRED = True
    left_out = "Không tính {} đoàn, cuộc tiếp xúc, lần hỗ trợ, báo cáo tiến độ vì chưa được duyệt."
    found = {slug: note_of(table) for slug, table in reports(agreement).items() if slug in IN_ALL}
    assert found == {slug: [left_out.format(number)] for slug, number in IN_ALL.items()}


def test_every_report_says_how_many_were_returned(settings, agreement):
    enter(agreement, review_state="returned")
    for required in (False, True):
        settings.REVIEW_REQUIRED = required
        found = {slug: note_of(table)[1:] for slug, table in reports(agreement).items() if slug in IN_ALL}
        returned = "Trong số chưa được duyệt có {} bị trả lại cho người nhập."
        assert found == {slug: [returned.format(number)] for slug, number in IN_ALL.items()}


def marks(table):
    """{table key: [what its column on the review says]}."""
    if isinstance(table, Sheet):
        return {key: found for one in table.tables for key, found in marks(one).items()}
    found = {key: words for one in table.below for key, words in marks(one).items()}
    places = [place for place, column in enumerate(table.columns) if column.key == "review"]
    if places and table.rows:
        found[table.key] = [str(writers.shown(row[places[0]].value)) for row in table.rows]
    return found


def test_rows_of_drafts_and_of_what_is_not_verified_are_marked(agreement):
    aid = enter(agreement, review_state="submitted")
    told_marks = {slug: marks(table) for slug, table in reports(agreement).items()}
    loose = "đã trình, chưa kiểm chứng"
    assert told_marks["delegations"] == {"list-out": [loose], "online": [loose]}
    assert told_marks["aid"] == {"aid-rows": [loose, loose]}
    visits = {"meetings": [loose, loose]}
    assert told_marks["relation"] == visits | {"visits-0": [loose], "aid-rows": [loose, loose]}
    assert told_marks[SHEET] == visits | {"delegations-out": [loose], "aid-given": [loose, loose]}
    VisitCitation.objects.create(delivery=aid, role="minutes", document=make_document())
    assert marks(reports(agreement)["aid"]) == {"aid-rows": ["đã trình", "đã trình"]}
    for model in FIGURES:
        model.objects.all().update(review_state="approved")
    assert {
        word for table in reports(agreement).values() for words in marks(table).values() for word in words
    } == {"đã duyệt"}


def test_a_visit_that_serves_no_agreement_is_told_as_left_out(settings):
    make_delegation(held="2023-06-20")
    for required, start in ((False, "Trong số"), (True, "Không tính 1 ")):
        settings.REVIEW_REQUIRED = required
        for slug in ("deadlines", "delegations"):
            (note,) = note_of(
                build(slug, {"on": "2023-06-30", "begin": "2023-01-01", "end": "2023-06-30"}, TODAY)
            )
            assert note.startswith(start)


def test_what_is_approved_and_not_verified_is_told_too(settings, agreement):
    settings.REVIEW_REQUIRED = True
    make_progress(agreement.commitments.get(), "2023-05-29", quantity=Decimal(2), review_state="approved")
    told_of = note_of(build("commitment-progress", {"on": "2023-06-30"}, TODAY))
    assert told_of == ["Trong số báo cáo tiến độ được tính có 1 chưa kiểm chứng."]
