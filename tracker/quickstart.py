"""The steps from an empty folder to a served register; each may be repeated without harm."""

import errno
import hashlib
import os
import secrets
import socket
import sqlite3
from datetime import datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from agreements.history import Route, recording
from agreements.models import Agreement
from tracker.backup.keeping import STAMP
from tracker.imports import working
from tracker.loading import ADMINISTRATOR, load_reference, load_seeds
from tracker.private import mend
from tracker.progress.instances import make_instances
from tracker.trace import sealing
from tracker.trace.models import Seal


def prepare(*, empty=False, say=print, password=""):
    """Bring database, reference data, first administrator and static files up to date.

    `empty=True` leaves out the source facts; they are loaded only while no agreement is entered.
    """
    for folder in (settings.FILES_DIR, settings.BACKUP_DIR, settings.LOG_DIR):
        folder.mkdir(parents=True, exist_ok=True)
    mend()
    if password and not connection.introspection.table_names():  # before the work of a first start
        refuse_weak_password(password)
    migrate(say)
    with recording(Route.COMMAND):
        load_reference()
        if not empty and not seeds_decided():
            load_seeds()
        decide_seeds()
        make_first_administrator(password, say)
    working.sweep()
    if made := make_instances(timezone.localdate()):
        say(f"Đã lập {made} chỉ tiêu theo kỳ của các cam kết lặp lại.")
    collect_static_files()


def refuse_redirects_for_ever():
    """With HTTPS=on every plain request is sent to https; only a trusted proxy can say that it came so."""
    if settings.HTTPS and not settings.TRUSTED_PROXY:
        raise ImproperlyConfigured(
            "HTTPS=on cần TRUSTED_PROXY: hãy đặt TRUSTED_PROXY là địa chỉ IP của máy chủ trung gian có TLS"
            " (cùng máy thì 127.0.0.1), nếu không mọi trang sẽ chuyển hướng mãi."
        )


def refuse_weak_password(password):
    """ADMIN_PASSWORD must pass the validators that every password of the register passes."""
    try:
        validate_password(password, get_user_model()(username="admin", full_name="Quản trị viên"))
    except ValidationError as error:
        raise ImproperlyConfigured(
            f"ADMIN_PASSWORD không dùng được: {' '.join(error.messages)} Hãy đặt mật khẩu khác."
        ) from error


def pending_migrations():
    executor = MigrationExecutor(connection)
    return executor.migration_plan(executor.loader.graph.leaf_nodes())


def migrate(say):
    """Apply pending migrations, after a copy of a database that holds data."""
    if not pending_migrations():
        return
    if connection.introspection.table_names() and (copy := back_up()):
        say(f"Đã sao lưu dữ liệu trước khi nâng cấp: {copy}")
    sound = logs_are_sound()
    call_command("migrate", verbosity=0, interactive=False)
    if sound:  # the upgrade may change sealed rows, and nobody else did
        sealing.amend(f"migrate → {settings.VERSION}")


def logs_are_sound():
    """Whether there are seals, and every sealed row is as it was."""
    sealed = Seal._meta.db_table in connection.introspection.table_names() and sealing.head()
    return bool(sealed) and not sealing.verify()


def back_up():
    """A consistent copy of a SQLite database in BACKUP_DIR (VACUUM INTO); returns its path.

    PostgreSQL is backed up by its own tools (pg_dump): returns None.
    """
    if connection.vendor != "sqlite":
        return None
    path = settings.BACKUP_DIR / f"before-migration-{datetime.now().strftime(STAMP)}.sqlite3"
    os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))  # VACUUM INTO writes into an empty file too
    source = sqlite3.connect(settings.DATABASES["default"]["NAME"])
    try:
        source.execute("VACUUM INTO ?", [str(path)])
    finally:
        source.close()
    return path


def decided_path():
    return settings.DATA_DIR / "seeds_decided"


def seeds_decided():
    """Whether this register has had its chance of the source facts: they never come back by themselves."""
    return decided_path().exists() or Agreement.objects.exists()


def decide_seeds():
    decided_path().touch()


def make_first_administrator(password, say):
    """The account `admin`, if no administrator exists; a random password is shown this once."""
    users = get_user_model()
    if users.objects.filter(is_superuser=True).exists():
        return
    if password:
        refuse_weak_password(password)
    chosen = password or secrets.token_urlsafe(12)
    admin = users.objects.create_superuser("admin", password=chosen, full_name="Quản trị viên")
    admin.groups.add(*Group.objects.filter(name=ADMINISTRATOR))
    say("Tài khoản quản trị: admin")
    say(
        f"Mật khẩu (chỉ hiện một lần, hãy đổi ngay): {chosen}"
        if not password
        else "Mật khẩu: như ADMIN_PASSWORD"
    )


def static_stamp():
    """A mark that changes when a static file of the project or the set of packages does."""
    own = sorted((settings.BASE_DIR / "tracker" / "static").rglob("*.*"))
    parts = [f"{path.name}:{path.stat().st_mtime_ns}" for path in own]
    requirements = (settings.BASE_DIR / "requirements.txt").read_bytes()
    return hashlib.sha256("\n".join(parts).encode() + requirements).hexdigest()


def collect_static_files():
    """Gather static files, unless they were gathered already from the same sources."""
    mark = settings.STATIC_ROOT / ".stamp"
    stamp = static_stamp()
    if not mark.exists() or mark.read_text() != stamp:
        call_command("collectstatic", verbosity=0, interactive=False)
        mark.write_text(stamp)


def refuse_taken_port():
    """Say in a sentence why the server could not listen, before anything else is done."""
    family = socket.AF_INET6 if ":" in settings.HOST else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        if os.name == "posix":  # a port that was closed a moment ago is free; Windows would share a taken one
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((settings.HOST, settings.PORT))
        except OSError as error:
            raise ImproperlyConfigured(port_sentence(error)) from error


def port_sentence(error):
    where = f"HOST={settings.HOST}, PORT={settings.PORT}"
    if error.errno in (errno.EADDRINUSE, errno.EACCES) and settings.PORT >= 1024:
        return f"{where}: cổng đang có chương trình khác dùng: hãy đóng chương trình ấy, hoặc đặt PORT khác (như 8001)."
    if error.errno == errno.EACCES:
        return f"{where}: cổng dưới 1024 cần quyền quản trị: hãy đặt PORT từ 1024 trở lên."
    return f"{where}: máy này không lắng nghe được ở đó: hãy đặt HOST là địa chỉ của máy này, hoặc 0.0.0.0."


def serve(say=print):
    """Serve with waitress until interrupted: 16 threads, because a waiting writer holds one for up to 20 s."""
    from waitress import serve as waitress_serve

    from tracker.wsgi import application

    proxy = {
        "trusted_proxy": settings.TRUSTED_PROXY,
        "trusted_proxy_headers": "x-forwarded-proto x-forwarded-for",
    }
    say(f"Mở trình duyệt: http://{settings.HOST}:{settings.PORT}/  (dừng: Ctrl+C)")
    waitress_serve(
        application,
        host=settings.HOST,
        port=settings.PORT,
        threads=16,
        max_request_body_size=settings.BODY_LIMIT,
        ident=None,
        clear_untrusted_proxy_headers=True,
        **(proxy if settings.TRUSTED_PROXY else {}),
    )
