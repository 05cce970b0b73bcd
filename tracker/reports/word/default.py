"""The template that every office has: the layout of Nghị định 30/2020/NĐ-CP, with placeholders, made by code."""

import io
from copy import deepcopy

import docx
from docx.enum.section import WD_ORIENT
from docx.opc.constants import CONTENT_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from tracker.reports.word.ooxml import element, paragraph, row, rule, run, table

LATIN, LAO = "Times New Roman", "Phetsarath OT"
SIZE = 14
A4 = (210, 297)
TOP, BOTTOM, LEFT, RIGHT = 20, 20, 30, 15
"""Millimetres; the decree allows 20 to 25, 20 to 25, 30 to 35, 15 to 20."""
HEAD = (65, 100)
FOOT = (85, 80)
"""Widths of the two columns of the letterhead and of the signature."""
SUBSTITUTES = {LATIN: "Liberation Serif", LAO: "Noto Serif Lao"}
"""What a machine without the first font is told to use."""


def default_template():
    """The bytes of the default template, a .docx with placeholders."""
    document = docx.Document()
    letters(document)
    page(document.sections[0])
    number_pages(document.sections[0])
    end = document.element.body.sectPr
    for xml in (*letterhead(), *body(), *signature()):
        end.addprevious(element(xml))
    properties = document.core_properties
    properties.author, properties.comments, properties.title = "", "", "{{ trich_yeu }}"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def letters(document):
    """Fonts and distances of the usual paragraph; what stands for a font that is not there."""
    usual = document.styles["Normal"]
    usual.font.name, usual.font.size = LATIN, Pt(SIZE)
    fonts = usual.element.rPr.rFonts
    for name, font in (("eastAsia", LATIN), ("cs", LAO)):
        fonts.set(qn(f"w:{name}"), font)
    usual.element.rPr.append(parse_xml(f'<w:szCs {nsdecls("w")} w:val="{SIZE * 2}"/>'))
    usual.element.rPr.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="vi-VN" w:bidi="lo-LA"/>'))
    usual.paragraph_format.space_after = usual.paragraph_format.space_before = Pt(0)
    usual.paragraph_format.line_spacing = 1.0
    for part in document.part.package.iter_parts():
        if part.content_type == CONTENT_TYPE.WML_FONT_TABLE:
            part._blob = font_table()


def font_table():
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:family w:val="roman"/></w:font>'
        for name, other in SUBSTITUTES.items()
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f"{head}<w:fonts {nsdecls('w')}>{fonts}</w:fonts>".encode()


def page(section, *, landscape=False):
    """A4 upright or lying, with the margins of the decree."""
    short, long = (Mm(side) for side in A4)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if landscape else (short, long)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.header_distance = section.footer_distance = Mm(10)


def number_pages(section):
    """The number in the middle of the upper margin, from the second page on."""
    section.different_first_page_header_footer = True
    section.header.is_linked_to_previous = False
    section.first_page_header.is_linked_to_previous = False
    for marks in ('w:fldCharType="begin"', None, 'w:fldCharType="end"'):
        part = run("", size=SIZE)
        inner = f"<w:fldChar {marks}/>" if marks else '<w:instrText xml:space="preserve"> PAGE </w:instrText>'
        field = element(paragraph(part.replace("</w:r>", f"{inner}</w:r>")))[-1]
        section.header.paragraphs[0]._p.append(deepcopy(field))
    section.header.paragraphs[0].alignment = 1


def centred(text, size, *, bold=False, italic=False):
    return paragraph(run(text, size=size, bold=bold, italic=italic), align="center")


def letterhead():
    """Who writes, national name and motto, number and day, kind and subject."""
    left, right = HEAD
    office = (
        centred("{{ co_quan_chu_quan }}", 13)
        + centred("{{ co_quan }}", 13, bold=True)
        + rule(25, of=left - 3)
    )
    nation = centred("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, bold=True)
    nation += centred("Độc lập - Tự do - Hạnh phúc", SIZE, bold=True) + rule(60, of=right - 3)
    number = centred("{{ so_ky_hieu }}", 13)
    day = centred("{{ dia_danh }}, {{ ngay }}", SIZE, italic=True)
    rows = [row([office, nation], HEAD), row([number, day], HEAD)]
    yield table(rows, HEAD, edges="nil")
    yield paragraph(run("{{ ten_loai }}", size=SIZE, bold=True), align="center", before=18)
    yield centred("{{ trich_yeu }}", SIZE, bold=True)
    yield rule(60, of=A4[0] - LEFT - RIGHT)


def body():
    yield paragraph(run("{{ noi_dung }}", size=SIZE), before=12)


def signature():
    """Recipients at the left, the signer at the right."""
    left = paragraph(run("Nơi nhận:", size=12, bold=True, italic=True))
    left += paragraph(run("{%p for dong in noi_nhan %}", size=11))
    left += paragraph(run("{{ dong }}", size=11))
    left += paragraph(run("{%p endfor %}", size=11))
    right = centred("{{ chuc_vu }}", SIZE, bold=True) + 4 * centred("", SIZE)
    right += centred("{{ nguoi_ky }}", SIZE, bold=True)
    yield paragraph(before=6, keep=True)
    yield table([row([left, right], FOOT)], FOOT, edges="nil")
