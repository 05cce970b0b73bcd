"""How the cells of one column become values, each spelling once."""

import re
from datetime import date
from unicodedata import is_normalized

from django.core.exceptions import ValidationError
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext as _

from agreements.fields import BodyField, LongText, Text
from agreements.interchange.sheets import ErrorCell
from agreements.models.record import Record, is_owner
from agreements.resources.faults import sentence_of
from agreements.resources.values import Later, ReferenceCell, TextCell, unguarded
from agreements.scope import HIDDEN, sees

STRANGE = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
REMEMBERED = 2_000
"""Spellings of a column that are kept at hand."""


class Reader:
    """One column of a file that fills one attribute of the record.

    `read` gives the value of a cell, or raises ValueError with one sentence.
    """

    def __init__(self, kind, field):
        self.name, self.attribute, self.cell = field.column_name, field.attribute, field.widget
        self.heading = kind.heading(self.name)
        self.field = model_field(kind.model, self.attribute)
        self.relation = bool(self.field and self.field.is_relation)
        self.names_owner = (
            self.relation and issubclass(self.field.related_model, Record) and is_owner(self.field)
        )
        self.attname = self.field.attname if self.field else self.attribute
        self.bare = bool(self.field) and self.field.descriptor_class is DeferredAttribute
        self.dated = isinstance(self.cell, ReferenceCell)
        self.known, self.kind = {}, kind
        self.one_line = type(self.cell) is TextCell and type(self.field) is not LongText
        self.text_only = type(self.cell) is TextCell and takes_any_text(self.field)

    def read(self, text, day=None):
        """The value of a cell; `day` chooses between bearers of a name."""
        key = (text, day) if self.dated else text
        try:
            found = self.known[key]
        except KeyError:
            found = self.keep(key, text, day)
        except TypeError:  # a value that cannot be remembered
            found = self.outcome(text, day)
        if isinstance(found, ValueError):
            raise found.with_traceback(None)  # else each row of a file would add to it
        return found

    def keep(self, key, text, day):
        batch = self.kind.batch
        batch.column, doubts = self.name, batch.doubts
        found = self.outcome(text, day)
        if not isinstance(found, Later) and batch.doubts == doubts:  # rows of numbers in doubt are counted
            if len(self.known) >= REMEMBERED:
                self.known.clear()
            self.known[key] = found
        return found

    def outcome(self, text, day):
        """The value, or the ValueError of one sentence."""
        if type(text) is str and text[:1] == "'":
            text = unguarded(text)
        if self.text_only and type(text) is str and (stripped := text.strip()) and self.plain_text(stripped):
            return stripped
        try:
            return self.checked(self.clean(text, day))
        except Later as later:
            return later
        except ValidationError as error:
            return ValueError(sentence_of(error))
        except ValueError as error:
            return error

    def plain_text(self, text):
        """Whether a text is as the field would leave it: composed, visible, short enough."""
        if (longest := self.field.max_length) and len(text) > longest:
            return False
        seen = text.isprintable() or not STRANGE.search(text)  # nothing strange is printable
        return seen and (text.isascii() or is_normalized("NFC", text))

    def clean(self, text, day):
        """What the cell says; `day` chooses between bearers of a name."""
        if isinstance(text, ErrorCell):
            raise ValueError(error_shown(text))
        if isinstance(text, date) and self.one_line:  # 1/2 of a number, which the spreadsheet made 1 February
            raise ValueError(
                _("The spreadsheet took this cell for a date: format it as text, then type it again.")
            )
        cell = getattr(self.cell, "cell", self.cell)
        if self.dated:
            cell.on = day
        return self.cell.clean(text)

    def checked(self, value):
        """`value` as its model field takes it."""
        field = self.field
        if field is None:
            return value
        if self.relation:
            if value is None and not (field.null or field.blank):
                raise ValueError(_("Fill in the column “%(column)s”.") % {"column": self.heading})
            if value is not None and isinstance(field, BodyField) and not field.fits(value):
                raise ValueError(str(field.sentence))
            return value
        if value is None and field.null:
            return value
        if value in field.empty_values and field.blank:
            return value
        return field.clean(value, None)

    def write(self, instance, value):
        """Give `instance` the value; an empty cell takes nothing away that the officer does not see."""
        if self.relation:
            if value is None and self.is_hidden(instance.__dict__[self.attname]):
                return
            instance.__dict__[self.attname] = None if value is None else value.pk
            instance._state.fields_cache[self.attribute] = value
        elif self.bare:  # as setattr would, in a fraction of its time
            instance.__dict__[self.attname] = value
        else:
            setattr(instance, self.attname, value)

    def is_hidden(self, key):
        """Whether the row of this key is one that the officer does not see."""
        return bool(key) and key > 0 and not sees(self.field.related_model, key)

    def text(self, value, entry):
        """What stands in the column of the table (a key where it is a foreign key), as words."""
        if self.relation and value is not None:
            if self.is_hidden(value):
                return str(HIDDEN)
            value = self.row_of(value, entry)
        return self.cell.shown(value)

    def row_of(self, key, entry):
        """The row with this key."""
        if self.dated and key in self.cell.directory.resolver.rows:
            return self.cell.directory.resolver.rows[key]
        session, table = entry.batch.session, self.field.related_model
        return session.match(table, ("id",), (key,)) or table._base_manager.get(pk=key)


def error_shown(cell):
    """The sentence about an ErrorCell."""
    return _("The spreadsheet shows the error %(value)s here: mend the formula, or type the value.") % {
        "value": cell
    }


class ListReader(Reader):
    """A column that states a whole list."""

    def __init__(self, kind, field):
        super().__init__(kind, field)
        self.field, self.relation = None, False
        self.dated = isinstance(field.widget.cell, ReferenceCell)


def takes_any_text(field):
    """Whether a column takes every text that is as Text and LongText leave it."""
    plain = getattr(type(field), "to_python", None) in (Text.to_python, LongText.to_python)
    return plain and not (field._validators or field.choices)


def model_field(model, name):
    """The concrete field called `name`, or None where the column is none of the record's own."""
    fields = {field.name: field for field in model._meta.concrete_fields}
    return fields.get(name)


def required_elsewhere(kind, columns):
    """{column: sentence} of what a new record needs and the file has no column for."""
    names = {field.attribute: field.column_name for field in kind.get_import_fields()}
    lacking = {}
    for field in kind.model._meta.concrete_fields:
        needed = not (field.blank or field.null or field.has_default() or field.primary_key)
        if needed and field.editable and field.name not in columns:
            name = names.get(field.name, field.name)
            lacking[name] = _("Fill in the column “%(column)s”.") % {"column": kind.heading(name)}
    return lacking
