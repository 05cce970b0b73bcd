"""Gaps in the data: each is found where it is and nowhere else, and closed by what closes it."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.models import AgreementRole, Citation, CommitmentRole
from agreements.tests.builders import (
    make_agreement,
    make_body,
    make_commitment,
    make_document,
    make_link,
    make_place,
    make_progress,
    make_target,
    make_term,
)
from delegations.models import DelegationRole, VisitCitation
from delegations.tests.builders import contribute, make_delegation, make_delivery, make_line, make_meeting
from tracker.reports import writers
from tracker.reports.gaps import GapQuestion, gaps
from tracker.tests.seeded import seeded  # noqa: F401
from tracker.tests.test_report_command import report

pytestmark = pytest.mark.django_db
ON = date(2023, 6, 30)


def asked(on=ON, **filters):
    return gaps(GapQuestion({"on": on.isoformat(), **filters}, on))


def found(on=ON, **filters):
    """{gap: number} of the gaps of which there are records."""
    table = asked(on, **filters)
    numbers = {row[1].link.rpartition("#")[2]: row[1].value for row in table.rows}
    assert {one.key: len(one.rows) for one in table.below} == {
        gap: number for gap, number in numbers.items() if number
    }
    return {gap: number for gap, number in numbers.items() if number}


def cite(record, role="source", **document):
    """A document that says so."""
    table = Citation if record._meta.app_label == "agreements" else VisitCitation
    return table.objects.create(
        **{record._meta.model_name: record, "document": make_document(**document), "role": role}
    )


def whole_agreement(**facts):
    """An agreement in which nothing is missing."""
    agreement = make_agreement(
        **{
            "signed_on": "2022-01-15",
            "published_on": "2022-02-01",
            "period": "2022-01-15/2025-01-14",
            **facts,
        }
    )
    cite(agreement)
    AgreementRole.objects.create(agreement=agreement, role="focal", body=make_body())
    return agreement


def whole_commitment(agreement=None, **facts):
    commitment = make_commitment(agreement or whole_agreement(), **facts)
    cite(commitment)
    CommitmentRole.objects.create(commitment=commitment, role="lead", body=make_body())
    return commitment


def measured(**facts):
    return make_commitment(kind="cumulative", unit=make_term("unit", "student"), **facts)


def whole_delegation(*args, **facts):
    """A delegation of which both sides are known."""
    made = make_delegation(*args, **facts)
    for role, body in (("sender", make_body()), ("visited", make_place("LA-Y", "Tỉnh Y"))):
        DelegationRole.objects.create(delegation=made, role=role, body=body)
    return made


def test_where_nothing_is_missing_every_number_is_0():
    whole_commitment()
    cite(make_meeting("2023-01-05"))
    table = asked()
    assert [row[1].value for row in table.rows] == [0] * 19
    assert table.below == ()


# Sources -----------------------------------------------------------------------------------------
def test_without_any_source():
    whole_agreement().citations.all().delete()
    commitment = whole_commitment()
    commitment.citations.all().delete()
    make_meeting("2023-01-05")
    make_meeting("2023-01-06", status="planned")
    make_meeting("2023-07-01")
    assert found() == {"agreement-source": 1, "commitment-source": 1, "meeting-source": 1}
    cite(commitment, withdrawn_on=ON, withdrawn_reason="sai")
    assert found()["commitment-source"] == 1
    cite(commitment)
    assert "commitment-source" not in found()


def test_events_without_any_source():
    whole_delegation("out", "2023-06-29")
    make_delivery("2023-01-05", kind="gift")
    assert found() == {"delegation-source": 1, "delivery-source": 1}


def test_delegations_of_which_a_side_is_not_known():
    whole, half, part = (make_delegation("out", "2023-06-29", name=name) for name in ("A", "B", "C"))
    part.part_of = whole
    part.save()
    for visit, role, body in (
        (whole, "sender", make_body()),
        (whole, "inviter", make_place("LA-Y")),
        (half, "sender", make_body()),
    ):
        DelegationRole.objects.create(delegation=visit, role=role, body=body)
    DelegationRole.objects.create(delegation=half, role="inviter", title="Tỉnh trưởng")  # no place
    make_delegation("in", "2023-07-01")
    (listed,) = [one for one in asked().below if one.key == "delegation-side"]
    assert [row[2].value for row in listed.rows] == ["B"]


# Units, figures, targets -------------------------------------------------------------------------
def test_without_focal_or_lead_unit():
    whole_agreement().roles.filter(role="focal").delete()
    agreement = whole_agreement()
    for strength in ("signed", "wish"):
        whole_commitment(agreement, strength=strength).roles.all().delete()
    assert found() == {"agreement-focal": 1, "commitment-lead": 1}


def test_unverified_and_unapproved_figures(settings):
    commitment = whole_commitment(kind="one_off", unit=make_term("unit", "person"))
    make_progress(commitment, "2023-01", quantity=3, verified=True, review_state="approved")
    make_progress(commitment, "2023-02", done="Không có số")
    assert found() == {}
    make_progress(commitment, "2023-03", quantity=3, review_state="approved")
    assert found() == {"figure-unverified": 1}
    make_progress(commitment, "2023-04", quantity=3, verified=True)
    make_progress(commitment, "2023-05", quantity=3, verified=True)
    assert found() == {"figure-unverified": 1, "figure-unapproved": 1}
    assert any("không bắt buộc duyệt" in str(note) for note in asked().notes)
    settings.REVIEW_REQUIRED = True
    assert not any("không bắt buộc duyệt" in str(note) for note in asked().notes)


def test_a_quantity_without_a_target():
    commitment = whole_commitment(kind="cumulative", unit=make_term("unit", "person"))
    assert found() == {"commitment-target": 1}
    make_target(commitment, "2022/2025", 5)
    assert found() == {}


def test_a_recurring_commitment_without_a_target_for_the_running_period():
    commitment = whole_commitment(kind="per_period", every="year", unit=make_term("unit", "person"))
    make_target(commitment, "2022", 5)
    assert found() == {"commitment-instance": 1}
    assert found(date(2022, 12, 31)) == {}
    make_target(commitment, "2022/2025", 5)  # what each year repeats is no target of this one
    assert found() == {"commitment-instance": 1}
    make_target(commitment, "2023", 5)
    assert found() == {}
    make_target(
        whole_commitment(kind="per_period", every="year", unit=commitment.unit, period="2021/2022"), "2021", 1
    )
    assert found() == {}


# Agreements --------------------------------------------------------------------------------------
def test_lapsed_without_a_successor():
    older = whole_agreement(signed_on="2017-01-01", period="2017/2020", published_on="2017-02-01")
    assert found() == {"agreement-lapsed": 1}
    assert found(date(2020, 12, 31)) == {}
    newer = whole_agreement(process="drafting")
    make_link(newer, "follows", older)
    assert found() == {"agreement-lapsed": 1}
    newer.process = "signed"
    newer.save()
    assert found() == {}


def test_neither_published_nor_said_why_not():
    for facts in (
        {}, {"published_url": "https://snv.example.vn/1"}, {"unpublished_reason": make_term("reason", "secret")},
        {"process": "published"}, {"process": "drafting"}, {"track": "party"}, {"published_on": "2023-07-01"},
    ):  # fmt: skip
        whole_agreement(**{"published_on": "", **facts})
    assert found() == {"agreement-unpublished": 2}


# Events ------------------------------------------------------------------------------------------
def test_deliveries_without_minutes():
    for kind in ("support", "relief", "gift"):
        cite(make_delivery("2023-01-05", kind=kind))
    cite(make_delivery("2023-01-05", status="planned"))
    cite(make_delivery("2023-01-05"), "minutes")
    assert found() == {"delivery-minutes": 2}


def test_deliveries_that_give_commitments_more_than_they_brought():
    first, second, gone = measured(), measured(), measured(withdrawn_on=ON, withdrawn_reason="x")
    for quantities in ([(first, 3), (second, 1)], [(first, 4), (gone, 4)], [(first, 2), (second, 3)]):
        delivery = make_delivery("2023-01-05")
        cite(delivery, "minutes")
        make_line(delivery, "training", quantity=Decimal(4), unit="student")
        for commitment, quantity in quantities:
            contribute(delivery, commitment, quantity=Decimal(quantity))
    assert found()["delivery-shares"] == 1


def test_lines_that_together_hold_what_is_shared_out_are_no_gap():
    delivery = make_delivery("2023-01-05")
    cite(delivery, "minutes")
    for _line in range(2):
        make_line(delivery, "training", quantity=Decimal(4), unit="student")
    for _share in range(2):
        contribute(delivery, measured(), quantity=Decimal(4))
    assert "delivery-shares" not in found()
    contribute(delivery, measured(), quantity=Decimal(1))
    assert found()["delivery-shares"] == 1


def test_delegations_without_a_report_after_fifteen_days(settings):
    assert settings.REPORT_DAYS == 15
    cite(whole_delegation("out", "2023-06-10/2023-06-14"))
    cite(whole_delegation("in", "2023-06-10/2023-06-15"))
    assert found() == {"delegation-report": 1}
    settings.REPORT_DAYS = 14
    assert found() == {"delegation-report": 2}


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        ({}, 1),
        ({"reported_on": "2023-05-01"}, 0),
        ({"reported_on": "2023-07-05"}, 1),
        ({"report_due_on": "2023-08-01"}, 0),
        ({"report_due_on": "2023-04-20"}, 1),
        ({"number": 0}, 0),
        ({"status": "cancelled"}, 0),
    ],
)
def test_when_a_report_is_missed(facts, missing):
    cite(make_delegation("out", "2023-04-10/2023-04-14", **facts))
    assert found().get("delegation-report", 0) == missing


def test_a_report_on_results_is_a_document_too():
    cite(whole_delegation("out", "2023-04-10"), "result_report")
    whole = whole_delegation("out", "2023-04", number=2, reported_on="2023-06-01")
    cite(whole)
    cite(whole_delegation("out", "2023-04-11", part_of=whole))
    assert found() == {}


def test_dates_inferred_and_unknown():
    whole_agreement(signed_on="2022?-08-27")
    whole_agreement(signed_on="", period="2022/2025")
    whole_agreement(signed_on="", process="drafting")
    for held in ("2022?-05-26", ""):
        cite(make_meeting(held))
    assert found() == {"date-inferred": 2, "date-unknown": 2}


# Filters, lists, forms ---------------------------------------------------------------------------
def test_partner_and_office():
    make_meeting("2023-01-05")
    place, office = make_place("LA-Z", "Tỉnh Zeta"), make_body("SNV-2", "Sở Ngoại vụ Hai")
    agreement = make_agreement(theirs=place, office=office, signed_on="2023-01-01", published_on="2023-02-01")
    make_commitment(agreement)
    expected = {"agreement-source": 1, "commitment-source": 1, "agreement-focal": 1, "commitment-lead": 1}
    assert found(partner=str(place.pk)) == expected
    assert found(office=str(office.pk)) == {"agreement-source": 1, "agreement-focal": 1}
    assert asked(office=str(office.pk)).conditions == (("Cơ quan", "Sở Ngoại vụ Hai"),)


def test_a_record_is_listed_with_its_page(reader):
    meeting = make_meeting("2023-01-05", results="Bàn về y tế")
    (listed,) = asked().below
    assert writers.shown(listed.rows[0]) == (
        f"{meeting.code}; cuộc tiếp xúc; hội đàm: Bàn về y tế; 5/1/2023; Sở Ngoại vụ X"
    )
    assert listed.rows[0][0].link == f"/admin/delegations/meeting/{meeting.pk}/change/"
    assert asked(gap="meeting-source").conditions == (("Còn thiếu", "Cuộc tiếp xúc không dẫn nguồn nào"),)


def test_a_page_lists_the_latest_and_opens_the_others(reader):
    for day in range(1, 26):
        make_meeting(f"2023-01-{day:02d}")
    text = reader.get("/reports/gaps/?on=30/6/2023").content.decode()
    assert ">25/1/2023<" in text
    assert ">6/1/2023<" in text
    assert ">5/1/2023<" not in text
    assert "gap=meeting-source&amp;all=1#meeting-source" in text
    page = reader.get("/reports/gaps/?on=30/6/2023&gap=meeting-source").content.decode()
    assert ">1/1/2023<" in page


def everything():
    """A record of each table that lacks something, and one that lacks a figure's proof."""
    agreement = make_agreement(signed_on="2017-01-01", period="2017/2020")
    commitment = make_commitment(agreement, kind="per_period", every="year", unit=make_term("unit", "person"))
    make_progress(commitment, "2023-03", quantity=3)
    make_delegation("out", "2023-01")
    make_meeting("")
    delivery = make_delivery("2023?-01")
    make_line(delivery, "cash", amount=1000, currency="VND")
    contribute(delivery, commitment, quantity=2)


def test_sixty_of_each_cost_the_queries_of_three():
    question = GapQuestion({"on": "30/6/2023"}, ON)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            gaps(question)
        return len(captured)

    for _number in range(3):
        everything()
    few = queries()
    for _number in range(57):
        everything()
    assert queries() == few <= 3
    assert found()["figure-unverified"] == 60


def test_the_command_line_in_two_formats():
    make_meeting("2023-01-05", code="HD-1")
    told = json.loads(report("gaps", "--on", "30/6/2023", "--format", "json"))
    assert [row["number"] for row in told["rows"]][3] == 1
    assert [row["code"] for row in told["below"]["meeting-source"]["rows"]] == ["HD-1"]
    text = report("gaps", "--on", "30/6/2023", "--gap", "meeting-source", "--format", "csv")
    assert text.splitlines()[1] == "Cuộc tiếp xúc không dẫn nguồn nào,1"


def test_the_ledger(seeded):  # noqa: F811
    """Everything of the seeds is cited; none of the six delegations of a known date has a report."""
    numbers = found(date(2026, 1, 1))
    assert not [gap for gap in numbers if gap.endswith("-source")]
    assert numbers["delegation-report"] == 6  # D1.1, D2.1, D3.1, D4.1, D4.3 (two rows)
    assert numbers["agreement-lapsed"] == 2  # Sơn La–Luông Pha Bang 2022–2024, Hà Nội–Viêng Chăn 2022–2025
