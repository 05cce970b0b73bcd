"""The admin site: Vietnamese words, one menu, and a home page that is today's work."""

from contextlib import nullcontext

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.i18n import JavaScriptCatalog

from agreements.models import Agreement, Organization
from agreements.scope import administers
from tracker.door.guesses import turn
from tracker.imports.access import EXPORT, IMPORT, kinds_for
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
SEARCHED = [MENU[1], MENU[0], MENU[2], MENU[4]]
"""The lists that the home page searches: first what was promised."""
GROUPS = [
    # heading, object names in the order in which staff open them
    (_("Agreements and commitments"), ["Agreement", "Commitment", "Progress", "Document"]),
    (_("Delegations, meetings, aid"), ["Delegation", "Meeting", "Delivery"]),
    (_("Places, bodies, people, lists"), ["Locality", "Organization", "Succession", "Person", "Term"]),
    (_("Staff and permissions"), ["User", "Group"]),
    (_("Reports"), ["ReportTemplate"]),
    (_("Keeping"), ["AccessLog"]),
]
"""The boxes of the home page; whatever else is registered stands in a last one."""
ORDER = [name for _heading, names in GROUPS for name in names]


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
        if kinds_for(request.user, IMPORT):
            entries.append({"label": _("Imports"), "url": reverse("imports:index")})
        if kinds_for(request.user, EXPORT):
            entries.append({"label": _("Exports"), "url": reverse("exports:index")})
        if administers(request.user):
            entries.append({"label": _("System"), "url": reverse("status")})
        for entry in entries:
            home = entry["url"] == reverse("admin:index")
            entry["current"] = request.path == entry["url"] if home else request.path.startswith(entry["url"])
        return entries

    def unencrypted_warning(self, request):
        is_administrator = self.has_permission(request) and administers(request.user)
        if settings.HTTPS or request.is_secure() or not is_administrator:
            return ""
        return gettext(
            "The connection is not encrypted: set HTTPS=on behind a TLS proxy before others use it."
        )

    @method_decorator(never_cache)
    @login_not_required
    def login(self, request, extra_context=None):
        """Guesses for one name from one address take turns, so that no crowd of them comes past the count."""
        with turn(request) if request.method == "POST" else nullcontext():
            return super().login(request, extra_context)

    def logout(self, request, extra_context=None):
        """The page that follows speaks to nobody in particular."""
        return super().logout(request, {"unencrypted_warning": "", **(extra_context or {})})

    def i18n_javascript(self, request, extra_context=None):
        """The words of the admin's scripts; tracker has those that Django's own catalogue lacks."""
        return JavaScriptCatalog.as_view(packages=["django.contrib.admin", "tracker"])(request)

    def get_app_list(self, request, app_label=None):
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda model: position(model["object_name"]))
        return sorted(apps, key=lambda app: position(app["models"][0]["object_name"]))

    def boxes(self, request):
        """The lists of the home page under the headings of GROUPS: [{heading, models}]."""
        models = {
            model["object_name"]: model for app in self.get_app_list(request) for model in app["models"]
        }
        groups = [*GROUPS, (_("More lists"), [name for name in models if name not in ORDER])]
        found = [
            {"heading": heading, "models": [models[name] for name in names if name in models]}
            for heading, names in groups
        ]
        return [box for box in found if box["models"]]

    def first_office(self, request):
        """Where the first organization is entered; "" once there is one, or for who may not enter it."""
        if not request.user.has_perm("agreements.add_organization") or Organization.objects.exists():
            return ""
        return reverse("admin:agreements_organization_add")

    def empty_register(self, request):
        """What to do first, as long as no agreement is entered."""
        if not request.user.has_perm("agreements.add_agreement") or Agreement.objects.exists():
            return ""
        if not Organization.objects.exists():
            return gettext(
                "The register is empty. Enter your own office first: every agreement says which office keeps it."
            )
        return gettext(
            "The register is empty. Enter the first agreement, or open the list of agreements and import a CSV file."
        )

    def links(self, request, entries, right, page):
        """[{label, url}] of those (label, app, model) of `entries` to which the reader has this right."""
        return [
            {"label": label, "url": reverse(f"admin:{app}_{model}_{page}")}
            for label, app, model in entries
            if request.user.has_perm(f"{app}.{right}_{model}")
        ]

    def index(self, request, extra_context=None):
        today = timezone.localdate()
        context = {
            "tiles": tiles(request.user, today),
            "shortcuts": self.links(request, SHORTCUTS, "add", "add"),
            "searched": self.links(request, SEARCHED, "view", "changelist"),
            "boxes": self.boxes(request),
            "empty_register": self.empty_register(request),
            "first_office": self.first_office(request),
            "today_display": f"{today.day}/{today.month}/{today.year}",
        }
        return super().index(request, {**context, **(extra_context or {})})


def position(object_name):
    return ORDER.index(object_name) if object_name in ORDER else len(ORDER)
