"""Numbers and amounts as Vietnamese offices write them: 1.000.000,5 · 300 triệu đồng · hơn 5 tỷ · 02 đoàn."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from django.utils.translation import gettext as _

LONGEST = 100
WHOLE_DIGITS, DECIMALS = 13, 2
SCALES = {
    "chục": 10, "trăm": 100, "nghìn": 1_000, "ngàn": 1_000, "vạn": 10_000,
    "triệu": 1_000_000, "tr": 1_000_000, "tỷ": 1_000_000_000, "tỉ": 1_000_000_000,
    "nghin": 1_000, "trieu": 1_000_000, "ty": 1_000_000_000,
    "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000,
}  # fmt: skip
LAO_SCALES = {
    "ຮ້ອຍ": 100, "ພັນ": 1_000, "ໝື່ນ": 10_000, "ຫມື່ນ": 10_000, "ແສນ": 100_000,
    "ລ້ານ": 1_000_000, "ຕື້": 1_000_000_000,
}  # fmt: skip
QUALIFIERS = {
    "trên dưới": "about", "hơn": "more_than", "trên": "more_than", ">=": "more_than", ">": "more_than",
    "≥": "more_than", "gần": "nearly", "khoảng": "about", "chừng": "about", "ước tính": "about",
    "ước đạt": "about", "ước": "about", "xấp xỉ": "about", "~": "about", "≈": "about",
    "hon": "more_than", "tren": "more_than", "gan": "nearly", "khoang": "about",
}  # fmt: skip
DIGITS_IN_WORDS = (
    "không|một|mốt|hai|ba|bốn|tư|năm|lăm|sáu|bảy|tám|chín|mười|mươi|linh|lẻ|phẩy|rưỡi|chẵn|đồng|bằng chữ"
)


def pattern(text):
    return re.compile(text, re.IGNORECASE)


BLANK_GROUPS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?: \d{3})+(?!\d)")
IN_WORDS = pattern(rf" ?\((?:(?:{DIGITS_IN_WORDS}|{'|'.join(SCALES)})\b[ ,:]*)+\)")  # 05 (năm) tỷ đồng
OPENING = pattern(
    rf"(?P<qualifier>{'|'.join(QUALIFIERS)})? ?(?P<currency>[a-zđ]{{3}}|us\$|[$€¥₫₭])? ?(?P<sign>-)?(?=\d)"
)
SCALE = rf"(?:(?:{'|'.join(SCALES)})\b|{'|'.join(LAO_SCALES)})"
TERM = pattern(
    rf"(?P<number>\d(?:[\d.,]*\d)?)(?: ?(?P<scale>{SCALE})(?: ?(?P<of>{SCALE}))?(?P<half> rưỡi\b)?)? ?"
)
SCALE_LEFT = pattern(r"\b(?:nghìn|ngàn|triệu|tỷ|tỉ|nghin|trieu|thousand|million|billion)\b")  # "5 USD triệu"
# Behind a number these may be a part of it ("5 ti dong", "500k", 5–7, 5 và 7): never taken for a unit.
UNCLEAR = pattern(
    r"(?:ti(?! ?vi\b)|ngan|tram|chuc|rưỡi|ruoi|k|bn|mn|hundred|trillion)\b"
    r"|(?:[-–—~+x×*:/.,;]|(?:đến|den|tới|toi|hoặc|và|va|or|to|and)\b) ?\d"
    r"|e[+-]?\d"
)
UNIT_WITH_DIGIT = pattern(r"[kcd]?m[23]\b")

VIETNAMESE = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?")
ENGLISH = re.compile(r"[1-9]\d{0,2}(?:(?:,\d{3}){2,}(?:\.\d+)?|,\d{3}\.\d+)")
POINT_DECIMALS = re.compile(r"\d+\.\d{1,2}")  # from systems; no thousands, for these come in threes
POINT_AND_THREE = re.compile(r"[1-9]\d{0,2}\.\d{3}")
COMMA_AND_THREE = re.compile(r"[1-9]\d{0,2},\d{3}")


class NumberError(ValueError):
    """A number that cannot be read; its text is one sentence: what is wrong, what to do."""


@dataclass(frozen=True)
class Quantity:
    """A number with what was said around it.

    `qualifier`: exactly, more_than, nearly, about. `unit_text`: the words behind (or the currency before) the
    number. `ambiguous`: "1.500" is read as 1500, yet a foreign file may mean one and a half.
    """

    value: Decimal
    qualifier: str = "exactly"
    unit_text: str = ""
    ambiguous: bool = False


def parse(text):
    """Read a number as staff write it; int, float and Decimal pass through.

    Raises NumberError with one sentence: empty, no number, scientific notation, more than 13 digits before
    or 2 after the comma, or a spelling that may mean another number.
    """
    if isinstance(text, int | float | Decimal) and not isinstance(text, bool):
        number = Decimal(str(text)) if isinstance(text, float) else Decimal(text)
        return Quantity(within_limits(number, number))
    if not isinstance(text, str):
        raise unreadable(text)
    plain = simplified(text)
    opening = OPENING.match(plain)
    if opening is None:
        raise unreadable(text)
    value, ambiguous, end = amount(plain, opening.end(), text)
    return Quantity(
        within_limits(-value if opening["sign"] else value, text),
        QUALIFIERS[opening["qualifier"].lower()] if opening["qualifier"] else "exactly",
        unit(plain, end, opening["currency"] or "", text),
        ambiguous,
    )


def simplified(text):
    """NFKC, where every blank is one kind; without those between digits and without the number in words."""
    if len(text) > LONGEST:
        raise refusal(_("“%(value)s” is too long for a number: write 1.500.000 or 300 triệu."), text)
    plain = unicodedata.normalize("NFKC", text).replace("\u2212", "-")
    plain = re.sub(r"\d", lambda digit: str(int(digit[0])), plain)  # Lao digits too
    plain = BLANK_GROUPS.sub(lambda match: match[0].replace(" ", ""), plain)  # not across the lines of a cell
    return IN_WORDS.sub("", re.sub(r"\s+", " ", plain).strip())


def amount(plain, position, written):
    """(value, ambiguous, where it ends) of the number at `position`; "1 tỷ 200 triệu" is added up."""
    terms, ambiguous = [], False
    while match := TERM.match(plain, position):
        number = plain_number(match["number"], written)
        scale = scale_of(match["scale"]) * scale_of(match["of"])
        terms.append((number * scale + (scale / 2 if match["half"] else 0), scale))
        ambiguous = ambiguous or bool(POINT_AND_THREE.fullmatch(match["number"]))
        position = match.end()
        if not match["scale"]:
            break
    for (_value, above), (value, scale) in pairwise(terms):
        if value >= above or (scale == 1 and value < 1000):  # "1 tỷ 200" may mean 1,2 tỷ
            raise refusal(_("“%(value)s” reads both ways: write it in digits, as 1.200.000.000."), written)
    return sum(value for value, _scale in terms), ambiguous, position


def scale_of(word):
    word = (word or "").lower()
    return Decimal(SCALES.get(word) or LAO_SCALES.get(word) or 1)


def plain_number(digits, written):
    """The value of digits with points and commas: 1.500.000,5, or 1,500,000.5 where it cannot be mistaken."""
    if COMMA_AND_THREE.fullmatch(digits):
        raise refusal(
            _(
                "“%(value)s” reads both ways: write %(thousands)s if the comma parts thousands; "
                "if it begins decimals, write one or two of them, or the whole amount in digits."
            ),
            written, thousands=digits.replace(",", "."),
        )  # fmt: skip
    if VIETNAMESE.fullmatch(digits):
        return Decimal(digits.replace(".", "").replace(",", "."))
    if ENGLISH.fullmatch(digits) or POINT_DECIMALS.fullmatch(digits):
        return Decimal(digits.replace(",", ""))
    raise unreadable(written)


def unit(plain, end, currency, written):
    """The currency before the number or the unit behind it; refuses what may belong to the number."""
    rest = plain[end:]
    attached = not plain[:end].endswith(" ")
    first_word = rest.partition(" ")[0]
    digits_in_unit = re.search(r"\d", first_word) and not UNIT_WITH_DIGIT.match(first_word)
    if UNCLEAR.match(rest) or SCALE_LEFT.search(rest) or (digits_in_unit and (attached or rest[0].isdigit())):
        raise unreadable(written)
    rest = rest.strip(" .,;")
    if currency and rest:
        raise unreadable(written)
    return currency or rest


def within_limits(value, written):
    """`value` without needless zeros, refused where the database would not keep all its digits."""
    if not value.is_finite():
        raise unreadable(written)
    value = value.normalize()
    _sign, digits, exponent = value.as_tuple()
    if value and (len(digits) + exponent > WHOLE_DIGITS or -exponent > DECIMALS):
        raise refusal(
            _("“%(value)s”: at most %(whole)s digits before the comma and %(decimals)s behind it: round it."),
            written, whole=WHOLE_DIGITS, decimals=DECIMALS,
        )  # fmt: skip
    return value.quantize(Decimal(1)) + 0 if exponent >= 0 else value  # + 0: there is no minus zero


def unreadable(written):
    return refusal(_("“%(value)s” is no number: write 1.500.000, 1.500.000,5 or 300 triệu."), written)


def refusal(sentence, written, **facts):
    value = "" if written is None else str(written).strip()
    return NumberError(sentence % {"value": value if len(value) <= 40 else f"{value[:39]}…", **facts})


def scaled(value):
    """5 tỷ, 12,5 triệu: a round number as offices write it; "" for one that this would cut or not shorten."""
    for word, scale in ((_("billion"), 1_000_000_000), (_("million"), 1_000_000)):
        part = Decimal(value) / scale
        if abs(part) >= 1 and part == round(part, DECIMALS):
            return f"{display(part)} {word}"
    return ""


def display(value, decimals=None):
    """1.500.000 or 1.500.000,5; exactly so many decimals where asked; "" for None: unknown is not zero."""
    if value is None:
        return ""
    step = Decimal(1).scaleb(-(DECIMALS if decimals is None else decimals))
    text = f"{Decimal(str(value)).quantize(step, ROUND_HALF_UP) + 0:,f}"
    if decimals is None:
        text = text.rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))
