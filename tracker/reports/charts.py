"""Drawings as places and sizes (table.Chart): bars of parts, bars of amounts, time lines.

Parts are told apart by pattern and by words, so that black and white paper says the same.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from tracker.reports.table import Box, Chart, Rule, Word
from tracker.reports.writers import NOTHING, shown

WIDTH, LEFT, RIGHT = 760, 220, 16
ROW, BAR, TOP, GAP = 28, 16, 28, 8
LETTERS, TAIL = 30, 12
"""Letters of a label that fit before the bars, and how many of its end a shortened one keeps."""
NUMBERS = 190
"""Room for an amount behind the longest bar."""
NARROW, DIGIT = 14, 7
"""Below this width no number stands in a part; each further digit needs so much more."""
SUM = 48
"""Room for a sum behind the longest bar."""
LETTER, SWATCH, KEY_ROW = 7.2, 22, 20
"""Width of a letter at most, and of a sample of a pattern; height of a line of the key."""
FILLS = ("dark", "hatched", "blank", "dotted", "crossed")
"""Patterns of the parts of a bar, in the order of the sorts."""
SIGNS = (("", _("¦ the day asked")), ("", _("→ end not stated")), ("", _("? no date")))
"""What stands in a time line beside its bars."""
TEXT = 4.5
"""From the middle of a line down to the foot of its letters."""


@dataclass(frozen=True)
class Span:
    """A stretch of time on a line of its own or, without a label, on the line before it.

    `fill`: dark, light, dashed; a last day that is None is open.
    """

    label: str
    first: date | None
    last: date | None
    fill: str = "light"


def finished(title, bottom, boxes, words, rules=(), meanings=()):
    """The Chart of these shapes above `bottom`, and under it a key: what each fill means."""
    key_boxes, key_words, height = key(meanings, bottom)
    return Chart(
        title=str(title),
        width=WIDTH,
        height=height,
        boxes=(*boxes, *key_boxes),
        words=(*words, *key_words),
        rules=tuple(rules),
    )


def key(meanings, top):
    """Samples of the fills ((fill, word), …; "" without one), as many in a line as fit, and where they end."""
    boxes, words, left = [], [], 0
    for fill, word in meanings:
        before = SWATCH + 6 if fill else 0
        wide = before + len(str(word)) * LETTER
        if left and left + wide > WIDTH:
            left, top = 0, top + KEY_ROW
        if fill:
            boxes.append(Box(left, top, SWATCH, 14, fill))
        words.append(Word(left + before, top + 12, str(word)))
        left = round(left + wide + 2 * GAP, 1)
    return boxes, words, top + KEY_ROW + 4 if meanings else top


def label(text, line, top=0):
    """The words before the bar of a line."""
    return Word(0, middle(line, top) + TEXT, brief(str(text)))


def middle(line, top=0):
    return top + ROW * line + ROW / 2


def brief(text):
    """A text that fits before the bars: its end stays, because codes and places stand there."""
    return text if len(text) <= LETTERS else f"{text[: LETTERS - TAIL - 1].rstrip()}…{text[-TAIL:]}"


# Bars of parts -----------------------------------------------------------------------------------
def stacked(title, sorts, groups):
    """Bars of counts, side by side in parts: (Chart,), or () without anything to draw.

    `sorts`: at most five words; `groups`: ((label, a number for each sort), …).
    """
    longest = max((sum(numbers) for _label, numbers in groups), default=0)
    if not longest:
        return ()
    scale = (WIDTH - LEFT - SUM) / longest
    boxes, words = [], []
    for line, (name, numbers) in enumerate(groups):
        words.append(label(name, line))
        end = float(LEFT)
        for number, fill in zip(numbers, FILLS, strict=False):
            wide = round(number * scale, 1)
            if number:
                boxes.append(Box(round(end, 1), middle(line) - BAR / 2, wide, BAR, fill))
                words += told_inside(number, fill, end + wide / 2, wide, line)
            end += wide
        words.append(Word(round(end + 6, 1), middle(line) + TEXT, str(sum(numbers) or NOTHING)))
    meanings = tuple(zip(FILLS, map(str, sorts), strict=False))
    return (finished(title, ROW * len(groups) + GAP, boxes, words, meanings=meanings),)


def told_inside(number, fill, centre, wide, line):
    """The number of a part in its middle, where it has room."""
    if wide >= NARROW + DIGIT * (len(str(number)) - 1):
        yield Word(round(centre, 1), middle(line) + TEXT, str(number), "middle", fill)


# Bars of amounts ---------------------------------------------------------------------------------
def levels(title, rows):
    """A bar an amount, the longest across the drawing: (Chart,), or () without any.

    `rows`: [(label, fill, its meaning, Amount)] of one unit.
    """
    most = max((amount.value for *_words, amount in rows), default=0)
    if not most:
        return ()
    boxes, words = [], []
    for line, (name, fill, _meaning, amount) in enumerate(rows):
        wide = max(round(float(amount.value / most) * (WIDTH - LEFT - NUMBERS), 1), 1)
        boxes.append(Box(LEFT, middle(line) - BAR / 2, wide, BAR, fill))
        words += [label(shown(name), line), Word(LEFT + wide + 6, middle(line) + TEXT, shown(amount))]
    meanings = tuple(dict.fromkeys((fill, str(meaning)) for _label, fill, meaning, _amount in rows))
    return (finished(title, ROW * len(rows) + GAP, boxes, words, meanings=meanings),)


# Time lines --------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Scale:
    """From days to places across the drawing; `start`, `end`: years, from the first of January of each."""

    start: int
    end: int

    def place(self, day):
        whole = (date(self.end, 1, 1) - date(self.start, 1, 1)).days
        passed = (day - date(self.start, 1, 1)).days
        return round(LEFT + (WIDTH - LEFT - RIGHT) * min(max(passed / whole, 0), 1), 1)


def timeline(title, spans, on, meanings):
    """The Spans on lines with a mark at the day `on`: (Chart,), or () when none has a date.

    `meanings`: ((fill, word), …) of the spans.
    """
    known = [day for span in spans for day in (span.first, span.last) if day]
    if not known:
        return ()
    scale = Scale(min(*known, on).year, max(*known, on).year + 1)
    boxes, words, line = [], [], -1
    for span in spans:
        line += bool(span.label)
        found, signs = shape(span, scale, max(line, 0))
        boxes += found
        words += signs
    bottom = TOP + ROW * (max(line, 0) + 1)
    marks, years = year_marks(scale, bottom)
    rules = (*marks, Rule(scale.place(on), 18, bottom, "day"))
    return (finished(title, bottom + GAP, boxes, (*years, *words), rules, (*meanings, *SIGNS)),)


def year_marks(scale, bottom):
    """Marks at the first of January with their years, at most a dozen."""
    step = max(1, -(-(scale.end - scale.start) // 12))
    places = [(year, scale.place(date(year, 1, 1))) for year in range(scale.start, scale.end + 1, step)]
    return (
        [Rule(place, 18, bottom, "year") for _year, place in places],
        [Word(place, 12, str(year), "middle") for year, place in places],
    )


def shape(span, scale, line):
    """([Box], [Word]) of a Span: → its end is not stated, ? it has no date."""
    words = [label(span.label, line, TOP)] if span.label else []
    foot = middle(line, TOP) + TEXT
    if not span.first:
        return [], [*words, *([Word(LEFT, foot, "?")] if span.label else [])]
    left = scale.place(span.first)
    right = scale.place(span.last) if span.last else WIDTH - RIGHT
    box = Box(left, middle(line, TOP) - BAR / 2, max(round(right - left, 1), 3), BAR, span.fill)
    if span.last is None:
        words.append(Word(WIDTH, foot, "→", "end"))
    return [box], words
