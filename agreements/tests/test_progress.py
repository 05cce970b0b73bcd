"""The pages of progress reports: what was reported is corrected by a new report, and the way there is told."""

import re
from decimal import Decimal
from html import unescape
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from agreements.models import CommitmentRole, Progress
from agreements.tests.builders import (
    make_agreement,
    make_body,
    make_commitment,
    make_place,
    make_progress,
    make_term,
)
from agreements.tests.pages import as_sent, client_of, empty_parts

pytestmark = pytest.mark.django_db
ADD, LIST = "/admin/agreements/progress/add/", "/admin/agreements/progress/"


@pytest.fixture
def report():
    promise = make_commitment(
        make_agreement(), kind="cumulative", unit=make_term("unit", "person", "người"), period="2022/2025"
    )
    return make_progress(
        promise, "2023-05", "in_progress", quantity=Decimal("12"), qualifier="about", done="Đã cử 12 người",
        difficulties="Dịch", next_step="Cử tiếp", counterpart=make_place("LA-Y", "Tỉnh Y"), verified=True,
    )  # fmt: skip


def page_of(client, report):
    return client.get(reverse("admin:agreements_progress_change", args=[report.pk])).content.decode()


def links_to_correct(page):
    return re.findall(r'href="([^"]+\?corrects=\d+)"', page)


def test_the_page_of_a_report_leads_to_a_correction_that_begins_as_the_report(report):
    client = client_of()
    page = page_of(client, report)
    assert "Báo cáo đã lưu thì không sửa" in page
    assert links_to_correct(page) == [f"{ADD}?corrects={report.pk}"]
    data = as_sent(client.get(f"{ADD}?corrects={report.pk}"))
    assert client.post(ADD, data | {"quantity": "14"}).status_code == 302
    correction = Progress.objects.get(corrects=report)
    same = [
        "commitment", "on", "qualifier", "assessment", "done", "difficulties", "next_step", "counterpart", "verified",
    ]  # fmt: skip
    assert {name: getattr(correction, name) for name in same} == {
        name: getattr(report, name) for name in same
    }
    assert (correction.quantity, correction.number, correction.author) == (14, 2, client.user)


def test_a_corrected_report_names_its_correction_and_offers_no_second(report):
    second = make_progress(report.commitment, "2023", done="Sửa", corrects=report)
    page = page_of(client_of(), report)
    assert "đã được đính chính bằng báo cáo số 2" in page
    assert links_to_correct(page) == []
    assert reverse("admin:agreements_progress_change", args=[second.pk]) in page


def test_readers_are_offered_no_correction(report):
    page = page_of(client_of("view_progress"), report)
    assert (links_to_correct(page), "đính chính" in page) == ([], False)


@pytest.mark.parametrize(
    ("required", "review", "replaced"),
    [(True, "returned", 1), (True, "approved", 2), (False, "returned", 2), (False, "draft", 2)],
)
def test_what_is_replaced_is_what_counts(settings, report, required, review, replaced):
    """Where review is required a correction that was returned corrected nothing: the first report still counts."""
    settings.REVIEW_REQUIRED = required
    Progress.objects.filter(pk=report.pk).update(review_state="approved")
    second = make_progress(report.commitment, "2024", done="Sửa", corrects=report, review_state=review)
    initial = client_of().get(f"{ADD}?corrects={second.pk}").context["adminform"].form.initial
    assert (initial["done"], Progress.objects.get(pk=initial["corrects"]).number) == ("Sửa", replaced)
    offered = links_to_correct(page_of(client_of(), report))
    assert bool(offered) == (required and review == "returned")


@pytest.mark.parametrize("back", ["https://la.example/", "//la.example/", "javascript:x", "", "\\\\la"])
def test_nobody_is_sent_from_the_register_elsewhere(report, back):
    client, address = client_of(), f"{ADD}?{urlencode({'back': back})}"
    data = empty_parts(client.get(address)) | {"commitment": report.commitment_id, "on": "2024"}
    answer = client.post(address, data | {"done": "Đã họp", "qualifier": "exactly"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/admin/agreements/progress/")


@pytest.mark.parametrize("asked", ["0", "99999999999", "x", "", "1e3"])
def test_a_correction_of_nothing_is_an_empty_form(report, asked):
    answer = client_of().get(f"{ADD}?corrects={asked}")
    assert (answer.status_code, answer.context["adminform"].form.initial.get("done")) == (200, None)


def test_the_commitment_says_how_a_report_is_corrected_and_leads_to_it(report):
    address = reverse("admin:agreements_commitment_change", args=[report.commitment_id])
    page = client_of().get(address).content.decode()
    rows = page[page.index('id="progress-group"') :]
    assert "hãy mở báo cáo ấy rồi thêm báo cáo đính chính" in rows
    assert f'class="open-document" href="/admin/agreements/progress/{report.pk}/change/"' in rows


def test_who_only_reports_gets_from_a_commitment_to_a_report_on_it(report):
    """A focal point may not change the commitment, so its page has no rows to fill in."""
    promise, unit = report.commitment, make_body("DV-1", "Đơn vị một")
    CommitmentRole.objects.create(commitment=promise, role="lead", body=unit)
    focal = client_of("view_commitment", "view_progress", "add_progress")
    focal.user.office = unit
    focal.user.save()
    address = reverse("admin:agreements_commitment_change", args=[promise.pk])
    (link,) = re.findall(
        r'href="([^"]+)">Thêm báo cáo tiến độ<', unescape(focal.get(address).content.decode())
    )
    data = as_sent(focal.get(link)) | {"on": "2024", "done": "Đã cử 3 người"}
    assert data["commitment"] == str(promise.pk)
    assert focal.post(link, data).headers["Location"] == address
    assert Progress.objects.get(number=2).commitment == promise


def test_readers_of_a_commitment_are_offered_no_report(report):
    address = reverse("admin:agreements_commitment_change", args=[report.commitment_id])
    page = client_of("view_commitment", "view_progress").get(address).content.decode()
    assert "Thêm báo cáo tiến độ" not in page


def reported(client, commitment, quantity):
    data = {"commitment": commitment.pk, "on": "2024", "quantity": quantity, "qualifier": "exactly"}
    return client.post(ADD, empty_parts(client.get(ADD)) | data)


@pytest.mark.parametrize(
    ("written", "quantity", "qualifier"),
    [("2 người", 2, "exactly"), ("hơn 2 người", 2, "more_than"), ("2", 2, "exactly"), ("gần 3", 3, "nearly")],
)
def test_a_quantity_is_written_with_the_unit_of_the_commitment(report, written, quantity, qualifier):
    assert reported(client_of(), report.commitment, written).status_code == 302
    made = Progress.objects.get(number=2)
    assert (made.quantity, made.qualifier) == (quantity, qualifier)


@pytest.mark.parametrize(
    ("written", "words"), [("2 suất", "mâu thuẫn"), ("2 cây gì đó", "cây gì đó"), ("vài", "vài")]
)
def test_a_quantity_in_another_unit_is_refused(report, written, words):
    make_term("unit", "scholarship", "suất")
    answer = reported(client_of(), report.commitment, written)
    ((place, (sentence,)),) = answer.context["adminform"].form.errors.items()
    assert (place, words in sentence) == ("quantity", True), sentence


def test_a_quantity_with_a_unit_is_written_on_the_page_of_the_commitment_too(report):
    client, address = client_of(), reverse("admin:agreements_commitment_change", args=[report.commitment_id])
    sent = as_sent(client.get(address)) | {"progress-TOTAL_FORMS": 2, "progress-1-on": "2024"}
    sent |= {"progress-1-quantity": "hơn 5 người", "progress-1-qualifier": "exactly"}
    assert client.post(address, sent).status_code == 302
    made = Progress.objects.get(number=2)
    assert (made.quantity, made.qualifier) == (5, "more_than")


# The list --------------------------------------------------------------------------------------------
def listed(client, **asked):
    return [row.done for row in client.get(LIST, asked).context["cl"].result_list]


def test_the_list_is_newest_first_and_says_what_was_reported(report):
    make_progress(report.commitment, "2022", done="Trước")
    make_progress(report.commitment, "2024", done="Sau " * 50)
    make_progress(report.commitment, "2023-06", difficulties="Thiếu kinh phí")
    client = client_of()
    assert [done.strip()[:3] for done in listed(client)] == ["Sau", "", "Đã ", "Trư"]
    page = client.get(LIST).content.decode()
    assert "Thiếu kinh phí" in page
    assert "Sau Sau" in page
    assert "Sau " * 40 not in page


def test_the_list_is_narrowed_by_partner_lead_unit_and_office(report):
    unit, office = make_body("DV-1", "Đơn vị một"), make_body("SNV-KHAC", "Sở khác")
    other = make_commitment(make_agreement(theirs=make_place("LA-Z", "Tỉnh Z")), office=office)
    CommitmentRole.objects.create(commitment=other, role="lead", body=unit)
    make_progress(other, "2020", done="Khác")
    client = client_of()
    asked = {"partner": make_place("LA-Z").pk, "unit": unit.pk, "office": office.pk}
    for name, value in asked.items():
        assert listed(client, **{name: value}) == ["Khác"], name
    assert listed(client, partner=make_place("LA-Y").pk) == ["Đã cử 12 người"]
