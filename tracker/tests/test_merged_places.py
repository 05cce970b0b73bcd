"""Places that merged, in every report that asks for a place: as they are now, and as they were named then."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from agreements.models import Body, Succession
from agreements.places import present_places
from agreements.tests.builders import make_agreement, make_commitment, make_place
from delegations.models import DelegationRole, MeetingRole
from delegations.tests.builders import contribute, make_delegation, make_delivery, make_line, make_meeting
from tracker.reports.catalogue import REPORTS
from tracker.reports.writers import shown

pytestmark = pytest.mark.django_db
DAY = date(2025, 12, 31)
BY_PLACE = [
    one for one in REPORTS if {"place", "partner"} <= set(one.question.shared) and one.slug != "relation"
]
"""The relation of two localities is told for a pair only: test_relation_report.py."""
CASES = [(report, name) for report in BY_PLACE for name in ("place", "partner")]


@pytest.fixture(autouse=True)
def merged():
    """Everything was done by places that have merged since; {"place": (old, new), "partner": (old, new)}."""
    with override("en"):
        ours = make_place("VN-BG", "Bắc Giang"), make_place("VN-BN", "Bắc Ninh")
        theirs = make_place("LA-XS", "Xay Xổm Bun"), make_place("LA-VC", "Viêng Chăn mới")
        for old, new in (ours, theirs):
            Succession.objects.create(old=old, new=new, on="2025-07-01", how="merged")
        enter(ours[0], theirs[0])
        yield {"place": ours, "partner": theirs}


def enter(ours, theirs):
    agreement = make_agreement(ours, theirs, signed_on="2021-03-01", period="2021/2025")
    promise = make_commitment(agreement, [ours], kind="one_off", period="2025")
    make_commitment(make_agreement(ours, theirs, period="2020/2022"))
    make_commitment(None, [ours, theirs], made_on="2024")
    visit, met = make_delegation(held="2025-05-26"), make_meeting("2025-05-26")
    for model, arm, event, roles in (
        (DelegationRole, "delegation", visit, ("sender", "visited")),
        (MeetingRole, "meeting", met, ("chair", "participant")),
    ):
        for body, role in zip((ours, theirs), roles, strict=True):
            model.objects.create(**{arm: event, "body": body, "role": role})
    handed = make_delivery("2025-05-26", ours, theirs)
    make_line(handed, quantity=Decimal(2), unit="piece")
    for event in (visit, met, handed):
        contribute(event, promise)


def told(report, **asked):
    """The texts of all rows of a report, table by table."""
    question = report.question({"begin": "2021-01-01", "on": str(DAY), "end": str(DAY), **asked}, DAY)
    assert question.is_valid, [field.errors for field in question.fields]
    table = report.build(question)
    return {
        one.key: [tuple(shown(cell) for cell in row) for row in one.rows] for one in (table, *table.below)
    }


@pytest.mark.parametrize(("report", "name"), CASES, ids=lambda one: getattr(one, "slug", one))
def test_a_place_of_today_stands_for_what_it_came_from(report, name, merged):
    old, new = (str(place.pk) for place in merged[name])
    everything = told(report)
    now, then = told(report, **{name: new}), told(report, **{name: new}, named="then")
    assert {key: now[key] for key in everything} == everything  # further tables may come for a partner
    assert {key: then.get(key) for key in everything} != everything
    named_old = told(report, **{name: old}, named="then")
    assert {key: named_old[key] for key in everything} == told(report, named="then")


@pytest.mark.parametrize(
    ("slug", "key", "column"),
    [
        ("commitment-progress", "commitment-progress", 0),
        ("aid", "aid-places", 0),
        ("delegations", "by-place", 2),
    ],
)
def test_rows_are_grouped_by_the_place_of_today_or_of_then(slug, key, column):
    report = next(one for one in REPORTS if one.slug == slug)
    names = {row[column] for row in told(report)[key]}
    assert "Viêng Chăn mới" in names
    assert "Xay Xổm Bun" not in names
    names = {row[column] for row in told(report, named="then")[key]}
    assert "Xay Xổm Bun" in names
    assert "Viêng Chăn mới" not in names


def test_the_name_on_the_paper_stays(merged):
    report = next(one for one in REPORTS if one.slug == "agreement-status")
    row, _ended = told(report, place=str(merged["place"][1].pk))["agreement-status"]
    assert any("Bắc Giang" in text for text in row)


def test_a_place_that_was_split_is_no_single_one_today(merged):
    old, new = merged["partner"]
    third, fourth = make_place("LA-3", "Ba"), make_place("LA-4", "Bốn")
    Succession.objects.create(old=new, new=third, on="2025-08-01", how="renamed")
    assert present_places()[old.pk] == (third.pk, "Ba")
    Succession.objects.create(old=new, new=fourth, on="2025-08-01", how="split")
    assert old.pk not in present_places()
    assert Body.objects.count() > 4
