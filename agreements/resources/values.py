"""How one cell of a file becomes a value, and a value a cell. Faults are ValueErrors of one sentence."""

import re
from decimal import Decimal
from functools import cache

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import override
from import_export.widgets import Widget

from agreements import dates, names, numbers
from agreements.fields import composed
from agreements.models import Body, Person, Term
from agreements.models.resolving import Resolver

YES = {"yes", "co", "true", "1", "x"}
NO = {"no", "khong", "false", "0"}
LANGUAGES = ("vi", "en")
FORMULA = re.compile(r"'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
LATIN, LAO = ("und", "Latn"), ("lo", "Laoo")


class Later(ValueError):
    """The record meant stands further down in the same file."""


def guarded(text):
    """`text` led by an apostrophe where a spreadsheet would run it as a formula."""
    return f"'{text}" if FORMULA.match(text) else text


def unguarded(text):
    """What `guarded` was given: exactly one apostrophe is taken off."""
    return text[1:] if text[:1] == "'" and FORMULA.match(text) else text


def plain(value):
    """The text of a cell in NFC, without blanks around it."""
    return "" if value is None else composed(str(value)).strip()


def language_of(text):
    """(language, script) of a spelling of which nothing else is said."""
    return LAO if re.search("[\u0e80-\u0eff]", text) else LATIN


class TextCell(Widget):
    """Plain text in NFC."""

    def clean(self, value, row=None, **kwargs):
        return plain(value)

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else str(value)


class CountryCell(TextCell):
    """Two capital letters, however they were typed."""

    def clean(self, value, row=None, **kwargs):
        return plain(value).upper()


class DateCell(Widget):
    """A date with its precision."""

    def __init__(self, period=False):
        self.period = period

    def clean(self, value, row=None, **kwargs):
        return dates.parse(value or "", periods=self.period).text

    def render(self, value, obj=None, **kwargs):
        return dates.display(value or "")


class NumberCell(Widget):
    """A quantity or amount; written without points, so that it reads one way in every language."""

    def __init__(self, whole=False, default=None):
        self.whole, self.default = whole, default

    def clean(self, value, row=None, **kwargs):
        if plain(value) == "":
            return self.default
        read = numbers.parse(value)
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

    def render(self, value, obj=None, **kwargs):
        if value is None:
            return ""
        text = f"{Decimal(value):f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return text.replace(".", ",")


class YesNoCell(Widget):
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


@cache
def words_of(choices):
    """Folded word → key, for the keys and for the labels in each language."""
    found = {names.key(key): key for key, _label in choices}
    for language in LANGUAGES:
        with override(language):
            for key, label in choices:
                found.setdefault(names.key(str(label)), key)
    return found


class ChoiceCell(Widget):
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


class ReferenceCell(Widget):
    """A row of another table, by its code or by a name that only it bears on the day `on`."""

    def __init__(self, model, **conditions):
        self.model, self.conditions, self.on = model, conditions, None
        self.forget()

    def forget(self, expected=()):
        """Read the table anew at the next cell; `expected` are codes that stand in the file itself."""
        self._codes = self._resolver = None
        self.expected = expected

    def learn(self, record):
        """A row written from the same file may be named from now on."""
        if self._codes is not None:
            self._codes[record.code] = record

    @property
    def codes(self):
        if self._codes is None:
            self._codes = {row.code: row for row in self.model.objects.filter(**self.conditions)}
        return self._codes

    @property
    def resolver(self):
        if self._resolver is None:
            self._resolver = Resolver(self.model.objects.filter(**self.conditions))
        return self._resolver

    def by_code(self, text):
        if found := self.codes.get(text):
            return found
        near = [row for code, row in self.codes.items() if code.casefold() == text.casefold()]
        return near[0] if len(near) == 1 else None

    def clean(self, value, row=None, **kwargs):
        text = plain(value)
        if not text:
            return None
        if found := self.by_code(text):
            return found
        if text in self.expected:
            raise Later(text)
        return self.resolver.resolve(text, self.on)

    def render(self, value, obj=None, **kwargs):
        return value.code if value is not None else ""


def body_cell(**conditions):
    return ReferenceCell(Body, **conditions)


def person_cell():
    return ReferenceCell(Person)


class TermCell(ReferenceCell):
    """An entry of a list, by its code or one of its names; a code of two lists is written list:code."""

    def __init__(self, *vocabularies):
        super().__init__(Term, vocabulary__in=vocabularies)

    @property
    def codes(self):
        if self._codes is None:
            rows = list(self.model.objects.filter(**self.conditions))
            self._codes = {f"{row.vocabulary}:{row.code}": row for row in rows}
            times = [row.code for row in rows]
            self._codes.update((row.code, row) for row in rows if times.count(row.code) == 1)
        return self._codes

    def render(self, value, obj=None, **kwargs):
        if value is None or self.codes.get(value.code) == value:
            return value.code if value is not None else ""
        return f"{value.vocabulary}:{value.code}"


class RecordCell(Widget):
    """A top record by its code; in the importer's office first, else in the only office that has it.

    Where several offices use a code, it is written office/code. A code that stands in the file itself but is
    not yet written is left to the second pass (`Later`).
    """

    def __init__(self, model):
        self.model, self.office = model, None
        self.forget()

    def forget(self, expected=(), office=None):
        self.expected, self.office = expected, office or self.office
        self._found, self._shared = {}, None

    def learn(self, record):
        self._found.pop(record.code, None)

    @property
    def shared(self):
        """Codes that several offices use."""
        if self._shared is None:
            counted = self.model.objects.order_by().values("code").annotate(times=Count("pk"))
            self._shared = set(counted.filter(times__gt=1).values_list("code", flat=True))
        return self._shared

    def bearers(self, code):
        """Records that `code` may mean (at most a few: one an office)."""
        rows = list(self.model.objects.filter(code=code)[:20])
        own = [row for row in rows if self.office is not None and row.office_id == self.office.pk]
        if rows or "/" not in code:
            return own or rows
        office, _slash, rest = code.partition("/")
        return list(self.model.objects.filter(code=rest, office__code=office))

    def clean(self, value, row=None, **kwargs):
        code = plain(value)
        if not code:
            return None
        if code not in self._found:
            self._found[code] = self.bearers(code)
        found = self._found[code]
        if len(found) == 1:
            return found[0]
        if found:
            raise ValueError(
                _("Several offices have the code “%(code)s”: write it as %(example)s.")
                % {"code": code, "example": f"{found[0].office.code}/{code}"}
            )
        if code in self.expected:
            raise Later(code)
        raise ValueError(
            _("No %(kind)s bears the code “%(code)s”: check the code, or enter it first.")
            % {"kind": self.model._meta.verbose_name, "code": code}
        )

    def render(self, value, obj=None, **kwargs):
        if value is None:
            return ""
        return f"{value.office.code}/{value.code}" if value.code in self.shared else value.code
