"""What makes up the figures of a commitment: each report, visit, meeting, delivery and paper, with its record."""

from operator import attrgetter
from typing import NamedTuple

from django.db.models import CharField, Exists, F, IntegerField, OuterRef, Value
from django.db.models.functions import Cast, Coalesce

from agreements.models import Agreement
from agreements.models.record import ReviewState
from agreements.scope import whole_register
from delegations.models.contribution import EVENTS, Contribution
from delegations.results import of_event
from tracker.progress import facts

TEXT = CharField()


class Piece(NamedTuple):
    """One thing that counts toward a commitment.

    `source`: report, delegation, meeting, delivery or agreement; `record` its key, `what` its kind or assessment.
    `whom`: whose part it is; and, 0 or 1, `checked`: verified, else merely claimed; `counts`: reports take it;
    `returned`: whoever reviewed it sent it back;
    `open`: its reader may read the record (else only that there is one, and how much it brings).
    """

    source: str
    record: int
    code: str
    name: str
    what: str
    whom: str
    held: str
    first: object
    quantity: object
    checked: int
    counts: int
    returned: int
    open: int


def behind(on, chosen):
    """[Piece] of the commitments of the queryset `chosen` by the day `on`, in the order of time: one query.

    The same facts that the engine adds up, told to whoever may read the commitment.
    """
    readable = [readers_own(kind) for kind in EVENTS]
    own = Exists(Agreement.objects.filter(pk=OuterRef("pk")).order_by())
    with whole_register():
        among = chosen.order_by().values("pk")
        rows = reports(on, among).union(events(on, among, readable), papers(on, among, own), all=True)
        found = [Piece._make(row) for row in rows]
    dated = sorted(
        (one for one in found if one.first is not None), key=attrgetter("first", "source", "record")
    )
    return dated + [one for one in found if one.first is None]


def readers_own(kind):
    """The events of a kind that the reader may read; what the walls hide is hidden here too."""
    model = Contribution._meta.get_field(kind).related_model
    return model.objects.filter(pk=OuterRef(f"{kind}_id")).order_by()


def text(value):
    return Cast(value, TEXT)


def number(value):
    return Value(value, output_field=IntegerField())


def reports(on, among):
    rows = facts.reports(on, among).annotate(
        record=F("pk"),
        code=text(F("number")),
        name=text(Value("")),
        what=text(F("assessment")),
        whom=text(Coalesce("counterpart__name", "obligor__name", Value(""))),
        returned=facts.yes(review_state=ReviewState.RETURNED),
        open=number(1),
    )
    told = ("quantity" if one == "quantity" else one for one in Piece._fields)
    return rows.order_by().values_list(*told)


def events(on, among, readable):
    seen = [Exists(rows) for rows in readable]
    rows = facts.events(on, among).annotate(
        record=of_event("pk"),
        code=text(of_event("code")),
        name=text(Coalesce("delegation__name", Value(""))),
        what=text(Coalesce("meeting__kind", "delivery__kind", Value(""))),
        whom=text(Coalesce("counterpart__name", Value(""))),
        returned=facts.yes(state=ReviewState.RETURNED),
        open=facts.yes(seen[0] | seen[1] | seen[2]),
    )
    told = ("amount" if one == "quantity" else one for one in Piece._fields)
    return rows.order_by().values_list(*told)


def papers(on, among, own):
    """The papers that were promised and are signed."""
    rows = Agreement.objects.counted().exclude(process__in=Agreement.BEFORE_SIGNING)
    rows = rows.annotate(first=Coalesce("signed_first", "exchanged_first", "period_first"))
    rows = rows.filter(first__lte=on, promised_by__in=among)
    return (
        rows.annotate(
            source=text(Value("agreement")),
            record=F("pk"),
            what=text(Value("")),
            whom=text(Value("")),
            held=text(Coalesce("signed_on", Value(""))),
            quantity=Value(None, output_field=facts.QUANTITY),
            checked=number(1),
            counts=number(1),
            returned=number(0),
            open=facts.yes(own),
        )
        .order_by()
        .values_list(*("title" if one == "name" else one for one in Piece._fields))
    )
