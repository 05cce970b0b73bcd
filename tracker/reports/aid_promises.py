"""Aid that is promised in a measure: how much of it was delivered, how much is outstanding."""

from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreements.filters import commitments_of, with_field
from agreements.models import Commitment, CommitmentRole
from delegations.results import reported_contributions
from tracker.progress.engine import judged
from tracker.progress.facts import made_by
from tracker.progress.instances import lacking
from tracker.reports.addresses import record
from tracker.reports.aid_behind import key
from tracker.reports.aid_question import WAYS
from tracker.reports.handed import GIVEN, RECEIVED
from tracker.reports.pieces import address as counting
from tracker.reports.table import Amount, Cell, Column, Labelled, make_table

NO_AID = ("delegation", "occasion", "document", "activity", "person_visit")
"""Units of commitments that count visits, meetings or papers, not aid."""
PROMISES = ("signed", "agreed", "announced", "task")
"""Strengths of what is promised; a proposal or wish is none."""
BOTH = "both"
SIDES = {**WAYS, BOTH: _("both sides"), "": _("not stated")}


class Bounds(NamedTuple):
    """How much a target promises and what of it is reached; `whole`: it is of no one party."""

    whole: bool
    minimum: Decimal | None
    most: Decimal | None
    reached: Decimal | None


class Promise(NamedTuple):
    """A commitment of aid; quantities in `unit`, None where not known; `items`: names of what served it."""

    id: int
    code: str
    text: str
    agreement: str | None
    unit: str
    way: str
    obligors: str
    receivers: str
    items: tuple
    least: Decimal | None
    most: Decimal | None
    reached: Decimal | None

    @property
    def link(self):
        return record("commitment", self.id)

    @property
    def name(self):
        """What is promised: the items handed over for it, else its text."""
        return ", ".join(self.items) or self.text

    @property
    def left(self):
        """How much of the least is outstanding; all of it at most where no figure is known."""
        if self.least is None:
            return None
        return self.least if self.reached is None else max(self.least - self.reached, Decimal(0))


def commitments_of_aid(question):
    """Commitments made by the day that have a measure of aid, or that a delivery served."""
    rows = made_by(question.on).filter(unit__isnull=False, strength__in=PROMISES)
    by_delivery = reported_contributions().filter(delivery__isnull=False, commitment__isnull=False)
    rows = rows.filter(~Q(unit__code__in=NO_AID) | Q(pk__in=by_delivery.values("commitment")))
    for name in ("place", "partner"):
        if ids := question.places(name):
            rows = rows.filter(commitments_of(ids))
    if office := question.value("office"):
        rows = rows.filter(office=office)
    if unit := question.value("unit"):
        led = CommitmentRole.objects.filter(role=CommitmentRole.As.LEAD, body=unit)
        rows = rows.filter(pk__in=led.values("commitment"))
    if field := question.value("field"):
        rows = with_field(rows, field)
    return rows


def promises(question, served, lines):
    """[Promise] of the question (four queries, three more for what recurs); `served`, `lines`: what handed.py tells."""
    chosen = commitments_of_aid(question)
    items = items_of(served, lines)
    stand = judged(question.on, Commitment.objects.filter(pk__in=chosen.order_by().values("pk")))
    promised = bounds(stand, chosen, question.on)
    parts = taking_part(chosen)
    columns = ("pk", "code", "text", "agreement__code", "unit__name")
    found = [
        promise(row, parts.get(row[0], []), items.get(row[0], ()), promised[row[0]])
        for row in chosen.order_by("code", "pk").values_list(*columns)
    ]
    return [one for one in found if is_asked(one, question)]


def bounds(stand, chosen, on):
    """{commitment id: [Bounds]}: its targets; of what recurs every period, made yet or not."""
    rows, unending = lacking(on, Commitment.objects.filter(pk__in=chosen.order_by().values("pk")))
    found = {
        pk: [
            Bounds(bool(one.whole), one.minimum, one.most, one.reached)
            for one in figures
            if pk not in unending or one.first is None or one.first <= on
        ]
        for pk, (_standing, figures) in stand.items()
    }
    for row in rows:
        whole = row.obligor_id is None and row.counterpart_id is None
        most = row.minimum if row.maximum is None else row.maximum
        found[row.commitment_id].append(Bounds(whole, row.minimum, most, None))
    return found


def is_asked(one, question):
    way, item = question.value("way"), question.value("item")
    return (not way or one.way in (way, BOTH)) and (not item or bool(one.items))


def promise(row, parts, items, targets):
    deciding = [one for one in targets if one.whole] or targets
    obligors = [(country, name) for role, country, name in parts if role == "obligor"]
    others = [name for role, _country, name in parts if role in ("beneficiary", "counterpart")]
    return Promise(
        *row,
        way=way_of({country for country, _name in obligors}),
        obligors=", ".join(name for _country, name in obligors),
        receivers=", ".join(others),
        items=tuple(items),
        least=added(one.minimum for one in deciding),
        most=added(one.most for one in deciding),
        reached=added([one.reached for one in deciding], known_only=True),
    )


def added(numbers, known_only=False):
    """Their sum; None without any, or where one is not known (`known_only`: of those that are)."""
    numbers = list(numbers)
    known = [number for number in numbers if number is not None]
    if not known or (len(known) < len(numbers) and not known_only):
        return None
    return sum(known)


def way_of(countries):
    """Which way what these owe goes."""
    if not countries:
        return ""
    if countries == {"VN"}:
        return GIVEN
    return BOTH if "VN" in countries else RECEIVED


def taking_part(chosen):
    """{commitment id: [(role, country, name)]} (one query)."""
    found = defaultdict(list)
    roles = CommitmentRole.objects.filter(
        commitment__in=chosen.order_by().values("pk"), role__in=["obligor", "beneficiary", "counterpart"]
    )
    columns = ("commitment_id", "role", "body__country", "body__name", "as_printed", "title")
    for pk, role, country, name, printed, title in roles.order_by("rank", "id").values_list(*columns):
        found[pk].append((role, country, printed or name or title))
    return found


def items_of(served, lines):
    """{commitment id: names of the items that served it}."""
    by_delivery = defaultdict(list)
    for line in lines:
        by_delivery[line.delivery].append(line)
    found = defaultdict(dict)
    for delivery, rows in served.items():
        for line_id, _agreement, _code, commitment in rows:
            for line in by_delivery[delivery]:
                if commitment and line_id in (None, line.id) and line.whole is None:
                    found[commitment][line.item] = True
    return {commitment: tuple(names) for commitment, names in found.items()}


# The tables --------------------------------------------------------------------------------------
def measured(least, most, unit):
    """ "10 suất", "8–10 suất" as values of a cell."""
    if least is None and most is None:
        return None
    if least is None:
        return Labelled(_("at most"), Amount(most, unit))
    if most is None or most == least:
        return Amount(least, unit)
    return Labelled(_("at least"), Amount(least, unit)), Labelled(_("at most"), Amount(most, unit))


def left(found):
    """What is outstanding of promises in one unit; “at most” where of some no figure is known."""
    known = added([one.left for one in found], known_only=True)
    if known is None:
        return None
    amount = Amount(known, found[0].unit)
    unsure = any(one.reached is None and one.left is not None for one in found)
    return Labelled(_("at most"), amount) if unsure else amount


def reached(found):
    known = added([one.reached for one in found], known_only=True)
    return None if known is None else Amount(known, found[0].unit)


def figures_of(own, on, address=""):
    """Cells of promised, delivered and outstanding of promises in one unit, with what they add up.

    Of one commitment what counts toward it; of several the table of them (`address`).
    """
    promised = measured(
        added([one.least for one in own], True), added([one.most for one in own], True), own[0].unit
    )
    one = own[0]
    links = (f"{one.link}#targets-group", counting(one.id, on)) if len(own) == 1 else [address] * 2
    return Cell(promised, links[0]), Cell(reached(own), links[1]), Cell(left(own), links[1])


def group_of(one):
    """The row in which a promise is added up."""
    return one.way, one.name, one.unit


def behind(found, name):
    """The promises of the row `name`; all where none is asked for."""
    return [one for one in found if not name or key(*group_of(one)) == name]


def promised_table(found, question, on):
    """Promised, delivered and outstanding by direction, item and unit; units are never added."""
    columns = (
        Column("way", _("Direction")),
        Column("item", _("Item or commitment")),
        Column("unit", _("Unit or currency")),
        Column("promised", _("Promised"), "number"),
        Column("delivered", _("Delivered of that"), "number"),
        Column("left", _("Outstanding"), "number"),
        Column("commitments", _("Commitments"), "number"),
    )
    groups = defaultdict(list)
    for one in found:
        groups[group_of(one)].append(one)
    rows = []
    for group, own in groups.items():
        way, name, unit = group
        address = question.address("aid-commitments", promised=key(*group))
        number = Cell(len(own), own[0].link if len(own) == 1 else address)
        rows.append([SIDES[way], name, unit, *figures_of(own, on, address), number])
    notes = (
        _("Delivered: what counts toward the targets of the commitments, from the beginning to the last day asked."),
        _("Outstanding: the least promised less what is delivered; “at most” where no figure is known yet."),
    )  # fmt: skip
    title = _("Promised, delivered, outstanding")
    empty = _("No commitment of aid with a measure is entered.")
    return make_table("aid-promised", title, columns, rows, notes=notes if rows else (), empty=empty)


def commitments_table(found, on):
    """Each commitment of aid."""
    columns = (
        Column("code", _("Code")),
        Column("text", _("Content")),
        Column("way", _("Direction")),
        Column("obligors", _("Obligors")),
        Column("receivers", _("For")),
        Column("promised", _("Promised"), "number"),
        Column("delivered", _("Delivered of that"), "number"),
        Column("left", _("Outstanding"), "number"),
        Column("agreement", _("Agreement")),
    )
    rows = [
        [
            Cell(one.code, one.link),
            one.text,
            SIDES[one.way],
            one.obligors,
            one.receivers,
            *figures_of([one], on),
            one.agreement,
        ]
        for one in found
    ]
    return make_table("aid-commitments", _("Commitments of aid"), columns, rows, sparse=True)
