"""CSV in and out of a list, by django-import-export: preview first, written only when confirmed."""

import codecs

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from import_export.admin import ImportExportMixin
from import_export.formats.base_formats import CSV

from agreements.history import Route, recording

BOMS = [(codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")]
SEPARATORS = ",;\t"


class OfficeCSV(CSV):
    """CSV as Excel writes and opens it: any of three separators, UTF-8 or UTF-16; written with a BOM."""

    def get_read_mode(self):
        return "rb"

    def is_binary(self):
        return True

    def create_dataset(self, in_stream, **kwargs):
        text = decoded(in_stream if isinstance(in_stream, bytes) else in_stream.encode())
        return super().create_dataset(text, delimiter=separator(text), **kwargs)

    def export_data(self, dataset, **kwargs):
        return "\ufeff" + super().export_data(dataset, **kwargs)


def decoded(content):
    """The text of a CSV file; refuses what is neither UTF-8 nor UTF-16."""
    encoding = next((name for bom, name in BOMS if content.startswith(bom)), "utf-8")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise ValidationError(
            _("The file is not in UTF-8: in Excel choose “CSV UTF-8” when saving, then try again.")
        ) from error


def separator(text):
    """The separator that stands most often in the heading line."""
    heading = text.lstrip("\ufeff").partition("\n")[0]
    return max(SEPARATORS, key=heading.count)


class ExchangeAdmin(ImportExportMixin):
    """A list that can be taken out as CSV and brought in again."""

    resource_classes = []
    import_formats = export_formats = [OfficeCSV]
    show_change_form_export = False
    skip_export_form = True
    import_error_display = ("message",)

    def get_resource_kwargs(self, request, *args, **kwargs):
        return {"office": request.user.office}

    def get_import_resource_kwargs(self, request, *args, **kwargs):
        return self.get_resource_kwargs(request)

    def get_export_resource_kwargs(self, request, *args, **kwargs):
        return self.get_resource_kwargs(request)

    def has_import_permission(self, request):
        return (
            bool(self.resource_classes)
            and self.has_add_permission(request)
            and self.has_change_permission(request)
        )

    def has_export_permission(self, request):
        return bool(self.resource_classes) and self.has_view_permission(request)

    def process_dataset(self, *args, **kwargs):
        with recording(Route.IMPORT):
            return super().process_dataset(*args, **kwargs)
