"""`make`: thin targets that recover from a half-made environment and do nothing twice."""

import re
import shutil
import subprocess
from importlib import metadata

import pytest
from django.conf import settings
from packaging.requirements import Requirement

pytestmark = [pytest.mark.skipif(not shutil.which("make"), reason="make is not installed"), pytest.mark.once]
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
    for name in ("Makefile", "requirements.txt", "requirements.lock", "requirements-dev.txt"):
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


PIN = re.compile(r'([A-Za-z0-9_.-]+)(\[[a-z]+\])?==[0-9][0-9A-Za-z.]*(; sys_platform == "win32")?')


def pinned(name):
    """Keys of the packages that a file of requirements pins exactly; anything else in it fails."""
    lines = (settings.BASE_DIR / name).read_text().splitlines()
    found = [PIN.fullmatch(line) for line in lines]
    assert all(found), [line for line, match in zip(lines, found, strict=True) if not match]
    return {match[1].lower().replace("_", "-") for match in found}


def needed(names):
    """Keys of what the packages `names` bring with them on this machine, near and far."""
    found, waiting = set(), list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            asked = [one for one in metadata.requires(name) or [] if "extra ==" not in one]
            waiting += [
                re.match(r"[A-Za-z0-9_.-]+", one)[0].lower().replace("_", "-")
                for one in asked
                if applies(one)
            ]
    return found


def applies(requirement):
    return Requirement(requirement).marker is None or Requirement(requirement).marker.evaluate()


def test_every_package_is_pinned_exactly_and_so_are_those_that_come_with_them():
    runtime, tools = pinned("requirements.txt"), pinned("requirements-dev.txt")
    installed = {name for name in runtime if name != "tzdata"}  # tzdata: Windows only
    assert needed(installed) <= runtime
    assert needed(tools - {"colorama"}) <= runtime | tools
