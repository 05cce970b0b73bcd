"""Commitments with how they stand, for whoever shows them: one query beside that of the rows."""

from typing import NamedTuple

from django.db.models import F, Value
from django.db.models.functions import Coalesce, NullIf

from agreements.models import StateOverride
from agreements.models.standing import Health, State
from agreements.scope import whole_register
from tracker.progress.engine import Standing, judged, shares
from tracker.progress.sentences import of_share, sentence


class Told(NamedTuple):
    """How one commitment stands on a day: `figures` by target, and in one sentence `why`.

    `shares`: of several counterparts (name, what it got and when there was activity last), where that was asked.
    """

    standing: Standing
    figures: list
    why: str
    shares: tuple = ()

    @property
    def state(self):
        return State(self.standing.state)

    @property
    def health(self):
        """A Health, or None where there is nothing to watch."""
        return Health(self.standing.health) if self.standing.health else None


def tell(on, chosen, rows, *, by_counterpart=False):
    """{id: Told} of `rows` (Commitment, with `unit` and `child` at hand), all of them among the queryset `chosen`.

    `by_counterpart` costs one query more; so does who set a state, where officers did.
    """
    found = {}
    by_id = judged(on, chosen)
    parts = shares(on, chosen) if by_counterpart else {}
    officers = set_by(on, [row.pk for row in rows if by_id[row.pk][0].overridden])
    for row in rows:
        standing, figures = by_id[row.pk]
        own = tuple((one.party, of_share(one, row.unit)) for one in parts.get(row.pk, ()))
        why = sentence(standing, figures, row, on, officers.get(row.pk))
        found[row.pk] = Told(standing, figures, why, own)
    return found


def set_by(on, commitments):
    """{commitment id: name of the officer who set its state}; none where a file or command did."""
    if not commitments:
        return {}
    name = Coalesce(NullIf(F("author__full_name"), Value("")), "author__username")
    with whole_register():
        rows = StateOverride.objects.valid(on).filter(commitment__in=commitments).order_by("since")
        return dict(rows.values_list("commitment_id", name))
