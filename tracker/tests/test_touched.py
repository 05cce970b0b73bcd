"""Each rule of what a change touches is needed: with it the kept is as the new, without it the change is missed."""

import copy
from datetime import date

import pytest
from django.db import connection, transaction

from agreements.models import (
    Agreement,
    AgreementLink,
    Body,
    Commitment,
    CommitmentRole,
    Progress,
    StateOverride,
    Target,
    Term,
    User,
)
from agreements.tests.builders import (
    make_agreement,
    make_commitment,
    make_document,
    make_link,
    make_override,
    make_place,
    make_progress,
    make_target,
    make_term,
)
from delegations.models import (
    Contribution,
    Delegation,
    DelegationRole,
    Delivery,
    DeliveryRole,
    Meeting,
    MeetingRole,
    VisitCitation,
)
from delegations.tests.builders import contribute, make_delegation, make_delivery, make_meeting
from tracker.progress import engine
from tracker.progress.remembered import stamp
from tracker.progress.touched import RULES, touched

pytestmark = pytest.mark.django_db(transaction=True)
ON = date(2023, 6, 30)
HELD = "2022-05-26"


def measured(unit, paper=None, minimum=2, **facts):
    """A commitment of so many of a unit, with one target."""
    paper = paper or make_agreement(signed_on="2022-01-01")
    promise = make_commitment(
        paper, kind="cumulative", unit=make_term("unit", unit), period="2022/2023", **facts
    )
    make_target(promise, "2022/2023", minimum)
    return promise


def for_one_of_two(make, side, roles):
    """A commitment with a target of the place A; in its event A and B take part. The role of B in the event."""
    promise = make_commitment(
        make_agreement(signed_on="2022-01-01"),
        kind="cumulative",
        unit=make_term("unit", "scholarship"),
        period="2022/2023",
    )
    places = make_place("LA-A", "A"), make_place("LA-B", "B")
    for place in places:
        promise.roles.create(role=side, body=place)
    make_target(promise, "2022/2023", 2, **{side: places[0]})
    event = make(held=HELD)
    event.roles.all().delete()
    for place, role in zip(places, roles, strict=True):
        event.roles.create(role=role, body=place)
    contribute(event, promise, quantity=3)
    return promise, event.roles.get(body=places[1])


def reported():
    promise = measured("scholarship")
    report = make_progress(promise, "2022-05-01", quantity=1)
    return lambda: set_and_save(report, quantity=2)


def aimed():
    promise = measured("scholarship")
    make_progress(promise, "2022-05-01", quantity=1)
    return lambda: set_and_save(promise.targets.get(), minimum=1)


def said_so():
    promise = measured("scholarship")
    return lambda: make_override(promise, since=date(2023, 1, 1))


def party_gone():
    promise, _role = for_one_of_two(make_delivery, "counterpart", ("receiver", "receiver"))
    return promise.roles.get(body__code="LA-B").delete


def linked():
    promise = measured("scholarship")
    event = make_delivery(held=HELD)
    return lambda: contribute(event, promise, quantity=3)


def unlinked():
    promise = measured("scholarship")
    link = contribute(make_delivery(held=HELD), promise, quantity=3)
    return link.delete


def moved(make):
    def scene():
        promise = measured("scholarship")
        event = make(held=HELD)
        contribute(event, promise, quantity=3)
        return lambda: set_and_save(event, held="2024-01-01")

    return scene


def part():
    promise = measured("delegation")
    one, other = make_delegation(held=HELD), make_delegation(held=HELD)
    contribute(one, promise)
    contribute(other, promise)
    return lambda: set_and_save(other, part_of=one)


def left(make, roles):
    return lambda: for_one_of_two(make, "counterpart", roles)[1].delete


def minuted():
    promise = measured("scholarship")
    event = make_delivery(held=HELD)
    contribute(event, promise, quantity=3)
    role = VisitCitation.Role.MINUTES
    return lambda: VisitCitation.objects.create(delivery=event, document=make_document(), role=role)


def renamed():
    promise = measured("scholarship")
    return lambda: set_and_save(promise, period="2022/2024")


def continued():
    old, new = measured("scholarship"), measured("scholarship")
    return lambda: set_and_save(new, continues=old)


def no_longer_continued():
    old = measured("scholarship")
    new = measured("scholarship", continues=old)
    return lambda: set_and_save(new, continues=None)


def paper_under(**facts):
    """A commitment to sign papers under an agreement, and a paper signed under it."""
    paper = make_agreement(signed_on="2022-01-01")
    under = make_agreement(signed_on="2022-03-01", **facts)
    link = make_link(under, "under", paper)
    return measured("document", paper), under, link


def rival():
    promise, _under, _link = paper_under()
    other = measured("scholarship", promise.agreement)
    return lambda: set_and_save(other, unit=make_term("unit", "document"))


def claimed_by_another():
    _promise, under, _link = paper_under()
    other = make_commitment(make_agreement(), kind="child")
    return lambda: set_and_save(other, child=under)


def no_longer_claimed():
    _promise, under, _link = paper_under()
    other = make_commitment(make_agreement(), kind="child", child=under)
    return lambda: set_and_save(other, child=None)


def signed_later():
    paper = make_agreement(signed_on="2022-01-01")
    make_commitment(paper)
    return lambda: set_and_save(paper, signed_on="2022-02-01")


def paper_signed_later():
    _promise, under, _link = paper_under()
    return lambda: set_and_save(under, signed_on="2024-03-01")


def promised_paper_signed_later():
    under = make_agreement(signed_on="2022-03-01")
    make_commitment(make_agreement(signed_on="2022-01-01"), kind="child", child=under)
    return lambda: set_and_save(under, signed_on="2024-03-01")


def made_later_by_its_agreement():
    old, new = measured("scholarship"), measured("scholarship")
    set_and_save(new, continues=old)
    return lambda: set_and_save(new.agreement, signed_on="2024-03-01")


def another_link():
    promise, _under, link = paper_under()
    other = measured("document")
    assert other != promise
    return lambda: set_and_save(link, other=other.agreement)


def link_gone():
    _promise, _under, link = paper_under()
    return link.delete


def party_renamed():
    for_one_of_two(make_delivery, "counterpart", ("receiver", "receiver"))
    return lambda: set_and_save(Body.objects.get(code="LA-A"), name="Tên khác")


def reason_renamed():
    reason = make_term("reason", "epidemic", "Dịch bệnh")
    make_progress(measured("scholarship"), "2022-05-01", "paused", reason=reason)
    return lambda: set_and_save(reason, name="Tên khác")


def officer_renamed():
    officer = User.objects.create(username="lan")
    make_override(measured("scholarship"), since=date(2023, 1, 1), author=officer)
    return lambda: set_and_save(officer, full_name="Lan")


SCENES = [
    (Progress, reported),
    (Target, aimed),
    (StateOverride, said_so),
    (CommitmentRole, party_gone),
    (Contribution, linked),
    (Contribution, unlinked),
    (Delegation, moved(make_delegation)),
    (Delegation, part),
    (Meeting, moved(make_meeting)),
    (Delivery, moved(make_delivery)),
    (DelegationRole, left(make_delegation, ("host", "host"))),
    (MeetingRole, left(make_meeting, ("participant", "participant"))),
    (DeliveryRole, left(make_delivery, ("receiver", "receiver"))),
    (VisitCitation, minuted),
    (Commitment, renamed),
    (Commitment, continued),
    (Commitment, no_longer_continued),
    (Commitment, rival),
    (Commitment, claimed_by_another),
    (Commitment, no_longer_claimed),
    (Agreement, signed_later),
    (Agreement, paper_signed_later),
    (Agreement, promised_paper_signed_later),
    (Agreement, made_later_by_its_agreement),
    (AgreementLink, another_link),
    (AgreementLink, link_gone),
    (User, officer_renamed),
    (Body, party_renamed),
    (Term, reason_renamed),
]


def set_and_save(row, **values):
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def judged():
    return engine.judge(ON, Commitment.objects.counted())


def judged_anew():
    with transaction.atomic():
        return judged()


@pytest.mark.parametrize(("model", "scene"), SCENES, ids=lambda one: one.__name__)
def test_a_change_is_seen_by_its_rule_and_missed_without(model, scene, monkeypatch):
    engine.forget()
    change = scene()
    before = judged()
    kept, register = copy.deepcopy(engine.KEPT.days), engine.KEPT.register
    change()
    changed = judged_anew()
    assert changed != before, "a change that changes nothing proves nothing"
    with monkeypatch.context() as without:
        without.setitem(RULES, model, lambda keys: set())
        assert judged() == before
    engine.KEPT.days, engine.KEPT.register = kept, register
    assert judged() == changed


def test_every_rule_has_a_scene():
    assert set(RULES) <= {model for model, _scene in SCENES}


def event_then_its_link():
    promise, event = measured("scholarship"), make_delivery(held=HELD)
    link = contribute(event, promise, quantity=3)
    return promise, lambda: set_and_save(event, held="2024-01-01"), link.delete


def agreement_then_its_commitment():
    promise = measured("scholarship")
    elsewhere = make_agreement()
    change = moved_to_2024(promise.agreement)
    return promise, change, lambda: set_and_save(promise, agreement=elsewhere)


def promised_paper_then_its_promise():
    paper = make_agreement(signed_on="2022-03-01")
    promise = make_commitment(make_agreement(), kind="child", child=paper)
    return promise, moved_to_2024(paper), lambda: set_and_save(promise, child=None)


def paper_then_its_link():
    promise, under, link = paper_under()
    return promise, moved_to_2024(under), link.delete


def moved_to_2024(paper):
    return lambda: set_and_save(paper, signed_on="2024-03-01")


@pytest.mark.parametrize(
    "scene",
    [
        event_then_its_link,
        agreement_then_its_commitment,
        promised_paper_then_its_promise,
        paper_then_its_link,
    ],
)
def test_what_has_changed_again_since_was_touched_all_the_same(scene):
    """A page that is slow to ask must not show what stood before the first change."""
    promise, change, later = scene()
    before = stamp(connection)
    change()
    after = stamp(connection)
    later()
    assert promise.pk in touched(before, after)
