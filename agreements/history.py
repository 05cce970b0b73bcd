"""Which way a change came in: every history row carries its route and, for an import, its batch."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


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


class RecordedChange(models.Model):
    """What every history row says beside the values (dấu vết thay đổi)."""

    route = models.CharField(_("route"), max_length=10, choices=Route, default=current_route)
    batch = models.UUIDField(_("import batch"), null=True, blank=True, db_index=True, default=current_batch)

    class Meta:
        abstract = True


def write_history(model, keys, kind, *, user=None, route=None, batch=None, on=None):
    """History rows of the rows `keys` of `model` as they stand, in one statement.

    `kind` is "+", "~" or "-" (before the rows are deleted); for changes that `save` does not see.
    """
    history = model.history.model
    names = [field.attname for field in model._meta.concrete_fields]
    marked = {
        "history_date": on or timezone.now(),
        "history_type": kind,
        "history_user_id": getattr(user, "pk", None),
        "history_change_reason": None,
        "route": route or current_route(),
        "batch": batch,
    }
    fields = {name: history._meta.get_field(name.removesuffix("_id")) for name in ("history_user_id",)}
    fields |= {name: history._meta.get_field(name) for name in marked if name not in fields}
    values = [fields[name].get_db_prep_value(value, connection) for name, value in marked.items()]
    quote = connection.ops.quote_name
    own = [quote(model._meta.get_field(name).column) for name in names]
    into = [*own, *(quote(fields[name].column) for name in marked)]
    typed = [f"CAST(%s AS {fields[name].db_type(connection)})" for name in marked]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quote(history._meta.db_table)} ({', '.join(into)}) "
            f"SELECT {', '.join([*own, *typed])} FROM {quote(model._meta.db_table)} "
            f"WHERE id IN ({', '.join(['%s'] * len(keys))}) ORDER BY id",
            [*values, *keys],
        )


def write_many_history(model, batch):
    """The n:m lists of every history row that `batch` wrote of `model`, as they stand now."""
    quote, history = connection.ops.quote_name, model.history.model
    key = history._meta.get_field("batch").get_db_prep_value(batch, connection)
    for field in model._meta.many_to_many:
        through = field.remote_field.through
        past = past_of(history, through)
        if past is None:
            continue
        columns = [one.column for one in through._meta.concrete_fields]
        listed = ", ".join(quote(one) for one in columns)
        taken = ", ".join(f"t.{quote(one)}" for one in columns)
        owner = quote(through._meta.get_field(field.m2m_field_name()).column)
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {quote(past._meta.db_table)} ({listed}, history_id) "
                f"SELECT {taken}, h.history_id FROM {quote(through._meta.db_table)} t "
                f"JOIN {quote(history._meta.db_table)} h ON h.id = t.{owner} WHERE h.batch = %s",
                [key],
            )


def past_of(history, through):
    """The history table of an n:m list, or None where the list is not kept."""
    for relation in history._meta.related_objects:
        table = relation.related_model
        names = {field.column for field in table._meta.concrete_fields}
        if {field.column for field in through._meta.concrete_fields} <= names:
            return table
    return None
