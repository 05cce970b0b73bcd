"""What staff ask of the lists of visits and aid: who, in what unit, paid by whom, in the plan or not."""

import pytest
from django.urls import reverse

from agreements.models import Term
from agreements.tests.builders import make_body, make_place
from agreements.tests.pages import client_of
from delegations.models import MeetingRole
from delegations.tests.builders import make_delegation, make_delivery, make_line, make_meeting

pytestmark = pytest.mark.django_db


def listed(model, **query):
    page = client_of().get(reverse(f"admin:delegations_{model}_changelist"), query)
    return set(page.context["cl"].result_list)


def test_aid_is_asked_by_unit_measure_and_money():
    health, school = make_body("SYT", "Sở Y tế"), make_body("SGD", "Sở Giáo dục")
    masks = make_delivery(giver=health)
    make_line(masks, "mask", "piece", quantity=5, funding="province")
    make_line(masks, "gel", "bottle", quantity=2)
    places = make_delivery(giver=make_place(), receiver=school)
    make_line(places, "slot", "person", quantity=2, funding="central")
    piece, person = (Term.objects.get(vocabulary="unit", code=code).pk for code in ("piece", "person"))
    assert listed("delivery", unit=health.pk) == {masks}
    assert listed("delivery", unit=school.pk) == {places}  # receivers too
    assert listed("delivery", measure=piece) == {masks}
    assert listed("delivery", measure=person) == {places}
    assert listed("delivery", funding="province") == {masks}
    assert listed("delivery", funding="central", measure=piece) == set()


def test_meetings_are_asked_by_who_was_there():
    there, told = make_body("SYT", "Sở Y tế"), make_body("SGD", "Sở Giáo dục")
    meeting = make_meeting()
    MeetingRole.objects.create(meeting=meeting, role="participant", body=there)
    MeetingRole.objects.create(meeting=meeting, role="mentioned", body=told)
    other = make_meeting()
    MeetingRole.objects.create(meeting=other, role="host", body=told)
    assert listed("meeting", unit=there.pk) == {meeting}
    assert listed("meeting", unit=told.pk) == {other}


def test_delegations_are_asked_by_plan_and_money():
    planned = make_delegation(in_plan=True, funding="province")
    sudden, unknown = make_delegation(in_plan=False), make_delegation()
    assert listed("delegation", in_plan__exact=1) == {planned}
    assert listed("delegation", in_plan__exact=0) == {sudden}
    assert listed("delegation", funding__exact="province") == {planned}
    assert listed("delegation") == {planned, sudden, unknown}
