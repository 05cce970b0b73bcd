"""The rows behind the numbers on aid: the annexes on aid and on students, and gifts."""

from collections import defaultdict

from django.utils.translation import gettext_lazy as _

from delegations.models import Funding
from tracker.reports import figures
from tracker.reports.addresses import record
from tracker.reports.aid_promises import measured
from tracker.reports.aid_tables import how_counted
from tracker.reports.asking import left_out
from tracker.reports.handed import CERTAINTY
from tracker.reports.reviewing import REVIEW, mark
from tracker.reports.table import Amount, Cell, Column, Labelled, Moment, Part, Stack, make_table

COLUMNS = (
    Column("no", _("No."), "number"),
    Column("giver", _("Giver")),
    Column("receiver", _("Receiver")),
    Column("content", _("Content")),
    Column("sort", _("Sort of aid")),
    Column("unit", _("Unit")),
    Column("promised", _("Quantity promised"), "number"),
    Column("delivered", _("Quantity handed over"), "number"),
    Column("amount", _("Value (own currency)"), "number"),
    Column("currency", _("Currency")),
    Column("converted", _("Converted value"), "number"),
    Column("funding", _("Paid from")),
    Column("minutes", _("Handover minutes (number, date)")),
    Column("belongs", _("Agreement, commitment")),
    Column("held", _("Date")),
    Column("certainty", _("Certainty")),
    REVIEW,
    Column("counts", _("Counted")),
)
STACKS = (
    Stack("no", _("No."), (("no", ""),)),
    Stack("sides", _("Giver, receiver"), (("giver", _("giver")), ("receiver", _("receiver")))),
    Stack("content", _("Content, sort"), (("content", ""), ("sort", ""))),
    Stack(
        "quantity",
        _("Quantity: handed over, promised"),
        (("delivered", _("handed over")), ("promised", _("promised")), ("unit", _("unit"))),
    ),
    Stack(
        "value",
        _("Value, converted"),
        (("amount", ""), ("converted", _("converted, VND"))),
    ),
    Stack("held", _("Date, certainty"), (("held", ""), ("certainty", ""), ("review", ""))),
    Stack(
        "belongs",
        _("Agreement, commitment; minutes; paid from"),
        (("belongs", ""), ("minutes", _("minutes")), ("funding", _("paid from"))),
    ),
    Stack("counts", _("Counted"), (("counts", ""),)),
)
"""How a page lays out the columns of the annex; files of tables keep each apart."""
NOTES = (
    _("A quantity promised is that of the whole commitment; it stands at every line that serves it."),
    _("“Of which” rows are part of another row: they are shown and not added."),
)
STUDENT_COLUMNS = (
    Column("no", _("No."), "number"),
    Column("place", _("Sending locality")),
    Column("institution", _("Institution")),
    Column("level", _("Level of study")),
    Column("year", _("School year")),
    Column("content", _("Content")),
    Column("total", _("Total"), "number"),
    Column("province", _("Of which: provincial scholarship"), "number"),
    Column("central", _("Of which: agreement of the States"), "number"),
    Column("own", _("Of which: own means"), "number"),
    Column("others", _("Of which: other")),
    Column("graduated", _("Graduated"), "number"),
    Column("certainty", _("Certainty")),
    REVIEW,
)
BY_FUNDING = {Funding.PROVINCE: "province", Funding.CENTRAL: "central"}


def rows_table(key, title, lines, told, promises, most=None, address="", **options):
    """The annex on aid: the lines, then the commitments of which nothing was handed over yet.

    `told`: sides, served, minutes, rates, begin, on. `most`: so many rows are made; `address`: of all of them.
    """
    by_id = {line.id: line for line in lines}
    by_promise = {one.id: one for one in promises}
    done = {to[3] for line in lines for to in serving(line, told)}
    waiting = [one for one in promises if one.id not in done]
    made = [line_row(line, by_id, told, by_promise) for line in lines[:most]]
    made += [promise_row(one) for one in waiting[: None if most is None else most - len(made)]]
    numbered = [[number, *row] for number, row in enumerate(made, 1)]
    notes = (*NOTES, *left_out(len(made), len(lines) + len(waiting), address)) if made else ()
    return make_table(key, title, COLUMNS, numbered, notes=notes, stacks=STACKS, **options)


def serving(line, told):
    """What a line served: [(line id or None, agreement code, commitment code, commitment id)]."""
    return [to for to in told["served"].get(line.delivery, ()) if to[0] in (None, line.id, line.whole)]


def line_row(line, by_id, told, by_promise):
    sides = told["sides"][line.delivery]
    name = Cell(line.description or line.item, record("delivery", line.delivery))
    served = serving(line, told)
    amount = None if line.amount is None else Amount(line.amount, line.currency, line.amount_is)
    return [
        ", ".join(map(str, sides["giver"])),
        receivers(line, sides),
        Cell(Part(_("of which"), name.value), name.link) if line.whole in by_id else name,
        line.sort,
        line.unit,
        promised(served, by_promise),
        line.quantity if line.quantity is None else Amount(line.quantity, "", line.quantity_is),
        amount,
        line.currency,
        amount and bare(told["rates"].convert(amount)) if told["rates"] else None,
        Funding(line.funding).label if line.funding else "",
        tuple(told["minutes"].get(line.delivery, ())),
        tuple(dict.fromkeys(code for to in served if (code := to[1] or to[2]))),
        Moment(line.held),
        CERTAINTY[line.certainty(told["begin"], told["on"])],
        mark(line.review, line.is_checked),
        how_counted(line, by_id),
    ]


def bare(amount):
    """The amount without its unit, which has a column of its own."""
    return amount and Amount(amount.value, "", amount.meaning)


def receivers(line, sides):
    """Who received a line; several that the source does not split are said to be so."""
    if line.receiver:
        return line.receiver
    names = ", ".join(map(str, sides["receiver"]))
    return Labelled(_("not separable"), names) if len(sides["receiver"]) > 1 else names


def promised(served, by_promise):
    """What the commitments that a line served promise."""
    found = {to[3]: by_promise[to[3]] for to in served if to[3] in by_promise}
    told = [Cell(measured(one.least, one.most, ""), f"{one.link}#targets-group") for one in found.values()]
    return tuple(one for one in told if one.value is not None) or None


def promise_row(one):
    """A commitment of which nothing was handed over."""
    quantity = measured(one.least, one.most, "")
    return [
        one.obligors,
        one.receivers,
        Cell(one.text, one.link),
        _("commitment"),
        one.unit,
        Cell(quantity, f"{one.link}#targets-group"),
        *[None] * 6,
        one.agreement or one.code,
        None,
        "",
        "",
        _("not handed over yet"),
    ]


# Students ----------------------------------------------------------------------------------------
def students_table(lines, told):
    """The annex on students: each line with what is part of it, by who pays."""
    people = [line for line in lines if line.sort_code == "students"]
    ids = {line.id for line in people}
    wholes = [line for line in people if line.whole not in ids]
    parts = defaultdict(list)
    for line in people:
        parts[line.whole].append(line)
    made = [[number, *student_row(line, parts[line.id], told)] for number, line in enumerate(wholes, 1)]
    notes = (
        _("The register holds no institution, level or own means: these columns of the annex stay empty."),
    )
    title = _("Students")
    return make_table("aid-students", title, STUDENT_COLUMNS, made, notes=notes if made else (), sparse=True)


def student_row(line, parts, told):
    by_funding = {"province": None, "central": None}
    others = []
    for part in parts or ([line] if line.funding in BY_FUNDING else []):
        amount = quantity(part)
        key = BY_FUNDING.get(part.funding)
        if key is None or by_funding[key] is not None:
            others.append(Labelled(part.description or part.item, amount))
        else:
            by_funding[key] = amount
    graduated = line.item_code == "student_graduates"
    return [
        sending(line, told),
        None,
        None,
        Moment(line.held),
        Cell(line.description or line.item, record("delivery", line.delivery)),
        None if graduated else quantity(line),
        by_funding["province"],
        by_funding["central"],
        None,
        tuple(others),
        quantity(line) if graduated else None,
        CERTAINTY[line.certainty(told["begin"], told["on"])],
        mark(line.review, line.is_checked),
    ]


def quantity(line):
    return None if line.quantity is None else Amount(line.quantity, line.unit, line.quantity_is)


def sending(line, told):
    """The foreign side of a line: whose students they are."""
    sides = told["sides"][line.delivery]
    foreign = [side for role in ("receiver", "giver") for side in sides[role] if side.country != "VN"]
    return ", ".join(dict.fromkeys(side.place_name or str(side) for side in foreign))


def certain_of(lines, certainty, told):
    return [line for line in lines if line.certainty(told["begin"], told["on"]) == certainty]


def by_certainty(lines, told):
    """{certainty: lines} in the order in which reports tell them."""
    return {certainty: certain_of(lines, certainty, told) for certainty in figures.CERTAINTIES}
