"""The report of delegations in all its forms, at any size; what its rows open."""

# ruff: noqa: F811 - fixtures are imported, and named by the tests that use them

import json
import re
from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.tests.builders import (
    make_place,
)
from delegations.models import DelegationRole
from delegations.tests.builders import make_meeting
from tracker.reports import writers
from tracker.reports.table import Count, Dated
from tracker.reports.visit_report import delegations
from tracker.reports.visits import VisitsQuestion
from tracker.tests.seeded import seeded  # noqa: F401
from tracker.tests.test_report_command import report
from tracker.tests.test_visit_report import (  # noqa: F401
    TODAY,
    YEAR,
    asked,
    below,
    busy,
    counts,
    people,
    places,
    rows,
    trip,
)

pytestmark = pytest.mark.django_db


# Size and forms ----------------------------------------------------------------------------------
def test_sixty_delegations_cost_the_queries_of_three(places):
    def queries():
        question = VisitsQuestion(YEAR, TODAY)
        with CaptureQueriesContext(connection) as captured:
            delegations(question)
        return len(captured)

    for _number in range(3):
        busy(places)
    few = queries()
    for _number in range(57):
        busy(places)
    assert len(below(asked(), "list-out").rows) == 60
    assert queries() == few <= 11


def test_the_page_shows_bars_and_shortens_long_lists(reader, people):
    trip(in_plan=False)
    for _number in range(200):
        trip()
    text = reader.get("/reports/delegations/?begin=1/1/2023&end=31/12/2023").content.decode()
    assert "Từ 1/1/2023 đến 31/12/2023" in text
    assert "<svg" in text
    assert "style=" not in text.partition('id="content"')[2]
    assert text.count("Đoàn ", text.index('id="list-out"')) > 0
    assert (
        '<div class="part-in_plan">ngoài kế hoạch</div>' in text
    )  # no word before it that says the contrary
    assert "all=1" in text
    assert len(below(asked(), "list-out").rows) == 201


def test_the_command_line_in_two_formats(people):
    trip(*people)
    told = json.loads(report("delegations", "--from", "1/1/2023", "--to", "31/12/2023", "--format", "json"))
    assert (told["begin"], told["as_of"]) == ("2023-01-01", "2023-12-31")
    assert told["rows"][0]["journeys"]["certain"] == {"number": 3, "at_least": False}
    text = report(
        "delegations", "--from", "1/1/2023", "--to", "31/12/2023", "--direction", "out", "--format", "csv"
    )
    assert text.splitlines()[1].split(",")[1:4] == ["1", "3", "3"]


def test_every_form_of_file(reader, places):
    busy(places)
    for form in ("docx", "xlsx", "csv", "json", "html"):
        page = reader.get(f"/reports/delegations/?begin=1/1/2023&end=31/12/2023&format={form}")
        assert page.status_code == 200, form
        assert "attachment" in page["Content-Disposition"]


def test_the_ledger(seeded):
    """D2.1, D3.1, D4.3 out; D1.1, D4.1, D4.3 in; of 2017–2020 (D5.3) nobody knows when or how many."""
    table = delegations(VisitsQuestion({"begin": "1/1/2019", "end": "31/12/2024"}, date(2024, 12, 31)))
    out, into = rows(table)
    assert out["delegations"] == Dated(Count(4), None, Count(None, True))
    assert into["delegations"] == Dated(Count(3), None, Count(None, True))
    assert out["journeys"].certain == Count(2, True)  # two heads are named: each travelled once at least
    by_year = {row["year"]: row["delegations_out"].certain for row in rows(below(table, "by-year"))}
    assert by_year["2019"] == Count(2)  # D4.3, since there was none in 2020–2021 (D4.4)
    assert by_year["2022"] == Count(2)
    assert len(below(table, "online").rows) == 1  # D5.1


def test_other_purposes_open_the_delegations_that_have_them():
    for number in range(22):
        trip(purpose=f"việc {number}", people=2, code=f"D-{number:02}")
    trip(purpose="việc 0", code="D-22")
    trip(purpose="", code="D-000")
    row = next(row for row in below(asked(), "by-purpose").rows if writers.shown(row[1]) == "mục đích khác")
    assert row[2].value.certain == Count(2)  # twenty are told by themselves; the empty one is none of them
    opened = delegations(VisitsQuestion(dict(parse_qsl(urlsplit(row[2].link).query)), TODAY))
    assert writers.shown(opened.rows[0][1]) == "2"
    assert {row["purpose"] for row in rows(below(opened, "list-out"))} == {"việc 20", "việc 21"}
    assert [str(text) for _label, text in opened.conditions][-1] == "mục đích khác"


def test_a_place_that_sent_a_delegation_is_a_unit_whose_number_opens(reader):
    """Senders and hosts may be places: their rows are asked for like those of organizations."""
    place = make_place("VN2025-44", "Quảng Trị", country="VN")
    DelegationRole.objects.create(delegation=trip(people=3), role="sender", body=place)
    row = next(row for row in below(asked(), "by-unit").rows if writers.shown(row[1]) == "Quảng Trị")
    page = reader.get(re.sub("#.*", "", row[2].link))
    assert page.status_code == 200
    assert list(page.context["question"].rows.values_list("people", flat=True)) == [3]
    assert reader.get("/reports/period/", {"period": "2023", "unit": place.pk}).status_code == 200


def test_nobody_travels_less_often_than_once(people):
    """Without numbers of people the named ones are the least of both; a trip with more known people stays."""
    for person in people[:2]:
        made = trip(person, held="2023-05-26")
        type(made).objects.filter(pk=made.pk).update(people=None)
    assert counts(rows(asked(direction="out"))[0]) == [
        Count(2),
        Count(2, at_least=True),
        Count(2, at_least=True),
    ]
    trip(held="2023-07-01", people=12)
    assert counts(rows(asked(direction="out"))[0])[1:] == [Count(12, at_least=True)] * 2


def test_online_meetings_without_a_date_stand_by_themselves():
    make_meeting(held="2023-02-01", mode="online", code="CO-NGAY")
    make_meeting(held="", mode="online", code="KHONG-NGAY")
    table = asked()
    assert [row["code"] for row in rows(below(table, "online"))] == ["CO-NGAY"]
    assert [row["code"] for row in rows(below(table, "undated-online"))] == ["KHONG-NGAY"]
