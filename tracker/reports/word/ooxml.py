"""Pieces of a Word document as XML: runs, paragraphs, tables. Every text is escaped here.

Written as text and parsed once a table, because building cell by cell takes seconds for a thousand rows.
"""

import re
from dataclasses import dataclass
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
MILLIMETRE = 1440 / 25.4
"""Twips: Word measures in twentieths of a point."""
SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


@dataclass(frozen=True)
class Line:
    """A line of a cell; `indent`: how deep it stands under the one above it."""

    text: str
    indent: int = 0
    bold: bool = False
    underline: bool = False


def clean(text):
    """`text` without the signs that no XML may hold."""
    return NO_XML.sub("", str(text))


def run(text, *, size=None, bold=False, italic=False, underline=False):
    """A run; line breaks and tabs of `text` stay. `size` in points."""
    marks = f"{'<w:b/><w:bCs/>' * bold}{'<w:i/><w:iCs/>' * italic}"
    marks += f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>' if size else ""
    marks += '<w:u w:val="single"/>' * underline
    parts = re.split("([\n\t])", clean(text).replace("\r", ""))
    signs = {"\n": "<w:br/>", "\t": "<w:tab/>"}
    inner = "".join(
        signs.get(part) or f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in parts if part
    )
    return f"<w:r><w:rPr>{marks}</w:rPr>{inner}</w:r>"


def paragraph(
    *runs, align="left", before=0, after=0, first=0, left=0, keep=False, level=None, new_page=False
):
    """A paragraph of runs; distances in points, `first` and `left` (indents) in millimetres.

    `keep`: on one page with what follows; `level`: a heading in the navigation of the document (0 the highest).
    """
    inner = f"{'<w:keepNext/>' * keep}{'<w:pageBreakBefore/>' * new_page}"
    inner += f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}"/>'
    inner += f'<w:ind w:left="{round(left * MILLIMETRE)}" w:firstLine="{round(first * MILLIMETRE)}"/>'
    inner += f'<w:jc w:val="{align}"/>'
    inner += f'<w:outlineLvl w:val="{level}"/>' if level is not None else ""
    return f"<w:p><w:pPr>{inner}</w:pPr>{''.join(runs)}</w:p>"


def rule(width, *, of, align="center"):
    """A line `width` millimetres long in the middle of `of` millimetres: an empty paragraph with an upper edge."""
    aside = round((of - width) / 2 * MILLIMETRE)
    return (
        '<w:p><w:pPr><w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
        '<w:spacing w:before="60" w:after="0" w:line="60" w:lineRule="exact"/>'
        f'<w:ind w:left="{aside}" w:right="{aside}"/><w:jc w:val="{align}"/></w:pPr></w:p>'
    )


def borders(kind):
    """Edges of a table: `kind` “single” or “nil”."""
    sides = "".join(f'<w:{side} w:val="{kind}" w:sz="4" w:space="0" w:color="000000"/>' for side in SIDES)
    return f"<w:tblBorders>{sides}</w:tblBorders>"


def table(rows, widths, *, edges="single"):
    """A table of rows (as `row` makes them); `widths` of its columns in millimetres."""
    twips = [round(width * MILLIMETRE) for width in widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in twips)
    margins = "".join(f'<w:{side} w:w="70" w:type="dxa"/>' for side in ("left", "right"))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(twips)}" w:type="dxa"/><w:jc w:val="center"/>{borders(edges)}'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def row(cells, widths, *, head=False):
    """A row that no page break cuts; `cells`: the paragraphs of each; `head`: repeated on every page."""
    marks = f"<w:cantSplit/>{'<w:tblHeader/>' * head}"
    inner = "".join(cell(one, width, head) for one, width in zip(cells, widths, strict=True))
    return f"<w:tr><w:trPr>{marks}</w:trPr>{inner}</w:tr>"


def cell(paragraphs, width, head):
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="E7E6E6"/><w:vAlign w:val="center"/>' * head
    size = round(width * MILLIMETRE)
    return f'<w:tc><w:tcPr><w:tcW w:w="{size}" w:type="dxa"/>{shade}</w:tcPr>{paragraphs}</w:tc>'


def element(xml):
    """The XML of one paragraph or table as an element."""
    name = re.match(r"<(w:\w+)", xml)[1]
    return parse_xml(xml.replace(f"<{name}", f"<{name} {nsdecls('w')}", 1))
