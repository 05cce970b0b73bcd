"""Form fields that read dates and numbers as Vietnamese offices write them."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements import dates, numbers


class EdtfField(forms.CharField):
    """A date with its precision: shown and read day first, handed on as EDTF text ("" = not known)."""

    def __init__(self, *, period=False, **kwargs):
        self.period = period
        kwargs["max_length"] = None  # the spelling may be longer than what is stored
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("placeholder", "11/2019–2021" if period else "27/8/2022")

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return ""
        try:
            return dates.parse(text, periods=self.period).text
        except dates.DateError as error:
            raise ValidationError(str(error), code="date") from error

    def prepare_value(self, value):
        try:
            return dates.display(value) if value else value
        except dates.DateError:
            return value

    def has_changed(self, initial, data):
        try:
            return self.to_python(initial or "") != self.to_python(data or "")
        except ValidationError:
            return True


class DayField(forms.DateField):
    """One certain day, read day first in every spelling that other dates have."""

    widget = forms.TextInput

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("placeholder", "27/8/2022")

    def to_python(self, value):
        try:
            return dates.one_day(value)
        except dates.DateError as error:
            raise ValidationError(str(error), code="date") from error

    def prepare_value(self, value):
        return f"{value.day}/{value.month}/{value.year}" if isinstance(value, date) else value


class QuantityField(forms.DecimalField):
    """A number as offices write it: 1.500.000 · 1.500.000,5 · 300 triệu · 5 tỷ.

    `words=True` leaves "hơn", "khoảng" and a unit in the text to the form, which keeps them
    (MeasuresMixin); otherwise they are refused, because dropping them would be a guess.
    """

    widget = forms.TextInput

    def __init__(self, *, words=False, **kwargs):
        self.words = words
        super().__init__(**kwargs)
        self.widget.attrs.update({"inputmode": "text", "class": "quantity"})

    def to_python(self, value):
        if value in self.empty_values:
            return None
        try:
            read = numbers.parse(value)
        except numbers.NumberError as error:
            raise ValidationError(str(error), code="number") from error
        if not self.words and (read.qualifier != "exactly" or read.unit_text):
            raise ValidationError(
                _("“%(value)s” holds more than a number: write the number alone here."),
                code="number",
                params={"value": value},
            )
        return read.value

    def prepare_value(self, value):
        return value if isinstance(value, str) else numbers.display(value)

    def has_changed(self, initial, data):
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class CountField(QuantityField):
    """A whole number: 1.500 is one thousand five hundred."""

    def __init__(self, **kwargs):
        kwargs.setdefault("decimal_places", 0)
        super().__init__(**kwargs)

    def to_python(self, value):
        number = super().to_python(value)
        if number is not None and number != number.to_integral_value():
            raise ValidationError(
                _("“%(value)s” is not a whole number: write it without decimals."),
                code="whole",
                params={"value": value},
            )
        return number

    def clean(self, value):
        number = super().clean(value)
        return None if number is None else int(number)


class MeasuresMixin:
    """Cells such as “hơn 5 tỷ đồng” or “15.000 chiếc”: the qualifier and the unit go to their own columns.

    `measures` names (number, qualifier, unit) of each measure; a qualifier of None has no column, so that none may
    be written. A unit that contradicts the chosen one is refused.
    """

    measures = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for number, _qualifier, _unit in self.measures:
            if number in self.fields:
                self.fields[number].words = True

    def clean(self):
        cleaned = super().clean()
        for measure in self.measures:
            self.settle(*measure)
        return cleaned

    def settle(self, number, qualifier, unit):
        written = self.data.get(self.add_prefix(number), "")
        if number in self.errors or not str(written).strip():
            return
        read = numbers.parse(written)
        if read.qualifier != "exactly" and qualifier is None:
            sentence = _("“%(value)s” is no certain number, as is wanted here: leave out the word before it.")
            self.add_error(number, ValidationError(sentence, params={"value": written}))
        elif read.qualifier != "exactly":
            self.cleaned_data[qualifier] = read.qualifier
            self.instance.__dict__[qualifier] = read.qualifier
        if read.unit_text:
            self.settle_unit(number, unit, read.unit_text)

    def settle_unit(self, number, unit, text):
        self.cleaned_data[unit] = self.unit_meant(
            number, text, self.fields[unit].queryset, self.cleaned_data.get(unit)
        )

    def unit_meant(self, number, text, among, chosen):
        """The unit of the queryset `among` that `text` names, told at `number` if it contradicts `chosen`."""
        from agreements.models.resolving import Resolver

        try:
            found = Resolver(among).resolve(text)
        except ValueError as error:
            self.add_error(number, str(error))
            return chosen
        if chosen and chosen != found:
            sentence = _("“%(text)s” and the unit “%(unit)s” contradict each other: correct one of them.")
            self.add_error(number, ValidationError(sentence, params={"text": text, "unit": chosen}))
        return found
