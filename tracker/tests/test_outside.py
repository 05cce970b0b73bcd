"""What was promised in talks stands in no agreement, and is told with the partner all the same."""

import csv
import io
import json
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from agreements.models import Body, Commitment, User
from agreements.tests.builders import make_agreement, make_body, make_commitment, make_place, make_term
from delegations.models import MeetingRole
from delegations.tests.builders import contribute, make_delegation, make_meeting
from tracker.reports import writers
from tracker.reports.agreement_sheet import agreement_sheet
from tracker.reports.agreement_status import agreement_status
from tracker.reports.promises import outside
from tracker.tests.seeded import seeded  # noqa: F401

pytestmark = pytest.mark.django_db
ON = date(2023, 6, 30)
PAGE = "/reports/agreement-status/"


def codes(place, **asked):
    return sorted(outside([place], ON, **asked).values_list("code", flat=True))


@pytest.fixture
def partner():
    return make_place("LA-Y", "Tỉnh Y")


def test_a_promise_is_with_a_partner_that_its_roles_name(partner):
    office = make_body("CQ-Y", "Chính quyền Y", area=partner)
    make_commitment(code="CO", obligors=[office])
    make_commitment(code="KHAC", obligors=[make_place("LA-Z", "Tỉnh Z")])
    make_commitment(make_agreement(signed_on="2022-01-01"), code="TRONG", obligors=[partner])
    make_commitment(code="SAU", obligors=[partner], made_on="2024")
    make_commitment(code="RUT", obligors=[partner], withdrawn_on=ON, withdrawn_reason="nhập trùng")
    assert codes(partner) == ["CO"]


@pytest.mark.parametrize(
    ("role", "facts", "found"),
    [
        ("participant", {}, ["CK"]),
        ("host", {}, ["CK"]),
        ("mentioned", {}, []),
        ("host", {"withdrawn_on": ON, "withdrawn_reason": "nhập trùng"}, []),
    ],
)
def test_a_promise_is_with_a_partner_at_whose_talks_it_was_made(partner, role, facts, found):
    talks = make_meeting("2022-05-26", **facts)
    MeetingRole.objects.create(meeting=talks, role=role, body=partner, title="Chủ tịch")
    contribute(talks, make_commitment(code="CK", obligors=[make_place()]), "made")
    assert codes(partner) == found


def test_a_promise_made_during_a_visit_is_with_those_visited(partner):
    visit = make_delegation()
    visit.roles.create(role="visited", body=partner)
    contribute(visit, make_commitment(code="CK"), "made")
    contribute(visit, make_commitment(code="PV"), "serves")
    assert codes(partner) == ["CK"]


def test_office_and_field_narrow_it(partner):
    field = make_term("field", "health", "Y tế")
    other = make_body("SNV-2", "Sở Ngoại vụ Hai")
    make_commitment(code="A", obligors=[partner]).fields.add(field)
    make_commitment(code="B", obligors=[partner], office=other)
    assert codes(partner, office=other) == ["B"]
    assert codes(partner, field=field) == ["A"]


# On the pages ------------------------------------------------------------------------------------
def test_the_report_of_a_partner_lists_them_counted_and_linked(reader, partner):
    make_agreement(theirs=partner, signed_on="2022-01-01")
    promise = make_commitment(code="CK-1", obligors=[partner], text="Giúp đỡ Tỉnh Y")
    response = reader.get(PAGE, {"partner": partner.pk, "on": "30/6/2023"})
    text = response.content.decode()
    assert text.count('href="#outside"') == 1
    assert "(1)" in response.context["table"]["below"][0]["title"]
    below = text.partition('<section id="outside">')[2]
    assert f'href="/admin/agreements/commitment/{promise.pk}/change/"' in below
    assert "Giúp đỡ Tỉnh Y" in below


def test_without_a_partner_a_note_opens_their_list(reader, partner):
    make_commitment(obligors=[partner])
    text = reader.get(PAGE, {"on": "30/6/2023"}).content.decode()
    assert 'href="/admin/agreements/commitment/?agreement__isnull=True"' in text
    assert 'id="outside"' not in text


def test_the_list_that_the_note_opens_holds_just_these(client, partner):
    client.force_login(User.objects.create_superuser("quan-tri", password=None, full_name="Quản trị"))
    make_commitment(code="CO", obligors=[partner])
    make_commitment(make_agreement(signed_on="2022-01-01"), code="TRONG")
    listed = client.get("/admin/agreements/commitment/?agreement__isnull=True").context["cl"]
    assert [row.code for row in listed.result_list] == ["CO"]


def test_files_and_terminal_hold_them_too(reader, partner):
    make_agreement(theirs=partner)
    make_commitment(code="CK-1", obligors=[partner])
    asked = {"partner": partner.pk, "on": "30/6/2023"}
    rows = list(csv.reader(io.StringIO(reader.get(PAGE, {**asked, "format": "csv"}).content.decode())))
    assert rows[-1][0] == "CK-1"
    found = json.loads(reader.get(PAGE, {**asked, "format": "json"}).content)
    assert [row["code"] for row in found["below"]["outside"]["rows"]] == ["CK-1"]
    out = io.StringIO()
    call_command("report", "agreement-status", "--partner", "LA-Y", "--on", "30/6/2023", stdout=out)
    assert "CK-1" in out.getvalue()


def test_the_sheet_lists_those_of_its_office_with_its_partner(partner):
    agreement = make_agreement(
        theirs=make_body("CQ-Y", "Chính quyền Y", area=partner), signed_on="2022-01-01"
    )
    make_commitment(code="CO", obligors=[partner], kind="one_off", period="2022")
    make_commitment(code="KHAC", obligors=[partner], office=make_body("SNV-2", "Sở Hai"))
    make_commitment(code="NOI-KHAC", obligors=[make_place("LA-Z", "Tỉnh Z")])
    table = next(one for one in agreement_sheet(agreement.pk, ON).tables if one.key == "outside")
    assert [row[0].value for row in table.rows] == ["CO"]
    told = {column.key: cell for column, cell in zip(table.columns, table.rows[0], strict=True)}
    assert told["health"].late


def test_an_event_that_served_one_of_them_is_not_of_the_agreement(partner):
    agreement = make_agreement(theirs=partner, signed_on="2022-01-01")
    promise = make_commitment(code="CO", obligors=[partner])
    contribute(make_meeting("2022-06-01"), promise)
    tables = {one.key: one for one in agreement_sheet(agreement.pk, ON).tables}
    assert tables["meetings"].rows == ()
    with translation.override("en"):
        told = {
            column.key: cell
            for column, cell in zip(tables["outside"].columns, tables["outside"].rows[0], strict=True)
        }
        assert writers.shown(told["state"].value) == "standing, without activity"  # 394 days before


def test_eleven_queries_whatever_their_number(partner):
    make_agreement(theirs=partner, signed_on="2022-01-01")
    for _number in range(12):
        make_commitment(obligors=[partner])
    with CaptureQueriesContext(connection) as captured:
        agreement_status(ON, loose=outside([partner], ON))
    assert len(captured) <= 11


@pytest.mark.usefixtures("seeded")
def test_what_did_we_promise_vientiane():
    """Counted by hand in seeds/commitments.csv: no agreement, LA-VT in a role or at the talks, by 30/6/2023."""
    place = Body.objects.get(code="LA-VT")
    table = agreement_status(ON, loose=outside([place], ON)).below[0]
    assert len(table.rows) == 33
    offices = {row[0].value.partition("-")[0] for row in table.rows}
    assert offices == {"HN", "HCM"}
    strengths = [row[2].value for row in table.rows]
    assert strengths.count(Commitment.Strength.AGREED.label) == 13
