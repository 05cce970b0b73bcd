"""The reports: each named once; pages, files, the command line and frozen copies find them here."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from tracker.reports.addresses import of_report
from tracker.reports.agreement_sheet import agreement_sheet
from tracker.reports.agreement_status import agreement_status
from tracker.reports.aid import aid
from tracker.reports.aid_question import AidQuestion
from tracker.reports.closing_list import ClosingQuestion, closing_list
from tracker.reports.commitment_progress import ProgressQuestion, commitment_progress
from tracker.reports.deadlines import DeadlineQuestion, deadlines
from tracker.reports.gaps import GapQuestion, gaps
from tracker.reports.period import period_report
from tracker.reports.period_question import WindowQuestion
from tracker.reports.questions import DayForm, Question, StatusQuestion
from tracker.reports.relation import relation_report
from tracker.reports.relation_question import RelationQuestion
from tracker.reports.signing_question import SignedQuestion
from tracker.reports.signing_tables import agreements_signed
from tracker.reports.visit_report import delegations
from tracker.reports.visits import VisitsQuestion


@dataclass(frozen=True)
class Report:
    """A report: `build(question)` answers a `question` (a Question class) with a Table or Sheet.

    `slug` names it in addresses, on the command line and in frozen copies and never changes.
    """

    slug: str
    title: object
    about: object
    question: type[Question]
    build: Callable

    @property
    def address(self):
        return of_report(self.slug)


REPORTS = (
    Report(
        "agreement-status",
        _("Agreement status"),
        _("Where every agreement stands as of a day: legal effect, commitments, visits, meetings, aid."),
        StatusQuestion,
        lambda asked: agreement_status(asked.on, asked.agreements, asked.conditions, asked.loose),
    ),
    Report(
        "commitment-progress",
        _("Commitment progress"),
        _("How commitments stand as of a day, by partner, agreement, field or lead unit, and each of them."),
        ProgressQuestion,
        commitment_progress,
    ),
    Report(
        "deadlines",
        _("Deadlines"),
        _(
            "What ends, falls due, is overdue, without news or to be reported: as of a day, and some days ahead."
        ),
        DeadlineQuestion,
        deadlines,
    ),
    Report(
        "closing-list",
        _("Closing list"),
        _(
            "Agreements that have ended with commitments still open: to close as done, not performed, carried over."
        ),
        ClosingQuestion,
        closing_list,
    ),
    Report(
        "relation",
        _("Relation of two localities"),
        _(
            "Everything between two localities: agreements with their gaps, talks, visits and aid both ways, promises."
        ),
        RelationQuestion,
        relation_report,
    ),
    Report(
        "aid",
        _("Aid"),
        _(
            "Aid given and received: promised, delivered, outstanding, by item and unit, by currency, place and year."
        ),
        AidQuestion,
        aid,
    ),
    Report(
        "gaps",
        _("Gaps in the data"),
        _("What the register does not know: records without source, lead unit, date, minutes or report."),
        GapQuestion,
        gaps,
    ),
    Report(
        "delegations",
        _("Delegations"),
        _("Delegations out and in that began in a period, and how many, by unit, place, purpose and money."),
        VisitsQuestion,
        delegations,
    ),
    Report(
        "agreements-signed",
        _("Agreements in a period"),
        _("Signed in the period; in force and what was done; to be signed, to be extended, ended."),
        SignedQuestion,
        agreements_signed,
    ),
    Report(
        "period",
        _("Period report"),
        _(
            "Six months, a year or any days beside the same days a year earlier and all so far, with every annex."
        ),
        WindowQuestion,
        period_report,
    ),
)
"""In the order in which they are listed."""
BY_SLUG = {report.slug: report for report in REPORTS}
SHEET = "agreement-sheet"
"""A report on one agreement, asked by its primary key (`agreement`)."""


def times(slug):
    """The names of the days that the report `slug` is asked for."""
    return BY_SLUG[slug].question.times if slug in BY_SLUG else ("on",)


def build(slug, asked, today):
    """The Table or Sheet that the texts `asked` ask for; None where there is no such report or they are not valid."""
    if slug == SHEET:
        day = DayForm({"on": asked.get("on") or today.isoformat()})
        pk = asked.get("agreement", "")
        return agreement_sheet(int(pk), day.cleaned_data["on"]) if day.is_valid() and pk.isdecimal() else None
    report = BY_SLUG.get(slug)
    question = report and report.question(asked, today)
    return report.build(question) if question and question.is_valid else None
