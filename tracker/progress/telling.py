"""Commitments with how they stand, for whoever shows them: one query beside that of the rows."""

from typing import NamedTuple

from agreements.models.standing import Health, State
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

    `by_counterpart` costs one query more.
    """
    found = {}
    by_id = judged(on, chosen, [row.pk for row in rows])
    parts = shares(on, chosen) if by_counterpart else {}
    for row in rows:
        standing, figures = by_id[row.pk]
        own = tuple((one.party, of_share(one, row.unit)) for one in parts.get(row.pk, ()))
        why = sentence(standing, figures, row, on)
        found[row.pk] = Told(standing, figures, why, own)
    return found
