"""Pages that stand apart: login, health, files, and what is said when something goes wrong."""

import errno
import json
import re

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import OperationalError
from django.test import Client, RequestFactory
from django.urls import get_resolver, reverse

from agreements import files
from agreements.models import Body, Document, Term, User
from tracker import errors

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader():
    user = User(username="nguoi-doc", is_staff=True)
    user.set_unusable_password()
    user.save()
    client = Client()
    client.force_login(user)
    client.user = user
    return client


@pytest.mark.parametrize("path", ["/", "/admin/", "/admin/agreements/agreement/", "/reports/", "/files/1/"])
def test_every_page_asks_for_a_login(client, path):
    response = client.get(path, follow=True)
    assert response.redirect_chain[-1][0].startswith("/admin/login/")


def test_health_needs_no_login(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")


def test_no_address_serves_uploaded_files_directly():
    routes = [str(pattern.pattern) for pattern in get_resolver().url_patterns]
    assert not any("media" in route for route in routes)


def test_reports_need_the_permission_to_view_agreements(reader):
    assert reader.get("/reports/").status_code == 403
    reader.user.user_permissions.add(Permission.objects.get(codename="view_agreement"))
    assert reader.get("/reports/").status_code == 200


def test_an_english_browser_gets_vietnamese_pages(client):
    page = client.get("/admin/login/", headers={"accept-language": "en-US"}).content.decode()
    assert 'lang="vi"' in page
    assert "Đăng nhập" in page


def test_a_page_that_is_not_there_is_told_in_vietnamese(reader):
    response = reader.get("/khong-co/")
    assert response.status_code == 404
    assert "Không tìm thấy trang" in response.content.decode()


def test_a_form_of_an_old_session_is_told_in_vietnamese():
    client = Client(enforce_csrf_checks=True)
    response = client.post("/admin/login/", {"username": "a", "password": "b"})
    assert response.status_code == 403
    assert "Phiên làm việc đã đổi" in response.content.decode()


@pytest.mark.parametrize(
    ("error", "status", "told"),
    [
        (OperationalError("database is locked"), 503, "Dữ liệu đang bận"),
        (OperationalError("database or disk is full"), 507, "Ổ đĩa đã đầy"),
        (OSError(errno.ENOSPC, "No space left on device"), 507, "Ổ đĩa đã đầy"),
        (ValueError("nobody foresaw this"), 500, "Có lỗi trong hệ thống"),
    ],
)
def test_faults_are_told_without_the_database(error, status, told, django_assert_num_queries):
    request = RequestFactory().get("/")
    with django_assert_num_queries(0):
        try:
            raise error
        except Exception:
            response = errors.server_error(request)
    assert response.status_code == status
    assert told in response.content.decode()


@pytest.fixture
def document(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    body = Body.objects.create(code="VN", name="Việt Nam", kind="country", country="VN")
    office = Body.objects.create(code="SNV", name="Sở", kind="department", country="VN", area=body)
    kind = Term.objects.create(vocabulary="document_kind", code="khac", name="Khác")
    record = Document(office=office, kind=kind, title="Thử")
    record.file = ContentFile(b"%PDF-1.7 nothing", name="Biên bản bàn giao.pdf")
    record.full_clean()
    record.save()
    return record


def test_a_file_is_sent_as_attachment_under_its_own_name(reader, document):
    address = reverse("document-file", args=[document.pk])
    assert reader.get(address).status_code == 403
    reader.user.user_permissions.add(Permission.objects.get(codename="view_document"))
    response = reader.get(address)
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert "Bi%C3%AAn%20b%E1%BA%A3n" in response.headers["Content-Disposition"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response.streaming_content) == b"%PDF-1.7 nothing"
    assert "Biên" not in document.file.name  # stored under a random name


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("trang.html", b"<script>", "loại tệp không được lưu"),
        ("gia.pdf", b"<script>alert(1)</script>", "không đúng loại"),
        ("chay.exe", b"MZ", "loại tệp không được lưu"),
    ],
)
def test_files_of_other_kinds_are_refused(name, content, told):
    with pytest.raises(ValidationError) as caught:
        files.validate_upload(ContentFile(content, name=name))
    assert told in " ".join(caught.value.messages)


def test_a_file_over_the_limit_is_refused(settings):
    settings.UPLOAD_LIMIT = 1 << 20
    files.validate_upload(ContentFile(b"%PDF-".ljust(1 << 20), name="vua.pdf"))
    with pytest.raises(ValidationError) as caught:
        files.validate_upload(ContentFile(b"%PDF-".ljust((1 << 20) + 1), name="lon.pdf"))
    assert "1 MB" in " ".join(caught.value.messages)


def test_the_scripts_of_the_admin_speak_vietnamese(reader):
    script = reader.get("/admin/jsi18n/").content.decode()
    catalogue = json.loads(re.search(r"const newcatalog = (\{.*?\});", script, re.DOTALL)[1])
    assert catalogue["Choose all %s"] == "Chọn tất cả %s"
