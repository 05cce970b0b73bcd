"""Taking a whole import back, from the history that it wrote, while nobody has touched or used its rows since.

New records are withdrawn, with a reason, and restored like any other; other new rows are taken out (staying.py says
which stay). Changed rows get the values they had, parts that were taken out come back. One transaction; the history
goes on: what is undone is told as a change of its own.
"""

from collections import Counter, defaultdict
from uuid import uuid4

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, IntegrityError, connection, transaction
from django.db.models import Max, Min, Q
from django.utils.translation import gettext as _

from agreements.history import past_of, write_history
from agreements.interchange.operations import columns
from agreements.interchange.reopening import make_drafts, owners_of
from agreements.interchange.staying import Staying, slices
from agreements.models import Recorded
from agreements.models.record import Record
from agreements.withdrawing import withdraw_together


class Touched(ValueError):
    """Rows of the batch were changed or used since; nothing was undone. Its text is one sentence."""


def recorded_models():
    """Every model whose history is kept, proxies with a page of their own included."""
    return [model for model in apps.get_models() if issubclass(model, Recorded)]


def undo_batch(batch, *, reason, on, user=None, route, claim=None, after=None, progress=None):
    """Undo the import `batch` (UUID): its records are withdrawn on the day `on` for `reason`.

    Returns Counter(withdrawn=, taken_out=, put_back=, named=) of rows: `named` entries of lists stay, because what is
    withdrawn names them. `claim()` is called inside the transaction and may refuse by raising, `after(counts)` when
    all is undone; `progress(done, total)` is told how many records are put back. Raises Touched.
    """
    try:
        with transaction.atomic():
            if claim:
                claim()
            undoing = Undoing(batch, user, route, progress)
            undoing.check()
            undoing.undo(reason, on)
            if after:
                after(undoing.counts)
    except IntegrityError as error:
        raise touched() from error
    return undoing.counts


def touched():
    return Touched(
        _(
            "Records of this import were changed or used since: it cannot be undone as a whole. "
            "Correct them one by one."
        )
    )


class Undoing:
    """One undoing of one batch."""

    def __init__(self, batch, user, route, progress=None):
        self.batch, self.user = batch, user
        self.marks = {"user": user, "route": route, "batch": uuid4()}
        self.models = [one for one in recorded_models() if one.history.filter(batch=batch).exists()]
        self.progress, self.done, self.total = progress or (lambda done, total: None), 0, 0
        self.counts = Counter()

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

    def undo(self, reason, on):
        """Bring back what was taken out, put back what was changed, withdraw or take out what was new."""
        kinds = {model: self.kinds_of(model) for model in self.models}
        self.total = sum(len(keys) for found in kinds.values() for keys in found.values())
        for model, found in kinds.items():
            self.bring_back(model, found["-"])
            self.put_back(model, found["~"])
        new, staying = self.divide({model: found["+"] for model, found in kinds.items()})
        for model, keys in new.items():
            self.take_out(model, keys)
        self.refuse_used()
        for model, keys in staying.items():
            self.withdraw(model, keys, reason, on)
        self.reopen()

    def divide(self, made):
        """({model: keys that are taken out}, {model: keys that stay}) of the new rows `made`."""
        new = defaultdict(list)
        for model, keys in made.items():
            new[model._meta.concrete_model] += keys
        found = Staying({table: keys for table, keys in new.items() if keys}).settle()
        stays = {model: found.stays(model) for model in made}
        self.counts["named"] = sum(len(keys) for keys in found.named.values())
        taken = {model: [key for key in keys if key not in stays[model]] for model, keys in made.items()}
        staying = {model: [key for key in keys if key in stays[model]] for model, keys in made.items()}
        return taken, staying

    def refuse_used(self):
        """Nothing but what the import made names what it made: that would be withdrawn under the feet of others."""
        for model in {one._meta.concrete_model for one in self.models}:
            for relation in model._meta.get_fields(include_hidden=True):
                if relation.auto_created and not relation.concrete and relation.field.concrete:
                    self.refuse_used_by(model, relation.field)

    def refuse_used_by(self, model, field):
        """No row but those of the import names a new row of `model` in its column `field`."""
        if (
            field.many_to_many or not field.db_constraint
        ):  # their tables name it; histories name what they like
            return
        named = self.made(model, field.name)
        own = self.made(field.model)
        if owner := field.model._meta.auto_created:
            own = self.made(owner, owner_column(owner, field.model))
        if field.model._base_manager.filter(named).exclude(own).exists():
            raise touched()

    def made(self, model, column="pk"):
        """Q of rows whose `column` is the key of a row of `model` that the import made."""
        table, found = model._meta.concrete_model, Q(pk__in=[])
        for one in self.models:
            if one._meta.concrete_model is table:
                found |= Q(**{f"{column}__in": self.rows(one).filter(history_type="+").values("id")})
        return found

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
    def withdraw(self, model, keys, reason, on):
        """Withdraw the new records `keys`; their parts stay as they are, out of sight with them."""
        for some in self.counted(keys):
            if issubclass(model, Record):
                if withdraw_together(model, some, reason, self.user, on) != len(some):
                    raise touched()
                write_history(model, some, "~", **self.marks)
                self.counts["withdrawn"] += len(some)

    def bring_back(self, model, keys):
        for some in self.counted(keys):
            past = self.past(model, some, {"batch": self.batch, "history_type": "-"})
            self.insert(model, [past[key] for key in some])
            write_history(model, some, "+", **self.marks)
            self.counts["put_back"] += len(some)

    def put_back(self, model, keys):
        for some in self.counted(keys):
            past = self.before(model, some)
            self.update(model, [past[key] for key in some])
            self.put_back_lists(model, {past[key]["history_id"]: key for key in some})
            write_history(model, some, "~", **self.marks)
            self.counts["put_back"] += len(some)

    def take_out(self, model, keys):
        for some in self.counted(keys):
            write_history(model, some, "-", **self.marks)
            for through, owner, _past in lists_of(model):
                through._base_manager.filter(**{f"{owner}__in": some})._raw_delete(DEFAULT_DB_ALIAS)
            taken = model._base_manager.filter(pk__in=some)._raw_delete(DEFAULT_DB_ALIAS)
            if taken != len(some):
                raise touched()
            self.counts["taken_out"] += taken

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


def owner_column(owner, through):
    """The column of the table between that names the record whose n:m list it is."""
    return next(
        one.m2m_field_name() for one in owner._meta.many_to_many if one.remote_field.through is through
    )


def table(model):
    return connection.ops.quote_name(model._meta.db_table)


def quoted(model, names):
    return [connection.ops.quote_name(model._meta.get_field(name).column) for name in names]


def prepared(model, names, row):
    """Values as the database takes them."""
    return [model._meta.get_field(name).get_db_prep_value(row[name], connection) for name in names]
