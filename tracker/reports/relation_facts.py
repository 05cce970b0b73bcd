"""What concerns two localities: agreements, visits, meetings, aid and promises, each by one or two queries.

A pair is (ids of the places on one side, ids on the other).
"""

from collections import defaultdict
from typing import NamedTuple

from django.db.models import Case, Exists, OuterRef, Q, Subquery, Value, When

from agreements.models import Agreement, AgreementLink, AgreementRole, CommitmentRole
from agreements.models.record import counted
from delegations.models import (
    Contribution,
    Delegation,
    DelegationRole,
    Delivery,
    DeliveryRole,
    Meeting,
    MeetingRole,
)
from delegations.results import reported_contributions
from tracker.progress.facts import made_by
from tracker.reports import figures
from tracker.reports.handed import handed, sides
from tracker.reports.reviewing import took_place

THERE = ("visited", "host", "inviter")


def roles(model, arm, places, *names):
    """Ids of the records in which a body of `places` takes part, in these roles if any are named."""
    rows = model.objects.filter(body__area__in=places)
    return (rows.filter(role__in=names) if names else rows).values(arm)


# Agreements --------------------------------------------------------------------------------------
def agreements_of(pair, on):
    """Counted agreements that a body of either side signed, each with its `framework` of the pair (one query)."""
    rows = signed_by(pair)
    under = AgreementLink.objects.filter(kind="under", agreement=OuterRef("pk"), other__in=rows.values("pk"))
    rows = rows.with_effect(on).annotate(framework=Subquery(under.order_by("pk").values("other__code")[:1]))
    found = rows.select_related("kind").order_by("code", "pk")
    return sorted(found, key=lambda row: (row.start_on is None, row.start_on or on))


def signed_by(pair):
    rows = Agreement.objects.counted()
    for places in pair:
        rows = rows.filter(pk__in=roles(AgreementRole, "agreement", places, "party"))
    return rows.order_by()


# Visits and meetings -----------------------------------------------------------------------------
def visits():
    return Delegation.objects.reported().order_by()


def going(here, there):
    """Q of delegations that `here` sent and that visited, or were invited or received by, `there`."""
    return Q(pk__in=roles(DelegationRole, "delegation", here, "sender")) & Q(
        pk__in=roles(DelegationRole, "delegation", there, *THERE)
    )


def both_ways(pair):
    return going(*pair) | going(*reversed(pair))


class Visit(NamedTuple):
    """What is told of a delegation beside its Link."""

    code: str
    name: str
    people: int | None


VISIT = (
    "pk", "status", "number", "part_of", "held", "held_first", "held_last", "review_state", "way", *Visit._fields,
)  # fmt: skip


def visits_of(pair):
    """[figures.Link] of the delegations between the two, `direction` 0 or 1: which side sent them (one query)."""
    ahead = visits().filter(going(*pair))
    way = Case(When(pk__in=ahead.values("pk"), then=Value(0)), default=Value(1))
    rows = list(visits().filter(both_ways(pair)).annotate(way=way).values_list(*VISIT))
    none = none_within(rows)
    return [
        link(
            delegation=pk, status=status, number=number, whole=whole, held=held, first=first, last=last,
            review=state, direction=way, none_from=none.get(pk), told=Visit(*told),
        )
        for pk, status, number, whole, held, first, last, state, way, *told in rows
    ]  # fmt: skip


def none_within(rows):
    """{delegation id: the day from which to its end a part says that there was none}."""
    ends = {row[0]: row[6] for row in rows}
    found = {}
    for _pk, _status, number, whole, _held, first, last, *_told in rows:
        if number == 0 and whole in ends and last and ends[whole] and last >= ends[whole]:
            found[whole] = first
    return found


def link(**facts):
    """A figures.Link of an event by itself, of no contribution."""
    return figures.Link(**{**dict.fromkeys(figures.Link._fields), "how": "", "told": (), **facts})


class Talk(NamedTuple):
    """What is told of a meeting beside its Link."""

    code: str
    kind: str
    mode: str
    results: str


MEETING = ("pk", "status", "number", "held", "held_first", "held_last", "review_state", *Talk._fields)


def between(pair):
    """Meetings in which both sides took part, or on a visit of one to the other."""
    return Meeting.objects.reported().order_by().filter(met(pair, visits()))


def met(pair, among):
    """Q of these meetings; `among`: the delegations of which some may be visits."""
    taking_part = [
        Q(
            pk__in=MeetingRole.objects.filter(body__area__in=places)
            .exclude(role="mentioned")
            .values("meeting")
        )
        for places in pair
    ]
    on_visits = Meeting.delegations.through.objects.filter(
        delegation__in=among.filter(both_ways(pair)).values("pk")
    )
    return (taking_part[0] & taking_part[1]) | Q(pk__in=on_visits.values("meeting"))


def meetings_of(pair):
    """[figures.Link] of the meetings between the two (one query)."""
    return [
        link(
            meeting=pk,
            status=status,
            number=number,
            held=held,
            first=first,
            last=last,
            review=state,
            told=Talk(*told),
        )
        for pk, status, number, held, first, last, state, *told in between(pair).values_list(*MEETING)
    ]


def served_by(pair):
    """Which agreements of whatever places the events between the two served (one query).

    "codes": {("meeting", 7): [agreement codes]}; "deliveries": as handed.served tells it.
    """
    events = {
        "delegation": visits().filter(both_ways(pair)),
        "meeting": between(pair),
        "delivery": deliveries_between(pair),
    }
    chosen = Q()
    for kind, rows in events.items():
        chosen |= Q(**{f"{kind}__in": rows.values("pk")})
    rows = Contribution.objects.filter(counted("agreement__"), counted("commitment__"), chosen)
    columns = ("agreement__code", "commitment__agreement__code", "commitment__code", "commitment", "line")
    found = {"codes": defaultdict(list), "deliveries": defaultdict(list)}
    for *arms, agreement, of_commitment, code, commitment, line in rows.order_by("id").values_list(
        *events, *columns
    ):
        event = next((kind, pk) for kind, pk in zip(events, arms, strict=True) if pk)
        if (named := agreement or of_commitment) and named not in found["codes"][event]:
            found["codes"][event].append(named)
        if event[0] == "delivery":
            found["deliveries"][event[1]].append((line, agreement, code, commitment))
    return found


# Aid ---------------------------------------------------------------------------------------------
def deliveries_between(pair):
    """Deliveries that a body of one side gave to one of the other."""
    return Delivery.objects.reported().filter(given(pair))


def given(pair):
    """Q of these deliveries."""
    chosen = Q()
    for here, there in (pair, tuple(reversed(pair))):
        chosen |= Q(pk__in=roles(DeliveryRole, "delivery", here, "giver")) & Q(
            pk__in=roles(DeliveryRole, "delivery", there, "receiver")
        )
    return chosen


def recorded(pair, on):
    """What took place between the two by the day, whatever the review says of it."""
    yield took_place(Delegation.objects.filter(both_ways(pair)), None, on)
    yield took_place(Meeting.objects.filter(met(pair, Delegation.objects.counted())), None, on)
    yield took_place(Delivery.objects.filter(given(pair)), None, on)


def aid_of(pair, on):
    """Lines handed over by the day: "ways": ([from the first side], [to it]), "gifts", "sides" (two queries)."""
    rows = deliveries_between(pair)
    told = sides(rows)
    found = {"ways": ([], []), "gifts": [], "sides": told, "begin": None, "on": on}
    for line in handed(rows):
        way = 0 if any(side.place in pair[0] for side in told[line.delivery]["giver"]) else 1
        elsewhere = line.receiver_place and line.receiver_place not in pair[1 - way]
        if line.certainty(None, on) and not elsewhere:
            (found["gifts"] if line.is_gift else found["ways"][way]).append(line)
    return found


# Promises outside agreements ---------------------------------------------------------------------
def outside_of(pair, on):
    """Made by `on` in no agreement, in which both sides take part or which were made when they met."""
    made = reported_contributions().filter(
        Q(meeting__in=between(pair).values("pk"))
        | Q(delegation__in=visits().filter(both_ways(pair)).values("pk")),
        how=Contribution.How.MADE,
    )
    ours, theirs = (
        Exists(CommitmentRole.objects.filter(commitment=OuterRef("pk"), body__area__in=places))
        for places in pair
    )
    rows = made_by(on).filter(agreement__isnull=True)
    return rows.filter((Q(ours) & Q(theirs)) | Q(pk__in=made.values("commitment")))
