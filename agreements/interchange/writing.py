"""Writing a planned batch: one transaction, set by set, with its history; all of it or nothing.

Rows get their real keys first; then come the parts taken out, the changed rows, the new ones. A row that
somebody else changed since it was planned stops the batch (`Stale`): nothing is overwritten. The history is
written from the tables themselves, and counted against what the batch promised before the end.
"""

from collections import defaultdict
from uuid import UUID

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, IntegrityError, connections, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.history import write_history
from agreements.interchange.operations import columns
from agreements.interchange.reopening import is_changeable, make_drafts, owners_of

SLICE = 1000


class Stale(Exception):
    """Somebody changed what the batch was planned on; nothing was written. Its text is one sentence."""


def stale():
    return Stale(
        _("Somebody else changed these records in the meantime: nothing was written. Check the file again.")
    )


def write_batch(spooled, *, user=None, route, claim=None, after=None):
    """Write what `spooled` plans; `claim()` is called inside the transaction and may refuse by raising.

    `after(batch)` is called inside it too, when all is written: what it records with the batch is undone with
    it. Raises Stale where the register is no longer what the batch was planned on.
    """
    try:
        with transaction.atomic():
            if claim:
                claim()
            Writer(spooled, user, route).write()
            if after:
                after(spooled.batch)
    except IntegrityError as error:
        raise stale() from error


class Writer:
    """One writing of one batch."""

    def __init__(self, spooled, user, route):
        self.connection = connections[DEFAULT_DB_ALIAS]
        self.postgres = self.connection.vendor == "postgresql"
        self.spooled, self.user, self.route = spooled, user, route
        self.batch, self.now = UUID(spooled.batch), timezone.now()
        self.ids = {label: self.allocate(label, count) for label, count in spooled.temporary.items()}
        self.targets, self.tables = {}, {}
        self.waiting, self.fresh = defaultdict(list), {}
        self.touched, self.changed = defaultdict(list), defaultdict(set)

    def write(self):
        with self.connection.cursor() as self.cursor:
            for number, op in enumerate(self.spooled.operations_of_rows(), 1):
                self.wait(op)
                if number % SLICE == 0:
                    self.flush()
            self.flush()
            self.reopen()
            self.write_histories()

    # Keys ------------------------------------------------------------------------------------------
    def allocate(self, label, count):
        """`count` primary keys that no row of the table has had: key k stands for the temporary key -k-2."""
        table = apps.get_model(label)._meta.db_table
        with self.connection.cursor() as cursor:
            if self.postgres:
                cursor.execute(
                    "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                    [table, count],
                )
                return [row[0] for row in cursor.fetchall()]
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            last = (cursor.fetchone() or [0])[0]
            return range(last + 1, last + count + 1)

    def real(self, label, key):
        """The key in the database; temporary ones are negative."""
        return key if key is None or key > 0 else self.ids[label][-key - 2]

    def table_of(self, label):
        """The label of the table in which the rows of a (proxy) model are kept."""
        if label not in self.tables:
            self.tables[label] = apps.get_model(label)._meta.concrete_model._meta.label_lower
        return self.tables[label]

    def targets_of(self, label):
        """[(place of a column, label of the table it points to)] of the foreign keys of a table."""
        if label not in self.targets:
            model = apps.get_model(label)
            self.targets[label] = [
                (place, field.attname, field.related_model._meta.concrete_model._meta.label_lower)
                for place, field in enumerate(model._meta.concrete_fields)
                if field.is_relation
            ]
        return self.targets[label]

    # Operations ----------------------------------------------------------------------------------------
    def wait(self, op):
        """Put an operation with the others of its sort."""
        sign, label, key = op[:3]
        key = self.real(self.table_of(label), key)
        if sign == "+":
            values = op[3]
            for place, _name, target in self.targets_of(label):
                if (value := values[place]) is not None and value < 0:
                    values[place] = self.real(target, value)
            values[0] = key
            self.waiting[sign, label].append(values)
            self.fresh[self.table_of(label), key] = values
        elif sign == "~":
            self.wait_change(label, key, op[3], op[4])
        else:
            self.waiting[sign, label].append(key)
        self.touched[sign, label].append(key)

    def wait_change(self, label, key, new, old):
        for _place, name, target in self.targets_of(label):
            for values in (new, old):
                if name in values:
                    values[name] = self.real(target, values[name])
        if (values := self.fresh.get((self.table_of(label), key))) is not None:  # is not written yet
            for name, value in new.items():
                values[columns(apps.get_model(label)).index(name)] = value
            return
        self.waiting["~", label, tuple(new)].append([*new.values(), key, *old.values()])

    def flush(self):
        """Take out, change, add what waits, in this order: what one row gives up another may take."""
        waiting, self.waiting, self.fresh = self.waiting, defaultdict(list), {}
        for sign, step in (("-", self.take_out), ("~", self.change), ("+", self.insert)):
            for key, rows in waiting.items():
                if key[0] == sign:
                    step(*key[1:], rows)

    def quoted(self, model, names):
        quote = self.connection.ops.quote_name
        return [quote(model._meta.get_field(name).column) for name in names]

    def table(self, label):
        model = apps.get_model(label)
        return model, self.connection.ops.quote_name(model._meta.db_table)

    def insert(self, label, rows):
        model, table = self.table(label)
        listed = ", ".join(self.quoted(model, columns(model)))
        if self.postgres:
            with (
                self.connection.wrap_database_errors,  # a cursor of Django does so; `copy` goes round it
                self.cursor.copy(f"COPY {table} ({listed}) FROM STDIN") as copy,
            ):
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(rows[0]))
        self.cursor.executemany(f"INSERT INTO {table} ({listed}) VALUES ({marks})", rows)

    def change(self, label, names, rows):
        """Change rows that still are what they were when the batch was planned."""
        model, table = self.table(label)
        same = "IS NOT DISTINCT FROM" if self.postgres else "IS"
        quoted = self.quoted(model, names)
        types = [model._meta.get_field(name).db_type(self.connection) for name in names]
        mark = [f"%s::{kind}" if self.postgres else "%s" for kind in types]
        setting = ", ".join(f"{name} = {one}" for name, one in zip(quoted, mark, strict=True))
        before = " AND ".join(f"{name} {same} {one}" for name, one in zip(quoted, mark, strict=True))
        self.cursor.executemany(f"UPDATE {table} SET {setting} WHERE id = %s AND {before}", rows)
        if self.cursor.rowcount != len(rows):
            raise stale()

    def take_out(self, label, keys):
        model, _table = self.table(label)
        self.meet(model, keys)
        if has_history(model):
            self.record(model, keys, "-")
        taken = model._base_manager.filter(pk__in=keys)._raw_delete(DEFAULT_DB_ALIAS)
        if taken != len(keys):
            raise stale()

    # Review --------------------------------------------------------------------------------------------
    def meet(self, model, keys):
        """Remember of which records under review the rows `keys` are, or are parts."""
        for column, owner in owners_of(model):
            for start in range(0, len(keys), SLICE):
                rows = model._base_manager.filter(pk__in=keys[start : start + SLICE]).order_by()
                self.changed[owner].update(rows.values_list(column, flat=True))

    def reopen(self):
        """What was submitted or approved and is changed by the batch is a draft again: a change of the batch."""
        for (sign, label), keys in self.touched.items():
            model = apps.get_model(label)
            if sign == "~" or (sign == "+" and not is_changeable(model)):  # new records are drafts
                self.meet(model, keys)
        for model, keys in self.changed.items():
            if drafts := make_drafts(model, keys - {None}):
                self.touched["~", model._meta.label_lower] += drafts

    # History -------------------------------------------------------------------------------------------
    def record(self, model, keys, kind):
        write_history(model, keys, kind, user=self.user, route=self.route, batch=self.batch, on=self.now)

    def write_histories(self):
        """A history row for each row that is new or changed; counted against the promise."""
        for (sign, label), keys in self.touched.items():
            model = apps.get_model(label)
            if sign == "-" or not has_history(model):
                continue
            fresh = set(self.touched.get(("+", label), ()))
            keys = keys if sign == "+" else sorted(set(keys) - fresh)
            self.record(model, keys, sign)
            self.compare(model, label, sign, len(keys))

    def compare(self, model, label, sign, promised):
        """What history holds of this batch is what was promised; else nothing is written at all."""
        held = model.history.filter(batch=self.batch, history_type=sign).count()
        if held != promised:
            raise stale()


def has_history(model):
    return hasattr(model, "history")
