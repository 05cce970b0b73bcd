"""Which rows of the relation of two places stand behind one of its numbers."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from agreements.models import Commitment
from agreements.models.effect import NOW_IN_FORCE
from tracker.reports.aid_behind import PARTED, lines_of
from tracker.reports.questions import CERTAINTY
from tracker.reports.table import Cell, Inviting

AGREEMENTS, IN_FORCE, FREE = "agreements", "in-force", "free"
WORDS = {AGREEMENTS: _("agreements"), IN_FORCE: _("in force"), FREE: _("linked to no agreement")}


class Only(NamedTuple):
    """What a reader asked for: `rows` is one of WORDS, a strength, or “aid-0”, “aid-1” for one way; "" is all."""

    rows: str = ""
    certainty: str = ""
    behind: str = ""

    @property
    def words(self):
        """In words what is shown; "" where all is."""
        said = [WORDS.get(self.rows), dict(Commitment.Strength.choices).get(self.rows)]
        said += [dict(CERTAINTY).get(self.certainty), *self.behind.split(PARTED)[1:]]
        return ", ".join(str(word) for word in said if word)

    def note(self, every):
        """That not all rows are told, with the way to all."""
        if any(self):
            words = _("Only: %(words)s.") % {"words": self.words or _("one direction")}
            yield Cell(Inviting(words, _("Show all.")), every)

    def among(self, told, on):
        """`told` (what relation.py gathered) with the rows alone that are asked for."""
        return told | {
            "agreements": [row for row in told["agreements"] if self.has_agreement(row)],
            "gaps": [] if self.rows in (AGREEMENTS, IN_FORCE) else told["gaps"],
            "visits": [link for link in told["visits"] if self.certainty in ("", link.certainty(on))],
            "meetings": [link for link in told["meetings"] if self.has_meeting(link, told, on)],
            "outside": [row for row in told["outside"] if self.has_promise(row)],
            "aid": told["aid"] | {"ways": tuple(self.of_way(way, told["aid"]) for way in (0, 1))},
        }

    def has_agreement(self, row):
        return self.rows != IN_FORCE or row.effect in NOW_IN_FORCE

    def has_meeting(self, link, told, on):
        is_free = not told["served"]["codes"].get(link.event)
        return self.certainty in ("", link.certainty(on)) and (self.rows != FREE or is_free)

    def has_promise(self, row):
        return self.rows not in Commitment.Strength or self.rows == row.strength

    def of_way(self, way, found):
        """The lines of aid of one way."""
        if self.rows.startswith("aid-") and self.rows != f"aid-{way}":
            return []
        lines = found["ways"][way]
        return lines_of(
            self.behind,
            [line for line in lines if self.certainty in ("", line.certainty(found["begin"], found["on"]))],
        )
