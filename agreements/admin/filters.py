"""The bar of filters above a list; those that reports share come from a FilterSet."""

from datetime import date, timedelta

from django.contrib import admin, messages
from django.contrib.admin.views.main import ERROR_FLAG, PAGE_VAR
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements import dates
from agreements.models import Agreement, Body
from agreements.models.effect import NOW_IN_FORCE, Effect
from agreements.models.standing import Health, State


class SharedFilter(admin.SimpleListFilter):
    """One filter of a FilterSet; a value that it refuses (no such row) filters nothing."""

    filter_set, parameter_name = None, ""

    def __init__(self, request, params, model, model_admin):
        self.title = self.filter_set.base_filters[self.parameter_name].label
        super().__init__(request, params, model, model_admin)

    def asked(self, queryset):
        return self.filter_set({self.parameter_name: self.value() or ""}, queryset)

    def lookups(self, request, model_admin):
        asked = self.asked(model_admin.model.objects.none())
        choices = asked.filters[self.parameter_name].field.choices  # this box alone, not the whole form
        return [(str(value), str(label)) for value, label in choices if value not in ("", None)]

    def queryset(self, request, queryset):
        """Of a value that is none of its choices the reader is told."""
        if not self.value():
            return queryset
        asked = self.asked(queryset)
        for sentence in asked.form.errors.get(self.parameter_name, ()):
            messages.error(request, f"{capfirst(self.title)}: {sentence}")
        return asked.qs


def shared(filter_set, *names):
    """A list filter for each of these filters of `filter_set`."""
    return [
        type(
            f"{filter_set.__name__}{name.title()}",
            (SharedFilter,),
            {"filter_set": filter_set, "parameter_name": name},
        )
        for name in names
    ]


def day_of(request):
    """The day of `?on=` (any spelling), else today."""
    try:
        read = dates.parse(request.GET.get("on", ""), periods=False)
    except dates.DateError:
        return timezone.localdate()
    return read.last or timezone.localdate()


class OnFilter(admin.SimpleListFilter):
    """The day as of which legal effect is told: one of six offered, or any that is typed."""

    title, parameter_name = _("as of"), "on"
    template = "admin/day_filter.html"

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        self.day = day_of(request)
        try:
            dates.parse(self.value() or "", periods=False)
        except dates.DateError as error:
            messages.error(request, str(error))

    def shown(self):
        return dates.display(self.day.isoformat())

    def lookups(self, request, model_admin):
        this_year = timezone.localdate().year
        days = [date(year, 12, 31) for year in range(this_year, this_year - 6, -1)]
        return [(day.isoformat(), dates.display(day.isoformat())) for day in days]

    def choices(self, changelist):
        """Also keeps what else is asked of the list, for the form of the typed day."""
        self.others = [
            (name, value)
            for name, value in changelist.params.items()
            if name not in (self.parameter_name, PAGE_VAR, ERROR_FLAG)
        ]
        return super().choices(changelist)

    def queryset(self, request, queryset):
        return queryset


class EffectFilter(admin.SimpleListFilter):
    """Legal effect; “in force” takes in what is about to expire."""

    title, parameter_name = _("legal effect"), "effect"

    def lookups(self, request, model_admin):
        return [("now", _("in force (all)")), *Effect.choices]

    def queryset(self, request, queryset):
        if self.value() == "now":
            return queryset.filter(effect__in=NOW_IN_FORCE)
        return queryset.filter(effect=self.value()) if self.value() in Effect.values else queryset


class DaysFilter(admin.SimpleListFilter):
    """A filter by a number of days."""

    offered = (7, 30, 90, 180)

    def lookups(self, request, model_admin):
        return [(str(days), gettext("%(days)s days") % {"days": days}) for days in self.offered]

    def days(self):
        value = self.value() or ""
        return int(value) if value.isdecimal() and len(value) < 5 else None


class ExpiringFilter(DaysFilter):
    title, parameter_name, offered = _("expires within"), "expiring", (30, 90, 180)

    def queryset(self, request, queryset):
        days = self.days()
        if days is None:
            return queryset
        day = day_of(request)
        return queryset.filter(effect__in=NOW_IN_FORCE, end_on__range=(day, day + timedelta(days=days)))


class ChangedFilter(DaysFilter):
    title, parameter_name, offered = _("changed within"), "changed", (7, 30)

    def queryset(self, request, queryset):
        days = self.days()
        return queryset if days is None else queryset.changed_since(timezone.now() - timedelta(days=days))


class StandingFilter(admin.SimpleListFilter):
    """A filter by how commitments stand today; the rule is that of reports."""

    words = None

    def lookups(self, request, model_admin):
        return self.words.choices

    def queryset(self, request, queryset):
        if self.value() not in self.words.values:
            return queryset
        return queryset.standing(timezone.localdate(), **{self.parameter_name: self.value()})


class StateFilter(StandingFilter):
    title, parameter_name, words = _("how far"), "state", State


class HealthFilter(StandingFilter):
    title, parameter_name, words = _("deadline"), "health", Health


class OfAgreementFilter(admin.SimpleListFilter):
    """Commitments outside agreements, or those of the one agreement that a link names (`?agreement=12`)."""

    title, parameter_name = _("agreement"), "agreement"

    def chosen(self):
        value = self.value() or ""
        return Agreement.objects.filter(pk=value).first() if value.isdecimal() else None

    def lookups(self, request, model_admin):
        one = self.chosen()
        return [("none", _("without an agreement")), *([(str(one.pk), str(one))] if one else [])]

    def queryset(self, request, queryset):
        if self.value() == "none":
            return queryset.filter(agreement__isnull=True)
        one = self.chosen()
        return queryset.filter(agreement=one) if one else queryset


class ExistsNowFilter(admin.SimpleListFilter):
    title, parameter_name = _("standing"), "now"

    def lookups(self, request, model_admin):
        return [("yes", _("exists now")), ("no", _("ended"))]

    def queryset(self, request, queryset):
        ended = {"exists_last__lt": timezone.localdate()}
        return {"yes": queryset.exclude(**ended), "no": queryset.filter(**ended)}.get(self.value(), queryset)


def country_names():
    """{"VN": "Việt Nam", …}: the countries of the register by their two letters."""
    return dict(Body.objects.filter(kind=Body.Kind.COUNTRY).order_by("sort").values_list("country", "name"))


class CountryFilter(admin.SimpleListFilter):
    """The country of a body or person, by its name."""

    title, parameter_name = _("country"), "country"

    def lookups(self, request, model_admin):
        known = country_names()
        used = model_admin.model.objects.exclude(country="").values_list("country", flat=True)
        found = [(code, known.get(code, code)) for code in used.order_by().distinct()]
        return sorted(found, key=lambda one: (one[0] != "VN", one[0] != "LA", capfirst(one[1])))

    def queryset(self, request, queryset):
        value = self.value() or ""
        is_code = len(value) == 2 and value.isascii() and value.isalpha()  # no text that a database refuses
        return queryset.filter(country=value) if is_code else queryset
