"""Every promise in turn, each in a process of its own; prints a table in Markdown.

FULL=1 for the whole sizes. The exit status tells only whether all arms ran and did the same work: a promise
that is not kept on a noisy machine is told in the table, not by the status.
"""

import os
import pickle
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main():
    begun, failed = time.monotonic(), []
    with tempfile.NamedTemporaryFile(suffix=".pickle") as results:
        environment = {**os.environ, "BENCHMARK_RESULTS": results.name, "PYTHONPATH": str(HERE)}
        for script in sorted(HERE.glob("p[0-9]*_*.py")):
            if subprocess.run([sys.executable, script], env=environment).returncode:
                failed.append(script.name)
        print("\n".join(["", *table(told(results.name))]))
    print(f"\n{time.monotonic() - begun:.0f} s in all, {'FULL' if os.environ.get('FULL') else 'a tenth'}")
    if failed:
        sys.exit(f"These failed or did not do the same work: {', '.join(failed)}")


def told(path):
    rows = []
    with open(path, "rb") as file:
        while True:
            try:
                rows += pickle.load(file)
            except EOFError:
                return rows


def table(rows):
    yield "| # | what | figure | promised | |"
    yield "|---|---|---|---|---|"
    for row in rows:
        yield f"| {' | '.join(row)} |"


if __name__ == "__main__":
    main()
