"""What the register holds of a person: to read, to take out, to erase. For administrators only."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agreements.admin.downloads import XLSX_TYPE, attached
from agreements.models import Person
from agreements.scope import administers
from tracker.imports.pages import page
from tracker.personal.sweeping import Refused, erase
from tracker.personal.telling import person_data
from tracker.reports.workbook import to_xlsx
from tracker.reports.writers import shown, to_json
from tracker.trace.sealing import Broken

SHOWN = 50
"""Rows of each table on the page; files hold all."""


def person_of(request, pk):
    if not administers(request.user):
        raise PermissionDenied
    return get_object_or_404(Person._base_manager, pk=pk)


@require_safe
def overview(request, pk):
    """All that is held, in short, with the ways to take it out and to erase it."""
    person = person_of(request, pk)
    return overview_page(request, person)


def overview_page(request, person, status=200, **context):
    sheet = person_data(person, timezone.localdate())
    tables = [
        {
            "title": table.title,
            "columns": [column.title for column in table.columns],
            "rows": [[shown(cell.value) for cell in row] for row in table.rows[:SHOWN]],
            "count": len(table.rows),
            "notes": table.notes,
        }
        for table in sheet.tables
    ]
    title = _("Personal data")
    return page(
        request, "personal/overview.html", title, status, person=person, sheet=sheet, tables=tables, **context
    )


@require_safe
def data_file(request, pk, form):
    """The same as a file; its name says nothing of the person."""
    person = person_of(request, pk)
    sheet = person_data(person, timezone.localdate())
    content, kind = (to_xlsx(sheet), XLSX_TYPE) if form == "xlsx" else (to_json(sheet), "application/json")
    return HttpResponse(content, content_type=kind, headers=attached(f"person-{person.pk}.{form}"))


@require_http_methods(["POST"])
def erase_person(request, pk):
    """Erase, when the code is typed and a reason given; else the page again, with what was typed."""
    person = person_of(request, pk)
    reason, code = request.POST.get("reason", "")[:200], request.POST.get("code", "").strip()
    try:
        if code != person.code:
            raise Refused(_("The code typed is not that of this person: nothing was erased."))
        done = erase(person, reason, request.user)
    except Broken as broken:
        return overview_page(request, person, 409, fault=str(broken), reason=reason)
    except Refused as refused:
        return overview_page(request, person, 400, fault=str(refused), reason=reason)
    messages.success(request, _("Personal data erased in %(rows)s rows.") % {"rows": sum(done.rows.values())})
    for sentence in remaining(done):
        messages.warning(request, sentence)
    return redirect("person-data", person.pk)


def remaining(done):
    """Sentences about what has still to be done by hand."""
    if done.left:
        yield _("%(count)s texts with the name were left: others bear it. Look through them.") % {
            "count": done.left
        }
    if done.documents:
        codes = ", ".join(one.code for one in done.documents)
        yield _("Look through the files of these documents: %(codes)s.") % {"codes": codes}
    if done.archives:
        yield _("%(count)s backups still hold the name: make a new one, then delete these in %(folder)s.") % {
            "count": len(done.archives), "folder": done.archives[0].parent,
        }  # fmt: skip
