"""How commitments stand: state, health and sentence of each case of cases_of_standing.py, cases_of_counting.py."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from agreements.models import Body, Commitment, StateOverride
from agreements.scope import seen_by
from agreements.tests.builders import (
    make_agreement,
    make_commitment,
    make_document,
    make_link,
    make_place,
    make_progress,
    make_target,
    make_term,
)
from agreements.tests.pages import client_of
from delegations.models import VisitCitation
from delegations.tests.builders import contribute, make_delegation, make_delivery, make_line, make_meeting
from tracker.progress.engine import judged
from tracker.progress.sentences import sentence
from tracker.progress.statement import parts
from tracker.tests import cases_of_counting, cases_of_standing

CASES = [*cases_of_standing.CASES, *cases_of_counting.CASES]
pytestmark = pytest.mark.django_db
UNITS = {"scholarship": "suất", "delegation": "đoàn", "occasion": "cuộc", "document": "văn bản"}
MAKERS = {"delegation": make_delegation, "meeting": make_meeting, "delivery": make_delivery}


def party(code):
    return Body.objects.filter(code=code).first() or make_place(code, code)


def promise(facts):
    facts = {"unit": "", "roles": {}, **facts}
    roles = facts.pop("roles")
    if unit := facts.pop("unit"):
        facts["unit"] = make_term("unit", unit, UNITS[unit])
    made = make_commitment(make_agreement(signed_on="2022-01-01"), **facts)
    take_part(made, roles)
    return made


def take_part(record, roles):
    """`roles`: {part taken: codes of places}."""
    for role, codes in roles.items():
        for code in codes:
            record.roles.create(role=role, body=party(code))


def tell(commitment, told):
    """Enter what is known: reports, events, papers, states set by officers."""
    made, reports = [], []
    for kind, on, quantity, facts in told:
        if kind == "report":
            reports.append(tell_report(commitment, on, quantity, facts, reports))
        elif kind == "set":
            StateOverride.objects.create(
                commitment=commitment, since=on, until=quantity, reason="phía bạn đã nhận đủ", **facts
            )
        elif kind == "child":
            paper = {"code": "BGN-1", "signed_on": on, "process": "signed", **facts}
            Commitment.objects.filter(pk=commitment.pk).update(child=make_agreement(**paper))
        elif kind == "under":
            make_link(
                make_agreement(signed_on=on, **{"process": "signed", **facts}), "under", commitment.agreement
            )
        elif kind == "rival":
            make_commitment(commitment.agreement, kind="cumulative", unit=commitment.unit)
        elif kind == "continued":
            make_commitment(make_agreement(signed_on=on), code="CK-SAU", continues=commitment)
        else:
            made.append(tell_event(commitment, kind, on, quantity, facts, made))


def tell_report(commitment, on, quantity, facts, earlier):
    facts = dict(facts)
    if "corrects" in facts:
        facts["corrects"] = earlier[facts["corrects"] - 1]
    if "counterpart" in facts:
        facts["counterpart"] = party(facts["counterpart"])
    if "reason" in facts:
        facts["reason"] = make_term("reason", facts["reason"], "Dịch bệnh")
    return make_progress(commitment, on, quantity=None if quantity is None else Decimal(quantity), **facts)


def tell_event(commitment, kind, held, quantity, facts, earlier):
    facts = dict(facts)
    how, minutes, roles = facts.pop("how"), facts.pop("minutes", False), facts.pop("roles", {})
    quantity = None if quantity is None else Decimal(quantity)
    share = {"quantity": quantity}
    if "counterpart" in facts:
        share["counterpart"] = party(facts.pop("counterpart"))
    if kind == "again":
        if line := facts.pop("line", None):
            share["line"] = make_line(earlier[-1], line)
        contribute(earlier[-1], commitment, how, **share)
        return earlier[-1]
    if kind == "part":
        kind, facts = "delegation", {**facts, "part_of": earlier[-1]}
    made = MAKERS[kind](held=held, **facts)
    if roles:
        made.roles.all().delete()
        take_part(made, roles)
    contribute(made, commitment, how, **share)
    if minutes:
        role = VisitCitation.Role.MINUTES
        VisitCitation.objects.create(delivery=made, document=make_document(), role=role)
    return made


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_how_a_commitment_stands(case, settings):
    settings.REVIEW_REQUIRED = case.reviewed
    commitment = promise(case.promise)
    for period, minimum, maximum, whom in case.targets:
        bounds = {"minimum": minimum and Decimal(minimum), "maximum": maximum and Decimal(maximum)}
        side, _by, code = whom.rpartition(":")
        parties = {side or "counterpart": party(code)} if code else {}
        make_target(commitment, period, **bounds, **parties)
    tell(commitment, case.told)
    chosen = Commitment.objects.filter(pk=commitment.pk).select_related("unit", "child")
    stands, figures = judged(case.on, chosen)[commitment.pk]
    with override("vi"):
        why = sentence(stands, figures, chosen.get(), case.on)
    assert (stands.state, stands.health, bool(stands.about)) == (case.state, case.health, case.about)
    assert why == case.sentence


def test_a_paper_under_two_agreements_is_told_of_each_as_if_it_stood_alone():
    """It counts for the target of the one and not for that of the other, whichever are asked for together."""
    papers = [
        promise({"unit": "document", "kind": "cumulative", "period": "2022/2023"}) for _number in range(2)
    ]
    under = make_agreement(signed_on="2022-03-01")
    for commitment, year in zip(papers, ("2022", "2023"), strict=True):
        make_link(under, "under", commitment.agreement)
        make_target(commitment, year, 1)
    on = date(2023, 6, 30)
    together = judged(on, Commitment.objects.all())
    assert [together[one.pk][0].outside for one in papers] == [None, 1]
    for one in papers:
        assert judged(on, Commitment.objects.filter(pk=one.pk)) == {one.pk: together[one.pk]}


def test_there_are_enough_cases():
    assert len(CASES) >= 60
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize("by_counterpart", [False, True])
def test_what_is_known_is_written_for_the_whole_register_whoever_asks_first(by_counterpart):
    officer = client_of("view_commitment").user
    parts.cache_clear()
    with seen_by(officer):
        first = parts(by_counterpart, False)
    parts.cache_clear()
    assert first == parts(by_counterpart, False)
