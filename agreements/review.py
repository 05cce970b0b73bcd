"""The way of figures: draft → submitted → approved, or returned with a note. Each step is in their history.

Reports of progress never change. Visits, meetings and deliveries do: one that changes is a draft again (`reopen`).
"""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from agreements.models.record import ReviewState

SUBMIT, APPROVE, RETURN = "submit", "approve", "return"
FROM = {
    SUBMIT: (ReviewState.DRAFT, ReviewState.RETURNED),
    APPROVE: (ReviewState.SUBMITTED,),
    RETURN: (ReviewState.SUBMITTED, ReviewState.APPROVED),
}
TO = {SUBMIT: ReviewState.SUBMITTED, APPROVE: ReviewState.APPROVED, RETURN: ReviewState.RETURNED}


class NoNote(ValueError):
    """Returned without saying why; its text is one sentence."""


def take_step(step, rows, user, note=""):
    """Take those of the QuerySet `rows` that may take it one step on; returns how many were written.

    Two pairs of eyes: nobody approves what they entered. Who returns says why; the note stands until the next step.
    """
    if step == RETURN and not note.strip():
        raise NoNote(_("Say why the reports are returned: write a note beside the action."))
    due = rows.filter(review_state__in=FROM[step])
    if step == APPROVE:
        due = due.exclude(entered_by(rows.model, user))
    return due.update(review_state=TO[step], review_note=note.strip() if step == RETURN else "")


def entered_by(model, user):
    """Q for the rows of `model` that `user` entered, or changed since they were approved last.

    The history tells: who enters or changes a row leaves a draft behind, and no step of the review does.
    """
    past = model.history.model._base_manager
    approved = past.filter(
        id=OuterRef("id"), history_id__gt=OuterRef("history_id"), review_state=ReviewState.APPROVED
    )
    drafts = past.filter(id=OuterRef("pk"), history_user=user, review_state=ReviewState.DRAFT)
    found = Q(Exists(drafts.filter(~Exists(approved))))
    if any(field.name == "author" for field in model._meta.concrete_fields):
        found |= Q(author=user, author__isnull=False)
    return found


def reopen(rows):
    """What changed is a draft again, whatever was approved before; returns how many of `rows` were not."""
    return rows.exclude(review_state=ReviewState.DRAFT).update(review_state=ReviewState.DRAFT)
