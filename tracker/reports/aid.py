"""Aid over a period or up to a day: given and received apart, promised, delivered, outstanding."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from tracker.reports.aid_behind import FURTHER, PARTED, key, lines_of
from tracker.reports.aid_promises import behind, commitments_table, promised_table, promises
from tracker.reports.aid_question import WAYS
from tracker.reports.aid_rows import by_certainty, rows_table, students_table
from tracker.reports.aid_tables import TOTAL_NOTES
from tracker.reports.aid_totals import by_place, by_year, placed, totals_table
from tracker.reports.handed import handed, served_and_minutes, sides, way
from tracker.reports.reviewing import review_notes_alone, took_place
from tracker.reports.table import Cell, Inviting, Labelled

NOTES = (
    *TOTAL_NOTES,
    _("Gifts are no aid and stand in a table of their own. Planned or cancelled deliveries are not counted."),
    _("—: nothing is recorded, which does not mean 0."),
    _("Possibly: it overlaps the days asked, perhaps it lies outside them. Undated: no source gives a date."),
)


def aid(question, told=None):
    """A Table with the sums, and below it what they consist of. Nine queries, whatever the number of lines.

    `question`: an AidQuestion; `told`: what `gather` gave for it, if it is there.
    """
    told = told or gather(question)
    lines = [line for line in told["lines"] if not line.is_gift]
    groups = [
        (one, words, by_certainty([line for line in lines if way(told["sides"][line.delivery]) == one], told))
        for one, words in WAYS.items()
    ]
    promised = () if question.is_narrowed else promises(question, told["served"], lines)
    linked = [(words, by_sort, rows_of(question, one)) for one, words, by_sort in groups]
    return replace(
        totals_table("aid", _("Aid"), linked, question.rates),
        notes=(
            *only(question),
            *rate_notes(question, lines),
            *NOTES,
            *review_notes_alone(question, [recorded(question)]),
        ),
        as_of=question.on,
        begin=question.begin,
        conditions=question.conditions,
        empty=_("No aid fits. Choose other days or filters, or enter the first delivery."),
        below=tuple(below(question, told, lines, groups, promised)),
    )


def only(question):
    """That only the rows behind one number are told, with the way to all."""
    names = "|".join(filter(None, (question.value("behind"), question.value("promised"))))
    if names:
        words = ", ".join(word for name in names.split(FURTHER) for word in words_of(name, question))
        text = _("Only: %(words)s.") % {"words": words or _("the rows behind one number")}
        every = question.address("aid", certainty=None, behind=None, promised=None)
        yield Cell(Inviting(text, _("Show all.")), every)


def words_of(name, question):
    """What a key of aid_behind.py names, in words."""
    sort, *words = name.split(PARTED)
    if sort == "places":
        known = dict(question.chosen.form.fields["partner"].queryset.values_list("pk", "name"))
        words = [known.get(int(pk), "") for pk in ",".join(words).split(",") if pk.isdecimal()]
    return [word for word in words if word]


def recorded(question):
    """The deliveries of the days asked, whatever the review says of them."""
    return took_place(question.recorded, question.begin, question.on)


def gather(question):
    """Lines with all that is told of them (three queries)."""
    deliveries = question.rows
    served, minutes = served_and_minutes(deliveries)
    found = {
        "sides": sides(deliveries),
        "served": served,
        "minutes": minutes,
        "rates": question.rates,
        "begin": question.begin,
        "on": question.on,
    }
    partners, item = question.places("partner"), question.value("item")
    lines = [
        line
        for line in handed(deliveries)
        if line.certainty(question.begin, question.on)
        and is_of(line, partners, found["sides"])
        and (item is None or is_item(line, item))
    ]
    return found | {"lines": narrowed(lines, found["sides"], question)}


def narrowed(lines, sides, question):
    """The lines that stand behind the number asked for by `certainty` and `behind`; all where none is."""
    if sort := question.value("certainty"):
        lines = [line for line in lines if line.certainty(question.begin, question.on) == sort]
    if not (names := question.value("behind")):
        return lines
    lines = [line for line in lines if not line.is_gift]
    for name in names.split(FURTHER):
        lines = (
            at_places(lines, name, sides, question) if name.startswith("places|") else lines_of(name, lines)
        )
    return lines


def at_places(lines, name, sides, question):
    """Those of the row of just these places: received there what was given, given there what was received."""
    found = set()
    for one in WAYS:
        own = [line for line in lines if way(sides[line.delivery]) == one]
        for places, some in placed(own, one, sides, question.present).items():
            if name == key("places", ",".join(str(pk) for pk, _name in places)):
                found |= {line.id for line in some}
    return [line for line in lines if line.id in found]


def since(told, begin):
    """What `gather` gave for all days up to a last one, for those from the day `begin` on."""
    lines = [line for line in told["lines"] if line.certainty(begin, told["on"])]
    return told | {"begin": begin, "lines": lines}


def is_of(line, partners, told):
    """Whether a line concerns these places: one whose receiver is stated may go to another than asked."""
    if not partners or not line.receiver_place or line.receiver_place in partners:
        return True
    return any(side.place in partners for side in told[line.delivery]["giver"])


def is_item(line, item):
    """Whether a line is of this item or of one that belongs to it."""
    return item.pk in (line.item_id, line.item_above) or item.code == line.sort_code


def rows_of(question, one):
    """The address of the lines behind a number of one direction, by certainty and key."""
    return lambda certainty, name: question.behind(name, way=one, certainty=certainty)


def below(question, told, lines, groups, promised):
    """The tables under the sums; those that most questions do not have are left out where empty."""
    if not question.is_narrowed:
        yield promised_table(promised, question, question.on)
    yield by_place(groups, question, told["sides"])
    yield by_year(groups, question)
    students = students_table(lines, told)
    if students.rows:
        yield students
    if promised:
        yield commitments_table(behind(promised, question.value("promised")), question.on)
    empty = _("No line fits.")
    kept = {"most": question.most, "address": question.address(all=1)}
    yield rows_table("aid-rows", _("Aid line by line"), lines, told, promised, empty=empty, **kept)
    gifts = [line for line in told["lines"] if line.is_gift]
    if gifts:
        yield rows_table("aid-gifts", _("Gifts (no aid)"), gifts, told, [])


def rate_notes(question, lines):
    """Which rates were used; which currencies stay apart for want of one."""
    if question.rates:
        yield Labelled(_("Converted by the rates stated"), str(question.rates))
    codes = {line.currency for line in lines if line.currency} - {"VND", *question.rates.values}
    if codes:
        yield Labelled(_("Without a rate, not converted"), ", ".join(sorted(codes)))
