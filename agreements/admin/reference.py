"""Pages of lists, bodies, people, and of other names."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from agreements.admin.entry import LabelledInline, RecordAdmin
from agreements.models import Body, Locality, Name, Organization, Person, Succession, Term
from agreements.resources import (
    LocalityResource,
    OrganizationResource,
    PersonResource,
    SuccessionResource,
    TermResource,
)


class NameInline(LabelledInline, admin.TabularInline):
    model = Name
    fields = ["text", "language", "script", "standing", "document"]
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


class SuccessionInline(LabelledInline, admin.TabularInline):
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
    list_display = ["name", "name_en", "vocabulary", "code", "parent", "rank", "retired"]
    list_filter = ["vocabulary", "retired"]
    list_select_related = ["parent"]
    search_fields = ("key", "names__key")
    autocomplete_fields = ["parent"]
    inlines = [TermNameInline]
    empty_hint = _("The lists are loaded by “load_reference”.")


class ExistsNowFilter(admin.SimpleListFilter):
    title = _("standing")
    parameter_name = "now"

    def lookups(self, request, model_admin):
        return [("yes", _("exists now")), ("no", _("ended"))]

    def queryset(self, request, queryset):
        from django.utils import timezone

        ended = {"exists_last__lt": timezone.localdate()}
        return {"yes": queryset.exclude(**ended), "no": queryset.filter(**ended)}.get(self.value(), queryset)


class BodyAdmin(RecordAdmin):
    list_display = ["name", "name_en", "code", "kind", "place", "exists_display"]
    list_filter = [ExistsNowFilter, "kind", "country"]
    list_select_related = ["area"]
    search_fields = ("key", "names__key")
    autocomplete_fields = ["area", "parent"]
    inlines = [BodyNameInline, SuccessionInline, PredecessionInline]

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
    list_display = ["name", "name_en", "code", "kind", "country", "official_code", "exists_display"]
    fields = ["name", "name_en", "code", "kind", "country", "official_code", "exists", "parent"]
    autocomplete_fields = ["parent"]
    empty_hint = _("The localities of Việt Nam and Laos are loaded by “load_reference”.")

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name == "kind":
            kwargs["choices"] = [("", "---------"), *((kind.value, kind.label) for kind in Body.PLACES)]
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
    search_fields = ("old__key", "new__key")
    autocomplete_fields = ["old", "new", "document"]
    empty_hint = _("Enter mergers, splits and new names of bodies here.")

    @admin.display(description=_("on"), ordering="on_first")
    def on_display(self, succession):
        return succession.get_on_display()


@admin.register(Person)
class PersonAdmin(RecordAdmin):
    resource_classes = [PersonResource]
    list_display = ["name", "country", "code"]
    list_filter = ["country"]
    search_fields = ("key", "names__key")
    fields = ["name", "country", "code"]
    inlines = [PersonNameInline]
    empty_hint = _("Enter the people named in your papers: the name is enough; titles belong to each event.")
