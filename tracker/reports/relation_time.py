"""The agreements of two localities on one time line, and the gaps in which none was in force."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement
from agreements.models.effect import NOW_IN_FORCE, Effect, begin_of, bounds
from tracker.reports.charts import Span, timeline

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Gap:
    """Days on which no agreement was in force, after the one with the id `after`; `last` None: to the day asked."""

    first: date
    last: date | None
    after: int

    @property
    def text(self):
        """As EDTF."""
        return f"{self.first}/{self.last or '..'}"

    def holds(self, first, last, on):
        """Whether days lie in it."""
        return first is not None and last is not None and self.first <= first and last <= (self.last or on)


def last_day(row):
    """The last day of effect of an agreement from `with_effect`; None where it has no end that is known."""
    if row.effect == Effect.ENDED:
        return bounds(row.ending_text)[1]
    if row.effect == Effect.REPLACED:
        newer = bounds(begin_of(row.replacing_text))[0]
        return min(filter(None, (row.end_on, newer and newer - DAY)), default=None)
    if row.effect in (*NOW_IN_FORCE, Effect.CONFIRM) and row.end_on and row.end_on < row.effect_on:
        return None  # renewed without a new end
    return row.end_on


def counts_for_gaps(row):
    """Signed, not under a framework of the same two places, and with a first day."""
    return row.framework is None and row.start_on is not None and row.process not in Agreement.BEFORE_SIGNING


def gaps(agreements, on):
    """[Gap] between the agreements, which come in the order of their first days, and after the last one."""
    found, reach, after = [], None, None
    for row in filter(counts_for_gaps, agreements):
        if reach is not None and row.start_on > reach + DAY and after is not None:
            found.append(Gap(reach + DAY, row.start_on - DAY, after))
        last = last_day(row) or date.max - DAY
        if reach is None or last > reach:
            reach, after = last, row.pk
    if reach is not None and reach < on:
        found.append(Gap(reach + DAY, None, after))
    return found


def time_line(agreements, found, on):
    """The drawing: frameworks dark, what is under them light, gaps dashed; none without any date."""
    meanings = (
        ("dark", _("agreement")),
        ("light", _("under a framework of the two")),
        ("dashed", _("no agreement in force (without those under a framework)")),
    )
    return timeline(
        _("Time line of the agreements with the gaps"), list(spans(agreements, found, on)), on, meanings
    )


def spans(agreements, found, on):
    for row in agreements:
        fill = "light" if row.framework else "dark"
        if row.process in Agreement.BEFORE_SIGNING:
            yield Span(row.code, None, None, fill)
            continue
        last = last_day(row)
        if row.start_on and last and last < row.start_on:
            last = row.start_on
        yield Span(row.code, row.start_on, last, fill)
        for gap in found:
            if gap.after == row.pk:
                yield Span("", gap.first, gap.last or on, "dashed")
