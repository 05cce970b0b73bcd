"""Numbers and amounts as Vietnamese offices write them: 1.000.000,5 · 300 triệu đồng · hơn 5 tỷ · 02 máy thở."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

LONGEST = 100
WHOLE_DIGITS, DECIMALS = 13, 2
SCALES = {
    "nghìn": 1_000,
    "ngàn": 1_000,
    "triệu": 1_000_000,
    "tr": 1_000_000,
    "tỷ": 1_000_000_000,
    "tỉ": 1_000_000_000,
}
QUALIFIERS = {
    "hơn": "more_than",
    "trên": "more_than",
    ">": "more_than",
    "gần": "nearly",
    "<": "nearly",
    "khoảng": "about",
    "chừng": "about",
    "ước": "about",
    "~": "about",
    "≈": "about",
}
QUALIFIER = re.compile(r"(?P<word>hơn|trên|gần|khoảng|chừng|ước|[<>~≈]) ?")
SCALE = "|".join(SCALES)
NUMBER = r"-?\d[\d.,]*"
TERM = re.compile(rf"(?P<number>{NUMBER})(?: ?(?P<scales>(?:(?:{SCALE})\b ?)+))?")
CURRENCY_FIRST = re.compile(rf"(?P<unit>[a-z]{{3}}|[$€¥₫]) ?(?P<rest>{NUMBER}.*)")
VIETNAMESE = re.compile(r"-?(?:[1-9]\d{0,2}(?:\.\d{3})+|\d+)(?:,\d+)?")
ENGLISH = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
POINT_DECIMALS = re.compile(r"-?\d+\.\d{1,2}")
READS_BOTH_WAYS = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")
COMMA_AND_THREE = re.compile(r"-?[1-9]\d{0,2},\d{3}")


class NumberError(ValueError):
    """A number that cannot be read; its text is one sentence: what is wrong, what to do."""


@dataclass(frozen=True)
class Quantity:
    """A number with what was said around it.

    `qualifier`: exactly, more_than, nearly, about. `unit_text`: the words after (or the currency before) the
    number. `ambiguous`: “1.500” is read as 1500, yet may be meant as one and a half by a foreign file.
    """

    value: Decimal
    qualifier: str = "exactly"
    unit_text: str = ""
    ambiguous: bool = False


def parse(text):
    """Read a number as staff write it; int, float and Decimal pass through.

    Raises NumberError with one sentence: empty, no number, scientific notation, more than 13 digits before
    or 2 after the comma, or a spelling that reads both ways.
    """
    if isinstance(text, bool) or text is None:
        raise unreadable(text)
    if isinstance(text, int | float | Decimal):
        return Quantity(within_limits(Decimal(str(text)), text))
    plain = simplified(text)
    match = QUALIFIER.match(plain)
    qualifier = QUALIFIERS[match["word"]] if match else "exactly"
    value, unit, ambiguous = measure(plain[match.end() :] if match else plain, text)
    return Quantity(within_limits(value, text), qualifier, unit, ambiguous)


def simplified(text):
    """NFC, lower case; blanks between groups of digits are dropped."""
    if len(text) > LONGEST:
        raise NumberError(_("“%(value)s…” is too long for a number.") % {"value": text[:30]})
    plain = unicodedata.normalize("NFKC", text).casefold().replace("\u2212", "-")
    plain = re.sub(r"\s+", " ", plain).strip()
    return re.sub(r"(?<=\d) (?=\d{3}(?!\d))", "", plain)


def measure(plain, written):
    """(value, unit text, ambiguous) of a number without its qualifier; "1 tỷ 200 triệu" is added up."""
    if match := CURRENCY_FIRST.fullmatch(plain):
        value, unit, ambiguous = measure(match["rest"], written)
        if unit:
            raise unreadable(written)
        return value, match["unit"], ambiguous
    value, position, ambiguous, scaled = Decimal(0), 0, False, True
    while scaled and (match := TERM.match(plain, position)):
        amount, doubtful, scaled = scaled_amount(match, written)
        value, ambiguous, position = value + amount, ambiguous or doubtful, match.end()
        position += len(plain[position:]) - len(plain[position:].lstrip())
    if position == 0:
        raise unreadable(written)
    return value, unit_after(plain[position:], written), ambiguous


def scaled_amount(match, written):
    number, doubtful = plain_number(match["number"], written)
    scales = (match["scales"] or "").split()
    for scale in scales:
        number *= SCALES[scale]
    return number, doubtful and not scales, bool(scales)


def unit_after(rest, written):
    """The unit in the text behind the number; digits there mean that the number was not understood."""
    if re.search(r"\d", rest.partition(" ")[0]) and not re.fullmatch(r"m[23²³]?", rest):
        raise unreadable(written)
    return rest.strip(" .")


def plain_number(digits, written):
    """(value, reads both ways) of digits, points and commas."""
    digits = digits.rstrip(".,") if not digits.endswith((",,", "..")) else digits
    if COMMA_AND_THREE.fullmatch(digits):
        raise NumberError(
            _(
                "“%(value)s” reads both ways: write %(thousands)s for thousands, or drop the last zero of a decimal."
            )
            % {"value": shown(written), "thousands": digits.replace(",", ".")}
        )
    if VIETNAMESE.fullmatch(digits):
        return Decimal(digits.replace(".", "").replace(",", ".")), bool(READS_BOTH_WAYS.fullmatch(digits))
    if ENGLISH.fullmatch(digits):
        return Decimal(digits.replace(",", "")), False
    if POINT_DECIMALS.fullmatch(digits):
        return Decimal(digits), False
    raise unreadable(written)


def within_limits(value, written):
    if not value.is_finite():
        raise unreadable(written)
    value = value.normalize()
    _sign, digits, exponent = value.as_tuple()
    if len(digits) + exponent > WHOLE_DIGITS or -exponent > DECIMALS:
        raise NumberError(
            _("“%(value)s”: at most 13 digits before the comma and 2 behind it are kept.")
            % {"value": shown(written)}
        )
    return value.quantize(Decimal(1)) if exponent > 0 else value


def unreadable(written):
    return NumberError(
        _("“%(value)s” is no number: write 1.500.000, 1.500.000,5 or 300 triệu.") % {"value": shown(written)}
    )


def shown(value):
    text = str(value)
    return text if len(text) <= 40 else f"{text[:39]}…"


def display(value):
    """1.500.000 or 1.500.000,5; "" for None: unknown is not zero."""
    if value is None:
        return ""
    text = f"{Decimal(value):,.2f}".rstrip("0").rstrip(".")
    return text.replace(",", " ").replace(".", ",").replace(" ", ".")
