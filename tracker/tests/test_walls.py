"""Nobody reads, changes or learns of what another office keeps: every page of the admin × eight users.

What is around these pages has a file of its own, so that two processes share the work. The figures stand in
docs/security.md.
"""

# ruff: noqa: F811 - fixtures are imported, and named by the tests that use them

import pytest

from tracker.tests.importers import kept_apart  # noqa: F401
from tracker.tests.walls_run import PAGES, failing_controls, holes_found, nobody_sees, say, world  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_apart"), pytest.mark.once]


def takes(area):
    return area in PAGES


def test_nobody_sees_or_changes_on_pages_what_another_office_keeps(world, say):
    assert sum(nobody_sees(world, takes, say).values()) > 3000


def test_everybody_reads_and_brings_in_their_own(world, say):
    controlled, failing = failing_controls(world)
    say(f"{controlled - len(failing)} of {controlled} positive controls")
    assert failing == []


def test_without_the_wall_the_matrix_finds_the_holes_of_pages(world, monkeypatch, say):
    found = holes_found(world, monkeypatch, takes, say)
    assert sum(found.values()) >= 100
    assert PAGES - {"admin", "import"} - set(found) == set()  # these two show no record
