"""Random files, kills, races, locks, a full disk: the short forms of benchmarks/torture.py."""

import os

import pytest

from tracker.tests.seeded import seeded  # noqa: F401
from tracker.torture.checking import Trial
from tracker.torture.scratch import answers, postgres, register


@pytest.mark.django_db
@pytest.mark.usefixtures("seeded")
@pytest.mark.parametrize("seed", [1, 2])
def test_a_hundred_random_files_are_taken_whole_or_refused_with_a_sentence(seed):
    seen = Trial(seed).run(100)
    assert seen["files"] == 100
    assert seen["taken"] >= 10
    assert seen["refused"] >= 10


@pytest.fixture(scope="module")
def sqlite():
    """A register in a file of its own, which can be killed, locked and filled up."""
    with register() as ask:
        yield ask


@pytest.fixture(scope="module")
def server():
    """The same on PostgreSQL."""
    if not answers():
        if os.environ.get("REQUIRE_POSTGRES"):
            pytest.fail("PostgreSQL is required (REQUIRE_POSTGRES=1) and does not answer.")
        pytest.skip("PostgreSQL does not answer")
    with postgres() as url, register(url) as ask:
        yield ask


@pytest.fixture(params=["sqlite", pytest.param("server", marks=pytest.mark.postgres)])
def ask(request):
    return request.getfixturevalue(request.param)


def test_random_files_are_taken_or_refused_on_either_database(ask):
    seen = ask("files", times=25, seed=3)
    assert seen["taken"] + seen["refused"] == seen["files"] == 25


def test_an_import_killed_at_any_moment_is_there_whole_or_not_at_all(ask):
    seen = ask("kills", times=3, rows=300)
    assert seen["kills"] == seen["whole"] + seen["nothing"] == 3


def test_a_confirmation_given_twice_at_once_is_written_once(ask):
    assert ask("doubles", times=3) == {"doubles": 3}


def test_two_imports_at_once_are_both_whole_or_one_is_told(ask):
    assert ask("pairs", times=3, rows=100)["pairs"] == 3


def test_an_import_undone_twice_at_once_is_undone_once(ask):
    assert ask("undoings", times=1) == {"undoings": 1}


def test_a_locked_database_refuses_whole_and_the_same_confirmation_works_later(ask):
    assert ask("locked", times=1) == {"locked": 1}


def test_a_full_disk_refuses_whole_and_the_same_confirmation_works_later(sqlite):
    assert sqlite("full", times=2) == {"full": 2}


def test_records_with_any_text_come_back_as_they_were(sqlite):
    seen = sqlite("trips", rows_csv=150, rows_xlsx=60)
    assert (seen["csv"], seen["xlsx"]) == (150, 60)
