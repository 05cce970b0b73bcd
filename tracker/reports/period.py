"""The period report: what the other reports tell of six months, a year or any days, with their tables as annexes.

No number is counted here in a way of its own: docs/reports.md.
"""

from dataclasses import replace

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements import dates
from agreements.models import Progress
from tracker.reports import period_annexes, period_figures, visit_report
from tracker.reports.aid_question import AidQuestion
from tracker.reports.asking import opened
from tracker.reports.period_question import SLUG
from tracker.reports.period_standing import standing
from tracker.reports.reviewing import review_notes, took_place
from tracker.reports.table import Cell, Column, Count, Dated, make_table
from tracker.reports.visit_report import none_note
from tracker.reports.visits import VisitsQuestion

FIGURES = (
    Column("now", _("In the period"), "number"),
    Column("before", _("Same period a year earlier"), "number"),
    Column("change", _("More or less"), "number"),
    Column("ever", _("Up to the end of the period"), "number"),
)
NOTES = (
    _("“No figure yet”: nothing is recorded, which does not mean 0. “≥”: of some it is not known how many."),
    _(
        "“Possibly”: known only to a month, year or stretch that reaches over an end of the period; not in the number."
    ),
    _("What has no date is in no period: it is told, apart, in the last column alone."),
    _("“More or less” only where both numbers are known exactly."),
)


def period_report(question):
    """The Table of a WindowQuestion, its annexes below; at most 60 queries, whatever the number of records."""
    papers = period_figures.papers(question)
    made = period_annexes.make(question)
    handed = period_figures.handed_over(made.aid)
    lines = (
        *period_figures.of_agreements(question, papers),
        *period_figures.of_commitments(question),
        *period_figures.of_delegations(question),
        *period_figures.of_aid(question, handed),
    )
    return make_table(
        SLUG,
        title(question),
        (Column("name", _("Figure")), *FIGURES),
        [[line.what, *cells(line, question)] for line in lines],
        notes=(
            *spans(question),
            *NOTES,
            *review_notes(*recorded(question)),
            *none_note(period_figures.none_told(question)),
        ),
        as_of=question.end,
        begin=question.begin,
        conditions=question.conditions,
        empty=_("Nothing is recorded. Choose other filters."),
        below=(
            standing(question, papers, made),
            aid_table(question, handed),
            *(replace(one, annex=True) for one in period_annexes.annexes(question, made, handed) if one.rows),
        ),
    )


def recorded(question):
    """What the figures tell of, up to the end of the period, whatever the review says of it."""
    days = {"begin": question.begin, "end": question.end}
    if asked := question.further(VisitsQuestion, **days):
        yield from visit_report.recorded(asked, None)
    if asked := question.further(AidQuestion, **days):
        yield took_place(asked.recorded, None, question.end)
    made = period_figures.made(question).order_by().values("pk")
    yield Progress.objects.counting(question.end).filter(commitment__in=made)


def title(question):
    words = gettext("Agreements, commitments, delegations and aid")
    return f"{words}: {question.called}" if question.called else words


def spans(question):
    """Which days the columns tell of."""
    first, last = (dates.display(day.isoformat()) for day in question.before)
    words = {"begin": first, "end": last, "day": dates.display(question.end.isoformat())}
    yield _("Same period a year earlier: from %(begin)s to %(end)s.") % words
    yield _("Last column: everything recorded up to %(day)s.") % words


# A line ------------------------------------------------------------------------------------------
def cells(line, question):
    """The figures of a Line, each part of one with the address of its rows; the change has none."""
    since = line.since or question.begin
    begin, end = question.before
    return [
        figure(line.now, now_address(line, question)),
        figure(line.before, rows_of(line, question, begin=begin, end=end)),
        change(line.now, line.before),
        figure(
            line.ever,
            rows_of(line, question, begin=since if line.report != "aid" else None, end=question.end),
        ),
    ]


def rows_of(line, question, **days):
    """The report of a Line over these days, to be asked for the rows of a certainty ("": of all)."""
    asked = {name: day.isoformat() for name, day in days.items() if day} | dict(line.choices)

    def address(certainty):
        return question.address(line.report, line.there(certainty), **asked, certainty=certainty or None)

    return address


def now_address(line, question):
    """Where the rows of the period are: in the annex, where it holds no others; else in the report of the Line."""
    shown = line.now and (line.now.certain is None) != (line.now.possible is None)
    if shown and line.report != "aid":
        return lambda certainty: f"#{line.anchor}"
    return rows_of(line, question, begin=question.begin, end=question.end)


def figure(value, address):
    return Cell(gettext("no figure yet")) if value is None else Cell(opened(value, address), address(""))


def change(now, before):
    """How many more than a year earlier (fewer: below 0), where both are known exactly; None else."""
    known = exact(now), exact(before)
    return None if None in known else known[0] - known[1]


def exact(dated):
    """The number of a Dated that is certain and of which nothing else is possible; None else."""
    if not isinstance(dated, Dated) or dated.possible is not None:
        return None
    found = dated.certain
    return found.number if isinstance(found, Count) and not found.at_least else None


def aid_table(question, handed):
    lines = [
        [way, line.what, *cells(line, question)] for way, line in period_figures.by_item(question, handed)
    ]
    return make_table(
        "aid-items",
        _("Aid by item and unit"),
        (Column("way", _("Direction")), Column("item", _("Item")), *FIGURES),
        lines,
        notes=(
            _("Different units are never added. “Of which” is part of the row above and not added to it."),
        ),
        as_of=question.end,
        empty=_("No aid is recorded."),
    )
