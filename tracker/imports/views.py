"""Importing on pages: choose a file, review what it would change, write it, undo it. GET only reads."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agreements.admin.downloads import workbook_response
from agreements.interchange.questions import ARMS
from agreements.interchange.sheets import SheetError
from agreements.interchange.templates_out import template_sheets, workbook_template
from tracker.imports import steps, working
from tracker.imports.access import (
    EXPORT,
    IMPORT,
    forbidden,
    import_of,
    imports_of,
    kind_title,
    kinds_for,
    may_begin,
)
from tracker.imports.answering import Answers, suggestions
from tracker.imports.faults_out import fault_sheets
from tracker.imports.forms import NewImportForm
from tracker.imports.models import ImportBatch
from tracker.imports.pages import STATE_WORDS, how_far, page, page_of
from tracker.imports.strange import SheetAnswers
from tracker.interchange import KINDS, WORKBOOK

State = ImportBatch.State


@require_safe
def index(request):
    """The list of imports: one's own, for heads those of the office, for administrators all."""
    may_import_anything(request.user)
    working.sweep()
    listed = Paginator(imports_of(request.user), 50).get_page(request.GET.get("page"))
    for job in listed:
        job.kind_title = kind_title(job.kind)
        job.told = [(word, job.counts[state]) for state, word in STATE_WORDS.items() if job.counts.get(state)]
    return page(request, "imports/index.html", _("Imports"), listed=listed)


def new(request):
    """`?kind=`: the form; posted: the import begins, and its page comes when it is read, or after 3 s."""
    may_import_anything(request.user)
    if request.method == "POST":
        form = NewImportForm(request.user, request.POST, request.FILES)
        if form.is_valid():
            job = working.begin(kind=form.cleaned_data["kind"], owner=request.user, **form.upload())
            steps.take(working.plan, job)
            return redirect("imports:job", job.pk)
    else:
        form = NewImportForm(request.user, initial={"kind": request.GET.get("kind", "")})
    kind = form["kind"].value()
    if kind in [*KINDS, WORKBOOK] and not may_begin(request.user, kind):
        raise PermissionDenied
    return page(
        request,
        "imports/new.html",
        _("Import from a file"),
        status=400 if form.is_bound else 200,
        form=form,
        kind=kind if kind in KINDS else "",
        kind_title=kind_title(kind) if kind in KINDS else "",
    )


def may_import_anything(user):
    if not kinds_for(user, IMPORT):
        raise PermissionDenied


@require_safe
def template(request, kind):
    """An empty workbook to be filled in, for a kind or for the whole register."""
    kinds = kinds_for(request.user, EXPORT)
    if kind not in (*KINDS, WORKBOOK):
        raise Http404
    if not kinds or (kind != WORKBOOK and kind not in kinds):
        raise PermissionDenied
    chosen = [KINDS[one] for one in kinds]
    sheets = workbook_template(chosen) if kind == WORKBOOK else template_sheets(KINDS[kind])
    return workbook_response(sheets, f"mau-{kind}")


@require_safe
def name_suggestions(request):
    """`?arm=body&q=`: bodies, people or list entries for the field in which a code is typed."""
    may_import_anything(request.user)
    arm = request.GET.get("arm", "")
    if arm not in ARMS:
        raise Http404
    return JsonResponse({"found": suggestions(arm, request.GET.get("q", ""))})


@require_safe
def job_page(request, pk):
    """An import as it stands; `?sheet=&state=&q=&page=` choose the rows of a review."""
    return page_of(request, import_of(request.user, pk))


@require_safe
def progress(request, pk):
    """{"done", "total" (0: unknown), "text", "working": whether a step is at work} for the page that waits."""
    job = import_of(request.user, pk)
    step = working.busy(job)
    waiting = bool(step) or (job.state == State.READING and not working.stalled(job))
    return JsonResponse({**how_far(job, step or "plan"), "working": waiting})


def open_import(request, pk):
    """The import for a step of it; refused where the user may not bring in what it holds."""
    job = import_of(request.user, pk)
    if forbidden(request.user, job):
        raise PermissionDenied
    return job


@require_POST
def read_again(request, pk):
    """Read the file anew: the server died, or (`forget`) what was answered is to be taken back."""
    job = open_import(request, pk)
    return answered(job, {"forget": bool(request.POST.get("forget"))})


def answered(job, answers):
    """Note answers and plan again; the page of the import."""
    try:
        working.answer(job, **answers)
    except working.NotOpen as error:
        if not working.busy(job):
            working.note(job, str(error))
    else:
        steps.take(working.plan, job)
    return redirect("imports:job", job.pk)


@require_POST
def answer(request, pk):
    """Take answers to the questions that the page `batch` showed."""
    job = open_import(request, pk)
    if job.state != State.READY or str(job.batch) != request.POST.get("batch"):
        return redirect("imports:job", job.pk)
    found = Answers(job, request.POST)
    if found.errors:
        working.note(job, " ".join(found.errors))
    if not found.answers:
        return redirect("imports:job", job.pk)
    response = answered(job, found.answers)
    if found.errors:
        working.note(job, " ".join(found.errors))
    return response


@require_POST
def name_sheets(request, pk):
    """Take what the sheets with strange names hold; also where that was said otherwise before."""
    job = open_import(request, pk)
    found = SheetAnswers(job, request.user, request.POST)
    if job.state not in (State.READY, State.REFUSED) or not found.sheets:
        return redirect("imports:job", job.pk)
    if found.errors:
        working.note(job, " ".join(found.errors))
        return redirect("imports:job", job.pk)
    return answered(job, {"sheets": found.answers})


@require_POST
def write(request, pk):
    """Write what the page `batch` showed, or nothing; `again`: although the file was written before."""
    job, batch = open_import(request, pk), request.POST.get("batch", "")
    if job.state == State.READY:
        steps.take(steps.write, job, batch, request.user, bool(request.POST.get("again")))
    return redirect("imports:job", job.pk)


def undo(request, pk):
    """Ask, then take a whole import back."""
    job = open_import(request, pk)
    if job.state != State.WRITTEN:
        return redirect("imports:job", job.pk)
    if request.method != "POST":
        return page(request, "imports/undo.html", _("Undo the import"), job=job, kind=kind_title(job.kind))
    steps.take(working.undo, job, request.user)
    return redirect("imports:job", job.pk)


@require_POST
def discard(request, pk):
    """Give up an import that is not written; also one that holds what the user may not bring in."""
    job = import_of(request.user, pk)
    if working.busy(job) != "write":
        working.discard(job)
    return redirect("imports:job" if job.state != State.DISCARDED else "imports:index", *job_key(job))


def job_key(job):
    return [] if job.state == State.DISCARDED else [job.pk]


@require_safe
def faults_file(request, pk):
    """The file as it came, its faults in front and its wrong cells coloured."""
    job = open_import(request, pk)
    try:
        return workbook_response(list(fault_sheets(job)), f"loi-{job.pk}")
    except (FileNotFoundError, SheetError) as error:
        raise Http404 from error
