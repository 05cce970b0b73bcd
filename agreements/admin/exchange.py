"""Files out of a list and into it: what the list shows goes out; what comes in is reviewed on pages of its own."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from import_export.admin import ImportExportMixin

from agreements.admin.downloads import ASKED, FileAsked, records_response
from agreements.scope import may_take_out


class ExchangeAdmin(ImportExportMixin):
    """A list that can be taken out as CSV or XLSX and brought in again.

    Import needs the permissions to add and to change, export the one to view. django-import-export keeps its
    addresses and its Resource; the pages of import are the project's (`imports:new`).
    """

    resource_classes = []

    def has_import_permission(self, request):
        allowed = self.has_add_permission(request) and self.has_change_permission(request)
        return bool(self.resource_classes) and allowed

    def has_export_permission(self, request):
        return bool(self.resource_classes) and self.has_view_permission(request) and may_take_out()

    def changelist_view(self, request, extra_context=None):
        """The list; `export_query` is what its files ask for: filters, search and order as they are."""
        asked = request.GET.copy()
        for name in ("p", "e", "all"):
            asked.pop(name, None)
        query = f"?{asked.urlencode()}&" if asked else "?"
        return super().changelist_view(request, {"export_query": query, **(extra_context or {})})

    def import_action(self, request, **kwargs):
        """To the page where a file of this kind is chosen."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        kind = self.resource_classes[0].kind
        return redirect(f"{reverse('imports:new')}?{urlencode({'kind': kind})}")

    process_import = import_action

    def export_action(self, request):
        """The records that the list shows, in its order, as a file: `?format=csv|xlsx&headers=vi|en|key&sep=;`."""
        if not self.has_export_permission(request):
            raise PermissionDenied
        asked = FileAsked.read(request.GET)
        request.GET = request.GET.copy()
        for name in ASKED:  # what is left chooses records
            request.GET.pop(name, None)
        try:
            queryset = self.get_export_queryset(request)
            return records_response(self.resource_classes[0], queryset, asked, request.user.office)
        except IncorrectLookupParameters:
            return redirect(self.list_address() + "?e=1")
        except ValueError as error:
            messages.error(request, str(error))
            return redirect(f"{self.list_address()}?{request.GET.urlencode()}")

    def list_address(self):
        opts = self.model._meta
        return reverse(f"{self.admin_site.name}:{opts.app_label}_{opts.model_name}_changelist")
