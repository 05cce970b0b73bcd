"""What stands before the workbook reader: it refuses hostile or foreign files, in little time and memory.

The reader (calamine) unpacks without a bound, keeps a rectangle as large as the farthest cell, and copies a
shared text into every cell that uses it; a stray cell ends the whole process. So every part of the file is
unpacked here first, in small pieces, and what the reader would hold is computed before it starts.
"""

import io
import re
import struct
import zipfile
import zlib
from array import array
from collections import Counter
from contextlib import contextmanager
from xml.etree import ElementTree

from django.utils.translation import gettext as _

from . import encodings
from .bounds import (
    COMMAND,
    EXCEL_ROWS,
    HEADING_ROWS,
    MIB,
    WEB,
    Limits,
    Part,
    count_cells,
    count_texts,
    damaged,
    not_usual,
    parse,
    too_large,
)  # fmt: skip
from .encodings import SheetError

__all__ = ["COMMAND", "EXCEL_ROWS", "HEADING_ROWS", "WEB", "Limits", "damaged", "inspect"]

PIECE, TAIL, LONGEST_TAG = 2 * MIB, 64 * 1024, MIB
END_OF_ZIP, ZIP64_LOCATOR, OLE = b"PK\x05\x06", b"PK\x06\x07", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
OTHER_ENCODING = re.compile(
    rb"""^[^<]{0,8}<\?xml[^>]*encoding\s*=\s*["'](?!utf-?8|us-ascii)""", re.IGNORECASE
)
WIDE_XML = re.compile(rb"\xff\xfe|\xfe\xff|<\0|\0<|\0\0")
TEXT_USED = re.compile(rb'"s"[^<>]*><(?:\w+:)?v>([0-9]{1,9})</')


def inspect(source, limits, garbled=None):
    """Refuse a workbook that is no XLSX, or holds more than `limits`; {sheet: {(row, column): "#N/A"}} otherwise.

    `source` is bytes or a Path; `garbled` takes note of its words. Raises SheetError with one sentence.
    """
    return {name: part.faults for name, part in surveyed(source, limits, garbled).items() if part.faults}


def surveyed(source, limits, garbled=None):
    """As `inspect`, with all that was found: {sheet: Part}."""
    garbled = garbled or encodings.Garbled()
    with opened(source) as stream:
        refuse_other_kinds(stream)
        entries = directory(stream, limits)
        found = {entry.filename: scanned(stream, entry, limits, garbled) for entry in entries}
        refuse_many_copies(stream, entries, found, limits)
        sheets = sheet_parts(stream, entries)
    refuse_many_sheets(sheets, limits)
    encodings.judged(garbled)
    return {name: found[path] for name, path in sheets if path in found}


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
            raise SheetError(
                _("The workbook is locked with a password: save it without one, then try again.")
            )
        raise SheetError(_("The file is an old Excel workbook (.xls): save it as “Excel Workbook (.xlsx)”."))
    if re.match(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|\?xml|table|meta)", head, re.IGNORECASE):
        raise SheetError(
            _("The file is a web page under the name of a workbook: open it in Excel and save it as .xlsx.")
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
        while not unpacker.eof:
            piece = unpacker.decompress(raw, PIECE)
            yield piece
            raw = unpacker.unconsumed_tail
            if not raw and len(piece) < PIECE:  # else more may wait inside
                return
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


def scanned(stream, entry, limits, garbled):
    """The Part of an entry: quickly where it is written as usual, else with an XML parser."""
    part, usual, first = Part(), True, True
    for piece in whole_tags(inflated(stream, entry)):
        if first:
            refuse_foreign_xml(piece, entry.filename)
            first = False
        if (
            b"!" in piece  # one sign is sought faster than two
            and DECLARATION.search(piece)
            and not entry.filename.lower().endswith((".bin", ".png", ".jpeg", ".jpg"))
        ):
            raise SheetError(
                _(
                    "The workbook holds a declaration that no spreadsheet writes: copy the table into a new workbook."
                )
            )
        if entry.filename.lower().endswith(".xml"):
            garbled.feed(piece)
        count_texts(part, piece, limits)
        usual = usual and count_cells(part, piece, limits)
        if part.cells > limits.cells:
            raise too_large(limits)
    garbled.end()
    if not usual:
        parse(inflated(stream, entry), part, limits)
    return part


def refuse_foreign_xml(piece, name):
    if WIDE_XML.match(piece) and (name.lower().endswith((".xml", ".rels", ".vml")) or b"<\0" in piece[:64]):
        raise not_usual()
    if OTHER_ENCODING.match(piece):
        raise not_usual()


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


def refuse_many_sheets(sheets, limits):
    if len({path for _name, path in sheets}) < len(sheets):
        raise damaged()
    if len(sheets) > limits.sheets:
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
