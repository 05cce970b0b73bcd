"""What each of several counterparts of a commitment got, on its page and in the sheet of its agreement."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from agreements.models import Commitment
from agreements.tests.builders import make_agreement, make_commitment, make_place, make_progress, make_term
from delegations.tests.builders import contribute, make_delegation, make_delivery, make_meeting
from tracker.progress.telling import tell
from tracker.reports import writers
from tracker.reports.agreement_sheet import agreement_sheet

pytestmark = pytest.mark.django_db
ON = date(2023, 6, 30)
NONE, WITHIN = "chưa ghi nhận hoạt động nào", "hoạt động gần nhất {}"
LONG_AGO = "không ghi nhận hoạt động nào trong 365 ngày gần đây, tin gần nhất {}"


def place(code):
    return make_place(code, code)


def promise(*codes, **facts):
    made = make_commitment(make_agreement(signed_on="2021-01-01"), **facts)
    for code in codes:
        made.roles.create(role="counterpart", body=place(code))
    return made


@pytest.fixture
def kept_up():
    """A standing commitment with V and Z."""
    return promise("LA-V", "LA-Z", kind="standing")


def shares(commitment, on=ON):
    rows = Commitment.objects.filter(pk=commitment.pk).select_related("unit", "child")
    with override("vi"):
        return dict(tell(on, rows, list(rows), by_counterpart=True)[commitment.pk].shares)


def test_talks_with_one_are_not_activity_with_the_other(kept_up):
    meeting = make_meeting("2023-05-01")
    meeting.roles.create(role="participant", body=place("LA-V"))
    contribute(meeting, kept_up)
    assert shares(kept_up) == {"LA-V": WITHIN.format("1/5/2023"), "LA-Z": NONE}


def test_talks_with_both_are_activity_with_both(kept_up):
    meeting = make_meeting("2023-05-01")
    for code in ("LA-V", "LA-Z"):
        meeting.roles.create(role="participant", body=place(code))
    contribute(meeting, kept_up)
    assert set(shares(kept_up).values()) == {WITHIN.format("1/5/2023")}


def test_what_lies_before_the_window_and_what_comes_later(kept_up):
    contribute(make_delegation(held="2022-06-29"), kept_up, counterpart=place("LA-V"))
    make_progress(kept_up, "2023-07-01", "in_progress", counterpart=place("LA-Z"))
    assert shares(kept_up) == {"LA-V": LONG_AGO.format("29/6/2022"), "LA-Z": NONE}
    contribute(make_delegation(held="2022-06-30"), kept_up, counterpart=place("LA-V"))
    assert shares(kept_up)["LA-V"] == WITHIN.format("30/6/2022")


def test_figures_by_counterpart_each_event_once():
    """V: 3 reported and 5 delivered, linked twice; Z: what was given to both together is nobody's figure."""
    made = promise("LA-V", "LA-Z", kind="cumulative", unit=make_term("unit", "scholarship", "suất"))
    one, other = place("LA-V"), place("LA-Z")
    make_progress(made, "2023-05-01", quantity=Decimal(3), counterpart=one)
    delivery = make_delivery("2023-06-01", receiver=one)
    contribute(delivery, made, quantity=Decimal(5))
    contribute(delivery, made, "discussed", quantity=Decimal(5))
    both = make_delivery("2023-06-10", receiver=one)
    both.roles.create(role="receiver", body=other)
    contribute(both, made, quantity=Decimal(7))
    assert shares(made) == {
        "LA-V": "8 suất; " + WITHIN.format("10/6/2023"),
        "LA-Z": WITHIN.format("10/6/2023"),
    }


def test_a_single_counterpart_is_not_told_apart():
    assert shares(promise("LA-V")) == {}


def test_it_is_one_query_more(kept_up):
    rows = Commitment.objects.filter(pk=kept_up.pk)
    asked = list(rows.select_related("unit", "child"))
    with CaptureQueriesContext(connection) as without:
        tell(ON, rows, asked)
    with CaptureQueriesContext(connection) as together:
        tell(ON, rows, asked, by_counterpart=True)
    assert len(together) == len(without) + 1


def test_the_page_and_the_sheet_tell_it(kept_up, admin_client):
    today = timezone.localdate()
    contribute(make_meeting(today.isoformat()), kept_up, counterpart=place("LA-V"))
    page = admin_client.get(reverse("admin:agreements_commitment_change", args=[kept_up.pk])).content.decode()
    assert f"<dt>LA-V</dt><dd>hoạt động gần nhất {today.day}/{today.month}/{today.year}</dd>" in page
    assert f"<dt>LA-Z</dt><dd>{NONE}</dd>" in page
    with override("vi"):
        text = writers.to_csv(agreement_sheet(kept_up.agreement_id, today))
    assert f"LA-Z: {NONE}" in text
