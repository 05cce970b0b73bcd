"""The access log to read: for administrators only, and nobody changes it."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from agreements.admin.record import SoundLists
from agreements.scope import administers
from tracker.trace.models import AccessLog


@admin.register(AccessLog)
class AccessLogAdmin(SoundLists, admin.ModelAdmin):
    list_display = ["at", "user", "office", "action", "path", "file_name"]
    list_filter = ["action"]
    list_select_related = ["user", "office"]
    search_fields = ["path", "file_name", "user__username"]
    empty_hint = _("Nothing is noted yet: files taken out and pages about people will stand here.")

    def has_view_permission(self, request, obj=None):
        return request.user.is_active and administers(request.user)

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
