"""The walls around the pages of the admin: reports, files in and out, frozen copies, links, whatever is new."""

# ruff: noqa: F811 - fixtures are imported, and named by the tests that use them

import pytest

from tracker.tests.importers import kept_apart  # noqa: F401
from tracker.tests.walls_run import PAGES, holes_found, nobody_sees, say, world  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_apart"), pytest.mark.once]
LEAKING = {"document-file", "exports", "files in", "reports", "site"}
"""Where the matrix must find holes once the wall is taken away."""


def takes(area):
    return area not in PAGES


def test_nobody_sees_or_changes_around_pages_what_another_office_keeps(world, say):
    assert sum(nobody_sees(world, takes, say).values()) > 1500


def test_without_the_wall_the_matrix_finds_the_holes_around_pages(world, monkeypatch, say):
    found = holes_found(world, monkeypatch, takes, say)
    assert sum(found.values()) >= 40
    assert LEAKING - set(found) == set()
