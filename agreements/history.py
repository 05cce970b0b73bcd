"""Which way a change came in: every history row carries its route and, for an import, its batch."""

from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from django.db import connection, connections, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords

from agreements.scope import WalledManager


class Route(models.TextChoices):
    FORM = "form", _("form")
    IMPORT = "import", _("import")
    COMMAND = "command", _("command")


_route = ContextVar("route", default=Route.FORM)
_batch = ContextVar("batch", default=None)


def current_route():
    """The route of the change being made now: "form" unless `recording` says otherwise."""
    return _route.get()


def current_batch():
    """The UUID of the import being written now, or None."""
    return _batch.get()


@contextmanager
def recording(route, batch=None):
    """Mark every history row written inside as come by `route` ("form", "import", "command") in `batch`."""
    route_token, batch_token = _route.set(route), _batch.set(batch)
    try:
        yield
    finally:
        _route.reset(route_token)
        _batch.reset(batch_token)


class KeptHistoryManager(HistoryManager):
    """The manager of `record.history`, whose class is made once, not anew whenever somebody asks for it.

    Python keeps every class, and each one more makes the making of any manager slower.
    """

    from_queryset = classmethod(cache(HistoryManager.from_queryset.__func__))


class RecordedChange(models.Model):
    """What every history row says beside the values (dấu vết thay đổi)."""

    route = models.CharField(_("route"), max_length=10, choices=Route, default=current_route)
    batch = models.UUIDField(_("import batch"), null=True, blank=True, db_index=True, default=current_batch)

    class Meta:
        abstract = True


SLICE = 1000


def current_user():
    """Who is logged in where the change is made; None in a command."""
    request = getattr(HistoricalRecords.context, "request", None)
    user = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None


def write_history(model, keys, kind, *, user=None, route=None, batch=None, on=None):
    """History rows of the rows `keys` of `model` as they stand, with their n:m lists; a few statements.

    `kind` is "+", "~" or "-" (before the rows are deleted); for changes that `save` does not see.
    """
    user, on = user or current_user(), on or timezone.now()
    marks = {
        "history_date": on,
        "history_type": kind,
        "history_user": getattr(user, "pk", None),
        "history_change_reason": None,
        "route": route or current_route(),
        "batch": batch or current_batch(),
    }
    for start in range(0, len(keys), SLICE):
        some = list(keys[start : start + SLICE])
        write_rows(model, some, marks)
        for field in model._meta.many_to_many:
            write_list(model, field, some, marks)


def write_rows(model, keys, marks):
    """One history row for each of the rows `keys`."""
    history, quote = model.history.model, connection.ops.quote_name
    fields = {history._meta.get_field(name): value for name, value in marks.items()}
    own = [quote(field.column) for field in model._meta.concrete_fields]
    into = [*own, *(quote(field.column) for field in fields)]
    # PostgreSQL must know the type of what may be NULL; SQLite would make a number of a day that it casts
    typed = [
        f"%s::{one.db_type(connection)}" if connection.vendor == "postgresql" else "%s" for one in fields
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quote(history._meta.db_table)} ({', '.join(into)}) "
            f"SELECT {', '.join([*own, *typed])} FROM {quote(model._meta.db_table)} "
            f"WHERE id IN ({', '.join(['%s'] * len(keys))}) ORDER BY id",
            [*(field.get_db_prep_value(value, connection) for field, value in fields.items()), *keys],
        )


def write_list(model, field, keys, marks):
    """The n:m list `field` of the history rows that `write_rows` has just written."""
    through, quote = field.remote_field.through, connection.ops.quote_name
    history = model.history.model
    past = past_of(history, through)
    if past is None:
        return
    columns = [quote(one.column) for one in through._meta.concrete_fields]
    owner = quote(through._meta.get_field(field.m2m_field_name()).column)
    moment = history._meta.get_field("history_date").get_db_prep_value(marks["history_date"], connection)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quote(past._meta.db_table)} ({', '.join(columns)}, history_id) "
            f"SELECT {', '.join(f't.{one}' for one in columns)}, h.history_id "
            f"FROM {quote(through._meta.db_table)} t JOIN {quote(history._meta.db_table)} h ON h.id = t.{owner} "
            f"WHERE h.history_date = %s AND h.history_type = %s AND h.id IN ({', '.join(['%s'] * len(keys))})",
            [moment, marks["history_type"], *keys],
        )


@cache
def past_of(history, through):
    """The history table of an n:m list, or None where the list is not kept."""
    for relation in history._meta.related_objects:
        table = relation.related_model
        names = {field.column for field in table._meta.concrete_fields}
        if {field.column for field in through._meta.concrete_fields} <= names:
            return table
    return None


class RecordedQuerySet(models.QuerySet):
    """Rows whose changes in bulk are recorded as those of `save` are."""

    @classmethod
    def as_manager(cls):
        """As Django's; it gives only what the reader of the page may see (agreements/scope.py)."""
        return WalledManager.from_queryset(cls)()

    as_manager.__func__.queryset_only = True

    def update(self, **values):
        """As Django's; a record that is changed is another version, and columns derived from it are set apart."""
        with transaction.atomic(using=self.db):
            keys = self.locked_keys()
            if any(field.name == "version" for field in self.model._meta.concrete_fields):
                values.setdefault("version", models.F("version") + 1)
            changed = models.QuerySet.update(self.model._base_manager.filter(pk__in=keys), **values)
            write_history(self.model, keys, "~")
        return changed

    def locked_keys(self):
        """The keys of these rows, locked until the transaction ends.

        Asked again once they are locked: somebody else may have changed what they were chosen by. On SQLite the
        transaction itself holds the only lock (transaction_mode IMMEDIATE).
        """
        keys = list(self.order_by().values_list("pk", flat=True))
        if keys and connections[self.db].features.has_select_for_update:
            rows = self.model._base_manager.using(self.db).filter(pk__in=keys).order_by("pk")
            locked = set(rows.select_for_update().values_list("pk", flat=True))
            keys = [key for key in self.order_by().values_list("pk", flat=True) if key in locked]
        return keys

    def bulk_create(self, rows, *args, **options):
        """As Django's; conflicts are never ignored, because nobody could say what was written."""
        if options.get("ignore_conflicts") or options.get("update_conflicts"):
            raise ValueError("what is written must be recorded: conflicts cannot be ignored")
        with transaction.atomic(using=self.db):
            made = super().bulk_create(rows, *args, **options)
            write_history(self.model, [row.pk for row in made], "+")
        return made
