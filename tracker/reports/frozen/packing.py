"""Tables and sheets as plain data that JSON holds, and back; words are kept in the language of the copy."""

from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal

from tracker.reports import table

KNOWN = {name: kind for name, kind in vars(table).items() if isinstance(kind, type) and is_dataclass(kind)}
"""What a report is made of, by name; packed data names nothing else."""


def packed(value):
    """`value` as numbers, texts, lists and dicts; a dict says by "is" what it stands for."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if is_dataclass(value):
        return {
            "is": type(value).__name__,
            **{one.name: packed(getattr(value, one.name)) for one in fields(value)},
        }
    if isinstance(value, Decimal):
        return {"is": "Decimal", "text": f"{value:f}"}
    if isinstance(value, date):
        return {"is": "date", "text": value.isoformat()}
    if isinstance(value, dict):
        return {"is": "dict", "pairs": [[packed(key), packed(one)] for key, one in value.items()]}
    if isinstance(value, list | tuple):
        return [packed(one) for one in value]
    return str(value)


def unpacked(data):
    """What `packed` was given, lists as tuples. Raises ValueError for what it never makes."""
    if isinstance(data, list):
        return tuple(unpacked(one) for one in data)
    if not isinstance(data, dict):
        return data
    kind, rest = data.get("is"), {key: value for key, value in data.items() if key != "is"}
    if kind == "Decimal":
        return Decimal(rest["text"])
    if kind == "date":
        return date.fromisoformat(rest["text"])
    if kind == "dict":
        return {unpacked(key): unpacked(one) for key, one in rest["pairs"]}
    if kind not in KNOWN:
        raise ValueError(f"a report holds no {kind}")
    return KNOWN[kind](**{key: unpacked(value) for key, value in rest.items()})
