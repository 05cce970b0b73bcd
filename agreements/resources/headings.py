"""What the columns of a kind are called: their keys, and their labels in each language."""

from functools import cached_property

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import override

from agreements import names
from agreements.resources.values import LANGUAGES


class HeadingsMixin:
    """Reads headings in Vietnamese, in English, or as keys."""

    @cached_property
    def headings(self):
        """Folded heading → column: its key, or its label in either language if no other bears it."""
        found = {names.key(field.column_name): field.column_name for field in self.get_import_fields()}
        labels = {}
        for label, column in self.labels():
            labels.setdefault(names.key(label), set()).add(column)
        for label, columns in labels.items():
            if len(columns) == 1 and label:
                found.setdefault(label, *columns)
        return found

    def labels(self):
        """(label, column) in each language."""
        for language in LANGUAGES:
            with override(language):
                found = [(self.label(field), field.column_name) for field in self.get_import_fields()]
            yield from found

    def written_names(self):
        """(text, column): everything that a column may be called; labels with and without what brackets add."""
        yield from ((field.column_name, field.column_name) for field in self.get_import_fields())
        for label, column in self.labels():
            yield label, column
            yield label.partition(" (")[0], column

    def label(self, field):
        """What staff call a column: its own label, else that of its field, else its key."""
        if getattr(field, "label", None):
            return str(field.label)
        try:
            return str(self.model._meta.get_field(field.attribute).verbose_name)
        except (FieldDoesNotExist, AttributeError):  # a reverse relation has no name of its own
            return field.column_name.replace("_", " ")

    def label_of(self, column):
        """What staff call the column with this key."""
        return self.label(self.fields[self.field_names[column]])

    @cached_property
    def field_names(self):
        """{column: name of its field in the class}."""
        return {field.column_name: name for name, field in self.fields.items()}
