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
| TWO_FACTOR_REQUIRED | off | on: office heads and administrators log in with a code of their phone too |
| OFFICE_NAME | – | the name shown on every page |
| EMAIL_URL | – | smtp://user:password@host:587; without it no mail is sent |
| DUE_SOON_DAYS | 90 | a commitment due within so many days is “due soon” |
| STALE_DAYS | 180 | a commitment without news for longer is “stale” |
| STANDING_WINDOW_DAYS | 365 | a standing commitment with activity within so many days is “active” |
| PERIOD_HALF, PERIOD_YEAR | 15/12-14/6, 15/12-14/12 | the windows of period reports (Nghị định 09/2019/NĐ-CP) |
| REVIEW_REQUIRED | off | on: all reports take only what is approved; a state set by an officer needs no approval |
| UPLOAD_LIMIT_MB | 25 | the largest file of a document, in MB |
| SEAL_KEY | SECRET_KEY | the key of the seals over the logs, if SECRET_KEY is to be changed now and then |
| ACCESS_LOG_DAYS | 90 | rows of the access log older than this go with `purge_access_log` |
| DISK_RESERVE_MB | 1024 | the status page warns when less is free |
| DEBUG | off | on: only for development |
"""

from datetime import timedelta
from pathlib import Path

from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from tracker.door.policy import POLICY
from tracker.environment import (
    BASE_DIR,
    env,
    folder,
    host,
    host_names,
    mail,
    proxy,
    secret_key,
    switch,
    whole_number,
    windows,
    without_password,
)
from tracker.secret import strong


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
SEAL_KEY = strong("SEAL_KEY", env.str("SEAL_KEY")) if env.str("SEAL_KEY", default="") else ""
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
CONTENT_SECURITY_POLICY = POLICY
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_IDLE_SECONDS = 30 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
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
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "tracker.door.headers.HeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tracker.middleware.LanguageMiddleware",
    "tracker.middleware.FailedUploadsMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "tracker.walls.WallMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "tracker.door.sessions.SessionLimitsMiddleware",
    "tracker.door.limits.LimitsMiddleware",
    "tracker.door.second_factor.SecondFactorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "tracker.trace.middleware.AccessLogMiddleware",
    "axes.middleware.AxesMiddleware",
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
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ["username", "full_name", "email"]}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # nobody locks an officer out from somewhere else
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # the page says 15 minutes
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "tracker.door.guesses.client_address"
AXES_LOCKOUT_CALLABLE = "tracker.door.guesses.locked_out"
AXES_DISABLE_ACCESS_LOG = True  # who did what is told by the history
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
TWO_FACTOR_REQUIRED = switch("TWO_FACTOR_REQUIRED")
OTP_TOTP_ISSUER = OFFICE_NAME or "Sổ thỏa thuận"

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
    "default": {"BACKEND": "agreements.files.WholeFileStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or switch("PLAIN_STATIC_FILES")
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
UPLOAD_LIMIT = whole_number("UPLOAD_LIMIT_MB", 25, 1, 500) << 20
BODY_LIMIT = UPLOAD_LIMIT + (5 << 20)
DATA_UPLOAD_MAX_MEMORY_SIZE = BODY_LIMIT
FILE_UPLOAD_TEMP_DIR = folder(DATA_DIR / "uploads")  # a document on its way in lies in no folder of everybody
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # an agreement with all its parts is one large form

# Keeping -----------------------------------------------------------------------------------------
ACCESS_LOG_DAYS = whole_number("ACCESS_LOG_DAYS", 90, 1, 3650)
DISK_RESERVE_MB = whole_number("DISK_RESERVE_MB", 1024, 1, 10_000_000)

# Mail and logs -----------------------------------------------------------------------------------
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
if EMAIL_URL := env.str("EMAIL_URL", default=""):
    globals().update(mail(EMAIL_URL))
DEFAULT_EXCEPTION_REPORTER = "tracker.faults_told.LeanReporter"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "tracker.faults_told.LeanFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {
        "file": {
            "class": "logging.handlers.TimedRotatingFileHandler",
            "filename": LOG_DIR / "tracker.log",
            "when": "midnight",
            "backupCount": 90,  # days
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
REVIEW_REQUIRED = switch("REVIEW_REQUIRED")  # states set by officers hold at once: reports say so, and why
PURGE_AFTER_DAYS = whole_number("PURGE_AFTER_DAYS", 365, 0, 36_500)  # 0: nothing withdrawn is ever purged

IMPORT_EXPORT_USE_TRANSACTIONS = True
IMPORT_EXPORT_SKIP_ADMIN_LOG = False
