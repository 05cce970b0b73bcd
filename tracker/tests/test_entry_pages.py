"""Pages of entry as staff meet them: what is shown, where a link leads, what is told when something is wrong."""

import re

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from agreements.models import Document, Progress
from agreements.tests.builders import (
    make_agreement,
    make_body,
    make_commitment,
    make_document,
    make_person,
    make_place,
    make_term,
)
from agreements.tests.pages import as_sent, client_of, empty_parts, words
from delegations.models import DeliveryLine
from delegations.tests.builders import make_delegation, make_delivery, make_line, make_meeting

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def address(row, page="change"):
    opts = row._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{page}", args=[row.pk])


@pytest.fixture
def kept(settings, tmp_path):
    """A document with a file."""
    settings.FILES_DIR = tmp_path
    document = make_document()
    document.file = ContentFile(b"%PDF-1.7 nothing", name="Biên bản bàn giao.pdf")
    document.save()
    return document


@pytest.mark.parametrize("permissions", [(), ("view_document",)])
def test_the_link_to_a_file_leads_to_the_file(kept, permissions):
    client = client_of(*permissions)
    link = re.search(
        r'<a href="([^"]+)">Biên bản bàn giao\.pdf</a>', client.get(address(kept)).content.decode()
    )
    response = client.get(link[1])
    assert b"".join(response.streaming_content) == b"%PDF-1.7 nothing"
    assert kept.file.name not in client.get(address(kept)).content.decode()


def test_a_file_stays_when_the_form_is_sent_again_and_is_not_read(staff, kept):
    kept.file.storage.delete(
        kept.file.name
    )  # lost on the disk: the rest of the record can still be corrected
    data = as_sent(staff.get(address(kept))) | {"title": "Tên mới"}
    data.pop("file")
    assert staff.post(address(kept), data).status_code == 302
    again = Document.objects.get(pk=kept.pk)
    assert (again.title, again.file_name, bool(again.file)) == ("Tên mới", "Biên bản bàn giao.pdf", True)


def test_what_is_wrong_is_listed_first_each_a_link_to_its_field(staff):
    page = staff.get(reverse("admin:agreements_agreement_add"))
    data = empty_parts(page) | {"signed_on": "30/2/2022", "number": "1", "roles-party-TOTAL_FORMS": 1}
    answer = staff.post(reverse("admin:agreements_agreement_add"), data)
    html = answer.content.decode()
    note = re.search(r'<div class="errornote".*?</div>', html, re.DOTALL)[0]
    links = re.findall(r'<a href="#([^"]+)">', note)
    assert f"Chưa lưu. Còn {note.count('<li>')} chỗ cần sửa:" in note
    assert {"id_title", "id_kind", "id_signed_on", "roles-party-group"} <= set(links)
    for target in links:
        assert f'id="{target}"' in html, target
    assert "Please" not in html
    assert html.index("errornote") < html.index('id="id_title"')
    field = re.search(r'<div class="form-row errors field-signed_on.*?</fieldset>', html, re.DOTALL)[0]
    assert "không có ngày 30" in field.split('class="form-row')[1]


def test_an_empty_row_is_told_one_thing(staff):
    page = staff.get(reverse("admin:agreements_agreement_add"))
    data = empty_parts(page) | {"roles-party-TOTAL_FORMS": 1}
    answer = staff.post(reverse("admin:agreements_agreement_add"), data)
    parties = answer.context["inline_admin_formsets"][0].formset
    assert [len(form.non_field_errors()) for form in parties.forms] == [1]


def test_readers_see_words_and_not_stored_forms():
    delivery = make_delivery(held="2022?-11-04")
    whole = make_line(delivery, "students", unit="person", quantity=1500)
    make_line(delivery, "students", unit="person", quantity=65, part_of=whole)
    told = words(client_of("view_delivery").get(address(delivery)))
    assert "4/11/[2022]" in told
    assert "1.500" in told
    assert told.count("Trong đó: trong đó") == 1
    for stored in ("2022?", "1.500,00", "Of which", "None"):
        assert stored not in told
    agreement = make_agreement(period="2026/2030")
    assert "2026–2030" in words(client_of("view_agreement").get(address(agreement)))


def test_readers_are_told_countries_by_name():
    make_place("VN", "Việt Nam", kind="country")
    told = words(client_of("view_person").get(address(make_person())))
    assert "Quốc gia: Việt Nam" in told or "Nước: Việt Nam" in told


def test_readers_of_an_agreement_are_offered_nothing_to_add():
    agreement = make_agreement()
    reader = client_of("view_agreement").get(address(agreement)).content.decode()
    assert "commitment/add" not in reader
    assert "Thêm cam kết" not in reader
    officer = (
        client_of("view_agreement", "add_commitment", "add_delegation")
        .get(address(agreement))
        .content.decode()
    )
    assert "Thêm cam kết" in officer
    assert "Thêm đoàn" in officer
    assert "Thêm hỗ trợ" not in officer


def test_what_is_added_from_an_agreement_names_it_and_its_office(staff):
    agreement = make_agreement(office=make_body("SNV-KHAC", "Sở khác"))
    page = staff.get(address(agreement)).content.decode()
    links = {
        link.split("/")[3]: link.replace("&amp;", "&")
        for link in re.findall(r'href="([^"]+\?agreement=[^"]+)"', page)
    }
    assert set(links) == {"commitment", "delegation", "meeting", "delivery"}
    for model, link in links.items():
        answer = staff.get(link)
        assert answer.context["adminform"].form.initial["office"] in (
            agreement.office_id,
            str(agreement.office_id),
        )
        if model == "commitment":
            assert answer.context["adminform"].form.initial["agreement"] == str(agreement.pk)
        else:
            formsets = {one.formset.prefix: one.formset for one in answer.context["inline_admin_formsets"]}
            assert [form["agreement"].value() for form in formsets["contributions"].forms] == [agreement.pk]


@pytest.mark.parametrize("model", ["agreements_commitment", "delegations_delegation"])
def test_the_office_of_an_agreement_comes_with_it_even_where_the_address_names_the_agreement_only(
    staff, model
):
    agreement = make_agreement(office=make_body("SNV-KHAC", "Sở khác"))
    page = staff.get(reverse(f"admin:{model}_add"), {"agreement": agreement.pk})
    assert page.context["adminform"].form.initial["office"] == agreement.office_id


def test_a_delegation_entered_from_an_agreement_serves_it(staff):
    agreement = make_agreement()
    link = f"{reverse('admin:delegations_delegation_add')}?agreement={agreement.pk}"
    data = empty_parts(staff.get(link)) | {
        "name": "Đoàn thử",
        "direction": "out",
        "held": "2022",
        "status": "held",
    }
    data |= {"office": agreement.office_id, "number": "1", "contributions-TOTAL_FORMS": 1}
    data |= {"contributions-0-agreement": agreement.pk, "contributions-0-how": "serves"}
    assert staff.post(link, data).status_code == 302
    assert [one.delegation.name for one in agreement.contributions.all()] == ["Đoàn thử"]


def order_of(page, *marks):
    html = page.content.decode()
    return [html.index(mark) for mark in marks]


def test_forms_ask_in_the_order_in_which_staff_think(staff):
    agreement = staff.get(reverse("admin:agreements_agreement_add"))
    found = order_of(agreement, 'id="id_title"', 'id="roles-party-group"', 'id="id_signed_on"',
                     'id="roles-signatory-group"', 'id="id_process"')  # fmt: skip
    assert found == sorted(found)
    delegation = staff.get(reverse("admin:delegations_delegation_add"))
    found = order_of(delegation, 'id="id_name"', 'id="roles-sender-group"', 'id="roles-visited-group"',
                     'id="roles-head-group"', 'id="id_purpose"')  # fmt: skip
    assert found == sorted(found)


def test_every_inline_stands_on_the_page_once(staff):
    for model in (
        "agreements_agreement",
        "agreements_commitment",
        "delegations_delivery",
        "delegations_delegation",
    ):
        page = staff.get(reverse(f"admin:{model}_add"))
        for one in page.context["inline_admin_formsets"]:
            assert page.content.decode().count(f'id="{one.formset.prefix}-group"') == 1


def test_the_order_of_parties_and_the_paper_of_a_line_are_entered(staff):
    delivery = make_delivery()
    line, paper = make_line(delivery, "masks", unit="piece", quantity=5), make_document()
    role = delivery.roles.get(role="giver")
    data = as_sent(staff.get(address(delivery))) | {"lines-0-document": paper.pk, "roles-giver-0-rank": "3"}
    data |= {"roles-giver-0-document": paper.pk}
    assert staff.post(address(delivery), data).status_code == 302
    role.refresh_from_db()
    assert DeliveryLine.objects.get(pk=line.pk).document == paper
    assert (role.rank, role.document) == (3, paper)


def test_an_order_left_empty_is_the_first(staff):
    delivery = make_delivery()
    make_line(delivery)
    data = as_sent(staff.get(address(delivery))) | {"roles-giver-0-rank": ""}
    assert staff.post(address(delivery), data).status_code == 302
    assert delivery.roles.get(role="giver").rank == 1


def test_a_report_is_entered_with_its_sources(staff):
    commitment, paper = make_commitment(make_agreement()), make_document()
    page = staff.get(reverse("admin:agreements_progress_add"))
    data = empty_parts(page) | {
        "commitment": commitment.pk,
        "on": "2022",
        "done": "đã họp",
        "qualifier": "exactly",
    }
    data |= {"citations-TOTAL_FORMS": 1, "citations-0-document": paper.pk, "citations-0-role": "report"}
    assert staff.post(reverse("admin:agreements_progress_add"), data).status_code == 302
    assert [one.document for one in Progress.objects.get().citations.all()] == [paper]


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (make_agreement, "note"),
        (make_delegation, "purpose"),
        (make_meeting, "results"),
        (lambda: make_commitment(make_agreement()), "text"),
        (make_agreement, "archive_ref"),
        (make_document, "title"),
    ],
)
def test_a_text_that_says_mat_gets_a_warning_on_every_record(staff, make, field):
    row = make()
    data = as_sent(staff.get(address(row))) | {field: "Văn bản MẬT của tỉnh"}
    answer = staff.post(address(row), data, follow=True)
    assert "không nhập tài liệu mật" in words(answer)


WARNED = ["agreement", "commitment", "document", "progress"]
PAGES_OF_TEXTS = [*(f"agreements_{name}" for name in WARNED), "tracker_reporttemplate"]
PAGES_OF_TEXTS += [f"delegations_{name}" for name in ("delegation", "meeting", "delivery")]


@pytest.mark.parametrize("name", PAGES_OF_TEXTS)
def test_the_page_of_whatever_takes_texts_or_files_says_that_secrets_do_not_belong_there(staff, name):
    assert "không nhập" in words(staff.get(reverse(f"admin:{name}_add"))).lower()
    assert "bí mật nhà nước" in words(staff.get(reverse(f"admin:{name}_add")))


def test_a_text_of_a_part_that_says_mat_gets_a_warning_too(staff):
    delivery = make_delivery()
    make_line(delivery)
    data = as_sent(staff.get(address(delivery))) | {"lines-0-description": "tài liệu MẬT"}
    assert "không nhập tài liệu mật" in words(staff.post(address(delivery), data, follow=True))


def test_a_new_line_offers_dong_and_keeps_it_only_with_an_amount(staff):
    dong, kip = make_term("currency", "VND", "đồng"), make_term("currency", "LAK", "kíp")
    masks, office = make_term("item", "masks"), make_body()
    page = staff.get(reverse("admin:delegations_delivery_add"))
    lines = next(
        one.formset for one in page.context["inline_admin_formsets"] if one.formset.prefix == "lines"
    )
    assert lines.forms[0]["currency"].value() == dong.pk
    data = empty_parts(page) | {"kind": "support", "status": "delivered", "held": "2022", "office": office.pk}
    data |= {"roles-giver-TOTAL_FORMS": 1, "roles-giver-0-body": make_place().pk}
    data |= {
        "roles-receiver-TOTAL_FORMS": 1,
        "roles-receiver-0-body": make_place("LA-LP", "Luông Pha Bang").pk,
    }
    data |= {"lines-TOTAL_FORMS": 3}
    for number, amount in enumerate(("", "5 triệu", "5 triệu kíp")):
        data |= {f"lines-{number}-item": masks.pk, f"lines-{number}-amount": amount}
        data |= {f"lines-{number}-currency": dong.pk, f"lines-{number}-quantity_is": "exactly"}
        data |= {f"lines-{number}-amount_is": "exactly"}
    answer = staff.post(reverse("admin:delegations_delivery_add"), data)
    assert answer.status_code == 302, words(answer)
    assert [line.currency for line in DeliveryLine.objects.order_by("number")] == [None, dong, kip]


def test_amounts_in_lists_are_told_as_one_says_them(staff):
    delivery = make_delivery()
    make_term("currency", "VND", "đồng Việt Nam")
    make_term("unit", "piece", "chiếc")
    make_term("item", "ventilator", "Máy thở")
    make_term("item", "cash", "Tiền mặt")
    make_line(delivery, "ventilator", unit="piece", quantity=2)
    make_line(delivery, "cash", currency="VND", amount=300_000_000)
    told = words(staff.get(reverse("admin:delegations_delivery_changelist")))
    assert "2 chiếc Máy thở; Tiền mặt 300.000.000 đồng" in told
    assert "VND" not in told


def test_quantities_of_reports_are_told_with_points_and_unit(staff):
    unit = make_term("unit", "piece", "chiếc")
    one = make_commitment(make_agreement(), kind="cumulative", unit=unit)
    Progress.objects.create(commitment=one, on="2022", quantity="1500000.00")
    told = words(staff.get(reverse("admin:agreements_progress_changelist")))
    assert "1.500.000 chiếc" in told
    assert "1.500.000,00" not in told


def test_the_first_column_of_meetings_says_who_met(staff):
    meeting = make_meeting()
    meeting.roles.create(role="host", body=make_place("LA-VT", "Thủ đô Viêng Chăn"))
    page = staff.get(reverse("admin:delegations_meeting_changelist")).content.decode()
    assert re.search(r'<th class="field-who"><a [^>]+>Thủ đô Viêng Chăn</a></th>', page)


def test_deleting_what_others_need_says_so_with_links(staff):
    place = make_place("VN-14", "Sơn La")
    agreement = make_agreement(place, title="Biên bản thử")
    page = staff.get(reverse("admin:agreements_locality_delete", args=[place.pk]))
    assert "Không xóa được “Sơn La”" in words(page)
    assert f'<a href="{address(agreement)}">Thỏa thuận: Biên bản thử</a>' in page.content.decode()
