"""Imports that overlap leave no garbage behind; a server is spared what was there when it started."""

import gc
import weakref

import pytest

from agreements import memory
from agreements.memory import few_collections


class Node:
    pass


def a_cycle():
    node = Node()
    node.me = node
    return weakref.ref(node)


def test_garbage_of_one_import_goes_although_another_begins():
    with few_collections():
        gone = a_cycle()
        with few_collections():
            gc.collect()
            assert gone() is None
        assert gc.get_freeze_count() > 0
    assert gc.get_freeze_count() == 0


@pytest.fixture
def settled():
    before = gc.get_threshold()
    memory.settle()
    yield
    memory._settled[0] = False
    gc.set_threshold(*before)
    gc.unfreeze()


def test_a_server_is_spared_what_was_there_at_its_start_also_after_an_import(settled):
    assert gc.get_freeze_count() > 10_000
    with few_collections():
        gone = a_cycle()
    assert gone() is None
    assert gc.get_freeze_count() > 10_000
