"""What is wrong with a file, as sentences with their row, column and value."""

from dataclasses import dataclass

from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Fault:
    """One fault: `row` as the spreadsheet counts (headings are row 1; 0: the whole file), `column` or ""."""

    row: int
    column: str
    value: str
    sentence: str
    kind: str = ""

    def __str__(self):
        if not self.row:
            return self.sentence
        if not self.column:
            return _("row %(row)s: %(sentence)s") % {"row": self.row, "sentence": self.sentence}
        if not self.value or self.value in self.sentence:
            return _("row %(row)s, column %(column)s: %(sentence)s") % {
                "row": self.row,
                "column": self.column,
                "sentence": self.sentence,
            }
        return _("row %(row)s, column %(column)s (“%(value)s”): %(sentence)s") % {
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "sentence": self.sentence,
        }


def fault_columns(errors, fields):
    """Errors by model field as errors by column; those of columns that the file cannot have are the row's."""
    columns = {field.attribute: field.column_name for field in fields}
    known = {field.column_name for field in fields} | {NON_FIELD_ERRORS}
    told = {}
    for name, found in errors.items():
        column = columns.get(name, name)
        told.setdefault(column if column in known else NON_FIELD_ERRORS, []).extend(found)
    return told


def sentence_of(error):
    return " ".join(error.messages) if hasattr(error, "messages") else str(error)
