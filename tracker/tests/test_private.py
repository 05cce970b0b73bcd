"""Nobody else on the machine reads the register."""

import os
import stat
from functools import partial

import pytest

from tracker.tests.test_settings import start

pytestmark = [
    pytest.mark.skipif("DATABASE_URL" in os.environ, reason="the start from nothing is SQLite's"),
    pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX"),
    pytest.mark.once,
]
STORE = (
    "from django.core.files.base import ContentFile; from agreements.files import storage; "
    "from agreements.tests.builders import make_body; from agreements.models import User; "
    "from tracker.imports import working; "
    "storage().save('a/b.txt', ContentFile(b'x')); "
    "user = User.objects.get(username='admin'); user.office = make_body(); user.save(); "
    "working.begin(kind='people', owner=user, content=b'x', file_name='x.csv'); "
    "from django.core.management import call_command; call_command('backup')"
)


def open_to_others(folder):
    """{path: mode} of what group or others may do anything with."""
    found = {}
    for path in (folder, *folder.rglob("*")):
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & 0o077:
            found[str(path.relative_to(folder))] = oct(mode)
    return found


@pytest.fixture
def data(tmp_path, monkeypatch):
    """The DATA_DIR of a register, made where new files are readable by all."""
    before = os.umask(0o022)
    yield tmp_path / "data"
    os.umask(before)


def test_a_register_is_closed_from_its_first_start_and_an_old_one_from_its_next(data):
    for arguments in ("quickstart --no-serve --empty", ["shell", "-v0", "-c", STORE]):
        status, printed = start(data.parent, arguments)
        assert status == 0, printed
    names = {path.name for path in data.iterdir()}
    assert {"register.sqlite3", "files", "imports", "logs", "backups", "secret_key", "uploads"} <= names
    assert open_to_others(data) == {}
    for path in (data, *data.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    status, printed = start(data.parent, ["shell", "-v0", "-c", "import tracker.wsgi"])
    assert status == 0, printed
    assert open_to_others(data) == {}


def test_a_folder_that_belongs_to_everybody_stays_open_and_what_lies_in_it_is_closed(data):
    quick = partial(start, data.parent, "quickstart --no-serve --empty", PLAIN_STATIC_FILES="on")
    assert quick()[0] == 0
    strange = data / "of-others.txt"
    strange.write_text("x")
    strange.chmod(0o644)
    data.chmod(0o1777)
    (data / "register.sqlite3").chmod(0o644)
    assert quick()[0] == 0
    assert open_to_others(data) == {".": "0o1777", "of-others.txt": "0o644"}
