"""How things stand at the end of the period, and how they stood a year earlier: agreements, commitments, deadlines."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements import dates
from agreements.models.standing import State
from tracker.progress.engine import tallies
from tracker.reports.agreement_status import counts, performance, total
from tracker.reports.charts import stacked
from tracker.reports.commitment_progress import SORTS, ProgressQuestion
from tracker.reports.deadlines import DeadlineQuestion, numbers
from tracker.reports.promises import by_sort, set_words
from tracker.reports.table import Cell, Column, make_table

COLUMNS = (
    Column("name", _("Figure")),
    Column("now", _("At the end of the period"), "number"),
    Column("before", _("A year earlier"), "number"),
)
NOTES = (
    _("Done: of signed commitments only; measurable and standing ones are never added."),
    _("Stages before signing bear no date: how many were to be signed a year earlier is not known."),
)


def standing(question, papers, made):
    """The Table of both days; `made`: the Made of the period report."""
    found = [tallied(question, question.windows[place][1]) for place in (0, 1)]
    rows = [
        *of_agreements(question, papers, made.agreements),
        *of_commitments(question, found),
        *of_deadlines(question, made.deadlines),
    ]
    return make_table(
        "standing",
        _("How things stand at the end of the period"),
        COLUMNS,
        rows,
        notes=(*NOTES, *set_by_officers(found[0])),
        as_of=question.end,
        charts=drawn(question, found),
    )


def tallied(question, on):
    """The Tallies of the commitments made by a day (one query)."""
    asked = question.further(ProgressQuestion, on=on)
    return tallies(on, asked.rows) if asked else []


def drawn(question, found):
    """A bar a day: how commitments stand, as the report on their progress draws it."""
    groups = []
    for place, told in enumerate(found):
        states = counts(told, "state")
        day = dates.display(question.windows[place][1].isoformat())
        groups.append((day, [sum(states[state] for state in some) for _word, some in SORTS]))
    return stacked(_("State of commitments on both days"), [word for word, _some in SORTS], groups)


def set_by_officers(told):
    """A note on states that officers set."""
    if number := sum(one.overridden for one in told):
        yield set_words(number)


def window(question, place):
    begin, end = question.windows[place]
    return {"begin": begin.isoformat(), "end": end.isoformat()}


def of_agreements(question, papers, gathered):
    """In force, to be extended, to be signed."""
    if papers is None:
        return
    before = window(question, 1)
    for words, anchor, name in (
        (_("Agreements in force"), "in-force", "running"),
        (_("Agreements to be extended or renewed"), "to-extend", "to_extend"),
    ):
        now, then = (len(getattr(one, name)) for one in papers)
        address = question.address("agreements-signed", anchor, **before)
        yield words, behind(now, f"#{anchor}"), behind(then, address)
    number = len(papers[0].to_sign) + len(gathered.children)
    yield _("Agreements to be signed"), behind(number, "#to-sign"), gettext("no figure yet")


def of_commitments(question, found):
    """How many, how they stand, how much is done; `found`: the Tallies of both days."""
    told = [told_of(question, question.windows[place][1], found[place]) for place in (0, 1)]
    names = (_("Commitments"), _("State of commitments"), _("Performed"))
    for name, *both in zip(names, *told, strict=True):
        yield name, *both


def told_of(question, on, found):
    """Cells on the commitments made by a day: number, states, performance."""
    address = question.address("commitment-progress", "commitments", on=on.isoformat())
    plain = address.partition("#")[0]
    base = plain.replace("%", "%%")
    return (
        behind(total(found), address),
        by_sort(State, counts(found, "state"), f"{base}&state=%s#commitments"),
        Cell(performance(found), f"{plain}&strength=signed#commitments"),
    )


def of_deadlines(question, ahead):
    """What ends, falls due, is late: the first table of the report on deadlines, on both days (six queries)."""
    before = question.further(DeadlineQuestion, on=question.windows[1][1])
    if None in (ahead, before):
        return
    before.most = 1  # only how many there are is told of that day, whatever a page shows
    then = numbers(before)
    for one, now in zip(ahead.below, ahead.rows, strict=True):
        address = question.address("deadlines", one.key, on=before.on.isoformat())
        yield one.title, behind(now[1].value, f"#{one.key}"), behind(then[one.key], address)


def behind(number, address):
    """A number with the address of the rows behind it; 0 has none."""
    return Cell(number, address if number else "")
