"""What was judged before is told again only where nothing that was changed can touch it: whoever changed what."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from agreements.models import (
    Agreement,
    AgreementLink,
    Body,
    Commitment,
    Progress,
    StateOverride,
    Target,
    Term,
    User,
)
from agreements.scope import seen_by
from agreements.tests.builders import (
    make_agreement,
    make_body,
    make_commitment,
    make_document,
    make_link,
    make_place,
    make_progress,
)
from agreements.withdrawing import restore, withdraw
from delegations.models import Contribution, Delegation, Delivery, Meeting, VisitCitation
from tracker.progress import engine
from tracker.progress.judgements import Judgements
from tracker.progress.remembered import recorded, stamp
from tracker.progress.touched import touched
from tracker.tests.test_standing_against_oracle import PARTS, Register

pytestmark = pytest.mark.django_db(transaction=True)
DAYS = (date(2022, 12, 31), date(2024, 6, 30))


def everything():
    return Commitment.objects.all()


def as_kept():
    return [engine.judge(on, everything()) for on in DAYS]


def as_new():
    with transaction.atomic():
        return [engine.judge(on, everything()) for on in DAYS]


class Editor:
    """One edit after the other of whatever the engine reads, by chance."""

    def __init__(self, register):
        self.register, self.pick, self.chance = register, register.pick, register.chance

    def any(self, model):
        return self.pick(*model._base_manager.order_by("pk"))

    def edits(self):
        return [getattr(self, name) for name in dir(self) if name.startswith("edit_")]

    def save(self, row, **values):
        for name, value in values.items():
            setattr(row, name, value)
        row.save()

    def edit_report(self):
        promise = self.pick(*self.register.made)
        self.register.reports(promise, promise.unit_id is not None)

    def edit_report_changed(self):
        report = self.any(Progress)
        self.save(report, on=self.register.a_date(), review_state=self.pick("draft", "approved"))

    def edit_report_gone(self):
        self.pick(*Progress.objects.filter(corrections=None)).delete()

    def edit_target(self):
        self.save(self.any(Target), minimum=self.chance.randint(0, 4), maximum=9)

    def edit_target_gone(self):
        self.any(Target).delete()

    def edit_commitment(self):
        self.save(self.any(Commitment), strength=self.pick("signed", "wish"), period=self.register.a_period())

    def edit_commitment_moved(self):
        self.save(self.any(Commitment), agreement=self.pick(*self.register.papers))

    def edit_continues(self):
        one, other = self.any(Commitment), self.any(Commitment)
        if one != other:
            self.save(one, continues=self.pick(other, None))

    def edit_child(self):
        rows = Commitment.objects.filter(kind="child")
        self.save(self.pick(*rows), child=self.pick(None, *Agreement.objects.all()))

    def edit_withdrawn(self):
        row = self.any(self.pick(Commitment, Agreement, Delegation, Meeting, Delivery))
        restore(row) if row.withdrawn_on else withdraw(row, "thử", None, DAYS[1])

    def edit_agreement(self):
        paper = self.any(Agreement)
        self.save(paper, signed_on=self.register.a_date(), number=self.pick(1, 2, None))

    def edit_process(self):
        Agreement.objects.filter(pk=self.any(Agreement).pk).update(process=self.pick("signed", "drafting"))

    def edit_link(self):
        paper = Agreement.objects.exclude(pk__in=[one.pk for one in self.register.papers])
        if paper:
            make_link(self.pick(*paper), "under", self.pick(*self.register.papers))

    def edit_link_moved(self):
        self.save(self.any(AgreementLink), other=self.pick(*self.register.papers))

    def edit_link_gone(self):
        self.any(AgreementLink).delete()

    def edit_event(self):
        promise = self.pick(*self.register.made)
        self.register.event(promise, promise.unit_id is not None)

    def edit_event_changed(self):
        event = self.any(self.pick(Delegation, Meeting, Delivery))
        self.save(event, held=self.register.a_date(), review_state=self.pick("draft", "approved"))

    def edit_role_of_event(self):
        event = self.any(self.pick(Delegation, Meeting, Delivery))
        if event.roles.exists() and self.pick(True, False):
            self.pick(*event.roles.all()).delete()
        else:
            role = self.pick(*PARTS[event._meta.model_name])
            event.roles.create(role=role, body=self.pick(*self.register.places))

    def edit_role(self):
        commitment = self.any(Commitment)
        if commitment.roles.exists() and self.pick(True, False):
            self.pick(*commitment.roles.all()).delete()
        else:
            commitment.roles.create(role="counterpart", body=self.pick(*self.register.places))

    def edit_share(self):
        links = Contribution.objects.filter(commitment__isnull=False)
        self.save(self.pick(*links), commitment=self.pick(*self.register.made))

    def edit_share_gone(self):
        self.any(Contribution).delete()

    def edit_minutes(self):
        delivery, role = self.any(Delivery), VisitCitation.Role.MINUTES
        if VisitCitation.objects.exists() and self.pick(True, False):
            self.any(VisitCitation).delete()
        else:
            VisitCitation.objects.create(delivery=delivery, document=make_document(), role=role)

    def edit_part(self):
        one, other = self.any(Delegation), self.any(Delegation)
        if one != other and other.part_of_id is None and not one.parts.exists():
            self.save(one, part_of=self.pick(other, None))

    def edit_state(self):
        since = self.pick(*DAYS) - timedelta(days=3)
        StateOverride.objects.create(
            commitment=self.any(Commitment),
            state="paused",
            reason="thử",
            since=since,
            until=since + timedelta(9),
        )

    def edit_name(self):
        self.save(self.any(Body), name=f"Tên {self.chance.random()}")

    def edit_word(self):
        self.save(self.any(Term), name=f"Từ {self.chance.random()}")


EDITS = 200
REFUSED = (ValidationError, IntegrityError, ProtectedError)


@pytest.mark.parametrize("seed", range(3))
def test_after_any_edit_the_kept_is_as_the_new(seed, settings):
    settings.REVIEW_REQUIRED = seed == 2
    register = Register(seed)
    for _number in range(30):
        register.commitment()
    editor = Editor(register)
    wrong, done = [], Counter()
    as_kept()
    while done.total() < EDITS:
        edit = editor.pick(*editor.edits())
        try:
            with transaction.atomic():
                edit()
        except REFUSED:  # what the register does not take is no edit
            continue
        done[edit.__name__] += 1
        if as_kept() != as_new():
            wrong.append(edit.__name__)
    assert wrong == []
    assert set(done) == {edit.__name__ for edit in editor.edits()}


@pytest.fixture
def promises():
    """Two commitments of one agreement and one of another, judged."""
    paper = make_agreement(signed_on="2022-01-01")
    found = [
        make_commitment(one, period="2022/2023", kind="one_off") for one in (paper, paper, make_agreement())
    ]
    as_kept()
    return found


def judged_anew(change):
    """The ids of the commitments that are judged when all are asked for after the change."""
    with transaction.atomic():
        change()
    found = set()
    judge_anew = engine.judge_anew

    def seen(on, chosen):
        made = judge_anew(on, chosen)
        found.update(made)
        return made

    engine.judge_anew = seen
    try:
        as_kept()
    finally:
        engine.judge_anew = judge_anew
    return found


def test_a_report_has_its_commitment_judged_anew_and_no_other(promises):
    assert judged_anew(lambda: make_progress(promises[0], "2022-05-01", "in_progress")) == {promises[0].pk}
    assert judged_anew(lambda: None) == set()


def test_an_agreement_has_its_commitments_judged_anew(promises):
    def sign():
        promises[0].agreement.signed_on = "2022-02-01"
        promises[0].agreement.save()

    assert judged_anew(sign) == {promises[0].pk, promises[1].pk}


def test_what_the_statement_does_not_read_has_none_judged_anew(promises):
    assert judged_anew(make_document) == set()


def test_a_new_name_touches_none_and_a_changed_one_may_touch_any(promises):
    place = []
    assert judged_anew(lambda: place.append(make_place("LA-Z", "Z"))) == set()

    def rename():
        place[0].name = "Tên khác"
        place[0].save()

    assert judged_anew(rename) == {one.pk for one in promises}


def test_a_login_has_none_judged_anew(promises, client):
    officer = User.objects.create(username="lan")
    as_kept()
    assert judged_anew(lambda: client.force_login(officer)) == set()


def test_the_wall_stands_before_what_is_chosen_whether_it_is_known_or_not(promises):
    """What was chosen past the wall (figures of all offices) is judged for any reader, known or new."""
    reader = User.objects.create(username="lan", office=make_body("SNV-Y"))
    engine.forget()
    for known in ([], [promises[0]], promises):
        engine.judge(DAYS[0], everything().filter(pk__in=[one.pk for one in known]))
        with seen_by(reader):
            assert not engine.judge(DAYS[0], Commitment.objects.all())
            assert engine.judge(DAYS[0], Commitment._base_manager.all()).keys() == {
                one.pk for one in promises
            }
        engine.forget()


def test_many_changes_have_all_judged_anew(promises, monkeypatch):
    monkeypatch.setattr("tracker.progress.touched.MOST", 2)

    def report():
        for day in ("2022-05-01", "2022-05-02", "2022-05-03"):
            make_progress(promises[0], day)

    assert judged_anew(report) == {one.pk for one in promises}


def test_a_history_that_lost_rows_or_got_one_late_has_all_judged_anew(promises):
    before = stamp(connection)
    make_progress(promises[0], "2022-05-01")
    after = stamp(connection)
    assert touched(before, after) == {promises[0].pk}
    assert touched(after, before) is None
    place = 2 * recorded().index(Progress)
    late = (*after[:place], after[place] + 1, *after[place + 1 :])
    assert touched(after, late) is None


def test_no_more_is_kept_than_wanted_and_the_days_asked_last_are():
    kept, asked = Judgements(4), (1,)
    kept.known("a", asked)
    kept.add("a", asked, {1: "", 2: ""})
    kept.add("b", asked, {1: "", 2: ""})
    kept.known("a", asked)
    kept.add("c", asked, {1: ""})
    assert list(kept.days) == ["a", "c"]
    kept.add("d", asked, dict.fromkeys(range(5)))
    assert list(kept.days) == ["d"]  # a page asks several things of its day


def test_what_was_judged_while_the_register_changed_is_not_kept(promises):
    kept = Judgements(9)
    before = stamp(connection)
    _known, register = kept.known("day", before)
    make_progress(promises[0], "2022-05-01")
    kept.known("day", stamp(connection))
    kept.add("day", register, {promises[0].pk: "as it was"})
    assert kept.days.get("day", {}) == {}


def test_a_page_that_began_before_a_change_leaves_what_is_kept(promises, monkeypatch):
    kept = Judgements(9)
    before = stamp(connection)
    kept.known("day", before)
    make_progress(promises[0], "2022-05-01")
    after = stamp(connection)
    kept.add("day", kept.known("day", after)[1], {promises[0].pk: "as it is"})
    assert kept.known("day", before) == ({promises[0].pk: "as it is"}, after)
    monkeypatch.setattr(
        "tracker.progress.judgements.LONGEST", 0
    )  # the same state again much later: a copy put back
    assert kept.known("day", before) == ({}, before)
