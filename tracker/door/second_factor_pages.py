"""The pages of the second factor: enrol a phone, see the recovery codes once, enter a code."""

from base64 import b32encode

import segno
from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_otp import login, verify_token
from django_otp.plugins.otp_totp.models import TOTPDevice

from tracker.door.second_factor import (
    matching,
    new_recovery_codes,
    phone_of,
    recovery_of,
    seconds_to_wait,
)


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=20,
        widget=forms.TextInput(
            {"autocomplete": "one-time-code", "autofocus": True, "autocapitalize": "none"}
        ),
    )


def page(request, name, **context):
    """A page in the look of the admin, without its menu."""
    base = {**admin.site.each_context(request), "main_menu": []}
    return render(request, f"second_factor/{name}.html", {**base, **context})


def refuse_when_off():
    if not settings.TWO_FACTOR_REQUIRED:
        raise Http404


def enrol(request):
    """Show the key as a picture; the first right code makes the phone the second factor."""
    refuse_when_off()
    if phone_of(request.user):
        return redirect("admin:index" if request.user.is_verified() else "second-factor")
    device = unconfirmed_phone(request.user)
    form = CodeForm(request.POST or None)
    if form.is_valid():
        typed = "".join(form.cleaned_data["code"].split())
        if verified := verify_token(request.user, device.persistent_id, typed):
            verified.confirmed = True
            verified.save(update_fields=["confirmed"])
            let_in(request, verified)
            return page(
                request, "recovery", title=_("Recovery codes"), codes=new_recovery_codes(request.user)
            )
        device.refresh_from_db()
        form.add_error("code", refusal(device))
    picture = segno.make(device.config_url, error="m").svg_data_uri(scale=5, light="#fff")
    title = _("Set up the second step of login")
    return page(request, "enrol", title=title, form=form, picture=picture, key=written_key(device))


def unconfirmed_phone(user):
    """The key that a user is enrolling: the same until it is confirmed, however often the page is opened."""
    found = TOTPDevice.objects.filter(user=user, confirmed=False).first()
    return found or TOTPDevice.objects.create(user=user, confirmed=False, name="phone")


def written_key(device):
    """The key for those who cannot take the picture: letters and digits in groups of four."""
    text = b32encode(device.bin_key).decode()
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def verify(request):
    """Ask whoever has enrolled for a code of the phone, or a recovery code."""
    refuse_when_off()
    if not phone_of(request.user):
        return redirect("second-factor-enrol")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        if device := matching(request.user, form.cleaned_data["code"]):
            let_in(request, device)
            return redirect(wanted(request))
        form.add_error("code", refusal(phone_of(request.user), recovery_of(request.user)))
    return page(request, "verify", title=_("Second step of login"), form=form)


def refusal(*devices):
    """Why a code of `devices` was not taken, and what to do."""
    if wait := seconds_to_wait(*devices):
        return ngettext(
            "The code is wrong or used already. Wait %(count)d second, then enter the one the phone shows.",
            "The code is wrong or used already. Wait %(count)d seconds, then enter the one the phone shows.",
            wait,
        ) % {"count": wait}
    return _("The code is wrong or used already: enter the one the phone shows now.")


def let_in(request, device):
    """The session is verified from now on, under a new key."""
    login(request, device)
    request.session.cycle_key()


def wanted(request):
    """The page that was asked for before the code; never one of another site."""
    asked = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if safe else reverse("admin:index")
