"""Bytes → text for CSV, and the texts that no encoding can save: old Vietnamese fonts, and text misread before.

Unicode is recognised for certain. An 8-bit file may be windows-1258 or windows-1252, which only a reader can
tell: the doubt is reported with five rows in each reading. TCVN3 and VNI kept Vietnamese letters under the codes of
others ("tÕt", "Vieät"), and UTF-8 once read as windows-1252 shows "ViÃªng": such text is refused, wherever it is.
"""

import codecs
import io
import re
import unicodedata
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

BOMS = [(codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")]
EIGHT_BIT = ["windows-1258", "windows-1252"]
KNOWN = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", *EIGHT_BIT]
PIECE, HEAD = 1024 * 1024, 256 * 1024
SAMPLES, SAMPLE_WIDTH = 5, 200
ETHS = str.maketrans("Ðð", "Đđ")  # windows-1252 has Icelandic letters where windows-1258 has these
VIETNAMESE = set("àáâãèéêìíòóôõùúýăđĩũơưÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯ“”‘’–—…«»₫§°² ") | {
    chr(code) for code in range(0x1EA0, 0x1EFA)
}


def either(letters):
    return b"|".join(letter.encode() for letter in letters)


# What follows Ã, Ä … where UTF-8 was misread; without the quotes, dashes and dots that may end a word: “XÃ”.
MISREAD_SECOND = either("€ƒ†‡ˆ‰Š‹Œ‚„ŽŸœžš˜›¡¢£¤¥¦¨©ª¬¯±´µ¶¸¹º¼½¾¿" + "".join(map(chr, range(0x80, 0xA0))))
MISREAD = (
    rb"[\x82-\x9f](?:%b)" % MISREAD_SECOND
    + rb"|[\xa0\xa1]\xc2[\xba\xbb](?!\xe2\x80[\x93-\xa6])(?:\xc2[\x80-\xbf]|\xc5|\xc6\x92|\xcb|\xe2)"
)
# TCVN3: a sign or a capital between small letters, and ® before one.
TCVN3_SIGN = (
    rb"(?<=[a-z]\xc2)[\xa8-\xac\xb5\xb6\xb8\xb9\xbb-\xbe](?=[a-z])|(?<=[a-z]\xc2)[\xb5\xb8](?=[ ,.;\n])"
    rb"|(?<![a-z0-9)]\xc2)\xae(?=[a-z\xc3])"
)
TCVN3_CAPITAL = rb"(?<=[a-z]\xc3)[\x86-\x96\x98\x9c-\x9e](?![A-Z])"
# VNI: a vowel and behind it the letter that stands for its marks.
VNI_MARK = (
    rb"(?<=[aeo]\xc3)[\xa2\xa4\xa5]|(?<=[ao]\xc3)\xb8|(?<=[ae]\xc3)[\xb5\xbb]"
    rb"|(?<=[AEO]\xc3)[\x82\x84\x85]|(?<=[AO]\xc3)\x98|(?<=\xc3[\xb4\xb6]\xc3)[\xb8\xb9\xbb\xb5\xaf]"
)
SUSPECT = re.compile(rb"\xc3(?:%b|%b|%b)" % (MISREAD, TCVN3_CAPITAL, VNI_MARK))  # in one pass
SUSPECT_SIGN = re.compile(rb"\xc2(?:%b)" % TCVN3_SIGN)
MISREAD = re.compile(rb"\xc3(?:%b)" % MISREAD)
TCVN3 = re.compile(rb"\xc2(?:%b)|\xc3(?:%b)" % (TCVN3_SIGN, TCVN3_CAPITAL))
VNI = re.compile(rb"\xc3(?:%b)" % VNI_MARK)
PROPER = re.compile(rb"\xe1[\xba\xbb]|\xc4[\x83\x91]|\xc6[\xa1\xb0]")
RARE = 0.05
"""Signs of an old font are chance where so few come on each letter that only Unicode has."""
BREAKS = re.compile('[\r\n\t,;<>|"]|\\s{2,}')


class SheetError(ValueError):
    """A file that cannot be read as a whole; its text is one sentence."""


@dataclass(frozen=True)
class Decoded:
    """How a file is encoded: `certain`, or the first of `alternatives` as long as nobody has chosen.

    `samples` are {encoding: up to five rows with letters that depend on it}; `text` is filled by `decode` only.
    """

    encoding: str
    certain: bool = True
    alternatives: list = field(default_factory=list)
    samples: dict = field(default_factory=dict)
    text: str = ""


def decode(content, encoding=""):
    """The Decoded of some bytes with its text; an `encoding` forces one. Raises SheetError with one sentence."""
    found = recognise(io.BytesIO(content), encoding)
    text = mended(content.decode(found.encoding), found.encoding)
    return Decoded(found.encoding, found.certain, found.alternatives, found.samples, text)


def mended(text, encoding):
    """NFC for an 8-bit text, whose tone marks stand apart, and Ð as Đ."""
    if encoding not in EIGHT_BIT:
        return text
    return unicodedata.normalize("NFC", text).translate(ETHS)


def recognise(stream, encoding=""):
    """How the bytes of a seekable `stream` are encoded, read piece by piece; Decoded without its text.

    Refuses NUL characters, a file in none of the known encodings, old fonts and misread text.
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
        check(stream, encoding)
        return Decoded(encoding)
    encoding = by_bom(head) or by_zeros(head) or "utf-8"
    try:
        check(stream, encoding)
    except UndecodableError as error:
        if encoding != "utf-8" or nearly_utf8(head):
            raise
        return doubtful(stream, head, error)
    return Decoded(encoding)


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
    """Read all of a stream in one encoding; refuse what cannot be decoded, NUL, old fonts and misread text."""
    stream.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    torn = b""
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
        if not text.isascii() or torn:
            whole = torn + mended(text, encoding).encode("utf-8", "replace")
            refuse_fonts(whole)
            torn = whole[-64:] if raw else b""
        if not raw:
            return


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
        refuse_fonts(as_western.encode())
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


def refuse_fonts(piece):
    """Refuse UTF-8 bytes in which text was misread, or is written for an old Vietnamese font."""
    if piece.isascii() or not (SUSPECT.search(piece) or (b"\xc2" in piece and SUSPECT_SIGN.search(piece))):
        return
    if match := MISREAD.search(piece):
        raise SheetError(
            _(
                "“%(text)s” was garbled when the file was saved: save the original again as “CSV UTF-8” or .xlsx."
            )
            % {"text": around(piece, match)}
        )
    for pattern, font in ((TCVN3, "TCVN3 (ABC, .VnTime)"), (VNI, "VNI")):
        matches = list(pattern.finditer(piece))
        proper = len(PROPER.findall(piece)) if matches else 0
        if matches and (not proper or (len(matches) > 1 and len(matches) > RARE * proper)):
            raise SheetError(
                _(
                    "“%(text)s” is written for a font of %(font)s: convert the file to Unicode, then try again."
                )
                % {"text": around(piece, matches[0]), "font": font}
            )


def around(piece, match):
    """The text of the cell around a match, at most some 60 characters."""
    before = piece[max(match.start() - 40, 0) : match.start()].decode("utf-8", "ignore")
    after = piece[match.end() : match.end() + 40].decode("utf-8", "ignore")
    return (BREAKS.split(before)[-1] + match[0].decode("utf-8", "ignore") + BREAKS.split(after)[0]).strip()
