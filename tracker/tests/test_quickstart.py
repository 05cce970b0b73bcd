"""From an empty folder to a register, and again without loss or doubling."""

import json
import os
import shutil
import sqlite3
from contextlib import closing
from functools import partial

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from tracker.backup.keeping import copies
from tracker.quickstart import refuse_weak_password
from tracker.tests.test_settings import start

pytestmark = [
    pytest.mark.skipif("DATABASE_URL" in os.environ, reason="the start from nothing is SQLite's"),
    pytest.mark.once,
]
COUNTS = (
    "import json; from agreements.models import *; from delegations.models import *; "
    "print(json.dumps([m.objects.count() for m in (Body, Term, Name, Agreement, Commitment, Delivery, User)]))"
)


def counts(folder):
    status, printed = start(folder, ["shell", "-v0", "-c", COUNTS])
    assert status == 0, printed
    return json.loads(printed.strip().splitlines()[-1])


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A register that quickstart has made once; `printed` is what it said."""
    folder = tmp_path_factory.mktemp("office")
    status, printed = start(folder, "quickstart --no-serve")
    assert status == 0, printed
    (folder / "printed").write_text(printed, encoding="utf-8")
    return folder


def test_the_first_start_makes_key_administrator_and_facts(folder):
    printed = (folder / "printed").read_text(encoding="utf-8")
    assert printed.count("Mật khẩu (chỉ hiện một lần") == 1
    key = folder / "data" / "secret_key"
    assert key.stat().st_mode & 0o777 == 0o600
    bodies, _terms, _names, agreements, commitments, deliveries, users = counts(folder)
    assert (agreements, commitments, deliveries, users) == (9, 46, 10, 1)
    assert bodies == 134 + 29  # localities of the reference data, organizations of the facts


def test_the_first_administrator_came_by_command(folder):
    asked = (
        "from agreements.models import User, Term, Agreement; "
        "print({m.__name__: sorted(set(m.history.values_list('route', flat=True))) for m in (User, Term, Agreement)})"
    )
    told = start(folder, ["shell", "-v0", "-c", asked])[1]
    assert "{'User': ['command'], 'Term': ['command'], 'Agreement': ['command']}" in told


def test_a_second_start_leaves_out_what_is_done(folder):
    """No migration, no gathering of static files, no loading of facts: that is what makes it quick."""
    asked = (
        "from unittest.mock import patch; from tracker import quickstart as q\n"
        "with patch.object(q, 'call_command') as called, patch.object(q, 'load_seeds') as seeds:\n"
        "    q.prepare(say=print)\n"
        "print('steps', called.call_args_list, seeds.call_args_list)"
    )
    assert "steps [] []" in start(folder, ["shell", "-v0", "-c", asked])[1]


def test_static_files_are_gathered_again_when_one_changes(folder):
    asked = (
        "from unittest.mock import patch; from tracker import quickstart as q\n"
        "with patch.object(q, 'call_command') as called, patch.object(q, 'static_stamp', return_value='new'):\n"
        "    q.prepare(say=print)\n"
        "print('steps', [one.args[0] for one in called.call_args_list])"
    )
    assert "steps ['collectstatic']" in start(folder, ["shell", "-v0", "-c", asked])[1]
    assert start(folder, "quickstart --no-serve")[0] == 0


@pytest.mark.parametrize("password", ["12345678", "password", "ngan", "quantri", "admin123"])
def test_a_weak_first_password_is_refused_with_a_sentence(password):
    with pytest.raises(ImproperlyConfigured, match=r"^ADMIN_PASSWORD không dùng được: "):
        refuse_weak_password(password)


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """A register without facts, made once: after a weak password was refused, with a better one."""
    folder = tmp_path_factory.mktemp("empty")
    quick = partial(start, folder, "quickstart --no-serve --empty", PLAIN_STATIC_FILES="on")
    status, printed = quick(ADMIN_PASSWORD="ngan")
    assert status != 0
    assert "ADMIN_PASSWORD không dùng được: " in printed
    assert len(printed.strip().splitlines()) == 1
    with closing(sqlite3.connect(folder / "data" / "register.sqlite3")) as database:
        assert database.execute("SELECT count(*) FROM sqlite_master").fetchone() == (
            0,
        )  # told before the work
    status, printed = quick(ADMIN_PASSWORD="mot-mat-khau-dai")
    assert status == 0, printed
    (folder / "printed").write_text(printed, encoding="utf-8")
    return folder


def test_a_password_that_was_given_is_not_shown(empty):
    assert "mot-mat-khau-dai" not in (empty / "printed").read_text(encoding="utf-8")


def test_every_start_makes_the_targets_of_periods_that_began_meanwhile(empty, tmp_path):
    quick = "quickstart --no-serve --empty"
    shutil.copytree(empty / "data", tmp_path / "data")
    enter = (
        "from agreements.tests.builders import *; make_target(make_commitment(kind='per_period', every='year', "
        "unit=make_term('unit', 'person'), period='2022/2024'), '', 20)"
    )
    assert start(tmp_path, ["shell", "-v0", "-c", enter])[0] == 0
    assert "Đã lập 3 chỉ tiêu theo kỳ" in start(tmp_path, quick)[1]
    assert "chỉ tiêu" not in start(tmp_path, quick)[1]


def test_a_second_start_doubles_nothing_and_says_no_password(folder):
    before = counts(folder)
    status, printed = start(folder, "quickstart --no-serve")
    assert status == 0
    assert "Mật khẩu" not in printed
    assert counts(folder) == before


def test_an_edit_of_reference_data_is_not_overwritten(folder):
    edit = "from agreements.models import Body; b = Body.objects.get(code='LA-LP'); b.name = 'Luang Prabang'; b.save()"
    assert start(folder, ["shell", "-v0", "-c", edit])[0] == 0
    assert start(folder, "quickstart --no-serve")[0] == 0
    asked = "from agreements.models import Body; print(Body.objects.get(code='LA-LP').name)"
    assert "Luang Prabang" in start(folder, ["shell", "-v0", "-c", asked])[1]


def test_data_is_copied_before_it_is_migrated(folder):
    database = folder / "data" / "register.sqlite3"
    with sqlite3.connect(database) as connection:
        connection.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
        connection.execute("DROP TABLE django_session")
    connection.close()
    status, printed = start(folder, "quickstart --no-serve")
    assert status == 0, printed
    assert "Đã sao lưu dữ liệu trước khi nâng cấp" in printed
    (copy,) = copies(folder / "data" / "backups")
    assert copy.stat().st_mode & 0o777 == 0o600
    with sqlite3.connect(copy) as saved:
        assert saved.execute("SELECT count(*) FROM agreements_agreement").fetchone() == (9,)
    saved.close()


def test_an_office_starts_empty(empty):
    _bodies, terms, _names, agreements, *_others = counts(empty)
    assert agreements == 0
    assert terms > 100
    assert start(empty, "quickstart --no-serve")[0] == 0  # a later plain start brings no facts of others
    assert counts(empty)[3] == 0


def test_the_version_is_told_once():
    assert settings.VERSION in (settings.BASE_DIR / "CHANGELOG.md").read_text(encoding="utf-8")
