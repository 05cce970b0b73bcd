"""A report as the body of a Word document: what fits stands in it, wide or long tables in annexes."""

import io
import re
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from tracker.reports import html
from tracker.reports.table import Sheet, Table, is_bare
from tracker.reports.widths import cells_of, fitting
from tracker.reports.word import ooxml
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
TALLEST = 200
"""Millimetres of a drawing that stands on one page with its heading."""
NUMBERED = re.compile(r"\([\d.]+\)$")
BEFORE_NUMBERS = ("w:pgSz", "w:pgMar", "w:paperSrc", "w:pgBorders", "w:lnNumType")
"""What stands before the page numbers in a section, in this order."""


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
        keep_with_next(self.mark)
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
        """The tables and drawings that stand in the body, each under a heading; what is elsewhere is listed."""
        tables = tables_of(self.report)
        bare = [one.title for one in tables if is_bare(one)]
        inside = [
            (number, table)
            for number, table in enumerate(tables, 1)
            if not is_bare(table) and (table.charts or number not in self.annexes)
        ]
        for place, (number, table) in enumerate(inside, 1):
            self.heading(place, table.title)
            annex = self.annexes.get(number)
            for chart in table.charts:
                self.picture(chart, annex)
            if not annex:
                self.table(table)
        if bare:
            self.say(_("Not recorded: %(facts)s.") % {"facts": ", ".join(str(one).lower() for one in bare)})
        self.list_annexes(len(inside) + 1)

    def heading(self, place, title):
        title = run(f"{place}. {title}", size=SIZE, bold=True)
        self.put(paragraph(title, before=6, after=3, first=FIRST, keep=True, level=1))

    def list_annexes(self, place):
        """The annexes by name."""
        found = list(self.annexes.values())
        if len(found) == 1:
            self.say(_("Annex: %(what)s.") % {"what": named(found[0])})
        elif len(found) > 1:
            self.heading(place, _("Annexes"))
            for annex in found:
                text = run(f"{annex_name(annex)}: {named(annex)}", size=SIZE)
                self.put(paragraph(text, align="both", first=FIRST))

    def table(self, table):
        if table.rows:
            narrow = len(html.layout_of(table)) > UPRIGHT
            self.put(table_xml(table, self.width, SMALL - 2 if narrow else SMALL))
        else:
            self.say(str(table.empty or NOTHING))
        for note in table.notes:
            self.put(note_xml(note))

    def picture(self, chart, annex=None):
        """A drawing as wide as the text, its title above it and for those who cannot see it."""
        title = chart.title
        if annex and annex.number:
            title = _("%(title)s (figures: annex %(number)s)") % {"title": title, "number": annex.number}
        self.put(paragraph(run(title, size=SMALL, italic=True), align="center", after=3, keep=True))
        width = min(self.width, TALLEST * chart.width / chart.height)
        inline = self.document.part.new_pic_inline(io.BytesIO(png(chart)), width=Mm(width))
        inline.docPr.set("descr", chart.title)
        for side in ("distT", "distB", "distL", "distR"):  # without them LibreOffice sets the picture in
            inline.set(side, "0")
        found = ooxml.element(paragraph(run(""), align="center", after=3, keep=True))
        found.find(qn("w:r")).add_drawing(inline)
        self.mark.addprevious(found)

    def write_annex(self, annex):
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        flatten(self.document.paragraphs[-1])
        lay(section, annex.wide)
        restart(section)
        end = self.document.element.body.sectPr
        size = SMALL - 2 if annex.wide else SMALL - 1
        for xml in (*annex_head(annex), table_xml(annex.table, text_width(section), size)):
            end.addprevious(ooxml.element(xml))
        for note in annex.table.notes:
            end.addprevious(ooxml.element(note_xml(note)))


def keep_with_next(mark):
    """The last two blocks go to the page of the signature: alone on a page it could be of any text."""
    last = mark.getprevious()
    before = last.getprevious() if last is not None else None
    for block in (last, before if before is not None and before.tag == qn("w:p") else None):
        rows = block.findall(qn("w:tr")) if block is not None else []
        for one in (rows[-1] if rows else block).iter(qn("w:p")) if block is not None else ():
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


def annex_name(annex):
    return f"Phụ lục {annex.number}".strip()


def named(annex):
    """What an annex holds: “Đoàn ra (4 dòng)”; a title that ends in a number does not get another one."""
    told = {"title": annex.table.title, "count": shown(len(annex.table.rows))}
    return (
        str(told["title"]) if NUMBERED.search(str(told["title"])) else _("%(title)s (%(count)s rows)") % told
    )


def annex_head(annex):
    yield paragraph(run(annex_name(annex), size=SIZE, bold=True), align="center", keep=True, level=0)
    yield paragraph(run(str(annex.table.title).upper(), size=SIZE, bold=True), align="center", keep=True)
    with_report = "(Kèm theo Báo cáo số        /BC-…… ngày      /     /        của …………)"
    yield paragraph(run(with_report, size=SIZE, italic=True), align="center", after=6, keep=True)


def lay(section, wide):
    """The page of an annex: the margins of the document, upright or lying."""
    short, long = sorted((section.page_width, section.page_height))
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if wide else (short, long)


def flatten(paragraph_of_break):
    """What ends a section is an empty line: on a page that is full it would stand alone on another one."""
    form = paragraph_of_break.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing = Pt(1)


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
    layout, cells = cells_of(table)
    kinds = {column.key: column.kind for column in table.columns}
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
