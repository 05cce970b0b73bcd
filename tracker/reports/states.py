"""How far a commitment has come, as far as dates and reports tell on a day."""

from collections import defaultdict

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from agreements.models import Commitment
from agreements.models.fulfilment import BINDING, NEVER_LATE
from tracker.reports.table import Target


class State(TextChoices):
    """The words for the state of a commitment on a day, the late ones first."""

    OVERDUE = "overdue", _("overdue")
    DONE = "done", _("done")
    PARTLY = "partly", _("partly done")
    IN_PROGRESS = "in_progress", _("in progress")
    STANDING = "standing", _("standing, kept up")
    NOT_STARTED = "not_started", _("not started")
    PAUSED = "paused", _("paused")
    NOT_PERFORMED = "not_performed", _("not performed")
    CARRIED_OVER = "carried_over", _("carried over")
    NO_NEWS = "no_news", _("no report")


def state_of(commitment):
    """The first that holds of the table in docs/reports.md.

    `commitment` has its own columns, those of `with_state(on)`, and `served`: an event performed it by then.
    """
    said = commitment.assessment_on
    if said == State.DONE or commitment.child_signed or commitment.met:
        return State.DONE
    if said in (State.NOT_PERFORMED, State.CARRIED_OVER, State.PAUSED):
        return State(said)
    if commitment.late:
        return State.OVERDUE
    if said:
        return State(said)
    if not commitment.reported_text and not commitment.served:
        return State.NO_NEWS
    return State.STANDING if commitment.kind == Commitment.Kind.STANDING else State.IN_PROGRESS


def is_dated(commitment):
    """Whether it can become overdue: undertaken, measurable, with a last day."""
    return (
        commitment.strength in BINDING
        and commitment.kind not in NEVER_LATE
        and commitment.period_last is not None
    )


def reached(target, results):
    """Σ quantity of the results whose dates lie in the target's period, or None when none has a number.

    A target for one obligor or counterpart counts the results that name it, a whole target all of them.
    """
    within = [
        result.quantity
        for result in results
        if result.quantity is not None
        and (target.period_first is None or (result.first and result.first >= target.period_first))
        and (target.period_last is None or (result.last and result.last <= target.period_last))
        and target.obligor_id in (None, result.obligor)
        and target.counterpart_id in (None, result.counterpart)
    ]
    return sum(within) if within else None


def compare(targets, results, units=None):
    """{commitment id: [Target]} of `targets` (model rows) against `results` by commitment."""
    compared = defaultdict(list)
    for target in targets:
        sum_reached = reached(target, results.get(target.commitment_id, ()))
        unit = (units or {}).get(target.commitment_id, "")
        compared[target.commitment_id].append(
            Target(target.period, target.minimum, target.maximum, sum_reached, unit)
        )
    return compared
