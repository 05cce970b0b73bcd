"""Pages of documents and agreements."""

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements.admin.entry import BODY, PERSON, LabelledInline, role_inline
from agreements.admin.files import DocumentFile
from agreements.admin.filters import ChangedFilter, EffectFilter, ExpiringFilter, OnFilter, day_of, shared
from agreements.admin.reasons import PUBLICATION, reasons
from agreements.admin.record import TopRecordAdmin
from agreements.admin.reference import AgreementNameInline
from agreements.files import MEGABYTE
from agreements.filters import AgreementFilter, DocumentFilter
from agreements.models import (
    Agreement,
    AgreementEvent,
    AgreementLink,
    AgreementRole,
    Citation,
    Document,
    Term,
)
from agreements.models.effect import Effect, is_about
from agreements.models.record import refuse_faults
from agreements.resources import AgreementResource, DocumentResource
from agreements.rules import lead_faults, name_warning, parties_warning

As = AgreementRole.As


class AgreementCitationInline(LabelledInline, admin.StackedInline):
    model = Citation
    fk_name = "agreement"
    fields = ["role", "document", "locator"]
    autocomplete_fields = ["document"]
    verbose_name_plural = _("documents and sources")


class LinkInline(LabelledInline, admin.StackedInline):
    model = AgreementLink
    fk_name = "agreement"
    fields = ["kind", "other"]
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
class DocumentAdmin(TopRecordAdmin):
    resource_classes = [DocumentResource]
    list_display = ["title_display", "number", "kind", "issuer", "issued_display", "code"]
    list_filter = shared(DocumentFilter, "kind", "issuer", "office", "year")
    list_select_related = ["kind", "issuer"]
    search_fields = ("folded", "issuer")
    autocomplete_fields = ["issuer", "replaces", "office"]
    fieldsets = [
        (None, {"fields": ["kind", "number", "title", "issuer", "issued_on", "url", "file"]}),
        (_("Keeping"), {"fields": ["office", "code", "read_on", "replaces", "note"]}),
    ]
    empty_hint = _("Enter the papers and pages that your facts come from; other records then cite them.")

    @admin.display(description=_("title"), ordering="sort")
    def title_display(self, document):
        return document.title

    @admin.display(description=_("issued on"), ordering="issued_first")
    def issued_display(self, document):
        return document.get_issued_on_display()

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "file":
            limit = {"limit": settings.UPLOAD_LIMIT // MEGABYTE}
            kwargs |= {
                "widget": DocumentFile,
                "help_text": gettext("Never a state secret. At most %(limit)s MB.") % limit,
            }
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "kind":
            kwargs["queryset"] = Term.objects.filter(vocabulary="document_kind", retired=False)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def warn_of(request, agreement):
    """Tell what is unusual of a saved agreement, and not wrong."""
    countries = set(agreement.roles.filter(role="party").values_list("body__country", flat=True))
    governed = agreement.track == Agreement.Track.TREATY_LAW
    for sentence in (parties_warning(countries), name_warning(agreement.title, governed)):
        if sentence:
            messages.warning(request, sentence)


def party_rule(agreement):
    """An agreement has at least one party, and each side at most one that leads."""
    if not agreement.entered_roles.get("party"):
        raise ValidationError(gettext("Enter at least one party."))
    refuse_faults(lead_faults(agreement.entered_rows["party"]))


@admin.register(Agreement)
class AgreementAdmin(TopRecordAdmin):
    resource_classes = [AgreementResource]
    list_display = [
        "title_display",
        "parties",
        "signed",
        "period_display",
        "effect_display",
        "office_name",
        "code",
    ]
    list_display_links = ["title_display"]
    list_filter = [
        EffectFilter, OnFilter, ExpiringFilter, *shared(AgreementFilter, "partner", "field", "unit", "office", "year"),
        "kind", "process", ChangedFilter,
    ]  # fmt: skip
    list_select_related = ["office"]
    search_fields = ("folded", "names", "roles__body", "roles__person")
    autocomplete_fields = ["office", "signed_at", "kept_by", "part_of", "fields"]
    fieldsets = [
        (None, {"fields": ["title", "kind", "level", "office", "code"]}),
        (_("Signing and term"), {"fields": ["signed_on", "period", "effective_on", "expires_on", "signed_at", "mode"]}),
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
        role_inline(
            AgreementRole, As.PARTY, _("parties"), BODY, rule=party_rule, more=["lead"], at_least=1, after=0
        ),
        role_inline(AgreementRole, As.SIGNATORY, _("signatories"), PERSON, more=["document"], after=1),
        role_inline(AgreementRole, As.WITNESS, _("witnesses"), PERSON, after=1),
        role_inline(AgreementRole, As.FOCAL, _("focal units"), after=2),
        role_inline(AgreementRole, As.COOPERATING, _("cooperating units"), after=2),
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

    @admin.display(description=_("title"), ordering="sort")
    def title_display(self, agreement):
        return agreement.title

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
        warn_of(request, form.instance)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "kind":
            kwargs["queryset"] = Term.objects.filter(vocabulary="agreement_kind", retired=False)
        elif db_field.name == "unpublished_reason":
            kwargs["queryset"] = reasons(PUBLICATION)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
