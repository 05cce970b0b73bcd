"""CSV in and out of a list in the admin: preview, confirmation, faults, permissions."""

import csv
import io

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agreements.models import Person, User

pytestmark = pytest.mark.django_db
FILE = "code;name;country\nnguyen-van-a;Nguyễn Văn Á;VN\nbounnhang;Bun Nhăng;LA\n"


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


def upload(client, content):
    file = SimpleUploadedFile("nguoi.csv", content, content_type="text/csv")
    return client.post(url("import"), {"import_file": file, "format": "0", "resource": "0"})


def confirm(client, response):
    return client.post(url("process_import"), response.context["confirm_form"].initial)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_is_previewed_first_and_written_when_confirmed(officer, encoding):
    response = upload(officer, FILE.encode(encoding))
    assert response.context["confirm_form"] is not None
    assert not Person.objects.exists()
    confirm(officer, response)
    assert sorted(Person.objects.values_list("code", "name")) == [
        ("bounnhang", "Bun Nhăng"),
        ("nguyen-van-a", "Nguyễn Văn Á"),
    ]
    (change,) = Person.objects.get(code="bounnhang").history.all()
    assert change.route == "import"
    assert change.batch is not None
    assert change.history_user.username == "view_person-add_person-change_person"


def test_what_a_list_gives_out_it_takes_in_again_without_a_change(officer):
    Person.objects.create(code="a", name="=1+1", country="VN")
    content = officer.get(url("export")).content
    assert content.startswith(b"\xef\xbb\xbf")
    (row,) = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    assert row["name"] == "'=1+1"
    response = upload(officer, content)
    assert [one.import_type for one in response.context["result"].rows] == ["skip"]


def test_faults_are_a_table_of_row_column_value_and_sentence(officer):
    response = upload(officer, "code,name,country\na,,VN\nb,Bê,Việt Nam\n".encode())
    assert response.context.get("confirm_form") is None
    faults = response.context["faults"]
    assert [(fault.row, fault.column, fault.value) for fault in faults] == [
        (2, "name", ""),
        (3, "country", "Việt Nam"),
    ]
    html = response.content.decode()
    assert "Traceback" not in html
    assert all(fault.sentence in html for fault in faults)
    assert not Person.objects.exists()


@pytest.mark.parametrize("content", [b"code,name,id\na,b,1\n", b"code,colour\na,b\n"])
def test_a_fault_of_the_whole_file_is_one_sentence(officer, content):
    response = upload(officer, content)
    (fault,) = response.context["faults"]
    assert (fault.row, fault.column) == (0, "")
    assert "[" not in fault.sentence
    assert "Traceback" not in response.content.decode()


@pytest.mark.parametrize("content", [b"\xff\xc3\x28\xa0\xa1", b"", b'a,b\n1,"2\n', b"code,name\na,b,c\n"])
def test_a_file_that_cannot_be_read_is_told_beside_the_field(officer, content):
    response = upload(officer, content)
    assert response.status_code == 200
    assert response.context["form"].errors["import_file"]
    assert "SheetError" not in response.content.decode()
    assert "Traceback" not in response.content.decode()


def test_a_file_that_met_a_fault_after_the_preview_changes_nothing(officer):
    response = upload(officer, b"code,name,country\na,Mot,VN\n")
    Person.objects.create(code="b", name="Hai")
    data = response.context["confirm_form"].initial
    Person._meta.get_field("country").validators.append(refuse_all)
    try:
        answer = officer.post(url("process_import"), data, follow=True)
    finally:
        Person._meta.get_field("country").validators.remove(refuse_all)
    assert [str(message) for message in answer.context["messages"]]
    assert not Person.objects.filter(code="a").exists()


def refuse_all(value):
    from django.core.exceptions import ValidationError

    raise ValidationError("nothing is accepted")


@pytest.mark.parametrize(
    "allowed", [["view_person"], ["view_person", "add_person"], ["view_person", "change_person"]]
)
def test_import_needs_the_permissions_to_add_and_to_change(client, allowed):
    staff(client, *allowed)
    assert client.get(url("import")).status_code == 403
    assert upload(client, FILE.encode()).status_code == 403


def test_export_needs_the_permission_to_view(client):
    staff(client, "add_agreement")
    assert client.get(url("export")).status_code == 403


def test_the_pages_of_import_hold_no_inline_script_or_style(officer):
    for html in (
        officer.get(url("import")).content.decode(),
        upload(officer, b"code,name\na,\n").content.decode(),
    ):
        assert "<style" not in html
        assert "onclick" not in html
        assert "<script>" not in html
