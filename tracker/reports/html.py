"""Tables and sheets as pages: every text of a cell is escaped here. Asks no database."""

from dataclasses import replace
from functools import singledispatch
from html import escape
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from tracker.reports.ordering import order_of
from tracker.reports.table import Cell, Count, Dated, Inviting, Labelled, Part, Parts, Stack, Total, is_bare
from tracker.reports.writers import NOTHING, shown


# A cell ------------------------------------------------------------------------------------------
@singledispatch
def content(value, link=""):
    """`value` as HTML, linked to the rows behind it."""
    return linked(shown(value), link)


def linked(text, link):
    return f'<a href="{escape(link)}">{escape(text)}</a>' if link and text != NOTHING else escape(text)


@content.register
def _cell(value: Cell, link=""):
    """One of several in a cell, with an address of its own."""
    return content(value.value, value.link or link)


@content.register
def _parts(value: Parts, link=""):
    links = value.links or [link] * len(value.pairs)
    pairs = zip(value.pairs, links, strict=True)
    told = lines(f"{escape(str(label))}: {linked(str(number), to)}" for (label, number), to in pairs)
    return f'<div class="pairs">{told}</div>' if told else ""


@content.register(tuple)
@content.register(list)
def _several(value, link=""):
    return lines(content(one, link) for one in value) or NOTHING


@content.register
def _dated(value: Dated, link=""):
    """A Dated in one line, shorter than in a CSV cell; each of its parts opens its own rows."""
    links = value.links or [link] * 3
    told = zip(dated_texts(value), links, strict=True)
    return "; ".join(linked(text, to) for text, to in told if text) or NOTHING


def dated_text(value):
    """A Dated in one line, shorter than in a CSV cell."""
    return "; ".join(filter(None, dated_texts(value))) or NOTHING


def dated_texts(value):
    """The words of the certain, possible and undated part; "" where there is none."""
    return (
        "" if value.certain is None else shown(value.certain),
        "" if value.possible is None else _("possibly %(figure)s") % {"figure": brief(value.possible)},
        "" if value.undated is None else _("%(figure)s, undated") % {"figure": brief(value.undated)},
    )


@content.register
def _labelled(value: Labelled, link=""):
    return f"{escape(shown(value.label))}: {content(value.value, link)}"


@content.register
def _inviting(value: Inviting, link=""):
    return linked(f"{shown(value.text)} {value.action}" if link else shown(value.text), link)


@content.register
def _total(value: Total, link=""):
    return f'<span class="total">{linked(shown(value), link)}</span>'


@content.register
def _part(value: Part, link=""):
    return f'<div class="of-which">{escape(shown(value.label))}: {content(value.value, link)}</div>'


def brief(value):
    """A figure in one word where nothing is known but that there is one."""
    return _("some") if value == Count(None, True) else shown(value)


def lines(parts):
    return "".join(f"<div>{part}</div>" for part in parts)


# A drawing ---------------------------------------------------------------------------------------
def svg(chart, key="chart"):
    """A Chart as SVG with presentation attributes only; `key` begins the names of its patterns."""
    used = {box.fill for box in chart.boxes}
    return render_to_string("reports/chart_svg.html", {"chart": chart, "key": key, "used": used})


# A table -----------------------------------------------------------------------------------------
def page(table, widths=None):
    """A Table as the context of `reports/table.html`; `widths(table)`: the part of the width of each column (of 1)."""
    layout = layout_of(table)
    kinds = {column.key: column.kind for column in table.columns}
    heads = [{"key": one.key, "title": one.title, "kind": kind_of(one, kinds)} for one in layout]
    drawn = [Drawn.of(one, kinds) for one in layout]
    return {
        "key": table.key,
        "title": table.title,
        "as_of": shown(table.as_of) if table.as_of else "",
        "begin": shown(table.begin) if table.begin else "",
        "columns": heads,
        "widths": [f"{one:.1%}" for one in widths(table)] if widths and table.rows else (),
        "rows": len(table.rows),
        "body": mark_safe("\n".join(row_html(drawn, row) for row in table.rows)),
        "notes": [mark_safe(note_html(note)) for note in table.notes],
        "conditions": table.conditions,
        "empty": table.empty,
        "below": [page(one, widths) for one in table.below],
        "charts": [
            {"title": chart.title, "svg": mark_safe(svg(chart, f"{table.key}-{number}"))}
            for number, chart in enumerate(table.charts, 1)
        ],
    }


def told(table):
    """The columns of a table; of a sparse one without those in which nothing is known."""
    if not table.sparse or not table.rows:
        return table.columns
    known = [
        any(shown(row[place].value) != NOTHING for row in table.rows) for place in range(len(table.columns))
    ]
    return [column for column, is_known in zip(table.columns, known, strict=True) if is_known]


def layout_of(table):
    """The columns of the page: the stacks of the table or its columns, without those that are left out."""
    columns = told(table)
    if not table.stacks:
        return [Stack(one.key, one.title, ((one.key, ""),)) for one in columns]
    keys, all_of_them = {one.key for one in columns}, {one.key for one in table.columns}
    stacks = [
        replace(stack, parts=tuple(part for part in stack.parts if part[0] in all_of_them))
        for stack in table.stacks
    ]
    return [stack for stack in stacks if any(key in keys for key, _word in stack.parts)]


def kind_of(stack, kinds):
    return kinds[stack.parts[0][0]] if len(stack.parts) == 1 else "text"


class Drawn(NamedTuple):
    """What all cells of a column of the page have in common; `parts`: (place in the row, key, word as HTML).

    `alone`: it is a column of the table; `order`, `number`: the place of what it is sorted by, of its row's number.
    """

    css: str
    parts: tuple
    alone: bool
    order: int
    number: int | None

    @classmethod
    def of(cls, stack, kinds):
        place = {key: number for number, key in enumerate(kinds)}
        return cls(
            f"{kind_of(stack, kinds) if stack.is_column else 'text'} col-{stack.key}",
            tuple((place[key], key, named(word)) for key, word in stack.parts),
            stack.is_column,
            place[stack.number or stack.parts[0][0]],
            place[stack.number] if stack.number else None,
        )


def row_html(drawn, row):
    """A row as HTML. Written here and not in the template because a list has thousands of cells."""
    first, *others = (cell_html(one, row) for one in drawn)
    return f'<tr><th scope="row"{first}</th>{"".join(f"<td{cell}</td>" for cell in others)}</tr>'


def cell_html(drawn, row):
    """Attributes and content of a cell: ` class="number">12`; a stack shows those of its parts that are known."""
    order = sort_html(row[drawn.order])
    if drawn.alone:
        cell = row[drawn.order]
        late = " late" if cell.late else ""
        return f' class="{drawn.css}{late}"{order}>{content(cell.value, cell.link)}'
    inner = "".join(
        f'<div class="part-{key}{" late" if cell.late else ""}">{word}{content(cell.value, cell.link)}</div>'
        for place, key, word in drawn.parts
        if shown((cell := row[place]).value) != NOTHING
    )
    number = (
        "" if drawn.number is None else f'<span class="row-number">{shown(row[drawn.number].value)}.</span> '
    )
    return f' class="{drawn.css}"{order}>{number}{inner or NOTHING}'


def sort_html(cell):
    """The attribute by which report.js sorts a cell that is no text."""
    order = order_of(cell)
    return "" if order is None else f' data-sort="{order}"'


def named(word):
    return f'<span class="word">{escape(str(word))}:</span> ' if word else ""


def note_html(note):
    return content(note.value, note.link) if isinstance(note, Cell) else escape(shown(note))


# A sheet -----------------------------------------------------------------------------------------
def sheet_page(sheet, widths=None):
    """A Sheet as the context of `reports/agreement_sheet.html`; what is not known is one line at the end."""
    facts = [(label, value) for label, value in sheet.facts if shown(value) != NOTHING]
    unknown = [str(label).lower() for label, value in sheet.facts if shown(value) == NOTHING]
    return {
        "title": str(sheet.title),
        "as_of": shown(sheet.as_of),
        "facts": [{"label": label, "text": shown(value)} for label, value in facts],
        "unknown": ", ".join(unknown),
        "tables": [page(table, widths) for table in sheet.tables if not is_bare(table)],
        "bare": ", ".join(str(table.title).lower() for table in sheet.tables if is_bare(table)),
        "notes": sheet.notes,
    }
