"""Pages of frozen reports: keep one, list them, read one, compare it with today's register."""

from django.contrib.auth.decorators import permission_required
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tracker.reports import html
from tracker.reports.catalogue import build, times
from tracker.reports.document import layout
from tracker.reports.formats import FILES
from tracker.reports.frozen.comparing import compared
from tracker.reports.frozen.models import FrozenReport, freeze
from tracker.reports.table import Sheet
from tracker.reports.views import file_links, file_response, for_page, may_read, page

may_freeze = permission_required("tracker.add_frozenreport", raise_exception=True)
may_sign = permission_required("tracker.sign_frozenreport", raise_exception=True)
MOST = 200
"""Copies on the page that lists them."""


@require_POST
@may_freeze
def keep(request, slug):
    """Keep a report as the address asks for it (`?on=…`), with a note; leads to the copy."""
    asked = request.GET.dict()
    asked.pop("format", None)
    made = build(slug, asked, timezone.localdate())
    if made is None:
        raise Http404
    asked.pop("period", None)  # a window by its name; its days are kept
    with transaction.atomic():
        kept = freeze(
            made, slug, {**asked, **cut_off(slug, made)}, request.user, request.POST.get("note", "")[:255]
        )
    return redirect("reports:frozen", kept.pk)


@require_POST
@may_sign
def sign(request, pk):
    """Sign a copy off, once: who and when stand on it from then on."""
    kept = get_object_or_404(FrozenReport, pk=pk)
    if kept.is_sound:
        unsigned = FrozenReport.objects.filter(pk=pk, signed_at=None)
        unsigned.update(signed_by=request.user, signed_at=timezone.now())
    return redirect("reports:frozen", pk)


def cut_off(slug, told):
    """The days of a report, or copy of one, as its address names them: a copy that said “today” keeps its own day."""
    days = {"on": told.as_of, "begin": getattr(told, "begin", None), "end": told.as_of}
    return {name: day.isoformat() for name, day in days.items() if day and name in times(slug)}


@require_safe
@may_read
def listed(request):
    """The copies, the latest first."""
    copies = FrozenReport.objects.defer("content").select_related("made_by", "office")[:MOST]
    return page(request, "reports/frozen_list.html", _("Frozen reports"), copies=copies, most=MOST)


@require_safe
@may_read
def read(request, pk):
    """A copy as it was kept; `?format=` one of FILES."""
    kept = get_object_or_404(FrozenReport.objects.select_related("made_by", "signed_by", "office"), pk=pk)
    if request.GET.get("format") in FILES:
        return file_response(
            kept.report, request.GET["format"], f"{kept.slug}-{kept.as_of}-chot-{kept.pk}", request
        )
    report = kept.report
    return page(
        request, "reports/frozen.html", kept.title,
        kept=kept, files=file_links(request), layout=layout(report), **shown(for_page(report, request)),
    )  # fmt: skip


def shown(report):
    """A Table or Sheet as the context of a page."""
    return {"sheet": html.sheet_page(report)} if isinstance(report, Sheet) else {"table": html.page(report)}


@require_safe
@may_read
def compare(request, pk):
    """What a new run with the same question says otherwise."""
    kept = get_object_or_404(FrozenReport, pk=pk)
    asked = {**kept.asked, **cut_off(kept.slug, kept)}  # copies of older versions did not name every day
    now = build(kept.slug, asked, timezone.localdate())
    if now is None:
        raise Http404
    differences = compared(kept.report, now)
    if request.GET.get("format") in FILES:
        return file_response(differences, request.GET["format"], f"{kept.slug}-khac-biet-{kept.pk}", request)
    title = _("What differs from the copy")
    return page(
        request, "reports/frozen_compare.html", title,
        kept=kept, table=html.page(for_page(differences, request)), files=file_links(request),
    )  # fmt: skip
