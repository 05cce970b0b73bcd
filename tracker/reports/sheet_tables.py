"""The tables of an agreement's sheet: exactly the rows that its numbers in the status report stand for."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements.models import Citation
from delegations.models import Contribution, Delivery, Funding, Meeting, Status, VisitCitation
from tracker.reports import figures
from tracker.reports.states import State
from tracker.reports.table import Amount, Cell, Column, Count, Labelled, Marked, Moment, make_table

CERTAINTY = {"certain": "", "possible": _("possibly"), "undated": _("undated")}
HOW = dict(Contribution.How.choices)
CITED = {**dict(Citation.Role.choices), **dict(VisitCitation.Role.choices)}
RECORDS = {
    "agreement": _("agreement"),
    "commitment": _("commitment"),
    "progress": _("progress report"),
    "delegation": _("delegation"),
    "meeting": _("meeting"),
    "delivery": _("aid"),
}


def change(app, model, pk):
    return reverse(f"admin:{app}_{model}_change", args=[pk])


# What is promised --------------------------------------------------------------------------------
def commitments_table(told, on):
    columns = (
        Column("code", _("Code")),
        Column("text", _("Content")),
        Column("strength", _("Strength")),
        Column("obligors", _("Obligors")),
        Column("lead", _("Lead unit")),
        Column("period", _("Period")),
        Column("targets", _("Reached of target")),
        Column("progress", _("Latest progress")),
        Column("state", _("State")),
    )
    rows = [commitment_row(row, told) for row in told["promises"]]
    empty = _("No commitment is entered.")
    return make_table("commitments", _("Commitments"), columns, rows, as_of=on, empty=empty)


def commitment_row(row, told):
    names = told["parts"].names
    late = row.state == State.OVERDUE
    latest = Labelled(Moment(row.reported_text), row.told) if row.told else Moment(row.reported_text)
    return [
        Cell(row.code, change("agreements", "commitment", row.pk)),
        f"{row.article}: {row.text}" if row.article else row.text,
        row.get_strength_display(),
        names("commitment", row.pk, "obligor"),
        names("commitment", row.pk, "lead"),
        Moment(row.period),
        tuple(row.targets_told),
        latest,
        Cell(Marked(row.state.value, row.state.label), late=late),
    ]


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
            event.document and Cell(str(event.document), change("agreements", "document", event.document_id)),
            event.note,
        ]
        for event in befell
    ]
    return make_table("events", _("Events after signing"), columns, rows)


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
    words = [f"{HOW[link.how]} {link.told[-1]}" if link.told[-1] else HOW[link.how] for link in links]
    return tuple(dict.fromkeys(words))


def delegations_table(told, on, direction):
    columns = (
        Column("code", _("Code")),
        Column("name", _("Delegation")),
        Column("held", _("Date")),
        Column("certainty", _("Certainty")),
        Column("number", _("Number"), "number"),
        Column("senders", _("Sent by")),
        Column("visited", _("Visited")),
        Column("heads", _("Head")),
        Column("how", _("How it served")),
    )
    title = _("Delegations out") if direction == "out" else _("Delegations in")
    rows = [row for row in counted(told, on, "delegation") if row[0].direction == direction]
    made = [delegation_row(row, told["parts"]) for row in rows]
    return make_table(f"delegations-{direction}", title, columns, made, as_of=on)


def delegation_row(row, parts):
    link, links, certainty = row
    name = link.told[1]
    return [
        Cell(link.told[0], change("delegations", "delegation", link.delegation)),
        Labelled(_("of which"), name) if link.whole else name,
        Moment(link.held),
        CERTAINTY[certainty],
        Count(link.number, link.number is None),
        parts.names("delegation", link.delegation, "sender"),
        parts.names("delegation", link.delegation, "visited"),
        parts.people("delegation", link.delegation, "head"),
        purposes(links),
    ]


def meetings_table(told, on):
    columns = (
        Column("code", _("Code")),
        Column("kind", _("Meeting")),
        Column("held", _("Date")),
        Column("certainty", _("Certainty")),
        Column("number", _("Number"), "number"),
        Column("hosts", _("Host")),
        Column("people", _("Chaired and attended by")),
        Column("results", _("Contents and results")),
        Column("how", _("How it served")),
    )
    rows = [meeting_row(row, told["parts"]) for row in counted(told, on, "meeting")]
    return make_table("meetings", _("Meetings"), columns, rows, as_of=on)


def meeting_row(row, parts):
    link, links, certainty = row
    _code, _name, code, kind, results, *_rest = link.told
    return [
        Cell(code, change("delegations", "meeting", link.meeting)),
        Meeting.Kind(kind).label,
        Moment(link.held),
        CERTAINTY[certainty],
        Count(link.number, link.number is None),
        parts.names("meeting", link.meeting, "host"),
        parts.people("meeting", link.meeting, "chair", "participant"),
        results,
        purposes(links),
    ]


# Aid ---------------------------------------------------------------------------------------------
LINE_COLUMNS = (
    Column("code", _("Code")),
    Column("held", _("Date")),
    Column("certainty", _("Certainty")),
    Column("way", _("Giver → receiver")),
    Column("item", _("Item")),
    Column("quantity", _("Quantity"), "number"),
    Column("amount", _("Amount"), "number"),
    Column("funding", _("Paid from")),
    Column("counts", _("Counted")),
)


def served(told, on, wanted):
    """[(Line, Link)] counted on the day `on` that `wanted(line, link)` chooses, parts after their whole."""
    chosen = [(line, link) for line, link in told["lines"] if link.certainty(on) and wanted(line, link)]
    number = {line.id: line.number for line, _link in chosen}
    return sorted(
        chosen,
        key=lambda pair: (
            str(pair[1].first or "9999"),
            pair[0].delivery,
            number.get(pair[0].whole, pair[0].number),
            pair[0].whole is not None,
            pair[0].number,
        ),
    )


def aid_table(told, on, given):
    rows = served(told, on, lambda line, link: figures.is_aid(link) and bool(line.given) == given)
    by_id = {line.id: line for line, _link in rows}
    key, title = ("aid-given", _("Aid given")) if given else ("aid-received", _("Aid received"))
    return make_table(
        key, title, LINE_COLUMNS, [line_row(line, link, told, on, by_id) for line, link in rows], as_of=on
    )


def gifts_table(told, on):
    rows = served(told, on, lambda line, link: not figures.is_aid(link))
    by_id = {line.id: line for line, _link in rows}
    made = [line_row(line, link, told, on, by_id) for line, link in rows]
    return make_table("gifts", _("Gifts (no aid)"), LINE_COLUMNS, made, as_of=on)


def line_row(line, link, told, on, by_id):
    name = line.description or line.item
    adds = figures.counts_quantity(line, by_id) or figures.counts_amount(line, by_id)
    silent = line.quantity is None and line.amount is None
    return [
        Cell(link.told[5], change("delegations", "delivery", line.delivery)),
        Moment(link.held),
        CERTAINTY[link.certainty(on)],
        way(line, told["parts"]),
        Labelled(_("of which"), name) if line.whole in by_id else name,
        line.quantity if line.quantity is None else Amount(line.quantity, line.unit, line.quantity_is),
        line.amount if line.amount is None else Amount(line.amount, line.currency, line.amount_is),
        Funding(line.funding).label if line.funding else "",
        _("no figure") if silent else adds,
    ]


def way(line, parts):
    """Giver → receiver; several receivers of an unsplit line are said to be not separable."""
    givers = parts.names("delivery", line.delivery, "giver")
    receivers = parts.of("delivery", line.delivery, "receiver")
    names = line.receiver or ", ".join(part.name for part in receivers)
    text = f"{givers} → {names}"
    return Labelled(_("not separable"), text) if not line.receiver and len(receivers) > 1 else text


def aid_totals(told, on):
    columns = (
        Column("direction", _("Direction")),
        Column("certainty", _("Certainty")),
        Column("item", _("Item or currency")),
        Column("total", _("Total"), "number"),
        Column("lines", _("Lines"), "number"),
    )
    rows = [
        row
        for given, direction in ((True, _("Aid given")), (False, _("Aid received")))
        for certainty in figures.CERTAINTIES
        for row in total_rows(told, on, given, certainty, direction)
    ]
    note = _("Different units and currencies are never added. A part counts where its whole is silent.")
    title = _("Aid by item and unit, money by currency")
    return make_table("aid-totals", title, columns, rows, notes=(note,), as_of=on)


def total_rows(told, on, given, certainty, direction):
    chosen = [
        line
        for line, link in told["lines"]
        if figures.is_aid(link) and bool(line.given) == given and link.certainty(on) == certainty
    ]
    by_id = {line.id: line for line in chosen}
    for item, amount, number in figures.quantities(chosen):
        yield direction, CERTAINTY[certainty], item, amount, number
    for amount in figures.money(chosen).amounts:
        adding = [one for one in chosen if one.currency == amount.unit and figures.counts_amount(one, by_id)]
        yield direction, CERTAINTY[certainty], amount.unit, amount, len(adding)
    if silent := figures.unknown(chosen, by_id):
        yield direction, CERTAINTY[certainty], _("without a figure"), None, len(silent)


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
            Cell(code_of(link), change("delegations", *link.event)),
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
    columns = (
        Column("record", _("Says of")),
        Column("document", _("Document")),
        Column("role", _("As")),
        Column("locator", _("Place in it")),
        Column("url", _("Address")),
    )
    codes = {("commitment", row.pk): row.code for row in told["promises"]}
    codes |= {link.event: code_of(link) for link in told["links"]}
    numbers = {one.pk: (one.commitment_id, one.number) for rows in told["progress"].values() for one in rows}
    rows = []
    for cited in told["citations"]:
        if cited.record == "progress":
            commitment, number = numbers.get(cited.record_id, (None, ""))
            code = f"{codes.get(('commitment', commitment), '')} #{number}"
        else:
            code = codes.get((cited.record, cited.record_id), "")
        rows.append(source_row(cited, code))
    return make_table("sources", _("Sources"), columns, rows, empty=_("No source is cited."))


def source_row(cited, code):
    text = " · ".join(filter(None, [cited.number, cited.title]))
    return [
        Labelled(RECORDS[cited.record], code) if code else RECORDS[cited.record],
        Cell(text, change("agreements", "document", cited.document)),
        CITED[cited.role],
        cited.locator,
        Cell(cited.url, cited.url if cited.url.startswith(("http://", "https://")) else ""),
    ]
