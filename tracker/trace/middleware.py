"""The access log is written in one place: whatever is sent as an attachment, and pages about a person.

A new download joins by itself. When the log cannot be written, nothing is sent.
"""

import re

from tracker.trace.models import AccessLog

PEOPLE = ("admin:agreements_person_", "admin:agreements_user_", "admin:auth_user_", "person-")
"""How the names of the addresses of people and accounts begin; those that name one are pages about a person."""
SHOWN = (200, 400, 409, 422)
"""Statuses of answers that show the record: a form that came back shows it as well."""
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
    attached = response.headers.get("Content-Disposition", "").startswith("attachment")
    if attached and response.status_code == 200:
        return AccessLog.Action.FILE
    is_shown = request.method in ("GET", "POST") and response.status_code in SHOWN
    return AccessLog.Action.PERSON if is_shown and names_a_person(request.resolver_match) else None


def names_a_person(match):
    """Whether a resolved address (None: there is none) is a page about one person or account."""
    return bool(match and match.kwargs and match.view_name.startswith(PEOPLE))


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
