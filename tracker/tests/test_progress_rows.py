"""Commitments one by one: what is claimed, assessed, set by officers; what their numbers open."""

from datetime import date
from decimal import Decimal

import pytest

from agreements.tests.builders import (
    make_agreement,
    make_commitment,
    make_override,
    make_progress,
    make_target,
    make_term,
)
from tracker.reports import writers
from tracker.reports.catalogue import build
from tracker.reports.commitment_progress import ProgressQuestion, commitment_progress
from tracker.tests.conftest import logged_in

pytestmark = pytest.mark.django_db
ON = "2023-06-30"


def built():
    return commitment_progress(ProgressQuestion({"on": ON}, date(2023, 6, 30)))


def one_by_one():
    """The rows of the table of commitments as text, {column key: text}."""
    table = built().below[0]
    keys = [column.key for column in table.columns]
    return [dict(zip(keys, map(writers.shown, row), strict=True)) for row in table.rows]


def test_what_is_claimed_stands_beside_what_is_verified_and_the_assessment_with_its_cause():
    paper = make_agreement(signed_on="2022-01-01")
    some = make_commitment(paper, kind="cumulative", unit=make_term("unit", "person"), period="2022")
    make_target(some, "2022", Decimal(5))
    make_progress(some, "2022-06-01", quantity=Decimal(2), verified=True)
    make_progress(some, "2022-07-01", quantity=Decimal(1))
    make_progress(some, "2022-12-31", "partly", reason=make_term("reason", "money", "thiếu kinh phí"))
    none = make_commitment(
        paper, code="SAU", kind="cumulative", unit=make_term("unit", "person"), period="2023"
    )
    make_target(none, "2023", Decimal(5))
    columns = ("reached", "claimed", "percent", "assessment", "reason")
    assert [[row[key] for key in columns] for row in one_by_one()] == [
        ["3", "1", "60", "hoàn thành một phần", "thiếu kinh phí"],
        ["chưa có số liệu", "—", "—", "—", "—"],
    ]


def test_the_numbers_of_a_commitment_open_what_counts_toward_it():
    some = make_commitment(kind="cumulative", made_on="2022", unit=make_term("unit", "person"), period="2022")
    make_target(some, "2022", Decimal(5))
    make_progress(some, "2022-06-01", quantity=Decimal(2))
    table = built().below[0]
    row = dict(zip([column.key for column in table.columns], table.rows[0], strict=True))
    page = f"/admin/agreements/commitment/{some.pk}/change/"
    assert row["target"].link == f"{page}#targets-group"
    assert {row[key].link for key in ("reached", "claimed", "percent")} == {f"{page}?on=2023-06-30#counts"}


def test_a_state_that_an_officer_set_is_seen_in_every_report(django_user_model, reader):
    officer = django_user_model.objects.create_user("an", full_name="Trần An", password="x")
    paper = make_agreement(signed_on="2022-01-01", period="2022/2025", code="TT-9")
    make_override(make_commitment(paper), "paused", date(2023, 3, 1), author=officer, reason="chờ kinh phí")
    make_override(make_commitment(code="NGOAI", made_on="2022"), "done", date(2023, 3, 1))
    make_commitment(paper)
    by_officer = "tạm dừng (do cán bộ đặt)"
    note = "Tình hình do cán bộ đặt, không theo ngày tháng và số liệu: {} cam kết."
    progress = built()
    assert note.format(2) in map(writers.shown, progress.notes)
    states = {row["state"]: row["why"] for row in one_by_one()}
    assert "hoàn thành (do cán bộ đặt)" in states
    assert states[by_officer].startswith("cán bộ (Trần An) xác định, đến hết 31/12/2023: chờ kinh phí")
    asks = {"on": ON, "begin": "2023-01-01", "end": ON}
    status = build("agreement-status", asks, date(2023, 6, 30))
    assert note.format(1) in map(writers.shown, status.notes)
    sheet = build("agreement-sheet", {**asks, "agreement": str(paper.pk)}, date(2023, 6, 30))
    period = build("period", asks, date(2023, 6, 30))
    for text in (writers.to_text(sheet), writers.to_text(period)):
        assert "do cán bộ đặt" in " ".join(text.split())
    standing = next(one for one in period.below if one.key == "standing")
    assert note.format(2) in map(writers.shown, standing.notes)
    page = reader.get(f"/reports/commitment-progress/?on={ON}").content.decode()
    assert by_officer in page


def test_the_page_of_a_commitment_says_who_set_its_state(django_user_model):
    officer = django_user_model.objects.create_user("an", full_name="Trần An", password="x")
    some = make_commitment(make_agreement(signed_on="2022-01-01"))
    make_override(some, "paused", date(2023, 3, 1), author=officer, reason="chờ kinh phí")
    client = logged_in("doc", "view_commitment", "view_agreement")
    page = client.get(f"/admin/agreements/commitment/{some.pk}/change/?on={ON}").content.decode()
    assert "tạm dừng (do cán bộ đặt)" in page
    assert "cán bộ (Trần An) xác định, đến hết 31/12/2023: chờ kinh phí" in page


@pytest.mark.parametrize(
    ("reached", "said"), [(7, "87,5"), (8, "đạt (8–10)"), (9, "đạt (8–10)"), (10, "đạt (8–10)"), (12, "150")]
)
def test_within_a_range_a_target_is_met_and_not_exceeded(reached, said):
    """Acceptance 9: 8–10 a year; 9 is met, 7 is not, 12 is beyond."""
    promise = make_commitment(
        make_agreement(signed_on="2023-01-01"),
        kind="cumulative",
        unit=make_term("unit", "person", "người"),
        period="2023",
    )
    make_target(promise, "2023", Decimal(8), maximum=Decimal(10))
    make_progress(promise, "2023-03-01", quantity=Decimal(reached))
    table = build("commitment-progress", {"on": "2023-06-30"}, date(2023, 6, 30)).below[0]
    place = [column.key for column in table.columns].index("percent")
    assert [writers.shown(row[place]) for row in table.rows] == [said]
