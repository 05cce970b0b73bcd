"""Records as a file for the browser: CSV as a stream, a workbook from a temporary file."""

from dataclasses import dataclass
from tempfile import TemporaryFile

from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language, override

from agreements import names
from agreements.interchange.csv_out import SEPARATORS, csv_chunks
from agreements.interchange.describing import title_of
from agreements.interchange.exporting import KEYS, rows_out, sheet_out
from agreements.interchange.xlsx import write_xlsx
from agreements.resources.values import LANGUAGES

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ASKED = ("format", "headers", "sep")
"""What an address says about the file; all else in it chooses the records."""


@dataclass(frozen=True)
class FileAsked:
    """Which file is wanted: `form` csv or xlsx, `headers` vi, en or key, `separator` of a CSV file."""

    form: str
    headers: str
    separator: str

    @classmethod
    def read(cls, asked):
        """From the parameters of an address; what is not known is as usual."""
        form, headers, separator = (asked.get(name, "") for name in ASKED)
        usual = get_language() if get_language() in LANGUAGES else LANGUAGES[0]
        return cls(
            form if form in ("csv", "xlsx") else "csv",
            headers if headers in (*LANGUAGES, KEYS) else usual,
            separator if len(separator) == 1 and separator in SEPARATORS else SEPARATORS[0],
        )


def records_response(resource_class, queryset, asked, office=None):
    """The records of a kind as `asked` (FileAsked) for; None is the whole kind.

    Raises ValueError with one sentence where no workbook can hold them.
    """
    name = file_name(title_of(resource_class))
    if asked.form == "xlsx":
        return workbook_response(
            [sheet_out(resource_class, queryset, office=office, headers=asked.headers)], name
        )
    headings, rows = rows_out(resource_class, queryset, office=office, headers=asked.headers)
    chunks = csv_chunks(headings, rows, asked.separator)
    return StreamingHttpResponse(chunks, content_type=CSV_TYPE, headers=attached(f"{name}.csv"))


def workbook_response(sheets, name):
    """A workbook called `name`; written whole before the first byte goes, so that it is never half a file."""
    file = TemporaryFile()  # noqa: SIM115 - closed by the response
    try:
        write_xlsx(file, sheets)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return FileResponse(file, content_type=XLSX_TYPE, headers=attached(f"{name}.xlsx"))


def attached(name):
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def file_name(title):
    """“Cam kết” → cam-ket-2026-11-25: without accents, with the day."""
    with override(None):
        return f"{slugify(names.fold(title))}-{timezone.localdate().isoformat()}"
