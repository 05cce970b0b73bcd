"""Answers of the one query, kept in this process for as long as nothing in the register has changed.

Every change writes a row of history (a test holds that), and no row of history gets the number of another. How many
rows each history has and the last of their numbers tell therefore whether anything has changed: no answer is older
than the register, whichever process wrote to it. Within a transaction nothing is kept: it may yet be undone.
"""

from collections import OrderedDict
from functools import cache
from threading import Lock

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections

KEPT, MOST = 64, 20_000
"""Answers that are kept, and rows beyond which one is not."""
_answers, _lock = OrderedDict(), Lock()


def remembered(sql, params):
    """The rows that the statement gives."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.in_atomic_block:
        return rows_of(connection, sql, params)
    key = (stamp(connection), sql, tuple(params))
    with _lock:
        if key in _answers:
            _answers.move_to_end(key)
            return _answers[key]
    rows = rows_of(connection, sql, params)
    if len(rows) <= MOST:
        keep(key, rows)
    return rows


def keep(key, rows):
    with _lock:
        _answers[key] = rows
        while len(_answers) > KEPT:
            _answers.popitem(last=False)


def rows_of(connection, sql, params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def stamp(connection):
    """How many rows each history has and the last of their numbers, in one statement."""
    return rows_of(connection, clock(), [])[0]


@cache
def clock():
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    histories = sorted(
        model.history.model._meta.db_table
        for model in apps.get_models()
        if hasattr(model._meta, "simple_history_manager_attribute")
    )
    counts = (
        f"(SELECT COUNT(*) FROM {quote(table)}), (SELECT MAX(history_id) FROM {quote(table)})"
        for table in histories
    )
    return f"SELECT {', '.join(counts)}"
