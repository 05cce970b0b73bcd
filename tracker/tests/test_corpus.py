"""Files as offices send them, each named for its fault or feature, with the outcome that the rules demand.

fixtures/corpus/expected.csv was worked out by hand. A fault is written row:column:part of its sentence, a question
about:text; several are parted by " | ". `rows` counts the rows of data.
"""

import csv
import json
import runpy
from collections import Counter
from decimal import Decimal

import pytest
from django.conf import settings
from django.db import connection
from django.utils.translation import override

from agreements.history import Route
from agreements.interchange.importing import outcome_of, planned
from agreements.interchange.sheets import WEB, SheetError, read_file
from agreements.interchange.writing import write_batch
from agreements.models import Agreement, Body, Document, Person
from delegations.models import DeliveryLine
from tracker.interchange import sheets_of
from tracker.tests.seeded import seeded  # noqa: F401
from tracker.torture.counting import history_count, operations_of, recorded_rows, table_counts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]
CORPUS = settings.BASE_DIR / "fixtures" / "corpus"
COUNTS = ("new", "changed", "unchanged", "refused", "conflicting")
NEW_EACH_TIME = {
    "codes-empty.csv",
    "progress-without-numbers.csv",
    "version-of-a-new-record.csv",
    "total-row-whose-text-is-a-promise.csv",
}
"""Good files whose rows name no record (or tell a version): they are not all unchanged when given again."""


def expected():
    with open(CORPUS / "expected.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


CASES = expected()


def case_id(case):
    return f"{case['file']}{'+' + case['answers'] if case['answers'] else ''}"


class Taken:
    """What importing a file of the corpus gave."""

    def __init__(self, case):
        self.faults, self.questions, self.counts, self.skipped = [], [], dict.fromkeys(COUNTS, 0), 0
        self.promised = Counter()
        answers = json.loads(case["answers"] or "{}")
        office = Body.objects.get(code=case["office"]) if case["office"] else None
        try:
            self.take(case, answers, office)
        except SheetError as error:
            self.refuse(str(error))

    def refuse(self, sentence):
        self.faults, self.counts["refused"] = [(0, "", sentence)], 1

    def take(self, case, answers, office):
        path = CORPUS / case["file"]
        book = read_file(path, path.name, limits=WEB, encoding=answers.get("encoding", ""))
        if book.doubts:
            self.refuse("The encoding of the file is in doubt")
            return
        sheets = sheets_of(book, case["kind"], answers)
        with planned(sheets, office=office, answers=answers, shown=True) as spooled:
            outcome = outcome_of(spooled)
            self.faults = [(one.row, one.column, one.sentence) for one in outcome.faults]
            self.questions = [(one.about, one.text) for one in spooled.questions]
            self.counts = {name: getattr(outcome, name) for name in COUNTS}
            self.skipped = sum(len(sheet["skipped"]) for sheet in outcome.sheets)
            if outcome.taken and not spooled.questions:
                self.promised = operations_of(spooled)
                write_batch(spooled, route=Route.IMPORT)

    @property
    def written(self):
        return sum(self.promised.values())


def told_of(text):
    """[(…, last part)] of the faults or questions of the table."""
    return [one for one in text.split(" | ") if one]


def matches(told, wanted):
    row, column, part = wanted.split(":", 2)
    return (told[0], told[1]) == (int(row), column) and part in told[2]


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_a_file_of_the_corpus_gives_what_its_rules_demand(case):
    before, history = table_counts(), history_count()
    taken = Taken(case)
    assert taken.counts == {name: int(case[name]) for name in COUNTS}, taken.faults
    assert taken.skipped == int(case["skipped"])
    wanted = told_of(case["faults"])
    assert len(taken.faults) == len(wanted), taken.faults
    for told, one in zip(sorted(taken.faults, key=lambda fault: fault[0]), wanted, strict=True):
        assert matches(told, one), told
    assert sorted(f"{about}:{text}" for about, text in taken.questions) == sorted(told_of(case["questions"]))
    if wanted or taken.counts["conflicting"]:
        assert (table_counts(), history_count()) == (before, history)
    else:
        check_written(case, taken, history)


def check_written(case, taken, history):
    """History rows are as many as rows written; a second time nothing changes; what was read is right."""
    accounted = sum(taken.counts.values()) + taken.skipped
    assert accounted == int(case["rows"])
    assert history_count() - history == recorded_rows(taken.promised)
    connection.check_constraints()
    check_truths()
    if case["file"] not in NEW_EACH_TIME:
        again = Taken(case)
        assert not again.faults
        assert again.counts["unchanged"] == accounted - taken.skipped
        assert again.written == 0


def test_every_row_of_a_refused_file_is_accounted_for():
    for case in CASES:
        whole_file = [one for one in told_of(case["faults"]) if one.startswith("0:")]
        if not whole_file:
            assert sum(int(case[name]) for name in (*COUNTS, "skipped")) == int(case["rows"]), case["file"]


KNOWN = {"enc-1": "Nguyễn Thị Hòa", "enc-2": "Đỗ Ước", "w1": "Gérard Müller", "q2": 'Nguyễn "Ba" Văn'}


def check_truths():
    """What a file says of itself: names of known people, dates in notes, amounts in descriptions."""
    for person in Person.objects.filter(code__in=KNOWN):
        assert person.name == KNOWN[person.code]
    for model, column in ((Document, "issued_on"), (Agreement, "period")):
        for record in model.objects.filter(code__startswith="K-").exclude(**{column: ""}):
            if record.note[:1].isdigit() or record.note.startswith(".."):
                assert getattr(record, column) == record.note, record.note
    for line in DeliveryLine.objects.exclude(currency=None).filter(number__gt=10).exclude(description=""):
        value, qualifier, currency = line.description.split()
        assert (line.amount, line.amount_is, line.currency.code) == (Decimal(value), qualifier, currency)


def test_there_are_at_least_a_hundred_files_and_each_is_expected():
    listed = {case["file"] for case in CASES}
    there = {path.name for path in CORPUS.iterdir() if path.suffix != ".py" and path.name[0] not in "._"}
    assert there - {"expected.csv"} == listed
    assert len(listed) >= 100


def test_the_files_that_a_script_makes_are_those_that_it_makes():
    made = runpy.run_path(str(CORPUS / "make.py"))["FILES"]
    for name, content in made.items():
        if not name.endswith((".xlsx", ".ods", ".docx")):  # another zlib packs in another way
            assert (CORPUS / name).read_bytes() == content(), name
