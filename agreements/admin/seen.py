"""What a page of entry showed, as plain values: the ground on which two officers' changes are told apart.

A state is {"at": moment, "main": {field: [values]}, "parts": {prefix: {primary key: {field: [values]}}}}; the
values are what a browser sends of a field that nobody touches. The page carries it in a hidden field (`SEEN`).
"""

import hashlib
import json
from datetime import datetime

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.scope import walled

SEEN = "_seen"
UNKNOWN = [None]
"""In place of the values of a field of which nobody can say what the page showed; no form sends it."""


def plain(values):
    """`values` as they compare: no empty ones, no line breaks of one system, in one order."""
    return sorted(text for one in values if (text := str(one).replace("\r\n", "\n").strip()))


def sent(bound):
    """The values that a browser sends of a form field left as it is."""
    widget, value = bound.field.widget, bound.value()
    if isinstance(widget, RelatedFieldWidgetWrapper):
        widget = widget.widget
    if isinstance(bound.field, forms.FileField):
        return (
            [hashlib.sha256(str(value).encode()).hexdigest()[:16]] if value else []
        )  # the path stays unknown
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if value else []
    shown = widget.format_value(value)
    values = shown if isinstance(shown, list | tuple) else [shown]
    return plain(one for one in values if one is not None)


def columns(form, *, part_of=None):
    """The fields of a form that hold something of the record: neither its key, its record, nor the tick to delete."""
    names = {form._meta.model._meta.pk.name, part_of, "DELETE"}
    return [name for name in form.fields if name not in names]


def state_of(form, formsets):
    """The state that `form` and its `formsets` (those whose rows may be changed) show; they are not bound."""
    parts = {}
    for formset in formsets:
        rows = parts[formset.prefix] = {}
        for one in formset.initial_forms:
            names = columns(one, part_of=formset.fk.name)
            rows[str(one.instance.pk)] = {name: sent(one[name]) for name in names}
    main = {name: sent(form[name]) for name in columns(form)}
    return {"at": timezone.now().isoformat(), "main": main, "parts": parts}


def same(one, other):
    """Whether two states show the same."""
    return all(one[name] == other[name] for name in ("main", "parts"))


def packed(state):
    return json.dumps(state, ensure_ascii=False, separators=(",", ":"))


def unpacked(text):
    """The state in a hidden field; None where there is none, or it is not one of ours."""
    try:
        state = json.loads(text)
        moment = datetime.fromisoformat(state["at"])
        tables = list(state["parts"].values())
        rows = [state["main"], *(row for table in tables for row in table.values())]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return state if moment.tzinfo and all(map(is_row, rows)) else None


def unreadable(typed, now):
    """The state for a page that came back without one: nothing of what it showed is known, so nothing is alike.

    `typed` is what came back, `now` the state of the record. Rows that came back and are no more count as shown.
    """
    parts = {prefix: dict.fromkeys(rows) for prefix, rows in now["parts"].items()}
    for name in typed:
        prefix, _dash, number = name.removesuffix("-id").rpartition("-")
        if name.endswith("-id") and number.isdecimal() and prefix in parts and typed[name]:
            parts[prefix].setdefault(typed[name], typed_row(typed, f"{prefix}-{number}-"))
    return {
        "at": timezone.now().isoformat(),
        "main": dict.fromkeys(now["main"], UNKNOWN),
        "parts": {
            prefix: {
                key: row or dict.fromkeys(now["parts"][prefix][key], UNKNOWN) for key, row in rows.items()
            }
            for prefix, rows in parts.items()
        },
    }


def typed_row(typed, start):
    """What was typed into one row, by column, and a column that is like nothing: the row counts as changed."""
    row = {name.removeprefix(start): plain(typed.getlist(name)) for name in typed if name.startswith(start)}
    return {**row, "": UNKNOWN}


def is_row(row):
    """Whether `row` is {field: [texts]}."""
    if not isinstance(row, dict) or not all(isinstance(values, list) for values in row.values()):
        return False
    return all(isinstance(one, str) for values in row.values() for one in values)


def words(field, values):
    """`values` of a form field for a reader: names instead of numbers."""
    if values == UNKNOWN:
        return ""
    if isinstance(field, forms.NullBooleanField):
        return {"true": _("yes"), "false": _("no")}.get("".join(values), "")
    if isinstance(field, forms.BooleanField):
        return _("yes") if values else _("no")
    if not values:
        return ""
    if isinstance(field, forms.FileField):
        return _("another file")
    if hasattr(field, "queryset"):
        keys = [one for one in values if one.isdecimal() and len(one) < 19]
        rows = walled(field.queryset.model._base_manager.all()).in_bulk(keys)
        return ", ".join(str(rows.get(int(one), _("(deleted)"))) for one in keys)
    if choices := dict(getattr(field, "choices", ())):
        choices = {str(value): label for value, label in choices.items()}
        return ", ".join(str(choices.get(one, one)) for one in values)
    return "\n".join(values)
