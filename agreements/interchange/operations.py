"""Planned changes as plain values that JSON can hold: what is spooled, and later written.

["+", table, id, [value of each column]] · ["~", table, id, {column: new}, {column: old}] · ["-", table, id].
The table is a model's label; temporary ids are negative, in foreign keys too.
"""

from datetime import date, datetime
from decimal import Decimal
from functools import cache

PLAIN = {str, int, bool, type(None)}


def plain_value(value):
    """A value of a row as JSON and the database take it."""
    if type(value) in PLAIN:
        return value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value)


@cache
def columns(model):
    """The columns of a table, in the order of the values of “+”."""
    return [field.attname for field in model._meta.concrete_fields]


def as_written(op, row, before):
    """One operation of the session."""
    label = row._meta.label_lower
    if op == "add":
        held = row.__dict__
        values = [held[name] for name in columns(type(row))]
        return ["+", label, row.id, [one if type(one) in PLAIN else plain_value(one) for one in values]]
    if op == "remove":
        return ["-", label, row.id]
    old, now = before[0], row.__dict__
    changed = [name for name in columns(type(row)) if old[name] != now[name]]
    return change(row, {name: old[name] for name in changed})


def change(row, before):
    """“~” of a row whose columns `before` had other values."""
    now = row.__dict__
    return [
        "~",
        row._meta.label_lower,
        row.id,
        {name: plain_value(now[name]) for name in before},
        {name: plain_value(value) for name, value in before.items()},
    ]


def written_ops(entry, differences):
    """Everything that one row of a file changes, its record first."""
    ops = [as_written(*op) for op in entry.ops]
    if entry.new:
        return ops
    record = entry.instance
    if hasattr(record, "version"):  # a record whose parts change is another version too
        differences = {**differences, "version": record.version}
        record.version += 1
    return [change(record, differences), *ops] if differences else ops
