"""Rates that a reader states, and sums converted by them: a rate that nobody stated is never used."""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements import dates, numbers
from agreements.models import Term
from tracker.reports.table import Amount

HOME = "VND"
ONE = re.compile(r"\s*([A-Za-z]{3})\s*=\s*(\S+)\s*")
RATE = re.compile(r"(?:[1-9]\d{0,2}(?:\.\d{3})+|\d{1,12})(?:,\d{1,6})?")
"""25.000 or 25000, 1,157: points part thousands, a comma begins decimals."""


@dataclass(frozen=True)
class Rates:
    """How many dong one unit of each currency is, as a reader stated it for the day `on`."""

    values: dict = field(default_factory=dict)
    on: date | None = None

    def __bool__(self):
        return bool(self.values)

    def __str__(self):
        """“1 USD = 25.000 VND; 1 LAK = 1,2 VND (rate of 1/1/2026)”."""
        told = "; ".join(f"1 {code} = {written(value)} {HOME}" for code, value in self.values.items())
        day = {"day": dates.display(self.on.isoformat())} if self.on else {}
        dated = _("rate of %(day)s") % day if day else ""
        return f"{told} ({dated})" if dated else told

    def convert(self, amount):
        """`amount` in dong, None where its currency has no rate."""
        if amount.unit == HOME:
            return Amount(amount.value, HOME, amount.meaning)
        rate = self.values.get(amount.unit)
        if rate is None:
            return None
        value = (amount.value * rate).quantize(Decimal(1), ROUND_HALF_UP)
        return Amount(value, HOME, amount.meaning)


def written(value):
    """A rate with all its decimals, as an office writes it."""
    return numbers.display(value, decimals=max(-value.as_tuple().exponent, 0))


class RatesField(forms.CharField):
    """“USD=25.000; LAK=1,2”, cleaned to {code: Decimal}."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs, required=False, max_length=200)
        self.widget.attrs.update({"placeholder": "USD=25.000; LAK=1,2", "autocomplete": "off"})

    def clean(self, value):
        text = super().clean(value)
        found = {}
        for one in filter(None, (part.strip() for part in re.split(r"[;\n]", text or ""))):
            code, rate = read(one)
            if code in found:
                raise ValidationError(
                    _("“%(code)s” has two rates: keep one of them.") % {"code": code}, code="twice"
                )
            found[code] = rate
        refuse_unknown(found)
        return found


def read(text):
    """(code, rate) of “USD=25.000”; one sentence where it is no rate."""
    match = ONE.fullmatch(text)
    if match is None:
        raise ValidationError(
            _("“%(text)s” is no rate: write USD=25.000; LAK=1,2.") % {"text": text}, code="rate"
        )
    if not RATE.fullmatch(match[2]) or not Decimal(plain(match[2])):
        raise ValidationError(
            _("“%(text)s”: the rate is a number of dong above 0, as 25.000 or 1,2 (a comma before decimals).")
            % {"text": text},
            code="number",
        )
    return match[1].upper(), Decimal(plain(match[2]))


def plain(text):
    return text.replace(".", "").replace(",", ".")


def refuse_unknown(found):
    """Only currencies of the register are converted (one query)."""
    if HOME in found:
        raise ValidationError(_("“VND” needs no rate: leave it out."), code="home")
    if not found:
        return
    known = Term.objects.filter(vocabulary=Term.Vocabulary.CURRENCY, code__in=found).values_list(
        "code", flat=True
    )
    if unknown := sorted(set(found) - set(known)):
        raise ValidationError(
            _("“%(code)s” is no currency of the register: check its three letters.")
            % {"code": ", ".join(unknown)},
            code="unknown",
        )


LABEL = gettext_lazy("Rates (dong for one)")
