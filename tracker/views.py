"""The few pages that are neither entry nor report."""

from django.contrib.auth.decorators import login_not_required, permission_required
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agreements.models import Document
from agreements.scope import administers
from tracker import health
from tracker.imports.pages import page


@login_not_required
def healthz(request):
    """“ok” when the database can be read and written, else 503; for a watchdog, so without login and without why."""
    try:
        health.probe()
    except DatabaseError:
        return HttpResponse(
            "unavailable", status=503, content_type="text/plain", headers={"Retry-After": "20"}
        )
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def status(request):
    """How the register is kept, line by line, and what to do; for administrators."""
    if not administers(request.user):
        raise PermissionDenied
    checks = health.checks()
    faults = sum(not check.well for check in checks)
    return page(request, "status.html", _("State of the system"), checks=checks, faults=faults)


@permission_required("agreements.view_document", raise_exception=True)
def document_file(request, document_id):
    """The file of a document, always as an attachment of no type: nothing uploaded is run or shown by the browser."""
    document = get_object_or_404(Document, pk=document_id)
    if not document.file:
        raise Http404
    try:
        content = document.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(
        content,
        as_attachment=True,
        filename=document.file_name or document.file.name,
        content_type="application/octet-stream",
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
