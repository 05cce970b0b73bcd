"""What an import changes of a record under review makes it a draft again, as a page of entry does."""

from functools import cache

from django.db import models
from django.db.models import F

from agreements.models.record import Record, ReviewState
from agreements.models.reviewed import Reviewed

SLICE = 1000


def is_changeable(model):
    """Whether rows of `model` are reviewed and may change: reports of progress never do."""
    return issubclass(model, Reviewed) and issubclass(model, Record)


@cache
def owners_of(model):
    """[(column, table)]: of which records under review the rows of `model` are, or are parts."""
    if is_changeable(model):
        return [("id", model)]
    between = model._meta.auto_created  # a list of a record is part of that record alone
    return [
        (field.attname, field.related_model)
        for field in model._meta.concrete_fields
        if field.many_to_one
        and field.remote_field.on_delete is models.CASCADE
        and is_changeable(field.related_model)
        and between in (False, field.related_model)
    ]


def make_drafts(model, keys):
    """Make drafts of those of the records `keys` that are none, without history; returns the keys of these."""
    keys, made = sorted(keys), []
    for start in range(0, len(keys), SLICE):
        rows = model._base_manager.filter(pk__in=keys[start : start + SLICE])
        due = list(rows.exclude(review_state=ReviewState.DRAFT).order_by("pk").values_list("pk", flat=True))
        values = {"review_state": ReviewState.DRAFT, "version": F("version") + 1}
        models.QuerySet.update(model._base_manager.filter(pk__in=due), **values)
        made += due
    return made
