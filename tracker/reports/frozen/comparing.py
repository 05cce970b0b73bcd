"""What a new run of a report says otherwise than a copy that was kept, row by row."""

from collections import Counter
from itertools import compress

from django.utils.translation import gettext_lazy as _

from tracker.reports.frozen.naming import is_ordinal, named
from tracker.reports.table import Column, Sheet, Table, make_table
from tracker.reports.writers import shown

COLUMNS = (
    Column("table", _("Table")),
    Column("row", _("Row")),
    Column("what", _("Change")),
    Column("column", _("Column")),
    Column("before", _("In the copy")),
    Column("now", _("Now")),
)


def compared(old, new):
    """A Table of what differs between two runs of a report: rows added, taken out, and each changed cell."""
    rows = []
    if isinstance(old, Sheet):
        rows += facts_compared(dict(old.facts), dict(new.facts))
    before, now = tables_of(old), tables_of(new)
    for key in dict.fromkeys([*before, *now]):
        rows += rows_compared(before.get(key), now.get(key))
    return make_table(
        "differences",
        _("What differs from the copy"),
        COLUMNS,
        rows,
        as_of=new.as_of,
        empty=_("Nothing differs: a new run says the same."),
    )


def tables_of(report):
    """{key: Table} of a report, those below others too."""
    tops = report.tables if isinstance(report, Sheet) else [report]
    return {one.key: one for top in tops for one in (top, *getattr(top, "below", ()))}


def facts_compared(before, now):
    before, now = ({str(label): shown(value) for label, value in facts.items()} for facts in (before, now))
    for label in dict.fromkeys([*before, *now]):
        if before.get(label, "") != now.get(label, ""):
            yield [_("Facts"), label, _("changed"), "", before.get(label, ""), now.get(label, "")]


def rows_compared(before, now):
    """Rows of one table in both runs, matched by what names them."""
    title = str((now or before).title)
    old, new = named_rows(before), named_rows(now)
    for key in dict.fromkeys([*old, *new]):
        words, _cells = old.get(key) or new[key]  # a reader looks for it in the copy
        if key not in new:
            yield [title, words, _("no longer there"), "", "", ""]
        elif key not in old:
            yield [title, words, _("new"), "", "", ""]
        else:
            yield from cells_compared(title, words, old[key][1], new[key][1])


def named_rows(table: Table | None):
    """{(key, how many rows bore it before): (words, {column title: text})}, without the number of the row."""
    if table is None:
        return {}
    seen, found = Counter(), {}
    told = [not is_ordinal(table, column) for column in table.columns]
    titles = [str(column.title) for column in compress(table.columns, told)]
    for key, words, row in named(table):
        texts = map(shown, compress(row, told))
        found[key, seen[key]] = words, dict(zip(titles, texts, strict=True))
        seen[key] += 1
    return found


def cells_compared(title, name, before, now):
    for column in dict.fromkeys([*before, *now]):
        if before.get(column) != now.get(column):
            yield [title, name, _("changed"), column, before.get(column, ""), now.get(column, "")]
