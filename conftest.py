"""Fixtures for all tests."""

import csv

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.template import Template

from tracker.progress.engine import forget

FIXTURES = django_settings.BASE_DIR / "fixtures"

if connection.vendor == "sqlite":
    # SQLite takes forty times as long to read the statement that judges commitments as to answer it for a few of them
    connection.settings_dict["OPTIONS"]["cached_statements"] = 1000


def emptying(style, tables, **_how):
    """What empties the tables after a test that has committed: DELETE where there are rows.

    Django's TRUNCATE of a hundred tables takes PostgreSQL a second; foreign keys are looked at when all is deleted.
    """
    quoted = [connection.ops.quote_name(table) for table in tables]
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(f"SELECT '{one}' WHERE EXISTS (SELECT FROM {one})" for one in quoted)
        )
        return [f"DELETE FROM {table}" for (table,) in cursor.fetchall()]


if connection.vendor == "postgresql":
    connection.ops.sql_flush = emptying

LONGEST = (
    "test_walls.py", "test_walls_around.py", "test_report_pages_browser.py", "test_releases.py", "test_door_policy.py",
    "test_torture.py", "test_door_limits.py", "test_nothing_lost.py", "test_impossible.py", "test_numbers_open_rows.py",
    "test_standing_properties.py", "test_period_report.py", "test_quickstart.py", "test_withdrawn_nowhere.py",
    "test_review_in_reports.py", "test_admin_pages.py", "test_backup.py",
)  # fmt: skip
"""Files that take half a minute or more: they begin first, else one worker waits for the other at the end."""


def pytest_collection_modifyitems(items):
    place = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path.name, len(place)))


def rows_of(path):
    """The rows of a CSV under fixtures/, as dicts."""
    with open(FIXTURES / path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session", autouse=True)
def pages_without_widgets(django_test_environment):
    """Tests ask what a page was made of; Django would keep a copy of that for each box of a form too."""
    told = Template._render

    def rendered(self, context):
        is_box = "/widgets/" in (self.name or "") or (self.name or "").startswith("django/forms/")
        return self.nodelist.render(context) if is_box else told(self, context)

    Template._render = rendered
    yield
    Template._render = told


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """Hashing as slow as in real use would only slow the tests."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def nothing_kept():
    """Another test has another register."""
    forget()


@pytest.fixture
def postgres():
    """For tests that need PostgreSQL: skips on SQLite."""
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
