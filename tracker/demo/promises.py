"""Invented commitments with their parts, targets, progress and corrections."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from agreements.models import Citation, Commitment, CommitmentRole, Progress, StateOverride, Target
from tracker.demo.chance import KNOWN, LAST, half_year
from tracker.demo.papers import Deal
from tracker.demo.world import Office

IN_AGREEMENT = {"signed": 72, "agreed": 10, "announced": 5, "task": 6, "proposal": 5, "wish": 2}
ALONE = {"agreed": 25, "announced": 20, "task": 15, "proposal": 30, "wish": 10}
KINDS = {"standing": 28, "one_off": 20, "per_period": 18, "cumulative": 18, "mechanism": 8, "child": 8}
EVERY = {"year": 75, "half": 10, "quarter": 10, "month": 5}
UNITS = ("person", "student", "scholarship", "delegation", "course", "works", "set", "tonne")
REPORTS = {0: 10, 1: 18, 2: 18, 3: 18, 4: 14, 5: 10, 6: 6, 8: 6}
RUNNING = {"in_progress": 55, "not_started": 12, "partly": 15, "paused": 5, "": 13}
FINAL = {"done": 45, "partly": 15, "in_progress": 20, "not_performed": 8, "carried_over": 6, "": 6}


@dataclass
class Promise:
    """A commitment with what its targets, reports and deliveries ask of it; `years` are its first and last."""

    commitment: Commitment
    office: Office
    deal: Deal | None
    day: date
    years: tuple


def write_commitments(world, count, deals, documents):
    made = [promise(world, deals) for _ in range(count)]
    commitments = [one.commitment for one in made]
    world.writer.write(commitments, fields=[world.fields() for _ in commitments])
    write_sequels(world, made)
    write = world.writer.write
    write([row for one in made for row in roles(world.chance, one)])
    write([row for one in made for row in targets(world.chance, one, documents)])
    write_progress(world, made, documents)
    write([override(world.chance, one) for one in made if world.chance.happens(4)])
    cited = [one for one in made if world.chance.happens(25)]
    write([
        Citation(commitment=one.commitment, document=world.chance.choice(documents), role="source")
        for one in cited
    ])  # fmt: skip
    return made


def promise(world, deals):
    chance = world.chance
    deal = chance.maybe(88, chance.choice(deals))
    office = deal.office if deal else chance.choice(world.offices)
    day = deal.day if deal else chance.day()
    kind = chance.weighted(KINDS)
    years = day.year, day.year + chance.randint(0, 5)
    commitment = Commitment(
        office=office.body,
        code=office.next_code("CK"),
        agreement=deal and deal.agreement,
        kind=kind,
        strength=chance.weighted(IN_AGREEMENT if deal else ALONE),
        article=chance.maybe(70 if deal else 0, f"Điều {chance.randint(1, 12)}", ""),
        made_on=chance.maybe(20, chance.written(day, KNOWN), "") if deal else chance.written(day, KNOWN),
        period=period(chance, years),
        every=chance.weighted(EVERY) if kind == "per_period" else "",
        unit=unit(world, kind),
        child=chance.maybe(50, chance.choice(deals).agreement) if kind == "child" else None,
        **world.standing(),
    )
    commitment.text = f"Nội dung cam kết {commitment.code} của {office.body.name} (dữ liệu giả định)"
    return Promise(commitment, office, deal, day, years)


def period(chance, years):
    """A stretch of years, one year, a last day, an open end, or not known."""
    first, last = years
    if first == last:
        return chance.weighted({f"{first}": 60, f"{first}-12-31": 25, "": 15})
    return chance.weighted(
        {f"{first}/{last}": 55, f"{last}-12-31": 12, f"../{last}-06-30": 10, f"{first}/..": 8, "": 15}
    )


def unit(world, kind):
    chance = world.chance
    if kind not in ("per_period", "cumulative") and not (kind == "one_off" and chance.happens(50)):
        return None
    if chance.happens(25):
        return world.term("currency", chance.weighted({"VND": 70, "USD": 20, "LAK": 10}))
    return world.term("unit", chance.choice(UNITS))


def write_sequels(world, made):
    """Some commitments go on with an earlier one of the same measure: a row of its own, never a circle."""
    sequels = []
    for one in made:
        earlier = one.commitment
        if not (earlier.unit_id and one.years[1] < LAST.year and world.chance.happens(3)):
            continue
        code = one.office.next_code("CKT")
        facts = {"strength": "agreed", "kind": "cumulative", "unit": earlier.unit, "continues": earlier}
        text = f"Tiếp tục cam kết {earlier.code} (dữ liệu giả định)"
        when = {"period": f"{one.years[1] + 1}", "agreement": earlier.agreement}
        sequels.append(Commitment(office=one.office.body, code=code, text=text, **facts, **when))
    world.writer.write(sequels)


def roles(chance, one):
    """Obligor, counterpart, lead and cooperating units; who asked and who accepted where that is the matter."""
    ours = one.deal.ours if one.deal else one.office.home
    theirs = one.deal.theirs if one.deal else chance.choice(one.office.partners)
    taken = []

    def take(role, body):
        taken.append(CommitmentRole(commitment=one.commitment, role=role, body=body, rank=len(taken) + 1))

    obligor = chance.choice([ours, theirs])
    take("obligor", obligor)
    if chance.happens(60):
        take("counterpart", theirs if obligor is ours else ours)
    if one.commitment.strength in ("proposal", "wish"):
        take("proposer", theirs)
        if chance.happens(40):
            take("accepter", ours)
    if chance.happens(10):
        take("beneficiary", theirs)
    if chance.happens(70):
        lead, *others = chance.some(one.office.units, 3)
        take("lead", lead)
        for unit in others:
            take("cooperating", unit)
    return taken


def targets(chance, one, documents):
    """So much each period, or one amount in all; split by counterpart now and then."""
    kind = one.commitment.kind
    if kind not in ("per_period", "cumulative") and not (kind == "one_off" and one.commitment.unit_id):
        return []
    if kind == "one_off" and chance.happens(50):
        return []
    periods = each_period(one) if kind == "per_period" else [one.commitment.period]
    partners = chance.sample(one.office.partners, 2) if chance.happens(10) else [None]
    plan = chance.maybe(10, chance.choice(documents))
    return [
        Target(commitment=one.commitment, period=when, counterpart=whom, document=plan, **amount(chance, one))
        for when in periods
        for whom in partners
    ]


def each_period(one):
    """The periods of a commitment of so much each: all its years, or the parts of its first year."""
    (first, last), every = one.years, one.commitment.every
    parts = {"half": 2, "quarter": 4, "month": 12}.get(every)
    if parts is None:
        return [f"{year}" for year in range(first, last + 1)]
    months = 12 // parts
    starts = range(1, 13, months)
    if months == 1:
        return [f"{first}-{month:02d}" for month in starts]
    return [f"{first}-{month:02d}/{first}-{month + months - 1:02d}" for month in starts]


def amount(chance, one):
    money = one.commitment.unit.vocabulary == "currency"
    least = chance.randint(1, 40) * (10_000_000 if money else 1)
    which = chance.weighted({"minimum": 60, "maximum": 10, "both": 30})
    return {
        "minimum": None if which == "maximum" else least,
        "maximum": None if which == "minimum" else least * 2,
    }


def write_progress(world, made, documents):
    """Reports in the order of their days; a correction is a later row of the same commitment."""
    first, corrections = [], []
    for one in made:
        rows = reports(world, one)
        for row, following in pairwise(rows):
            if not row.corrects and world.chance.happens(8):
                following.corrects = row
        first += [row for row in rows if not row.corrects]
        corrections += [row for row in rows if row.corrects]
    world.writer.write(first)
    world.writer.write(corrections)
    cited = [row for row in first if world.chance.happens(10)]
    world.writer.write([
        Citation(progress=row, document=world.chance.choice(documents), role="report") for row in cited
    ])  # fmt: skip


def reports(world, one):
    count = world.chance.weighted(REPORTS)
    step = min(200, (LAST - one.day).days // (count + 1))
    days = [one.day + timedelta(days=step * number) for number in range(1, count + 1)]
    return [report(world, one, number, day, last=number == count) for number, day in enumerate(days, start=1)]


def report(world, one, number, day, last):
    chance = world.chance
    assessment = chance.weighted(FINAL if last else RUNNING)
    failed = assessment in ("not_performed", "paused", "carried_over")
    return Progress(
        commitment=one.commitment,
        number=number,
        on=half_year(day) if chance.happens(10) else chance.written(day, KNOWN),
        quantity=quantity(chance, one),
        qualifier=chance.weighted({"exactly": 85, "more_than": 6, "about": 6, "nearly": 3}),
        assessment=assessment,
        reason=chance.choice(world.terms["reason"]) if failed and chance.happens(80) else None,
        done=chance.maybe(80 if assessment else 100, f"Đã triển khai bước {number} (bịa)", ""),
        difficulties=chance.maybe(20, "Vướng mắc về kinh phí (bịa)", ""),
        next_step=chance.maybe(30, f"Bước {number + 1} (bịa)", ""),
        counterpart=chance.maybe(10, one.deal.place if one.deal else None),
        verified=chance.happens(40),
    )


def override(chance, one):
    """A state that an officer set for some months after the promise was made."""
    since = one.day + timedelta(days=chance.randint(100, 600))
    return StateOverride(
        commitment=one.commitment,
        state=chance.choice(("paused", "in_progress", "done")),
        reason="Theo trao đổi với phía bạn (bịa)",
        since=since,
        until=since + timedelta(days=chance.randint(60, 360)),
    )


def quantity(chance, one):
    if not one.commitment.unit_id or chance.happens(35):
        return None
    money = one.commitment.unit.vocabulary == "currency"
    return chance.randint(0, 30) * (5_000_000 if money else 1)
