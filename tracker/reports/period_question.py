"""What a reader asks of the period report: half a year, a year, or any days; the same window a year earlier."""

from copy import copy
from functools import reduce
from operator import or_

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreements import dates
from agreements.filters import AgreementFilter, fields_of, lead_units, leading_units, offices_of, one_of
from agreements.models import Agreement, AgreementRole, Body, Commitment, Organization, Term
from agreements.places import abroad, areas, at_home
from delegations.filters import givers_and_receivers, senders_and_hosts
from delegations.models import (
    Delegation,
    DelegationRole,
    Delivery,
    DeliveryRole,
    Meeting,
    MeetingRole,
)
from tracker.reports import windows
from tracker.reports.asking import Choosing, again
from tracker.reports.questions import OfCertainty, PeriodForm, PeriodQuestion

SLUG = "period"
ON_PAGE = 50
"""Rows of each annex that a page shows; files hold all."""
YEARS = 20
"""Years back that are offered by name; others are asked by their days."""
RECORDS = (Agreement, Commitment, Delegation, Meeting, Delivery)
LABELS = {windows.HALF: _("first six months of %(year)s"), windows.YEAR: _("year %(year)s")}


def known():
    """{word: Window} of the two windows of the settings."""
    return {windows.HALF: settings.PERIOD_HALF, windows.YEAR: settings.PERIOD_YEAR}


def label(year, word):
    """“6 tháng đầu năm 2022”, “năm 2022”."""
    return str(LABELS[word]) % {"year": year}


def used_fields():
    """Fields of any record."""
    return Term.objects.filter(reduce(or_, (Q(pk__in=fields_of(model).values("pk")) for model in RECORDS)))


def offices():
    """Bodies that keep any record."""
    return Organization.objects.filter(
        reduce(or_, (Q(pk__in=offices_of(model).values("pk")) for model in RECORDS))
    )


class WindowForm(PeriodForm):
    """A window by its name, or any two days; typed days go before the name, which is then left empty."""

    period = forms.ChoiceField(label=_("Reporting period"), required=False)
    field_order = ("period", "begin", "end")

    def __init__(self, asked, today):
        super().__init__(asked)
        offered = [(windows.code(*one), label(*one)) for one in windows.begun(known(), today, YEARS)]
        self.fields["period"].choices = [("", _("by the days beside")), *offered]


def parties():
    """Places that take part in any record."""
    return areas(AgreementRole, DelegationRole, MeetingRole, DeliveryRole)


def units():
    """Who is focal for an agreement, leads a commitment, sends or receives a delegation, gives or receives aid."""
    every = (lead_units(), leading_units(), senders_and_hosts(), givers_and_receivers())
    return Body.objects.filter(reduce(or_, (Q(pk__in=rows.values("pk")) for rows in every)))


class PeriodFilter(OfCertainty, AgreementFilter):
    """Places, field, unit and office of any record; the certainty of what was promised or asked for."""

    place = one_of(_("Our locality"), lambda: at_home(parties()), "with_place")
    partner = one_of(_("Partner"), lambda: abroad(parties()), "with_place")
    field = one_of(_("Field"), used_fields, "in_field")
    unit = one_of(_("Unit in charge"), units)
    office = one_of(_("Office"), offices)

    class Meta:
        model = Agreement
        fields = []


class WindowQuestion(Choosing, PeriodQuestion):
    """The period and its neighbour a year earlier; without anything asked the window that ended last.

    A window that is not over yet ends today: nobody knows what is to come.
    """

    filters = PeriodFilter
    shared = ("place", "partner", "named", "field", "unit", "office")
    rare = ("certainty",)
    times = ("period", "begin", "end")

    def __init__(self, asked, today, on_page=False):
        super().__init__(asked, today, on_page)
        self.others = {}
        self.most = min(self.most, ON_PAGE) if self.most else None

    def time_form(self, asked, today):
        given = {name: asked.get(name) or "" for name in self.times}
        if given["begin"] or given["end"]:
            given["period"] = ""  # the page sends the name that it showed, typed days are what the reader did
        elif not given["period"]:
            given["period"] = windows.code(*windows.latest(known(), today))
        return WindowForm(given, today)

    def set_time(self, cleaned):
        if chosen := cleaned.get("period"):
            year, _dash, word = chosen.partition("-")
            self.begin, end = known()[word].of(int(year))
            self.end = min(end, self.today)
        else:
            self.end = cleaned.get("end") or self.today
            self.begin = cleaned.get("begin") or known()[windows.YEAR].of(self.end.year)[0]
        self.on = self.end
        self.before = windows.year_before(self.begin, self.end)

    @property
    def windows(self):
        """The period, the same a year earlier, and everything up to the end of the period."""
        return (self.begin, self.end), self.before, (None, self.end)

    @property
    def called(self):
        """The name of the window with just these days, or ""."""
        if found := windows.named(known(), self.begin, self.end):
            return label(*found)
        return ""

    @property
    def conditions(self):
        """What was chosen; of a window that is not over, which it is and up to which day."""
        return (*self.unfinished(), *self.put_aside(), *super().conditions)

    def put_aside(self):
        """That a period was sent beside typed days, which went before it: nothing asked is dropped in silence."""
        asked = self.asked.get("period")
        if asked and self.is_valid and not self.time.cleaned_data.get("period"):
            names = dict(self.time.fields["period"].choices)
            if (name := names.get(asked, asked)) != self.called:
                said = _("the days typed, not %(name)s") % {"name": name}
                yield self.time.fields["period"].label, str(said)

    def unfinished(self):
        chosen = self.time.cleaned_data.get("period") if self.is_valid else ""
        if chosen and not self.called:
            year, _dash, word = chosen.partition("-")
            name = {"name": label(int(year), word), "day": dates.display(self.end.isoformat())}
            yield self.time.fields["period"].label, str(_("%(name)s, not over: up to %(day)s")) % name

    def further(self, kind, **times):
        """The question of another report on the same records, with `times` as days; None where it has none.

        A place, field, unit or office that the other report does not know has no row in it.
        """
        key = kind, *times.items()
        if key not in self.others:
            given = {name: self.asked.get(name) for name in self.shared if self.asked.get(name)}
            given |= {name: day.isoformat() for name, day in times.items()}
            self.others[key] = kind(given, self.today)
        made = copy(self.others[key])
        made.most, made.is_part, made.present = self.most, True, self.present
        return made if made.is_valid else None

    def address(self, slug, anchor, **asked):
        """A report on the same records over other days: the rows behind a number."""
        kept = {name: self.asked.get(name) for name in self.shared}
        return f"{again(slug, kept, **asked)}#{anchor}"
