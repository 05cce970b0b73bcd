"""A file or a pasted text as sheets of numbered rows: CSV streamed from where it lies, XLSX behind the guard."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path

import python_calamine
from django.utils.translation import gettext as _

from . import encodings, guard
from .encodings import Decoded, SheetError
from .guard import COMMAND, HEADING_ROWS, WEB, Limits

__all__ = [
    "COMMAND", "WEB", "Book", "Decoded", "ErrorCell", "Limits", "Sheet", "SheetError",
    "read_file", "read_pasted", "text_of",
]  # fmt: skip

SEPARATORS = ",;\t"
LONGEST_CELL, LONGEST_SHOWN = 100_000, 10_000_000
SNIFFED, SNIFFED_ROWS = 64 * 1024, 50
WORKBOOK_NAMES = (".xlsx", ".xlsm", ".xltx", ".xlsb", ".xls", ".ods")
WORKBOOK_HEAD = re.compile(
    rb"PK\x03\x04|\xd0\xcf\x11\xe0|\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|\?xml)", re.I
)
SEP_LINE = re.compile(r'"?sep=(.)"?[\r\n]*', re.IGNORECASE)

Cell = str | int | float | bool | date | datetime | time | None
Rows = Iterator[tuple[int, list[Cell]]]


class ErrorCell(str):
    """The error that a formula shows in place of a value: #N/A, #REF! …"""

    __slots__ = ()


@dataclass
class Sheet:
    """One table of cells. An empty cell is ""; rows may differ in length.

    `length()` is about how many rows there are, blank ones and headings among them: for the progress of a reading.
    """

    name: str
    source: Callable[[], Rows]
    hidden: bool = False
    length: Callable[[], int] = lambda: 0

    def rows(self):
        """A fresh iterator of (number, cells); the number is that of a spreadsheet, blank rows counted."""
        return self.source()


@dataclass
class Book:
    """The sheets of a file; `doubts` holds its Decoded where the encoding is a guess, `odd` words that look garbled."""

    sheets: list[Sheet]
    doubts: list[Decoded] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)


def read_file(content, name, *, limits=WEB, encoding="", separator=""):
    """The Book of a file: `content` is its bytes or its Path, `name` what its owner calls it.

    `encoding` and `separator` overrule what a CSV file seems to have. Raises SheetError (one sentence) here or,
    for what lies farther down, while rows are read.
    """
    with guard.opened(content) as stream:
        size, head = guard.size_of(stream), head_of(stream, 1024)
        if size > limits.bytes:
            raise SheetError(
                _("The file has %(size)s MB, more than the %(limit)s MB allowed: divide it.")
                % {"size": -(-size // 1_000_000), "limit": limits.bytes // 1_000_000}
            )
        if not head:
            raise SheetError(_("The file is empty: choose another one."))
        if name.lower().endswith(WORKBOOK_NAMES) or WORKBOOK_HEAD.match(head):
            return workbook(content, limits)
        decoded = encodings.recognise(stream, encoding)
    table = Table(lambda: guard.opened(content), decoded.encoding, limits, separator)
    sheet = Sheet(Path(name).stem, table.rows, length=table.length)
    return Book([sheet], [] if decoded.certain else [decoded], decoded.odd)


def head_of(stream, length):
    stream.seek(0)
    return stream.read(length)


def read_pasted(text, *, limits=WEB):
    """The Book of cells copied from a spreadsheet: tabs between them, quotes around those of several lines."""
    content = text.encode("utf-8", "replace")
    book = read_file(content, "pasted.txt", limits=limits, encoding="utf-8", separator="\t")
    try:
        for _row in book.sheets[0].rows():
            pass
    except QuoteError:  # a cell that begins with a quote is copied as it is
        table = Table(lambda: guard.opened(content), "utf-8", limits, "\t", quoting=csv.QUOTE_NONE)
        book = Book([Sheet("pasted", table.rows, length=table.length)])
    return book


class QuoteError(SheetError):
    """A quote that is opened and not closed, or closed within a cell."""


@dataclass
class Table:
    """A CSV file, opened anew for each reading."""

    opened: Callable
    encoding: str
    limits: Limits
    separator: str = ""
    quoting: int = csv.QUOTE_MINIMAL

    def rows(self):
        """(number, cells) of each row. Raises SheetError: too many rows or columns, quotes, a cell too long."""
        with self.opened() as stream, self.text(stream) as text:
            reader, number = self.reader(text), 0
            last, columns = self.last_row, self.limits.columns
            try:
                for number, cells in enumerate(reader, 1):
                    if len(cells) > columns and any(cells[columns:]):
                        raise too_many_columns(number, self.limits)
                    if number > last:
                        raise too_many_rows(self.limits)
                    yield number, cells
            except csv.Error as error:
                raise self.refusal(error, number + 1) from error

    def length(self):
        """Its lines: a cell of several lines counts as several rows."""
        with self.opened() as stream:
            pieces = iter(lambda: stream.read(1 << 20), b"")
            feeds, returns = (sum(found) for found in zip(*map(line_ends, pieces), strict=True))
        return max(feeds, returns)

    @property
    def last_row(self):
        return self.limits.rows + HEADING_ROWS if self.limits.rows else float("inf")

    def text(self, stream):
        return io.TextIOWrapper(stream, encoding=self.encoding, newline="")

    def reader(self, text, longest=LONGEST_CELL):
        lines, separator = self.lines(text)
        csv.field_size_limit(longest)
        return csv.reader(lines, delimiter=separator, quoting=self.quoting, strict=True)

    def lines(self, text):
        """(the lines of the file behind a "sep=" line, the separator)."""
        beginning = text.read(SNIFFED)
        text.seek(0)
        if match := SEP_LINE.fullmatch(
            beginning.lstrip("\ufeff").splitlines()[0] if beginning.strip() else ""
        ):
            text.readline()
            if not beginning.splitlines(keepends=True)[0].endswith(("\r", "\n")):
                text.read()
        separator = self.separator or (match[1] if match else sniffed(beginning))
        mends = self.encoding in encodings.EIGHT_BIT
        return (encodings.mended(line, self.encoding) for line in text) if mends else text, separator

    def refusal(self, error, row):
        """The sentence for what the CSV reader could not read in a row."""
        if "field larger" in str(error):
            return SheetError(
                _(
                    "Row %(row)s, column %(column)s has over %(longest)s characters: shorten it, or close its quotes."
                )
                % {"row": row, "column": self.long_column(row), "longest": LONGEST_CELL}
            )
        if "end of data" in str(error):
            return QuoteError(_("Row %(row)s: a quote is opened and never closed: close it.") % {"row": row})
        return QuoteError(
            _("Row %(row)s: a quote stands within a quoted cell: write it twice.") % {"row": row}
        )

    def long_column(self, row):
        """The number of the column whose cell is too long; "?" where it cannot be read at all."""
        with self.opened() as stream, self.text(stream) as text:
            try:
                cells = next(islice(self.reader(text, LONGEST_SHOWN), row - 1, None), [])
            except csv.Error:
                return "?"
        return next((place for place, cell in enumerate(cells, 1) if len(cell) > LONGEST_CELL), "?")


def line_ends(piece):
    """How many line feeds and carriage returns some bytes hold."""
    return piece.count(b"\n"), piece.count(b"\r")


def sniffed(beginning):
    """The separator by which most of the first rows have one width, the widest where that is equal."""
    lines = io.StringIO(beginning, newline="")
    return max(SEPARATORS, key=lambda separator: regularity(beginning, lines, separator))


def regularity(beginning, lines, separator):
    lines.seek(0)
    csv.field_size_limit(LONGEST_SHOWN)
    rows = list(islice(csv.reader(lines, delimiter=separator), SNIFFED_ROWS))
    if len(beginning) == SNIFFED and 1 < len(rows) < SNIFFED_ROWS:
        rows.pop()  # torn at the end of what was looked at
    widths = [len(row) for row in rows if any(row)]
    return max((widths.count(width) * (width - 1) for width in set(widths)), default=0)


def workbook(content, limits):
    """The Book of an XLSX file that the guard has let pass."""
    garbled = encodings.Garbled()
    parts = guard.surveyed(content, limits, garbled)
    source = io.BytesIO(content) if isinstance(content, bytes) else str(content)
    with readable():
        file = python_calamine.load_workbook(source)
        listed = file.sheets_metadata
    tables = [
        Worksheet(file, about.name, limits, parts.get(about.name) or guard.Part())
        for about in listed
        if about.typ == python_calamine.SheetTypeEnum.WorkSheet
    ]
    shown = {about.name for about in listed if about.visible == python_calamine.SheetVisibleEnum.Visible}
    sheets = [Sheet(one.name, one.rows, one.name not in shown, one.length) for one in tables]
    return Book(sheets, odd=garbled.odd())


class readable:
    """Turns whatever the workbook reader raises, its panics included, into one sentence."""

    def __enter__(self):
        return self

    def __exit__(self, kind, error, _traceback):
        if kind is None:
            return
        if issubclass(kind, python_calamine.CalamineError) or kind.__name__ == "PanicException":
            raise guard.damaged() from error


@dataclass
class Worksheet:
    """One sheet of a workbook; `part` is what the guard found in it: cells that show an error, its last row."""

    file: object
    name: str
    limits: Limits
    part: guard.Part

    def length(self):
        return self.part.last_row

    def rows(self):
        """(number, cells) of each row, from the first row and column of the sheet."""
        with readable():
            sheet = self.file.get_sheet_by_name(self.name)
            begin = [""] * (sheet.start[1] if sheet.start else 0)
            faults = faults_by_row(self.part.faults)
            for number, cells in enumerate(sheet.iter_rows(), 1):
                if number > self.limits.last_row:
                    raise too_many_rows(self.limits)
                if begin:
                    cells = begin + cells
                if timedelta in map(type, cells):
                    cells = [str(cell) if isinstance(cell, timedelta) else cell for cell in cells]
                for column, text in faults.pop(number, ()):
                    cells += [""] * (column - len(cells))
                    cells[column - 1] = ErrorCell(text)
                yield number, cells


def faults_by_row(faults):
    rows = {}
    for (row, column), text in faults.items():
        rows.setdefault(row, []).append((column, text))
    return rows


def text_of(cell):
    """A cell as people write it: 1.0 is "1", 2.5 is "2,5", a date 27/8/2022, True "yes", nothing ""."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return f"{Decimal(f'{cell:.15g}'):f}".replace(".", ",")
    if isinstance(cell, datetime):
        clock = f" {text_of(cell.time())}" if cell.time() != time() else ""
        return text_of(cell.date()) + clock
    if isinstance(cell, date):
        return f"{cell.day}/{cell.month}/{cell.year}"
    if isinstance(cell, time):
        return cell.strftime("%H:%M:%S" if cell.second else "%H:%M")
    return str(cell)


def too_many_rows(limits):
    rows = f"{limits.rows or guard.EXCEL_ROWS:,}".replace(",", " ")
    return SheetError(
        _(
            "The file has more than %(rows)s rows: divide it, or have the administrator load it from the command line."
        )
        % {"rows": rows}
    )


def too_many_columns(row, limits):
    return SheetError(
        _("Row %(row)s has more than %(columns)s columns: delete those that are not needed.")
        % {"row": row, "columns": limits.columns}
    )
