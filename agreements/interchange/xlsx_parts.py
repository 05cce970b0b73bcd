"""The parts of a workbook that are not its rows: styles, the list of sheets, how the parts hang together."""

from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

GENERAL, HEADING, TEXT, WHOLE, DECIMALS, DATE, WRAPPED = range(7)
"""Styles of cells, in the order of `styles`; those of marked cells come after them."""
MARKABLE = (TEXT, WHOLE, DECIMALS, DATE)
MARKS = {"fault": "FFFFC7CE"}
"""Mark → colour of the cell."""
NUMBER_FORMATS = {GENERAL: 0, HEADING: 49, TEXT: 49, WHOLE: 3, DECIMALS: 4, DATE: 164, WRAPPED: 49}
"""Numbers of the formats: General, text (@), #,##0 and #,##0.00 are built in; 164 is our date."""


def marked_style(style, mark):
    """The number of `style` in the colour of `mark`; "" is no mark."""
    if not mark:
        return style
    return len(NUMBER_FORMATS) + list(MARKS).index(mark) * len(MARKABLE) + MARKABLE.index(style)


def fill(colour):
    return (
        f'<fill><patternFill patternType="solid"><fgColor rgb="{colour}"/>'
        '<bgColor indexed="64"/></patternFill></fill>'
    )


def cell_format(style, fill_number=0):
    font, align = 0, '<alignment vertical="top"/>'
    if style == HEADING:
        font, fill_number = 1, 2
    if style in (HEADING, WRAPPED):
        align = '<alignment vertical="top" wrapText="1"/>'
    return (
        f'<xf numFmtId="{NUMBER_FORMATS[style]}" fontId="{font}" fillId="{fill_number}" borderId="0" xfId="0" '
        f'applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1">{align}</xf>'
    )


def styles():
    """styles.xml: a plain and a bold font, the colours, and the formats in the order of the style numbers."""
    fills = ["FFDDEBE0", *MARKS.values()]
    formats = [cell_format(style) for style in NUMBER_FORMATS]
    formats += [cell_format(style, 3 + place) for place in range(len(MARKS)) for style in MARKABLE]
    font = '<sz val="11"/><name val="Calibri"/><family val="2"/>'
    return (
        f'{HEAD}<styleSheet xmlns="{MAIN}">'
        '<numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>'
        f'<fonts count="2"><font>{font}</font><font><b/>{font}</font></fonts>'
        f'<fills count="{2 + len(fills)}"><fill><patternFill patternType="none"/></fill>'
        f'<fill><patternFill patternType="gray125"/></fill>{"".join(map(fill, fills))}</fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(formats)}">{"".join(formats)}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        '<dxfs count="0"/></styleSheet>'
    )


FIXED_PARTS = {
    "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/styles.xml": styles(),
}
"""Parts that are the same in every workbook."""


def part_name(place):
    """The path of the sheet at `place`, counted from 0."""
    return f"xl/worksheets/sheet{place + 1}.xml"


def content_types(sheets):
    parts = {"xl/workbook.xml": "sheet.main", "xl/styles.xml": "styles"}
    parts |= {part_name(place): "worksheet" for place in range(sheets)}
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{TYPES}.{kind}+xml"/>' for name, kind in parts.items()
    )
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def workbook_links(sheets):
    targets = [(f"worksheets/sheet{number}.xml", "worksheet") for number in range(1, sheets + 1)]
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{LINKS}/{kind}" Target="{target}"/>'
        for number, (target, kind) in enumerate([*targets, ("styles.xml", "styles")], 1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'


def workbook(sheets, last_rows, letters):
    """workbook.xml of `sheets` (name, number of columns, hidden): filters and headings printed on each page."""
    listed, names = [], []
    for place, (name, width, hidden) in enumerate(sheets):
        state = ' state="hidden"' if hidden else ""
        listed.append(f'<sheet name={quoteattr(name)} sheetId="{place + 1}"{state} r:id="rId{place + 1}"/>')
        if not hidden:
            quoted = "'" + escape(name).replace("'", "''") + "'"
            names.append(
                f'<definedName name="_xlnm._FilterDatabase" localSheetId="{place}" hidden="1">'
                f"{quoted}!$A$1:${letters(width - 1)}${last_rows[place]}</definedName>"
                f'<definedName name="_xlnm.Print_Titles" localSheetId="{place}">{quoted}!$1:$1</definedName>'
            )
    return (
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><bookViews><workbookView/></bookViews>'
        f"<sheets>{''.join(listed)}</sheets><definedNames>{''.join(names)}</definedNames></workbook>"
    )
