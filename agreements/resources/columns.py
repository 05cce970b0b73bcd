"""The columns of a file: one value of the record, or the whole list of what hangs on it under one heading."""

import re

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Prefetch, ProtectedError
from django.utils.translation import gettext as _
from import_export.fields import Field
from import_export.widgets import ManyToManyWidget

BAR = re.compile(r"(?<!\\)\|")


def column(name, cell, attribute=None, label=None):
    """A column that fills one attribute of the record; `label` heads it for staff (default: the field's)."""
    field = Field(attribute=attribute or name, column_name=name, widget=cell, saves_null_values=True)
    field.label = label
    return field


class ListCell(ManyToManyWidget):
    r"""Several values in a cell, with “|” between (“\|” is a bar inside a value)."""

    def __init__(self, cell):
        self.cell = cell

    def clean(self, value, row=None, **kwargs):
        parts = [part.replace("\\|", "|").strip() for part in BAR.split(str(value or ""))]
        return list(dict.fromkeys(self.cell.clean(part, row=row) for part in parts if part))

    def render(self, value, obj=None, **kwargs):
        return "|".join(self.cell.render(one).replace("|", "\\|") for one in value or ())


class ListColumn(Field):
    """A short column: it states the whole list of what hangs on the record under one heading.

    Sub-classes say what stands there now (`current`, a list of values) and write it anew (`write`).
    """

    def __init__(self, name, cell, label=None):
        super().__init__(attribute=name, column_name=name, widget=ListCell(cell))
        self.label = label

    def get_value(self, instance):
        return self.current(instance) if instance is not None and instance.pk else []

    def differs(self, instance, row):
        """Whether the row states another list than stands there."""
        return set(self.clean(row)) != set(self.get_value(instance))

    def save(self, instance, row, is_m2m=False, **kwargs):
        if self.column_name in row:
            self.write(instance, self.clean(row))

    def write_rows(self, rows, wanted, value_of, new):
        """Keep the `rows` whose `value_of` is wanted, take out the others, make what lacks with `new`."""
        there = {}
        for row in list(rows):
            if value_of(row) in wanted:
                there[value_of(row)] = row
            else:
                self.take_out(row)
        for rank, value in enumerate(wanted, 1):
            if value not in there:
                row = new(value, rank)
                row.full_clean()
                row.save()

    def take_out(self, row):
        try:
            row.delete()
        except ProtectedError as error:
            raise ValidationError(
                _("“%(row)s” cannot be left out here: something else refers to it.") % {"row": row}
            ) from error


class PlainList(ListColumn):
    """An n:m field of the record."""

    def current(self, instance):
        return list(getattr(instance, self.attribute).all())

    def write(self, instance, values):
        getattr(instance, self.attribute).set(values)


class PartList(ListColumn):
    """A list kept as rows of a part of the record.

    `relation` leads to the rows, `related` are what comes with them, `keep` says which of them are meant;
    `value_of` and `new` convert between a row and its value.
    """

    relation, related, order = "", (), ("id",)

    def rows(self, instance):
        """The rows meant."""
        return [row for row in self.all_rows(instance) if self.keep(row)]

    def all_rows(self, instance):
        """Every row of the relation; an export has them at hand (`prefetch`)."""
        written = getattr(instance, f"{self.relation}_written", None)
        if written is None:
            written = getattr(instance, self.relation).select_related(*self.related).order_by(*self.order)
        return written

    def prefetch(self, model):
        """How all rows of many records are read in one query."""
        table = model._meta.get_field(self.relation).related_model._base_manager
        rows = table.select_related(*self.related).order_by(*self.order)
        return Prefetch(self.relation, queryset=rows, to_attr=f"{self.relation}_written")

    def keep(self, row):
        return True

    def current(self, instance):
        return list(dict.fromkeys(self.value_of(row) for row in self.rows(instance)))

    def write(self, instance, values):
        self.write_rows(
            self.rows(instance), values, self.value_of, lambda value, rank: self.new(instance, value, rank)
        )


class RoleList(PartList):
    """The bodies (or people) that take one part; rows that stay keep their detail."""

    relation, related, order = "roles", ("body", "person"), ("rank", "id")

    def __init__(self, name, cell, role, arm="body", label=None):
        super().__init__(name, cell, label or role.label)
        self.role, self.arm = role, arm

    def keep(self, row):
        return row.role == self.role and self.value_of(row) is not None

    def of_role(self, instance):
        """Every row of the role, also those that only a title or the other arm names."""
        return [row for row in self.all_rows(instance) if row.role == self.role]

    def value_of(self, row):
        return getattr(row, self.arm)

    def new(self, instance, value, rank):
        owner = instance.roles.field.name
        return instance.roles.model(role=self.role, rank=rank, **{self.arm: value, owner: instance})


def under_column(error, name):
    """A ValidationError of a part, told under the short column `name` of its record."""
    return ValidationError({name: error.messages}) if name != NON_FIELD_ERRORS else error
