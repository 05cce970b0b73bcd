"""Delegations of a period: three counts, every row once, what is not known apart from zero."""

import json
from datetime import date

import pytest

from agreements.models import Agreement, Body
from agreements.tests.builders import (
    make_agreement,
    make_body,
    make_document,
    make_person,
    make_place,
    make_term,
)
from delegations.models import DelegationRole, VisitCitation
from delegations.tests.builders import contribute, make_delegation, make_meeting
from tracker.reports import writers
from tracker.reports.table import Cell, Count, Dated
from tracker.reports.visit_counts import beginning
from tracker.reports.visit_report import delegations
from tracker.reports.visits import VisitsQuestion
from tracker.tests.seeded import seeded  # noqa: F401

pytestmark = pytest.mark.django_db
TODAY = date(2023, 12, 31)
STATISTICS = ("by-unit", "by-place", "by-purpose", "by-funding")
YEAR = {"begin": "1/1/2023", "end": "31/12/2023"}


def asked(**filters):
    return delegations(VisitsQuestion({**YEAR, **filters}, TODAY))


def below(table, key):
    return next(one for one in table.below if one.key == key)


def rows(table):
    """[{column key: value}] of a table."""
    keys = [column.key for column in table.columns]
    return [dict(zip(keys, (cell.value for cell in row), strict=True)) for row in table.rows]


def counts(row):
    """The certain numbers of delegations, journeys and people of a row."""
    return [row[key].certain for key in ("delegations", "journeys", "people")]


def trip(*people, to=(), held="2023-05-26", direction="out", **facts):
    """A delegation of these people to these places."""
    made = make_delegation(direction, held, **{"people": len(people) or None, **facts})
    for person in people:
        DelegationRole.objects.create(delegation=made, role="member", person=person)
    for place in to:
        DelegationRole.objects.create(delegation=made, role="visited", body=place)
    return made


@pytest.fixture
def people(db):
    return [make_person(name) for name in ("Nguyễn Văn A", "Trần Thị B", "Lê Văn C")]


@pytest.fixture
def places(db):
    make_place("LA", "Lào", kind=Body.Kind.COUNTRY)
    return [make_place(f"LA-{code}", f"Tỉnh {code}") for code in "KLM"]


# The three counts --------------------------------------------------------------------------------
def test_three_people_to_three_provinces_are_one_delegation_and_three_journeys(people, places):
    trip(*people, to=places)
    table = asked(direction="out")
    assert counts(rows(table)[0]) == [Count(1), Count(3), Count(3)]
    by_place = rows(below(table, "by-place"))
    assert {writers.shown(row["place"]): row["delegations"].certain.number for row in by_place} == {
        "cả nước": 1, "Tỉnh K": 1, "Tỉnh L": 1, "Tỉnh M": 1, "—": 1,
    }  # fmt: skip
    assert by_place[0]["place"] == "cả nước"


def test_a_second_trip_of_one_of_them_is_another_journey_of_the_same_person(people, places):
    trip(*people, to=places)
    trip(people[0], held="2023-09-01")
    assert counts(rows(asked(direction="out"))[0]) == [Count(2), Count(4), Count(3)]


def test_people_not_known_make_the_sums_at_least(people):
    trip(*people)
    trip(held="2023-06-01")
    first = rows(asked(direction="out"))[0]
    assert counts(first) == [Count(2), Count(3, at_least=True), Count(3, at_least=True)]
    listed = rows(below(asked(direction="out"), "list-out"))
    assert [writers.shown(row["people"]) for row in listed] == ["3", "—"]


def test_people_without_names_may_be_the_same_on_two_trips():
    trip(people=12)
    assert counts(rows(asked(direction="out"))[0]) == [Count(1), Count(12), Count(12)]
    trip(people=5, held="2023-06-01")
    assert counts(rows(asked(direction="out"))[0]) == [Count(2), Count(17), Count(12, at_least=True)]


def test_there_are_at_least_as_many_people_as_on_the_largest_trip(people):
    trip(*people)
    trip(people=12, held="2023-06-01")
    assert counts(rows(asked(direction="out"))[0]) == [Count(2), Count(15), Count(12, at_least=True)]


def test_rows_of_several_count_by_their_number_and_parts_not_beside_them():
    whole = trip(number=5, people=40, held="2023")
    trip(number=2, people=10, held="2023", part_of=whole)
    assert counts(rows(asked(direction="out"))[0])[:2] == [Count(5), Count(40)]
    listed = rows(below(asked(direction="out"), "list-out"))
    assert [writers.shown(row["name"]).startswith("trong đó") for row in listed] == [False, True]
    assert rows(below(asked(direction="out"), "by-funding"))[0]["delegations"].certain == Count(5)


def test_a_part_tells_of_people_where_its_whole_is_silent():
    whole = trip(number=5, held="2023")
    trip(number=2, people=10, held="2023", part_of=whole)
    assert counts(rows(asked(direction="out"))[0])[:2] == [Count(5), Count(10, at_least=True)]


def test_only_what_was_held_counts_and_none_is_no_delegation():
    for status in ("planned", "cancelled", "postponed"):
        trip(status=status)
    trip(number=0, held="2023")
    trip(withdrawn_on=TODAY, withdrawn_reason="nhập trùng")
    table = asked()
    assert [writers.shown(cell.value) for cell in table.rows[0]][1:] == ["—", "—", "—"]
    assert any(isinstance(note, Cell) and "number__exact=0" in note.link for note in table.notes)


# When --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("number", "held", "first", "last", "none_from", "expected"),
    [
        (1, "2022-12-28/2023-01-03", "2022-12-28", "2023-01-03", None, ("2022-12-28", "2022-12-28")),
        (1, "2022?-08-27", "2022-08-27", "2022-08-27", None, ("2022-08-27", "2022-08-27")),
        (1, "2019-11/2021", "2019-11-01", "2021-12-31", None, ("2019-11-01", "2021-12-31")),
        (2, "2022-12-28/2023-01-03", "2022-12-28", "2023-01-03", None, ("2022-12-28", "2023-01-03")),
        (2, "2019-11/2021", "2019-11-01", "2021-12-31", "2020-01-01", ("2019-11-01", "2019-12-31")),
        (1, "", None, None, None, (None, None)),
    ],
)
def test_when_a_delegation_began(number, held, first, last, none_from, expected):
    def day(text):
        return text and date.fromisoformat(text)

    found = beginning(number, held, day(first), day(last), day(none_from))
    assert found == tuple(day(text) for text in expected)


def test_a_delegation_counts_in_the_period_in_which_it_began():
    trip(held="2022-12-15/2022-12-16")
    trip(held="2022-12-30/2023-01-05")
    trip(held="2023-12-31/2024-01-04")
    trip(held="2023-06/2024-02")
    trip(held="")
    found = rows(asked(direction="out"))[0]["delegations"]
    assert found == Dated(Count(1), Count(1), Count(1))
    listed = rows(below(asked(direction="out"), "list-out"))
    assert [row["certainty"].code for row in listed] == ["certain", "possible"]
    undated = rows(below(asked(direction="out"), "undated-out"))  # of no period: by themselves
    assert [row["certainty"].code for row in undated] == ["undated"]


def test_the_report_window_of_the_15th_of_december():
    trip(held="2024-12-14/2024-12-18")
    trip(held="2025-12-14")
    trip(held="2025-12-15")
    found = delegations(VisitsQuestion({"begin": "15/12/2024", "end": "14/12/2025"}, date(2025, 12, 31)))
    assert rows(found)[0]["delegations"] == Dated(Count(1))


def test_years_up_to_the_period_are_compared():
    trip(held="2019-05-01")
    trip(held="2021-05-01")
    trip(held="2023-05-01", direction="in")
    table = asked()
    found = {row["year"]: (row["delegations_out"].certain, row["delegations_in"].certain) for row in
             rows(below(table, "by-year"))}  # fmt: skip
    assert found == {
        "2019": (Count(1), None), "2020": (None, None), "2021": (Count(1), None), "2022": (None, None),
        "2023": (None, Count(1)),
    }  # fmt: skip
    (chart,) = below(table, "by-year").charts
    assert [(box.y, box.fill) for box in chart.boxes[:-2]] == [(6, "dark"), (62, "dark"), (118, "hatched")]
    assert rows(table)[0]["delegations"] == Dated()


# Columns -----------------------------------------------------------------------------------------
def busy(places, direction="out"):
    """A delegation of which everything is told."""
    made = trip(
        make_person("Nguyễn Văn A"), to=places[:1], held="2023-05-26/2023-05-28", direction=direction,
        purpose="Ký thỏa thuận", cost=100_000_000, currency=make_term("currency", "VND"), funding="province",
        in_plan=False, reported_on="2023-06-05", note="Ghi chú",
    )  # fmt: skip
    sender, host = (make_body("SYT-X", "Sở Y tế X"), make_body("SYT-K", "Sở Y tế K", places[0]))
    if direction == "in":
        sender, host = host, sender
    for role, body in (("sender", sender), ("host", host), ("inviter", host)):
        DelegationRole.objects.create(delegation=made, role=role, body=body)
    DelegationRole.objects.create(delegation=made, role="head", title="Giám đốc", body=sender)
    for role, number in (
        ("proposal", "01/TTr-SYT"),
        ("approval", "02/QĐ-UBND"),
        ("result_report", "03/BC-SYT"),
    ):
        paper = make_document(number=number, issued_on="2023-05-02")
        VisitCitation.objects.create(delegation=made, document=paper, role=role)
    made.fields.add(make_term("field", "health", "Y tế"))
    contribute(made, Agreement.objects.filter(code="TT-1").first() or make_agreement(code="TT-1"))
    meeting = make_meeting("2023-05-27", results="Hội đàm về y tế")
    meeting.delegations.add(made)
    return made


def test_a_delegation_out_has_the_columns_of_the_form(places):
    made = busy(places)
    (row,) = rows(below(asked(), "list-out"))
    assert {key: writers.shown(value) for key, value in row.items()} == {
        "no": "1", "name": f"{made.name} ({made.code})", "head": "Giám đốc (Sở Y tế X)", "begin": "26/5/2023",
        "end": "28/5/2023", "days": "3", "request": "01/TTr-SYT (2/5/2023)", "approval": "02/QĐ-UBND (2/5/2023)",
        "unit": "Sở Y tế X", "place": "Lào: Tỉnh K", "purpose": "Ký thỏa thuận", "cost": "100.000.000 VND",
        "funding": "ngân sách tỉnh", "inviter": "Sở Y tế K",
        "report": "đã báo cáo ngày 5/6/2023; 03/BC-SYT (2/5/2023)", "note": "Ghi chú", "agreements": "TT-1",
        "in_plan": "ngoài kế hoạch", "people": "1", "number": "1", "certainty": "trong kỳ",
        "review": "nháp, chưa kiểm chứng",
    }  # fmt: skip


def test_a_delegation_in_has_the_columns_of_the_form(places):
    busy(places, "in")
    (row,) = rows(below(asked(), "list-in"))
    told = {key: writers.shown(value) for key, value in row.items()}
    assert told["from"] == "Sở Y tế K"
    assert told["place"] == "Lào: Tỉnh K"
    assert told["unit"] == "Sở Y tế X"
    assert told["fields"] == "Y tế"
    assert told["contents"] == "Hội đàm về y tế"


def test_of_a_single_day_nobody_knows_the_return():
    trip(held="2023-05-26")
    (row,) = rows(below(asked(), "list-out"))
    assert [writers.shown(row[key]) for key in ("begin", "end", "days")] == ["26/5/2023", "—", "—"]


def test_online_meetings_are_told_apart():
    make_meeting("2023-03-01", mode="online")
    make_meeting("2023-03-01")
    make_meeting("2022-03-01", mode="online")
    make_meeting("2023-03-02", mode="online", status="cancelled")
    table = asked()
    assert len(below(table, "online").rows) == 1
    assert rows(table)[0]["delegations"] == Dated()


# Filters and links -------------------------------------------------------------------------------
def test_every_number_of_the_statistics_opens_the_rows_behind_it(reader, places):
    busy(places)
    busy(places[1:], "in")
    trip(held="2023-02-01", people=4)
    table = asked()
    checked = 0
    for one in (table, *(part for part in table.below if part.key in STATISTICS)):
        for row in one.rows:
            cell = row[-3]  # the number of delegations
            page = reader.get(cell.link.partition("#")[0] + "&format=json")
            found = [told["delegations"]["certain"] for told in json.loads(page.content)["rows"]]
            assert sum(count["number"] for count in found if count) == cell.value.certain.number, cell.link
            checked += 1
    assert checked == 24


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("direction", "in"),
        ("country", "LA"),
        ("funding", "province"),
        ("funding", "none"),
        ("purpose", "Học tập"),
    ],
)
def test_filters(name, value, places):
    trip(direction="in")
    trip(to=places[:1], funding="province", purpose="Học tập")
    assert sum(len(below(asked(**{name: value}), f"list-{one}").rows) if value != "in" or one == "in" else 0
               for one in ("out", "in")) == 1  # fmt: skip


def test_partner_field_unit_and_office(places):
    made = busy(places)
    trip(held="2023-02-01", office=make_body("SNV-2", "Sở Ngoại vụ Hai"))
    sender = made.roles.get(role="sender").body
    for name, value in (
        ("partner", places[0].pk), ("field", made.fields.get().pk), ("unit", sender.pk), ("office", made.office_id),
    ):  # fmt: skip
        (row,) = rows(below(asked(**{name: str(value)}), "list-out"))
        assert made.code in writers.shown(row["name"]), name
