"""One import of one file: whose, of what, how far it is."""

from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.fields import Text
from agreements.interchange.spool import Spooled
from agreements.scope import WalledManager


class ImportBatchQuerySet(models.QuerySet):
    """Questions about imports."""

    def claim(self, pk, old, new, **values):
        """Take the import from the state `old` to `new`; whether nobody else did (a state is used once)."""
        return bool(self.filter(pk=pk, state=old).update(state=new, **values))

    def written_from(self, kind, sha256):
        """The imports of this very file as this kind that stand in the register, the latest first."""
        found = self.filter(kind=kind, sha256=sha256, state=ImportBatch.State.WRITTEN)
        return found.select_related("owner").order_by("-written_at")


class ImportBatch(models.Model):
    """One import of one file (đợt nhập)."""

    class State(models.TextChoices):
        READING = "reading", _("being read")
        READY = "ready", _("to be reviewed")
        REFUSED = "refused", _("could not be read")
        WRITTEN = "written", _("written")
        UNDONE = "undone", _("undone")
        DISCARDED = "discarded", _("discarded")

    OPEN = (State.READING, State.READY, State.REFUSED)
    WORKBOOK = "workbook"
    BEYOND = "beyond"
    """Among the answers where the file was read behind another wall than that of `office`: heads do not see it."""

    kind = Text(_("kind"), max_length=30, help_text=_("A kind of flat file, or “workbook”."))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="imports", verbose_name=_("officer")
    )
    office = models.ForeignKey(
        "agreements.Body",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="imports",
        verbose_name=_("office"),
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.READING)
    file_name = Text(_("file"))
    sha256 = models.CharField(_("fingerprint"), max_length=64)
    folder = models.UUIDField(default=uuid4, editable=False)
    answers = models.JSONField(_("answers"), default=dict, blank=True)
    counts = models.JSONField(_("rows by outcome"), default=dict, blank=True)
    fault = models.TextField(_("fault of the file"), blank=True, default="")
    batch = models.UUIDField(_("import batch"), null=True, blank=True, db_index=True)
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    written_at = models.DateTimeField(_("written at"), null=True, blank=True)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("undone by"),
    )

    objects = WalledManager.from_queryset(ImportBatchQuerySet)()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-started_at", "-id"]

    def __str__(self):
        return self.file_name

    @property
    def path(self):
        """The folder of the uploaded file and of what was planned."""
        return Path(settings.DATA_DIR) / "imports" / self.folder.hex

    @property
    def upload(self):
        return self.path / "upload.bin"

    @property
    def spooled(self):
        """What was planned, read back."""
        return Spooled(self.path / "plan")
