"""What a report asks of its reader: a day, and the filters that it shares with the list of agreements."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements import dates
from agreements.filters import AgreementFilter
from agreements.forms import EdtfField
from agreements.models import Agreement, Commitment
from agreements.models.standing import Health, State
from tracker.reports.promises import Wanted, outside

SHARED = ("partner", "field", "office")


class DayField(EdtfField):
    """A single day, day first; cleaned to a date, or None when left empty."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.widget.attrs.update({"placeholder": "30/6/2023", "autocomplete": "off", "size": "12"})

    def to_python(self, value):
        found = dates.parse(super().to_python(value))
        if found and found.precision != "day":
            raise ValidationError(
                _("“%(value)s” is not one day: write it as 30/6/2023."), code="day", params={"value": value}
            )
        return found.first

    def prepare_value(self, value):
        return super().prepare_value(value.isoformat() if isinstance(value, date) else value)


class DayForm(forms.Form):
    """The day as of which a report tells; empty is today."""

    on = DayField(label=_("As of"), required=False)


class WantedForm(forms.Form):
    """Which commitments of a sheet are listed: those behind one number of the status report."""

    strength = forms.ChoiceField(choices=Commitment.Strength.choices, required=False)
    state = forms.ChoiceField(choices=State.choices, required=False)
    health = forms.ChoiceField(choices=Health.choices, required=False)

    @property
    def wanted(self):
        """What was asked; a word that is none asks for all."""
        self.is_valid()
        return Wanted(**{name: self.cleaned_data.get(name, "") for name in self.fields})


class StatusQuestion:
    """A reader's question: `day` and `filters` (forms of the page), `on`, `agreements`, `conditions`."""

    def __init__(self, asked, today):
        self.day = DayForm(asked if asked.get("on") else {"on": today.isoformat()})
        self.filters = AgreementFilter(asked, Agreement.objects.counted())
        self.is_valid = self.day.is_valid() and self.filters.form.is_valid()
        self.on = (self.day.cleaned_data.get("on") if self.day.is_valid() else None) or today
        self.agreements = self.filters.qs if self.is_valid else Agreement.objects.none()

    @property
    def fields(self):
        """The fields of the page, in the order in which one asks."""
        return [self.day["on"], *(self.filters.form[name] for name in SHARED)]

    @property
    def loose(self):
        """With a partner: what is promised with it in no agreement; else None."""
        asked = self.filters.form.cleaned_data if self.is_valid else {}
        if not asked.get("partner"):
            return None
        return outside([asked["partner"]], self.on, asked.get("office"), asked.get("field"))

    @property
    def conditions(self):
        """((label, text), …) of what was chosen, for the head of the report."""
        chosen = self.filters.form.cleaned_data if self.is_valid else {}
        return tuple(
            (self.filters.form.fields[name].label, str(chosen[name])) for name in SHARED if chosen.get(name)
        )
