"""Cuts of power, simulated: what SQLite wrote and synced under our settings, and what a disk may hold afterwards.

Every write and every sync of a run of saves is recorded by a layer between SQLite (of apsw) and the disk. A cut keeps
what was synced; of what was not, each write is kept, dropped or torn at a sector of 512 bytes, by chance. The files so
made are opened by the SQLite of the program. This shows what SQLite asks of the disk, not whether a disk that lies
about its syncs keeps it.
"""

import random
import sqlite3
import tempfile
from contextlib import closing, suppress
from pathlib import Path

import apsw
from django.conf import settings

SECTOR = 512
NAMES = ("register.sqlite3", "register.sqlite3-wal")


class Recorder(apsw.VFS):
    """The usual layer, whose files note in `log` what is done to them."""

    def __init__(self, log):
        self.log = log
        super().__init__("recorder", "")

    def xOpen(self, name, flags):
        return RecordedFile(self.log, name, flags)


class RecordedFile(apsw.VFSFile):
    def __init__(self, log, name, flags):
        self.log = log
        self.name = Path(name.filename() if isinstance(name, apsw.URIFilename) else name or "").name
        super().__init__("", name, flags)

    def xWrite(self, data, offset):
        self.log.append((self.name, "write", offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, size):
        self.log.append((self.name, "truncate", size, b""))
        super().xTruncate(size)

    def xSync(self, flags):
        super().xSync(flags)
        self.log.append((self.name, "sync", 0, b""))


def recorded(saves, synchronous):
    """What a run of so many saves does to its files; ("", "saved", number, b"") where one is acknowledged."""
    log, chance = [], random.Random(11)
    recorder = Recorder(log)
    options = settings.SQLITE["OPTIONS"]["init_command"].replace(
        "synchronous=FULL", f"synchronous={synchronous}"
    )
    with tempfile.TemporaryDirectory() as folder:
        connection = apsw.Connection(str(Path(folder) / NAMES[0]), vfs="recorder")
        # one process alone needs no memory that it shares with others
        connection.execute("PRAGMA locking_mode=EXCLUSIVE").fetchall()
        connection.execute(options).fetchall()  # else only the first of them would run
        connection.execute(
            "CREATE TABLE record (id INTEGER PRIMARY KEY, title TEXT); CREATE INDEX by ON record (title)"
        )
        connection.execute("CREATE TABLE history (record INTEGER, title TEXT)")
        for number in range(1, saves + 1):
            title = chance.randbytes(chance.randrange(20, 6000)).hex()
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO record VALUES (?, ?)", (number, title))
            connection.execute("INSERT INTO history VALUES (?, ?)", (number, title))
            connection.execute(
                "UPDATE record SET title = ? WHERE id = ?", (title[:9], chance.randrange(1, number + 1))
            )
            connection.execute("COMMIT")
            log.append(("", "saved", number, b""))
        whole = list(log)
        connection.close()
    recorder.unregister()
    return whole


def put(content, kind, offset, data):
    """Do one write or truncation to the content of a file."""
    if kind == "truncate":
        del content[offset:]
        return
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


def after_cut(synced, unsynced, chance):
    """The content of a file that a disk may hold after a cut."""
    content = bytearray(synced)
    for kind, offset, data in unsynced:
        fate = chance.choice(("kept", "dropped", "torn"))
        if fate == "torn" and kind == "write":
            data = data[: SECTOR * chance.randrange(len(data) // SECTOR + 1)]
        if fate != "dropped":
            put(content, kind, offset, data)
    return content


def power(times, synchronous="FULL", saves=400):
    """Cuts at random moments; {"cuts", "intact", "lost", "damaged"}: cuts after which an acknowledged save was gone."""
    log, chance = recorded(saves, synchronous), random.Random(5)
    begin = next(place for place, one in enumerate(log) if one[1] == "saved")
    moments = set(chance.sample(range(begin, len(log)), times))
    synced, unsynced = {name: bytearray() for name in NAMES}, {name: [] for name in NAMES}
    saved, seen = 0, {"cuts": times, "intact": 0, "lost": 0, "damaged": 0}
    for place, (name, kind, offset, data) in enumerate(log):
        if kind == "saved":
            saved = offset
        elif name in NAMES and kind == "sync":
            for one in unsynced[name]:
                put(synced[name], *one)
            unsynced[name].clear()
        elif name in NAMES:
            unsynced[name].append((kind, offset, data))
        if place in moments:
            seen[
                judged({name: after_cut(synced[name], unsynced[name], chance) for name in NAMES}, saved)
            ] += 1
    return seen


def judged(files, saved):
    """Whether a register with these files is "intact", "lost" acknowledged saves, or is "damaged"."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(Path(folder) / NAMES[0])) as connection:
            if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                return "damaged"
            if not connection.execute("SELECT name FROM sqlite_master").fetchall():
                return "lost"  # not even the tables were synced
            kept = [one for (one,) in connection.execute("SELECT id FROM record ORDER BY id")]
            told = [one for (one,) in connection.execute("SELECT record FROM history ORDER BY record")]
            whole = kept == told == list(range(1, len(told) + 1))
            return "damaged" if not whole else "intact" if len(told) >= saved else "lost"
    return "damaged"
