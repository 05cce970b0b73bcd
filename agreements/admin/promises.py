"""Pages of commitments and their progress."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements.admin.entry import PERSON, LabelledInline, RecordAdmin, role_inline
from agreements.admin.papers import OfficeFilter
from agreements.models import Citation, Commitment, CommitmentRole, Progress, Target
from agreements.resources import CommitmentResource, ProgressResource

As = CommitmentRole.As


class TargetInline(LabelledInline, admin.TabularInline):
    model = Target
    fields = ["period", "minimum", "maximum", "obligor", "counterpart", "document"]
    autocomplete_fields = ["obligor", "counterpart", "document"]
    verbose_name_plural = _("targets")


class ProgressInline(LabelledInline, admin.StackedInline):
    """New reports only: what was reported is corrected by a new row, never changed."""

    model = Progress
    fields = [
        ("on", "assessment", "reason"),
        ("quantity", "qualifier", "verified"),
        "done",
        ("difficulties", "next_step"),
        ("obligor", "counterpart", "corrects"),
    ]
    autocomplete_fields = ["obligor", "counterpart"]
    verbose_name_plural = _("progress")

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "corrects":
            commitment = request.resolver_match.kwargs.get("object_id")
            kwargs["queryset"] = Progress.objects.filter(
                commitment=commitment if str(commitment).isdecimal() else None
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class CommitmentCitationInline(LabelledInline, admin.TabularInline):
    model = Citation
    fk_name = "commitment"
    fields = ["role", "document", "locator"]
    autocomplete_fields = ["document"]
    verbose_name_plural = _("documents and sources")


class OverdueFilter(admin.SimpleListFilter):
    title, parameter_name = _("due"), "overdue"

    def lookups(self, request, model_admin):
        return [("1", _("overdue"))]

    def queryset(self, request, queryset):
        return queryset.overdue(timezone.localdate()) if self.value() == "1" else queryset


def somebody_rule(commitment):
    """A commitment outside an agreement says who asks, accepts or is obliged."""
    if not commitment.agreement_id and not any(commitment.entered_counts.values()):
        raise ValidationError(gettext("Without an agreement, enter who is obliged, proposes or accepts."))


@admin.register(Commitment)
class CommitmentAdmin(RecordAdmin):
    resource_classes = [CommitmentResource]
    list_display = ["text_display", "agreement_title", "strength", "kind", "due", "state", "code"]
    list_filter = [OverdueFilter, "strength", "kind", OfficeFilter]
    list_select_related = ["agreement", "office"]
    search_fields = ("folded", "agreement__folded", "roles__body__key", "roles__person__key")
    autocomplete_fields = ["agreement", "unit", "continues", "child", "office", "fields"]
    fieldsets = [
        (None, {"fields": ["agreement", "text", "article", "strength", "kind", "office", "code"]}),
        (_("When and how much"), {"fields": ["made_on", "period", "every", "unit"]}),
        (_("Contents"), {"fields": ["fields", "note"]}),
        (_("Relations"), {"classes": ["collapse"], "fields": ["continues", "child"]}),
    ]
    inlines = [
        role_inline(CommitmentRole, As.OBLIGOR, _("obligors")),
        role_inline(CommitmentRole, As.COUNTERPART, _("counterparts")),
        role_inline(CommitmentRole, As.LEAD, _("lead units")),
        role_inline(CommitmentRole, As.COOPERATING, _("cooperating units")),
        role_inline(CommitmentRole, As.PROPOSER, _("proposed by"), PERSON),
        role_inline(CommitmentRole, As.ACCEPTER, _("accepted by"), PERSON),
        role_inline(CommitmentRole, As.BENEFICIARY, _("beneficiaries"), PERSON, rule=somebody_rule),
        TargetInline,
        ProgressInline,
        CommitmentCitationInline,
    ]
    empty_hint = _("No commitment is entered yet. Enter one, or open an agreement first.")

    def get_queryset(self, request):
        return super().get_queryset(request).with_state(timezone.localdate())

    @admin.display(description=_("content"), ordering="folded")
    def text_display(self, commitment):
        return str(commitment)

    @admin.display(description=_("agreement"), ordering="agreement__code")
    def agreement_title(self, commitment):
        return commitment.agreement.title if commitment.agreement_id else "—"

    @admin.display(description=_("period"), ordering="period_last")
    def due(self, commitment):
        late = (
            commitment.kind != Commitment.Kind.STANDING
            and not commitment.closed
            and commitment.period_last
            and commitment.period_last < timezone.localdate()
        )
        text = commitment.get_period_display() or "—"
        return format_html('<span class="late">{} · {}</span>', text, gettext("overdue")) if late else text

    @admin.display(description=_("state"))
    def state(self, commitment):
        if commitment.child_signed:
            return gettext("paper signed")
        if commitment.assessment_on:
            return Progress.Assessment(commitment.assessment_on).label
        return gettext("no report")

    def save_formset(self, request, form, formset, change):
        if formset.model is Progress:
            for progress_form in formset.forms:
                if not progress_form.instance.pk:
                    progress_form.instance.author = request.user
        super().save_formset(request, form, formset, change)


@admin.register(Progress)
class ProgressAdmin(RecordAdmin):
    """All reports in one list; entered on the page of their commitment or here, never changed."""

    resource_classes = [ProgressResource]
    list_display = ["commitment", "number", "on_display", "assessment", "quantity", "verified", "author"]
    list_filter = ["assessment", "verified"]
    list_select_related = ["commitment", "author"]
    search_fields = ("commitment__folded",)
    autocomplete_fields = ["commitment", "obligor", "counterpart", "corrects"]
    exclude = ["number"]
    empty_hint = _("Nothing is reported yet. Open a commitment and add a report at “progress”.")

    @admin.display(description=_("on"), ordering="on_first")
    def on_display(self, progress):
        return progress.get_on_display()

    def has_change_permission(self, request, obj=None):
        return obj is None and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        obj.author = obj.author or request.user
        super().save_model(request, obj, form, change)
