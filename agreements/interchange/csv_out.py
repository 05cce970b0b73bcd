"""CSV written as a stream: led by a BOM so that Excel reads Vietnamese and Lao, guarded cell by cell."""

import csv
import io
from datetime import date
from decimal import Decimal
from itertools import islice

from agreements.resources.values import guarded

BOM = b"\xef\xbb\xbf"
SEPARATORS = ",;"
LEADS = frozenset("'=+-@\t\r\uff1d\uff0b\uff0d\uff20")
"""First letters of what `guarded` may have to lead by an apostrophe; all other cells pass at once."""
FIRST_ROWS, ROWS_AT_ONCE = 20, 500


def csv_chunks(headings, rows, separator=","):
    """The bytes of a CSV file, piece by piece, while the `rows` are read; the headings come first, at once.

    Cells are str (guarded against being run as a formula), numbers, dates, booleans or None.
    """
    if separator not in SEPARATORS:
        raise ValueError(f"separator {separator!r} is none of {SEPARATORS!r}")
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet, delimiter=separator)
    writer.writerow(row_cells(headings))
    yield BOM + taken(sheet)
    rows, size = iter(rows), FIRST_ROWS
    while block := list(islice(rows, size)):
        writer.writerows(map(row_cells, block))
        yield taken(sheet)
        size = ROWS_AT_ONCE


def write_csv(stream, headings, rows, separator=","):
    """Write to a binary `stream`; see `csv_chunks`."""
    for chunk in csv_chunks(headings, rows, separator):
        stream.write(chunk)


def taken(sheet):
    """What stands in `sheet`, which is emptied."""
    text = sheet.getvalue()
    sheet.seek(0)
    sheet.truncate()
    return text.encode()


def row_cells(row):
    return [
        (guarded(cell) if cell[:1] in LEADS else cell) if type(cell) is str else cell_text(cell)
        for cell in row
    ]


def cell_text(value):
    """The text of a value that is no plain text: numbers and dates are never guarded, for they are no text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float | Decimal):
        return number_text(value)
    if isinstance(value, date):
        return f"{value.day}/{value.month}/{value.year}"
    return guarded(str(value))


def number_text(value):
    """Digits with a comma before decimals and no points: it reads one way in every language.

    Three decimals get a zero behind them, for “1,234” may be read as one thousand.
    """
    text = f"{value if isinstance(value, Decimal) else Decimal(str(value)):f}"
    if "." not in text:
        return text
    text = text.rstrip("0").rstrip(".").replace(".", ",")
    return f"{text}0" if text[-4:-3] == "," else text
