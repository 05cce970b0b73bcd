"""The page on which an office keeps its own Word templates, and which of them is used."""

import hashlib
import io
from datetime import date
from html import unescape

import docx
import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from agreements.models import User
from agreements.tests.builders import make_body
from agreements.tests.pages import client_of, resent
from tracker.loading import load_groups
from tracker.reports.catalogue import BY_SLUG, SHEET, build
from tracker.reports.word.admin import report_names
from tracker.reports.word.choosing import to_docx
from tracker.reports.word.default import default_template
from tracker.reports.word.letterhead import PLACEHOLDERS
from tracker.reports.word.models import ReportTemplate
from tracker.reports.word.placeholders import check
from tracker.tests.templates_made import (
    saying,
)
from tracker.tests.test_word import table_of

pytestmark = pytest.mark.once


# The page ----------------------------------------------------------------------------------------
@pytest.fixture
def folder(monkeypatch, tmp_path):
    """Where templates are kept."""
    monkeypatch.setattr(ReportTemplate._meta.get_field("file"), "storage", FileSystemStorage(tmp_path))
    return tmp_path


@pytest.fixture
def administrator(db, folder):
    return client_of()


def upload(client, content, name="mau.docx", **options):
    data = {"file": SimpleUploadedFile(name, content), "report": "", "office": "", "active": "on", **options}
    return client.post(reverse("admin:tracker_reporttemplate_add"), data)


def stored(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_sound_template_is_kept_under_a_random_name(administrator, folder):
    office = make_body("SNV-HN", "Sở Ngoại vụ Hà Nội")
    response = upload(administrator, default_template(), "Mẫu Hà Nội.docx", office=office.pk)
    assert response.status_code == 302, response.content.decode()
    template = ReportTemplate.objects.get()
    assert template.file_name == "Mẫu Hà Nội.docx"
    assert "Mẫu" not in template.file.name
    assert template.uploaded_by.is_superuser
    assert len(template.sha256) == 64
    assert len(stored(folder)) == 1
    page = administrator.get(reverse("reports:word-template", args=[template.pk]))
    check(b"".join(page.streaming_content))
    assert page["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (saying("{{ co_quan.__class__ }}"), "mau.docx", "Không dùng được “{{ co_quan.__class__ }}”"),
        (saying("{{ so_kyhieu }}"), "mau.docx", "có phải ý bạn là so_ky_hieu?"),
        (default_template(), "mau.docm", "“mau.docm” không phải là mẫu Word"),
        (b"x" * (5 * 1024 * 1024 + 2), "mau.docx", "lớn hơn 5 MB"),
    ],
)
def test_of_a_bad_template_nothing_is_kept(administrator, folder, content, name, sentence):
    response = upload(administrator, content, name)
    assert response.status_code == 200
    assert sentence.replace("'", "&#x27;") in response.content.decode()
    assert not ReportTemplate.objects.exists()
    assert stored(folder) == []


def test_the_page_tells_the_placeholders_and_gives_the_default_template(administrator):
    text = administrator.get(reverse("admin:tracker_reporttemplate_add")).content.decode()
    assert all(f"{{{{ {name} }}}}" in text for name in PLACEHOLDERS)
    assert reverse("reports:default-template") in text
    assert "Bỏ trống: dùng cho mọi cơ quan." in text  # a template is no record that an office keeps
    listed = administrator.get(reverse("admin:tracker_reporttemplate_changelist")).content.decode()
    assert reverse("reports:default-template") in listed
    check(administrator.get(reverse("reports:default-template")).content)


@pytest.mark.parametrize("report", [*BY_SLUG, SHEET])
def test_each_report_may_have_its_own_template(administrator, folder, report):
    """The choices are those of the catalogue, and the template is found by the key of what is written."""
    assert upload(administrator, default_template(), report=report).status_code == 302
    template = ReportTemplate.objects.get()
    assert str(template.report) == report
    if made := build(report, {}, date(2023, 6, 30)):
        assert made.key == report
    assert ReportTemplate.objects.chosen(report) == template
    listed = administrator.get(reverse("admin:tracker_reporttemplate_changelist")).content.decode()
    assert str(report_names()[report]) in unescape(listed)


def test_a_kept_template_is_taken_out_of_use_and_nothing_else(administrator):
    upload(administrator, default_template())
    template = ReportTemplate.objects.get()
    address = reverse("admin:tracker_reporttemplate_change", args=[template.pk])
    assert "mau.docx" in administrator.get(address).content.decode()
    answer = resent(
        administrator, address, {"report": "agreement-sheet", "file": SimpleUploadedFile("b.docx", b"b")}
    )
    assert answer.status_code == 302
    after = ReportTemplate.objects.get()
    assert (after.active, after.report, after.file.name) == (False, "", template.file.name)
    delete = reverse("admin:tracker_reporttemplate_delete", args=[template.pk])
    assert administrator.post(delete, {"post": "yes"}).status_code == 403


def test_who_may_not_sees_no_template(administrator, reader, stranger):
    upload(administrator, default_template())
    pk = ReportTemplate.objects.get().pk
    assert reader.get(reverse("reports:word-template", args=[pk])).status_code == 403
    assert reader.get(reverse("reports:default-template")).status_code == 200
    assert stranger.get(reverse("reports:default-template")).status_code == 403
    assert upload(reader, default_template()).status_code == 403


@pytest.mark.django_db
def test_the_group_of_administrators_may_upload_templates():
    load_groups()
    having = Group.objects.filter(permissions__codename="add_reporttemplate")
    assert [group.name for group in having] == ["Quản trị"]
    assert not Group.objects.filter(permissions__codename__endswith="importbatch").exists()


# Which one is used -------------------------------------------------------------------------------
def keep(text, office=None, report="", **options):
    content = saying(text)
    template = ReportTemplate(
        office=office, report=report, sha256=hashlib.sha256(content).hexdigest(), on=timezone.now(), **options
    )
    template.file.save(f"{text}.docx", ContentFile(content), save=False)
    template.save()
    return template


def used(office=None):
    document = docx.Document(io.BytesIO(to_docx(table_of(2, 1), office)))
    return document.tables[0].cell(1, 0).text


@pytest.mark.usefixtures("folder")
@pytest.mark.django_db
def test_the_office_goes_before_all_and_the_report_before_every_report():
    own, other = make_body("SNV-1", "Sở Một"), make_body("SNV-2", "Sở Hai")
    assert used(own).startswith("Số:")
    keep("của mọi nơi")
    assert used(own) == used() == "của mọi nơi"
    keep("của mọi nơi, báo cáo này", report="thu")
    keep("báo cáo khác", report="khac")
    assert used() == "của mọi nơi, báo cáo này"
    keep("của Sở Một", own)
    assert (used(own), used(other)) == ("của Sở Một", "của mọi nơi, báo cáo này")
    keep("của Sở Một, không dùng", own, active=False)
    newer = keep("của Sở Một, mới", own)
    assert used(own) == "của Sở Một, mới"
    newer.active = False
    newer.save()
    assert used(own) == "của Sở Một"


@pytest.mark.parametrize("spoil", ["missing", "changed"])
def test_a_template_that_is_lost_is_told_and_the_report_not_written(reader, folder, spoil):
    template = keep("a")
    path = folder / template.file.name
    path.unlink() if spoil == "missing" else path.write_bytes(default_template())
    response = reader.get("/reports/agreement-status/?format=docx&on=30/6/2023")
    assert response.status_code == 500
    assert "Không dùng được mẫu Word “a.docx”: tệp đã mất hoặc đã bị sửa." in response.content.decode()
    assert 'href="/reports/agreement-status/?on=30%2F6%2F2023"' in response.content.decode()


@pytest.mark.usefixtures("folder")
def test_the_officers_office_stands_at_the_head(client, db):
    office = make_body("SNV-9", "Sở Ngoại vụ Chín")
    user = User.objects.create(username="a", is_staff=True, is_superuser=True, office=office)
    client.force_login(user)
    content = client.get("/reports/agreement-status/?format=docx").content
    assert "SỞ NGOẠI VỤ CHÍN" in docx.Document(io.BytesIO(content)).tables[0].cell(0, 0).text
