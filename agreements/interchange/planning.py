"""What a batch of files would change: every row planned, nothing written.

Sheets are read in the order of the register. Rows come in chunks: each chunk is read into records (`take`),
then checked (`finish`), with a few queries a chunk. A row that names a record further down waits until its
sheet is read to the end. The outcome of each row goes to a spool (see spool.py), from which pages show it and
from which it is written, so that what was shown is what is written.
"""

from itertools import islice
from uuid import uuid4

from agreements.interchange.entry import CHANGED, CONFLICT, NEW, REFUSED, UNCHANGED, Entry
from agreements.interchange.operations import as_written, written_ops
from agreements.interchange.questions import ARMS, Questions
from agreements.interchange.session import Session, restore
from agreements.interchange.table import Table
from agreements.models import Commitment, Name
from agreements.resources.directory import Directory
from agreements.resources.renewing import Withdrawals, bring_along

CHUNK = 1000
NAMED = (*ARMS.values(), Name)
"""Whose planned rows may be named in a cell."""


class Batch(Questions):
    """One import: its sheets, its view of the register, its outcome.

    `office` is whose records rows without an office are; `user` enters them; `answers` are what the officer
    said about the file (see questions.py); `spool` takes the outcome of each row; `progress(done)` is told
    how many rows are planned.
    """

    def __init__(self, spool, *, office=None, user=None, answers=None, progress=None):
        super().__init__(answers)
        self.spool, self.office, self.user = spool, office, user
        self.progress = progress or (lambda done: None)
        self.id = uuid4()
        self.session = Session(on_plan=self.learn)
        self.directories, self.kinds, self.done = {}, [], 0
        self.remembers = self.waiting = False
        self.marks = {}
        self.withdrawals, self.renewed = Withdrawals(self.session), {}

    # What cells ask --------------------------------------------------------------------------------
    def directory(self, model, conditions):
        """The one Directory of all columns that name rows of `model`."""
        key = (model, repr(sorted(conditions.items())))
        if key not in self.directories:
            found = self.directories[key] = Directory(model, conditions)
            for row in self.session.planned_rows(model):
                found.learn(row)
            for name in self.session.planned_rows(Name):
                found.learn_name(name)
        return self.directories[key]

    def learn(self, row):
        """A planned row may be named by the rows after it."""
        if not isinstance(row, NAMED):
            return
        for directory in self.directories.values():
            if isinstance(row, Name):
                directory.learn_name(row)
            else:
                directory.learn(row)

    def may_come(self, model):
        """Whether a row of `model` that nobody knows may stand further down in the sheet."""
        return not self.waiting and issubclass(self.kinds[-1].model._meta.concrete_model, model)

    def warn(self, entry, column, sentence):
        """Tell of something about a row that may be right, and stops nothing."""
        self.warn_at((self.kinds[-1].kind, entry.number), column, sentence)

    def warn_at(self, mark, column, sentence):
        """As `warn`, of a row by its (sheet, row number)."""
        kind = next(one for one in self.kinds if one.kind == mark[0])
        self.spool.warn(mark, kind.written.get(column, ""), str(sentence))

    def touch(self, what, row, entry):
        """Note that an entry touches `row`, which is checked together with others (see together.py)."""
        table = type(row)._meta.concrete_model
        self.marks.setdefault((what, table), {})[row.pk] = (self.kinds[-1].kind, entry.number)

    def touched(self, what, model):
        """{key: (sheet, row number)} of what `touch` noted; of several rows, the last."""
        return self.marks.get((what, model), {})

    # Planning ----------------------------------------------------------------------------------------
    def plan(self, sheets):
        """Plan all `sheets`: (kind class, name, rows, filter of rows or None) in reading order.

        `rows` is a list, or a function that gives a fresh iterator, of (number, cells).
        """
        sheets = list(sheets)
        self.remembers = len(sheets) > 1
        for place, (kind_class, name, rows, *wanted) in enumerate(sheets, 1):
            self.plan_sheet(kind_class(office=self.office), name, rows, *wanted)
            if not any(later.model is Commitment for later, *_rest in sheets[place:]):
                bring_along(self)  # parts of these commitments may stand in the sheets to come
        if self.remembers:
            self.check_together(self.kinds)
        self.close()

    def plan_sheet(self, kind, name, rows, wanted=None):
        """Plan one sheet; a fault of the sheet as a whole is told once and its rows are passed over.

        Where its page can ask about strange headings, the rows are planned without these columns meanwhile.
        """
        self.kinds.append(kind)
        self.sheet = self.spool.sheet(kind.kind, name)
        table = Table(kind, rows, self, wanted)
        if table.faults or (table.strange and not (self.spool.shown and table.read)):
            self.sheet.refuse(table.faults)
            return
        self.sheet.columns, self.sheet.read = table.written, table.read
        kind.open(self, table.read)
        self.keeps = self.remembers or kind.names_itself() or bool(kind.together())
        waiting, self.waiting = [], False
        for chunk in chunks(self.counted(table)):
            waiting += self.plan_chunk(kind, chunk)
            if not self.keeps:
                self.session.start()
            self.session.forget_read()
        self.waiting = True
        self.plan_chunk(kind, waiting)
        self.spool.made[kind.model._meta.label_lower] = kind.made()
        self.sheet.skipped = table.skipped
        if not self.remembers:
            self.check_together([kind])
            self.session.start()

    def counted(self, table):
        """The rows of a table as entries; tells the progress."""
        for number, cells, row, beyond in table:
            self.done += 1
            if self.done % CHUNK == 0:
                self.progress(self.done)
            entry = Entry(self, number, cells, row)
            if beyond:
                entry.fix(beyond)
            yield entry

    def plan_chunk(self, kind, entries):
        """Plan some rows; returns those that name a record further down."""
        fresh = [entry for entry in entries if entry.instance is None]
        for entry in fresh:
            kind.prepare(entry)
            entry.fixed += entry.faults
        kind.prefetch(entries)
        entries = [entry for entry in entries if not self.stands(kind, entry)]
        for entry in entries:
            self.session.ops = entry.ops
            entry.waits = False
            kind.take(entry)
        ready = [entry for entry in entries if not entry.waits]
        kind.prefetch_parts(ready)
        for entry in ready:
            self.session.ops = entry.ops
            kind.finish(entry)
            self.settle(kind, entry)
        return [entry for entry in entries if entry.waits]

    def stands(self, kind, entry):
        """Whether a row changes nothing; it is done with then."""
        if not kind.stands(entry):
            return False
        entry.state = UNCHANGED
        self.sheet.write(entry, [])
        return True

    def settle(self, kind, entry):
        """Decide the state of a row and hand it to the spool."""
        differences = kind.differences(entry)
        if entry.faults:
            entry.state = REFUSED
            self.session.undo(keep=entry.instance)
            if not entry.new:
                restore(entry.instance, entry.kept)
        elif entry.new:
            entry.state = NEW
        elif not (differences or entry.ops):
            entry.state = UNCHANGED
        elif kind.outdated(entry):
            entry.state = CONFLICT
            kind.describe(entry, differences)
            self.session.undo()
            restore(entry.instance, entry.kept)
        else:
            entry.state = CHANGED
            kind.describe(entry, differences)
            self.session.register(entry.instance)
        ops = []
        if entry.state in (NEW, CHANGED):
            ops = written_ops(entry, differences)
            kind.touch(entry)
        self.sheet.write(entry, ops)

    def check_together(self, kinds):
        """The rules over several rows: their faults come after the rows are told, and stop the batch."""
        headings = {kind.kind: kind for kind in kinds}
        for check in dict.fromkeys(check for kind in kinds if kind.session for check in kind.together()):
            for (sheet, number), column, sentence in check(self):
                heading = headings[sheet].heading(column) if column else ""
                self.spool.late_fault(sheet, number, heading, sentence)
        for check in dict.fromkeys(check for kind in kinds if kind.session for check in kind.looks()):
            for mark, column, sentence in check(self):
                self.warn_at(mark, column, sentence)

    def close(self):
        """The names that officers matched become names of what they chose; open questions are faults."""
        self.session.ops = []
        for name in self.new_names():
            self.session.add(name)
        self.spool.names = [as_written(*op) for op in self.session.take_ops()]
        for question in self.open_questions():
            self.spool.ask(question)
        self.spool.close(self)
        self.progress(self.done)


def chunks(entries):
    """Lists of at most CHUNK entries."""
    entries = iter(entries)
    while chunk := list(islice(entries, CHUNK)):
        yield chunk
