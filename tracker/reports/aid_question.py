"""What a reader asks of the report on aid: days, places, contents, and rates if any."""

from functools import cached_property
from urllib.parse import urlencode

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreements.filters import one_of
from agreements.models import Term
from delegations.filters import DeliveryFilter
from delegations.models import Delivery, DeliveryLine, DeliveryRole
from tracker.reports import rates
from tracker.reports.addresses import of_report
from tracker.reports.aid_behind import further as within
from tracker.reports.asking import Choosing
from tracker.reports.handed import GIVEN, RECEIVED
from tracker.reports.questions import DayField, OfCertainty, PeriodForm, PeriodQuestion

WAYS = {GIVEN: _("Aid given"), RECEIVED: _("Aid received")}


class AidFilter(OfCertainty, DeliveryFilter):
    """The filters of deliveries, and the direction; `behind`, `promised`: the number whose rows are told."""

    way = django_filters.ChoiceFilter(
        label=_("Direction"), choices=list(WAYS.items()), empty_label=_("All"), method="in_direction"
    )
    item = one_of(_("Contents"), lambda: used_items(), "with_item")
    behind = django_filters.CharFilter(label=_("Lines"), method="later", widget=forms.HiddenInput)
    promised = django_filters.CharFilter(label=_("Promised"), method="later", widget=forms.HiddenInput)

    class Meta:
        model = Delivery
        fields = []

    def with_place(self, queryset, name, value):
        rows = DeliveryRole.objects.filter(role__in=["giver", "receiver"], body__area__in=self.ids(value))
        return queryset.filter(pk__in=rows.values("delivery"))

    def in_direction(self, queryset, name, value):
        vietnamese = DeliveryRole.objects.filter(role="giver", body__country="VN").values("delivery")
        return queryset.filter(pk__in=vietnamese) if value == GIVEN else queryset.exclude(pk__in=vietnamese)


def used_items():
    """Items of some line, and those above them."""
    used = Q(pk__in=DeliveryLine.objects.values("item"))
    above = Q(pk__in=Term.objects.filter(used).values("parent"))
    return Term.objects.filter(used | above, vocabulary=Term.Vocabulary.ITEM).order_by("rank", "sort")


class AidForm(PeriodForm):
    """The days, the rates to convert by and the day for which they were stated."""

    rates = rates.RatesField(label=rates.LABEL)
    rates_on = DayField(label=_("Rates of the day"), required=False)

    def clean(self):
        found = super().clean()
        if found.get("rates") and not found.get("rates_on") and "rates_on" not in self.errors:
            self.add_error("rates_on", _("Rates need their day: write it as 30/6/2023."))
        return found


class AidQuestion(Choosing, PeriodQuestion):
    """Without a first day: everything up to the last one."""

    filters = AidFilter
    shared = ("place", "partner", "named", "way", "item", "field", "unit", "office")
    rare = ("certainty", "behind", "promised")
    times = ("begin", "end", "rates", "rates_on")

    def time_form(self, asked, today):
        given = {name: asked.get(name, "") for name in self.times}
        return AidForm({**given, "end": given["end"] or today.isoformat()})

    def set_time(self, cleaned):
        self.begin = cleaned.get("begin")
        self.end = self.on = cleaned.get("end") or self.today
        self.rates = rates.Rates(cleaned.get("rates") or {}, cleaned.get("rates_on"))

    @property
    def conditions(self):
        told = list(super().conditions)
        if self.rates:
            told.append((rates.LABEL, str(self.rates)))
        return tuple(told)

    @property
    def is_narrowed(self):
        """Whether only the lines behind one number are told."""
        return bool(self.value("certainty") or self.value("behind"))

    @property
    def name(self):
        return f"{self.begin}-{self.end}" if self.begin else f"{self.end}"

    def address(self, anchor="aid-rows", **further):
        """The same report asked further: the rows behind a number."""
        asked = {name: value for name, value in {**self.given, **further}.items() if value}
        return f"{of_report('aid')}?{urlencode(asked)}#{anchor}"

    @cached_property
    def given(self):
        return {name: self.asked.get(name) for name in (*self.times, *self.shared, *self.rare)}

    def behind(self, name, **further):
        """The address of the lines behind the number `name` (aid_behind.py), within those asked for."""
        return self.address(**further, behind=within(self.value("behind"), name))
