"""Which way a change came in: every history row carries its route and, for an import, its batch."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.db import models
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
