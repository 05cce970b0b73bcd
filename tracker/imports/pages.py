"""Which page shows an import in which state, and what stands on it."""

from django.contrib import admin
from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.formats import number_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.interchange.entry import CHANGED, CONFLICT, NEW, REFUSED, SKIPPED, UNCHANGED
from agreements.interchange.questions import ARMS
from agreements.resources.values import OFFICE
from tracker.imports import working
from tracker.imports.access import forbidden, imports_of, kind_title
from tracker.imports.answering import LEAVE_OUT, offices
from tracker.imports.models import ImportBatch
from tracker.imports.reviewing import Review
from tracker.imports.strange import shown_sheets
from tracker.interchange import KINDS

State = ImportBatch.State
STATE_WORDS = {
    NEW: gettext_lazy("new"),
    CHANGED: gettext_lazy("changed"),
    UNCHANGED: gettext_lazy("unchanged"),
    CONFLICT: gettext_lazy("conflicting"),
    REFUSED: gettext_lazy("refused"),
    SKIPPED: gettext_lazy("skipped"),
}
MOST_QUESTIONS = 12
"""Questions on a page; the others come when these are answered."""
STEP_WORDS = {
    "plan": gettext_lazy("The file is being read."),
    "write": gettext_lazy("The rows are being written."),
    "undo": gettext_lazy("The import is being undone."),
}


def page(request, template, title, status=200, **context):
    context = {**admin.site.each_context(request), "title": title, **context}
    return render(request, template, context, status=status)


def page_of(request, job):
    """The page of an import as it stands."""
    context = {"job": job, "kind": kind_title(job.kind), "note": working.noted(job)}
    if step := working.busy(job):
        return waiting_page(request, job, step, context)
    if lacking := [kind_title(kind) for kind in forbidden(request.user, job)]:
        context["lacking"] = get_text_list(lacking, _("and"))
        return page(request, "imports/forbidden.html", str(job), 403, **context)
    if job.state in (State.READY, State.REFUSED):
        context["strange"] = shown_sheets(job, request.user)
    if job.state == State.READING:
        if working.stalled(job):
            return page(request, "imports/stalled.html", str(job), **context)
        return waiting_page(request, job, "plan", context)
    if job.state == State.READY:
        return review_page(request, job, context)
    return page(request, "imports/outcome.html", str(job), **context, **outcome(job))


def waiting_page(request, job, step, context):
    far = how_far(job, step)
    return page(request, "imports/waiting.html", str(job), step=STEP_WORDS[step], far=far, **context)


def how_far(job, step):
    """{"done", "total", "text"} of the step at work; a total is an estimate, so it is never reached before the end."""
    done, total = working.told(job)
    done = min(done, total - 1) if total else done
    told = {
        "done": number_format(done),
        "total": number_format(total),
        "percent": done * 100 // max(total, 1),
    }
    if step == "undo":
        text = _("%(percent)s%% – %(done)s of %(total)s records") if total else ""
    elif total:
        text = _("%(percent)s%% – %(done)s of %(total)s rows")
    else:
        text = _("%(done)s rows")
    return {"done": done, "total": total, "text": text % told}


def review_page(request, job, context):
    try:
        review = Review(job, request.GET)
    except (OSError, ValueError):  # swept away after a day
        return page(request, "imports/stalled.html", str(job), swept=True, **context)
    obstacles = working.obstacles(job)
    return page(
        request,
        "imports/review.html",
        str(job),
        **context,
        **rows_shown(review, request.GET.get("page")),
        **open_questions(job, review),
        review=review,
        verdict=verdict(review, obstacles),
        secrets=secrets_of(review.spooled),
        obstacles=obstacles,
        answered=working.is_answered(job),
        **written_before(request.user, job),
        tabs=tabs(review),
    )


def secrets_of(spooled):
    """Sentences about rows that look like state secrets, each with its sheet and row."""
    for sheet in spooled.sheets:
        told = sheet.get("secrets", ())  # none in what an older version planned
        for row, sentence in told:
            yield _("%(sheet)s, row %(row)s: %(sentence)s") % {
                "sheet": sheet["name"], "row": row, "sentence": sentence,
            }  # fmt: skip
        if more := sheet.get("secret_count", 0) - len(told):
            yield _("%(sheet)s: %(count)s more rows look like secret papers.") % {
                "sheet": sheet["name"], "count": number_format(more),
            }  # fmt: skip


def written_before(user, job):
    """`earlier`: the import that wrote this very file already; `earlier_seen`: whether the user may open it."""
    earlier = working.earlier(job)
    return {
        "earlier": earlier,
        "earlier_seen": earlier is not None and imports_of(user).filter(pk=earlier.pk).exists(),
    }


def rows_shown(review, number):
    """One page of the rows that were asked for."""
    listed = Paginator(review.places(), review.sheet.rows_a_page).get_page(number)
    rows = review.sheet.rows(listed.object_list)
    return {
        "listed": listed,
        "listed_place": review.address(),
        "rows": rows,
        "told": review.state in (REFUSED, CONFLICT) or any(row.faults or row.warnings for row in rows),
        "state_word": STATE_WORDS[review.state],
        "headings": review.sheet.cells.columns(rows),
    }


def open_questions(job, review):
    """What the officer is asked: the first questions, readings of the text, rows in conflict."""
    every = review.spooled.questions
    return {
        "questions": [shown(number, one, review) for number, one in enumerate(every[:MOST_QUESTIONS])],
        "more_questions": len(every) - MOST_QUESTIONS,
        "doubts": readings(job),
        "conflicts": review.counts[CONFLICT] if job.answers.get("conflicts") != "skip" else 0,
        "leave_out": LEAVE_OUT,
    }


def verdict(review, obstacles):
    """The import in one sentence."""
    counts = review.counts
    told = {state: number_format(counts[state]) for state in (NEW, CHANGED, UNCHANGED)}
    if obstacles:
        return _("Nothing can be written yet: see what stands in the way.")
    if not review.written:
        return _("There is nothing to write: all %(unchanged)s rows stand in the register already.") % told
    return _("The file is in order: %(new)s rows are new, %(changed)s change, %(unchanged)s stay.") % told


def tabs(review):
    """[{word, state, count, current}] of the outcomes of the sheet."""
    return [
        {"word": STATE_WORDS[state], "state": state, "count": count, "current": state == review.state}
        for state, count in review.sheet.states()
    ]


def shown(number, question, review):
    """A question as its form shows it; `where`: its sheet in the words of staff, `place`: that of its sheet."""
    one = vars(question)
    where = kind_title(question.sheet) if question.sheet in KINDS and question.about != OFFICE else ""
    nearest = [
        (_("nearest"), one["choices"][: one["near"]]),
        (_("other columns"), one["choices"][one["near"] :]),
    ]
    more = {"groups": [group for group in nearest if group[1]], "arm": question.about}
    more["named"] = question.about in ARMS
    if question.about == OFFICE:
        more = {"choices": offices(), "arm": "body", "named": True, "row": 0, "column": ""}
    place = next((sheet.place for sheet in review.sheets if sheet.kind == question.sheet), 0)
    return {**one, "number": number, "where": where, "place": place, "input": f"answer-{number}", **more}


def readings(job):
    """[(encoding, sample rows)] while the encoding is in doubt: each way in which the file can be read."""
    return [(encoding, rows) for doubt in working.doubts(job) for encoding, rows in doubt["samples"].items()]


def outcome(job):
    """What became of an import that is not open any more: its counts by sheet, links to the lists."""
    try:
        sheets = [] if job.state == State.REFUSED else job.spooled.sheets
    except (OSError, ValueError):  # swept away after a day
        sheets = []
    return {
        "counts": [(STATE_WORDS[state], job.counts[state]) for state in STATE_WORDS if job.counts.get(state)],
        "sheets": [
            {
                "title": kind_title(sheet["kind"]),
                "url": list_of(sheet["kind"]),
                "new": sheet["counts"].get(NEW, 0),
                "changed": sheet["counts"].get(CHANGED, 0),
            }
            for sheet in sheets
        ],
    }


def list_of(kind):
    """The address of the list of a kind, "" where it has none."""
    opts = KINDS[kind].model._meta
    try:
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
    except NoReverseMatch:
        return ""
