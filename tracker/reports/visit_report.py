"""Delegations of a period: lists, and three counts by direction, year, unit, place, purpose and funding."""

from collections import defaultdict
from datetime import date
from functools import partial
from itertools import chain

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements import dates
from delegations.models import Funding, Meeting, MeetingRole
from tracker.reports.addresses import record
from tracker.reports.asking import again, opened
from tracker.reports.charts import stacked
from tracker.reports.reviewing import REVIEW, mark, review_notes_alone, took_place
from tracker.reports.shortening import shortened
from tracker.reports.table import Cell, Column, Count, Inviting, Marked, Moment, Total, make_table
from tracker.reports.visit_counts import three
from tracker.reports.visit_tables import IN_PERIOD, SLUG, TITLES, key_of, listed
from tracker.reports.visits import NO_PURPOSE, NOT_TOLD, OTHERS, gather

WHOLE = _("the whole country")
MOST = 20
"""Purposes told by themselves."""
COUNTS = (
    Column("delegations", _("Number of delegations"), "number"),
    Column("journeys", _("Journeys of people"), "number"),
    Column("people", _("Number of people"), "number"),
)
NOTES = (
    _(
        "A delegation counts in the period in which it began. Planned, postponed and cancelled ones do not count."
    ),
    _("Journeys: each person once for each delegation. People: each person once."),
    _("≥: the number of people of some is not known, or not everybody is named. —: nothing is known."),
    _("A row that stands for several delegations counts by their number; a part not beside its whole."),
)
SEVERAL = _("A delegation of several units or places stands in each of their rows, once in the total.")


def delegations(question):
    """The Table of the three counts by direction, and below it years, lists and statistics; eleven queries at most."""
    gathered = gather(question)
    if question.value("purpose") == OTHERS:
        gathered = gathered.of_other_purposes((question.begin, question.end), MOST)
    there = told_there(gathered, question)
    gathered = gathered.narrowed(question)
    named = gathered.named
    online, undated = online_tables(question)
    years = by_year(gathered, named, question)
    lists = [table for direction in question.directions for table in lists_of(direction, gathered, question)]
    statistics = [make(gathered, named, question) for make in (by_unit, by_place, by_purpose, by_funding)]
    rows = [summary(direction, gathered, named, question) for direction in question.directions]
    told_online = len(online.rows) + len(undated.rows)
    return make_table(
        SLUG,
        _("Delegations"),
        (Column("direction", _("Direction")), *COUNTS),
        rows,
        notes=(
            *notes(gathered.none, told_online),
            *review_notes_alone(question, recorded(question, question.begin)),
        ),
        as_of=question.end,
        begin=question.begin,
        conditions=(*question.conditions, *there),
        below=(years, *lists, *statistics, online, *([undated] if undated.rows else [])),
    )


def lists_of(direction, gathered, question):
    """The list of a direction, and of those without a date where there are any."""
    yield listed(direction, gathered, question)
    undated = listed(direction, gathered, question, dated=False)
    if undated.rows:
        yield undated


def told_there(gathered, question):
    """The row of a country or place of which only the visits are told, for the head of the report."""
    if there := question.value("there"):
        rows = (gathered.rows_of_places(visit, question.present).get(there) for visit in gathered.visits)
        country, place = next(filter(None, rows), ("", there))
        yield _("Country and place"), place or country


def recorded(question, since):
    """The delegations and online meetings up to the end of the period, whatever the review says of them."""
    yield took_place(question.recorded, since, question.end)
    yield took_place(question.online_among(Meeting.objects.all()), since, question.end)


def notes(none, online):
    yield from NOTES
    yield _("Online meetings are no delegations: %(count)s, told apart below.") % {"count": online}
    yield from none_note(none)


def none_note(none):
    """How many rows say that there was no delegation."""
    if none:
        address = reverse("admin:delegations_delegation_changelist")
        words = _("%(count)s rows say that there was none.") % {"count": none}
        yield Cell(
            Inviting(words, _("Open their list.")), f"{address}?number__exact=0&withdrawn_on__isnull=True"
        )


def of_list(direction, question, **changes):
    """The address of the list of one direction, with `changes` to the filters."""
    anchor = key_of(direction, changes.get("certainty"))
    return f"{again(SLUG, question.asked, direction=direction, **changes)}#{anchor}"


def count_cells(counts, address):
    """The three counts; each of their parts opens its rows, `address(**changes)`."""
    return [Cell(opened(one, lambda sort: address(certainty=sort)), address()) for one in counts]


def of_direction(gathered, direction):
    return [visit for visit in gathered.visits if visit.direction == direction]


def summary(direction, gathered, named, question):
    counts = three(of_direction(gathered, direction), named, (question.begin, question.end))
    return [TITLES[direction], *count_cells(counts, partial(of_list, direction, question))]


# By year -----------------------------------------------------------------------------------------
def by_year(gathered, named, question):
    """The Table of the years up to the end of the period; its drawing: what certainly began in each."""
    columns, rows, groups = [Column("year", _("Year"))], [], []
    for direction in question.directions:
        columns += [
            Column(f"{column.key}_{direction}", f"{TITLES[direction]}: {column.title}", "number")
            for column in COUNTS
        ]
    for year in range(question.first_year, question.end.year + 1):
        first, last = date(year, 1, 1), min(date(year, 12, 31), question.end)
        counts = [
            three(dated(of_direction(gathered, direction)), named, (first, last))
            for direction in question.directions
        ]
        days = {"begin": first.isoformat(), "end": last.isoformat()}
        told = zip(question.directions, counts, strict=True)
        cells = [count_cells(one, partial(of_list, direction, question, **days)) for direction, one in told]
        rows.append([str(year), *chain.from_iterable(cells)])
        groups.append((str(year), [certain(delegations) for delegations, *_rest in counts]))
    sorts = tuple(TITLES[direction] for direction in question.directions)
    until = {"day": dates.display(question.end.isoformat())}
    return make_table(
        "by-year",
        _("By year"),
        columns,
        rows,
        notes=(_("Bars: what certainly began in the year. The last year: to %(day)s.") % until,),
        as_of=question.end,
        charts=stacked(_("Number of delegations by year"), sorts, groups),
    )


def dated(visits):
    return [visit for visit in visits if visit.begins != (None, None)]


def certain(count):
    return (count.certain.number or 0) if count.certain else 0


# Statistics --------------------------------------------------------------------------------------
def statistic(key, title, columns, gathered, named, question, groups_of, note=""):
    """A Table of the three counts by group; `groups_of(visit)`: {group: ((labels), address(**changes))}."""
    rows, period = [], (question.begin, question.end)
    for direction in question.directions:
        groups, told = defaultdict(list), {}
        for visit in of_direction(gathered, direction):
            if visit.certainty(period):
                for group, words in groups_of(visit).items():
                    groups[group].append(visit)
                    told[group] = words
        found = [(*told[group], three(visits, named, period)) for group, visits in groups.items()]
        for labels, address, counts in in_order(found):
            rows.append([TITLES[direction], *labels, *count_cells(counts, address)])
        rows += total(direction, len(columns), gathered, named, question) if found else []
    return make_table(
        key,
        title,
        (Column("direction", _("Direction")), *columns, *COUNTS),
        rows,
        notes=(note,) if note else (),
        as_of=question.end,
        empty=_("No delegation is recorded in this period."),
    )


def in_order(found):
    """The most first, what is not recorded last; the places of a country after it."""
    ranked = sorted(found, key=order)
    seen = {str(labels[0]): place for place, (labels, *_rest) in reversed(list(enumerate(ranked)))}
    return sorted(ranked, key=lambda row: seen[str(row[0][0])])


def order(row):
    labels, _address, (delegations, *_rest) = row
    parts = (delegations.certain, delegations.possible, delegations.undated)
    number = sum(part.number or 0 for part in parts if part)
    is_place = len(labels) > 1 and labels[1] is not WHOLE
    return not any(str(label) for label in labels), -number, is_place, [str(label) for label in labels]


def total(direction, width, gathered, named, question):
    counts = three(of_direction(gathered, direction), named, (question.begin, question.end))
    cells = count_cells(counts, partial(of_list, direction, question))
    return [[TITLES[direction], Total(_("Total")), *[""] * (width - 1), *cells]]


def link(visit, question, **changes):
    """The address of the list of delegations of the direction of `visit`, to be asked with further changes."""
    return partial(of_list, visit.direction, question, **changes)


def by_unit(gathered, named, question):
    def groups_of(visit):
        units = gathered.units(visit)
        rows = {pk: ((name,), link(visit, question, unit=pk)) for pk, name in units.items()}
        return rows or {None: (("",), link(visit, question, unit=NOT_TOLD))}

    column = Column("unit", _("Sent out by, received by"))
    return statistic("by-unit", _("By unit"), (column,), gathered, named, question, groups_of, SEVERAL)


def by_place(gathered, named, question):
    """A row for each country, and one for each of its places."""

    def groups_of(visit):
        found = {
            key: ((country, place or WHOLE), link(visit, question, there=key))
            for key, (country, place) in gathered.rows_of_places(visit, question.present).items()
        }
        return found or {None: (("", ""), link(visit, question, country=NOT_TOLD))}

    columns = (Column("country", _("Country")), Column("place", _("Place")))
    title = _("By country and place")
    return statistic("by-place", title, columns, gathered, named, question, groups_of, SEVERAL)


def by_purpose(gathered, named, question):
    """The purposes in the words of the record, the most frequent by themselves."""
    alone = gathered.often((question.begin, question.end), MOST)

    def groups_of(visit):
        purpose = visit.told.purpose
        if purpose and visit.said not in alone:
            return {None: ((_("other purposes"),), link(visit, question, purpose=OTHERS))}
        return {purpose: ((shortened(purpose),), link(visit, question, purpose=purpose or NO_PURPOSE))}

    column = Column("purpose", _("Purpose"))
    return statistic("by-purpose", _("By purpose"), (column,), gathered, named, question, groups_of)


def by_funding(gathered, named, question):
    def groups_of(visit):
        funding = visit.told.funding
        words = Funding(funding).label if funding else ""
        return {funding: ((words,), link(visit, question, funding=funding or NOT_TOLD))}

    column = Column("funding", _("Paid from"))
    return statistic("by-funding", _("By source of money"), (column,), gathered, named, question, groups_of)


# Online ------------------------------------------------------------------------------------------
ONLINE = (
    Column("code", _("Code")),
    Column("kind", _("Kind")),
    Column("held", _("Held on")),
    Column("who", _("Taking part")),
    Column("results", _("Contents and results")),
    Column("number", _("Number of meetings"), "number"),
    Column("certainty", _("In the period")),
    REVIEW,
)


UNDATED_ONLINE = "undated-online"


def online_tables(question):
    """Online meetings of the period, apart from delegations, and those that no source dates (two queries)."""
    period, rows, undated = (question.begin, question.end), [], []
    there = question.online.filter(Q(held_first__isnull=True) | Q(held_first__lte=question.end))
    there = there.filter(Q(held_last__isnull=True) | Q(held_last__gte=question.begin)).order_by(
        "held_first", "pk"
    )
    columns = ("pk", "code", "kind", "held", "held_first", "held_last", "results", "number", "review_state")
    taking_part, asked = participants(there), question.value("certainty")
    for pk, *row, first, last, results, number, state in there.values_list(*columns):
        sort = dates.relation(first, last, *period)
        if asked in (None, "", sort):
            told = online_row(pk, row, taking_part[pk], results, number, sort, state)
            (undated if sort == "undated" else rows).append(told)
    options = {"as_of": question.end, "empty": _("No online meeting is recorded in this period.")}
    return (
        make_table("online", _("Online meetings"), ONLINE, rows, **options),
        make_table(UNDATED_ONLINE, _("Online meetings, date not known"), ONLINE, undated, **options),
    )


def online_row(pk, told, taking_part, results, number, sort, state):
    code, kind, held = told
    return [
        Cell(code, record("meeting", pk)),
        Meeting.Kind(kind).label,
        Moment(held),
        tuple(taking_part),
        shortened(results),
        Count(number),
        Marked(sort, IN_PERIOD[sort], sort == "possible"),
        mark(state, verified=False),
    ]


def participants(meetings):
    """{meeting id: [names]} of the bodies and people at them."""
    rows = MeetingRole.objects.filter(meeting__in=meetings.order_by().values("pk")).exclude(role="mentioned")
    columns = ("meeting_id", "title", "person__name", "as_printed", "body__name")
    found = defaultdict(list)
    for meeting, title, person, printed, body in rows.order_by("rank", "id").values_list(*columns):
        who = " ".join(filter(None, [title, person])) or printed or body
        if who not in found[meeting]:
            found[meeting].append(who)
    return found
