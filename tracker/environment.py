"""How a setting is read from the environment or `.env`: its value, or one sentence that says what is wrong."""

import os
import re
import socket
import sys
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

from tracker.reports.windows import parsed
from tracker.secret import make_secret_key, strong

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(BASE_DIR / ".env")


def switch(name, default=False):
    """A setting that is on or off; any other word is refused."""
    value = env.str(name, default="on" if default else "off").strip().lower()
    if value not in ("on", "off", "true", "false", "1", "0", ""):
        raise ImproperlyConfigured(f"{name}={value} không hợp lệ: hãy viết on hoặc off.")
    return value in ("on", "true", "1")


def whole_number(name, default, least, most):
    """A setting that is a whole number between `least` and `most`."""
    text = env.str(name, default=str(default)).strip()
    if not text.isdecimal() or not least <= int(text) <= most:
        raise ImproperlyConfigured(
            f"{name}={text} không hợp lệ: hãy viết một số nguyên từ {least} đến {most}."
        )
    return int(text)


def windows(half, year):
    """The settings PERIOD_HALF and PERIOD_YEAR: a whole year, and its first part."""
    found = {}
    for name, default in (("PERIOD_HALF", half), ("PERIOD_YEAR", year)):
        text = env.str(name, default=default).strip()
        found[name] = parsed(text)
        if found[name] is None:
            raise ImproperlyConfigured(
                f"{name}={text} không hợp lệ: hãy viết ngày đầu và ngày cuối, như {default}; không dùng ngày 29/2."
            )
    if not found["PERIOD_YEAR"].is_whole_year:
        raise ImproperlyConfigured(
            f"PERIOD_YEAR={env.str('PERIOD_YEAR')} không tròn một năm: ngày cuối phải đứng ngay trước ngày đầu, như"
            f" {year}."
        )
    if not found["PERIOD_HALF"].is_part_of(found["PERIOD_YEAR"]):
        raise ImproperlyConfigured(
            f"PERIOD_HALF={env.str('PERIOD_HALF', default=half)} không nằm ở đầu kỳ năm: hãy bắt đầu cùng ngày với"
            f" PERIOD_YEAR và kết thúc trước, như {half}."
        )
    return found["PERIOD_HALF"], found["PERIOD_YEAR"]


def address(text):
    """Whether `text` is an IP address, with or without the brackets of IPv6."""
    with suppress(ValueError):
        return bool(ip_address(text.removeprefix("[").removesuffix("]")))
    return False


def host(name, default):
    """A setting that is an address or a name of a machine."""
    text = env.str(name, default=default).strip()
    if not address(text) and not re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9-]*\.?)+", text):
        raise ImproperlyConfigured(
            f"{name}={text} không phải địa chỉ hay tên máy: hãy viết như 0.0.0.0 hoặc 192.168.1.10."
        )
    return text.removeprefix("[").removesuffix("]")


def proxy(name):
    """A setting that is the IP address of one machine, or empty."""
    text = env.str(name, default="").strip()
    if text and not address(text):
        raise ImproperlyConfigured(
            f"{name}={text} không phải địa chỉ IP: hãy viết địa chỉ của máy chủ trung gian, như 127.0.0.1."
        )
    return text


def folder(path):
    """`path` as a folder in which we may write; made when it is not there."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise ImproperlyConfigured(f"DATA_DIR={path} là một tệp: hãy chỉ đến một thư mục.") from error
    except OSError as error:
        raise ImproperlyConfigured(
            f"DATA_DIR={path} không tạo được: hãy chọn thư mục mà tài khoản chạy chương trình được ghi."
        ) from error
    if not os.access(path, os.W_OK):
        raise ImproperlyConfigured(
            f"DATA_DIR={path} không ghi được: hãy cấp quyền ghi cho tài khoản chạy chương trình."
        )
    return path


def mail(url):
    """The settings of Django that EMAIL_URL stands for."""
    try:
        config = env.email_url_config(url)
    except (ImproperlyConfigured, ValueError):
        config = {}
    if not config or (url.startswith("smtp") and not config["EMAIL_HOST"]):
        raise ImproperlyConfigured(
            f"EMAIL_URL={without_password(url)} không đọc được: hãy viết như smtp+tls://người:mật_khẩu@máy:587."
        )
    return config


def without_password(url):
    """`url` as it may stand in a message or a log."""
    return re.sub(r"(//[^:/@]*):[^@]*@", r"\1:…@", url)


def host_names(host):
    """The names under which a server listening on `host` is called."""
    names = {f"[{host}]" if ":" in host else host, "127.0.0.1", "localhost", "[::1]"}
    if host in ("0.0.0.0", "::"):  # every address of this machine
        own = socket.gethostname()
        names |= {own, own.lower(), socket.getfqdn()}
        with suppress(OSError):  # a machine whose name cannot be looked up is still called by localhost
            names |= set(socket.gethostbyname_ex(own)[2])
    return sorted(names - {"0.0.0.0", "[::]"})


def secret_key(folder):
    """SECRET_KEY, else the file that quickstart made; never a default that others could know."""
    if key := env.str("SECRET_KEY", default=""):
        return strong("SECRET_KEY", key)
    kept = folder / "secret_key"
    if kept.is_file():
        return strong(kept, kept.read_text(encoding="utf-8").strip())
    if sys.argv[1:2] == ["quickstart"]:
        return make_secret_key(kept)
    raise ImproperlyConfigured(
        f"Chưa có khóa bí mật: hãy chạy “python manage.py quickstart” (khóa sẽ nằm ở {kept}) hoặc đặt SECRET_KEY."
    )
