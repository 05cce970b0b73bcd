"""How commitments stand, judged one by one in Python: slow and plain, to hold the engine's one query against.

Written from docs/reports.md, not from the query. `stands(commitment, on)` gives (state, health, about).
"""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

from django.conf import settings

from agreements.models import Agreement, Commitment

CLOSED = ("done", "beyond", "not_performed", "carried_over", "paused")
UNDERTAKEN = ("signed", "agreed", "announced", "task")


COUNTED_AS = {"delegation": "delegation", "meeting": "occasion"}
SENT = {
    "delegation": [("sender",), ("host",)],
    "meeting": [("host", "chair", "participant")],
    "delivery": [("giver",)],
}
"""Parts taken in an event by which an obligor does what it owes: those of the first that name one."""
PRESENT = {
    "delegation": ("sender", "host", "visited"),
    "meeting": ("host", "chair", "participant"),
    "delivery": ("giver", "receiver"),
}


class Fact:
    """Something told: between which days, whether it is work."""

    key = whole = None

    def __init__(self, first, last, active):
        self.first, self.last, self.active = first, last, active

    def certain(self, on):
        return self.last is not None and self.last <= on


class Report(Fact):
    def __init__(self, row):
        idle = row.assessment in ("not_started", "paused", "not_performed", "carried_over")
        super().__init__(row.on_first, row.on_last, not idle and row.quantity != 0)
        self.row = row

    def brings(self, target):
        if target.obligor_id not in (None, self.row.obligor_id):
            return None
        return self.row.quantity if target.counterpart_id in (None, self.row.counterpart_id) else None


class Event(Fact):
    """A visit, meeting or delivery with all its links to one commitment."""

    def __init__(self, event, links, commitment):
        super().__init__(event.held_first, event.held_last, getattr(event, "number", 1) != 0)
        self.kind, self.key = event._meta.model_name, (event._meta.model_name, event.pk)
        self.whole = ("delegation", getattr(event, "part_of_id", None))
        self.links, self.commitment = links, commitment
        self.taking_part = [(role.role, role.body_id) for role in event.roles.all() if role.body_id]
        unit = commitment.unit.code if commitment.unit else ""
        self.is_one_of = unit == COUNTED_AS.get(self.kind)
        self.number = event.number if self.is_one_of else None
        self.stated = any(link.quantity is not None for link in links)

    def bound(self, side):
        roles = self.commitment.roles.filter(role=side, body__isnull=False)
        named = {getattr(target, f"{side}_id") for target in self.commitment.targets.all()}
        return {role.body_id for role in roles} | named - {None}

    def parties(self, side):
        for parts in SENT[self.kind] if side == "obligor" else [PRESENT[self.kind]]:
            found = {body for part, body in self.taking_part if part in parts} & self.bound(side)
            if found:
                return found
        return set()

    def is_of(self, side, party):
        """Whether what it brought is of `party`: it alone of that side took part, or it was one visit."""
        found = self.parties(side)
        return party in found and (len(found) == 1 or self.number == 1)

    def quantity(self, link):
        if link.quantity is not None or self.stated or not self.is_one_of:
            return link.quantity
        return None if self.number is None else Decimal(self.number)

    def brings(self, target):
        """Once for each target, however often it is linked."""
        if target.obligor_id is not None and not self.is_of("obligor", target.obligor_id):
            return None
        lines = defaultdict(lambda: defaultdict(list))
        for link in self.links:
            wanted = target.counterpart_id
            of_it = wanted in (None, link.counterpart_id)
            if not of_it and link.counterpart_id is None:
                of_it = self.is_of("counterpart", wanted)
            if of_it and self.quantity(link) is not None:
                lines[link.line_id][link.counterpart_id].append(self.quantity(link))
        if not lines:
            return None
        largest = max(max(said) for by_whom in lines.values() for said in by_whom.values())
        by_line = {
            line: larger({whom: max(said) for whom, said in by_whom.items()})
            for line, by_whom in lines.items()
        }
        total = larger(by_line)
        return total if self.number is None else max(largest, min(total, self.number))


def larger(shares):
    """Of what is said of all together (None) and the sum of the shares."""
    parts = [number for key, number in shares.items() if key is not None]
    return max(number for number in (shares.get(None), sum(parts) if parts else None) if number is not None)


class Paper(Fact):
    """What was signed under the agreement of a commitment that counts papers."""

    def __init__(self, paper, days):
        super().__init__(*days, active=True)
        self.paper, self.key, self.whole = paper, ("paper", paper.pk), ("paper", paper.part_of_id)

    def brings(self, target):
        if target.obligor_id or target.counterpart_id or self.paper.number is None:
            return None
        return Decimal(self.paper.number)


def papers(commitment, on):
    if commitment.agreement is None or commitment.unit is None or commitment.unit.code != "document":
        return
    others = Commitment.objects.counted().exclude(pk=commitment.pk)
    if any(one.unit and one.unit.code == "document" for one in others.filter(agreement=commitment.agreement)):
        return
    for link in commitment.agreement.links_from.filter(kind="under"):
        paper = link.agreement
        if (
            paper.withdrawn_on
            or paper.process in Agreement.BEFORE_SIGNING
            or others.filter(child=paper).exists()
        ):
            continue
        pairs = [
            (getattr(paper, f"{name}_first"), getattr(paper, f"{name}_last"))
            for name in ("signed", "exchanged")
        ]
        days = next((pair for pair in pairs if pair[0]), (paper.period_first, paper.period_last))
        if days[0] is None or days[0] <= on:
            yield Paper(paper, days)


def stands(commitment, on):
    """Judged as it surely is, and in every way in which it may be: where those differ dates leave it uncertain."""
    facts = [*reports(commitment, on), *events(commitment, on), *papers(commitment, on)]
    results = [reached(target, facts, on) for target in deciding(commitment)]
    set_by_hand = commitment.overrides.filter(since__lte=on, until__gte=on).order_by("-since").first()
    said = assessments(commitment, on)
    answers = []
    for perhaps, word in product((False, True), dict.fromkeys(said)):
        view = View(commitment, on, results, facts, word, perhaps)
        state = set_by_hand.state if set_by_hand else view.state()
        answers.append((state, view.health(state)))
    about = not set_by_hand and len(set(answers)) > 1
    return *answers[0], about


def taken(row):
    """Whether reports take a report or an event: everything, or what is approved where that is required."""
    return not settings.REVIEW_REQUIRED or row.review_state == "approved"


def corrected(one, on):
    return any(taken(row) and row.on_first and row.on_first <= on for row in one.corrections.all())


def reports(commitment, on):
    for one in commitment.progress.all():
        if one.on_first and one.on_first <= on and taken(one) and not corrected(one, on):
            yield Report(one)


def events(commitment, on):
    found = defaultdict(list)
    for link in commitment.contributions.order_by("pk"):
        if link.how != "made":
            found[link.event].append(link)
    for event, links in found.items():
        if event.withdrawn_on or event.status not in ("held", "delivered") or not taken(event):
            continue
        if event.held_first is None or event.held_first <= on:
            yield Event(event, links, commitment)


def deciding(commitment):
    """Targets that are judged: no patterns of periods; a split only where there is no whole one."""
    targets = [one for one in commitment.targets.all() if not is_pattern(commitment, one)]
    wholes = [one for one in targets if one.obligor_id is None and one.counterpart_id is None]
    return wholes or targets


def is_pattern(commitment, target):
    first, last = target.period_first, target.period_last
    if commitment.kind != "per_period":
        return False
    if first is None or last is None or first.year != last.year:
        return True
    months = {"year": 12, "half": 6, "quarter": 3, "month": 1}[commitment.every]
    return (first.month - 1) // months != (last.month - 1) // months


def reached(target, facts, on):
    """(target, surely reached or None, at most reached or None)."""
    first, last = target.period_first or date.min, target.period_last or date.max
    sure, most = {}, {}
    for fact in facts:
        if (fact.last or date.max) < first or (fact.first or date.min) > last:
            continue
        if (brought := fact.brings(target)) is None:
            continue
        most[fact] = brought
        inside = (fact.first or date.min) >= first and (fact.last or date.max) <= last
        if inside and fact.certain(on):
            sure[fact] = brought
    reached, possible = added(sure), added(most)
    return target, reached, possible if reached is None else max(reached, possible)


def added(brought):
    """Their sum, a part only where its whole brings nothing; None without any."""
    wholes = {fact.key for fact in brought if fact.key}
    numbers = [number for fact, number in brought.items() if fact.whole not in wholes]
    return sum(numbers) if numbers else None


def enough(target, quantity):
    """A target that is only “at most” is met by any figure."""
    return quantity is not None and quantity >= (target.minimum or 0)


def assessments(commitment, on):
    """The latest assessment or "", then, if that may be of a later day, the latest that surely is not."""
    told = [
        one
        for one in commitment.progress.all()
        if one.assessment and one.on_first and one.on_first <= on and taken(one) and not corrected(one, on)
    ]
    told.sort(key=lambda one: (one.on_last or date.max, one.number), reverse=True)
    sure = [one for one in told if one.on_last and one.on_last <= on]
    return [(rows[0].assessment if rows else "") for rows in (told, sure)]


class View:
    """A commitment as it surely is or, with all that may count, as it `perhaps` is."""

    def __init__(self, commitment, on, results, facts, said, perhaps):
        self.commitment, self.on, self.facts, self.said, self.perhaps = commitment, on, facts, said, perhaps
        self.results = [(target, most if perhaps else sure) for target, sure, most in results]
        self.work = [fact for fact in facts if fact.active]

    def all_met(self):
        """Whether all deciding targets are reached, the last period of a recurring one among them."""
        if not self.results or not all(enough(*one) for one in self.results):
            return False
        end = self.commitment.period_last
        if self.commitment.kind != "per_period":
            return True
        lasts = [target.period_last or end for target, _number in self.results]
        return bool(end and None not in lasts and max(lasts) >= end)

    def state(self):
        commitment, on, said = self.commitment, self.on, self.said
        if self.all_met():
            over = [one for one, number in self.results if number > most(one)]
            return "beyond" if over else "done"
        if signed(commitment, on) or said == "done":
            return "done"
        if continued(commitment, on):
            return "carried_over"
        if said in ("not_performed", "carried_over", "paused", "partly"):
            return said
        ended = commitment.period_last is not None and commitment.period_last < on
        if commitment.kind != "standing" and ended and any(number for _target, number in self.results):
            return "partly"
        if commitment.period_first and commitment.period_first > on and not self.work:
            return "not_due"
        if commitment.kind == "standing":
            return "active" if self.kept_up() else "idle"
        if said == "not_started" or (not self.work and self.news()):
            return "not_started"
        return "in_progress" if self.work or said == "in_progress" else "no_news"

    def kept_up(self):
        """Activity that may lie in the window keeps it up; the other view asks for one that surely does."""
        begin = self.on - timedelta(days=settings.STANDING_WINDOW_DAYS)
        if self.perhaps:
            return any(fact.certain(self.on) and fact.first and fact.first >= begin for fact in self.work)
        return any(fact.last is None or fact.last >= begin for fact in self.work)

    def news(self):
        """The latest day told; what may come later than its beginning may, at the latest, be of today."""
        days = [
            fact.last if fact.certain(self.on) else self.on if self.perhaps else fact.first
            for fact in self.facts
        ]
        return max((day for day in days if day), default=None)

    def health(self, state):
        if self.commitment.strength not in UNDERTAKEN or state in CLOSED:
            return ""
        due = self.due_day()
        if due and due < self.on:
            return "overdue"
        if due and due <= self.on + timedelta(days=settings.DUE_SOON_DAYS):
            return "due_soon"
        news = self.news() or made(self.commitment)
        if state != "not_due" and news and news < self.on - timedelta(days=settings.STALE_DAYS):
            return "stale"
        return "on_time"

    def due_day(self):
        """The first last day that is missed, else the next one."""
        end = self.commitment.period_last
        if self.commitment.kind == "standing":
            return None
        if not self.results:
            return end
        open_days = [
            target.period_last or end for target, number in self.results if not enough(target, number)
        ]
        known = sorted(day for day in open_days if day)
        missed = [day for day in known if day < self.on]
        return (missed or known or [None])[0]


def most(target):
    return target.minimum if target.maximum is None else target.maximum


def signed(commitment, on):
    child = commitment.child
    if child is None or child.withdrawn_on or child.process in Agreement.BEFORE_SIGNING:
        return False
    day = child.signed_first or child.exchanged_first or child.period_first
    return day is not None and day <= on


def made(commitment):
    agreement = commitment.agreement
    days = [agreement.signed_first, agreement.exchanged_first, agreement.period_first] if agreement else []
    return next((day for day in [commitment.made_first, *days] if day), None)


def continued(commitment, on):
    rows = Commitment.objects.counted().filter(continues=commitment)
    return any(made(one) is None or made(one) <= on for one in rows)
