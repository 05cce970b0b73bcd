"""The same start on PostgreSQL, where a server is at hand."""

import os

import psycopg
import pytest

from tracker.tests.test_settings import start

SERVER = os.environ.get("POSTGRES_SERVER", "postgres://postgres@127.0.0.1:5432")
pytestmark = pytest.mark.postgres


@pytest.fixture
def database():
    """The address of an empty database of its own; dropped afterwards."""
    name = f"tracker_start_{os.getpid()}"
    try:
        connection = psycopg.connect(f"{SERVER}/postgres", autocommit=True, connect_timeout=3)
    except psycopg.OperationalError:
        if os.environ.get("REQUIRE_POSTGRES"):
            pytest.fail("PostgreSQL is required (REQUIRE_POSTGRES=1) and does not answer at 127.0.0.1:5432.")
        pytest.skip("PostgreSQL does not answer at 127.0.0.1:5432: its start is not tested.")
    connection.execute(f'DROP DATABASE IF EXISTS "{name}"')
    connection.execute(f'CREATE DATABASE "{name}"')
    yield f"{SERVER}/{name}"
    connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    connection.close()


def test_the_register_starts_on_postgresql_and_reports(database, tmp_path):
    status, printed = start(tmp_path, "quickstart --no-serve", DATABASE_URL=database)
    assert status == 0, printed
    asked = ["report", "agreement-status", "--on", "30/6/2023", "--format", "csv"]
    status, printed = start(tmp_path, asked, DATABASE_URL=database)
    assert status == 0, printed
    assert "SL-LPB-2022" in printed
