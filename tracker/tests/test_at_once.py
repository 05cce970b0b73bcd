"""Two officers press “save” at the very same moment, on SQLite and PostgreSQL: one is saved, the other is asked."""

import threading

import pytest
from django.db import connections
from django.urls import reverse

from agreements.admin.meanwhile import MeanwhileMixin
from agreements.models import Agreement
from agreements.tests.builders import make_agreement
from agreements.tests.pages import as_sent, client_of

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 10


def address(page, record):
    return reverse(f"admin:agreements_agreement_{page}", args=[record.pk])


def at_once(*steps):
    """The status of the answer of each step; all begin together."""
    gate, told = threading.Barrier(len(steps)), [None] * len(steps)

    def run(place, step):
        try:
            gate.wait()
            told[place] = step().status_code
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(steps)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def saving(client, record, title):
    data = as_sent(client.get(address("change", record))) | {"title": title}
    return lambda: client.post(address("change", record), data)


def withdrawing(client, record):
    data = {"_seen": client.get(address("withdraw", record)).context["seen"], "reason": "nhập trùng"}
    return lambda: client.post(address("withdraw", record), data)


def test_of_two_that_save_one_is_saved_and_one_is_asked():
    one, two = client_of(), client_of()
    for _round in range(ROUNDS):
        record = make_agreement()
        told = at_once(saving(one, record, "Một"), saving(two, record, "Hai"))
        assert sorted(told) == [302, 409]
        record.refresh_from_db()
        assert record.title == ("Một" if told[0] == 302 else "Hai")


def test_of_one_that_saves_and_one_that_withdraws_one_is_stopped():
    one, two = client_of(), client_of()
    for _round in range(ROUNDS):
        record = make_agreement()
        told = at_once(saving(one, record, "Một"), withdrawing(two, record))
        assert told in ([302, 200], [409, 302])
        record.refresh_from_db()
        assert (record.title == "Một", bool(record.withdrawn_on)) == (told[0] == 302, told[1] == 302)


def test_without_the_lock_both_would_be_saved(postgres, monkeypatch):
    """The rounds above have teeth. (On SQLite the transaction itself is the lock, and cannot be left out.)"""
    monkeypatch.setattr(MeanwhileMixin, "lock", staticmethod(lambda model, **of: None))
    one, two, both = client_of(), client_of(), 0
    for _round in range(ROUNDS):
        record = make_agreement()
        told = at_once(saving(one, record, "Một"), saving(two, record, "Hai"))
        both += told == [302, 302]
    assert both > 0
    assert Agreement.objects.count() == ROUNDS
