"""Which lines stand behind a number on aid: the same few rules count them and list them.

An address names a number by a key: “sum|rice|tonne”, “money|VND”, “years|2020/2021”. Keys that follow one another,
joined by “~”, each narrow what the one before it left.
"""

from collections import defaultdict

from tracker.reports import figures

PARTED, FURTHER = "|", "~"
PEOPLE = ("students", "training", "experts")
"""Items at the top of their list that are no goods: a person is not valued."""


def key(sort, *words):
    """The name of a number: what it adds up, and of which item, unit, place or year."""
    return PARTED.join([sort, *(str(word or "") for word in words)])


def further(before, name):
    """`name` within what the keys `before` left."""
    return FURTHER.join(filter(None, [before, name]))


def lines_of(names, lines):
    """The lines behind the numbers `names`, each within the one before it; none for what is no such name."""
    for name in filter(None, (names or "").split(FURTHER)):
        sort, *words = name.split(PARTED)
        chosen, most = SORTS.get(sort, (None, 0))
        lines = chosen(lines, *words) if chosen and len(words) <= most else []
    return lines


def in_sum(lines, item="", unit="", whole_item=None, whole_unit=None):
    """Those whose quantities make a total, or one of the parts of another item beneath it."""
    within = None if whole_item is None else (whole_item, whole_unit or None)
    return figures.measures(lines).get((within, (item, unit or None)), [])


def in_part(lines, item="", unit="", funding=""):
    """Parts of the same item and unit as their whole, by who pays."""
    return parts_alike(lines).get((item, unit or None), {}).get(funding, [])


def not_valued(lines):
    by_id = {line.id: line for line in lines}
    return [line for line in figures.unvalued(lines, by_id) if line.sort_code not in PEOPLE]


def silent(lines, item=""):
    """Those without any figure, of one item or of all."""
    found = figures.unknown(lines, {line.id: line for line in lines})
    return [line for line in found if item in ("", line.item)]


def years(line):
    """ "2020", "2020/2021", "" (undated): the years over which a handover may stretch."""
    return "/".join(map(str, dict.fromkeys(day.year for day in (line.first, line.last) if day)))


def in_years(lines, text=""):
    return [line for line in lines if years(line) == text]


def parts_alike(lines):
    """{(item, unit): {funding: lines}} of parts of the same item and unit as their whole."""
    by_id = {line.id: line for line in lines}
    found = defaultdict(lambda: defaultdict(list))
    for line in lines:
        whole = by_id.get(line.whole)
        if whole is None or None in (line.quantity, whole.quantity):
            continue
        if (whole.item, whole.unit) == (line.item, line.unit):
            found[line.item, line.unit][line.funding].append(line)
    return found


SORTS = {
    "sum": (in_sum, 4),
    "part": (in_part, 3),
    "money": (lambda lines, currency="": figures.adding(lines, currency), 1),
    "unvalued": (not_valued, 0),
    "silent": (silent, 1),
    "years": (in_years, 1),
}
"""{what a number adds up: (its lines among others, words of its key at most)}; places need more (`aid.py`)."""
