"""Files out of lists and of the page of exports: what the list shows, every kind, who may."""

import csv
import io

import openpyxl
import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agreements.interchange.xlsx import LONGEST_TEXT
from agreements.models import Agreement, Person, User
from tracker.interchange import KINDS
from tracker.tests.conftest import logged_in
from tracker.tests.seeded import seeded  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def administrator(db):
    client = Client()
    client.force_login(User.objects.create(username="quan-tri", is_staff=True, is_superuser=True))
    return client


def content(response):
    assert response.status_code == 200
    assert response.streaming
    return b"".join(response.streaming_content)


def rows(response, separator=","):
    text = content(response).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=separator))


def list_file(client, **asked):
    return client.get(reverse("admin:agreements_agreement_export"), {"headers": "key", **asked})


def listed(client, **asked):
    found = client.get(reverse("admin:agreements_agreement_changelist"), asked)
    return [agreement.code for agreement in found.context["cl"].result_list]


@pytest.mark.parametrize(
    "asked",
    [{}, {"q": "vieng chan"}, {"o": "-1"}, {"q": "hua phan", "o": "1"}, {"kind__id__exact": "0"}],
)
def test_a_list_goes_out_as_it_is_filtered_searched_and_ordered(administrator, asked):
    if "kind__id__exact" in asked:
        kind = Agreement.objects.first().kind_id
        asked = {"kind__id__exact": kind}
    shown = listed(administrator, **asked)
    assert [row["code"] for row in rows(list_file(administrator, **asked))] == shown
    assert shown or asked


def test_the_menu_of_a_list_keeps_its_filters(administrator):
    address = reverse("admin:agreements_agreement_changelist")
    page = administrator.get(address, {"q": "vieng chan", "p": "1"}).content.decode()
    assert f"{reverse('admin:agreements_agreement_export')}?q=vieng+chan&amp;format=xlsx" in page
    assert "p=1&" not in page.split("export_link")[1][:200]
    assert reverse("admin:agreements_agreement_import") in page


def test_nonsense_in_the_address_leads_back_to_the_list(administrator):
    response = list_file(administrator, nonsense="1")
    assert response.status_code == 302
    assert response["Location"] == reverse("admin:agreements_agreement_changelist") + "?e=1"


@pytest.mark.parametrize("separator", [",", ";"])
def test_csv_has_a_bom_the_separator_asked_for_and_a_plain_name(administrator, separator):
    response = list_file(administrator, format="csv", sep=separator)
    day = timezone.localdate().isoformat()
    assert response["Content-Disposition"] == f'attachment; filename="thoa-thuan-{day}.csv"'
    sheet = content(response)
    assert sheet.startswith(b"\xef\xbb\xbfoffice" + separator.encode() + b"code")


@pytest.mark.parametrize(("headers", "heading"), [("vi", "Mã"), ("en", "Code"), ("key", "code")])
def test_workbooks_are_headed_in_the_language_asked_for(administrator, headers, heading):
    response = list_file(administrator, format="xlsx", headers=headers)
    assert response["Content-Type"] == XLSX
    sheet = openpyxl.load_workbook(io.BytesIO(content(response))).active
    assert sheet["B1"].value == heading
    assert sheet.max_row == 1 + Agreement.objects.count()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_goes_out_whole(administrator, kind, form):
    response = administrator.get(reverse("exports:kind", args=[kind]), {"format": form})
    sheet = content(response)
    if form == "csv":
        told = sheet.decode("utf-8-sig").count("\r\n")
    else:
        told = openpyxl.load_workbook(io.BytesIO(sheet)).active.max_row
    assert told >= 1


def test_the_workbook_has_a_sheet_for_each_kind(administrator):
    book = openpyxl.load_workbook(io.BytesIO(content(administrator.get(reverse("exports:workbook")))))
    assert book.sheetnames == list(KINDS)
    assert book["agreements"].max_row == 1 + Agreement.objects.count()


def test_the_page_of_exports_leads_to_every_kind_and_template(administrator):
    page = administrator.get(reverse("exports:index")).content.decode()
    for kind in KINDS:
        assert reverse("exports:kind", args=[kind]) in page
        assert reverse("imports:template", args=[kind]) in page


@pytest.mark.parametrize("kind", ["commitments", "workbook"])
def test_templates_are_workbooks_to_be_filled_in(administrator, kind):
    response = administrator.get(reverse("imports:template", args=[kind]))
    book = openpyxl.load_workbook(io.BytesIO(content(response)))
    assert "commitments" in book.sheetnames
    assert book["commitments"].max_row == 1


def test_who_may_view_one_kind_takes_out_only_that(db):
    reader = logged_in("doc", "view_agreement")
    assert rows(reader.get(reverse("exports:kind", args=["agreements"]), {"format": "csv"}))
    for kind in ("people", "commitments", "roles"):
        assert reader.get(reverse("exports:kind", args=[kind])).status_code == 403
        assert reader.get(reverse("imports:template", args=[kind])).status_code == 403
    book = openpyxl.load_workbook(io.BytesIO(content(reader.get(reverse("exports:workbook")))))
    assert book.sheetnames == ["agreements"]
    assert reader.get(reverse("exports:kind", args=["nonsense"])).status_code == 404


def test_who_may_view_nothing_takes_out_nothing(stranger):
    for address in (
        reverse("exports:index"),
        reverse("exports:workbook"),
        reverse("exports:kind", args=["people"]),
        reverse("imports:template", args=["workbook"]),
        reverse("admin:agreements_person_export"),
    ):
        assert stranger.get(address).status_code == 403, address


def test_a_text_that_no_workbook_holds_is_told_in_a_sentence(administrator, monkeypatch):
    Agreement.objects.filter(code="SL-LPB-2022").update(note="x" * (LONGEST_TEXT + 1))
    for address in (
        reverse("exports:kind", args=["agreements"]),
        reverse("admin:agreements_agreement_export"),
    ):
        response = administrator.get(address, {"format": "xlsx"}, follow=True)
        assert [str(message) for message in response.context["messages"]], address


def test_files_open_no_transaction(administrator, django_assert_max_num_queries):
    for asked in ({"format": "csv"}, {"format": "xlsx"}):
        with django_assert_max_num_queries(80) as captured:
            content(list_file(administrator, **asked))
        said = [query["sql"] for query in captured.captured_queries]
        noted = [sql for sql in said if sql.startswith('INSERT INTO "tracker_accesslog"')]
        assert len(noted) == 1  # the one thing that is written: who took it
        told = " ".join(sql for sql in said if sql not in noted)
        assert not any(word in told for word in ("SAVEPOINT", "BEGIN", "INSERT", "UPDATE"))


def test_the_buttons_of_a_list_follow_the_permissions(db):
    Person.objects.create(code="a", name="Nguyễn Văn Á")
    reader = logged_in("doc", "view_person")
    page = reader.get(reverse("admin:agreements_person_changelist")).content.decode()
    assert reverse("admin:agreements_person_export") in page
    assert reverse("admin:agreements_person_import") not in page
    assert reader.get(reverse("admin:agreements_person_import")).status_code == 403
    user = User.objects.get(username="doc")
    user.user_permissions.set(
        Permission.objects.filter(codename__in=["view_person", "add_person", "change_person"])
    )
    response = reader.get(reverse("admin:agreements_person_import"))
    assert response["Location"] == reverse("imports:new") + "?kind=people"
