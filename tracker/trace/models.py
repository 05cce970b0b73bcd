"""Who took or saw what, and the seals over all logs."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.fields import Text


class AccessLog(models.Model):
    """Something left the register, or a page about a person was opened (nhật ký truy cập).

    `path` has no question of its reader in it, so that no name that was searched for stays here.
    """

    class Action(models.TextChoices):
        FILE = "file", _("file taken out")
        PERSON = "person", _("page about a person")

    at = models.DateTimeField(_("at"), default=timezone.now, db_index=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="accesses",
        verbose_name=_("officer"),
    )
    office = models.ForeignKey(
        "agreements.Body", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("office")
    )
    action = models.CharField(_("action"), max_length=10, choices=Action)
    path = Text(_("address"), max_length=500)
    file_name = Text(_("file"), blank=True, default="")

    class Meta:
        verbose_name = _("access")
        verbose_name_plural = _("access log")
        ordering = ["-at", "-id"]

    def __str__(self):
        return self.file_name or self.path


class Seal(models.Model):
    """One link of the chain over the logs (niêm phong nhật ký).

    `content` tells for each table which rows are sealed, how many and their fingerprint; `mac` is the HMAC over
    number, day, content and the `mac` before, with a key that the database does not hold. See sealing.py.
    """

    number = models.PositiveBigIntegerField(_("number"), unique=True)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    reason = Text(_("reason"), blank=True, default="")
    content = models.JSONField()
    mac = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("seal of the logs")
        verbose_name_plural = _("seals of the logs")
        ordering = ["number"]

    def __str__(self):
        return f"{self.number}: {self.mac[:16]}"
