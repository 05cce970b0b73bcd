"""Agreement status: where every agreement stands as of a day, one row each. Columns: docs/reports.md."""

from collections import Counter, defaultdict
from datetime import date

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, AgreementEvent, AgreementLink, AgreementRole, Commitment
from agreements.models.effect import NOW_IN_FORCE, Effect, bounds, end_text, is_about
from agreements.models.standing import Health, State
from tracker.progress.engine import tallies
from tracker.progress.facts import made_by
from tracker.reports import figures
from tracker.reports.addresses import sheet_of
from tracker.reports.asking import opened
from tracker.reports.promises import by_sort, loose_note, outside_table, set_words, with_standing
from tracker.reports.reviewing import of_agreements, review_notes
from tracker.reports.table import Cell, Column, Days, Marked, Moment, Performance, Sides, Stack, make_table
from tracker.reports.taking_part import parts_taken

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
    Column("performance", _("Performed")),
    Column("overdue", _("Overdue"), "number"),
    Column("last_activity", _("Last activity")),
    Column("delegations_out", _("Delegations out"), "number"),
    Column("delegations_in", _("Delegations in"), "number"),
    Column("meetings", _("Meetings"), "number"),
    Column("aid_given", _("Aid given"), "number"),
    Column("aid_received", _("Aid received"), "number"),
)
STACKS = (
    Stack("title", _("Agreement"), (("title", ""), ("code", ""))),
    Stack(
        "standing",
        _("Legal effect, period, signing"),
        (("effect", ""), ("days_left", _("days left")), ("period", ""), ("signed", _("signed on"))),
    ),
    Stack(
        "promises",
        _("Commitments by strength, by state"),
        (("performance", ""), ("commitments", ""), ("states", "")),
    ),
    Stack("overdue", _("Overdue"), (("overdue", ""),)),
    Stack("parties", _("Parties (Vietnamese side | other side)"), (("parties", ""),)),
    Stack("last_activity", _("Last activity"), (("last_activity", ""),)),
    Stack(
        "visits",
        _("Delegations, meetings"),
        (("delegations_out", _("out")), ("delegations_in", _("in")), ("meetings", _("meetings"))),
    ),
    Stack("aid", _("Aid"), (("aid_given", _("given")), ("aid_received", _("received")))),
)
"""How the page lays out the columns, so that what is promised and late is in the first view."""
NOTES = (
    _("≈: the day asked lies in the year or month to which a deciding date is known only."),
    _("—: nothing is recorded, which does not mean 0. 0 stands where a source says so or nothing is late."),
    _("≥: some rows stand for several without a number. Possibly: begun by that day, perhaps later."),
    _("What serves two agreements stands in both rows: rows of this table are not to be added up."),
)
RUNNING = (*NOW_IN_FORCE, Effect.SUSPENDED)


def agreement_status(on, agreements=None, conditions=(), loose=None):
    """A Table of the agreements of the queryset `agreements` (default: all counted) as of the day `on`.

    Ten queries at most, whatever their number. `conditions`: what the queryset was filtered by, for the
    head of the page, as ((label, text), …). `loose`: commitments that stand in no agreement and are told
    below, such as those of `promises.outside`.
    """
    chosen = Agreement.objects.counted() if agreements is None else agreements
    gathered = gather(on, chosen)
    rows = [
        status_row(agreement, gathered, on, sheet_of(agreement.pk, on)) for agreement in ordered(chosen, on)
    ]
    below = () if loose is None else (outside_of(loose, on),)
    return make_table(
        "agreement-status",
        _("Agreement status"),
        COLUMNS,
        rows,
        notes=(
            *NOTES,
            *set_by_officers(gathered),
            *review_notes(*of_agreements(chosen, on)),
            *([] if conditions else loose_note(on)),
        ),
        as_of=on,
        conditions=tuple(conditions),
        empty=_("No agreement fits. Choose other filters, or enter the first agreement."),
        stacks=STACKS,
        below=below,
    )


def outside_of(loose, on):
    """The Table of what is promised, proposed or wished with a partner in no agreement (four queries)."""
    rows = with_standing(loose, on, F("made").desc(nulls_last=True), "code", "pk")
    parts = parts_taken({"commitment": [row.pk for row in rows]})
    return outside_table(rows, parts, on, _("Commitments with this partner outside agreements"))


def ordered(agreements, on):
    """Newest first, each right after the framework or whole it belongs to (two queries)."""
    moment = Coalesce("signed_first", "exchanged_first", "period_first")
    rows = agreements.with_effect(on).annotate(moment=moment)
    rows = list(rows.order_by(F("moment").desc(nulls_last=True), "code", "pk"))
    under = AgreementLink.objects.filter(kind="under").order_by("pk").values_list("agreement_id", "other_id")
    return in_families(rows, dict(under))


def in_families(rows, frameworks):
    """`rows` (with `moment`) with those under another of them after it.

    `frameworks`: {agreement id: framework id}. One without a date stands where the newest below it would.
    """
    ids = {row.pk for row in rows}
    beneath = defaultdict(list)
    for row in rows:
        above = next((one for one in (frameworks.get(row.pk), row.part_of_id) if one in ids), None)
        beneath[above].append(row)
    placed, listed = [], set()

    def moment(row):
        days = [row.moment, *(one.moment for one in beneath[row.pk])]
        return row.moment or max((day for day in days if day), default=date.min)

    def place(row):
        if row.pk not in listed:
            listed.add(row.pk)
            placed.append(row)
            for one in beneath[row.pk]:
                place(one)

    for row in sorted(beneath[None], key=moment, reverse=True):
        place(row)
    for row in rows:  # what is under itself by a mistake is listed all the same
        place(row)
    return placed


def gather(on, agreements):
    """Everything the rows need, by agreement: parties, promises with their states, links, lines."""
    found = defaultdict(list)
    for link in figures.links(agreements):
        found[link.to].append(link)
    by_delivery = figures.lines(agreements)
    promises = defaultdict(list)
    for one in tallies(on, made_by(on).filter(agreement__in=agreements.order_by().values("pk"))):
        promises[one.agreement].append(one)
    return {"parties": parties(agreements, on), "promises": promises, "links": found, "lines": by_delivery}


def set_by_officers(gathered):
    """A note on how many of the commitments counted stand as officers say."""
    if number := sum(one.overridden for rows in gathered["promises"].values() for one in rows):
        yield set_words(number)


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


def promise_cells(promises, sheet):
    """What is promised, how it stands, how much of it is late; `promises` are Tallies."""
    late = sum(one.number for one in promises if one.health == Health.OVERDUE)
    rows = f"{sheet}&health={Health.OVERDUE}#commitments" if late else ""
    return [
        by_sort(Commitment.Strength, counts(promises, "strength"), f"{sheet}&strength=%s#commitments"),
        by_sort(State, counts(promises, "state"), f"{sheet}&state=%s#commitments"),
        Cell(performance(promises), f"{sheet}&strength={Commitment.Strength.SIGNED}#commitments"),
        Cell(late if any(one.dated for one in promises) else None, rows, late=late > 0),
    ]


def counts(promises, column):
    """{value of the column: commitments}."""
    found = Counter()
    for one in promises:
        found[getattr(one, column)] += one.number
    return found


def performance(promises):
    """Signed commitments: how many of the measurable are done, how many of the standing have activity."""
    signed = [one for one in promises if one.strength == Commitment.Strength.SIGNED]
    if not signed:
        return None
    standing = [one for one in signed if one.kind == Commitment.Kind.STANDING]
    measured = [one for one in signed if one.kind != Commitment.Kind.STANDING]
    return Performance(
        done=total(one for one in measured if one.state in (State.DONE, State.BEYOND)),
        measured=total(measured),
        active=total(one for one in standing if one.state == State.ACTIVE),
        standing=total(standing),
    )


def total(tallies):
    return sum(one.number for one in tallies)


def last_activity(links, promises, on):
    held = [link for link in links if link.certainty(on) and link.number != 0]
    told = [one.news_text.partition("|")[2] for one in promises if one.news_text]
    moments = [(link.first, link.last, link.held) for link in held] + [(*bounds(text), text) for text in told]
    return figures.latest(moments, on)


def event_cells(links, sheet, on):
    delegations = [link for link in links if link.delegation]
    of_way = {way: [link for link in delegations if link.direction == way] for way in ("out", "in")}
    return [
        *(on_sheet(figures.tally(of_way[way], on), sheet, f"delegations-{way}") for way in of_way),
        on_sheet(figures.tally([link for link in links if link.meeting], on), sheet, "meetings"),
    ]


def on_sheet(value, sheet, table):
    """A Dated whose parts open their rows in a table of the sheet."""
    rows = f"{sheet}#{table}"
    return Cell(opened(value, lambda sort: f"{sheet}&certainty={sort}#{table}", rows), rows)


def aid_cells(served, sheet, on):
    return [
        on_sheet(figures.aid(served, on, given=True), sheet, "aid-given"),
        on_sheet(figures.aid(served, on, given=False), sheet, "aid-received"),
    ]
