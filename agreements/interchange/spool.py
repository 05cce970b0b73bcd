"""The outcome of planning, row by row, in a folder: what pages show, and what is written.

`operations.jsonl` holds what each row changes, a row a line; `rows.jsonl` what is told about a row: every row
where pages show them, else those with a fault; `index.json` says for each sheet which rows are in which state
and where they stand in it; `summary.json` the counts, the questions, and what concerns no single row. Memory
stays flat whatever the size of the file.
"""

import json
from array import array
from collections import Counter
from dataclasses import asdict
from itertools import chain, islice
from pathlib import Path

from django.utils.translation import gettext as _

from agreements.interchange.entry import CONFLICT, REFUSED, SKIPPED, STATES, AskedFault, ToldOnce
from agreements.interchange.made import fill
from agreements.interchange.questions import ALIKE, Question
from agreements.interchange.table import unknown_columns
from agreements.models.document import secrecy_warning
from agreements.resources.values import OFFICE

ROWS, OPERATIONS, INDEX, SUMMARY = "rows.jsonl", "operations.jsonl", "index.json", "summary.json"
MOST_SECRETS = 5
"""Rows of a sheet that are named because they look like state secrets; the others are counted."""
dumped = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def office_lacking():
    """The fault of a file in which nobody finds whose records it holds, where no page asks for it."""
    return _(
        "Say whose records these are: fill in the column “office”, or name the office with --office CODE."
    )


class SheetSpool:
    """The rows of one sheet; `faults` are sentences about it as a whole."""

    def __init__(self, spool, kind, name):
        self.spool, self.kind, self.name = spool, kind, name
        self.columns, self.faults, self.skipped = [], [], []
        self.asked = 0  # rows that only an open question refuses
        self.unread = False  # refused as a whole, which counts as one row
        self.secrets, self.secret_count = [], 0  # [row number, sentence] of the first that look like secrets
        self.numbers, self.states, self.places = array("L"), array("B"), array("Q")
        self.counts = Counter()

    def refuse(self, faults):
        self.faults, self.unread = list(faults), True
        self.counts[REFUSED] += 1

    def write(self, entry, ops):
        """Keep the outcome of one row."""
        self.numbers.append(entry.number)
        self.states.append(STATES.index(entry.state))
        self.counts[entry.state] += 1
        self.look_for_secrets(entry)
        self.asked += entry.state == REFUSED and all(isinstance(fault, AskedFault) for fault in entry.faults)
        planned = self.spool.plan(ops, entry.made) if ops else None
        told = self.spool.shown or entry.faults
        self.places.append(self.spool.tell(self.line(entry, planned)) if told else 0)

    def look_for_secrets(self, entry):
        """Note a row whose texts or number look like a state secret, where somebody reviews it."""
        if not self.spool.shown:
            return
        texts = [as_text(cell) for cell in entry.cells]
        number = dict(zip(self.columns, texts, strict=False)).get("number", "")
        if warning := secrecy_warning(number, *texts):
            self.secret_count += 1
            self.secrets += [[entry.number, warning]] if len(self.secrets) < MOST_SECRETS else []

    def line(self, entry, planned):
        """What is told about a row; `planned` is where its operations begin."""
        kept = {"n": entry.number, "s": entry.state, "o": planned}
        if entry.faults:
            heading = self.spool.heading
            told = [fault for fault in entry.faults if type(fault) is not ToldOnce]
            kept["f"] = [[heading(self, column), value, text] for column, value, text in told]
        if self.spool.shown:
            kept["c"] = [as_text(cell) for cell in entry.cells[: len(self.columns)]]
            kept["d"] = entry.changes
        return kept

    def as_dict(self):
        return {
            "kind": self.kind, "name": self.name, "columns": self.columns, "faults": self.faults,
            "skipped": self.skipped, "counts": self.counts, "read": self.read,
            "asked": self.asked, "unread": self.unread,
            "secrets": self.secrets, "secret_count": self.secret_count,
        }  # fmt: skip

    read = {}


class Lines:
    """A file of JSON, a line each."""

    def __init__(self, path):
        self.file = open(path, "wb", buffering=1 << 20)  # noqa: SIM115 - closed by the spool
        self.place = 0
        self.flush, self.close = self.file.flush, self.file.close

    def write(self, value):
        """Write one line; returns where it begins."""
        content = dumped(value).encode() + b"\n"
        place, self.place = self.place, self.place + len(content)
        self.file.write(content)
        return place


class Spool:
    """Takes the outcome of a batch. `shown=False` leaves out what only pages need."""

    def __init__(self, folder, shown=True):
        self.folder, self.shown = Path(folder), shown
        self.folder.mkdir(parents=True, exist_ok=True)
        self.sheets, self.late, self.questions, self.names = [], [], [], []
        self.operations, self.made, self.odd = Counter(), {}, []
        self.warned = {}  # {(kind, heading, sentence): [row numbers]}
        self.rows, self.planned = Lines(self.folder / ROWS), Lines(self.folder / OPERATIONS)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.rows.close()
        self.planned.close()

    def sheet(self, kind, name):
        self.sheets.append(SheetSpool(self, kind, name))
        return self.sheets[-1]

    @staticmethod
    def heading(sheet, column):
        return sheet.read.get(column, column)

    def tell(self, line):
        """Write what is told about a row; returns where it begins."""
        return self.rows.write(line)

    def plan(self, ops, made=None):
        """Write the operations of a row; returns where they begin. `made`: see made.py."""
        for op in ops:
            self.operations[op[0] + op[1]] += 1
        return self.planned.write({"o": ops, "k": made} if made else {"o": ops})

    def late_fault(self, kind, number, column, sentence):
        """A fault that shows only when all rows are planned."""
        self.late.append([kind, number, column, sentence])

    def warn(self, mark, heading, sentence):
        """Something about a row, its (kind, number) `mark`, that stops nothing."""
        kind, number = mark
        self.warned.setdefault((kind, heading, sentence), []).append(number)

    def ask(self, question):
        self.questions.append(question)

    def close(self, batch):
        """End the spool: from now on it is read."""
        self.rows.flush()
        self.planned.flush()
        for op in self.names:
            self.operations[f"{op[0]}{op[1]}"] += 1
        index = [[list(one.numbers), list(one.states), list(one.places)] for one in self.sheets]
        (self.folder / INDEX).write_text(dumped(index))
        temporary = {table._meta.label_lower: count for table, count in batch.session.temporary.items()}
        summary = {
            "batch": str(batch.id), "sheets": [one.as_dict() for one in self.sheets], "late": self.late,
            "questions": [asdict(one) for one in self.questions], "names": self.names,
            "operations": self.operations, "temporary": temporary,
            "made": self.made, "odd": self.odd, "warned": [[*told, rows] for told, rows in self.warned.items()],
        }  # fmt: skip
        (self.folder / SUMMARY).write_text(dumped(summary))


def as_text(cell):
    return cell if type(cell) is str else "" if cell is None else str(cell)


class Spooled:
    """A closed spool, read back."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.summary = json.loads((self.folder / SUMMARY).read_text())
        self.batch, self.sheets = self.summary["batch"], self.summary["sheets"]
        self.late, self.names = self.summary["late"], self.summary["names"]
        self.operations = Counter(self.summary["operations"])
        self.temporary = self.summary["temporary"]
        self.made, self.odd = self.summary.get("made", {}), self.summary.get("odd", [])
        self.warned = self.summary.get("warned", [])
        """[kind, heading, sentence, [row numbers]] of what stops nothing."""
        self.questions = [Question(**one) for one in self.summary["questions"]]

    @property
    def counts(self):
        """{state: rows} over all sheets."""
        total = Counter()
        for sheet in self.sheets:
            total.update(sheet["counts"])
            total[SKIPPED] += len(sheet["skipped"])
        for state in self.late_states():
            total[state] -= 1
            total[REFUSED] += 1
        return total

    def late_states(self):
        """The state that each row had before a rule over several rows refused it."""
        late = {(kind, number) for kind, number, _column, _sentence in self.late}
        for place, sheet in enumerate(self.sheets if late else ()):
            for number, state, _place in self.index(place):
                if (sheet["kind"], number) in late:
                    yield state

    def changes(self):
        """The operations of each row that changes anything, in the order in which the rows were planned."""
        with open(self.folder / OPERATIONS, encoding="utf-8") as file:
            for line in file:
                yield fill(json.loads(line), self.made)["o"]

    def operations_of_rows(self):
        """Every operation, in order; the names that officers matched come last."""
        yield from chain.from_iterable(self.changes())
        yield from self.names

    def index(self, sheet):
        """[(number, state, place)] of a sheet in the order of the file."""
        numbers, states, places = json.loads((self.folder / INDEX).read_text())[sheet]
        return sorted(zip(numbers, (STATES[one] for one in states), places, strict=True))

    def rows_at(self, places):
        """What is told about the rows that stand at `places`."""
        return self.lines_at(ROWS, places)

    def operations_at(self, places):
        """The operations of rows, by the "o" of what is told about them."""
        return (fill(line, self.made)["o"] for line in self.lines_at(OPERATIONS, places))

    def lines_at(self, name, places):
        with open(self.folder / name, "rb") as file:
            for place in places:
                file.seek(place)
                yield json.loads(file.readline())

    def faults(self, most=None):
        """(kind, row, column, value, sentence) of everything that is wrong, at most `most`."""
        yield from islice(self.every_fault(), most)

    def strange_headings(self):
        """{kind: headings that nobody knows and that are not answered yet}."""
        found = {}
        for question in self.questions:
            if question.about == "column":
                found.setdefault(question.sheet, []).append(question.text)
        return found

    def every_fault(self):
        """Everything that is wrong, for those who cannot be asked."""
        for one in self.questions:
            if one.about == OFFICE:
                yield one.sheet, 0, one.column, "", office_lacking()
        strange = self.strange_headings()
        for number, sheet in enumerate(self.sheets):
            if headings := strange.pop(sheet["kind"], None):
                yield sheet["kind"], 0, "", "", unknown_columns(headings)
            for sentence in sheet["faults"]:
                yield sheet["kind"], 0, "", "", sentence
            places = [place for _row, state, place in self.index(number) if state in (REFUSED, CONFLICT)]
            for line in self.rows_at(places):
                for column, value, sentence in line["f"]:
                    yield sheet["kind"], line["n"], column, value, sentence
        for kind, row, column, sentence in self.late:
            yield kind, row, column, "", sentence
        for one in self.questions:
            if one.about in ("numbers", ALIKE):
                yield one.sheet, one.row, one.column, one.text, one.sentence
