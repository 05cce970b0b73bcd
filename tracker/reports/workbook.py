"""A report as a workbook: a sheet a table, numbers and certain days as such."""

import io
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from agreements.interchange.xlsx import ColumnOut, SheetOut, write_xlsx
from tracker.reports.flat import flat, is_number, known
from tracker.reports.table import Sheet
from tracker.reports.writers import NOTHING, as_of, shown

WIDE = 28
NARROWEST, WIDEST, LOOKED_AT = 7, 36, 200
"""Letters of a column, and how many of its cells are looked at."""


def to_xlsx(report):
    """A Table or Sheet as the bytes of an XLSX file; a first sheet says what was asked, as of which day."""
    out = io.BytesIO()
    tables = report.tables if isinstance(report, Sheet) else (report, *report.below)
    write_xlsx(out, [about(report), *(table_sheet(table) for table in tables)])
    return out.getvalue()


def about(report):
    """Title, day, conditions or facts, notes: two columns of text."""
    told = report.facts if isinstance(report, Sheet) else report.conditions
    rows = [[str(report.title), as_of(report)], *([str(label), fact_out(value)] for label, value in told)]
    rows += [[capfirst(_("note")), shown(note)] for note in report.notes]
    columns = [ColumnOut(capfirst(_("what")), width=WIDE), ColumnOut(capfirst(_("value")), width=90)]
    return SheetOut(_("About"), columns, rows, wrapped=True)


def table_sheet(table):
    titles, rows = flat(table)
    made = [[value_out(value) for value in row] for row in rows]
    beneath = zip(*made[:LOOKED_AT], strict=True) if made else [()] * len(titles)
    columns = [
        ColumnOut(title, width=width_of(title, cells)) for title, cells in zip(titles, beneath, strict=True)
    ]
    return SheetOut(str(table.title), columns, made, wrapped=True)


def width_of(title, cells):
    """A column as wide as its longest cell within bounds, and as half of its title, whose words stay whole."""
    head = max([len(title) / 2, *map(len, title.split())])
    longest = max((len(line) for cell in cells for line in shown(cell).split("\n")), default=0)
    return min(max(NARROWEST, longest, head) + 2, WIDEST)


def fact_out(value):
    """A fact, whose unit has no column of its own."""
    plain, unit = known(value)
    return value_out(value if unit else plain)


def value_out(value):
    """A number or a day where the report knows one certainly; empty where nothing is known; else as shown."""
    if is_number(value) or isinstance(value, date):
        return value
    text = shown(value)
    return None if text == NOTHING else text
