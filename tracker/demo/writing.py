"""Many rows at once with the history that a form would have written for each."""

from collections import Counter
from uuid import uuid4

from django.db.models import QuerySet

from agreements.history import write_history

CHUNK = 1000


class Writer:
    """Writes lists of new rows of one table; every history row bears one route and one batch."""

    def __init__(self, route):
        self.marks = {"route": route.value, "batch": uuid4()}
        self.written = Counter()

    def write(self, rows, **lists):
        """Insert `rows` (all of one model, not saved yet) and the n:m `lists` of each; returns the rows.

        >>> writer.write(agreements, fields=[[health], [health, trade]])
        """
        if not rows:
            return rows
        model = type(rows[0])
        QuerySet(model).bulk_create(rows, batch_size=CHUNK)
        for name, values in lists.items():
            tie(model, name, rows, values)
        write_history(model, [row.pk for row in rows], "+", **self.marks)  # lists included
        self.written[model] += len(rows)
        return rows


def tie(model, name, rows, values):
    """Rows of the n:m table `name` of `model`: `values` holds the list of each row."""
    through, theirs = getattr(model, name).through, other_end(model, name)
    ours = f"{model._meta.model_name}_id"
    ties = [
        through(**{ours: row.pk, theirs: value.pk})
        for row, few in zip(rows, values, strict=True)
        for value in few
    ]
    through.objects.bulk_create(ties, batch_size=CHUNK)


def other_end(model, name):
    return f"{model._meta.get_field(name).related_model._meta.model_name}_id"
