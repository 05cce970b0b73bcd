"""A row of the report on the status of agreements."""

from datetime import date

from tracker.reports.agreement_status import agreement_status

ON = date(2023, 6, 30)


def row_of(agreement, on=ON):
    """{column key: value} of the agreement's row."""
    table = agreement_status(on)
    row = next(row for row in table.rows if row[0].value == agreement.code)
    return {column.key: cell.value for column, cell in zip(table.columns, row, strict=True)}
