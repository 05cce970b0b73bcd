"""A CSV file as offices send it: any of three separators, UTF-8 or UTF-16, with or without a BOM."""

import codecs
import csv
import io

import tablib
from django.utils.translation import gettext as _

BOMS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
SEPARATORS = ",;\t"
LONGEST_CELL = 1_000_000


class SheetError(ValueError):
    """A file that cannot be read as a whole; its text is one sentence."""


def read_sheet(content):
    """The rows of a CSV file (bytes or text) as a tablib Dataset; raises SheetError with one sentence."""
    text = content if isinstance(content, str) else decoded(content)
    text = text.lstrip("\ufeff")
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_CELL))
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator(text), strict=True))
    except csv.Error as error:
        raise SheetError(
            _("The file is no CSV: save it again from the spreadsheet as “CSV UTF-8”.")
        ) from error
    if not rows or not any(cell.strip() for cell in rows[0]):
        raise SheetError(_("The file has no headings: the first row names the columns."))
    return dataset_of(rows[0], rows[1:])


def decoded(content):
    """The text of a file; refuses what is neither UTF-8 nor UTF-16."""
    encoding = next((name for bom, name in BOMS if content.startswith(bom)), "")
    if not encoding:
        encoding = "utf-16-le" if b"\0" in content[1:2] else "utf-8"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise SheetError(
            _("The file is not in UTF-8: in Excel choose “CSV UTF-8” when saving, then try again.")
        )
    return text


def separator(text):
    """The separator that stands most often in the heading line."""
    heading = text.partition("\n")[0]
    return max(SEPARATORS, key=heading.count)


def dataset_of(headings, rows):
    """A Dataset as wide as its headings; empty columns without a heading are left out."""
    width = len(headings)
    while width and not headings[width - 1].strip():
        width -= 1
    dataset = tablib.Dataset(headers=[heading.strip() for heading in headings[:width]])
    for number, row in enumerate(rows, 2):
        if any(cell.strip() for cell in row[width:]):
            raise SheetError(
                _("Row %(row)s has more cells than headings: put a text that holds the separator in quotes.")
                % {"row": number}
            )
        dataset.append([*row[:width], *[""] * (width - len(row))])
    return dataset


def write_sheet(dataset):
    """CSV text of a Dataset, led by a BOM so that Excel reads Vietnamese and Lao."""
    return "\ufeff" + dataset.export("csv")
