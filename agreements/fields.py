"""The project's own model fields: clean text, dates with a precision, derived keys, codes, quantities."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from agreements import dates, forms, names

LINE_BREAKS = re.compile(r"\s*[\r\n]+\s*")
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
no_control_characters = RegexValidator(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f]",
    _("The text holds a control character that cannot be shown: type it again or paste it as plain text."),
    code="control_character",
    inverse_match=True,
)

two_capitals = RegexValidator(
    r"\A(?![A-Z]{2}\Z)(?s:.{1,2})\Z",  # longer text is told by the length of the column
    _("The country is two capital letters, such as VN or LA."),
    code="country",
    inverse_match=True,
)


def composed(text):
    """`text` in NFC without invisible characters: macOS and some converters send decomposed letters."""
    if not isinstance(text, str) or text.isascii():
        return text
    return INVISIBLE.sub("", unicodedata.normalize("NFC", text))


class ComposedMixin:
    """Text is stored in NFC, however it was typed; control characters are refused."""

    default_validators = [no_control_characters]

    def to_python(self, value):
        value = composed(super().to_python(value))
        return value.strip() if isinstance(value, str) else value

    def pre_save(self, instance, add):
        value = self.to_python(super().pre_save(instance, add))
        setattr(instance, self.attname, value)
        return value


class Text(ComposedMixin, models.CharField):
    """One line of text (≤ 255 characters unless said otherwise)."""

    def __init__(self, *args, max_length=255, **kwargs):
        super().__init__(*args, max_length=max_length, **kwargs)

    def to_python(self, value):
        value = super().to_python(value)
        return LINE_BREAKS.sub(" ", value) if isinstance(value, str) else value


class LongText(ComposedMixin, models.TextField):
    """Text of several lines."""


class WebAddress(models.URLField):
    """An address on the web; https where the scheme is left out."""

    def __init__(self, *args, max_length=500, **kwargs):
        super().__init__(*args, max_length=max_length, **kwargs)

    def formfield(self, **kwargs):
        return super().formfield(**{"assume_scheme": "https", **kwargs})


class EdtfField(Text):
    """A date with its precision as EDTF text; "" is not known.

    `period=True` also takes intervals and open ends. Two columns beside it (`FirstDay`, `LastDay`) hold
    the bounds: declare all three with `edtf()`.
    """

    def __init__(self, *args, period=False, max_length=40, **kwargs):
        self.period = period
        super().__init__(*args, max_length=max_length, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "period": True} if self.period else kwargs

    def to_python(self, value):
        if value in (None, ""):
            return ""
        try:
            return dates.parse(value, periods=self.period).text
        except dates.DateError as error:
            raise ValidationError(str(error), code="date") from error

    def contribute_to_class(self, cls, name, **kwargs):
        super().contribute_to_class(cls, name, **kwargs)
        setattr(cls, f"get_{name}_display", lambda record: dates.display(getattr(record, name)))

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": forms.EdtfField, "period": self.period, **kwargs})


class Derived:
    """A column computed from others: never typed, filled before validation and before every write.

    Computing in `pre_save` serves `bulk_create` too; `bulk_update` and set-based writes call `derive`.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"editable": False, "blank": True, **kwargs})

    def derive(self, record):
        setattr(record, self.attname, self.derived(record))

    def pre_save(self, instance, add):
        self.derive(instance)
        return getattr(instance, self.attname)


class Bound(Derived, models.DateField):
    """The first or last day of the EDTF field beside it (`signed_first` of `signed_on`, `held_last` of `held`)."""

    position = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"null": True, **kwargs})

    @cached_property
    def source(self):
        stem = self.name.rpartition("_")[0]
        names_here = {field.name for field in self.model._meta.concrete_fields}
        return f"{stem}_on" if f"{stem}_on" in names_here else stem

    def sources(self):
        return [self.source]

    def derived(self, record):
        try:
            return dates.bounds(getattr(record, self.source) or "")[self.position]
        except dates.DateError:  # the date itself is refused with a sentence of its own
            return None


class FirstDay(Bound):
    position = 0


class LastDay(Bound):
    position = 1


def edtf(label, *, period=False, blank=True, **options):
    """Three fields: the date as EDTF text, its first day, its last day.

    >>> signed_on, signed_first, signed_last = edtf(_("signed on"))
    """
    default = {"default": ""} if blank else {}
    return EdtfField(label, period=period, blank=blank, **default, **options), FirstDay(), LastDay()


class Year(Derived, models.PositiveSmallIntegerField):
    """The year in which the date `source` (name of its first-day column) begins; part of a paper's identity."""

    def __init__(self, source="", **kwargs):
        self.of = source
        super().__init__(**{"null": True, **kwargs})

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "source": self.of}

    def sources(self):
        return [self.of]

    def derived(self, record):
        first = getattr(record, self.of)
        return first.year if first else None


class FromText(Derived):
    """A text column computed from the text columns named in `of`."""

    def __init__(self, *of, **kwargs):
        self.of = of
        super().__init__(**kwargs)

    def deconstruct(self):
        name, path, _args, kwargs = super().deconstruct()
        return name, path, list(self.of), kwargs

    def sources(self):
        return list(self.of)

    def written(self, record):
        return " ".join(filter(None, (composed(getattr(record, name) or "") for name in self.of)))


class KeyField(FromText, models.CharField):
    """The folded key by which a written name is found again (names.key)."""

    def __init__(self, *of, **kwargs):
        super().__init__(*of, **{"max_length": 255, "db_index": True, **kwargs})

    def derived(self, record):
        return names.key(self.written(record))[: self.max_length]


class FoldedField(FromText, models.TextField):
    """The text searched without accents (names.fold): same hits on SQLite and PostgreSQL."""

    def derived(self, record):
        return names.fold(self.written(record))


class SortField(FromText, models.CharField):
    """An ASCII key whose byte order is the Vietnamese alphabetical order."""

    def __init__(self, *of, **kwargs):
        super().__init__(*of, **{"max_length": 255, "db_index": True, **kwargs})

    def derived(self, record):
        return names.sort_key(self.written(record))[: self.max_length]


class PersonSortField(SortField):
    """As SortField, given name first."""

    def derived(self, record):
        return names.person_sort_key(self.written(record), record.country)[: self.max_length]


class VersionField(models.PositiveIntegerField):
    """Counts the saves of a record, so that two people editing it at once can be told."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"default": 1, "editable": False, **kwargs})

    def pre_save(self, instance, add):
        if hasattr(instance, "history_object"):  # a history row keeps the version it tells of
            return getattr(instance, self.attname)
        value = 1 if add else (getattr(instance, self.attname) or 0) + 1
        setattr(instance, self.attname, value)
        return value


class QuantityField(models.DecimalField):
    """A quantity or an amount: never negative, empty is not known.

    15 digits in all, because that is what a SQLite number keeps exactly: 9 999 999 999 999,99.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(
            *args, **{"max_digits": 15, "decimal_places": 2, "null": True, "blank": True, **kwargs}
        )

    def formfield(self, **kwargs):
        return models.Field.formfield(self, **{"form_class": forms.QuantityField, **kwargs})


def between(least, most):
    """Validators of a whole number from `least` to `most`: within 32 bits, as PostgreSQL keeps it."""
    return [
        MinValueValidator(least, _("%(show_value)s is too small: write %(limit_value)s or more.")),
        MaxValueValidator(most, _("%(show_value)s is too large: write %(limit_value)s or less.")),
    ]


class CountField(models.PositiveIntegerField):
    """A whole number, written with or without points between the thousands; empty is not known.

    Say its bounds with `validators=between(…)`: SQLite takes numbers that PostgreSQL refuses.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"null": True, "blank": True, **kwargs})

    def formfield(self, **kwargs):
        return models.Field.formfield(self, **{"form_class": forms.CountField, **kwargs})


PLACES = ("country", "region", "province", "city", "district", "commune")
ORGANIZATIONS = (
    "government", "party", "council", "ministry", "department", "mass_organization", "armed_forces", "enterprise",
    "institution", "other",
)  # fmt: skip
"""Body.Kind in two: kinds of places, and of organizations."""


class BodyField(models.ForeignKey):
    """A foreign key to bodies of one sort; the base of `PlaceField` and `OrganizationField`.

    Choices are narrowed and checked by `limit_choices_to`; files, which hold the body already, ask `fits`.
    """

    kinds = ()
    sentence = ""

    def __init__(self, to="agreements.Body", on_delete=models.PROTECT, **kwargs):
        super().__init__(to, on_delete, **{"limit_choices_to": {"kind__in": self.kinds}, **kwargs})
        self.error_messages = {**self.error_messages, "invalid": self.sentence}

    def deconstruct(self):
        """To the database it is a plain foreign key."""
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("limit_choices_to", None)
        return name, "django.db.models.ForeignKey", args, kwargs

    def fits(self, body):
        return body.kind in self.kinds

    def formfield(self, **kwargs):
        return super().formfield(**{"error_messages": {"invalid_choice": self.sentence}, **kwargs})


class PlaceField(BodyField):
    kinds = PLACES
    sentence = _("Only a place can stand here: choose a province, a city, a district or a country.")


class OrganizationField(BodyField):
    kinds = ORGANIZATIONS
    sentence = _("Only an organization can stand here, not a place: choose a department or another office.")


class CodeField(Text):
    """The office's own code of a record; made as PREFIX-0001 within its office when left empty."""

    COUNTED = 9
    """Digits of a running number: a longer one is no number that anybody counts on from."""

    def __init__(self, prefix="", **kwargs):
        self.prefix = prefix
        super().__init__(**{"max_length": 40, "blank": True, **kwargs})

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "prefix": self.prefix}

    def pre_save(self, instance, add):
        code = super().pre_save(instance, add)
        if not code and hasattr(instance, "office_id"):
            code = self.next_code(instance)
            setattr(instance, self.attname, code)
        return code

    def next_code(self, record):
        """One more than the highest number in use; the unique constraint settles a race."""
        return self.numbered(self.highest_of([record.office_id])[record.office_id] + 1)

    def highest_of(self, offices):
        """{office: the highest number in its codes}, by the keys of offices."""
        taken = self.model._base_manager.filter(code__startswith=f"{self.prefix}-")
        codes = {one: taken.filter(office_id=one).values_list("code", flat=True) for one in offices}
        return {one: max(map(self.number_in, found), default=0) for one, found in codes.items()}

    def number_in(self, code):
        """The number at the end of a code with the prefix; 0 where there is none, or one too long to count on."""
        ending = code.rpartition("-")[2] if code.startswith(f"{self.prefix}-") else ""
        return int(ending) if ending.isdecimal() and len(ending) <= self.COUNTED else 0

    def numbered(self, number):
        """The code with this number."""
        return f"{self.prefix}-{number:04d}"
