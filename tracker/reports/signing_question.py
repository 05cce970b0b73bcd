"""What a reader asks of the report on agreements of a period."""

from agreements.filters import AgreementFilter
from agreements.models import Agreement
from tracker.reports.asking import Choosing
from tracker.reports.questions import OfCertainty, PeriodQuestion


class SignedFilter(OfCertainty, AgreementFilter):
    """The filters of agreements, and the part of a number whose rows are told."""

    class Meta:
        model = Agreement
        fields = []


class SignedQuestion(Choosing, PeriodQuestion):
    """Agreements of a period."""

    filters = SignedFilter
    rare = ("certainty",)


def is_asked(sort, question):
    """Whether rows of this certainty are told; those without a date only where they are asked for."""
    asked = question.value("certainty")
    return sort == asked if asked else sort != "undated"
