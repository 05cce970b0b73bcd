"""Every id of the ledger of source facts has its record, cited under that id."""

import re

import pytest

from agreements.models import Agreement, Commitment, Document
from conftest import rows_of
from delegations.models import Delegation, Delivery, Meeting
from tracker.tests.seeded import seeded  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]
TABLES = {
    "agreement": Agreement,
    "commitment": Commitment,
    "delegation": Delegation,
    "meeting": Meeting,
    "delivery": Delivery,
}
LEDGER = rows_of("ledger/ids.csv")
COUNTS = {"D1": 9, "D2": 13, "D3": 9, "D4": 13, "D5": 12}
"""How many numbered facts each document of the ledger has."""


def missing(entries):
    """The entries whose record is not there, or does not cite their document under their id."""
    found = []
    for entry in entries:
        record = TABLES[entry["record"]].objects.filter(code=entry["code"]).first()
        document = entry["id"].partition(".")[0]
        cited = record and record.citations.filter(document__code=document, locator=entry["id"]).exists()
        if not cited:
            found.append(f"{entry['id']} {entry['record']} {entry['code']}")
    return found


def test_every_id_of_the_ledger_has_its_record_and_citation():
    assert missing(LEDGER) == []


def test_an_id_without_its_record_or_citation_is_found():
    strangers = [
        {"id": "D1.1", "record": "delegation", "code": "NONE"},
        {"id": "D9.1", "record": "delegation", "code": "HCM-2024-V01"},
        {"id": "D4.5", "record": "delivery", "code": "SL-2019-HS"},
    ]
    assert missing(strangers) == [
        "D1.1 delegation NONE",
        "D9.1 delegation HCM-2024-V01",
        "D4.5 delivery SL-2019-HS",
    ]


def test_the_ledger_names_every_numbered_fact():
    ids = {entry["id"] for entry in LEDGER}
    assert ids == {
        f"{document}.{number}" for document, most in COUNTS.items() for number in range(1, most + 1)
    }


def test_every_record_of_the_facts_cites_an_id_of_the_ledger():
    ids = {entry["id"] for entry in LEDGER}
    for table in TABLES.values():
        for record in table.objects.all():
            locators = set(record.citations.values_list("locator", flat=True))
            assert locators, record
            assert locators <= ids, (record, locators - ids)


def test_every_locator_belongs_to_its_document():
    for document in Document.objects.all():
        for citation in document.citations.all():
            assert re.fullmatch(rf"{document.code}\.\d+", citation.locator)
