from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class TrackerConfig(AppConfig):
    name = "tracker"
    verbose_name = _("Reports")

    def ready(self):
        import tracker.progress.engine  # noqa: F401 - registers the rule by which commitments are judged


class TrackerAdminConfig(AdminConfig):
    default_site = "tracker.site.TrackerAdminSite"
