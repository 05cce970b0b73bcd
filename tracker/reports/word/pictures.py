"""The drawings of a report as pictures: the very SVG of the page, drawn with a font that the product brings.

With the fonts of the machine the words of a drawing would be missing on a server that has none.
"""

from pathlib import Path

import resvg_py
from django.template.loader import render_to_string

from tracker.reports.table import Sheet

FONT, FAMILY = Path(__file__).with_name("drawing.ttf"), "DejaVu Sans"
SHARPNESS = 2
"""Pixels of the picture for one of the drawing."""
DRAWINGS = {"family": "reports/timeline_svg.html"}
"""The template that draws each chart of a Sheet."""


def pictures(report):
    """{key of the table that it stands before: PNG} of the charts of a report and of its tables."""
    charts = report.charts if isinstance(report, Sheet) else {}
    tables = report.tables if isinstance(report, Sheet) else (report, *report.below)
    own = {table.key: drawn(table.chart["template"], table.chart) for table in tables if table.chart}
    return own | {
        key: drawn(DRAWINGS[key], chart) for key, chart in charts.items() if chart and key in DRAWINGS
    }


def drawn(template, chart):
    """A chart as PNG."""
    svg = render_to_string(template, {"chart": chart})
    return resvg_py.svg_to_bytes(
        svg_string=svg,
        zoom=SHARPNESS,
        background="#ffffff",
        skip_system_fonts=True,
        font_files=[str(FONT)],
        font_family=FAMILY,
        sans_serif_family=FAMILY,
    )
