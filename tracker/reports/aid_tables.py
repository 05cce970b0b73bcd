"""What was handed over for an agreement: line by line, and added up by item, unit and currency."""

from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from delegations.models import Funding
from tracker.reports import figures
from tracker.reports.addresses import record
from tracker.reports.aid_behind import key, silent
from tracker.reports.reviewing import REVIEW, mark
from tracker.reports.sheet_tables import CERTAINTY
from tracker.reports.table import Amount, Cell, Column, Labelled, Moment, Part, make_table

LINE_COLUMNS = (
    Column("code", _("Code")),
    Column("held", _("Date")),
    Column("certainty", _("Certainty")),
    REVIEW,
    Column("way", _("Giver → receiver")),
    Column("item", _("Item")),
    Column("quantity", _("Quantity"), "number"),
    Column("amount", _("Amount"), "number"),
    Column("funding", _("Paid from")),
    Column("counts", _("Counted")),
)
TOTAL_COLUMNS = (
    Column("direction", _("Direction")),
    Column("certainty", _("Certainty")),
    Column("item", _("Item or currency")),
    Column("total", _("Total"), "number"),
    Column("lines", _("Lines"), "number"),
    Column("counts", _("Counted")),
)
ADDED, NOT_ADDED = _("added"), _("not added: part of the line above")
TOTAL_NOTES = (
    _("Different units and currencies are never added, nor is a part added to its whole."),
    _(
        "A part of another item than its whole stands beneath it; it is added only where the whole has no figure."
    ),
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
    key, title = ("aid-given", _("Aid given")) if given else ("aid-received", _("Aid received"))
    return lines_table(key, title, rows, told, on)


def gifts_table(told, on):
    rows = served(told, on, lambda line, link: not figures.is_aid(link))
    return lines_table("gifts", _("Gifts (no aid)"), rows, told, on)


def lines_table(key, title, rows, told, on):
    by_id = {line.id: line for line, _link in rows}
    made = [line_row(line, link, told, on, by_id) for line, link in rows]
    return make_table(key, title, LINE_COLUMNS, made, as_of=on, sparse=True)


def line_row(line, link, told, on, by_id):
    name = line.description or line.item
    return [
        Cell(link.told[5], record("delivery", line.delivery)),
        Moment(link.held),
        CERTAINTY[link.certainty(on)],
        mark(link.review, link.is_checked),
        way(line, told["parts"]),
        Part(_("of which"), name) if line.whole in by_id else name,
        line.quantity if line.quantity is None else Amount(line.quantity, line.unit, line.quantity_is),
        line.amount if line.amount is None else Amount(line.amount, line.currency, line.amount_is),
        Funding(line.funding).label if line.funding else "",
        how_counted(line, by_id),
    ]


def how_counted(line, by_id):
    """In words whether the line is added; one with two measures may be added by one of them only."""
    if line.quantity is None and line.amount is None:
        return _("no figure")
    measures = [
        # word, figure, whether it is added
        (_("quantity"), line.quantity, figures.counts_quantity(line, by_id)),
        (_("amount"), line.amount, figures.counts_amount(line, by_id)),
    ]
    told = [(word, added) for word, figure, added in measures if figure is not None]
    adding = [word for word, added in told if added]
    if len(adding) in (0, len(told)):
        return ADDED if adding else NOT_ADDED
    return Labelled(_("added only"), adding[0])


def way(line, parts):
    """Giver → receiver; several receivers of an unsplit line are said to be not separable."""
    givers = parts.names("delivery", line.delivery, "giver")
    receivers = parts.of("delivery", line.delivery, "receiver")
    names = line.receiver or ", ".join(part.name for part in receivers)
    text = f"{givers} → {names}"
    return Labelled(_("not separable"), text) if not line.receiver and len(receivers) > 1 else text


def aid_totals(told, on, sheet):
    """Sums of aid both ways; each number opens its lines on the `sheet`."""
    rows = [
        row
        for given, direction in ((True, _("Aid given")), (False, _("Aid received")))
        for certainty in figures.CERTAINTIES
        for row in total_rows(told, on, given, certainty, direction, sheet)
    ]
    title = _("Aid by item and unit, money by currency")
    return make_table("aid-totals", title, TOTAL_COLUMNS, rows, notes=TOTAL_NOTES, as_of=on, sparse=True)


def total_rows(told, on, given, certainty, direction, sheet):
    chosen = [
        line
        for line, link in told["lines"]
        if figures.is_aid(link) and bool(line.given) == given and link.certainty(on) == certainty
    ]
    head, table = (direction, CERTAINTY[certainty]), "aid-given" if given else "aid-received"

    def behind(*words):
        asked = urlencode({"certainty": certainty, "behind": key(*words)})
        return f"{sheet}&{asked}#{table}"

    for total in figures.quantities(chosen):
        name = Part(_("of which"), total.item) if total.within else total.item
        rows = behind("sum", total.item, total.amount.unit, *(total.within or ()))
        yield *head, name, Cell(total.amount, rows), Cell(total.lines, rows), total_counted(total)
    for amount in figures.money(chosen).amounts:
        rows, adding = behind("money", amount.unit), figures.adding(chosen, amount.unit)
        yield *head, amount.unit, Cell(amount, rows), Cell(len(adding), rows), ADDED
    if mute := silent(chosen):
        yield *head, _("without a figure"), None, Cell(len(mute), behind("silent")), _("no figure")


def total_counted(total):
    """In words how a total came about."""
    if total.within:
        return NOT_ADDED
    return Labelled(_("added; with parts of other items"), total.overall) if total.overall else ADDED
