"""How often Python looks for garbage: it looks through everything that is there, and all of Django always is."""

import gc
from contextlib import contextmanager
from threading import RLock

_importing, _settled, _lock = [0], [False], RLock()


def settle():
    """Spare the collector what is there when a server has started, for good; and let it come less often.

    A page makes thousands of small things that go by themselves; each look through all of Django (0.1 s) would be
    in the middle of some page.
    """
    with _lock:
        _settled[0] = True
        gc.set_threshold(20_000, 20, 20)
        freeze()


def freeze():
    gc.collect()
    gc.freeze()


@contextmanager
def few_collections():
    """Spare the collector what was there before: it would look through all of it for each million rows of an import.

    Once for imports that overlap: frozen anew by each, their garbage would never be looked at.
    """
    with _lock:
        _importing[0] += 1
        if _importing[0] == 1:
            gc.freeze()
    try:
        yield
    finally:
        with _lock:
            _importing[0] -= 1
            if not _importing[0]:
                gc.unfreeze()
                if _settled[0]:
                    freeze()
