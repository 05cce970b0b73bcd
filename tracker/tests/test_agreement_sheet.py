"""One agreement's sheet: facts, family with gaps, commitments, aid, and the rows behind the numbers."""

import csv
import io
import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from agreements.models import AgreementRole, Citation, Name
from agreements.tests.builders import (
    make_agreement,
    make_body,
    make_commitment,
    make_document,
    make_event,
    make_link,
    make_person,
    make_place,
    make_progress,
    make_target,
    make_term,
)
from delegations.tests.builders import (
    contribute,
    make_delegation,
    make_delivery,
    make_line,
    make_meeting,
)
from tracker.reports import writers
from tracker.reports.agreement_sheet import agreement_sheet
from tracker.reports.charts import Span, timeline
from tracker.tests.sheet_rows import ON, told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def facts(agreement, on=ON):
    return {str(label): writers.shown(value) for label, value in agreement_sheet(agreement.pk, on).facts}


# The paper ---------------------------------------------------------------------------------------
def test_the_head_tells_the_facts_of_the_paper():
    agreement = make_agreement(signed_on="2022?-08-27", period="2022/2024", copies=4, auto_renews=False)
    Name.objects.create(agreement=agreement, text="Tên khác")
    agreement.fields.add(make_term("field", "health", "Y tế"))
    person = make_person("Trần Văn B")
    for role, facts_of_role in [
        ("signatory", {"title": "Phó Chủ tịch"}),
        ("witness", {"person": person, "title": "Chủ tịch", "body": make_body()}),
        ("focal", {"body": make_body()}),
    ]:
        AgreementRole.objects.create(agreement=agreement, role=role, **facts_of_role)
    found = facts(agreement)
    assert found["Other titles"] == "Tên khác"
    assert found["Parties (Vietnamese side | other side)"] == "Tỉnh X | Tỉnh Y"
    assert found["Signed"] == "27/8/[2022]"
    assert found["Signatories"] == "Phó Chủ tịch"
    assert found["Witnesses"] == "Chủ tịch Trần Văn B (Sở Ngoại vụ X)"
    assert found["Focal units"] == "Sở Ngoại vụ X"
    assert found["Effect from"] == "27/8/[2022]"
    assert found["Effect to"] == "2024"
    assert found["Fields of cooperation"] == "Y tế"
    assert found["Renews automatically"] == "no"
    assert found["Copies"] == "4"
    assert "Languages" not in found


def test_unknown_facts_are_dashes():
    found = facts(make_agreement())
    assert {found[label] for label in ("Signed", "Signatories", "Effect from", "Period as printed")} == {"—"}
    assert found["Legal effect"] == "not determined"


def test_there_is_no_sheet_of_a_withdrawn_agreement(reader):
    agreement = make_agreement(withdrawn_on=ON, withdrawn_reason="nhập trùng")
    assert agreement_sheet(agreement.pk, ON) is None
    assert reader.get(f"/reports/agreements/{agreement.pk}/").status_code == 404


def test_the_page_begins_with_parties_and_effect_and_names_the_unknown_in_one_line(reader):
    agreement = make_agreement(period="2017/2020")
    sheet = reader.get(f"/reports/agreements/{agreement.pk}/", {"on": "30/6/2023"}).context["sheet"]
    assert [fact["text"] for fact in sheet["facts"][:2]] == ["Tỉnh X | Tỉnh Y", "hết hiệu lực"]
    assert "—" not in [fact["text"] for fact in sheet["facts"]]
    assert "ngày ký" in sheet["unknown"]
    assert "số ngày còn lại" not in sheet["unknown"]  # it does not run: nothing is missing
    assert sheet["tables"][0]["key"] == "commitments"  # a family of one is no table


def test_columns_in_which_nothing_is_known_are_left_out_of_the_page_only(reader):
    agreement = make_agreement(signed_on="2022-01-01")
    make_commitment(agreement)
    page = f"/reports/agreements/{agreement.pk}/"
    table = reader.get(page).context["sheet"]["tables"][0]
    assert [column["key"] for column in table["columns"]] == ["text", "strength", "state", "why"]
    text = reader.get(page, {"format": "json"}).content.decode()
    assert '"lead"' in text


# The family --------------------------------------------------------------------------------------
def test_the_gap_after_the_predecessor_is_shown():
    older = make_agreement(code="CU", period="2017/2020")
    newer = make_agreement(code="MOI", period="2022/2025")
    make_link(newer, "follows", older)
    rows = told(newer, "family")
    assert [(row["code"], row["relation"], row["gap"]) for row in rows] == [
        ("CU", "predecessor", "1/1/2021–31/12/2021"),
        ("MOI", "this agreement", "—"),
    ]
    assert [(row["code"], row["relation"], row["gap"]) for row in told(older, "family")] == [
        ("CU", "this agreement", "—"),
        ("MOI", "agreement that follows", "1/1/2021–31/12/2021"),
    ]


@pytest.mark.parametrize(
    ("older", "newer", "gap"),
    [
        ({"period": "2017/2020"}, {"period": "2021/2025"}, "—"),
        ({"period": "2017/2022"}, {"period": "2021/2025"}, "—"),
        ({"period": "2017/2020"}, {"signed_on": "2021-01-02", "period": "2021/2025"}, "1/1/2021–1/1/2021"),
        ({"signed_on": "2017-01-01"}, {"period": "2022/2025"}, "—"),
        ({"period": "2017/2020"}, {}, "—"),
    ],
)
def test_a_gap_is_the_days_in_which_neither_binds(older, newer, gap):
    older, newer = make_agreement(**older), make_agreement(**newer)
    make_link(newer, "follows", older)
    row = next(row for row in told(newer, "family") if row["code"] == older.code)
    assert row["gap"] == gap


def test_an_extension_closes_the_gap():
    older, newer = make_agreement(period="2017/2020"), make_agreement(period="2022/2025")
    make_link(newer, "follows", older)
    make_event(older, "extended", "2020-12-01", until="2021-12-31")
    assert {row["gap"] for row in told(newer, "family")} == {"—"}


def test_frameworks_and_children_are_of_the_family_and_withdrawn_ones_are_not():
    framework, child = make_agreement(code="KHUNG"), make_agreement(code="CON", signed_on="2022-11-04")
    gone = make_agreement(code="BO", withdrawn_on=ON, withdrawn_reason="trùng")
    itself = make_agreement(code="MINH", signed_on="2022-01-01")
    make_link(itself, "under", framework)
    make_link(child, "under", itself)
    make_link(gone, "under", itself)
    found = [(row["code"], row["relation"]) for row in told(itself, "family")]
    assert found == [("MINH", "this agreement"), ("CON", "under this framework"), ("KHUNG", "framework")]


def test_the_time_line_places_bars_by_their_days():
    spans = [
        Span("A", date(2020, 1, 1), date(2021, 12, 31)),
        Span("B", date(2021, 1, 1), None),
        Span("C", None, None),
    ]
    (chart,) = timeline("T", spans, date(2021, 1, 1), [("light", "L")])
    first, second, key = chart.boxes
    assert (first.x, first.width) == (220, 523.3)  # 730 of the 731 days of both years on 524 points
    assert second.x == chart.rules[-1].x == 482.4  # 366 days later
    assert key.fill == "light"
    words = [word.text for word in chart.words]
    assert words[-9:-4] == ["A", "B", "→", "C", "?"]
    assert timeline("T", [Span("C", None, None)], date(2021, 1, 1), []) == ()


# Commitments -------------------------------------------------------------------------------------
def test_commitments_are_told_with_target_progress_and_state():
    agreement = make_agreement(signed_on="2022-01-01")
    commitment = make_commitment(
        agreement,
        [make_place("LA-Y", "Tỉnh Y")],
        kind="cumulative",
        unit=make_term("unit", "activity", "hoạt động"),
        period="2022",
        article="Điều 3",
        text="Tổ chức hoạt động",
    )
    make_target(commitment, "2022", Decimal(7))
    make_progress(commitment, "2022-06", quantity=Decimal(2), done="Đã tổ chức hai hoạt động")
    contribute(make_meeting("2022-09-01"), commitment, quantity=Decimal(1))
    row = told(agreement, "commitments")[0]
    assert row["text"] == "Điều 3: Tổ chức hoạt động"
    assert row["obligors"] == "Tỉnh Y"
    assert row["targets"] == "2022: 3 of 7 hoạt động"
    assert row["done"] == "Đã tổ chức hai hoạt động"
    assert (row["state"], row["health"]) == ("partly done", "overdue")


def test_a_target_without_results_has_no_figure_and_not_zero():
    agreement = make_agreement(signed_on="2022-01-01")
    unit = make_term("unit", "slot", "suất")
    commitment = make_commitment(agreement, kind="per_period", every="year", unit=unit)
    make_target(commitment, "2023", Decimal(8), maximum=Decimal(10))
    assert told(agreement, "commitments")[0]["targets"] == "2023: no figure yet (wanted: 8–10 suất)"


def test_a_corrected_figure_is_not_added():
    agreement = make_agreement(signed_on="2022-01-01")
    commitment = make_commitment(agreement, kind="cumulative", unit=make_term("unit", "slot", "suất"))
    make_target(commitment, "", Decimal(10))
    wrong = make_progress(commitment, "2022-06", quantity=Decimal(90))
    make_progress(commitment, "2022-06", quantity=Decimal(9), corrects=wrong)
    assert told(agreement, "commitments")[0]["targets"] == "9 of 10 suất"


# What served it ----------------------------------------------------------------------------------
def test_delegations_and_meetings_are_listed_with_heads_and_purposes():
    agreement = make_agreement(signed_on="2022-01-01")
    commitment = make_commitment(agreement, code="CK-1")
    delegation = make_delegation("in", "2022?-08-27", head="Phó Bí thư", code="V1")
    contribute(delegation, agreement)
    contribute(delegation, commitment)
    contribute(make_meeting("2022-08-27", code="H1"), agreement, "signed")
    row = told(agreement, "delegations-in")[0]
    assert (row["code"], row["held"], row["heads"], row["number"]) == ("V1", "27/8/[2022]", "Phó Bí thư", "1")
    assert row["how"] == "serves; serves CK-1"
    assert told(agreement, "delegations-out") == []
    assert told(agreement, "meetings")[0]["how"] == "signed there"


def test_people_of_delegations_are_counted_and_unknown_stays_unknown():
    agreement = make_agreement(signed_on="2022-01-01")
    whole = make_delegation("out", "2022-03", people=12)
    for delegation in (
        whole,
        make_delegation("out", "2022-03-02", people=5, part_of=whole),
        make_delegation("out", "2022-04-01", people=8),
        make_delegation("in", "2022-05-01", people=None),
    ):
        contribute(delegation, agreement)
    assert [row["people"] for row in told(agreement, "delegations-out")] == ["12", "5", "8"]
    notes = {one.key: one.notes for one in agreement_sheet(agreement.pk, ON).tables}
    assert writers.shown(notes["delegations-out"][0]) == "In all: delegations: 2; travellers: 20"
    assert writers.shown(notes["delegations-in"][0]) == "In all: delegations: 1; travellers: number not known"
    contribute(make_delegation("out", "2022-06-01"), agreement)
    notes = {one.key: one.notes for one in agreement_sheet(agreement.pk, ON).tables}
    assert writers.shown(notes["delegations-out"][0]) == "In all: delegations: 3; travellers: ≥ 20"


def test_no_delegation_is_nobody():
    agreement = make_agreement(signed_on="2022-01-01")
    contribute(make_delegation("in", "2022", number=0), agreement)
    assert told(agreement, "delegations-in")[0]["people"] == "0"


def test_nothing_withdrawn_is_in_any_table():
    agreement, gone = (
        make_agreement(signed_on="2022-01-01"),
        {"withdrawn_on": ON, "withdrawn_reason": "trùng"},
    )
    make_commitment(agreement, **gone)
    for event in (make_delegation("out", **gone), make_delegation("in", **gone), make_meeting(**gone)):
        contribute(event, agreement)
    for kind in ("support", "gift"):
        delivery = make_delivery(kind=kind, **gone)
        make_line(delivery, "cash", amount=Decimal(5), currency="VND")
        contribute(delivery, agreement)
    make_link(make_agreement(**gone), "under", agreement)
    tables = agreement_sheet(agreement.pk, ON).tables
    assert {table.key: table.rows for table in tables if table.rows} == {}
    assert "family" not in [table.key for table in tables]


# Size, page, files -------------------------------------------------------------------------------
def full(agreement, times):
    for number in range(times):
        commitment = make_commitment(agreement, kind="cumulative", unit=make_term("unit", "person"))
        make_target(commitment, f"{2010 + number % 10}", Decimal(1))
        make_progress(commitment, "2022-06", "in_progress", quantity=Decimal(1))
        contribute(make_delegation("out", head="Trưởng đoàn"), commitment)
        contribute(make_meeting(), agreement)
        delivery = make_delivery()
        make_line(delivery, "cash", amount=Decimal(1), currency="VND")
        contribute(delivery, agreement)
        Citation.objects.create(commitment=commitment, document=make_document())
        make_link(make_agreement(signed_on="2023-01-01"), "under", agreement)
        make_event(agreement, "amended", f"{2000 + number}")


def test_a_sheet_costs_twelve_queries_whatever_hangs_on_it():
    small, large = make_agreement(signed_on="2020-01-01"), make_agreement(signed_on="2020-01-01")
    full(small, 1)
    full(large, 20)
    for agreement in (small, large):
        with CaptureQueriesContext(connection) as captured:
            agreement_sheet(agreement.pk, ON)
        assert len(captured) == 12


def test_the_page_shows_every_section_and_draws_the_family(reader):
    """What is not recorded at all is told in one line, without a heading over nothing."""
    agreement = make_agreement(signed_on="2020-01-01", period="2020/2024", languages="vi|lo|eo")
    full(agreement, 2)
    response = reader.get(f"/reports/agreements/{agreement.pk}/", {"on": "30/6/2023"})
    text = response.content.decode()
    for key in (
        "family",
        "commitments",
        "delegations-out",
        "meetings",
        "aid-given",
        "sources",
    ):
        assert f'<section id="{key}"' in text
    assert '<section id="aid-received"' not in text
    assert re.search(r"Chưa ghi: [^<]*hỗ trợ nhận được", text)
    assert "<dd>tiếng Việt, tiếng Lào, eo</dd>" in text
    drawing, _svg, _rest = text.partition('class="chart"')[2].partition("</svg>")
    assert drawing.count("<rect ") == 3 + 3  # spans, and the key of their shades
    assert "style=" not in text.partition('<div id="content"')[2]
    assert "<script" not in text.partition('<div id="content"')[2]


def test_the_page_needs_the_right_and_a_readable_day(client, reader, stranger):
    page = f"/reports/agreements/{make_agreement().pk}/"
    assert client.get(page).status_code == 302
    assert stranger.get(page).status_code == 403
    assert reader.get(page, {"on": "2023"}).status_code == 400
    assert reader.get("/reports/agreements/999999/").status_code == 404


def test_the_sheet_goes_out_as_csv(reader):
    agreement = make_agreement(code="TT-9", signed_on="2022-01-01")
    make_commitment(agreement, text="=HYPERLINK(1)")
    page = f"/reports/agreements/{agreement.pk}/"
    text = reader.get(page, {"format": "csv", "on": "30/6/2023"}).content.decode()
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert "TT-9" in [row[1] for row in rows if len(row) == 2]
    assert "'=HYPERLINK(1)" in {cell for row in rows for cell in row}
