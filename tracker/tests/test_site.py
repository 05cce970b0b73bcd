"""The home page: what to do first, and what waits."""

import re

import pytest
from django.urls import reverse

from agreements.models import Organization, User
from agreements.tests.builders import make_body
from agreements.tests.pages import client_of

pytestmark = pytest.mark.django_db


def words(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def test_a_register_without_an_office_asks_for_it_first():
    staff = client_of()
    User.objects.update(office=None)
    Organization.objects.all().delete()
    home = staff.get(reverse("admin:index"))
    link = reverse("admin:agreements_organization_add")
    assert "Hãy nhập cơ quan của mình trước" in words(home)
    assert f'<a class="button default" href="{link}">Nhập cơ quan của mình</a>' in home.content.decode()
    form = words(staff.get(reverse("admin:agreements_agreement_add")))
    assert "Chưa có trong danh sách thì thêm bằng nút “+”" in form
    make_body()
    home = staff.get(reverse("admin:index"))
    assert "Hãy nhập cơ quan của mình trước" not in words(home)
    assert "Hãy nhập thỏa thuận đầu tiên" in words(home)
