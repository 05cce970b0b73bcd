"""Word templates to download: the default one, and those that offices have uploaded."""

from django.contrib.auth.decorators import permission_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from tracker.reports.formats import DOCX_TYPE
from tracker.reports.word.default import default_template
from tracker.reports.word.models import ReportTemplate


@require_safe
@permission_required("agreements.view_agreement", raise_exception=True)
def default(request):
    """The template that code makes, to begin an office's own with."""
    headers = {"Content-Disposition": 'attachment; filename="mau-bao-cao.docx"'}
    return HttpResponse(default_template(), content_type=DOCX_TYPE, headers=headers)


@require_safe
@permission_required("tracker.view_reporttemplate", raise_exception=True)
def template(request, pk):
    """The file of a template, as it was uploaded; always as an attachment."""
    found = get_object_or_404(ReportTemplate, pk=pk)
    try:
        content = found.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(content, as_attachment=True, filename=found.file_name, content_type=DOCX_TYPE)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
