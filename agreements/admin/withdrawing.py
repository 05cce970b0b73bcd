"""The pages on which top records are withdrawn, restored and purged; withdrawn ones stand in no list but their own."""

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from agreements.admin.meanwhile import Told
from agreements.admin.searching import asked_field
from agreements.admin.seen import SEEN, packed, same, state_of, unpacked
from agreements.withdrawing import due_to_purge, hanging, purge, restore, withdraw

WITHDRAWN = "withdrawn"
"""The parameter of a list's address that asks for withdrawn records."""


class WithdrawnFilter(admin.SimpleListFilter):
    """Whether withdrawn records are listed; they are not, until somebody asks."""

    title, parameter_name = gettext_lazy("withdrawn"), WITHDRAWN

    def lookups(self, request, model_admin):
        return [("1", _("withdrawn only"))]

    def choices(self, changelist):
        """“Not withdrawn” instead of “All”, because that is what the list shows then."""
        first, *others = super().choices(changelist)
        return [{**first, "display": _("not withdrawn")}, *others]

    def queryset(self, request, queryset):
        return queryset.withdrawn() if self.value() == "1" else queryset.counted()


class WithdrawMixin:
    """For the ModelAdmin of a top record (`Record`): nobody deletes it, who may change it may withdraw it."""

    # Who may --------------------------------------------------------------------------------------
    def may_withdraw(self, request, record=None):
        """Whether the reader may withdraw and restore."""
        return super().has_change_permission(request, record)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj is not None and obj.withdrawn_on)

    def has_delete_permission(self, request, obj=None):
        return False

    def may_purge(self, request):
        """Administrators alone: the permission to delete."""
        opts = self.model._meta
        return bool(settings.PURGE_AFTER_DAYS) and request.user.has_perm(
            f"{opts.app_label}.delete_{opts.model_name}"
        )

    # Lists ------------------------------------------------------------------------------------------
    def get_list_filter(self, request):
        return [*super().get_list_filter(request), WithdrawnFilter]

    def get_search_results(self, request, queryset, search_term):
        """What is withdrawn is not offered."""
        if asked_field(request):
            queryset = queryset.counted()
        return super().get_search_results(request, queryset, search_term)

    def get_actions(self, request):
        """Only the list of withdrawn records has any."""
        if request.GET.get(WITHDRAWN) != "1" or IS_POPUP_VAR in request.GET:
            return {}
        names = ["restore_selected"] if self.may_withdraw(request) else []
        names += ["purge_selected"] if self.may_purge(request) else []
        return {name: self.get_action(name) for name in names}

    def get_list_display(self, request):
        columns = super().get_list_display(request)
        return [*columns, "withdrawn_display"] if request.GET.get(WITHDRAWN) == "1" else columns

    @admin.display(description=gettext_lazy("withdrawn"), ordering="withdrawn_on")
    def withdrawn_display(self, record):
        return withdrawn_words(record)

    # One record ---------------------------------------------------------------------------------------
    def get_urls(self):
        start = f"{self.model._meta.app_label}_{self.model._meta.model_name}"
        withdraw_view = self.admin_site.admin_view(self.withdraw_view)
        restore_view = self.admin_site.admin_view(require_POST(self.restore_view))
        return [
            path("<path:object_id>/withdraw/", withdraw_view, name=f"{start}_withdraw"),
            path("<path:object_id>/restore/", restore_view, name=f"{start}_restore"),
            *super().get_urls(),
        ]

    def address(self, page, *args):
        opts = self.model._meta
        return reverse(f"{self.admin_site.name}:{opts.app_label}_{opts.model_name}_{page}", args=args)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and obj.pk and change and self.may_withdraw(request, obj):
            name = "restore_url" if obj.withdrawn_on else "withdraw_url"
            context[name] = self.address("restore" if obj.withdrawn_on else "withdraw", obj.pk)
        if obj is not None and obj.withdrawn_on:
            context["withdrawn_words"] = withdrawn_words(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def asked_record(self, request, object_id):
        """The record of the address, locked; 404 where there is none, 403 where it may not be changed."""
        record = self.locked_record(request, object_id)
        if record is None:
            raise Http404
        if not self.may_withdraw(request, record):
            raise PermissionDenied
        return record

    def withdraw_view(self, request, object_id):
        """Asks for the reason; stops when the record was changed since the page was shown."""
        with transaction.atomic():
            record = self.asked_record(request, unquote(object_id))
            if record.withdrawn_on:
                messages.warning(request, _("The record is withdrawn already."))
                return HttpResponseRedirect(self.address("change", record.pk))
            form, formsets = self.forms_now(request, record)
            now, seen = state_of(form, formsets), unpacked(request.POST.get(SEEN, ""))
            reason, fault = request.POST.get("reason", "").strip()[:255], ""
            if request.method == "POST" and (seen is None or not same(seen, now)):
                self.stop(request, record, Told(form, formsets, seen or now), seen or now, now)
            elif request.method == "POST":
                try:
                    return self.withdrawn(request, record, reason)
                except ValidationError as error:
                    fault = error.messages[0]
            return self.withdraw_page(request, record, now, reason, fault)

    def withdrawn(self, request, record, reason):
        """Withdraw it and go back to the list."""
        count = withdraw(record, reason, request.user, timezone.localdate())
        self.log_change(request, record, _("Withdrawn: %(reason)s") % {"reason": reason})
        sentence = _("Withdrawn: %(count)s. It can be restored from the list of withdrawn records.")
        messages.success(request, sentence % {"count": count})
        return HttpResponseRedirect(self.address("changelist"))

    def withdraw_page(self, request, record, now, reason, fault):
        context = self.page_context(
            request,
            record,
            title=_("Withdraw: %(record)s") % {"record": record},
            along=list(hanging(record).counted()),
            reason=reason,
            fault=fault,
            seen=packed(now),
        )
        return TemplateResponse(request, "admin/withdraw.html", context, status=422 if fault else 200)

    def restore_view(self, request, object_id):
        with transaction.atomic():
            record = self.asked_record(request, unquote(object_id))
            self.restored(request, record)
        return HttpResponseRedirect(self.address("change", record.pk))

    def restored(self, request, record):
        """Restore one record, or say why not; whether it was."""
        try:
            restore(record)
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return False
        self.log_change(request, record, _("Restored"))
        messages.success(request, _("Restored: %(record)s") % {"record": record})
        return True

    # Several ---------------------------------------------------------------------------------------------
    @admin.action(description=gettext_lazy("Restore"))
    def restore_selected(self, request, queryset):
        for record in queryset.order_by("pk"):
            self.restored(request, record)

    @admin.action(description=gettext_lazy("Delete for good"))
    def purge_selected(self, request, queryset):
        """Asks first; what was restored or changed since stays."""
        if not self.may_purge(request):
            raise PermissionDenied
        today, days = timezone.localdate(), settings.PURGE_AFTER_DAYS
        due = list(due_to_purge(queryset, today, days).order_by("pk"))
        if "confirmed" not in request.POST:
            context = self.page_context(
                request, None, title=_("Delete for good"), due=due, days=days,
                early=queryset.count() - len(due), checkbox=ACTION_CHECKBOX_NAME,
            )  # fmt: skip
            return TemplateResponse(request, "admin/purge.html", context)
        chosen = request.POST.getlist(
            ACTION_CHECKBOX_NAME
        )  # one that was restored is not in `queryset` any more
        for record in self.get_queryset(request).filter(pk__in=chosen).order_by("pk"):
            version = request.POST.get(f"version.{record.pk}", "")
            try:
                purge(record, version=number(version), today=today, days=days, by=f"user {request.user.pk}")
                messages.success(request, _("Deleted for good: %(record)s") % {"record": record})
            except ValidationError as error:
                messages.error(request, error.messages[0])
        return None


def number(text):
    return int(text) if text.isdecimal() and len(text) < 10 else None


def withdrawn_words(record):
    """“24/11/2026, Nguyễn Văn A: nhập trùng”."""
    who = f", {record.withdrawn_by}" if record.withdrawn_by_id else ""
    day = record.withdrawn_on
    return f"{day.day}/{day.month}/{day.year}{who}: {record.withdrawn_reason}"
