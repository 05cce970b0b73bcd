"""Aid added up: by item and unit, money by currency and, with rates, in dong; by place and by year."""

from dataclasses import replace
from functools import partial

from django.utils.translation import gettext_lazy as _

from delegations.models import Funding
from tracker.reports import figures
from tracker.reports.aid_behind import key, not_valued, parts_alike, silent, years
from tracker.reports.aid_tables import ADDED, NOT_ADDED, total_counted
from tracker.reports.charts import levels
from tracker.reports.handed import CERTAINTY, GIVEN
from tracker.reports.table import Amount, Cell, Column, Labelled, Moment, Part, make_table

TOTAL_COLUMNS = (
    Column("way", _("Direction")),
    Column("certainty", _("Certainty")),
    Column("sort", _("Sort of aid")),
    Column("item", _("Item or currency")),
    Column("total", _("Total"), "number"),
    Column("lines", _("Lines"), "number"),
    Column("counts", _("Counted")),
)
MOST_BARS = 20


# A few sums --------------------------------------------------------------------------------------
def worth(lines):
    """The Money of lines; only goods without a value are told as not valued."""
    return replace(figures.money(lines), unvalued=len(not_valued(lines)))


def converted(amounts, rates):
    """(Amount in dong or None, codes without a rate) of amounts by currency."""
    pairs = [(amount, rates.convert(amount)) for amount in amounts]
    known = [found for _amount, found in pairs if found is not None]
    left = [amount.unit for amount, found in pairs if found is None]
    if not known:
        return None, left
    meaning = figures.together({one.meaning for one in known})
    return Amount(sum(one.value for one in known), "VND", meaning), left


def deliveries(lines):
    """How many handovers stand behind lines."""
    return len({line.delivery for line in lines})


# By item and unit --------------------------------------------------------------------------------
def total_rows(lines, head, rates, link):
    """Rows of one direction and certainty; `link(key)`: the address of the lines behind a number (aid_behind.py)."""
    known, alike = {line.item: line for line in lines}, parts_alike(lines)
    for total in figures.quantities(lines):
        line = known[total.item]
        name = Part(_("of which"), total.item) if total.within else total.item
        address = link(key("sum", total.item, total.amount.unit, *(total.within or ())))
        told = Cell(total.amount, address), Cell(total.lines, address)
        yield [*head, line.sort, name, *told, total_counted(total)]
        if total.within is None:
            yield from of_which(alike, total, [*head, line.sort], link)
    told = worth(lines)
    for amount in told.amounts:
        address, number = link(key("money", amount.unit)), len(figures.adding(lines, amount.unit))
        yield [*head, _("money and value"), amount.unit, Cell(amount, address), Cell(number, address), ADDED]
    yield from converted_row(told.amounts, head, rates, link)
    if told.unvalued:
        cell = Cell(told.unvalued, link(key("unvalued")))
        yield [*head, _("goods"), _("not valued"), None, cell, _("no value stated")]
    yield from silent_rows(lines, head, link)


def of_which(alike, total, head, link):
    """Those of `alike` (parts_alike) that are parts of a total, by who pays: shown, not added."""
    unit = total.amount.unit
    for funding, rows in alike.get((total.item, unit), {}).items():
        address = link(key("part", total.item, unit, funding))
        sums = Cell(figures.summed(rows, unit), address), Cell(len(rows), address)
        yield [*head, Part(_("of which"), payer(funding)), *sums, NOT_ADDED]


def payer(funding):
    """Who pays, in words."""
    return Funding(funding).label if funding else _("payer not stated")


def converted_row(amounts, head, rates, link):
    total, left = converted(amounts, rates) if rates else (None, [])
    if total is None:
        return
    without = Labelled(_("without those that have no rate"), ", ".join(left)) if left else ADDED
    yield [*head, _("money and value"), _("converted into VND"), Cell(total, link("")), None, without]


def silent_rows(lines, head, link):
    """One row an item of which no figure is known."""
    found = {}
    for line in silent(lines):
        found.setdefault(line.item, []).append(line)
    for item, rows in found.items():
        cell = Cell(len(rows), link(key("silent", item)))
        yield [*head, rows[0].sort, item, None, cell, _("no figure")]


def totals_table(key, title, groups, rates, **options):
    """`groups`: [(words for the direction, {certainty: lines}, link(certainty, key))]."""
    rows = [
        row
        for word, by_certainty, link in groups
        for certainty, lines in by_certainty.items()
        for row in total_rows(lines, (word, CERTAINTY[certainty]), rates, partial(link, certainty))
    ]
    return make_table(key, title, TOTAL_COLUMNS, rows, **options)


# By place, by year -------------------------------------------------------------------------------
def group_columns(label, rates):
    """Columns of a table of groups, the converted sum only with rates."""
    return (
        Column("group", label),
        Column("way", _("Direction")),
        Column("certainty", _("Certainty")),
        Column("deliveries", _("Handovers"), "number"),
        Column("contents", _("Contents by item and unit")),
        Column("worth", _("Money and value by currency"), "number"),
        *([Column("converted", _("Converted (VND)"), "number")] if rates else []),
    )


def group_row(name, word, certainty, lines, rates, link):
    told = worth(lines)
    contents = tuple(
        Labelled(total.item, total.amount) for total in figures.quantities(lines) if total.within is None
    )
    row = [name, word, CERTAINTY[certainty], Cell(deliveries(lines), link), contents, Cell(told, link)]
    return [*row, converted(told.amounts, rates)[0]] if rates else row


def by_place(groups, question, told):
    """By the partner's place: who received what was given, who gave what was received.

    `groups`: [(way, words, {certainty: lines})]; `told`: {delivery id: sides}.
    """
    rows = []
    for way, word, by_certainty in groups:
        for certainty, lines in by_certainty.items():
            for places, own in sorted(
                placed(lines, way, told, question.present).items(), key=lambda pair: named(pair[0])
            ):
                name, ids = named(places), ",".join(str(pk) for pk, _name in places)
                shown = name if len(places) < 2 else Labelled(_("not separable"), name)
                link = question.behind(key("places", ids), way=way, certainty=certainty)
                rows.append(group_row(shown, word, certainty, own, question.rates, link))
    columns = group_columns(_("Partner's locality"), question.rates)
    return make_table("aid-places", _("By the partner's locality"), columns, rows, sparse=True)


def placed(lines, way, told, present):
    """{((place id, name), …): lines}: several places where the source does not split a line.

    `present`: {id of a former place: what it is now}.
    """
    found = {}
    for line in lines:
        places = (present.get(pk, (pk, name)) for pk, name in places_of(line, way, told))
        found.setdefault(tuple(dict.fromkeys(tuple(place) for place in places)), []).append(line)
    return found


def places_of(line, way, told):
    if way == GIVEN and line.receiver_place:
        return ((line.receiver_place, line.receiver_place_name),)
    sides = told[line.delivery]["receiver" if way == GIVEN else "giver"]
    return tuple(dict.fromkeys((side.place, side.place_name) for side in sides if side.place))


def named(places):
    return ", ".join(name for _place, name in places)


def by_year(groups, question, title=None):
    """By year; what is known only to a longer stretch stands in a row of its own, and so does the undated."""
    rows, drawn = [], {}
    for way, word, by_certainty in groups:
        for certainty, lines in by_certainty.items():
            for text, own in sorted(by_years(lines).items(), key=lambda pair: pair[0] or "9999"):
                link = question.behind(key("years", text), way=way, certainty=certainty)
                row = group_row(stretch(text), word, certainty, own, question.rates, link)
                rows.append((text or "9999", way != GIVEN, row))
                if certainty == "certain" and text:
                    drawn.setdefault(text, {})[way] = own
    rows.sort(key=lambda one: one[:2])
    columns = group_columns(_("Year"), question.rates)
    told = [row for *_order, row in rows]
    charts = charts_of(drawn, groups, question)
    return make_table("aid-years", title or _("By year"), columns, told, sparse=True, charts=charts)


def by_years(lines):
    """{"2020", "2020/2021", "" (undated): lines}."""
    found = {}
    for line in lines:
        found.setdefault(years(line), []).append(line)
    return found


def stretch(text):
    return Moment(text) if text else _("date not known")


def charts_of(drawn, groups, question):
    """A bar a year and direction: money and value in dong, what has no rate left out."""
    words = {way: word for way, word, _lines in groups}
    rows = []
    for text in sorted(drawn)[-MOST_BARS:]:
        for way, lines in drawn[text].items():
            total, _left = converted(worth(lines).amounts, question.rates)
            if total is not None:
                rows.append((stretch(text), "dark" if way == GIVEN else "hatched", words[way], total))
    return levels(_("Money and value in VND by year"), rows)
