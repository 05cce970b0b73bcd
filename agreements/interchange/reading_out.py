"""How a column is read for many records at once: the values it needs, and how they make its cells.

Records come in chunks as columns of plain values, not as objects: what a cell of a flat file needs is joined in
by the database, and a column is made in one go.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from agreements import dates
from agreements.interchange.csv_out import number_text
from agreements.models import Agreement, Body, Commitment, Term
from agreements.models.name import OWNERS, Name
from agreements.models.record import Recorded
from agreements.resources.papers import PartyCell
from agreements.resources.promises import NumberedCell
from agreements.resources.records import RecordCell, WrittenCodes
from agreements.resources.values import (
    DateCell,
    DayCell,
    NumberCell,
    ReferenceCell,
    TermCell,
    YesNoCell,
)
from agreements.scope import own_office

PROMISES = {"agreement": Agreement, "commitment": Commitment}
ARM_COLUMNS = {"of", "record", "event", "to"}
"""Columns that say which kind of record the code beside them names."""
CODE_COLUMNS = {"code": False, "to_code": True}
"""Columns of such a code; whether it is that of a promise."""
YES_NO = {True: "yes", False: "no", None: ""}

shown_date = lru_cache(maxsize=10_000)(lambda text: dates.display(text or ""))


class Chunk:
    """Some records: their primary keys, the values of each path, the rows of their parts."""

    def __init__(self, paths, rows):
        self.values = dict(zip(paths, zip(*rows, strict=True), strict=True))
        self.pks, self.read = self.values["pk"], {}

    def part(self, part):
        """{primary key: rows} of a Part; read once for all columns that need it."""
        if part not in self.read:
            self.read[part] = part.rows(self.pks)
        return self.read[part]


@dataclass(frozen=True)
class Reader:
    """A column made from the values at `paths`; `make` turns them into a cell, None takes them as they are."""

    paths: tuple
    make: object = None

    def cells(self, chunk):
        columns = [chunk.values[path] for path in self.paths]
        return columns[0] if self.make is None else list(map(self.make, *columns))


class Blank:
    """A column that a table does not have."""

    paths = ()

    def cells(self, chunk):
        return [""] * len(chunk.pks)


class Codes:
    """What the codes of other tables need in order to be unmistakable; each table is asked once."""

    def __init__(self):
        self.written = cache(WrittenCodes)

    def record(self, model):
        """Maker of the code of a top record from its own and that of its office; "" behind the wall."""
        written, readable = self.written(model).written, readable_office()

        def make(code, office):
            return "" if code is None or readable not in (None, office) else written(office, code)

        return make

    def term(self, cell):
        """Maker of the code of a list entry from its key, list and code."""

        @cache
        def make(key, vocabulary, code):
            return "" if key is None else cell.render(Term(pk=key, vocabulary=vocabulary, code=code))

        return make


def readable_office():
    """The code of the one office whose records the reader of the page sees; None: any."""
    office = own_office()
    return (
        None
        if office is None
        else Body.objects.filter(pk=office).values_list("code", flat=True).first() or ""
    )


def value_paths(cell, path):
    """(paths, below the foreign key `path`, that the code of what it points to is made of)."""
    if isinstance(cell, TermCell):
        return f"{path}__pk", f"{path}__vocabulary", f"{path}__code"
    if isinstance(cell, RecordCell):
        return f"{path}__code", f"{path}__office__code"
    return (f"{path}__code",)


def code_maker(codes, cell):
    if isinstance(cell, TermCell):
        return codes.term(cell)
    return codes.record(cell.model) if isinstance(cell, RecordCell) else as_text


def as_text(value):
    return "" if value is None else str(value)


@lru_cache(maxsize=10_000)
def typed_date(text):
    """A date where the day is known and printed in the source; else the date as offices write it."""
    if len(text or "") == 10:
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    return shown_date(text)


def number_cell(value):
    return "" if value is None else str(value) if type(value) is int else number_text(value)


def field_of(model, name):
    """The concrete field or foreign key `name` of a model, or None."""
    return next((field for field in model._meta.concrete_fields if field.name == name), None)


def own_reader(resource, model, field, codes, typed):
    """The Reader of a column that is no list; TypeError where nothing says how it is read."""
    held = field_of(model, field.attribute)
    if held is None:
        return odd_reader(resource, model, field, codes, typed)
    cell, path = field.widget, field.attribute
    if isinstance(cell, ReferenceCell | RecordCell):
        return Reader(value_paths(cell, path), code_maker(codes, cell))
    if isinstance(cell, NumberedCell):
        return Reader((f"{path}__number",), None if typed else as_text)
    if held.is_relation:
        return Reader((f"{path}__body__code" if isinstance(cell, PartyCell) else f"{path}__code",), as_text)
    if isinstance(cell, DayCell):
        return Reader((path,), None if typed else cell.render)
    if isinstance(cell, DateCell):
        return Reader((path,), typed_date if typed else shown_date)
    if isinstance(cell, NumberCell):
        return Reader((path,), None if typed else number_cell)
    if isinstance(cell, YesNoCell):
        return Reader((path,), YES_NO.get)
    return Reader((path,), as_text if held.null else None)


def odd_reader(resource, model, field, codes, typed):
    """The Reader of a column that is no field of its table."""
    name = field.column_name
    if name in ARM_COLUMNS:
        return arm_reader(present_arms(resource, model, name == "to"))
    if name in CODE_COLUMNS:
        return arm_code_reader(present_arms(resource, model, CODE_COLUMNS[name]), codes)
    stem = field.attribute.removesuffix("_number")
    if field_of(model, stem) is not None:
        return Reader((f"{stem}__number",), None if typed else as_text)
    if field_of(resource.model, field.attribute) is not None:
        return Blank()
    raise TypeError(f"{resource.kind}: nothing says how the column {name!r} is read")


# Kinds of several tables, and rows that hang on one of several records ---------------------------------
def arms_of(resource):
    """{arm: model} of the records on which the rows of a kind hang; {} for kinds of one table."""
    if resource.model is Name:
        return {arm: Name._meta.get_field(arm).related_model for arm in OWNERS}
    return dict(getattr(resource, "arms", {}))


def present_arms(resource, model, promises):
    """The arms that `model` has."""
    arms = PROMISES if promises else arms_of(resource)
    return {arm: target for arm, target in arms.items() if field_of(model, arm) is not None}


def tables_of(resource):
    """The tables in which a kind is kept, in the order of its arms."""
    arms = arms_of(resource)
    candidates = [resource.model, *sisters(resource.model)]
    tables = [next(table for table in candidates if field_of(table, arm) is not None) for arm in arms]
    return list(dict.fromkeys(tables)) or [resource.model]


def sisters(model):
    """Tables of the same shape: they share an abstract model below that of all tables."""
    shapes = [base for base in model.__mro__ if base is not Recorded and issubclass(base, Recorded)]
    return [
        table
        for shape in shapes
        if shape._meta.abstract
        for table in shape.__subclasses__()
        if table is not model and not table._meta.abstract
    ]


def arm_reader(arms):
    """Which arm is set; a table of one arm says it in every row."""
    if len(arms) == 1:
        (only,) = arms
        return Reader(("pk",), lambda _pk: only)
    return Reader(tuple(f"{arm}_id" for arm in arms), lambda *keys: list(arms)[first_set(keys)])


def first_set(values):
    return next(place for place, value in enumerate(values) if value is not None)


def arm_code_reader(arms, codes):
    """The code of the record whose arm is set; a progress report is written commitment#number."""
    paths, makers = [], {}
    for arm, model in arms.items():
        below, maker = arm_code(arm, model, codes)
        makers[len(paths)] = (len(paths) + len(below), maker)
        paths += below

    def make(*values):
        start = next(start for start in makers if values[start] is not None)
        end, maker = makers[start]
        return maker(*values[start:end])

    return Reader(tuple(paths), make)


def arm_code(arm, model, codes):
    """(paths, maker) of the code of one arm."""
    if field_of(model, "number") is not None and field_of(model, "commitment") is not None:
        commitment = codes.record(Commitment)
        paths = (*value_paths(RecordCell(Commitment), f"{arm}__commitment"), f"{arm}__number")
        return paths, lambda code, office, number: f"{commitment(code, office)}#{number}"
    cell = TermCell(*Term.Vocabulary.values) if model is Term else RecordCell(model)
    if field_of(model, "office") is None and model is not Term:
        cell = ReferenceCell(model)
    return value_paths(cell, arm), code_maker(codes, cell)
