"""What visits, meetings and deliveries bring toward the targets of commitments."""

from django.db.models import BigIntegerField, Q, Value
from django.db.models.functions import Coalesce

from agreements.models.record import counted
from agreements.models.reviewed import reviewed
from delegations.models.contribution import EVENTS, Contribution

TOOK_PLACE = ("held", "delivered")


def of_event(column):
    """A column that delegations, meetings and deliveries share, of whichever the contribution comes from."""
    return Coalesce(*(f"{kind}__{column}" for kind in EVENTS))


def counted_contributions():
    """Contributions whose event and commitment are counted."""
    rows = Contribution.objects.all()
    for end in (*EVENTS, "commitment"):
        rows = rows.filter(counted(f"{end}__"))
    return rows


def reported_contributions():
    """Those of which reports tell: the review lets in their event, too."""
    rows = counted_contributions()
    for kind in EVENTS:
        rows = rows.filter(reviewed(f"{kind}__"))
    return rows


def performing(on):
    """Contributions of what took place by the day `on`; talks that made a promise do not perform it."""
    rows = (
        counted_contributions()
        .exclude(how=Contribution.How.MADE)
        .annotate(
            status=of_event("status"),
            first=of_event("held_first"),
            last=of_event("held_last"),
            by=Value(None, output_field=BigIntegerField()),
        )
    )
    return rows.filter(Q(first__isnull=True) | Q(first__lte=on), status__in=TOOK_PLACE)
