"""Workbooks (XLSX) written as a stream: typed cells, constant memory, nothing that can run as a formula.

Text is kept in its cell (inline strings), because a table of shared strings would have to be held in memory
until the end. The parts of the file are made in the order in which they are known.
"""

import math
import re
import zipfile
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain, islice, zip_longest
from math import isfinite
from xml.sax.saxutils import escape, quoteattr

from django.utils.translation import gettext as _

from agreements.interchange.xlsx_parts import (
    DATE,
    DECIMALS,
    FIXED_PARTS,
    GENERAL,
    HEADING,
    MARKS,
    TEXT,
    WHOLE,
    WRAPPED,
    content_types,
    marked_style,
    part_name,
    workbook,
    workbook_links,
)

LAST_ROW = 1_048_576
LONGEST_TEXT = 32_767
LARGEST_SHEET = 2**31 - 2**20
"""Bytes of one sheet: beyond it old spreadsheets cannot open the archive."""
MOST_DIGITS = 15
"""What a spreadsheet keeps of a number; longer ones are written as text, with all their digits."""
FIRST_DATE = date(1900, 3, 1)
"""Before it spreadsheets count a 29 February 1900 that never was; such days are written as text."""
EPOCH = date(1899, 12, 30)
LISTS = "_lists"
"""The hidden sheet of long drop-down lists; it holds no records."""
INLINE_LIST, LONGEST_PROMPT, LONGEST_TITLE, LONGEST_NAME = 255, 255, 32, 31
FITTED = '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
PRINTED = '<pageSetup paperSize="9" fitToHeight="0" orientation="landscape"/>'
"""A4, all columns on one page, as many pages as the rows need."""
LINE, HIGHEST, LOOSE = 15, 405, 1.2
"""Points of one line and of the highest row; how much longer a text gets because words stay whole."""
ROWS_AT_ONCE, PIECE = 100, 64 * 1024
COMPRESSION = 1

UNSAFE = re.compile("[&<>\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
ESCAPED = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


@dataclass(frozen=True)
class ColumnOut:
    """A column: `kind` is text, number, date or yesno; `choices` drop down; `note` shows when a cell is chosen.

    `several`: the cells hold several of the choices, so other text is not warned of.
    """

    heading: str
    kind: str = "text"
    width: float = 14
    choices: tuple = ()
    note: str = ""
    several: bool = False


@dataclass(frozen=True)
class SheetOut:
    """A sheet: its columns and its rows, which are read once; each row has a value for each column.

    `wrapped`: texts go on in the next line of their cell, for readers; not for files that come back.
    """

    name: str
    columns: list
    rows: object = ()
    hidden: bool = False
    wrapped: bool = False


@dataclass(frozen=True)
class Marked:
    """A value in a coloured cell; `mark` is one of MARKS."""

    value: object
    mark: str = "fault"


def write_xlsx(stream, sheets):
    """Write a workbook of SheetOuts to a binary `stream`, which need not seek; see `xlsx_chunks`."""
    for chunk in xlsx_chunks(sheets):
        stream.write(chunk)


def xlsx_chunks(sheets):
    """The bytes of a workbook, piece by piece, while the rows are read.

    Values are str, int, float, Decimal, bool, date, None or a Marked one of these; anything else is written
    as its text. Raises ValueError with one sentence for a text or a table that no spreadsheet can hold.
    """
    sink, book, started = Sink(), Book(sheets), False
    archive = zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=COMPRESSION)
    with archive, closing(book.write(archive)) as steps:
        for _step in steps:
            if sink.size >= PIECE or not started:
                started = True
                yield sink.taken()
    yield sink.taken()


class Sink:
    """Takes what zipfile writes until it is fetched; it cannot seek, as a socket cannot."""

    def __init__(self):
        self.pieces, self.size = [], 0

    def write(self, data):
        self.pieces.append(bytes(data))
        self.size += len(data)
        return len(data)

    def flush(self):
        pass

    def taken(self):
        pieces, self.pieces, self.size = self.pieces, [], 0
        return b"".join(pieces)


class Book:
    """One workbook while it is written: the names of its sheets and how far each of them reaches."""

    def __init__(self, sheets):
        sheets = list(sheets)
        self.lists = long_lists(sheets)
        if self.lists:
            sheets.append(list_sheet(self.lists))
        self.sheets = list(zip(unique_names(sheet.name for sheet in sheets), sheets, strict=True))
        self.last_rows = []

    def write(self, archive):
        """Write part after part; a generator that stops now and then so that bytes can be fetched."""
        archive.writestr("[Content_Types].xml", content_types(len(self.sheets)))
        for name, text in FIXED_PARTS.items():
            archive.writestr(name, text)
        for place, (_name, sheet) in enumerate(self.sheets):
            with archive.open(part_name(place), "w") as part:
                for text in self.sheet_texts(sheet, place):
                    part.write(text.encode())
                    yield
        headings = [(name, len(sheet.columns), sheet.hidden) for name, sheet in self.sheets]
        archive.writestr("xl/workbook.xml", workbook(headings, self.last_rows, column_letters))
        archive.writestr("xl/_rels/workbook.xml.rels", workbook_links(len(self.sheets)))

    def sheet_texts(self, sheet, place):
        """The XML of one sheet, some rows at a time."""
        letters = [column_letters(number) for number in range(len(sheet.columns))]
        yield sheet_head(sheet, selected=place == 0)
        yield heading_row(sheet.columns, letters)
        last_row, size, rows = 1, 0, iter(sheet.rows)
        while block := list(islice(rows, ROWS_AT_ONCE)):
            if last_row + len(block) > LAST_ROW or size > LARGEST_SHEET:
                raise ValueError(_("So many rows fit in no workbook: choose CSV, or fewer rows."))
            numbered = enumerate(block, last_row + 1)
            text = "".join(row_xml(number, letters, row, sheet) for number, row in numbered)
            last_row, size = last_row + len(block), size + len(text)
            yield text
        self.last_rows.append(last_row)
        filtered = "" if sheet.hidden else f'<autoFilter ref="A1:{letters[-1]}{last_row}"/>'
        yield f"</sheetData>{filtered}{self.validations(sheet, letters)}{PRINTED}</worksheet>"

    def validations(self, sheet, letters):
        """Drop-down lists and the messages that a chosen cell shows."""
        columns = zip(letters, sheet.columns, strict=True)
        told = [self.validation(*one) for one in columns if one[1].choices or one[1].note]
        if not told:
            return ""
        return f'<dataValidations count="{len(told)}">{"".join(told)}</dataValidations>'

    def validation(self, letter, column):
        attributes = ['allowBlank="1"', f'sqref="{letter}2:{letter}{LAST_ROW}"']
        if column.note:
            title, text = shortened(column.heading, LONGEST_TITLE), shortened(column.note, LONGEST_PROMPT)
            attributes.append(
                f'showInputMessage="1" promptTitle={quoteattr(safe(title))} prompt={quoteattr(safe(text))}'
            )
        if not column.choices:
            return f"<dataValidation {' '.join(attributes)}/>"
        if not column.several:
            attributes.append('errorStyle="warning" showErrorMessage="1"')
        source = inline_list(column.choices) or self.list_range(column.choices)
        formula = f"<formula1>{escape(source)}</formula1>"
        return f'<dataValidation type="list" {" ".join(attributes)}>{formula}</dataValidation>'

    def list_range(self, choices):
        letter, name = column_letters(self.lists.index(tuple(choices))), self.sheets[-1][0]
        return f"'{name}'!${letter}$2:${letter}${len(choices) + 1}"


def long_lists(sheets):
    """The lists of choices that are too long to stand in the column itself, each once."""
    every = (tuple(column.choices) for sheet in sheets for column in sheet.columns if column.choices)
    return list(dict.fromkeys(choices for choices in every if not inline_list(choices)))


def list_sheet(lists):
    columns = [ColumnOut(str(number)) for number in range(1, len(lists) + 1)]
    return SheetOut(LISTS, columns, zip_longest(*lists), hidden=True)


def inline_list(choices):
    """The choices as the text of a short drop-down list, "" where they do not fit in one."""
    text = ",".join(choices).replace('"', '""')
    fits = len(text) <= INLINE_LIST and not any("," in one or one != one.strip() for one in choices)
    return f'"{text}"' if fits and not UNSAFE.search(text.replace("&", "")) else ""


def unique_names(wanted):
    """Names of sheets as spreadsheets allow them: no more than 31 characters, each once in any case."""
    taken, names = set(), []
    for name in wanted:
        plain = NOT_IN_NAMES.sub(" ", name).strip(" '") or "1"
        tries = chain([plain], (f"{plain[: LONGEST_NAME - 5]} ({number})" for number in range(2, 1000)))
        found = next(one[:LONGEST_NAME] for one in tries if one[:LONGEST_NAME].casefold() not in taken)
        taken.add(found.casefold())
        names.append(found)
    return names


def column_letters(number):
    """A, B, … Z, AA … of the column `number`, counted from 0."""
    letters, number = "", number + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def shortened(text, longest):
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def sheet_head(sheet, selected):
    """All that stands before the rows: the frozen heading and the widths of the columns."""
    widths = "".join(
        f'<col min="{number}" max="{number}" width="{column.width:g}" '
        f'style="{GENERAL if column.kind == "number" else TEXT}" customWidth="1"/>'
        for number, column in enumerate(sheet.columns, 1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"{FITTED}<sheetViews>"
        f'<sheetView workbookViewId="0"{" tabSelected=" + quoteattr("1") if selected else ""}>'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        '<selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{widths}</cols><sheetData>'
    )


def heading_row(columns, letters):
    cells = (
        text_cell(f"{letter}1", column.heading, HEADING)
        for letter, column in zip(letters, columns, strict=True)
    )
    height = height_of([column.heading for column in columns], columns)
    return f'<row r="1"{height}>{"".join(cells)}</row>'


def row_xml(number, letters, row, sheet):
    """One row; an empty value has no cell."""
    style = WRAPPED if sheet.wrapped else TEXT
    cells = [f'<row r="{number}"{height_of(row, sheet.columns) if sheet.wrapped else ""}>']
    for letter, value in zip(letters, row, strict=True):
        if value is None or value == "":
            continue
        if type(value) is str and len(value) < LONGEST_TEXT // 2 and not UNSAFE.search(value):
            cells.append(PLAIN_CELL % (letter, number, style, value))
        elif kind := CELLS.get(type(value)):
            cells.append(kind(f"{letter}{number}", value))
        else:
            cells.append(text_cell(f"{letter}{number}", value, style))
    cells.append("</row>")
    return "".join(cells)


def height_of(row, columns):
    """The attributes of a row whose texts go on in a second line: not every program looks for itself."""
    lines = max(
        sum(math.ceil(LOOSE * len(line) / column.width) or 1 for line in value.split("\n"))
        for value, column in ((str(one or ""), column) for one, column in zip(row, columns, strict=True))
    )
    return f' ht="{min(lines * LINE, HIGHEST)}" customHeight="1"' if lines > 1 else ""


INLINE = '<is><t xml:space="preserve">'
PLAIN_CELL = f'<c r="%s%d" s="%d" t="inlineStr">{INLINE}%s</t></is></c>'
"""What `text_cell` gives for most texts, at half the cost."""


def text_cell(at, value, style=TEXT):
    text = str(value)
    if UNSAFE.search(text):
        text = escape(safe(text))
    if len(text) > LONGEST_TEXT // 2:
        refuse_long(at, str(value))
    return f'<c r="{at}" s="{style}" t="inlineStr">{INLINE}{text}</t></is></c>'


def refuse_long(at, text):
    """A spreadsheet counts letters beyond U+FFFF twice."""
    length = len(text.encode("utf-16-le", "surrogatepass")) // 2
    if length > LONGEST_TEXT:
        raise ValueError(
            _(
                "Cell %(cell)s would hold %(length)s characters, a workbook takes %(most)s: "
                "shorten the text, or choose CSV."
            )
            % {"cell": at, "length": length, "most": LONGEST_TEXT}
        )


def safe(text):
    """`text` with what XML cannot hold (and what would be taken for it) written as _xHHHH_."""
    return ESCAPED.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def number_cell(at, value, mark=""):
    """A number with points between the thousands; digits that a spreadsheet would lose make it a text."""
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    if "." in text and "e" not in text:
        text = text.rstrip("0").rstrip(".")
    if not keeps_its_digits(text, value):
        return text_cell(at, text, marked_style(TEXT, mark))
    style = DECIMALS if "." in text or "e" in text else WHOLE
    return f'<c r="{at}" s="{marked_style(style, mark)}"><v>{text}</v></c>'


def keeps_its_digits(text, value):
    """Whether a spreadsheet shows the number as it is: 15 digits, or a float, which it holds likewise."""
    if type(value) is float:
        return isfinite(value)
    if len(text) <= MOST_DIGITS:
        return text[-1:].isdigit()
    digits = text.replace("-", "").replace(".", "")
    return len(digits) <= MOST_DIGITS and digits.isdigit()


def bool_cell(at, value, mark=""):
    return f'<c r="{at}" s="{marked_style(TEXT, mark)}" t="b"><v>{value:d}</v></c>'


def date_cell(at, value, mark=""):
    if value < FIRST_DATE:
        return text_cell(at, f"{value.day}/{value.month}/{value.year}", marked_style(TEXT, mark))
    return f'<c r="{at}" s="{marked_style(DATE, mark)}"><v>{(value - EPOCH) // timedelta(1)}</v></c>'


def marked_cell(at, marked):
    """A coloured cell, also where there is no value."""
    value, mark = marked.value, marked.mark
    if mark not in MARKS:
        raise KeyError(mark)
    if value is None or value == "":
        return f'<c r="{at}" s="{marked_style(TEXT, mark)}"/>'
    if type(value) in TYPED:
        return TYPED[type(value)](at, value, mark)
    return text_cell(at, value, marked_style(TEXT, mark))


TYPED = {int: number_cell, float: number_cell, Decimal: number_cell, bool: bool_cell, date: date_cell}
CELLS = {**TYPED, Marked: marked_cell}
