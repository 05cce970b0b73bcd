"""Pages of progress reports: entered, reviewed, and corrected by new ones."""

from django.conf import settings
from django.contrib import admin
from django.forms import model_to_dict
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from agreements import numbers
from agreements.admin.filters import shared
from agreements.admin.promises import CommitmentCitationInline, ProgressForm
from agreements.admin.reasons import PERFORMANCE, reasons
from agreements.admin.record import RecordAdmin
from agreements.admin.review import ReviewMixin
from agreements.filters import ProgressFilter
from agreements.models import Progress
from agreements.models.record import ReviewState, counted_with
from agreements.resources import ProgressResource

REPEATED = (
    "commitment", "on", "quantity", "qualifier", "assessment", "reason", "done", "difficulties", "next_step",
    "obligor", "counterpart", "verified",
)  # fmt: skip
"""What a correction begins with: everything that the report said."""


def replaced_by(report):
    """The report that a correction of `report` replaces in the figures: itself, or what it failed to correct."""
    while settings.REVIEW_REQUIRED and report.review_state != ReviewState.APPROVED and report.corrects_id:
        report = report.corrects
    return report


def standing_correction(report):
    """The first correction of `report` that stands, or None; where review is required one returned does not."""
    corrections = report.corrections.order_by("number")
    if settings.REVIEW_REQUIRED:
        corrections = corrections.exclude(review_state=ReviewState.RETURNED)
    return corrections.first()


class ProgressCitationInline(CommitmentCitationInline):
    fk_name = "progress"


@admin.register(Progress)
class ProgressAdmin(ReviewMixin, RecordAdmin):
    """All reports in one list; entered on the page of their commitment or here, never changed but by review."""

    form = ProgressForm
    takes_texts = True
    resource_classes = [ProgressResource]
    list_display = [
        "commitment",
        "on_display",
        "told",
        "quantity_display",
        "assessment",
        "review_state",
        "verified",
        "author",
        "number",
    ]
    ordering = ["-on_first", "-pk"]
    list_filter = [
        "review_state", *shared(ProgressFilter, "partner", "unit", "year"), "assessment", "verified",
        *shared(ProgressFilter, "office"),
    ]  # fmt: skip
    list_select_related = ["commitment__unit", "author"]
    search_fields = ("commitment__folded", "commitment__agreement__folded", "commitment__roles__body")
    autocomplete_fields = ["commitment", "obligor", "counterpart", "corrects"]
    exclude = ["number"]
    inlines = [ProgressCitationInline]
    empty_hint = _("Nothing is reported yet. Open a commitment and choose “Add a progress report”.")

    def get_queryset(self, request):
        return super().get_queryset(request).filter(counted_with(Progress))

    # The page --------------------------------------------------------------------------------------
    def get_changeform_initial_data(self, request):
        """A correction (`?corrects=12`) begins as the report that was wrong."""
        initial = super().get_changeform_initial_data(request)
        key = str(initial.get("corrects", ""))
        wrong = self.get_queryset(request).filter(pk=key).first() if key.isdecimal() else None
        if wrong is None:
            return initial
        return {**initial, **model_to_dict(wrong, REPEATED), "corrects": replaced_by(wrong).pk}

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj and self.has_add_permission(request):
            context["correction"] = standing_correction(obj)
            context["correct_url"] = f"{reverse('admin:agreements_progress_add')}?corrects={obj.pk}"
        return super().render_change_form(request, context, add, change, form_url, obj)

    @admin.display(description=_("on"), ordering="on_first")
    def on_display(self, progress):
        return progress.get_on_display()

    @admin.display(description=_("what was done"))
    def told(self, progress):
        words = progress.done or progress.difficulties or progress.next_step
        return Truncator(words).chars(120) or "—"

    @admin.display(description=_("quantity"), ordering="quantity")
    def quantity_display(self, progress):
        if progress.quantity is None:
            return "—"
        return f"{numbers.display(progress.quantity)} {progress.commitment.unit or ''}".strip()

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "reason":
            kwargs["queryset"] = reasons(PERFORMANCE)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_change_permission(self, request, obj=None):
        return obj is None and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        obj.author = obj.author or request.user
        super().save_model(request, obj, form, change)
