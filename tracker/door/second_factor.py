"""The second factor: with TWO_FACTOR_REQUIRED=on, heads and administrators also enter a code of their phone.

The codes are django-otp's: TOTP (RFC 6238), each valid once, wrong ones slowed down twofold each time, and ten
recovery codes of one use each.
"""

import math

from django.conf import settings
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django_otp import verify_token
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from agreements.scope import administers

RECOVERY_CODES = 10
APPROVING = ("agreements.approve_progress", "tracker.sign_frozenreport")
OPEN = {"admin:login", "admin:logout", "admin:jsi18n", "second-factor", "second-factor-enrol", "healthz"}
"""Pages that whoever knows the password may open before the code."""


def demanded(user):
    """Whether this user must have a second factor: who approves or signs, and who changes accounts.

    Rights tell it, because groups may be renamed, and rights be given without one.
    """
    return administers(user) or any(map(user.has_perm, APPROVING))


def phone_of(user):
    """The TOTP device that a user has confirmed, or None."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def recovery_of(user):
    """The recovery codes that a user has (a StaticDevice), or None."""
    return StaticDevice.objects.filter(user=user).first()


def matching(user, typed):
    """The device of `user` for which `typed` is a right code, or None; a right code is spent by this."""
    code = "".join(typed.split()).replace("-", "").lower()
    device = phone_of(user) if len(code) == 6 else recovery_of(user)
    return device and verify_token(user, device.persistent_id, code)


def seconds_to_wait(*devices):
    """For how long further codes of these devices (None: none) are not looked at, after wrong ones."""
    waits = [0]
    for device in filter(None, devices):
        allowed, why = device.verify_is_allowed()
        if not allowed and why:
            waits.append((why["locked_until"] - timezone.now()).total_seconds())
    return math.ceil(max(waits))


def new_recovery_codes(user):
    """Ten new codes, in place of any old ones: ["abcd-efgh", …]."""
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="recovery")
    codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
    for code in codes:
        device.token_set.create(token=code)
    return [f"{code[:4]}-{code[4:]}" for code in codes]


def forget(user):
    """Take away the second factor of a user, who then enrols anew; returns whether there was one."""
    taken = [kind.objects.filter(user=user).delete()[0] for kind in (TOTPDevice, StaticDevice)]
    return any(taken)


class SecondFactorMiddleware:
    """Send whoever has to give a code, or to enrol first, to the page for it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not settings.TWO_FACTOR_REQUIRED or request.resolver_match.view_name in OPEN:
            return None
        if not request.user.is_authenticated or request.user.is_verified():
            return None
        if phone_of(request.user):
            return redirect(f"{reverse('second-factor')}?{urlencode({'next': request.get_full_path()})}")
        return redirect("second-factor-enrol") if demanded(request.user) else None
