"""The sentence that explains how a commitment stands: what is done of what, until when, told when last."""

from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _

from agreements import dates, numbers
from agreements.models import Progress
from agreements.models.standing import Health, State


def sentence(standing, figures, commitment, on):
    """Why `standing` says what it says on the day `on`: one sentence without an end stop.

    `figures`: its Figures; `commitment`: the row, with `unit` and `child`.
    """
    parts = [
        *set_by_hand(standing),
        *said(standing),
        *done(standing, figures, commitment, on),
        *outside(standing, commitment),
        *limits(standing, on),
        *news(standing),
        *doubts(standing),
    ]
    return "; ".join(parts)


def day(moment):
    return dates.display(moment.isoformat())


def set_by_hand(standing):
    if not standing.overridden:
        return
    words = {"reason": standing.set_reason, "until": day(standing.set_until), "officer": standing.set_by}
    if standing.set_by:
        yield _("set by an officer (%(officer)s) until %(until)s: %(reason)s") % words
    else:
        yield _("set by an officer until %(until)s: %(reason)s") % words


def said(standing):
    """What the last assessment says, where the state rests on it."""
    closing = (
        State.PAUSED,
        State.NOT_PERFORMED,
        State.CARRIED_OVER,
        State.PARTLY,
        State.DONE,
        State.NOT_STARTED,
    )
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
    elif deciding := [one for one in figures if one.decides]:
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
    if not standing.news_text:
        return _("no activity recorded")
    words = {"count": standing.recent, "days": settings.STANDING_WINDOW_DAYS, "on": told(standing)}
    if standing.recent:
        return _("%(count)s activities in %(days)s days, the last on %(on)s") % words
    return _("no activity in %(days)s days, the last news on %(on)s") % words


def of_share(share, unit):
    """What a counterpart got: "3 suất; hoạt động gần nhất 1/5/2023"."""
    parts = [] if share.reached is None else [f"{numbers.display(share.reached)} {unit or ''}".strip()]
    words = {"days": settings.STANDING_WINDOW_DAYS, "on": told(share)} if share.news_text else {}
    if share.recent and words:
        parts.append(_("last activity on %(on)s") % words)
    elif words:
        parts.append(_("no activity in %(days)s days, the last news on %(on)s") % words)
    else:
        parts.append(_("activity without a date") if share.recent else _("no activity recorded"))
    return "; ".join(parts)


def reached(figures, commitment, on):
    """One target in full; of several, how many are reached and the one that runs or ended last."""
    begun = [one for one in figures if one.first is None or one.first <= on] or figures[:1]
    if len(figures) > 1:
        words = {"met": sum(map(is_met, figures)), "begun": len(begun), "all": len(figures)}
        yield _("%(met)s of %(all)s targets reached, %(begun)s begun") % words
    yield of_target(begun[-1], str(commitment.unit or ""))


def of_target(figure, unit):
    """ "3/4 suất năm 2023 đã bàn giao (1 chưa kiểm chứng)"."""
    words = {
        "reached": "" if figure.reached is None else numbers.display(figure.reached),
        "wanted": wanted(figure),
        "unit": " ".join(filter(None, [unit, whose(figure)])),
        "period": period_words(figure.period),
    }
    if figure.reached is None:
        text = _("no figure yet of %(wanted)s %(unit)s %(period)s")
    elif figure.delivered:
        text = _("%(reached)s/%(wanted)s %(unit)s %(period)s delivered")
    else:
        text = _("%(reached)s/%(wanted)s %(unit)s %(period)s done")
    written = " ".join((text % words).split())
    claimed = (figure.reached or Decimal(0)) - (figure.checked or Decimal(0))
    if claimed > 0:
        written += _(" (%(count)s of them not verified)") % {"count": numbers.display(claimed)}
    return written


def period_words(text):
    """ "năm 2023", "tháng 3/2023", "giai đoạn 2022–2025"."""
    if not text:
        return ""
    words = {
        "year": _("in the year %(period)s"),
        "month": _("in the month %(period)s"),
        "period": _("in the period %(period)s"),
        "day": _("on the day %(period)s"),
    }
    return words[dates.parse(text).precision] % {"period": dates.display(text)}


def wanted(figure):
    """The bounds of a target: "4", "8–10", "≤ 5"."""
    if figure.minimum is None:
        return f"≤ {numbers.display(figure.most)}"
    bounds = [numbers.display(bound) for bound in (figure.minimum, figure.most) if bound is not None]
    return "–".join(dict.fromkeys(bounds))


def whose(figure):
    """The party that a target names: "với Luông Pha Bang"."""
    words = [(_("by %(party)s"), figure.by_whom), (_("with %(party)s"), figure.with_whom)]
    return " ".join(text % {"party": party} for text, party in words if party)


def is_met(figure):
    return figure.reached is not None and figure.reached >= (figure.minimum or 0)


def outside(standing, commitment):
    """What was done and counts for no target: "ngoài chỉ tiêu: 4 suất (2/2023)"."""
    if standing.outside is None:
        return
    text = (
        _("outside the targets: %(count)s %(unit)s (%(on)s)")
        if standing.outside_days == 1
        else _("outside the targets: %(count)s %(unit)s (the last on %(on)s)")
    )
    yield text % {
        "count": numbers.display(Decimal(str(standing.outside))),
        "unit": commitment.unit or "",
        "on": dates.display(standing.outside_text.partition("|")[2]),
    }


def limits(standing, on):
    if standing.due is None:
        return
    if standing.health == Health.OVERDUE:
        words = {"day": day(standing.due), "days": numbers.display((on - standing.due).days)}
        yield _("due on %(day)s, %(days)s days over") % words
    else:
        yield _("due on %(day)s") % {"day": day(standing.due)}


def news(standing):
    if standing.news_text and standing.kind != "standing":
        yield _("last told on %(on)s") % {"on": told(standing)}


def told(standing):
    """The date of the latest thing told, as precisely as it is known."""
    return dates.display(standing.news_text.partition("|")[2])


def doubts(standing):
    if standing.about:
        yield _("not certain: a date is known only to its month, year or period, or not at all")
    if standing.drafts and settings.REVIEW_REQUIRED:
        yield _("%(count)s figures or activities wait for approval") % {"count": standing.drafts}
