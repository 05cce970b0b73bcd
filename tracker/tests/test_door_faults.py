"""Logs and error mails hold nothing that staff entered."""

import logging
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.db import IntegrityError, OperationalError
from django.test import Client
from django.urls.resolvers import RegexPattern

from agreements.models import User
from tracker.faults_told import LeanFormatter, told
from tracker.tests.walls_matrix import UNNAMED, addresses, filled

pytestmark = pytest.mark.once


SECRETS = ["Nguyễn Bí Mật", "0912345678", "bi.mat@so.example", "mật-khẩu-của-tôi"]
PRIVATE = [*SECRETS, "Quản Trị Viên"]
FORM = dict(zip(("full_name", "username", "email", "password"), SECRETS, strict=True))
FORMATTER = LeanFormatter("{levelname} {message}", style="{")


class Everything(logging.Handler):
    """Keeps every line as the log file would hold it."""

    def __init__(self):
        super().__init__()
        self.lines = []

    def emit(self, record):
        record.exc_text = None
        self.lines.append(FORMATTER.format(record))


@pytest.fixture
def told_lines(settings):
    settings.ADMINS = [("Quản trị", "quan-tri@so.example")]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    from django.utils.log import AdminEmailHandler

    handlers = [Everything(), AdminEmailHandler(include_html=True)]
    for logger in (logging.getLogger("django"), logging.getLogger()):
        for handler in handlers:
            logger.addHandler(handler)
    yield handlers[0].lines
    for logger in (logging.getLogger("django"), logging.getLogger()):
        for handler in handlers:
            logger.removeHandler(handler)


@pytest.fixture
def administrator(db):
    User.objects.create_superuser("quan-tri", full_name="Quản Trị Viên")
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get())
    return client


class Breaks:
    """The last layer before the views: breaks in place of each."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        secret = SECRETS  # a local variable that a stock report would show
        raise ValueError(f"could not read {secret}")


PARTS = {"slug": "agreement-status", "kind": "agreements"}
"""What stands in an address where no number does; no record is looked for, because every view breaks."""


def every_address():
    """All addresses of the resolver, whether they take a POST or refuse it."""
    found = set()
    for prefix, pattern, name in addresses():
        if isinstance(pattern, RegexPattern) or name.endswith("None"):
            found.add("/" + prefix + UNNAMED.get(prefix, "1/history/1/"))
        else:
            values = {part: PARTS.get(part, "1") for part in pattern.converters}
            found.add(filled(prefix, pattern, values))
    return sorted(found)


def test_no_post_that_breaks_tells_what_was_posted(administrator, told_lines, settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.Breaks"]
    pages = every_address()
    assert {"/imports/new/", "/imports/1/write/", "/reports/frozen/1/sign/", "/people/1/erase/"} <= {*pages}
    assert {"/admin/agreements/agreement/1/withdraw/", "/admin/agreements/user/add/"} <= {*pages}
    for page in pages:
        answer = administrator.post(f"{page}?q={SECRETS[0]}", {**FORM, "file": BytesIO(b"x")})
        assert answer.status_code == 500, page
        assert not any(secret in answer.content.decode() for secret in SECRETS)
    mails = [one.body + one.subject + str(one.alternatives) for one in mail.outbox]
    with_secrets = [one for one in [*mails, *told_lines] if any(secret in one for secret in PRIVATE)]
    print(f"{len(pages)} broken POSTs: {len(mails)} mails, {len(told_lines)} lines, {len(with_secrets)} tell")
    assert with_secrets == []
    assert len(mails) >= len(pages) > 150
    assert len(told_lines) >= len(pages)
    assert "ValueError" in told_lines[0]
    assert "in process_view" in told_lines[0]
    assert "ValueError" in mails[0]
    assert "POST /" in mails[0]


def test_the_log_of_the_register_is_written_that_way():
    handler = django_settings.LOGGING["handlers"]["file"]
    formatter = django_settings.LOGGING["formatters"][handler["formatter"]]
    assert formatter["()"] == "tracker.faults_told.LeanFormatter"
    assert {"django", "root"} <= {"root", *django_settings.LOGGING["loggers"]}


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (ValueError("0912345678"), "builtins.ValueError"),
        (OperationalError("database is locked"), "django.db.utils.OperationalError: database is locked"),
        (IntegrityError("Key (email)=(bi.mat@so.example) already exists."), "django.db.utils.IntegrityError"),
        (OperationalError("canceled\nDETAIL: 0912345678"), "django.db.utils.OperationalError: canceled"),
        (
            FileNotFoundError(2, "No such file", "Nguyễn Bí Mật.pdf"),
            "builtins.FileNotFoundError: No such file",
        ),
    ],
)
def test_only_the_machine_keeps_its_words(error, expected):
    assert told(error) == expected


def test_what_an_error_arose_from_is_told_too():
    try:
        try:
            raise OperationalError("database is locked")
        except OperationalError as error:
            raise RuntimeError("0912345678") from error
    except RuntimeError as error:
        text = told(error)
    assert "database is locked\n-- then --" in text
    assert "0912345678\n" not in text
    assert Path(__file__).name in text
