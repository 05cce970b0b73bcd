"""Rows of a table of an agreement's sheet."""

from datetime import date

from tracker.reports import writers
from tracker.reports.agreement_sheet import agreement_sheet

ON = date(2023, 6, 30)


def told(agreement, key, on=ON):
    """The rows of a table of the sheet as shown: [{column key: text}]."""
    return [
        {column.key: writers.shown(cell.value) for column, cell in zip(table.columns, row, strict=True)}
        for table in agreement_sheet(agreement.pk, on).tables
        if table.key == key
        for row in table.rows
    ]
