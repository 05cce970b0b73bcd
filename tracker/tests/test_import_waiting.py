"""Imports that take long: what their page tells meanwhile, and what is offered when the server died."""


# ruff: noqa: F811 - fixtures are imported, and named by the tests that use them

import csv
import io
import os
import time

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import gettext

from agreements.models import Person
from tracker.backup.faults import BackupFault
from tracker.backup.making import back_up
from tracker.imports import working
from tracker.imports.models import ImportBatch
from tracker.tests.importers import (  # noqa: F401
    PEOPLE,
    State,
    at_once,
    begin,
    counts,
    html,
    kept_apart,
    login,
    officer,
    page,
    post,
    url,
    write,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_apart")]


# Waiting, dying servers -----------------------------------------------------------------------------------
def test_a_long_reading_shows_its_progress(officer, monkeypatch):
    monkeypatch.setattr(working, "run", lambda *arguments: (False, None))
    job = begin(officer, PEOPLE)
    working.tell(job, 3000, 12_000)
    shown = page(officer, job)
    assert '<progress id="import-progress" max="12000" value="3000">' in html(shown)
    assert '<noscript><meta http-equiv="refresh"' in html(shown)
    text = "25% – 3.000 trên 12.000 dòng"
    assert text in html(shown)
    told = {"done": 3000, "total": 12_000, "text": text, "working": True}
    assert officer.get(url("progress", job)).json() == told


def test_rows_alone_are_told_while_nobody_knows_how_many_there_are(officer, monkeypatch):
    monkeypatch.setattr(working, "run", lambda *arguments: (False, None))
    job = begin(officer, PEOPLE)
    working.tell(job, 3000)
    shown = page(officer, job)
    assert '<progress id="import-progress">' in html(shown)
    assert officer.get(url("progress", job)).json()["text"] == "3.000 dòng"


def test_an_estimate_that_was_too_small_never_says_that_all_is_done(officer, monkeypatch):
    monkeypatch.setattr(working, "run", lambda *arguments: (False, None))
    job = begin(officer, PEOPLE)
    working.tell(job, 1200, 1000)
    told = officer.get(url("progress", job)).json()
    assert (told["done"], told["text"]) == (999, "99% – 999 trên 1.000 dòng")


def spreadsheet(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", PEOPLE.encode()),
        ("a.csv", PEOPLE.replace("\n", "\r").encode()),
        ("a.csv", PEOPLE.encode("utf-16")),
        ("a.xlsx", spreadsheet(csv.reader(PEOPLE.splitlines(), delimiter=";"))),
    ],
)
def test_the_rows_of_a_file_are_counted_before_they_are_read(officer, monkeypatch, name, content):
    told = []
    monkeypatch.setattr(working, "tell", lambda job, done, total=0: told.append((done, total)))
    job = begin(officer, content, name=name)
    assert counts(job) == {"new": 2}
    assert told == [(0, 0), (0, 2), (2, 2)]


def test_a_long_writing_tells_how_many_rows_are_written(officer, monkeypatch):
    job, told = begin(officer, PEOPLE), []
    monkeypatch.setattr(working, "TOLD_EVERY", 1)
    monkeypatch.setattr(working, "tell", lambda job, done, total=0: told.append((done, total)))
    write(officer, job)
    assert told == [(0, 2), (1, 2), (2, 2)]
    (job.path / "step").write_text("write")
    assert gettext("The rows are being written.") in html(page(officer, job))
    assert officer.get(url("progress", job)).json()["working"]


def test_a_long_undoing_tells_how_many_records_are_put_back(officer, monkeypatch):
    Person.objects.create(code="bounnhang", name="Bun Nhăng", country="VN")
    job, told = begin(officer, PEOPLE + "moi;Người mới;VN\n"), []
    write(officer, job)  # two new, one changed
    with monkeypatch.context() as patched:
        patched.setattr(working, "tell", lambda job, done, total=0: told.append((done, total)))
        post(officer, "undo", job)
    assert told == [(0, 0), (1, 3), (3, 3)]
    (job.path / "step").write_text("undo")
    (job.path / "progress").write_text("1 2")
    text = "50% – 1 trên 2 bản ghi"
    assert text in html(page(officer, job))
    assert officer.get(url("progress", job)).json()["text"] == text


def test_a_reading_that_died_is_offered_again(officer, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(working, "run", lambda *arguments: (False, None))
        job = begin(officer, PEOPLE)
    long_ago = time.time() - 61
    (job.path / "step").write_text("plan")
    for path in (job.path / "step", job.path):
        os.utime(path, (long_ago, long_ago))
    assert "data-progress" not in html(page(officer, job))
    assert url("read", job) in html(page(officer, job))
    post(officer, "read", job)
    assert (job.state, counts(job)) == (State.READY, {"new": 2})


def test_a_fault_of_the_program_is_told_and_the_file_can_be_read_again(officer, monkeypatch):
    def fail(job):
        raise RuntimeError("nobody foresaw this")

    fail.__name__ = "plan"
    officer.raise_request_exception = False
    with monkeypatch.context() as patched:
        patched.setattr(working, "plan", fail)
        patched.setattr(working.logger, "exception", lambda *arguments: None)
        content = SimpleUploadedFile("a.csv", PEOPLE.encode())
        assert officer.post(reverse("imports:new"), {"kind": "people", "file": content}).status_code == 500
    job = ImportBatch.objects.get()
    assert "nobody foresaw" not in html(page(officer, job))
    assert url("read", job) in html(page(officer, job))


def test_no_second_reading_begins_while_one_is_at_work(officer):
    job = begin(officer, PEOPLE)
    ImportBatch.objects.filter(pk=job.pk).update(state=State.READING)
    (job.path / "step").write_text("plan")
    job.refresh_from_db()
    with pytest.raises(working.NotOpen):
        working.answer(job, year="2022")


def test_a_backup_sweeps_files_of_imports_and_uploads_that_stayed(officer, settings, tmp_path):
    job = begin(officer, PEOPLE)
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "uploads"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir()
    left, young = (settings.FILE_UPLOAD_TEMP_DIR / name for name in ("left.upload", "young.upload"))
    left.touch()
    young.touch()
    long_ago = time.time() - 25 * 3600
    for path in (job.path, left):
        os.utime(path, (long_ago, long_ago))
    with pytest.raises(BackupFault):  # there can be none in a file, but what is old goes all the same
        back_up(young / "backups")
    assert (job.path.exists(), left.exists(), young.exists()) == (False, False, True)


def test_a_file_that_was_swept_away_is_asked_for_again(officer):
    job = begin(officer, PEOPLE)
    long_ago = time.time() - 25 * 3600
    os.utime(job.path, (long_ago, long_ago))
    assert officer.get(reverse("imports:index")).status_code == 200
    shown = page(officer, job)
    assert shown.status_code == 200
    assert gettext("The file was removed from the server after a day. Import it again.") in html(shown)
