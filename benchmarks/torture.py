"""The long forms of the torture: `python benchmarks/torture.py` (some ten minutes), one line a figure.

FILES=200 KILLS=3 RACES=3 for a short look; DATABASES=sqlite leaves PostgreSQL out. Exit status 0 only if all hold.
"""

import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tracker.torture.scratch import postgres, register

FILES = int(os.environ.get("FILES", "2000"))
KILLS = int(os.environ.get("KILLS", "50"))
RACES = int(os.environ.get("RACES", "20"))
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


def random_files(share):
    """A share of the random files, on a register of its own."""
    with register() as ask:
        number = FILES // SHARES
        return step(
            "SQLite",
            f"{number} random files, seed {share}",
            ask,
            step="files",
            times=number,
            seed=1000 + share,
        )


def main():
    held = []
    with ThreadPoolExecutor(2) as pool:
        held += pool.map(random_files, range(SHARES if FILES else 0))
    if "sqlite" in WANTED:
        with register() as ask:
            held += attacks("SQLite", ask)
    if "postgres" in WANTED:
        with postgres() as url:
            if url is None:
                print("PostgreSQL does not answer: not attacked")
                return all(held)
            with register(url) as ask:
                held += attacks("PostgreSQL", ask)
    return all(held)


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
