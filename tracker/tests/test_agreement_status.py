"""Agreement status: every column, and unknown apart from zero."""

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from agreements.models import Agreement, Term, User
from agreements.tests.builders import (
    make_agreement,
    make_body,
    make_commitment,
    make_event,
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
from tracker.reports.agreement_status import agreement_status
from tracker.reports.table import Days, Parts, Performance
from tracker.tests.status_rows import ON, row_of

pytestmark = pytest.mark.django_db


def counts(parts):
    """{label: number} of Parts, in English."""
    with translation.override("en"):
        return {str(label): number for label, number in parts.pairs}


def busy_agreement():
    """An agreement with everything on it."""
    agreement = make_agreement(signed_on="2022-01-15", period="2022/2025")
    measured = make_commitment(
        agreement, kind="cumulative", unit=make_term("unit", "person"), period="2022/2023"
    )
    make_target(measured, "2022", Decimal(5))
    make_progress(measured, "2022-06", quantity=Decimal(3))
    standing = make_commitment(agreement)
    make_progress(standing, "2022-07-01", "in_progress")
    contribute(make_delegation("out", "2022-03-01"), agreement)
    contribute(make_delegation("in", "2022-04-01"), standing)
    contribute(make_meeting("2022-03-01"), agreement, "signed")
    delivery = make_delivery("2022-05-01")
    make_line(delivery, "cash", amount=Decimal(1000), currency="VND")
    contribute(delivery, measured, quantity=Decimal(2))
    return agreement


def queries_of(action):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        action()
    return captured.captured_queries


# Size --------------------------------------------------------------------------------------------
def test_sixty_agreements_cost_the_queries_of_three():
    for _number in range(3):
        busy_agreement()
    few = len(queries_of(lambda: agreement_status(ON)))
    for _number in range(57):
        busy_agreement()
    assert len(agreement_status(ON).rows) == 60
    assert len(queries_of(lambda: agreement_status(ON))) == few <= 10


# Who, when ---------------------------------------------------------------------------------------
def test_parties_stand_on_their_sides_as_printed():
    agreement = make_agreement(
        [make_body("TU-X", "Tỉnh ủy X"), make_body("UBND-X", "UBND tỉnh X")], make_place("LA-Y", "Tỉnh Y")
    )
    agreement.roles.filter(body__code="LA-Y").update(as_printed="Vientiane")
    assert writers.shown(row_of(agreement)["parties"]) == "Tỉnh ủy X, UBND tỉnh X | Vientiane"


def test_an_inherited_party_is_shown_with_its_successor_from_that_day():
    old, new = make_place("VN-OLD", "Bắc Giang"), make_place("VN-NEW", "Bắc Ninh")
    agreement = make_agreement(old, signed_on="2021-03-01")
    make_event(agreement, "inherited", "2025-07-01", party=agreement.roles.get(body=old), successor=new)
    assert writers.shown(row_of(agreement)["parties"]) == "Bắc Giang | Tỉnh Y"
    later = row_of(agreement, date(2025, 7, 1))["parties"]
    assert writers.shown(later) == "Bắc Giang (→ Bắc Ninh) | Tỉnh Y"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"signed_on": "2022-01-01", "expires_on": "2023-07-30"}, Days(30)),
        ({"signed_on": "2022-01-01", "expires_on": "2023-07"}, Days(31, about=True)),
        ({"signed_on": "2022-01-01", "period": "2022/2025"}, Days(915, about=True)),
        ({"signed_on": "2022-01-01", "period": "2022-01-01/2023-06-30"}, Days(0)),
        ({"signed_on": "2022-01-01"}, Days(None)),
        ({"signed_on": "2022-01-01", "period": "2022-01-01/.."}, Days(None)),
        ({"signed_on": "2017-01-01", "period": "2017/2020"}, None),
        ({"period": "2024/2026"}, None),
        ({}, None),
    ],
)
def test_days_left_only_where_something_runs(facts, expected):
    assert row_of(make_agreement(**facts))["days_left"] == expected


def test_a_withdrawn_agreement_is_not_listed():
    make_agreement(withdrawn_on=ON, withdrawn_reason="nhập trùng")
    assert agreement_status(ON).rows == ()


# Commitments -------------------------------------------------------------------------------------
def test_commitments_are_told_by_strength_and_none_is_not_zero():
    agreement = make_agreement(signed_on="2022-01-01")
    assert row_of(agreement)["commitments"] is None
    for strength in ("signed", "signed", "proposal"):
        make_commitment(agreement, strength=strength)
    assert counts(row_of(agreement)["commitments"]) == {"signed commitment": 2, "proposal": 1}


def test_a_commitment_counts_from_the_day_it_was_made():
    agreement = make_agreement(signed_on="2022-08-27")
    make_commitment(agreement)
    make_commitment(agreement, strength="agreed", made_on="2023-07-01")
    assert row_of(agreement, date(2022, 8, 26))["commitments"] is None
    assert counts(row_of(agreement)["commitments"]) == {"signed commitment": 1}


PAST, COMING = {"kind": "one_off", "period": "2022"}, {"kind": "one_off", "period": "2023"}


def promised(agreement, *told, **facts):
    """A commitment with these reports [(on, assessment)]."""
    commitment = make_commitment(agreement, **facts)
    for on, assessment in told:
        make_progress(commitment, on, assessment)
    return commitment


def test_commitments_are_told_by_state_in_the_order_of_states():
    """How each state comes about is in test_standing.py; here, that they are counted and ordered."""
    agreement = make_agreement(signed_on="2022-01-01")
    promised(agreement, ("2022-05", "done"), **PAST)
    promised(agreement)
    promised(agreement, ("2023-05", "in_progress"))
    promised(agreement, **PAST)
    promised(agreement, **COMING)
    states = counts(row_of(agreement)["states"])
    assert list(states.items()) == [
        ("no report", 2),
        ("done", 1),
        ("standing, active", 1),
        ("standing, without activity", 1),
    ]


def test_what_is_performed_tells_the_measurable_and_the_standing_apart():
    agreement = make_agreement(signed_on="2022-01-01")
    promised(agreement, strength="agreed", **PAST)
    assert row_of(agreement)["performance"] is None
    promised(agreement, ("2022-05", "done"), **PAST)
    promised(agreement, ("2022-05", "partly"), **PAST)
    promised(agreement, **PAST)
    promised(agreement, ("2022-05", "done"), strength="agreed", **PAST)
    promised(agreement)
    promised(agreement, ("2023-05", "in_progress"))
    performed = row_of(agreement)["performance"]
    assert performed == Performance(done=1, measured=3, active=1, standing=2)
    with translation.override("vi"):
        assert writers.shown(performed) == (
            "1/3 cam kết đo được đã hoàn thành; 2 cam kết thường xuyên, 1 có hoạt động"
        )


def test_what_is_done_beyond_its_target_is_performed():
    agreement = make_agreement(signed_on="2022-01-01")
    unit = make_term("unit", "activity")
    commitment = make_commitment(agreement, kind="cumulative", unit=unit, period="2022")
    make_target(commitment, "2022", Decimal(7))
    make_progress(commitment, "2022-12", quantity=Decimal(9))
    row = row_of(agreement)
    assert counts(row["states"]) == {"done beyond target": 1}
    assert row["performance"] == Performance(done=1, measured=1, active=0, standing=0)


def test_overdue_is_zero_only_where_something_could_be_late():
    agreement = make_agreement(signed_on="2022-01-01")
    make_commitment(agreement)
    assert row_of(agreement)["overdue"] is None
    make_commitment(agreement, **COMING)
    assert row_of(agreement)["overdue"] == 0
    make_commitment(agreement, **PAST)
    assert row_of(agreement)["overdue"] == 1


# The page ----------------------------------------------------------------------------------------
def test_the_page_stacks_columns_and_leaves_out_what_is_not_known(reader):
    make_agreement(code="TT-1", title="Tên gọi", period="2022/2025")
    contribute(make_delegation("out", "", number=None), Agreement.objects.get())
    response = reader.get(PAGE, {"on": "30/6/2023"})
    keys = [column["key"] for column in response.context["table"]["columns"]]
    assert keys == ["title", "standing", "promises", "overdue", "parties", "last_activity", "visits", "aid"]
    text = response.content.decode()
    assert text.count("<th scope") == len(keys) + 1
    assert '<div class="part-period">2022–2025</div>' in text
    assert "part-signed" not in text
    visits = text.partition('<td class="text col-visits"')[2].partition("</td>")[0]
    assert "part-delegations_out" in visits
    assert "part-meetings" not in visits


PAGE = "/reports/agreement-status/"


def test_the_page_needs_the_right_to_view_agreements(client, stranger):
    assert client.get(PAGE).status_code == 302
    assert stranger.get(PAGE).status_code == 403
    assert stranger.get("/reports/").status_code == 403


def test_numbers_and_codes_open_the_rows_behind_them(reader):
    agreement = busy_agreement()
    sheet = f"{reverse('reports:agreement-sheet', args=[agreement.pk])}?on=2023-06-30"
    text = reader.get(PAGE, {"on": "30/6/2023"}).content.decode()
    for anchor in ("", "#delegations-out", "#delegations-in", "#meetings", "#aid-given"):
        assert f'href="{sheet}{anchor}"' in text, anchor
    for asked in ("strength=signed", "state=active", "state=done"):
        assert f'href="{sheet}&amp;{asked}#commitments"' in text, asked
    page = reader.get(sheet).content.decode()
    for section in ("commitments", "delegations-out", "delegations-in", "meetings", "aid-given"):
        assert f'id="{section}"' in page


def test_a_number_of_commitments_opens_exactly_the_rows_it_counts(reader):
    agreement = make_agreement(signed_on="2022-01-01")
    late = make_commitment(agreement, **PAST)
    make_commitment(agreement, strength="wish")
    make_commitment(agreement)
    text = reader.get(PAGE, {"on": "30/6/2023"}).content.decode()
    sheet = f"{reverse('reports:agreement-sheet', args=[agreement.pk])}?on=2023-06-30"
    for asked, number in (
        ("strength=signed", 2),
        ("strength=wish", 1),
        ("state=no_news", 1),
        ("state=idle", 2),
    ):
        assert f'href="{sheet}&amp;{asked}#commitments">{number}</a>' in text
        tables = {one["key"]: one for one in reader.get(f"{sheet}&{asked}").context["sheet"]["tables"]}
        assert tables["commitments"]["rows"] == number
        assert f'href="{sheet}#commitments"' in tables["commitments"]["notes"][0]  # the way back to all
    assert f'late" data-sort="1"><a href="{sheet}&amp;health=overdue#commitments">1</a>' in text
    page = reader.get(f"{sheet}&health=overdue").context["sheet"]["tables"][0]
    assert is_row(page, late)
    assert reader.get(f"{sheet}&state=nonsense").context["sheet"]["tables"][0]["rows"] == 3


def is_row(table, record):
    """Whether the table of a page has one row, that of the record."""
    return table["rows"] == 1 and f">{record.code}<" in table["body"]


def test_late_ones_are_marked(reader):
    make_commitment(make_agreement(signed_on="2022-01-01"), **PAST)
    text = reader.get(PAGE, {"on": "30/6/2023"}).content.decode()
    assert '<td class="number col-overdue late" data-sort="1">' in text


@pytest.mark.parametrize("typed", ["31/2/2023", "2023", "30/6", "hôm nay"])
def test_a_day_that_cannot_be_read_is_said_and_nothing_is_shown(reader, typed):
    busy_agreement()
    response = reader.get(PAGE, {"on": typed})
    assert response.status_code == 400
    assert response.context["table"] is None
    assert 'role="alert"' in response.content.decode()


def test_filters_choose_and_are_printed(reader):
    place, field = make_place("LA-Z", "Tỉnh Z"), make_term(Term.Vocabulary.FIELD, "health", "Y tế")
    chosen = make_agreement(theirs=place)
    chosen.fields.add(field)
    make_agreement()
    for query in ({"partner": place.pk}, {"field": field.pk}, {"partner": place.pk, "field": field.pk}):
        table = reader.get(PAGE, query).context["table"]
        assert is_row(table, chosen), query
        assert len(table["conditions"]) == len(query)
    office = make_body("SNV-2", "Sở Ngoại vụ 2")
    other = make_agreement(office=office)
    table = reader.get(PAGE, {"office": office.pk}).context["table"]
    assert is_row(table, other)


def test_the_page_opens_no_transaction_and_costs_the_same_for_any_size(reader):
    busy_agreement()
    few = queries_of(lambda: reader.get(PAGE))
    for _number in range(10):
        busy_agreement()
    many = queries_of(lambda: reader.get(PAGE))
    assert len(few) == len(many)
    assert not [query for query in many if query["sql"].startswith(("BEGIN", "SAVEPOINT"))]


def test_csv_is_for_excel_and_no_formula_gets_through(reader):
    make_agreement(code="=1+1", title="@SUM(A1)", signed_on="2022-01-01")
    response = reader.get(PAGE, {"format": "csv", "on": "30/6/2023"})
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="agreement-status-2023-06-30.csv"'
    text = response.content.decode()
    assert text.startswith("\ufeff")
    first, second = next(csv.reader(io.StringIO(text.split("\r\n")[1])))[:2]
    assert (first, second) == ("'=1+1", "'@SUM(A1)")


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\ta", "\ra"])
def test_a_cell_that_begins_like_a_formula_is_guarded(text):
    assert writers.guarded(text) == f"'{text}"


def test_what_staff_typed_is_escaped(reader):
    make_agreement(code="<b>&", title='"><script>alert(1)</script>')
    text = reader.get(PAGE).content.decode()
    assert "<script>alert" not in text
    assert "&lt;b&gt;&amp;" in text
    assert "&quot;&gt;&lt;script&gt;" in text


def test_json_holds_values_not_words(reader):
    agreement = busy_agreement()
    found = json.loads(reader.get(PAGE, {"format": "json", "on": "30/6/2023"}).content)
    row = next(row for row in found["rows"] if row["code"] == agreement.code)
    assert found["as_of"] == "2023-06-30"
    assert row["signed"] == "2022-01-15"
    assert row["effect"]["code"] == "in_force"
    assert row["meetings"] == {
        "certain": {"number": 1, "at_least": False},
        "possible": None,
        "undated": None,
    }
    assert row["aid_given"]["certain"]["amounts"][0]["value"] == 1000
    assert row["aid_received"] == {"certain": None, "possible": None, "undated": None}


def test_an_empty_register_says_what_to_do(reader):
    response = reader.get(PAGE)
    assert response.context["table"]["rows"] == 0
    assert 'class="none"' in response.content.decode()


def test_parts_are_never_an_empty_list():
    assert isinstance(row_of(busy_agreement())["commitments"], Parts)


def test_a_state_has_the_same_word_in_list_and_report(client):
    client.force_login(User.objects.create_superuser("quan-tri", password=None, full_name="Quản trị"))
    make_commitment(make_agreement(signed_on="2022-01-01"), kind="one_off")
    word = "chưa có báo cáo"
    assert word in client.get("/admin/agreements/commitment/").content.decode()
    assert f"{word}: <a" in client.get(PAGE).content.decode()
