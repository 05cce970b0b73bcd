"""What took place for agreements: delegations, meetings and aid, from contributions in two queries."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from agreements import dates
from delegations.models import Contribution, Delegation, Delivery, DeliveryLine, DeliveryRole
from delegations.models.contribution import EVENTS
from delegations.results import TOOK_PLACE, of_event, reported_contributions
from tracker.reports.reviewing import checked, is_checked
from tracker.reports.table import Amount, Count, Dated, Money

CERTAINTIES = ("certain", "possible", "undated")


class Link(NamedTuple):
    """One contribution with what its event says; names are those of `links()`."""

    to: int | None
    commitment: int | None
    how: str
    quantity: Decimal | None
    counterpart: int | None
    line: int | None
    delegation: int | None
    meeting: int | None
    delivery: int | None
    direction: str | None
    delivery_kind: str | None
    status: str
    number: int | None
    whole: int | None
    held: str
    first: date | None
    last: date | None
    none_from: date | None
    review: str
    is_checked: bool
    told: tuple = ()
    """Values of the further columns that were asked for."""

    @property
    def event(self):
        """("delegation", 7): what it is and its id."""
        return next((kind, getattr(self, kind)) for kind in EVENTS if getattr(self, kind))

    @property
    def obligor(self):
        return None

    def certainty(self, on):
        """certain, possible or undated; "" when it was not held, or after the day `on`."""
        if self.status not in TOOK_PLACE:
            return ""
        last = self.last
        if self.none_from and self.first and self.first < self.none_from:
            last = self.none_from - timedelta(days=1)
        relation = dates.relation(self.first, last, date.min, on)
        return "" if relation == "outside" else relation


def links(agreements, columns=(), outside=()):
    """Every Link to the agreements of the queryset `agreements` or to their commitments (one query).

    `columns` of Contribution are told besides; `outside`: ids of commitments of no agreement whose Links are
    wanted too (their `to` is None).
    """
    rows = reported_contributions().annotate(
        to=Coalesce("agreement_id", "commitment__agreement_id"),
        status=of_event("status"),
        number_told=Coalesce("delegation__number", "meeting__number"),
        held=of_event("held"),
        first=of_event("held_first"),
        last=of_event("held_last"),
        none_from=none_from(),
        review=of_event("review_state"),
    )
    rows = rows.annotate(is_checked=is_checked(checked("review", "delivery")))
    wanted = Q(to__in=agreements.order_by().values("pk"))
    rows = rows.filter(wanted | Q(commitment__in=outside) if outside else wanted).order_by("id")
    size = len(LINK_COLUMNS)
    found = rows.values_list(*LINK_COLUMNS, *columns)
    return [Link(*row[:size], told=row[size:]) for row in found]


def none_from():
    """From this day to its end a count is stated to hold no delegation (it has a part with number 0)."""
    zeros = Delegation.objects.reported().filter(number=0, part_of__isnull=False)
    told_apart = zeros.order_by().values("part_of")  # few, so that the next is rarely asked
    none = zeros.filter(part_of=OuterRef("delegation"), held_last__gte=OuterRef("delegation__held_last"))
    return Case(When(delegation__in=told_apart, then=Subquery(none.values("held_first")[:1])))


LINK_COLUMNS = (
    "to",
    "commitment_id",
    "how",
    "quantity",
    "counterpart_id",
    "line_id",
    "delegation_id",
    "meeting_id",
    "delivery_id",
    "delegation__direction",
    "delivery__kind",
    "status",
    "number_told",
    "delegation__part_of_id",
    "held",
    "first",
    "last",
    "none_from",
    "review",
    "is_checked",
)


def once(found):
    """One Link an event, however many contributions it made."""
    return list({link.event: link for link in found}.values())


def tally(found, on):
    """How many events the Links `found` stand for as of `on`: a Dated of Counts.

    A part is not added to a whole that is counted; what is certain of a possible whole is counted once.
    """
    rows = [(link, link.certainty(on)) for link in once(found)]
    rows = [(link, certainty) for link, certainty in rows if certainty]
    wholes = {link.event[1]: certainty for link, certainty in rows}
    told_apart = defaultdict(int)
    kept = []
    for link, certainty in rows:
        if certainty == "certain" and wholes.get(link.whole) in ("possible", "undated"):
            told_apart[link.whole] += link.number or 0
        elif link.whole in wholes:
            continue
        kept.append((link, certainty))
    sums = {
        certainty: count([less(link, told_apart) for link, sort in kept if sort == certainty])
        for certainty in CERTAINTIES
    }
    return Dated(**sums)


def less(link, told_apart):
    """The number of a whole without those of its parts that are counted already."""
    apart = told_apart.get(link.event[1], 0)
    return link.number if not apart or link.number is None else max(link.number - apart, 0)


def count(numbers):
    """The Count of rows that stand for `numbers` (None: several); None without rows."""
    if not numbers:
        return None
    known = [number for number in numbers if number is not None]
    unknown = len(known) < len(numbers)
    total = sum(known)
    return Count(None if unknown and not total else total, unknown)


def latest(moments, on):
    """The latest of (first, last, EDTF text) begun on or before `on`; "" without any."""
    begun = [moment for moment in moments if moment[2] and (moment[0] is None or moment[0] <= on)]
    return max(begun, key=lambda moment: recency(moment, on), default=(None, None, ""))[2]


def recency(moment, on):
    first, last, _text = moment
    return min(last or on, on), first or date.min


class Line(NamedTuple):
    """A line of a delivery; `given`: from the Vietnamese side."""

    id: int
    delivery: int
    number: int
    whole: int | None
    item: str
    description: str
    quantity: Decimal | None
    quantity_is: str
    unit: str | None
    amount: Decimal | None
    amount_is: str
    currency: str | None
    receiver: str | None
    funding: str
    given: bool


LINE_COLUMNS = (
    "id",
    "delivery_id",
    "number",
    "part_of_id",
    "item__name",
    "description",
    "quantity",
    "quantity_is",
    "unit__name",
    "amount",
    "amount_is",
    "currency__code",
    "receiver__name",
    "funding",
    "given",
)


def lines(agreements):
    """{delivery id: [Line]} of all deliveries that serve `agreements` or their commitments (one query)."""
    chosen = agreements.order_by().values("pk")
    serving = Contribution.objects.filter(Q(agreement__in=chosen) | Q(commitment__agreement__in=chosen))
    givers = DeliveryRole.objects.filter(delivery=OuterRef("delivery"), role="giver", body__country="VN")
    rows = DeliveryLine.objects.filter(delivery__in=serving.filter(delivery__isnull=False).values("delivery"))
    rows = rows.annotate(given=Exists(givers)).order_by("delivery", F("number"))
    found = defaultdict(list)
    for row in rows.values_list(*LINE_COLUMNS):
        found[row[1]].append(Line._make(row))
    return found


def served_lines(found, by_delivery):
    """[(Line, Link)] that the delivery Links `found` bring, each line once; a line brings its parts."""
    served = {}
    for link in found:
        for line in by_delivery.get(link.delivery, ()):
            if link.line in (None, line.id, line.whole):
                served.setdefault(line.id, (line, link))
    return list(served.values())


def is_aid(link):
    """Gifts are told apart from aid."""
    return link.delivery is not None and link.delivery_kind != Delivery.Kind.GIFT


def aid(served, on, given):
    """Σ amount by currency of `served` [(Line, Link)] in one direction as of `on`: a Dated of Money, or None.

    A part counts where its whole is silent in that measure, so that 65 of 78 is never 143.
    """
    one_way = [(line, link) for line, link in served if is_aid(link) and bool(line.given) == given]
    chosen = [(line, link.certainty(on)) for line, link in one_way]
    sums = {}
    for certainty in CERTAINTIES:
        of_this = [line for line, sort in chosen if sort == certainty]
        sums[certainty] = money(of_this) if of_this else None
    return Dated(**sums)


def money(of_lines):
    """The Money of lines, their parts among them."""
    by_id = {line.id: line for line in of_lines}
    sums, meanings = defaultdict(Decimal), defaultdict(set)
    for line in of_lines:
        if counts_amount(line, by_id):
            sums[line.currency] += line.amount
            meanings[line.currency].add(line.amount_is)
    amounts = tuple(Amount(sums[code], code, together(meanings[code])) for code in sorted(sums))
    return Money(amounts, len(unvalued(of_lines, by_id)), len(unknown(of_lines, by_id)))


def counts_amount(line, by_id):
    whole = by_id.get(line.whole)
    return line.amount is not None and (whole is None or whole.amount is None)


def counts_quantity(line, by_id):
    """Whether the quantity of `line` is added: it has no whole, or its whole has no quantity."""
    whole = by_id.get(line.whole)
    return line.quantity is not None and (whole is None or whole.quantity is None)


def counts_apart(line, by_id):
    """Whether `line` is part of a quantity of another item or unit: told beneath it, under its own name."""
    whole = by_id.get(line.whole)
    if line.quantity is None or whole is None or whole.quantity is None:
        return False
    return (whole.item, whole.unit) != (line.item, line.unit)


def unvalued(of_lines, by_id):
    """Lines that are added by quantity and that no amount covers, neither theirs nor their whole's or parts'."""
    valued = {line.whole for line in of_lines if line.amount is not None}
    return [
        line
        for line in of_lines
        if counts_quantity(line, by_id)
        and line.amount is None
        and line.id not in valued
        and (line.whole not in by_id or by_id[line.whole].amount is None)
    ]


def unknown(of_lines, by_id):
    """Lines with no figure at all, where neither their whole nor their parts say more."""
    wholes = {line.whole for line in of_lines}
    return [
        line
        for line in of_lines
        if line.quantity is None
        and line.amount is None
        and line.id not in wholes
        and (line.whole not in by_id or is_silent(by_id[line.whole]))
    ]


def is_silent(line):
    return line.quantity is None and line.amount is None


def together(meanings):
    """What a sum of numbers with these meanings is: more than … and exactly … make more than …"""
    kinds = set(meanings) - {"exactly"}
    return kinds.pop() if len(kinds) == 1 else ("about" if kinds else "exactly")


class Total(NamedTuple):
    """Σ quantity of an item in a unit over `lines` lines.

    `within`: (item, unit) of the whole whose parts these are; None where they stand for themselves.
    `overall`: with what of the same item and unit is part of another item; None where nothing is.
    """

    item: str
    amount: Amount
    lines: int
    within: tuple | None = None
    overall: Amount | None = None


def quantities(of_lines):
    """[Total] by item and unit in the order of the lines, the parts of another item beneath their whole."""
    found, everywhere, parts_of, rows = measures(of_lines), defaultdict(list), defaultdict(list), []
    for (within, measure), own in found.items():
        everywhere[measure] += own
        parts_of[within].append((measure, own))
    for measure, own in parts_of[None]:
        rows.append(total(measure, own, everywhere[measure]))
        rows += [total(part, lines, everywhere[part], measure) for part, lines in parts_of[measure]]
    return rows


def measures(of_lines):
    """{((item, unit) of the whole or None, (item, unit)): the lines that are added under it}."""
    by_id = {line.id: line for line in of_lines}
    found = defaultdict(list)
    for line in of_lines:
        if counts_quantity(line, by_id):
            found[None, (line.item, line.unit)].append(line)
        elif counts_apart(line, by_id):
            whole = by_id[line.whole]
            found[(whole.item, whole.unit), (line.item, line.unit)].append(line)
    return found


def adding(of_lines, currency):
    """The lines whose amounts make the sum in a currency."""
    by_id = {line.id: line for line in of_lines}
    return [line for line in of_lines if line.currency == currency and counts_amount(line, by_id)]


def total(measure, rows, everywhere, within=None):
    """The Total of the lines `rows` of one measure (item, unit), of which there are lines `everywhere`."""
    item, unit = measure
    apart = within is None and len(everywhere) > len(rows)
    overall = summed(everywhere, unit) if apart else None
    return Total(item, summed(rows, unit), len(rows), within, overall)


def summed(rows, unit):
    meaning = together({line.quantity_is for line in rows})
    return Amount(sum(line.quantity for line in rows), unit, meaning)
