from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DelegationsConfig(AppConfig):
    name = "delegations"
    verbose_name = _("Delegations and aid")

    def ready(self):
        from delegations import results  # noqa: F401  registers what counts toward targets
