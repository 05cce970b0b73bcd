"""Codes and numbers that the product makes for rows without one: free in the register and in the whole file.

A code that the file itself names may stand in its last row, so no row gets one before its sheet is read to the
end. Till then a row knows only its place among those without a code (`Running.lack`); where counting begins
(`Running.starts`) is spooled behind the rows, and `fill` puts both together whenever a spooled row is read.
"""

from collections import Counter
from types import SimpleNamespace

from django.apps import apps

from agreements.interchange.operations import columns


class Running:
    """Running numbers by group, which is the key of an office or of a commitment."""

    def __init__(self):
        self.highest, self.lacking = {}, Counter()

    def meet(self, group, number):
        """A row of the file bears this number itself."""
        if number > self.highest.get(group, 0):
            self.highest[group] = number

    def lack(self, group):
        """(group, place) of a row without a number, to be kept with the row."""
        self.lacking[group] += 1
        return group, self.lacking[group]

    def starts(self, stored):
        """{group: number behind which counting begins}; `stored(groups)` are the highest numbers in the register."""
        held = stored(self.lacking)
        return {group: max(held.get(group, 0), self.highest.get(group, 0)) for group in self.lacking}


def fill(line, made):
    """A spooled row with the code or number that was made for its record, if it lacked one.

    `made` is {table: [column, {group: where counting begins, or the text itself}]}.
    """
    if "k" not in line:
        return line
    group, place = line["k"]
    _sign, label, _key, values = line["o"][0]
    column, starts = made[label]
    model = apps.get_model(label)
    field, start = model._meta.get_field(column), starts[str(group)]
    numbered = getattr(field, "numbered", int)
    held = dict(zip(columns(model), values, strict=True))
    held[column] = start if type(start) is str else numbered(start + place)
    for derived in model.derived_fields():  # the code is searched for too
        if column in derived.sources():
            held[derived.attname] = derived.derived(SimpleNamespace(**held))
    values[:] = held.values()
    return line
