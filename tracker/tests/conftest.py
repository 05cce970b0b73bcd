"""Who opens pages in tests: a reader who may view agreements, and somebody who may not."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from agreements.models import User


def logged_in(name, *codenames):
    """A client logged in as a new user with these permissions ("view_agreement")."""
    user = User(username=name, full_name=name.title(), is_staff=True)
    user.set_unusable_password()
    user.save()
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def reader(db):
    return logged_in("nguoi-doc", "view_agreement")


@pytest.fixture
def stranger(db):
    return logged_in("nguoi-la")
