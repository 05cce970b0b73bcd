"""The tables under the facts of two localities: agreements with their gaps, meetings, visits."""

from django.utils.translation import gettext_lazy as _

from agreements.models.effect import end_text, start_text
from delegations.models import Meeting
from tracker.reports.addresses import record, sheet_of
from tracker.reports.agreement_status import effect
from tracker.reports.handed import CERTAINTY
from tracker.reports.relation_time import time_line
from tracker.reports.reviewing import REVIEW, mark
from tracker.reports.sheet_tables import WENT, by_day, in_all, went
from tracker.reports.table import Cell, Column, Count, Labelled, Moment, Part, Sides, Stack, make_table

AGREEMENTS = (
    Column("title", _("Agreement")),
    Column("code", _("Code")),
    Column("kind", _("Kind")),
    Column("parties", _("Parties (Vietnamese side | other side)")),
    Column("signed", _("Signed")),
    Column("period", _("Period")),
    Column("start", _("Effect from")),
    Column("end", _("Effect to")),
    Column("effect", _("Legal effect")),
    Column("framework", _("Under the framework")),
    Column("during", _("What took place in the gap")),
)
STACKS = (
    Stack("title", _("Agreement, gap"), (("title", ""), ("code", ""), ("kind", ""))),
    Stack("parties", _("Parties (Vietnamese side | other side)"), (("parties", ""), ("framework", _("framework")))),
    Stack("signed", _("Signed, period"), (("signed", _("signed")), ("period", _("period")))),
    Stack("start", _("Effect from, to"), (("start", _("from")), ("end", _("to")))),
    Stack("effect", _("Legal effect"), (("effect", ""), ("during", _("took place in it")))),
)  # fmt: skip
MEETINGS = (
    Column("kind", _("Meeting")),
    Column("code", _("Code")),
    Column("held", _("Date")),
    Column("certainty", _("Certainty")),
    REVIEW,
    Column("number", _("Number"), "number"),
    Column("people", _("Chaired and attended by")),
    Column("results", _("Contents and results")),
    Column("agreements", _("Linked to agreements")),
)
VISITS = (
    Column("name", _("Delegation")),
    Column("code", _("Code")),
    *WENT,
    Column("agreements", _("Linked to agreements")),
)


def agreements_table(told, on):
    """The agreements in the order of time, each gap after the one that it follows."""
    rows = []
    for row in told["agreements"]:
        rows.append((row.start_on, agreement_row(row, told["parts"], on)))
    for gap in told["gaps"]:
        rows.append((gap.first, gap_row(gap, told, on)))
    rows.sort(key=lambda pair: (pair[0] is None, pair[0] or on))
    return make_table(
        "agreements",
        _("Agreements and gaps"),
        AGREEMENTS,
        [row for _day, row in rows],
        notes=(
            _(
                "Gap: days between the first effect and the day asked on which no agreement was in force; one under "
                "a framework of the two closes no gap. A date known to the year counts with its last day."
            ),
        ),
        empty=_("No agreement of these two is entered."),
        stacks=STACKS,
        charts=time_line(told["agreements"], told["gaps"], on),
    )


def agreement_row(row, parts, on):
    sheet = sheet_of(row.pk, on)
    return [
        Cell(row.title, sheet),
        Cell(row.code, sheet),
        row.kind.name,
        sides(parts.of("agreement", row.pk, "party")),
        Moment(row.signed_on),
        Moment(row.period),
        Moment(start_text(row)),
        Moment(end_text(row)),
        effect(row, on),
        row.framework,
        None,
    ]


def sides(found):
    ours = tuple(part.name for part in found if part.country == "VN")
    return Sides(ours, tuple(part.name for part in found if part.country != "VN"))


def gap_row(gap, told, on):
    took_place = tuple(
        Cell(one.told.code, record(*one.event))
        for one in by_day([*told["meetings"], *told["visits"]])
        if gap.holds(one.first, one.last, on)
    )
    title = _("GAP: no agreement in force")
    end = gap.last.isoformat() if gap.last else ""
    start = Moment(gap.first.isoformat())
    return [
        title,
        None,
        None,
        None,
        None,
        Moment(gap.text),
        start,
        Moment(end),
        _("gap"),
        None,
        took_place or None,
    ]


def meetings_table(told, on):
    """Talks and meetings, with an agreement or without."""
    parts = told["parts"]
    rows = [
        [
            how_met(link.told),
            Cell(link.told.code, record("meeting", link.meeting)),
            Moment(link.held),
            CERTAINTY[link.certainty(on)],
            mark(link.review, link.is_checked),
            Count(link.number, link.number is None),
            parts.people("meeting", link.meeting, "chair", "participant"),
            link.told.results,
            linked(told, link),
        ]
        for link in by_day(told["meetings"])
    ]
    empty = _("No meeting of these two is entered.")
    return make_table("meetings", _("Talks and meetings"), MEETINGS, rows, sparse=True, empty=empty)


def how_met(talk):
    kind = Meeting.Kind(talk.kind).label
    return kind if talk.mode == Meeting.Mode.IN_PERSON else Labelled(kind, Meeting.Mode(talk.mode).label)


def linked(told, link):
    """Codes of the agreements that an event served; said where there is none."""
    return tuple(told["served"]["codes"].get(link.event, ())) or _("no agreement")


def visits_table(told, on, way, title):
    """Delegations one way: how many by certainty, then each."""
    links = [link for link in told["visits"] if link.direction == way]
    rows = [visit_row(link, told, on) for link in by_day(links)]
    notes = (in_all(links, on, lambda link: link.told.people),) if rows else ()
    empty = _("No delegation this way is entered.")
    return make_table(f"visits-{way}", title, VISITS, rows, notes=notes, sparse=True, empty=empty)


def visit_row(link, told, on):
    parts = told["parts"]
    name = link.told.name
    return [
        Part(_("of which"), name) if link.whole else name,
        Cell(link.told.code, record("delegation", link.delegation)),
        *went(link, link.certainty(on), link.told.people, parts),
        linked(told, link),
    ]
