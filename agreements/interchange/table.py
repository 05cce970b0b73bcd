"""A sheet as a table: which row holds the headings, which column each heading means, which rows are data."""

from datetime import datetime
from itertools import chain, islice

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements import names, numbers

SEARCHED = 20
"""Rows from the top among which the headings are looked for: a title may stand above them."""
RUNNING_NUMBERS = {"stt", "tt", "sott", "sothutu", "no", "ord"}
TOLD = {"loi", "errors"}
"""The column that our own list of faults puts before a file (tracker/imports/faults_out.py)."""
WIDE = 3
"""A row of so many cells is no title."""
TOTALS_BEGIN = {"tong", "cong", "tota", "sum"}
TOTALS = ("tong cong", "tong so", "tong", "cong", "total", "sum")


def unknown_columns(headings):
    """The fault of headings that nobody knows, for those who cannot be asked about them."""
    return _("Unknown columns: %(columns)s. Remove them or take the headings of an export.") % {
        "columns": ", ".join(headings)
    }


LISTED = 200
"""Numbers of left out rows that a sentence lists at most."""


def left_out(rows):
    """The sentence about rows of totals, by their numbers, which are not read."""
    listed = ", ".join(map(str, rows[:LISTED])) + (", …" if len(rows) > LISTED else "")
    return ngettext(
        "%(count)s row is left out: it is a row of totals (row %(rows)s).",
        "%(count)s rows are left out: they are rows of totals (rows %(rows)s).",
        len(rows),
    ) % {"count": len(rows), "rows": listed}


def says_total(text):
    """Whether a text is what stands before a total: “Tổng cộng”, “TỔNG SỐ: …”."""
    if len(text) > 40 or (text.isascii() and text[:4].lower() not in TOTALS_BEGIN):
        return False
    folded = names.fold(text)
    return folded in TOTALS or folded.startswith(("tong cong", "tong so"))


def is_number(cell):
    """Whether a cell is a number, with its measure at most: 1.000.000, 15 triệu đồng, 100 %, (5)."""
    try:
        return len(numbers.parse(cell.strip(" ()") if type(cell) is str else cell).unit_text.split()) <= 1
    except numbers.NumberError:
        return False


def is_blank(cell):
    return cell is None or (type(cell) is str and not cell.strip())


def usual(cell):
    """A cell of a workbook as columns read it: whole numbers without a point, days without a time."""
    if type(cell) is str:
        return cell
    if type(cell) is float and cell.is_integer():
        return int(cell)
    if type(cell) is datetime:
        return cell.date()
    return "" if cell is None else cell


class Table:
    """The rows of a sheet as (number, cells, {column: cell}, a sentence about cells beyond the headings).

    `faults` are sentences about the sheet as a whole; `read` is {column: heading} of what is read, `written`
    the headings of all columns in their order, `strange` those that nobody knows (the batch is asked about
    them, and their cells are left out); `skipped` are the numbers of total rows.
    """

    def __init__(self, kind, rows, batch, wanted=None):
        self.kind, self.batch, self.wanted = kind, batch, wanted
        self.faults, self.read, self.written, self.places = [], {}, [], []
        self.skipped, self.strange = [], []
        self.rows = iter(rows() if callable(rows) else rows)
        self.find_headings()

    def find_headings(self):
        """The headings stand in that of the first rows which holds most of the kind's columns."""
        top = list(islice(self.rows, SEARCHED))
        filled = [place for place, (_number, cells) in enumerate(top) if not all(map(is_blank, cells))]
        if not filled:
            self.faults.append(_("The file has no headings: the first row names the columns."))
            return
        place = max(filled, key=lambda one: (self.known(top[one][1]), -one))
        self.refuse_above([top[one] for one in filled if one < place])
        self.rows = chain(top[place + 1 :], self.rows)
        self.read_headings(top[place][1])

    def refuse_above(self, rows):
        """Titles may stand above the headings; rows of a table that sorting brought there would be lost."""
        for number, cells in rows:
            if sum(not is_blank(cell) for cell in cells) >= WIDE:
                sentence = _(
                    "Row %(row)s stands above the headings: put the headings first, or delete the row."
                )
                self.faults.append(sentence % {"row": number})
                return

    def known(self, cells):
        """How many of a row's cells are headings of the kind."""
        return sum(names.key(str(cell)) in self.kind.headings for cell in cells if not is_blank(cell))

    def read_headings(self, cells):
        """Give each column its key; one sentence for each thing that is wrong with the headings."""
        self.written = ["" if is_blank(cell) else str(cell).strip() for cell in cells]
        while self.written and not self.written[-1]:
            self.written.pop()
        found = [self.column(heading) for heading in self.written]
        self.places = [(place, key) for place, key in enumerate(found) if key]
        self.read = {key: self.written[place] for place, key in self.places}
        self.bare = [place for place, heading in enumerate(self.written) if not heading]
        self.batch.ask_columns(self.kind, self.strange, self.read)
        self.refuse_headings([key for _place, key in self.places])

    def column(self, heading):
        """The column that a heading means; None: it is left out, or strange."""
        folded = names.key(heading)
        if heading.casefold() == "id":
            return "id"
        answers = self.batch.answers.get("columns", {}).get(self.kind.kind, {})
        if heading in answers and (not answers[heading] or answers[heading] in self.kind.field_names):
            return answers[heading] or None
        if found := self.kind.headings.get(folded):
            return found
        if heading and folded not in RUNNING_NUMBERS | TOLD:
            self.strange.append(heading)
        return None

    def refuse_headings(self, keys):
        if "id" in keys:
            self.faults.append(
                _("The column “id” is not accepted: records are known by their codes. Remove it.")
            )
        if double := sorted({key for key in keys if keys.count(key) > 1}):
            listed = ", ".join(self.read[key] for key in double)
            self.faults.append(_("These columns stand twice: %(columns)s.") % {"columns": listed})
        optional = self.kind.optional_key
        if missing := [key for key in self.kind.key if key not in keys and key not in optional]:
            labels = ", ".join(self.kind.label_of(key) for key in missing)
            self.faults.append(_("These columns are missing: %(columns)s.") % {"columns": labels})

    def __iter__(self):
        width = len(self.written)
        for number, cells in self.rows:
            if all(map(is_blank, cells)):
                continue
            row = self.row_of(cells if len(cells) >= width else [*cells, *[""] * (width - len(cells))])
            if self.wanted and not self.wanted(row):
                continue
            if self.is_total(cells):
                self.skipped.append(number)
                continue
            yield number, cells, row, self.beyond(cells, width)

    def beyond(self, cells, width):
        """A sentence about cells that no heading stands above, or ""."""
        if len(cells) > width and any(not is_blank(cell) for cell in cells[width:]):
            return _("There are more cells than headings: put a text that holds the separator in quotes.")
        for place in self.bare:
            if place < len(cells) and not is_blank(cells[place]):
                sentence = _("Column %(column)s is filled but has no heading: give it one, or empty it.")
                return sentence % {"column": place + 1}
        return ""

    def row_of(self, cells):
        """{column: cell} of a row that is as wide as the headings."""
        row = {key: cells[place] for place, key in self.places}
        for key, cell in row.items():
            if type(cell) is not str:
                row[key] = usual(cell)
        return row

    def is_total(self, cells):
        """A row such as “Tổng cộng …” at the foot of a list: its first text says so, and all else are numbers.

        A row whose key says more than that names a record.
        """
        texts = (
            place for place, cell in enumerate(cells) if cell and type(cell) is str and not cell.isspace()
        )
        first = next(texts, None)
        if first is None or not says_total(cells[first]):
            return False
        named = {place for place, key in self.places if key in self.kind.key}
        measures = {place for place, key in self.places if key in ("unit", "currency")}
        return all(
            is_blank(cell) or (place not in named and (place in measures or is_number(cell)))
            for place, cell in enumerate(cells)
            if place != first
        )
