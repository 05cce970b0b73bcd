"""Two officers changed one record: what of both stands together, and what somebody must choose.

Pure Python over the states of `seen.py` and what was typed; nothing here knows a database.
"""

from dataclasses import dataclass, field

from agreements.admin.seen import UNKNOWN, plain

CHOICE = "_choice."
MOST = 2000
"""Rows of one kind of part in one form; Django takes no more either."""
INITIAL, TOTAL = "INITIAL_FORMS", "TOTAL_FORMS"
WHOLE = "DELETE"
"""The tick that takes a row out, in its own place of a choice."""
ADDED, REMOVED = ["+"], ["-"]
"""What the other did with a row as a whole."""


@dataclass(frozen=True)
class Clash:
    """One value that both changed: `name` as the form sends it."""

    name: str
    column: str
    before: list
    theirs: list
    mine: list
    prefix: str = ""
    key: str = ""


@dataclass
class Merge:
    """`typed` (a mutable QueryDict) and `files` against what was `seen` and what is `now`.

    `blanks`: the values of a new row, by the prefix of its parts; under "" the names of columns that hold files. Then
    `typed` holds both changes, with one's own values in what clashes; `clashes` must be chosen; `taken` is what came
    from the other; `stops` says whether the officer must look at it before it is saved.
    """

    typed: object
    files: object
    seen: dict
    now: dict
    blanks: dict
    clashes: list = field(default_factory=list)
    taken: list = field(default_factory=list)
    stops: bool = False

    def run(self):
        for name, theirs in self.now["main"].items():
            before = self.seen["main"].get(name, theirs)
            mine = self.mine(name, before)
            if before == theirs or mine == theirs:
                continue
            if mine == before:
                self.put(name, theirs)
                self.taken.append(Clash(name, name, before, theirs, mine))
            else:
                self.clashes.append(Clash(name, name, before, theirs, mine))
        for prefix, rows in self.now["parts"].items():
            if self.seen["parts"].get(prefix, rows) != rows:
                Rows(self, prefix).run()
        self.stops = self.stops or bool(self.clashes)
        return self

    def mine(self, name, before):
        """What was typed into a field; of a file, whether another was chosen."""
        if name in self.files:
            return [self.files[name].name]
        if f"{name}-clear" in self.typed:
            return []
        if self.is_file(name):
            return self.now["main"][name] if before == UNKNOWN else before
        return plain(self.typed.getlist(name))

    def is_file(self, name):
        return name in self.blanks.get("", ())

    def put(self, name, values):
        if not self.is_file(name):
            self.typed.setlist(name, values)


class Rows:
    """The rows of one kind of part."""

    def __init__(self, merge, prefix):
        self.merge, self.prefix = merge, prefix
        self.seen, self.now = merge.seen["parts"][prefix], merge.now["parts"][prefix]
        self.blank = merge.blanks.get(prefix, {})
        rows = [self.posted(number) for number in range(self.number(TOTAL))]
        self.old = {row["id"][0]: row for row in rows if row.get("id")}
        self.new = [row for row in rows if not row.get("id") and self.is_filled(row)]

    def number(self, name):
        text = self.merge.typed.get(f"{self.prefix}-{name}", "0")
        return min(int(text), MOST) if text.isdecimal() and len(text) < 9 else 0

    def posted(self, number):
        """What was typed into the row of this number, by column."""
        start = f"{self.prefix}-{number}-"
        names = [name for name in self.merge.typed if name.startswith(start)]
        row = {name.removeprefix(start): plain(self.merge.typed.getlist(name)) for name in names}
        return {**row, "id": row.get("id", [])}

    def is_filled(self, row):
        return any(plain(row.get(name, [])) != blank for name, blank in self.blank.items())

    def is_touched(self, key):
        """Whether the officer changed a row that the page showed."""
        row = self.old.get(key)
        if row is None or key not in self.seen:
            return False
        changed = any(row.get(name, []) != before for name, before in self.seen[key].items())
        return bool(row.get(WHOLE)) or changed

    def run(self):
        """Write the rows anew: theirs as they are, and what was typed in its place."""
        if self.new or any(map(self.is_touched, self.old)):
            self.merge.stops = True
        rows = [self.merged(number, key) for number, key in enumerate(self.now)]
        lost = [key for key in self.seen if key not in self.now]
        for key in lost:
            self.removed(key, rows)
        self.write([*rows, *self.new], len(self.now))

    def clash(self, number, key, name, values):
        before, theirs, mine = values
        written = f"{self.prefix}-{number}-{name}"
        return Clash(written, name, before, theirs, mine, self.prefix, key)

    def merged(self, number, key):
        """The row `key` with the changes of both."""
        theirs, before, row = self.now[key], self.seen.get(key), self.old.get(key)
        if before is None or row is None:
            self.merge.taken.append(self.clash(number, key, "", ([], ADDED, [])))
            return {"id": [key], **theirs}
        made = {**row}
        for name, value in theirs.items():
            old, mine = before.get(name, value), row.get(name, [])
            if old == value or mine == value:
                continue
            if mine == old:
                made[name] = value
            found = self.merge.taken if mine == old else self.merge.clashes
            found.append(self.clash(number, key, name, (old, value, mine)))
        if row.get(WHOLE) and theirs != before:
            self.merge.clashes.append(self.clash(number, key, WHOLE, ([], [], ["on"])))
        return made

    def removed(self, key, rows):
        """A row that the other took out: gone, unless it was changed here; then it is a new row, to be chosen."""
        if self.is_touched(key) and not self.old[key].get(WHOLE):
            number = len(self.now) + len(self.new)
            self.new.append({**self.old[key], "id": []})
            self.merge.clashes.append(self.clash(number, key, WHOLE, ([], ["on"], [])))
        else:
            self.merge.taken.append(self.clash(0, key, "", ([], REMOVED, [])))

    def write(self, rows, initial):
        typed = self.merge.typed
        for name in [name for name in typed if is_of_row(name, self.prefix)]:
            del typed[name]
        for number, row in enumerate(rows):
            for name, values in row.items():
                if values:
                    typed.setlist(f"{self.prefix}-{number}-{name}", values)
        typed[f"{self.prefix}-{INITIAL}"], typed[f"{self.prefix}-{TOTAL}"] = initial, len(rows)


def changes(seen, now):
    """What differs between two states, as Clashes that nobody has to choose."""
    found = []
    for name, theirs in now["main"].items():
        before = seen["main"].get(name, theirs)
        if before != theirs:
            found.append(Clash(name, name, before, theirs, before))
    for prefix, rows in now["parts"].items():
        old = seen["parts"].get(prefix, rows)
        found += [Clash("", "", [], ADDED, [], prefix, key) for key in rows if key not in old]
        found += [Clash("", "", [], REMOVED, [], prefix, key) for key in old if key not in rows]
        for key in rows.keys() & old.keys():
            for name, theirs in rows[key].items():
                before = old[key].get(name, theirs)
                if before != theirs:
                    found.append(Clash("", name, before, theirs, before, prefix, key))
    return found


def is_of_row(name, prefix):
    """Whether `name` is that of a column of a numbered row under `prefix`."""
    rest = name.removeprefix(f"{prefix}-")
    return rest != name and rest.partition("-")[0].isdecimal()


def choose(typed, files, seen, asked):
    """Put the values that were chosen into `typed`; returns the names in `asked` that nobody has answered.

    "theirs" takes the value of `seen`: the state on which the choice was offered.
    """
    left = []
    for name in asked:
        answer = typed.get(f"{CHOICE}{name}")
        if answer == "theirs":
            take_theirs(typed, files, seen, name)
        elif answer != "mine":
            left.append(name)
    return left


def take_theirs(typed, files, seen, name):
    files.pop(name, None)
    typed.pop(f"{name}-clear", None)
    if name in seen["main"]:
        typed.setlist(name, seen["main"][name])
        return
    row, _dash, column = name.rpartition("-")
    key = typed.get(f"{row}-id", "")
    if column == WHOLE:  # a row that they took out goes; one that they changed stays
        typed.setlist(name, [] if key else ["on"])
        return
    prefix = row.rpartition("-")[0]
    typed.setlist(name, seen["parts"].get(prefix, {}).get(key, {}).get(column, []))
