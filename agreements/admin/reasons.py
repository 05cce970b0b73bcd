"""The open list of reasons, split by use: why a paper is not published, why something was not done."""

from django.db.models import Q

from agreements.models import Term

PUBLICATION, PERFORMANCE = "not_published", "not_performed"
"""Codes of the two entries under which the reasons stand (fixtures/reference/terms.csv)."""
OF_PUBLICATION = ("not_required", "agreed_otherwise", "secret")
"""Reasons of registers begun before the list was split, which stand under no entry."""


def reasons(use):
    """Reasons offered for `use`: those under its entry, and those under none that fit it."""
    of_publication = Q(parent__code=PUBLICATION) | Q(code__in=OF_PUBLICATION)
    either = Q(code="other", parent=None)
    offered = Term.objects.filter(vocabulary="reason", retired=False).exclude(
        code__in=(PUBLICATION, PERFORMANCE)
    )
    return offered.filter(of_publication | either) if use == PUBLICATION else offered.exclude(of_publication)
