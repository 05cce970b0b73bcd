"""Guessing passwords: five wrong ones for one name from one address, then 15 minutes of rest (django-axes)."""

import threading
import unicodedata
from contextlib import suppress
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.contrib import admin
from django.shortcuts import render

TURNS = [threading.Lock() for _ in range(64)]


def client_address(request):
    """The address of who asks: the connected one; behind TRUSTED_PROXY the last that the proxy wrote.

    Earlier entries of X-Forwarded-For are the client's own words. Of IPv6 the network counts (/64): one
    subscriber has all of its addresses. None where there is no address (a socket file).
    """
    connected = parsed(request.META.get("REMOTE_ADDR", ""))
    if connected and settings.TRUSTED_PROXY and connected == parsed(settings.TRUSTED_PROXY):
        told = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2]
        connected = parsed(told) or connected
    if isinstance(connected, IPv6Address):
        connected = ip_network((connected, 64), strict=False).network_address
    return str(connected) if connected else None


def parsed(text):
    """`text` as an IP address, IPv4 written as IPv6 among them; None if it is none."""
    with suppress(ValueError):
        found = ip_address(text.strip().removeprefix("[").removesuffix("]"))
        return getattr(found, "ipv4_mapped", None) or found
    return None


def turn(request):
    """A lock: guesses for one name from one address are judged one after the other, so that each is counted.

    All spellings that the form takes for one name (UsernameField: NFKC, no spaces around) have one lock.
    """
    name = unicodedata.normalize("NFKC", request.POST.get("username", "")).strip().casefold()
    return TURNS[hash((name, client_address(request))) % len(TURNS)]


def locked_out(request, response=None, credentials=None):
    """The page of somebody who has guessed too often: how long to wait, and who can help."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    context = {**admin.site.each_context(request), "minutes": minutes}
    page = render(request, "registration/locked_out.html", context, status=429)
    page.headers["Retry-After"] = str(minutes * 60)
    return page
