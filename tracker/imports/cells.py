"""The cells of planned rows as a reviewer sees them: as typed, as they will be stored, what is wrong with them."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from html import escape
from itertools import chain

from django.apps import apps
from django.core.exceptions import ValidationError

from agreements.interchange.entry import NEW
from agreements.interchange.operations import columns as table_columns
from agreements.interchange.readers import model_field
from tracker.interchange import KINDS

LONG = 30
"""Letters from which a text needs a wider column."""
BUDGET = 100_000
"""Bytes of all texts of a page; they are cut until they fit."""
LEVELS = (
    # letters of a cell, letters of a sentence, faults of a row
    (20_000, 2000, 60),
    (2000, 600, 30),
    (600, 400, 15),
    (300, 300, 10),
    (150, 200, 8),
    (80, 160, 5),
    (40, 120, 3),
    (24, 100, 2),
    (12, 80, 1),
)


@dataclass
class ShownCell:
    """One cell: `typed`; where it changes a record `old` and `new`; `stored` where that reads otherwise."""

    typed: str
    stored: str = ""
    old: str = ""
    new: str = ""
    changes: bool = False
    faulty: bool = False

    def texts(self):
        return (self.typed, self.stored, self.old, self.new)


@dataclass
class ShownRow:
    """One row: its number in the file, its outcome, its faults as (heading, value, sentence), its cells."""

    number: int
    state: str
    faults: list = field(default_factory=list)
    cells: list = field(default_factory=list)
    more: int = 0
    """Faults that are not shown."""
    warnings: list = field(default_factory=list)
    """(heading, sentence) of what may be right."""


class SheetCells:
    """Makes rows of one sheet; `about` is the sheet as `spooled` tells of it."""

    def __init__(self, job, spooled, about):
        self.spooled = spooled
        self.kind = KINDS[about["kind"]](office=job.office)
        self.headings = about["columns"]
        self.keys = {heading: key for key, heading in about["read"].items()}
        self.fields = {one.column_name: one for one in self.kind.get_import_fields()}

    def columns(self, rows):
        """[(heading, whether it is not read, whether long texts stand in it)] for these rows."""
        widths = [
            max((len(text) for row in rows for text in row.cells[place].texts()), default=0)
            for place in range(len(self.headings))
        ]
        told = zip(self.headings, widths, strict=True)
        return [(heading, heading not in self.keys, width > LONG) for heading, width in told]

    def rows(self, lines, states, late):
        """ShownRows of spooled lines; `states` {number: outcome}, `late` {number: [(heading, sentence)]}."""
        stored = self.stored([line for line in lines if line["s"] == NEW and line["o"] is not None])
        rows = [self.row(line, stored.get(line["n"], {})) for line in lines]
        for row in rows:
            row.state = states.get(row.number, row.state)
            for heading, sentence in late.get(row.number, ()):
                self.add_fault(row, heading, "", sentence)
        return shortened(rows)

    def row(self, line, stored):
        row = ShownRow(line["n"], line["s"])
        changes, typed = line.get("d") or {}, line.get("c", [])
        for place, heading in enumerate(self.headings):
            text = typed[place] if place < len(typed) else ""
            row.cells.append(self.cell(text, self.keys.get(heading), changes, stored, line["s"]))
        for heading, value, sentence in line.get("f", ()):
            self.add_fault(row, heading, value, sentence)
        return row

    def cell(self, typed, key, changes, stored, state):
        if key in changes and state != NEW:
            old, new = changes[key]
            return ShownCell(typed, old=old, new=new, changes=True)
        kept = changes[key][1] if key in changes else stored.get(key, "")
        return ShownCell(typed, stored=kept if reads_otherwise(typed, kept) else "")

    def add_fault(self, row, heading, value, sentence):
        row.faults.append((heading, "" if value and value in sentence else value, sentence))
        if heading in self.headings:
            row.cells[self.headings.index(heading)].faulty = True

    # What new rows will hold ---------------------------------------------------------------------------
    def stored(self, lines):
        """{row number: {column: what will be stored, as words}} of rows that are new."""
        planned = self.spooled.operations_at(line["o"] for line in lines)
        held = {line["n"]: self.record(ops) for line, ops in zip(lines, planned, strict=True)}
        found = self.referred(held.values())
        return {
            number: {name: self.words(*one, found) for name, one in cells.items()}
            for number, cells in held.items()
        }

    def record(self, ops):
        """{column: (its model field, the planned value)} of the record of a new row."""
        op = next((op for op in ops if op[0] == "+"), None)
        if op is None:
            return {}
        model = apps.get_model(op[1])
        values = dict(zip(table_columns(model), op[3], strict=True))
        fields = {name: model_field(model, self.fields[name].attribute) for name in self.keys.values()}
        return {name: (name, one, values[one.attname]) for name, one in fields.items() if one is not None}

    def referred(self, records):
        """{(model, key): row} of what foreign keys of the records name, with a query a table."""
        wanted = defaultdict(set)
        for cells in records:
            for _name, one, value in cells.values():
                if one.is_relation and value is not None and value > 0:
                    wanted[one.related_model].add(value)
        return {
            (model, row.pk): row
            for model, keys in wanted.items()
            for row in model._base_manager.filter(pk__in=keys)
        }

    def words(self, name, one, value, found):
        """A planned value as people read it; "" for a record that this import brings itself."""
        cell = self.fields[name].widget
        if one.is_relation:
            row = found.get((one.related_model, value))
            return cell.shown(row) if row is not None and hasattr(cell, "shown") else ""
        try:
            return str(cell.shown(one.to_python(value)))
        except (ValidationError, ValueError, TypeError, AttributeError):
            return ""


def reads_otherwise(typed, kept):
    """Whether a stored value must be shown beside what was typed: not for a point or blank more in a number."""
    if not kept or typed.strip() == kept.strip():
        return False
    return number(typed) is None or number(typed) != number(kept)


def number(text):
    plain = "".join(text.split()).replace(".", "")
    if not plain.replace(",", "", 1).isdecimal():
        return None
    return Decimal(plain.replace(",", "."))


def shortened(rows):
    """`rows` with texts cut as far as it must be, so that the page stays small."""
    level = next((one for one in LEVELS if weight(rows, *one) <= BUDGET), LEVELS[-1])
    longest, sentence, most = level
    for row in rows:
        for cell in row.cells:
            cell.typed, cell.stored, cell.old, cell.new = (cut(text, longest) for text in cell.texts())
        row.more = max(len(row.faults) - most, 0)
        row.faults = [tuple(cut(text, sentence) for text in fault) for fault in row.faults[:most]]
    return rows


def weight(rows, longest, sentence, most):
    """Bytes of the texts of `rows` when they are cut."""
    cells = (text[:longest] for row in rows for cell in row.cells for text in cell.texts())
    faults = (text[:sentence] for row in rows for fault in row.faults[:most] for text in fault)
    return sum(len(escape(text).encode("utf-8", "replace")) for text in chain(cells, faults) if text)


def cut(text, longest):
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
