"""Commitments one by one with what of each target is reached (Phụ lục 4). Columns: docs/reports.md."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements import dates, numbers
from agreements.models import Commitment, Progress
from agreements.models.standing import Health
from tracker.progress.sentences import whose
from tracker.reports.addresses import record, sheet_of
from tracker.reports.asking import left_out
from tracker.reports.pieces import address
from tracker.reports.promises import set_among, state, with_standing
from tracker.reports.table import Amount, Cell, Column, Labelled, Moment, Stack, make_table
from tracker.reports.taking_part import parts_taken

COLUMNS = (
    Column("number", _("No."), "number"),
    Column("agreement", _("Agreement")),
    Column("text", _("Commitment")),
    Column("obligors", _("Obligors")),
    Column("kind", _("Kind")),
    Column("target", _("Target"), "number"),
    Column("unit", _("Unit")),
    Column("period", _("Period, deadline")),
    Column("reached", _("Done (cumulative)"), "number"),
    Column("claimed", _("Of which not verified"), "number"),
    Column("percent", _("Rate (%)"), "number"),
    Column("assessment", _("Assessment")),
    Column("reason", _("Cause")),
    Column("state", _("State")),
    Column("health", _("Deadline")),
    Column("why", _("Why")),
    Column("lead", _("Lead unit")),
    Column("cooperating", _("Cooperating units")),
)
STACKS = (
    Stack("text", _("Commitment"), (("text", ""),), number="number"),
    Stack("agreement", _("Agreement"), (("agreement", ""), ("kind", _("kind")))),
    Stack("obligors", _("Obligors"), (("obligors", ""),)),
    Stack(
        "results",
        _("Target and what is done"),
        (
            ("target", _("target")),
            ("unit", _("unit")),
            ("reached", _("reached")),
            ("claimed", _("not verified")),
            ("percent", "%"),
        ),
    ),
    Stack("period", _("Period, deadline"), (("period", ""),)),
    Stack(
        "state",
        _("State"),
        (("state", ""), ("health", ""), ("assessment", _("assessed")), ("reason", _("cause"))),
    ),
    Stack("why", _("Why"), (("why", ""),)),
    Stack("units", _("Units"), (("lead", _("lead unit")), ("cooperating", _("cooperating")))),
)
NOTE = _("Rate: done of the least wanted, over 100 as it is; —: not measured, or no figure is known.")


class Since(NamedTuple):
    """Asks what was done from the day `begin` on; `judge(queryset)`: the figures on the day before (engine.judged)."""

    begin: date
    judge: Callable


def rows_table(rows, on, order, most, all_of_them, since=None):
    """The Table of the queryset `rows` (with `of_all`, their number); `most` of them, or all (three queries).

    With `since` (a Since) what was done in the period stands beside all that is done (one query more).
    """
    rows = rows.select_related("agreement")
    found = listed(rows, on, order, most)
    parts = parts_taken({"commitment": [row.pk for row in found]})
    every = found[0].of_all if found else 0
    made = [told(place, row, parts, on) for place, row in enumerate(found, 1)]
    columns, stacks, notes = COLUMNS, STACKS, [NOTE]
    if since:
        columns, stacks = with_period(COLUMNS), STACKS_OF_PERIOD
        notes += [NOTE_OF_PERIOD, *set_among(found)]
        add_period(made, found, since)
    return make_table(
        "commitments",
        _("Commitments one by one (%(count)s)") % {"count": numbers.display(every) or "0"},
        columns,
        made,
        notes=(*notes, *left_out(len(found), every, all_of_them)),
        as_of=on,
        empty=_("No commitment fits. Choose other filters."),
        stacks=stacks,
    )


# In the period -----------------------------------------------------------------------------------
PERIOD = Column("period_done", _("Done in the period"), "number")
PLACE = [column.key for column in COLUMNS].index("reached")
STACKS_OF_PERIOD = tuple(
    replace(one, parts=(*one.parts[:2], (PERIOD.key, _("in the period")), *one.parts[2:]))
    if one.key == "results"
    else one
    for one in STACKS
)
NOTE_OF_PERIOD = _(
    "Done in the period: what was added to the figure of each target between its first and its last day; “about” where"
    " figures without an exact day may be older."
)


def with_period(columns):
    return (*columns[:PLACE], PERIOD, *columns[PLACE:])


def add_period(made, found, since):
    """What was done in the period, into the rows `made` of the commitments `found`."""
    chosen = Commitment.objects.filter(pk__in=[row.pk for row in found])
    older = {
        one.target: one for _stands, figures in since.judge(chosen).values() for one in figures
    }  # by target
    for cells, row in zip(made, found, strict=True):
        news = row.stands.standing.news
        told_since = news is not None and news >= since.begin
        told = figures(row.stands.figures, lambda one, new=told_since: added(one, older, new))
        cells.insert(PLACE, Cell(told, cells[PLACE].link))


def added(figure, older, told_since):
    """How much more of a target is reached than on the day before the period; no figure where nothing was told."""
    before = older[figure.target]
    more = (figure.reached or 0) - (before.reached or 0)
    if figure.reached is None or (not more and not told_since):
        return gettext("no figure yet")
    unsure = (before.possible or 0) > (before.reached or 0)
    return Amount(Decimal(more), "", "about") if unsure else more


def listed(rows, on, order, most):
    """The first `most` of `rows` in this order, or all, with how they stand; judged only so many."""
    if most is None:
        return with_standing(rows, on, *order)
    first = list(rows.order_by(*order).values_list("pk", "of_all")[:most])
    kept = dict(first)
    found = with_standing(
        Commitment.objects.filter(pk__in=list(kept)).select_related("agreement"), on, *order
    )
    for row in found:
        row.of_all = kept[row.pk]
    return found


def told(place, row, parts, on):
    """The cells of a commitment with how it `stands`."""
    stands = row.stands
    text = f"{row.article}: {row.text}" if row.article else row.text
    agreement = Cell(row.agreement.title, sheet_of(row.agreement.pk, on)) if row.agreement_id else None
    page, pieces = record("commitment", row.pk), address(row.pk, on)
    said = stands.standing.assessment
    return [
        place,
        agreement,
        Cell(text, page),
        names(parts, row, "obligor", "proposer"),
        row.get_kind_display(),
        Cell(figures(stands.figures, wanted), f"{page}#targets-group"),
        str(row.unit) if row.unit else None,
        Moment(row.period),
        Cell(figures(stands.figures, reached), pieces),
        Cell(figures(stands.figures, claimed), pieces),
        Cell(figures(stands.figures, percent), pieces),
        said and Progress.Assessment(said).label,
        stands.standing.reason,
        state(stands),
        Cell(stands.health and stands.health.label, late=stands.health == Health.OVERDUE),
        stands.why,
        names(parts, row, "lead"),
        names(parts, row, "cooperating"),
    ]


def names(parts, row, *roles):
    """The bodies in these roles, each once: two people may speak for one."""
    return ", ".join(dict.fromkeys(part.name for part in parts.of("commitment", row.pk, *roles)))


def figures(found, value):
    """What `value` tells of each target; of several under the period and party that each is of."""
    if len(found) == 1:
        return value(found[0])
    labels = [" ".join(filter(None, [dates.display(one.period), whose(one)])) for one in found]
    known = zip(labels, [value(one) for one in found], strict=True)
    return tuple(Labelled(label, one) for label, one in known) or None


def wanted(figure):
    """4, “8–10”, “≤ 5”."""
    least, most = figure.minimum, figure.most
    if least is None:
        return f"≤ {numbers.display(most)}"
    return least if least == most else f"{numbers.display(least)}–{numbers.display(most)}"


def reached(figure):
    return gettext("no figure yet") if figure.reached is None else figure.reached


def claimed(figure):
    """How much of what is done nobody has verified; None without a figure."""
    return None if figure.reached is None else figure.reached - (figure.checked or 0)


def percent(figure):
    """How much of the least wanted is done; None where a figure is missing.

    Within a range (9 of 8–10) it is said to be met: a rate over 100 would read as more than was wanted.
    """
    if figure.reached is None or not figure.minimum:
        return None
    if figure.most and figure.minimum < figure.most and figure.minimum <= figure.reached <= figure.most:
        return _("met (%(least)s–%(most)s)") % {
            "least": numbers.display(figure.minimum),
            "most": numbers.display(figure.most),
        }
    return (100 * figure.reached / figure.minimum).quantize(Decimal("0.1"), ROUND_HALF_UP).normalize() + 0
