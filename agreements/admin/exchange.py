"""CSV in and out of a list, by django-import-export: preview first, written only when confirmed."""

from import_export.admin import ImportExportMixin
from import_export.formats.base_formats import CSV

from agreements.resources.sheet import SheetError, read_sheet, write_sheet


class OfficeCSV(CSV):
    """CSV as Excel writes and opens it: any of three separators, UTF-8 or UTF-16; written with a BOM."""

    def get_read_mode(self):
        return "rb"

    def is_binary(self):
        return True

    def create_dataset(self, in_stream, **kwargs):
        return read_sheet(in_stream)

    def export_data(self, dataset, **kwargs):
        return write_sheet(dataset)


class ExchangeAdmin(ImportExportMixin):
    """A list that can be taken out as CSV and brought in again.

    Import needs the permissions to add and to change, export the one to view.
    """

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
        allowed = self.has_add_permission(request) and self.has_change_permission(request)
        return bool(self.resource_classes) and allowed

    def has_export_permission(self, request):
        return bool(self.resource_classes) and self.has_view_permission(request)

    def add_data_read_fail_error_to_form(self, form, e):
        """Our own sentence about a file that cannot be read, instead of the name of an exception."""
        if isinstance(e, SheetError):
            form.add_error("import_file", str(e))
        else:
            super().add_data_read_fail_error_to_form(form, e)
