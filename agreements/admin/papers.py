"""Pages of documents and agreements."""

from datetime import date, timedelta

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements import dates
from agreements.admin.entry import BODY, PERSON, LabelledInline, RecordAdmin, role_inline
from agreements.admin.reference import AgreementNameInline
from agreements.filters import offices, partners, used_fields
from agreements.models import (
    Agreement,
    AgreementEvent,
    AgreementLink,
    AgreementRole,
    Citation,
    Document,
    Organization,
    Term,
)
from agreements.models.effect import NOW_IN_FORCE, Effect, is_about
from agreements.models.record import refuse_faults
from agreements.resources import AgreementResource, DocumentResource
from agreements.rules import lead_faults

As = AgreementRole.As


class AgreementCitationInline(LabelledInline, admin.TabularInline):
    model = Citation
    fk_name = "agreement"
    fields = ["role", "document", "locator"]
    autocomplete_fields = ["document"]
    verbose_name_plural = _("documents and sources")


class LinkInline(LabelledInline, admin.TabularInline):
    model = AgreementLink
    fk_name = "agreement"
    autocomplete_fields = ["other"]
    verbose_name_plural = _("framework, predecessor, replaced agreement")


class EventInline(LabelledInline, admin.StackedInline):
    model = AgreementEvent
    autocomplete_fields = ["document", "successor"]
    fields = [("kind", "on", "partial"), ("until", "notified_on", "document"), ("party", "successor"), "note"]
    verbose_name_plural = _("events after signing")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "party":
            agreement = request.resolver_match.kwargs.get("object_id")
            kwargs["queryset"] = AgreementRole.objects.filter(
                role="party", agreement=agreement if str(agreement).isdecimal() else None
            ).select_related("body", "person")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Document)
class DocumentAdmin(RecordAdmin):
    resource_classes = [DocumentResource]
    list_display = ["title", "number", "kind", "issuer", "issued_display", "code"]
    list_filter = [("kind", admin.RelatedOnlyFieldListFilter), ("office", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["kind", "issuer"]
    autocomplete_fields = ["issuer", "replaces", "office"]
    fieldsets = [
        (None, {"fields": ["kind", "number", "title", "issuer", "issued_on", "url", "file"]}),
        (_("Keeping"), {"fields": ["office", "code", "read_on", "replaces", "note"]}),
    ]
    empty_hint = _("Enter the papers and pages that your facts come from; other records then cite them.")

    @admin.display(description=_("issued on"), ordering="issued_first")
    def issued_display(self, document):
        return document.get_issued_on_display()

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if warning := obj.secrecy_warning():
            messages.warning(request, warning)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "kind":
            kwargs["queryset"] = Term.objects.filter(vocabulary="document_kind", retired=False)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class ModelFilter(admin.SimpleListFilter):
    """A filter over `rows()` of another table, by the method `method` of the list's own QuerySet."""

    method = ""

    def lookups(self, request, model_admin):
        return [(str(row.pk), str(row)) for row in self.rows()]

    def queryset(self, request, queryset):
        value = self.value() or ""
        row = self.rows().filter(pk=value).first() if value.isdecimal() else None
        return getattr(queryset, self.method)(row) if row else queryset


class PartnerFilter(ModelFilter):
    title, parameter_name, method = _("partner"), "partner", "with_partner"

    def rows(self):
        return partners()


class FieldFilter(ModelFilter):
    title, parameter_name, method = _("field"), "field", "in_field"

    def rows(self):
        return used_fields()


class UnitFilter(ModelFilter):
    title, parameter_name, method = _("lead or focal unit"), "unit", "led_by"

    def rows(self):
        leads = Q(commitmentroles__role="lead") | Q(agreementroles__role="focal")
        return Organization.objects.filter(leads).distinct()


class OfficeFilter(admin.SimpleListFilter):
    title, parameter_name = _("office"), "office"

    def lookups(self, request, model_admin):
        return [(str(row.pk), str(row)) for row in offices()]

    def queryset(self, request, queryset):
        value = self.value() or ""
        return queryset.filter(office=value) if value.isdecimal() else queryset


class PeriodFilter(admin.SimpleListFilter):
    title, parameter_name = _("period"), "year"

    def lookups(self, request, model_admin):
        return [(str(year), str(year)) for year in range(timezone.localdate().year + 1, 2014, -1)]

    def queryset(self, request, queryset):
        value = self.value() or ""
        if not (value.isdecimal() and dates.EARLIEST <= int(value) <= dates.LATEST):
            return queryset
        return queryset.touching(date(int(value), 1, 1), date(int(value), 12, 31))


def day_of(request):
    """The day of `?on=` (any spelling), else today."""
    try:
        read = dates.parse(request.GET.get("on", ""), periods=False)
    except dates.DateError:
        return timezone.localdate()
    return read.last or timezone.localdate()


class OnFilter(admin.SimpleListFilter):
    """The day as of which legal effect is told."""

    title, parameter_name = _("legal effect on"), "on"

    def lookups(self, request, model_admin):
        this_year = timezone.localdate().year
        days = [date(year, 12, 31) for year in range(this_year, this_year - 6, -1)]
        chosen = day_of(request)
        extra = [chosen] if self.value() and chosen not in days else []
        return [(day.isoformat(), dates.display(day.isoformat())) for day in [*extra, *days]]

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


def warn_of_one_side(request, agreement):
    """Parties that all stand on one side are unusual, not wrong."""
    countries = set(agreement.roles.filter(role="party").values_list("body__country", flat=True))
    sides = {"VN" if country == "VN" else "other" for country in countries}
    if len(sides) == 1:
        messages.warning(request, gettext("All parties are of one side: add the parties of the other side."))


def party_rule(agreement):
    """An agreement has at least one party, and each side at most one that leads."""
    if not agreement.entered_roles.get("party"):
        raise ValidationError(gettext("Enter at least one party."))
    refuse_faults(lead_faults(agreement.entered_rows["party"]))


@admin.register(Agreement)
class AgreementAdmin(RecordAdmin):
    resource_classes = [AgreementResource]
    list_display = ["title", "parties", "signed", "period_display", "effect_display", "office_name", "code"]
    list_display_links = ["title"]
    list_filter = [
        EffectFilter, OnFilter, ExpiringFilter, PartnerFilter, FieldFilter, UnitFilter, OfficeFilter, PeriodFilter,
        ChangedFilter,
    ]  # fmt: skip
    list_select_related = ["office"]
    search_fields = (
        "folded",
        "names__key",
        "roles__body__key",
        "roles__body__area__key",
        "roles__body__area__names__key",
        "roles__person__key",
    )
    autocomplete_fields = ["office", "signed_at", "kept_by", "part_of", "fields"]
    fieldsets = [
        (None, {"fields": ["title", "kind", "level", "office", "code"]}),
        (_("Signing and term"), {"fields": ["signed_on", "signed_at", "mode", "period", "effective_on", "expires_on"]}),
        (_("Contents"), {"fields": ["fields", "note"]}),
        (_("Stage and legal track"), {"fields": ["process", "track", "binding", "auto_renews", "notice_days"]}),
        (
            _("Text, publication, archive"),
            {
                "classes": ["collapse"],
                "fields": [
                    "languages", "copies", "exchanged_on", "published_on", "published_url", "unpublished_reason",
                    "kept_by", "archive_ref",
                ],
            },
        ),
        (_("A count instead of single papers"), {"classes": ["collapse"], "fields": ["number", "part_of"]}),
    ]  # fmt: skip
    inlines = [
        role_inline(AgreementRole, As.PARTY, _("parties"), BODY, rule=party_rule, more=["lead"], at_least=1),
        role_inline(AgreementRole, As.SIGNATORY, _("signatories"), PERSON, more=["document"]),
        role_inline(AgreementRole, As.WITNESS, _("witnesses"), PERSON),
        role_inline(AgreementRole, As.FOCAL, _("focal units")),
        role_inline(AgreementRole, As.COOPERATING, _("cooperating units")),
        LinkInline,
        AgreementCitationInline,
        AgreementNameInline,
        EventInline,
    ]
    empty_hint = _("No agreement is entered yet. Enter the first one, or import a CSV file.")

    def get_queryset(self, request):
        parties = AgreementRole.objects.filter(role="party").select_related("body").order_by("rank", "id")
        queryset = super().get_queryset(request).with_effect(day_of(request))
        return queryset.prefetch_related(Prefetch("roles", parties, to_attr="party_rows"))

    @admin.display(description=_("parties"))
    def parties(self, agreement):
        return (
            " – ".join(dict.fromkeys(row.as_printed or row.body.name for row in agreement.party_rows)) or "—"
        )

    @admin.display(description=_("signed on"), ordering="signed_first")
    def signed(self, agreement):
        return agreement.get_signed_on_display() or "—"

    @admin.display(description=_("period"), ordering="period_first")
    def period_display(self, agreement):
        return agreement.get_period_display() or "—"

    @admin.display(description=_("legal effect"))
    def effect_display(self, agreement):
        about = "≈ " if is_about(agreement, agreement.effect_on) else ""
        return format_html(
            '<span class="effect {}">{}{}</span>', agreement.effect, about, Effect(agreement.effect).label
        )

    @admin.display(description=_("office"), ordering="office__sort")
    def office_name(self, agreement):
        return agreement.office.name

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        warn_of_one_side(request, form.instance)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "kind":
            kwargs["queryset"] = Term.objects.filter(vocabulary="agreement_kind", retired=False)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
