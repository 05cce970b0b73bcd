"""The forms in which a report leaves the register: who writes each, what a browser and a reader call it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from agreements.admin.downloads import XLSX_TYPE
from tracker.reports import writers
from tracker.reports.document import to_html
from tracker.reports.pdf import to_pdf
from tracker.reports.word.choosing import to_docx
from tracker.reports.workbook import to_xlsx

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Asked:
    """For whom a file is made: the office whose letterhead it bears, and the officer."""

    office: object = None
    user: object = None


class Form(NamedTuple):
    """`write(report, asked)` gives text or bytes."""

    write: Callable
    content_type: str
    ending: str
    label: object


FILES = {
    "docx": Form(lambda report, asked: to_docx(report, asked.office, asked.user), DOCX_TYPE, "docx", "Word"),
    "pdf": Form(lambda report, asked: to_pdf(report), "application/pdf", "pdf", "PDF"),
    "xlsx": Form(lambda report, asked: to_xlsx(report), XLSX_TYPE, "xlsx", "Excel"),
    "csv": Form(lambda report, asked: writers.to_csv(report), "text/csv; charset=utf-8", "csv", "CSV"),
    "csv2": Form(
        lambda report, asked: writers.to_csv(report, ";"), "text/csv; charset=utf-8", "csv", "CSV (;)"
    ),
    "json": Form(lambda report, asked: writers.to_json(report), "application/json", "json", "JSON"),
    "html": Form(lambda report, asked: to_html(report), "text/html; charset=utf-8", "html", "HTML"),
}


def written(report, form, asked=None):
    """`report` in the form `form` of FILES; raises NoFile with one sentence where it cannot be made."""
    return FILES[form].write(report, asked or Asked())
