"""Pages for what went wrong: one Vietnamese sentence, and what to do."""

import errno
import sys

from django.db import DatabaseError
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.csrf import requires_csrf_token

DISK_FULL = ("database or disk is full", "no space left on device", "could not extend file")
LOCKED = ("database is locked", "database table is locked", "lock timeout", "deadlock detected")


def fault(error):
    """Which page tells of `error`: "disk_full", "locked" or "500"."""
    text = str(error).lower()
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return "disk_full"
    if isinstance(error, DatabaseError):
        if any(sign in text for sign in DISK_FULL):
            return "disk_full"
        if any(sign in text for sign in LOCKED):
            return "locked"
    return "500"


STATUS = {"disk_full": 507, "locked": 503, "500": 500}


@requires_csrf_token
def server_error(request, *args, **kwargs):
    """The page for an error nobody foresaw; uses neither the database nor static files."""
    page = fault(sys.exc_info()[1])
    response = HttpResponse(render_to_string(f"errors/{page}.html"), status=STATUS[page])
    if page == "locked":
        response.headers["Retry-After"] = "20"
    return response


def bad_request(request, exception):
    return render(request, "errors/400.html", status=400)


def permission_denied(request, exception):
    return render(request, "errors/403.html", status=403)


def not_found(request, exception):
    return render(request, "errors/404.html", status=404)


def csrf_failure(request, reason=""):
    return render(request, "errors/csrf.html", status=403)
