"""One query that judges commitments on a day: the parts of facts.py, and over them standing.sql.

Whatever the number of commitments it is one statement; what it counts can be grouped by any column of theirs.
"""

from collections import defaultdict, namedtuple
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models.expressions import RawSQL

from agreements.models.standing import decides
from tracker.progress import facts

COLUMNS = (
    "id", "agreement", "kind", "strength", "first", "last", "made", "child_signed", "continued", "assessment",
    "reason", "uncertain", "targets", "met", "beyond", "begun", "missed", "next_due", "acts", "recent", "news",
    "claimed", "drafts", "state", "about", "due", "overridden", "health",
)  # fmt: skip
Standing = namedtuple("Standing", COLUMNS)
"""A commitment as it stands on a day.

`targets`, `met`, `beyond`, `begun`: how many decide, are reached, are passed, have any figure; `missed`,
`next_due`: the first unmet last day before and from the day on; `acts`: what tells of work, `recent` of it
within the window; `news`: the latest day of anything told; `claimed`, `drafts`: facts not verified, not
approved; `about`: the answer is uncertain because dates are; `overridden`: an officer set the state.
"""


DATES = ("first", "last", "made", "missed", "next_due", "news", "due")
PARTS = {
    "base": "id, agreement, kind, strength, first, last, made, child_signed, continued",
    "facts": "commitment, quantity, first, last, obligor, counterpart, active, checked, approved, counts",
    "targets": "id, commitment, minimum, maximum, first, last, due, obligor, counterpart, whole",
    "said": "commitment, assessment, reason, said_on, uncertain, place",
    "overrides": "commitment, state, place",
}


@cache
def rules():
    return (Path(__file__).parent / "standing.sql").read_text("utf-8")


def statement(on, chosen, select):
    """(sql, params): `select` over the common tables for the commitments of the queryset `chosen`."""
    among = chosen.order_by().values("pk")
    parts = {
        "base": facts.commitments(on, chosen),
        "facts": facts.facts(on, among),
        "targets": facts.targets(among),
        "said": facts.said(on, among),
        "overrides": facts.overrides(on, among),
    }
    sql, params = days(on)
    written = [f"asked (on_day, soon_day, stale_day, window_day) AS ({sql})"]
    for name, queryset in parts.items():
        sql, own = queryset.query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
        written.append(f"{name} ({PARTS[name]}) AS ({sql})")
        params += own
    return "WITH " + ",\n".join([*written, rules()]) + "\n" + select, params


def days(on):
    """The days that the rules compare with: the day asked, the ends of “soon” and “stale”, the window."""
    asked = [
        on,
        on + timedelta(days=settings.DUE_SOON_DAYS),
        on - timedelta(days=settings.STALE_DAYS),
        on - timedelta(days=settings.STANDING_WINDOW_DAYS),
    ]
    connection = connections[DEFAULT_DB_ALIAS]
    mark = "%s::date" if connection.vendor == "postgresql" else "%s"
    return f"SELECT {', '.join([mark] * 4)}", [connection.ops.adapt_datefield_value(day) for day in asked]


def answered(on, chosen, select):
    """The rows that `select` gives over the common tables."""
    sql, params = statement(on, chosen, select)
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def standings(on, chosen):
    """[Standing] of the commitments of the queryset `chosen` as of the day `on`, in the order of their ids."""
    rows = answered(on, chosen, f"SELECT {', '.join(COLUMNS)} FROM standing ORDER BY id")
    return [typed(Standing._make(row)) for row in rows]


def typed(standing):
    """SQLite gives days as text."""
    found = {name: getattr(standing, name) for name in DATES}
    return standing._replace(
        **{name: date.fromisoformat(day) for name, day in found.items() if isinstance(day, str)}
    )


def tallies(on, chosen, *by):
    """{(value of each column `by`): {(state, health): how many}} over the commitments of `chosen`."""
    columns = ", ".join(by)
    select = f"SELECT {columns}, state, health, COUNT(*) FROM standing GROUP BY {columns}, state, health"
    found = defaultdict(dict)
    for *group, state, health, number in answered(on, chosen, select):
        found[tuple(group)][state, health] = number
    return found


@decides
def ids(on, chosen, **values):
    """The ids of those of `chosen` whose columns have the `values` (one, or a list of them), for `pk__in`."""
    conditions, wanted = [], []
    for column, value in values.items():
        some = [value] if isinstance(value, str | int) else list(value)
        conditions.append(f"{column} IN ({', '.join(['%s'] * len(some))})")
        wanted += some
    sql, params = statement(on, chosen, f"SELECT id FROM standing WHERE {' AND '.join(conditions)}")
    return RawSQL(sql, [*params, *wanted])
