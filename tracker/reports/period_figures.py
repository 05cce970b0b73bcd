"""The figures of the period report: what the other reports count, in the period, a year earlier, and up to its end."""

from datetime import date
from typing import NamedTuple

from django.db.models import DateField, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from agreements import dates
from agreements.models import Commitment
from agreements.models.effect import bounds
from agreements.models.standing import BINDING
from delegations.models import Delegation
from delegations.models.delegation import Status
from tracker.progress.facts import MADE
from tracker.reports import figures
from tracker.reports.aid_behind import key, parts_alike, silent
from tracker.reports.aid_question import WAYS
from tracker.reports.aid_totals import deliveries, payer, worth
from tracker.reports.handed import way
from tracker.reports.period_question import SLUG
from tracker.reports.questions import CommitmentQuestion
from tracker.reports.signing import Gathered, chosen, ending
from tracker.reports.signing_question import SignedQuestion
from tracker.reports.table import Count, Dated, Part
from tracker.reports.visit_counts import three
from tracker.reports.visit_report import UNDATED_ONLINE
from tracker.reports.visit_tables import TITLES
from tracker.reports.visits import VisitsQuestion, gather_counts

THREE = (_("number of delegations"), _("journeys of people"), _("number of people"))
OUT, IN = Delegation.Direction.OUT, Delegation.Direction.IN
ASKED = ("proposal", "wish")
"""Strengths of what is asked for and undertaken by nobody."""
UNDATED = {
    "list-out": "undated-out",
    "list-in": "undated-in",
    "online": UNDATED_ONLINE,
    "made": "made-undated",
    "asked": "asked-undated",
    "ended": "ended-undated",
}
"""{annex: where its rows without a date stand}; of other annexes in the same."""


class Line(NamedTuple):
    """A figure in the period, in the same one a year earlier, and up to the end of the period.

    Each is a Dated, or None where nothing is recorded. `report`: whose rows they are, asked with `choices`;
    `anchor`: the annex of these rows; `since`: the first day known of them, for the report over all of them.
    """

    what: object
    now: object
    before: object
    ever: object
    report: str
    anchor: str
    choices: tuple = ()
    since: date | None = None

    def there(self, certainty):
        """The annex of the rows of a certainty."""
        return UNDATED.get(self.anchor, self.anchor) if certainty == "undated" else self.anchor


def over(windows, figure):
    """`figure` of each of the windows; in a window, what has no date is in none: it is told up to the end alone."""
    now, before, ever = (figure(window) for window in windows)
    return within(now), within(before), ever or None


def within(dated):
    found = dated and Dated(dated.certain, dated.possible)
    return found or None


def of(windows, rows, value):
    """`value` of those of `rows` in each window by certainty; `rows`: [(first, last, row)]."""

    def figure(window):
        sorts = {sort: [] for sort in figures.CERTAINTIES}
        for first, last, row in rows:
            relation = dates.relation(first, last, *window)
            if relation != "outside":
                sorts[relation].append(row)
        return Dated(**{sort: value(some) if some else None for sort, some in sorts.items()})

    return over(windows, figure)


# Agreements --------------------------------------------------------------------------------------
def papers(question):
    """(agreements at the end of the period, at that of the year before): Gathereds (two queries).

    The first hold every agreement up to the end, whatever the window that is asked of them.
    """
    ever = question.further(SignedQuestion, begin=question.begin, end=question.end)
    before = question.further(SignedQuestion, begin=question.before[0], end=question.before[1])
    if ever is None:
        return None
    ever.begin = date.min
    return Gathered(question.windows[0], chosen(ever)), Gathered(question.windows[1], chosen(before))


def of_agreements(question, found):
    """Lines on what was signed and what ended."""
    if found is None:
        return
    now, before = found
    ever = now._replace(period=question.windows[2])
    days = [
        min(filter(None, [row.signed_first, row.exchanged_first]), default=None) for row in now.agreements
    ]
    since = min(filter(None, days), default=None)
    signed = [one.papers_signed for one in (now, before, ever)]
    yield Line(_("Papers signed"), *windowed(signed), "agreements-signed", "agreements-signed", since=since)
    ended = [ended_in(one) for one in (now, before, ever)]
    ends = [bounds(ending(row))[0] for row in ever.ended]
    since = min(filter(None, ends), default=None)
    yield Line(_("Agreements that ended"), *windowed(ended), "agreements-signed", "ended", since=since)


def windowed(dated):
    now, before, ever = dated
    return within(now), within(before), ever or None


def ended_in(found):
    rows = [found.end_relation(row) for row in found.ended]
    return Dated(**{sort: Count(rows.count(sort)) if sort in rows else None for sort in figures.CERTAINTIES})


# Commitments -------------------------------------------------------------------------------------
MADE_WORDS = (_("Commitments made"), _("Proposals and wishes made"))
MADE_IN = {"made": BINDING, "asked": ASKED}
"""{annex: the strengths that it tells}."""
MADE_LAST = Coalesce(
    "made_last", "agreement__signed_last", "agreement__exchanged_last", MADE, output_field=DateField()
)
"""The last day on which a commitment may have been made, beside MADE, the first."""


def made(question):
    """The commitments, proposals and wishes made by the end of the period, a queryset with `day` and `day_last`."""
    asked = question.further(CommitmentQuestion, on=question.end)
    rows = asked.rows if asked else Commitment.objects.none()
    return rows.annotate(day=MADE, day_last=MADE_LAST)


def of_commitments(question):
    """Lines on what was undertaken and what was asked for (one query)."""
    rows = list(made(question).order_by().values_list("day", "day_last", "strength"))
    since = min((row[0] for row in rows if row[0]), default=None)
    for words, (anchor, strengths) in zip(MADE_WORDS, MADE_IN.items(), strict=True):
        some = [row for row in rows if row[2] in strengths]
        yield Line(words, *of(question.windows, some, number), SLUG, anchor, since=since)


def number(rows):
    return Count(len(rows))


# Delegations and online meetings -----------------------------------------------------------------
def of_delegations(question):
    """Lines of the three counts, each way, and of online meetings (three queries)."""
    asked = question.further(VisitsQuestion, begin=question.begin, end=question.end)
    if asked is None:
        return
    found = gather_counts(asked)
    named = found.named
    for direction in (OUT, IN):
        visits = [visit for visit in found.visits if visit.direction == direction]
        since = min((visit.begins[0] for visit in visits if visit.begins[0]), default=None)
        windows = (*question.windows[:2], (since, question.end))
        counts = [three(visits, named, window) for window in windows]
        for words, told in zip(THREE, zip(*counts, strict=True), strict=True):
            yield Line(
                f"{TITLES[direction]}: {words}",
                *windowed(told),
                "delegations",
                f"list-{direction}",
                (("direction", direction),),
                since,
            )
    yield online(question, asked)


def none_told(question):
    """How many rows say that there was no delegation in the period or in that of the year before (one query)."""
    asked = question.further(VisitsQuestion, begin=question.before[0], end=question.end)
    if asked is None:
        return 0
    first, last = (question.begin, question.end), question.before
    within = (Q(held_first__lte=days[1], held_last__gte=days[0]) for days in (first, last))
    return asked.rows.filter(next(within) | next(within), status=Status.HELD, number=0).count()


def online(question, asked):
    meetings = asked.online.order_by().values_list("held_first", "held_last", "number")
    rows = [row for row in meetings if row[0] is None or row[0] <= question.end]
    since = min((row[0] for row in rows if row[0]), default=None)
    return Line(
        _("Online meetings"),
        *of(question.windows, rows, figures.count),
        "delegations",
        "online",
        since=since,
    )


# Aid ---------------------------------------------------------------------------------------------
def handed_over(told):
    """{way: [(first, last, line)]} of aid up to the end of the period; `told`: what aid.py gathered of it, or None."""
    found = {one: [] for one in WAYS}
    for line in told["lines"] if told else ():
        if not line.is_gift:
            found[way(told["sides"][line.delivery])].append((line.first, line.last, line))
    return found


def of_aid(question, handed):
    """Lines on how often and how much in money."""
    for one, words in WAYS.items():
        for told, value in ((_("handovers"), times), (_("money and value"), worth)):
            figure = of(question.windows, handed[one], value)
            yield Line(f"{words}: {told}", *figure, "aid", "aid-rows", (("way", one),))


def times(lines):
    return Count(deliveries(lines))


def by_item(question, handed):
    """(direction, Line) on how much of each item and unit, and on how many lines no figure is known."""
    for one, words in WAYS.items():
        rows, sums = handed[one], of(question.windows, handed[one], sums_of)
        for measure in sums_of([line for _first, _last, line in rows]):
            item, _unit, whole, behind = measure
            name = Part(_("of which"), item) if whole else item
            found = (picked(dated, measure) for dated in sums)
            yield words, Line(name, *found, "aid", "aid-rows", (("way", one), ("behind", behind)))
        mute = of(question.windows, rows, without_figure)
        if any(mute):
            choices = (("way", one), ("behind", key("silent")))
            yield words, Line(_("lines without a figure"), *mute, "aid", "aid-rows", choices)


def sums_of(lines):
    """{(item or payer, unit, its whole, key of aid_behind.py): Amount} in the order of the lines.

    Parts stand after their whole.
    """
    alike, found = parts_alike(lines), {}
    for one in figures.quantities(lines):
        unit = one.amount.unit
        found[one.item, unit, one.within, key("sum", one.item, unit, *(one.within or ()))] = one.amount
        if one.within is None:
            for funding, parts in alike.get((one.item, unit), {}).items():
                measure = payer(funding), unit, (one.item, unit), key("part", one.item, unit, funding)
                found[measure] = figures.summed(parts, unit)
    return found


def picked(dated, measure):
    """The Dated of one measure out of a Dated of `sums_of`."""
    if dated is None:
        return None
    parts = {sort: (getattr(dated, sort) or {}).get(measure) for sort in figures.CERTAINTIES}
    return Dated(**parts) or None


def without_figure(lines):
    mute = silent(lines)
    return Count(len(mute)) if mute else None
