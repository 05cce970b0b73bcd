"""What is known of commitments by a day, each as one query: figures and activity, targets, the last word said."""

from django.conf import settings
from django.db.models import (
    Case,
    CharField,
    DecimalField,
    Exists,
    F,
    IntegerField,
    Min,
    OuterRef,
    Q,
    Value,
    When,
    Window,
)
from django.db.models.functions import Coalesce, ExtractMonth, ExtractQuarter, ExtractYear, RowNumber
from django.db.models.lookups import LessThanOrEqual

from agreements.models import Agreement, Commitment, Progress, StateOverride, Target
from agreements.models.record import ReviewState, counted
from delegations.models import Contribution, VisitCitation
from delegations.models.contribution import EVENTS
from delegations.results import TOOK_PLACE, of_event, performing

FACTS = (
    "commitment_id", "quantity", "held", "first", "last", "by", "counterpart_id", "source", "active", "checked",
    "approved", "counts",
)  # fmt: skip
"""Columns of a fact. `held`: its date (EDTF); `source`: report, delegation, meeting or delivery; and, 0 or 1,
`active`: it tells of work; `checked`: verified, else merely claimed; `approved`; `counts`: reports take it."""
QUANTITY = DecimalField(max_digits=18, decimal_places=2)
COUNTED_AS = {"delegation": "delegation", "meeting": "occasion"}
"""{event: the unit in which it counts as what it is}."""
IDLE = ("not_started", "paused", "not_performed", "carried_over")
"""Assessments that tell of no work."""


MADE = Coalesce(
    "made_first", "agreement__signed_first", "agreement__exchanged_first", "agreement__period_first"
)


def yes(*conditions, **named):
    """1 where the condition holds, else 0, on both databases."""
    return Case(When(*conditions, **named, then=Value(1)), default=Value(0), output_field=IntegerField())


def made_by(on):
    """Counted commitments made on or before `on`; one without its own date was made with its agreement."""
    rows = Commitment.objects.counted().annotate(made=MADE)
    return rows.filter(Q(made__isnull=True) | Q(made__lte=on))


def counts():
    """1 for what reports take: what is approved where REVIEW_REQUIRED is on, else everything."""
    return F("approved") if settings.REVIEW_REQUIRED else Value(1, output_field=IntegerField())


def facts(on, among):
    """Everything that tells of the commitments `among` by the day `on`: reports, visits, meetings, deliveries."""
    return reports(on, among).union(events(on, among), all=True)


def reports(on, among):
    """Progress reports that no later one corrects; their quantity is what linked events do not count."""
    idle = Q(assessment__in=IDLE) | Q(quantity=0)
    return (
        Progress.objects.counting(on)
        .filter(commitment__in=among)
        .annotate(
            held=F("on"),
            first=F("on_first"),
            last=F("on_last"),
            by=F("obligor_id"),
            source=Value("report"),
            active=Case(When(idle, then=Value(0)), default=Value(1), output_field=IntegerField()),
            checked=yes(verified=True),
            approved=yes(review_state=ReviewState.APPROVED),
        )
        .annotate(counts=counts())
        .order_by()
        .values_list(*FACTS)
    )


def events(on, among):
    """What took place for commitments; talks that made a promise do not perform it.

    A delegation or meeting without a stated quantity counts as what it is where the commitment counts just
    that, once however often it is linked; a part does not count beside its whole.
    """
    amount = Coalesce("quantity", counted_by_itself(), output_field=QUANTITY)
    minutes = VisitCitation.objects.filter(delivery=OuterRef("delivery"), role=VisitCitation.Role.MINUTES)
    approved = Q(state=ReviewState.APPROVED)
    none = Q(delegation__number=0) | Q(meeting__number=0)  # the source says that there was none
    return (
        performing(on)
        .filter(commitment__in=among)
        .annotate(amount=amount, state=of_event("review_state"))
        .annotate(
            held=of_event("held"),
            source=Case(
                *(When(**{f"{kind}__isnull": False}, then=Value(kind)) for kind in EVENTS),
                output_field=CharField(),
            ),
            active=Case(When(none, then=Value(0)), default=Value(1), output_field=IntegerField()),
            checked=yes(approved | Exists(minutes)),
            approved=yes(approved),
        )
        .annotate(counts=counts())
        .order_by()
        .values_list(*("amount" if name == "quantity" else name for name in FACTS))
    )


def counted_by_itself():
    """The number of visits or meetings that a link stands for, where its commitment counts visits or meetings."""
    same = Contribution.objects.filter(commitment=OuterRef("commitment")).exclude(how=Contribution.How.MADE)
    earlier = same.filter(
        Q(pk__lt=OuterRef("pk")) | Q(quantity__isnull=False),
        Q(delegation=OuterRef("delegation")) | Q(meeting=OuterRef("meeting")),
    )
    whole = same.filter(
        counted("delegation__"), delegation=OuterRef("delegation__part_of"), delegation__status__in=TOOK_PLACE
    )
    alone = ~Exists(earlier) & ~Exists(whole)
    return Case(
        *(
            When(
                Q(**{f"{kind}__isnull": False, "commitment__unit__code": unit}) & alone,
                then=f"{kind}__number",
            )
            for kind, unit in COUNTED_AS.items()
        ),
        output_field=QUANTITY,
    )


TARGETS = (
    "pk", "commitment_id", "minimum", "maximum", "period", "period_first", "period_last", "due", "obligor_id",
    "counterpart_id", "obligor__name", "counterpart__name", "whole", "decides",
)  # fmt: skip
"""Columns of a target. `due`: its last day, else its commitment's; `whole`: of no one party; `decides`: it is, or
there is no whole one (a split of a whole target is no second target); both 0 or 1."""


def targets(among):
    """The targets that are judged: one that each period repeats is not (instances.py makes those of its periods)."""
    alone = Q(obligor__isnull=True, counterpart__isnull=True)
    wholes = Target.objects.filter(alone, commitment=OuterRef("commitment")).exclude(pattern()).order_by()
    due = Coalesce("period_last", "commitment__period_last")
    rows = Target.objects.filter(commitment__in=among).exclude(pattern())
    rows = rows.annotate(due=due, whole=yes(alone), decides=yes(alone | ~Exists(wholes)))
    return rows.order_by().values_list(*TARGETS)


def pattern():
    """Q of targets that stand for each period of their commitment, not for one of them."""
    Every = Commitment.Every
    first, last = "period_first", "period_last"
    same_year = Q(period_first__year=ExtractYear(last))
    month = ExtractMonth(first)
    one = Q(commitment__every=Every.YEAR) & same_year
    one |= (
        Q(commitment__every=Every.HALF)
        & same_year
        & (Q(period_last__month__lte=6) | Q(period_first__month__gte=7))
    )
    one |= Q(commitment__every=Every.QUARTER) & same_year & Q(period_first__quarter=ExtractQuarter(last))
    one |= Q(commitment__every=Every.MONTH) & same_year & Q(period_last__month=month)
    return Q(commitment__kind=Commitment.Kind.PER_PERIOD) & ~(
        one & Q(period_first__isnull=False, period_last__isnull=False)
    )


SAID = ("commitment_id", "assessment", "reason__name", "on", "uncertain", "place")


def said(on, among):
    """Assessments by the day `on`; `place` 1 is the latest of a commitment, `uncertain` where it may be later."""
    latest = Window(
        RowNumber(), partition_by="commitment_id", order_by=[F("on_last").desc(), F("number").desc()]
    )
    return (
        Progress.objects.counting(on)
        .filter(**({"review_state": ReviewState.APPROVED} if settings.REVIEW_REQUIRED else {}))
        .filter(commitment__in=among)
        .exclude(assessment="")
        .annotate(uncertain=yes(on_last__gt=on), place=latest)
        .order_by()
        .values_list(*SAID)
    )


OVERRIDES = ("commitment_id", "state", "reason", "until", "place")


def overrides(on, among):
    """States set by officers that hold on the day `on`; `place` 1 is the one meant."""
    latest = Window(RowNumber(), partition_by="commitment_id", order_by=[F("since").desc()])
    rows = StateOverride.objects.valid(on).filter(commitment__in=among)
    return rows.annotate(place=latest).order_by().values_list(*OVERRIDES)


BASE = (
    "pk", "agreement_id", "kind", "strength", "period_first", "period_last", "made", "child_signed",
)  # fmt: skip


def commitments(on, chosen):
    """The commitments of the queryset `chosen` with what is known of them apart from figures."""
    concluded = Coalesce("child__signed_first", "child__exchanged_first", "child__period_first")
    signed = Q(child__isnull=False) & counted("child__") & ~Q(child__process__in=Agreement.BEFORE_SIGNING)
    return (
        chosen.annotate(
            made=MADE,
            child_signed=yes(signed & LessThanOrEqual(concluded, Value(on))),
        )
        .order_by()
        .values_list(*BASE)
    )


def carried(on, among):
    """(commitment, code of the one that continues it), of those that had been continued by the day `on`."""
    rows = made_by(on).filter(continues__in=among).order_by()
    return rows.values("continues").annotate(code=Min("code")).values_list("continues", "code")
