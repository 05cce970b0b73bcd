"""The office's own Word templates."""

import hashlib

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements import files
from agreements.fields import OrganizationField, Text
from agreements.scope import WalledManager


class ReportTemplateQuerySet(models.QuerySet):
    """Questions about templates."""

    def chosen(self, report, office=None):
        """The template for a report of an office, or None: the office's own before that of all, the newest first.

        One for this very report goes before one for every report.
        """
        found = self.filter(active=True, report__in=[report, ""])
        found = found.filter(Q(office=office) | Q(office=None)) if office else found.filter(office=None)
        return found.order_by(F("office").asc(nulls_last=True), "-report", "-on", "-id").first()


class ReportTemplate(models.Model):
    """A Word template of an office (mẫu báo cáo Word). Never changed: another file is another template."""

    office = OrganizationField(
        null=True,
        blank=True,
        related_name="report_templates",
        verbose_name=_("office"),
        help_text=_("Empty: for all offices."),
    )
    report = Text(_("report"), max_length=60, blank=True, default="", help_text=_("Empty: for every report."))
    file = models.FileField(
        _("Word template (.docx)"), storage=files.storage, upload_to=files.random_name, max_length=255
    )
    file_name = Text(_("name of the file"), blank=True, default="", editable=False)
    sha256 = models.CharField(_("fingerprint"), max_length=64, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    on = models.DateTimeField(_("uploaded at"), default=timezone.now, editable=False)
    active = models.BooleanField(
        _("in use"), default=True, help_text=_("Of several in use the one uploaded last is taken.")
    )

    objects = WalledManager.from_queryset(ReportTemplateQuerySet)()

    class Meta:
        verbose_name = _("Word template")
        verbose_name_plural = _("Word templates")
        ordering = ["-on", "-id"]

    def __str__(self):
        return self.file_name or _("Word template")

    def content(self):
        """The bytes of the file; OSError when it is not there, ValueError when it is another."""
        with self.file.open("rb") as stream:
            found = stream.read()
        if hashlib.sha256(found).hexdigest() != self.sha256:
            raise ValueError("the file is not the one that was checked")
        return found
