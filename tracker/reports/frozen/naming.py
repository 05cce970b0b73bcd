"""By what a row of a report is known again in another run of it, however many rows stand before it by then."""

import re
from urllib.parse import parse_qsl, urlsplit

from tracker.reports.table import Amount, Cell, Dated, Part
from tracker.reports.writers import NOTHING, shown

NAMES = ("code", "title", "name", "text", "what", "label")
"""Columns that name a row, the first that a table has."""
NAMED_BY = {
    "aid": ("way", "certainty", "item", "total"),
    "aid-totals": ("way", "direction", "certainty", "item", "total"),
    "aid-items": ("way", "item", "ever"),
    "aid-promised": ("way", "item", "unit"),
    "aid-places": ("group", "way", "certainty"),
    "aid-years": ("group", "way", "certainty"),
    "aid-students": ("content", "place", "year"),
    "aid-rows": ("content", "unit", "receiver", "funding", "certainty"),
    "aid-gifts": ("content", "unit", "receiver", "funding", "certainty"),
    "aid-given": ("code", "item", "quantity"),
    "aid-received": ("code", "item", "quantity"),
    "gifts": ("code", "item", "quantity"),
    "reports": ("what", "name", "since"),
    "events": ("event", "on"),
    "agreements": ("code", "title", "start"),
    "by-unit": ("direction", "unit", "delegations"),
    "by-place": ("direction", "country", "place", "delegations"),
    "by-purpose": ("direction", "purpose", "delegations"),
    "by-funding": ("direction", "funding"),
    "relation": ("what", "place", "partner"),
}
"""{table: the columns that name its rows together}; of a column of numbers the unit counts, or of whom it is told."""
SEVERAL = ("aid-students", "aid-rows", "aid-gifts", "aid-given", "aid-received", "gifts", "reports")
"""Tables in which one record has several rows."""
ORDINALS = {"commitments": "number"}
"""{table: its column that only numbers the rows}; elsewhere it is called “no”."""
RECORD = re.compile(r"/admin/\w+/\w+/\d+/change/|/reports/agreements/\d+/")
GROUPS = ("of", "unit", "partner", "purpose", "there")
"""Filters in the address of a number that say which group it is told of."""


def columns_of(table):
    """The columns that name a row of `table`, in their order."""
    keys = [column.key for column in table.columns]
    wanted = [key for key in NAMED_BY.get(table.key, ()) if key in keys]
    return wanted or [next((key for key in NAMES if key in keys), keys[0])]


def is_ordinal(table, column):
    """Whether a column tells nothing but the place of the row."""
    return column.key == ORDINALS.get(table.key, "no")


def named(table):
    """[(key, words, row)] of the rows of `table`; a part of another row is known by that row too."""
    wanted, found, whole = columns_of(table), [], ()
    kinds = {column.key: column.kind for column in table.columns}
    for row in table.rows:
        cells = dict(zip(kinds, row, strict=True))
        marks = tuple(mark(cells[key], kinds[key]) for key in wanted)
        records = tuple(text for text in marks if RECORD.fullmatch(text))
        key = (*marks, shown(cells[wanted[0]].value)) if table.key in SEVERAL else records or marks
        if not records and any(isinstance(cells[name].value, Part) for name in wanted):
            key = (*whole, *key)
        else:
            whole = key
        found.append((key, words(cells, wanted, kinds), row))
    return found


def words(cells, wanted, kinds):
    """How a reader is told which row is meant."""
    told = [shown(cells[key].value) for key in wanted if kinds[key] != "number"]
    return " · ".join(text for text in told if text != NOTHING) or NOTHING


def mark(cell: Cell, kind="text"):
    """What stays of a cell when its words or figures change: its record, its group, its unit; else its words."""
    path, asked = split(cell.link)
    if RECORD.fullmatch(path):
        return path
    if group := "&".join(f"{name}={value}" for name, value in asked if name in GROUPS):
        return group
    return unit(cell.value) if kind == "number" else shown(cell.value)


def split(link):
    """The path of an address, and the questions in it."""
    parts = urlsplit(link)
    return parts.path, parse_qsl(parts.query)


def unit(value):
    """The unit or currency of an amount."""
    if isinstance(value, Dated):
        value = next((one for one in (value.certain, value.possible, value.undated) if one is not None), None)
    return value.unit if isinstance(value, Amount) else ""
