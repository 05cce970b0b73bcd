"""The register as it will be: what the database holds, and over it what a batch means to do.

Nothing is written here. Planned rows bear temporary, negative primary keys until they are written; foreign
keys to them hold the same numbers. What is read from the database is read for many rows at once (`fetch`,
`fetch_keys`); a look-up nobody foresaw costs a query of its own and is right all the same.
"""

from collections import Counter, defaultdict
from functools import cache
from itertools import chain

from django.apps import apps
from django.db.models import PROTECT, FileField
from django.db.models.base import ModelState
from django.utils.translation import gettext as _


class Referred(ValueError):
    """A row that something else refers to cannot be left out."""


def snapshot(row):
    """The values of a row and what its foreign keys have at hand, to be put back by `restore`."""
    return dict(row.__dict__), dict(row._state.fields_cache)


def restore(row, kept):
    """Put the values of `snapshot` back."""
    values, cache = kept
    state = row._state
    row.__dict__.clear()
    row.__dict__.update(values)
    row.__dict__["_state"] = state
    state.fields_cache = dict(cache)


def fresh(model):
    """A new row; as model(), in a fraction of its time, because files are long."""
    row = model.__new__(model)
    row.__dict__.update(defaults_of(model))
    row._state = ModelState()
    return row


@cache
def defaults_of(model):
    """The values of a new row; no file is an empty text to Django."""
    no_files = {field.attname: "" for field in model._meta.concrete_fields if isinstance(field, FileField)}
    return {name: value for name, value in model().__dict__.items() if name != "_state"} | no_files


def loaded(model, queryset, names=None):
    """The rows of a queryset; as the queryset gives them, in a fraction of its time.

    `names`: the columns wanted (default: all); another one is read when somebody asks for it.
    """
    names = names or [field.attname for field in model._meta.concrete_fields]
    for values in queryset.order_by().values_list(*names):
        row = model.__new__(model)
        row.__dict__.update(zip(names, values, strict=True))
        row._state = ModelState()
        row._state.adding, row._state.db = False, queryset.db
        yield row


@cache
def kinds_of(model):
    """`model` and its proxies: whose planned rows are rows of `model`."""
    return [one for one in apps.get_models(include_auto_created=True) if issubclass(one, model)]


def is_planned(value):
    """Whether a primary key is temporary."""
    return type(value) is int and value < 0


def key_of(row, columns):
    """The values of `columns`."""
    return tuple(getattr(row, column) for column in columns)


def enter(index, columns, row):
    """Put a row into an index by its key: the first of a key stays, unless it bears another key by now."""
    key = key_of(row, columns)
    held = index.get(key)
    if held is None or key_of(held, columns) != key:
        index[key] = row


class Session:
    """One batch's view of the register, and the operations of the row now being planned (`ops`)."""

    def __init__(self, on_plan=lambda row: None):
        self.temporary, self.on_plan = Counter(), on_plan
        self.querysets, self.columns = {}, {}
        self.ops = []
        self.start()

    def start(self):
        self.planned, self.removed = defaultdict(dict), defaultdict(set)
        self.refused = set()
        self.owned, self.keyed = {}, {}
        self.forget_read()

    def forget_read(self):
        """Let go of what the last rows needed."""
        self.read_rows, self.read_keys = {}, {}

    # What the register holds -----------------------------------------------------------------------
    def stored(self, model, conditions):
        """Rows of the database; those of tables in `querysets` come with what these select."""
        if model in self.querysets:
            return self.querysets[model].filter(**conditions)
        return loaded(model, model._default_manager.filter(**conditions), self.columns.get(model))

    def fetch(self, model, column, owners):
        """Read the rows of `model` whose `column` is one of `owners`, in one query."""
        read = self.read_rows.setdefault((model, column), {})
        wanted = {owner for owner in owners if not (owner is None or is_planned(owner) or owner in read)}
        if not wanted:
            return
        read.update((owner, []) for owner in wanted)
        for row in self.stored(model, {f"{column}__in": wanted}):
            if (owner := getattr(row, column)) in read:  # not what the database takes for the same text
                read[owner].append(row)

    def rows(self, model, column, owner, refused=False):
        """The rows of `model` whose `column` is `owner`, as they will be; those `refused` only when asked for."""
        stored = ()
        if owner is not None and not is_planned(owner):
            self.fetch(model, column, [owner])
            stored = self.read_rows[model, column][owner]
        removed = self.removed[model]
        found = {row.id: self.latest(model, row) for row in stored if row.id not in removed}
        found.update(self.owned_index(model, column).get(owner, ()))
        return [
            row
            for row in found.values()
            if getattr(row, column) == owner and (refused or (type(row), row.id) not in self.refused)
        ]

    def latest(self, model, row):
        """A stored row of `model` as it will be."""
        for table in kinds_of(model):
            if found := self.planned[table].get(row.id):
                return found
        return row

    def owned_index(self, model, column):
        """{owner: {id: row}} of the new and changed rows of `model` by `column`; some may have moved on since."""
        if (model, column) not in self.owned:
            index = self.owned[model, column] = {}
            for row in self.planned_rows_of(model):
                index.setdefault(getattr(row, column), {})[row.id] = row
        return self.owned[model, column]

    def fetch_keys(self, model, columns, keys):
        """Read the rows of `model` whose `columns` have one of the value tuples `keys`, in one query."""
        read = self.read_keys.setdefault((model, columns), {})
        wanted = {key for key in keys if key not in read and not any(map(is_planned, key))}
        if not wanted:
            return
        read.update((key, None) for key in wanted)
        conditions = {}
        for column, values in zip(columns, map(set, zip(*wanted, strict=True)), strict=True):
            if None not in values:
                conditions[f"{column}__in"] = values
        for row in self.stored(model, conditions):
            key = tuple(getattr(row, column) for column in columns)
            if key in wanted:
                read[key] = row

    def match(self, model, columns, key, but=None):
        """The row of `model`, not the one with the primary key `but`, whose `columns` have the values `key`.

        It is given as it will be; None where none has them.
        """
        found = self.key_index(model, columns).get(key)
        if found is not None and found.pk != but and key_of(found, columns) == key:
            return found
        return self.stored_match(model, columns, key, but)

    def stored_match(self, model, columns, key, but=None):
        """As `match`, of rows that the database holds."""
        read = self.read_keys.get((model, columns))
        if read is None or key not in read:
            self.fetch_keys(model, columns, [key])
            read = self.read_keys[model, columns]
        row = read.get(key)
        if row is None or row.id == but or row.id in self.removed[model]:
            return None
        latest = self.latest(model, row)
        return latest if key_of(latest, columns) == key else None

    def planned_rows_of(self, model):
        """The new and changed rows of `model` and of its proxies."""
        return chain.from_iterable(self.planned[table].values() for table in kinds_of(model))

    def key_index(self, model, columns):
        """{key: row} of planned rows of `model` by `columns`."""
        if (model, columns) not in self.keyed:
            index = self.keyed[model, columns] = {}
            for row in self.planned_rows_of(model):
                enter(index, columns, row)
        return self.keyed[model, columns]

    # What the batch means to do ----------------------------------------------------------------------
    def new_id(self, model):
        """A temporary primary key: -2, -3 … (not -1, because in Python hash(-1) == hash(-2))."""
        table = model._meta.concrete_model
        self.temporary[table] += 1
        return -self.temporary[table] - 1

    def add(self, row):
        """Plan a new row."""
        if row.id is None:
            row.id = self.new_id(type(row))
        self.register(row)
        self.on_plan(row)
        self.ops.append(("add", row, None))

    def change(self, row, **values):
        """Plan other values for a part of a record."""
        if all(getattr(row, name) == value for name, value in values.items()):
            return
        if not any(op == "add" and one is row for op, one, _before in self.ops):
            self.ops.append(("change", row, snapshot(row)))
        for name, value in values.items():
            setattr(row, name, value)
        self.register(row)

    def planned_rows(self, model):
        """The new rows of `model` and of its proxies."""
        for table, rows in self.planned.items():
            if issubclass(table, model):
                yield from (row for row in rows.values() if row.id < 0)

    def register(self, row):
        """Let later look-ups find a planned row."""
        model = type(row)
        self.planned[model][row.id] = row
        for (table, columns), index in self.keyed.items():
            if issubclass(model, table):
                enter(index, columns, row)
        for (table, column), index in self.owned.items():
            if issubclass(model, table):
                index.setdefault(getattr(row, column), {})[row.id] = row

    def remove(self, row):
        """Plan to take out a part of a record; raises Referred where something else names it."""
        self.refuse_referred(row)
        model = type(row)
        self.removed[model].add(row.id)
        self.unregister(row)
        added = next((op for op in self.ops if op[0] == "add" and op[1] is row), None)
        if added:
            self.ops.remove(added)
        else:
            self.ops.append(("remove", row, None))

    def unregister(self, row):
        model = type(row)
        self.planned[model].pop(row.id, None)
        for (table, columns), index in self.keyed.items():
            if issubclass(model, table):
                key = key_of(row, columns)
                if index.get(key) is row:
                    del index[key]
        for (table, column), index in self.owned.items():
            if issubclass(model, table):
                index.get(getattr(row, column), {}).pop(row.id, None)

    def refuse_referred(self, row):
        relations = row._meta.get_fields(include_hidden=True)
        for relation in relations if row.id > 0 else ():
            if getattr(relation, "on_delete", None) is PROTECT and relation.auto_created:
                others = relation.field.model._base_manager.filter(**{relation.field.name: row.id})
                if others.exists():
                    sentence = _("“%(row)s” cannot be left out here: something else refers to it.")
                    raise Referred(sentence % {"row": row})

    # One row of a file -------------------------------------------------------------------------------
    def take_ops(self):
        """The operations of the row that was planned last."""
        ops, self.ops = self.ops, []
        return ops

    def undo(self, keep=None):
        """Forget the operations of a row that is refused; `keep` is still found by its key, so that the rows
        that name it are not refused for its sake."""
        for op, row, before in reversed(self.take_ops()):
            if op == "add" and row is keep:
                self.refused.add((type(row), row.id))
            elif op == "add":
                self.unregister(row)
            elif op == "remove":
                self.removed[type(row)].discard(row.id)
            elif op == "change":
                restore(row, before)
