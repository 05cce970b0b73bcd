"""Unit and field choose in every report whose records have them, on the page and from the command line."""

import json
from datetime import date
from decimal import Decimal

import pytest

from agreements.models import AgreementRole, CommitmentRole
from agreements.tests.builders import make_agreement, make_body, make_commitment, make_place, make_term
from delegations.models import DelegationRole
from delegations.tests.builders import make_delegation, make_delivery, make_line
from tracker.reports import writers
from tracker.reports.catalogue import BY_SLUG, build
from tracker.tests.test_report_command import report

pytestmark = pytest.mark.django_db
DAY = date(2022, 12, 31)
ASKED = {"begin": "2022-01-01", "end": "2022-12-31", "on": "2022-12-31"}


@pytest.fixture
def unit():
    return make_body("SYT", "Sở Y tế")


@pytest.fixture
def records(unit):
    """Two of each: one of the unit and in the field of health, one that is not."""
    health = make_term("field", "health", "Y tế")
    for ours in (True, False):
        agreement = make_agreement(signed_on="2022-03-01", code="CUA" if ours else "KHAC")
        promise = make_commitment(agreement, code=f"CK-{agreement.code}", made_on="2022-03-01")
        trip = make_delegation("out", "2022-05-26", code=f"D-{agreement.code}", people=2)
        giver = unit if ours else make_place()
        make_line(make_delivery("2022-05-26", giver, code=f"H-{agreement.code}"), "mask", unit="piece",
                  quantity=Decimal(7))  # fmt: skip
        if ours:
            AgreementRole.objects.create(agreement=agreement, role="focal", body=unit)
            CommitmentRole.objects.create(commitment=promise, role="lead", body=unit)
            DelegationRole.objects.create(delegation=trip, role="sender", body=unit)
            for record in (agreement, promise, trip):
                record.fields.add(health)
    return health


def made(slug, **more):
    return build(slug, {**ASKED, **more}, DAY)


def told(table, key):
    """The cells of a column as text."""
    place = [column.key for column in table.columns].index(key)
    return [writers.shown(row[place]) for row in table.rows]


def test_agreement_status_by_unit(records, unit):
    assert told(made("agreement-status", unit=str(unit.pk)), "code") == ["CUA"]
    loose = make_commitment(code="NGOAI", made_on="2022")
    CommitmentRole.objects.create(commitment=loose, role="counterpart", body=make_place("LA-Y"))
    partner = str(make_place("LA-Y").pk)
    assert told(made("agreement-status", partner=partner).below[0], "code") == ["NGOAI"]
    assert told(made("agreement-status", partner=partner, unit=str(unit.pk)).below[0], "code") == []


def test_the_period_by_unit(records, unit):
    table = made("period", unit=str(unit.pk))
    figures = dict(zip(told(table, "name"), told(table, "now"), strict=True))
    assert figures["Văn bản thỏa thuận đã ký"] == "1"
    assert figures["Đoàn ra: số đoàn"] == "1"
    assert figures["Hỗ trợ cho bạn: số lần bàn giao"] == "1"
    assert [told(one, "code") for one in table.below if one.key == "made"] == [["CK-CUA"]]
    assert table.conditions[-1][1] == "Sở Y tế"


def test_aid_by_unit(records, unit):
    assert told(made("aid", unit=str(unit.pk)), "total") == ["7 piece", "—"]
    assert told(made("aid"), "total") == ["14 piece", "—"]


@pytest.mark.parametrize("name", ["unit", "field"])
def test_gaps_by_unit_and_by_field(records, unit, name):
    chosen = {"unit": unit.pk, "field": records.pk}[name]
    table = made("gaps", **{name: str(chosen)})
    found = {one.key: told(one, "code") for one in table.below}
    assert found["agreement-source"] == ["CUA"]
    assert found["commitment-source"] == ["CK-CUA"]
    assert found["delegation-source"] == ["D-CUA"]
    assert found.get("delivery-source", []) == (["H-CUA"] if name == "unit" else [])
    assert f"{name}={chosen}" in table.rows[0][1].link
    assert len(made("gaps").below[0].rows) == 2


def test_the_page_and_the_command_offer_them(reader, records, unit):
    for slug in ("agreement-status", "period", "gaps", "aid"):
        assert {"unit", "field"} <= set(BY_SLUG[slug].question.shared), slug
        assert reader.get(f"/reports/{slug}/", {**ASKED, "unit": unit.pk}).status_code == 200
    text = report("agreement-status", "--on", "2022-12-31", "--unit", "SYT", "--format", "json")
    assert [row["code"] for row in json.loads(text)["rows"]] == ["CUA"]


def test_the_command_asks_for_what_is_not_recorded_as_the_page_does(records):
    days = ("--from", "2022-01-01", "--to", "2022-12-31", "--format", "json")
    found = json.loads(report("delegations", *days, "--unit", "none"))
    assert [row["name"].rpartition("(")[2] for row in found["below"]["list-out"]["rows"]] == ["D-KHAC)"]
