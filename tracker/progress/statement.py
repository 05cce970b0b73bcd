"""The one statement that judges commitments on a day: the parts of facts.py, and over them standing.sql.

Whatever the number of commitments it is one statement; what it counts can be grouped by any column of theirs.
"""

from datetime import date, timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Q
from django.db.models.expressions import RawSQL

from agreements.scope import whole_register
from tracker.progress import facts

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
