"""Empty workbooks to be filled in: drop-down lists, a note at each column, an example, and a guide.

The example stands in a sheet of its own, so that it is never imported by mistake. Columns of dates are text:
a spreadsheet would make the first of a month out of “8/2022”, or turn day and month about.
"""

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from agreements.interchange.describing import columns_about, terms_of, title_of
from agreements.interchange.exporting import fields_out, headings_out, kind_of, width_of
from agreements.interchange.xlsx import ColumnOut, SheetOut
from agreements.resources.columns import ListColumn
from agreements.resources.values import TermCell, YesNoCell

LANGUAGE = "vi"
GUIDE_WIDTHS = (24, 60, 12, 60, 40)


def template_sheets(resource_class):
    """The sheets of a template for one kind: to be filled in, an example, the guide."""
    with override(LANGUAGE):
        filled_in = entry_sheet(resource_class)
        abouts = columns_about(resource_class)
        rows = list(zip(*(about.examples for about in abouts), strict=True))
        plain = [ColumnOut(column.heading, width=column.width) for column in filled_in.columns]
        return [
            filled_in,
            SheetOut(example_name(), plain, rows),
            SheetOut(guide_name(), guide_columns(), guide_rows(filled_in, abouts)),
        ]


def workbook_template(resource_classes):
    """A template for the whole register: a sheet for each kind in reading order, examples, one guide."""
    with override(LANGUAGE):
        kinds = [(entry_sheet(one), columns_about(one), title_of(one)) for one in resource_classes]
        width = max(len(sheet.columns) for sheet, _abouts, _title in kinds)
        columns = [ColumnOut(_("Sheet")), *(ColumnOut(str(number)) for number in range(1, width + 1))]
        examples = [row for sheet, abouts, _title in kinds for row in example_block(sheet, abouts, width)]
        guide = [
            [sheet.name, title, *row] for sheet, abouts, title in kinds for row in guide_rows(sheet, abouts)
        ]
        return [
            *(sheet for sheet, _abouts, _title in kinds),
            SheetOut(example_name(), columns, examples),
            SheetOut(
                guide_name(), [ColumnOut(_("Sheet")), ColumnOut(_("Kind"), width=24), *guide_columns()], guide
            ),
        ]


def example_name():
    """The sheet of examples; an import passes it over, as it does the guide."""
    with override(LANGUAGE):
        return _("Example")


def guide_name():
    with override(LANGUAGE):
        return _("Guide")


def entry_sheet(resource_class):
    """The sheet to be filled in."""
    resource = resource_class()
    fields = fields_out(resource)
    described = zip(fields, headings_out(resource, LANGUAGE), columns_about(resource_class), strict=True)
    return SheetOut(resource.kind, [entry_column(resource, *one) for one in described])


def entry_column(resource, field, heading, about):
    cell = field.widget.cell if isinstance(field, ListColumn) else field.widget
    choices = about.choices
    if isinstance(cell, YesNoCell):
        choices = (_("yes"), _("no"))
    elif isinstance(cell, TermCell):
        choices = terms_of(cell)
    width = max(width_of(resource, field), len(heading) + 4)
    return ColumnOut(
        heading, kind_of(field), min(width, 45), tuple(choices), about.note, several=about.several
    )


def example_block(sheet, abouts, width):
    """The headings of a kind and its example rows, as wide as the widest kind."""
    blank = [""] * (width - len(abouts))
    yield [sheet.name, *(column.heading for column in sheet.columns), *blank]
    for row in zip(*(about.examples for about in abouts), strict=True):
        yield ["", *row, *blank]


def guide_columns():
    headings = (_("Column"), _("Meaning"), _("Required"), _("How to write"), _("Example"))
    return [ColumnOut(heading, width=width) for heading, width in zip(headings, GUIDE_WIDTHS, strict=True)]


def guide_rows(sheet, abouts):
    for column, about in zip(sheet.columns, abouts, strict=True):
        meaning = " ".join(filter(None, [f"{capfirst(about.value)}.", about.meaning]))
        written = " ".join(filter(None, [about.how, ", ".join(about.choices)]))
        required = _("yes") if about.required else ""
        yield [column.heading, meaning, required, written, next(filter(None, about.examples), "")]
