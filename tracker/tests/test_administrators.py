"""An administrator is who may change accounts, whether a superuser or not."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from agreements.models import User
from agreements.tests.builders import make_body, make_person
from agreements.tests.pages import client_of
from tracker.loading import ADMINISTRATOR, OFFICE_HEAD, load_groups

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def member_of(client, name):
    user = User.objects.create(username=name, full_name=name, is_staff=True, office=make_body())
    user.groups.add(Group.objects.get(name=name))
    client.force_login(user)
    return client


@pytest.mark.parametrize(("group", "status"), [(ADMINISTRATOR, 200), (OFFICE_HEAD, 403)])
def test_pages_of_administrators_go_by_the_right_to_change_accounts(client, group, status):
    load_groups()
    person = make_person()
    pages = [
        "/status/",
        "/admin/tracker/accesslog/",
        f"/people/{person.pk}/data/",
        f"/people/{person.pk}/data.json",
    ]
    member_of(client, group)
    assert {client.get(page).status_code for page in pages} == {status}
    form = client.get(reverse("admin:agreements_person_change", args=[person.pk])).content.decode()
    assert (pages[2] in form) is (status == 200)
    assert ('href="/status/"' in form) is (status == 200)


def test_the_right_alone_is_enough_and_another_right_is_not():
    assert client_of("change_user").get("/status/").status_code == 200
    assert client_of("view_user").get("/status/").status_code == 403
