"""Settings: one file, every value from the environment or `.env`; nonsense is refused with one sentence.

| name | default | meaning |
|---|---|---|
| DATA_DIR | ./data | database, files, logs, key; on a local disk, never a network share |
| DATABASE_URL | SQLite in DATA_DIR | or postgres://user:password@host:5432/name |
| HOST, PORT | 127.0.0.1, 8000 | where the server listens |
| ALLOWED_HOSTS | follows HOST | names under which the pages may be called, with commas |
| SECRET_KEY | DATA_DIR/secret_key | the key that signs sessions: 50 random characters or more |
| HTTPS | off | on: redirect, secure cookies, HSTS, trusted origins |
| TRUSTED_PROXY | – | IP address of the proxy in front that ends TLS; needed with HTTPS=on |
| OFFICE_NAME | – | the name shown on every page |
| EMAIL_URL | – | smtp://user:password@host:587; without it no mail is sent |
| DUE_SOON_DAYS | 90 | a commitment due within so many days is “due soon” |
| STALE_DAYS | 180 | a commitment without news for longer is “stale” |
| STANDING_WINDOW_DAYS | 365 | a standing commitment with activity within so many days is “active” |
| PERIOD_HALF, PERIOD_YEAR | 15/12-14/6, 15/12-14/12 | the windows of period reports (Nghị định 09/2019/NĐ-CP) |
| REVIEW_REQUIRED | off | on: reports take only figures, assessments and activities that are approved |
| DEBUG | off | on: only for development |
"""

import os
import re
import socket
import sys
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path

import environ
from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from tracker.reports.windows import parsed

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(BASE_DIR / ".env")


def switch(name, default=False):
    """A setting that is on or off; any other word is refused."""
    value = env.str(name, default="on" if default else "off").strip().lower()
    if value not in ("on", "off", "true", "false", "1", "0", ""):
        raise ImproperlyConfigured(f"{name}={value} không hợp lệ: hãy viết on hoặc off.")
    return value in ("on", "true", "1")


def whole_number(name, default, least, most):
    """A setting that is a whole number between `least` and `most`."""
    text = env.str(name, default=str(default)).strip()
    if not text.isdecimal() or not least <= int(text) <= most:
        raise ImproperlyConfigured(
            f"{name}={text} không hợp lệ: hãy viết một số nguyên từ {least} đến {most}."
        )
    return int(text)


def windows(half, year):
    """The settings PERIOD_HALF and PERIOD_YEAR: a whole year, and its first part."""
    found = {}
    for name, default in (("PERIOD_HALF", half), ("PERIOD_YEAR", year)):
        text = env.str(name, default=default).strip()
        found[name] = parsed(text)
        if found[name] is None:
            raise ImproperlyConfigured(
                f"{name}={text} không hợp lệ: hãy viết ngày đầu và ngày cuối, như {default}; không dùng ngày 29/2."
            )
    if not found["PERIOD_YEAR"].is_whole_year:
        raise ImproperlyConfigured(
            f"PERIOD_YEAR={env.str('PERIOD_YEAR')} không tròn một năm: ngày cuối phải đứng ngay trước ngày đầu, như"
            f" {year}."
        )
    if not found["PERIOD_HALF"].is_part_of(found["PERIOD_YEAR"]):
        raise ImproperlyConfigured(
            f"PERIOD_HALF={env.str('PERIOD_HALF', default=half)} không nằm ở đầu kỳ năm: hãy bắt đầu cùng ngày với"
            f" PERIOD_YEAR và kết thúc trước, như {half}."
        )
    return found["PERIOD_HALF"], found["PERIOD_YEAR"]


def address(text):
    """Whether `text` is an IP address, with or without the brackets of IPv6."""
    with suppress(ValueError):
        return bool(ip_address(text.removeprefix("[").removesuffix("]")))
    return False


def host(name, default):
    """A setting that is an address or a name of a machine."""
    text = env.str(name, default=default).strip()
    if not address(text) and not re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9-]*\.?)+", text):
        raise ImproperlyConfigured(
            f"{name}={text} không phải địa chỉ hay tên máy: hãy viết như 0.0.0.0 hoặc 192.168.1.10."
        )
    return text.removeprefix("[").removesuffix("]")


def proxy(name):
    """A setting that is the IP address of one machine, or empty."""
    text = env.str(name, default="").strip()
    if text and not address(text):
        raise ImproperlyConfigured(
            f"{name}={text} không phải địa chỉ IP: hãy viết địa chỉ của máy chủ trung gian, như 127.0.0.1."
        )
    return text


def folder(path):
    """`path` as a folder in which we may write; made when it is not there."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise ImproperlyConfigured(f"DATA_DIR={path} là một tệp: hãy chỉ đến một thư mục.") from error
    except OSError as error:
        raise ImproperlyConfigured(
            f"DATA_DIR={path} không tạo được: hãy chọn thư mục mà tài khoản chạy chương trình được ghi."
        ) from error
    if not os.access(path, os.W_OK):
        raise ImproperlyConfigured(
            f"DATA_DIR={path} không ghi được: hãy cấp quyền ghi cho tài khoản chạy chương trình."
        )
    return path


def mail(url):
    """The settings of Django that EMAIL_URL stands for."""
    try:
        config = env.email_url_config(url)
    except (ImproperlyConfigured, ValueError):
        config = {}
    if not config or (url.startswith("smtp") and not config["EMAIL_HOST"]):
        raise ImproperlyConfigured(
            f"EMAIL_URL={without_password(url)} không đọc được: hãy viết như smtp+tls://người:mật_khẩu@máy:587."
        )
    return config


def without_password(url):
    """`url` as it may stand in a message or a log."""
    return re.sub(r"(//[^:/@]*):[^@]*@", r"\1:…@", url)


def host_names(host):
    """The names under which a server listening on `host` is called."""
    names = {f"[{host}]" if ":" in host else host, "127.0.0.1", "localhost", "[::1]"}
    if host in ("0.0.0.0", "::"):  # every address of this machine
        own = socket.gethostname()
        names |= {own, own.lower(), socket.getfqdn()}
        with suppress(OSError):  # a machine whose name cannot be looked up is still called by localhost
            names |= set(socket.gethostbyname_ex(own)[2])
    return sorted(names - {"0.0.0.0", "[::]"})


def secret_key(folder):
    """SECRET_KEY, else the file that quickstart made; never a default that others could know."""
    if key := env.str("SECRET_KEY", default=""):
        return strong("SECRET_KEY", key)
    kept = folder / "secret_key"
    if kept.is_file():
        return strong(kept, kept.read_text(encoding="utf-8").strip())
    if sys.argv[1:2] == ["quickstart"]:
        from tracker.secret import make_secret_key

        return make_secret_key(kept)
    raise ImproperlyConfigured(
        f"Chưa có khóa bí mật: hãy chạy “python manage.py quickstart” (khóa sẽ nằm ở {kept}) hoặc đặt SECRET_KEY."
    )


def strong(name, key):
    """`key` if nobody can guess it (the rule of Django's check security.W009)."""
    if len(key) < 50 or len(set(key)) < 5 or key.startswith("django-insecure-"):
        raise ImproperlyConfigured(
            f"{name}: khóa bí mật quá ngắn hoặc quá đơn giản: hãy dùng ít nhất 50 ký tự ngẫu nhiên, hoặc bỏ trống để"
            " quickstart tự tạo."
        )
    return key


def database(url):
    """The database connection named by DATABASE_URL, with the options that keep data safe."""
    try:
        config = env.db_url_config(url)
    except Exception as error:
        raise ImproperlyConfigured(
            f"DATABASE_URL={without_password(url)} không đọc được: hãy viết như postgres://người:mật_khẩu@máy:5432/tên."
        ) from error
    engine = config.get("ENGINE", "")
    if engine == "django.db.backends.sqlite3":
        return {**config, **SQLITE, "TEST": {"NAME": str(DATA_DIR / "test.sqlite3")}}
    if engine == "django.db.backends.postgresql":
        return {**config, **POSTGRES, "OPTIONS": {**POSTGRES["OPTIONS"], **config.get("OPTIONS", {})}}
    raise ImproperlyConfigured(
        f"DATABASE_URL={without_password(url)} không dùng được: chỉ dùng sqlite:/// hoặc postgres://."
    )


# Where things are -------------------------------------------------------------------------------
DATA_DIR = Path(env.str("DATA_DIR", default="") or BASE_DIR / "data").resolve()
folder(DATA_DIR)
FILES_DIR = DATA_DIR / "files"
BACKUP_DIR = DATA_DIR / "backups"
LOG_DIR = folder(DATA_DIR / "logs")
VERSION = (BASE_DIR / "VERSION").read_text(encoding="ascii").strip()

# Who may call ------------------------------------------------------------------------------------
DEBUG = switch("DEBUG")
SECRET_KEY = secret_key(DATA_DIR)
HOST = host("HOST", "127.0.0.1")
PORT = whole_number("PORT", 8000, 1, 65535)
HTTPS = switch("HTTPS")
TRUSTED_PROXY = proxy("TRUSTED_PROXY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[]) or host_names(HOST)
OFFICE_NAME = env.str("OFFICE_NAME", default="").strip()

SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
CSRF_TRUSTED_ORIGINS = [f"https://{name}" for name in ALLOWED_HOSTS if name != "*"] if HTTPS else []
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS and TRUSTED_PROXY else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # an office's register does not decide for the other names of its domain
    "security.W021",  # nor does it ask browsers to preload that domain
]

# What it is made of ------------------------------------------------------------------------------
INSTALLED_APPS = [
    "tracker.apps.TrackerConfig",
    "delegations",
    "agreements",
    "tracker.apps.TrackerAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "simple_history",
    "import_export",
    "django_filters",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tracker.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "tracker.middleware.WallMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
ROOT_URLCONF = "tracker.urls"
WSGI_APPLICATION = "tracker.wsgi.application"
CSRF_FAILURE_VIEW = "tracker.errors.csrf_failure"
AUTH_USER_MODEL = "agreements.User"
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# The database ------------------------------------------------------------------------------------
SQLITE = {
    "OPTIONS": {
        # IMMEDIATE: a transaction that will write takes its turn at its start, and never fails half-way.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # FULL: with NORMAL a power cut loses saves that were acknowledged.
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
        ),
    },
    "ATOMIC_REQUESTS": False,
}
POSTGRES = {
    "CONN_MAX_AGE": 60,
    "CONN_HEALTH_CHECKS": True,
    # The one statement that judges commitments is long: compiling it takes four times as long as answering it.
    "OPTIONS": {"options": "-c jit=off"},
}
DATABASES = {
    "default": database(env.str("DATABASE_URL", default="") or f"sqlite:///{DATA_DIR / 'register.sqlite3'}")
}

# Language, dates, numbers ------------------------------------------------------------------------
LANG_INFO.setdefault("lo", {"bidi": False, "code": "lo", "name": "Lao", "name_local": "ລາວ"})
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("lo", _("Lao")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "packages"]  # ours; what Django and packages lack
FORMAT_MODULE_PATH = ["tracker.formats"]
USE_THOUSAND_SEPARATOR = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

# Files -------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": FILES_DIR}},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or switch("PLAIN_STATIC_FILES")
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
UPLOAD_LIMIT = 25 * 1024 * 1024
BODY_LIMIT = 30 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = BODY_LIMIT
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # an agreement with all its parts is one large form

# Mail and logs -----------------------------------------------------------------------------------
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
if EMAIL_URL := env.str("EMAIL_URL", default=""):
    globals().update(mail(EMAIL_URL))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {
        "file": {
            "class": "logging.handlers.RotatingFileHandler",
            "filename": LOG_DIR / "tracker.log",
            "maxBytes": 5_000_000,
            "backupCount": 10,
            "encoding": "utf-8",
            "delay": True,
            "formatter": "line",
        },
    },
    "root": {"handlers": ["file"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["file"], "level": "WARNING", "propagate": False}},
}

# Interchange -------------------------------------------------------------------------------------
SIMPLE_HISTORY_REVERT_DISABLED = True  # a record is corrected on its own page, where all rules are checked
DUE_SOON_DAYS = whole_number("DUE_SOON_DAYS", 90, 1, 730)
REPORT_DAYS = whole_number("REPORT_DAYS", 15, 1, 365)
STALE_DAYS = whole_number("STALE_DAYS", 180, 1, 3650)
STANDING_WINDOW_DAYS = whole_number("STANDING_WINDOW_DAYS", 365, 1, 3650)
PERIOD_HALF, PERIOD_YEAR = windows("15/12-14/6", "15/12-14/12")
REVIEW_REQUIRED = switch("REVIEW_REQUIRED")

IMPORT_EXPORT_USE_TRANSACTIONS = True
IMPORT_EXPORT_SKIP_ADMIN_LOG = False
