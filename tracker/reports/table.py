"""What a report says, before anybody decides how it looks: tables of plain values. Knows no Django.

A value says what is known and no more: a number that no source gives is None, never 0.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import compress


@dataclass(frozen=True)
class Count:
    """How many. `number` None: several, not known how many; `at_least`: some rows do not say how many."""

    number: int | None
    at_least: bool = False


@dataclass(frozen=True)
class Dated:
    """A figure as of a day, apart by what is known of its dates; None where there is nothing of that sort.

    certain: on or before the day, whatever its exact date; possible: begun before, perhaps later;
    undated: no date known. `links`: the addresses of the rows behind each, in this order.
    """

    certain: object = None
    possible: object = None
    undated: object = None
    links: tuple = field(default=(), compare=False)

    def __bool__(self):
        return any(part is not None for part in (self.certain, self.possible, self.undated))


@dataclass(frozen=True)
class Amount:
    """A number with its unit or currency; `meaning`: exactly, more_than, nearly, about."""

    value: Decimal
    unit: str = ""
    meaning: str = "exactly"


@dataclass(frozen=True)
class Money:
    """Sums by currency, and beside them the lines that they leave out.

    `unvalued`: lines with a quantity and no amount; `unknown`: lines with neither.
    """

    amounts: tuple = ()
    unvalued: int = 0
    unknown: int = 0


@dataclass(frozen=True)
class Days:
    """A number of days; None: not known; `about`: counted from a date known only to the month or year."""

    number: int | None
    about: bool = False


@dataclass(frozen=True)
class Moment:
    """A date or period with its precision (EDTF text)."""

    text: str


@dataclass(frozen=True)
class Marked:
    """A word for a state, its code for machines, and whether it is only about right (≈)."""

    code: str
    label: object
    about: bool = False


@dataclass(frozen=True)
class Parts:
    """A count told by sort: ((label, number), …), and the addresses of the rows behind each."""

    pairs: tuple
    links: tuple = field(default=(), compare=False)


@dataclass(frozen=True)
class Labelled:
    """A value under a word: "of which: …"."""

    label: object
    value: object


@dataclass(frozen=True)
class Part(Labelled):
    """A row that is part of the one above it: "of which: …", not added to it."""


@dataclass(frozen=True)
class Inviting:
    """A sentence, and what a reader may do who can click on it: nothing that paper should ask."""

    text: object
    action: object


@dataclass(frozen=True)
class Total:
    """The word for a row that adds up those above it."""

    label: object


@dataclass(frozen=True)
class Sides:
    """Names of our side and of theirs."""

    ours: tuple = ()
    theirs: tuple = ()


@dataclass(frozen=True)
class Target:
    """How much was to be reached (`least`, `most`: Decimal or None) and how much was, in a period."""

    period: str
    least: Decimal | None
    most: Decimal | None
    reached: Decimal | None
    unit: str = ""


@dataclass(frozen=True)
class Performance:
    """Of `measured` commitments `done`; of `standing` ones `active`: told apart, never averaged."""

    done: int
    measured: int
    active: int
    standing: int


@dataclass(frozen=True)
class Cell:
    """A value, the address of the rows behind it, and whether it tells of something late."""

    value: object
    link: str = ""
    late: bool = False


@dataclass(frozen=True)
class Column:
    """`key` names the column for machines; `kind`: text or number.

    `right`: the permission without which a reader does not get the column (what it leads to is refused anyway).
    """

    key: str
    title: object
    kind: str = "text"
    right: str = ""


@dataclass(frozen=True)
class Stack:
    """Columns that a page shows in one, beneath each other; `parts`: ((column key, word before it), …).

    `number`: the column whose number stands before the first part, “12. Hợp tác y tế”.
    """

    key: str
    title: object
    parts: tuple
    number: str = ""

    @property
    def is_column(self):
        """Whether it is just a column of the table."""
        return self.parts == ((self.key, ""),) and not self.number


@dataclass(frozen=True)
class Box:
    """A bar of a drawing; `fill`: dark, light, dashed, hatched, blank, dotted, crossed."""

    x: float
    y: float
    width: float
    height: float
    fill: str


@dataclass(frozen=True)
class Word:
    """Letters of a drawing; `anchor`: start, middle, end; `on`: the fill they stand on, if any."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    on: str = ""


@dataclass(frozen=True)
class Rule:
    """An upright line of a drawing; `kind`: year, or the day that was asked (dashed)."""

    x: float
    top: float
    bottom: float
    kind: str


@dataclass(frozen=True)
class Chart:
    """A drawing as plain shapes (charts.py makes them), and in words what it shows (`title`)."""

    title: str
    width: int
    height: float
    boxes: tuple
    words: tuple
    rules: tuple = ()


@dataclass(frozen=True)
class Table:
    """A title, columns, rows of cells, what was asked (`as_of`, or from `begin` to it; `conditions`), notes.

    A note is text or a Cell with a link. `stacks`: how a page lays out the columns, each in its own without;
    `sparse`: a page may leave out columns in which nothing is known; `below`: further Tables of the report;
    `annex`: stands behind a printed document, whatever its size.
    `charts`: drawings of the same figures (Chart), shown before the rows in every form that has pictures.
    """

    key: str
    title: object
    columns: tuple
    rows: tuple
    notes: tuple = ()
    as_of: date | None = None
    begin: date | None = None
    conditions: tuple = ()
    empty: object = ""
    stacks: tuple = ()
    sparse: bool = False
    below: tuple = ()
    annex: bool = False
    charts: tuple = field(default=(), compare=False)


@dataclass(frozen=True)
class Sheet:
    """All about one record: a list of facts ((label, value), …), then tables."""

    key: str
    title: object
    as_of: date
    facts: tuple
    tables: tuple
    notes: tuple = ()


def cell(value):
    """`value` as a Cell."""
    return value if isinstance(value, Cell) else Cell(value)


def make_table(key, title, columns, rows, **options):
    """A Table whose rows are given as sequences of values or Cells; `notes` may come one by one."""
    made = tuple(tuple(cell(value) for value in row) for row in rows)
    notes = tuple(options.pop("notes", ()))
    return Table(key, title, tuple(columns), made, notes=notes, **options)


def is_bare(table):
    """Whether a Table says nothing but that there is nothing: a reader is told so in one line for all such."""
    return not (table.rows or table.empty or table.notes or table.charts)


def permitted(report, has_right):
    """The same Table or Sheet without the columns that a reader has no right to; `has_right(permission)`."""
    if isinstance(report, Sheet):
        return replace(report, tables=tuple(permitted(table, has_right) for table in report.tables))
    kept = [not one.right or has_right(one.right) for one in report.columns]
    return replace(
        report,
        columns=tuple(compress(report.columns, kept)),
        rows=tuple(tuple(compress(row, kept)) for row in report.rows) if not all(kept) else report.rows,
        below=tuple(permitted(table, has_right) for table in report.below),
    )


def unlinked(report):
    """The same Table or Sheet without addresses, for a reader who cannot open them."""
    if isinstance(report, Sheet):
        return replace(report, tables=tuple(unlinked(table) for table in report.tables))
    rows = tuple(tuple(bare(one) for one in row) for row in report.rows)
    below = tuple(unlinked(table) for table in report.below)
    return replace(report, rows=rows, below=below, notes=tuple(bare(note) for note in report.notes))


def bare(value):
    """`value` without the addresses in it, however deep they lie."""
    if isinstance(value, Cell):
        return replace(value, value=bare(value.value), link="")
    if isinstance(value, Parts | Dated):
        return replace(value, links=())
    if isinstance(value, Labelled):
        return replace(value, value=bare(value.value))
    if isinstance(value, list | tuple):
        return tuple(bare(one) for one in value)
    return value
