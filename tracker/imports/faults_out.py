"""The file of an import given back as a workbook: as it came, what is wrong in front, the wrong cells coloured.

Row numbers stay those of the file. Nothing is held in memory but where the faults of each row stand.
"""

from collections import defaultdict
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from agreements.interchange.entry import CONFLICT, REFUSED
from agreements.interchange.guard import WEB
from agreements.interchange.sheets import read_file, read_pasted, text_of
from agreements.interchange.table import is_blank, usual
from agreements.interchange.xlsx import LONGEST_TEXT, ColumnOut, Marked, SheetOut
from agreements.resources.values import OFFICE

WIDTHS = {"fault": 60, "cell": 18}


def fault_sheets(job):
    """A SheetOut for each sheet of the file that was planned."""
    spooled = job.spooled
    planned = defaultdict(list)
    for place, sheet in enumerate(spooled.sheets):
        planned[sheet["name"]].append(place)
    for sheet in book_of(job).sheets:
        if sheet.name in planned:
            yield sheet_with_faults(sheet, Faults(spooled, planned[sheet.name]))


def book_of(job):
    """The uploaded file as a Book."""
    if job.answers.get("pasted"):
        return read_pasted(job.upload.read_text(encoding="utf-8"), limits=WEB)
    return read_file(job.upload, job.file_name, limits=WEB, encoding=job.answers.get("encoding", ""))


class Faults:
    """What is wrong with the rows of one sheet, read row by row; `places` are its places in the spool."""

    def __init__(self, spooled, places):
        self.spooled = spooled
        abouts = [spooled.sheets[place] for place in places]
        kinds = {about["kind"] for about in abouts}
        self.columns = next((about["columns"] for about in abouts if about["columns"]), [])
        whole = [sentence for about in abouts for sentence in about["faults"]]
        whole += [one.sentence for one in spooled.questions if one.about == OFFICE]
        self.whole = list(dict.fromkeys(whole))
        self.at, self.late = {}, defaultdict(list)
        for place in places:
            for number, state, at in spooled.index(place):
                if state in (REFUSED, CONFLICT):
                    self.at[number] = at
        for kind, number, column, sentence in spooled.late:
            if kind in kinds:
                self.late[number].append((column, "", sentence))

    def of(self, number):
        """[(heading, value, sentence)] of a row."""
        found = list(self.late.get(number, ()))
        if number in self.at:
            (line,) = self.spooled.rows_at([self.at[number]])
            found = [*map(tuple, line.get("f", ())), *found]
            if line["s"] == CONFLICT and not found:
                found = [("", "", _("Somebody else changed this record since the file was taken out."))]
        return found

    def are_headings(self, cells):
        """Whether a row is that of the headings."""
        told = ["" if is_blank(cell) else str(cell).strip() for cell in cells]
        return bool(self.columns) and told[: len(self.columns)] == self.columns


def sheet_with_faults(sheet, faults):
    """The sheet with a column of faults before its own; its first row serves as the headings."""
    width = max((len(cells) for _number, cells in sheet.rows()), default=0)
    rows = numbered(sheet.rows())
    _first, cells = next(rows, (1, []))
    heading = told_heading() if faults.are_headings(cells) or not faults.columns else ""
    told = [text_of(cell) for cell in padded(cells, width)]
    columns = [ColumnOut(heading, width=WIDTHS["fault"])]
    columns += [ColumnOut(text, width=WIDTHS["cell"]) for text in told]
    return SheetOut(sheet.name, columns, rows_with_faults(rows, faults, width))


def numbered(rows):
    """The rows with an empty one for each number that is left out."""
    last = 0
    for number, cells in rows:
        while last + 1 < number:
            last += 1
            yield last, []
        last = number
        yield number, cells


def rows_with_faults(rows, faults, width):
    whole = " ".join(faults.whole)
    for number, cells in rows:
        if faults.are_headings(cells):
            yield [told_heading(), *map(kept, padded(cells, width))]
            continue
        found, cells = faults.of(number), [kept(cell) for cell in padded(cells, width)]
        for heading, _value, _sentence in found:
            if heading in faults.columns:
                place = faults.columns.index(heading)
                cells[place] = Marked(getattr(cells[place], "value", cells[place]))
        told = " ".join(filter(None, [whole, *map(told_fault, found)]))
        whole = ""
        yield [Marked(told) if told else "", *cells]


def told_heading():
    """The heading of the column of faults; a file that comes back with it is read without it (table.TOLD)."""
    return pgettext("heading of a file", "Errors")


def told_fault(fault):
    heading, _value, sentence = fault
    return f"{heading}: {sentence}" if heading else sentence


def padded(cells, width):
    return [*cells, *[""] * (width - len(cells))]


def kept(cell):
    """A cell as it came: days as days, hours and what is too long for a spreadsheet as text."""
    if isinstance(cell, datetime) and cell.time() != datetime.min.time():
        return text_of(cell)
    if isinstance(cell, str):
        return str(cell)[:LONGEST_TEXT]
    return usual(cell)
