"""What a report asks of its reader: a day or period, and the filters that it shares with lists."""

from datetime import date

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from agreements import dates
from agreements.filters import AgreementFilter, CommitmentFilter
from agreements.forms import EdtfField
from agreements.models import Commitment
from agreements.models.standing import Health, State
from agreements.places import THEN, present_places
from tracker.progress.facts import made_by
from tracker.reports.promises import Wanted, outside

CERTAINTY = (("certain", _("certain")), ("possible", _("possibly")), ("undated", _("undated")))
ON_PAGE = 200
"""Rows of a long list that a page still shows readably."""


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
    """Which rows of a sheet are listed: those behind one number of a report."""

    strength = forms.ChoiceField(choices=Commitment.Strength.choices, required=False)
    state = forms.ChoiceField(choices=State.choices, required=False)
    health = forms.ChoiceField(choices=Health.choices, required=False)
    certainty = forms.ChoiceField(choices=CERTAINTY, required=False)
    begin = DayField(required=False)
    behind = forms.CharField(required=False)

    @property
    def wanted(self):
        """What was asked; a word that is none asks for all."""
        self.is_valid()
        return Wanted(**{name: self.cleaned_data.get(name, "") for name in self.fields})


class PeriodForm(forms.Form):
    """The days between which a report tells, both included; empty is this year up to today."""

    begin = DayField(label=_("From"), required=False)
    end = DayField(label=_("To"), required=False)

    def clean(self):
        found = super().clean()
        if found.get("begin") and found.get("end") and found["begin"] > found["end"]:
            self.add_error("end", _("It ends before it begins: check the two days."))
        return found


class OfCertainty(django_filters.FilterSet):
    """For links: the rows behind one part of a number, by what is known of their dates; decided by the report."""

    certainty = django_filters.ChoiceFilter(
        label=_("Certainty"),
        choices=CERTAINTY,
        method="later",
        empty_label=_("All"),
    )

    def later(self, queryset, name, value):
        return queryset


def said(bound, value):
    """What was chosen in the field `bound` of a form, in words."""
    if isinstance(bound.field, forms.ChoiceField) and not isinstance(bound.field, forms.ModelChoiceField):
        return str(dict(bound.field.choices).get(value, value))
    return str(value)


class Question:
    """What a reader asks of a report: as of which day, and of which records.

    `asked` is a mapping of texts, as an address has them; `filters` a FilterSet that lists share, `shared` those
    of its filters that the report offers. Where a form is not valid, `is_valid` is False and its errors stand in
    `fields`. `most`: so many rows of a long list a page shows (`&all=1`: every one); None: all, as files do.
    """

    filters = AgreementFilter
    shared = ("place", "partner", "named", "field", "unit", "office")
    times = ("on",)
    """The fields of `time_form`."""
    is_part = False
    """Whether another report takes only the tables below the first: what stands beside that is not asked."""

    def __init__(self, asked, today, on_page=False):
        self.asked, self.today = asked, today
        self.most = ON_PAGE if on_page and not asked.get("all") else None
        self.time = self.time_form(asked, today)
        self.chosen = self.filters(asked, self.filters.Meta.model.objects.reported())
        self.is_valid = self.time.is_valid() and self.chosen.form.is_valid()
        self.set_time(self.time.cleaned_data if self.is_valid else {})

    def time_form(self, asked, today):
        return DayForm(asked if asked.get("on") else {"on": today.isoformat()})

    def set_time(self, cleaned):
        self.on = cleaned.get("on") or self.today

    @property
    def fields(self):
        """The fields of the page, in the order in which one asks."""
        return [*self.time, *(self.chosen.form[name] for name in self.shared)]

    @property
    def rows(self):
        """The records asked for, a queryset."""
        return self.chosen.qs if self.is_valid else self.filters.Meta.model.objects.none()

    @property
    def recorded(self):
        """As the records asked for, whatever the review says of them: to tell how many nobody approved."""
        return self.filters(self.asked, self.filters.Meta.model.objects.counted()).qs

    def value(self, name):
        """What was chosen in a filter, or None."""
        return self.chosen.form.cleaned_data.get(name) if self.is_valid else None

    @property
    def conditions(self):
        """((label, text), …) of what was chosen, for the head of the report."""
        asked = [(self.chosen.form[name], self.value(name)) for name in self.shared]
        return tuple((one.field.label, said(one, value)) for one, value in asked if value)

    def places(self, name="partner"):
        """The ids of the places for which the one chosen in a filter stands; None where none was chosen."""
        place = self.value(name)
        return self.chosen.ids(place) if place else None

    @property
    def as_now(self):
        """Whether places are meant as they are now."""
        return self.value("named") != THEN

    @cached_property
    def present(self):
        """{id of a former place: Place of today}; empty where places are meant as they were named then."""
        return present_places() if self.as_now else {}

    @property
    def name(self):
        """The time asked as part of a file name."""
        return self.on.isoformat()


class PeriodQuestion(Question):
    """A question over a period: `begin` and `end`, both included; `on` is its end."""

    times = ("begin", "end")

    def time_form(self, asked, today):
        usual = {"begin": today.replace(month=1, day=1).isoformat(), "end": today.isoformat()}
        given = {name: asked.get(name) or usual[name] for name in usual}
        return PeriodForm(given)

    def set_time(self, cleaned):
        self.begin = cleaned.get("begin") or self.today.replace(month=1, day=1)
        self.end = self.on = cleaned.get("end") or self.today

    @property
    def name(self):
        return f"{self.begin}-{self.end}"


class StatusQuestion(Question):
    """A question about agreements."""

    shared = ("place", "partner", "named", "field", "unit", "office")

    @property
    def agreements(self):
        return self.rows

    @property
    def loose(self):
        """With a partner: what is promised with it in no agreement; else None."""
        places = self.places()
        asked = {name: self.value(name) for name in ("office", "field", "unit")}
        return outside(places, self.on, **asked) if places else None


class CommitmentQuestion(Question):
    """A question about commitments made by the day."""

    filters = CommitmentFilter

    @property
    def rows(self):
        made = made_by(self.on).values("pk")
        return super().rows.filter(pk__in=made)
