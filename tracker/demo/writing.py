"""Many rows at once with the history that a form would have written for each."""

from collections import Counter
from uuid import uuid4

from django.db import connection
from django.utils import timezone

CHUNK = 1000


class Writer:
    """Writes lists of new rows of one table; every history row bears one route and one batch."""

    def __init__(self, route):
        self.marks = {
            "history_date": timezone.now(),
            "history_type": "+",
            "route": route.value,
            "batch": uuid4(),
        }
        self.written = Counter()

    def write(self, rows, **lists):
        """Insert `rows` (all of one model, not saved yet) and the n:m `lists` of each; returns the rows.

        >>> writer.write(agreements, fields=[[health], [health, trade]])
        """
        if not rows:
            return rows
        model = type(rows[0])
        model.objects.bulk_create(rows, batch_size=CHUNK)
        for name, values in lists.items():
            tie(model, name, rows, values)
        self.write_history(model, rows[0].pk, rows[-1].pk, lists)
        self.written[model] += len(rows)
        return rows

    def write_history(self, model, first, last, lists):
        """One INSERT … SELECT of the rows numbered `first` to `last`, and one for each of their n:m lists."""
        history = model.history.model
        own = {field.column for field in model._meta.concrete_fields}
        columns = [field.column for field in history._meta.concrete_fields if field.column in own]
        marks = {history._meta.get_field(name): value for name, value in self.marks.items()}
        values = [field.get_db_prep_save(value, connection) for field, value in marks.items()]
        into = quoted(columns + [field.column for field in marks])
        insert(
            f"INSERT INTO {quoted([history._meta.db_table])} ({into}) "
            f"SELECT {quoted(columns)}, {', '.join(['%s'] * len(values))} "
            f"FROM {quoted([model._meta.db_table])} WHERE id BETWEEN %s AND %s ORDER BY id",
            [*values, first, last],
        )
        for name in lists:
            write_list_history(model, name, first, last)


def write_list_history(model, name, first, last):
    history, through = model.history.model, getattr(model, name).through
    past = getattr(history, name).model
    ours, theirs = quoted([f"{model._meta.model_name}_id"]), quoted([other_end(model, name)])
    insert(
        f"INSERT INTO {quoted([past._meta.db_table])} (history_id, id, {ours}, {theirs}) "
        f"SELECT h.history_id, t.id, t.{ours}, t.{theirs} "
        f"FROM {quoted([through._meta.db_table])} t JOIN {quoted([history._meta.db_table])} h ON h.id = t.{ours} "
        f"WHERE t.{ours} BETWEEN %s AND %s",
        [first, last],
    )


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


def quoted(names):
    return ", ".join(map(connection.ops.quote_name, names))


def insert(statement, parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
