"""What a database holds, so that two may be compared: rows and fingerprint of every table, and its migrations."""

from contextlib import contextmanager

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from agreements.models import Document
from tracker.trace.rows import fingerprint

OURS = ("agreements", "delegations", "tracker")
"""The apps whose migrations tell the version of the program."""


def tables():
    """Every table of the register; sessions never leave the running server."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy and model is not Session:
            yield model


def content(using=DEFAULT_DB_ALIAS):
    """{table: [rows, sha256]}."""
    return {model._meta.db_table: list(fingerprint(model, using=using)) for model in tables()}


def migrations(using=DEFAULT_DB_ALIAS):
    """The migrations that a database has seen: ["agreements.0001_initial"], sorted, as `code_migrations` names them."""
    seen = MigrationRecorder(connections[using]).applied_migrations()
    standing = {key for key, one in MigrationLoader(None).disk_migrations.items() if one.replaces}
    return sorted(f"{app}.{name}" for app, name in seen.keys() - standing)


def code_migrations():
    """The migrations of this version of the program, without those that only stand for others (`replaces`).

    A register that came by the others one by one may not have noted them, and an older program does not know them.
    """
    found = MigrationLoader(None).disk_migrations
    return [f"{app}.{name}" for (app, name), one in found.items() if not one.replaces]


def counts(names, using=DEFAULT_DB_ALIAS):
    """{table: rows} of the tables with these names, whatever their columns; None where there is no such table."""
    connection = connections[using]
    there, found = set(connection.introspection.table_names()), {}
    with connection.cursor() as cursor:
        for name in names:
            if name in there:
                cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(name)}")
            found[name] = cursor.fetchone()[0] if name in there else None
    return found


def missing_files():
    """The files that documents name and the folder of files lacks."""
    named = Document.objects.exclude(file="").exclude(file=None).values_list("file", flat=True)
    return sorted(name for name in named if not (settings.FILES_DIR / name).is_file())


def differences(first, second):
    """The names of tables that are not the same in two answers of `content` or `counts`."""
    return sorted(name for name in {*first, *second} if first.get(name) != second.get(name))


@contextmanager
def opened(path):
    """The SQLite database in a file as a connection of Django; yields its alias."""
    alias = f"copy-{path}"
    own = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {},
        "CONN_HEALTH_CHECKS": False,
    }
    connections.databases[alias] = {**connections.databases[DEFAULT_DB_ALIAS], **own}
    try:
        yield alias
    finally:
        connections[alias].close()
        del connections[alias], connections.databases[alias]
