"""The family of an agreement: its framework, children, predecessors with gaps, successors; as a time line."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, AgreementLink
from agreements.models.effect import Effect, end_text, is_about, start_text
from tracker.reports.addresses import sheet_of
from tracker.reports.charts import Span, timeline
from tracker.reports.table import Cell, Column, Marked, Moment, make_table

KINDS = AgreementLink.Kind
RELATIONS = {
    # attribute of `with_relations`: its word
    "down_under": _("framework"),
    "down_follows": _("predecessor"),
    "down_replaces": _("predecessor, replaced"),
    "itself": _("this agreement"),
    "up_follows": _("agreement that follows"),
    "up_replaces": _("agreement that replaces it"),
    "up_under": _("under this framework"),
    "down_amends": _("amended by it"),
    "up_amends": _("amends it"),
    "down_related": _("related"),
    "up_related": _("related"),
}
COLUMNS = (
    Column("relation", _("Relation")),
    Column("code", _("Code")),
    Column("title", _("Agreement")),
    Column("period", _("Period")),
    Column("start", _("Effect from")),
    Column("end", _("Effect to")),
    Column("effect", _("Legal effect")),
    Column("gap", _("Gap")),
)


MEANINGS = (("dark", _("this agreement")), ("light", _("others of the family")), ("dashed", _("gap")))
"""What the shades of the time line mean."""


@dataclass(frozen=True)
class Relative:
    """An agreement of the family, what it is to the one in question, the gap between both (EDTF text)."""

    agreement: Agreement
    relations: tuple
    gap: str = ""


def family_of(pk, on):
    """[Relative] of the agreement `pk` and its counted relatives, itself first; empty when it is not there.

    One query; the agreements come from `with_effect(on)`.
    """
    near = AgreementLink.objects.filter(Q(agreement=pk) | Q(other=pk))
    chosen = Q(pk=pk) | Q(pk__in=near.values("agreement")) | Q(pk__in=near.values("other"))
    related = ("kind", "office", "signed_at", "kept_by", "unpublished_reason", "part_of")
    rows = Agreement.objects.counted().filter(chosen).with_effect(on).select_related(*related)
    rows = with_relations(rows, pk)
    found = sorted(rows, key=lambda row: (row.pk != pk, row.start_on is None, row.start_on or on, row.pk))
    if not found or found[0].pk != pk:
        return []
    itself = found[0]
    return [Relative(itself, ("itself",)), *(relative(row, itself) for row in found[1:])]


def with_relations(agreements, pk):
    """Annotate, for each kind of link, whether `pk` points down to the row, or the row up to `pk`."""
    marks = {}
    for kind in KINDS.values:
        links = AgreementLink.objects.filter(kind=kind)
        marks[f"down_{kind}"] = Exists(links.filter(agreement=pk, other=OuterRef("pk")))
        marks[f"up_{kind}"] = Exists(links.filter(agreement=OuterRef("pk"), other=pk))
    return agreements.annotate(**marks)


def relative(row, itself):
    relations = tuple(name for name in RELATIONS if name != "itself" and getattr(row, name))
    if "down_follows" in relations or "down_replaces" in relations:
        return Relative(row, relations, gap_between(row, itself))
    if "up_follows" in relations or "up_replaces" in relations:
        return Relative(row, relations, gap_between(itself, row))
    return Relative(row, relations)


def gap_between(older, newer):
    """EDTF text of the days between the end of `older` and the start of `newer`, "" without any."""
    if older.end_on is None or newer.start_on is None:
        return ""
    first, last = older.end_on + timedelta(days=1), newer.start_on - timedelta(days=1)
    return f"{first}/{last}" if first <= last else ""


def family_table(relatives, on):
    """The family as a Table in the order of time."""
    rows = [family_row(one, on) for one in in_time(relatives)]
    charts = timeline(_("Time line of the family"), list(spans(relatives)), on, MEANINGS)
    return make_table(
        "family", _("Family of the agreement"), COLUMNS, rows, as_of=on, sparse=True, charts=charts
    )


def in_time(relatives):
    undated = [one for one in relatives if one.agreement.start_on is None]
    dated = [one for one in relatives if one.agreement.start_on is not None]
    return sorted(dated, key=lambda one: (one.agreement.start_on, one.agreement.pk)) + undated


def family_row(one, on):
    row = one.agreement
    sheet = sheet_of(row.pk, on)
    return [
        tuple(RELATIONS[name] for name in one.relations),
        Cell(row.code, sheet),
        Cell(row.title, sheet),
        Moment(row.period),
        Moment(start_text(row)),
        Moment(end_text(row)),
        Marked(row.effect, Effect(row.effect).label, is_about(row, on)),
        Moment(one.gap),
    ]


def spans(relatives):
    """The family as spans of time, a gap on the line of the older one."""
    gaps = gaps_by_older(relatives)
    for one in in_time(relatives):
        row = one.agreement
        yield Span(row.code, row.start_on, row.end_on, "dark" if one.relations == ("itself",) else "light")
        for gap in gaps[row.pk]:
            first, last = map(date.fromisoformat, gap.split("/"))
            yield Span("", first, last, "dashed")


def gaps_by_older(relatives):
    """The gaps after each agreement: after the relative if it came before, else after the one in question."""
    found = defaultdict(list)
    for one in relatives:
        if one.gap:
            older = one if one.relations[0].startswith("down_") else relatives[0]
            found[older.agreement.pk].append(one.gap)
    return found
