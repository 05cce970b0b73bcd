"""Commitments that fall due in the days ahead, are overdue, or of which nothing was told for long."""

from datetime import date

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements.models import Commitment
from agreements.models.standing import BINDING, CLOSED, State
from tracker.progress.engine import statement
from tracker.progress.remembered import remembered
from tracker.reports.agreement_status import sheet_of
from tracker.reports.asking import left_out
from tracker.reports.progress_rows import names
from tracker.reports.promises import state, with_standing
from tracker.reports.table import Cell, Column, Days, make_table

DUE = (
    Column("text", _("Commitment")),
    Column("agreement", _("Agreement")),
    Column("obligors", _("Obligors")),
    Column("day", _("Due on")),
    Column("days", _("Days left"), "number"),
    Column("state", _("State")),
    Column("why", _("Why")),
    Column("unit", _("Lead unit")),
    Column("office", _("Office")),
)


def columns(day, days):
    """DUE with other words over the day and the number of days."""
    words = {"day": Column("day", day), "days": Column("days", days, "number")}
    return tuple(words.get(one.key, one) for one in DUE)


TABLES = {
    "due": (_("Commitments and targets that fall due in the days ahead"), DUE),
    "overdue": (_("Overdue commitments"), columns(_("Due on"), _("Days over"))),
    "stale": (_("Commitments without news"), columns(_("Last news, else made on"), _("Days without news"))),
}
OVER = ", ".join(f"'{state}'" for state in (*CLOSED, State.PAUSED))
STRONG = ", ".join(f"'{strength}'" for strength in BINDING)
AHEAD = "CASE WHEN targets > 0 THEN next_due ELSE due END"
SELECT = f""",
lists (list) AS (SELECT 'due' UNION ALL SELECT 'overdue' UNION ALL SELECT 'stale'),
watched (list, id, day) AS (
    SELECT list, id, CASE list WHEN 'due' THEN {AHEAD} WHEN 'overdue' THEN due ELSE COALESCE(news, made) END
    FROM standing, asked, lists
    WHERE list = health OR list = 'due'
        AND state NOT IN ({OVER}) AND strength IN ({STRONG}) AND {AHEAD} BETWEEN on_day AND %s
),
placed AS (
    SELECT list, id, day, COUNT(*) OVER (PARTITION BY list) AS of_all,
        COUNT(*) OVER (PARTITION BY list, day) AS of_day,
        ROW_NUMBER() OVER (PARTITION BY list ORDER BY day, id) AS place,
        ROW_NUMBER() OVER (PARTITION BY list, day ORDER BY id) AS place_of_day
    FROM watched
)
SELECT list, id, day, of_all, of_day, place FROM placed WHERE place <= %s OR list = 'due' AND place_of_day = 1"""
"""Of each table the most urgent with their day, and how many there are; one of each day on which some fall due.

Further common tables of the engine; they are mentioned once, see standing.sql.
"""
EVERY = 10**9


def found(asked):
    """The commitments of the three tables, as `dates` {table: day} each has (three queries)."""
    sql, params = statement(asked.on, asked.rows, SELECT)
    until, most = connection.ops.adapt_datefield_value(asked.until), asked.most or EVERY
    wanted, counts, days_due = {key: {} for key in TABLES}, dict.fromkeys(TABLES, 0), {}
    for key, pk, moment, of_all, of_day, place in remembered(sql, [*params, until, most]):
        counts[key] = of_all
        if place <= most:
            wanted[key][pk] = day(moment)
        if key == "due":
            days_due[day(moment)] = of_day
    chosen = Commitment.objects.filter(pk__in=set().union(*wanted.values()))
    rows = with_standing(chosen.select_related("agreement", "office"), asked.on, "code", "pk")
    for row in rows:
        row.dates = {key: some[row.pk] for key, some in wanted.items() if row.pk in some}
    return Found(rows, counts, days_due)


class Found(list):
    """Rows; `counts`: {table: how many there are in all}; `days_due`: {day ahead: how many fall due on it}."""

    def __init__(self, rows, counts, days_due):
        super().__init__(rows)
        self.counts, self.days_due = counts, days_due


def day(value):
    """SQLite gives days as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def tables(rows, parts, asked):
    """((Table, how many), …) of those due, overdue and without news."""
    for key, (title, heads) in TABLES.items():
        some = sorted((row for row in rows if key in row.dates), key=lambda row: (row.dates[key], row.pk))
        all_of_them = rows.counts[key]
        table = make_table(
            key,
            title,
            heads,
            [told(row, key, parts, asked.on) for row in some],
            notes=tuple(left_out(len(some), all_of_them, f"{asked.address(all=1)}#{key}")),
            as_of=asked.on,
            empty=_("None."),
        )
        yield table, all_of_them


def told(row, key, parts, on):
    stands = row.stands
    moment = row.dates[key]
    agreement = Cell(row.agreement.title, sheet_of(row.agreement, on)) if row.agreement_id else None
    return [
        Cell(row.text, reverse("admin:agreements_commitment_change", args=[row.pk])),
        agreement,
        names(parts, row, "obligor"),
        moment,
        Cell(Days(abs((on - moment).days)), late=key == "overdue"),
        state(stands),
        stands.why,
        names(parts, row, "lead"),
        row.office.name,
    ]
