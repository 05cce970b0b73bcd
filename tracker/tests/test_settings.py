"""Settings come from the environment, and nonsense is refused with a sentence."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

GOOD = {"SECRET_KEY": "k" * 60}


def start(tmp_path, command="check", **environment):
    """Run manage.py in a fresh environment; returns (exit status, everything printed)."""
    plain = {
        name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "SYSTEMROOT")
    }
    result = subprocess.run(
        [
            sys.executable,
            str(settings.BASE_DIR / "manage.py"),
            *(command if isinstance(command, list) else command.split()),
        ],
        env={**plain, "DATA_DIR": str(tmp_path / "data"), "PYTHONUTF8": "1", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=tmp_path,
    )
    return result.returncode, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({"DEBUG": "maybe"}, "DEBUG=maybe không hợp lệ: hãy viết on hoặc off."),
        ({"HTTPS": "yes please"}, "HTTPS=yes please không hợp lệ"),
        ({"PORT": "eight"}, "PORT=eight không hợp lệ: hãy viết một số nguyên từ 1 đến 65535."),
        ({"PORT": "70000"}, "PORT=70000 không hợp lệ"),
        ({"DATABASE_URL": "mysql://a@b/c"}, "chỉ dùng sqlite:/// hoặc postgres://"),
    ],
)
def test_nonsense_is_refused_with_a_sentence(tmp_path, environment, told):
    status, printed = start(tmp_path, **GOOD, **environment)
    assert status != 0
    assert told in printed


def test_without_a_key_it_does_not_start_and_says_what_to_do(tmp_path):
    status, printed = start(tmp_path)
    assert status != 0
    assert "Chưa có khóa bí mật: hãy chạy “python manage.py quickstart”" in printed


def test_a_data_folder_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "data").write_text("")
    status, printed = start(tmp_path, **GOOD)
    assert status != 0
    assert "là một tệp: hãy chỉ đến một thư mục" in printed


def test_debugging_is_off_and_names_follow_the_host(tmp_path):
    asked = ["shell", "-c", "from django.conf import settings as s; print(s.DEBUG, s.ALLOWED_HOSTS, s.HTTPS)"]
    status, printed = start(tmp_path, asked, **GOOD, HOST="10.1.2.3")
    assert status == 0
    assert "False ['10.1.2.3', '127.0.0.1', '[::1]', 'localhost'] False" in printed


def test_https_passes_the_deployment_check(tmp_path):
    status, printed = start(
        tmp_path,
        "check --deploy --fail-level WARNING",
        HTTPS="on",
        ALLOWED_HOSTS="so.example",
        SECRET_KEY="0123456789abcdef" * 5,
    )
    assert status == 0, printed


def test_today_is_the_day_in_hanoi():
    assert settings.TIME_ZONE == "Asia/Ho_Chi_Minh"
    assert settings.USE_TZ
    assert settings.DATABASES["default"].get("ATOMIC_REQUESTS", False) is False
