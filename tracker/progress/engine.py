"""One query that judges commitments on a day: the parts of facts.py, and over them standing.sql.

Whatever the number of commitments it is one statement; what it counts can be grouped by any column of theirs.
"""

from collections import namedtuple
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Q
from django.db.models.expressions import RawSQL

from agreements.models.standing import decides
from agreements.scope import whole_register
from tracker.progress import facts
from tracker.progress.remembered import remembered

COLUMNS = (
    "id", "agreement", "kind", "strength", "first", "last", "made", "child_signed", "continued", "assessment",
    "said_on", "reason", "uncertain", "set_reason", "set_until", "set_by", "targets", "met", "beyond", "begun",
    "missed", "next_due", "acts", "recent", "news", "news_text", "claimed", "drafts", "outside", "outside_days",
    "outside_text", "state", "about", "due", "overridden", "health",
)  # fmt: skip
Standing = namedtuple("Standing", COLUMNS)
"""A commitment as it stands on a day.

`targets`, `met`, `beyond`, `begun`: how many decide, are reached, are passed, have any figure; `missed`,
`next_due`: the first unmet last day before and from the day on; `acts`: what tells of work, `recent` of it
within the window; `news`: the latest day of anything told; `claimed`, `drafts`: facts not verified, not
approved; `outside`: what surely came and counts for no target, on `outside_days` days, the last of them
"last day|EDTF" `outside_text`; `about`: the answer is uncertain because dates are; `overridden`: an officer set
the state, `set_by` (None: a file or command did).
"""


Tally = namedtuple(
    "Tally", "agreement strength kind state health child number dated news_text claimed drafts overridden"
)
"""`number` commitments that stand alike; `child`: the id of one that promises to sign a paper, which stands alone;
`dated`: one of them can be late; `news_text`: "last day|EDTF"; `overridden`: of how many an officer set the state.
"""
DATES = ("first", "last", "made", "missed", "next_due", "news", "due", "set_until")
Figure = namedtuple(
    "Figure",
    "target commitment minimum most period first last due by_whom with_whom whole decides reached possible checked "
    "delivered",
)
"""What of a target is reached by the day: `reached` surely, `possible` at most, `checked` of that verified.

Quantities are Decimal or None (no figure); `delivered`: 1 where deliveries alone brought what is reached.
"""
BASE = "id, agreement, kind, strength, first, last, made, child_signed"
PARTS = {
    "carried": "commitment, code",
    "facts": "commitment, id, quantity, held, first, last, obligor, counterpart, source, event, whole, line, most, "
    "active, checked, approved, counts",
    "parties": "commitment, source, event, side, party, rank",
    "bound": "commitment, side, party",
    "targets": "id, commitment, minimum, maximum, period, first, last, due, obligor, counterpart, by_whom, with_whom, "
    "whole, decides",
    "said": "commitment, assessment, reason, said_on, uncertain, place, sure_place",
    "overrides": "commitment, state, reason, until, officer, place",
}


@cache
def rules():
    return (Path(__file__).parent / "standing.sql").read_text("utf-8")


def statement(on, chosen, select, by_counterpart=False):
    """(sql, params): `select` over the common tables for the commitments of the queryset `chosen`.

    `by_counterpart`: the targets are their counterparts.

    Whoever may read a commitment is told the same of it, also where they may not read what performed it.
    """
    among, base, own = among_and_base(on, chosen)
    stands_for = {AMONG: among[1], day_in_sql(SOME_DAY): [day_in_sql(on)]}
    sql, params = days(on)
    written = [f"asked (on_day, soon_day, stale_day, window_day) AS ({sql})", f"base ({BASE}) AS ({base})"]
    params += own
    for name, (sql, own) in parts(by_counterpart, settings.REVIEW_REQUIRED).items():
        written.append(f"{name} ({PARTS[name]}) AS ({sql.replace(AMONG, among[0])})")
        for one in own:
            params += stands_for.get(one, [one])
    return "WITH " + ",\n".join([*written, rules()]) + "\n" + select, params


def among_and_base(on, chosen):
    """(sql, params) of the ids of `chosen`; the SQL and the params of what is known of these commitments themselves."""
    among = compiled(chosen.order_by().values("pk"))
    with whole_register():
        return among, *compiled(facts.commitments(on, chosen))


AMONG, SOME_DAY = "SELECT /* among */", date(1, 1, 1)
"""In `parts`: the query of the commitments that are asked for (and its parameters), and the day.

The query itself and not a common table: PostgreSQL knows how many rows a table has, and takes a common one for short.
"""


@cache
def parts(by_counterpart, _review_required):
    """{name: (sql, params)} of what is known by a day of commitments, whatever the day and whichever commitments.

    Django takes some 30 ms to write these queries, ten times as long as a small register takes to answer them, so
    they are written once: they depend on nothing else. `_review_required` is what they read in the settings.
    """
    among, on = RawSQL(AMONG, [AMONG]), SOME_DAY
    with whole_register():
        asked = Q() if by_counterpart else facts.split()
        known = {
            "carried": facts.carried(on, among),
            "facts": facts.facts(on, among),
            "parties": facts.parties(on, among, asked),
            "bound": facts.bound(among, asked),
            "targets": facts.counterparts(among) if by_counterpart else facts.targets(among),
            "said": facts.said(on, among),
            "overrides": facts.overrides(on, among),
        }
        return {name: compiled(queryset) for name, queryset in known.items()}


def compiled(queryset):
    """(sql, params) of a queryset; also of one that can have no row."""
    return queryset.query.get_compiler(DEFAULT_DB_ALIAS, elide_empty=False).as_sql()


def days(on):
    """The days that the rules compare with: the day asked, the ends of “soon” and “stale”, the window."""
    asked = [
        on,
        on + timedelta(days=settings.DUE_SOON_DAYS),
        on - timedelta(days=settings.STALE_DAYS),
        on - timedelta(days=settings.STANDING_WINDOW_DAYS),
    ]
    mark = "%s::date" if connections[DEFAULT_DB_ALIAS].vendor == "postgresql" else "%s"
    return f"SELECT {', '.join([mark] * 4)}", [day_in_sql(day) for day in asked]


def day_in_sql(day):
    return connections[DEFAULT_DB_ALIAS].ops.adapt_datefield_value(day)


def answered(on, chosen, select, by_counterpart=False):
    """The rows that `select` gives over the common tables; none where nothing can be chosen (`pk__in=[]`)."""
    try:
        return remembered(*statement(on, chosen, select, by_counterpart))
    except EmptyResultSet:
        return []


@decides
def standings(on, chosen):
    """[Standing] of the commitments of the queryset `chosen` as of the day `on`, in the order of their ids."""
    rows = answered(on, chosen, f"SELECT {', '.join(COLUMNS)} FROM standing ORDER BY id")
    return [typed(Standing._make(row)) for row in rows]


def judged(on, chosen):
    """{commitment id: (Standing, [Figure])} of the commitments of `chosen`, targets in the order of their periods."""
    columns = [f"standing.{name}" for name in COLUMNS] + [f"figures.{name}" for name in Figure._fields]
    select = (
        f"SELECT {', '.join(columns)} FROM standing LEFT JOIN figures ON figures.commitment = standing.id"
    )
    found = {}
    for row in answered(on, chosen, f"{select} ORDER BY standing.id, figures.first, figures.target"):
        stands = Standing._make(row[: len(COLUMNS)])
        _standing, figures = found.setdefault(stands.id, (typed(stands), []))
        figure = Figure._make(row[len(COLUMNS) :])
        if figure.target is not None:
            numbers = {name: decimal(getattr(figure, name)) for name in QUANTITIES}
            figures.append(typed(figure._replace(**numbers), ("first", "last", "due")))
    return found


Share = namedtuple("Share", "party reached recent news_text")
"""What a counterpart of a commitment got: `reached` surely (None: no figure); `recent` activities that may lie within
the window; `news_text` of the last one: "last day|EDTF", None where none is known."""


def shares(on, chosen):
    """{commitment id: [Share]} of the commitments of `chosen` with several counterparts, in one query."""
    select = """SELECT g.commitment, g.with_whom, g.reached, SUM(CASE WHEN f.last IS NULL OR f.last >= asked.window_day
            THEN f.active ELSE 0 END),
        MAX(CASE WHEN f.active = 1 THEN CAST(CASE WHEN f.last <= asked.on_day THEN f.last ELSE f.first END AS TEXT)
            || '|' || f.held END)
        FROM asked, figures g LEFT JOIN matched m ON m.target = g.target
        LEFT JOIN facts f ON f.source = m.source AND f.id = m.id
        GROUP BY g.target, g.commitment, g.with_whom, g.reached ORDER BY g.commitment, g.target"""
    found = {}
    for commitment, party, reached, recent, news_text in answered(on, chosen, select, by_counterpart=True):
        found.setdefault(commitment, []).append(Share(party, decimal(reached), recent or 0, news_text))
    return {pk: parts for pk, parts in found.items() if len(parts) > 1}


QUANTITIES = ("minimum", "most", "reached", "possible", "checked")


def decimal(number):
    """A quantity as a Decimal: SQLite adds them as binary numbers."""
    return None if number is None else round(Decimal(str(number)), 2)


def typed(row, names=DATES):
    """SQLite gives days as text."""
    found = {name: getattr(row, name) for name in names}
    days = {name: date.fromisoformat(day) for name, day in found.items() if isinstance(day, str)}
    return row._replace(**days)


def tallies(on, chosen):
    """[Tally] of the commitments of `chosen`: how many of each agreement, strength and kind stand how."""
    columns = ", ".join(Tally._fields[:5])
    child = "CASE WHEN kind = 'child' THEN id END"
    select = (
        f"SELECT {columns}, {child}, COUNT(*), MAX(dated), MAX(news_text), SUM(claimed), SUM(drafts), SUM(overridden) "
        f"FROM standing GROUP BY {columns}, {child}"
    )
    return [Tally._make(row) for row in answered(on, chosen, select)]


@decides
def ids(on, chosen, **values):
    """The ids of those of `chosen` whose columns have the `values` (one, or a list of them), for `pk__in`."""
    conditions, wanted = ["TRUE"], []
    for column, value in values.items():
        some = [value] if isinstance(value, str | int) else list(value)
        if not some:
            return []
        conditions.append(f"{column} IN ({', '.join(['%s'] * len(some))})")
        wanted += some
    return selected(on, chosen, f"SELECT id FROM standing WHERE {' AND '.join(conditions)}", wanted)


MOST_IDS = 10_000
"""Ids that a statement may list; beyond them it holds the query itself."""


def selected(on, chosen, select, wanted=()):
    """The ids that `select` (with the parameters `wanted`) gives over the common tables, for `pk__in`.

    Within a transaction nothing is kept (remembered.py): there the query itself is the condition.
    """
    try:
        sql, params = statement(on, chosen, select)
    except EmptyResultSet:
        return []
    query = RawSQL(sql, [*params, *wanted])
    if connections[DEFAULT_DB_ALIAS].in_atomic_block:
        return query
    found = remembered(sql, [*params, *wanted])
    return query if len(found) > MOST_IDS else [row[0] for row in found]
