"""The drawings of a report as pictures: the very SVG of the page, drawn with a font that the product brings.

With the fonts of the machine the words of a drawing would be missing on a server that has none.
"""

from pathlib import Path

import resvg_py

from tracker.reports.html import svg

FONT, FAMILY = Path(__file__).with_name("drawing.ttf"), "DejaVu Sans"
SHARPNESS = 2
"""Pixels of the picture for one of the drawing."""


def png(chart):
    """A Chart as PNG."""
    return resvg_py.svg_to_bytes(
        svg_string=svg(chart),
        zoom=SHARPNESS,
        background="#ffffff",
        skip_system_fonts=True,
        font_files=[str(FONT)],
        font_family=FAMILY,
        sans_serif_family=FAMILY,
    )
