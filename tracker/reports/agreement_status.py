"""Agreement status: where every agreement stands as of a day, one row each. Columns: docs/reports.md."""

from collections import defaultdict
from typing import NamedTuple

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, AgreementEvent, AgreementRole, Commitment, Progress, Target
from agreements.models.effect import NOW_IN_FORCE, Effect, bounds, end_text, is_about
from tracker.reports import figures, states
from tracker.reports.table import Cell, Column, Days, Marked, Moment, Parts, Sides, make_table

COLUMNS = (
    Column("code", _("Code")),
    Column("title", _("Agreement")),
    Column("parties", _("Parties (Vietnamese side | other side)")),
    Column("signed", _("Signed")),
    Column("period", _("Period")),
    Column("effect", _("Legal effect")),
    Column("days_left", _("Days left"), "number"),
    Column("commitments", _("Commitments by strength")),
    Column("states", _("State of commitments")),
    Column("overdue", _("Overdue"), "number"),
    Column("last_activity", _("Last activity")),
    Column("delegations_out", _("Delegations out"), "number"),
    Column("delegations_in", _("Delegations in"), "number"),
    Column("meetings", _("Meetings"), "number"),
    Column("aid_given", _("Aid given"), "number"),
    Column("aid_received", _("Aid received"), "number"),
)
NOTES = (
    _("≈: the day asked lies in the year or month to which a deciding date is known only."),
    _("—: nothing is recorded, which does not mean 0. 0 stands where a source says so or nothing is late."),
    _("≥: some rows stand for several without a number. Possibly: begun by that day, perhaps later."),
    _("What serves two agreements stands in both rows: rows of this table are not to be added up."),
)
RUNNING = (*NOW_IN_FORCE, Effect.SUSPENDED)


class Promise(NamedTuple):
    """A commitment with its state on the day, as read from `with_state`."""

    id: int
    agreement: int
    strength: str
    kind: str
    period_last: object
    assessment_on: str
    child_signed: bool
    reported_text: str


class Result(NamedTuple):
    """A reported quantity of a commitment."""

    commitment: int
    quantity: object
    first: object
    last: object
    obligor: int | None
    counterpart: int | None


def agreement_status(on, agreements=None, conditions=()):
    """A Table of the agreements of the queryset `agreements` (default: all counted) as of the day `on`.

    Eight queries at most, whatever their number. `conditions`: what the queryset was filtered by, for the
    head of the page, as ((label, text), …).
    """
    chosen = Agreement.objects.counted() if agreements is None else agreements
    gathered = gather(on, chosen)
    rows = [
        status_row(agreement, gathered, on, sheet_of(agreement, on))
        for agreement in ordered(chosen.with_effect(on))
    ]
    return make_table(
        "agreement-status",
        _("Agreement status"),
        COLUMNS,
        rows,
        notes=(*NOTES, *([] if conditions else loose_promises(on))),
        as_of=on,
        conditions=tuple(conditions),
        empty=_("No agreement fits. Choose other filters, or enter the first agreement."),
    )


def ordered(agreements):
    """Newest first, the undated last; the same on every database."""
    return agreements.order_by(*Agreement._meta.ordering, "pk")


def gather(on, agreements):
    """Everything the rows need, by agreement: parties, promises with their states, links, lines."""
    found = defaultdict(list)
    for link in figures.links(agreements):
        found[link.to].append(link)
    by_delivery = figures.lines(agreements)
    promises = defaultdict(list)
    for promise, state in with_states(on, agreements, found):
        promises[promise.agreement].append((promise, state))
    return {"parties": parties(agreements, on), "promises": promises, "links": found, "lines": by_delivery}


def parties(agreements, on):
    """{agreement id: Sides}: names as printed, with the successor of one inherited by `on` (one query)."""
    inherited = AgreementEvent.objects.filter(party=OuterRef("pk"), kind="inherited", on_first__lte=on)
    rows = (
        AgreementRole.objects.filter(role="party", agreement__in=agreements.order_by().values("pk"))
        .annotate(now=Subquery(inherited.order_by("-on_first", "-id").values("successor__name")[:1]))
        .order_by("rank", "id")
        .values_list("agreement_id", "body__country", "as_printed", "body__name", "now")
    )
    found = defaultdict(lambda: ([], []))
    for agreement, country, printed, name, now in rows:
        shown = printed or name
        found[agreement][country != "VN"].append(f"{shown} (→ {now})" if now else shown)
    return {agreement: Sides(tuple(ours), tuple(theirs)) for agreement, (ours, theirs) in found.items()}


def made_by(on):
    """Commitments made on or before `on`; one without its own date was made with its agreement."""
    concluded = Coalesce("agreement__signed_first", "agreement__exchanged_first", "agreement__period_first")
    return (
        Commitment.objects.counted()
        .annotate(made=Coalesce("made_first", concluded))
        .filter(Q(made__isnull=True) | Q(made__lte=on))
    )


def loose_promises(on):
    """A note on what is promised or asked outside any agreement, so that it is not lost (one query)."""
    number = made_by(on).filter(agreement__isnull=True).count()
    if number:
        yield _(
            "%(count)s commitments, proposals and wishes stand in no agreement: see the list of commitments."
        ) % {"count": number}


PROMISE_COLUMNS = (
    "pk",
    "agreement_id",
    "strength",
    "kind",
    "period_last",
    "assessment_on",
    "child_signed",
    "reported_text",
)


def with_states(on, agreements, found):
    """[(Promise, State)] of the commitments of `agreements` (three queries)."""
    chosen = agreements.order_by().values("pk")
    rows = made_by(on).filter(agreement__in=chosen).with_state(on).order_by("pk")
    promises = [Promise._make(row) for row in rows.values_list(*PROMISE_COLUMNS)]
    targets = list(Target.objects.filter(commitment__agreement__in=chosen).order_by("period_first", "id"))
    results, served = performed(on, [link for links in found.values() for link in links])
    if targets:
        for result in reported(on, chosen):
            results[result.commitment].append(result)
    met = states.all_met(targets, states.compare(targets, results))
    return [
        (one, states.state_of(one, on, one.id in met, bool(one.reported_text) or one.id in served))
        for one in promises
    ]


def performed(on, found):
    """({commitment id: [Link with a quantity]}, {ids of commitments that an event served by `on`}).

    The talks at which a commitment was made promise it; they do not perform it.
    """
    results, served = defaultdict(list), set()
    for link in found:
        if link.commitment and link.how != "made" and link.certainty(on):
            served.add(link.commitment)
            if link.quantity is not None:
                results[link.commitment].append(link)
    return results, served


def reported(on, agreements):
    """Results told by progress reports up to `on` that no later report up to then corrects (one query)."""
    rows = Progress.objects.counting(on).filter(commitment__agreement__in=agreements, quantity__isnull=False)
    columns = ("commitment_id", "quantity", "on_first", "on_last", "obligor_id", "counterpart_id")
    return [Result._make(row) for row in rows.values_list(*columns)]


def sheet_of(agreement, on):
    """The address of the agreement's sheet as of the same day."""
    return f"{reverse('reports:agreement-sheet', args=[agreement.pk])}?on={on.isoformat()}"


def status_row(agreement, gathered, on, sheet):
    links = gathered["links"].get(agreement.pk, [])
    promises = gathered["promises"].get(agreement.pk, [])
    return [
        Cell(agreement.code, sheet),
        Cell(agreement.title, sheet),
        gathered["parties"].get(agreement.pk, Sides()),
        Moment(agreement.signed_on),
        Moment(agreement.period or (agreement.expires_on and f"../{agreement.expires_on}")),
        effect(agreement, on),
        days_left(agreement, on),
        *promise_cells(promises, sheet),
        Moment(last_activity(links, promises, on)),
        *event_cells(links, sheet, on),
        *aid_cells(figures.served_lines(links, gathered["lines"]), sheet, on),
    ]


def effect(agreement, on):
    """The legal effect of an agreement that comes from `with_effect(on)`."""
    return Marked(agreement.effect, Effect(agreement.effect).label, is_about(agreement, on))


def days_left(agreement, on):
    """Days to the end of what is in force or suspended; None for what is not."""
    if agreement.effect not in RUNNING:
        return None
    if agreement.end_on is None or agreement.end_on < on:  # renewed without a new end
        return Days(None)
    text = end_text(agreement)
    return Days((agreement.end_on - on).days, about=bool(text) and bounds(text)[0] != bounds(text)[1])


def by_sort(choices, found):
    """Parts of `found` by the members of `choices`, in their order; None without any."""
    pairs = tuple((choice.label, found.count(choice.value)) for choice in choices if choice.value in found)
    return Parts(pairs) if pairs else None


def promise_cells(promises, sheet):
    rows = f"{sheet}#commitments"
    late = sum(state == states.State.OVERDUE for _promise, state in promises)
    can_be_late = any(states.is_dated(promise) for promise, _state in promises)
    return [
        Cell(by_sort(Commitment.Strength, [promise.strength for promise, _state in promises]), rows),
        Cell(by_sort(states.State, [state.value for _promise, state in promises]), rows),
        Cell(late if can_be_late else None, rows, late=late > 0),
    ]


def last_activity(links, promises, on):
    held = [link for link in links if link.certainty(on) and link.number != 0]
    told = [one.reported_text for one, _state in promises if one.reported_text]
    moments = [(link.first, link.last, link.held) for link in held] + [(*bounds(text), text) for text in told]
    return figures.latest(moments, on)


def event_cells(links, sheet, on):
    delegations = [link for link in links if link.delegation]
    return [
        *(
            Cell(
                figures.tally([link for link in delegations if link.direction == direction], on),
                f"{sheet}#delegations-{direction}",
            )
            for direction in ("out", "in")
        ),
        Cell(figures.tally([link for link in links if link.meeting], on), f"{sheet}#meetings"),
    ]


def aid_cells(served, sheet, on):
    return [
        Cell(figures.aid(served, on, given=True), f"{sheet}#aid-given"),
        Cell(figures.aid(served, on, given=False), f"{sheet}#aid-received"),
    ]
