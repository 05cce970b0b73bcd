"""The words for how a commitment stands on a day, and where the rule that decides them comes from.

The rule needs visits and deliveries, of which this floor knows nothing: `tracker.progress` registers it.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

BINDING = ("signed", "agreed", "announced", "task")
"""Strengths that can be late: nobody has undertaken what is proposed or wished."""
NEVER_LATE = ("standing",)
"""Kinds without a measure."""


class State(TextChoices):
    """How far it has come (tình hình thực hiện); docs/reports.md says when each holds."""

    NOT_DUE = "not_due", _("not due yet")
    NO_NEWS = "no_news", _("no report")
    NOT_STARTED = "not_started", _("not started")
    IN_PROGRESS = "in_progress", _("in progress")
    PARTLY = "partly", _("partly done")
    DONE = "done", _("done")
    BEYOND = "beyond", _("done beyond target")
    ACTIVE = "active", _("standing, active")
    IDLE = "idle", _("standing, without activity")
    PAUSED = "paused", _("paused")
    NOT_PERFORMED = "not_performed", _("not performed")
    CARRIED_OVER = "carried_over", _("carried over")


CLOSED = (State.DONE, State.BEYOND, State.NOT_PERFORMED, State.CARRIED_OVER)
"""Nothing more is to come of these."""


class Health(TextChoices):
    """Whether it goes as it should (mức độ bảo đảm thời hạn), apart from how far it has come."""

    OVERDUE = "overdue", _("overdue")
    DUE_SOON = "due_soon", _("due soon")
    STALE = "stale", _("stale")
    ON_TIME = "on_time", _("on time")


_rules = {}


def decides(rule):
    """Register one of the functions that judge, by its name.

    `ids(on, queryset, **values)`: the ids of those of `queryset` that stand so, for `pk__in`;
    `standings(on, queryset)`: a list, for each of them a row with its `id`, `state` and `health`.
    """
    _rules[rule.__name__] = rule
    return rule


def standing(queryset, on, **values):
    """Those commitments of `queryset` whose columns (`state`, `health` …) have these values on the day `on`."""
    return queryset.filter(pk__in=_rules["ids"](on, queryset.model.objects.counted(), **values))


def stand(queryset, on):
    """{id: row} of how the counted commitments of `queryset` stand on the day `on`: one query."""
    return {row.id: row for row in _rules["standings"](on, queryset.counted())}
