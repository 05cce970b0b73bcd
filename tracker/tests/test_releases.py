"""The database of every released version migrates to today's tables with nothing lost."""

import gzip
import shutil
import sqlite3

import pytest
from django.conf import settings

from tracker.tests.test_settings import start

RELEASES = sorted((settings.BASE_DIR / "fixtures" / "releases").glob("v*.sqlite3.gz"))
TABLES = ("agreements_agreement", "agreements_commitment", "delegations_delivery", "agreements_name")


def counts(path):
    connection = sqlite3.connect(path)
    try:
        return [connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES]
    finally:
        connection.close()


def test_this_version_has_its_database_kept():
    assert f"v{settings.VERSION}.sqlite3.gz" in [path.name for path in RELEASES]


@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.name)
def test_a_released_database_migrates(release, tmp_path):
    database = tmp_path / "data" / "register.sqlite3"
    database.parent.mkdir()
    with gzip.open(release) as packed, open(database, "wb") as plain:
        shutil.copyfileobj(packed, plain)
    before = counts(database)
    status, printed = start(tmp_path, "migrate -v0", SECRET_KEY="k" * 60)
    assert status == 0, printed
    status, printed = start(tmp_path, "migrate --check", SECRET_KEY="k" * 60)
    assert status == 0, printed
    assert counts(database) == before
    assert before[0] == 9
