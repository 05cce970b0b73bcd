"""What logs and error mails say of a fault: where it happened, and nothing that staff entered.

The text of an exception often quotes a value (“could not convert string to float: '0912…'”), and the stock report
of an error mails the whole form. Here only errors of the machine keep their words: disk, network, database.
"""

import logging
import traceback

from django.db import InterfaceError, InternalError, NotSupportedError, OperationalError, ProgrammingError
from django.utils.html import escape
from django.views.debug import ExceptionReporter

OF_THE_DATABASE = (InterfaceError, InternalError, NotSupportedError, OperationalError, ProgrammingError)


def words_of(error):
    """What may be told of an exception beside its class: a sentence of system or database, else ""."""
    if isinstance(error, OSError):
        return error.strerror or ""
    if isinstance(error, OF_THE_DATABASE):
        return next(iter(str(error).splitlines()), "")  # PostgreSQL quotes values from the second line on
    return ""


def told(error):
    """The traceback of `error` and of what it arose from, without values: files, lines, classes."""
    parts, seen = [], set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        frames = "".join(traceback.format_tb(error.__traceback__))
        parts.insert(
            0, f"{frames}{type(error).__module__}.{type(error).__qualname__}: {words_of(error)}".rstrip(": ")
        )
        error = error.__cause__ or error.__context__
    return "\n-- then --\n".join(parts)


class LeanFormatter(logging.Formatter):
    """A line of the log, with the traceback of an exception but without its values."""

    def formatException(self, exc_info):
        return told(exc_info[1])


class LeanReporter(ExceptionReporter):
    """What an error mail holds: which page, and the traceback without values."""

    def get_traceback_text(self):
        page = f"{self.request.method} {self.request.path_info}\n\n" if self.request else ""
        return page + (told(self.exc_value) if isinstance(self.exc_value, BaseException) else "")

    def get_traceback_html(self):
        return (
            f"<pre>{escape(self.get_traceback_text())}</pre>"
            if self.is_email
            else super().get_traceback_html()
        )
