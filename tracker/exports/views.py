"""Every kind of the register as a file, also those without a list of their own. GET only reads."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agreements.admin.downloads import FileAsked, file_name, records_response, workbook_response
from agreements.interchange.exporting import sheet_out
from tracker.imports.access import EXPORT, IMPORT, kind_title, kinds_for
from tracker.imports.pages import list_of, page
from tracker.interchange import KINDS, WORKBOOK


@require_safe
def index(request):
    """Each kind in its formats, the whole workbook, the templates."""
    kinds = exportable(request.user)
    listed = [{"kind": kind, "title": kind_title(kind), "url": list_of(kind)} for kind in kinds]
    return page(
        request,
        "exports/index.html",
        _("Exports"),
        kinds=listed,
        whole=len(kinds) == len(KINDS),
        may_import=bool(kinds_for(request.user, IMPORT)),
    )


@require_safe
def kind(request, kind):
    """One kind whole: `?format=csv|xlsx&headers=vi|en|key&sep=,|;`."""
    if kind not in KINDS:
        raise Http404
    if kind not in exportable(request.user):
        raise PermissionDenied
    asked = FileAsked.read(request.GET)
    return or_told(request, lambda: records_response(KINDS[kind], None, asked, request.user.office))


@require_safe
def workbook(request):
    """The whole register as one workbook, a sheet a kind: of those that the reader may view."""
    kinds, asked = exportable(request.user), FileAsked.read(request.GET)
    sheets = (
        sheet_out(KINDS[one], office=request.user.office, headers=asked.headers)
        for one in KINDS
        if one in kinds
    )
    return or_told(request, lambda: workbook_response(sheets, file_name(kind_title(WORKBOOK))))


def exportable(user):
    """The kinds that `user` may take out; refused where there is none."""
    kinds = kinds_for(user, EXPORT)
    if not kinds:
        raise PermissionDenied
    return kinds


def or_told(request, make):
    """The file, or the page of exports with the sentence why there is none."""
    try:
        return make()
    except ValueError as error:
        messages.error(request, str(error))
        return redirect("exports:index")
