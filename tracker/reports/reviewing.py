"""What a reader must know of figures that nobody approved: a mark in their rows, a note with how many they are."""

from django.conf import settings
from django.db.models import BooleanField, Count, ExpressionWrapper, Q, Value
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from agreements.models import Progress
from agreements.models.record import ReviewState, counted
from delegations.models import Delegation, Delivery, Meeting, VisitCitation
from delegations.results import TOOK_PLACE, counted_contributions
from tracker.reports.table import Column, Marked
from tracker.reports.taking_part import union

REVIEW = Column("review", _("Review"))
EVENTS = {"delegation": Delegation, "meeting": Meeting, "delivery": Delivery}


# In the rows ---------------------------------------------------------------------------------------
def checked(state="review_state", delivery="pk"):
    """Q of verified events: approved, or aid whose handover minutes are cited.

    `state`, `delivery`: the columns that hold the state of the review and the number of the delivery.
    """
    minutes = VisitCitation.objects.filter(role=VisitCitation.Role.MINUTES, delivery__isnull=False)
    return Q(**{state: ReviewState.APPROVED}) | Q(**{f"{delivery}__in": minutes.values("delivery")})


def is_checked(condition):
    """The Q of verified rows as a column of them."""
    return ExpressionWrapper(condition, BooleanField())


def mark(state, verified):
    """How far the review of a row is, and whether it is verified; what is approved is."""
    words = ReviewState(state).label
    return Marked(
        state,
        words
        if verified or state == ReviewState.APPROVED
        else format_lazy("{}, {}", words, _("not verified")),
    )


# Beside them -----------------------------------------------------------------------------------------
def review_notes_alone(question, records):
    """As `review_notes` where the report stands alone; in another one (`is_part`) that one tells of the whole."""
    return () if question.is_part else review_notes(*records)


def review_notes(*records):
    """Notes on how many of `records` nobody approved or verified, and whether they count (one query).

    `records`: querysets of counted events and of progress reports, whatever the review says of them.
    """
    found = [sum(numbers) for numbers in zip(*union(map(doubtful, records)), strict=True)] or [0] * len(
        DOUBTS
    )
    numbers = dict(zip(DOUBTS, found, strict=True))
    if numbers["waiting"] and settings.REVIEW_REQUIRED:
        yield LEFT_OUT % numbers
    elif (numbers["waiting"] or numbers["loose"]) and not settings.REVIEW_REQUIRED:
        yield COUNTED % numbers
    if numbers["returned"]:
        yield RETURNED % numbers
    if numbers["trusted"] and settings.REVIEW_REQUIRED:
        yield NOT_VERIFIED % numbers


DOUBTS = ("waiting", "loose", "trusted", "returned")
"""Not approved; not verified; approved and not verified all the same; returned, and not corrected since."""
COUNTED = _(
    "Of the delegations, meetings, deliveries and reports of progress that are told of here, nobody approved "
    "%(waiting)s, and %(loose)s are not verified. They count all the same."
)
LEFT_OUT = _(
    "%(waiting)s delegations, meetings, deliveries or reports of progress are left out: nobody approved them."
)
RETURNED = _("%(returned)s of those that nobody approved were returned to who entered them.")
NOT_VERIFIED = _("%(trusted)s of the reports of progress that count are not verified.")


def doubtful(rows):
    """The numbers of DOUBTS of a queryset, as one row; none without any record."""
    approved = Q(review_state=ReviewState.APPROVED)
    verified = {Progress: Q(verified=True), Delivery: checked()}.get(rows.model, approved)
    alone = rows.model.objects.filter(pk__in=rows.order_by().values("pk")).order_by()
    alone = alone.annotate(all=Value(1), is_checked=is_checked(verified)).values("all")
    loose = Q(is_checked=False)
    told = alone.annotate(
        waiting=Count("pk", filter=~approved),
        loose=Count("pk", filter=loose),
        trusted=Count("pk", filter=loose & approved),
        returned=Count("pk", filter=Q(review_state=ReviewState.RETURNED)),
    )
    return told.values_list(*DOUBTS)


# Which they are ----------------------------------------------------------------------------------------
def of_agreements(agreements, on):
    """What tells of `agreements` (a queryset) or of their commitments by the day `on`, as `review_notes` takes it."""
    chosen = agreements.order_by().values("pk")
    promised = Q(commitment__agreement__in=chosen)
    return telling(Q(agreement__in=chosen) | promised, promised, on)


def of_commitments(commitments, on):
    """What tells of `commitments` (a queryset) by the day `on`."""
    chosen = Q(commitment__in=commitments.order_by().values("pk"))
    return telling(chosen, chosen, on)


def telling(served, promised, on):
    links = counted_contributions().filter(served)
    for kind, model in EVENTS.items():
        yield took_place(
            model.objects.filter(pk__in=links.filter(**{f"{kind}__isnull": False}).values(kind)), None, on
        )
    yield Progress.objects.counting(on).filter(promised, counted("commitment__"))


def took_place(events, begin, end):
    """Those of a queryset of events that took place in these days, perhaps or surely; `begin` None: whenever before."""
    rows = events.filter(
        counted(), Q(held_first__isnull=True) | Q(held_first__lte=end), status__in=TOOK_PLACE
    )
    return rows if begin is None else rows.filter(Q(held_last__isnull=True) | Q(held_last__gte=begin))
