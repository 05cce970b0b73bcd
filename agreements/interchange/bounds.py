"""How far the cells of a worksheet reach, and what its shared texts weigh, read from its XML piece by piece.

Ordinary programs write each cell as `<c r="B7"`; a few regular expressions judge those at the speed of C.
Anything else (prefixes, cells without a reference, cells out of bounds) goes through an XML parser.
"""

import re
from array import array
from dataclasses import dataclass, field
from functools import lru_cache
from xml.parsers import expat

from django.utils.translation import gettext as _

from .encodings import SheetError

MIB = 1024 * 1024
LONGEST_TEXT = 1_000_000
HEADING_ROWS = 20  # room for titles and headings above the rows that are counted
EXCEL_ROWS = 1_048_576

ROW = re.compile(rb'<row r="([0-9]{1,7})"')
CELL = re.compile(rb"<c[\s/>]")
TEXT = re.compile(rb"<(?:\w+:)?si(?=[\s/>])")
FAULT = re.compile(
    rb'<(?:\w+:)?c r="([A-Z]{1,3})([0-9]{1,7})"[^<>]*"e"[^<>]*>(?:<(?:\w+:)?f[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>))?'
    rb"<(?:\w+:)?v>([^<]{1,20})</"
)
REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")


@dataclass(frozen=True)
class Limits:
    """What a file may hold; `rows` None is without limit (a workbook ends at 1 048 576 all the same).

    `bytes` and `unpacked` in bytes, `cells` of the rectangle a sheet fills, `faults` are cells such as #N/A.
    """

    bytes: int = 20_000_000
    rows: int | None = 100_000
    columns: int = 100
    unpacked: int = 64 * MIB
    cells: int = 3_000_000
    parts: int = 1_000
    sheets: int = 100
    faults: int = 10_000

    @property
    def last_row(self):
        return min((self.rows or EXCEL_ROWS) + HEADING_ROWS, EXCEL_ROWS)


WEB = Limits()
COMMAND = Limits(
    bytes=2_000_000_000, rows=None, columns=200, unpacked=4096 * MIB, cells=40_000_000, parts=5_000, faults=100_000
)  # fmt: skip


@dataclass
class Part:
    """What the scan of one part of the workbook found."""

    last_row: int = 0
    last_column: int = 0
    cells: int = 0
    texts_used: int = 0  # cells that show a shared text
    texts: array = field(default_factory=lambda: array("L"))  # the length of each shared text, in bytes
    faults: dict = field(default_factory=dict)  # (row, column) → "#N/A"


def count_texts(part, piece, limits):
    """Shared texts and their uses; a text in a picture of the XML counts too: that errs on the safe side."""
    if b"<si" in piece or b":si" in piece:
        pieces = TEXT.split(piece)
        part.texts.extend(map(len, pieces[1:]))
        if part.texts and len(pieces) == 1:
            part.texts[-1] += len(piece)
        if max(map(len, pieces[1:]), default=0) > LONGEST_TEXT or len(part.texts) > limits.cells:
            raise too_large(limits)
    elif part.texts:
        part.texts[-1] += len(piece)
    part.texts_used += piece.count(b'"s"') + (piece.count(b"'s'") if b"'" in piece else 0)
    if b'"e"' in piece:
        for column, row, text in FAULT.findall(piece):
            part.faults[int(row), column_number(column.decode())] = text.decode("utf-8", "replace")
        if len(part.faults) > limits.faults:
            raise too_many_faults(limits)


def count_cells(part, piece, limits):
    """Whether all cells of a piece are written as usual and lie within the limits; notes how far they reach."""
    if not re.search(rb"[<:]c[\s/>]", piece):
        return True
    part.last_row = max(part.last_row, max(map(int, ROW.findall(piece)), default=0), 1)
    columns = usual_cell(part.last_row).findall(piece)
    part.cells += len(columns)
    part.last_column = max(part.last_column, *(column_number(column.decode()) for column in set(columns)), 0)
    return (
        part.last_row <= limits.last_row
        and part.last_column <= limits.columns
        and part.last_row * part.last_column <= limits.cells
        and not re.search(rb":c[\s/>]", piece)
        and (piece.count(b"<c") == len(columns) or len(CELL.findall(piece)) == len(columns))
    )


@lru_cache(maxsize=8)
def usual_cell(last_row):
    """A pattern of cells with a plain reference, not below `last_row`; it finds their columns."""
    digits = str(last_row)
    higher = [rf"[0-9]{{{len(digits) + 1},}}"]
    higher += [
        rf"{digits[:place]}[{int(digit) + 1}-9][0-9]{{{len(digits) - place - 1}}}"
        for place, digit in enumerate(digits)
        if digit < "9"
    ]
    beyond = "|".join(higher)
    return re.compile(rf'<c r="([A-Z]{{1,3}})(?!(?:{beyond})")[1-9][0-9]{{0,6}}"[ />]'.encode())


def column_number(letters):
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


class Cells:
    """Follows the cells of a sheet as the reader counts them; refuses filled ones out of bounds."""

    def __init__(self, part, limits):
        self.part, self.limits = part, limits
        self.next_row, self.row, self.column, self.kind = 1, 0, 0, ""
        self.filled, self.left = True, limits.cells // 2  # a parser is slow: 2 s at most
        part.last_row = part.last_column = 0

    def start(self, name, attributes):
        """Take the beginning of an element; its prefix, if any, says nothing."""
        self.left -= 1
        if self.left < 0:
            raise too_large(self.limits)
        name = name.rpartition(":")[2]
        if name == "c":
            self.locate(attributes.get("r"))
            self.kind, self.filled = attributes.get("t", ""), False
        elif name == "row":
            self.next_row = self.row_number(attributes.get("r"))
            self.row, self.column = self.next_row, 0
            self.next_row += 1
        elif not self.filled and name in ("v", "is", "f"):
            self.filled = True
            self.fill()

    def row_number(self, written):
        if written is None:
            return self.next_row
        if not (written.isascii() and written.isdigit() and len(written) <= 9):
            raise not_usual()
        return int(written)

    def locate(self, reference):
        """Where this cell is: by its reference, or right of the one before in the row that was begun last."""
        self.row, self.column = self.next_row - 1, self.column + 1
        if reference is not None:
            match = REFERENCE.fullmatch(reference)
            if match is None:
                raise not_usual()
            self.row, self.column = int(match[2]), column_number(match[1])

    def fill(self):
        part, limits = self.part, self.limits
        part.last_row, part.last_column = max(part.last_row, self.row), max(part.last_column, self.column)
        if (
            self.row > limits.last_row
            or self.column > limits.columns
            or part.last_row * part.last_column > limits.cells
        ):
            raise out_of_bounds(self.row, self.column, limits)
        if self.kind == "e":
            part.faults.setdefault((self.row, self.column), "#ERROR")
            if len(part.faults) > limits.faults:
                raise too_many_faults(limits)


def parse(pieces, part, limits):
    """Judge a sheet by an XML parser, which also holds it to be well-formed."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = Cells(part, limits).start
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise damaged() from error


def damaged():
    return SheetError(_("The workbook is damaged: open it in Excel and save it again."))


def not_usual():
    return SheetError(
        _("The workbook is not written as spreadsheets do: open it in Excel and save it again as .xlsx.")
    )


def too_large(limits):
    return SheetError(
        _("The workbook is too large when unpacked (more than %(size)s MB): divide it, or send it as CSV.")
        % {"size": limits.unpacked // MIB}
    )


def too_many_faults(limits):
    return SheetError(
        _("The workbook has more than %(count)s cells with an error such as #N/A: correct its formulas.")
        % {"count": limits.faults}
    )


def out_of_bounds(row, column, limits):
    letters = ""
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(65 + place) + letters
    return SheetError(
        _(
            "Something is written in cell %(cell)s, far beyond the table (at most %(rows)s rows and %(columns)s "
            "columns): delete it, or divide the table."
        )
        % {"cell": f"{letters}{row}", "rows": limits.rows or EXCEL_ROWS, "columns": limits.columns}
    )
