"""Every filter of every report at once: SQLite reads only so many conditions within one another."""

from datetime import date

import pytest

from tracker.reports.catalogue import REPORTS
from tracker.tests.seeded import seeded  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]
DAY = date(2026, 3, 1)


def offered(question):
    """{filter: the first that it offers}, as a reader chooses them from the page."""
    chosen = {}
    for name in question.shared:
        field = question.chosen.form.fields[name]
        rows = getattr(field, "queryset", None)
        first = rows.first() if rows is not None else None
        if first is not None:
            chosen[name] = str(first.pk)
        elif rows is None and hasattr(field, "choices"):
            chosen[name] = str(list(field.choices)[-1][0])
    return chosen


@pytest.mark.parametrize("review", [False, True])
@pytest.mark.parametrize("named", ["", "then"])
@pytest.mark.parametrize("report", REPORTS, ids=lambda one: one.slug)
def test_all_filters_of_a_report_can_be_chosen_at_once(report, named, review, settings):
    settings.REVIEW_REQUIRED = review
    days = {"begin": "2019-01-01", "end": str(DAY), "on": str(DAY)}
    chosen = offered(report.question(days, DAY))
    assert "partner" in chosen
    question = report.question(days | chosen | {"named": named}, DAY, on_page=True)
    assert question.is_valid, question.chosen.form.errors
    assert report.build(question).as_of == DAY
    assert len(question.conditions) >= 3
