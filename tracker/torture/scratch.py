"""A register of its own in a folder of its own, on SQLite or PostgreSQL, thrown away at the end."""

import json
import os
import re
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

STATUS = re.compile(r"-?\d+\n")
"""The line with which arena.py ends a step."""
ROOT = Path(__file__).resolve().parent.parent.parent
SERVER = os.environ.get("POSTGRES_SERVER", "postgres://postgres@127.0.0.1:5432")


def environment(folder, url=""):
    """The variables under which a process works on the register in `folder` (or at `url`)."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DATA_DIR")}
    own = {
        "DATA_DIR": str(folder), "SECRET_KEY": "for-tests-only-" + "x" * 40, "PLAIN_STATIC_FILES": "on",
        "DJANGO_SETTINGS_MODULE": "tracker.settings", "ALLOWED_HOSTS": "testserver",
    }  # fmt: skip
    return {**kept, **own, **({"DATABASE_URL": url} if url else {})}


def connected():
    """A connection to the server of PostgreSQL."""
    import psycopg

    return psycopg.connect(f"{SERVER}/postgres", autocommit=True, connect_timeout=3)


def answers():
    """Whether a server of PostgreSQL answers."""
    import psycopg

    try:
        connected().close()
    except psycopg.OperationalError:
        return False
    return True


@contextmanager
def postgres(of=""):
    """The address of a new, empty database, `of` a part of its name."""
    server = connected()
    name = f"torture_{os.getpid()}_{of}"
    server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    server.execute(f'CREATE DATABASE "{name}"')
    try:
        yield f"{SERVER}/{name}"
    finally:
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        server.close()


@contextmanager
def register(url=""):
    """A filled register; yields `ask(step, **sizes)`, which runs a step of arena.py on it and gives its figures."""
    with tempfile.TemporaryDirectory(prefix="torture-", ignore_cleanup_errors=True) as folder:
        (Path(folder) / "static").mkdir()

        with arena(folder, url) as ask:
            ask("prepare")
            yield ask


@contextmanager
def arena(folder, url):
    """A process of arena.py that stands ready for steps; yields `ask`."""
    errors = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - closed below
    command = [sys.executable, "-m", "tracker.torture.arena"]
    ready = subprocess.Popen(
        command, cwd=ROOT, env=environment(folder, url), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=errors, text=True,
    )  # fmt: skip

    def ask(step, **sizes):
        told_before = errors.seek(0, os.SEEK_END)
        ready.stdin.write(json.dumps([step, sizes]) + "\n")
        ready.stdin.flush()
        printed = []
        while (line := ready.stdout.readline()) and not STATUS.fullmatch(line):
            printed.append(line)
        if line != "0\n":
            errors.seek(told_before)
            raise AssertionError(f"{step}: {''.join(printed)[-2000:]}\n{errors.read()[-6000:]}")
        return json.loads(printed[-1])

    try:
        yield ask
    finally:
        ready.stdin.close()
        ready.wait()
        ready.stdout.close()
        errors.close()
