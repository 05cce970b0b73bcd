"""Cells such as “hơn 5 tỷ đồng” or “15.000 chiếc”: qualifier and unit go to their own columns."""

from django.utils.translation import gettext as _

from agreements import numbers
from agreements.resources.values import NumberCell, plain


def spread_measure(row, resource, number, qualifier, unit=None):
    """Write the number alone into row[number], what was said around it into row[qualifier] and row[unit].

    `unit` None: the file has no column for it, so a unit in the cell is left there to be refused. What
    another cell of the row says already must agree; raises ValueError with one sentence.
    """
    text = plain(row.get(number))
    try:
        read = numbers.parse(text) if text else None
    except numbers.NumberError:  # told under its column
        return
    if read is None or (read.qualifier == "exactly" and not read.unit_text):
        return
    if read.unit_text and unit is None:
        return
    if read.qualifier != "exactly":
        row[qualifier] = agreed(text, read.qualifier, row.get(qualifier), resource.fields[qualifier].widget)
    if read.unit_text:
        row[unit] = agreed(text, read.unit_text, row.get(unit), resource.fields[unit].widget)
    row[number] = NumberCell().render(read.value)


def agreed(text, found, stated, cell):
    """`found`, unless the row states something else."""
    if plain(stated) and cell.clean(stated) != cell.clean(found):
        raise ValueError(
            _("“%(text)s” and “%(stated)s” contradict each other: correct one of them.")
            % {"text": text, "stated": stated}
        )
    return found
