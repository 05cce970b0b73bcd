"""A value of a report as lines of a Word cell: the same words and numbers as on the page."""

from dataclasses import replace
from functools import singledispatch

from tracker.reports import html
from tracker.reports.table import Cell, Dated, Labelled, Part, Parts
from tracker.reports.word.ooxml import Line
from tracker.reports.writers import NOTHING, shown


@singledispatch
def lines(value):
    """`value` as [Line]; never empty."""
    return [Line(text) for text in shown(value).split("\n")]


@lines.register
def _parts(value: Parts):
    return [Line(f"{label}: {number}") for label, number in value.pairs] or [Line(NOTHING)]


@lines.register(tuple)
@lines.register(list)
def _several(value):
    return [line for one in value for line in lines(one)] or [Line(NOTHING)]


@lines.register
def _dated(value: Dated):
    return [Line(html.dated_text(value))]


@lines.register
def _labelled(value: Labelled):
    return prefixed(shown(value.label), lines(value.value))


@lines.register
def _part(value: Part):
    return [Line(line.text, line.indent + 1) for line in prefixed(shown(value.label), lines(value.value))]


@lines.register
def _cell(value: Cell):
    found = lines(value.value)
    return [Line(line.text, line.indent, True, True) for line in found] if value.late else found


def prefixed(word, found):
    """`found` with “word: ” before its first line."""
    first, *rest = found
    return (
        [Line(f"{word}: {first.text}", first.indent, first.bold, first.underline), *rest] if word else found
    )


def stacked(stack, row):
    """The lines of a column of the page, whose parts stand beneath each other; unknown parts are left out."""
    if stack.is_column:
        return lines(row[stack.key])
    parts = [(str(word), row[key]) for key, word in stack.parts if shown(row[key].value) != NOTHING]
    found = [line for word, cell in parts for line in prefixed(word, lines(cell))] or [Line(NOTHING)]
    if stack.number:
        found[0] = replace(found[0], text=f"{shown(row[stack.number])}. {found[0].text}")
    return found
