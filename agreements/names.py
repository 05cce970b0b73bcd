"""How a written name becomes a key, and which of several bearers of a name is meant. No database here."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache

from django.utils.translation import gettext as _

LONGEST = 300
LONG_WORD = 40
MARKS = re.compile("[\u0300-\u036f]")  # Latin marks only: Lao vowel signs lie elsewhere and stay
NOT_KEPT = re.compile("[^a-z0-9\u0e80-\u0eff]+")
LETTERS = str.maketrans({"đ": "d", "ð": "d", "ł": "l", "ø": "o"})
TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}  # huyền hỏi ngã sắc nặng
SHAPES = {"\u0306": "1", "\u0302": "2", "\u031b": "3"}  # ă · â ê ô · ơ ư

PROVINCE, CITY = "province", "city"
PREFIXES = [
    ("thanh pho ", CITY),
    ("tp ", CITY),
    ("thu do ", CITY),
    ("do thanh ", CITY),
    ("tinh ", PROVINCE),
    ("t ", PROVINCE),
    ("ນະຄອນຫລວງ", CITY),
    ("ນະຄອນ", CITY),
    ("ແຂວງ", PROVINCE),
    ("capital ", CITY),
]
SUFFIXES = [(" province", PROVINCE), (" prefecture", CITY), (" capital", CITY), (" city", CITY)]


class UnknownName(ValueError):
    """Nobody bears this name; `suggestions` are the nearest ones (at most 5)."""

    def __init__(self, text, suggestions=()):
        self.text, self.suggestions = text, list(suggestions)
        super().__init__(self.sentence())

    def sentence(self):
        if self.suggestions:
            return _("“%(name)s” is not known. Perhaps: %(choices)s?") % {
                "name": shown(self.text),
                "choices": "; ".join(self.suggestions),
            }
        return _("“%(name)s” is not known: check the spelling, or enter it first.") % {
            "name": shown(self.text)
        }


class AmbiguousName(ValueError):
    """Several bear this name; `choices` are the labels to choose from."""

    def __init__(self, text, choices):
        self.text, self.choices = text, list(choices)
        super().__init__(
            _("“%(name)s” may be %(choices)s: write which one.")
            % {"name": shown(text), "choices": _(" or ").join(self.choices)}
        )


@dataclass(frozen=True)
class Candidate:
    """One that may be meant: `id`, its `kind`, the days between which it existed (None: open), its `label`."""

    id: int
    label: str
    kind: str = ""
    first: date | None = None
    last: date | None = None

    def existed(self, on):
        return (self.first is None or self.first <= on) and (self.last is None or on <= self.last)


def shown(text):
    return text if len(text) <= 60 else f"{text[:59]}…"


def normalise(text):
    """NFC, one kind of space, nothing invisible."""
    text = re.sub(
        "[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]", "", unicodedata.normalize("NFC", text)
    )
    return re.sub(r"\s+", " ", text).strip()


def fold(text):
    """Lower case without accents, words apart: what is searched. đ and ð are d; ຫຼ is ຫລ."""
    words = (fold_word(word) if len(word) < LONG_WORD else folded(word) for word in text.split())
    return " ".join(filter(None, words))


@lru_cache(maxsize=8_192)
def fold_word(word):
    """`folded`, kept at hand: a language has few words, and they come again and again."""
    return folded(word)


def folded(word):
    """`fold` of a text without spaces."""
    word = unicodedata.normalize("NFKC", word).casefold().translate(LETTERS)
    word = MARKS.sub("", unicodedata.normalize("NFD", word)).replace("ຫຼ", "ຫລ")
    return NOT_KEPT.sub(" ", word).strip()


def key(text):
    """`fold` without spaces: "Luông-pha-băng" and "luong phabang" are one."""
    return fold(text).replace(" ", "")


def likeness(one, other):
    """How near two written names are, from 0 to 1; at least 0.8 where the words of one stand within the other."""
    one, other = sorted((fold(one), fold(other)), key=len)
    ratio = SequenceMatcher(None, one.replace(" ", ""), other.replace(" ", "")).ratio()
    if not one:
        return 0
    within = len(one) > 3 and f" {one} " in f" {other} "
    return max(ratio, 0.8) if within else ratio


def bare(text):
    """(key without "tỉnh", "TP.", "province" …, the kind those words say or "")."""
    folded = fold(text)
    for words, kind in PREFIXES:
        if folded.startswith(words):
            return folded.removeprefix(words).replace(" ", ""), kind
    for words, kind in SUFFIXES:
        if folded.endswith(words):
            return folded.removesuffix(words).replace(" ", ""), kind
    return folded.replace(" ", ""), ""


def choose(text, candidates, on=None, today=None):
    """The one of `candidates` that `text` means on the day `on`.

    Without a date the one that exists today wins, else the last one that bore the name. Raises AmbiguousName
    when a date cannot decide.
    """
    unique = list({candidate.id: candidate for candidate in candidates}.values())
    if len(unique) > 1:
        day = on or today
        alive = [candidate for candidate in unique if day is None or candidate.existed(day)]
        unique = alive or latest(unique)
    if len(unique) > 1:
        raise AmbiguousName(text, sorted(candidate.label for candidate in unique))
    return unique[0]


def latest(candidates):
    """Those whose end is the last."""
    end = max(candidate.last or date.max for candidate in candidates)
    return [candidate for candidate in candidates if (candidate.last or date.max) == end]


class Register:
    """Names and who bears them, for any number of look-ups.

    `rows` are (text, Candidate); the same candidate comes with each of its names.
    """

    def __init__(self, rows):
        self.exact, self.keyed, self.labels = {}, {}, {}
        for text, candidate in rows:
            self.add(text, candidate)

    def add(self, text, candidate):
        self.exact.setdefault(normalise(text), []).append(candidate)
        self.keyed.setdefault(key(text), []).append(candidate)
        self.labels.setdefault(key(text), text)

    def bearers(self, text):
        """Candidates of a written name: by its exact text, by its key, by its key without "tỉnh", "TP." …"""
        name = normalise(text)
        if found := self.exact.get(name) or (key(name) and self.keyed.get(key(name))):
            return found
        stripped, kind = bare(name)
        found = self.keyed.get(stripped, []) if stripped else []
        return [candidate for candidate in found if kind in ("", candidate.kind)] or found

    def resolve(self, text, on=None, today=None):
        """The Candidate meant. Raises UnknownName or AmbiguousName (both ValueErrors)."""
        if len(text) > LONGEST:
            raise UnknownName(text)
        found = self.bearers(text)
        if not found:
            raise UnknownName(text, self.suggestions(text))
        return choose(text, found, on, today)

    def suggestions(self, text):
        near = get_close_matches(bare(text)[0], self.labels, n=5, cutoff=0.7)
        return list(dict.fromkeys(self.labels[one] for one in near))


def letters(word):
    """(base letter, shape, tone) of each letter of a word in NFKC and lower case."""
    found = []
    for character in unicodedata.normalize("NFD", word.replace("đ", "d\u0306").replace("ð", "d\u0306")):
        if character in TONES and found:
            found[-1][2] = TONES[character]
        elif character in SHAPES and found:
            found[-1][1] = SHAPES[character]
        elif not MARKS.match(character):
            found.append([character, "0", "0"])
    return found


def letter_key(base, shape):
    if base.isdecimal() and base.isascii():
        return f"1{base}"
    if "\u0e80" <= base <= "\u0eff":
        return f"zz{ord(base) - 0x0E80:03d}"
    return base + shape if base.isascii() else "z9"


def sort_key(text):
    """A key of [0-9a-z] whose byte order is the Vietnamese order, on every database and collation.

    Word by word; a ă â, d đ, e ê, o ô ơ, u ư are letters of their own; then the tones ngang huyền hỏi ngã sắc
    nặng; digits come first, Lao letters last.
    """
    written = re.split(r"[\W_]+", unicodedata.normalize("NFKC", text).casefold())
    words = [letters(word) for word in written if word]
    primary = "0".join("".join(letter_key(base, shape) for base, shape, _tone in word) for word in words)
    tones = "".join(max((tone for _base, _shape, tone in word), default="0") for word in words)
    return f"{primary}00{tones}"


def person_sort_key(text, country=""):
    """As `sort_key`, given name first: the last word of a Vietnamese name, the first of others."""
    words = text.split()
    if country == "VN" and len(words) > 1:
        words = [words[-1], *words[:-1]]
    return sort_key(" ".join(words))
