"""A report as PDF: its HTML file through WeasyPrint, where the server has it (requirements-pdf.txt)."""

from django.utils.translation import gettext as _

from tracker.reports.document import to_html
from tracker.reports.faults import NoFile

NOT_INSTALLED = 501


def to_pdf(report):
    """A Table or Sheet as the bytes of a PDF; raises NoFile where WeasyPrint or its libraries are missing."""
    try:
        import weasyprint
    except (ImportError, OSError) as error:  # OSError: the package is there, Pango is not
        sentence = _(
            "This server has no WeasyPrint: use the Print button of the page and choose “Save as PDF”."
        )
        raise NoFile(sentence, NOT_INSTALLED) from error
    page = weasyprint.HTML(string=to_html(report), url_fetcher=refuse, media_type="print")
    return page.write_pdf(presentational_hints=True)  # the widths of columns


def refuse(url, *args, **kwargs):
    """Nothing is fetched from anywhere: the page holds all that it needs."""
    raise ValueError(f"a report fetches nothing: {url[:80]}")
