"""Every setting on which safety rests, as it is shipped; where it is not what is usually advised, why."""

import pytest
from django.conf import settings
from django.core.files.base import ContentFile

from agreements.interchange.bounds import WEB
from agreements.tests.builders import make_document
from tracker.tests.test_settings import GOOD, start

pytestmark = pytest.mark.once

SHIPPED = {
    "SESSION_COOKIE_AGE": 8 * 60 * 60,
    "SESSION_IDLE_SECONDS": 30 * 60,
    "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
    "SESSION_COOKIE_HTTPONLY": True,
    "CSRF_COOKIE_HTTPONLY": True,
    "SECURE_REFERRER_POLICY": "same-origin",
    "SECURE_CONTENT_TYPE_NOSNIFF": True,
    "X_FRAME_OPTIONS": "DENY",
    "FORMAT_MODULE_PATH": ["tracker.formats"],
    "USE_THOUSAND_SEPARATOR": True,
    "SIMPLE_HISTORY_REVERT_DISABLED": True,
    "AXES_LOCKOUT_PARAMETERS": [["username", "ip_address"]],
    "AXES_FAILURE_LIMIT": 5,
    "UPLOAD_LIMIT": 25 << 20,
    "DEFAULT_EXCEPTION_REPORTER": "tracker.faults_told.LeanReporter",
    "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
    "IMPORT_EXPORT_USE_TRANSACTIONS": True,
    "SILENCED_SYSTEM_CHECKS": ["security.W005", "security.W021"],
}
OTHERWISE = {
    # name: (what is shipped, why it is not what is usually advised)
    "CONN_MAX_AGE": (0, "SQLite; PostgreSQL keeps connections a minute, and looks whether they still live"),
    "IMPORT_EXPORT_IMPORT_PERMISSION_CODE": (
        None,
        "imports have pages of their own, with their own permissions",
    ),
    "IMPORT_EXPORT_EXPORT_PERMISSION_CODE": (None, "so have exports"),
    "IMPORT_EXPORT_ESCAPE_ILLEGAL_CHARS_ON_EXPORT": (None, "our writers take out what XLSX cannot hold"),
    "IMPORT_EXPORT_FORMATS": (None, "our readers and writers know CSV and XLSX alone"),
    "FILE_UPLOAD_PERMISSIONS": (0o600, "stricter than the advised 0640: nobody's group needs to read them"),
    "DATA_UPLOAD_MAX_NUMBER_FIELDS": (20_000, "an agreement with all its parts is one large form"),
}


@pytest.mark.parametrize("name", SHIPPED)
def test_a_setting_is_as_it_is_shipped(name):
    assert _as_shipped(name) == SHIPPED[name]


def _as_shipped(name):
    """The value of the file of settings: the test runner changes the one of mails."""
    from tracker import settings as shipped

    return getattr(shipped, name, getattr(settings, name, None))


@pytest.mark.parametrize("name", OTHERWISE)
def test_a_setting_that_differs_has_its_reason(name):
    value, reason = OTHERWISE[name]
    from tracker import settings as shipped

    default = 0 if name == "CONN_MAX_AGE" else None
    assert getattr(shipped, name, default) == value
    assert len(reason) > 10


def test_files_on_their_way_in_lie_in_the_folder_of_the_register():
    assert settings.FILE_UPLOAD_TEMP_DIR == settings.DATA_DIR / "uploads"


def test_sqlite_waits_its_turn_and_syncs_every_save():
    from tracker.settings import SQLITE

    options = SQLITE["OPTIONS"]
    assert (options["transaction_mode"], options["timeout"]) == ("IMMEDIATE", 20)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        assert f"PRAGMA {pragma};" in options["init_command"]


def test_passwords_are_long_uncommon_and_unlike_their_owner():
    validators = {one["NAME"].rpartition(".")[2]: one["OPTIONS"] for one in settings.AUTH_PASSWORD_VALIDATORS}
    assert validators["MinimumLengthValidator"] == {"min_length": 12}
    assert {"CommonPasswordValidator", "UserAttributeSimilarityValidator"} <= {*validators}


def test_files_of_imports_are_bounded():
    """100,000 rows and 100 columns, not 20,000 and 60: a register has more, and the reader's memory is bounded."""
    assert (WEB.bytes, WEB.rows, WEB.columns, WEB.unpacked) == (20_000_000, 100_000, 100, 64 << 20)


@pytest.mark.django_db
def test_a_kept_file_is_nobody_elses(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    kept = make_document(file=ContentFile(b"%PDF-1.7", name="a.pdf"))
    assert (tmp_path / kept.file.name).stat().st_mode & 0o777 == 0o600


def test_https_makes_cookies_secure_and_browsers_stay_with_it(tmp_path):
    names = "SECURE_SSL_REDIRECT SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SECURE_HSTS_SECONDS"
    asked = [
        "shell",
        "-v0",
        "-c",
        f"from django.conf import settings as s; print([getattr(s, n) for n in '{names}'.split()])",
    ]
    own = {**GOOD, "HTTPS": "on", "ALLOWED_HOSTS": "so.example", "TRUSTED_PROXY": "127.0.0.1"}
    assert "[True, True, True, 31536000]" in start(tmp_path, asked, **own)[1]
