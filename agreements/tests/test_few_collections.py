"""Imports that overlap leave no garbage behind."""

import gc
import weakref

from agreements.interchange.importing import few_collections


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
