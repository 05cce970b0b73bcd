"""Dates with a precision, as offices write them, kept as EDTF text (ISO 8601-2) with first and last day.

Only the forms the field needs: a day, a month, a year; each with an inferred year (`2022?-08-27`) or inferred
as a whole (`2022-08-27?`); intervals of any two of them, and open ends (`../2024-12-31`, `2025-07-01/..`).
Always day first: 5/6/2026 is 5 June.

A spelling is read in two steps: REWRITES turn words into numbers and slashes ("ngày 27 tháng 8 năm 2022" into
27/8/2022), then a few patterns read the numbers.
"""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _

EARLIEST, LATEST = 1900, 2200
LONGEST = 100
OPEN = ".."

# Without accents, because a text is read without them. "năm" is the fifth month only where "năm" or a comma
# follows: "tháng năm 2022" may be a form whose month was left empty.
MONTHS_IN_WORDS = {
    "muoi mot": 11, "muoi hai": 12, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "nam(?= nam|,)": 5,
    "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
}  # fmt: skip
COUNTS_IN_WORDS = {"ba": 3, "sau": 6, "chin": 9}
QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
TIME = r"[t ]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?:z|[+-]\d\d:?\d\d)?$"

REWRITES = [
    (re.compile(pattern), replacement)
    for pattern, replacement in [
        (r"[\s\u200b-\u200d\u2060\ufeff]+", " "),
        ("[\u2010\u2011\u2212]", "-"),
        ("[\u2012-\u2015]| - | -|- ", "–"),  # kept apart from "-": 2019-11/2021 is not 2019–11/2021
        (" ?– ?", "–"),
        (r"^[ ;,]+|(?:[ ;,]|(?<![./])\.)+$", ""),
        (r"^(?:(?:trong|vao|(?:khoang )?thoi gian|giai doan|(?:thoi|nhiem) k[yi]|nam hoc):? )+", ""),
        (rf"(?:(?<=-\d\d)|(?<=/\d{{4}})){TIME}", ""),
        (r"(?<!\d)(\d{1,2}) ?\. ?(?=[\d\[])", r"\1/"),
        (r" ?/ ?(?=[\d\[])", "/"),
        (r"\b(?:thg|th|t)\b\.? ?(?=\d)|\b(?:thg|th|t)(?=\d)", "thang "),
        *((rf"(?<=\bthang ){word}\b", str(month)) for word, month in MONTHS_IN_WORDS.items()),
        (r"\b(\d{1,2}),? thang (?=\d)", r"\1/"),
        (r"\b(\d{1,2}),? (?:nam )?(?=\[?\d{4}\b)", r"\1/"),
        # "ngày 8/2022" lacks its day and keeps the word, so that it is refused
        (r"\b(?:ngay m[uo]ng|m[uo]ng|ngay) (?=\[?\d{1,2}\b)(?!\[?(?:\d{1,2}[–-])?\d{1,2}/\[?\d{4})", ""),
        (r"\bthang (?=\[?\d{1,2}\b)(?!\[?\d{1,2}/\d{1,2}/)", ""),
        (r"\b(?:cac )?nam (?=\[?\d{4}\b)", ""),
    ]
]

YEAR = r"(?P<guessed>\[)?(?P<year>\d{4})(?(guessed)\])(?P<unsure>\?)?"
MONTH = r"(?P<month>\d{1,2})"
DAY = r"(?P<day>\d{1,2})"
EDTF_POINT = re.compile(
    r"(?P<year>[0-9]{4})(?P<guessed>\?)?(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?(?P<unsure>\?)?"
)
USUAL = re.compile("(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})/(?P<year>[0-9]{4})")
POINTS = [
    EDTF_POINT,
    re.compile(rf"(?P<year>\d{{4}})(?P<mark>[/-]){MONTH}(?P=mark){DAY}"),
    re.compile(rf"{DAY}/{MONTH}[/-]{YEAR}"),
    re.compile(rf"{DAY}(?P<mark>[–-]){MONTH}(?P=mark){YEAR}"),
    re.compile(rf"{MONTH}[/–-]{YEAR}"),
    re.compile(YEAR),
]
BRACKETED = re.compile(r"\[(?P<inner>[^\[\]]+)\]")
YEARLESS = re.compile(r"\d{1,2}[/–-]\d{1,2}")
SHORT_YEAR = re.compile(r"\d{1,2}[/–-]\d{1,2}[/–-]\[?\d\d\]?|\d{4}–\d\d")

QUARTER = re.compile(rf"(?:qu[yi] |q)(?P<part>iv|i{{1,3}}|[1-4])[/, –-]{{1,2}}{YEAR}")
SOME_MONTHS = re.compile(
    rf"(?P<count>\d{{1,2}}|ba|sau|chin) thang (?P<part>dau|cuoi) (?:cua )?(?:nam )?{YEAR}"
)
FROM = re.compile(r"(?:ke )?tu ")
TO = r" (?:cho )?(?:den|toi)(?: het)? "
SINCE = re.compile(
    rf"(?:{FROM.pattern})?(?P<begin>\S+?)(?:/\.\.| tro di|(?:{TO}|[–-])nay)|{FROM.pattern}(?P<alone>\S+)"
)
UNTIL = re.compile(r"(?:\.\./|(?:cho )?(?:den|toi)(?: het)? )(?P<end>\S+)")
CUT = re.compile(rf"[–-]|{TO}")
BEGINNING = re.compile(r"\d{1,2}(?:[/-]\d{1,2})?")


class DateError(ValueError):
    """A date that cannot be read; its text is one sentence: what is wrong, what to do."""


class YearlessError(DateError):
    """A day and month without their year: someone must say it."""


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
        return "period" if "/" in self.text else ("year", "month", "day")[self.text.count("-")]

    @property
    def inferred(self):
        """Whether any part was concluded by us and is not printed in the source."""
        return "?" in self.text


def parse(text, *, periods=True):
    """Read a date as staff or systems write it.

    `text` is a str, a date, a datetime (its own date) or the number of a year; "" and None give an empty one.
    With `periods=False` intervals are refused. Raises DateError with one sentence.
    """
    if isinstance(text, float) and text.is_integer():  # a year in a cell of a workbook
        text = int(text)
    return parse_text("" if text is None else str(text).strip(), periods)


@lru_cache(maxsize=8192)
def parse_text(written, periods):
    """`parse` of a str; the same spellings come again and again, in a file and from the database."""
    if match := USUAL.fullmatch(written) or EDTF_POINT.fullmatch(written):
        return point(match.groupdict(), written)
    plain = simplified(written)
    if not plain:
        return Edtf("")
    found = read_point(plain, written) or read_period(plain, written)
    if found.precision == "period" and not periods:
        raise refusal(_("“%(value)s” is a period: write a single date here."), written)
    return found


def one_day(text):
    """Read one certain day as a date; None for an empty text. Raises DateError with one sentence."""
    found = parse(text, periods=False)
    if found and (found.precision != "day" or found.inferred):
        raise refusal(_("“%(value)s” is not one day: write it as 30/6/2023."), str(text).strip())
    return found.first


def simplified(text):
    """Lower case without accents, one kind of blank and dash, the usual words as numbers and slashes."""
    if len(text) > LONGEST:
        raise refusal(_("“%(value)s” is too long for a date: write 27/8/2022, 8/2022 or 2022–2025."), text)
    letters = unicodedata.normalize("NFKD", text).casefold().replace("đ", "d")
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    plain = re.sub(r"\d", lambda digit: str(int(digit[0])), plain)  # Lao and full-width digits too
    for pattern, replacement in REWRITES:
        plain = pattern.sub(replacement, plain)
    return plain


def read_point(plain, written):
    """One date of any precision, or None when `plain` is none."""
    for pattern in POINTS:
        if match := pattern.fullmatch(plain):
            return point(match.groupdict(), written)
    if match := BRACKETED.fullmatch(plain):
        inner = read_point(match["inner"], written)
        return inner and wholly_inferred(inner)
    if SHORT_YEAR.fullmatch(plain):
        raise refusal(_("“%(value)s”: write the year with four digits."), written)
    if YEARLESS.fullmatch(plain):
        sentence = _("“%(value)s” has no year: add it, in brackets if it is inferred, as 27/8/[2022].")
        raise YearlessError(str(refusal(sentence, written)))
    return None


def point(parts, written):
    """The Edtf of one date from its matched `parts`: year, month, day, guessed (year), unsure (all of it)."""
    year, month, day = (int(parts[name]) if parts.get(name) else None for name in ("year", "month", "day"))
    refuse_impossible(year, month, day, written)
    unsure = parts.get("unsure") or (parts.get("guessed") and not month)
    text = f"{year}?" if parts.get("guessed") and not unsure else f"{year}"
    text += "".join(f"-{part:02d}" for part in (month, day) if part) + ("?" if unsure else "")
    last_month = month or 12
    last_day = day or monthrange(year, last_month)[1]
    return Edtf(text, date(year, month or 1, day or 1), date(year, last_month, last_day))


def refuse_impossible(year, month, day, written):
    if not EARLIEST <= year <= LATEST:
        raise refusal(
            _("“%(value)s”: a year between %(earliest)s and %(latest)s is expected."),
            written, earliest=EARLIEST, latest=LATEST,
        )  # fmt: skip
    if month is not None and not 1 <= month <= 12:
        raise refusal(
            _("“%(value)s”: there is no month %(month)s; write day/month/year."), written, month=month
        )
    if day is not None and not 1 <= day <= monthrange(year, month)[1]:
        raise refusal(
            _("“%(value)s”: month %(month)s of %(year)s has no day %(day)s; correct the day or the month."),
            written, month=month, year=year, day=day,
        )  # fmt: skip


def wholly_inferred(found):
    """The same date or period, every end of it marked as inferred."""
    ends = (end if end == OPEN else end.replace("?", "") + "?" for end in found.text.split("/"))
    return replace(found, text="/".join(ends))


def read_period(plain, written):
    """A period in any spelling; raises DateError when `plain` is none."""
    if match := BRACKETED.fullmatch(plain):
        return wholly_inferred(read_period(match["inner"], written))
    for reader in (stored_period, part_of_year, open_period, closed_period):
        if found := reader(plain, written):
            return found
    raise refusal(_("“%(value)s” is no date: write 27/8/2022, 8/2022, 2022 or 2022–2025."), written)


def stored_period(plain, written):
    """An interval as EDTF has it: 2019-11/2021."""
    ends = [EDTF_POINT.fullmatch(end) for end in plain.split("/")]
    if len(ends) == 2 and all(ends):
        return interval(*(point(end.groupdict(), written) for end in ends), written)
    return None


def part_of_year(plain, written):
    """A quarter (quý II/2022), or the first or last months of a year (6 tháng đầu năm 2022)."""
    if match := QUARTER.fullmatch(plain):
        last = 3 * QUARTERS[match["part"]]
        months = last - 2, last
    elif match := SOME_MONTHS.fullmatch(plain):
        count = COUNTS_IN_WORDS.get(match["count"]) or int(match["count"])
        months = (1, count) if match["part"] == "dau" else (13 - count, 12)
    else:
        return None
    ends = (point({**match.groupdict(), "month": str(month)}, written) for month in months)
    return interval(*ends, written)


def open_period(plain, written):
    """A period with one open end: từ 1/7/2025, đến 31/12/2024, 2022 đến nay."""
    if match := UNTIL.fullmatch(plain):
        end = read_point(match["end"], written)
        return end and interval(None, end, written)
    if match := SINCE.fullmatch(plain):
        begin = read_point(match["begin"] or match["alone"], written)
        return begin and interval(begin, None, written)
    return None


def closed_period(plain, written):
    """A text cut in two at the first dash or "đến" between two dates; those of 27–29/8/2022 share a month."""
    refused = None
    text = FROM.sub("", plain, count=1) if FROM.match(plain) else plain
    for cut in CUT.finditer(text):
        try:
            last = read_point(text[cut.end() :], written)
            first = last and read_point(completed(text[: cut.start()], last), written)
        except DateError as error:
            refused = refused or error
            continue
        if first:
            return interval(first, last, written)
    if refused:
        raise refused
    return None


def completed(begin, last):
    """`begin` with the month and year that it leaves to the end of its period: the 27 of 27–29/8/2022."""
    end = EDTF_POINT.fullmatch(last.text)
    year = f"[{end['year']}]" if end["guessed"] else end["year"]
    behind = [*filter(None, (end["day"], end["month"])), year]
    own = re.split("[/-]", begin)
    if BEGINNING.fullmatch(begin) and len(own) < len(behind):
        return "/".join(own + behind[len(own) :])
    return begin


def interval(begin, end, written):
    """The Edtf from `begin` to `end`; None is an open end."""
    if begin and end and end.last < begin.first:
        raise refusal(_("“%(value)s” ends before it begins: check both dates."), written)
    text = f"{begin.text if begin else OPEN}/{end.text if end else OPEN}"
    return Edtf(text, begin and begin.first, end and end.last)


def refusal(sentence, written, **facts):
    value = written if len(written) <= 40 else f"{written[:39]}…"
    return DateError(sentence % {"value": value, **facts})


def bounds(text):
    """(first, last) day of EDTF `text`; None where open or not known."""
    found = parse(text)
    return found.first, found.last


def display(text):
    """EDTF text as offices write it: 27/8/2022 · 27/8/[2022] · 11/2019–2021 · đến 31/12/2024.

    `parse` reads it back to the same text. A text that is no EDTF is shown as it is.
    """
    begin, slash, end = (text or "").partition("/")
    if not slash:
        return display_point(begin)
    if begin == OPEN:
        return f"đến {display_point(end)}"
    if end == OPEN:
        return f"từ {display_point(begin)}"
    if not (EDTF_POINT.fullmatch(begin) and EDTF_POINT.fullmatch(end)):
        return text
    return f"{display_point(begin)}–{display_point(end)}"


def display_point(text):
    match = EDTF_POINT.fullmatch(text)
    if match is None:
        return text
    day, month, year = match["day"], match["month"], match["year"]
    if match["guessed"] or (match["unsure"] and not month):
        year = f"[{year}]"
    plain = "/".join([*(str(int(part)) for part in (day, month) if part), year])
    return f"[{plain}]" if match["unsure"] and month else plain


def overlaps(first, last, start, end):
    """Whether two stretches of days share one; None is an end that reaches for ever."""
    return (first or date.min) <= (end or date.max) and (start or date.min) <= (last or date.max)


def within(first, last, start, end):
    """Whether the days from `first` to `last` all lie between `start` and `end`; None reaches for ever."""
    return (start or date.min) <= (first or date.min) and (last or date.max) <= (end or date.max)


def relation(first, last, start, end):
    """How a date stands to the period from `start` to `end` (None: open).

    "certain": within it, whatever its exact day; "possible": it overlaps; "outside"; "undated".
    """
    if first is None and last is None:
        return "undated"
    if within(first, last, start, end):
        return "certain"
    return "possible" if overlaps(first, last, start, end) else "outside"
