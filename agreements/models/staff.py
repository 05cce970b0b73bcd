"""Who works with the register."""

from django.contrib.auth.models import AbstractUser, Group
from django.utils.translation import gettext_lazy as _
from simple_history import register
from simple_history.models import HistoricalRecords

from agreements.fields import OrganizationField, Text
from agreements.history import KeptHistoryManager, RecordedChange


class User(AbstractUser):
    """A member of staff (cán bộ): one full name, one office."""

    first_name = None
    last_name = None
    full_name = Text(_("full name"), blank=True, default="")
    office = OrganizationField(
        null=True,
        blank=True,
        related_name="staff",
        verbose_name=_("office"),
    )
    _history_m2m_fields = ["groups", "user_permissions"]

    history = HistoricalRecords(
        bases=[RecordedChange], excluded_fields=["password", "last_login"], history_manager=KeptHistoryManager
    )

    class Meta:
        verbose_name = _("member of staff")
        verbose_name_plural = _("staff")
        ordering = ["username"]

    def __str__(self):
        return self.get_full_name()

    def get_full_name(self):
        return self.full_name or self.username

    def get_short_name(self):
        return self.get_full_name()


# Who may do what is as worth knowing later as what they did
register(Group, app="agreements", bases=[RecordedChange], m2m_fields=["permissions"])
