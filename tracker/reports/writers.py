"""From tables to what a reader gets: words, CSV, JSON, text for the terminal. Writers ask no database."""

import csv
import io
import json
import textwrap
import unicodedata
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import singledispatch

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements import dates, numbers
from tracker.reports.flat import flat, is_number, known
from tracker.reports.table import (
    Amount,
    Cell,
    Count,
    Dated,
    Days,
    Inviting,
    Labelled,
    Marked,
    Moment,
    Money,
    Parts,
    Performance,
    Sheet,
    Sides,
    Target,
    Total,
)

NOTHING = "—"
HOME = "VND"
GUARDED = ("=", "+", "-", "@", "\t", "\r")
WIDEST = 28
"""Letters of a column in the terminal before its text is wrapped."""


# What a value looks like to a reader -------------------------------------------------------------
@singledispatch
def shown(value):
    """`value` as text in the reader's language; what is not known is "—", never 0."""
    return str(value) if value not in (None, "") else NOTHING


@shown.register
def _text(value: str):
    return str(value) or NOTHING


@shown.register
def _bool(value: bool):
    return _("yes") if value else _("no")


@shown.register(int)
@shown.register(Decimal)
def _number(value):
    return numbers.display(value)


@shown.register
def _date(value: date):
    return dates.display(value.isoformat())


@shown.register
def _moment(value: Moment):
    return dates.display(value.text) or NOTHING


@shown.register
def _count(value: Count):
    if value.number is None:
        return _("number not known")
    return f"{'≥ ' if value.at_least else ''}{numbers.display(value.number)}"


@shown.register
def _dated(value: Dated):
    parts = [shown(value.certain)] if value.certain is not None else []
    if value.possible is not None:
        parts.append(_("possibly: %(figure)s") % {"figure": shown(value.possible)})
    if value.undated is not None:
        parts.append(_("undated: %(figure)s") % {"figure": shown(value.undated)})
    return "; ".join(parts) or NOTHING


MEANT = {
    "more_than": gettext_lazy("more than %(number)s"),
    "nearly": gettext_lazy("nearly %(number)s"),
    "about": gettext_lazy("about %(number)s"),
}


@shown.register
def _amount(value: Amount):
    number, unit = numbers.display(value.value), value.unit
    if words := MEANT.get(value.meaning):
        if unit == HOME and (short := numbers.scaled(value.value)):
            number, unit = short, _("dong")
        number = words % {"number": number}
    return f"{number} {unit}".strip()


@shown.register
def _money(value: Money):
    parts = [shown(amount) for amount in value.amounts]
    if value.unvalued:
        parts.append(_("%(count)s lines not valued") % {"count": value.unvalued})
    if value.unknown:
        parts.append(_("%(count)s lines without a figure") % {"count": value.unknown})
    return "; ".join(parts) or NOTHING


@shown.register
def _days(value: Days):
    if value.number is None:
        return _("not known")
    return f"{'≈ ' if value.about else ''}{numbers.display(value.number)}"


@shown.register
def _marked(value: Marked):
    return f"{'≈ ' if value.about else ''}{value.label}"


@shown.register
def _parts(value: Parts):
    return "; ".join(f"{label}: {number}" for label, number in value.pairs)


@shown.register
def _performance(value: Performance):
    parts = []
    if value.measured:
        words = {"done": value.done, "all": value.measured}
        parts.append(_("%(done)s/%(all)s measurable commitments done") % words)
    if value.standing:
        words = {"active": value.active, "all": value.standing}
        parts.append(_("%(all)s standing commitments, %(active)s with activity") % words)
    return "; ".join(parts) or NOTHING


@shown.register
def _labelled(value: Labelled):
    return f"{shown(value.label)}: {shown(value.value)}"


@shown.register
def _inviting(value: Inviting):
    return shown(value.text)


@shown.register
def _total(value: Total):
    return shown(value.label)


@shown.register
def _sides(value: Sides):
    return " | ".join(", ".join(side) or NOTHING for side in (value.ours, value.theirs))


@shown.register
def _cell(value: Cell):
    return shown(value.value)


@shown.register
def _target(value: Target):
    least, most = (numbers.display(bound) for bound in (value.least, value.most))
    wanted = least if least == most else "–".join(filter(None, [least, most]))
    if value.least is None:
        wanted = f"≤ {most}"
    period = f"{dates.display(value.period)}: " if value.period else ""
    told = {"period": period, "reached": numbers.display(value.reached), "wanted": wanted, "unit": value.unit}
    if value.reached is None:
        return _("%(period)sno figure yet (wanted: %(wanted)s %(unit)s)") % told
    return _("%(period)s%(reached)s of %(wanted)s %(unit)s") % told


@shown.register(tuple)
@shown.register(list)
def _several(value):
    return "; ".join(shown(one) for one in value) or NOTHING


# CSV ---------------------------------------------------------------------------------------------
def guarded(text):
    """`text` such that a spreadsheet reads it as text, not as a formula (CSV injection)."""
    return f"'{text}" if text.startswith(GUARDED) else text


def raw(value, point="."):
    """A CSV cell: numbers without marks between the thousands, unknown empty, the rest as shown."""
    if is_number(value):
        return number_text(value).replace(".", point)
    text = shown(value)
    return "" if text == NOTHING else guarded(text)


def number_text(value):
    """1500, -3, 2.5: as machines read it."""
    whole = value == int(value)
    return str(int(value)) if whole else f"{value.normalize():f}"


def to_csv(report, separator=","):
    """A Table or Sheet as CSV text with a byte order mark, so that Excel reads it as UTF-8.

    Where columns are parted by semicolons, decimals begin with a comma: so do spreadsheets that want them.
    """
    out = io.StringIO()
    write = csv.writer(out, delimiter=separator)
    point = "," if separator == ";" else "."
    out.write("\ufeff")
    if isinstance(report, Sheet):
        write.writerows([guarded(str(label)), fact_text(value, point)] for label, value in report.facts)
    tables = report.tables if isinstance(report, Sheet) else (report, *report.below)
    for table in tables:
        if table is not report:
            write.writerow([])
            write.writerow([guarded(str(table.title))])
        titles, rows = flat(table)
        write.writerow([guarded(title) for title in titles])
        write.writerows([raw(value, point) for value in row] for row in rows)
    return out.getvalue()


def fact_text(value, point):
    """A fact as a CSV cell; its unit has no column of its own."""
    plain, unit = known(value)
    return raw(value if unit else plain, point)


# JSON --------------------------------------------------------------------------------------------
def plain(value):
    """`value` in terms of JSON: EDTF dates, numbers, unknown null."""
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Moment):
        return value.text or None
    if isinstance(value, Cell):
        return plain(value.value)
    if isinstance(value, Labelled | Inviting):
        return shown(value)
    if isinstance(value, Parts):
        return {str(label): number for label, number in value.pairs}
    if is_dataclass(value):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value) if one.name != "links"}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def table_object(table):
    rows = [
        {column.key: plain(cell.value) for column, cell in zip(table.columns, row, strict=True)}
        for row in table.rows
    ]
    return {
        "report": table.key,
        "title": str(table.title),
        "as_of": plain(table.as_of),
        **({"begin": plain(table.begin)} if table.begin else {}),
        "conditions": [[str(label), str(text)] for label, text in table.conditions],
        "columns": {column.key: str(column.title) for column in table.columns},
        "rows": rows,
        "notes": [shown(note) for note in table.notes],
        **({"below": {one.key: table_object(one) for one in table.below}} if table.below else {}),
    }


def to_json(report):
    """A Table or Sheet as JSON text; numbers and dates as values, not as shown."""
    if isinstance(report, Sheet):
        found = {
            "report": report.key,
            "title": str(report.title),
            "as_of": plain(report.as_of),
            "facts": [[str(label), plain(value)] for label, value in report.facts],
            "tables": {table.key: table_object(table) for table in report.tables},
        }
    else:
        found = table_object(report)
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def as_of(report):
    """“As of 30/6/2023” or “From 1/1/2023 to 30/6/2023” in the reader's language."""
    if begin := getattr(report, "begin", None):
        return _("From %(begin)s to %(end)s") % {"begin": shown(begin), "end": shown(report.as_of)}
    words = _("As of")
    return f"{words} {shown(report.as_of)}"


# The terminal ------------------------------------------------------------------------------------
def to_text(report):
    """A Table or Sheet as text in columns; long cells are wrapped."""
    if isinstance(report, Sheet):
        head = [f"{report.title}", as_of(report), ""]
        facts = [f"{label}: {shown(value)}" for label, value in report.facts]
        return "\n".join([*head, *facts, *("\n" + text_table(table) for table in report.tables)]) + "\n"
    asked = [as_of(report)]
    asked += [f"{label}: {text}" for label, text in report.conditions]
    head = [str(report.title), " · ".join(asked)]
    below = ["\n" + text_table(table) for table in report.below]
    return "\n".join([*head, "", grid(report), "", *map(shown, report.notes), *below]) + "\n"


def text_table(table):
    return "\n".join([str(table.title).upper(), grid(table) if table.rows else str(table.empty or NOTHING)])


def grid(table):
    """Head and rows in columns of at most WIDEST letters."""
    rows = [[str(column.title) for column in table.columns]]
    rows += [[shown(cell.value) for cell in row] for row in table.rows]
    folded = [[textwrap.wrap(text, WIDEST) or [""] for text in row] for row in rows]
    widths = [max(width(line) for cell in column for line in cell) for column in zip(*folded, strict=True)]
    lines = []
    for position, row in enumerate(folded):
        for level in range(max(map(len, row))):
            parts = [cell[level] if level < len(cell) else "" for cell in row]
            padded = [part + " " * (wide - width(part)) for part, wide in zip(parts, widths, strict=True)]
            lines.append("  ".join(padded).rstrip())
        if position == 0:
            lines.append("  ".join("-" * wide for wide in widths))
    return "\n".join(lines)


def width(text):
    """Letters that `text` takes in a terminal: marks above and below take none."""
    return sum(unicodedata.category(letter) not in ("Mn", "Me", "Cf") for letter in text)
