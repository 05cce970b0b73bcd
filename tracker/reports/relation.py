"""The relation of two localities as of a day: what was signed, with its gaps, and all that took place."""

from collections import Counter
from dataclasses import replace
from functools import partial

from django.utils.translation import gettext_lazy as _

from agreements.models import Commitment
from agreements.models.effect import NOW_IN_FORCE
from agreements.places import standing_for
from tracker.reports import figures
from tracker.reports.aid_rows import by_certainty, rows_table
from tracker.reports.aid_tables import TOTAL_NOTES
from tracker.reports.aid_totals import deliveries, totals_table, worth
from tracker.reports.asking import opened
from tracker.reports.promises import by_sort, outside_table, with_standing
from tracker.reports.rates import Rates
from tracker.reports.relation_facts import (
    agreements_of,
    aid_of,
    meetings_of,
    outside_of,
    recorded,
    served_by,
    visits_of,
)
from tracker.reports.relation_only import AGREEMENTS, FREE, IN_FORCE, Only
from tracker.reports.relation_question import pairs
from tracker.reports.relation_tables import agreements_table, meetings_table, visits_table
from tracker.reports.relation_time import gaps
from tracker.reports.reviewing import review_notes
from tracker.reports.table import Cell, Column, Count, Dated, Moment, Part, make_table
from tracker.reports.taking_part import parts_taken

NOTES = (
    _("Everything here concerns both localities and reads the same from either side."),
    _("—: nothing is recorded, which does not mean 0. ≥: some rows do not say how many."),
    _("Possibly: begun by the day asked, perhaps later. Undated: no source gives a date."),
)
TITLE = _("Relation of two localities")
COLUMNS = (
    Column("what", _("Content")),
    Column("number", _("How many"), "number"),
    Column("worth", _("Money and value by currency"), "number"),
)
RARE = ("aid-rows", "aid-gifts", "outside")


def relation_report(question):
    """The answer to a RelationQuestion: the relation, or pairs to choose from."""
    ours, theirs = question.value("place"), question.value("partner")
    if ours is None or theirs is None or ours == theirs:
        return pairs(question)
    return relation(ours, theirs, question.on, question.as_now, question)


def relation(ours, theirs, on, as_now=True, question=None):
    """A Table of facts on the places `ours` and `theirs`, and below it what they rest on. Eleven queries.

    `as_now`: what came before each place counts as it. `question`: a RelationQuestion, for the addresses of rows.
    """
    told = gather(ours, theirs, on, as_now)
    rows_of, only = (question.rows_of, asked_for(question)) if question else (in_page, Only())
    tables = below(only.among(told, on), on, rows_of)
    return make_table(
        "relation",
        TITLE,
        COLUMNS,
        facts(told, on, rows_of),
        notes=(*only.note(rows_of("relation")), *NOTES, *review_notes(*told["recorded"])),
        as_of=on,
        conditions=question.conditions if question else (),
        sparse=True,
        below=tuple(table for table in tables if table.rows or table.key not in RARE),
    )


def asked_for(question):
    return Only(*(question.value(name) or "" for name in ("only", "certainty", "behind")))


def in_page(table, **_changes):
    return f"#{table}"


def gather(ours, theirs, on, as_now):
    """All that the tables need."""
    ids = standing_for([ours, theirs], as_now)
    pair = ids[ours.pk], ids[theirs.pk]
    agreements = list(agreements_of(pair, on))
    visits, meetings = visits_of(pair), meetings_of(pair)
    handed_over = aid_of(pair, on)
    loose = with_standing(outside_of(pair, on), on, "made", "code", "pk")
    records = {
        "agreement": [row.pk for row in agreements],
        "delegation": [link.delegation for link in visits],
        "meeting": [link.meeting for link in meetings],
        "commitment": [row.pk for row in loose],
    }
    return {
        "ways": ((0, f"{ours} → {theirs}"), (1, f"{theirs} → {ours}")),
        "agreements": agreements,
        "gaps": gaps(agreements, on),
        "visits": [link for link in visits if link.certainty(on)],
        "meetings": [link for link in meetings if link.certainty(on)],
        "served": served_by(pair),
        "aid": handed_over,
        "outside": loose,
        "parts": parts_taken(records),
        "recorded": recorded(pair, on),
    }


# The line of facts -------------------------------------------------------------------------------
def facts(told, on, rows_of):
    """Rows of (what, how many, money): each number leads to its rows below, `rows_of(table, **only)`."""
    running = [row for row in told["agreements"] if row.effect in NOW_IN_FORCE]
    every = len(told["agreements"])
    yield [_("Agreements"), Cell(every, rows_of("agreements", only=AGREEMENTS) if every else ""), None]
    there = Cell(len(running), rows_of("agreements", only=IN_FORCE) if running else "")
    yield [Part(_("of which"), _("in force")), there, None]
    times = tuple(Moment(gap.text) for gap in told["gaps"])
    yield [_("Gaps without an agreement in force"), Cell(times or None, "#agreements"), None]
    for way, words in told["ways"]:
        links = [link for link in told["visits"] if link.direction == way]
        yield [visits_words(words), tallied(links, on, partial(rows_of, f"visits-{way}")), None]
    meetings = told["meetings"]
    yield [_("Talks and meetings"), tallied(meetings, on, partial(rows_of, "meetings")), None]
    free = [link for link in meetings if not told["served"]["codes"].get(link.event)]
    tally = tallied(free, on, partial(rows_of, "meetings", only=FREE))
    yield [Part(_("of which"), _("linked to no agreement")), tally, None]
    for way, words in told["ways"]:
        groups = by_certainty(told["aid"]["ways"][way], told["aid"])
        rows = partial(rows_of, "aid-rows", only=f"aid-{way}")
        yield [aid_words(words), *(parted(value, rows) for value in aid_cells(groups))]
    found = Counter(row.strength for row in told["outside"])
    address = rows_of("outside", only="STRENGTH").replace("%", "%%").replace("STRENGTH", "%s")
    promised = by_sort(Commitment.Strength, found, address if "%s" in address else "")
    promised = Cell(promised, rows_of("outside"))
    yield [_("Commitments, proposals, wishes outside agreements"), promised, None]


def tallied(links, on, rows):
    return parted(figures.tally(links, on), rows)


def parted(value, rows):
    """A Dated each of whose parts opens its own rows; `rows(**only)`: their address."""
    return Cell(opened(value, lambda sort: rows(certainty=sort)), rows())


def visits_words(words):
    """ "Delegations Hà Nội → Viêng Chăn"."""
    return _("Delegations %(way)s") % {"way": words}


def aid_words(words):
    return _("Aid %(way)s") % {"way": words}


def aid_cells(groups):
    """Handovers, then money, each apart by certainty."""
    counts = {sort: Count(deliveries(lines)) for sort, lines in groups.items() if lines}
    sums = {sort: worth(lines) for sort, lines in groups.items() if lines}
    return Dated(**counts), Dated(**sums)


# The tables --------------------------------------------------------------------------------------
def below(told, on, rows_of):
    yield agreements_table(told, on)
    yield meetings_table(told, on)
    for way, words in told["ways"]:
        yield visits_table(told, on, way, visits_words(words))
    yield from aid_tables(told, rows_of)
    title = _("Commitments, proposals and wishes outside agreements")
    yield outside_table(told["outside"], told["parts"], on, title)


def aid_tables(told, rows_of):
    """Aid both ways by item and unit, line by line; gifts apart."""
    found = told["aid"]

    def lines_behind(way):
        rows = partial(rows_of, "aid-rows", only=f"aid-{way}")
        return lambda certainty, name: rows(certainty=certainty, behind=name or None)

    groups = [
        (words, by_certainty(found["ways"][way], found), lines_behind(way)) for way, words in told["ways"]
    ]
    title = _("Aid both ways by item and unit, money by currency")
    yield totals_table("aid-totals", title, groups, Rates(), notes=TOTAL_NOTES, sparse=True)
    told_of = found | {"served": told["served"]["deliveries"], "minutes": {}, "rates": Rates()}
    lines = [line for way, _words in told["ways"] for line in found["ways"][way]]
    yield rows_table("aid-rows", _("Aid line by line"), lines, told_of, [])
    yield replace(rows_table("aid-gifts", _("Gifts (no aid)"), found["gifts"], told_of, []), notes=())
