"""Questions with choices of their own beside the filters of lists, and addresses that ask the same again."""

from dataclasses import replace
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from tracker.reports.addresses import of_report
from tracker.reports.figures import CERTAINTIES
from tracker.reports.questions import ON_PAGE, said
from tracker.reports.table import Cell, Dated, Sheet

NOT_ASKED = ("format", "all", "csrfmiddlewaretoken")


def again(slug, asked, **changes):
    """The address of the report `slug` that asks as `asked` does but for `changes` (None: not asked)."""
    kept = {name: value for name, value in asked.items() if value and name not in NOT_ASKED}
    kept |= {name: str(value) for name, value in changes.items() if value is not None}
    kept = {name: value for name, value in kept.items() if changes.get(name, "") is not None}
    return f"{of_report(slug)}?{urlencode(kept)}"


def opened(value, address, here=""):
    """A Dated whose parts open the rows of their certainty, `address(certainty)`; another value as it is.

    `here`: where rows of any certainty stand, which is enough where the value has one part alone.
    """
    if not isinstance(value, Dated):
        return value
    several = sum(getattr(value, sort) is not None for sort in CERTAINTIES) > 1
    return replace(value, links=tuple(address(sort) if several or not here else here for sort in CERTAINTIES))


class Choosing:
    """A Question whose filters are choices too. `rare`: filters that links ask; shown only where they are used."""

    rare = ()

    @property
    def fields(self):
        form = self.chosen.form
        used = [form[name] for name in self.rare if form[name].value() or form[name].errors]
        return [*super().fields, *(one for one in used if not one.is_hidden or one.errors)]

    @property
    def conditions(self):
        form = self.chosen.form
        asked = [(form[name], self.value(name)) for name in (*self.shared, *self.rare)]
        return tuple(
            (one.field.label, said(one, value)) for one, value in asked if value and not one.is_hidden
        )


def on_page(report, address, most=ON_PAGE):
    """As many rows of each table as a page shows, with a note on the others; `address`: of all; files hold all."""
    if isinstance(report, Sheet):
        return replace(report, tables=tuple(on_page(table, address, most) for table in report.tables))
    notes = (*report.notes, *left_out(len(report.rows[:most]), len(report.rows), f"{address}#{report.key}"))
    below = tuple(on_page(table, address, most) for table in report.below)
    return replace(report, rows=report.rows[:most], notes=notes, below=below)


def left_out(found, all_of_them, address):
    """A note on how many rows a page leaves out, with the way to all; none where it shows all."""
    if found < all_of_them:
        counts = {"shown": found, "all": all_of_them, "left": all_of_them - found}
        text = _("%(shown)s of %(all)s rows shown, %(left)s left out here; files hold all. Show all.")
        yield Cell(text % counts, address)
