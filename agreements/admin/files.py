"""The uploaded file of a document: shown under its own name, at the address that serves it."""

from django.contrib.admin.widgets import AdminFileWidget

from agreements.admin.words import file_address


class DocumentFile(AdminFileWidget):
    """As the stock widget; its link goes to the page that sends the file."""

    template_name = "admin/widgets/document_file.html"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        document = getattr(value, "instance", None)
        if context["widget"]["is_initial"] and document is not None and document.pk:
            context["widget"] |= {"address": file_address(document), "shown": document.file_name}
        return context
