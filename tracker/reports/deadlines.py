"""Deadlines: what ends, falls due, is late, without news or to be reported, as of a day and some days ahead.

Columns: docs/reports.md.
"""

from collections import Counter
from datetime import timedelta

import django_filters
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements import dates
from agreements.filters import (
    CommitmentFilter,
    fields_of,
    lead_units,
    offices_of,
    one_of,
)
from agreements.models import Agreement, Commitment, Organization, Term
from tracker.reports import deadline_agreements, deadline_duties, deadline_promises
from tracker.reports.asking import Choosing, again
from tracker.reports.charts import stacked
from tracker.reports.questions import CommitmentQuestion
from tracker.reports.reviewing import review_notes_alone
from tracker.reports.table import Cell, Column, make_table
from tracker.reports.taking_part import parts_taken

SLUG = "deadlines"
AHEAD = ("30", "90", "180")
USUAL = 90
COLUMNS = (
    Column("what", _("What to look at")),
    Column("count", _("How many"), "number"),
)
SORTS = (_("agreements that end"), _("commitments that fall due"), _("reports to give"))
"""Parts of the bars of the drawing."""
NOTES = (
    _("≈: the date is known only to its month or year; days are counted to its last day."),
    _("A commitment may be overdue with one target and fall due with another: it stands in both tables."),
)


def used_fields():
    both = Q(pk__in=fields_of(Agreement).values("pk")) | Q(pk__in=fields_of(Commitment).values("pk"))
    return Term.objects.filter(both)


def offices():
    both = Q(pk__in=offices_of(Agreement).values("pk")) | Q(pk__in=offices_of(Commitment).values("pk"))
    return Organization.objects.filter(both)


class DeadlineFilter(CommitmentFilter):
    """Partner, field, unit and office of agreements and commitments, and how many days ahead."""

    days = django_filters.ChoiceFilter(
        label=_("Days ahead"), choices=[(days, days) for days in AHEAD], method="later", empty_label=None
    )
    field = one_of(_("Field"), used_fields, "in_field")
    unit = one_of(_("Lead or focal unit"), lead_units, "led_by")
    office = one_of(_("Office"), offices)

    def later(self, queryset, name, value):
        return queryset


class DeadlineQuestion(Choosing, CommitmentQuestion):
    """What has a date: as of a day, and so many days ahead."""

    filters = DeadlineFilter
    shared = ("days", "place", "partner", "named", "field", "unit", "office")

    def __init__(self, asked, today, **options):
        given = {name: asked.get(name) for name in asked} | {"days": asked.get("days") or str(USUAL)}
        super().__init__(given, today, **options)

    @property
    def until(self):
        """The last day that is looked at."""
        return self.on + timedelta(days=int(self.value("days") or USUAL))

    @property
    def agreements(self):
        """The agreements that the same filters choose, whatever is promised in them."""
        rows = Agreement.objects.counted()
        for name in ("place", "partner"):
            if places := self.places(name):
                rows = rows.signed_by(places)
        if field := self.value("field"):
            rows = rows.in_field(field)
        if unit := self.value("unit"):
            rows = rows.led_by(unit)
        if office := self.value("office"):
            rows = rows.filter(office=office)
        return rows

    def address(self, **changes):
        return again(SLUG, self.asked, **{"on": self.on.isoformat(), **changes})


def deadlines(asked):
    """The Table of a DeadlineQuestion: how many of each sort, and below it the rows. Nine queries at most."""
    papers = deadline_agreements.found(asked)
    promises = deadline_promises.found(asked)
    duties = deadline_duties.found(asked)
    parts = parts_taken(
        {
            "agreement": [row.pk for some in papers.values() for row in some]
            + [one.pk for one in duties if one.kind == "agreement"],
            "commitment": [row.pk for row in promises],
            "delegation": [one.pk for one in duties if one.kind == "delegation"],
        }
    )
    below = (
        *deadline_agreements.tables(papers, parts, asked),
        *deadline_promises.tables(promises, parts, asked),
        deadline_duties.table(duties, parts, asked),
    )
    return make_table(
        SLUG,
        _("Deadlines"),
        COLUMNS,
        [
            [Cell(table.title, f"#{table.key}"), Cell(number, f"#{table.key}" if number else "")]
            for table, number in below
        ],
        notes=(words_ahead(asked), *NOTES, *review_notes_alone(asked, deadline_duties.recorded(asked))),
        as_of=asked.on,
        conditions=asked.conditions,
        below=tuple(table for table, _number in below),
        charts=by_month(asked, papers, promises, duties),
    )


def numbers(asked):
    """{key of a table: how many rows it has}, whatever a page shows of them (six queries)."""
    papers = deadline_agreements.found(asked)
    return {
        **{key: rows[0].of_all if rows else 0 for key, rows in papers.items()},
        **{key: len(rows) for key, rows in deadline_promises.days_of(asked).items()},
        deadline_duties.KEY: len(deadline_duties.found(asked)),
    }


def by_month(asked, papers, promises, duties):
    """The drawing: what falls on each month from the day asked to the last one, whatever a page leaves out."""
    ahead = (
        deadline_agreements.days_of_end(asked, papers["ending"]),
        promises.days_due,
        Counter(one.due for one in duties if one.due >= asked.on),
    )
    first, last = (12 * day.year + day.month - 1 for day in (asked.on, asked.until))
    groups = []
    for month in range(first, last + 1):
        year, place = divmod(month, 12)
        numbers = [
            sum(number for day, number in days.items() if (day.year, day.month) == (year, place + 1))
            for days in ahead
        ]
        groups.append((f"{place + 1}/{year}", numbers))
    return stacked(_("Deadlines ahead by month"), SORTS, groups)


def words_ahead(asked):
    days = {"begin": asked.on, "end": asked.until}
    return gettext("Ahead: from %(begin)s to %(end)s, both included.") % {
        name: dates.display(day.isoformat()) for name, day in days.items()
    }
