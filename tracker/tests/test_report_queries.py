"""No report asks the database more than ten times, whatever there is to tell; a whole of reports asks once for each."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tracker.demo import fill
from tracker.progress.engine import forget
from tracker.progress.remembered import pages
from tracker.reports.catalogue import REPORTS

ON = date(2024, 6, 30)
MOST = {"period": 60}
"""The period report is nine others, in part for two days, beside figures of its own."""


@pytest.mark.django_db(transaction=True)
def test_queries_of_every_report():
    fill(30)
    asked = {}
    for report in REPORTS:
        forget()
        question = report.question({"on": ON.isoformat(), "end": ON.isoformat()}, ON, on_page=True)
        with CaptureQueriesContext(connection) as met:
            pages.get(report.slug, lambda report=report, question=question: report.build(question))
        asked[report.slug] = len(met)
    assert len(asked) == 10
    assert {slug: number for slug, number in asked.items() if number > MOST.get(slug, 10)} == {}
