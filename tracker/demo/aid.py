"""Invented deliveries: givers, receivers, lines with "of which", what they did for commitments."""

from dataclasses import dataclass, field
from datetime import timedelta

from delegations.models import Contribution, Delivery, DeliveryLine, DeliveryRole, VisitCitation
from tracker.demo.chance import LAST
from tracker.demo.promises import Promise
from tracker.demo.visits import FUNDING, Trip

ITEMS = ("mask", "medicine", "rice", "equipment", "computer", "works", "training", "goods", "gift")
QUALIFIERS = {"exactly": 88, "more_than": 5, "about": 5, "nearly": 2}


@dataclass
class Handover:
    """A delivery with the commitment and trip it belongs to, its receivers and first line."""

    delivery: Delivery
    promise: Promise | None
    trip: Trip
    receivers: list = field(default_factory=list)
    line: DeliveryLine | None = None


def write_deliveries(world, count, promises, trips, documents):
    measured = [one for one in promises if one.commitment.unit_id]
    made = [handover(world, measured, trips) for _ in range(count)]
    deliveries = [one.delivery for one in made]
    world.writer.write(deliveries, fields=[world.fields() for _ in deliveries])
    world.writer.write([row for one in made for row in roles(world, one)])
    write_lines(world, made)
    world.writer.write([row for one in made for row in contributions(world.chance, one)])
    cited = [one for one in made if world.chance.happens(20)]
    world.writer.write([
        VisitCitation(delivery=one.delivery, document=world.chance.choice(documents), role="minutes")
        for one in cited
    ])  # fmt: skip


def handover(world, measured, trips):
    chance, trip = world.chance, world.chance.choice(trips)
    promise = chance.choice(measured) if measured and chance.happens(65) else None
    status = chance.weighted({"delivered": 88, "planned": 9, "cancelled": 3})
    day = chance.day(promise.day if promise else trip.day, LAST)
    delivery = Delivery(
        office=trip.office.body,
        code=trip.office.next_code("HT"),
        kind=chance.weighted({"support": 65, "gift": 25, "relief": 10}),
        status=status,
        held=chance.written(day if status == "delivered" else day + timedelta(days=300)),
        delegation=chance.maybe(40, trip.delegation if trip.delegation.number == 1 else None),
        **world.standing(),
    )
    return Handover(delivery, promise, trip)


def roles(world, one):
    """One giver, one or two receivers, never the same; a funder or a witness now and then."""
    chance, office = world.chance, one.trip.office
    ours, theirs = chance.choice([office.home, *office.units]), one.trip.deal.theirs
    others = world.units_of[one.trip.deal.place.pk]
    giver, receivers = (ours, [theirs]) if chance.happens(80) else (theirs, [ours])
    if giver is ours and chance.happens(15):
        receivers.append(next(unit for unit in others if unit.pk != theirs.pk))
    taken = [("giver", {"body": giver}), *(("receiver", {"body": body}) for body in receivers)]
    if chance.happens(12):
        taken.append(("funder", {"body": office.home}))
    if chance.happens(6):
        taken.append(("witness", world.somebody()))
    one.receivers = receivers
    return [
        DeliveryRole(delivery=one.delivery, role=role, rank=rank, **facts)
        for rank, (role, facts) in enumerate(taken, start=1)
    ]


def write_lines(world, made):
    """First the wholes, then the lines "of which", which refer to them."""
    wholes, parts = [], []
    for one in made:
        lines = [line(world, one, number) for number in range(1, len(world.chance.some(ITEMS, 3)) + 1)]
        one.line = lines[0]
        wholes += lines
        if world.chance.happens(20) and None not in (one.line.quantity, one.line.unit):
            parts += parts_of(world, one.line, len(lines))
    world.writer.write(wholes)
    world.writer.write(parts)


def line(world, one, number):
    """A line; the first one is in the measure of the commitment that the delivery serves."""
    chance = world.chance
    asked = one.promise.commitment.unit if one.promise and number == 1 else None
    facts = {"unit": world.term("unit", chance.choice(("piece", "set", "tonne", "box")))}
    if asked:
        facts = {"currency" if asked.vocabulary == "currency" else "unit": asked}
    if "currency" not in facts and chance.happens(25):
        facts["currency"] = world.term("currency", "VND")
    return DeliveryLine(
        delivery=one.delivery,
        number=number,
        item=world.term("item", "money" if "unit" not in facts else chance.choice(ITEMS)),
        description=chance.maybe(60, f"Mặt hàng giả định {chance.randint(1, 99)}", ""),
        quantity=chance.maybe(90, chance.randint(1, 5_000)) if "unit" in facts else None,
        quantity_is=chance.weighted(QUALIFIERS),
        amount=chance.maybe(90, chance.randint(1, 900) * 1_000_000) if "currency" in facts else None,
        amount_is=chance.weighted(QUALIFIERS),
        receiver=chance.maybe(15, chance.choice(one.receivers)),
        funding=chance.weighted(FUNDING),
        **facts,
    )


def parts_of(world, whole, number):
    """Two lines "of which" that together are not more than the whole."""
    half = whole.quantity // 2
    items = world.chance.sample(("medical_mask", "cloth_mask", "medicine", "rice"), 2)
    return [
        DeliveryLine(
            delivery=whole.delivery,
            number=number + count,
            part_of=whole,
            item=world.term("item", item),
            quantity=half,
            unit=whole.unit,
            description="Trong đó (dữ liệu giả định)",
        )
        for count, item in enumerate(items, start=1)
    ]


def contributions(chance, one):
    """To the commitment it serves (all or half of the first line, or not known how much), or to an agreement."""
    if one.promise is None:
        agreement = one.trip.deal.agreement
        return [Contribution(delivery=one.delivery, agreement=agreement)] if chance.happens(30) else []
    commitment, whole = one.promise.commitment, one.line
    known = whole.amount if commitment.unit.vocabulary == "currency" else whole.quantity
    share = known if known is None or chance.happens(70) else known // 2
    return [
        Contribution(
            delivery=one.delivery,
            line=chance.maybe(80, whole),
            commitment=commitment,
            quantity=chance.maybe(85, share),
            counterpart=chance.maybe(10, one.trip.deal.place),
        )
    ]
