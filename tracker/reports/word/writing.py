"""From a report to the bytes of a Word document."""

import io

from docx.oxml import OxmlElement

from tracker.reports.word.body import Body
from tracker.reports.word.default import default_template
from tracker.reports.word.letterhead import values
from tracker.reports.word.placeholders import MARK, filled, text_of


def write_docx(report, content=None, office=None, user=None):
    """A Table or Sheet as a .docx: `content` is a template, the default one without; raises TemplateFault."""
    document = filled(content or default_template(), values(report, office, user))
    Body(document, mark_in(document), report).write()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def mark_in(document):
    """The paragraph where the body goes; the end of the document where a template has lost it."""
    body = document.element.body
    for one in body:
        if text_of(one).strip() == MARK:
            return one
    found = OxmlElement("w:p")
    body.sectPr.addprevious(found)
    return found
