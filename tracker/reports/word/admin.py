"""The page of Word templates: a file is checked before it is kept, and never changed afterwards."""

import hashlib
from pathlib import PurePath

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements.admin.entry import PlainChoices
from agreements.admin.meanwhile import MeanwhileMixin
from agreements.admin.record import SoundLists
from tracker.reports.catalogue import REPORTS, SHEET
from tracker.reports.word.guard import LARGEST_FILE, TemplateFault
from tracker.reports.word.letterhead import PLACEHOLDERS, REQUIRED
from tracker.reports.word.models import ReportTemplate
from tracker.reports.word.placeholders import check


def report_names():
    """{key of the Table or Sheet: name} of the reports for which a template may be kept; "" is every one."""
    own = {report.slug: report.title for report in REPORTS}
    return {"": _("every report"), **own, SHEET: _("One agreement")}


class TemplateForm(forms.ModelForm):
    """A template whose file is sound; what is wrong with it is told in one sentence."""

    report = forms.ChoiceField(
        label=_("Report"), choices=lambda: list(report_names().items()), required=False
    )

    class Meta:
        model = ReportTemplate
        fields = ["office", "report", "file", "active"]

    def clean_file(self):
        """Read once, judged, its fingerprint kept."""
        file = self.cleaned_data["file"]
        if PurePath(file.name).suffix.lower() != ".docx":
            raise ValidationError(
                gettext("“%(name)s” is no Word template: save it as “Word Document (.docx)”.")
                % {"name": PurePath(file.name).name}
            )
        file.seek(0)
        content = file.read(LARGEST_FILE + 1)
        file.seek(0)
        try:
            check(content)
        except TemplateFault as fault:
            raise ValidationError(str(fault)) from fault
        self.instance.sha256 = hashlib.sha256(content).hexdigest()
        return file


class StateForm(forms.ModelForm):
    """A kept template: only whether it is in use."""

    class Meta:
        model = ReportTemplate
        fields = ["active"]


@admin.register(ReportTemplate)
class ReportTemplateAdmin(SoundLists, MeanwhileMixin, PlainChoices, admin.ModelAdmin):
    """Word templates of the offices; one that is no longer wanted is taken out of use, not deleted."""

    list_display = ["file_name", "office", "report_name", "active", "uploaded_by", "on"]
    list_display_links = ["file_name"]
    list_filter = ["active"]
    list_select_related = ["office", "uploaded_by"]
    autocomplete_fields = ["office"]
    actions = None
    add_form_template = "admin/report_template/add.html"
    change_list_template = "admin/report_template/list.html"
    empty_hint = _("No template of an office is kept: reports are written with the default template.")

    def get_form(self, request, obj=None, **kwargs):
        return super().get_form(request, obj, form=StateForm if obj else TemplateForm, **kwargs)

    def get_fields(self, request, obj=None):
        kept = ["download", "office", "report_name", "uploaded_by", "on", "sha256", "active"]
        return kept if obj else TemplateForm.Meta.fields

    def get_readonly_fields(self, request, obj=None):
        return [name for name in self.get_fields(request, obj) if name != "active"] if obj else []

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        if not change:
            obj.uploaded_by = request.user
        super().save_model(request, obj, form, change)

    def add_view(self, request, form_url="", extra_context=None):
        told = [
            {"name": name, "meaning": meaning, "required": name in REQUIRED}
            for name, meaning in PLACEHOLDERS.items()
        ]
        return super().add_view(
            request, form_url, {"placeholders": told, "warns_of_secrets": True, **(extra_context or {})}
        )

    @admin.display(description=_("report"), ordering="report")
    def report_name(self, template):
        return report_names().get(template.report, template.report)

    @admin.display(description=_("Word template (.docx)"))
    def download(self, template):
        address = reverse("reports:word-template", args=[template.pk])
        return format_html('<a href="{}">{}</a>', address, template)
