"""Reports on screen and as files. They only read: no transaction is opened, so no writer has to wait."""

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agreements.admin.downloads import XLSX_TYPE
from tracker.reports import html, writers
from tracker.reports.agreement_sheet import agreement_sheet
from tracker.reports.agreement_status import agreement_status
from tracker.reports.filters import DayForm, StatusQuestion, WantedForm
from tracker.reports.workbook import to_xlsx

FILES = {
    # format: (writer, content type, ending, label)
    "xlsx": (to_xlsx, XLSX_TYPE, "xlsx", "Excel"),
    "csv": (writers.to_csv, "text/csv; charset=utf-8", "csv", "CSV"),
    "csv2": (lambda report: writers.to_csv(report, ";"), "text/csv; charset=utf-8", "csv", "CSV (;)"),
    "json": (writers.to_json, "application/json", "json", "JSON"),
}
may_read = permission_required("agreements.view_agreement", raise_exception=True)


@require_safe
@may_read
def index(request):
    """The list of reports."""
    reports = [
        {
            "title": _("Agreement status"),
            "url": reverse("reports:agreement-status"),
            "about": _(
                "Where every agreement stands as of a day: legal effect, commitments, visits, meetings, aid."
            ),
        }
    ]
    return page(request, "reports/index.html", _("Reports"), reports=reports)


@require_safe
@may_read
def agreement_status_page(request):
    """Agreement status: `?on=30/6/2023&partner=&field=&office=`; `&format=` one of FILES for a file."""
    question = StatusQuestion(request.GET, timezone.localdate())
    table = None
    if question.is_valid:
        table = agreement_status(question.on, question.agreements, question.conditions, question.loose)
    if table and request.GET.get("format") in FILES:
        return file_response(table, request.GET["format"], f"agreement-status-{question.on}")
    return page(
        request,
        "reports/agreement_status.html",
        _("Agreement status"),
        question=question,
        table=table and html.page(table),
        files=file_links(request),
        status=200 if question.is_valid else 400,
    )


@require_safe
@may_read
def agreement_sheet_page(request, pk):
    """One agreement as of a day (`?on=`); `&strength=` or `&state=` lists only those commitments."""
    today = timezone.localdate()
    form = DayForm(request.GET if request.GET.get("on") else {"on": today.isoformat()})
    on = form.cleaned_data["on"] if form.is_valid() else today
    sheet = agreement_sheet(pk, on, WantedForm(request.GET).wanted)
    if sheet is None:
        raise Http404
    if form.is_valid() and request.GET.get("format") in FILES:
        return file_response(sheet, request.GET["format"], f"agreement-{pk}-{on}")
    return page(
        request,
        "reports/agreement_sheet.html",
        str(sheet.title),
        form=form,
        sheet=html.sheet_page(sheet),
        files=file_links(request),
        edit=edit_link(request, pk),
        status=200 if form.is_valid() else 400,
    )


def page(request, template, title, status=200, **context):
    context = {
        **admin.site.each_context(request),
        "title": title,
        "printed_on": writers.shown(timezone.localdate()),
        **context,
    }
    return render(request, template, context, status=status)


def file_links(request):
    """Addresses of the same answer as files."""
    links = []
    for form, (_write, _type, _ending, label) in FILES.items():
        asked = request.GET.copy()
        asked["format"] = form
        links.append({"label": label, "url": f"?{asked.urlencode()}"})
    return links


def edit_link(request, pk):
    may = request.user.has_perm("agreements.change_agreement")
    return reverse("admin:agreements_agreement_change", args=[pk]) if may else ""


def file_response(report, form, name):
    write, content_type, ending, _label = FILES[form]
    headers = {"Content-Disposition": f'attachment; filename="{name}.{ending}"'}
    return HttpResponse(write(report), content_type=content_type, headers=headers)
