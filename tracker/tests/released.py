"""The databases of released versions, on SQLite and PostgreSQL, and every cell of them to compare."""

import gzip
import shutil
import sqlite3
from contextlib import closing, contextmanager
from decimal import Decimal

import psycopg
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from tracker.tests.test_settings import GOOD, start
from tracker.torture import scratch

RELEASES = sorted((settings.BASE_DIR / "fixtures" / "releases").glob("v*.sqlite3.gz"))
KEYS = """
SELECT c.relname, a.attname FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY(i.indkey)
WHERE i.indisprimary AND c.relnamespace = 'public'::regnamespace
"""
TYPES = (
    "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'public'"
)
SHAPE = (
    "SELECT table_name || ' ' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || "
    "coalesce(character_maximum_length::text, '') || ' ' || coalesce(column_default, '')"
    " FROM information_schema.columns WHERE table_schema = 'public'"
    " UNION SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'"
    " UNION SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)"
    " FROM pg_constraint WHERE connamespace = 'public'::regnamespace"
)
"""Every column, index and constraint, in words."""
SEQUENCES = """
SELECT setval(pg_get_serial_sequence('"{table}"', 'id'), (SELECT max(id) FROM "{table}"))
WHERE pg_get_serial_sequence('"{table}"', 'id') IS NOT NULL
"""


class Lite:
    """A database in a file."""

    environment = GOOD

    def __init__(self, path):
        self.path = path

    def rows(self, statement):
        with closing(sqlite3.connect(self.path, timeout=20)) as connection, connection:
            return connection.execute(statement).fetchall()

    def keys(self):
        """{table: the column of its key}."""
        tables = self.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        return {
            name: next(one[1] for one in self.rows(f'PRAGMA table_info("{name}")') if one[5])
            for (name,) in tables
        }

    def content(self):
        """{table: {key: {column: value}}}."""
        found = {}
        with closing(sqlite3.connect(self.path)) as connection:
            connection.row_factory = sqlite3.Row
            for table, key in self.keys().items():
                rows = connection.execute(f'SELECT * FROM "{table}"')
                found[table] = {row[key]: dict(row) for row in rows}
        return found

    def shape(self):
        """Every column, index and constraint, in words; the order of columns does not count."""
        found = self.rows("SELECT tbl_name, type, sql FROM sqlite_master WHERE sql IS NOT NULL")
        words = set()
        for table, kind, sql in found:
            words |= {f"{table} {one}" for one in pieces(sql)} if kind == "table" else {sql}
        return words

    def sound(self):
        return self.rows("PRAGMA integrity_check") == [("ok",)] and not self.rows("PRAGMA foreign_key_check")


class Server:
    """A database of PostgreSQL, which checks its references by itself."""

    def __init__(self, url):
        self.url = url
        self.environment = {**GOOD, "DATABASE_URL": url}

    def rows(self, statement):
        with psycopg.connect(self.url) as connection:
            return connection.execute(statement).fetchall()

    def content(self):
        found = {}
        keys = self.rows(KEYS)
        with psycopg.connect(self.url, row_factory=psycopg.rows.dict_row) as connection:
            for table, key in keys:
                found[table] = {row[key]: row for row in connection.execute(f'SELECT * FROM "{table}"')}
        return found

    def shape(self):
        return {words for (words,) in self.rows(SHAPE)}

    def sound(self):
        return True


def pieces(sql):
    """The columns and constraints of a CREATE TABLE: what stands between the commas that are in no brackets."""
    found, depth = [""], 0
    for letter in sql[sql.index("(") + 1 : sql.rindex(")")]:
        depth += (letter == "(") - (letter == ")")
        if letter == "," and not depth:
            found.append("")
        else:
            found[-1] += letter
    return {one.strip() for one in found}


class OneByOne(MigrationLoader):
    """The migrations without those that only stand for many (`replaces`)."""

    def load_disk(self):
        super().load_disk()
        self.disk_migrations = {key: one for key, one in self.disk_migrations.items() if not one.replaces}


def migrate_one_by_one(targets):
    """Migrate to `targets` as versions did before which there was one migration for many."""
    executor = MigrationExecutor(connection)
    executor.loader = OneByOne(connection)
    executor.migrate(targets)


def in_process(folder, targets, environment):
    """`migrate_one_by_one` in a process that works on the database of `folder` (or of DATABASE_URL)."""
    code = f"from tracker.tests.released import migrate_one_by_one as m; m({targets!r})"
    status, printed = start(folder, ["shell", "-v0", "-c", code], **environment)
    assert status == 0, printed


def unpacked(release, folder):
    """The database of a release in `folder`, ready to be migrated."""
    path = folder / "data" / "register.sqlite3"
    path.parent.mkdir()
    with gzip.open(release) as packed, open(path, "wb") as plain:
        shutil.copyfileobj(packed, plain)
    return Lite(path)


@contextmanager
def on_server(release, folder):
    """The same database on PostgreSQL: the tables of that version, then every row as it is."""
    kept = unpacked(release, folder)
    with scratch.postgres(release.name.replace(".", "")) as url:
        server = Server(url)
        seen = kept.rows("SELECT app, name FROM django_migrations ORDER BY id")
        in_process(folder, list(dict(seen).items()), server.environment)
        copy(kept.content(), url)
        yield server


def copy(content, url):
    """Every row into tables of the same columns; references are checked at the end."""
    with psycopg.connect(url, options="-c timezone=UTC") as connection:
        types = {(table, column): kind for table, column, kind in connection.execute(TYPES)}
        tables = [table for table in content if table != "django_migrations"]
        connection.execute("TRUNCATE {} CASCADE".format(", ".join(f'"{table}"' for table in tables)))
        for table in tables:
            rows = list(content[table].values())
            if not rows:
                continue
            columns = ", ".join(f'"{name}"' for name in rows[0])
            places = ", ".join(["%s"] * len(rows[0]))
            values = [[taken(value, types[table, name]) for name, value in row.items()] for row in rows]
            connection.cursor().executemany(f'INSERT INTO "{table}" ({columns}) VALUES ({places})', values)
            if "id" in rows[0]:
                connection.execute(SEQUENCES.format(table=table))


def taken(value, kind):
    """A value of SQLite as PostgreSQL takes it."""
    if value is None or kind not in ("boolean", "numeric"):
        return value
    return bool(value) if kind == "boolean" else Decimal(str(value))


def compared(before, after):
    """What became of a content: {"tables", "rows", "cells"} there were, and sentences on what is lost or changed."""
    faults, cells = [], 0
    for table, rows in before.items():
        now = after.get(table, {})
        faults += [f"{table}: row {key} is gone" for key in rows.keys() - now.keys()]
        for key in rows.keys() & now.keys():
            cells += len(rows[key])
            faults += [
                f"{table}.{column} of row {key}: {value!r} → {now[key].get(column)!r}"
                for column, value in rows[key].items()
                if column not in now[key] or now[key][column] != value
            ]
    return {"tables": len(before), "rows": sum(map(len, before.values())), "cells": cells}, faults
