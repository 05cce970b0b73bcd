"""What goes from draft to submitted to approved (agreements/review.py), and what of it reports take."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreements.fields import LongText
from agreements.models.record import RecordQuerySet, ReviewState, counted


class Reviewed(models.Model):
    """Figures that a second pair of eyes approves (phải duyệt): reports of progress, visits, meetings, aid.

    `review_state` stands in the table itself or comes with `Record`.
    """

    review_note = LongText(_("note of the review"), blank=True, default="", editable=False)

    class Meta:
        abstract = True


def reviewed(prefix=""):
    """Q for what the review lets into reports: everything, or with REVIEW_REQUIRED=on only what is approved.

    With `prefix` ("delivery__") for a row that points to it; it also holds where nothing is pointed to.
    """
    if not settings.REVIEW_REQUIRED:
        return Q()
    found = Q(**{f"{prefix}review_state": ReviewState.APPROVED})
    return found | Q(**{f"{prefix}isnull": True}) if prefix else found


def reported(prefix=""):
    """Q for the records under review that reports tell of: not withdrawn, and let in by the review."""
    return counted(prefix) & reviewed(prefix)


class ReviewedQuerySet(RecordQuerySet):
    """Questions about top records that are reviewed."""

    def reported(self):
        return self.filter(reported())
