"""How one cell of a file becomes a value, and a value a cell. Faults are ValueErrors of one sentence."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import override
from import_export.widgets import Widget

from agreements import dates, names, numbers
from agreements.fields import composed
from agreements.models import Body, Person, Term
from agreements.models.resolving import arm_of
from agreements.resources.directory import Directory

YES = {"yes", "co", "true", "1", "x"}
NO = {"no", "khong", "false", "0"}
LANGUAGES = ("vi", "en")
FORMULA = re.compile(r"'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
LATIN, LAO = ("und", "Latn"), ("lo", "Laoo")


class Later(ValueError):
    """The record meant may stand further down in the same file."""


def guarded(text):
    """`text` led by an apostrophe where a spreadsheet would run it as a formula."""
    return f"'{text}" if FORMULA.match(text) else text


def unguarded(text):
    """What `guarded` was given: exactly one apostrophe is taken off."""
    return text[1:] if text[:1] == "'" and FORMULA.match(text) else text


def plain(value):
    """The text of a cell in NFC, without blanks around it."""
    if type(value) is not str:
        value = "" if value is None else str(value)
    return composed(value).strip()


def language_of(text):
    """(language, script) of a spelling of which nothing else is said."""
    return LAO if re.search("[\u0e80-\u0eff]", text) else LATIN


YEAR, NUMBERS, OFFICE = "year", "numbers", "office"


class Asked(ValueError):
    """A cell that the officer must say more about: `about` is what, `text` the spelling, `choices` what offers."""

    def __init__(self, error, about, text, choices=()):
        super().__init__(str(error))
        self.about, self.text, self.choices = about, text, choices


SERIAL = re.compile(r"[2-7]\d{4}")
SERIAL_ZERO = date(1899, 12, 30)


def day_of_serial(value):
    """A day as spreadsheets count it (44800 is 27/8/2022) as a date; anything else as it is."""
    if type(value) is float and value.is_integer():
        value = int(value)
    if type(value) is datetime:
        return value.date()
    if (type(value) is int and 20_000 <= value < 80_000) or (
        type(value) is str and SERIAL.fullmatch(value.strip())
    ):
        return SERIAL_ZERO + timedelta(days=int(value))
    return value


class Cell(Widget):
    """Base of all cells: `clean` reads what is typed, `render` writes it for a file, `shown` for a person."""

    batch = None

    def bind(self, batch, office):
        """Serve a batch, whose officer may have answered questions about the file."""
        self.batch = batch

    def shown(self, value):
        return self.render(value)


class TextCell(Cell):
    """Plain text in NFC."""

    def clean(self, value, row=None, **kwargs):
        return plain(value)

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else str(value)


class CountryCell(TextCell):
    """Two capital letters, however they were typed."""

    def clean(self, value, row=None, **kwargs):
        return plain(value).upper()


class DateCell(Cell):
    """A date with its precision; a number of five digits is a day as spreadsheets count them."""

    def __init__(self, period=False):
        self.period = period

    def clean(self, value, row=None, **kwargs):
        try:
            return dates.parse(day_of_serial(value) or "", periods=self.period).text
        except dates.YearlessError as error:
            return self.with_year(value, error)

    def with_year(self, value, error):
        """A date without its year: the year that the officer named for the file, marked as inferred."""
        year = self.batch.answer("year") if self.batch else ""
        if not year:
            raise Asked(error, YEAR, plain(value)) from error
        return dates.parse(f"{plain(value)}/[{year}]", periods=self.period).text

    def render(self, value, obj=None, **kwargs):
        return dates.display(value or "")


class DayCell(DateCell):
    """One certain day, which its column keeps as a date."""

    def clean(self, value, row=None, **kwargs):
        return dates.one_day(day_of_serial(value))

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else f"{value.day}/{value.month}/{value.year}"


class NumberCell(Cell):
    """A quantity or amount; written without points, so that it reads one way in every language."""

    def __init__(self, whole=False, default=None):
        self.whole, self.default = whole, default

    def clean(self, value, row=None, **kwargs):
        if plain(value) == "":
            return self.default
        read = self.understood(value)
        if read.qualifier != "exactly" or read.unit_text:
            raise ValueError(
                _("“%(value)s” holds more than a number: write the number alone here.") % {"value": value}
            )
        if read.value < 0:
            raise ValueError(
                _("“%(value)s” is negative: write what there is, or leave the cell empty.") % {"value": value}
            )
        if self.whole and read.value != read.value.to_integral_value():
            raise ValueError(
                _("“%(value)s” is not a whole number: write it without decimals.") % {"value": value}
            )
        return int(read.value) if self.whole else read.value

    def understood(self, value):
        """The number as the file means it: “1.500” reads both ways, so the batch is told of it."""
        read = numbers.parse(value)
        return self.batch.weigh_number(value, read) if self.batch else read

    def shown(self, value):
        return numbers.display(value)

    def render(self, value, obj=None, **kwargs):
        if value is None:
            return ""
        text = f"{Decimal(value):f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return text.replace(".", ",")


class YesNoCell(Cell):
    """yes, no, or empty for not known."""

    def __init__(self, default=None):
        self.default = default

    def clean(self, value, row=None, **kwargs):
        word = names.key(plain(value))
        if word == "" and not plain(value):
            return self.default
        if word in YES or word in NO:
            return word in YES
        raise ValueError(
            _("“%(value)s” is neither yes nor no: write yes, no, or nothing.") % {"value": value}
        )

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else ("yes" if value else "no")

    def shown(self, value):
        return "" if value is None else (_("yes") if value else _("no"))


@cache
def words_of(choices):
    """Folded word → key, for the keys and for the labels in each language."""
    found = {names.key(key): key for key, _label in choices}
    for language in LANGUAGES:
        with override(language):
            for key, label in choices:
                found.setdefault(names.key(str(label)), key)
    return found


class ChoiceCell(Cell):
    """One of a fixed list, by its key or by its label in any language of the product."""

    def __init__(self, choices, default="", only=None):
        self.choices = tuple(pair for pair in choices.choices if only is None or pair[0] in only)
        self.default = default

    def clean(self, value, row=None, **kwargs):
        text = plain(value)
        if not text:
            return self.default
        if key := words_of(self.choices).get(names.key(text)):
            return key
        raise ValueError(
            _("“%(value)s” is not in the list: choose one of %(choices)s.")
            % {"value": text, "choices": ", ".join(str(label) for _key, label in self.choices)}
        )

    def shown(self, value):
        return str(dict(self.choices).get(value, value or ""))


class ReferenceCell(Cell):
    """A row of another table, by its code or by a name that only it bears on the day `on`."""

    def __init__(self, model, **conditions):
        self.model, self.conditions, self.on = model, conditions, None
        self.forget()

    def forget(self):
        """Read the table anew at the next cell."""
        self.batch = self._directory = None

    @property
    def directory(self):
        """Who is known by which code and name; a batch keeps one for all its columns."""
        if self._directory is None:
            keep = self.batch.directory if self.batch else Directory
            self._directory = keep(self.model, self.conditions)
        return self._directory

    def bind(self, batch, office):
        self.batch, self._directory = batch, None

    def clean(self, value, row=None, **kwargs):
        text = plain(value)
        if not text:
            return None
        if found := self.directory.by_code(text) or self.answered(text):
            return found
        try:
            return self.directory.resolve(text, self.on)
        except (names.UnknownName, names.AmbiguousName) as error:
            if isinstance(error, names.UnknownName) and self.batch and self.batch.may_come(self.model):
                raise Later(text) from None
            if self.batch:
                raise Asked(error, arm_of(self.model), text, self.directory.choices(error)) from error
            raise

    def answered(self, text):
        """The row that the officer chose for this spelling."""
        code = self.batch.answered_name(self.model, text) if self.batch else ""
        return self.directory.by_code(code) if code else None

    def render(self, value, obj=None, **kwargs):
        return value.code if value is not None else ""

    def shown(self, value):
        return f"{value.name} [{value.code}]" if value is not None else ""


def body_cell(**conditions):
    return ReferenceCell(Body, **conditions)


def person_cell():
    return ReferenceCell(Person)


class TermCell(ReferenceCell):
    """An entry of a list, by its code or one of its names; a code of two lists is written list:code."""

    def __init__(self, *vocabularies):
        super().__init__(Term, vocabulary__in=vocabularies)

    def render(self, value, obj=None, **kwargs):
        if value is None or self.directory.by_code(value.code) == value:
            return value.code if value is not None else ""
        return f"{value.vocabulary}:{value.code}"

    def shown(self, value):
        return value.name if value is not None else ""
