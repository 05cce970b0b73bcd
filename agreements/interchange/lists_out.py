"""Columns that state a whole list, or one thing of a list: the parts of many records are read in one query."""

from collections import defaultdict
from operator import itemgetter

from agreements.interchange.reading_out import (
    as_text,
    code_maker,
    field_of,
    number_cell,
    own_reader,
    value_paths,
)
from agreements.resources.columns import ListColumn, PlainList, RoleList
from agreements.resources.joined import escaped
from agreements.resources.papers import LinkList, SourceList
from agreements.resources.records import RecordCell
from agreements.resources.reference import OtherNames

OWN_TARGET = {"own_minimum": "minimum", "own_maximum": "maximum"}


class Part:
    """The rows of one relation, as plain values, for many records in one query; parted by the column `by`."""

    def __init__(self, table, owner, order, by=""):
        self.table, self.owner, self.order, self.by = table, owner, order, by
        self.paths = []

    def want(self, *paths):
        """What takes the values of `paths` (of one: its value) out of a row."""
        self.paths += [path for path in paths if path not in self.paths]
        return itemgetter(*(self.paths.index(path) for path in paths))

    def rows(self, pks):
        """{value of `by`: {primary key of the record: its rows}}."""
        rows = self.table._base_manager.filter(**within(self.owner, pks)).order_by(*self.order)
        found = defaultdict(lambda: defaultdict(list))
        for row in rows.values_list(*self.paths, self.by or self.owner, self.owner):
            found[row[-2] if self.by else ""][row[-1]].append(row)
        return found


class InstancePart(Part):
    """The rows of one relation as objects, for columns that say themselves what they take from a row."""

    def __init__(self, table, owner, order, related):
        super().__init__(table, owner, order)
        self.related = related

    def rows(self, pks):
        rows = self.table._base_manager.filter(**within(self.owner, pks))
        if len(self.related) == 1:  # only rows that have what is listed
            rows = rows.filter(**{f"{self.related[0].partition('__')[0]}__isnull": False})
        found = defaultdict(list)
        for row in rows.select_related(*self.related).order_by(*self.order):
            found[getattr(row, self.owner)].append(row)
        return {"": found}


def within(owner, pks):
    """The condition that the foreign key `owner` is one of `pks`; as a range where few others lie between."""
    first, last = min(pks), max(pks)
    if last - first < 2 * len(pks):
        return {f"{owner}__gte": first, f"{owner}__lte": last}
    return {f"{owner}__in": pks}


class Parts:
    """The parts that the columns of one export need, each once."""

    def __init__(self, model):
        self.model, self.made = model, {}

    def of(self, relation, order, by=""):
        """The Part behind a reverse relation of the model."""
        if (relation, order) not in self.made:
            behind = self.model._meta.get_field(relation)
            self.made[relation, order] = Part(behind.related_model, behind.field.attname, order, by)
        return self.made[relation, order]

    def instances(self, column):
        behind = self.model._meta.get_field(column.relation)
        key = (column.relation, tuple(column.related))
        if key not in self.made:
            owner = behind.field.attname
            self.made[key] = InstancePart(behind.related_model, owner, column.order, column.related)
        return self.made[key]

    def between(self, name):
        """(the Part of the table between two, the column of the other side) of the n:m field `name`."""
        field = self.model._meta.get_field(name)
        through, other = field.remote_field.through, field.m2m_reverse_field_name()
        owner = through._meta.get_field(field.m2m_field_name()).attname
        return Part(through, owner, (other, "pk")), other  # in the order of the other table


class PartReader:
    """A column made from those rows of `part` that are of the sort `kind`; `cell` makes it from the rows."""

    paths = ()

    def __init__(self, part, kind=""):
        self.part, self.kind = part, str(kind)

    def cells(self, chunk):
        found = chunk.part(self.part).get(self.kind, {})
        return [self.cell(found[pk]) if pk in found else "" for pk in chunk.pks]


class ListReader(PartReader):
    """A list: `take` gives the value of a row, `make` its text."""

    def __init__(self, part, kind, take, make):
        super().__init__(part, kind)
        self.take, self.make = take, make

    def cell(self, rows):
        values = dict.fromkeys(map(self.take, rows))
        return "|".join([escaped(self.make(one), "|") for one in values if one is not None])


class InstanceReader(PartReader):
    """A list of which only its column knows what stands in it."""

    def __init__(self, part, column):
        super().__init__(part)
        self.column = column

    def cell(self, rows):
        values = dict.fromkeys(self.column.value_of(row) for row in rows if self.column.keep(row))
        return self.column.widget.render(list(values))


class OwnTarget(PartReader):
    """`minimum` or `maximum` of the one target over the commitment's own period, for all sides together."""

    paths = ("period",)

    def __init__(self, part, name, typed):
        super().__init__(part)
        self.make = (lambda value: value) if typed else number_cell
        self.own, self.value = part.want("period", "obligor_id", "counterpart_id"), part.want(name)

    def cells(self, chunk):
        found = chunk.part(self.part).get("", {})
        own = zip(chunk.pks, chunk.values["period"], strict=True)
        return [self.cell(found[pk], period) if pk in found else "" for pk, period in own]

    def cell(self, rows, period):
        own = (row for row in rows if self.own(row) == (period, None, None))
        return next((self.make(self.value(row)) for row in own), "")


class FirstTitle(PartReader):
    """The title of the first who takes a part: the first that is named, else the first known by title."""

    def __init__(self, part, kind):
        super().__init__(part, kind)
        self.person, self.title = part.want("person_id"), part.want("title")

    def cell(self, rows):
        return self.title(next((row for row in rows if self.person(row) is not None), rows[0]))


def reader_of(resource, parts, field, codes, typed):
    """The reader of any column."""
    if isinstance(field, PlainList):
        return plain_list(parts, field, codes)
    if isinstance(field, RoleList):
        return role_list(parts, field)
    if isinstance(field, LinkList):
        return record_list(parts, field, codes, "kind", field.kind, "other")
    if isinstance(field, SourceList):
        return record_list(parts, field, codes, "role", "source", "document", "locator")
    if isinstance(field, OtherNames):
        part = parts.of(field.relation, field.order)
        return ListReader(part, "", part.want("text"), as_text)
    if isinstance(field, ListColumn):
        return InstanceReader(parts.instances(field), field)
    if field.attribute in OWN_TARGET:
        return OwnTarget(parts.of("targets", ("period_first", "id")), OWN_TARGET[field.attribute], typed)
    column = resource.fields.get(field.attribute.removesuffix("_title"))
    if isinstance(column, RoleList) and field_of(parts.model, field.attribute) is None:
        return FirstTitle(parts.of(column.relation, column.order, by="role"), column.role)
    return own_reader(resource, parts.model, field, codes, typed)


def plain_list(parts, field, codes):
    """An n:m list."""
    part, other = parts.between(field.attribute)
    cell = field.widget.cell
    make, paths = code_maker(codes, cell), value_paths(cell, other)
    return ListReader(part, "", part.want(*paths), make if len(paths) == 1 else lambda values: make(*values))


def role_list(parts, field):
    """Those who take one part."""
    part = parts.of(field.relation, field.order, by="role")
    return ListReader(part, field.role, part.want(f"{field.arm}__code"), as_text)


def record_list(parts, field, codes, by, kind, path, *locator):
    """Top records to which rows of one sort point; with a place in them, written RECORD:place."""
    part, cell = parts.of(field.relation, field.order, by), RecordCell(field.widget.cell.model)
    code_of = code_maker(codes, cell)

    def make(values):
        code, office, *place = values
        if not locator:
            return code_of(code, office)
        return ":".join([escaped(code_of(code, office), ":"), *filter(None, place)])

    return ListReader(part, kind, part.want(*value_paths(cell, path), *locator), make)
