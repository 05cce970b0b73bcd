"""What is known of commitments by a day, each as one query: figures and activity, targets, the last word said."""

from django.conf import settings
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    DateField,
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
from django.db.models.functions import (
    Cast,
    Coalesce,
    ExtractMonth,
    ExtractQuarter,
    ExtractYear,
    NullIf,
    RowNumber,
)
from django.db.models.lookups import LessThanOrEqual

from agreements.models import (
    Agreement,
    AgreementLink,
    Commitment,
    CommitmentRole,
    Progress,
    StateOverride,
    Target,
)
from agreements.models.record import ReviewState, counted
from delegations.models import Contribution, VisitCitation
from delegations.models.contribution import EVENTS
from delegations.results import of_event, performing

FACTS = (
    "commitment_id", "pk", "quantity", "held", "first", "last", "by", "counterpart_id", "source", "event", "whole",
    "line_id", "most", "active", "checked", "approved", "counts",
)  # fmt: skip
"""Columns of a fact. `held`: its date (EDTF); `source`: report, delegation, meeting, delivery or paper, and `event`
its key; `whole`: the delegation or paper that it is a part of; `most`: how many it is, where it counts as what it is;
and, 0 or 1, `active`: it tells of work; `checked`: verified, else merely claimed; `approved`; `counts`: reports take
it."""
QUANTITY = DecimalField(max_digits=18, decimal_places=2)
COUNTED_AS = {"delegation": "delegation", "meeting": "occasion"}
"""{event: the unit in which it counts as what it is}."""
IDLE = ("not_started", "paused", "not_performed", "carried_over")
"""Assessments that tell of no work."""


NOTHING = Value(None, output_field=BigIntegerField())
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
    """Everything that tells of `among` by the day `on`: reports, visits, meetings, deliveries, papers signed."""
    return reports(on, among).union(events(on, among), papers(on, among), all=True)


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
            event=F("pk"),
            whole=NOTHING,
            line_id=NOTHING,
            most=NOTHING,
            active=Case(When(idle, then=Value(0)), default=Value(1), output_field=IntegerField()),
            checked=yes(verified=True),
            approved=yes(review_state=ReviewState.APPROVED),
        )
        .annotate(counts=counts())
        .order_by()
        .values_list(*FACTS)
    )


def events(on, among):
    """What took place for commitments, by each link; talks that made a promise do not perform it.

    A delegation or meeting without a stated quantity counts as what it is where the commitment counts just that.
    """
    minutes = VisitCitation.objects.filter(delivery=OuterRef("delivery"), role=VisitCitation.Role.MINUTES)
    approved = Q(state=ReviewState.APPROVED)
    none = Q(delegation__number=0) | Q(meeting__number=0)  # the source says that there was none
    return (
        performing(on)
        .filter(commitment__in=among)
        .annotate(most=itself(), state=of_event("review_state"))
        .annotate(
            amount=Coalesce("quantity", itself(~Exists(stated())), output_field=QUANTITY),
            held=of_event("held"),
            source=Case(
                *(When(**{f"{kind}__isnull": False}, then=Value(kind)) for kind in EVENTS),
                output_field=CharField(),
            ),
            event=of_event("pk"),
            whole=F("delegation__part_of_id"),
            active=Case(When(none, then=Value(0)), default=Value(1), output_field=IntegerField()),
            checked=yes(approved | Exists(minutes)),
            approved=yes(approved),
        )
        .annotate(counts=counts())
        .order_by()
        .values_list(*("amount" if name == "quantity" else name for name in FACTS))
    )


PAPER = "agreement__links_from__agreement"
"""From a commitment to what was agreed under its agreement."""


def papers(on, among):
    """Papers signed under the agreement of a commitment that counts papers, each as many as it stands for.

    Where the agreement has several such commitments nobody knows which one a paper performs; nor does a paper that
    another commitment names as its own perform this one. What is signed is known: it waits for no review.
    """
    others = Commitment.objects.counted().exclude(pk=OuterRef("pk"))
    rivals = others.filter(agreement=OuterRef("agreement"), unit__code="document").order_by()
    named = others.filter(child=OuterRef(PAPER)).order_by()
    signed = {f"{PAPER}__process__in": set(Agreement.Process.values) - set(Agreement.BEFORE_SIGNING)}
    rows = Commitment.objects.filter(
        counted(f"{PAPER}__"), ~Exists(rivals), ~Exists(named), pk__in=among, unit__code="document",
        agreement__links_from__kind=AgreementLink.Kind.UNDER, **signed,
    )  # fmt: skip
    none = dict.fromkeys(("by", "counterpart_id", "line_id", "most"), NOTHING)
    sure = dict.fromkeys(("active", "checked", "approved", "counts"), Value(1))
    rows = rows.annotate(
        paper=F(PAPER), number=F(f"{PAPER}__number"), held=concluded(""), first=concluded("_first"),
        last=concluded("_last"), source=Value("paper"), whole=F(f"{PAPER}__part_of"),
    )  # fmt: skip
    rows = rows.filter(Q(first__isnull=True) | Q(first__lte=on))
    own = {"commitment_id": "pk", "pk": "paper", "event": "paper", "quantity": "number"}
    given = {f"{name}_": value for name, value in {**none, **sure}.items()}
    names = (own.get(name, f"{name}_" if f"{name}_" in given else name) for name in FACTS)
    return rows.annotate(**given).order_by().values_list(*names)


def concluded(end):
    """The text, or the `_first` or `_last` day, of when a paper was signed, else exchanged, else of its period."""
    names = [("signed_first", "signed"), ("exchanged_first", "exchanged")]
    on = "" if end else "_on"
    dated = (
        When(**{f"{PAPER}__{known}__isnull": False}, then=f"{PAPER}__{name}{on}{end}")
        for known, name in names
    )
    return Case(*dated, default=f"{PAPER}__period{end}")


def itself(*conditions):
    """The number of visits or meetings that a link stands for, where its commitment counts visits or meetings."""
    return Case(
        *(
            When(
                *conditions,
                **{f"{kind}__isnull": False, "commitment__unit__code": unit},
                then=f"{kind}__number",
            )
            for kind, unit in COUNTED_AS.items()
        ),
        output_field=QUANTITY,
    )


def stated():
    """The links of the same visit or meeting with the same commitment that say how many."""
    same = Q(delegation=OuterRef("delegation")) | Q(meeting=OuterRef("meeting"))
    rows = Contribution.objects.filter(same, commitment=OuterRef("commitment"), quantity__isnull=False)
    return rows.exclude(how=Contribution.How.MADE)


PARTIES = ("commitment_id", "source", "event", "side", "party", "rank")


def split():
    """Whether the commitment has a target of one party: of others nobody asks whose it was."""
    of_one = Q(obligor__isnull=False) | Q(counterpart__isnull=False)
    return Exists(Target.objects.filter(of_one, commitment=OuterRef("commitment")).order_by())


def parties(on, among, asked):
    """Who took part in what took place for commitments, and as what: the obligor sends, gives or receives visits.

    `side`: as whose part of the commitment it counts, "obligor" or "counterpart", if they are one; of the obligors
    only those of the least `rank` count: a host is meant where no sender is one. `asked`: of which commitments.
    """
    found = [taking_part(on, among, asked, *each) for each in TAKING]
    return found[0].union(*found[1:], all=True)


TAKING = [
    ("delegation", "obligor", ("sender",), 0),
    ("delegation", "obligor", ("host",), 1),
    ("delegation", "counterpart", ("sender", "host", "visited"), 0),
    ("meeting", "obligor", ("host", "chair", "participant"), 0),
    ("meeting", "counterpart", ("host", "chair", "participant"), 0),
    ("delivery", "obligor", ("giver",), 0),
    ("delivery", "counterpart", ("giver", "receiver"), 0),
]
"""(event, side, parts taken that may be that side, rank)."""


def taking_part(on, among, asked, event, side, roles, rank):
    part = {f"{event}__roles__role__in": roles, f"{event}__roles__body__isnull": False}
    return (
        performing(on)
        .filter(asked, commitment__in=among, **part)
        .annotate(
            source=Value(event),
            event=F(f"{event}_id"),
            side=Value(side),
            party=F(f"{event}__roles__body"),
            rank=Value(rank),
        )
        .order_by()
        .values_list(*PARTIES)
    )


BOUND = ("commitment_id", "role", "body_id")


def bound(among, asked):
    """The obligors and counterparts of commitments, and those that only a target names."""
    sides = (CommitmentRole.As.OBLIGOR, CommitmentRole.As.COUNTERPART)
    roles = CommitmentRole.objects.filter(asked, commitment__in=among, role__in=sides, body__isnull=False)
    rows = [roles.order_by().values_list(*BOUND)]
    for side in sides:
        named = Target.objects.filter(commitment__in=among, **{f"{side}__isnull": False}).order_by()
        rows.append(named.values_list("commitment_id", Value(side.value), f"{side}_id"))
    return rows[0].union(*rows[1:])


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


def counterparts(among):
    """The counterparts of commitments in the columns of targets: what each of them got is reckoned as theirs is."""
    given = {
        **dict.fromkeys(("minimum", "maximum"), Cast(Value(None), QUANTITY)),
        **dict.fromkeys(("period_first", "period_last", "due"), Cast(Value(None), DateField())),
        "obligor_id": Cast(Value(None), BigIntegerField()),
        **dict.fromkeys(("period", "obligor__name"), Value("")),
        **dict.fromkeys(("whole", "decides"), Value(0)),
        "counterpart__name": Case(When(as_printed="", then="body__name"), default="as_printed"),
        "counterpart_id": F("body_id"),
    }
    rows = CommitmentRole.objects.filter(
        commitment__in=among, role=CommitmentRole.As.COUNTERPART, body__isnull=False
    )
    names = {name: f"given_{name.replace('__', '_')}" for name in given}
    rows = rows.annotate(**{names[name]: value for name, value in given.items()})
    return rows.order_by().values_list(*(names.get(name, name) for name in TARGETS))


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


SAID = ("commitment_id", "assessment", "reason__name", "on", "uncertain", "place", "sure_place")


def said(on, among):
    """Assessments by the day `on`; `place` 1 is the latest of a commitment, `uncertain` where it may be later.

    `sure_place` 1 is the latest of those alike in that: of what was surely said by the day, where `uncertain` is 0.
    """
    order = [F("on_last").desc(), F("number").desc()]
    return (
        Progress.objects.counting(on)
        .filter(**({"review_state": ReviewState.APPROVED} if settings.REVIEW_REQUIRED else {}))
        .filter(commitment__in=among)
        .exclude(assessment="")
        .annotate(uncertain=yes(on_last__gt=on))
        .annotate(
            place=Window(RowNumber(), partition_by="commitment_id", order_by=order),
            sure_place=Window(RowNumber(), partition_by=["commitment_id", "uncertain"], order_by=order),
        )
        .order_by()
        .values_list(*SAID)
    )


OVERRIDES = ("commitment_id", "state", "reason", "until", "officer", "place")


def overrides(on, among):
    """States set by officers that hold on the day `on`; `place` 1 is the one meant."""
    latest = Window(RowNumber(), partition_by="commitment_id", order_by=[F("since").desc()])
    officer = Coalesce(NullIf(F("author__full_name"), Value("")), "author__username")
    rows = StateOverride.objects.valid(on).filter(commitment__in=among)
    return rows.annotate(officer=officer, place=latest).order_by().values_list(*OVERRIDES)


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
