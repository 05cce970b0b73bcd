"""The guard: hostile and foreign files are refused with a sentence, in little time and memory."""

import io
import json
import struct
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from django.utils.translation import override

from agreements.interchange import bounds, guard
from agreements.interchange.encodings import SheetError


@pytest.fixture(autouse=True)
def english():
    """Sentences are compared in the language of the code."""
    with override("en"):
        yield


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ONE_ROW = '<row r="1"><c r="A1"><v>1</v></c></row>'
SHEET = "xl/worksheets/sheet1.xml"


def sheet_xml(rows, before="", after=""):
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def parts(rows=ONE_ROW, **changes):
    """{name: text} of a small workbook; `changes` name its parts by sheet, shared, book."""
    book = f'<sheets><sheet name="S" sheetId="1" r:id="rId1"/>{changes.get("more_sheets", "")}</sheets>'
    found = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{book}</workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        SHEET: changes.get("sheet") or sheet_xml(rows),
    }
    if "shared" in changes:
        found["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{changes["shared"]}</sst>'
    return found | changes.get("other", {})


def zipped(found):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in found.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def xlsx(rows=ONE_ROW, **changes):
    return zipped(parts(rows, **changes))


def understating():
    """A part of 200 MB that declares 1 000 bytes, in the directory and in its own header."""
    content = bytearray(xlsx(sheet=sheet_xml(ONE_ROW) + " " * 200_000_000))
    real = struct.pack("<L", len(sheet_xml(ONE_ROW)) + 200_000_000)
    while (place := content.find(real)) >= 0:
        content[place : place + 4] = struct.pack("<L", 1000)
    return bytes(content)


def overlapping():
    """Two entries of the directory that share one content."""
    content = xlsx(other={"xl/worksheets/sheet2.xml": sheet_xml(ONE_ROW)})
    archive = zipfile.ZipFile(io.BytesIO(content))
    first, second = archive.getinfo(SHEET), archive.getinfo("xl/worksheets/sheet2.xml")
    was, becomes = (struct.pack("<L", entry.header_offset) for entry in (second, first))
    place = content.rindex(was + b"xl/worksheets/sheet2.xml")
    return content[:place] + becomes + content[place + 4 :]


def doubled():
    buffer = io.BytesIO(xlsx())
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(SHEET, sheet_xml(ONE_ROW))
    return buffer.getvalue()


def encrypted():
    content = bytearray(xlsx())
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        content[content.index(mark) + offset] |= 1
    return bytes(content)


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
MANY_LINKS = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId1"/>' for n in range(2, 2000))
WIDE_ROW = "<row>" + "<c><v>1</v></c>" * 16_384 + "</row>"
TALL = '<row r="1"><c r="A1"><v>1</v></c></row>' + "<row><c><v>1</v></c></row>" * 1_000_000

HOSTILE = {
    "a stray cell": (lambda: xlsx(ONE_ROW + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "XFD1048576"),
    "a stray empty text": (
        lambda: xlsx(ONE_ROW + '<row><c r="XFD1048576" t="s"><v>0</v></c></row>', shared="<si><t/></si>"),
        "XFD1048576",
    ),
    "a stray row number": (lambda: xlsx(ONE_ROW + '<row r="1048576"><c><v>1</v></c></row>'), "A1048576"),
    "a row number without end": (lambda: xlsx(f'<row r="{"9" * 5000}"><c><v>1</v></c></row>'), "not written"),
    "a reference without sense": (lambda: xlsx('<row r="1"><c r="AAAAAAAA1"><v>1</v></c></row>'), "not written"),
    "two cells far apart": (lambda: xlsx(ONE_ROW + '<row r="99999"><c r="CV99999"><v>1</v></c></row>'), "CV99999"),
    "a stray cell under a prefix": (
        lambda: xlsx('<row r="1"><x:c xmlns:x="y" r="XFD1048576"><x:v>1</x:v></x:c></row>'), "XFD1048576",
    ),
    "16 384 columns": (lambda: xlsx(WIDE_ROW * 100), "CW1"),
    "a million rows": (lambda: xlsx(TALL), "A100021"),
    "cells on one spot": (lambda: xlsx('<row r="1">' + '<c r="A1"/>' * 5_000_000 + "</row>"), "too large"),
    "elements without end": (lambda: xlsx(ONE_ROW, sheet=sheet_xml('<x:c xmlns:x="y"/>' + "<v/>" * 12_000_000)), ""),
    "a zip bomb": (lambda: xlsx(f'<row><c t="inlineStr"><is><t>{"x" * 300_000_000}</t></is></c></row>'), "too large"),
    "a size that lies": (understating, "damaged"),
    "a long text in many cells": (
        lambda: xlsx('<row r="1">' + '<c r="A1" t="s"><v>0</v></c>' * 20_000 + "</row>",
                     shared=f"<si><t>{'x' * 90_000}</t></si>"),
        "too large",
    ),
    "a long text under single quotes": (
        lambda: xlsx("<row>" + "<c t = 's'><v>0</v></c>" * 90 + "</row>", shared=f"<si><t>{'x' * 9_000_000}</t></si>"),
        "too large",
    ),
    "shared texts without end": (lambda: xlsx(shared="<si/>" * 9_000_000), "too large"),
    "billion laughs": (lambda: xlsx(sheet=LAUGHS + sheet_xml(ONE_ROW)), "declaration"),
    "laughs among the texts": (
        lambda: xlsx(other={"xl/sharedStrings.xml": LAUGHS + "<sst>&b;</sst>"}), "declaration",
    ),
    "laughs in UTF-16": (
        lambda: xlsx(sheet=('<?xml version="1.0"?>' + LAUGHS + sheet_xml(ONE_ROW)).encode("utf-16")),
        "not written",
    ),
    "an odd encoding": (
        lambda: xlsx(sheet='<?xml version="1.0" encoding="UTF-7"?>' + sheet_xml(ONE_ROW)), "not written",
    ),
    "too many parts": (lambda: xlsx(other={f"xl/media/{n}.png": "" for n in range(5000)}), "5005 parts"),
    "a sheet shown 2 000 times": (lambda: xlsx(more_sheets=MANY_LINKS), "damaged"),
    "overlapping entries": (overlapping, "damaged"),
    "an entry twice": (doubled, "damaged"),
    "a tag without end": (lambda: xlsx(sheet="<worksheet><sheetData><row><c " + " " * 9_000_000), "not written"),
    "tags that do not close": (
        lambda: xlsx(sheet="<worksheet><sheetData><row><c><v>1</v></c></row></row>"), "damaged",
    ),
    "an archive behind another": (lambda: b"PK\x03\x04" + xlsx(), "damaged"),
    "a cut file": (lambda: xlsx()[:-30], "damaged"),
    "errors without end": (
        lambda: xlsx("".join(f'<row r="{n}"><c r="A{n}" t="e"><v>#N/A</v></c></row>' for n in range(1, 20_000))),
        "#N/A",
    ),
}  # fmt: skip

FOREIGN = {
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "(.xls)"),
    "a locked workbook": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + "EncryptedPackage".encode("utf-16-le"), "password",
    ),
    "an OpenDocument sheet": (zipped({"mimetype": "", "content.xml": "<x/>"}), "(.ods)"),
    "a web page": (b"\xef\xbb\xbf\r\n<HTML><table><tr><td>1</td></tr></table></HTML>", "web page"),
    "a Word document": (zipped({"[Content_Types].xml": "", "word/document.xml": ""}), "no Excel workbook"),
    "no workbook at all": (b"a;b\n1;2\n", "no Excel workbook"),
    "an encrypted archive": (encrypted(), "password"),
}  # fmt: skip

CHILD = """
import json, re, resource, sys, time
from pathlib import Path
from django.conf import settings
settings.configure(USE_I18N=False)
from agreements.interchange import sheets
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
found = {}
for path in sorted(Path(sys.argv[1]).iterdir()):
    Path("/proc/self/clear_refs").write_text("5")  # the peak starts anew
    begin = time.process_time()  # no I/O here: on an idle machine this is the time that passes
    try:
        book = sheets.read_file(path.read_bytes(), path.name)
        sentence = "read: %d" % sum(1 for sheet in book.sheets for _row in sheet.rows())
    except sheets.SheetError as error:
        sentence = str(error)
    used = int(re.search("VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024
    found[path.stem] = sentence, time.process_time() - begin, used
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """{case: (sentence, seconds, MB)} of all hostile files, read in one process of at most 1 GiB."""
    folder = tmp_path_factory.mktemp("hostile")
    for name, (build, _words) in HOSTILE.items():
        (folder / f"{name}.xlsx").write_bytes(build())
    command = [sys.executable, "-c", CHILD, str(folder)]
    root = Path(guard.__file__).parents[2]
    done = subprocess.run(command, capture_output=True, text=True, cwd=root, timeout=120)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_time_and_memory(outcomes, name):
    sentence, seconds, megabytes = outcomes[name]
    assert not sentence.startswith("read:")
    assert HOSTILE[name][1] in sentence
    assert seconds < 2, f"{seconds:.2f} s"
    assert megabytes < 300, f"{megabytes} MB"


@pytest.mark.parametrize("name", FOREIGN)
def test_a_foreign_file_is_named(name):
    content, words = FOREIGN[name]
    with pytest.raises(SheetError) as refusal:
        guard.inspect(content, guard.WEB)
    assert words in str(refusal.value)


def made_by_openpyxl():
    book = openpyxl.Workbook()
    for number in range(200):
        book.active.append([f"Tỉnh {number}", number, 1.5, date(2022, 8, 27), None, True])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


TAKEN = {
    "openpyxl": made_by_openpyxl,
    "a format without value far away": lambda: xlsx(
        ONE_ROW + '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    ),
    "no references": lambda: xlsx("<row><c><v>1</v></c><c><v>2</v></c></row>"),
    "prefixes": lambda: xlsx('<x:row xmlns:x="y" r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row>'),
    "a wrong dimension": lambda: xlsx(sheet=sheet_xml(ONE_ROW, before='<dimension ref="A1:XFD1048576"/>')),
    "a merged range without end": lambda: xlsx(
        sheet=sheet_xml(ONE_ROW, after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')
    ),
    "an external link": lambda: xlsx(
        other={
            "xl/externalLinks/_rels/e.xml.rels": '<Relationships><R Target="file:///etc/passwd"/></Relationships>'
        }
    ),
}


@pytest.mark.parametrize("name", TAKEN)
def test_a_usual_file_passes(name):
    assert guard.inspect(TAKEN[name](), guard.WEB) == {}


def test_errors_are_found_where_they_are():
    rows = (
        '<row r="3"><c r="B3" s="1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="C3" t="e"><v>#N/A</v></c></row>'
    )
    assert guard.inspect(xlsx(rows), guard.WEB) == {"S": {(3, 2): "#DIV/0!", (3, 3): "#N/A"}}
    assert guard.inspect(xlsx('<row><c t="e"><v>#N/A</v></c></row>'), guard.WEB) == {"S": {(1, 1): "#ERROR"}}


def test_old_fonts_in_a_workbook_are_refused():
    with pytest.raises(SheetError, match="hép møt tÕt ViÖt"):
        guard.inspect(xlsx(shared="<si><t>hép møt tÕt ViÖt</t></si>"), guard.WEB)
    assert guard.inspect(xlsx(shared="<si><t>tÕt</t></si>"), guard.WEB) == {}


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64])
def test_no_tag_is_torn_between_pieces(monkeypatch, size):
    monkeypatch.setattr(guard, "PIECE", size)
    rows = '<row r="1"><c r="A1" t="e"><v>#N/A</v></c></row><row r="2"><c r="CW2"><v>1</v></c></row>'
    with pytest.raises(SheetError, match="CW2"):
        guard.inspect(xlsx(rows), guard.WEB)


@pytest.mark.parametrize(("reference", "usual"), [
    ("A1", True), ("XFD100", True), ("A101", False), ("A1000", False), ("A200", False), ("A0", False), ("a1", False),
])  # fmt: skip
def test_a_cell_below_the_last_row_is_unusual(reference, usual):
    found = bounds.usual_cell(100).findall(f'<c r="{reference}" s="1">'.encode())
    assert bool(found) is usual


def test_the_command_line_takes_what_the_web_refuses():
    rows = ONE_ROW + '<row r="150000"><c r="B150000"><v>1</v></c></row>'
    assert guard.inspect(xlsx(rows), guard.COMMAND) == {}
    with pytest.raises(SheetError):
        guard.inspect(xlsx(rows), guard.WEB)
