"""Meetings: talks, courtesy calls, working sessions, in person or online."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agreements.fields import CodeField, CountField, FoldedField, LongText, PlaceField, between, edtf
from agreements.models.record import Record
from agreements.models.reviewed import Reviewed, ReviewedQuerySet
from agreements.models.role import SOMEBODY, Role, bodies_only, once
from agreements.models.term import cooperation_fields
from delegations.models.delegation import Delegation, Status
from delegations.rules import refuse_future


class Meeting(Reviewed, Record):
    """Talks, a courtesy call, a working session, a ceremony (hội đàm, chào xã giao, làm việc)."""

    class Kind(models.TextChoices):
        TALKS = "talks", _("talks")
        COURTESY = "courtesy", _("courtesy call")
        WORKING = "working", _("working session")
        RECEPTION = "reception", _("reception")
        SIGNING = "signing", _("signing")
        CEREMONY = "ceremony", _("ceremony")
        SITE_VISIT = "site_visit", _("site visit")
        CONFERENCE = "conference", _("conference")
        PROMOTION = "promotion", _("promotion")

    class Mode(models.TextChoices):
        IN_PERSON = "in_person", _("in person")
        ONLINE = "online", _("online")
        HYBRID = "hybrid", _("in person and online")

    code = CodeField("HD", verbose_name=_("code"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    mode = models.CharField(_("mode"), max_length=10, choices=Mode, default=Mode.IN_PERSON)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.HELD)
    number = CountField(
        _("how many"),
        default=1,
        validators=between(0, 9999),
        help_text=_("Normally 1. Empty: several, the source does not say how many."),
    )
    held, held_first, held_last = edtf(_("held on"), period=True)
    place = PlaceField(
        null=True,
        blank=True,
        related_name="meetings_here",
        verbose_name=pgettext_lazy("of a meeting", "place"),
    )
    results = LongText(_("contents and results"), blank=True, default="")
    delegations = models.ManyToManyField(
        Delegation,
        blank=True,
        related_name="meetings",
        verbose_name=_("delegations"),
        help_text=_("None for online talks."),
    )
    fields = cooperation_fields()
    folded = FoldedField("code", "results", "note")

    _history_m2m_fields = ["delegations", "fields"]

    objects = ReviewedQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = [F("held_first").desc(nulls_last=True), "code"]
        permissions = [("approve_meeting", _("Approve or return meetings"))]
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(number__isnull=True) | Q(number__gt=0),
                name="meeting_number_not_zero",
                violation_error_message=_(
                    "No meeting is no record: leave it empty if the number is not known."
                ),
            ),
        ]
        indexes = [models.Index(fields=["held_first", "held_last"], name="meeting_held")]

    def __str__(self):
        return " · ".join(filter(None, [self.get_kind_display(), self.get_held_display(), self.code]))

    def clean(self):
        if self.status == Status.HELD:
            refuse_future(self.held_first, "held")


class MeetingRole(Role):
    """Who hosts, chairs, takes part in or is mentioned at a meeting."""

    class As(models.TextChoices):
        HOST = "host", _("host")
        CHAIR = "chair", _("chair")
        PARTICIPANT = "participant", _("participant")
        MENTIONED = "mentioned", _("mentioned")

    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="roles", verbose_name=_("meeting")
    )
    role = models.CharField(_("as"), max_length=12, choices=As)

    class Meta(Role.Meta):
        verbose_name = _("part taken in a meeting")
        verbose_name_plural = _("parts taken in meetings")
        constraints = [SOMEBODY, bodies_only("host"), once("meeting")]
        indexes = [models.Index(fields=["role", "body"], name="meetingrole_role_body")]
