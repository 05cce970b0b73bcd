"""Submitting, approving and returning what is reviewed: actions of its list, and its standing on its page."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from agreements.review import APPROVE, RETURN, SUBMIT, NoNote, reopen, take_step

DONE = {
    SUBMIT: lambda count: ngettext("%(count)s submitted.", "%(count)s submitted.", count),
    APPROVE: lambda count: ngettext("%(count)s approved.", "%(count)s approved.", count),
    RETURN: lambda count: ngettext("%(count)s returned.", "%(count)s returned.", count),
}
STANDING = ("review_state", "review_note")


class NoteForm(ActionForm):
    """The action, and why."""

    action = forms.ChoiceField(label=_("With those ticked:"))
    note = forms.CharField(label=_("Note (when returning)"), required=False, max_length=500)


class ReviewMixin:
    """The review of figures: who may enter them submits, who may approve approves or returns."""

    action_form = NoteForm
    actions = ("submit_reports", "approve_reports", "return_reports")

    # The page --------------------------------------------------------------------------------------
    def get_readonly_fields(self, request, obj=None):
        return (*super().get_readonly_fields(request, obj), *(STANDING if obj else ()))

    def get_fieldsets(self, request, obj=None):
        """Where the fields are laid out, the review stands at their end."""
        found = super().get_fieldsets(request, obj)
        return [*found, (_("Review"), {"fields": STANDING})] if obj and self.fieldsets else found

    def save_related(self, request, form, formsets, change):
        """What was submitted or approved was something else: it is looked at anew."""
        super().save_related(request, form, formsets, change)
        changed = form.has_changed() or any(formset.has_changed() for formset in formsets)
        if change and changed:
            self.reopened(request, form.instance)

    def after_putting_back(self, request, record):
        super().after_putting_back(request, record)
        self.reopened(request, record)

    def reopened(self, request, record):
        """Make the changed record a draft again, and say so where it was none."""
        if reopen(self.model.objects.filter(pk=record.pk)):
            messages.info(
                request, gettext("Changed since it was submitted: it is a draft again, submit it anew.")
            )

    # The list --------------------------------------------------------------------------------------
    def has_submit_permission(self, request):
        return self.has_add_permission(request)

    def has_approve_permission(self, request):
        return request.user.has_perm(f"{self.opts.app_label}.approve_{self.opts.model_name}")

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
                "%(count)s left as they were: they do not wait for this step, or you entered or changed them yourself."
            )
            messages.warning(request, sentence % {"count": chosen - count})
