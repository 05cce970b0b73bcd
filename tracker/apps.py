from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.contrib.auth.signals import user_logged_in
from django.utils.translation import gettext_lazy as _

from tracker.door.sessions import begin


class TrackerConfig(AppConfig):
    name = "tracker"
    verbose_name = _("Reports")

    def ready(self):
        # they register how commitments are judged, and what follows when one is saved
        from tracker.progress import engine, instances  # noqa: F401

        user_logged_in.connect(begin, dispatch_uid="tracker.door.sessions")


class TrackerAdminConfig(AdminConfig):
    default_site = "tracker.site.TrackerAdminSite"

    def ready(self):
        """The keys of the second factor are on no page: django-otp registers pages that show them."""
        super().ready()
        from django.contrib import admin
        from django_otp.plugins.otp_static.models import StaticDevice
        from django_otp.plugins.otp_totp.models import TOTPDevice

        admin.site.unregister([StaticDevice, TOTPDevice])
