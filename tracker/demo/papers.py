"""Invented documents and agreements: parties, signers, relations, events, citations."""

from dataclasses import dataclass
from datetime import date, timedelta

from agreements.models import (
    Agreement,
    AgreementEvent,
    AgreementLink,
    AgreementRole,
    Body,
    Citation,
    Document,
)
from tracker.demo.chance import KNOWN, LAST
from tracker.demo.world import MERGER, Office

PAPERS = {"decision": 22, "plan": 18, "report": 20, "minutes": 12, "letter": 14, "submission": 8, "press": 6}
KINDS = {"agreement": 40, "memorandum": 25, "plan": 10, "minutes_of_agreement": 10, "programme": 6}
KINDS |= {"letter_of_intent": 4, "twinning": 3, "other": 2}
LEVELS = {"province": 50, "department": 20, "commune": 8, "organization": 7, "district": 6}
LEVELS |= {"party": 4, "armed_forces": 3, "multilateral": 2}
TRACKS = {"treaty_law": 80, "party": 6, "aid": 6, "contract": 4, "other": 4}
SIGNED = {"signed": 40, "reported": 30, "published": 30}
UNSIGNED = {"idea": 15, "drafting": 25, "consulting": 25, "submitted": 20, "approved": 10, "refused": 5}


@dataclass
class Deal:
    """An agreement with what the rest of the register asks of it."""

    agreement: Agreement
    office: Office
    day: date
    end: date | None
    ours: Body
    theirs: Body
    place: Body

    @property
    def signed(self):
        return self.agreement.process in SIGNED


def write_documents(world, count):
    return world.writer.write([document(world) for _ in range(count)])


def document(world):
    chance, office = world.chance, world.chance.choice(world.offices)
    code = office.next_code("TL")
    number = code.removeprefix("TL-")
    kind, day = world.term("document_kind", chance.weighted(PAPERS)), chance.day()
    return Document(
        office=office.body,
        code=code,
        kind=kind,
        number=chance.maybe(85, f"{number}/GĐ-{office.letter}", ""),
        issuer=chance.maybe(80, office.body),
        issued_on=chance.written(day),
        title=f"{kind.name.partition(',')[0]} số {number} (bịa)",
        url=chance.maybe(20, f"https://example.org/{office.letter.lower()}/{number}", ""),
        read_on=chance.maybe(50, f"{chance.day(max(day, date(2025, 1, 1)))}", ""),
        **world.standing(),
    )


def write_agreements(world, count, documents):
    """`count` agreements in the order of their signing, with all their parts; returns their Deals."""
    days = sorted(world.chance.day() for _ in range(count))
    deals = [deal(world, day) for day in days]
    agreements = [one.agreement for one in deals]
    world.writer.write(agreements, fields=[world.fields() for _ in agreements])
    world.writer.write([row for one in deals for row in roles(world, one, documents)])
    world.writer.write(links(world.chance, deals))
    write_events(world, deals, documents)
    world.writer.write([row for one in deals for row in citations(world.chance, one, documents)])
    return deals


def deal(world, day):
    chance, office = world.chance, world.chance.choice(world.offices)
    places = [one for one in office.partners if day < MERGER or one.pk not in world.successors]
    place, level = chance.choice(places), chance.weighted(LEVELS)
    low = level in ("department", "organization")
    ours = chance.choice(office.units) if low else office.home
    theirs = chance.choice(world.units_of[place.pk]) if low else place
    unsigned = day.year >= 2024 and chance.happens(35)
    years = chance.weighted({1: 8, 2: 8, 3: 20, 5: 44, 10: 10, 0: 10})
    end = min(day.replace(day=1, year=day.year + years), date(2199, 1, 1)) if years else None
    agreement = Agreement(
        office=office.body,
        code=office.next_code("TT"),
        level=level,
        process=chance.weighted(UNSIGNED if unsigned else SIGNED),
        track=chance.weighted(TRACKS),
        kind=world.term("agreement_kind", chance.weighted(KINDS)),
        number=1,
        **world.standing(),
    )
    agreement.title = f"{agreement.kind} {ours} – {theirs} giai đoạn {day.year} (dữ liệu giả định)"
    return described(world, Deal(agreement, office, day, end, ours, theirs, place))


def sign(world, made):
    """Dates of signing, effect and end, none of which is always known."""
    chance, paper, day = world.chance, made.agreement, made.day
    paper.signed_on = chance.written(day)
    if chance.happens(2):  # several papers known only together
        paper.number, paper.signed_on = None, f"{day.year}/{min(day.year + 2, LAST.year)}"
    paper.signed_at = chance.maybe(60, chance.choice([made.office.home, made.place]))
    paper.mode = chance.weighted({"in_person": 60, "online": 10, "exchange": 10, "": 20})
    paper.exchanged_on = chance.maybe(5, f"{day + timedelta(days=10)}", "")
    paper.effective_on = chance.maybe(15, f"{day + timedelta(days=30)}", "")
    if made.end and chance.happens(75):
        paper.period = f"{day.year}/{made.end.year}"
    elif chance.happens(20):
        paper.period = f"{day.year}/.."
    if made.end and chance.happens(45):
        paper.expires_on = chance.written(made.end.replace(month=12, day=31), KNOWN)
    if paper.process == "published":
        paper.published_on = chance.maybe(80, f"{min(day + timedelta(days=15), LAST)}", "")
        paper.published_url = chance.maybe(60, f"https://example.org/{paper.code.lower()}", "")
    elif chance.happens(10):
        paper.unpublished_reason = chance.choice(world.terms["reason"])


def described(world, made):
    chance, paper = world.chance, made.agreement
    if made.signed:
        sign(world, made)
    paper.auto_renews = chance.weighted({True: 20, False: 30, None: 50})
    paper.notice_days = chance.weighted({30: 10, 60: 10, 90: 20, None: 60})
    paper.binding = chance.weighted({True: 20, False: 40, None: 40})
    foreign = "lo" if made.place.country == "LA" else "en"
    paper.languages = chance.weighted({f"vi|{foreign}": 60, "vi": 10, "": 30})
    paper.copies = chance.weighted({2: 40, 4: 20, None: 40})
    paper.kept_by = chance.maybe(50, made.office.body)
    paper.archive_ref = chance.maybe(30, f"Hộp {chance.randint(1, 90)} (bịa)", "")
    return made


def roles(world, made, documents):
    """Parties, focal units, signers; sometimes a second partner and a witness."""
    chance, taken = world.chance, []

    def take(role, **facts):
        taken.append(AgreementRole(agreement=made.agreement, role=role, rank=len(taken) + 1, **facts))

    second = made.signed and made.agreement.level == "multilateral"
    take("party", body=made.ours, lead=second)
    take("party", body=made.theirs, as_printed=chance.maybe(15, f"{made.theirs.name} (bản in)", ""))
    if second:
        take("party", body=chance.choice([unit for unit in made.office.units if unit != made.ours]))
    if chance.happens(80):
        take("focal", body=made.office.body)
    for unit in chance.some(made.office.units, 2) if chance.happens(40) else ():
        take("cooperating", body=unit)
    if made.signed and chance.happens(70):
        paper = chance.maybe(10, chance.choice(documents))
        take("signatory", body=made.ours, document=paper, **world.somebody())
        take("signatory", body=made.theirs, **world.somebody())
    if made.signed and chance.happens(8):
        take("witness", **world.somebody())
    return taken


def links(chance, deals):
    """Always from a later agreement to an earlier one of the same office, so that no circle arises."""
    earlier, frameworks, rows = {}, {}, []
    for made in deals:
        here, pair = made.office.letter, (made.office.letter, made.place.pk)
        if here in frameworks and chance.happens(25):
            rows.append(("under", made, frameworks[here]))
        if pair in earlier and chance.happens(60):  # the older may have ended years ago: a gap
            kind = chance.weighted({"follows": 70, "replaces": 12, "amends": 8, "related": 10})
            rows.append((kind, made, earlier[pair]))
        if here not in frameworks or chance.happens(5):
            frameworks[here] = made
        earlier[pair] = made
    return [
        AgreementLink(agreement=made.agreement, kind=kind, other=other.agreement)
        for kind, made, other in rows
    ]


def write_events(world, deals, documents):
    signed = [made for made in deals if made.signed]
    rows = [event for made in signed for event in events(world.chance, made, documents)]
    world.writer.write(rows + inherited(world, signed))


def events(chance, made, documents):
    """At most one story: an extension, an amendment, a pause, an end."""
    if not chance.happens(22):
        return []
    kind = chance.weighted({"extended": 35, "renewed": 15, "amended": 20, "suspended": 12, "terminated": 18})
    day = chance.day(min(made.day + timedelta(days=200), LAST), LAST)
    facts = {"document": chance.maybe(40, chance.choice(documents)), "partial": chance.happens(5)}
    if kind == "extended" or (kind == "renewed" and chance.happens(50)):
        facts["until"] = f"{day.year + chance.randint(1, 5)}-12-31"
    if chance.happens(15):
        facts["notified_on"] = f"{day - timedelta(days=60)}"
    found = [AgreementEvent(agreement=made.agreement, kind=kind, on=chance.written(day, KNOWN), **facts)]
    if kind == "suspended" and chance.happens(50):
        resumed = f"{min(day + timedelta(days=400), LAST)}"
        found.append(AgreementEvent(agreement=made.agreement, kind="resumed", on=resumed))
    return found


def inherited(world, signed):
    """What a merger of provinces handed on to their successors."""
    parties = AgreementRole.objects.filter(
        agreement__in=[made.agreement for made in signed], role="party", body__in=world.successors
    )
    return [
        AgreementEvent(
            agreement_id=party.agreement_id,
            kind="inherited",
            on=f"{MERGER}",
            party=party,
            successor_id=world.successors[party.body_id],
        )
        for party in parties.order_by("id")
        if world.chance.happens(70)
    ]


def citations(chance, made, documents):
    """Each agreement stands in one or two documents."""
    return [
        Citation(
            agreement=made.agreement,
            document=paper,
            role=chance.weighted({"source": 60, "approval": 15, "text": 15, "legal_basis": 10}),
            locator=chance.maybe(40, f"trang {chance.randint(1, 40)}", ""),
        )
        for paper in chance.some(documents, 2)
    ]
