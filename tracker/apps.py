from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class TrackerConfig(AppConfig):
    name = "tracker"
    verbose_name = _("Reports")

    def ready(self):
        # they register how commitments are judged, and what follows when one is saved
        from tracker.progress import engine, instances  # noqa: F401


class TrackerAdminConfig(AdminConfig):
    default_site = "tracker.site.TrackerAdminSite"
