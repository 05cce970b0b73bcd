"""Bytes → text for CSV. What no encoding can save is refused (see garbled.py).

Unicode is recognised for certain. An 8-bit file may be windows-1258 or windows-1252, which only a reader can
tell: the doubt is reported with five rows in each reading.
"""

import codecs
import io
import re
import unicodedata
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from .garbled import VIETNAMESE, Garbled

BOMS = [(codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")]
EIGHT_BIT = ["windows-1258", "windows-1252"]
KNOWN = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", *EIGHT_BIT]
PIECE, HEAD = 1024 * 1024, 256 * 1024
SAMPLES, SAMPLE_WIDTH = 5, 200
ETHS = str.maketrans("Ðð", "Đđ")  # windows-1252 has Icelandic letters where windows-1258 has these


class SheetError(ValueError):
    """A file that cannot be read as a whole; its text is one sentence."""


@dataclass(frozen=True)
class Decoded:
    """How a file is encoded: `certain`, or the first of `alternatives` as long as nobody has chosen.

    `samples` are {encoding: up to five rows with letters that depend on it}; `odd` are words that look garbled, in a
    file that as a whole does not; `text` is filled by `decode` only.
    """

    encoding: str
    certain: bool = True
    alternatives: list = field(default_factory=list)
    samples: dict = field(default_factory=dict)
    odd: list = field(default_factory=list)
    text: str = ""


def decode(content, encoding=""):
    """The Decoded of some bytes with its text; an `encoding` forces one. Raises SheetError with one sentence."""
    found = recognise(io.BytesIO(content), encoding)
    text = mended(content.decode(found.encoding), found.encoding)
    return Decoded(found.encoding, found.certain, found.alternatives, found.samples, found.odd, text)


def mended(text, encoding):
    """NFC for an 8-bit text, whose tone marks stand apart, and Ð as Đ."""
    if encoding not in EIGHT_BIT:
        return text
    return unicodedata.normalize("NFC", text).translate(ETHS)


def recognise(stream, encoding=""):
    """How the bytes of a seekable `stream` are encoded, read piece by piece; Decoded without its text.

    Refuses NUL characters, a file in none of the known encodings, and one that is garbled.
    """
    stream.seek(0)
    head = stream.read(HEAD)
    if encoding:
        encoding = encoding.lower().replace("_", "-").replace("cp125", "windows-125")
        if encoding not in KNOWN:
            raise SheetError(
                _("“%(encoding)s” is no known encoding: choose %(choices)s.")
                % {"encoding": encoding[:40], "choices": ", ".join(["utf-8", "utf-16", *EIGHT_BIT])}
            )
        return Decoded(encoding, odd=check(stream, encoding))
    encoding = by_bom(head) or by_zeros(head) or "utf-8"
    try:
        return Decoded(encoding, odd=check(stream, encoding))
    except UndecodableError as error:
        if encoding != "utf-8" or nearly_utf8(head):
            raise
        return doubtful(stream, head, error)


def by_bom(head):
    return next((name for bom, name in BOMS if head.startswith(bom)), "")


def by_zeros(head):
    """UTF-16 without a mark: separators and line ends have a zero on one side, and only there."""
    if b"\0" not in head[:4096]:
        return ""
    sides = head[0:4096:2].count(0), head[1:4096:2].count(0)
    if (sides[0] and sides[1]) or sum(sides) < max(min(len(head), 4096) / 50, 2):
        return ""
    return "utf-16-be" if sides[0] else "utf-16-le"


class UndecodableError(SheetError):
    """Bytes that are not in the encoding that was tried."""


def check(stream, encoding):
    """Read all of a stream in one encoding; refuse what cannot be decoded, NUL, and a garbled file.

    Gives the words that look garbled in a file that does not.
    """
    stream.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    garbled = Garbled()
    while True:
        raw = stream.read(PIECE)
        try:
            text = decoder.decode(raw, final=not raw)
        except UnicodeError as error:  # also a UTF-16 without its mark
            raise UndecodableError(
                _("The file is not in %(encoding)s: in Excel choose “CSV UTF-8” when saving, then try again.")
                % {"encoding": encoding.removesuffix("-sig").upper()}
            ) from error
        if "\0" in text:
            raise holds_nul()
        garbled.feed(mended(text, encoding).encode("utf-8", "replace"))
        if not raw:
            return judged(garbled)


def judged(garbled):
    """The odd words of a file that is not garbled as a whole; SheetError for one that is."""
    if sentence := garbled.sentence():
        raise SheetError(sentence)
    return garbled.odd()


def holds_nul():
    return SheetError(
        _("The file holds NUL characters, so it is no CSV: save it in Excel as “CSV UTF-8”, then try again.")
    )


def nearly_utf8(head):
    """Whether a file is UTF-8 but for a few bytes: a damaged file, not one of another encoding."""
    text = head.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    return sum(1 for letter in text if letter > "\x7f") > 20 * wrong


def doubtful(stream, head, error):
    """The Decoded of an 8-bit file: windows-1258 first where its letters are those of Vietnamese."""
    if b"\0" in head:
        raise holds_nul()
    as_western = head.decode("windows-1252", "replace")
    vietnamese = share_of_vietnamese(mended(head.decode("windows-1258", "replace"), "windows-1258"))
    if vietnamese < 0.95:
        garbled = Garbled()
        garbled.feed(as_western.encode())
        judged(garbled)
    possible = []
    for encoding in EIGHT_BIT:
        try:
            check_bytes(stream, encoding)
        except UnicodeDecodeError:
            continue
        possible.append(encoding)
    if not possible:
        raise error
    samples = {encoding: sample_rows(head, encoding) for encoding in possible}
    return Decoded(possible[0], certain=False, alternatives=possible, samples=samples)


def check_bytes(stream, encoding):
    stream.seek(0)
    while raw := stream.read(PIECE):
        raw.decode(encoding)


def share_of_vietnamese(text):
    """The share of Vietnamese letters among those beyond ASCII."""
    beyond = [letter for letter in text if letter > "\x7f"]
    return sum(letter in VIETNAMESE for letter in beyond) / max(len(beyond), 1)


def sample_rows(head, encoding):
    """Up to five rows in which the encoding makes a difference."""
    rows = re.split(rb"[\r\n]+", head)
    telling = [row for row in rows if not row.isascii()][:SAMPLES]
    return [mended(row[:SAMPLE_WIDTH].decode(encoding, "replace"), encoding) for row in telling]
