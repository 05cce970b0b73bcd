"""Agreements signed in a period, in force, to be signed, extended or ended: what is read, nine queries at most."""

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from django.db.models import DateField, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Coalesce

from agreements import dates
from agreements.models import (
    Agreement,
    AgreementEvent,
    AgreementLink,
    AgreementRole,
    Body,
    Citation,
    Commitment,
    CommitmentRole,
    Progress,
)
from agreements.models.effect import NOW_IN_FORCE, Effect, bounds
from agreements.models.record import counted
from agreements.models.standing import CLOSED
from tracker.progress.engine import tallies
from tracker.progress.facts import made_by
from tracker.reports import figures
from tracker.reports.table import Dated
from tracker.reports.taking_part import label, union

RUNNING = (*NOW_IN_FORCE, Effect.SUSPENDED)
TO_EXTEND = (Effect.EXPIRING, Effect.CONFIRM)
ENDED = (Effect.ENDED, Effect.REPLACED, Effect.EXPIRED)


class Taker(NamedTuple):
    """A body or person with a part in an agreement."""

    role: str
    country: str | None
    name: str
    who: str
    land: str | None
    """The name of its country."""


class Said(NamedTuple):
    """A progress report on a commitment of an agreement."""

    on: str
    first: object
    last: object
    done: str
    difficulties: str
    next_step: str
    reason: str | None


class Gathered(NamedTuple):
    """The agreements as of the end of the period, and, where it is asked for, what is told of them by their ids."""

    period: tuple
    agreements: list
    takers: dict | None = None
    fields: dict | None = None
    papers: dict | None = None
    happened: dict | None = None
    links: dict | None = None
    lines: dict | None = None
    promises: dict | None = None
    said: dict | None = None
    children: list | None = None

    def in_role(self, agreement, role, ours=None):
        rows = [one for one in self.takers.get(agreement.pk, ()) if one.role == role]
        return rows if ours is None else [one for one in rows if (one.country == "VN") == ours]

    @property
    def signed(self):
        """[(agreement, certain, possible or undated)] signed, or exchanged, in the period."""
        found = []
        for row in self.agreements:
            if row.process in Agreement.BEFORE_SIGNING:
                continue
            exchanged = row.exchanged_first, row.exchanged_last
            relation = dates.relation(
                *((row.signed_first, row.signed_last) if row.signed_on else exchanged), *self.period
            )
            if relation != "outside":
                found.append((row, relation))
        return found

    @property
    def papers_signed(self):
        """How many papers were signed in the period, a Dated of Counts; a part not beside its whole."""
        ids = {row.pk for row, _relation in self.signed}
        return Dated(**{
            sort: figures.count(
                [row.number for row, relation in self.signed if relation == sort and row.part_of_id not in ids]
            )
            for sort in figures.CERTAINTIES
        })  # fmt: skip

    @property
    def running(self):
        return [row for row in self.agreements if row.effect in RUNNING]

    @property
    def to_sign(self):
        refused = Agreement.Process.REFUSED
        return [
            row
            for row in self.agreements
            if row.process in Agreement.BEFORE_SIGNING and row.process != refused
        ]

    @property
    def to_extend(self):
        return [row for row in self.agreements if row.effect in TO_EXTEND]

    @property
    def ended(self):
        """Those whose effect ended in the period, surely or perhaps."""
        return [row for row in self.agreements if row.effect in ENDED and self.end_relation(row) != "outside"]

    def end_relation(self, row):
        return dates.relation(*bounds(ending(row)), *self.period)


def ending(agreement):
    """The EDTF text of the day on which an ended agreement (from `with_effect`) ended; "" when not known."""
    if agreement.effect == Effect.ENDED:
        return agreement.ending_text
    if agreement.effect == Effect.REPLACED:
        return agreement.replacing_text.partition("/")[0]
    return agreement.end_on.isoformat() if agreement.end_on else ""


def gather(question):
    """Everything the annexes need."""
    period = question.begin, question.end
    rows = chosen(question)
    among = Agreement.objects.filter(pk__in=[row.pk for row in rows])
    running = Agreement.objects.filter(pk__in=[row.pk for row in rows if row.effect in RUNNING])
    coming = to_sign(question)
    promised = made_by(question.end).filter(
        Q(agreement__in=running) | Q(pk__in=coming.order_by().values("pk"))
    )
    promises, open_ones = defaultdict(list), []
    for one in tallies(question.end, promised):
        promises[one.agreement].append(one)
        if one.child and one.state not in CLOSED:
            open_ones.append(one.child)
    return Gathered(
        period, rows, takers(among), **beside(among, question.end), links=links(running),
        lines=figures.lines(running), promises=promises, said=said(running, period),
        children=list(coming.filter(pk__in=open_ones)),
    )  # fmt: skip


def chosen(question):
    """The agreements asked for that any annex may tell of, the newest first."""
    rows = question.rows.with_effect(question.end).select_related(
        "kind", "office", "signed_at", "unpublished_reason"
    )
    before = Q(process__in=Agreement.BEFORE_SIGNING)
    conclusion = Coalesce("signed_last", "exchanged_last")
    undated = Q(signed_on="", exchanged_on="")
    lately = undated | Q(concluded_last__gte=question.begin, concluded_first__lte=question.end)
    ended = Q(effect__in=ENDED) & (
        ~Q(effect=Effect.EXPIRED) | Q(end_on__gte=question.begin, end_on__lte=question.end)
    )
    rows = rows.annotate(
        concluded_first=Coalesce("signed_first", "exchanged_first"), concluded_last=conclusion
    )
    wanted = rows.filter(before | lately | ended | Q(effect__in=[*RUNNING, *TO_EXTEND]))
    return list(wanted.order_by(F("concluded_first").desc(nulls_last=True), "code", "pk"))


def takers(among):
    """{agreement id: [Taker]}."""
    known = Body.objects.filter(kind=Body.Kind.COUNTRY, country=OuterRef("from_country"))
    rows = AgreementRole.objects.filter(agreement__in=among).annotate(
        from_country=Coalesce("body__country", "person__country")
    )
    rows = rows.annotate(land=Subquery(known.values("name")[:1])).order_by("rank", "id")
    columns = (
        "agreement_id", "role", "from_country", "land", "as_printed", "body__name", "title", "person__name",
    )  # fmt: skip
    found = defaultdict(list)
    for agreement, role, country, land, printed, body, title, person in rows.values_list(*columns):
        name = body if person or not printed else printed
        who = " ".join(filter(None, [title, person]))
        found[agreement].append(Taker(role, country, name or "", who, land or country))
    return found


def beside(among, on):
    """{"fields", "papers", "happened": {agreement id: […]}} of the agreements by the day `on` (one query).

    fields: [name of a field of cooperation]; papers: [(number, title, issued on)] of what permits the signing;
    happened: [(what, date, other title)]: events after signing, and what it follows or replaces.
    """
    rows = union([fields(among), papers(among), events(among, on), others(among)])
    found = {sort: defaultdict(list) for sort in ("fields", "papers", "happened")}
    for sort, _day, _place, _word, agreement, *told in sorted(rows, key=in_order):
        found[sort][agreement].append(told[0] if sort == "fields" else tuple(told))
    return found


def in_order(row):
    """By day, the undated last, then by place and word."""
    _sort, day, place, word, *_told = row
    return day or date.max, place, word


NONE = {"no_day": Cast(Value(None), DateField()), "first": Value(0), "none": label("")}


def fields(among):
    rows = Agreement.fields.through.objects.filter(agreement__in=among).annotate(sort=label("fields"), **NONE)
    order = "no_day", "term__rank", "term__sort"
    return rows.order_by().values_list("sort", *order, "agreement_id", "term__name", "none", "none")


def papers(among):
    rows = Citation.objects.filter(counted("document__"), agreement__in=among, role=Citation.Role.APPROVAL)
    told = "document__number", "document__title", "document__issued_on"
    rows = rows.annotate(sort=label("papers"), **NONE)
    return rows.order_by().values_list("sort", "no_day", "id", "none", "agreement_id", *told)


def events(among, on):
    rows = AgreementEvent.objects.filter(agreement__in=among, on_first__lte=on)
    rows = rows.annotate(sort=label("happened"), **NONE)
    return rows.order_by().values_list(
        "sort", "on_first", "first", "none", "agreement_id", "kind", "on", "none"
    )


def others(among):
    rows = AgreementLink.objects.filter(
        counted("other__"), agreement__in=among, kind__in=["follows", "replaces"]
    )
    rows = rows.annotate(sort=label("happened"), **NONE)
    order = "other__signed_first", "first", "other__title"
    return rows.order_by().values_list("sort", *order, "agreement_id", "kind", "none", "other__title")


def links(among):
    """{agreement id: [figures.Link]} of what took place for it."""
    found = defaultdict(list)
    for link in figures.links(among):
        found[link.to].append(link)
    return found


def said(among, period):
    """{agreement id: [Said]} of reports by the end of the period, the latest first."""
    rows = Progress.objects.reported().counting(period[1])
    rows = rows.filter(counted("commitment__"), commitment__agreement__in=among)
    rows = rows.order_by(F("on_last").desc(), "-number", "pk")
    columns = (
        "commitment__agreement_id", "on", "on_first", "on_last", "done", "difficulties", "next_step", "reason__name",
    )  # fmt: skip
    found = defaultdict(list)
    for agreement, *row in rows.values_list(*columns):
        if dates.relation(row[1], row[2], *period) != "outside":
            found[agreement].append(Said(*row))
    return found


def to_sign(question):
    """Promises by the end of the period to sign a paper, with agreements asked for, of which none is entered."""
    rows = made_by(question.end).filter(kind=Commitment.Kind.CHILD)
    if any(question.value(name) for name in question.shared):
        rows = rows.filter(agreement__in=question.rows.order_by().values("pk"))
    # a paper that is entered with its stage stands in its own row
    rows = rows.filter(Q(child__isnull=True) | ~Q(child__in=Agreement.objects.counted()))
    leads = CommitmentRole.objects.filter(commitment=OuterRef("pk"), role="lead").order_by("rank", "id")
    rows = rows.annotate(lead=Subquery(leads.values("body__name")[:1])).select_related("agreement", "office")
    return rows.order_by("period_last", "code", "pk")
