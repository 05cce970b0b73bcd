"""From a register to an archive and back by the commands; what stays by rotation; what is refused."""

import json
import os
import tarfile
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from tracker.backup import archive, dumps
from tracker.backup.drill import drill
from tracker.backup.faults import BackupFault
from tracker.backup.keeping import archives, copies, kept, rotate
from tracker.backup.restoring import refuse_strange
from tracker.tests.released import RELEASES, Lite, unpacked
from tracker.tests.test_settings import GOOD, start

pytestmark = pytest.mark.once


sqlite_only = pytest.mark.skipif("DATABASE_URL" in os.environ, reason="PostgreSQL's way is in test_torture")


def rows(path, statement):
    return Lite(path).rows(statement)


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """The folder of a register with its tables, a session, a file, a secret key, and one backup."""
    folder = tmp_path_factory.mktemp("office")
    key = folder / "data" / "secret_key"
    (folder / "data" / "files" / "aa").mkdir(parents=True)
    (folder / "data" / "files" / "aa" / "a.pdf").write_bytes(b"%PDF-1.7")
    key.write_text(GOOD["SECRET_KEY"])
    assert start(folder, "migrate -v0")[0] == 0
    rows(
        folder / "data" / "register.sqlite3",
        "INSERT INTO django_session VALUES ('bi-mat-cua-phien', 'x', '2099-01-01')",
    )
    status, printed = start(folder, "backup")
    assert status == 0, printed
    (folder / "printed").write_text(printed, encoding="utf-8")
    return folder


def only_archive(folder):
    (path,) = archives(folder / "data" / "backups")
    return path


@sqlite_only
def test_a_backup_is_private_and_says_where_the_key_is(office):
    path = only_archive(office)
    assert path.stat().st_mode & 0o777 == 0o600
    printed = (office / "printed").read_text(encoding="utf-8")
    assert f"Bản sao lưu không chứa khóa bí mật: khóa nằm ở {office / 'data' / 'secret_key'}." in printed
    with tarfile.open(path) as packed:
        assert sorted(packed.getnames()) == [
            "files/aa/a.pdf", "manifest.json", "manifest.sha256", "register.sqlite3",
        ]  # fmt: skip


@sqlite_only
def test_an_archive_holds_neither_keys_nor_sessions(office, tmp_path):
    archive.check(only_archive(office), tmp_path)
    content = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"bi-mat-cua-phien" not in content
    assert GOOD["SECRET_KEY"].encode() not in content


@sqlite_only
def test_the_manifest_tells_version_migrations_rows_and_files(office):
    manifest = archive.check(only_archive(office))
    assert manifest["version"] == settings.VERSION
    assert "tracker.0001_imports" in manifest["migrations"]
    # not those that only stand for others: older programs do not know them, registers upgraded one by one lack them
    apps = ("agreements", "delegations", "tracker")
    files = [path for app in apps for path in (settings.BASE_DIR / app / "migrations").glob("0*.py")]
    single = {f"{path.parts[-3]}.{path.stem}" for path in files if "_squashed_" not in path.stem}
    assert {name for name in manifest["migrations"] if name.startswith(apps)} == single
    assert manifest["tables"]["agreements_agreement"][0] == 0
    assert manifest["tables"]["auth_permission"][0] > 100
    assert manifest["files"]["files/aa/a.pdf"][0] == 8


@sqlite_only
def test_a_restore_brings_all_back_and_never_writes_over_a_register(office, tmp_path):
    path = only_archive(office)
    status, printed = start(tmp_path, ["restore", str(path)], **GOOD)
    assert status == 0, printed
    assert "khớp với bảng kê" in printed
    assert (tmp_path / "data" / "files" / "aa" / "a.pdf").read_bytes() == b"%PDF-1.7"
    assert (tmp_path / "data" / "register.sqlite3").stat().st_mode & 0o777 == 0o600
    before = (tmp_path / "data" / "register.sqlite3").read_bytes()
    status, printed = start(tmp_path, ["restore", str(path)], **GOOD)
    assert status == 1
    assert "Nơi khôi phục đã có dữ liệu" in printed
    assert "Traceback" not in printed
    assert (tmp_path / "data" / "register.sqlite3").read_bytes() == before


@sqlite_only
@pytest.mark.parametrize(
    ("environment", "status", "told"),
    [
        ({}, 1, "không đăng nhập được"),
        ({"ALLOWED_HOSTS": "testserver", "PLAIN_STATIC_FILES": "on"}, 0, '"pages": 3'),
    ],
)
def test_looking_at_what_was_restored_leaves_nothing_in_it(office, tmp_path, environment, status, told):
    command = ["restore", str(only_archive(office)), "--look"]
    returned, printed = start(tmp_path, command, **GOOD, **environment)
    assert (returned, told in printed) == (status, True), printed
    register, before = (folder / "data" / "register.sqlite3" for folder in (tmp_path, office))
    for table in ("agreements_user", "agreements_historicaluser", "axes_accessattempt", "django_admin_log"):
        assert rows(register, f"SELECT * FROM {table}") == rows(before, f"SELECT * FROM {table}")
    assert rows(register, "SELECT count(*) FROM django_session") == [(0,)]


@sqlite_only
def test_a_damaged_archive_is_refused_before_anything_is_written(office, tmp_path):
    whole = only_archive(office).read_bytes()
    (tmp_path / "cut.tar.gz").write_bytes(whole[:-5])
    status, printed = start(tmp_path, ["restore", str(tmp_path / "cut.tar.gz")], **GOOD)
    assert status == 1
    assert "không dùng được: tệp bị cắt hoặc bị hỏng. Hãy dùng bản khác." in printed
    assert rows(tmp_path / "data" / "register.sqlite3", "SELECT count(*) FROM sqlite_master") == [(0,)]
    assert not (tmp_path / "data" / "files").exists()


@sqlite_only
def test_the_drill_restores_compares_logs_in_and_prints_figures(office):
    status, printed = start(office, "restore_drill")
    assert status == 0, printed
    assert "1 tệp khớp bảng kê, 0 khác; đăng nhập và mở 3 trang" in printed
    told = json.loads((office / "data" / "backups" / "last_drill.json").read_text())
    assert told["archive"] == only_archive(office).name


def test_the_drill_says_what_is_missing(tmp_path, settings):
    settings.BACKUP_DIR = tmp_path
    with pytest.raises(BackupFault, match="Chưa có bản sao lưu nào"):
        drill()
    with pytest.raises(BackupFault, match="Không có tệp"):
        archive.check(tmp_path / "none.tar.gz")


@sqlite_only
def test_an_archive_of_a_released_version_is_restored_and_upgraded(tmp_path):
    (tmp_path / "old").mkdir()
    database = unpacked(RELEASES[0], tmp_path / "old").path
    names = [name for (name,) in rows(database, "SELECT name FROM sqlite_master WHERE type = 'table'")]
    names = [name for name in names if name.split("_")[0] in ("agreements", "delegations", "tracker")]
    seen = rows(database, "SELECT app, name FROM django_migrations")
    held = {
        "engine": "sqlite", "database": "register.sqlite3", "version": "0.1.0", "head": None,
        "migrations": [f"{app}.{name}" for app, name in seen],
        "tables": {name: [rows(database, f"SELECT count(*) FROM {name}")[0][0], "?"] for name in names},
    }  # fmt: skip
    path = tmp_path / "register-20260101-000000.tar.gz"
    with open(path, "wb") as stream:
        archive.write(stream, database, tmp_path / "none", held)
    status, printed = start(tmp_path, ["restore", str(path)], **GOOD)
    assert status == 0, printed
    assert start(tmp_path, "migrate --check", **GOOD)[0] == 0
    assert rows(tmp_path / "data" / "register.sqlite3", "SELECT count(*) FROM agreements_agreement") == [(9,)]


def test_an_archive_of_a_newer_version_is_refused():
    manifest = {"migrations": ["agreements.0999_future"], "version": "9.0.0", "engine": "sqlite"}
    with pytest.raises(BackupFault, match=r"là của phiên bản 9\.0\.0, mới hơn chương trình này"):
        refuse_strange("x.tar.gz", manifest)


@sqlite_only
def test_an_archive_of_postgresql_is_no_register_of_sqlite():
    with pytest.raises(BackupFault, match="hãy đặt DATABASE_URL là một cơ sở dữ liệu PostgreSQL trống"):
        refuse_strange("x.tar.gz", {"migrations": [], "version": "0.2.0", "engine": "postgresql"})


# Rotation ----------------------------------------------------------------------------------------
def named(*days):
    return [Path(f"register-{day}-020000.tar.gz") for day in days]


def test_seven_days_four_weeks_and_twelve_months_stay():
    """Every day of 400 up to Wednesday 25/11/2026: 7 days, of the older weeks 3, of the older months 11 at most."""
    last = date(2026, 11, 25)
    paths = named(*(f"{last - timedelta(days=number):%Y%m%d}" for number in range(400)))
    stay = sorted(path.name[9:17] for path in kept(paths))
    days = ["20261119", "20261120", "20261121", "20261122", "20261123", "20261124", "20261125"]
    weeks = ["20261108", "20261115"]  # the Sundays; 22/11 and 25/11 stay as days
    months = [
        "20251231", "20260131", "20260228", "20260331", "20260430", "20260531", "20260630", "20260731",
        "20260831", "20260930", "20261031",
    ]  # fmt: skip
    assert stay == sorted([*days, *weeks, *months])


def test_the_newest_stays_however_old_and_strange_files_are_left_alone(tmp_path):
    for name in ("register-20200101-020000.tar.gz", "register-x.tar.gz", "letter.docx"):
        (tmp_path / name).touch()
    assert rotate(tmp_path) == []
    for hour in range(3):
        (tmp_path / f"register-20200101-01000{hour}.tar.gz").touch()
    assert len(rotate(tmp_path)) == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "letter.docx", "register-20200101-020000.tar.gz", "register-x.tar.gz",
    ]  # fmt: skip


# Sentences ---------------------------------------------------------------------------------------
def test_copies_before_upgrades_stay_a_month(tmp_path):
    today = datetime.now()
    days = {
        f"before-migration-{today - timedelta(days=n):%Y%m%d}-120000.sqlite3": n for n in (0, 29, 32, 900)
    }
    for name in (*days, "before-migration-cua-toi.sqlite3"):
        (tmp_path / name).write_bytes(b"")
    assert [path.name for path in copies(tmp_path)] == list(days)
    assert {path.name for path in rotate(tmp_path)} == {name for name, age in days.items() if age > 30}
    assert len(list(tmp_path.iterdir())) == 3


def test_a_missing_pg_dump_is_told_in_one_sentence(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(BackupFault, match="Máy này không có pg_dump: hãy cài gói postgresql-client"):
        dumps.run("pg_dump")


def test_a_database_that_is_damaged_is_told(tmp_path):
    path = tmp_path / "register.sqlite3"
    path.write_bytes(b"SQLite format 3\0" + b"?" * 5000)
    with pytest.raises(BackupFault, match="bị hỏng"):
        dumps.refuse_unsound(path)


@pytest.mark.parametrize("name", ["../x", "/etc/passwd", "files/../../x", "c:/x", "files\\x"])
def test_names_that_lead_elsewhere_are_not_unpacked(name):
    assert not archive.safe(name)
