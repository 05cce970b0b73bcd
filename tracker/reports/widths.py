"""How wide the columns of a table are on paper, where no browser is there to try: for Word and for PDF."""

import math

from tracker.reports import html
from tracker.reports.word.cells import stacked
from tracker.reports.word.ooxml import Line

POINT = 25.4 / 72
LETTER = 0.5
"""Width of a letter, in its height."""
SHORTEST, LONGEST = 5, 14
SAMPLE, STEP, EDGES = 40, 5, 4
"""Rows that are looked at for widths; millimetres by which columns grow, and between text and edges."""
TALL = 3
"""The power to which the lines of a cell count: what makes a row tall outweighs the rest of it."""
TRADED, ROUNDS = (12, 6, 3), 20
"""Millimetres that one column gives another in the end, and how often at most."""


def cells_of(table):
    """The layout of a Table, and its rows as the lines of each of their cells."""
    layout = html.layout_of(table)
    keys = [column.key for column in table.columns]
    rows = (dict(zip(keys, row, strict=True)) for row in table.rows)
    return layout, [[stacked(stack, row) for stack in layout] for row in rows]


def shares(table, width, size):
    """The part of the width that each column of a Table gets (together 1); `width` in millimetres, `size` in points."""
    layout, cells = cells_of(table)
    titles = [[Line(str(stack.title), bold=True)] for stack in layout]
    return [one / width for one in fitting([titles, *cells], width, size)]


def fitting(rows, width, size):
    """Widths of the columns in millimetres, `width` together: no word broken, and the rows as low as can be.

    `rows` of cells of lines, the head first; the widths follow from the first SAMPLE of them.
    """
    letter = size * POINT * LETTER
    columns = list(zip(*rows[:SAMPLE], strict=True))
    least = [max(longest_word(cell) for cell in column) * letter + EDGES for column in columns]
    scale = min(1, width / sum(least))
    least = [one * scale for one in least]
    return traded(columns, grown(columns, least, width, letter), least, letter)


def grown(columns, least, width, letter):
    """The columns at their least widths, then wider step by step, each time the one that saves most."""
    given = list(least)
    heights = [length_at(column, one, letter) for column, one in zip(columns, given, strict=True)]
    while (rest := width - sum(given)) > 0:
        step = min(STEP, rest)
        wider = [length_at(one, has + step, letter) for one, has in zip(columns, given, strict=True)]
        costs = [cost(*both) for both in zip(heights, wider, strict=True)]
        best = costs.index(min(costs))
        if not costs[best]:
            return [one + rest / len(given) for one in given]  # nothing gets lower: to each the same
        given[best] += step
        heights[best] = wider[best]
    return given


def cost(lines, wider):
    """What a column costs more when it is wider: less than nothing where its cells get lower, tall ones above all."""
    return sum(after**TALL - before**TALL for before, after in zip(lines, wider, strict=True))


def traded(columns, given, least, letter):
    """The same widths after one column gave to another wherever that makes the rows lower."""
    given = list(given)
    heights = [lines_at(column, one, letter) for column, one in zip(columns, given, strict=True)]
    for step in TRADED:
        for _round in range(ROUNDS):
            offers = [
                (total(heights, {giver: lower, taker: higher}), giver, taker, lower, higher)
                for giver, lower in offered(columns, given, least, letter, step)
                for taker, higher in taken(columns, given, letter, step)
                if giver != taker
            ]
            best = min(offers, default=None, key=lambda offer: offer[0])
            if best is None or best[0] >= total(heights):
                break
            _total, giver, taker, heights[giver], heights[taker] = best
            given[giver] -= step
            given[taker] += step
    return given


def offered(columns, given, least, letter, step):
    """(place, its lines) of each column that can be narrower by a step."""
    narrower = [(place, one - step) for place, one in enumerate(given) if one - step >= least[place]]
    return [(place, lines_at(columns[place], one, letter)) for place, one in narrower]


def taken(columns, given, letter, step):
    """(place, its lines) of each column when it is wider by a step."""
    return [(place, lines_at(columns[place], one + step, letter)) for place, one in enumerate(given)]


def total(heights, instead=None):
    """Lines of all rows, then of all cells; `instead`: {place of a column: its lines}."""
    columns = [(instead or {}).get(place, lines) for place, lines in enumerate(heights)]
    return sum(map(max, zip(*columns, strict=True))), sum(map(sum, columns))


def length_at(column, width, letter):
    """As `lines_at` for texts that could be broken anywhere: each step of a narrow column saves something."""
    letters = max((width - EDGES) / letter, 1)
    return [sum(max(1, len(line.text) / letters) for line in cell) for cell in column]


def lines_at(column, width, letter):
    """Lines that each cell of a column takes at this width."""
    letters = max((width - EDGES) / letter, 1)
    return [sum(broken(line.text, letters) for line in cell) for cell in column]


def broken(text, letters):
    """Lines of a text when so many letters stand on one: words go whole to the next one."""
    lines, at = 1, 0
    for word in map(len, text.split()):
        if at and at + word > letters:
            lines, at = lines + 1, 0
        over = math.ceil(word / letters) - 1
        lines, at = lines + over, at + word - over * letters + 1
    return lines


def longest_word(cell):
    """Letters of the longest word of a cell, within bounds; an address may be broken."""
    words = [len(word) for line in cell for word in line.text.split()]
    return min(max([SHORTEST, *words]), LONGEST)
