"""Random files, kills, races, locks, a full disk: the short forms of benchmarks/torture.py."""

import pytest

from tracker.tests.seeded import seeded  # noqa: F401
from tracker.torture import load, power
from tracker.torture.checking import Trial
from tracker.torture.scratch import postgres, register

pytestmark = pytest.mark.once


@pytest.mark.django_db
@pytest.mark.usefixtures("seeded")
@pytest.mark.parametrize("seed", [1, 2])
def test_a_hundred_random_files_are_taken_whole_or_refused_with_a_sentence(seed):
    seen = Trial(seed).run(100)
    assert seen["files"] == 100
    assert seen["taken"] >= 10
    assert seen["refused"] >= 10
    assert seen["pages"] >= 1


@pytest.fixture(scope="module")
def sqlite():
    """A register in a file of its own, which can be killed, locked and filled up."""
    with register() as ask:
        yield ask


@pytest.fixture(scope="module")
def server(server_answers):
    """The same on PostgreSQL."""
    with postgres() as url, register(url) as ask:
        yield ask


@pytest.fixture(params=["sqlite", pytest.param("server", marks=pytest.mark.postgres)])
def ask(request):
    return request.getfixturevalue(request.param)


def test_random_files_are_taken_or_refused_on_either_database(ask):
    seen = ask("files", times=25, seed=3)
    assert seen["taken"] + seen["refused"] == seen["files"] == 25


def test_an_import_killed_at_any_moment_is_there_whole_or_not_at_all(ask):
    seen = ask("kills", times=2, rows=200)
    assert seen["kills"] == seen["whole"] + seen["nothing"] == 2


def test_a_confirmation_given_twice_at_once_is_written_once(ask):
    assert ask("doubles", times=2) == {"doubles": 2}


def test_two_imports_at_once_are_both_whole_or_one_is_told(ask):
    assert ask("pairs", times=2, rows=100)["pairs"] == 2


def test_an_import_undone_twice_at_once_is_undone_once(ask):
    assert ask("undoings", times=1) == {"undoings": 1}


def test_a_locked_database_refuses_whole_and_the_same_confirmation_works_later(ask):
    assert ask("locked", times=1) == {"locked": 1}


def test_a_full_disk_refuses_whole_and_the_same_confirmation_works_later(sqlite):
    assert sqlite("full", times=2) == {"full": 2}


def test_records_with_any_text_come_back_as_they_were(sqlite):
    seen = sqlite("trips", rows_csv=150, rows_xlsx=60)
    assert (seen["csv"], seen["xlsx"]) == (150, 60)


# Keeping -----------------------------------------------------------------------------------------
def test_backups_under_writing_are_restored_equal(sqlite):
    assert sqlite("backups", times=2)["equal"] == 2


@pytest.mark.postgres
def test_a_backup_of_postgresql_under_writing_is_restored_equal(server):
    assert server("backups", times=2)["equal"] == 2


@pytest.mark.postgres
@pytest.mark.usefixtures("server_answers")
def test_a_register_moves_from_sqlite_to_postgresql_whole(sqlite):
    seen = sqlite("move", imports=2, migrated=False)
    assert seen["equal fingerprints"] == seen["tables"] >= 78
    assert seen["rows"] > 1000
    assert seen["files"] >= 20  # its own, and those of steps before
    assert seen["seals intact"] >= 3  # of each import and the backup, and of steps before
    assert seen["next keys that follow"] >= 70


def test_every_kind_of_damage_is_refused(sqlite):
    assert sqlite("damaged", times=12) == {"damaged": 12, "refused": 12}


def test_a_backup_that_is_killed_leaves_nothing_by_the_name_of_an_archive(sqlite):
    assert sqlite("killed_backups", times=2)["killed"] == 2


def test_a_backup_without_room_says_so_and_the_older_one_stays(sqlite):
    assert sqlite("no_room", times=2) == {"no room": 2}


def test_no_cut_of_power_takes_a_save_that_was_acknowledged():
    assert power.power(100) == {"cuts": 100, "intact": 100, "lost": 0, "damaged": 0}


def test_the_simulated_cuts_find_settings_that_lose_saves():
    assert power.power(50, synchronous="NORMAL")["lost"] > 10
    assert power.power(20, synchronous="OFF")["damaged"] > 10


def test_every_tampering_with_the_sealed_logs_is_found(ask):
    assert ask("tampering", times=1) == {"tampered": 6, "found": 6, "false alarms": 0}


def test_the_status_page_names_each_fault_and_nothing_else(ask):
    assert ask("faults") == {"injected": 9, "named": 9, "false alarms": 0}


def test_what_is_acknowledged_before_the_disk_is_full_is_stored_and_no_file_is_orphaned(sqlite):
    seen = sqlite("full_pages", times=2)
    assert seen["told"] == 2
    assert seen["acknowledged"] > 0


def test_eight_officers_beside_an_import_meet_no_error(sqlite):
    seen = sqlite("load", seconds=5, rows=300, pause=1)
    assert seen["saves"] >= 8
    assert seen["errors"] == 0


@pytest.mark.parametrize(
    ("most", "slowest", "kept"), [(999, 4999, True), (1000, 4999, False), (999, 5000, False)]
)
def test_the_promise_is_95_saves_of_100_within_a_second_and_none_of_five(most, slowest, kept):
    figures = {"ms for 95 of 100 saves": most, "ms for the slowest": slowest}
    assert load.quick(figures) is kept


def test_so_many_of_the_times_are_no_longer():
    times = [number / 1000 for number in range(1, 21)]
    assert [load.milliseconds(times, share) for share in (0.5, 0.95, 1)] == [10, 19, 20]
    assert load.milliseconds([0.004], 0.95) == 4
