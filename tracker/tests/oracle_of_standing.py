"""How commitments stand, judged one by one in Python: slow and plain, to hold the engine's one query against.

Written from docs/reports.md, not from the query. `stands(commitment, on)` gives (state, health, about).
"""

from datetime import date, timedelta
from decimal import Decimal

from django.conf import settings

from agreements.models import Agreement, Commitment

CLOSED = ("done", "beyond", "not_performed", "carried_over", "paused")
UNDERTAKEN = ("signed", "agreed", "announced", "task")


class Fact:
    """Something told: between which days, how much, for whom, whether it is work."""

    def __init__(self, first, last, quantity, by, counterpart, active):
        self.first, self.last, self.quantity = first, last, quantity
        self.by, self.counterpart, self.active = by, counterpart, active

    def certain(self, on):
        return self.last is not None and self.last <= on


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
        if one.on_first is None or one.on_first > on or corrected(one, on) or not taken(one):
            continue
        idle = one.assessment in ("not_started", "paused", "not_performed", "carried_over")
        active = not idle and one.quantity != 0
        yield Fact(one.on_first, one.on_last, one.quantity, one.obligor_id, one.counterpart_id, active)


def events(commitment, on):
    links = [one for one in commitment.contributions.order_by("pk") if one.how != "made"]
    for link in links:
        event = link.event
        if event.withdrawn_on or event.status not in ("held", "delivered") or not taken(event):
            continue
        if event.held_first and event.held_first > on:
            continue
        quantity = link.quantity if link.quantity is not None else by_itself(link, event, commitment, links)
        active = getattr(event, "number", 1) != 0
        yield Fact(event.held_first, event.held_last, quantity, None, link.counterpart_id, active)


def by_itself(link, event, commitment, links):
    """A visit counts as one where visits are promised: once, and not beside its whole."""
    kind = event._meta.model_name
    unit = commitment.unit.code if commitment.unit else ""
    if unit != {"delegation": "delegation", "meeting": "occasion"}.get(kind):
        return None
    if any(one.pk < link.pk and one.event == event for one in links):
        return None
    if any(getattr(event, "part_of_id", None) == one.delegation_id for one in links if one.delegation_id):
        return None
    return None if event.number is None else Decimal(event.number)


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
    sure, most = [], []
    for fact in facts:
        if fact.quantity is None or target.obligor_id not in (None, fact.by):
            continue
        if target.counterpart_id not in (None, fact.counterpart):
            continue
        first, last = target.period_first or date.min, target.period_last or date.max
        if (fact.last or date.max) < first or (fact.first or date.min) > last:
            continue
        most.append(fact.quantity)
        inside = (fact.first or date.min) >= first and (fact.last or date.max) <= last
        if inside and fact.certain(on):
            sure.append(fact.quantity)
    return target, sum(sure) if sure else None, sum(most) if most else None


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
