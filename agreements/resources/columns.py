"""The columns of a file: one value of the record, or the whole list of what hangs on it under one heading."""

from django.utils.translation import gettext as _
from import_export.fields import Field
from import_export.widgets import ManyToManyWidget

from agreements.resources.joined import escaped, parted
from agreements.resources.values import Asked, Later, plain


def column(name, cell, attribute=None, label=None):
    """A column that fills one attribute of the record; `label` heads it for staff (default: the field's)."""
    field = Field(attribute=attribute or name, column_name=name, widget=cell, saves_null_values=True)
    field.label = label
    return field


class ListCell(ManyToManyWidget):
    r"""Several values in a cell, with “|” or a line break between (“\|” is a bar inside a value).

    “;” parts values too, but only where the whole cell is no known value.
    """

    def __init__(self, cell):
        self.cell = cell

    def clean(self, value, row=None, **kwargs):
        text = str(value or "")
        parts = [part.strip() for line in text.split("\n") for part in parted(line, "|")]
        if len(parts) == 1 and ";" in text:
            return self.parted(parts[0])
        if len(parts) == 1 and "," in text:
            return self.maybe_several(parts[0])
        return self.values(parts)

    def values(self, parts):
        """The values of the parts that hold more than blanks and what nobody sees, each once."""
        found = dict.fromkeys(self.cell.clean(part) for part in parts if plain(part))
        return list(found)

    def parted(self, text):
        """The values between semicolons, unless the whole is one value."""
        try:
            return [self.cell.clean(text)]
        except Later:
            raise  # whether the whole is one value is known when the file is read to its end
        except ValueError as whole:
            try:
                return self.values(text.split(";"))
            except ValueError as error:
                raise error from whole

    def maybe_several(self, text):
        """The values of a text with commas, which part nothing: a place may be named with what it lies in.

        Where each part is known by itself the question says so, and offers none of them for the whole.
        """
        try:
            return self.values([text])
        except Asked as whole:
            named = self.known(text.split(","))
            if len(named) < 2:
                raise
            sentence = _(
                "“%(text)s” is no known name, but its parts are: write “%(several)s” in the file if they are several,"
                " or say which one it is."
            ) % {"text": text, "several": "; ".join(named)}
            raise Asked(sentence, whole.about, whole.text) from whole

    def known(self, parts):
        """The parts, each once, if each of them names something; else none."""
        try:
            self.values(parts)
        except ValueError:
            return []
        return list(dict.fromkeys(map(plain, parts)))

    def render(self, value, obj=None, **kwargs):
        return "|".join(escaped(self.cell.render(one), "|") for one in value or ())

    def shown(self, values):
        """The values for a person."""
        return "; ".join(self.cell.shown(one) for one in values)


class ListColumn(Field):
    """A short column: it states the whole list of what hangs on the record under one heading.

    The list is kept as rows of a part of the record: `relation` leads to them, `related` are what comes with
    them, `keep` says which of them are meant; `value_of` and `new` convert between a row and its value.
    """

    relation, related, order = "", (), ("id",)

    def __init__(self, name, cell, label=None):
        super().__init__(attribute=name, column_name=name, widget=ListCell(cell))
        self.label = label

    def part(self, model):
        """(the table of the rows, its column that names the record)."""
        relation = model._meta.get_field(self.relation)
        return relation.related_model, relation.field.attname

    def keep(self, row):
        return True

    def plan(self, kind, instance, wanted):
        """Plan the rows that `wanted` lacks and take out those it does not name; whether anything changes.

        Rows that stay keep their detail. Raises ValueError with one sentence.
        """
        table, owner = self.part(kind.model)
        there, changed = set(), False
        for row in kind.session.rows(table, owner, instance.pk):
            if not self.keep(row):
                continue
            if (value := self.value_of(row)) in wanted:
                there.add(value)
            else:
                self.take_out(kind.session, row)
                changed = True
        for rank, value in enumerate(wanted, 1):
            if value not in there:
                kind.add_part(self.new(instance, value, rank))
                changed = True
        return changed

    def take_out(self, session, row):
        session.remove(row)

    def stands(self, kind, instance):
        """The values that stand there now."""
        table, owner = self.part(kind.model)
        rows = kind.session.rows(table, owner, instance.pk)
        return list(dict.fromkeys(self.value_of(row) for row in rows if self.keep(row)))


class PartList(ListColumn):
    """A list of rows of a part that the record owns."""


class PlainList(ListColumn):
    """An n:m field of the record: its rows are those of the table between."""

    def part(self, model):
        field = model._meta.get_field(self.attribute)
        through = field.remote_field.through
        self.other, self.owner = field.m2m_reverse_field_name(), field.m2m_field_name()
        self.related = (self.other,)
        self.through = through
        return through, through._meta.get_field(self.owner).attname

    def value_of(self, row):
        return getattr(row, self.other)

    def new(self, instance, value, rank):
        row = self.through()
        setattr(row, self.through._meta.get_field(self.owner).attname, instance.pk)
        setattr(row, self.other, value)
        return row


class RoleList(PartList):
    """The bodies (or people) that take one part; rows that stay keep their detail."""

    relation, related, order = "roles", ("body", "person"), ("rank", "id")

    def __init__(self, name, cell, role, arm="body", label=None):
        super().__init__(name, cell, label or role.label)
        self.role, self.arm = role, arm

    def keep(self, row):
        return row.role == self.role and getattr(row, f"{self.arm}_id") is not None

    def of_role(self, rows):
        """Those of `rows` that are of the role, also those that only a title or the other arm names."""
        return sorted((row for row in rows if row.role == self.role), key=lambda row: (row.rank, abs(row.pk)))

    def value_of(self, row):
        return getattr(row, self.arm)

    def new(self, instance, value, rank):
        owner = instance.roles.field.name
        return instance.roles.model(role=self.role, rank=rank, **{self.arm: value, owner: instance})
