"""The annexes of the period report: the tables of the other reports over the same days and records."""

from dataclasses import replace
from datetime import timedelta

from django.db.models import Count, F, Q, Window
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements import dates
from tracker.progress.engine import judged
from tracker.reports.agreement_status import sheet_of
from tracker.reports.aid import aid
from tracker.reports.aid_question import WAYS, AidQuestion
from tracker.reports.aid_rows import by_certainty
from tracker.reports.aid_totals import by_year
from tracker.reports.asking import left_out
from tracker.reports.commitment_progress import ProgressQuestion
from tracker.reports.deadlines import DeadlineQuestion, deadlines
from tracker.reports.period_figures import made
from tracker.reports.period_question import SLUG
from tracker.reports.progress_rows import Since, names, rows_table
from tracker.reports.questions import PeriodQuestion
from tracker.reports.signing_tables import agreements_signed
from tracker.reports.table import Cell, Column, Marked, Moment, make_table
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


def annexes(question, handed):
    """The Tables, in the order of the annexes; a report that knows none of the records has none.

    `handed`: {way: [(first, last, line)]} of aid up to the end of the period.
    """
    days = {"begin": question.begin, "end": question.end}
    yield from tables(agreements_signed, question.further(PeriodQuestion, **days))
    yield made_table(question)
    if asked := question.further(ProgressQuestion, on=question.end):
        yield progress(question, asked)
    yield from tables(delegations, question.further(VisitsQuestion, **days), above=False)
    yield from aid_years(question, handed)
    yield from tables(aid, question.further(AidQuestion, **days), above=False)
    yield from tables(deadlines, question.further(DeadlineQuestion, on=question.end), above=False)


def aid_years(question, handed):
    """Aid of all years up to the end of the period, with its drawing."""
    if asked := question.further(AidQuestion, end=question.end):
        days = {"begin": None, "on": question.end}
        groups = [
            (way, words, by_certainty([line for _first, _last, line in handed[way]], days))
            for way, words in WAYS.items()
        ]
        yield by_year(groups, asked, _("Aid by year"))


def tables(report, asked, above=True):
    """The tables of a report that is asked for; `above`: its first one too."""
    if asked is None:
        return
    found = report(asked)
    if above:
        yield replace(found, below=(), conditions=())
    for one in found.below:
        if one.key not in NOT_HERE:
            yield replace(one, title=TITLES.get(one.key, one.title))


def progress(question, asked):
    """The commitments with what was done in the period beside all that is done (five queries)."""
    rows = asked.meant.annotate(of_all=Window(Count("pk")))
    order = (F("agreement__signed_first").desc(nulls_last=True), "agreement__code", "article", "code", "pk")
    day = question.begin - timedelta(days=1)
    since = Since(question.begin, lambda chosen: judged(day, chosen))
    return rows_table(rows, asked.on, order, asked.most, asked.address(all=1), since)


def made_table(question):
    """Commitments, proposals and wishes made in the period, surely or perhaps, the undated last (two queries)."""
    begin, end = question.begin, question.end
    rows = made(question).filter(Q(day__isnull=True) | Q(day__lte=end, day_last__gte=begin))
    found = list(
        rows.annotate(of_all=Window(Count("pk")))
        .select_related("agreement")
        .order_by(F("day").asc(nulls_last=True), "code", "pk")[: question.most]
    )
    parts = parts_taken({"commitment": [row.pk for row in found]})
    every = question.address(SLUG, "made", begin=begin.isoformat(), end=end.isoformat(), all=1)
    return make_table(
        "made",
        _("Commitments, proposals and wishes made in the period"),
        MADE,
        [made_row(row, parts, (begin, end)) for row in found],
        notes=tuple(left_out(len(found), found[0].of_all if found else 0, every)),
        as_of=end,
        empty=_("None was made in this period."),
    )


def made_row(row, parts, period):
    sort = dates.relation(row.day, row.day_last, *period)
    agreement = row.agreement
    return [
        Cell(row.code, reverse("admin:agreements_commitment_change", args=[row.pk])),
        row.text,
        row.get_strength_display(),
        names(parts, row, "obligor", "proposer"),
        Cell(agreement.title, sheet_of(agreement, period[1])) if agreement else None,
        Moment(row.made_on or (agreement and (agreement.signed_on or agreement.exchanged_on)) or ""),
        Marked(sort, IN_PERIOD[sort], sort == "possible"),
    ]
