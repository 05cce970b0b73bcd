"""The relation of two localities: gaps, meetings, visits, aid and promises, from either side."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.models import CommitmentRole, Succession
from agreements.tests.builders import (
    make_agreement,
    make_commitment,
    make_event,
    make_link,
    make_place,
)
from delegations.models import DelegationRole, MeetingRole
from delegations.tests.builders import contribute, make_delegation, make_delivery, make_line, make_meeting
from tracker.reports import writers
from tracker.reports.relation import relation
from tracker.reports.relation_facts import agreements_of
from tracker.reports.relation_time import gaps
from tracker.tests.test_aid_report import rows, table
from tracker.tests.test_report_command import report as command

pytestmark = pytest.mark.django_db
ON = date(2023, 6, 30)


@pytest.fixture
def ours(db):
    return make_place()


@pytest.fixture
def theirs(db):
    return make_place("LA-Y", "Tỉnh Y")


def facts(report):
    return {writers.shown(row[0]): writers.shown(row[1]) for row in report.rows}


def gap_texts(ours, theirs, on=ON):
    return [gap.text for gap in gaps(agreements_of(({ours.pk}, {theirs.pk}), on), on)]


def visit(sender, visited, held="2022-05-26", **facts):
    made = make_delegation(held=held, **facts)
    DelegationRole.objects.create(delegation=made, role="sender", body=sender)
    DelegationRole.objects.create(delegation=made, role="visited", body=visited)
    return made


def talks(*places, held="2022-05-26", **facts):
    made = make_meeting(held, **facts)
    for place in places:
        MeetingRole.objects.create(meeting=made, role="participant", body=place)
    return made


# Gaps --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("papers", "expected"),
    [
        ([{"period": "2017/2020"}, {"period": "2022/2025"}], ["2021-01-01/2021-12-31"]),
        ([{"period": "2017/2021"}, {"period": "2022/2025"}], []),
        ([{"period": "2017/2023"}, {"period": "2018/2019"}], []),
        ([{"period": "2017/2020"}], ["2021-01-01/.."]),
        ([{"period": "2017/2020", "auto_renews": True}], []),
        ([{"signed_on": "2017-05-01"}], []),
        ([{"period": "2017/2020"}, {"signed_on": "2022-03-01", "process": "drafting"}], ["2021-01-01/.."]),
        ([{}], []),
        ([], []),
    ],
)
def test_gaps(papers, expected, ours, theirs):
    for facts_of in papers:
        make_agreement(**facts_of)
    assert gap_texts(ours, theirs) == expected


def test_what_is_under_a_framework_closes_no_gap(ours, theirs):
    framework = make_agreement(period="2017/2020")
    under = make_agreement(signed_on="2019-01-01")
    make_link(under, "under", framework)
    assert gap_texts(ours, theirs) == ["2021-01-01/.."]


def test_an_agreement_that_was_ended_or_replaced_reaches_to_that_day(ours, theirs):
    ended = make_agreement(period="2017/2025")
    make_event(ended, "terminated", "2020-03-31")
    newer = make_agreement(signed_on="2021-01-01", period="2021/2030")
    older = make_agreement(period="2018/2025")
    make_link(newer, "replaces", older)
    assert gap_texts(ours, theirs) == []
    make_event(older, "withdrawn", "2020-06-30")
    assert gap_texts(ours, theirs) == ["2020-07-01/2020-12-31"]


def test_a_paper_of_another_pair_closes_no_gap(ours, theirs):
    make_agreement(period="2017/2020")
    make_agreement(theirs=make_place("LA-Z", "Tỉnh Z"), period="2021/2030")
    assert gap_texts(ours, theirs) == ["2021-01-01/.."]
    assert facts(relation(ours, theirs, ON))["Thỏa thuận"] == "1"


def test_the_gap_stands_in_the_table_and_in_the_drawing_with_what_took_place(ours, theirs):
    make_agreement(code="CU", period="2017/2020")
    make_agreement(code="MOI", period="2022/2025")
    talks(ours, theirs, held="2021-11-17", code="HD-1")
    talks(ours, theirs, held="2022-01-01", code="HD-2")
    one = table(relation(ours, theirs, ON), "agreements")
    assert rows(one, "code", "period", "during")[1] == ("—", "1/1/2021–31/12/2021", "HD-1")
    first, gap, last = one.charts[0].boxes[:3]
    assert [box.fill for box in (first, gap, last)] == ["dark", "dashed", "dark"]
    assert gap.y == first.y
    assert first.x + first.width == pytest.approx(gap.x, abs=0.2)
    assert gap.x + gap.width == pytest.approx(last.x, abs=0.4)  # one day


# Meetings, visits --------------------------------------------------------------------------------
def test_meetings_need_both_sides_and_mentioned_is_not_there(ours, theirs):
    talks(ours, theirs, code="CO")
    talks(ours, code="MOT")
    mentioned = talks(ours, code="NHAC")
    MeetingRole.objects.create(meeting=mentioned, role="mentioned", body=theirs)
    on_visit = talks(ours, code="CHUYEN")
    on_visit.delegations.add(visit(ours, theirs))
    one = table(relation(ours, theirs, ON), "meetings")
    assert sorted(rows(one, "code")) == [("CHUYEN",), ("CO",)]


def test_meetings_linked_to_no_agreement_are_told_apart(ours, theirs):
    agreement = make_agreement(code="TT-1", signed_on="2022-01-01")
    contribute(talks(ours, theirs), agreement, "discussed")
    contribute(talks(ours, theirs), make_commitment(agreement))
    contribute(talks(ours, theirs, held=""), make_commitment(), "made")
    report = relation(ours, theirs, ON)
    assert facts(report)["Hội đàm, tiếp xúc"] == "2; không rõ ngày: 1"
    assert facts(report)["trong đó: không gắn với thỏa thuận nào"] == "không rõ ngày: 1"
    assert rows(table(report, "meetings"), "agreements") == [("TT-1",), ("TT-1",), ("không thỏa thuận nào",)]


def test_visits_are_counted_each_way_by_certainty(ours, theirs):
    """2 certain (a count of two), one begun before the day, one undated; parts and later ones add nothing."""
    whole = visit(ours, theirs, "2021", number=2, people=9)
    visit(ours, theirs, "2021-03-01", part_of=whole, people=4)
    visit(ours, theirs, "2023")
    visit(ours, theirs, "", number=None)
    visit(ours, theirs, "2024-01-01")
    visit(ours, theirs, status="cancelled")
    visit(theirs, ours, "2022-02-01", direction="in")
    visit(ours, make_place("LA-Z", "Tỉnh Z"))
    report = relation(ours, theirs, ON)
    assert facts(report)["Đoàn Tỉnh X → Tỉnh Y"] == "2; có thể: 1; không rõ ngày: chưa rõ số"
    assert facts(report)["Đoàn Tỉnh Y → Tỉnh X"] == "1"
    assert len(table(report, "visits-0").rows) == 4
    assert len(table(report, "visits-1").rows) == 1
    assert "9" in writers.shown(table(report, "visits-0").notes[0])


def test_a_part_that_says_none_makes_the_rest_certain(ours, theirs):
    whole = visit(ours, theirs, "2019-11/2021", number=2)
    report = relation(ours, theirs, date(2020, 6, 30))
    assert facts(report)["Đoàn Tỉnh X → Tỉnh Y"] == "có thể: 2"
    visit(ours, theirs, "2020/2021", number=0, part_of=whole)
    report = relation(ours, theirs, date(2020, 6, 30))
    assert facts(report)["Đoàn Tỉnh X → Tỉnh Y"] == "2"


# Aid, promises -----------------------------------------------------------------------------------
def test_aid_each_way_by_item_and_unit_and_money_by_currency(ours, theirs):
    make_line(make_delivery(), "rice", unit="tonne", quantity=Decimal(2))
    money = make_delivery()
    make_line(money, "cash", amount=Decimal(5), currency="USD")
    make_line(money, "cash", amount=Decimal(7), currency="VND")
    make_line(make_delivery(giver=theirs, receiver=ours), "rice", unit="tonne", quantity=Decimal(3))
    make_line(make_delivery(kind="gift"), "gift", unit="piece", quantity=Decimal(1))
    report = relation(ours, theirs, ON)
    assert rows(table(report, "aid-totals"), "way", "item", "total") == [
        ("Tỉnh X → Tỉnh Y", "rice", "2 tonne"),
        ("Tỉnh X → Tỉnh Y", "USD", "5 USD"),
        ("Tỉnh X → Tỉnh Y", "VND", "7 VND"),
        ("Tỉnh X → Tỉnh Y", "chưa định giá", "—"),
        ("Tỉnh Y → Tỉnh X", "rice", "3 tonne"),
        ("Tỉnh Y → Tỉnh X", "chưa định giá", "—"),
    ]
    assert facts(report)["Hỗ trợ Tỉnh X → Tỉnh Y"] == "2"
    assert len(table(report, "aid-rows").rows) == 4
    assert len(table(report, "aid-gifts").rows) == 1


def test_promises_outside_agreements_need_both_sides_or_a_common_meeting(ours, theirs):
    def loose(code, **roles):
        made = make_commitment(code=code)
        for role, body in roles.items():
            CommitmentRole.objects.create(commitment=made, role=role, body=body)
        return made

    loose("CA-HAI", obligor=ours, beneficiary=theirs)
    loose("MOT", obligor=ours)
    contribute(talks(ours, theirs), loose("HOI-DAM", obligor=ours), "made")
    make_commitment(make_agreement(signed_on="2022-01-01"), [ours, theirs], code="TRONG")
    assert rows(table(relation(ours, theirs, ON), "outside"), "code") == [("CA-HAI",), ("HOI-DAM",)]


# Either side, places, size -----------------------------------------------------------------------
def busy(ours, theirs):
    agreement = make_agreement(ours, theirs, period="2017/2020")
    make_agreement(ours, theirs, period="2022/2025")
    contribute(talks(ours, theirs), agreement, "discussed")
    visit(ours, theirs), visit(theirs, ours, direction="in")
    make_line(make_delivery(giver=ours, receiver=theirs), "cash", amount=Decimal(5), currency="USD")
    make_line(make_delivery(giver=theirs, receiver=ours), "cash", amount=Decimal(6), currency="USD")
    make_commitment(obligors=[ours, theirs])


def test_it_reads_the_same_from_either_side(ours, theirs):
    busy(ours, theirs)
    one, other = relation(ours, theirs, ON), relation(theirs, ours, ON)
    assert facts(one) == facts(other)
    for key in ("agreements", "meetings", "outside"):
        assert table(one, key) == table(other, key)
    assert table(one, "visits-0").rows == table(other, "visits-1").rows
    assert sorted(rows(table(one, "aid-rows"), "content", "amount", "giver")) == sorted(
        rows(table(other, "aid-rows"), "content", "amount", "giver")
    )


def test_what_came_before_a_place_counts_as_it_unless_asked_as_then(theirs):
    old, new = make_place("VN-OLD", "Bắc Giang"), make_place("VN-NEW", "Bắc Ninh")
    Succession.objects.create(old=old, new=new, on="2025-07-01", how="merged")
    busy(old, theirs)
    now, then = relation(new, theirs, ON), relation(new, theirs, ON, as_now=False)
    assert facts(now)["Thỏa thuận"] == "2"
    assert facts(now)["Đoàn Bắc Ninh → Tỉnh Y"] == "1"
    assert facts(then)["Thỏa thuận"] == "0"
    assert facts(then)["Đoàn Bắc Ninh → Tỉnh Y"] == "—"
    assert facts(relation(old, theirs, ON, as_now=False))["Thỏa thuận"] == "2"


def test_many_records_cost_eleven_queries(ours, theirs):
    for _number in range(15):
        busy(ours, theirs)
    with CaptureQueriesContext(connection) as found:
        relation(ours, theirs, ON)
    assert len(found) <= 11


# Pages, command ----------------------------------------------------------------------------------
def test_the_page_offers_pairs_until_two_are_chosen(reader, ours, theirs):
    busy(ours, theirs)
    address = reverse("reports:report", args=["relation"])
    text = reader.get(address).content.decode()
    assert f"place={ours.pk}&amp;partner={theirs.pk}" in text
    page = reader.get(address, {"place": ours.pk, "partner": theirs.pk, "on": "30/6/2023"})
    text = page.content.decode()
    assert page.status_code == 200
    assert "<svg" in text
    assert 'stroke-dasharray="3 3"' in text
    assert all(
        f'id="{key}"' in text for key in ("agreements", "meetings", "visits-0", "visits-1", "aid-rows")
    )
    assert "style=" not in text.split("<main", 1)[-1]
    same = reader.get(address, {"place": ours.pk, "partner": ours.pk})
    assert "Hãy chọn hai địa phương khác nhau" in same.content.decode()
    assert reader.get(address, {"place": "x", "partner": theirs.pk}).status_code == 400


def test_a_word_document_has_the_time_line(reader, ours, theirs):
    busy(ours, theirs)
    address = reverse("reports:report", args=["relation"])
    for form in ("docx", "xlsx", "html", "csv"):
        page = reader.get(address, {"place": ours.pk, "partner": theirs.pk, "format": form})
        assert page.status_code == 200, form
        assert len(page.content) > 500, form


def test_the_command_answers_in_two_forms(ours, theirs):
    busy(ours, theirs)
    asked = ("relation", "--place", "VN-X", "--partner", "Tỉnh Y", "--on", "30/6/2023")
    told = json.loads(command(*asked, "--format", "json"))
    assert told["below"]["agreements"]["rows"][1]["period"] == "2021-01-01/2021-12-31"
    assert "1/1/2021–31/12/2021" in command(*asked)
    assert "Tỉnh Y" in command("relation", "--place", "LA-Y", "--partner", "VN-X", "--named", "then")
