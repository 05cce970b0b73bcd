"""What hangs on an agreement, how a commitment stands, above their forms: agreements knows nothing of visits."""

from functools import partial
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.models import Commitment
from agreements.models.standing import Health
from tracker.imports.access import imports_of
from tracker.progress.remembered import pages, read_by
from tracker.progress.telling import tell
from tracker.reports import html
from tracker.reports.agreement_sheet import agreement_sheet
from tracker.reports.pieces import pieces_table
from tracker.reports.promises import state
from tracker.reports.questions import DayForm
from tracker.reports.writers import shown

register = template.Library()
SHOWN = (
    "family",
    "commitments",
    "delegations-out",
    "delegations-in",
    "meetings",
    "aid-given",
    "aid-received",
    "gifts",
)
FIRST = 6
"""Rows of each kind that are listed; the sheet lists all."""


ADDED = (
    (_("Add a commitment"), "agreements", "commitment", ""),
    (_("Add a delegation out"), "delegations", "delegation", "&direction=out"),
    (_("Add a delegation in"), "delegations", "delegation", "&direction=in"),
    (_("Add a meeting"), "delegations", "meeting", ""),
    (_("Add a delivery of aid"), "delegations", "delivery", ""),
)
"""What is entered from the page of an agreement, which it then names."""


@register.inclusion_tag("admin/agreement_panel.html", takes_context=True)
def agreement_panel(context, agreement):
    """Family, commitments, delegations, meetings and aid of `agreement` as of today, each row a link."""
    user, address = context["request"].user, reverse("reports:agreement-sheet", args=[agreement.pk])
    return {
        "address": address,
        "sections": pages.get(
            read_by(user, "panel of an agreement", agreement.pk), partial(sections, agreement, address)
        ),
        "additions": additions(user, agreement),
    }


def sections(agreement, address):
    """The first rows of each table of the sheet that stands at `address`."""
    sheet = agreement_sheet(agreement.pk, timezone.localdate())
    tables = [table for table in sheet.tables if worth_showing(table)] if sheet else []
    return [
        {
            "title": table.title,
            "rows": [entry(row) for row in table.rows[:FIRST]],
            "more": max(0, len(table.rows) - FIRST),
            "address": f"{address}#{table.key}",
        }
        for table in tables
    ]


@register.inclusion_tag("admin/commitment_panel.html", takes_context=True)
def commitment_panel(context, commitment):
    """How `commitment` stands and why, today or on the day asked (`?on=`), and each thing that counts toward it.

    One withdrawn is not judged.
    """
    request, today = context["request"], timezone.localdate()
    form = DayForm({"on": request.GET.get("on") or today.isoformat()})
    on = form.cleaned_data["on"] if form.is_valid() else today
    told = pages.get(
        read_by(request.user, "panel of a commitment", commitment.pk, on),
        partial(told_of, commitment, on),
    )
    sheet = (
        reverse("reports:agreement-sheet", args=[commitment.agreement_id]) if commitment.agreement_id else ""
    )
    report = ""
    if request.user.has_perm("agreements.add_progress"):
        asked = {"commitment": commitment.pk, "back": request.path}
        report = f"{reverse('admin:agreements_progress_add')}?{urlencode(asked)}"
    return {**told, "on": on, "sheet": sheet, "report": report}


def told_of(commitment, on):
    """How `commitment` stands on the day `on` and what counts toward it; nothing where it does not count."""
    rows = Commitment.objects.counted().filter(pk=commitment.pk)
    told = tell(on, rows, list(rows.select_related("unit", "child")), by_counterpart=True).get(commitment.pk)
    if told is None:
        return {"told": None}
    return {
        "told": told,
        "state": state(told).label,
        "late": told.health == Health.OVERDUE,
        "table": html.page(pieces_table(commitment, on)),
    }


def additions(user, agreement):
    """What `user` may enter from here, each a form that names `agreement` and its office."""
    asked = f"?agreement={agreement.pk}&office={agreement.office_id}"
    return [
        {"label": label, "url": reverse(f"admin:{app}_{model}_add") + asked + more}
        for label, app, model, more in ADDED
        if user.has_perm(f"{app}.add_{model}")
    ]


def worth_showing(table):
    """Not an empty table, nor a family of one."""
    return table.key in SHOWN and len(table.rows) > (table.key == "family")


def entry(row):
    """The first cells of a row that say something, and its link."""
    words = [shown(cell.value) for cell in row[:3]]
    return {
        "text": " · ".join(word for word in words if word and word != "—"),
        "link": next((c.link for c in row if c.link), ""),
    }


@register.simple_tag(takes_context=True)
def imports_named(context, entries):
    """Give each of the history's `entries` that an import wrote the import itself, where the reader may open it."""
    entries = list(entries)
    batches = {entry.batch for entry in entries if entry.batch}
    jobs = imports_of(context["request"].user).filter(batch__in=batches) if batches else ()
    known = {job.batch: job for job in jobs}
    return [(entry, known.get(entry.batch)) for entry in entries]
