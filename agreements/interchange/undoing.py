"""Taking a whole import back, from the history that it wrote, while nobody has touched its rows since.

New rows are taken out, changed ones get the values they had, parts that were taken out come back. One
transaction; the history goes on: what is undone is told as a change of its own.
"""

from collections import defaultdict
from uuid import uuid4

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, IntegrityError, connection, transaction
from django.db.models import Max, Min
from django.utils.translation import gettext as _

from agreements.history import past_of, write_history
from agreements.interchange.operations import columns
from agreements.interchange.reopening import make_drafts, owners_of
from agreements.models import Recorded

SLICE = 500


class Touched(ValueError):
    """Rows of the batch were changed or used since; nothing was undone. Its text is one sentence."""


def recorded_models():
    """Every model whose history is kept, proxies with a page of their own included."""
    return [model for model in apps.get_models() if issubclass(model, Recorded)]


def undo_batch(batch, *, user=None, route, claim=None, after=None, progress=None):
    """Undo the import `batch` (UUID); returns the batch of the undoing itself.

    `claim()` is called inside the transaction and may refuse by raising, `after(batch)` when all is undone;
    `progress(done, total)` is told how many records are put back. Raises Touched.
    """
    own = uuid4()
    try:
        with transaction.atomic():
            if claim:
                claim()
            undoing = Undoing(batch, own, user, route, progress)
            undoing.check()
            undoing.undo()
            if after:
                after(batch)
    except IntegrityError as error:
        raise touched() from error
    return own


def touched():
    return Touched(
        _(
            "Records of this import were changed or used since: it cannot be undone as a whole. "
            "Correct them one by one."
        )
    )


class Undoing:
    """One undoing of one batch."""

    def __init__(self, batch, own, user, route, progress=None):
        self.batch, self.marks = batch, {"user": user, "route": route, "batch": own}
        self.models = [one for one in recorded_models() if one.history.filter(batch=batch).exists()]
        self.progress, self.done, self.total = progress or (lambda done, total: None), 0, 0

    def check(self):
        """Nobody wrote a later history row for a row of the batch."""
        if not self.models:
            raise touched()
        for model in self.models:
            last = dict(self.rows(model).values_list("id").annotate(last=Max("history_id")))
            for keys in slices(sorted(last)):
                newest = model.history.filter(id__in=keys).order_by().values_list("id")
                for key, history_id in newest.annotate(last=Max("history_id")):
                    if history_id != last[key]:
                        raise touched()

    def rows(self, model):
        """The history rows of the batch."""
        return model.history.filter(batch=self.batch).order_by()

    def undo(self):
        """Bring back what was taken out, put back what was changed, take out what was new."""
        kinds = {model: self.kinds_of(model) for model in self.models}
        self.total = sum(len(keys) for found in kinds.values() for keys in found.values())
        for model, found in kinds.items():
            self.bring_back(model, found["-"])
            self.put_back(model, found["~"])
        for model, found in kinds.items():
            self.take_out(model, found["+"])
        self.reopen()

    def reopen(self):
        """A record that was approved with parts of the batch, not itself of it, is a draft again."""
        for model in self.models:
            for column, owner in owners_of(model):
                if owner is not model:
                    keys = set(self.rows(model).values_list(column, flat=True)) - {None}
                    own = set(self.rows(owner).values_list("id", flat=True))
                    write_history(owner, make_drafts(owner, keys - own), "~", **self.marks)

    def kinds_of(self, model):
        """{"+", "~" or "-": keys}: what the batch did to each row, taken together."""
        signs = defaultdict(set)
        for key, sign in self.rows(model).values_list("id", "history_type"):
            signs[key].add(sign)
        found = {"+": [], "~": [], "-": []}
        for key, had in signs.items():
            if {"+", "-"} <= had:
                continue  # made and taken out again: nothing is left of it
            found["+" if "+" in had else "-" if "-" in had else "~"].append(key)
        return found

    # Values that the history holds -----------------------------------------------------------------
    def past(self, model, keys, which):
        """{key: values} of the history rows chosen by `which` (an aggregate's name and filter)."""
        history, names = model.history.model, columns(model)
        chosen = (
            history.objects.filter(id__in=keys, **which)
            .order_by()
            .values("id")
            .annotate(last=Max("history_id"))
        )
        wanted = history.objects.filter(history_id__in=[row["last"] for row in chosen])
        return {row["id"]: row for row in wanted.values("history_id", *names)}

    def before(self, model, keys):
        """{key: values} that the rows had before the batch."""
        firsts = dict(
            self.rows(model).filter(id__in=keys).values_list("id").annotate(first=Min("history_id"))
        )
        older = model.history.filter(id__in=keys, history_id__lt=max(firsts.values())).order_by("history_id")
        earlier = {
            key: history_id
            for key, history_id in older.values_list("id", "history_id")
            if history_id < firsts[key]
        }
        rows = model.history.filter(history_id__in=earlier.values()).values("history_id", *columns(model))
        found = {row["id"]: row for row in rows}
        if len(found) != len(keys):
            raise touched()
        return found

    def counted(self, keys):
        """Slices of the keys; each is told when it is done."""
        for some in slices(keys):
            yield some
            self.done += len(some)
            self.progress(self.done, self.total)

    # Steps ---------------------------------------------------------------------------------------------
    def bring_back(self, model, keys):
        for some in self.counted(keys):
            past = self.past(model, some, {"batch": self.batch, "history_type": "-"})
            self.insert(model, [past[key] for key in some])
            write_history(model, some, "+", **self.marks)

    def put_back(self, model, keys):
        for some in self.counted(keys):
            past = self.before(model, some)
            self.update(model, [past[key] for key in some])
            self.put_back_lists(model, {past[key]["history_id"]: key for key in some})
            write_history(model, some, "~", **self.marks)

    def take_out(self, model, keys):
        for some in self.counted(keys):
            write_history(model, some, "-", **self.marks)
            for through, owner, _past in lists_of(model):
                through._base_manager.filter(**{f"{owner}__in": some})._raw_delete(DEFAULT_DB_ALIAS)
            taken = model._base_manager.filter(pk__in=some)._raw_delete(DEFAULT_DB_ALIAS)
            if taken != len(some):
                raise touched()

    def put_back_lists(self, model, versions):
        """The n:m lists as they stood in the history rows `versions` ({history id: key})."""
        for through, owner, past in lists_of(model):
            through._base_manager.filter(**{f"{owner}__in": versions.values()})._raw_delete(DEFAULT_DB_ALIAS)
            names = [name for name in columns(through) if name != "id"]
            rows = past._base_manager.filter(history_id__in=versions).values(*names)
            through._base_manager.bulk_create([through(**row) for row in rows])

    # Statements ------------------------------------------------------------------------------------------
    def insert(self, model, rows):
        names = columns(model)
        marks = ", ".join(["%s"] * len(names))
        listed = ", ".join(quoted(model, names))
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {table(model)} ({listed}) VALUES ({marks})",
                [prepared(model, names, row) for row in rows],
            )

    def update(self, model, rows):
        """The values that rows had; a version counts on, so that an open form of a colleague is told."""
        names = [name for name in columns(model) if name not in ("id", "version")]
        setting = [f"{name} = %s" for name in quoted(model, names)]
        if "version" in columns(model):
            setting.append("version = version + 1")
        with connection.cursor() as cursor:
            cursor.executemany(
                f"UPDATE {table(model)} SET {', '.join(setting)} WHERE id = %s",
                [[*prepared(model, names, row), row["id"]] for row in rows],
            )


def lists_of(model):
    """(table between, its column of the record, its history) of each n:m list whose history is kept."""
    for field in model._meta.many_to_many:
        through = field.remote_field.through
        if past := past_of(model.history.model, through):
            yield through, through._meta.get_field(field.m2m_field_name()).attname, past


def table(model):
    return connection.ops.quote_name(model._meta.db_table)


def quoted(model, names):
    return [connection.ops.quote_name(model._meta.get_field(name).column) for name in names]


def prepared(model, names, row):
    """Values as the database takes them."""
    return [model._meta.get_field(name).get_db_prep_value(row[name], connection) for name in names]


def slices(keys):
    keys = list(keys)
    return [keys[start : start + SLICE] for start in range(0, len(keys), SLICE)]
