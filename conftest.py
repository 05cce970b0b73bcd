"""Fixtures for all tests."""

import csv

import pytest
from django.conf import settings as django_settings
from django.db import connection

FIXTURES = django_settings.BASE_DIR / "fixtures"


def rows_of(path):
    """The rows of a CSV under fixtures/, as dicts."""
    with open(FIXTURES / path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """Hashing as slow as in real use would only slow the tests."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def postgres():
    """For tests that need PostgreSQL: skips on SQLite."""
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
