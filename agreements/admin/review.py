"""Submitting, approving and returning progress reports: actions of their list."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from agreements.review import APPROVE, RETURN, SUBMIT, NoNote, take_step

DONE = {
    SUBMIT: lambda count: ngettext("%(count)s report submitted.", "%(count)s reports submitted.", count),
    APPROVE: lambda count: ngettext("%(count)s report approved.", "%(count)s reports approved.", count),
    RETURN: lambda count: ngettext("%(count)s report returned.", "%(count)s reports returned.", count),
}


class NoteForm(ActionForm):
    """The action, and why."""

    action = forms.ChoiceField(label=_("With those ticked:"))
    note = forms.CharField(label=_("Note (when returning)"), required=False, max_length=500)


class ReviewMixin:
    """The review of figures in a list: who may enter them submits, who may approve approves or returns."""

    action_form = NoteForm
    actions = ("submit_reports", "approve_reports", "return_reports")

    def get_readonly_fields(self, request, obj=None):
        return ("review_state", "review_note") if obj else ()

    def has_submit_permission(self, request):
        return self.has_add_permission(request)

    def has_approve_permission(self, request):
        return request.user.has_perm("agreements.approve_progress")

    @admin.action(description=_("Submit for approval"), permissions=["submit"])
    def submit_reports(self, request, queryset):
        self.review(request, queryset, SUBMIT)

    @admin.action(description=_("Approve"), permissions=["approve"])
    def approve_reports(self, request, queryset):
        self.review(request, queryset, APPROVE)

    @admin.action(description=_("Return with a note"), permissions=["approve"])
    def return_reports(self, request, queryset):
        self.review(request, queryset, RETURN)

    def review(self, request, queryset, step):
        """Take the step with those of `queryset` that may; the others are told."""
        chosen = queryset.count()
        try:
            count = take_step(step, queryset, request.user, request.POST.get("note", ""))
        except NoNote as error:
            messages.error(request, str(error))
            return
        if count:
            messages.success(request, DONE[step](count) % {"count": count})
        if count < chosen:
            sentence = gettext(
                "%(count)s left as they were: they do not wait for this step, or you entered them yourself."
            )
            messages.warning(request, sentence % {"count": chosen - count})
