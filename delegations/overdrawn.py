"""Deliveries whose links give commitments more than was brought: refused today, but older registers hold some."""

from collections import defaultdict

from django.db.models import Case, F, Max, OuterRef, Subquery, Sum, When

from agreements.models.record import counted
from delegations.models import Contribution, DeliveryLine
from delegations.rules import delivery_faults


def overdrawn(deliveries):
    """The ids of those of the queryset `deliveries` whose shares are more than they brought, as rules.py says.

    Three queries. Only those are read of which more is shared out than any one line holds.
    """
    chosen = {pk for (pk,) in suspects(deliveries)}
    lines, shares = defaultdict(list), defaultdict(list)
    for line in DeliveryLine.objects.filter(delivery__in=chosen).select_related("part_of"):
        lines[line.delivery_id].append(line)
    for share in of_counted(chosen).select_related("line", "commitment__unit"):
        shares[share.delivery_id].append(share)
    return [pk for pk in sorted(chosen) if delivery_faults(lines[pk], shares[pk])]


def of_counted(deliveries):
    """The links of deliveries to commitments that count, with a quantity."""
    rows = Contribution.objects.filter(counted("commitment__"), delivery__in=deliveries)
    return rows.filter(quantity__isnull=False, commitment__unit__isnull=False)


def suspects(deliveries):
    unit = OuterRef("commitment__unit")
    measure = Case(When(unit=unit, then="quantity"), When(currency=unit, then="amount"))
    lines = DeliveryLine.objects.filter(delivery=OuterRef("delivery")).order_by().values("delivery")
    rows = of_counted(deliveries.order_by().values("pk")).order_by()
    rows = rows.annotate(
        unit=F("commitment__unit"), largest=Subquery(lines.annotate(most=Max(measure)).values("most"))
    )
    rows = rows.values("delivery", "unit", "largest").annotate(total=Sum("quantity"))
    return rows.filter(total__gt=F("largest")).values_list("delivery")
