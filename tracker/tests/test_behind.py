"""What counts toward a commitment, on its page: each thing with its record, its sources, verified or claimed."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from agreements.models import Citation, Commitment, Progress
from agreements.scope import HIDDEN, seen_by
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
from delegations.models import Delivery, VisitCitation
from delegations.tests.builders import contribute, make_delegation, make_delivery, make_meeting
from tracker.progress.behind import behind
from tracker.progress.engine import judged
from tracker.reports import writers
from tracker.reports.pieces import address, pieces_table
from tracker.tests.conftest import logged_in

pytestmark = pytest.mark.django_db
ON = date(2023, 6, 30)


def scholarships():
    """Four a year in 2022: two reported (one verified), one handed over with minutes, one not yet by then."""
    promise = make_commitment(
        make_agreement(signed_on="2022-01-01"), kind="cumulative", unit=make_term("unit", "scholarship", "suất"),
        period="2022",
    )  # fmt: skip
    make_target(promise, "2022", Decimal(4))
    make_progress(
        promise, "2022-03", "in_progress", quantity=Decimal(1), counterpart=make_place("LA-Y", "Tỉnh Y")
    )
    first = make_progress(promise, "2022-05-01", quantity=Decimal(1), verified=True)
    Citation.objects.create(progress=first, document=make_document(title="Báo cáo 15", number="15/BC"))
    delivery = make_delivery("2022-04-26", code="H-9")
    contribute(delivery, promise, quantity=Decimal(1))
    minutes = make_document(title="Biên bản bàn giao")
    VisitCitation.objects.create(delivery=delivery, document=minutes, role="minutes")
    contribute(make_meeting("2022-06-01", code="M-1"), promise, "made")  # where it was promised
    make_progress(promise, "2023-07-15", quantity=Decimal(9))  # after the day
    return promise


def told(promise, on=ON):
    with override("vi"):
        table = pieces_table(Commitment.objects.select_related("unit").get(pk=promise.pk), on)
        return [[writers.shown(cell) for cell in row] for row in table.rows]


def test_each_thing_is_told_with_its_date_quantity_and_sources():
    assert told(scholarships()) == [
        ["báo cáo tiến độ", "số 1 đang triển khai", "3/2022", "1 suất", "Tỉnh Y", "chưa kiểm chứng", "—"],
        ["hỗ trợ", "H-9 hỗ trợ", "26/4/2022", "1 suất", "—", "đã kiểm chứng", "Biên bản bàn giao"],
        ["báo cáo tiến độ", "số 2", "1/5/2022", "1 suất", "—", "đã kiểm chứng", "15/BC · Báo cáo 15"],
    ]


def test_it_adds_up_to_the_figure_of_the_engine():
    promise = scholarships()
    chosen = Commitment.objects.filter(pk=promise.pk)
    found = behind(ON, chosen)
    (figure,) = judged(ON, chosen)[promise.pk][1]
    assert sum(one.quantity for one in found) == figure.reached == 3
    assert sum(one.quantity for one in found if one.checked) == figure.checked == 2


def test_visits_meetings_and_the_paper_promised():
    promise = make_commitment(
        make_agreement(signed_on="2022-01-01"),
        kind="cumulative",
        unit=make_term("unit", "delegation", "đoàn"),
    )
    contribute(make_delegation(held="2022-05-26", name="Đoàn thăm", code="D-1"), promise)
    contribute(make_meeting("2022-05-27", code="M-2"), promise, "discussed")
    contribute(make_delegation(held="", name="Đoàn không rõ ngày", code="D-2"), promise)
    rows = told(promise)
    assert [row[:3] for row in rows] == [
        ["đoàn", "Đoàn thăm (D-1)", "26/5/2022"],
        ["cuộc tiếp xúc", "M-2 hội đàm", "27/5/2022"],
        ["đoàn", "Đoàn không rõ ngày (D-2)", "—"],
    ]
    assert [row[3] for row in rows] == ["1 đoàn", "—", "1 đoàn"]
    paper = make_agreement(signed_on="2022-03-03", title="Kế hoạch chi tiết", code="KH-1")
    child = make_commitment(make_agreement(signed_on="2022-01-01"), kind="child", child=paper)
    assert told(child)[0][:3] == ["văn bản đã ký", "Kế hoạch chi tiết (KH-1)", "3/3/2022"]
    assert told(child, date(2022, 2, 1)) == []


def test_what_is_not_approved_says_so(settings):
    promise = scholarships()
    settings.REVIEW_REQUIRED = True
    assert {row[5] for row in told(promise)} == {"chờ duyệt, chưa tính"}


def test_what_was_returned_says_so_and_whether_it_counts(settings):
    promise = scholarships()
    Progress.objects.update(review_state="returned")
    Delivery.objects.update(review_state="returned")
    assert {row[5] for row in told(promise)} == {"bị trả lại, vẫn được tính"}
    settings.REVIEW_REQUIRED = True
    assert {row[5] for row in told(promise)} == {"bị trả lại, không được tính"}


def test_the_page_lists_it_as_of_the_day_that_a_report_asks():
    promise = scholarships()
    reader = logged_in("doc", "view_commitment", "view_agreement")
    page = reader.get(address(promise.pk, ON)).content.decode()
    assert 'id="counts"' in page
    assert "Tính đến 30/6/2023" in page
    assert "Những gì được tính (3)" in page
    assert "/admin/agreements/progress/" in page
    assert "/admin/agreements/document/" in page
    later = reader.get(address(promise.pk, date(2023, 7, 20))).content.decode()
    assert "Những gì được tính (4)" in later
    assert reader.get(f"/admin/agreements/commitment/{promise.pk}/change/?on=mai").status_code == 200


def test_records_of_another_office_are_not_named(django_user_model):
    promise = make_commitment(make_agreement(signed_on="2022-01-01"))
    there = make_body("SNV-KHAC", "Sở khác")
    contribute(
        make_delegation(held="2022-05-26", name="Đoàn kín", code="KIN", office=there), promise, quantity=2
    )
    officer = django_user_model.objects.create_user("can-bo", password="x", office=promise.office)
    with seen_by(officer):
        table = pieces_table(promise, ON)
    (row,) = table.rows
    assert row[1].value == HIDDEN
    assert row[1].link == row[3].link == ""
    assert "KIN" not in writers.to_json(table)
    assert [writers.shown(cell) for cell in row][2:4] == ["26/5/2022", "2"]


def test_two_queries_whatever_there_is():
    promise = scholarships()
    for number in range(1, 6):
        make_progress(promise, f"2022-08-0{number}", quantity=Decimal(1))
        contribute(make_delivery(f"2022-09-0{number}"), promise, quantity=Decimal(1))
    promise = Commitment.objects.select_related("unit").get(pk=promise.pk)
    with CaptureQueriesContext(connection) as queries:
        pieces_table(promise, ON)
    assert len(queries) == 2
