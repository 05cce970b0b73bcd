"""The way of a progress report: draft → submitted → approved, or returned with a note. Each step is in its history."""

from django.db.models import Q
from django.utils.translation import gettext as _

from agreements.models import Progress
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
    """Take those of the QuerySet `rows` that may take it one step on; returns how many that were.

    Two pairs of eyes: nobody approves what they entered. Who returns says why; the note stands until the next step.
    """
    if step == RETURN and not note.strip():
        raise NoNote(_("Say why the reports are returned: write a note beside the action."))
    due = rows.filter(review_state__in=FROM[step])
    if step == APPROVE:
        due = due.filter(~Q(author=user) | Q(author=None))
    keys = list(due.values_list("pk", flat=True))
    # asked again in the statement that writes: somebody else may have taken the step meanwhile
    chosen = Progress.objects.filter(pk__in=keys, review_state__in=FROM[step])
    chosen.update(review_state=TO[step], review_note=note.strip() if step == RETURN else "")
    return len(keys)
