"""One at a time: work that two programs must not do at once waits for the other, and then says so.

The lock is that of the system on a file in DATA_DIR: it goes with the program that held it, however that ends.
"""

import os
import time
from contextlib import contextmanager

from django.conf import settings

WAIT = 30
"""Seconds for which the second waits for the first."""
PAUSE = 0.2

if os.name == "nt":  # pragma: no cover - the tests run where fcntl is
    import msvcrt

    def take(file):
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def take(file):
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Busy(Exception):
    """Another program is at the same work; the text is one sentence."""


@contextmanager
def alone(name, sentence, wait=None):
    """Inside, no other program is inside `alone(name, …)` of this register; raises Busy(sentence) after `wait` s."""
    until = time.monotonic() + (WAIT if wait is None else wait)
    with open(settings.DATA_DIR / f"{name}.lock", "ab") as file:  # closing it lets go
        while True:
            try:
                take(file)
                break
            except OSError as error:
                if time.monotonic() >= until:
                    raise Busy(sentence) from error
                time.sleep(PAUSE)
        yield
