"""What counts toward a commitment, as a table: each with its record, its sources, and whether it is verified."""

from collections import defaultdict

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from agreements.models import Commitment, Progress
from agreements.scope import HIDDEN
from delegations.models import Delivery, Meeting
from tracker.progress.behind import behind
from tracker.reports.addresses import record
from tracker.reports.table import Amount, Cell, Column, Moment, make_table
from tracker.reports.taking_part import citations

KEY = "counts"
"""The anchor of the table on the page of a commitment."""
COLUMNS = (
    Column("what", _("Kind")),
    Column("record", _("Which record")),
    Column("held", _("Date")),
    Column("quantity", _("Quantity"), "number"),
    Column("whom", _("Of, with")),
    Column("verified", _("Verified")),
    Column("sources", _("Sources")),
)
RECORDS = {
    # source of a piece: (its words, its model, words of its sort)
    "report": (_("progress report"), "progress", Progress.Assessment),
    "delegation": (_("delegation"), "delegation", None),
    "meeting": (_("meeting"), "meeting", Meeting.Kind),
    "delivery": (_("support"), "delivery", Delivery.Kind),
    "agreement": (_("signed paper"), "agreement", None),
}
NOTES = (
    _("A visit, meeting or delivery linked twice counts once; a part does not count beside its whole."),
    _("A quantity counts toward the targets whose period and party are its own."),
)


def address(commitment, on):
    """Where the page of a commitment (its key) lists what counts toward it by the day `on`."""
    page = record("commitment", commitment)
    return f"{page}?on={on.isoformat()}#{KEY}"


def pieces_table(commitment, on):
    """The Table of what counts toward a commitment by a day, in the order of time (two queries)."""
    found = behind(on, Commitment.objects.filter(pk=commitment.pk))
    cited = sources(commitment, found)
    title = now("What counts toward it (%(count)s)") % {"count": len(found)}
    rows = [piece_row(one, cited, str(commitment.unit or "")) for one in found]
    empty = _("Nothing is recorded toward it yet: no report, visit, meeting or delivery.")
    return make_table(KEY, title, COLUMNS, rows, notes=NOTES if rows else (), as_of=on, empty=empty)


def sources(commitment, found):
    """{(record, id): [cells of the documents cited there]} (one query)."""
    ids = defaultdict(list, {"agreement": [], "commitment": [commitment.pk]})
    for one in found:
        if one.source != "report" and one.open:
            ids[one.source].append(one.record)
    cited = defaultdict(dict)
    for one in citations(ids) if found else ():
        name = " · ".join(filter(None, [one.number, one.title]))
        page = record("document", one.document)
        cited[one.record, one.record_id][one.document] = Cell(name, page)
    return cited


def piece_row(one, cited, unit):
    words, model, sorts = RECORDS[one.source]
    link = record(model, one.record) if one.open else ""
    sort = sorts(one.what).label if sorts and one.what else ""
    called = f"{one.name} ({one.code})" if one.name else " ".join(filter(None, [named(one), str(sort)]))
    return [
        words,
        Cell(called, link) if one.open else HIDDEN,
        Moment(one.held),
        None if one.quantity is None else Cell(Amount(one.quantity, unit), link),
        one.whom,
        verified(one),
        tuple(cited[model, one.record].values()),
    ]


def named(one):
    return now("no. %(number)s") % {"number": one.code} if one.source == "report" else one.code


def verified(one):
    if one.returned:
        return _("returned, still counted") if one.counts else _("returned: not counted")
    if not one.counts:
        return _("waits for approval: not counted yet")
    return _("verified") if one.checked else _("claimed, not verified")
