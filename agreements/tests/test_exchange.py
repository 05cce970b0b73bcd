"""Files out of a list in the admin and into it: addresses, permissions, what a list gives out."""

import csv
import io

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from agreements.models import Person, User

pytestmark = pytest.mark.django_db


def staff(client, *codenames):
    user = User.objects.create(username="-".join(codenames) or "nobody", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client.force_login(user)
    return client


def url(action):
    return reverse(f"admin:agreements_person_{action}")


@pytest.fixture
def officer(client):
    return staff(client, "view_person", "add_person", "change_person")


@pytest.mark.parametrize("action", ["import", "process_import"])
def test_a_list_leads_to_the_page_where_a_file_of_its_kind_is_chosen(officer, action):
    response = officer.get(url(action))
    assert response["Location"] == reverse("imports:new") + "?kind=people"


def test_a_posted_file_is_not_written_without_review(officer):
    file = io.BytesIO(b"code,name\na,Mot\n")
    assert officer.post(url("import"), {"import_file": file, "format": "0"}).status_code == 302
    assert not Person.objects.exists()


def test_texts_that_a_spreadsheet_would_run_go_out_guarded(officer):
    Person.objects.create(code="a", name="=1+1", country="VN")
    sheet = b"".join(officer.get(url("export"), {"headers": "key"}).streaming_content)
    assert sheet.startswith(b"\xef\xbb\xbf")
    (row,) = csv.DictReader(io.StringIO(sheet.decode("utf-8-sig")))
    assert (row["code"], row["name"]) == ("a", "'=1+1")


@pytest.mark.parametrize(
    "allowed", [["view_person"], ["view_person", "add_person"], ["view_person", "change_person"]]
)
def test_import_needs_the_permissions_to_add_and_to_change(client, allowed):
    staff(client, *allowed)
    assert client.get(url("import")).status_code == 403
    assert client.get(url("process_import")).status_code == 403


def test_export_needs_the_permission_to_view(client):
    staff(client, "add_agreement")
    assert client.get(url("export")).status_code == 403
