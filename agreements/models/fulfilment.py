"""When a commitment is fulfilled or late (hoàn thành, quá hạn): one rule for tiles, lists and reports."""

from datetime import date
from decimal import Decimal
from functools import reduce
from operator import add

from django.db.models import (
    BigIntegerField,
    Case,
    DateField,
    DecimalField,
    Exists,
    F,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Round
from django.db.models.lookups import Exact, GreaterThanOrEqual, LessThanOrEqual

BINDING = ("signed", "agreed", "announced", "task")
"""Strengths that can be late: nobody has undertaken what is proposed or wished."""
NEVER_LATE = ("standing",)
"""Kinds without a measure."""
RESULTS = []
"""Functions of a day, each giving rows with `commitment`, `quantity`, `first`, `last`, `by`, `counterpart`."""
NOBODY = Value(0, output_field=BigIntegerField())


def counts_toward_targets(rows_of):
    """Register `rows_of(on)`: what its rows say by the day `on` counts toward targets.

    The floor above brings its own rows so, because this one knows nothing of visits and deliveries.
    """
    RESULTS.append(rows_of)
    return rows_of


@counts_toward_targets
def progress_results(on):
    """Quantities told by progress reports that no later report by then corrects."""
    from agreements.models.progress import Progress

    rows = Progress.objects.counting(on).filter(quantity__isnull=False)
    return rows.annotate(first=F("on_first"), last=F("on_last"), by=F("obligor_id"))


def reached(rows):
    """Σ quantity of `rows` for the target of the outer query; NULL when none has a number.

    Their dates lie in the target's period; a target for one obligor or counterpart counts what names it.
    """
    first, last = Value(date.min, output_field=DateField()), Value(date.max, output_field=DateField())
    within = rows.filter(
        GreaterThanOrEqual(Coalesce("first", first), Coalesce(OuterRef("period_first"), first)),
        LessThanOrEqual(Coalesce("last", last), Coalesce(OuterRef("period_last"), last)),
        named("obligor_id", "by"),
        named("counterpart_id", "counterpart_id"),
        commitment=OuterRef("commitment"),
    )
    return Subquery(within.order_by().values("commitment").annotate(sum=Sum("quantity")).values("sum"))


def named(asked, told):
    """Whether the target names nobody in `asked`, or the very body that the row names in `told`."""
    return Exact(Coalesce(OuterRef(asked), told, NOBODY), Coalesce(told, NOBODY))


def is_met(on):
    """Whether every target that decides is reached by the day `on`; for a query over commitments.

    A split of a whole target is no second target: it decides only where there is no whole one.
    """
    from agreements.models.commitment import Target

    sums = {f"reached_{place}": reached(rows_of(on)) for place, rows_of in enumerate(RESULTS)}
    targets = Target.objects.order_by().filter(commitment=OuterRef("pk"))
    whole = Q(obligor__isnull=True, counterpart__isnull=True)
    wholes = Target.objects.order_by().filter(whole, commitment=OuterRef("commitment"))
    silent = Q(**{f"{name}__isnull": True for name in sums})
    short = Q(minimum__isnull=True) | silent | Q(reached__lt=F("minimum"))
    unmet = targets.annotate(**sums).annotate(reached=together(sums)).filter(short, whole | ~Exists(wholes))
    return truth(Exists(targets) & ~Exists(unmet))


def together(names):
    """The sum of columns, the empty ones as nothing.

    Rounded, because SQLite adds decimals as binary numbers, and 0.7 + 0.1 must reach 0.8.
    """
    decimal = DecimalField(max_digits=18, decimal_places=2)
    parts = [Coalesce(F(name), Value(Decimal(0)), output_field=decimal) for name in names]
    return Round(reduce(add, parts), precision=2, output_field=decimal)


def truth(condition):
    return Case(When(condition, then=Value(True)), default=Value(False))


def is_late(on):
    """Whether it is overdue on the day `on`: undertaken, measurable, past its last day, neither closed nor paused.

    For a query annotated with `closed` and `assessment_on`.
    """
    due = Q(strength__in=BINDING, period_last__lt=on, closed=False)
    return truth(due & ~Q(kind__in=NEVER_LATE) & ~Q(assessment_on="paused"))
