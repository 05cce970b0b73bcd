"""Delegations as rows: the columns of the lists of delegations out and in (docs/reports.md)."""

from datetime import date
from itertools import islice

from django.utils.translation import gettext_lazy as _

from agreements import dates
from agreements.models.effect import bounds
from delegations.models import Delegation, DelegationRole, Funding
from tracker.reports.addresses import record, sheet_of
from tracker.reports.asking import again, left_out
from tracker.reports.figures import CERTAINTIES
from tracker.reports.reviewing import REVIEW, mark
from tracker.reports.shortening import shortened
from tracker.reports.table import Amount, Cell, Column, Count, Marked, Moment, Part, Stack, make_table

SLUG = "delegations"
As = DelegationRole.As
OUT, IN = Delegation.Direction.OUT, Delegation.Direction.IN
IN_PERIOD = {
    "certain": _("in the period"),
    "possible": _("perhaps in the period"),
    "undated": _("date not known"),
}
REQUESTS, APPROVALS = ("proposal",), ("approval", "decision")
REPORTS = ("result_report", "report")
HEAD, PURPOSE = Column("head", _("Head of the delegation")), Column("purpose", _("Purpose"))
NUMBER = Column("no", _("No."), "number")
NAME = Column("name", _("Delegation"))
REQUEST, APPROVAL = Column("request", _("Request")), Column("approval", _("Permission"))
REPORT, NOTE = Column("report", _("Report")), Column("note", _("Note"))
ENDING = (
    Column("agreements", _("Agreements served")),
    Column("in_plan", _("In the plan")),
    Column("people", _("Number of people"), "number"),
    Column("number", _("Number of delegations"), "number"),
    Column("certainty", _("In the period")),
    REVIEW,
)
COLUMNS = {
    OUT: (
        NUMBER, NAME, HEAD, Column("begin", _("Leaves")), Column("end", _("Returns")),
        Column("days", _("Days"), "number"), REQUEST, APPROVAL, Column("unit", _("Asked for by")),
        Column("place", _("Goes to")), PURPOSE, Column("cost", _("Cost"), "number"), Column("funding", _("Paid from")),
        Column("inviter", _("Invited by")), REPORT, NOTE, *ENDING,
    ),
    IN: (
        NUMBER, NAME, HEAD, Column("begin", _("Arrives")), Column("end", _("Leaves")),
        Column("days", _("Days"), "number"), Column("from", _("Sent by")), Column("place", _("Country, place")),
        REQUEST, APPROVAL, Column("unit", _("Received by")), PURPOSE, Column("fields", _("Fields")),
        Column("contents", _("Contents")), REPORT, NOTE, *ENDING,
    ),
}  # fmt: skip
SHARED_STACKS = (
    Stack(
        "papers",
        _("Papers"),
        (("request", _("request")), ("approval", _("permission")), ("report", _("report"))),
    ),
    Stack("people", _("Number of people"), (("people", ""), ("number", _("delegations")))),
    Stack(
        "more",
        _("Agreements, plan, note"),
        (("agreements", ""), ("in_plan", ""), ("certainty", ""), ("review", ""), ("note", "")),
    ),
)
WHEN = Stack("begin", _("Time"), (("begin", ""), ("end", _("to")), ("days", _("days"))))
NAMED_BY = Stack("name", _("Delegation, head"), (("name", ""), ("head", "")))
STACKS = {
    OUT: (
        Stack("no", _("No."), (("no", ""),)), NAMED_BY, WHEN, Stack("place", _("Goes to"), (("place", ""),)),
        Stack("unit", _("Asked for by, invited by"), (("unit", ""), ("inviter", _("invited by")))),
        Stack("purpose", _("Purpose"), (("purpose", ""),)),
        Stack("cost", _("Cost, source"), (("cost", ""), ("funding", ""))), *SHARED_STACKS,
    ),
    IN: (
        Stack("no", _("No."), (("no", ""),)), NAMED_BY, WHEN,
        Stack("from", _("Sent by"), (("from", ""), ("place", ""))), Stack("unit", _("Received by"), (("unit", ""),)),
        Stack("purpose", _("Purpose, contents"), (("purpose", ""), ("fields", _("fields")), ("contents", ""))),
        *SHARED_STACKS,
    ),
}  # fmt: skip
TITLES = {OUT: _("Delegations out"), IN: _("Delegations in")}
UNDATED_TITLES = {OUT: _("Delegations out, date not known"), IN: _("Delegations in, date not known")}


def key_of(direction, certainty):
    """The list in which delegations of a direction and certainty stand."""
    return f"undated-{direction}" if certainty == "undated" else f"list-{direction}"


def listed(direction, gathered, question, dated=True):
    """The Table of the delegations of one direction that began, perhaps or surely, in the period.

    Not `dated`: of those that no source dates; they belong to no period and stand by themselves.
    """
    period = question.begin, question.end
    wanted = ("certain", "possible") if dated else ("undated",)
    there = [
        visit
        for visit in gathered.visits
        if visit.direction == direction and visit.certainty(period) in wanted
    ]
    keys, ids = [column.key for column in COLUMNS[direction]], {visit.id for visit in there}
    rows = []
    for number, visit in enumerate(islice(in_order(there, period), question.most), 1):
        cells = {"no": number, **told(visit, gathered, period, ids)}
        rows.append([cells[key] for key in keys])
    key = key_of(direction, wanted[0])
    every = f"{again(SLUG, question.asked, direction=direction, all=1)}#{key}"
    return make_table(
        key,
        TITLES[direction] if dated else UNDATED_TITLES[direction],
        COLUMNS[direction],
        rows,
        notes=tuple(left_out(len(rows), len(there), every)),
        as_of=period[1],
        empty=_("No delegation is recorded in this period."),
        stacks=STACKS[direction],
    )


def in_order(visits, period):
    """By certainty, then by the day of their beginning; parts after their whole."""
    ids = {visit.id for visit in visits}

    def place(visit):
        return CERTAINTIES.index(visit.certainty(period)), visit.begins[0] or date.min, visit.id

    parts = {}
    for visit in sorted(visits, key=place):
        parts.setdefault(visit.whole if visit.whole in ids else None, []).append(visit)
    for visit in parts.get(None, []):
        yield visit
        yield from parts.get(visit.id, [])


def told(visit, gathered, period, ids):
    """{column key: value} of a delegation; of its own direction and the other."""
    facts = visit.told
    address = record("delegation", visit.id)
    name = f"{facts.name} ({facts.code})"
    sort = visit.certainty(period)
    return {
        "name": Cell(Part(_("of which"), name) if visit.whole in ids else name, address),
        **who(visit, gathered),
        **when(visit, facts.held),
        **documents(gathered.papers.get(visit.id, ()), facts),
        "purpose": facts.purpose,
        "cost": None if facts.cost is None else Amount(facts.cost, facts.currency__code),
        "funding": Funding(facts.funding).label if facts.funding else "",
        "note": shortened(facts.note),
        "fields": ", ".join(name for (name,) in gathered.fields.get(visit.id, ())),
        "contents": tuple(shortened(text) for (text,) in gathered.contents.get(visit.id, ())),
        "agreements": served(gathered.agreements.get(visit.id, ()), period),
        "in_plan": {True: _("in the plan"), False: _("outside the plan")}.get(facts.in_plan),
        "people": visit.people,
        "number": Count(visit.number),
        "certainty": Marked(sort, IN_PERIOD[sort], sort == "possible"),
        "review": mark(facts.review_state, verified=False),
    }


def who(visit, gathered):
    return {
        "head": "; ".join(person(one) for one in gathered.in_role(visit, As.HEAD)),
        "unit": ", ".join(gathered.units(visit).values()),
        "from": ", ".join(one.name for one in gathered.in_role(visit, As.SENDER)),
        "inviter": "; ".join(person(one) for one in gathered.in_role(visit, As.INVITER)),
        "place": places(visit, gathered),
    }


def person(taker):
    """Title, name and body of a person, or the body alone."""
    found = " ".join(filter(None, [taker.title, taker.person_name]))
    if not found:
        return taker.name
    return f"{found} ({taker.name})" if taker.name and taker.name not in found else found


def places(visit, gathered):
    """“Lào: Thủ đô Viêng Chăn”, a line a country."""
    by_country = {}
    for (country, _area), name in gathered.places(visit).items():
        shown = gathered.countries.get(country, country)
        names = by_country.setdefault(shown, [])
        if name != shown:
            names.append(name)
    return tuple(
        f"{country}: {', '.join(names)}" if names else country for country, names in by_country.items()
    )


def when(visit, held):
    """First and last day, and their number where both are known to the day; of a single day only the first."""
    begin, _slash, end = held.partition("/")
    first, last = bounds(begin)[0], bounds(end)[1] if end else None
    exact = visit.number == 1 and begin.count("-") == 2 and end.count("-") == 2
    if end and not exact:  # a stretch of time in which it lies somewhere
        return {"begin": Moment(held), "end": None, "days": None}
    return {
        "begin": Moment("" if begin == dates.OPEN else begin),
        "end": Moment(end),
        "days": (last - first).days + 1 if exact else None,
    }


def documents(papers, facts):
    """Request, permission and report, by number and date."""
    report = cited(papers, REPORTS)
    if facts.reported_on:
        report = (_("reported on %(day)s") % {"day": dates.display(facts.reported_on)}, *report)
    elif not report and facts.report_due_on:
        report = (_("due on %(day)s") % {"day": dates.display(facts.report_due_on)},)
    return {"request": cited(papers, REQUESTS), "approval": cited(papers, APPROVALS), "report": report}


def cited(papers, roles):
    found = []
    for role, number, title, issued in papers:
        if role in roles:
            shown = number or shortened(title, 80)
            found.append(f"{shown} ({dates.display(issued)})" if issued else shown)
    return tuple(found)


def served(codes, period):
    """The codes of the agreements served, each linked to its sheet as of the end of the period."""
    return tuple(Cell(code, sheet_of(pk, period[1])) for pk, code in codes)
