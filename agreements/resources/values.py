"""How one cell of a file becomes a value, and a value a cell. Faults are ValueErrors of one sentence."""

from decimal import Decimal

from django.utils.translation import gettext as _
from import_export.widgets import Widget

from agreements import dates, names, numbers
from agreements.fields import composed
from agreements.models import Body, Person, Term
from agreements.models.resolving import Resolver

YES = {"yes", "co", "true", "1", "x"}
NO = {"no", "khong", "false", "0"}


class TextCell(Widget):
    """Plain text in NFC."""

    def clean(self, value, row=None, **kwargs):
        return "" if value is None else composed(str(value)).strip()

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else str(value)


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

    def __init__(self, whole=False):
        self.whole = whole

    def clean(self, value, row=None, **kwargs):
        if value in (None, ""):
            return None
        read = numbers.parse(value)
        if read.qualifier != "exactly" or read.unit_text:
            raise ValueError(
                _("“%(value)s” holds more than a number: write the number alone here.") % {"value": value}
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
        word = names.key(str(value if value is not None else ""))
        if word == "":
            return self.default
        if word in YES or word in NO:
            return word in YES
        raise ValueError(
            _("“%(value)s” is neither yes nor no: write yes, no, or nothing.") % {"value": value}
        )

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else ("yes" if value else "no")


class ChoiceCell(Widget):
    """One of a fixed list, by its key or by its label in any language of the product."""

    def __init__(self, choices, default=""):
        self.choices, self.default = choices, default

    def clean(self, value, row=None, **kwargs):
        if value in (None, ""):
            return self.default
        sought = names.key(str(value))
        for key, label in self.choices.choices:
            if sought in (names.key(key), names.key(str(label))):
                return key
        raise ValueError(
            _("“%(value)s” is not in the list: choose one of %(choices)s.")
            % {"value": value, "choices": ", ".join(str(label) for _key, label in self.choices.choices)}
        )


class ReferenceCell(Widget):
    """A row of another table, by its code or by a name that only it bears."""

    def __init__(self, model, **conditions):
        self.model, self.conditions = model, conditions
        self.forget()

    def forget(self):
        """Read the table anew at the next cell."""
        self._codes = self._resolver = None

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

    def clean(self, value, row=None, **kwargs):
        text = composed(str(value or "")).strip()
        if not text:
            return None
        return self.codes.get(text) or self.resolver.resolve(text)

    def render(self, value, obj=None, **kwargs):
        return value.code if value is not None else ""


def body_cell(**conditions):
    return ReferenceCell(Body, **conditions)


def person_cell():
    return ReferenceCell(Person)


class TermCell(ReferenceCell):
    """An entry of a list, by its code or one of its names."""

    def __init__(self, *vocabularies):
        super().__init__(Term, vocabulary__in=vocabularies)


class RecordCell(Widget):
    """A top record by its code; in the importer's office first, else in the only office that has it.

    A code that stands in the file itself but is not yet written is left to the second pass
    (`Later` is raised and caught by the resource).
    """

    def __init__(self, model):
        self.model = model
        self.office = None
        self.in_file = set()

    def forget(self):
        pass

    def clean(self, value, row=None, **kwargs):
        code = composed(str(value or "")).strip()
        if not code:
            return None
        found = list(self.model.objects.filter(code=code)[:20])
        own = [record for record in found if self.office and record.office_id == self.office.pk]
        if len(own or found) == 1:
            return (own or found)[0]
        if not found and code in self.in_file:
            raise Later(code)
        if not found:
            raise ValueError(
                _("%(kind)s “%(code)s” is not known: check the code, or enter it first.")
                % {"kind": str(self.model._meta.verbose_name).capitalize(), "code": code}
            )
        raise ValueError(_("Several offices have the code “%(code)s”: give the office too.") % {"code": code})

    def render(self, value, obj=None, **kwargs):
        return value.code if value is not None else ""


class Later(ValueError):
    """The record meant stands further down in the same file."""
