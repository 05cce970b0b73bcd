"""Arms in turn on one machine: what a promise of speed is measured with.

Machines are noisy, so nothing is told in seconds alone: in each round every arm runs once, on the same data,
one after the other; the figure of an arm is its median over the rounds, a promise is a ratio of two of them.
Import this module before Django: it makes a database of its own and leaves none behind.
"""

import atexit
import gc
import hashlib
import os
import pickle
import shutil
import statistics
import sys
import tempfile
import time
import traceback
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

FULL = os.environ.get("FULL", "0") not in ("", "0")
ROUNDS = int(os.environ.get("ROUNDS", "3"))
ONLY = set(filter(None, os.environ.get("ARMS", "").split(",")))
"""ARMS=stock,floor measures those alone; ratios are then told as far as both arms are there."""
PATIENCE = 0 if FULL else 30
"""Seconds after which a slow arm is not run again: stock takes minutes where the others take moments."""
MEBIBYTE = 2**20


def size(full):
    """Rows to work on: `full` when FULL=1, else a tenth; SIZE=500 for a quick look."""
    return int(os.environ.get("SIZE", full if FULL else full // 10))


@cache
def start():
    """Django over an empty scratch database with reference data: SQLite, or PostgreSQL beside DATABASE_URL."""
    root = Path(__file__).resolve().parent.parent
    sys.path.insert(0, str(root))
    folder = tempfile.mkdtemp(prefix="benchmark-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for name, value in {
        "DATA_DIR": folder,
        "SECRET_KEY": "for-benchmarks-only-" + "x" * 40,
        "PLAIN_STATIC_FILES": "on",
        "DJANGO_SETTINGS_MODULE": "tracker.settings",
        "ALLOWED_HOSTS": "testserver",
    }.items():
        os.environ[name] = value
    (Path(folder) / "static").mkdir()
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        os.environ["DATABASE_URL"] = scratch_postgres(os.environ["DATABASE_URL"])
    else:
        os.environ.pop("DATABASE_URL", None)
    prepare_django()
    return Path(folder)


def scratch_postgres(url):
    """The address of a new database on the server of `url`, dropped when the process ends."""
    import psycopg

    name = f"benchmark_{os.getpid()}"
    server = url.rpartition("/")[0]

    def tell(statement):
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(statement)

    tell(f'CREATE DATABASE "{name}"')
    mine = os.getpid()  # a forked child ends without dropping what its parent uses
    atexit.register(lambda: os.getpid() == mine and tell(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
    return f"{server}/{name}"


def prepare_django():
    import django

    django.setup()
    apart(make_tables)


def make_tables():
    from django.core.management import call_command

    from tracker.loading import load_reference

    call_command("migrate", verbosity=0)
    load_reference()


@dataclass
class Arm:
    """A way to do the work: `run` does it; `proof` tells afterwards what was done, the same for every arm.

    `before` brings the data to where they begin (not timed). A `slow` arm runs once when FULL=1, else until
    it has taken PATIENCE seconds. An arm that does but a `share` of the work has its median reckoned for the
    whole: only for work that grows in a straight line, as a loop does.
    """

    name: str
    run: callable
    before: callable = lambda: None
    proof: callable = lambda: None
    slow: bool = False
    share: float = 1
    seconds: list = field(default_factory=list)
    proofs: list = field(default_factory=list)
    queries: int = 0
    memory: int | None = None

    @property
    def median(self):
        return statistics.median(self.seconds) / self.share


@contextmanager
def history_as_it_comes():
    """simple-history makes a class at each `record.history`; ours is made once (agreements/history.py): not stock."""
    from agreements.history import KeptHistoryManager

    ours = KeptHistoryManager.__dict__["from_queryset"]
    del KeptHistoryManager.from_queryset
    try:
        yield
    finally:
        KeptHistoryManager.from_queryset = ours


def measure(arms, rounds=ROUNDS):
    """Run `arms` in turn; returns {name: Arm}. Raises AssertionError where two did not do the same work.

    The fast arms run before and after the slow ones: what else the machine does in a minute of a slow arm is
    then met by the moments of the fast ones, too.
    """
    arms = wanted(arms)
    for number in range(rounds):
        slow = [arm for arm in arms if arm.slow and not (number and sum(arm.seconds) > PATIENCE)]
        fast = [arm for arm in arms if not arm.slow]
        for arm in [*fast, *slow, *(fast if slow else ())]:
            run_once(arm)
    proofs = {arm.name: arm.proofs for arm in arms}
    seen = {proof for one in proofs.values() for proof in one if proof is not None}
    assert len(seen) <= 1, f"the arms did not do the same work: {proofs}"
    return {arm.name: arm for arm in arms}


def wanted(arms):
    return [arm for arm in arms if not ONLY or arm.name in ONLY]


def measure_memory(arms, names=("ours",)):
    """Note in the arms of these `names` what memory they add; to be called before anything else has run."""
    for arm in wanted(arms):
        if arm.name in names:
            apart(arm.before)
            arm.memory = apart(grown_by, arm.run)


def run_once(arm):
    from django.db import connection

    count = 0

    def counted(execute, *arguments):
        nonlocal count
        count += 1
        return execute(*arguments)

    arm.before()
    gc.collect()
    with connection.execute_wrapper(counted):
        begun = time.perf_counter()
        arm.run()
        arm.seconds.append(time.perf_counter() - begun)
    arm.queries = count
    arm.proofs.append(arm.proof())


def apart(work, *arguments):
    """The result of `work` done in a fork of this process, whose own memory stays as it is."""
    from django.db import connections

    connections.close_all()
    gc.collect()
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.write(writer, pickle.dumps(work(*arguments)))
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            connections.close_all()
            os._exit(status)
    os.close(writer)
    with os.fdopen(reader, "rb") as answer:
        said = answer.read()
    _pid, status = os.waitpid(child, 0)
    assert status == 0, "the work in a process of its own failed"
    return pickle.loads(said)


def grown_by(run):
    """Bytes by which this process grows at its peak while it does `run`; None where that is not known.

    The kernel's high-water mark is set back first.
    """
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:  # not Linux, or not allowed
        return None
    begin = in_memory("VmRSS")
    run()
    return in_memory("VmHWM") - begin


def in_memory(mark):
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{mark}:"):
            return int(line.split()[1]) * 1024
    return 0


def fingerprint(rows):
    """A short text that is the same for the same rows in the same order."""
    digest = hashlib.sha256()
    for row in rows:
        digest.update(repr(row).encode())
    return digest.hexdigest()[:16]


RESULTS = []
"""(promise, what, figure, wanted, kept) of this process, in the order in which they were told."""


def tell(promise, what, figure, wanted="", kept=None):
    """Print one line of a promise, and keep it for the table of run.py."""
    verdict = {True: "kept", False: "NOT KEPT", None: "measured"}[kept]
    print(f"{promise} {what}: {figure}" + (f" (promise {wanted}, {verdict})" if wanted else ""), flush=True)
    RESULTS.append((promise, what, figure, wanted, verdict))


def tell_arms(promise, what, arms, rows):
    """One line an arm: seconds, rows a second, queries."""
    for arm in arms.values():
        grown = "" if arm.memory is None else f", +{arm.memory / MEBIBYTE:.0f} MB"
        grown += "" if arm.share == 1 else f", reckoned from {arm.share * rows:,.0f} rows"
        spread = f"{min(arm.seconds):.2f}–{max(arm.seconds):.2f} s in {len(arm.seconds)} rounds"
        figure = (
            f"{arm.median:.2f} s ({spread}), {rows / arm.median:,.0f} rows/s, {arm.queries} queries{grown}"
        )
        tell(promise, f"{what}, {arm.name}, {rows:,} rows", figure)


def tell_ratio(promise, what, arms, other, wanted):
    """How many times faster ours is than `other`; `wanted` is the promised ratio."""
    if "ours" not in arms or other not in arms:
        return
    ratio = arms[other].median / arms["ours"].median
    tell(promise, f"{what} against {other}", f"ratio {ratio:.1f}×", f"≥ {wanted:g}×", ratio >= wanted)


def tell_memory(promise, what, arms, wanted):
    """The memory that ours adds, at most `wanted` MB."""
    if "ours" not in arms or arms["ours"].memory is None:
        return
    grown = arms["ours"].memory / MEBIBYTE
    tell(promise, f"{what}, memory added", f"{grown:.0f} MB", f"≤ {wanted} MB", grown <= wanted)


def finish():
    """Hand the figures over to run.py, if it asked for them."""
    if path := os.environ.get("BENCHMARK_RESULTS"):
        with open(path, "ab") as file:
            pickle.dump(RESULTS, file)
