"""Pages of staff and their groups."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.utils.translation import gettext_lazy as _

from agreements.models import User


@admin.register(User)
class StaffAdmin(UserAdmin):
    list_display = ["username", "full_name", "office", "is_active", "is_superuser"]
    list_filter = ["is_active", "is_superuser", "groups"]
    list_select_related = ["office"]
    search_fields = ["username", "full_name"]
    ordering = ["username"]
    autocomplete_fields = ["office"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Who"), {"fields": ["full_name", "email", "office"]}),
        (_("What they may do"), {"fields": ["is_active", "is_staff", "groups", "is_superuser"]}),
        (_("One by one"), {"classes": ["collapse"], "fields": ["user_permissions"]}),
        (_("Important dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "full_name", "office", "usable_password", "password1", "password2"]}),
    ]

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        if obj is None and "is_staff" in form.base_fields:
            form.base_fields["is_staff"].initial = True
        return form

    def save_model(self, request, obj, form, change):
        if not change:
            obj.is_staff = True  # the register is its pages of entry: without this nobody could log in
        super().save_model(request, obj, form, change)
