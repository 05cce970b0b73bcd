"""The rows that an import takes are those that Django's own validation takes, and for the same reasons.

Rows are made at random from those that the register holds: some cells are replaced, by good values and by bad
ones. Each is read by the engine as a file of its own, and by tracker/tests/twins.py as a record that is asked
`full_clean()` and saved. FUZZ_ROWS rows a kind (default 40), FUZZ_SEED chooses others.
"""

import os
import random
from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils.translation import override

from agreements.fields import PLACES
from agreements.interchange.exporting import rows_out
from agreements.interchange.importing import outcome_of, planned
from agreements.interchange.operations import columns
from agreements.models import Body, Term
from agreements.resources.columns import ListColumn
from agreements.resources.records import RecordCell
from agreements.resources.values import (
    ChoiceCell,
    CountryCell,
    DateCell,
    NumberCell,
    ReferenceCell,
    TermCell,
    YesNoCell,
    guarded,
)
from tracker.interchange import KINDS
from tracker.tests.seeded import seeded  # noqa: F401
from tracker.tests.test_loading import INVENTED, load_texts
from tracker.tests.twins import Twin

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("register")]
ROWS = int(os.environ.get("FUZZ_ROWS", "40"))
SEED = os.environ.get("FUZZ_SEED", "")
SIDES = ("givers", "receivers")
"""The lists without which no delivery is taken; other lists are parts with rules of their own."""

TEXTS = ["", "Một", "x" * 256, "y" * 501, "a\x07b", "a|b", "  hai  dòng\nliền ", "Thoả thuận", "=1+1", "Ø"]
NUMBERS = ["", "0", "1", "2", "3", "15", "-1", "2,5", "0,125", "9999", "10000", "9" * 14, "abc", "3000000000"]
DATES = ["", "2022", "8/2022", "27/8/2022", "1/1/1990", "30/2/2022", "12/31/2022", "2050", "31/12/2024", "xx"]
PERIODS = ["2022–2025", "từ 1/7/2025", "đến 31/12/2024", "2020-2019", "2050–2051"]
COUNTRIES = ["", "VN", "LA", "V", "vn", "VNM", "12"]
WORDS = {
    "languages": ["vi|lo", "tiếng Việt"],
    "url": ["https://example.org/a", "không phải trang"],
    "published_url": ["https://example.org/a", "không phải trang"],
    "number": ["01/KH-UBND"],
    "official_code": ["01", "96"],
    "to": ["agreement", "commitment"],
    "code": ["x" * 41, "VN2025-14", "SNV-SL"],
}


@pytest.fixture(scope="module")
def register(seeded, django_db_blocker):  # noqa: F811
    """The seeded register with an invented record of every kind that it lacks."""
    with django_db_blocker.unblock():
        load_texts(INVENTED)


class Maker:
    """Rows of one kind: those of the register with some cells replaced."""

    def __init__(self, kind):
        self.kind, self.resource = kind, KINDS[kind]()
        self.chance = random.Random(f"{kind} {SEED}")
        headings, rows = rows_out(KINDS[kind])
        self.rows = [dict(zip(headings, row, strict=True)) for row in rows]
        self.fields = [
            field
            for field in self.resource.get_import_fields()
            if field.column_name not in ("version", "minimum", "maximum", "head_title") or kind == "targets"
            if not isinstance(field, ListColumn) or (kind == "deliveries" and field.column_name in SIDES)
        ]
        self.names = [field.column_name for field in self.fields]
        self.pools = {field.column_name: self.pool(field) for field in self.fields}
        self.made = 0

    def pool(self, field):
        """Cells for one column: what the register holds there, and what the column may and may not take."""
        name = field.column_name
        found = sorted({row[name] for row in self.rows})
        return [*self.chance.sample(found, min(len(found), 12)), *WORDS.get(name, ()), *typed(field.widget)]

    def row(self):
        """One row: a new record three times of five, and up to four other cells."""
        chance, self.made = self.chance, self.made + 1
        row = {name: cell for name, cell in chance.choice(self.rows).items() if name in self.names}
        if "code" in self.resource.key and not hasattr(self.resource, "arms") and self.kind != "names":
            if chance.random() < 0.6:
                row["code"] = chance.choice(["", f"Z-{self.made}"])
        elif "number" in self.resource.key and chance.random() < 0.6:
            row["number"] = str(20 + self.made)
        elif chance.random() < 0.5:
            self.replace(row, chance.choice(self.resource.key))
        for name in chance.choices(self.names, k=chance.choice([0, 1, 1, 1, 2, 2, 4])):
            self.replace(row, name)
        self.tell_apart(row)
        return row if any(row.values()) else self.row()  # an empty row is none

    def tell_apart(self, row):
        """A row without a code that says what a record holds would be that record: here it is a new one."""
        naming, text = ("number", "done") if self.kind == "progress" else ("code", "note")
        if row.get(naming, "?") == "" and row.get(text, "?") in {one.get(text) for one in self.rows}:
            row[text] = f"Dòng {self.made}"

    def replace(self, row, name):
        if name not in SIDES:
            row[name] = self.chance.choice(self.pools[name])


def typed(cell):
    """Cells of all sorts for one kind of column."""
    if isinstance(cell, ChoiceCell):
        return ["", "không có", *(key for key, _label in cell.choices)]
    if isinstance(cell, TermCell):
        vocabularies = cell.conditions["vocabulary__in"]
        return [
            "",
            "không có",
            *Term.objects.filter(vocabulary__in=vocabularies).values_list("code", flat=True)[:9],
        ]
    if isinstance(cell, ReferenceCell):
        places = Body.objects.filter(kind__in=PLACES).order_by("code")
        others = Body.objects.exclude(kind__in=PLACES).order_by("code")
        bodies = [*places.values_list("code", flat=True)[:80:16], *others.values_list("code", flat=True)[:5]]
        return ["", "không có", *(bodies if issubclass(cell.model, Body) else ["dinh-tien-dung"])]
    if isinstance(cell, RecordCell):
        return ["", "không có", *cell.model.objects.order_by("code").values_list("code", flat=True)[:6]]
    if isinstance(cell, DateCell):
        return [*DATES, *PERIODS]
    for sort, cells in (
        (NumberCell, NUMBERS),
        (YesNoCell, ["", "yes", "no", "có lẽ"]),
        (CountryCell, COUNTRIES),
    ):
        if isinstance(cell, sort):
            return cells
    return TEXTS


def read_by_engine(kind, row):
    """(whether the row is taken, {(column, sentence)}, what is to be written of its record)."""
    sheet = [(1, list(row)), (2, list(map(guarded, row.values())))]
    with planned([(KINDS[kind], kind, sheet)], answers={"alike": "new"}) as spooled:
        outcome = outcome_of(spooled)
        ops = list(spooled.operations_of_rows()) if outcome.taken else []
    return outcome.taken, {(fault.column, fault.sentence) for fault in outcome.faults}, ops[:1]


def differing(ops, record):
    """Columns in which the record that Django saved is other than what the engine would write."""
    for sign, _label, _key, *values in ops:
        planned_values = (
            dict(zip(columns(type(record)), values[0], strict=True)) if sign == "+" else values[0]
        )
        record.refresh_from_db()
        for name, value in planned_values.items():
            own = name == "id" or (type(value) is int and value < 0)  # a key that is given when it is written
            if name not in ("version", "file") and not own and not same(getattr(record, name), value):
                yield name, getattr(record, name), value


def same(stored, value):
    if isinstance(stored, Decimal) and value is not None:
        return stored == Decimal(value)
    return (stored.isoformat() if isinstance(stored, date) else stored) == value


def differences(resource, row):
    """What the two ways say differently of one row, and whether it was taken."""
    taken, faults, ops = read_by_engine(resource.kind, row)
    with transaction.atomic():
        twin = Twin(resource, row)
        found = []
        if taken != twin.accepted:
            found.append(f"taken by the import: {taken}, by full_clean: {twin.accepted}")
        elif taken:
            found += differing(ops, twin.record)
        if not taken and not twin.accepted:
            found += twin.untold(faults)
        told = sorted(twin.told | twin.beside)
        transaction.set_rollback(True)
    if found:
        found = [*found, f"import: {sorted(faults)}", f"full_clean: {told}", f"row: {row}"]
    return found, taken


@pytest.mark.parametrize("kind", list(KINDS))
def test_the_import_takes_what_full_clean_takes_and_refuses_for_the_same_reasons(kind):
    with override("en"):
        maker, wrong, taken = Maker(kind), [], 0
        for _number in range(ROWS):
            found, was_taken = differences(maker.resource, maker.row())
            taken += was_taken
            if found:
                wrong.append("\n  ".join(map(str, found)))
    assert not wrong, f"{len(wrong)} of {ROWS} rows\n" + "\n".join(wrong[:8])
    assert ROWS / 10 <= taken <= ROWS * 0.95, f"{taken} of {ROWS} rows are taken: that says little"
