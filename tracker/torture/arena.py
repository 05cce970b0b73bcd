"""One step of the torture in a process of its own: `python -m tracker.torture.arena STEP '{"times": 3}'`.

The register is the one of the environment (see scratch.py). Prints the figures as JSON on its last line.
"""

import json
import sys


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


def main(step, sizes):
    import django

    django.setup()
    print(json.dumps(steps()[step](**json.loads(sizes))))  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:3])
