"""Commitments with how they stand, for whoever shows them: one query beside that of the rows."""

from typing import NamedTuple

from agreements.models.standing import Health, State
from tracker.progress.engine import Standing, judged
from tracker.progress.sentences import sentence


class Told(NamedTuple):
    """How one commitment stands on a day: `figures` by target, and in one sentence `why`."""

    standing: Standing
    figures: list
    why: str

    @property
    def state(self):
        return State(self.standing.state)

    @property
    def health(self):
        """A Health, or None where there is nothing to watch."""
        return Health(self.standing.health) if self.standing.health else None


def tell(on, chosen, rows):
    """{id: Told} of `rows` (Commitment, with `unit` and `child` at hand), all of them among the queryset `chosen`."""
    found = {}
    by_id = judged(on, chosen)
    for row in rows:
        standing, figures = by_id[row.pk]
        found[row.pk] = Told(standing, figures, sentence(standing, figures, row, on))
    return found
