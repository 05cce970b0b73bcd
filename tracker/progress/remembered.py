"""Answers and pages kept in this process for as long as nothing in the register has changed.

Every change writes a row of history (a test holds that), and no row of history gets the number of another. How many
rows each history has and the last of their numbers tell therefore whether anything has changed: nothing that is kept
is older than the register, whichever process wrote to it. Within a transaction nothing is kept: it may yet be undone.
"""

from collections import OrderedDict
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, partial
from threading import Lock

from django.apps import apps
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.utils import timezone
from django.utils.translation import get_language

MAKING = ContextVar("MAKING", default=None)
"""The state of the register that what is being made was asked of: its parts do not ask for it again.

A part made meanwhile may be newer than its key; whoever asks later has another key, so that it is never older.
"""


class Kept:
    """The last `most` of what was made, each under its key and the state of the register it was made in."""

    def __init__(self, most):
        self.most, self.held, self.lock = most, OrderedDict(), Lock()

    def get(self, key, make, worth=lambda made: True):
        """What `make()` gave while the register was as it is now, else made anew; kept if it is `worth` it."""
        connection = connections[DEFAULT_DB_ALIAS]
        if connection.in_atomic_block:
            return make()
        register = now(connection)
        key = (register, key)
        with self.lock:
            if key in self.held:
                self.held.move_to_end(key)
                return self.held[key]
        begun = MAKING.set(register)
        try:
            made = make()
        finally:
            MAKING.reset(begun)
        if worth(made):
            self.keep(key, made)
        return made

    def clear(self):
        with self.lock:
            self.held.clear()

    def keep(self, key, made):
        with self.lock:
            for old in [one for one in self.held if one[0] != key[0]]:  # of a register that is no more
                del self.held[old]
            self.held[key] = made
            while len(self.held) > self.most:
                self.held.popitem(last=False)


@contextmanager
def one_moment():
    """What is asked inside asks only once whether anything has changed."""
    connection = connections[DEFAULT_DB_ALIAS]
    if MAKING.get() or connection.in_atomic_block:
        yield
        return
    begun = MAKING.set(stamp(connection))
    try:
        yield
    finally:
        MAKING.reset(begun)


MOST_ROWS = 20_000
"""Answers with more rows are not kept."""
answers, pages = Kept(64), Kept(32)


def read_by(user, *asked):
    """The key of a page: all that it depends on but the register. Its reader and their rights, language, day."""
    return user.pk, frozenset(user.get_all_permissions()), get_language(), timezone.localdate(), *asked


def remembered_of(query):
    """The rows of a query of Django."""
    try:
        return remembered(*query.sql_with_params())
    except EmptyResultSet:
        return []


def remembered(sql, params):
    """The rows that the statement gives."""
    make = partial(rows_of, connections[DEFAULT_DB_ALIAS], sql, params)
    return answers.get((sql, tuple(params)), make, lambda rows: len(rows) <= MOST_ROWS)


def kept(rows):
    """The queryset `rows` by keys that are kept: for choices that take longer to find than to read."""
    keys = remembered_of(rows.order_by().values("pk").query)
    return rows.model.objects.filter(pk__in=[pk for (pk,) in keys])


def how_many(rows):
    """How many rows the queryset has, counted when something has changed."""
    try:
        sql, params = rows.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return 0
    return remembered(f"SELECT COUNT(*) FROM ({sql}) found", params)[0][0]


def rows_of(connection, sql, params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def now(connection):
    """The state of the register that this page is of, else the one it is in."""
    return MAKING.get() or stamp(connection)


def stamp(connection):
    """How many rows each history has and the last of their numbers, in one statement."""
    return rows_of(connection, clock(), [])[0]


@cache
def recorded():
    """The tables with a history, in the order in which `stamp` tells of them."""
    models = (one for one in apps.get_models() if hasattr(one._meta, "simple_history_manager_attribute"))
    return sorted(models, key=lambda one: one.history.model._meta.db_table)


@cache
def clock():
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    tables = (quote(one.history.model._meta.db_table) for one in recorded())
    counts = (f"(SELECT COUNT(*) FROM {table}), (SELECT MAX(history_id) FROM {table})" for table in tables)
    return f"SELECT {', '.join(counts)}"
