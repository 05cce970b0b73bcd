"""What keeps data safe on SQLite is really in force on each connection."""

import threading

import pytest
from django.db import connection, connections, transaction

from agreements.models import Term

pytestmark = pytest.mark.django_db(transaction=True)


def pragma(name):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}")
        return cursor.fetchone()[0]


@pytest.fixture(autouse=True)
def _sqlite():
    if connection.vendor != "sqlite":
        pytest.skip("the settings of SQLite")


def test_the_write_ahead_log_is_on_and_every_save_reaches_the_disk():
    assert pragma("journal_mode") == "wal"
    assert pragma("synchronous") == 2  # FULL
    assert pragma("foreign_keys") == 1
    assert pragma("secure_delete") == 1
    assert pragma("busy_timeout") == 20_000


def test_every_connection_of_every_thread_is_set_so():
    seen = []

    def ask():
        try:
            seen.append((pragma("journal_mode"), pragma("synchronous")))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=ask) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [("wal", 2)] * 16


def test_a_writing_transaction_takes_its_turn_at_its_start():
    assert connection.transaction_mode == "IMMEDIATE"


def test_four_writers_at_once_lose_nothing():
    counter = Term.objects.create(vocabulary="unit", code="dem", name="đếm", rank=0)
    faults = []

    def write():
        try:
            for _ in range(20):
                with transaction.atomic():
                    row = Term.objects.get(pk=counter.pk)
                    row.rank += 1
                    row.save()
        except Exception as error:
            faults.append(error)
        finally:
            connections.close_all()

    writers = [threading.Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    counter.refresh_from_db()
    assert faults == []
    assert counter.rank == 80
