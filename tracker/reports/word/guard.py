"""What stands before a template is opened: it refuses what is no plain Word document, in little time and memory."""

import io
import re
import zipfile

from django.utils.translation import gettext as _
from lxml import etree

from agreements.interchange.encodings import SheetError
from agreements.interchange.guard import inflated, refuse_overlaps

MIB = 1024 * 1024
LARGEST_FILE, LARGEST, LARGEST_XML, MOST_PARTS = 5 * MIB, 30 * MIB, 2 * MIB, 200
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACROS = (b"macroenabled", b"vbaproject", b"vbadata")
FOREIGN = re.compile(r"(^|/)(embeddings|activex|customui)[^/]*/|oleobject", re.IGNORECASE)
FOREIGN_KINDS = ("/aFChunk", "/oleObject", "/package", "/control", "/frame", "/subDocument")
"""Relationships by which a document takes in another file or a program."""
DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
FETCHING = re.compile(
    r"\b(INCLUDEPICTURE|INCLUDETEXT|DDE|DDEAUTO|LINK|IMPORT|RD|DATABASE|MACROBUTTON)\b", re.IGNORECASE
)
"""Fields of Word that fetch something or run something when the document is opened."""
HARMLESS = re.compile(r"(https?://|mailto:)", re.IGNORECASE)
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


class TemplateFault(ValueError):
    """Why a file cannot be a template, in one sentence."""


def inspect(content):
    """Refuse bytes that are no plain .docx, hold macros or foreign parts, or point outside."""
    if len(content) > LARGEST_FILE:
        raise TemplateFault(_("The template is larger than 5 MB: make its pictures smaller."))
    if content.startswith(OLE):
        raise TemplateFault(
            _(
                "The template is an old Word file (.doc) or locked with a password: save it as .docx without one."
            )
        )
    if not content.startswith(ZIP):
        raise not_word()
    parts = unpacked(content)
    refuse_kind(parts)
    for name, part in parts.items():
        refuse_part(name, part)


def not_word():
    return TemplateFault(_("The file is no Word document: save it as “Word Document (.docx)”."))


def damaged():
    return TemplateFault(_("The template is damaged: open it in Word and save it again as .docx."))


def unpacked(content):
    """{name: bytes} of the parts, none of which unpacks to more than it declares."""
    stream = io.BytesIO(content)
    try:
        with zipfile.ZipFile(stream) as archive:
            entries, begin = archive.infolist(), archive.start_dir
        refuse_sizes(entries)
        refuse_overlaps(entries, begin)
        return {entry.filename: b"".join(inflated(stream, entry)) for entry in entries}
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, SheetError) as error:
        raise damaged() from error


def refuse_sizes(entries):
    names = {entry.filename.lower() for entry in entries}
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > LARGEST:
        raise TemplateFault(_("The template holds too much: copy the letterhead into a new document."))
    if any(entry.flag_bits & 1 for entry in entries) or len(names) < len(entries):
        raise damaged()
    if any(".." in name.split("/") or name.startswith(("/", "\\")) for name in names):
        raise damaged()
    for entry in entries:
        if entry.filename.lower().endswith((".xml", ".rels")) and entry.file_size > LARGEST_XML:
            raise TemplateFault(_("The template holds too much: copy the letterhead into a new document."))


def refuse_kind(parts):
    kinds = parts.get("[Content_Types].xml", b"")
    if any(sign in kinds.lower() for sign in MACROS) or any("vbaproject" in name.lower() for name in parts):
        raise TemplateFault(
            _("The template holds macros: save it as “Word Document (.docx)”, without macros.")
        )
    if "word/document.xml" not in parts or MAIN not in kinds:
        raise not_word()


def refuse_part(name, part):
    """One part: no embedded objects, no declarations, nothing from outside."""
    if FOREIGN.search(name):
        raise TemplateFault(
            _(
                "The template holds an embedded object (%(part)s): delete it and keep text, tables and pictures."
            )
            % {"part": name}
        )
    if not name.lower().endswith((".xml", ".rels")):
        return
    if DECLARATION.search(part):
        raise damaged()
    try:
        root = etree.fromstring(part, STRICT)
    except etree.XMLSyntaxError as error:
        raise damaged() from error
    if name.lower().endswith(".rels"):
        refuse_outside(root)
    refuse_fields(root)


def foreign(part):
    return TemplateFault(
        _("The template holds an embedded object (%(part)s): delete it and keep text, tables and pictures.")
        % {"part": part[:80]}
    )


def refuse_outside(root):
    """Other files inside, pictures and templates from elsewhere; a link that a reader may click on is none."""
    for one in root:
        target = one.get("Target", "")
        if one.get("Type", "").endswith(FOREIGN_KINDS):
            raise foreign(target)
        if one.get("TargetMode", "").lower() != "external":
            continue
        if not (one.get("Type", "").endswith("/hyperlink") and HARMLESS.match(target)):
            raise TemplateFault(
                _(
                    "The template fetches something from outside (%(target)s): insert it into the document itself."
                )
                % {"target": target[:80]}
            )


def refuse_fields(root):
    for paragraph in root.iter(f"{WORD}p"):
        texts = [one.text or "" for one in paragraph.iter(f"{WORD}instrText")]
        texts += [one.get(f"{WORD}instr", "") for one in paragraph.iter(f"{WORD}fldSimple")]
        if found := FETCHING.search("".join(texts)):
            raise TemplateFault(
                _("The template holds the field %(field)s, which fetches something: delete it.")
                % {"field": found[1].upper()}
            )
