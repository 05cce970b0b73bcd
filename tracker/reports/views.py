"""Reports on screen and as files. They only read: no transaction is opened, so no writer has to wait."""

from dataclasses import replace
from functools import partial
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from agreements.scope import Reach, reach
from tracker.progress.remembered import one_moment, pages, read_by
from tracker.reports import html, writers
from tracker.reports.agreement_sheet import agreement_sheet
from tracker.reports.asking import on_page
from tracker.reports.catalogue import BY_SLUG, REPORTS, SHEET
from tracker.reports.document import layout
from tracker.reports.faults import NoFile
from tracker.reports.formats import FILES, Asked, written
from tracker.reports.questions import DayForm, WantedForm
from tracker.reports.table import permitted

may_read = permission_required("agreements.view_agreement", raise_exception=True)


@require_safe
@may_read
def index(request):
    """The list of reports."""
    return page(request, "reports/index.html", _("Reports"), reports=REPORTS)


@require_safe
@may_read
@one_moment()
def report_page(request, slug):
    """A report of the catalogue, asked by the address (`?on=30/6/2023&partner=12`); `&format=` one of FILES."""
    report = BY_SLUG.get(slug)
    if report is None:
        raise Http404
    as_file = request.GET.get("format") in FILES
    question = report.question(request.GET, timezone.localdate(), on_page=not as_file)
    if question.is_valid and as_file:
        made = report.build(question)
        return file_response(made, request.GET["format"], f"{slug}-{question.name}", request)
    key = read_by(request.user, request.get_full_path())
    told = {"table": None}  # a question that cannot be read is said, and nothing is shown
    if question.is_valid:
        told = pages.get(key, partial(body, report, question, request))
    return page(
        request,
        "reports/report.html",
        str(report.title),
        question=question,
        files=file_links(request),
        status=200 if question.is_valid else 400,
        **told,
    )


def body(report, question, request):
    """What a page shows of a report."""
    made = report.build(question)
    return {
        "table": html.page(for_page(made, request)),
        "layout": layout(made),
        "keep_address": keep_address(report.slug, request.GET),
    }


@require_safe
@may_read
@one_moment()
def agreement_sheet_page(request, pk):
    """One agreement as of a day (`?on=`); `&strength=` or `&state=` lists only those commitments."""
    today = timezone.localdate()
    form = DayForm(request.GET if request.GET.get("on") else {"on": today.isoformat()})
    on = form.cleaned_data["on"] if form.is_valid() else today
    make = partial(agreement_sheet, pk, on, WantedForm(request.GET).wanted)
    if form.is_valid() and request.GET.get("format") in FILES:
        if sheet := make():
            return file_response(sheet, request.GET["format"], f"agreement-{pk}-{on}", request)
        raise Http404
    key = read_by(request.user, request.get_full_path(), on)
    told = pages.get(key, partial(sheet_told, make, request), bool)
    if not told:
        raise Http404
    return page(
        request,
        "reports/agreement_sheet.html",
        told["title"],
        form=form,
        sheet=told,
        files=file_links(request),
        keep_address=keep_address(SHEET, {"agreement": pk, "on": on.isoformat()}),
        edit=edit_link(request, pk),
        status=200 if form.is_valid() else 400,
    )


def sheet_told(make, request):
    """What a page shows of a sheet; {} where there is none."""
    sheet = make()
    return html.sheet_page(for_page(sheet, request)) if sheet else {}


def page(request, template, title, status=200, **context):
    context = {
        **admin.site.each_context(request),
        "title": title,
        "printed_on": writers.shown(timezone.localdate()),
        **context,
    }
    return render(request, template, context, status=status)


ONLY_A_PART = gettext_lazy(
    "You see a part of the register only: the commitments that your unit leads or shares, and their agreements. "
    "Their figures count everything, but delegations, meetings and aid are not shown to you: “—” and 0 may stand "
    "for what is recorded."
)


def for_reader(report, user):
    """A report without what `user` has no right to; who sees single commitments only is told so first."""
    report = permitted(report, user.has_perm)
    return replace(report, notes=(ONLY_A_PART, *report.notes)) if reach(user) is Reach.UNIT else report


def for_page(report, request):
    """As much of a report as a page shows (`?all=1`: everything) and as its reader may do."""
    report = for_reader(report, request.user)
    asked = request.GET.copy()
    asked["all"] = "1"
    return report if request.GET.get("all") else on_page(report, f"{request.path}?{asked.urlencode()}")


def file_links(request):
    """Addresses of the same answer as files."""
    links = []
    for form, file in FILES.items():
        asked = request.GET.copy()
        asked["format"] = form
        links.append({"label": file.label, "url": f"?{asked.urlencode()}"})
    return links


def keep_address(slug, asked):
    """Where a copy of this answer is kept."""
    return f"{reverse('reports:keep', args=[slug])}?{urlencode(dict(asked.items()))}"


def edit_link(request, pk):
    may = request.user.has_perm("agreements.change_agreement")
    return reverse("admin:agreements_agreement_change", args=[pk]) if may else ""


def file_response(report, form, name, request=None):
    """The report as a file for the reader of `request`, or a page that says why there is none."""
    user = getattr(request, "user", None)
    report = for_reader(report, user) if user else report
    try:
        content = written(report, form, Asked(getattr(user, "office", None), user))
    except NoFile as error:
        return no_file(request, error)
    headers = {"Content-Disposition": f'attachment; filename="{name}.{FILES[form].ending}"'}
    return HttpResponse(content, content_type=FILES[form].content_type, headers=headers)


def no_file(request, error):
    if request is None:
        return HttpResponse(str(error), status=error.status, content_type="text/plain; charset=utf-8")
    asked = request.GET.copy()
    asked.pop("format", None)
    back = f"{request.path}?{asked.urlencode()}"
    title = _("No file")
    return page(request, "reports/no_file.html", title, error.status, sentence=str(error), back=back)
