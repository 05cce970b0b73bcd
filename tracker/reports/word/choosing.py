"""Which template a report is written with: the office's own, else the default one."""

from django.utils.translation import gettext as _

from tracker.reports.faults import NoFile
from tracker.reports.word.guard import TemplateFault
from tracker.reports.word.models import ReportTemplate
from tracker.reports.word.writing import write_docx

BROKEN = 500


def to_docx(report, office=None, user=None):
    """A Table or Sheet as a .docx under the letterhead of `office`; raises NoFile where its template is broken."""
    template = ReportTemplate.objects.chosen(report.key, office)
    if template is None:
        return write_docx(report, office=office, user=user)
    try:
        return write_docx(report, template.content(), office, user)
    except TemplateFault as error:
        raise broken(template, error) from error
    except (OSError, ValueError) as error:
        raise broken(template, _("the file is missing or was changed.")) from error


def broken(template, why):
    sentence = _(
        "The Word template “%(name)s” cannot be used: %(why)s Upload it again or take it out of use, then try again."
    )
    return NoFile(sentence % {"name": template, "why": why}, BROKEN)
