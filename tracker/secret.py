"""The key that signs sessions: made once, readable by its owner only."""

import os
import secrets

from django.core.exceptions import ImproperlyConfigured


def make_secret_key(path):
    """Write a new random key to `path` (mode 0600) and return it; a key that is there is kept."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        key = secrets.token_urlsafe(50)
        file.write(key)
    return key


def strong(name, key):
    """`key` if nobody can guess it (the rule of Django's check security.W009)."""
    if len(key) < 50 or len(set(key)) < 5 or key.startswith("django-insecure-"):
        raise ImproperlyConfigured(
            f"{name}: khóa bí mật quá ngắn hoặc quá đơn giản: hãy dùng ít nhất 50 ký tự ngẫu nhiên, hoặc bỏ trống để"
            " quickstart tự tạo."
        )
    return key
