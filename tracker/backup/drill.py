"""The drill: the newest archive restored into a scratch place, compared, logged into, looked at, thrown away."""

import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import datetime

import psycopg
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from agreements.history import Route, recording
from tracker.backup.counting import missing_files
from tracker.backup.faults import BackupFault
from tracker.backup.keeping import archives
from tracker.trace import sealing

PAGES = (("admin:agreements_agreement_changelist", []), ("reports:report", ["agreement-status"]))


def record_path():
    return settings.BACKUP_DIR / "last_drill.json"


def last_drill():
    """{"at", "archive", …} of the last drill that went well; None without one."""
    try:
        return json.loads(record_path().read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None


def drill(path=None):
    """Restore `path` (the newest archive) into a scratch place; returns the figures, which are kept as the last drill.

    Raises BackupFault with the sentence of whatever went wrong.
    """
    path = path or next(iter(archives()), None)
    if path is None:
        raise BackupFault(
            f"Chưa có bản sao lưu nào trong {settings.BACKUP_DIR}: hãy chạy “manage.py backup”."
        )
    begun = time.monotonic()
    with (
        tempfile.TemporaryDirectory(prefix="drill-", ignore_cleanup_errors=True) as folder,
        scratch_database() as url,
    ):
        figures = restored_elsewhere(path, folder, url)
    told = {
        "at": datetime.now().astimezone().isoformat(timespec="seconds"),
        "archive": path.name, **figures, "seconds": round(time.monotonic() - begun, 1),
    }  # fmt: skip
    record_path().write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    return told


def restored_elsewhere(path, folder, url):
    """Run `restore --look` in a process whose register is the scratch place; its figures."""
    own = {
        "DATA_DIR": folder, "DATABASE_URL": url, "SECRET_KEY": settings.SECRET_KEY, "SEAL_KEY": settings.SEAL_KEY,
        "ALLOWED_HOSTS": "testserver", "PLAIN_STATIC_FILES": "on", "PYTHONUTF8": "1",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, str(settings.BASE_DIR / "manage.py"), "restore", str(path.resolve()), "--look"],
        env={**os.environ, **own}, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    if done.returncode:
        raise BackupFault((done.stderr or done.stdout).strip().splitlines()[-1])
    return json.loads(done.stdout.splitlines()[-1])


@contextmanager
def scratch_database():
    """The address of an empty database: none for SQLite, which lies in the scratch folder."""
    if connection.vendor == "sqlite":
        yield ""
        return
    name = f"drill_{secrets.token_hex(6)}"
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    except psycopg.Error as error:
        raise BackupFault(
            "Tài khoản PostgreSQL không được tạo cơ sở dữ liệu tạm để diễn tập: hãy cấp quyền CREATEDB cho tài khoản."
        ) from error
    try:
        yield address_of(name)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def address_of(name):
    """DATABASE_URL of another database on the same server."""
    from urllib.parse import quote

    kept = {
        key: quote(str(connection.settings_dict[key]), safe="")
        for key in ("USER", "PASSWORD", "HOST", "PORT")
    }
    login = f"{kept['USER']}:{kept['PASSWORD']}@" if kept["PASSWORD"] else f"{kept['USER']}@"
    return f"postgres://{login}{kept['HOST']}{':' + kept['PORT'] if kept['PORT'] else ''}/{name}"


def look(manifest):
    """Log in to what was restored and open a list and a report; {"tables", "rows", "files", "pages"}.

    Nothing of it stays, neither the account nor its traces: it may be the register that will be worked with.
    """
    if faults := sealing.verify():
        raise BackupFault(" ".join(faults))
    if missing := missing_files():
        raise BackupFault(f"Diễn tập: thiếu {len(missing)} tệp đính kèm, như {missing[0]}.")
    with transaction.atomic():
        try:
            open_pages()
        finally:
            transaction.set_rollback(True)
    tables = manifest["tables"].values()
    return {
        "tables": len(tables), "rows": sum(rows for rows, _sha256 in tables), "files": len(manifest["files"]) - 1,
        "pages": len(PAGES) + 1, "different": 0,
    }  # fmt: skip


def open_pages():
    """Log in with an account made for it, and open some pages."""
    password = secrets.token_urlsafe(20)
    with recording(Route.COMMAND):
        get_user_model().objects.create_superuser("dien-tap-khoi-phuc", password=password)
    client = Client(SERVER_NAME="testserver")
    page = client.post(
        reverse("admin:login"), {"username": "dien-tap-khoi-phuc", "password": password}, secure=True
    )
    if page.status_code != 302:
        raise BackupFault("Diễn tập: không đăng nhập được vào bản khôi phục.")
    for name, parts in PAGES:
        page = client.get(reverse(name, args=parts), secure=True)
        if page.status_code != 200:
            raise BackupFault(f"Diễn tập: trang {page.request['PATH_INFO']} trả lời {page.status_code}.")
