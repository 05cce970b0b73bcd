"""The admin site: Vietnamese words, one menu, and a home page that is today's work."""

from django.conf import settings
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.i18n import JavaScriptCatalog

from tracker.tiles import tiles

MENU = [
    # label, app, model
    (_("Agreements"), "agreements", "agreement"),
    (_("Commitments"), "agreements", "commitment"),
    (_("Delegations"), "delegations", "delegation"),
    (_("Meetings"), "delegations", "meeting"),
    (_("Aid"), "delegations", "delivery"),
    (_("Documents"), "agreements", "document"),
]
SHORTCUTS = [
    (_("Enter an agreement"), "agreements", "agreement"),
    (_("Enter a delegation"), "delegations", "delegation"),
    (_("Enter a delivery of aid"), "delegations", "delivery"),
]
ORDER = [
    "Agreement",
    "Commitment",
    "Progress",
    "Document",
    "Locality",
    "Organization",
    "Succession",
    "Person",
    "Term",
    "Delegation",
    "Meeting",
    "Delivery",
    "User",
    "Group",
]
"""The order of the lists on the home page: what staff open most stands first."""


class TrackerAdminSite(admin.AdminSite):
    """The stock admin under the office's own name (settings: OFFICE_NAME)."""

    site_title = _("Register of agreements and commitments")
    site_header = _("Register of agreements and commitments")
    index_title = _("Today")
    site_url = None
    enable_nav_sidebar = False
    empty_value_display = "—"

    def each_context(self, request):
        context = super().each_context(request)
        return {
            **context,
            "office_name": settings.OFFICE_NAME,
            "main_menu": self.main_menu(request) if context["has_permission"] else [],
            "unencrypted_warning": self.unencrypted_warning(request),
        }

    def main_menu(self, request):
        entries = [{"label": _("Home"), "url": reverse("admin:index")}]
        for label, app, model in MENU:
            if request.user.has_perm(f"{app}.view_{model}"):
                entries.append({"label": label, "url": reverse(f"admin:{app}_{model}_changelist")})
        if request.user.has_perm("agreements.view_agreement"):
            entries.append({"label": _("Reports"), "url": reverse("reports:index")})
        for entry in entries:
            home = entry["url"] == reverse("admin:index")
            entry["current"] = request.path == entry["url"] if home else request.path.startswith(entry["url"])
        return entries

    def unencrypted_warning(self, request):
        if settings.HTTPS or request.is_secure() or not request.user.is_superuser:
            return ""
        return gettext(
            "The connection is not encrypted: set HTTPS=on behind a TLS proxy before others use it."
        )

    def i18n_javascript(self, request, extra_context=None):
        """The words of the admin's scripts; tracker has those that Django's own catalogue lacks."""
        return JavaScriptCatalog.as_view(packages=["django.contrib.admin", "tracker"])(request)

    def get_app_list(self, request, app_label=None):
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda model: position(model["object_name"]))
        return sorted(apps, key=lambda app: position(app["models"][0]["object_name"]))

    def index(self, request, extra_context=None):
        today = timezone.localdate()
        shortcuts = [
            {"label": label, "url": reverse(f"admin:{app}_{model}_add")}
            for label, app, model in SHORTCUTS
            if request.user.has_perm(f"{app}.add_{model}")
        ]
        context = {
            "tiles": tiles(request.user, today),
            "shortcuts": shortcuts,
            "today_display": f"{today.day}/{today.month}/{today.year}",
        }
        return super().index(request, {**context, **(extra_context or {})})


def position(object_name):
    return ORDER.index(object_name) if object_name in ORDER else len(ORDER)
