"""The one query and the plain loop over objects say the same of whatever is entered."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest

from agreements.models import Commitment, StateOverride
from agreements.tests.builders import (
    make_agreement,
    make_commitment,
    make_link,
    make_place,
    make_progress,
    make_target,
    make_term,
)
from delegations.tests.builders import contribute, make_delegation, make_delivery, make_line, make_meeting
from tracker.progress.engine import standings
from tracker.tests.oracle_of_standing import stands

pytestmark = pytest.mark.django_db
DAYS = (date(2022, 3, 31), date(2022, 12, 31), date(2023, 6, 30), date(2025, 1, 1))
UNITS = ("scholarship", "delegation", "occasion", "document")


class Register:
    """Commitments of every sort with whatever may be told of them, by chance."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.places = [make_place("LA-A", "A"), make_place("LA-B", "B")]
        self.papers = [
            make_agreement(signed_on=on) for on in ("2022-01-01", "2023-05", "", *[self.a_date()] * 9)
        ]
        for paper in self.papers:
            for number in (1, 2, 3):
                later = make_agreement(signed_on=self.pick("", self.a_date()), number=self.pick(1, 2, None))
                if number > self.pick(0, 1, 2):
                    make_link(later, "under", paper)
        self.made = []

    def pick(self, *choices):
        return self.chance.choice(choices)

    def a_date(self):
        day = date(2021, 6, 1) + timedelta(days=self.chance.randint(0, 1400))
        later = day + timedelta(days=self.chance.randint(0, 200))
        return self.pick(
            day.isoformat(), f"{day:%Y-%m}", str(day.year), f"{day}/{later}", f"{day:%Y-%m}/{later.year}"
        )

    def a_period(self):
        return self.pick(
            "", "2022", "2023", "2022/2023", "2022-01/2022-06", "2022/2024", "../2022-12-31", "2024/.."
        )

    def review(self):
        return self.pick("draft", "approved", "approved")

    def party(self):
        return self.pick(None, None, *self.places)

    def commitment(self):
        kind = self.pick(
            "cumulative", "cumulative", "per_period", "one_off", "standing", "mechanism", "child"
        )
        measured = kind in ("cumulative", "per_period")
        facts = {"kind": kind, "period": self.a_period()}
        if measured:
            facts["unit"] = make_term("unit", self.pick(*UNITS))
        if kind == "per_period":
            facts["every"] = self.pick("year", "half", "quarter", "month")
        if kind == "child" and self.pick(True, False):
            facts["child"] = self.pick(*self.papers)
        if self.made and self.pick(True, False, False):
            facts["continues"] = self.pick(*self.made)
        strength = self.pick("signed", "agreed", "task", "wish")
        promise = make_commitment(self.pick(*self.papers), strength=strength, **facts)
        for place in self.places:
            if self.pick(True, False):
                promise.roles.create(role=self.pick("obligor", "counterpart", "beneficiary"), body=place)
        self.tell(promise, measured)
        self.made.append(promise)

    def tell(self, promise, measured):
        seen = set()
        for _number in range(self.pick(0, 1, 2, 3) if measured else 0):
            key = self.a_period(), self.party(), self.party()
            if key not in seen:
                seen.add(key)
                least = Decimal(self.chance.randint(0, 6))
                pairs = [(least, None), (least, least), (least, least + 2), (None, least)]
                bounds = dict(zip(("minimum", "maximum"), self.pick(*pairs), strict=True))
                make_target(promise, key[0], obligor=key[1], counterpart=key[2], **bounds)
        self.reports(promise, measured)
        for _number in range(self.pick(0, 0, 1, 2)):
            self.event(promise, measured)
        if self.pick(True, False, False, False):
            since = self.pick(*DAYS) - timedelta(days=self.pick(-1, 0, 5))
            state = self.pick("done", "paused", "in_progress")
            StateOverride.objects.create(
                commitment=promise, state=state, reason="thử", since=since, until=since + timedelta(days=200)
            )

    def reports(self, promise, measured):
        told = []
        for _number in range(self.pick(0, 1, 2, 3)):
            quantity = self.pick(None, *map(Decimal, range(6))) if measured else None
            corrects = self.pick(None, None, *told[:1])
            said = self.pick(
                "", "", "in_progress", "done", "partly", "paused", "not_started", "not_performed"
            )
            told.append(
                make_progress(
                    promise, self.a_date(), said, quantity=quantity, corrects=corrects, obligor=self.party(),
                    counterpart=self.party(), review_state=self.review(),
                )
            )  # fmt: skip

    def event(self, promise, measured):
        make = self.pick(make_delegation, make_meeting, make_delivery)
        facts = {} if make is make_delivery else {"number": self.pick(1, 1, 2, None)}
        facts["review_state"] = self.review()
        event = make(held=self.pick("", self.a_date(), self.a_date()), **facts)
        self.took_part(event)
        lines = [None, make_line(event), make_line(event)] if make is make_delivery else [None]
        self.link(event, promise, measured, self.pick("serves", "serves", "made"), self.pick(*lines))
        for how in ("discussed", "signed"):
            if self.pick(True, False):
                self.link(event, promise, measured, how, self.pick(*lines))
        if make is make_delegation and self.pick(True, False):
            part = make_delegation(held=event.held, part_of=event)
            self.took_part(part)
            self.link(part, promise, measured, "serves")

    def took_part(self, event):
        roles = PARTS[event._meta.model_name]
        for place in self.places:
            if self.pick(True, False):
                event.roles.create(role=self.pick(*roles), body=place)

    def link(self, event, promise, measured, how, line=None):
        quantity = self.pick(None, None, Decimal(self.chance.randint(0, 5))) if measured else None
        contribute(event, promise, how, quantity=quantity, line=line, counterpart=self.party())


PARTS = {
    "delegation": ("sender", "host", "visited", "inviter"),
    "meeting": ("host", "participant", "mentioned"),
    "delivery": ("giver", "receiver", "witness"),
}


@pytest.mark.parametrize("reviewed", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_the_query_and_the_loop_say_the_same(seed, reviewed, settings):
    settings.REVIEW_REQUIRED = reviewed
    register = Register(seed)
    for _number in range(40):
        register.commitment()
    for on in DAYS:
        engine = {
            one.id: (one.state, one.health, bool(one.about))
            for one in standings(on, Commitment.objects.counted())
        }
        for commitment in Commitment.objects.counted():
            assert engine[commitment.pk] == stands(commitment, on), (on, commitment.pk, commitment.kind)
