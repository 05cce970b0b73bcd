"""Which facts of the register are missing: one Gap each, a queryset of records (docs/reports.md)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from agreements.models import (
    Agreement,
    AgreementLink,
    AgreementRole,
    Citation,
    Commitment,
    CommitmentRole,
    Target,
)
from agreements.models.effect import Effect
from agreements.models.record import counted
from agreements.models.standing import BINDING
from delegations.models import Delegation, DelegationRole, Delivery, Meeting, VisitCitation
from delegations.overdrawn import overdrawn
from delegations.results import TOOK_PLACE
from tracker.progress import engine
from tracker.progress.facts import made_by, pattern

BEFORE_SIGNING = Agreement.BEFORE_SIGNING


@dataclass(frozen=True)
class Gap:
    """`rows(on)`: querysets of the records in which something is missing on the day `on`, one a table."""

    key: str
    title: object
    rows: Callable


# What there is by the day ------------------------------------------------------------------------
def begun(rows, on, *columns):
    """Those that began by `on`, or of which nobody knows when."""
    first = Coalesce(*columns) if len(columns) > 1 else F(columns[0])
    return rows.annotate(begun=first).filter(Q(begun__isnull=True) | Q(begun__lte=on))


def papers(on):
    return begun(Agreement.objects.counted(), on, "signed_first", "exchanged_first", "period_first")


def signed(on):
    return papers(on).exclude(process__in=BEFORE_SIGNING)


def binding(on):
    """Commitments that somebody has undertaken."""
    return made_by(on).filter(strength__in=BINDING)


def events(model, on):
    return begun(model.objects.counted().filter(status__in=TOOK_PLACE), on, "held_first")


# What is missing ---------------------------------------------------------------------------------
def without(rows, table, **conditions):
    """Those of `rows` to which no row of `table` with these conditions points."""
    arm = rows.model._meta.model_name
    there = table.objects.filter(**{arm: OuterRef("pk")}, **conditions)
    return rows.filter(~Exists(there.filter(counted("document__")) if hasattr(table, "ARMS") else there))


def no_source(table, rows):
    return lambda on: [without(rows(on), table)]


def no_source_of(model):
    return lambda on: [without(events(model, on), VisitCitation)]


def figures(condition):
    """Commitments with a figure by the day for which `condition` (on the facts of the engine) holds."""

    def rows(on):
        select = f"SELECT commitment FROM facts WHERE quantity IS NOT NULL AND {condition}"
        return [made_by(on).filter(pk__in=engine.selected(on, made_by(on), select))]

    return rows


def lapsed(on):
    """Past their end, with no paper that follows or replaces them."""
    links = AgreementLink.objects.filter(
        counted("agreement__"), other=OuterRef("pk"), kind__in=["follows", "replaces"]
    )
    newer = links.exclude(agreement__process__in=BEFORE_SIGNING)
    rows = Agreement.objects.counted().with_effect(on).filter(effect__in=[Effect.EXPIRED, Effect.CONFIRM])
    return [rows.filter(~Exists(newer))]


def not_instanced(on):
    """Recurring ones that run on the day without a target for the period that runs."""
    running = binding(on).filter(
        Q(period_first__isnull=True) | Q(period_first__lte=on),
        Q(period_last__isnull=True) | Q(period_last__gte=on),
        kind=Commitment.Kind.PER_PERIOD,
    )
    there = Target.objects.filter(commitment=OuterRef("pk"), period_first__lte=on, period_last__gte=on)
    return [running.filter(~Exists(there.exclude(pattern())))]


def no_minutes(on):
    aid = events(Delivery, on).exclude(kind=Delivery.Kind.GIFT)
    return [without(aid, VisitCitation, role=VisitCitation.Role.MINUTES)]


def too_much_shared(on):
    """Deliveries that give commitments more than they brought: what they gave would count twice."""
    return [Delivery.objects.filter(pk__in=overdrawn(events(Delivery, on)))]


def no_report(on):
    """Delegations back for longer than REPORT_DAYS, or past the day set for the report; parts with their whole."""
    late = Q(report_due_last__lt=on) | Q(
        report_due_last__isnull=True, held_last__lt=on - timedelta(days=settings.REPORT_DAYS)
    )
    rows = events(Delegation, on).filter(late).exclude(number=0)
    rows = rows.filter(Q(reported_first__isnull=True) | Q(reported_first__gt=on))
    rows = rows.exclude(part_of__in=Delegation.objects.counted())
    return [without(rows, VisitCitation, role=VisitCitation.Role.RESULT_REPORT)]


def no_side(on):
    """Delegations of which it is not known who sent them, or where they went; parts with their whole."""
    rows = events(Delegation, on).exclude(part_of__in=Delegation.objects.counted())
    known = DelegationRole.objects.filter(delegation=OuterRef("pk"), body__isnull=False)
    sent, gone = (
        known.filter(role__in=roles) for roles in ((DelegationRole.As.SENDER,), DelegationRole.WHERETO)
    )
    return [rows.exclude(Exists(sent), Exists(gone))]


def no_target(on):
    """Promises of a quantity of which nobody has said how much."""
    measured = [Commitment.Kind.PER_PERIOD, Commitment.Kind.CUMULATIVE]
    return [without(binding(on).filter(kind__in=measured), Target)]


def unknown_dates(on):
    agreements = signed(on).filter(signed_on="", exchanged_on="")
    return [agreements, *(events(model, on).filter(held="") for model in (Delegation, Meeting, Delivery))]


def inferred_dates(on):
    agreements = signed(on).filter(Q(signed_on__contains="?") | Q(period__contains="?"))
    commitments = made_by(on).filter(Q(made_on__contains="?") | Q(period__contains="?"))
    held = (events(model, on).filter(held__contains="?") for model in (Delegation, Meeting, Delivery))
    return [agreements, commitments, *held]


def unpublished(on):
    """Signed under the Law, neither published nor said why not."""
    law = signed(on).filter(track=Agreement.Track.TREATY_LAW).exclude(process=Agreement.Process.PUBLISHED)
    later = Q(published_on="", published_url="") | Q(published_first__gt=on)
    return [law.filter(later, unpublished_reason__isnull=True)]


GAPS = (
    Gap("agreement-source", _("Agreements without any source"), no_source(Citation, papers)),
    Gap("commitment-source", _("Commitments without any source"), no_source(Citation, made_by)),
    Gap("delegation-source", _("Delegations without any source"), no_source_of(Delegation)),
    Gap("meeting-source", _("Meetings without any source"), no_source_of(Meeting)),
    Gap("delivery-source", _("Deliveries of aid without any source"), no_source_of(Delivery)),
    Gap(
        "agreement-focal",
        _("Agreements without a focal unit"),
        lambda on: [without(papers(on), AgreementRole, role=AgreementRole.As.FOCAL)],
    ),
    Gap(
        "commitment-lead",
        _("Commitments without a lead unit"),
        lambda on: [without(binding(on), CommitmentRole, role=CommitmentRole.As.LEAD)],
    ),
    Gap("figure-unverified", _("Commitments with unverified figures"), figures("checked = 0")),
    Gap("figure-unapproved", _("Commitments with figures not yet approved"), figures("approved = 0")),
    Gap("agreement-lapsed", _("Agreements lapsed without a successor"), lapsed),
    Gap(
        "commitment-instance",
        _("Recurring commitments without a target for the running period"),
        not_instanced,
    ),
    Gap("delivery-minutes", _("Deliveries without handover minutes"), no_minutes),
    Gap("delivery-shares", _("Deliveries that give commitments more than they brought"), too_much_shared),
    Gap("delegation-report", _("Delegations without a report on results"), no_report),
    Gap("delegation-side", _("Delegations without a sender or a destination"), no_side),
    Gap("commitment-target", _("Commitments of a quantity without a target"), no_target),
    Gap("date-unknown", _("Records without a date"), unknown_dates),
    Gap("date-inferred", _("Records with an inferred date"), inferred_dates),
    Gap("agreement-unpublished", _("Agreements neither published nor said why not"), unpublished),
)
"""In the order in which they are told."""
