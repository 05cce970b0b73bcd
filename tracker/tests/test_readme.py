"""What the README tells people to type works, and an office's own register never starts with other people's facts."""

import re

import pytest
from django.conf import settings
from django.core.management import get_commands, load_command_class

pytestmark = pytest.mark.once


README = (settings.BASE_DIR / "README.md").read_text(encoding="utf-8")


def test_every_line_that_starts_an_office_register_starts_it_empty():
    starts = [line for line in README.splitlines() if re.search(r"manage\.py quickstart", line)]
    assert len(starts) == 3  # Windows, systemd, Task Scheduler
    assert [line for line in starts if "--empty" not in line] == []
    assert "py -3 -m venv" in README


def test_options_of_quickstart_are_named():
    parser = load_command_class(get_commands()["quickstart"], "quickstart").create_parser(
        "manage.py", "quickstart"
    )
    for option in ("--empty", "--no-serve"):
        assert option in parser.format_help()
        assert f"`{option}`" in README


def settings_told():
    """Names in the table at the head of settings.py."""
    source = (settings.BASE_DIR / "tracker" / "settings.py").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([A-Z_]+)(?:, ([A-Z_]+))? \|", source, re.MULTILINE)
    return sorted(name for row in rows for name in row if name)


@pytest.mark.parametrize("name", settings_told())
def test_every_setting_is_in_the_table(name):
    assert f"`{name}`" in README
