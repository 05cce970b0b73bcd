"""The access log is written in one place: whatever is sent as an attachment, and pages about a person.

A new download joins by itself. When the log cannot be written, nothing is sent.
"""

import re

from tracker.trace.models import AccessLog

PERSON_PAGES = frozenset(
    f"admin:agreements_{model}_{page}" for model in ("person", "user") for page in ("change", "history")
)
FILE_NAME = re.compile(r"filename=\"?([^\";]+)|filename\*=utf-8''(\S+)", re.IGNORECASE)


class AccessLogMiddleware:
    """Who took which file, or read which page about a person."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if action := action_of(request, response):
            note(request, response, action)
        return response


def action_of(request, response):
    """What is to be noted of an answer: "file", "person" or nothing."""
    if response.status_code != 200:
        return None
    if response.headers.get("Content-Disposition", "").startswith("attachment"):
        return AccessLog.Action.FILE
    page = getattr(request.resolver_match, "view_name", "")
    return AccessLog.Action.PERSON if request.method == "GET" and page in PERSON_PAGES else None


def note(request, response, action):
    """One row of the access log; a visitor without an account is noted as nobody."""
    user = request.user if request.user.is_authenticated else None
    named = FILE_NAME.search(response.headers.get("Content-Disposition", ""))
    AccessLog.objects.create(
        user=user,
        office_id=getattr(user, "office_id", None),
        action=action,
        path=request.path[:500],
        file_name=(named.group(1) or named.group(2))[:255] if named else "",
    )
