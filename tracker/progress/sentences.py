"""The sentence that explains how a commitment stands: what is done of what, until when, told when last."""

from decimal import Decimal

from django.utils.translation import gettext as _

from agreements import dates, numbers
from agreements.models import Progress
from agreements.models.standing import Health, State

SEVERAL = 1
"""Targets beyond which a sentence sums up instead of naming each."""


def sentence(standing, figures, commitment, on):
    """Why `standing` says what it says on the day `on`: one sentence without an end stop.

    `figures`: its Figures; `commitment`: the row, with `unit` and `child`.
    """
    parts = [
        *set_by_hand(standing),
        *said(standing),
        *done(standing, figures, commitment, on),
        *limits(standing, on),
        *news(standing),
        *doubts(standing),
    ]
    return "; ".join(parts)


def day(moment):
    return dates.display(moment.isoformat())


def set_by_hand(standing):
    if standing.overridden:
        words = {"reason": standing.set_reason, "until": day(standing.set_until)}
        yield _("set by an officer until %(until)s: %(reason)s") % words


def said(standing):
    """What the last assessment says, where the state rests on it."""
    closing = (State.PAUSED, State.NOT_PERFORMED, State.CARRIED_OVER, State.PARTLY, State.DONE, State.NOT_STARTED)
    if standing.continued and standing.state == State.CARRIED_OVER:
        yield _("goes on in %(code)s") % {"code": standing.continued}
    elif standing.assessment and standing.assessment in closing and standing.assessment == standing.state:
        words = {
            "word": Progress.Assessment(standing.assessment).label,
            "on": dates.display(standing.said_on),
            "reason": standing.reason,
        }
        yield (_("reported “%(word)s” on %(on)s (%(reason)s)") if standing.reason
               else _("reported “%(word)s” on %(on)s")) % words  # fmt: skip


def done(standing, figures, commitment, on):
    """What is done: of targets, by activity, or the paper signed."""
    if commitment.kind == "child":
        yield child(standing, commitment)
    elif commitment.kind == "standing":
        yield active(standing)
    elif deciding := [one for one in figures if one.whole] or figures:
        yield from reached(deciding, commitment, on)
    elif standing.acts:
        yield _("%(count)s activities or reports of work, no target in numbers") % {"count": standing.acts}
    elif standing.state == State.NOT_DUE:
        yield _("begins on %(day)s") % {"day": day(standing.first)}
    elif not standing.assessment:
        yield _("no report and no activity recorded")


def child(standing, commitment):
    if standing.child_signed:
        return _("signed: %(code)s") % {"code": commitment.child.code}
    return _("the paper is not signed yet")


def active(standing):
    if standing.recent:
        return _("%(count)s activities within the window, the last on %(on)s") % {
            "count": standing.recent, "on": told(standing),
        }  # fmt: skip
    if standing.news_text:
        return _("no activity within the window, the last on %(on)s") % {"on": told(standing)}
    return _("no activity recorded")


def reached(figures, commitment, on):
    """One target in full; of several, how many are reached and the one that runs or ended last."""
    due = [one for one in figures if one.first is None or one.first <= on] or figures[:1]
    if len(figures) > SEVERAL:
        met = sum(is_met(one) for one in figures)
        ended = [one for one in figures if one.due and one.due < on]
        yield _("%(met)s of %(ended)s ended targets reached, %(all)s in all") % {
            "met": sum(is_met(one) for one in ended), "ended": len(ended), "all": len(figures),
        } if len(ended) < len(figures) else _("%(met)s of %(all)s targets reached") % {"met": met, "all": len(figures)}  # fmt: skip
    yield of_target(due[-1], str(commitment.unit or ""))


def of_target(figure, unit):
    """ "3/4 suất năm 2023 đã bàn giao (1 chưa kiểm chứng)"."""
    words = {
        "reached": "" if figure.reached is None else numbers.display(figure.reached),
        "wanted": wanted(figure),
        "unit": " ".join(filter(None, [unit, whose(figure)])),
        "period": dates.display(figure.period) if figure.period else "",
    }
    if figure.reached is None:
        text = _("no figure yet of %(wanted)s %(unit)s %(period)s")
    elif figure.sources == "delivery":
        text = _("%(reached)s/%(wanted)s %(unit)s %(period)s delivered")
    else:
        text = _("%(reached)s/%(wanted)s %(unit)s %(period)s done")
    written = " ".join((text % words).split())
    claimed = (figure.reached or Decimal(0)) - (figure.checked or Decimal(0))
    if claimed > 0:
        written += _(" (%(count)s of them not verified)") % {"count": numbers.display(claimed)}
    return written


def wanted(figure):
    """The bounds of a target: "4", "8–10"."""
    bounds = [numbers.display(bound) for bound in (figure.minimum, figure.most) if bound is not None]
    return "–".join(dict.fromkeys(bounds))


def whose(figure):
    return " → ".join(filter(None, [figure.by_whom, figure.with_whom]))


def is_met(figure):
    return figure.reached is not None and figure.minimum is not None and figure.reached >= figure.minimum


def limits(standing, on):
    if standing.due is None:
        return
    if standing.health == Health.OVERDUE:
        words = {"day": day(standing.due), "days": numbers.display((on - standing.due).days)}
        yield _("due on %(day)s, %(days)s days over") % words
    else:
        yield _("due on %(day)s") % {"day": day(standing.due)}


def news(standing):
    if standing.news_text:
        yield _("last told on %(on)s") % {"on": told(standing)}


def told(standing):
    """The date of the latest thing told, as precisely as it is known."""
    return dates.display(standing.news_text.partition("|")[2])


def doubts(standing):
    if standing.about:
        yield _("not certain: a date is known only to its month, year or period, or not at all")
    if standing.drafts and standing.held_back:
        yield _("%(count)s figures or activities wait for approval") % {"count": standing.drafts}
