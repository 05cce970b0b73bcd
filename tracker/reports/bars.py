"""Stacked bars as plain numbers; the template writes them as SVG that tells its parts by pattern and number."""

from dataclasses import dataclass
from itertools import count

WIDTH, LEFT, RIGHT = 760, 220, 48
ROW, BAR, TOP = 28, 18, 8
LETTERS = 30
NARROW = 14
"""Below this width no number stands in a part."""
KEY_WIDTH, KEY_ROW = 380, 20
FILLS = ("dark", "hatched", "blank", "dotted", "crossed")
"""Patterns that differ on black and white paper, in the order of the sorts."""


@dataclass(frozen=True)
class Bars:
    """`sorts`: at most five words; `groups`: ((label, a number for each sort), …)."""

    title: object
    sorts: tuple
    groups: tuple
    template = "reports/bars.html"

    def drawn(self):
        """Places and sizes of the drawing; {} without anything to draw."""
        longest = max((sum(numbers) for _label, numbers in self.groups), default=0)
        if not longest:
            return {}
        scale = (WIDTH - LEFT - RIGHT) / longest
        bottom = TOP + ROW * len(self.groups) + 8
        return {
            "title": self.title,
            "width": WIDTH,
            "height": bottom + KEY_ROW * -(-len(self.sorts) // 2) + 4,
            "left": LEFT,
            "bars": [bar(line, *group, scale) for line, group in zip(count(), self.groups, strict=False)],
            "keys": [key(place, sort, bottom) for place, sort in enumerate(self.sorts)],
        }


def bar(line, label, numbers, scale):
    """One bar: its label, its parts from left to right, and the sum at its end."""
    top = TOP + ROW * line
    parts, left = [], float(LEFT)
    for number, fill in zip(numbers, FILLS, strict=False):
        wide = round(number * scale, 1)
        if number:
            middle = round(left + wide / 2, 1)
            told = wide >= NARROW + 7 * (len(str(number)) - 1)
            parts.append(
                {
                    "x": round(left, 1),
                    "width": wide,
                    "fill": fill,
                    "number": number,
                    "middle": middle,
                    "told": told,
                }
            )
        left += wide
    short = label if len(label) <= LETTERS else f"{label[: LETTERS - 1]}…"
    return {
        "label": short,
        "y": top + (ROW - BAR) / 2,
        "text_y": top + ROW / 2 + 4,
        "height": BAR,
        "parts": parts,
        "sum": sum(numbers),
        "end": round(left + 6, 1),
    }


def key(place, sort, bottom):
    """What a pattern means; two in a line."""
    top = bottom + KEY_ROW * (place // 2)
    left = KEY_WIDTH * (place % 2)
    return {"fill": FILLS[place], "word": sort, "x": left, "y": top, "text_x": left + 28, "text_y": top + 12}
