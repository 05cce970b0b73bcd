"""Legal effect (tình trạng hiệu lực) as of a date: derived from dates and events, never typed."""

from datetime import date, timedelta
from functools import lru_cache

from django.db.models import (
    Case,
    CharField,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _

from agreements import dates

EXPIRING_DAYS = 180
"""Renewal begins half a year before the end: opinions, approval and signing take that long."""


class Effect(TextChoices):
    """The words for the legal effect of an agreement on a day."""

    NOT_YET = "not_yet", _("not yet in force")
    IN_FORCE = "in_force", _("in force")
    IN_FORCE_NO_END = "in_force_no_end", _("in force, end not stated")
    EXPIRING = "expiring", _("in force, expiring soon")
    CONFIRM = "confirm", _("renewed automatically? needs confirmation")
    SUSPENDED = "suspended", _("suspended")
    EXPIRED = "expired", _("expired")
    ENDED = "ended", _("ended")
    REPLACED = "replaced", _("replaced")
    UNKNOWN = "unknown", _("not determined")


bounds = lru_cache(maxsize=10_000)(dates.bounds)
"""As `dates.bounds`, remembered: a list of thousands holds few different dates."""

NOW_IN_FORCE = (Effect.IN_FORCE, Effect.IN_FORCE_NO_END, Effect.EXPIRING)


def concluded(prefix=""):
    return Coalesce(f"{prefix}signed_first", f"{prefix}exchanged_first")


def start(prefix=""):
    """First day of effect: the day the paper says; else the later of its period's begin and its signing.

    Written without a NULL in GREATEST, which means NULL on SQLite and nothing on PostgreSQL.
    """
    begin = Case(
        When(
            **{f"{prefix}period_first__isnull": False},
            then=Greatest(f"{prefix}period_first", Coalesce(concluded(prefix), f"{prefix}period_first")),
        ),
        default=concluded(prefix),
    )
    return Coalesce(f"{prefix}effective_first", begin)


class EffectMixin:
    """Questions about legal effect, for the QuerySet of agreements."""

    def with_effect(self, on):
        """Annotate each agreement with its legal effect on the day `on`.

        Adds `start_on`, `end_on` (dates or None: not stated), `effect` (a value of `Effect`), `effect_on`
        (the day) and, as EDTF text, what decided: `until_text` (the new end given by the last extension),
        `ending_text` (when it was ended), `replacing_text` (the start of the newer one), `pausing_text`
        (the last suspension or resumption).
        One statement whatever the number of rows; the same answers on SQLite and PostgreSQL.
        """
        from agreements.models import Agreement, AgreementEvent, AgreementLink
        from agreements.models.record import counted

        events = AgreementEvent.objects.filter(agreement=OuterRef("pk"), partial=False, on_first__lte=on)
        extensions = (
            events.filter(kind__in=["extended", "renewed"]).exclude(until="").order_by("-on_first", "-id")
        )
        endings = events.filter(kind__in=["terminated", "withdrawn"]).order_by("on_first")
        replacing = AgreementLink.objects.filter(
            counted("agreement__"), other=OuterRef("pk"), kind="replaces"
        )
        replacing = replacing.exclude(agreement__process__in=Agreement.BEFORE_SIGNING)
        replacing = replacing.annotate(
            start_of_newer=start("agreement__"), text_of_newer=text_of_start("agreement__")
        )
        replacing = replacing.filter(start_of_newer__lte=on).order_by("start_of_newer", "id")
        pauses = events.filter(kind__in=["suspended", "resumed"]).order_by("-on_first", "-id")
        return self.annotate(
            start_on=start(),
            end_on=Coalesce(Subquery(extensions.values("until_last")[:1]), "expires_last", "period_last"),
            until_text=Coalesce(Subquery(extensions.values("until")[:1]), Value("")),
            ending_text=Coalesce(Subquery(endings.values("on")[:1]), Value("")),
            is_replaced=Exists(replacing),
            replacing_text=Coalesce(Subquery(replacing.values("text_of_newer")[:1]), Value("")),
            pausing_text=Coalesce(Subquery(pauses.values("on")[:1]), Value("")),
            is_renewed=Exists(events.filter(kind="renewed", until="")),
            last_suspended=last_day_of(events, "suspended"),
            last_resumed=last_day_of(events, "resumed"),
        ).annotate(
            effect=effect_case(on, Agreement.BEFORE_SIGNING), effect_on=Value(on, output_field=DateField())
        )

    def in_force(self, on):
        """The counted ones in force on the day `on`, those about to expire among them."""
        return self.counted().with_effect(on).filter(effect__in=NOW_IN_FORCE)

    def expiring(self, on, days):
        """The counted ones in force on `on` that end within `days` days."""
        return self.in_force(on).filter(end_on__range=(on, on + timedelta(days=days)))


def last_day_of(events, kind):
    return Subquery(events.filter(kind=kind).order_by("-on_first").values("on_first")[:1])


def effect_case(on, before_signing):
    """The first of these that holds, in this order (the table of docs/reports.md)."""
    return Case(
        When(process__in=before_signing, then=Value(Effect.NOT_YET)),
        When(~Q(ending_text=""), then=Value(Effect.ENDED)),
        When(is_replaced=True, then=Value(Effect.REPLACED)),
        When(start_on__isnull=True, then=Value(Effect.UNKNOWN)),
        When(start_on__gt=on, then=Value(Effect.NOT_YET)),
        When(end_on__lt=on, is_renewed=True, then=Value(Effect.IN_FORCE_NO_END)),
        When(end_on__lt=on, auto_renews=True, then=Value(Effect.CONFIRM)),
        When(end_on__lt=on, then=Value(Effect.EXPIRED)),
        When(
            Q(last_suspended__isnull=False)
            & (Q(last_resumed__isnull=True) | Q(last_suspended__gt=F("last_resumed"))),
            then=Value(Effect.SUSPENDED),
        ),
        When(end_on__isnull=True, then=Value(Effect.IN_FORCE_NO_END)),
        When(end_on__lt=on + timedelta(days=EXPIRING_DAYS), then=Value(Effect.EXPIRING)),
        default=Value(Effect.IN_FORCE),
        output_field=CharField(),
    )


def text_of_start(prefix=""):
    """The EDTF text (or period) whose first day decides `start()`, as an expression."""
    period_decides = Q(**{f"{prefix}period_first__isnull": False}) & (
        Q(**{f"{prefix}signed_on": "", f"{prefix}exchanged_on": ""})
        | Q(**{f"{prefix}period_first__gt": concluded(prefix)})
    )
    return Case(
        When(~Q(**{f"{prefix}effective_on": ""}), then=F(f"{prefix}effective_on")),
        When(period_decides, then=F(f"{prefix}period")),
        When(~Q(**{f"{prefix}signed_on": ""}), then=F(f"{prefix}signed_on")),
        default=F(f"{prefix}exchanged_on"),
        output_field=CharField(),
    )


def start_text(agreement):
    """The EDTF text that decided `start_on`: the paper's own day, its period's begin, or its signing."""
    if agreement.effective_on:
        return agreement.effective_on
    conclusion = agreement.signed_on or agreement.exchanged_on
    concluded_first = agreement.signed_first or agreement.exchanged_first or date.min
    if agreement.period_first and agreement.period_first > concluded_first:
        return begin_of(agreement.period)
    return conclusion


def begin_of(text):
    return text.partition("/")[0]


def end_text(agreement):
    """The EDTF text that decided `end_on`, "" when the end is not stated."""
    text = agreement.until_text or agreement.expires_on or agreement.period.rpartition("/")[2]
    return "" if text == dates.OPEN else text


def is_about(agreement, on):
    """Whether `on` lies in the very year or month to which a deciding date is known only (≈).

    `agreement` comes from `with_effect(on)`.
    """
    return any(spans(text, on) for text in deciding_texts(agreement) if text)


def deciding_texts(agreement):
    """The EDTF texts on which the legal effect of `agreement` rests."""
    if agreement.effect == Effect.UNKNOWN or agreement.process in agreement.BEFORE_SIGNING:
        return []
    if agreement.effect == Effect.ENDED:
        return [agreement.ending_text]
    if agreement.effect == Effect.REPLACED:
        return [begin_of(agreement.replacing_text)]
    return [start_text(agreement), end_text(agreement), agreement.pausing_text]


def spans(text, on):
    first, last = bounds(text)
    return None not in (first, last) and first != last and first <= on <= last
