"""One agreement's sheet: the paper, its family, what it promises, what served it, and who says so."""

from collections import defaultdict
from datetime import date

from django.db.models import CharField, OuterRef, Subquery, Value
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, Name, Progress, Target
from agreements.models.effect import end_text, start_text
from tracker.reports import figures, states
from tracker.reports.agreement_status import Result, days_left, effect, made_by, performed
from tracker.reports.charts import Bar, timeline
from tracker.reports.family import family_of, family_table, in_time
from tracker.reports.sheet_tables import (
    aid_table,
    aid_totals,
    commitments_table,
    delegations_table,
    events_table,
    gifts_table,
    meetings_table,
    others_table,
    sources_table,
)
from tracker.reports.table import Moment, Sheet, Sides
from tracker.reports.taking_part import citations, parts_taken, union

TOLD = (
    "delegation__code",
    "delegation__name",
    "meeting__code",
    "meeting__kind",
    "meeting__results",
    "delivery__code",
    "commitment__code",
)
RARE = ("events", "aid-totals", "gifts", "others")
"""Tables that most sheets do not have: left out where they are empty."""
NOTES = (
    _("≈: the day asked lies in the year or month to which a deciding date is known only."),
    _("—: not known or nothing recorded; it does not mean 0."),
    _("“Of which” rows are part of another row: they are shown and not added."),
)


def agreement_sheet(pk, on):
    """A Sheet of the counted agreement `pk` as of the day `on`; None when there is none. Ten queries."""
    relatives = family_of(pk, on)
    if not relatives:
        return None
    told = gather(relatives[0].agreement, on)
    return Sheet(
        "agreement-sheet",
        relatives[0].agreement.title,
        on,
        facts=tuple(facts(relatives[0].agreement, told, on)),
        tables=tuple(table for table in tables(relatives, told, on) if table.rows or table.key not in RARE),
        notes=NOTES,
        charts={"family": timeline(list(bars(relatives)), on)},
    )


def gather(agreement, on):
    """Everything of the sheet beside the agreement itself and its family (nine queries)."""
    itself = Agreement.objects.filter(pk=agreement.pk)
    links = figures.links(itself, TOLD)
    events = {kind: sorted({getattr(link, kind) for link in links} - {None}) for kind in figures.EVENTS}
    return {
        "links": links,
        "lines": figures.served_lines(links, figures.lines(itself)),
        "parts": parts_taken(agreement.pk, events),
        "citations": citations(agreement.pk, events),
        "befell": list(agreement.events.select_related("successor", "document")),
        **names_and_fields(agreement.pk),
        **promises(itself, links, on),
    }


def names_and_fields(pk):
    """Other titles and fields of cooperation (one query)."""
    fields = Agreement.fields.through.objects.filter(agreement=pk).order_by()
    names = Name.objects.filter(agreement=pk).order_by()
    rows = union(
        [
            fields.values_list(Value("fields", output_field=CharField()), "term__rank", "term__name"),
            names.values_list(Value("names", output_field=CharField()), "id", "text"),
        ]
    )
    found = {"fields": [], "names": []}
    for sort, _rank, text in sorted(rows):
        found[sort].append(text)
    return found


def promises(itself, links, on):
    """Commitments made by `on`, each with `state` and `targets_told`, and their reports (three queries)."""
    reports = Progress.objects.counting(on).filter(commitment=OuterRef("pk")).exclude(done="")
    reports = reports.order_by("-on_last", "-number")
    rows = made_by(on).filter(agreement__in=itself).with_state(on).select_related("unit", "child")
    rows = list(rows.annotate(told=Subquery(reports.values("done")[:1])))
    targets = list(Target.objects.filter(commitment__agreement__in=itself).order_by("period_first", "id"))
    progress = list(
        Progress.objects.filter(commitment__agreement__in=itself, on_first__lte=on).select_related("reason")
    )
    results, served = performed(on, links)
    corrected = {one.corrects_id for one in progress}
    for one in progress:
        if one.quantity is not None and one.pk not in corrected:
            results[one.commitment_id].append(reported(one))
    compared = states.compare(targets, results, {row.pk: str(row.unit or "") for row in rows})
    met = states.all_met(targets, compared)
    for row in rows:
        news = bool(row.reported_text) or row.pk in served
        row.state, row.targets_told = states.state_of(row, on, row.pk in met, news), compared.get(row.pk, [])
    return {"promises": rows, "progress": by_commitment(progress), "corrected": corrected}


def reported(one):
    """A progress report as a Result."""
    return Result(
        one.commitment_id, one.quantity, one.on_first, one.on_last, one.obligor_id, one.counterpart_id
    )


def by_commitment(progress):
    found = defaultdict(list)
    for one in progress:
        found[one.commitment_id].append(one)
    return found


def facts(row, told, on):
    """(label, value) of the paper itself; rare facts only where they are known."""
    parts = told["parts"]
    yield _("Code"), row.code
    yield _("Kind"), row.kind
    yield _("Other titles"), told["names"]
    yield _("Parties (Vietnamese side | other side)"), sides(row, told, on)
    yield _("Signed"), Moment(row.signed_on)
    yield _("Signed at"), row.signed_at
    yield _("Signatories"), parts.people("agreement", row.pk, "signatory")
    yield _("Witnesses"), parts.people("agreement", row.pk, "witness")
    yield _("Period as printed"), Moment(row.period)
    yield _("Effect from"), Moment(start_text(row))
    yield _("Effect to"), Moment(end_text(row))
    yield _("Legal effect"), effect(row, on)
    yield _("Days left"), days_left(row, on)
    yield _("Focal units"), parts.names("agreement", row.pk, "focal")
    yield _("Cooperating units"), parts.names("agreement", row.pk, "cooperating")
    yield _("Fields of cooperation"), told["fields"]
    yield _("Level"), row.get_level_display()
    yield _("Governed by"), row.get_track_display()
    yield _("Stage"), row.get_process_display()
    yield _("Office"), row.office
    yield from ((label, value) for label, value in rare_facts(row) if value not in (None, "", Moment("")))


def rare_facts(row):
    """Facts that most papers do not have."""
    several = _("several, number not known")
    yield _("How many"), several if row.number is None else ("" if row.number == 1 else row.number)
    yield _("Of which"), row.part_of
    yield _("How signed"), row.get_mode_display()
    yield _("Exchanged"), Moment(row.exchanged_on)
    yield _("Effective from"), Moment(row.effective_on)
    yield _("Expires on"), Moment(row.expires_on)
    yield _("Renews automatically"), row.auto_renews
    yield _("Notice (days)"), row.notice_days
    yield _("Legally binding"), row.binding
    yield _("Languages"), row.languages.replace("|", ", ")
    yield _("Copies"), row.copies
    yield _("Published on"), Moment(row.published_on)
    yield _("Published at"), row.published_url
    yield _("Not published because"), row.unpublished_reason
    yield _("Original kept by"), row.kept_by
    yield _("Archive reference"), row.archive_ref
    yield _("Note"), row.note


def sides(row, told, on):
    """The parties as printed; one inherited on or before `on` also with its successor."""
    now = {
        event.party_id: event.successor.name
        for event in told["befell"]
        if event.kind == "inherited" and event.on_first <= on
    }
    ours, theirs = [], []
    for part in told["parts"].of("agreement", row.pk, "party"):
        shown = f"{part.name} (→ {now[part.id]})" if part.id in now else part.name
        (ours if part.country == "VN" else theirs).append(shown)
    return Sides(tuple(ours), tuple(theirs))


def bars(relatives):
    """The family as spans of time, a gap on the line of the older one."""
    gaps = gaps_by_older(relatives)
    for one in in_time(relatives):
        row = one.agreement
        yield Bar(row.code, row.start_on, row.end_on, "own" if one.relations == ("itself",) else "other")
        for gap in gaps[row.pk]:
            first, _slash, last = gap.partition("/")
            yield Bar("", day(first), day(last), "gap")


def gaps_by_older(relatives):
    """The gaps after each agreement: after the relative if it came before, else after the one in question."""
    found = defaultdict(list)
    for one in relatives:
        if one.gap:
            older = one if one.relations[0].startswith("down_") else relatives[0]
            found[older.agreement.pk].append(one.gap)
    return found


def day(text):
    return date.fromisoformat(text)


def tables(relatives, told, on):
    yield family_table(relatives, on)
    yield commitments_table(told, on)
    yield events_table(told["befell"])
    yield delegations_table(told, on, "out")
    yield delegations_table(told, on, "in")
    yield meetings_table(told, on)
    yield aid_table(told, on, given=True)
    yield aid_table(told, on, given=False)
    yield aid_totals(told, on)
    yield gifts_table(told, on)
    yield others_table(told, on)
    yield sources_table(told)
