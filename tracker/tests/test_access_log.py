"""What leaves the register, and pages about a person, are noted: who, when, what, office."""

import re

import pytest
from django.core.files.base import ContentFile
from django.db import OperationalError
from django.test import Client
from django.urls import URLPattern, get_resolver

from agreements.admin.history_rows import version_of
from agreements.models import User
from agreements.tests.builders import make_agreement, make_body, make_document, make_person
from tracker.models import AccessLog

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_body()


@pytest.fixture
def administrator(office):
    client = Client()
    user = User.objects.create_superuser("quan-tri", password="x", office=office)
    client.force_login(user)
    client.user = user
    return client


FILES = [
    "/exports/agreements/?format=csv",
    "/exports/agreements/?format=xlsx",
    "/exports/people/?format=csv",
    "/exports/workbook/",
    "/imports/template/agreements.xlsx",
    "/reports/agreement-status/?format=csv",
    "/reports/agreement-status/?format=xlsx",
    "/reports/templates/default/",
]


@pytest.mark.parametrize("address", FILES)
def test_a_file_that_leaves_is_noted_once(administrator, office, address):
    answer = administrator.get(address)
    assert answer.status_code == 200
    assert answer.getvalue()
    noted = AccessLog.objects.get()
    assert (noted.user, noted.office_id, noted.action) == (administrator.user, office.pk, "file")
    assert noted.path == address.split("?")[0]
    assert noted.file_name
    assert noted.file_name in answer.headers["Content-Disposition"]


def test_the_file_of_a_document_is_noted_by_the_name_it_came_with(administrator):
    document = make_document()
    document.file.save("a.pdf", ContentFile(b"%PDF-"))
    answer = administrator.get(f"/files/{document.pk}/")
    assert answer.status_code == 200
    assert AccessLog.objects.get().file_name == "a.pdf"
    assert answer.getvalue() == b"%PDF-"
    document.file.storage.delete(document.file.name)


def test_a_page_about_a_person_is_noted_and_others_are_not(administrator):
    person, agreement = make_person(), make_agreement()
    administrator.get("/")
    administrator.get(f"/admin/agreements/agreement/{agreement.pk}/change/")
    administrator.get("/admin/agreements/person/")
    administrator.get("/admin/agreements/person/999999/change/")
    assert not AccessLog.objects.exists()
    administrator.get(f"/admin/agreements/person/{person.pk}/change/?_changelist_filters=q%3DTen")
    administrator.get(f"/admin/agreements/person/{person.pk}/history/")
    administrator.get(f"/admin/agreements/user/{administrator.user.pk}/change/")
    paths = list(AccessLog.objects.order_by("pk").values_list("action", "path"))
    assert paths == [
        ("person", f"/admin/agreements/person/{person.pk}/change/"),
        ("person", f"/admin/agreements/person/{person.pk}/history/"),
        ("person", f"/admin/agreements/user/{administrator.user.pk}/change/"),
    ]


def pages_of_people(resolver=None, prefix=""):
    """Every address of the product that names a person or an account: (model, address with a %s)."""
    for one in (resolver or get_resolver()).url_patterns:
        route = prefix + str(one.pattern)
        if not isinstance(one, URLPattern):
            yield from pages_of_people(one, route)
        elif found := re.match(r"(admin/agreements/)?(person|people|user)/<[^>]+>(/.+)", route):
            yield found[2], f"/{found[1] or ''}{found[2]}/%s{found[3]}"


def test_every_page_about_a_person_is_noted(administrator):
    person = make_person()
    keys = {"person": person, "people": person, "user": administrator.user}
    routes = 0
    for model, route in pages_of_people():
        record = keys[model]
        if route.endswith("/put-back/"):  # it shows nothing, and leads to the history page
            continue
        address = route % record.pk
        if "<" in address:  # an earlier version
            address = address[: address.index("<")] + version_of(record.history.last()) + "/"
        before = AccessLog.objects.count()
        answer = administrator.get(address)
        if answer.status_code == 405:
            answer = administrator.post(address, {"code": "sai"})
        if answer.status_code in (301, 302):  # an old address that leads to the page
            continue
        assert answer.status_code in (200, 400), address
        assert AccessLog.objects.count() == before + 1, address
        assert AccessLog.objects.latest("pk").path == address
        routes += 1
    print(f"{routes} routes, {AccessLog.objects.count()} rows")
    assert routes >= 11
    administrator.post(f"/admin/agreements/person/{person.pk}/change/", {"name": ""})
    assert AccessLog.objects.count() == routes + 1


def test_only_administrators_read_the_log_and_nobody_changes_it(administrator, reader):
    administrator.get(FILES[0])
    noted = AccessLog.objects.get()
    assert administrator.get("/admin/tracker/accesslog/").status_code == 200
    assert administrator.get(f"/admin/tracker/accesslog/{noted.pk}/change/").status_code == 200
    for page in (f"{noted.pk}/delete/", "add/"):
        assert administrator.post(f"/admin/tracker/accesslog/{page}").status_code == 403
    assert reader.get("/admin/tracker/accesslog/").status_code == 403
    assert AccessLog.objects.count() == 1


def test_nothing_leaves_when_it_cannot_be_noted(administrator, monkeypatch):
    def full(**facts):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(AccessLog.objects, "create", full)
    administrator.raise_request_exception = False
    answer = administrator.get(FILES[0])
    assert answer.status_code == 507
    assert "Content-Disposition" not in answer.headers


def test_an_empty_log_says_what_will_stand_in_it(admin_client):
    assert "Chưa ghi nhận gì" in admin_client.get("/admin/tracker/accesslog/").content.decode()
