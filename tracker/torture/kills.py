"""An import killed by kill −9 at a random moment, half of the times while it writes."""

import os
import random
import select
import signal
import time

from django.db import connection, connections

from agreements.history import Route
from agreements.interchange.importing import import_sheets, planned
from agreements.interchange.writing import write_batch
from tracker.torture import prey

LATEST = 2
"""Kills while writing come up to so many times its usual duration after it began: some when all is written."""


def kills(times, rows=1000, seed=7):
    """{"kills", "whole", "nothing"}; raises AssertionError where something is half there or cannot be repeated."""
    chance, seen = random.Random(seed), {"kills": 0, "nothing": 0, "whole": 0, "while writing": 0}
    reading, writing = durations(rows)
    for number in range(times):
        prefix = f"KILL{number}"
        while_writing = number % 2 == 0
        longest = LATEST * writing if while_writing else reading
        kill_one(prefix, rows, chance.uniform(0, longest), while_writing)
        found = prey.there(prefix)
        assert found in (prey.NOTHING, prey.whole(rows)), found
        assert prey.sound()
        again = import_sheets(prey.sheets(prefix, rows), office=prey.office(), route=Route.COMMAND)
        assert (again.new, again.unchanged) == ((rows, 0) if found == prey.NOTHING else (0, rows))
        assert prey.there(prefix) == prey.whole(rows)
        seen["kills"] += 1
        seen["while writing"] += while_writing
        seen["nothing" if found == prey.NOTHING else "whole"] += 1
    return seen


def durations(rows):
    """Seconds that planning and writing take when nobody disturbs them."""
    begun = time.monotonic()
    with planned(prey.sheets("CALM", rows), office=prey.office()) as spooled:
        read = time.monotonic()
        write_batch(spooled, route=Route.COMMAND)
    return read - begun, time.monotonic() - read


def kill_one(prefix, rows, delay, while_writing):
    """A child imports and is killed `delay` seconds after its start, or after it began to write."""
    connections.close_all()
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        import_and_exit(prefix, rows, tell)
    os.close(tell)
    if while_writing:
        select.select([told], [], [], 60)
    time.sleep(delay)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(told)
    wait_until_alone()


def import_and_exit(prefix, rows, tell):
    """What the child does; it never returns."""
    try:
        with planned(prey.sheets(prefix, rows), office=prey.office()) as spooled:
            write_batch(spooled, route=Route.COMMAND, claim=lambda: os.write(tell, b"w"))
    finally:
        time.sleep(60)  # killed here at the latest, with everything written
        os._exit(0)


def wait_until_alone():
    """PostgreSQL needs a moment to see that the other side is gone."""
    while connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
            if cursor.fetchone()[0] == 1:
                return
        time.sleep(0.02)
