"""Every list costs the same number of queries however long it is, with all the parts that its columns show."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.models import Body, Name, Succession, User
from agreements.tests.builders import (
    make_agreement,
    make_body,
    make_commitment,
    make_document,
    make_event,
    make_person,
    make_place,
    make_progress,
    make_target,
    make_term,
    numbers,
)
from delegations.models import DelegationRole, MeetingRole
from delegations.tests.builders import (
    contribute,
    make_delegation,
    make_delivery,
    make_line,
    make_meeting,
)
from tracker.reports.word.models import ReportTemplate
from tracker.trace.models import AccessLog

pytestmark = [pytest.mark.django_db, pytest.mark.once]
MANY = 12


def place():
    number = next(numbers)
    row = make_place(f"VN-{number}", f"Tỉnh {number}")
    Name.objects.create(body=row, text=f"Tên khác {number}")
    return row


def organization():
    return make_body(f"TC-{next(numbers)}", f"Tổ chức {next(numbers)}", place())


def agreement():
    row = make_agreement(organization(), [place(), place()], office=organization(), signed_on="2022-05")
    make_event(row, "amended", "2023")
    return row


def commitment():
    row = make_commitment(agreement(), [organization()], kind="cumulative", unit=make_term("unit", "piece"))
    make_target(row, "2022", 5)
    make_progress(row, "2022-06", "in_progress", quantity=3)
    return row


def progress():
    author = User.objects.create(username=f"cb{next(numbers)}", full_name="Cán bộ")
    return make_progress(commitment(), "2023", author=author, quantity="1500.5")


def delegation():
    row = make_delegation(head="Chủ tịch", office=organization())
    DelegationRole.objects.create(delegation=row, role="member", person=make_person(f"Trần {next(numbers)}"))
    return row


def meeting():
    row = make_meeting(place=place(), office=organization())
    for role in ("host", "chair", "participant"):
        MeetingRole.objects.create(meeting=row, role=role, body=organization())
    return row


def delivery():
    row = make_delivery(giver=organization(), receiver=organization(), office=organization())
    whole = make_line(row, f"item{next(numbers)}", unit="piece", quantity=5)
    make_line(row, "cash", currency="VND", amount=5_000_000)
    make_line(row, whole.item.code, unit="piece", quantity=2, part_of=whole)
    contribute(row, agreement())
    return row


def succession():
    return Succession.objects.create(old=place(), new=place(), on="2025-07-01", how="merged")


def member():
    return User.objects.create(username=f"u{next(numbers)}", office=organization())


def group():
    row = Group.objects.create(name=f"Nhóm {next(numbers)}")
    member().groups.add(row)
    return row


def template():
    return ReportTemplate.objects.create(
        office=organization(), uploaded_by=member(), file="aa/a.docx", sha256="0"
    )


MAKERS = {
    "accesslog": lambda: AccessLog.objects.create(
        user=member(), office=organization(), action=AccessLog.Action.FILE, path="/exports/workbook/"
    ),
    "agreement": agreement,
    "body": organization,
    "commitment": commitment,
    "delegation": delegation,
    "delivery": delivery,
    "document": lambda: make_document(issuer=organization(), office=organization()),
    "group": group,
    "locality": place,
    "meeting": meeting,
    "organization": organization,
    "person": lambda: make_person(f"Nguyễn {next(numbers)}"),
    "progress": progress,
    "reporttemplate": template,
    "succession": succession,
    "term": lambda: make_term("item", f"i{next(numbers)}", parent=make_term("item", f"p{next(numbers)}")),
    "user": member,
}


@pytest.fixture
def administrator():
    user = User(username="quan-tri", is_staff=True, is_superuser=True, office=make_body())
    user.set_unusable_password()
    user.save()
    client = Client()
    client.force_login(user)
    return client


def test_every_registered_list_is_tested_here():
    assert set(MAKERS) == {model._meta.model_name for model in admin.site._registry}


def queries(client, address):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        page = client.get(address)
        assert page.status_code == 200
    return len(captured), page.context["cl"]


@pytest.mark.parametrize("name", sorted(MAKERS))
def test_a_list_costs_the_same_however_long(administrator, name):
    model = next(one for one in admin.site._registry if one._meta.model_name == name)
    address = reverse(f"admin:{model._meta.app_label}_{name}_changelist")
    Body.objects.get_or_create(code="VN", defaults={"name": "Việt Nam", "kind": "country", "country": "VN"})
    MAKERS[name]()
    MAKERS[name]()
    few, _listed = queries(administrator, address)
    for _number in range(MANY):
        MAKERS[name]()
    many, listed = queries(administrator, address)
    assert len(listed.result_list) >= min(MANY, listed.list_per_page)
    assert many == few, f"{name}: {few} queries for 2 rows, {many} for {MANY + 2}"
