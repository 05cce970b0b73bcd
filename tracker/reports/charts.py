"""Drawings as plain numbers; the template writes them as SVG with presentation attributes only."""

from dataclasses import dataclass
from datetime import date

WIDTH, LEFT, RIGHT = 760, 190, 16
ROW, BAR, TOP = 30, 16, 28
LETTERS = 24


@dataclass(frozen=True)
class Bar:
    """A time span on a line of its own or, without a label, on the line before it.

    `kind`: own, other, gap; an end that is None is open.
    """

    label: str
    first: date | None
    last: date | None
    kind: str = "other"


def timeline(bars, on):
    """Coordinates of a time line of `bars` with a mark at the day `on`; None when no bar has a date."""
    known = [day for bar in bars for day in (bar.first, bar.last) if day]
    if not known:
        return None
    start = min(*known, on).year
    end = max(*known, on).year + 1
    scale = Scale(start, end)
    drawn, line = [], -1
    for bar in bars:
        line += bool(bar.label)
        drawn.append(shape(bar, scale, max(line, 0)))
    height = TOP + ROW * (max(line, 0) + 1) + 8
    return {
        "width": WIDTH,
        "height": height,
        "bottom": height - 8,
        "years": years(start, end, scale),
        "bars": drawn,
        "today": scale.place(on),
    }


@dataclass(frozen=True)
class Scale:
    """From days to places across the drawing."""

    start: int
    end: int

    def place(self, day):
        whole = (date(self.end, 1, 1) - date(self.start, 1, 1)).days
        passed = (day - date(self.start, 1, 1)).days
        return round(LEFT + (WIDTH - LEFT - RIGHT) * min(max(passed / whole, 0), 1), 1)


def years(start, end, scale):
    """Marks at the first of January, at most a dozen."""
    step = max(1, -(-(end - start) // 12))
    return [{"year": str(year), "x": scale.place(date(year, 1, 1))} for year in range(start, end + 1, step)]


def shape(bar, scale, line):
    top = TOP + ROW * line
    found = {
        "label": bar.label if len(bar.label) <= LETTERS else f"{bar.label[: LETTERS - 1]}…",
        "kind": bar.kind,
        "y": top + (ROW - BAR) / 2,
        "text_y": top + ROW / 2 + 5,
        "height": BAR,
        "known": bool(bar.first),
    }
    if bar.first:
        left = scale.place(bar.first)
        right = scale.place(bar.last) if bar.last else WIDTH - RIGHT
        found |= {"x": left, "width": max(round(right - left, 1), 3), "open": bar.last is None}
    return found
