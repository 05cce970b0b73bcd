"""A register of its own in a folder of its own, on SQLite or PostgreSQL, thrown away at the end."""

import json
import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

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

        def ask(step, **sizes):
            command = [sys.executable, "-m", "tracker.torture.arena", step, json.dumps(sizes)]
            done = subprocess.run(
                command, cwd=ROOT, env=environment(folder, url), capture_output=True, text=True, check=False
            )
            if done.returncode:
                raise AssertionError(f"{step}: {done.stdout[-2000:]}\n{done.stderr[-6000:]}")
            return json.loads(done.stdout.splitlines()[-1])

        ask("prepare")
        yield ask
