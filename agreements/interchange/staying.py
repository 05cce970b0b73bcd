"""What of an import stays when it is undone: its top records, which are withdrawn, with what is out of sight with them.

A part (a role, a target, a report of progress) stays where a record that it is part of, or ties to another, is
withdrawn: it is restored with that record. An entry of the lists for all (a body, a person, a term) stays where
something that stays names it. Everything else that the import made is taken out.
"""

from collections import defaultdict
from functools import cache

from django.db import models

from agreements.models.record import Record, is_owner, owner_paths

SLICE = 500


def slices(keys):
    keys = list(keys)
    return [keys[start : start + SLICE] for start in range(0, len(keys), SLICE)]


@cache
def is_part(model):
    """Whether rows of `model` are parts of top records, or ties between them."""
    return not issubclass(model, Record) and next(owner_paths(model), None) is not None


def table_of(field):
    """The table to which a foreign key points."""
    return field.related_model._meta.concrete_model


def is_whole(field):
    """Whether a row goes out of sight with what its foreign key `field` names."""
    target = table_of(field)
    if issubclass(target, Record):
        return is_owner(field)
    return is_part(target) and field.remote_field.on_delete is models.CASCADE


class Staying:
    """Which of the new rows of an import stay; `new` is {table: keys}."""

    def __init__(self, new):
        self.new = {model: set(keys) for model, keys in new.items()}
        self.hidden = defaultdict(set)
        """Records that are withdrawn, and what is out of sight with them: {table: keys}."""
        self.named = defaultdict(set)
        """Entries of the lists for all that these name: {table: keys}."""

    def settle(self):
        """Fill `hidden` and `named`; returns self."""
        for model, keys in self.new.items():
            if issubclass(model, Record):
                self.hidden[model] |= keys
        parts = [model for model in self.new if is_part(model)]
        while sum(self.hide(model) for model in parts):
            pass
        while sum(self.show(model) for model in parts):
            pass
        found = {model: set(keys) for model, keys in self.hidden.items()}
        while found:
            found = self.name(found)
        return self

    def stays(self, model):
        """The keys of the rows of `model` (or of its table) that stay."""
        table = model._meta.concrete_model
        return self.hidden[table] | self.named[table]

    def hide(self, model):
        """Parts of what is hidden are hidden too; how many were found."""
        fields = [one for one in self.fields(model) if is_whole(one)]
        waiting, found = self.new[model] - self.hidden[model], set()
        for key, *values in rows(model, waiting, fields):
            if any(
                value in self.hidden[table_of(one)]
                for one, value in zip(fields, values, strict=True)
                if value
            ):
                found.add(key)
        self.hidden[model] |= found
        return len(found)

    def show(self, model):
        """A tie to a part that is taken out goes with it; how many were found."""
        fields = [one for one in self.fields(model) if is_part(table_of(one))]
        found = set()
        for key, *values in rows(model, self.hidden[model], fields):
            for one, value in zip(fields, values, strict=True):
                table = table_of(one)
                if value in self.new[table] and value not in self.hidden[table]:
                    found.add(key)
        self.hidden[model] -= found
        return len(found)

    def name(self, staying):
        """What the rows `staying` ({table: keys}) name of the lists for all, as far as it is new: {table: keys}."""
        found = defaultdict(set)
        for model, keys in staying.items():
            for target, value in self.named_by(model, keys):
                if value in self.new[target] and value not in self.named[target]:
                    found[target].add(value)
        for table, keys in found.items():
            self.named[table] |= keys
        return found

    def named_by(self, model, keys):
        """(table, key) of every new entry of a list that rows of `model` name, in a column or an n:m list."""
        fields = [one for one in self.fields(model) if is_list(table_of(one))]
        for _key, *values in rows(model, keys, fields):
            yield from ((table_of(one), value) for one, value in zip(fields, values, strict=True) if value)
        for many in model._meta.many_to_many:
            if (target := table_of(many)) in self.new and is_list(target):
                owner, other = many.m2m_field_name(), many.m2m_reverse_field_name()
                for some in slices(keys):
                    chosen = many.remote_field.through._base_manager.filter(**{f"{owner}__in": some})
                    yield from ((target, value) for value in chosen.values_list(f"{other}_id", flat=True))

    def fields(self, model):
        """The foreign keys of `model` to tables of which the import made rows."""
        return [one for one in model._meta.concrete_fields if one.many_to_one and table_of(one) in self.new]


def is_list(model):
    """Whether rows of `model` stand by themselves and are no top records: bodies, people, terms."""
    return not (issubclass(model, Record) or is_part(model))


def rows(model, keys, fields):
    """(key, value of each of the foreign keys `fields`, …) of the rows `keys`; nothing is asked without fields."""
    names = [one.attname for one in fields]
    for some in slices(keys) if fields else ():
        yield from model._base_manager.filter(pk__in=some).order_by().values_list("pk", *names)
