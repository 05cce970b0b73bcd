"""Text that was garbled before it came: old Vietnamese fonts, and UTF-8 once read as windows-1252.

TCVN3 and VNI kept Vietnamese letters under the codes of others ("tÕt", "Vieät"); misread text shows "ViÃªng". A file
is judged as a whole, because a register may hold an odd text, and what it gives out must come in again: one with
several such words, which are many beside its proper letters, is refused; else they are told, and read.
"""

import re
from collections import Counter
from itertools import islice

from django.utils.translation import gettext as _

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
RARE, DIFFERENT = 0.05, 2
"""Such words are chance where so few come on each letter that only Unicode has, or where it is one word."""
ENOUGH = 5000
"""Proper letters that are counted in a piece without such words."""
SHOWN = 20
LONGEST = 400
"""Bytes in which a word ends."""
ENDS = (b" ", b"\n", b"\t", b",", b";", b"<", b">", b"|", b'"')
CELLS = re.compile('[\r\n\t,;<>|"]|\\s{2,}')
BREAKS = re.compile('[ \r\n\t,;<>|"()“”‘’…:]')
NO_WORD = re.compile("[%@#_=+*/\\\\{}\\[\\]^~&\u0102\u0103\u0110\u0111\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")
"""Signs, and letters that only Unicode has, within a word."""
SORTS = {"misread": MISREAD, "TCVN3 (ABC, .VnTime)": TCVN3, "VNI": VNI}


class Garbled:
    """What looks garbled in a file that is fed piece by piece, as UTF-8."""

    def __init__(self):
        self.words = {sort: Counter() for sort in SORTS}
        self.proper, self.torn, self.first = 0, b"", {}

    def feed(self, piece):
        """Look through a piece; the word at its end is kept for the next."""
        whole = self.torn + piece
        cut = max(whole.rfind(one, -LONGEST) for one in ENDS) + 1
        if not cut and len(whole) > LONGEST:
            cut = len(whole)
        self.torn = whole[cut:]
        self.search(whole[:cut])

    def end(self):
        """There is no more; or what comes is another text."""
        torn, self.torn = self.torn, b""
        self.search(torn)

    def search(self, piece):
        if piece.isascii():
            return
        suspect = SUSPECT.search(piece) or (b"\xc2" in piece and SUSPECT_SIGN.search(piece))
        self.proper += sum(1 for _one in islice(PROPER.finditer(piece), None if suspect else ENOUGH))
        for sort, pattern in SORTS.items() if suspect else ():
            for match in pattern.finditer(piece):
                if word := found(sort, piece, match):
                    self.words[sort][word] += 1
                    self.first.setdefault(sort, around(piece, match, CELLS))

    def sentence(self):
        """Why the file is refused, or ""."""
        self.end()
        for sort, words in self.words.items():
            if len(words) < DIFFERENT or sum(words.values()) <= RARE * self.proper:
                continue
            return sentence_of(sort, self.first[sort])
        return ""

    def odd(self):
        """Words that look garbled, some of them."""
        self.end()
        return list(dict.fromkeys(word for words in self.words.values() for word in words))[:SHOWN]


def warning(words):
    """The sentence about words that look garbled in a file that is read."""
    listed = ", ".join(f"“{word}”" for word in words)
    sentence = _(
        "These words look garbled, or written for an old font: %(words)s. They are read as they are: check them."
    )
    return sentence % {"words": listed}


def sentence_of(sort, word):
    if sort == "misread":
        return _(
            "“%(text)s” was garbled when the file was saved: save the original again as “CSV UTF-8” or .xlsx."
        ) % {"text": word}
    return _("“%(text)s” is written for a font of %(font)s: convert the file to Unicode, then try again.") % {
        "text": word, "font": sort,
    }  # fmt: skip


def found(sort, piece, match):
    """The word around a match, or "" where it is none that such a text would hold."""
    word = around(piece, match, BREAKS)
    if NO_WORD.search(word) or (sort == "misread" and not misread(piece[match.start() : match.start() + 12])):
        return ""
    return word


def around(piece, match, breaks):
    """The text around a match up to the next breaks, at most some 60 characters."""
    before = piece[max(match.start() - 40, 0) : match.start()].decode("utf-8", "ignore")
    after = piece[match.end() : match.end() + 40].decode("utf-8", "ignore")
    return (breaks.split(before)[-1] + match[0].decode("utf-8", "ignore") + breaks.split(after)[0]).strip()


def misread(piece):
    """Whether the first letters are those of one that such files hold."""
    text = piece.decode("utf-8", "ignore")
    for length in (2, 3):
        raw = b"".join(map(western, text[:length]))
        try:
            letter = raw.decode()
        except UnicodeDecodeError:
            continue
        return letter in VIETNAMESE or letter < "\u0180" or "\u0e00" <= letter < "\u1800"
    return False


def western(letter):
    """The byte that windows-1252 shows as this letter."""
    for encoding in ("windows-1252", "latin-1"):
        try:
            return letter.encode(encoding)
        except UnicodeEncodeError:
            continue
    return b"?"
