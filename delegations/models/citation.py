"""What papers say of visits, meetings and deliveries."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.models.document import CitationBase, cited, cited_once
from agreements.models.record import exactly_one
from delegations.models.delegation import Delegation
from delegations.models.delivery import Delivery
from delegations.models.meeting import Meeting


class VisitCitation(CitationBase):
    """What a document says of a delegation, a meeting or a delivery (dẫn nguồn, hồ sơ)."""

    ARMS = ("delegation", "meeting", "delivery")

    class Role(models.TextChoices):
        SOURCE = "source", _("source")
        LEGAL_BASIS = "legal_basis", _("legal basis")
        APPROVAL = "approval", _("approval")
        PROPOSAL = "proposal", _("proposal")
        DECISION = "decision", _("decision")
        PLAN = "plan", _("plan")
        MINUTES = "minutes", _("handover minutes")
        EVIDENCE = "evidence", _("evidence")
        REPORT = "report", _("report")
        RESULT_REPORT = "result_report", _("report on results")

    delegation = cited(Delegation, _("delegation"))
    meeting = cited(Meeting, _("meeting"))
    delivery = cited(Delivery, _("delivery"))
    role = models.CharField(_("as"), max_length=15, choices=Role, default=Role.SOURCE)

    class Meta(CitationBase.Meta):
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        constraints = [
            models.CheckConstraint(
                condition=exactly_one("delegation", "meeting", "delivery"),
                name="visitcitation_for_exactly_one",
                violation_error_message=_("A citation is for one delegation, meeting or delivery."),
            ),
            cited_once("delegation", "meeting", "delivery"),
        ]
