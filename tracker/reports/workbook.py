"""A report as a workbook: a sheet a table, numbers and certain days as such."""

import io
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from agreements.interchange.xlsx import ColumnOut, SheetOut, write_xlsx
from tracker.reports.table import Count, Dated, Days, Moment, Sheet
from tracker.reports.writers import NOTHING, as_of, shown

WIDE = 28


def to_xlsx(report):
    """A Table or Sheet as the bytes of an XLSX file; a first sheet says what was asked, as of which day."""
    out = io.BytesIO()
    tables = report.tables if isinstance(report, Sheet) else (report, *report.below)
    write_xlsx(out, [about(report), *(table_sheet(table) for table in tables)])
    return out.getvalue()


def about(report):
    """Title, day, conditions or facts, notes: two columns of text."""
    told = report.facts if isinstance(report, Sheet) else report.conditions
    rows = [[str(report.title), as_of(report)], *([str(label), value_out(value)] for label, value in told)]
    rows += [[_("note"), shown(note)] for note in report.notes]
    return SheetOut(_("About"), [ColumnOut(_("what"), width=WIDE), ColumnOut(_("value"), width=60)], rows)


def table_sheet(table):
    rows = ([value_out(cell.value) for cell in row] for row in table.rows)
    columns = [ColumnOut(str(column.title), width=WIDE) for column in table.columns]
    return SheetOut(str(table.title), columns, rows)


def value_out(value):
    """A number or a day where the report knows one certainly; empty where nothing is known; else as shown."""
    if isinstance(value, Dated) and value.possible is None and value.undated is None:
        value = value.certain
    if isinstance(value, Count) and not value.at_least:
        value = value.number
    if isinstance(value, Days) and not value.about and value.number is not None:
        value = value.number
    if isinstance(value, Moment) and len(value.text) == len("2022-08-27"):
        return date.fromisoformat(value.text)
    if isinstance(value, int | Decimal | date) and not isinstance(value, bool):
        return value
    text = shown(value)
    return None if text == NOTHING else text
