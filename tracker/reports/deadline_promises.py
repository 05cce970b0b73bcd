"""Commitments that fall due in the days ahead, are overdue, or of which nothing was told for long."""

from collections import Counter

from django.utils.translation import gettext_lazy as _

from agreements.models import Commitment
from agreements.models.standing import BINDING, CLOSED, Health, State
from tracker.progress.engine import standings
from tracker.reports.addresses import record, sheet_of
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
EVERY = 10**9


def found(asked):
    """The commitments of the three tables, as `dates` {table: day} each has (four queries)."""
    most = asked.most or EVERY
    watched = days_of(asked)
    wanted = {
        key: dict(sorted(some, key=lambda one: (one[1], one[0]))[:most]) for key, some in watched.items()
    }
    chosen = Commitment.objects.filter(pk__in=set().union(*wanted.values()))
    rows = with_standing(chosen.select_related("agreement", "office"), asked.on, "code", "pk")
    for row in rows:
        row.dates = {key: some[row.pk] for key, some in wanted.items() if row.pk in some}
    counts = {key: len(some) for key, some in watched.items()}
    return Found(rows, counts, Counter(moment for _pk, moment in watched["due"]))


def days_of(asked):
    """{table: [(id, its day there)]} of the commitments asked for."""
    found = {key: [] for key in TABLES}
    for stands in standings(asked.on, asked.rows):
        if falls_due(stands, asked):
            found["due"].append((stands.id, ahead(stands)))
        if stands.health == Health.OVERDUE:
            found["overdue"].append((stands.id, stands.due))
        elif stands.health == Health.STALE:
            found["stale"].append((stands.id, stands.news or stands.made))
    return found


def falls_due(stands, asked):
    """Whether somebody has undertaken what is still open and has its next day in the days ahead."""
    if stands.state in (*CLOSED, State.PAUSED) or stands.strength not in BINDING:
        return False
    day = ahead(stands)
    return day is not None and asked.on <= day <= asked.until


def ahead(stands):
    """The next day on which a target, or what has none, falls due."""
    return stands.next_due if stands.targets else stands.due


class Found(list):
    """Rows; `counts`: {table: how many there are in all}; `days_due`: {day ahead: how many fall due on it}."""

    def __init__(self, rows, counts, days_due):
        super().__init__(rows)
        self.counts, self.days_due = counts, days_due


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
    agreement = Cell(row.agreement.title, sheet_of(row.agreement.pk, on)) if row.agreement_id else None
    return [
        Cell(row.text, record("commitment", row.pk)),
        agreement,
        names(parts, row, "obligor"),
        moment,
        Cell(Days(abs((on - moment).days)), late=key == "overdue"),
        state(stands),
        stands.why,
        names(parts, row, "lead"),
        row.office.name,
    ]
