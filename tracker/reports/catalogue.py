"""The reports: each named once; pages, files, the command line and frozen copies find them here."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tracker.reports.agreement_status import agreement_status
from tracker.reports.closing_list import ClosingQuestion, closing_list
from tracker.reports.commitment_progress import ProgressQuestion, commitment_progress
from tracker.reports.deadlines import DeadlineQuestion, deadlines
from tracker.reports.questions import Question, StatusQuestion


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
)
"""In the order in which they are listed."""
BY_SLUG = {report.slug: report for report in REPORTS}
