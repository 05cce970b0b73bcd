"""One agreement's sheet: the paper, its family, what it promises, what served it, and who says so."""

from collections import defaultdict
from dataclasses import replace

from django.db.models import CharField, FilteredRelation, Q, Value
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, AgreementRole, Name, Progress
from agreements.models.effect import end_text, start_text
from agreements.models.record import counted
from tracker.progress.facts import made_by
from tracker.reports import figures
from tracker.reports.addresses import sheet_of
from tracker.reports.agreement_status import days_left, effect
from tracker.reports.aid_behind import PARTED, lines_of
from tracker.reports.aid_tables import aid_table, aid_totals, gifts_table
from tracker.reports.family import family_of, family_table
from tracker.reports.promises import Wanted, commitments_table, outside, outside_table, with_standing
from tracker.reports.questions import CERTAINTY
from tracker.reports.reviewing import of_agreements, review_notes
from tracker.reports.sheet_tables import (
    TOLD,
    delegations_table,
    events_table,
    meetings_table,
    others_table,
    sources_table,
)
from tracker.reports.table import Cell, Inviting, Moment, Sheet, Sides
from tracker.reports.taking_part import citations, parts_taken, union
from tracker.reports.visit_counts import Within
from tracker.reports.writers import shown

RARE = ("events", "outside", "aid-totals", "gifts", "others")
"""Tables that most sheets do not have: left out where they are empty."""
NOTES = (
    _("≈: the day asked lies in the year or month to which a deciding date is known only."),
    _("—: not known or nothing recorded; it does not mean 0."),
    _("“Of which” rows are part of another row: they are shown and not added."),
)


ALL = Wanted()


def agreement_sheet(pk, on, wanted=ALL):
    """A Sheet of the counted agreement `pk` as of the day `on`; None when there is none. Twelve queries.

    `wanted`: which of its commitments are listed.
    """
    relatives = family_of(pk, on)
    if not relatives:
        return None
    told = gather(relatives[0].agreement, on)
    return Sheet(
        "agreement-sheet",
        relatives[0].agreement.title,
        on,
        facts=tuple(facts(relatives[0].agreement, told, on)),
        tables=tuple(
            table for table in tables(relatives, told, on, wanted) if table.rows or table.key not in RARE
        ),
        notes=(*NOTES, *review_notes(*of_agreements(Agreement.objects.filter(pk=pk), on))),
    )


def gather(agreement, on):
    """Everything of the sheet beside the agreement itself and its family (twelve queries)."""
    itself = Agreement.objects.filter(pk=agreement.pk)
    told_by = FilteredRelation("document", condition=counted("document__"))
    rows = promised(agreement, on)
    ids = [row.pk for row in rows]
    found = figures.links(itself, TOLD, outside=[row.pk for row in rows if row.agreement_id is None])
    links = [link for link in found if link.to is not None]
    records = {kind: sorted({getattr(link, kind) for link in links} - {None}) for kind in figures.EVENTS}
    records |= {"agreement": [agreement.pk], "commitment": ids}
    return {
        "links": links,
        "lines": figures.served_lines(links, figures.lines(itself)),
        "parts": parts_taken(records),
        "citations": citations(records),
        "befell": list(agreement.events.annotate(told_by=told_by).select_related("successor", "told_by")),
        **names_and_fields(agreement.pk),
        **promises(rows, on),
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


def promised(agreement, on):
    """Its commitments made by `on`, and those of its office with its partners in no agreement (four queries)."""
    parties = AgreementRole.objects.filter(agreement=agreement.pk, role="party").exclude(body__country="VN")
    loose = outside(parties.values("body__area"), on, office=agreement.office_id)
    rows = made_by(on).filter(Q(agreement=agreement.pk) | Q(pk__in=loose.order_by().values("pk")))
    return with_standing(rows, on, "article", "made", "code", "pk", by_counterpart=True)


def promises(rows, on):
    """`rows` apart by whether they stand in the agreement; their reports (one query)."""
    ids = [row.pk for row in rows]
    reports = Progress.objects.reported().filter(commitment__in=ids, on_first__lte=on)
    progress = list(reports.select_related("reason"))
    return {
        "promises": [row for row in rows if row.agreement_id],
        "outside": [row for row in rows if not row.agreement_id],
        "progress": by_commitment(progress),
    }


def by_commitment(progress):
    found = defaultdict(list)
    for one in progress:
        found[one.commitment_id].append(one)
    return found


def facts(row, told, on):
    """(label, value) of the paper itself; rare facts only where they are known."""
    parts = told["parts"]
    yield _("Parties (Vietnamese side | other side)"), sides(row, told, on)
    yield _("Legal effect"), effect(row, on)
    yield _("Signed"), Moment(row.signed_on)
    yield _("Period as printed"), Moment(row.period)
    yield _("Effect from"), Moment(start_text(row))
    yield _("Effect to"), Moment(end_text(row))
    yield _("Signed at"), row.signed_at
    yield _("Signatories"), parts.people("agreement", row.pk, "signatory")
    yield _("Witnesses"), parts.people("agreement", row.pk, "witness")
    yield _("Focal units"), parts.names("agreement", row.pk, "focal")
    yield _("Cooperating units"), parts.names("agreement", row.pk, "cooperating")
    yield _("Fields of cooperation"), told["fields"]
    yield _("Code"), row.code
    yield _("Kind"), row.kind
    yield _("Other titles"), told["names"]
    yield _("Level"), row.get_level_display()
    yield _("Governed by"), row.get_track_display()
    yield _("Stage"), row.get_process_display()
    yield _("Office"), row.office
    yield from ((label, value) for label, value in rare_facts(row, on) if value not in (None, "", Moment("")))


def rare_facts(row, on):
    """Facts that most papers do not have, or that do not apply to all."""
    yield _("Days left"), days_left(row, on)
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
    yield _("Languages"), row.get_languages_display()
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


def tables(relatives, told, on, wanted):
    if len(relatives) > 1:
        yield family_table(relatives, on)
    parts = told["parts"]
    yield commitments_table(told["promises"], parts, on, wanted, sheet_of(relatives[0].agreement.pk, on))
    yield outside_table(
        told["outside"], parts, on, _("Commitments of this office with this partner outside agreements")
    )
    yield events_table(told["befell"])
    sheet = sheet_of(relatives[0].agreement.pk, on)
    for table in took_place(narrowed(told, on, wanted), on):
        yield replace(table, notes=(*only(wanted, f"{sheet}#{table.key}"), *table.notes))
    yield aid_totals(told, on, sheet)
    yield gifts_table(told, on)
    yield others_table(told, on)
    yield sources_table(told)


def took_place(told, on):
    """Visits, meetings and aid."""
    yield delegations_table(told, on, "out")
    yield delegations_table(told, on, "in")
    yield meetings_table(told, on)
    yield aid_table(told, on, given=True)
    yield aid_table(told, on, given=False)


def narrowed(told, on, wanted):
    """What was gathered, of visits, meetings and aid only what stands behind the number asked for."""

    def is_wanted(link):
        sort = Within(*link).certainty((wanted.begin, on)) if wanted.begin else link.certainty(on)
        return bool(sort) and wanted.certainty in ("", sort)

    lines = [(line, link) for line, link in told["lines"] if is_wanted(link)]
    if wanted.behind:
        ways = ([line for line, _link in lines if bool(line.given) == given] for given in (True, False))
        ids = {line.id for own in ways for line in lines_of(wanted.behind, own)}
        lines = [(line, link) for line, link in lines if line.id in ids]
    return told | {"links": [link for link in told["links"] if is_wanted(link)], "lines": lines}


def only(wanted, every):
    """A note on a table of which only the rows behind one number are told, with the way to all (`every`)."""
    words = [str(dict(CERTAINTY)[wanted.certainty])] if wanted.certainty else []
    words += [gettext("from %(day)s") % {"day": shown(wanted.begin)}] if wanted.begin else []
    words += [word for word in wanted.behind.split(PARTED)[1:] if word]
    if words:
        yield Cell(Inviting(_("Only: %(words)s.") % {"words": ", ".join(words)}, _("Show all.")), every)
