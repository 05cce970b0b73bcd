"""One step of the torture in a process of its own: `python -m tracker.torture.arena STEP '{"times": 3}'`.

The register is the one of the environment (see scratch.py). Prints the figures as JSON on its last line. Without a step
it reads them from its input, `["kills", {"times": 3}]` a line, and works each in a child, which need not read the
program anew; what a step printed is followed by a line with its exit status.
"""

import json
import os
import random
import sys
import traceback


class WithoutMigrations:
    """Tables are made from the models: the migrations have tests of their own, and take longer than all this."""

    def __contains__(self, app):
        return True

    def __getitem__(self, app):
        return None


def make_tables():
    """Every table as the models have it."""
    from django.core.management import call_command
    from django.test.utils import override_settings

    with override_settings(MIGRATION_MODULES=WithoutMigrations()):
        call_command("migrate", run_syncdb=True, verbosity=0)


def prepare():
    """Tables, reference data, the facts of the seeds."""
    from tracker.loading import load_reference, load_seeds

    make_tables()
    load_reference()
    load_seeds()
    return {}


def files(times, seed):
    """Random files; see checking.py."""
    from tracker.torture.checking import Trial

    return Trial(seed).run(times)


def steps():
    from tracker.torture import (
        archives,
        illness,
        kills,
        load,
        moves,
        power,
        races,
        shortage,
        tampering,
        trips,
    )

    return {
        "prepare": prepare, "files": files, "kills": kills.kills, "doubles": races.doubles, "pairs": races.pairs,
        "undoings": races.undoings, "locked": shortage.locked, "full": shortage.full, "trips": trips.trips,
        "full_pages": shortage.full_pages, "backups": archives.backups, "damaged": archives.damaged,
        "killed_backups": archives.killed_backups, "no_room": archives.no_room, "load": load.load,
        "tampering": tampering.tampering, "faults": illness.faults, "move": moves.move,
        "moved": moves.moved, "power": power.power,
    }  # fmt: skip


def main(step="", sizes="{}"):
    import django

    django.setup()
    if step:
        figures(step, json.loads(sizes))
        return
    steps()  # read before there are children
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            work_and_exit(*json.loads(line))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)  # noqa: T201


def work_and_exit(step, sizes):
    """What a child does; it never returns."""
    status = 1
    try:
        random.seed()  # each child would meet the same chances
        figures(step, sizes)
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def figures(step, sizes):
    print(json.dumps(steps()[step](**sizes)), flush=True)  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:3])
