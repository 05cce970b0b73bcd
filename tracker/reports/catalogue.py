"""The reports: each named once; pages, files, the command line and frozen copies find them here."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tracker.reports.agreement_status import agreement_status
from tracker.reports.gaps import GapQuestion, gaps
from tracker.reports.questions import PeriodQuestion, Question, StatusQuestion
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
        return reverse("reports:report", args=[self.slug])


REPORTS = (
    Report(
        "agreement-status",
        _("Agreement status"),
        _("Where every agreement stands as of a day: legal effect, commitments, visits, meetings, aid."),
        StatusQuestion,
        lambda asked: agreement_status(asked.on, asked.agreements, asked.conditions, asked.loose),
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
        PeriodQuestion,
        agreements_signed,
    ),
)
"""In the order in which they are listed."""
BY_SLUG = {report.slug: report for report in REPORTS}
