"""Delegations: who went where, or how many did."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agreements.fields import (
    CodeField,
    CountField,
    FoldedField,
    LongText,
    QuantityField,
    SortField,
    Text,
    between,
    edtf,
)
from agreements.models.record import Record, kin, measured, not_before, refuse_faults
from agreements.models.reviewed import Reviewed, ReviewedQuerySet
from agreements.models.role import SOMEBODY, Role, bodies_only, once, people_only
from agreements.models.term import Term, cooperation_fields, term
from agreements.rules import step_faults, sum_faults
from delegations.rules import count_named, crowded_faults, refuse_future


class Status(models.TextChoices):
    PLANNED = "planned", _("planned")
    HELD = "held", _("held")
    POSTPONED = "postponed", _("postponed")
    CANCELLED = "cancelled", _("cancelled")


class Funding(models.TextChoices):
    CENTRAL = "central", _("central budget")
    PROVINCE = "province", _("provincial budget")
    DISTRICT = "district", _("district budget (former)")
    COMMUNE = "commune", _("commune budget")
    SOCIAL = "social", _("social contributions")
    ENTERPRISE = "enterprise", _("enterprises")
    PARTNER = "partner", _("the partner")
    OTHER = "other", _("other source")


class Delegation(Reviewed, Record):
    """A delegation out or in, or a number of them known only as a count (đoàn ra, đoàn vào)."""

    class Direction(models.TextChoices):
        OUT = "out", _("out")
        IN = "in", _("in")

    class Level(models.TextChoices):
        HIGH = "high", _("high-level")
        LEADERS = "leaders", _("provincial leaders")
        DEPARTMENT = "department", _("department")
        DISTRICT = "district", _("district or commune")
        ENTERPRISE = "enterprise", _("enterprises")
        PEOPLE = "people", _("people's organizations")
        EXPERTS = "experts", _("experts")
        ARMED_FORCES = "armed_forces", _("armed forces")

    code = CodeField("DO", verbose_name=_("code"))
    name = Text(_("name"), max_length=500)
    direction = models.CharField(_("direction"), max_length=3, choices=Direction)
    level = models.CharField(_("level"), max_length=12, choices=Level, blank=True, default="")
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.HELD)
    number = CountField(
        _("how many"),
        default=1,
        validators=between(0, 9999),
        help_text=_(
            "Normally 1. 0: the source says that there was none. Empty: several, not known how many."
        ),
    )
    part_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("of which"),
    )
    people = CountField(
        pgettext_lazy("of a delegation", "people"),
        validators=between(0, 999_999),
        help_text=_("Empty: not known."),
    )
    planned, planned_first, planned_last = edtf(_("planned for"), period=True)
    held, held_first, held_last = edtf(_("held on"), period=True)
    in_plan = models.BooleanField(_("in the yearly plan"), null=True, blank=True)
    purpose = LongText(_("purpose"), blank=True, default="")
    reason = term(
        Term.Vocabulary.REASON, _("reason"), null=True, blank=True, help_text=_("Why none, why cancelled.")
    )
    funding = models.CharField(_("paid from"), max_length=10, choices=Funding, blank=True, default="")
    cost = QuantityField(_("cost"))
    currency = term(Term.Vocabulary.CURRENCY, _("currency"), null=True, blank=True)
    report_due_on, report_due_first, report_due_last = edtf(_("report due on"))
    reported_on, reported_first, reported_last = edtf(_("reported on"))
    fields = cooperation_fields()
    folded = FoldedField("name", "code", "purpose")
    sort = SortField("name")

    _history_m2m_fields = ["fields"]

    told_at = {
        "delegation_none_needs_a_period": "held",
        "delegation_cost_not_negative": "cost",
        "delegation_cost_has_its_currency": "currency",
        "delegation_reported_after_it_was_held": "reported_on",
    }

    objects = ReviewedQuerySet.as_manager()

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = [F("held_first").desc(nulls_last=True), "code"]
        permissions = [("approve_delegation", _("Approve or return delegations"))]
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(number__isnull=True) | Q(number__gt=0) | ~Q(held=""),
                name="delegation_none_needs_a_period",
                violation_error_message=_("“None” needs the period in which there was none."),
            ),
            models.CheckConstraint(
                condition=Q(part_of__isnull=True) | ~Q(part_of=F("id")),
                name="delegation_not_part_of_itself",
                violation_error_message=_("A delegation is not part of itself."),
            ),
            *measured(
                "cost",
                "currency",
                "delegation_cost",
                [
                    _("A cost is not negative: correct the number."),
                    _("A cost needs its currency: choose it."),
                ],
            ),
            not_before(
                "reported",
                "held",
                "delegation_reported_after_it_was_held",
                _("It was reported before it was held: check both dates."),
            ),
        ]
        indexes = [
            models.Index(fields=["held_first", "held_last"], name="delegation_held"),
            models.Index(fields=["planned_first", "planned_last"], name="delegation_planned"),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        if self.status == Status.HELD:
            refuse_future(self.held_first, "held")
        if not self.checked_together:
            wholes, parts = kin(self)
            refuse_faults(step_faults(wholes, parts), "part_of")
            refuse_faults(sum_faults(wholes, parts), "number")
            if self.pk and self.people is not None:
                sentences = crowded_faults(self.people, self.named())
                refuse_faults([(self, sentence) for sentence in sentences], "people")

    def named(self):
        """How many people its stored rows name."""
        return count_named(self.roles.filter(role__in=DelegationRole.TRAVELLERS))


class DelegationRole(Role):
    """Who sends, hosts, invites, is visited, leads or travels."""

    class As(models.TextChoices):
        SENDER = "sender", _("sent by")
        HOST = "host", _("host")
        INVITER = "inviter", _("invited by")
        VISITED = "visited", _("visited")
        HEAD = "head", _("head")
        DEPUTY = "deputy", _("deputy head")
        MEMBER = "member", _("member")

    TRAVELLERS = (As.HEAD, As.DEPUTY, As.MEMBER)
    WHERETO = (As.VISITED, As.HOST, As.INVITER)

    delegation = models.ForeignKey(
        Delegation, on_delete=models.CASCADE, related_name="roles", verbose_name=_("delegation")
    )
    role = models.CharField(_("as"), max_length=10, choices=As)

    class Meta(Role.Meta):
        verbose_name = _("part taken in a delegation")
        verbose_name_plural = _("parts taken in delegations")
        constraints = [
            SOMEBODY,
            bodies_only("sender", "host", "visited"),
            people_only("head", "deputy", "member"),
            once("delegation"),
        ]
        indexes = [models.Index(fields=["role", "body"], name="delegationrole_role_body")]
