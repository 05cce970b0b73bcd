"""The annexes of the period report: the tables of the other reports over the same days and records."""

from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

from django.db.models import Case, Count, F, Q, Value, When, Window
from django.db.models.functions import Concat, RowNumber
from django.utils.translation import gettext_lazy as _

from agreements import dates
from tracker.progress.engine import judged
from tracker.reports.addresses import record, sheet_of
from tracker.reports.aid import aid, since
from tracker.reports.aid import gather as gather_aid
from tracker.reports.aid_question import WAYS, AidQuestion
from tracker.reports.aid_rows import by_certainty
from tracker.reports.aid_totals import by_year
from tracker.reports.asking import left_out
from tracker.reports.commitment_progress import ProgressQuestion
from tracker.reports.deadlines import DeadlineQuestion, deadlines
from tracker.reports.period_figures import MADE_IN, made
from tracker.reports.period_question import SLUG
from tracker.reports.progress_rows import Since, names, rows_table
from tracker.reports.signing import Gathered, gather
from tracker.reports.signing_question import SignedQuestion
from tracker.reports.signing_tables import agreements_signed
from tracker.reports.table import Cell, Column, Marked, Moment, Table, make_table
from tracker.reports.taking_part import parts_taken
from tracker.reports.visit_report import delegations
from tracker.reports.visit_tables import IN_PERIOD
from tracker.reports.visits import VisitsQuestion

NOT_HERE = ("aid-places", "aid-years")
"""Tables of other reports that tell all places, or only the years of the period (see `aid_years`)."""
TITLES = {"by-year": _("Delegations by year")}
"""What tables are called here whose title says too little beside those of other reports."""
MADE = (
    Column("code", _("Code")),
    Column("text", _("Content")),
    Column("strength", _("Strength")),
    Column("obligors", _("Obligors or proposers")),
    Column("agreement", _("Agreement")),
    Column("made", _("Made on")),
    Column("certainty", _("In the period")),
)


MADE_TITLES = {
    "made": _("Commitments made in the period"),
    "made-undated": _("Commitments, day not known"),
    "asked": _("Proposals and wishes made in the period"),
    "asked-undated": _("Proposals and wishes, day not known"),
}


class Made(NamedTuple):
    """What several tables of the period report tell of, made once; None of what its filters do not know.

    `agreements`: what signing.py gathered of the period; `aid`: what aid.py did of all days up to its end;
    `deadlines`: the Table of its end.
    """

    agreements: Gathered | None
    aid: dict | None
    deadlines: Table | None


def make(question):
    """The Made of a WindowQuestion."""
    signed = question.further(SignedQuestion, begin=question.begin, end=question.end)
    given = question.further(AidQuestion, end=question.end)
    ahead = question.further(DeadlineQuestion, on=question.end)
    return Made(signed and gather(signed), given and gather_aid(given), ahead and deadlines(ahead))


def annexes(question, made, handed):
    """The Tables, in the order of the annexes; a report that knows none of the records has none.

    `made`: a Made; `handed`: {way: [(first, last, line)]} of its aid.
    """
    days = {"begin": question.begin, "end": question.end}
    if made.agreements:
        signed = agreements_signed(question.further(SignedQuestion, **days), made.agreements)
        yield replace(signed, below=(), conditions=())
        yield from below(signed)
    yield from made_tables(question)
    if asked := question.further(ProgressQuestion, on=question.end):
        yield progress(question, asked)
    if asked := question.further(VisitsQuestion, **days):
        yield from below(delegations(asked))
    if made.aid:
        yield from aid_years(question, handed)
        yield from below(aid(question.further(AidQuestion, **days), since(made.aid, question.begin)))
    if made.deadlines:
        yield from below(made.deadlines)


def aid_years(question, handed):
    """Aid of all years up to the end of the period, with its drawing."""
    days = {"begin": None, "on": question.end}
    groups = [
        (way, words, by_certainty([line for _first, _last, line in handed[way]], days))
        for way, words in WAYS.items()
    ]
    yield by_year(groups, question.further(AidQuestion, end=question.end), _("Aid by year"))


def below(report):
    """The tables of another report below its first."""
    for one in report.below:
        if one.key not in NOT_HERE:
            yield replace(one, title=TITLES.get(one.key, one.title))


def progress(question, asked):
    """The commitments with what was done in the period beside all that is done (five queries)."""
    rows = asked.meant.annotate(of_all=Window(Count("pk")))
    order = (F("agreement__signed_first").desc(nulls_last=True), "agreement__code", "article", "code", "pk")
    day = question.begin - timedelta(days=1)
    since = Since(question.begin, lambda chosen: judged(day, chosen))
    return rows_table(rows, asked.on, order, asked.most, asked.address(all=1), since)


def made_tables(question):
    """Commitments, proposals and wishes made in the period, surely or perhaps; then the undated (two queries)."""
    begin, end = question.begin, question.end
    rows = made(question).filter(Q(day__isnull=True) | Q(day__lte=end, day_last__gte=begin))
    place = Case(*(When(strength__in=some, then=Value(key)) for key, some in MADE_IN.items()))
    rows = rows.annotate(table=Concat(place, Case(When(day=None, then=Value("-undated")), default=Value(""))))
    alike = {"partition_by": [F("table")]}
    found = rows.annotate(
        of_all=Window(Count("pk"), **alike),
        number=Window(RowNumber(), order_by=(F("day").asc(nulls_last=True), "code", "pk"), **alike),
    )
    found = found.filter(number__lte=question.most) if question.most else found
    found = list(found.select_related("agreement").order_by("table", "number"))
    parts = parts_taken({"commitment": [row.pk for row in found]})
    for key, title in MADE_TITLES.items():
        rows = [row for row in found if row.table == key]
        yield made_table(key, title, rows, parts, question)


def made_table(key, title, rows, parts, question):
    """One of these tables: those of its `rows` that are of the certainty asked for."""
    begin, end = question.begin, question.end
    told = [(row, dates.relation(row.day, row.day_last, begin, end)) for row in rows]
    told = [(row, sort) for row, sort in told if question.value("certainty") in (None, "", sort)]
    every = question.address(SLUG, key, begin=begin.isoformat(), end=end.isoformat(), all=1)
    return make_table(
        key,
        title,
        MADE,
        [made_row(row, sort, parts, end) for row, sort in told],
        notes=tuple(left_out(len(rows), rows[0].of_all if rows else 0, every)),
        as_of=end,
        empty=_("None was made in this period."),
    )


def made_row(row, sort, parts, end):
    agreement = row.agreement
    return [
        Cell(row.code, record("commitment", row.pk)),
        row.text,
        row.get_strength_display(),
        names(parts, row, "obligor", "proposer"),
        Cell(agreement.title, sheet_of(agreement.pk, end)) if agreement else None,
        Moment(row.made_on or (agreement and (agreement.signed_on or agreement.exchanged_on)) or ""),
        Marked(sort, IN_PERIOD[sort], sort == "possible"),
    ]
