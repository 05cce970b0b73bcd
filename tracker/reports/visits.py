"""Delegations out and in that began in a period, with everything told of them: five queries whatever their number."""

from collections import Counter, defaultdict, namedtuple
from datetime import date
from typing import NamedTuple

import django_filters
from django import forms
from django.db.models import DateField, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from agreements.filters import with_field
from agreements.models import Body
from agreements.models.record import counted
from agreements.models.reviewed import reported
from delegations.filters import DelegationFilter, senders_and_hosts, taken_part
from delegations.models import (
    Contribution,
    Delegation,
    DelegationRole,
    Funding,
    Meeting,
    MeetingRole,
    VisitCitation,
)
from delegations.models.delegation import Status
from tracker.reports.asking import Choosing
from tracker.reports.questions import OfCertainty, PeriodQuestion
from tracker.reports.taking_part import label, union
from tracker.reports.visit_counts import Named, Visit, beginning

SHARED = (
    "direction",
    "place",
    "partner",
    "named",
    "country",
    "field",
    "unit",
    "office",
    "funding",
    "purpose",
)
NO_DAY = Cast(Value(None), DateField())
NOT_TOLD, NO_PURPOSE, OTHERS = "none", "—", "…"
"""Of a filter: what is not recorded; of the purpose: none is recorded, none of those told by themselves."""
YEARS = 5
"""Years that are compared, the period's last among them."""
As = DelegationRole.As
UNIT = {"out": As.SENDER, "in": As.HOST}
"""Whose delegation it is in the statistics: who sent it out, who received it."""
PLACES = {"out": (As.VISITED, As.HOST, As.INVITER), "in": (As.SENDER,)}


class VisitsFilter(OfCertainty, DelegationFilter):
    """As the list of delegations, and by direction, unit, funding and purpose.

    `there`: the row of a country or place (“LA”, “LA-12”): where they went, whoever else took part.
    """

    direction = django_filters.ChoiceFilter(
        label=_("Direction"), choices=Delegation.Direction.choices, empty_label=_("All")
    )
    country = django_filters.ChoiceFilter(
        label=_("Country"),
        choices=lambda: [
            *(one for one in countries().items() if one[0] != "VN"),
            (NOT_TOLD, _("not recorded")),
        ],
        method="of_country",
        empty_label=_("All"),
    )
    unit = django_filters.ModelChoiceFilter(
        label=_("Sent or received by"),
        queryset=lambda request: senders_and_hosts(),
        method="of_unit",
        empty_label=_("All"),
        null_label=_("not recorded"),
        null_value=NOT_TOLD,
    )
    funding = django_filters.ChoiceFilter(
        label=_("Paid from"),
        choices=[*Funding.choices, (NOT_TOLD, _("not recorded"))],
        method="paid_from",
        empty_label=_("All"),
    )
    purpose = django_filters.CharFilter(label=_("Purpose as recorded"), method="for_purpose")
    there = django_filters.CharFilter(label=_("Place"), method="later", widget=forms.HiddenInput)

    class Meta:
        model = Delegation
        fields = []

    def of_unit(self, queryset, name, value):
        any_unit = {"body__isnull": False} if value == NOT_TOLD else {"body": value}
        own = Q()
        for direction, role in UNIT.items():
            rows = DelegationRole.objects.filter(role=role, **any_unit).values("delegation")
            own |= Q(direction=direction, pk__in=rows)
        return queryset.exclude(own) if value == NOT_TOLD else queryset.filter(own)

    def of_country(self, queryset, name, value):
        abroad = Q()
        for direction, roles in PLACES.items():
            rows = DelegationRole.objects.filter(role__in=roles, body__isnull=False).exclude(
                body__country="VN"
            )
            rows = rows if value == NOT_TOLD else rows.filter(body__country=value)
            abroad |= Q(direction=direction, pk__in=rows.values("delegation"))
        return queryset.exclude(abroad) if value == NOT_TOLD else queryset.filter(abroad)

    def paid_from(self, queryset, name, value):
        return queryset.filter(funding="" if value == NOT_TOLD else value)

    def for_purpose(self, queryset, name, value):
        if value == OTHERS:  # decided by all that the others choose: Gathered.of_other_purposes
            return queryset
        return queryset.filter(purpose="" if value == NO_PURPOSE else value)


class VisitsQuestion(Choosing, PeriodQuestion):
    """Delegations that began in a period."""

    filters = VisitsFilter
    shared = SHARED
    rare = ("certainty", "there")

    @property
    def conditions(self):
        label = self.chosen.form["purpose"].field.label
        told = super().conditions
        return tuple(
            (one, _("other purposes") if (one, text) == (label, OTHERS) else text) for one, text in told
        )

    @property
    def directions(self):
        chosen = self.value("direction")
        return [chosen] if chosen else Delegation.Direction.values

    @property
    def first_year(self):
        """The first of the years that are compared."""
        return min(self.begin.year, self.end.year - YEARS + 1)

    @property
    def online(self):
        """Online meetings of the same places, field, unit and office."""
        return self.online_among(Meeting.objects.reported())

    def online_among(self, meetings):
        rows = meetings.filter(mode=Meeting.Mode.ONLINE, status=Status.HELD)
        for name in ("place", "partner"):
            if places := self.places(name):
                rows = taken_part(rows, places)
        if field := self.value("field"):
            rows = with_field(rows, field)
        if office := self.value("office"):
            rows = rows.filter(office=office)
        if (unit := self.value("unit")) and unit != NOT_TOLD:
            rows = rows.filter(pk__in=MeetingRole.objects.filter(body=unit).values("meeting"))
        return rows


class Taker(NamedTuple):
    """A body or person with a part in a delegation; `land`: the name of its country."""

    role: str
    person: int | None
    person_name: str | None
    title: str
    body: int | None
    name: str
    area: int | None
    area_name: str | None
    country: str | None
    land: str | None


class Gathered(NamedTuple):
    """All that is told of the visits, by their ids."""

    visits: list
    none: int
    """Rows that say that there was none."""
    takers: dict
    papers: dict | None = None
    agreements: dict | None = None
    fields: dict | None = None
    contents: dict | None = None

    @property
    def countries(self):
        """{"LA": "Lào", …} of those that took part."""
        return {one.country: one.land for rows in self.takers.values() for one in rows if one.land}

    def often(self, period, most):
        """{(direction, purpose)} of the `most` purposes of each direction in the period, as the record words them."""
        found = defaultdict(Counter)
        for visit in self.visits:
            if visit.told.purpose and visit.certainty(period):
                found[visit.direction][visit.told.purpose] += 1
        return {(way, text) for way, some in found.items() for text, _number in some.most_common(most)}

    def of_other_purposes(self, period, most):
        """The same without the visits of these purposes and of none."""
        often = self.often(period, most)
        rare = [visit for visit in self.visits if visit.told.purpose and visit.said not in often]
        return self._replace(visits=rare)

    def narrowed(self, question):
        """The same with the visits alone that stand behind one number (`certainty`, `there`)."""
        visits, period = self.visits, (question.begin, question.end)
        if sort := question.value("certainty"):
            visits = [visit for visit in visits if visit.certainty(period) == sort]
        if there := question.value("there"):
            visits = [visit for visit in visits if there in self.rows_of_places(visit, question.present)]
        return self._replace(visits=visits)

    def rows_of_places(self, visit, present):
        """{"LA": (country, ""), "LA-12": (country, place)} of where it went to or came from, as named now."""
        found = {}
        for (country, then), told in self.places(visit).items():
            area, name = present.get(then, (then, told))
            shown = self.countries.get(country, country)
            found[country] = (shown, "")
            if name != shown:
                found[f"{country}-{area}"] = (shown, name)
        return found

    def in_role(self, visit, *roles):
        return [one for one in self.takers.get(visit.id, ()) if one.role in roles]

    def units(self, visit):
        """{number: name} of whom it is counted for."""
        return {one.body: one.name for one in self.in_role(visit, UNIT[visit.direction]) if one.body}

    def places(self, visit):
        """{(country, number): name} of the places abroad that it went to or came from."""
        for role in PLACES[visit.direction]:
            abroad = [one for one in self.in_role(visit, role) if one.body and one.country != "VN"]
            if abroad:
                return {(one.country, one.area): one.area_name for one in abroad}
        return {}

    @property
    def named(self):
        """{visit id: Named}."""
        found = {}
        for visit in self.visits:
            rows = self.in_role(visit, *DelegationRole.TRAVELLERS)
            people = frozenset(one.person for one in rows if one.person)
            found[visit.id] = Named(people, sum(1 for one in rows if not one.person))
        return found


TOLD = (
    "code", "name", "held", "purpose", "in_plan", "funding", "cost", "currency__code", "reported_on", "report_due_on",
    "note", "office__name", "review_state",
)  # fmt: skip
Told = namedtuple("Told", TOLD)


def gather(question):
    """Everything about the delegations that began in the period or in the years compared with it."""
    since = date(question.first_year, 1, 1)
    chosen = held_by_end(question).filter(Q(held_last__isnull=True) | Q(held_last__gte=since))
    visits, none = read(chosen)
    of = Q(delegation__in=chosen.order_by().values("pk"))
    return Gathered(visits, none, takers(of), papers(of), agreements(of), *fields_and_contents(chosen, of))


def gather_counts(question):
    """What the three counts need of every delegation that began by the end of the period (two queries)."""
    chosen = held_by_end(question)
    visits, none = read(chosen)
    return Gathered(visits, none, takers(Q(delegation__in=chosen.order_by().values("pk"))))


def held_by_end(question):
    """The delegations asked for that took place and began, as far as is known, by the end of the period."""
    held = question.rows.filter(status=Status.HELD)
    return held.filter(Q(held_first__isnull=True) | Q(held_first__lte=question.end))


def read(chosen):
    """([Visit], number of rows that say that there was none) of a queryset of delegations."""
    zeros = Delegation.objects.reported().filter(number=0, part_of=OuterRef("pk"))
    zeros = zeros.filter(held_last__gte=OuterRef("held_last")).order_by("held_first")
    rows = chosen.annotate(none_from=Subquery(zeros.values("held_first")[:1]))
    rows = rows.order_by(F("held_first").desc(nulls_last=True), "code", "pk")
    columns = (
        "pk",
        "direction",
        "number",
        "part_of_id",
        "people",
        "held",
        "held_first",
        "held_last",
        "none_from",
    )
    visits, none = [], 0
    for row in rows.values_list(*columns, *TOLD):
        pk, direction, number, whole, people, *when = row[: len(columns)]
        if number == 0:
            none += 1
            continue
        begins = beginning(number, *when)
        visits.append(Visit(pk, direction, number, whole, people, begins, Told(*row[len(columns) :])))
    return visits, none


def takers(of):
    """{visit id: [Taker]}."""
    columns = (
        "delegation_id", "role", "person_id", "person__name", "title", "body_id", "as_printed", "body__name",
        "body__area_id", "body__area__name", "body__country",
    )  # fmt: skip
    found = defaultdict(list)
    country = Body.objects.filter(kind=Body.Kind.COUNTRY, country=OuterRef("body__country")).order_by("sort")
    rows = DelegationRole.objects.filter(of).annotate(land=Subquery(country.values("name")[:1]))
    for row in rows.order_by("rank", "id").values_list(*columns, "land"):
        visit, role, person, person_name, title, body, printed, name, *place = row
        shown = name if person or not printed else printed
        found[visit].append(Taker(role, person, person_name, title, body, shown or "", *place))
    return found


def papers(of):
    """{visit id: [(role, number, title, issued on)]} of the documents cited."""
    rows = VisitCitation.objects.filter(of, counted("document__")).order_by("id")
    columns = ("delegation_id", "role", "document__number", "document__title", "document__issued_on")
    return by_first(rows.values_list(*columns))


def agreements(of):
    """{visit id: [(agreement id, code)]} that it served, itself or by a commitment."""
    rows = Contribution.objects.filter(of, counted("agreement__"), counted("commitment__"))
    columns = (
        "delegation_id", "agreement_id", "agreement__code", "commitment__agreement_id", "commitment__agreement__code",
    )  # fmt: skip
    found = defaultdict(dict)
    for visit, pk, code, far, far_code in rows.order_by("id").values_list(*columns):
        if pk or far:
            found[visit][pk or far] = code or far_code
    return {visit: list(codes.items()) for visit, codes in found.items()}


def fields_and_contents(chosen, of):
    """{visit id: [(name of a field of cooperation,)]} and {visit id: [(results of a meeting,)]}; one query."""
    fields = Delegation.fields.through.objects.filter(of).annotate(what=label("field"), day=NO_DAY).order_by()
    met = Meeting.delegations.through.objects.filter(
        reported("meeting__"), delegation__in=chosen.order_by().values("pk")
    )
    met = met.exclude(meeting__results="").annotate(what=label("content"), word=label("")).order_by()
    rows = union(
        [
            fields.values_list("what", "day", "term__rank", "term__sort", "delegation_id", "term__name"),
            met.values_list(
                "what", "meeting__held_first", "meeting_id", "word", "delegation_id", "meeting__results"
            ),
        ]
    )
    found = defaultdict(list)
    for what, day, *order, visit, text in rows:
        found[what].append((day or date.max, *order, visit, text))
    return [by_first(row[-2:] for row in sorted(found[what])) for what in ("field", "content")]


def countries():
    """{"LA": "Lào", …}."""
    return dict(Body.objects.filter(kind=Body.Kind.COUNTRY).order_by("sort").values_list("country", "name"))


def by_first(rows):
    found = defaultdict(list)
    for first, *rest in rows:
        found[first].append(tuple(rest))
    return found
