"""The database of every released version migrates to today's tables with nothing lost."""

import gzip
import shutil
import sqlite3

import pytest
from django.conf import settings

from agreements import names
from tracker.tests.test_settings import start

pytestmark = pytest.mark.once


RELEASES = sorted((settings.BASE_DIR / "fixtures" / "releases").glob("v*.sqlite3.gz"))
SORTED = (
    ("agreements_agreement", "title"),
    ("agreements_document", "title"),
    ("agreements_historicalagreement", "title"),
    ("agreements_historicaldocument", "title"),
    ("delegations_delegation", "name"),
    ("delegations_historicaldelegation", "name"),
)
TABLES = ("agreements_agreement", "agreements_commitment", "delegations_delivery", "agreements_name")


def counts(path):
    return [rows(path, f"SELECT count(*) FROM {table}")[0][0] for table in TABLES]


def unpacked(release, tmp_path):
    """The path of the database of a release, ready to be migrated."""
    database = tmp_path / "data" / "register.sqlite3"
    database.parent.mkdir()
    with gzip.open(release) as packed, open(database, "wb") as plain:
        shutil.copyfileobj(packed, plain)
    return database


def rows(path, statement):
    connection = sqlite3.connect(path)
    try:
        found = connection.execute(statement).fetchall()
        connection.commit()
        return found
    finally:
        connection.close()


def test_this_version_has_its_database_kept():
    assert f"v{settings.VERSION}.sqlite3.gz" in [path.name for path in RELEASES]


@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.name)
def test_a_released_database_migrates(release, tmp_path):
    database = unpacked(release, tmp_path)
    before = counts(database)
    status, printed = start(tmp_path, "migrate -v0", SECRET_KEY="0123456789abcdef" * 5)
    assert status == 0, printed
    status, printed = start(tmp_path, "migrate --check", SECRET_KEY="0123456789abcdef" * 5)
    assert status == 0, printed
    assert counts(database) == before
    assert before[0] == 9


def test_titles_written_before_there_were_sort_keys_get_theirs(tmp_path):
    database = unpacked(RELEASES[0], tmp_path)
    status, printed = start(tmp_path, "migrate -v0", SECRET_KEY="0123456789abcdef" * 5)
    assert status == 0, printed
    for table, written in SORTED:
        found = rows(database, f"SELECT {written}, sort FROM {table}")
        assert found
        assert all(sort == names.sort_key(text)[:255] for text, sort in found)


def test_rows_that_break_a_new_rule_are_named_before_anything_changes(tmp_path):
    database = unpacked(RELEASES[0], tmp_path)
    ((code,),) = rows(database, "SELECT code FROM agreements_person ORDER BY id LIMIT 1")
    rows(database, f"UPDATE agreements_person SET country = 'z' WHERE code = '{code}'")
    status, printed = start(tmp_path, "migrate -v0", SECRET_KEY="0123456789abcdef" * 5)
    assert status == 1
    assert code in printed
    assert "Traceback" not in printed
    rows(database, f"UPDATE agreements_person SET country = '' WHERE code = '{code}'")
    status, printed = start(tmp_path, "migrate -v0", SECRET_KEY="0123456789abcdef" * 5)
    assert status == 0, printed


def test_the_migrations_after_the_first_go_back(tmp_path):
    unpacked(RELEASES[0], tmp_path)
    for step in ("migrate -v0", "migrate delegations 0001 -v0", "migrate agreements 0001 -v0", "migrate -v0"):
        status, printed = start(tmp_path, step, SECRET_KEY="0123456789abcdef" * 5)
        assert status == 0, printed
