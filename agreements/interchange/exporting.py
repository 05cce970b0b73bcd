"""The rows of any kind, for CSV and workbooks: fast, with flat memory, in the order that was asked for.

Cell for cell what `Resource.export` gives; but records are read as plain values in chunks, references by
joins, lists by one query a relation and chunk, whatever the number of records.
"""

from itertools import chain, islice

from django.db.models import QuerySet, TextField
from django.utils.text import capfirst
from django.utils.translation import override

from agreements import names
from agreements.interchange.lists_out import Parts, reader_of
from agreements.interchange.reading_out import Chunk, Codes, field_of, present_arms, tables_of
from agreements.interchange.xlsx import ColumnOut, SheetOut
from agreements.models.record import counted_with
from agreements.models.role import Role
from agreements.resources.columns import ListColumn
from agreements.resources.promises import NumberedCell
from agreements.resources.values import LANGUAGES, DateCell, NumberCell, YesNoCell, guarded

CHUNK = 2_000
KEYS = "key"
LAST = "version"
"""This column stands behind all others: it is for the machine."""
WIDTHS = {"number": 12, "date": 13, "yesno": 10, "text": 22}
WIDE = 45


def rows_out(resource_class, queryset=None, *, office=None, headers=KEYS, typed=False):
    """(headings, iterator of rows) of a kind; nothing is read before the first row is asked for.

    `queryset` keeps its filters and order; None is the whole kind, table after table. `headers` is "vi", "en"
    or "key". `typed`: numbers and certain days as such, for a workbook, where no text runs as a formula; else
    every cell is text, not yet guarded (`csv_chunks` does that).
    """
    resource = resource_class(office=office)
    return headings_out(resource, headers), rows_of(resource, queryset, typed)


def sheet_out(resource_class, queryset=None, *, office=None, headers="vi", name=""):
    """A kind as a SheetOut, named `name` (default: the kind)."""
    headings, rows = rows_out(resource_class, queryset, office=office, headers=headers, typed=True)
    resource = resource_class(office=office)
    fields = zip(headings, fields_out(resource), strict=True)
    columns = [ColumnOut(heading, kind_of(field), width_of(resource, field)) for heading, field in fields]
    return SheetOut(name or resource.kind, columns, rows)


def fields_out(resource):
    """The columns in the order of the file."""
    fields = resource.get_export_fields()
    return sorted(fields, key=lambda field: field.column_name == LAST)


def headings_out(resource, headers):
    """Headings that are unique and are read back: a label that two columns bear gives way to their keys."""
    fields = fields_out(resource)
    if headers == KEYS:
        return [field.column_name for field in fields]
    if headers not in LANGUAGES:
        raise ValueError(f"headers {headers!r} are none of {(*LANGUAGES, KEYS)!r}")
    with override(headers):
        labels = [capfirst(str(resource.label(field))) for field in fields]
    return [
        label if resource.headings.get(names.key(label)) == field.column_name else field.column_name
        for label, field in zip(labels, fields, strict=True)
    ]


def rows_of(resource, queryset, typed):
    if queryset is None:
        queryset = whole_kind(resource)
    querysets = map(kept, [queryset] if isinstance(queryset, QuerySet) else queryset)
    return chain.from_iterable(Plan(resource, one.model, typed).rows(one) for one in querysets)


def kept(queryset):
    """Without what is withdrawn and its parts: whatever is given out passes here."""
    if queryset.query.is_sliced:
        among = list(queryset.values_list("pk", flat=True))
        queryset = queryset.all()
        queryset.query.clear_limits()  # Django filters no slice; its order stays
        queryset = queryset.filter(pk__in=among)
    return queryset.filter(counted_with(queryset.model))


def whole_kind(resource):
    """Every record of a kind, a QuerySet for each of its tables."""
    tables = tables_of(resource)
    if len(tables) == 1:
        return resource.get_queryset()
    return [table.objects.order_by(*order_of(resource, table)) for table in tables]


def order_of(resource, table):
    if not issubclass(table, Role):
        return ("id",)
    (arm,) = present_arms(resource, table, promises=False)
    return (f"{arm}__code", "role", "rank", "id")


class Plan:
    """How one table of a kind is read: a reader for each column, and the paths they need together."""

    def __init__(self, resource, model, typed):
        codes, parts = Codes(), Parts(model)
        fields = fields_out(resource)
        self.readers = [reader_of(resource, parts, field, codes, typed) for field in fields]
        self.typed = typed
        self.listed = any(isinstance(field, ListColumn) for field in fields)
        every = chain(["pk"], *(reader.paths for reader in self.readers))
        self.paths = list(dict.fromkeys(every))

    def rows(self, queryset):
        """Rows of cells; on PostgreSQL the database keeps the result and hands it out in pieces."""
        if self.listed and not (queryset.query.order_by or queryset.query.is_sliced):
            queryset = queryset.order_by("pk")  # as the library does, because it reads lists page by page
        values = queryset.prefetch_related(None).values_list(*self.paths).iterator(chunk_size=CHUNK)
        while block := list(islice(values, CHUNK)):
            chunk = Chunk(self.paths, block)
            columns = [reader.cells(chunk) for reader in self.readers]
            if self.typed:
                columns = map(kept_on_import, columns)
            yield from map(list, zip(*columns, strict=True))


def kept_on_import(column):
    """The cells of a column so that an import, which takes the apostrophe off “'=1”, gives back the same."""
    return [guarded(cell) if type(cell) is str and cell[:1] == "'" else cell for cell in column]


def kind_of(field):
    """The kind of the cells of a column in a workbook."""
    cell = field.widget
    if isinstance(cell, NumberCell | NumberedCell):
        return "number"
    if isinstance(cell, DateCell):
        return "date"
    return "yesno" if isinstance(cell, YesNoCell) else "text"


def width_of(resource, field):
    """Characters; what holds long text or lists is wider."""
    held = field_of(resource.model, field.attribute)
    wide = (
        isinstance(field, ListColumn) or isinstance(held, TextField) or getattr(held, "max_length", 0) == 500
    )
    return WIDE if wide else WIDTHS[kind_of(field)]
