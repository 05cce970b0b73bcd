"""The few pages that are neither entry nor report."""

from django.contrib.auth.decorators import login_not_required, permission_required
from django.db import connection
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404

from agreements.models import Document


@login_not_required
def healthz(request):
    """“ok” when the database answers; for a watchdog, so without login."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@permission_required("agreements.view_document", raise_exception=True)
def document_file(request, document_id):
    """The file of a document, always as an attachment: nothing uploaded is shown by the browser itself."""
    document = get_object_or_404(Document, pk=document_id)
    if not document.file:
        raise Http404
    try:
        content = document.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(content, as_attachment=True, filename=document.file_name or document.file.name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
