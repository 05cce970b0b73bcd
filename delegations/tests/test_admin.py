"""Entering deliveries: lines with “of which”, words in cells, sentences instead of faults."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from agreements.models import Body, Term, User
from delegations.models import Delivery

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    """A client of an administrator, with what a delivery needs."""
    vn = Body.objects.create(code="VN", name="Việt Nam", kind="country", country="VN")
    la = Body.objects.create(code="LA", name="Lào", kind="country", country="LA")
    office = Body.objects.create(code="SNV", name="Sở Ngoại vụ", kind="department", country="VN", area=vn)
    entry = Client()
    user = User(username="can-bo", is_staff=True, is_superuser=True, office=office)
    user.set_unusable_password()
    user.save()
    entry.force_login(user)
    entry.vn, entry.la, entry.office = vn, la, office
    for vocabulary, code, name in [
        ("item", "masks", "Khẩu trang"),
        ("item", "students", "Lưu học sinh"),
        ("item", "cash", "Tiền mặt"),
        ("unit", "piece", "chiếc"),
        ("unit", "person", "người"),
        ("currency", "VND", "đồng"),
        ("currency", "LAK", "kíp"),
    ]:
        setattr(entry, code, Term.objects.create(vocabulary=vocabulary, code=code, name=name))
    return entry


def posted(entry, lines, giver=None, receiver=None, **facts):
    """What the browser sends for a delivery with `lines` (dicts of cells)."""
    data = {"kind": "support", "status": "delivered", "held": "2021", "office": entry.office.pk, **facts}
    for prefix in ("funder", "witness"):
        data |= {f"roles-{prefix}-TOTAL_FORMS": 0, f"roles-{prefix}-INITIAL_FORMS": 0}
    for prefix in ("contributions", "citations"):
        data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    for role, body in (("giver", giver or entry.vn), ("receiver", receiver or entry.la)):
        data |= {
            f"roles-{role}-TOTAL_FORMS": 1,
            f"roles-{role}-INITIAL_FORMS": 0,
            f"roles-{role}-0-body": body.pk,
        }
    data |= {"lines-TOTAL_FORMS": len(lines), "lines-INITIAL_FORMS": 0}
    for number, line in enumerate(lines):
        cells = {"quantity_is": "exactly", "amount_is": "exactly", **line}
        data |= {f"lines-{number}-{name}": value for name, value in cells.items()}
    return data


def send(entry, lines, **options):
    return entry.post(reverse("admin:delegations_delivery_add"), posted(entry, lines, **options))


def told(response):
    """Every sentence on the page that came back."""
    assert response.status_code == 200, "the form was accepted"
    forms = response.context["inline_admin_formsets"]
    sentences = [str(one) for errors in response.context["adminform"].form.errors.values() for one in errors]
    for formset in (one.formset for one in forms):
        sentences += [str(one) for one in formset.non_form_errors()]
        sentences += [str(one) for form in formset.forms for errors in form.errors.values() for one in errors]
    return " ".join(sentences)


def test_of_which_attaches_a_line_to_the_last_line_above_it(entry):
    students, person = entry.students.pk, entry.person.pk
    response = send(
        entry,
        [
            {"item": students, "quantity": "78", "unit": person},
            {"item": students, "quantity": "65", "unit": person, "of_which": "on", "funding": "province"},
        ],
    )
    assert response.status_code == 302
    whole, part = Delivery.objects.get().lines.all()
    assert (whole.number, whole.part_of, part.number, part.part_of) == (1, None, 2, whole)


def test_parts_that_are_more_than_their_whole_are_refused(entry):
    students, person = entry.students.pk, entry.person.pk
    response = send(
        entry,
        [
            {"item": students, "quantity": "78", "unit": person},
            {"item": students, "quantity": "79", "unit": person, "of_which": "on"},
        ],
    )
    assert "cộng lại là 79, nhiều hơn tổng 78" in told(response)
    assert not Delivery.objects.exists()


def test_a_first_line_cannot_be_of_which(entry):
    response = send(entry, [{"item": entry.masks.pk, "of_which": "on"}])
    assert "bỏ chọn ở dòng đầu" in told(response)


def test_words_in_a_cell_go_to_their_own_columns(entry):
    response = send(
        entry,
        [
            {"item": entry.masks.pk, "quantity": "hơn 15.000 chiếc"},
            {"item": entry.cash.pk, "amount": "300 triệu đồng"},
        ],
    )
    assert response.status_code == 302
    masks, cash = Delivery.objects.get().lines.all()
    assert (masks.quantity, masks.quantity_is, masks.unit) == (Decimal(15_000), "more_than", entry.piece)
    assert (cash.amount, cash.amount_is, cash.currency) == (Decimal(300_000_000), "exactly", entry.VND)


def test_a_unit_that_contradicts_the_chosen_one_is_refused(entry):
    response = send(entry, [{"item": entry.cash.pk, "amount": "300 triệu đồng", "currency": entry.LAK.pk}])
    assert "mâu thuẫn" in told(response)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ({"quantity": "5"}, "phải có đơn vị tính"),
        ({"amount": "5"}, "phải có loại tiền"),
        ({"quantity": "-5"}, "không âm"),
        ({"quantity": "9" * 30}, "làm tròn"),
        ({"description": "dòng\x07"}, "ký tự điều khiển"),
    ],
)
def test_bad_lines_get_one_sentence(entry, line, sentence):
    assert sentence in told(send(entry, [{"item": entry.masks.pk, **line}]))


def test_a_delivery_has_a_giver_and_a_receiver_who_differ(entry):
    line = [{"item": entry.masks.pk}]
    assert "không thể vừa hỗ trợ vừa nhận" in told(send(entry, line, receiver=entry.vn))
    data = posted(entry, line) | {"roles-giver-0-body": ""}
    assert told(entry.post(reverse("admin:delegations_delivery_add"), data))


def test_what_was_delivered_is_not_in_the_future(entry):
    assert "trong tương lai" in told(send(entry, [{"item": entry.masks.pk}], held="1/1/2199"))
    assert send(entry, [{"item": entry.masks.pk}], held="1/1/2199", status="planned").status_code == 302


def test_an_unknown_quantity_stays_empty(entry):
    assert send(entry, [{"item": entry.masks.pk, "description": "không rõ số"}]).status_code == 302
    line = Delivery.objects.get().lines.get()
    assert (line.quantity, line.amount) == (None, None)
    assert line.short() == "Khẩu trang"


def test_a_delivery_opens_again_and_can_be_changed(entry):
    send(entry, [{"item": entry.masks.pk, "quantity": "1.500", "unit": entry.piece.pk}])
    delivery = Delivery.objects.get()
    page = entry.get(reverse("admin:delegations_delivery_change", args=[delivery.pk])).content.decode()
    assert 'value="1.500"' in page
    assert delivery.code == "HT-0001"
    assert delivery.history.get().history_user.username == "can-bo"
