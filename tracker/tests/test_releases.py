"""The database of every released version migrates to today's tables with no row and no cell lost, also when killed."""

import os
import random
import shutil
import signal
import time
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

import pytest
from django.conf import settings

from agreements import names
from tracker.tests.released import RELEASES, Lite, Server, compared, in_process, on_server, unpacked
from tracker.tests.test_settings import GOOD, begun, start
from tracker.torture import scratch

pytestmark = pytest.mark.once


SORTED = (
    ("agreements_agreement", "title"),
    ("agreements_document", "title"),
    ("agreements_historicalagreement", "title"),
    ("agreements_historicaldocument", "title"),
    ("delegations_delegation", "name"),
    ("delegations_historicaldelegation", "name"),
)
FRAMEWORK = {"django_migrations", "django_content_type", "auth_permission"}
"""The tables to which migrating adds rows."""
AGAIN = (
    "from django.core.management import call_command as c\n"
    "c('migrate', verbosity=0); c('migrate', check_unapplied=True)"
)


@dataclass
class Migrated:
    """A released database that was migrated, killed in the middle and migrated again."""

    database: object
    folder: object
    before: dict
    after: dict
    when_killed: int
    """How many migrations were done then."""
    due: int


def seen_migrations(database):
    return database.rows("SELECT count(*) FROM django_migrations")[0][0]


def migrate_twice(database, folder):
    """Migrate, kill -9 in the middle, migrate again to the end."""
    before, first = database.content(), seen_migrations(database)
    process = begun(folder, "migrate -v0", **database.environment)
    while process.poll() is None and seen_migrations(database) < first + 8:
        time.sleep(0.02)
    time.sleep(random.uniform(0, 0.2))
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    when_killed = seen_migrations(database) - first
    status, printed = start(folder, ["shell", "-v0", "-c", AGAIN], **database.environment)
    assert status == 0, printed
    due = seen_migrations(database) - first
    return Migrated(database, folder, before, database.content(), when_killed, due)


@contextmanager
def on_sqlite(release, folder):
    yield unpacked(release, folder)


PLACES = [
    *(pytest.param(on_sqlite, release, id=f"{release.name}-sqlite") for release in RELEASES),
    # the oldest goes through every migration; `EVERY=1`: the later ones on PostgreSQL, too
    *(
        pytest.param(on_server, release, id=f"{release.name}-postgresql", marks=pytest.mark.postgres)
        for release in (RELEASES if os.environ.get("EVERY") else RELEASES[:1])
    ),
]


@pytest.fixture(scope="module")
def oldest(tmp_path_factory):
    """The database of the first release on SQLite, migrated once for several tests."""
    folder = tmp_path_factory.mktemp("oldest")
    return migrate_twice(unpacked(RELEASES[0], folder), folder)


@pytest.fixture(scope="module")
def new(tmp_path_factory):
    """The shape of a register that starts today, on SQLite (Lite) or PostgreSQL (Server); each is made once."""

    @cache
    def shape(place):
        folder = tmp_path_factory.mktemp("new")
        with started(place, folder) as database:
            status, printed = start(folder, "migrate -v0", **database.environment)
            assert status == 0, printed
            return database.shape()

    return shape


@contextmanager
def started(place, folder):
    if place is Lite:
        yield Lite(folder / "data" / "register.sqlite3")
    else:
        with scratch.postgres("new") as url:
            yield Server(url)


def test_this_version_has_its_database_kept():
    assert f"v{settings.VERSION}.sqlite3.gz" in [path.name for path in RELEASES]


@pytest.mark.parametrize(("place", "release"), PLACES)
def test_a_released_database_migrates_with_every_cell(place, release, request, tmp_path, capsys, new):
    if place is on_server:
        request.getfixturevalue("server_answers")
    if (place, release) == (on_sqlite, RELEASES[0]):
        return is_whole(request.getfixturevalue("oldest"), release, capsys, new)
    with place(release, tmp_path) as database:
        return is_whole(migrate_twice(database, tmp_path), release, capsys, new)


def is_whole(found, release, capsys, new):
    """Nothing of what was there is gone or another, and only the framework has more rows in a table that was there.

    The tables are those of a register that starts today, which one migration for many has made.
    """
    seen, faults = compared(found.before, found.after)
    where = {Lite: "SQLite"}.get(type(found.database), "PostgreSQL")
    with capsys.disabled():
        print(  # noqa: T201
            f"\n{release.name} on {where}: {seen}, {len(faults)} lost or changed, "
            f"killed after {found.when_killed} of {found.due} migrations"
        )
    assert faults == []
    assert 0 < found.when_killed < found.due
    assert found.database.sound()
    assert found.database.shape() == new(type(found.database))
    more = {table for table, rows in found.before.items() if len(found.after[table]) != len(rows)}
    assert more == FRAMEWORK
    assert len(found.before["agreements_agreement"]) == 9
    assert seen["tables"] >= 73
    assert seen["rows"] > 4000


def test_titles_written_before_there_were_sort_keys_get_theirs(oldest):
    for table, written in SORTED:
        found = oldest.after[table].values()
        assert found
        assert all(row["sort"] == names.sort_key(row[written])[:255] for row in found)


def test_the_migrations_after_the_first_go_back_with_every_cell(oldest, tmp_path):
    (tmp_path / "data").mkdir()
    database = Lite(shutil.copy(oldest.database.path, tmp_path / "data"))
    in_process(tmp_path, [(app, "0001_initial") for app in ("delegations", "agreements")], GOOD)
    now = database.content()
    assert compared(oldest.before, now)[1] == []
    for table, rows in oldest.before.items():
        if rows and table.startswith(("agreements_", "delegations_")):
            assert {*next(iter(rows.values()))} == {*next(iter(now[table].values()))}, table


def test_rows_that_break_a_new_rule_are_named_before_any_cell_changes(tmp_path):
    database = unpacked(RELEASES[0], tmp_path)
    ((code,),) = database.rows("SELECT code FROM agreements_person ORDER BY id LIMIT 1")
    database.rows(f"UPDATE agreements_person SET country = 'z' WHERE code = '{code}'")
    before = database.content()
    status, printed = start(tmp_path, "migrate -v0", **GOOD)
    assert status == 1
    assert code in printed
    assert "Traceback" not in printed
    assert compared(before, database.content())[1] == []


def test_a_lost_row_and_a_changed_cell_are_found():
    before = {"table": {1: {"id": 1, "title": "a"}, 2: {"id": 2, "title": "b"}}}
    after = {"table": {1: {"id": 1, "title": "A", "more": ""}}}
    seen, faults = compared(before, after)
    assert seen == {"tables": 1, "rows": 2, "cells": 2}
    assert faults == ["table: row 2 is gone", "table.title of row 1: 'a' → 'A'"]
