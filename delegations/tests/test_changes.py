"""The history of a record tells of its parts too, from what to what, in words."""

import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from agreements.history import recording
from agreements.tests.builders import make_agreement, make_place, make_term
from agreements.tests.pages import client_of
from delegations.models import Delivery, DeliveryLine, DeliveryRole
from delegations.tests.builders import contribute, make_delivery, make_line

pytestmark = pytest.mark.django_db


def words(page):
    """The text of a page without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def history(client, record):
    opts = record._meta
    return client.get(reverse(f"admin:{opts.app_label}_{opts.model_name}_history", args=[record.pk]))


def test_a_changed_line_is_told_from_what_to_what():
    delivery = make_delivery(held="2022-08-27")
    line = make_line(delivery, "masks", unit="piece", quantity=1500)
    line.quantity = 2500
    line.save()
    told = words(history(client_of(), delivery))
    assert "Số lượng: 1.500 → 2.500" in told
    assert "Sửa · Dòng bàn giao: 1 · masks" in told


def test_a_date_a_choice_and_a_list_are_told_in_words():
    delivery = make_delivery(held="2022?-08-27")
    delivery.held, delivery.kind = "2022-09/2023", "gift"
    delivery.save()
    delivery.fields.add(make_term("field", "y-te", "Y tế"), make_term("field", "gd", "Giáo dục"))
    told = words(history(client_of(), delivery))
    assert "Ngày bàn giao: 27/8/[2022] → 9/2022–2023" in told
    assert "Loại: hỗ trợ → quà tặng" in told
    assert re.search("Lĩnh vực hợp tác: — → (Y tế, Giáo dục|Giáo dục, Y tế)", told)
    assert "2022?" not in told


def test_parts_that_were_added_and_removed_are_told():
    agreement = make_agreement(make_place("VN-14", "Sơn La"), make_place("LA-HO", "Hủa Phăn"))
    agreement.roles.get(body__code="LA-HO").delete()
    told = words(history(client_of(), agreement))
    assert "Thêm · Bên ký kết: Sơn La" in told
    assert "Bỏ · Bên ký kết: Hủa Phăn" in told


def test_what_came_by_a_file_is_told_with_its_way():
    delivery = make_delivery()
    with recording("import"):
        contribute(delivery, make_agreement(title="Bản ghi nhớ"))
    assert re.search("nhập tệp.{0,40}Thêm · .{0,60}Bản ghi nhớ", words(history(client_of(), delivery)))


def test_an_old_version_is_shown_read_only_with_its_parts_and_its_date():
    delivery = make_delivery(held="2022-08-27")
    line = make_line(delivery, "masks", unit="piece", quantity=1500)
    for table in (Delivery, DeliveryLine, DeliveryRole):
        table.history.update(history_date=datetime(2022, 9, 1, 2, 5, tzinfo=UTC))
    delivery.held = "2023"
    delivery.save()
    line.delete()
    client = client_of()
    versions = re.findall(
        r'href="(/admin/delegations/delivery/\d+/history/[^"]+/)"', history(client, delivery).content.decode()
    )
    assert len(versions) == 2
    page = client.get(versions[-1])
    told = words(page)
    assert "Bản lúc 09:05 1/9/2022" in told
    assert "Ngày bàn giao 27/8/2022" in told
    assert "Dòng bàn giao: 1 · masks · 1.500" in told
    assert "Trang chủ › Hỗ trợ, bàn giao ›" in told
    assert re.findall(r'<(?:input|select|textarea)[^>]*name="(\w+)"', page.content.decode()) == [
        "csrfmiddlewaretoken"
    ]
    assert "masks" not in words(client.get(versions[0]))
    assert client.get(re.sub("history/.*", "history/9999-delivery/", versions[0])).status_code == 404


def test_history_costs_the_same_however_much_happened(django_assert_max_num_queries):
    delivery = make_delivery()
    for number in range(30):
        make_line(delivery, f"item{number}", unit="piece", quantity=number)
    client = client_of()
    with django_assert_max_num_queries(30):
        history(client, delivery)


def test_a_reader_without_permission_sees_no_history():
    assert history(client_of("view_document"), make_delivery()).status_code == 403
