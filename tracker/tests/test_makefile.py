"""`make`: thin targets that recover from a half-made environment and do nothing twice."""

import re
import shutil
import subprocess

import pytest
from django.conf import settings

pytestmark = pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
NO_VENV = """#!/bin/sh
[ "$1" = -c ] && exit 0
mkdir -p .venv/bin && touch .venv/bin/python  # what Debian leaves behind without python3-venv
exit 1
"""
WITH_VENV = """#!/bin/sh
[ "$1" = -c ] && exit 0
mkdir -p .venv/bin
for name in python pip; do
  printf '#!/bin/sh\\necho %s "$@" >> calls\\n' "$name" > .venv/bin/$name
  chmod +x .venv/bin/$name
done
"""


@pytest.fixture
def folder(tmp_path):
    for name in ("Makefile", "requirements.txt", "requirements-dev.txt"):
        shutil.copy(settings.BASE_DIR / name, tmp_path / name)
    for name, text in (("no-venv", NO_VENV), ("with-venv", WITH_VENV)):
        (tmp_path / name).write_text(text)
        (tmp_path / name).chmod(0o755)
    return tmp_path


def make(folder, *arguments):
    done = subprocess.run(["make", *arguments], cwd=folder, capture_output=True, text=True, encoding="utf-8")
    return done.returncode, done.stdout + done.stderr


def calls(folder):
    return (folder / "calls").read_text().splitlines()


def test_a_missing_venv_is_told_and_the_next_try_starts_afresh(folder):
    status, printed = make(folder, "prepare", "PYTHON=./no-venv")
    assert status != 0
    assert "sudo apt install python3-venv" in printed
    assert not (folder / ".venv").exists()
    assert make(folder, "prepare", "PYTHON=./with-venv")[0] == 0
    assert calls(folder)[-1] == "python manage.py quickstart --no-serve"


def test_a_half_made_environment_of_an_earlier_version_is_made_again(folder):
    (folder / ".venv" / "bin").mkdir(parents=True)
    (folder / ".venv" / "bin" / "python").touch()
    assert make(folder, "prepare", "PYTHON=./with-venv")[0] == 0


def test_a_second_run_installs_nothing(folder):
    for _time in range(2):
        assert make(folder, "prepare", "EMPTY=1", "PYTHON=./with-venv")[0] == 0
    started = "python manage.py quickstart --no-serve --empty"
    assert [call.partition(" ")[0] for call in calls(folder)] == ["pip", "python", "python"]
    assert calls(folder)[1:] == [started, started]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_package_is_pinned_exactly(name):
    lines = (settings.BASE_DIR / name).read_text().splitlines()
    assert [
        line for line in lines if line and not re.fullmatch(r"[A-Za-z0-9_.\[\]-]+==[0-9][0-9A-Za-z.]*", line)
    ] == []
