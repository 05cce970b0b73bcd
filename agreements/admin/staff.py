"""Pages of staff and their groups."""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import UserChangeForm, UserCreationForm
from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements.admin.changes import ChangesMixin
from agreements.admin.entry import PlainChoices, SeveralRows
from agreements.admin.meanwhile import MeanwhileMixin
from agreements.admin.record import SoundLists
from agreements.admin.words import permission_words
from agreements.models import User
from agreements.scope import walled

STOCK = ("view", "add", "change", "delete")


def useful_permissions():
    """Permissions that decide something here: of records and lists (their parts follow them), staff, groups."""
    models = [model for model in admin.site._registry if model._meta.model_name != "body"]
    found = Permission.objects.filter(
        codename__startswith="sign_"
    )  # of copies of reports, which have no list here
    for model in models:
        opts = model._meta
        names = [f"{verb}_{opts.model_name}" for verb in STOCK] + [one for one, _words in opts.permissions]
        found |= Permission.objects.filter(content_type__app_label=opts.app_label, codename__in=names)
    return found.select_related("content_type").order_by(
        "content_type__app_label", "content_type__model", "id"
    )


class PermissionChoice(SeveralRows):
    """Permissions in the words of the register: “Xem thỏa thuận”."""

    def label_from_instance(self, permission):
        return permission_words(permission)


class Ticks(forms.CheckboxSelectMultiple):
    """Choices as ticks: all of them in sight, for hands and screen readers alike."""

    template_name = "admin/widgets/ticks.html"


class PermissionMixin:
    """The choice of permissions, narrowed to those that decide something."""

    filter_horizontal = ()

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        kwargs |= {"widget": Ticks, "form_class": SeveralRows}
        if db_field.name in ("permissions", "user_permissions"):
            kwargs |= {"form_class": PermissionChoice, "queryset": useful_permissions(), "help_text": ""}
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class PasswordLink(forms.Widget):
    """A way to a new password; nothing of the stored one is shown."""

    template_name = "admin/widgets/password_link.html"
    read_only = True

    def id_for_label(self, id_):
        return None


class OfficeOfWriters:
    """Whoever enters records has an office, else they would enter those of all: only readers may be without one."""

    def clean(self):
        cleaned = super().clean()
        given = Permission.objects.filter(
            Q(group__in=cleaned.get("groups") or []) | Q(pk__in=cleaned.get("user_permissions") or [])
        )
        codenames = set(given.values_list("codename", flat=True))
        enters = any(one.startswith(("add_", "change_")) for one in codenames)
        sees_all = cleaned.get("is_superuser") or "change_user" in codenames
        if enters and not sees_all and not cleaned.get("office") and "office" not in self.errors:
            self.add_error("office", gettext("Choose the office whose records they enter."))
        return cleaned


class NewStaffForm(OfficeOfWriters, UserCreationForm):
    pass


class StaffForm(OfficeOfWriters, UserChangeForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "password" in self.fields:
            self.fields["password"].widget = PasswordLink()
            self.fields["password"].help_text = ""


@admin.register(User)
class StaffAdmin(SoundLists, MeanwhileMixin, PlainChoices, PermissionMixin, ChangesMixin, UserAdmin):
    form = StaffForm
    add_form = NewStaffForm
    list_display = ["username", "full_name", "office", "is_active", "is_superuser"]
    list_filter = ["is_active", "is_superuser", "groups"]
    list_select_related = ["office"]
    search_fields = ["username", "full_name"]
    ordering = ["username"]
    autocomplete_fields = ["office"]
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Who"), {"fields": ["full_name", "email", "office"]}),
        (_("What they may do"), {"fields": ["is_active", "is_staff", "groups", "is_superuser"]}),
        (_("One by one"), {"classes": ["collapse"], "fields": ["user_permissions"]}),
        (_("Important dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "full_name", "office", "groups", "password1", "password2"]}),
    ]
    LABELS = {
        "username": (_("name to log in with"), _("Letters, digits and @ . + - _ only; at most 150.")),
        "is_active": (_("may log in"), _("Take the tick away instead of deleting somebody who leaves.")),
        "is_staff": (_("may open the pages of entry"), ""),
        "is_superuser": (_("may do everything"), _("All permissions, also without a group.")),
        "groups": (_("groups"), _("Somebody has all permissions of their groups.")),
    }

    def get_queryset(self, request):
        return walled(super().get_queryset(request))

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in self.LABELS:
            label, help_text = self.LABELS[db_field.name]
            kwargs |= {"label": capfirst(label), "help_text": help_text}
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.is_staff = True  # the register is its pages of entry: without this nobody could log in
        super().save_model(request, obj, form, change)


admin.site.unregister(Group)


@admin.register(Group)
class StaffGroupAdmin(SoundLists, MeanwhileMixin, PermissionMixin, ChangesMixin, GroupAdmin):
    """Groups of staff: what each may do."""

    list_display = ["name", "members"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("user_set")

    @admin.display(description=_("staff in the group"))
    def members(self, group):
        return ", ".join(str(user) for user in group.user_set.all()) or gettext("nobody")
