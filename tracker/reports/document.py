"""A report as one HTML file that needs no other: to be sent, kept, printed, or made a PDF of."""

from functools import cache, partial
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from tracker.reports import html, writers
from tracker.reports.table import Sheet, unlinked
from tracker.reports.widths import shares

STYLES = ("tracker/document.css", "tracker/report.css")
UPRIGHT = 5
"""Columns of a table that still stands on an upright page."""
WIDTHS, SIZE = {"portrait": 186, "landscape": 273}, 9.5
"""Millimetres between the margins of the paper; the letters of tables in points (8, and some for bold capitals)."""


def to_html(report):
    """A Table or Sheet as the text of a page with its style inside; nothing in it leads elsewhere."""
    bare = unlinked(report)
    is_sheet, lies = isinstance(bare, Sheet), layout(bare)
    widths = partial(shares, width=WIDTHS[lies], size=SIZE)
    context = {
        "sheet": html.sheet_page(bare, widths) if is_sheet else None,
        "table": None if is_sheet else html.page(bare, widths),
        "title": bare.title,
        "layout": lies,
        "language": get_language(),
        "style": mark_safe(style()),
        "office_name": settings.OFFICE_NAME,
        "printed_on": writers.shown(timezone.localdate()),
    }
    return render_to_string("reports/document.html", context)


def layout(report):
    """Whether the pages stand or lie."""
    if isinstance(report, Sheet):
        return "portrait"
    widest = max(len(html.layout_of(table)) for table in (report, *report.below))
    return "portrait" if widest <= UPRIGHT else "landscape"


@cache
def style():
    """The style sheets of STYLES as one text, which ends no element of HTML."""
    return "\n".join(Path(finders.find(name)).read_text(encoding="utf-8") for name in STYLES).replace(
        "</", "<\\/"
    )
