"""What is wrong with a file, as sentences with their row, column and value."""

from contextlib import contextmanager
from dataclasses import dataclass

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Fault:
    """One fault: `row` as the spreadsheet counts (headings are row 1; 0: the whole file), `column` or ""."""

    row: int
    column: str
    value: str
    sentence: str

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


@contextmanager
def told_under(column):
    """A ValueError inside becomes a fault under `column`."""
    try:
        yield
    except ValueError as error:
        raise ValidationError({column: str(error)}) from error


def fault_columns(errors, fields):
    """Errors by model field as errors by column; those of columns that the file cannot have are the row's."""
    columns = {field.attribute: field.column_name for field in fields}
    known = {field.column_name for field in fields} | {NON_FIELD_ERRORS}
    told = {}
    for name, found in errors.items():
        column = columns.get(name, name)
        told.setdefault(column if column in known else NON_FIELD_ERRORS, []).extend(found)
    return told


def faults_of(resource, result):
    """Every Fault of the import result that `resource` gave."""
    found = [Fault(0, "", "", sentence_of(error.error)) for error in result.base_errors]
    for invalid in result.invalid_rows:
        row = resource.rows.get(invalid.number, {})
        for column, sentences in invalid.error_dict.items():
            name = "" if column == NON_FIELD_ERRORS else column
            value = str(row.get(name) or "")
            heading = resource.written.get(name, name)  # as this file writes it
            found += [Fault(invalid.number + 1, heading, shortened(value), text) for text in sentences]
    for broken in result.error_rows:
        found += [Fault(broken.number + 1, "", "", sentence_of(one.error)) for one in broken.errors]
    return sorted(found, key=lambda fault: fault.row)


def sentence_of(error):
    return " ".join(error.messages) if hasattr(error, "messages") else str(error)


def shortened(value):
    return value if len(value) <= 60 else f"{value[:59]}…"
