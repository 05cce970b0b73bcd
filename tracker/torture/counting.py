"""What is in the database, in numbers: rows of every table, rows of history, what a plan promises to write."""

from collections import Counter

from django.apps import apps

from agreements.models import Recorded


def tables():
    """Every table of the register, those between included, without history and imports."""
    for app in ("agreements", "delegations"):
        for model in apps.get_app_config(app).get_models(include_auto_created=True):
            past = model.__name__.startswith("Historical")
            if model._meta.managed and not model._meta.proxy and not past:
                yield model


def table_counts():
    """{table: rows}."""
    return {model._meta.label: model._base_manager.count() for model in tables()}


def history_models():
    """The models with a history, proxies with one of their own included."""
    found = [model for model in apps.get_models() if issubclass(model, Recorded)]
    return {model.history.model: model for model in found}


def history_count():
    """History rows of all tables."""
    return sum(history.objects.count() for history in history_models())


def operations_of(spooled):
    """Counter of (sign, table) that a plan will write."""
    found = Counter()
    seen = set()
    for op in spooled.operations_of_rows():
        label = apps.get_model(op[1])._meta.label_lower
        if op[0] == "~" and (label, op[2]) in seen:
            continue
        seen.add((label, op[2]))
        found[op[0], label] += 1
    return found


def recorded_rows(promised):
    """Of what is promised, the rows of tables whose history is kept."""
    return sum(
        count for (_sign, label), count in promised.items() if hasattr(apps.get_model(label), "history")
    )
