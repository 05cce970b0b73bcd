"""The long forms of the torture: `python benchmarks/torture.py` (some half an hour), one line a figure.

FILES=200 KILLS=3 RACES=3 BACKUPS=3 TAMPERINGS=10 CUTS=50 SECONDS=10 for a short look; DATABASES=sqlite leaves out
PostgreSQL; PARTS=files,import,logs,keeping are all parts, any of them may be left out. Exit status 0 only if all hold.
"""

import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tracker.torture.scratch import answers, postgres, register

FILES = int(os.environ.get("FILES", "2000"))
KILLS = int(os.environ.get("KILLS", "50"))
RACES = int(os.environ.get("RACES", "20"))
BACKUPS = int(os.environ.get("BACKUPS", "50"))
TAMPERINGS = int(os.environ.get("TAMPERINGS", "200"))
CUTS = int(os.environ.get("CUTS", "300"))
SECONDS = int(os.environ.get("SECONDS", "60"))
PARTS = os.environ.get("PARTS", "files,import,logs,keeping").split(",")
WANTED = os.environ.get("DATABASES", "sqlite,postgres").split(",")
SHARES = 4
"""The random files are dealt to so many registers, two at a time."""


def step(name, figure, ask, **sizes):
    """Run one step and print its figure; whether it held."""
    begun = time.monotonic()
    try:
        seen, held = ask(sizes.pop("step"), **sizes), True
    except AssertionError as error:
        seen, held = {}, False
        print(f"BROKEN: {error}", file=sys.stderr)
    words = ", ".join(f"{count} {what}" for what, count in seen.items()) if held else "BROKEN"
    print(f"{figure}, {name}: {words} ({time.monotonic() - begun:.0f} s)", flush=True)
    return held


def attacks(name, ask):
    """Every attack that needs a database of its own, one after another."""
    yield step(name, f"kill -9 at {KILLS} random moments", ask, step="kills", times=KILLS)
    yield step(name, f"{RACES} racing double confirmations", ask, step="doubles", times=RACES)
    yield step(name, f"{RACES} pairs of imports at once", ask, step="pairs", times=RACES)
    yield step(name, f"{RACES} racing double undoings", ask, step="undoings", times=RACES)
    yield step(name, "database locked by another", ask, step="locked", times=10)
    yield step(name, "disk full", ask, step="full", times=10)
    yield step(name, "round trips of random records", ask, step="trips", rows_csv=3000, rows_xlsx=400)


def keepings(name, ask):
    """Backups, the status page, and the server in use."""
    yield step(name, f"{BACKUPS} backups under writing", ask, step="backups", times=BACKUPS)
    yield step(name, "20 damaged archives", ask, step="damaged", times=20)
    yield step(name, "backups killed with kill -9", ask, step="killed_backups", times=min(20, BACKUPS))
    yield step(name, "backups without room", ask, step="no_room", times=5)
    yield step(name, "faults on the status page", ask, step="faults")
    yield step(name, "saves and uploads on a full disk", ask, step="full_pages", times=10)
    figure = f"8 officers, {SECONDS} s, a save by each every 7 s or so"
    long = (
        SECONDS >= 60
    )  # the promise is of a whole minute; in a short look the server's first pages count too much
    yield step(name, figure, ask, step="load", seconds=SECONDS, rows=5000, pause=6, promised=long)


def sealed_logs(name, database):
    """The sealed logs, in a register of their own: each tampering reads them whole, whatever else has filled them."""
    with database("logs") as url, register(url) as ask:
        return step(
            name, f"6 kinds of tampering, {TAMPERINGS} of each", ask, step="tampering", times=TAMPERINGS
        )


def random_files(name, database):
    """The random files in shares, each on a register of its own; whether each share held."""
    with ThreadPoolExecutor(2) as pool:
        return list(
            pool.map(lambda share: share_of_files(name, database, share), range(SHARES if FILES else 0))
        )


def share_of_files(name, database, share):
    """One share of the random files; the same files for every database."""
    number = FILES // SHARES
    with database(f"files{share}") as url, register(url) as ask:
        figure = f"{number} random files, seed {share}"
        return step(name, figure, ask, step="files", times=number, seed=1000 + share)


@contextmanager
def sqlite(_name=""):
    """The address of a database in the folder of its register."""
    yield ""


def attacked(name, database):
    """Everything on one sort of database; whether each step held."""
    held = []
    if "files" in PARTS:
        held += random_files(name, database)
    if "import" in PARTS:
        with database() as url, register(url) as ask:
            held += attacks(name, ask)
    if "logs" in PARTS and TAMPERINGS:
        held.append(sealed_logs(name, database))
    if "keeping" in PARTS:
        with database() as url, register(url) as ask:
            held += keepings(name, ask)
    return held


def main():
    held = []
    if "sqlite" in WANTED:
        held += attacked("SQLite", sqlite)
    if "postgres" in WANTED and answers():
        held += attacked("PostgreSQL", postgres)
    elif "postgres" in WANTED:
        print("PostgreSQL does not answer: not attacked")
    return all(held)


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
