"""Settings come from the environment, and nonsense is refused with a sentence."""

import os
import socket
import subprocess
import sys

import pytest
from django.conf import settings

GOOD = {"SECRET_KEY": "0123456789abcdef" * 5}


MANAGE = """
import gc, pathlib, runpy, sys
gc.set_threshold(100_000, 50, 50)
del sys.argv[0]
sys.path[0] = str(pathlib.Path(sys.argv[0]).parent)
runpy.run_path(sys.argv[0], run_name="__main__")
"""
"""Runs manage.py with fewer collections of garbage: migrating takes a quarter less time."""


def begun(tmp_path, command, **environment):
    """A process of manage.py in a fresh environment."""
    plain = {
        name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "SYSTEMROOT")
    }
    words = command if isinstance(command, list) else command.split()
    return subprocess.Popen(
        [sys.executable, "-c", MANAGE, str(settings.BASE_DIR / "manage.py"), *words],
        env={**plain, "DATA_DIR": str(tmp_path / "data"), "PYTHONUTF8": "1", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        cwd=tmp_path,
    )


def start(tmp_path, command="check", **environment):
    """Run manage.py in a fresh environment; returns (exit status, everything printed)."""
    process = begun(tmp_path, command, **environment)
    printed = process.communicate()
    return process.returncode, "".join(printed)


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({"DEBUG": "maybe"}, "DEBUG=maybe không hợp lệ: hãy viết on hoặc off."),
        ({"HTTPS": "yes please"}, "HTTPS=yes please không hợp lệ"),
        ({"TWO_FACTOR_REQUIRED": "có"}, "TWO_FACTOR_REQUIRED=có không hợp lệ: hãy viết on hoặc off."),
        ({"PORT": "eight"}, "PORT=eight không hợp lệ: hãy viết một số nguyên từ 1 đến 65535."),
        ({"PORT": "70000"}, "PORT=70000 không hợp lệ"),
        ({"DATABASE_URL": "mysql://a@b/c"}, "chỉ dùng sqlite:/// hoặc postgres://"),
        ({"DATABASE_URL": "mysql://a:bi-mat@b/c"}, "mysql://a:…@b/c"),
        ({"EMAIL_URL": "foo"}, "EMAIL_URL=foo không đọc được: hãy viết như smtp+tls://"),
        ({"EMAIL_URL": "smtp://"}, "EMAIL_URL=smtp:// không đọc được"),
        ({"EMAIL_URL": "smtp://a:bi-mat@h:abc"}, "EMAIL_URL=smtp://a:…@h:abc không đọc được"),
        ({"HOST": "a b"}, "HOST=a b không phải địa chỉ hay tên máy"),
        ({"HOST": "http://x"}, "HOST=http://x không phải địa chỉ hay tên máy"),
        ({"TRUSTED_PROXY": "x y"}, "TRUSTED_PROXY=x y không phải địa chỉ IP"),
        ({"TRUSTED_PROXY": "proxy.example"}, "không phải địa chỉ IP"),
        ({"DATA_DIR": "/proc/xx"}, "DATA_DIR=/proc/xx không tạo được"),
        ({"SECRET_KEY": "ngan"}, "SECRET_KEY: khóa bí mật quá ngắn"),
        ({"SECRET_KEY": "k" * 60}, "SECRET_KEY: khóa bí mật quá ngắn hoặc quá đơn giản"),
    ],
)
def test_nonsense_is_refused_with_one_sentence(tmp_path, environment, told):
    status, printed = start(tmp_path, **{**GOOD, **environment})
    assert status != 0
    assert told in printed
    assert len(printed.strip().splitlines()) == 1
    assert "bi-mat" not in printed


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "192.168.1.10", "so-theo-doi.local", "::1", "[::1]", "localhost"]
)
def test_addresses_and_names_of_machines_are_hosts(tmp_path, host):
    status, printed = start(tmp_path, **GOOD, HOST=host)
    assert status == 0, printed


def test_mail_is_set_up_from_one_address(tmp_path):
    asked = [
        "shell",
        "-v0",
        "-c",
        "from django.conf import settings as s; print(s.EMAIL_HOST, s.EMAIL_PORT, s.EMAIL_USE_TLS)",
    ]
    assert (
        "may.example 587 True"
        in start(tmp_path, asked, **GOOD, EMAIL_URL="smtp+tls://a:b@may.example:587")[1]
    )


# What quickstart refuses before it does anything -------------------------------------------------
def refused(tmp_path, told, command="quickstart", **environment):
    """Whether quickstart ends with exactly the sentence `told`, before there is a database."""
    status, printed = start(tmp_path, command, **{**GOOD, **environment})
    assert status != 0
    assert told in printed
    assert len(printed.strip().splitlines()) == 1
    return not (tmp_path / "data" / "register.sqlite3").exists()


def test_a_port_in_use_is_told(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert refused(tmp_path, f"PORT={port}: cổng đang có chương trình khác dùng", PORT=port)


def test_an_address_of_another_machine_is_told(tmp_path):
    assert refused(tmp_path, "máy này không lắng nghe được ở đó", HOST="192.0.2.1")


@pytest.mark.parametrize("command", ["quickstart", "quickstart --no-serve"])
def test_https_without_a_proxy_would_redirect_for_ever(tmp_path, command):
    assert refused(tmp_path, "HTTPS=on cần TRUSTED_PROXY", command, HTTPS="on", ALLOWED_HOSTS="so.example")


def test_a_database_that_does_not_answer_is_told(tmp_path):
    told = "Không mở được cơ sở dữ liệu: hãy kiểm tra DATABASE_URL"
    url = "postgres://a:bi-mat@127.0.0.1:1/so"
    assert refused(tmp_path, told, "quickstart --no-serve", DATABASE_URL=url)


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
