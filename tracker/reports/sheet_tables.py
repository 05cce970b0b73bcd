"""The tables of an agreement's sheet: exactly the rows that its numbers in the status report stand for."""

from django.utils.translation import gettext_lazy as _

from agreements.models import Citation
from delegations.models import Contribution, Delivery, Meeting, Status, VisitCitation
from tracker.reports import figures
from tracker.reports.addresses import record
from tracker.reports.reviewing import REVIEW, mark
from tracker.reports.table import Cell, Column, Count, Labelled, Moment, Part, make_table

CERTAINTY = {"certain": "", "possible": _("possibly"), "undated": _("undated")}
TOLD = (
    "delegation__code",
    "delegation__name",
    "meeting__code",
    "meeting__kind",
    "meeting__results",
    "delivery__code",
    "commitment__code",
    "delegation__people",
)
"""Columns of Contribution that the tables need: `Link.told` in this order."""
COMMITMENT, PEOPLE = 6, 7
WENT = (
    Column("held", _("Date")),
    Column("certainty", _("Certainty")),
    REVIEW,
    Column("number", _("Number"), "number"),
    Column("people", _("People"), "number"),
    Column("senders", _("Sent by")),
    Column("visited", _("Visited")),
    Column("heads", _("Head")),
)
"""Columns that every list of delegations has."""
HOW = dict(Contribution.How.choices)
CITED = {**dict(Citation.Role.choices), **dict(VisitCitation.Role.choices)}
RECORDS = {
    "agreement": _("agreement"),
    "commitment": _("commitment"),
    "progress": _("progress report"),
    "delegation": _("delegation"),
    "meeting": _("meeting"),
    "delivery": _("support"),
}


# What befell it ---------------------------------------------------------------------------------
def events_table(befell):
    columns = (
        Column("event", _("After signing")),
        Column("on", _("On")),
        Column("until", _("Until")),
        Column("successor", _("Successor")),
        Column("document", _("Document")),
        Column("note", _("Note")),
    )
    rows = [
        [
            Labelled(event.get_kind_display(), _("in part")) if event.partial else event.get_kind_display(),
            Moment(event.on),
            Moment(event.until),
            event.successor and event.successor.name,
            told_by(event),
            event.note,
        ]
        for event in befell
    ]
    return make_table("events", _("Events after signing"), columns, rows, sparse=True)


def told_by(event):
    """The counted document that says so; Django leaves `told_by` out where there is none."""
    document = getattr(event, "told_by", None)
    return document and Cell(str(document), record("document", document.pk))


# What served it ----------------------------------------------------------------------------------
def counted(told, on, kind):
    """[(Link, [all links of its event], certainty)] of the events of a kind that count on the day `on`."""
    of_kind = [link for link in told["links"] if link.event[0] == kind and link.certainty(on)]
    return [
        (link, [one for one in of_kind if one.event == link.event], link.certainty(on))
        for link in by_day(of_kind)
    ]


def by_day(links):
    """One Link an event, oldest first, the undated last, parts after the rest."""
    return sorted(
        figures.once(links),
        key=lambda link: (link.first is None, str(link.first), bool(link.whole), link.event),
    )


def purposes(links):
    """How an event served: "serves", "signed there", with the commitments that it names."""
    words = [f"{HOW[link.how]} {link.told[COMMITMENT] or ''}".strip() for link in links]
    return tuple(dict.fromkeys(words))


def delegations_table(told, on, direction):
    columns = (
        Column("code", _("Code")),
        Column("name", _("Delegation")),
        *WENT,
        Column("how", _("How it served")),
    )
    title = _("Delegations out") if direction == "out" else _("Delegations in")
    rows = [row for row in counted(told, on, "delegation") if row[0].direction == direction]
    made = [delegation_row(row, told["parts"]) for row in rows]
    notes = (in_all([row[0] for row in rows], on, people_of),) if rows else ()
    return make_table(f"delegations-{direction}", title, columns, made, notes=notes, as_of=on, sparse=True)


def in_all(links, on, people):
    """How many delegations and people in all; a part is not added to its whole, unknown is not 0.

    `people(link)`: who travelled, as a source says it.
    """
    people = [link._replace(number=travellers(link, people(link))) for link in links]
    return Labelled(
        _("In all"),
        (
            Labelled(_("delegations"), figures.tally(links, on)),
            Labelled(_("travellers"), figures.tally(people, on)),
        ),
    )


def travellers(link, people):
    """Who travelled: none where no delegation did; None where no source says how many."""
    return 0 if link.number == 0 else people


def people_of(link):
    return link.told[PEOPLE]


def went(link, certainty, people, parts):
    """The cells of a delegation under the columns WENT."""
    return [
        Moment(link.held),
        CERTAINTY[certainty],
        mark(link.review, link.is_checked),
        Count(link.number, link.number is None),
        travellers(link, people),
        parts.names("delegation", link.delegation, "sender"),
        parts.names("delegation", link.delegation, "visited"),
        parts.people("delegation", link.delegation, "head"),
    ]


def delegation_row(row, parts):
    link, links, certainty = row
    name = link.told[1]
    return [
        Cell(link.told[0], record("delegation", link.delegation)),
        Part(_("of which"), name) if link.whole else name,
        *went(link, certainty, people_of(link), parts),
        purposes(links),
    ]


def meetings_table(told, on):
    columns = (
        Column("code", _("Code")),
        Column("kind", _("Meeting")),
        Column("held", _("Date")),
        Column("certainty", _("Certainty")),
        REVIEW,
        Column("number", _("Number"), "number"),
        Column("hosts", _("Host")),
        Column("people", _("Chaired and attended by")),
        Column("results", _("Contents and results")),
        Column("how", _("How it served")),
    )
    rows = [meeting_row(row, told["parts"]) for row in counted(told, on, "meeting")]
    return make_table("meetings", _("Meetings"), columns, rows, as_of=on, sparse=True)


def meeting_row(row, parts):
    link, links, certainty = row
    code, kind, results = link.told[2:5]
    return [
        Cell(code, record("meeting", link.meeting)),
        Meeting.Kind(kind).label,
        Moment(link.held),
        CERTAINTY[certainty],
        mark(link.review, link.is_checked),
        Count(link.number, link.number is None),
        parts.names("meeting", link.meeting, "host"),
        parts.people("meeting", link.meeting, "chair", "participant"),
        results,
        purposes(links),
    ]


# What does not count, and who says all this ------------------------------------------------------
def others_table(told, on):
    """Planned, postponed, cancelled, or after the day asked: linked to the agreement, yet in no number."""
    columns = (
        Column("code", _("Code")),
        Column("kind", _("What")),
        Column("held", _("Date")),
        Column("status", _("Status")),
    )
    words = {**dict(Status.choices), **dict(Delivery.Status.choices)}
    rows = [
        [
            Cell(code_of(link), record(*link.event)),
            RECORDS[link.event[0]],
            Moment(link.held),
            words[link.status] if link.status not in figures.TOOK_PLACE else _("after the day asked"),
        ]
        for link in by_day([link for link in told["links"] if not link.certainty(on)])
    ]
    return make_table("others", _("Not counted: planned, cancelled or later"), columns, rows, as_of=on)


def code_of(link):
    return link.told[{"delegation": 0, "meeting": 2, "delivery": 5}[link.event[0]]]


def sources_table(told):
    """One row a document: as what it is cited, of which records, at which places in it."""
    columns = (
        Column("document", _("Document")),
        Column("says", _("Says of (place in it)")),
        Column("url", _("Address")),
    )
    codes = codes_of(told)
    by_document = {}
    for cited in told["citations"]:
        by_document.setdefault(cited.document, []).append(cited)
    rows = [source_row(group, codes) for group in by_document.values()]
    return make_table("sources", _("Sources"), columns, rows, empty=_("No source is cited."), sparse=True)


def codes_of(told):
    """{(record, id): code} of what may be cited beside the agreement."""
    codes = {("commitment", row.pk): row.code for row in (*told["promises"], *told["outside"])}
    for rows in told["progress"].values():
        for one in rows:
            codes["progress", one.pk] = f"{codes['commitment', one.commitment_id]} #{one.number}"
    return codes | {link.event: code_of(link) for link in told["links"]}


def source_row(group, codes):
    """A row of the citations of one document, grouped by role."""
    first = group[0]
    by_role = {}
    for cited in group:
        code = codes.get((cited.record, cited.record_id), "")
        told = f"{code} ({cited.locator})".strip() if cited.locator else code
        by_role.setdefault(cited.role, {}).setdefault(cited.record, []).append(told)
    return [
        Cell(
            " · ".join(filter(None, [first.number, first.title])),
            record("document", first.document),
        ),
        tuple(Labelled(CITED[role], cited_records(by_record)) for role, by_record in by_role.items()),
        Cell(first.url, first.url if first.url.startswith(("http://", "https://")) else ""),
    ]


def cited_records(by_record):
    """ "agreement (D2.4), commitment A (D2.8), B (D2.8)": each sort of record named once."""
    return ", ".join(f"{RECORDS[record]} {', '.join(told)}".strip() for record, told in by_record.items())
