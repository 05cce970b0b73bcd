"""Pages of lists, bodies, people, and of other names."""

from django.contrib import admin
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext_lazy as _

from agreements.admin.entry import EntryForm, LabelledInline
from agreements.admin.filters import CountryFilter, ExistsNowFilter, country_names
from agreements.admin.record import RecordAdmin
from agreements.models import Body, Locality, Name, Organization, Person, Succession, Term
from agreements.resources import (
    LocalityResource,
    OrganizationResource,
    PersonResource,
    SuccessionResource,
    TermResource,
)


class NameInline(LabelledInline, admin.StackedInline):
    model = Name
    fields = ["text", "language", "script", "standing", "document"]
    folded = ("document",)
    autocomplete_fields = ["document"]
    verbose_name_plural = _("other names and spellings")


class BodyNameInline(NameInline):
    fk_name = "body"


class PersonNameInline(NameInline):
    fk_name = "person"


class AgreementNameInline(NameInline):
    fk_name = "agreement"
    verbose_name_plural = _("other titles")


class TermNameInline(NameInline):
    fk_name = "term"


class SuccessionInline(LabelledInline, admin.StackedInline):
    model = Succession
    fk_name = "old"
    fields = ["new", "on", "how", "document"]
    autocomplete_fields = ["new", "document"]
    verbose_name_plural = _("successors")


class PredecessionInline(SuccessionInline):
    fk_name = "new"
    fields = ["old", "on", "how", "document"]
    autocomplete_fields = ["old", "document"]
    verbose_name_plural = _("what it came from")


@admin.register(Term)
class TermAdmin(RecordAdmin):
    resource_classes = [TermResource]
    list_display = ["name_display", "name_en", "vocabulary", "code", "parent", "rank", "retired"]
    list_filter = ["vocabulary", "retired"]
    list_select_related = ["parent"]
    search_fields = ("named",)
    autocomplete_fields = ["parent"]
    inlines = [TermNameInline]
    empty_hint = _("The lists are loaded by “load_reference”.")

    @admin.display(description=_("name"), ordering="sort")
    def name_display(self, entry):
        return entry.name


class CountryMixin:
    """Countries by their names, fetched once a page."""

    def get_queryset(self, request):
        self.countries = country_names()
        return super().get_queryset(request)

    @admin.display(description=_("country"), ordering="country")
    def country_display(self, row):
        return self.countries.get(row.country, row.country) or "—"


class BodyForm(EntryForm):
    """A body without name or kind is told only that: what follows from them cannot be judged yet."""

    def _update_errors(self, errors):
        super()._update_errors(errors)
        if {"name", "kind", "country"} & set(self._errors):
            self._errors.pop("area", None)
            self._errors.pop(NON_FIELD_ERRORS, None)


class BodyAdmin(CountryMixin, RecordAdmin):
    form = BodyForm
    list_display = ["name_display", "name_en", "code", "kind", "place", "exists_display"]
    list_filter = [ExistsNowFilter, "kind", CountryFilter]
    list_select_related = ["area"]
    search_fields = ("named",)
    autocomplete_fields = ["area", "parent"]
    inlines = [BodyNameInline, SuccessionInline, PredecessionInline]

    @admin.display(description=_("name"), ordering="sort")
    def name_display(self, body):
        return body.name

    @admin.display(description=_("place"), ordering="area__sort")
    def place(self, body):
        return body.area.name

    @admin.display(description=_("existed"), ordering="exists_first")
    def exists_display(self, body):
        return body.get_exists_display()


@admin.register(Body)
class AllBodiesAdmin(BodyAdmin):
    """For autocomplete over places and organizations together; staff use the two pages below."""

    def has_module_permission(self, request):
        return False


@admin.register(Locality)
class LocalityAdmin(BodyAdmin):
    resource_classes = [LocalityResource]
    list_display = [
        "name_display",
        "name_en",
        "code",
        "kind",
        "country_display",
        "official_code",
        "exists_display",
    ]
    fields = ["name", "name_en", "code", "kind", "country", "official_code", "exists", "parent"]
    autocomplete_fields = ["parent"]
    empty_hint = _("The localities of Việt Nam and Laos are loaded by “load_reference”.")

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name == "kind":
            kwargs["choices"] = [("", "---------"), *((kind, Body.Kind(kind).label) for kind in Body.PLACES)]
        return super().formfield_for_choice_field(db_field, request, **kwargs)


@admin.register(Organization)
class OrganizationAdmin(BodyAdmin):
    resource_classes = [OrganizationResource]
    fields = ["name", "name_en", "code", "kind", "country", "area", "parent", "official_code", "exists"]
    empty_hint = _("Enter the committees, departments and unions that take part in your agreements.")

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name == "kind":
            others = [kind for kind in Body.Kind if kind not in Body.PLACES]
            kwargs["choices"] = [("", "---------"), *((kind.value, kind.label) for kind in others)]
        return super().formfield_for_choice_field(db_field, request, **kwargs)


@admin.register(Succession)
class SuccessionAdmin(RecordAdmin):
    resource_classes = [SuccessionResource]
    list_display = ["old", "new", "on_display", "how"]
    list_filter = ["how"]
    list_select_related = ["old", "new"]
    search_fields = ("old", "new")
    autocomplete_fields = ["old", "new", "document"]
    empty_hint = _("Enter mergers, splits and new names of bodies here.")

    @admin.display(description=_("on"), ordering="on_first")
    def on_display(self, succession):
        return succession.get_on_display()


@admin.register(Person)
class PersonAdmin(CountryMixin, RecordAdmin):
    resource_classes = [PersonResource]
    list_display = ["name_display", "country_display", "code"]
    list_filter = [CountryFilter]
    search_fields = ("named",)
    fields = ["name", "country", "code"]
    inlines = [PersonNameInline]
    empty_hint = _("Enter the people named in your papers: the name is enough; titles belong to each event.")

    @admin.display(description=_("name"), ordering="sort")
    def name_display(self, person):
        return person.name
