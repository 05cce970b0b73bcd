"""What stands before the workbook reader: it refuses hostile or foreign files, in little time and memory.

The reader (calamine) unpacks without a bound, keeps a rectangle as large as the farthest cell, and copies a
shared text into every cell that uses it; a stray cell ends the whole process. So every part of the file is
unpacked here first, in small pieces, and what the reader would hold is computed before it starts.

Ordinary programs write each cell as `<c r="B7"`; a few regular expressions judge those at the speed of C.
Anything else (prefixes, cells without a reference, cells out of bounds) goes through an XML parser.
"""

import io
import re
import struct
import zipfile
import zlib
from array import array
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.parsers import expat

from django.utils.translation import gettext as _

from . import encodings
from .encodings import SheetError

MIB = 1024 * 1024
PIECE, TAIL, LONGEST_TAG, LONGEST_TEXT = 2 * MIB, 64 * 1024, MIB, 1_000_000
HEADING_ROWS = 20  # room for titles and headings above the rows that are counted
EXCEL_ROWS = 1_048_576
END_OF_ZIP, ZIP64_LOCATOR, OLE = b"PK\x05\x06", b"PK\x06\x07", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
OTHER_ENCODING = re.compile(rb"""^[^<]{0,8}<\?xml[^>]*encoding\s*=\s*["'](?!utf-?8|us-ascii)""", re.IGNORECASE)
WIDE_XML = re.compile(rb"\xff\xfe|\xfe\xff|<\0|\0<|\0\0")
ROW = re.compile(rb'<row r="([0-9]{1,7})"')
COLUMN = re.compile(rb'<c r="([A-Z]{1,3})[0-9]')
TEXT = re.compile(rb"<(?:\w+:)?si(?=[\s/>])")
TEXT_USED = re.compile(rb'"s"[^<>]*><(?:\w+:)?v>([0-9]{1,9})</')
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


def inspect(source, limits):
    """Refuse a workbook that is no XLSX, or holds more than `limits`; {part: {(row, column): "#N/A"}} otherwise.

    `source` is bytes or a Path. Raises SheetError with one sentence.
    """
    with opened(source) as stream:
        refuse_other_kinds(stream)
        entries = directory(stream, limits)
        found = {entry.filename: scanned(stream, entry, limits) for entry in entries}
        refuse_many_copies(stream, entries, found, limits)
        refuse_many_sheets(stream, entries, limits)
    return {name: part.faults for name, part in found.items() if part.faults}


@contextmanager
def opened(source):
    stream = io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")
    with stream:
        yield stream


def size_of(stream):
    return stream.seek(0, io.SEEK_END)


def refuse_other_kinds(stream):
    """A sentence for each kind of file that people take for a workbook."""
    stream.seek(0)
    head = stream.read(4096)
    if head.startswith(OLE):
        wide = "EncryptedPackage".encode("utf-16-le")
        stream.seek(0)
        if wide in head or wide in stream.read(4 * MIB):
            raise SheetError(_("The workbook is locked with a password: save it without one, then try again."))
        raise SheetError(_("The file is an old Excel workbook (.xls): save it as “Excel Workbook (.xlsx)”."))
    if re.match(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|\?xml|table|meta)", head, re.IGNORECASE):
        raise SheetError(
            _("The file is a web page or XML saved under the name of a workbook: open it in Excel and save it as .xlsx.")
        )
    if not head.startswith(b"PK\x03\x04"):
        raise SheetError(_("The file is no Excel workbook: save it as .xlsx or as “CSV UTF-8”."))


def directory(stream, limits):
    """The entries of the ZIP, when they lie one behind the other and promise no more than `limits`."""
    size = size_of(stream)
    stream.seek(max(size - 42, 0))
    end = stream.read()
    if end[-22:-18] != END_OF_ZIP or end.startswith(ZIP64_LOCATOR):
        raise damaged()
    try:
        with zipfile.ZipFile(stream) as archive:
            entries, begin = archive.infolist(), archive.start_dir
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError) as error:
        raise damaged() from error
    refuse_entries(entries, limits)
    refuse_overlaps(entries, begin)
    return entries


def refuse_entries(entries, limits):
    names = {entry.filename.replace("\\", "/").lower() for entry in entries}
    if len(entries) > limits.parts:
        raise SheetError(
            _("The workbook has %(count)s parts, which is too many: copy the table into a new workbook.")
            % {"count": len(entries)}
        )
    if any(entry.flag_bits & 1 for entry in entries):
        raise SheetError(_("The workbook is locked with a password: save it without one, then try again."))
    if "content.xml" in names and "xl/workbook.xml" not in names:
        raise SheetError(_("The file is an OpenDocument sheet (.ods): save it as “Excel Workbook (.xlsx)”."))
    if len(names) < len(entries) or any(entry.compress_type not in (0, 8) for entry in entries):
        raise damaged()
    if "[content_types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise SheetError(_("The file is no Excel workbook: save it as .xlsx or as “CSV UTF-8”."))
    if sum(entry.file_size for entry in entries) > limits.unpacked:
        raise too_large(limits)


def refuse_overlaps(entries, begin):
    position = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < position or (position == 0 and entry.header_offset):
            raise damaged()
        position = entry.header_offset + 30 + len(entry.orig_filename) + entry.compress_size
    if position > begin:
        raise damaged()


def inflated(stream, entry):
    """The content of an entry in pieces of at most 2 MiB; stops where it exceeds the size that it declares."""
    stream.seek(entry.header_offset)
    header = stream.read(30)
    if len(header) < 30 or header[:4] != b"PK\x03\x04":
        raise damaged()
    stream.seek(sum(struct.unpack("<HH", header[26:30])), io.SEEK_CUR)
    unpacker = zlib.decompressobj(-15) if entry.compress_type else None
    left, total = entry.compress_size, 0
    while left > 0 and (raw := stream.read(min(left, PIECE))):
        left -= len(raw)
        for piece in unpacked(unpacker, raw):
            total += len(piece)
            if total > entry.file_size:
                raise damaged()
            yield piece
    if total != entry.file_size or left > 0:
        raise damaged()


def unpacked(unpacker, raw):
    if unpacker is None:
        yield raw
        return
    try:
        while raw and not unpacker.eof:
            yield unpacker.decompress(raw, PIECE)
            raw = unpacker.unconsumed_tail
    except zlib.error as error:
        raise damaged() from error


def whole_tags(pieces):
    """The same bytes, cut so that no tag and, near the end of a piece, no cell is torn in two."""
    rest = b""
    for piece in pieces:
        buffer = rest + piece if rest else piece
        cut = last_cut(buffer)
        if len(buffer) - cut > LONGEST_TAG:
            raise not_usual()
        rest = buffer[cut:]
        yield buffer[:cut]
    if rest:
        yield rest


def last_cut(buffer):
    near_end = max(len(buffer) - TAIL, 1)
    if (cell := max(buffer.rfind(b"<c ", near_end), buffer.rfind(b"<si", near_end))) > 0:
        return cell
    tag = buffer.rfind(b"<")
    return len(buffer) if tag < 0 or buffer.find(b">", tag) >= 0 else tag


def scanned(stream, entry, limits):
    """The Part of an entry: quickly where it is written as usual, else with an XML parser."""
    part, usual, first = Part(), True, True
    for piece in whole_tags(inflated(stream, entry)):
        if first:
            refuse_foreign_xml(piece, entry.filename)
            first = False
        if DECLARATION.search(piece) and not entry.filename.lower().endswith((".bin", ".png", ".jpeg", ".jpg")):
            raise SheetError(
                _("The workbook holds a declaration that no spreadsheet writes: copy the table into a new workbook.")
            )
        if entry.filename.lower().endswith(".xml"):
            encodings.refuse_fonts(piece)
        count_texts(part, piece, limits)
        usual = usual and count_cells(part, piece, limits)
        if part.cells > limits.cells:
            raise too_large(limits)
    if not usual:
        parse(stream, entry, part, limits)
    return part


def refuse_foreign_xml(piece, name):
    if WIDE_XML.match(piece) and (name.lower().endswith((".xml", ".rels", ".vml")) or b"<\0" in piece[:64]):
        raise not_usual()
    if OTHER_ENCODING.match(piece):
        raise not_usual()


def count_texts(part, piece, limits):
    """Shared texts and their uses; a text in a picture of the XML counts too: that errs on the safe side."""
    if b"si" in piece:
        pieces = TEXT.split(piece)
        part.texts.extend(map(len, pieces[1:]))
        if part.texts and len(pieces) == 1:
            part.texts[-1] += len(piece)
        if max(map(len, pieces[1:]), default=0) > LONGEST_TEXT or len(part.texts) > limits.cells:
            raise too_large(limits)
    elif part.texts:
        part.texts[-1] += len(piece)
    part.texts_used += piece.count(b'"s"') + piece.count(b"'s'")
    if b'"e"' in piece:
        for column, row, text in FAULT.findall(piece):
            part.faults[int(row), column_number(column.decode())] = text.decode("utf-8", "replace")
        if len(part.faults) > limits.faults:
            raise too_many_faults(limits)


def count_cells(part, piece, limits):
    """Whether all cells of a piece are written as usual and lie within the limits; notes how far they reach."""
    if not re.search(rb"[<:]c[\s/>]", piece):
        return True
    part.cells += piece.count(b"<c ")
    part.last_row = max(part.last_row, max(map(int, ROW.findall(piece)), default=0), 1)
    part.last_column = max(part.last_column, *map(column_number, map(bytes.decode, set(COLUMN.findall(piece)))), 0)
    return (
        part.last_row <= limits.last_row
        and part.last_column <= limits.columns
        and part.last_row * part.last_column <= limits.cells
        and not re.search(rb":c[\s/>]", piece)
        and not unusual_cell(part.last_row).search(piece)
    )


def unusual_cell(last_row):
    """A pattern of cells without a plain reference, or below `last_row`."""
    digits = str(last_row)
    higher = [rf"[0-9]{{{len(digits) + 1},}}"]
    higher += [
        rf"{digits[:place]}[{int(digit) + 1}-9][0-9]{{{len(digits) - place - 1}}}"
        for place, digit in enumerate(digits)
        if digit < "9"
    ]
    beyond = "|".join(higher)
    return re.compile(
        rf'<c(?=[\s/>])(?! r="[A-Z]{{1,3}}(?!(?:{beyond})")[1-9][0-9]{{0,6}}"[ />])'.encode()
    )


def column_number(letters):
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


class Cells:
    """Follows the cells of a sheet as the reader counts them; refuses filled ones out of bounds."""

    def __init__(self, part, limits):
        self.part, self.limits = part, limits
        self.row, self.column, self.kind, self.elements = 0, 0, "", 0
        part.last_row = part.last_column = 0

    def start(self, name, attributes):
        name = name.rpartition(":")[2]
        self.elements += 1
        if name == "c":
            self.locate(attributes.get("r"))
            self.kind = attributes.get("t", "")
        elif name == "row":
            self.next_row, self.column = self.row_number(attributes.get("r")), 0
            self.row = self.next_row
        elif name in ("v", "is", "f"):
            self.fill()
        if self.elements > 2 * self.limits.cells:
            raise too_large(self.limits)

    def row_number(self, written):
        if written is None:
            return self.row + 1
        if not (written.isascii() and written.isdigit() and len(written) <= 9):
            raise not_usual()
        return int(written)

    def locate(self, reference):
        """Where this cell is: by its reference, or right of the one before."""
        self.cell_row = self.row
        self.column += 1
        if reference is not None:
            match = REFERENCE.fullmatch(reference)
            if match is None:
                raise not_usual()
            self.cell_row, self.column = int(match[2]), column_number(match[1])

    def fill(self):
        part, limits = self.part, self.limits
        row = getattr(self, "cell_row", 0)
        part.last_row, part.last_column = max(part.last_row, row), max(part.last_column, self.column)
        if row > limits.last_row or self.column > limits.columns:
            raise out_of_bounds(row, self.column, limits)
        if part.last_row * part.last_column > limits.cells:
            raise out_of_bounds(row, self.column, limits)
        if self.kind == "e":
            part.faults.setdefault((row, self.column), "#ERROR")
            if len(part.faults) > limits.faults:
                raise too_many_faults(limits)


def parse(stream, entry, part, limits):
    """Judge a sheet by an XML parser, which also holds it to be well-formed."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = Cells(part, limits).start
    try:
        for piece in inflated(stream, entry):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise damaged() from error


def refuse_many_copies(stream, entries, found, limits):
    """A long shared text used by many cells is copied by the reader into each of them."""
    lengths = max((part.texts for part in found.values()), key=len, default=array("L"))
    longest = max((max(part.texts, default=0) for part in found.values()), default=0)
    used = sum(part.texts_used for part in found.values())
    if used * longest <= limits.unpacked:
        return
    total = 0
    for entry in entries:
        if not found[entry.filename].texts_used:
            continue
        uses = Counter()
        for piece in whole_tags(inflated(stream, entry)):
            uses.update(TEXT_USED.findall(piece))
        known = {index: count for index, count in uses.items() if int(index) < len(lengths)}
        total += sum(lengths[int(index)] * count for index, count in known.items())
        total += longest * max(found[entry.filename].texts_used - sum(uses.values()), 0)
        if total > 2 * limits.unpacked:
            raise too_large(limits)


def refuse_many_sheets(stream, entries, limits):
    if len(sheet_parts(stream, entries)) > limits.sheets:
        raise SheetError(
            _("The workbook has more than %(sheets)s sheets: divide it.") % {"sheets": limits.sheets}
        )


def sheet_parts(stream, entries):
    """[(name of a sheet, its part)] in the order of the workbook."""
    by_name = {entry.filename.lower(): entry for entry in entries}
    book, relations = by_name.get("xl/workbook.xml"), by_name.get("xl/_rels/workbook.xml.rels")
    if not book or not relations or book.file_size + relations.file_size > 4 * MIB:
        raise not_usual()
    try:
        sheets, targets = (
            ElementTree.fromstring(b"".join(inflated(stream, entry))) for entry in (book, relations)
        )
    except ElementTree.ParseError as error:
        raise damaged() from error
    paths = {one.get("Id"): one.get("Target", "") for one in targets}
    found = [one for one in sheets.iter() if one.tag.endswith("}sheet") or one.tag == "sheet"]
    return [(one.get("name", ""), full_path(paths.get(one.get(RELATION), ""))) for one in found]


def full_path(target):
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


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
