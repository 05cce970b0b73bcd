"""Agreements that end within the days ahead, and those that lapsed with nothing signed to follow them."""

from collections import Counter

from django.db.models import Count, Exists, OuterRef, Q, Subquery, Window
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, AgreementLink
from agreements.models.effect import NOW_IN_FORCE, Effect, bounds, end_text
from agreements.models.record import counted
from tracker.reports.addresses import record, sheet_of
from tracker.reports.agreement_status import effect
from tracker.reports.asking import left_out
from tracker.reports.table import Cell, Column, Days, Moment, make_table

LAPSED = (Effect.EXPIRED, Effect.CONFIRM)
ENDING = (
    Column("title", _("Agreement")),
    Column("parties", _("Other side")),
    Column("end", _("Ends on")),
    Column("days", _("Days left"), "number"),
    Column("effect", _("Legal effect")),
    Column("next", _("Successor being prepared")),
    Column("unit", _("Focal unit")),
    Column("office", _("Office")),
)
OVER = tuple(Column("days", _("Days since"), "number") if one.key == "days" else one for one in ENDING)


def successors(on):
    """Links from later agreements to the one at hand; `signed` where the later one was concluded by the day."""
    begun = Coalesce("agreement__signed_first", "agreement__exchanged_first", "agreement__period_first")
    rows = AgreementLink.objects.filter(
        counted("agreement__"), other=OuterRef("pk"), kind__in=["follows", "replaces"]
    ).annotate(begun=begun)
    signed = ~Q(agreement__process__in=Agreement.BEFORE_SIGNING) & (Q(begun=None) | Q(begun__lte=on))
    return rows, signed


def found(asked):
    """{table: its agreements with their legal effect}, as many as a page shows (two queries).

    Each has `following`, a successor not signed yet, and `of_all`, how many the table has.
    """
    rows, signed = successors(asked.on)
    drafted = rows.exclude(signed).exclude(agreement__process=Agreement.Process.REFUSED).order_by("-pk")
    known = (
        asked.agreements.with_effect(asked.on)
        .annotate(
            followed=Exists(rows.filter(signed)),
            following=Subquery(drafted.values("agreement__title")[:1]),
            following_id=Subquery(drafted.values("agreement")[:1]),
        )
        .select_related("office")
    )
    ending = known.filter(ends_ahead(asked))
    lapsed = known.filter(effect__in=LAPSED, followed=False)
    tables = {
        "ending": ending.order_by("end_on", "code", "pk"),
        "lapsed": lapsed.order_by("-end_on", "code", "pk"),
    }
    return {
        key: list(some.annotate(of_all=Window(Count("pk")))[: asked.most]) for key, some in tables.items()
    }


def ends_ahead(asked):
    """Q of what is in force and ends in the days ahead, over `with_effect`."""
    return Q(effect__in=NOW_IN_FORCE, end_on__range=(asked.on, asked.until))


def days_of_end(asked, rows):
    """{day ahead: how many end on it}; `rows`: those that a page shows (one query where it leaves some out)."""
    if not rows or rows[0].of_all == len(rows):
        return Counter(row.end_on for row in rows)
    every = asked.agreements.with_effect(asked.on).filter(ends_ahead(asked))
    return Counter(every.order_by().values_list("end_on", flat=True))


TITLES = {
    "ending": (_("Agreements that end in the days ahead"), ENDING),
    "lapsed": (_("Agreements that lapsed without a signed successor"), OVER),
}


def tables(papers, parts, asked):
    """((Table, how many), …) of those that end and of those that lapsed."""
    for key, (title, columns) in TITLES.items():
        rows = papers[key]
        all_of_them = rows[0].of_all if rows else 0
        table = make_table(
            key,
            title,
            columns,
            [told(row, parts, asked.on) for row in rows],
            notes=tuple(left_out(len(rows), all_of_them, f"{asked.address(all=1)}#{key}")),
            as_of=asked.on,
            empty=_("None."),
        )
        yield table, all_of_them


def told(row, parts, on):
    text = end_text(row)
    about = bool(text) and bounds(text)[0] != bounds(text)[1]
    theirs = [part.name for part in parts.of("agreement", row.pk, "party") if part.country != "VN"]
    draft = record("agreement", row.following_id) if row.following_id else ""
    return [
        Cell(f"{row.title} ({row.code})", sheet_of(row.pk, on)),
        ", ".join(dict.fromkeys(theirs)),
        Moment(text),
        Cell(Days(abs((row.end_on - on).days), about), late=row.end_on < on),
        effect(row, on),
        Cell(row.following, draft),
        parts.names("agreement", row.pk, "focal"),
        row.office.name,
    ]
