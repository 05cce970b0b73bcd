"""Who opens pages of entry in tests."""

import re

from django.contrib.auth.models import Permission
from django.test import Client

from agreements.models import User
from agreements.tests.builders import make_body, numbers


def client_of(*codenames, **facts):
    """A client logged in with these permissions ("view_agreement"), or as an administrator without any."""
    user = User(username=f"ai-{next(numbers)}", full_name="Ai Đó", is_staff=True, office=make_body(), **facts)
    user.is_superuser = not codenames
    user.set_unusable_password()
    user.save()
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client = Client()
    client.force_login(user)
    client.user = user
    return client


def words(page):
    """The words of a page, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def resent(client, address, data):
    """The answer to `data` sent from the page of `address`, as it is now."""
    return client.post(address, {**data, "_seen": client.get(address).context["seen"]})


def empty_parts(page):
    """The management data of every inline of an opened form, as a browser sends it when nothing is added."""
    data = {}
    for one in page.context["inline_admin_formsets"]:
        formset = one.formset
        data[f"{formset.prefix}-TOTAL_FORMS"] = formset.initial_form_count()
        data[f"{formset.prefix}-INITIAL_FORMS"] = formset.initial_form_count()
    return data


def as_sent(page):
    """Everything that the browser would send of an opened form without a change."""
    data = empty_parts(page)
    if seen := page.context.get("seen"):
        data["_seen"] = seen
    forms = [page.context["adminform"].form]
    for one in page.context["inline_admin_formsets"]:
        forms += one.formset.initial_forms
    for form in forms:
        for field in form:
            value = field.value()
            if value not in (None, False, ""):
                data[field.html_name] = "on" if value is True else value
        for hidden in form.hidden_fields():
            if hidden.value() is not None:
                data[hidden.html_name] = hidden.value()
    return data
