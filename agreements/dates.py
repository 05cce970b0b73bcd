"""Dates with a precision, as offices write them, kept as EDTF text (ISO 8601-2) with first and last day.

Only the forms the field needs: a day, a month, a year; each with an inferred year (`2022?-08-27`) or inferred
as a whole (`2022-08-27?`); intervals of any two of them, and open ends (`../2024-12-31`, `2025-07-01/..`).
Always day first: 5/6/2026 is 5 June.
"""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

EARLIEST, LATEST = 1900, 2200
LONGEST = 100
OPEN = ".."
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}

POINT = re.compile(r"(?P<year>\d{4})(?P<guessed>\?)?(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?(?P<unsure>\?)?")
YEAR = r"\[?(?P<year>\d{4})\]?(?P<unsure>\?)?"
SPELLINGS = [
    re.compile(pattern)
    for pattern in (
        r"(?P<year>\d{4})(?P<guessed>\?)?-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?P<unsure>\?)?(?:[t ]\d{1,2}:.*)?",
        r"(?P<year>\d{4})(?P<guessed>\?)?-(?P<month>\d\d)(?P<unsure>\?)?",
        rf"(?:ngày )?(?P<day>\d{{1,2}})(?P<mark>[/.-])(?P<month>\d{{1,2}})(?P=mark){YEAR}",
        rf"(?:ngày )?(?P<day>\d{{1,2}}) (?:tháng|thg) ?(?P<month>\d{{1,2}})(?:,| năm)? {YEAR}",
        rf"(?:ngày )?(?P<day>\d{{1,2}}) (?:tháng|thg) ?(?P<month>\d{{1,2}})[/-]{YEAR}",
        rf"(?:tháng|thg)? ?(?P<month>\d{{1,2}})[/.-]{YEAR}",
        rf"(?:tháng|thg) ?(?P<month>\d{{1,2}})(?:,| năm)? {YEAR}",
        rf"(?:năm )?{YEAR}",
    )
]
YEARLESS = re.compile(r"(?:ngày )?\d{1,2}(?:[/.-]| tháng )\d{1,2}")
SHORT_YEAR = re.compile(r"(?:ngày )?\d{1,2}[/.-]\d{1,2}[/.-]\d{2}")
QUARTER = re.compile(rf"quý (?P<part>[ivx]+|\d)(?:[/,-]| năm)? ?{YEAR}")
HALF = re.compile(rf"(?:6|sáu) tháng (?P<part>đầu|cuối) (?:của )?(?:năm )?{YEAR}")
DAYS = re.compile(rf"(?:ngày )?(?P<from>\d{{1,2}}) ?- ?(?P<to>\d{{1,2}})/(?P<month>\d{{1,2}})/{YEAR}")
MONTHS = re.compile(rf"(?:tháng )?(?P<from>\d{{1,2}}) ?- ?(?P<to>\d{{1,2}})/{YEAR}")
UNTIL = re.compile(r"(?:đến|tới)(?: hết)?(?: ngày)? (?P<end>.+)")
SINCE = re.compile(r"(?:từ|kể từ)(?: ngày)? (?P<begin>.+)")


class DateError(ValueError):
    """A date that cannot be read; its text is one sentence: what is wrong, what to do."""


@dataclass(frozen=True)
class Edtf:
    """A date with its precision: canonical EDTF `text`, `first` and `last` day (None: open or not known)."""

    text: str
    first: date | None = None
    last: date | None = None

    def __bool__(self):
        return bool(self.text)

    @property
    def precision(self):
        """ "day", "month", "year", "period", or "" when nothing is known."""
        if not self.text:
            return ""
        return "period" if "/" in self.text else {0: "year", 1: "month", 2: "day"}[self.text.count("-")]

    @property
    def inferred(self):
        """Whether any part was concluded by us and is not printed in the source."""
        return "?" in self.text


def parse(text, *, periods=True):
    """Read a date as staff or systems write it.

    `text` is a str, a date or a datetime; "" and None give an empty Edtf. With `periods=False` intervals are
    refused. Raises DateError with one sentence.
    """
    if isinstance(text, datetime):
        text = text.date()
    if isinstance(text, date):
        return Edtf(text.isoformat(), text, text)
    plain = simplified(text or "")
    if not plain:
        return Edtf("")
    result = read(plain, str(text).strip()[:LONGEST])
    if result.precision == "period" and not periods:
        raise DateError(_("“%(value)s” is a period: write a single date here.") % {"value": shown(text)})
    return result


def simplified(text):
    """NFC, lower case, one kind of dash and space, so that every spelling below is written once."""
    text = str(text)
    if len(text) > LONGEST:
        raise DateError(_("“%(value)s…” is too long for a date.") % {"value": text[:30]})
    text = unicodedata.normalize("NFKC", text).casefold()
    text = re.sub("[\u2010-\u2015\u2212]", "-", text)
    text = re.sub(r"[\s\u200b\ufeff]+", " ", text).strip(" ;,")
    text = re.sub(r"^(?:giai đoạn|thời kỳ|thời kì|nhiệm kỳ|trong|khoảng thời gian) ", "", text)
    return re.sub(r" ?([/.]) ?(?=\d|\[)", r"\1", text)


def read(plain, written):
    single = read_point(plain, written)
    return single if single is not None else read_period(plain, written)


def read_point(plain, written):
    """One date of any precision, or None when `plain` is none."""
    if plain.startswith("[") and plain.endswith("]") and "/" in plain:  # all of it inferred
        inner = read_point(plain[1:-1], written)
        return inner and point(inner.text.rstrip("?") + "?", written)
    for pattern in SPELLINGS:
        if match := pattern.fullmatch(plain):
            return point(canonical(match, guessed="[" in match.group()), written)
    if SHORT_YEAR.fullmatch(plain):
        raise DateError(_("“%(value)s”: write the year with four digits.") % {"value": shown(written)})
    if YEARLESS.fullmatch(plain):
        raise DateError(
            _("“%(value)s” has no year: add it, in brackets if it is inferred, as 27/8/[2022].")
            % {"value": shown(written)}
        )
    return None


def canonical(match, guessed=False):
    """EDTF text of a matched spelling; brackets around the year mean that the year is inferred."""
    parts = match.groupdict()
    day, month = parts.get("day"), parts.get("month")
    guessed = guessed or parts.get("guessed")
    rest = "".join(f"-{int(part):02d}" for part in (month, day) if part)
    if not rest:
        return parts["year"] + ("?" if guessed or parts.get("unsure") else "")
    return parts["year"] + ("?" if guessed else "") + rest + ("?" if parts.get("unsure") else "")


def point(text, written):
    """The Edtf of one canonical date; refuses days, months and years that do not exist."""
    match = POINT.fullmatch(text)
    year, month, day = (int(match[name]) if match[name] else None for name in ("year", "month", "day"))
    if not EARLIEST <= year <= LATEST:
        raise DateError(
            _("“%(value)s”: a year between 1900 and 2200 is expected.") % {"value": shown(written)}
        )
    if month is not None and not 1 <= month <= 12:
        raise DateError(
            _("“%(value)s”: there is no month %(month)s; write day/month/year.")
            % {"value": shown(written), "month": month}
        )
    length = monthrange(year, month or 12)[1]
    if day is not None and not 1 <= day <= length:
        raise DateError(
            _("“%(value)s”: month %(month)s of %(year)s has no day %(day)s.")
            % {"value": shown(written), "month": month, "year": year, "day": day}
        )
    return Edtf(text, date(year, month or 1, day or 1), date(year, month or 12, day or length))


def read_period(plain, written):
    for pattern, ends in ((QUARTER, quarter), (HALF, half), (DAYS, days_of_month), (MONTHS, months_of_year)):
        if match := pattern.fullmatch(plain):
            return interval(*(point(end, written) for end in ends(match)), written)
    begin, slash, end = plain.partition("/")
    if slash and POINT.fullmatch(begin) and POINT.fullmatch(end):  # as stored
        return interval(point(begin, written), point(end, written), written)
    if plain.startswith("../"):
        return interval(None, end_of(plain[3:], written), written)
    if plain.endswith("/.."):
        return interval(end_of(plain[:-3], written), None, written)
    if match := UNTIL.fullmatch(plain):
        return interval(None, end_of(match["end"], written), written)
    if between := read_between(plain, written):
        return between
    if match := SINCE.fullmatch(plain):
        return interval(end_of(re.sub(r" (?:đến nay|trở đi)$", "", match["begin"]), written), None, written)
    raise unreadable(written)


def read_between(plain, written):
    """The first cut into two readable dates; months and years may stand without "tháng", "năm"."""
    for begin, end in splits(plain):
        first, last = attempt(begin, written), attempt(end, written)
        if first and last:
            return interval(first, last, written)
    return None


def splits(plain):
    """Every way to cut a text in two at a dash, a slash before a year, or "đến"."""
    text = re.sub(r"^từ (?:ngày )?", "", plain)
    for match in re.finditer(r" ?- ?|/(?=\d{4})| (?:đến|tới)(?: hết)?(?: ngày)? ", text):
        yield text[: match.start()], text[match.end() :]


def attempt(plain, written):
    try:
        return read_point(plain.strip(), written)
    except DateError:
        return None


def end_of(plain, written):
    found = read_point(plain.strip(), written)
    if found is None:
        raise unreadable(written)
    return found


def quarter(match):
    number = ROMAN.get(match["part"])
    if number is None:
        raise unreadable(match.group())
    return f"{match['year']}-{3 * number - 2:02d}", f"{match['year']}-{3 * number:02d}"


def half(match):
    return (
        (f"{match['year']}-01", f"{match['year']}-06")
        if match["part"] == "đầu"
        else (f"{match['year']}-07", f"{match['year']}-12")
    )


def days_of_month(match):
    guessed = "?" if "[" in match.group() else ""
    return tuple(
        f"{match['year']}{guessed}-{int(match['month']):02d}-{int(match[side]):02d}"
        for side in ("from", "to")
    )


def months_of_year(match):
    guessed = "?" if "[" in match.group() else ""
    return tuple(f"{match['year']}{guessed}-{int(match[side]):02d}" for side in ("from", "to"))


def interval(begin, end, written):
    """The Edtf from `begin` to `end`; None is an open end."""
    if begin and end and end.last < begin.first:
        raise DateError(_("“%(value)s” ends before it begins: check both dates.") % {"value": shown(written)})
    text = f"{begin.text if begin else OPEN}/{end.text if end else OPEN}"
    return Edtf(text, begin and begin.first, end and end.last)


def unreadable(written):
    return DateError(
        _("“%(value)s” is no date: write 27/8/2022, 8/2022, 2022 or 2022–2025.") % {"value": shown(written)}
    )


def shown(value):
    text = str(value)
    return text if len(text) <= 40 else f"{text[:39]}…"


def bounds(text):
    """(first, last) day of canonical EDTF `text`; None where open or not known."""
    found = parse(text)
    return found.first, found.last


def display(text):
    """EDTF text as offices write it: 27/8/2022 · 27/8/[2022] · 11/2019–2021 · đến 31/12/2024."""
    if not text:
        return ""
    begin, slash, end = text.partition("/")
    if not slash:
        return display_point(text)
    if begin == OPEN:
        return f"đến {display_point(end)}"
    if end == OPEN:
        return f"từ {display_point(begin)}"
    return f"{display_point(begin)}–{display_point(end)}"


def display_point(text):
    match = POINT.fullmatch(text)
    if match is None:
        return text
    year = (
        f"[{match['year']}]"
        if match["guessed"] or (match["unsure"] and not match["month"])
        else match["year"]
    )
    shown_text = "/".join([*(str(int(match[name])) for name in ("day", "month") if match[name]), year])
    return f"[{shown_text}]" if match["unsure"] and match["month"] else shown_text


def relation(first, last, start, end):
    """How a date stands to the period from `start` to `end`: "certain", "possible", "outside" or "undated".

    Certain: it lies within whatever its exact day; possible: it overlaps. An open end reaches for ever.
    """
    if first is None and last is None:
        return "undated"
    low, high = first or date.min, last or date.max
    if low >= start and high <= end:
        return "certain"
    return "possible" if low <= end and high >= start else "outside"
