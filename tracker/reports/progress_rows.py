"""Commitments one by one with what of each target is reached (Phụ lục 4). Columns: docs/reports.md."""

from decimal import ROUND_HALF_UP, Decimal

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements import dates, numbers
from agreements.models import Commitment
from agreements.models.standing import Health
from tracker.progress.sentences import whose
from tracker.reports.agreement_status import sheet_of
from tracker.reports.asking import left_out
from tracker.reports.promises import with_standing
from tracker.reports.table import Cell, Column, Labelled, Marked, Moment, Stack, make_table
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
    Column("percent", _("Rate (%)"), "number"),
    Column("state", _("State")),
    Column("health", _("Deadline")),
    Column("why", _("Why")),
    Column("lead", _("Lead unit")),
    Column("cooperating", _("Cooperating units")),
)
STACKS = (
    Stack("text", _("Commitment"), (("number", _("No.")), ("text", ""))),
    Stack("agreement", _("Agreement"), (("agreement", ""), ("kind", _("kind")))),
    Stack("obligors", _("Obligors"), (("obligors", ""),)),
    Stack(
        "results",
        _("Target and what is done"),
        (("target", _("target")), ("unit", _("unit")), ("reached", _("reached")), ("percent", "%")),
    ),
    Stack("period", _("Period, deadline"), (("period", ""),)),
    Stack("state", _("State"), (("state", ""), ("health", ""))),
    Stack("why", _("Why"), (("why", ""),)),
    Stack("units", _("Units"), (("lead", _("lead unit")), ("cooperating", _("cooperating")))),
)
NOTE = _("Rate: done of the least wanted, over 100 as it is; —: not measured, or no figure is known.")


def rows_table(rows, on, order, most, all_of_them):
    """The Table of the queryset `rows` (with `of_all`, their number); `most` of them, or all (three queries)."""
    rows = rows.select_related("agreement")
    found = listed(rows, on, order, most)
    parts = parts_taken({"commitment": [row.pk for row in found]})
    every = found[0].of_all if found else 0
    return make_table(
        "commitments",
        _("Commitments one by one (%(count)s)") % {"count": numbers.display(every) or "0"},
        COLUMNS,
        [told(place, row, parts, on) for place, row in enumerate(found, 1)],
        notes=(NOTE, *left_out(len(found), every, all_of_them)),
        as_of=on,
        empty=_("No commitment fits. Choose other filters."),
        stacks=STACKS,
    )


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
    agreement = Cell(row.agreement.title, sheet_of(row.agreement, on)) if row.agreement_id else None
    return [
        place,
        agreement,
        Cell(text, reverse("admin:agreements_commitment_change", args=[row.pk])),
        names(parts, row, "obligor", "proposer"),
        row.get_kind_display(),
        figures(stands.figures, wanted),
        str(row.unit) if row.unit else None,
        Moment(row.period),
        figures(stands.figures, reached),
        figures(stands.figures, percent),
        Marked(stands.state.value, stands.state.label, bool(stands.standing.about)),
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


def percent(figure):
    """How much of the least wanted is done; None where a figure is missing."""
    if figure.reached is None or not figure.minimum:
        return None
    return (100 * figure.reached / figure.minimum).quantize(Decimal("0.1"), ROUND_HALF_UP).normalize() + 0
