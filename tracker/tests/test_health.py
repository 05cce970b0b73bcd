"""/healthz for a watchdog, and the status page for administrators."""

import pytest
from django.db import connection
from django.test import Client

from agreements.models import User
from tracker.models import AccessLog

pytestmark = pytest.mark.django_db


def test_a_healthy_register_answers_ok_to_anybody_and_keeps_nothing():
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")
    assert not AccessLog.objects.exists()


def test_a_database_that_cannot_be_written_answers_503_without_saying_why():
    if connection.vendor != "sqlite":
        pytest.skip("made by a PRAGMA of SQLite")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON")
    try:
        answer = Client().get("/healthz")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA query_only = OFF")
    assert (answer.status_code, answer.content) == (503, b"unavailable")
    assert answer.headers["Retry-After"] == "20"


def test_the_status_page_is_for_administrators(reader):
    assert reader.get("/status/").status_code == 403
    assert Client().get("/status/").status_code == 302


def test_a_register_without_a_backup_is_told_what_to_run(settings, tmp_path):
    settings.DATA_DIR, settings.BACKUP_DIR = tmp_path, tmp_path / "backups"
    settings.FILES_DIR = tmp_path / "files"
    client = Client()
    client.force_login(User.objects.create_superuser("quan-tri", password="x"))
    page = client.get("/status/").content.decode()
    assert "Hãy chạy “python manage.py backup” hằng đêm" in page
    assert "Hãy chạy “python manage.py restore_drill” hằng tuần." in page
    assert "Có 2 việc cần xử lý." in page
    assert "Hệ thống" in page
