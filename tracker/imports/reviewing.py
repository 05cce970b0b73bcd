"""What the page of a planned import shows: counts by sheet and outcome, and one page of rows cell by cell."""

from collections import Counter, defaultdict
from itertools import islice
from urllib.parse import urlencode

from django.utils.functional import cached_property

from agreements import names
from agreements.interchange import garbled, table
from agreements.interchange.entry import (
    CHANGED,
    CONFLICT,
    NEW,
    REFUSED,
    SKIPPED,
    STATES,
    UNCHANGED,
)
from tracker.imports.access import kind_title
from tracker.imports.cells import SheetCells

ROWS, CELLS = 50, 1000
"""At most so many rows and cells a page, so that it stays below 200 KB."""
FOUND = 2000
"""At most so many rows are looked for."""
MOST_BESIDE, MOST_TOLD, EXAMPLES = 3, 10, 5
"""At most so many warnings beside a row, above all rows, and rows named for each."""
URGENT = (REFUSED, CONFLICT, CHANGED, NEW, UNCHANGED)


class SheetReview:
    """One sheet of a planned import: its counts and the rows of one outcome."""

    def __init__(self, job, spooled, place):
        self.spooled, self.place = spooled, place
        self.about = spooled.sheets[place]
        self.kind, self.name = self.about["kind"], self.about["name"]
        self.title = kind_title(self.kind)
        self.columns, self.faults = self.about["columns"], self.about["faults"]
        self.skipped, self.unread = self.about["skipped"], self.about.get("unread", False)
        self.cells = SheetCells(job, spooled, self.about)

    def left_out(self):
        """The sentence about rows that are not read, or ""."""
        return table.left_out(self.skipped) if self.skipped else ""

    @cached_property
    def late(self):
        """{row number: [(heading, sentence)]} of faults that show only when all rows are planned."""
        found = defaultdict(list)
        for kind, number, column, sentence in self.spooled.late:
            if kind == self.kind:
                found[number].append((column, sentence))
        return found

    @cached_property
    def warned(self):
        """{row number: [(heading, sentence)]} of what may be right, and stops nothing."""
        found = defaultdict(list)
        for kind, heading, sentence, numbers in self.spooled.warned:
            for number in numbers if kind == self.kind else ():
                found[number].append((heading, sentence))
        return found

    @cached_property
    def index(self):
        """[(number, outcome, place)] of the rows; one with a late fault is refused."""
        rows = self.spooled.index(self.place)
        if not self.late:
            return rows
        return [(number, REFUSED if number in self.late else state, at) for number, state, at in rows]

    @cached_property
    def state_of(self):
        """{row number: outcome}."""
        return {number: state for number, state, _at in self.index}

    @cached_property
    def counts(self):
        """{outcome: rows}."""
        counts = Counter() if self.unread else Counter(self.about["counts"])
        if self.late:
            counts = Counter(state for _number, state, _at in self.index)
        counts[SKIPPED] = len(self.skipped)
        return counts

    def states(self):
        """[(outcome, rows)] in the order of the tabs."""
        return [(state, self.counts[state]) for state in STATES]

    def usual_state(self):
        """The outcome shown first: what needs a hand, else what changes most."""
        listed = {state for _number, state, _at in self.index}
        return next((state for state in URGENT if state in listed), NEW)

    def places(self, state, sought=""):
        """[(number, place)] of the rows of an outcome (""; all) in which `sought` stands, or whose number it is."""
        rows = [(number, at) for number, own, at in self.index if state in ("", own)]
        sought = sought.strip()
        if not sought:
            return rows
        if sought.isdecimal() and len(sought) < 8:
            numbered = [row for row in rows if row[0] == int(sought)]
            if numbered:
                return numbered
        return self.found(rows, names.fold(sought))

    def found(self, rows, folded):
        """Those of `rows` in whose cells or faults the folded text stands; at most FOUND."""
        lines = zip(rows, self.spooled.rows_at(at for _number, at in rows), strict=False)
        return list(islice((row for row, line in lines if folded in names.fold(searched(line))), FOUND))

    @property
    def rows_a_page(self):
        return max(min(ROWS, CELLS // max(len(self.columns), 1)), 5)

    def rows(self, places):
        """The rows at these places as the page shows them."""
        lines = list(self.spooled.rows_at(at for _number, at in places))
        shown = self.cells.rows(lines, self.state_of, self.late)
        for row in shown:
            row.warnings = self.warned.get(row.number, [])[:MOST_BESIDE]
        return shown


def searched(line):
    """The text of a row among which is searched."""
    told = [text for fault in line.get("f", ()) for text in fault]
    changed = [text for pair in (line.get("d") or {}).values() for text in pair]
    return "\n".join(map(str, [*line.get("c", ()), *told, *changed]))


class Review:
    """A planned import as the page asks for it: `sheet`, `state`, `q` of its address."""

    def __init__(self, job, asked):
        self.spooled = job.spooled
        self.sheets = [SheetReview(job, self.spooled, place) for place in range(len(self.spooled.sheets))]
        self.sheet = self.sheets[self.chosen(asked.get("sheet", ""))]
        state = asked.get("state", "")
        self.state = state if state in STATES else self.sheet.usual_state()
        self.sought = asked.get("q", "")[:100]

    def odd(self):
        """The sentence about words that look garbled, or ""."""
        return garbled.warning(self.spooled.odd) if self.spooled.odd else ""

    def warnings(self):
        """What may be right and is to be looked at, each with the first of its rows; at most MOST_TOLD."""
        sheets = {one.kind: one for one in self.sheets}
        return [
            {
                "sheet": sheets[kind],
                "sentence": sentence,
                "rows": [(row, sheets[kind].state_of.get(row, NEW)) for row in rows[:EXAMPLES]],
                "more": len(rows) - EXAMPLES,
            }
            for kind, _heading, sentence, rows in self.spooled.warned[:MOST_TOLD]
        ]

    def more_warnings(self):
        """How many rows the warnings that are not told above are of."""
        return sum(len(rows) for *_told, rows in self.spooled.warned[MOST_TOLD:])

    def chosen(self, text):
        if text.isdecimal() and int(text) < len(self.sheets):
            return int(text)
        troubled = (place for place, one in enumerate(self.sheets) if one.unread or one.counts[REFUSED])
        return next(troubled, 0)

    def conflicting(self):
        """The place of the first sheet that has rows in conflict."""
        return next((one.place for one in self.sheets if one.counts[CONFLICT]), 0)

    def address(self):
        """What the address says, for the links to other pages."""
        return urlencode({"sheet": self.sheet.place, "state": self.state, "q": self.sought}) + "&"

    @property
    def counts(self):
        """{outcome: rows} of all sheets."""
        total = Counter()
        for sheet in self.sheets:
            total.update(sheet.counts)
        return total

    @property
    def written(self):
        """How many rows would be written."""
        return self.counts[NEW] + self.counts[CHANGED]

    def places(self):
        return self.sheet.places(self.state, self.sought)
