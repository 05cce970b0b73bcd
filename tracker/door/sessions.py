"""How long somebody stays logged in: 8 hours from the login, 30 minutes from the last page or key typed."""

import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.utils.translation import gettext as _

BEGAN, SEEN = "began", "seen"
STAMP_EVERY = 60
"""Seconds between two writings of the last sign of life."""


def begin(sender, request, **_kwargs):
    """Stamp the session of somebody who logs in (receiver of Django's user_logged_in)."""
    request.session[BEGAN] = request.session[SEEN] = int(time.time())


def ended(session, now):
    """Why a session is over at `now` (seconds): a sentence, or "". One without stamps is over."""
    if now - session.get(SEEN, 0) >= settings.SESSION_IDLE_SECONDS:
        return _(
            "You were logged out because nothing was done for %(minutes)d minutes. Please log in again."
        ) % {"minutes": settings.SESSION_IDLE_SECONDS // 60}
    if now - session.get(BEGAN, 0) >= settings.SESSION_COOKIE_AGE:
        return _("You were logged out because %(hours)d hours have passed. Please log in again.") % {
            "hours": settings.SESSION_COOKIE_AGE // 3600
        }
    return ""


class SessionLimitsMiddleware:
    """Log out whose time is over; note others' sign of life, at most once a minute."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            now = int(time.time())
            if why := ended(request.session, now):
                logout(request)
                messages.warning(request, why)
            elif now - request.session[SEEN] >= STAMP_EVERY:
                request.session[SEEN] = now
        return self.get_response(request)


def still_here(request):
    """Asked by the pages while somebody types, so that a long form does not outlive its session."""
    return HttpResponse(status=204)
