"""Who opens pages in tests: a reader who may view agreements, and somebody who may not; whether PostgreSQL answers."""

import os

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from agreements.models import User
from agreements.tests.pages import client_of
from tracker.torture.scratch import answers


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
def staff(db):
    """An administrator of an office."""
    return client_of()


@pytest.fixture
def stranger(db):
    return logged_in("nguoi-la")


@pytest.fixture(scope="session")
def server_answers():
    """For tests that make databases of their own on a server of PostgreSQL."""
    if not answers():
        if os.environ.get("REQUIRE_POSTGRES"):
            pytest.fail("PostgreSQL is required (REQUIRE_POSTGRES=1) and does not answer.")
        pytest.skip("PostgreSQL does not answer")
