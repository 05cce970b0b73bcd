"""The first row of a file: its headings become the keys of columns."""

from functools import cached_property

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _
from django.utils.translation import override

from agreements import names
from agreements.resources.sheet import SheetError
from agreements.resources.values import LANGUAGES


class HeadingsMixin:
    """Reads headings in Vietnamese, in English, or as keys."""

    @cached_property
    def headings(self):
        """Folded heading → column: its key, or its label in either language if no other bears it."""
        found = {names.key(field.column_name): field.column_name for field in self.get_import_fields()}
        labels = {}
        for language in LANGUAGES:
            with override(language):
                for field in self.get_import_fields():
                    labels.setdefault(names.key(self.label(field)), set()).add(field.column_name)
        for label, columns in labels.items():
            if len(columns) == 1 and label:
                found.setdefault(label, *columns)
        return found

    def label(self, field):
        """What staff call a column: its own label, else that of its field, else its key."""
        if getattr(field, "label", None):
            return str(field.label)
        try:
            return str(self.model._meta.get_field(field.attribute).verbose_name)
        except (FieldDoesNotExist, AttributeError):  # a reverse relation has no name of its own
            return field.column_name.replace("_", " ")

    def read_headings(self, dataset):
        """Give the columns their keys; refuse a file whose headings are unknown, double or lacking."""
        written = [str(heading or "") for heading in dataset.headers or []]
        found = [self.headings.get(names.key(heading), "") for heading in written]
        if "id" in [heading.casefold() for heading in written]:
            raise SheetError(
                _("The column “id” is not accepted: records are known by their codes. Remove it.")
            )
        if unknown := [heading for heading, key in zip(written, found, strict=True) if not key]:
            raise SheetError(
                _("Unknown columns: %(columns)s. Remove them or take the headings of an export.")
                % {"columns": ", ".join(unknown)}
            )
        if double := sorted({key for key in found if found.count(key) > 1}):
            raise SheetError(_("These columns stand twice: %(columns)s.") % {"columns": ", ".join(double)})
        if missing := [key for key in self.key if key not in found and key not in self.optional_key]:
            raise SheetError(_("These columns are missing: %(columns)s.") % {"columns": ", ".join(missing)})
        self.written = dict(zip(found, written, strict=True))
        dataset.headers = found
