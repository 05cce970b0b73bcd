"""Invented delegations and meetings: who travelled, who spoke, what came of it."""

from dataclasses import dataclass
from datetime import date, timedelta

from delegations.models import (
    Contribution,
    Delegation,
    DelegationRole,
    Meeting,
    MeetingRole,
    VisitCitation,
)
from tracker.demo.chance import LAST
from tracker.demo.papers import Deal
from tracker.demo.world import Office

LEVELS = {"leaders": 30, "department": 30, "high": 6, "district": 8, "enterprise": 8, "people": 6}
LEVELS |= {"experts": 5, "armed_forces": 4, "": 3}
STATUSES = {"held": 82, "planned": 10, "postponed": 4, "cancelled": 4}
MEETINGS = {"talks": 30, "working": 25, "courtesy": 15, "signing": 8, "conference": 8, "site_visit": 6}
MEETINGS |= {"ceremony": 4, "reception": 2, "promotion": 2}
FUNDING = {"province": 50, "partner": 15, "central": 8, "social": 7, "commune": 3, "": 17}


@dataclass
class Trip:
    """A delegation with what its meetings and deliveries ask of it."""

    delegation: Delegation
    office: Office
    deal: Deal
    day: date


def write_delegations(world, count, deals, documents):
    trips = [trip(world, deals) for _ in range(count)]
    delegations = [one.delegation for one in trips]
    world.writer.write(delegations, fields=[world.fields() for _ in delegations])
    write_parts(world, trips)
    world.writer.write([row for one in trips for row in roles(world, one)])
    world.writer.write([row for one in trips for row in contributions(world.chance, one)])
    cited = [one for one in trips if world.chance.happens(30)]
    world.writer.write([
        VisitCitation(delegation=one.delegation, document=world.chance.choice(documents), role="decision")
        for one in cited
    ])  # fmt: skip
    return trips


def trip(world, deals):
    chance, deal = world.chance, world.chance.choice(deals)
    status, day = chance.weighted(STATUSES), chance.day(deal.day, LAST)
    code = deal.office.next_code("DO")
    cost = chance.maybe(30, chance.randint(20, 900) * 1_000_000)
    delegation = Delegation(
        office=deal.office.body,
        code=code,
        direction=chance.weighted({"out": 55, "in": 45}),
        level=chance.weighted(LEVELS),
        status=status,
        people=chance.maybe(70, chance.randint(4, 40)),
        in_plan=chance.weighted({True: 50, False: 15, None: 35}),
        purpose=chance.maybe(50, "Trao đổi kinh nghiệm (bịa)", ""),
        funding=chance.weighted(FUNDING),
        cost=cost,
        currency=world.term("currency", "VND") if cost else None,
        **world.standing(),
    )
    delegation.name = f"Đoàn {code} với {deal.place.name} (dữ liệu giả định)"
    when(world, delegation, day)
    return Trip(delegation, deal.office, deal, day)


def when(world, delegation, day):
    """Days of a delegation as its status has them; now and then a whole year, or none in it."""
    chance = world.chance
    if delegation.status == "held":
        delegation.held = chance.stay(day)
        delegation.report_due_on = chance.maybe(30, f"{day + timedelta(days=15)}", "")
        delegation.reported_on = chance.maybe(20, f"{day + timedelta(days=12)}", "")
        delegation.planned = chance.maybe(30, f"{day.year}", "")
    else:
        delegation.planned = chance.written(day + timedelta(days=200))
    if delegation.status == "cancelled":
        delegation.reason = chance.choice(world.terms["reason"])
    elif delegation.status == "held" and chance.happens(4):
        delegation.held, delegation.people = f"{day.year}", None
        delegation.number = chance.weighted({0: 20, 6: 30, 12: 30, None: 20})
        delegation.reason = world.term("reason", "covid") if delegation.number == 0 else None


def write_parts(world, trips):
    """Of delegations known only as a number, some are told by direction or level."""
    parts = []
    for one in trips:
        whole = one.delegation
        if whole.number not in (6, 12):
            continue
        part = Delegation(
            office=whole.office,
            code=one.office.next_code("DOP"),
            name=f"Trong đó của {whole.code} (dữ liệu giả định)",
            direction=whole.direction,
            number=whole.number // 2,
            part_of=whole,
            held=whole.held,
            level="department",
        )
        parts.append(part)
    world.writer.write(parts)


def roles(world, one):
    """Who sent and received it; its head and members where it is one delegation."""
    home, away = one.deal.ours, one.deal.theirs
    out = one.delegation.direction == "out"
    taken = [("sender", {"body": home if out else away}), ("host", {"body": away if out else home})]
    if one.delegation.number == 1:
        taken.append(("head", world.somebody()))
        if world.chance.happens(30):
            taken.append(("member", {"person": world.chance.choice(world.people), "title": "Thành viên"}))
        if world.chance.happens(15):
            taken.append(("visited", {"body": world.chance.choice(one.office.units)}))
    return [
        DelegationRole(delegation=one.delegation, role=role, rank=rank, **facts)
        for rank, (role, facts) in enumerate(taken, start=1)
    ]


def contributions(chance, one):
    if one.delegation.number == 0 or not chance.happens(60):
        return []
    how = chance.weighted({"serves": 50, "discussed": 40, "signed": 10})
    return [Contribution(delegation=one.delegation, agreement=one.deal.agreement, how=how)]


def write_meetings(world, count, deals, promises, trips):
    made = [meeting(world, trips) for _ in range(count)]
    meetings = [one for one, _trip in made]
    world.writer.write(
        meetings,
        delegations=[[] if one.mode == "online" else [trip.delegation] for one, trip in made],
        fields=[world.fields() for _ in meetings],
    )
    world.writer.write([row for one, trip in made for row in meeting_roles(world, one, trip)])
    rows = []
    for one, trip in made:
        if world.chance.happens(40):
            rows.append(Contribution(meeting=one, agreement=trip.deal.agreement, how="discussed"))
        if world.chance.happens(30):
            promise = world.chance.choice(promises)
            rows.append(Contribution(meeting=one, commitment=promise.commitment, how="made"))
    world.writer.write(rows)


def meeting(world, trips):
    chance, trip = world.chance, world.chance.choice(trips)
    row = Meeting(
        office=trip.office.body,
        code=trip.office.next_code("HD"),
        kind=chance.weighted(MEETINGS),
        mode=chance.weighted({"in_person": 75, "online": 18, "hybrid": 7}),
        status=chance.weighted(STATUSES),
        held=chance.written(trip.day),
        place=chance.maybe(60, trip.deal.place),
        results=chance.maybe(60, "Hai bên trao đổi về hợp tác (bịa)", ""),
        **world.standing(),
    )
    return row, trip


def meeting_roles(world, row, trip):
    rows = [MeetingRole(meeting=row, role="host", body=trip.deal.ours)]
    if world.chance.happens(70):
        rows.append(MeetingRole(meeting=row, role="chair", body=trip.deal.ours, **world.somebody()))
    rows.append(MeetingRole(meeting=row, role="participant", body=trip.deal.theirs, **world.somebody()))
    return rows
