"""Fills the sort key of rows written before the column was there."""

from agreements import names

CHUNK = 500


def filled(app, written, *models):
    """A step for RunPython: `sort` of all rows of `models` of `app` from their text `written`, in chunks."""

    def fill(apps, schema_editor):
        alias = schema_editor.connection.alias
        for name in models:
            model = apps.get_model(app, name)
            rows = model._base_manager.using(alias).only("pk", written).order_by("pk")
            last = 0
            while chunk := list(rows.filter(pk__gt=last)[:CHUNK]):
                for row in chunk:
                    row.sort = names.sort_key(getattr(row, written))[:255]
                model._base_manager.using(alias).bulk_update(chunk, ["sort"])
                last = chunk[-1].pk

    return fill
