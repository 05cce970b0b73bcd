"""Deadlines: which rows stand in which table; expected days worked out by hand."""

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from agreements.models import AgreementRole, CommitmentRole
from agreements.tests.builders import (
    make_agreement,
    make_body,
    make_commitment,
    make_event,
    make_link,
    make_place,
    make_progress,
    make_target,
    make_term,
)
from delegations.models import DelegationRole
from delegations.tests.builders import make_delegation
from tracker.reports.deadlines import DeadlineQuestion, deadlines
from tracker.reports.table import Days

pytestmark = pytest.mark.django_db
ON = date(2023, 6, 30)
PAGE = "/reports/deadlines/"


def built(**more):
    given = QueryDict(mutable=True)
    given.update({"on": ON.isoformat(), **more})
    return deadlines(DeadlineQuestion(given, ON))


def table_of(key, **more):
    """[{column key: value}] of one of the tables."""
    table = next(one for one in built(**more).below if one.key == key)
    keys = [column.key for column in table.columns]
    return [dict(zip(keys, [cell.value for cell in row], strict=True)) for row in table.rows]


def ends(**facts):
    return make_agreement(signed_on="2020-01-01", **facts)


def test_agreements_that_end_ahead():
    first = ends(code="TT-1", title="Một", expires_on="2023-09-28")  # 90 days ahead
    AgreementRole.objects.create(agreement=first, role="focal", body=make_body("DM", "Sở Đầu mối"))
    ends(code="TT-2", title="Hai", expires_on="2023-09-29")
    ends(code="TT-3", title="Ba", period="2020/2023-07")
    ends(code="TT-4", title="Bốn", expires_on="2023-06-29")
    ends(code="RUT", expires_on="2023-07-30", withdrawn_on=ON, withdrawn_reason="nhập trùng")
    rows = table_of("ending")
    assert [(row["title"], row["days"]) for row in rows] == [
        ("Ba (TT-3)", Days(31, about=True)),
        ("Một (TT-1)", Days(90)),
    ]
    assert rows[1]["unit"] == "Sở Đầu mối"
    assert rows[1]["parties"] == "Tỉnh Y"
    assert rows[1]["office"] == "Sở Ngoại vụ X"
    assert len(table_of("ending", days="180")) == 3
    assert len(table_of("ending", days="30")) == 0


def test_agreements_that_lapsed_without_a_successor():
    ends(code="TT-1", title="Một", expires_on="2023-06-20")
    followed = ends(code="TT-2", title="Hai", expires_on="2022-12-31")
    make_link(make_agreement(signed_on="2023-01-10"), "follows", followed)
    waiting = ends(code="TT-3", title="Ba", expires_on="2022-12-31")
    make_link(make_agreement(title="Dự thảo", process="drafting"), "follows", waiting)
    later = ends(code="TT-4", title="Bốn", expires_on="2022-12-31")
    make_link(make_agreement(signed_on="2023-07-01"), "follows", later)
    refused = ends(code="TT-5", title="Năm", expires_on="2022-12-31")
    make_link(make_agreement(process="refused"), "follows", refused)
    ended = ends(code="TT-6", title="Sáu", expires_on="2025-12-31")
    make_event(ended, "terminated", "2023-01-01")
    ends(code="TT-7", title="Bảy", expires_on="2022-12-31", auto_renews=True)
    rows = {row["title"]: row for row in table_of("lapsed")}
    assert sorted(rows) == ["Ba (TT-3)", "Bảy (TT-7)", "Bốn (TT-4)", "Một (TT-1)", "Năm (TT-5)"]
    assert rows["Một (TT-1)"]["days"] == Days(10)
    assert rows["Ba (TT-3)"]["days"] == Days(181)
    assert rows["Ba (TT-3)"]["next"] == "Dự thảo"
    assert rows["Năm (TT-5)"]["next"] is None


def test_commitments_due_overdue_and_without_news():
    paper = make_agreement(signed_on="2022-01-01", title="Giấy")
    unit = make_term("unit", "person")
    both = make_commitment(paper, text="Hai chỉ tiêu", kind="cumulative", unit=unit, period="2022/2023")
    make_target(both, "2022", Decimal(5))
    make_target(both, "2023-09", Decimal(5))
    soon = make_commitment(paper, text="Một lần", kind="one_off", period="2023-07-15")
    CommitmentRole.objects.create(commitment=soon, role="lead", body=make_body("CT", "Sở Chủ trì"))
    make_commitment(paper, text="Xa", kind="one_off", period="2022/2023")
    done = make_commitment(paper, text="Xong", kind="one_off", period="2023-07-15")
    make_progress(done, "2023-06-01", "done")
    make_commitment(paper, text="Mong", kind="one_off", period="2023-07-15", strength="wish")
    make_commitment(paper, text="Lâu rồi")
    told = make_commitment(paper, text="Có tin cũ")
    make_progress(told, "2022-12-31", "in_progress")
    fresh = make_commitment(paper, text="Có tin mới")
    make_progress(fresh, "2023-01-01", "in_progress")
    due = table_of("due")
    assert [(row["text"], row["day"], row["days"]) for row in due] == [
        ("Một lần", date(2023, 7, 15), Days(15)),
    ]
    assert (due[0]["unit"], due[0]["agreement"]) == ("Sở Chủ trì", "Giấy")
    assert [row["text"] for row in table_of("due", days="180")] == ["Một lần", "Hai chỉ tiêu"]
    assert [(row["text"], row["day"], row["days"]) for row in table_of("overdue")] == [
        ("Hai chỉ tiêu", date(2022, 12, 31), Days(181))
    ]
    assert [(row["text"], row["days"]) for row in table_of("stale")] == [
        ("Xa", Days(545)),
        ("Lâu rồi", Days(545)),
        ("Có tin cũ", Days(181)),
    ]


def test_reports_of_delegations():
    sent = make_delegation("out", "2023-06-10", name="Đoàn tính hạn")
    DelegationRole.objects.create(delegation=sent, role="sender", body=make_body("CD", "Sở Cử đoàn"))
    received = make_delegation("in", "2023-06-01/2023-06-20", name="Đoàn nhiều ngày")
    DelegationRole.objects.create(delegation=received, role="sender", body=make_place("LA-Y", "Tỉnh Y"))
    DelegationRole.objects.create(delegation=received, role="host", body=make_body("DT", "Sở Đón tiếp"))
    make_delegation("out", "2021-05-01", name="Đoàn cũ có hạn", report_due_on="2021-05-20")
    make_delegation("out", "2021-05-01", name="Đoàn cũ")
    make_delegation("out", "2023-06-10", name="Đã báo cáo", reported_on="2023-06-15")
    make_delegation("out", "2023-06-10", name="Báo cáo sau ngày xét", reported_on="2023-07-15")
    make_delegation("out", "2023", name="Chỉ biết năm", number=3)
    make_delegation("out", "2023-05", name="Chỉ biết tháng")
    make_delegation("out", "", name="Dự kiến", status="planned", planned="2023-06-10")
    found = [(row["name"], row["due"], row["days"].number) for row in table_of("reports")]
    assert found == [
        ("Đoàn cũ có hạn", date(2021, 5, 20), -771),
        ("Báo cáo sau ngày xét", date(2023, 6, 25), -5),
        ("Đoàn tính hạn", date(2023, 6, 25), -5),
        ("Đoàn nhiều ngày", date(2023, 7, 5), 5),
    ]
    assert [row["unit"] for row in table_of("reports")][2:] == ["Sở Cử đoàn", "Sở Đón tiếp"]


def test_duties_after_signing_and_changes():
    make_agreement(title="Mới ký", signed_on="2023-06-20", process="signed")
    make_agreement(title="Đã báo cáo", signed_on="2023-06-20", process="reported")
    make_agreement(title="Hợp đồng", signed_on="2023-06-20", track="contract")
    make_agreement(title="Chỉ biết tháng", signed_on="2023-06")
    make_agreement(title="Ký đã lâu", signed_on="2022-06-20")
    old = make_agreement(title="Gia hạn", signed_on="2020-01-01")
    make_event(old, "extended", "2023-06-01", until="2026-01-01")
    make_event(old, "amended", "2023-06-02", notified_on="2023-06-03")
    assert [(row["what"], row["name"], row["days"]) for row in table_of("reports")] == [
        ("thông báo: gia hạn", "Gia hạn", Days(-14)),
        ("báo cáo việc ký", "Mới ký", Days(5)),
    ]


def test_filters_choose_in_every_table():
    z = make_place("LA-Z", "Tỉnh Z")
    for place, name in ((None, "Y"), (z, "Z")):
        paper = make_agreement(
            theirs=place, title=f"Giấy {name}", signed_on="2023-06-20", expires_on="2023-07-30"
        )
        make_commitment(paper, kind="one_off", period="2023-07-15")
        host = make_delegation("out", "2023-06-10", name=f"Đoàn {name}")
        DelegationRole.objects.create(delegation=host, role="visited", body=place or make_place("LA-Y"))
    assert [row[1].value for row in built().rows] == [2, 0, 2, 0, 0, 4]
    assert [row[1].value for row in built(partner=str(z.pk)).rows] == [1, 0, 1, 0, 0, 2]
    assert [row["name"] for row in table_of("reports", partner=str(z.pk))] == ["Đoàn Z", "Giấy Z"]


def test_the_report_of_a_signing_is_due_fifteen_days_after_the_day_of_signing():
    """Signed on 30/11/2025 and exchanged on 1/12/2025: 15/12/2025, not 16/12."""
    make_agreement(signed_on="2025-11-30", exchanged_on="2025-12-01", process="signed", track="treaty_law")
    (row,) = table_of("reports", on="2025-12-05")
    assert (row["since"], row["due"], row["days"]) == (date(2025, 11, 30), date(2025, 12, 15), Days(10))


def test_queries_do_not_grow():
    def enter():
        paper = make_agreement(signed_on="2023-06-20", expires_on="2023-07-30")
        make_commitment(paper, kind="one_off", period="2023-07-15")
        make_commitment(paper, kind="one_off", period="2023-06-15")
        make_event(make_agreement(signed_on="2020-01-01", expires_on="2023-01-01"), "amended", "2023-06-02")
        make_delegation("out", "2023-06-10")

    enter()
    with CaptureQueriesContext(connection) as few:
        built()
    for _number in range(6):
        enter()
    with CaptureQueriesContext(connection) as many:
        built()
    assert len(many) == len(few) <= 10


def test_a_page_shows_so_many_rows_and_a_file_all(reader):
    paper = make_agreement(signed_on="2023-06-01", process="reported")
    for _number in range(201):
        make_commitment(paper, kind="one_off", period="2023-06-15")
    page = reader.get(PAGE, {"on": "2023-06-30"}).content.decode()
    assert "200/201 dòng" in page
    assert '<a href="#overdue">201</a>' in page
    made = json.loads(reader.get(PAGE, {"on": "2023-06-30", "format": "json"}).content)
    assert len(made["below"]["overdue"]["rows"]) == 201


def test_the_page(reader):
    ends(title="Sắp hết", expires_on="2023-07-30")
    page = reader.get(PAGE, {"on": "30/6/2023", "days": "30"}).content.decode()
    assert "Sắp hết" in page
    assert "từ 30/6/2023 đến hết 30/7/2023" in page
    assert "style=" not in page.partition("<main")[2]
    assert reader.get(PAGE, {"days": "45"}).status_code == 400


@pytest.mark.parametrize("form", ["csv", "json"])
def test_the_command(form):
    ends(title="Sắp hết", code="TT-1", expires_on="2023-07-30")
    out = io.StringIO()
    call_command("report", "deadlines", "--on", "2023-06-30", "--days", "30", "--format", form, stdout=out)
    if form == "json":
        assert json.loads(out.getvalue())["below"]["ending"]["rows"][0]["title"] == "Sắp hết (TT-1)"
    else:
        rows = list(csv.reader(io.StringIO(out.getvalue().removeprefix("\ufeff"))))
        assert rows[1] == ["Thỏa thuận sắp hết hiệu lực", "1"]
        assert ["Sắp hết (TT-1)", "Tỉnh Y", "30/7/2023", "30"] in [row[:4] for row in rows]


def test_the_drawing_tells_what_falls_on_each_month():
    ends(code="TT-1", expires_on="2023-07-10")
    ends(code="TT-2", period="2020/2023-07")
    make_commitment(make_agreement(signed_on="2022-01-01"), kind="one_off", period="2023-09-15")
    (chart,) = built().charts
    words = [word.text for word in chart.words]
    assert words[:9] == ["6/2023", "—", "7/2023", "2", "2", "8/2023", "—", "9/2023", "1"]
    assert [box.fill for box in chart.boxes[:2]] == ["dark", "hatched"]
    assert built(on="2030-01-01").charts == ()


def test_the_drawing_tells_all_where_a_page_leaves_rows_out():
    paper = make_agreement(signed_on="2022-01-01")
    for number in range(5):
        ends(code=f"TT-{number}", expires_on="2023-07-10")
        make_commitment(paper, kind="one_off", period=f"2023-08-0{number % 2 + 1}")
        make_commitment(paper)  # without news
        make_delegation("out", f"2023-06-2{number}")
    question = DeadlineQuestion({"on": "2023-06-30"}, ON, on_page=True)
    question.most = 2
    cut = deadlines(question)
    assert [len(table.rows) for table in cut.below] == [2, 0, 2, 0, 2, 2]
    assert [row[1].value for row in cut.rows] == [5, 0, 5, 0, 5, 5]
    words = [word.text for word in cut.charts[0].words]
    assert words[:11] == ["6/2023", "—", "7/2023", "5", "5", "10", "8/2023", "5", "5", "9/2023", "—"]
    assert cut.charts == built().charts
