"""The kinds of file that may be kept, and whether a file is what its ending says: by content, without macros."""

import zipfile

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SIGNATURES = {
    ".pdf": [b"%PDF-"],
    ".docx": [ZIP],
    ".xlsx": [ZIP],
    ".pptx": [ZIP],
    ".odt": [ZIP],
    ".ods": [ZIP],
    ".doc": [OLE],
    ".xls": [OLE],
    ".jpg": [b"\xff\xd8\xff"],
    ".jpeg": [b"\xff\xd8\xff"],
    ".png": [b"\x89PNG\r\n\x1a\n"],
    ".tif": [b"II*\x00", b"MM\x00*"],
    ".tiff": [b"II*\x00", b"MM\x00*"],
}
"""Each kind with what its content begins with. No .ppt: its macros cannot be told without unpacking them."""
MAIN_PARTS = {
    ".docx": b"wordprocessingml.document.main+xml",
    ".xlsx": b"spreadsheetml.sheet.main+xml",
    ".pptx": b"presentationml.presentation.main+xml",
}
"""What the list of contents names: files with macros and templates name another kind."""
OPEN_KINDS = {
    ".odt": b"application/vnd.oasis.opendocument.text",
    ".ods": b"application/vnd.oasis.opendocument.spreadsheet",
}
STREAMS = {".doc": ["WordDocument"], ".xls": ["Workbook", "Book"]}
"""What an old Office file holds by name: installers (.msi) and mails (.msg) begin with the same bytes."""
MACRO_PARTS = ("vbaproject", "vbadata", "macrosheets/", "activex/")
LARGEST_LIST = 1 << 20


class Disguised(ValueError):
    """The content is not what the ending says."""


class Macros(ValueError):
    """The file holds macros."""


def refuse_foreign(stream, suffix):
    """Raise Disguised or Macros where the content of `stream` is no plain file of the kind `suffix` (".docx")."""
    stream.seek(0)
    head = stream.read(16)
    if not any(head.startswith(signature) for signature in SIGNATURES[suffix]):
        raise Disguised
    stream.seek(0)
    if suffix in STREAMS:
        refuse_old_office(stream.read(), STREAMS[suffix])
    elif ZIP in SIGNATURES[suffix]:
        refuse_archive(stream, suffix)
    stream.seek(0)


def refuse_old_office(content, streams):
    """Names within an OLE file stand in it as UTF-16."""
    if not any(f"{name}\0".encode("utf-16-le") in content for name in streams):
        raise Disguised
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        raise Macros


def refuse_archive(stream, suffix):
    try:
        with zipfile.ZipFile(stream) as archive:
            names = [name.replace("\\", "/").lower() for name in archive.namelist()]
            if suffix in MAIN_PARTS:
                refuse_office(beginning(archive, "[Content_Types].xml"), names, MAIN_PARTS[suffix])
            else:
                refuse_open(beginning(archive, "mimetype"), names, OPEN_KINDS[suffix])
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise Disguised from error


def beginning(archive, name):
    """The first MiB of a part, whatever it would unpack to. Raises KeyError where there is none."""
    with archive.open(name) as part:
        return part.read(LARGEST_LIST)


def refuse_office(contents, names, main):
    if b"macroenabled" in contents.lower() or any(sign in name for name in names for sign in MACRO_PARTS):
        raise Macros
    if main not in contents:
        raise Disguised


def refuse_open(mimetype, names, kind):
    if mimetype.strip() != kind:
        raise Disguised
    if any(name.startswith(("basic/", "scripts/")) for name in names):
        raise Macros
