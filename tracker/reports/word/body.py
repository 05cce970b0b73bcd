"""A report as the body of a Word document: what fits stands in it, wide or long tables in annexes."""

import io
import math
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from docx.shared import Mm

from tracker.reports import html
from tracker.reports.table import Sheet, Table
from tracker.reports.word import ooxml
from tracker.reports.word.cells import stacked
from tracker.reports.word.letterhead import conditions
from tracker.reports.word.ooxml import Line, paragraph, run
from tracker.reports.word.pictures import png
from tracker.reports.writers import NOTHING, as_of, shown

SIZE, SMALL = 14, 12
FIRST = 10
"""Millimetres by which the first line of a paragraph is set in."""
UPRIGHT, FEW, FEW_ROWS, MOST_ROWS = 5, 7, 5, 15
"""A table stands in the body with at most UPRIGHT columns and MOST_ROWS rows, or FEW columns and FEW_ROWS rows."""
ONES = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]
FACTS = (0.3, 0.7)
BEFORE_NUMBERS = ("w:pgSz", "w:pgMar", "w:paperSrc", "w:pgBorders", "w:lnNumType")
"""What stands before the page numbers in a section, in this order."""
POINT = 25.4 / 72
LETTER = 0.5
"""Width of a letter, in its height."""
SHORTEST, LONGEST = 5, 14
SAMPLE, STEP, EDGES = 40, 5, 4
"""Rows that are looked at for widths; millimetres by which columns grow, and between text and edges."""


@dataclass(frozen=True)
class Annex:
    """A table behind the document; `wide`: on a page that lies."""

    number: str
    table: Table
    wide: bool


class Body:
    """Writes a report into `document` in place of the paragraph `mark`, annexes behind everything."""

    def __init__(self, document, mark, report):
        self.document, self.mark, self.report = document, mark, report
        self.annexes = annexes(report)

    def write(self):
        self.width = text_width(self.document.sections[0])
        for label, text in conditions(self.report):
            self.say(f"{label}: {text}.")
        if isinstance(self.report, Sheet):
            self.facts()
        self.tables()
        for note in self.report.notes if isinstance(self.report, Sheet) else ():
            self.put(note_xml(note))
        keep_with_next(self.mark.getprevious())
        self.mark.getparent().remove(self.mark)
        for annex in self.annexes.values():
            self.write_annex(annex)

    def put(self, xml):
        self.mark.addprevious(ooxml.element(xml))

    def say(self, text):
        self.put(paragraph(run(text, size=SIZE), align="both", first=FIRST, before=3, after=3))

    def facts(self):
        """What is known of the record in two columns; what is not in one sentence."""
        told = html.sheet_page(self.report)
        widths = [self.width * share for share in FACTS]
        self.say(f"{as_of(self.report)}:")
        known = [(fact["label"], [Line(one) for one in fact["text"].split("\n")]) for fact in told["facts"]]
        rows = [
            ooxml.row([cell_xml([Line(str(label))], SMALL), cell_xml(text, SMALL)], widths)
            for label, text in known
        ]
        if rows:
            self.put(ooxml.table(rows, widths))
        if told["unknown"]:
            self.say(_("Not recorded: %(facts)s.") % {"facts": told["unknown"]})

    def tables(self):
        for number, table in enumerate(tables_of(self.report), 1):
            title = run(f"{number}. {table.title}", size=SIZE, bold=True)
            self.put(paragraph(title, before=6, after=3, first=FIRST, keep=True, level=1))
            for chart in table.charts:
                self.picture(chart)
            if annex := self.annexes.get(number):
                self.say(referral(annex))
            else:
                self.table(table)

    def table(self, table):
        if table.rows:
            narrow = len(html.layout_of(table)) > UPRIGHT
            self.put(table_xml(table, self.width, SMALL - 2 if narrow else SMALL))
        else:
            self.say(str(table.empty or NOTHING))
        for note in table.notes:
            self.put(note_xml(note))

    def picture(self, chart):
        """A drawing as wide as the text, its title above it and for those who cannot see it."""
        self.put(paragraph(run(chart.title, size=SMALL, italic=True), align="center", after=3, keep=True))
        inline = self.document.part.new_pic_inline(io.BytesIO(png(chart)), width=Mm(self.width))
        inline.docPr.set("descr", chart.title)
        for side in ("distT", "distB", "distL", "distR"):  # without them LibreOffice sets the picture in
            inline.set(side, "0")
        found = ooxml.element(paragraph(run(""), align="center", after=3, keep=True))
        found.find(qn("w:r")).add_drawing(inline)
        self.mark.addprevious(found)

    def write_annex(self, annex):
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        lay(section, annex.wide)
        restart(section)
        end = self.document.element.body.sectPr
        size = SMALL - 2 if annex.wide else SMALL - 1
        for xml in (*annex_head(annex), table_xml(annex.table, text_width(section), size)):
            end.addprevious(ooxml.element(xml))
        for note in annex.table.notes:
            end.addprevious(ooxml.element(note_xml(note)))


def keep_with_next(last):
    """What stands before the signature goes to its page: a signature alone on a page could be of any text."""
    rows = last.findall(qn("w:tr")) if last is not None else []
    for one in (rows[-1] if rows else last).iter(qn("w:p")) if last is not None else ():
        one.get_or_add_pPr().get_or_add_keepNext()


def tables_of(report):
    return report.tables if isinstance(report, Sheet) else (report, *report.below)


def annexes(report):
    """{number of the table: Annex} of the tables that are annexes or do not fit into the body."""
    far = [
        (number, table, len(html.layout_of(table)) > UPRIGHT)
        for number, table in enumerate(tables_of(report), 1)
        if (table.annex and table.rows) or not fits(len(html.layout_of(table)), len(table.rows))
    ]
    alone = len(far) == 1
    return {
        number: Annex("" if alone else roman(place), table, wide)
        for place, (number, table, wide) in enumerate(far, 1)
    }


def roman(number):
    """A number below 40 in Roman figures, as annexes are numbered."""
    return "X" * (number // 10) + ONES[number % 10]


def fits(columns, rows):
    """Whether a table of so many columns and rows stands in the body."""
    return not rows or (columns <= UPRIGHT and rows <= MOST_ROWS) or (columns <= FEW and rows <= FEW_ROWS)


def referral(annex):
    """Where a table stands that is not in the body."""
    told = {"number": annex.number, "count": shown(len(annex.table.rows))}
    if annex.number:
        return _("See annex %(number)s (%(count)s rows).") % told
    return _("See the annex (%(count)s rows).") % told


def annex_head(annex):
    number = f"Phụ lục {annex.number}".strip()
    yield paragraph(run(number, size=SIZE, bold=True), align="center", keep=True, level=0)
    yield paragraph(run(str(annex.table.title).upper(), size=SIZE, bold=True), align="center", keep=True)
    with_report = "(Kèm theo Báo cáo số        /BC-…… ngày      /     /        của …………)"
    yield paragraph(run(with_report, size=SIZE, italic=True), align="center", after=6, keep=True)


def lay(section, wide):
    """The page of an annex: the margins of the document, upright or lying."""
    short, long = sorted((section.page_width, section.page_height))
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if wide else (short, long)


def restart(section):
    """Pages of each annex are numbered by themselves (Nghị định 30/2020/NĐ-CP)."""
    numbers = section._sectPr.find(qn("w:pgNumType"))
    if numbers is None:
        numbers = section._sectPr.makeelement(qn("w:pgNumType"))
        before = [one for name in BEFORE_NUMBERS if (one := section._sectPr.find(qn(name))) is not None]
        before[-1].addnext(numbers)
    numbers.set(qn("w:start"), "1")


def text_width(section):
    """Millimetres between the margins."""
    return (section.page_width - section.left_margin - section.right_margin) / Mm(1)


def note_xml(note):
    return paragraph(run(f"- {shown(note)}", size=SMALL, italic=True), align="both", before=2)


# A table -----------------------------------------------------------------------------------------
def table_xml(table, width, size):
    """A Table as the page lays it out, its columns as wide as what stands in them needs."""
    layout = html.layout_of(table)
    kinds = {column.key: column.kind for column in table.columns}
    rows = [dict(zip(kinds, row, strict=True)) for row in table.rows]
    cells = [[stacked(stack, row) for stack in layout] for row in rows]
    for row in cells:
        row[0] = [replace(row[0][0], bold=True), *row[0][1:]]
    titles = [[Line(str(stack.title), bold=True)] for stack in layout]
    widths = fitting([titles, *cells], width, size)
    aligns = ["right" if html.kind_of(stack, kinds) == "number" else "left" for stack in layout]
    head = ooxml.row([cell_xml(title, size, "center") for title in titles], widths, head=True)
    made = [
        ooxml.row([cell_xml(one, size, align) for one, align in zip(row, aligns, strict=True)], widths)
        for row in cells
    ]
    return ooxml.table([head, *made], widths)


def cell_xml(found, size, align="left"):
    return "".join(
        paragraph(
            run(line.text, size=size, bold=line.bold, underline=line.underline),
            align=align,
            left=4 * line.indent,
        )
        for line in found
    )


def fitting(rows, width, size):
    """Widths of the columns in millimetres, `width` together: no word broken, and the rows as low as can be.

    `rows` of cells of lines, the head first; the widths follow from the first SAMPLE of them.
    """
    letter = size * POINT * LETTER
    columns = list(zip(*rows[:SAMPLE], strict=True))
    given = [max(longest_word(cell) for cell in column) * letter + EDGES for column in columns]
    scale = min(1, width / sum(given))
    given = [one * scale for one in given]
    heights = [heights_in(column, one, letter) for column, one in zip(columns, given, strict=True)]
    while (rest := width - sum(given)) > 0:
        step = min(STEP, rest)
        wider = [heights_in(one, has + step, letter) for one, has in zip(columns, given, strict=True)]
        best = min(range(len(columns)), key=lambda place: cost(heights, wider, place))
        if cost(heights, wider, best) == (sum(map(max, zip(*heights, strict=True))), 0):
            return [one + rest / len(given) for one in given]  # nothing gets lower: to each the same
        given[best] += step
        heights[best] = wider[best]
    return given


def heights_in(column, width, letter):
    """Lines that each cell of a column takes at this width."""
    letters = max((width - EDGES) / letter, 1)
    return [sum(max(1, math.ceil(len(line.text) / letters)) for line in cell) for cell in column]


def cost(heights, wider, place):
    """All rows together when the column `place` is wider, then what that column alone would save."""
    changed = [*heights[:place], wider[place], *heights[place + 1 :]]
    return sum(map(max, zip(*changed, strict=True))), sum(wider[place]) - sum(heights[place])


def longest_word(cell):
    """Letters of the longest word of a cell, within bounds; an address may be broken."""
    words = [len(word) for line in cell for word in line.text.split()]
    return min(max([SHORTEST, *words]), LONGEST)
