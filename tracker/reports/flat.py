"""Tables as spreadsheets and machines read them: a number is a number, its unit stands in a column of its own."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from tracker.reports.table import Amount, Cell, Count, Dated, Days, Moment, Money

TO_THE_DAY = len("2022-08-27")


def known(value):
    """(number, day or text, unit) of what is known certainly; what only words can tell is left as it is."""
    if isinstance(value, tuple | list) and len(value) == 1:
        return known(value[0])
    if isinstance(value, Cell):
        return known(value.value)
    if isinstance(value, Dated) and value.possible is None and value.undated is None:
        return known(value.certain)
    if isinstance(value, Money) and len(value.amounts) == 1 and not (value.unvalued or value.unknown):
        return known(value.amounts[0])
    if isinstance(value, Amount) and value.meaning == "exactly":
        return value.value, value.unit
    if isinstance(value, Count) and not value.at_least and value.number is not None:
        return value.number, ""
    if isinstance(value, Days) and not value.about and value.number is not None:
        return value.number, ""
    if isinstance(value, Moment) and len(value.text) == TO_THE_DAY:
        return date.fromisoformat(value.text), ""
    return value, ""


def flat(table):
    """(titles, rows) of a table, a column of units after each column of amounts that have some."""
    told = [[known(cell.value) for cell in row] for row in table.rows]
    titles, picked = [], []
    for place, column in enumerate(table.columns):
        titles.append(str(column.title))
        picked.append((place, 0))
        if has_units(table, place, told):
            titles.append(_("%(column)s: unit") % {"column": column.title})
            picked.append((place, 1))
    return titles, [[row[place][part] for place, part in picked] for row in told]


def has_units(table, place, told):
    """Whether amounts of a column have units that no column of the table tells yet."""
    own = [other for other, column in enumerate(table.columns) if column.key in ("unit", "currency")]
    return any(row[place][1] and all(row[place][1] != row[other][0] for other in own) for row in told)


def is_number(value):
    return isinstance(value, int | Decimal) and not isinstance(value, bool)
