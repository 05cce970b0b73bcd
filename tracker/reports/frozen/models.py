"""Reports that were sent, as they were sent (bản chốt)."""

import hashlib
import json

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.fields import Text
from agreements.scope import Reach, WalledManager, reach
from tracker.reports.frozen.packing import packed, unpacked


class FrozenReport(models.Model):
    """A report with its rows, what was asked, its cut-off, who kept it and when; never changed.

    `office` is whose rows it holds, empty where it holds those of all.
    `asked` are the texts of its address; `content` the packed Table or Sheet, `sha256` its fingerprint.
    """

    slug = models.SlugField(_("report"), max_length=60, editable=False)
    title = Text(_("title"), max_length=500, editable=False)
    asked = models.JSONField(_("filters"), default=dict, editable=False)
    as_of = models.DateField(_("figures as of"), editable=False)
    begin = models.DateField(_("from"), null=True, editable=False)
    made_at = models.DateTimeField(_("kept at"), auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="frozen_reports",
        verbose_name=_("kept by"),
    )
    office = models.ForeignKey(
        "agreements.Body",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("office"),
    )
    note = Text(_("sent to, number of the letter"), blank=True, default="")
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("signed off by"),
    )
    signed_at = models.DateTimeField(_("signed off at"), null=True, editable=False)
    content = models.JSONField(editable=False)
    sha256 = models.CharField(_("fingerprint"), max_length=64, editable=False)

    objects = WalledManager()

    class Meta:
        verbose_name = _("frozen report")
        verbose_name_plural = _("frozen reports")
        ordering = ["-made_at", "-id"]
        permissions = [("sign_frozenreport", _("Sign off reports"))]
        indexes = [models.Index(fields=["slug", "-made_at"], name="frozenreport_slug")]

    def __str__(self):
        return self.title

    @property
    def report(self):
        """The Table or Sheet as it was kept."""
        return unpacked(self.content)

    @property
    def is_sound(self):
        """Whether the content is what was kept."""
        return self.sha256 == fingerprint(self.content)


def fingerprint(content):
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def freeze(report, slug, asked, user=None, note=""):
    """Keep the Table or Sheet `report` for good; returns its FrozenReport."""
    content = packed(report)
    return FrozenReport.objects.create(
        slug=slug,
        title=str(report.title),
        asked=asked,
        as_of=report.as_of,
        begin=getattr(report, "begin", None),
        made_by=user,
        office=user.office if reach(user) is Reach.OFFICE else None,
        note=note,
        content=content,
        sha256=fingerprint(content),
    )
