"""Agreement status of the real facts against tables worked out by hand from the source documents."""

import csv
import io
from datetime import date

import pytest
from django.utils import translation

from conftest import FIXTURES, rows_of
from tracker.reports import writers
from tracker.reports.agreement_status import agreement_status
from tracker.tests.seeded import seeded  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]
LEDGER = sorted(path.name for path in (FIXTURES / "ledger").glob("agreement_status_*.csv"))


def test_there_are_tables_to_compare_with():
    assert len(LEDGER) >= 4


@pytest.mark.parametrize("name", LEDGER)
def test_the_report_equals_the_table_worked_out_by_hand(name):
    on = date.fromisoformat(name.removeprefix("agreement_status_").removesuffix(".csv"))
    expected = rows_of(f"ledger/{name}")
    with translation.override("en"):
        text = writers.to_csv(agreement_status(on)).removeprefix("\ufeff")
    found = [{key: row[key] for key in expected[0]} for row in csv.DictReader(io.StringIO(text))]
    assert found == expected


def test_what_stands_in_no_agreement_is_said_in_a_note():
    with translation.override("en"):
        notes = [writers.shown(note) for note in agreement_status(date(2023, 6, 30)).notes]
    assert notes[-1].startswith("37 commitments, proposals and wishes stand in no agreement")
