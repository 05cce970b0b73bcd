"""How commitments stand, judged one by one in Python: slow and plain, to hold the engine's one query against.

Written from docs/reports.md, not from the query. `stands(commitment, on)` gives (state, health, about).
"""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

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


def stands(commitment, on):
    facts = [*reports(commitment, on), *events(commitment, on)]
    results = [reached(target, facts, on) for target in deciding(commitment)]
    said, unsure = assessment(commitment, on)
    set_by_hand = commitment.overrides.filter(since__lte=on, until__gte=on).order_by("-since").first()
    work = [fact for fact in facts if fact.active]
    state, about = judged(commitment, on, results, said, facts, work)
    if set_by_hand:
        return set_by_hand.state, health(commitment, on, set_by_hand.state, results, facts), False
    return state, health(commitment, on, state, results, facts), about or unsure


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
    return quantity is not None and target.minimum is not None and quantity >= target.minimum


def assessment(commitment, on):
    """(the latest assessment or "", whether its date may be later than the day)."""
    told = [
        one
        for one in commitment.progress.all()
        if one.assessment and one.on_first and one.on_first <= on and taken(one) and not corrected(one, on)
    ]
    if not told:
        return "", False
    latest = max(told, key=lambda one: (one.on_last or date.max, one.number))
    return latest.assessment, bool(latest.on_last and latest.on_last > on)


def all_met(commitment, results, place):
    """Whether all deciding targets are reached, the last period of a recurring one among them."""
    if not results or not all(enough(one[0], one[place]) for one in results):
        return False
    if commitment.kind != "per_period":
        return True
    lasts = [one[0].period_last or commitment.period_last for one in results]
    return bool(commitment.period_last and None not in lasts and max(lasts) >= commitment.period_last)


def judged(commitment, on, results, said, facts, work):
    """(state, whether dates leave it uncertain)."""
    done, perhaps = all_met(commitment, results, 1), all_met(commitment, results, 2)
    about = perhaps and not done
    if done:
        over = [one for one in results if one[1] > (one[0].maximum or one[0].minimum)]
        return ("beyond" if over else "done"), False
    if signed(commitment, on) or said == "done":
        return "done", about
    if continued(commitment, on):
        return "carried_over", about
    if said in ("not_performed", "carried_over", "paused", "partly"):
        return said, about
    ended = commitment.period_last is not None and commitment.period_last < on
    if commitment.kind != "standing" and ended and any(one[1] for one in results):
        return "partly", about
    if commitment.period_first and commitment.period_first > on and not work:
        return "not_due", about
    if commitment.kind == "standing":
        return kept_up(on, work)
    if said == "not_started" or (not work and any(fact.last or fact.first for fact in facts)):
        return "not_started", about
    return ("in_progress" if work or said == "in_progress" else "no_news"), about


def kept_up(on, work):
    begin = on - timedelta(days=settings.STANDING_WINDOW_DAYS)
    recent = [fact for fact in work if fact.certain(on) and fact.first and fact.first >= begin]
    perhaps = [fact for fact in work if fact.last is None or fact.last >= begin]
    return ("active" if perhaps else "idle"), bool(perhaps and not recent)


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


def health(commitment, on, state, results, facts):
    if commitment.strength not in UNDERTAKEN or state in CLOSED:
        return ""
    due = due_day(commitment, on, results)
    if due and due < on:
        return "overdue"
    if due and due <= on + timedelta(days=settings.DUE_SOON_DAYS):
        return "due_soon"
    days = [day for fact in facts if (day := fact.last if fact.certain(on) else fact.first)]
    news = max(days) if days else made(commitment)
    if state != "not_due" and news and news < on - timedelta(days=settings.STALE_DAYS):
        return "stale"
    return "on_time"


def due_day(commitment, on, results):
    """The first last day that is missed, else the next one."""
    if commitment.kind == "standing":
        return None
    if not results:
        return commitment.period_last
    open_days = [
        one[0].period_last or commitment.period_last for one in results if not enough(one[0], one[1])
    ]
    known = sorted(day for day in open_days if day)
    missed = [day for day in known if day < on]
    return (missed or known or [None])[0]
