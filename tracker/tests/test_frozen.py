"""Frozen reports: they stay what they were, and tell what differs since."""

import random
from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils.translation import override

from agreements.models import Agreement, Commitment
from agreements.tests.builders import (
    make_agreement,
    make_commitment,
    make_progress,
    make_target,
    make_term,
)
from delegations.tests.builders import make_delivery, make_line
from tracker.reports import table, writers
from tracker.reports.agreement_sheet import agreement_sheet
from tracker.reports.agreement_status import agreement_status
from tracker.reports.catalogue import build
from tracker.reports.frozen.comparing import compared
from tracker.reports.frozen.models import FrozenReport, freeze
from tracker.reports.frozen.packing import packed, unpacked

pytestmark = pytest.mark.django_db
ON = date(2023, 6, 30)


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def register():
    """Two agreements, one with a measured commitment of which 3 of 5 are reported."""
    first, second = (make_agreement(signed_on="2022-01-01", period="2022/2025") for _number in range(2))
    promise = make_commitment(
        first, kind="cumulative", unit=make_term("unit", "scholarship", "suất"), period="2022/2025"
    )
    make_target(promise, "2022/2025", Decimal(5))
    make_progress(promise, "2023-05-10", quantity=Decimal(3))
    return first, second, promise


def reader(client, django_user_model, *codenames):
    user = django_user_model.objects.create_user("can-bo", password="x")
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_agreement", *codenames]))
    client.force_login(user)
    return user


def test_what_is_packed_comes_back_equal():
    first, _second, _promise = register()
    for report in (agreement_status(ON), agreement_sheet(first.pk, ON)):
        data = packed(report)
        assert packed(unpacked(data)) == data
        assert writers.to_json(unpacked(data)) == writers.to_json(report)


def test_packed_data_name_nothing_but_parts_of_reports():
    with pytest.raises(ValueError, match="Path"):
        unpacked({"is": "Path", "text": "/etc/passwd"})


def test_figures_stay_equal_after_200_random_edits():
    first, second, promise = register()
    kept = freeze(agreement_status(ON), "agreement-status", {"on": ON.isoformat()})
    before = writers.to_csv(FrozenReport.objects.get(pk=kept.pk).report)
    chance = random.Random(3)
    edits = [
        lambda n: make_progress(promise, f"2023-06-{n % 28 + 1:02d}", quantity=Decimal(n)),
        lambda n: Agreement.objects.filter(pk=second.pk).update(title=f"Tên khác {n}"),
        lambda n: make_commitment(first, text=f"Cam kết thêm {n}"),
        lambda n: Commitment.objects.filter(pk=promise.pk).update(period=f"2022/20{23 + n % 7}"),
        lambda n: make_agreement(signed_on="2023-01-01"),
    ]
    for number in range(200):
        chance.choice(edits)(number)
    again = FrozenReport.objects.get(pk=kept.pk)
    assert writers.to_csv(again.report) == before
    assert again.is_sound
    assert writers.to_csv(agreement_status(ON)) != before


def test_a_new_run_tells_row_by_row_what_differs():
    first, second, promise = register()
    old = agreement_status(ON)
    assert compared(old, agreement_status(ON)).rows == ()
    make_progress(promise, "2023-06-01", quantity=Decimal(2))
    Agreement.objects.filter(pk=second.pk).update(withdrawn_on=ON, withdrawn_reason="nhập trùng")
    third = make_agreement(signed_on="2023-02-01")
    told = [[writers.shown(cell) for cell in row[1:]] for row in compared(old, agreement_status(ON)).rows]
    assert [third.code, "new", "—", "—", "—"] in told
    assert [second.code, "no longer there", "—", "—", "—"] in told
    assert [first.code, "changed", "State of commitments", "in progress: 1", "done: 1"] in told
    assert {row[0] for row in told} == {first.code, second.code, third.code}


def test_a_commitment_that_is_entered_before_others_is_the_only_news():
    first, _second, _promise = register()
    for number in range(4):
        make_commitment(first, code=f"CK-{number + 1}", text=f"Nội dung {number + 1}")
    old = unpacked(packed(build("commitment-progress", {"on": ON.isoformat()}, ON)))
    make_commitment(first, code="CK-0", text="Chen vào đầu")
    Commitment.objects.filter(code="CK-2").update(withdrawn_on=ON, withdrawn_reason="nhập trùng")
    Commitment.objects.filter(code="CK-3").update(text="Nội dung sửa")
    now = build("commitment-progress", {"on": ON.isoformat()}, ON)
    one_by_one = [str(table.title) for table in now.below]
    told = [[writers.shown(cell) for cell in row] for row in compared(old, now).rows]
    assert [row[1:] for row in told if row[0] in one_by_one] == [
        ["Nội dung 2", "no longer there", "—", "—", "—"],
        ["Nội dung 3", "changed", "Commitment", "Nội dung 3", "Nội dung sửa"],
        ["Chen vào đầu", "new", "—", "—", "—"],
    ]


def test_a_copy_of_aid_is_compared_as_of_its_own_day(client, django_user_model, monkeypatch):
    """Kept without any day asked; a year later what came since is no difference."""
    today = date(2022, 6, 30)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args, **options: today)
    reader(client, django_user_model, "add_frozenreport")
    make_line(make_delivery("2022-05-26"), "mask", unit="piece", quantity=Decimal(15))
    client.post("/reports/aid/keep/")
    kept = FrozenReport.objects.get()
    assert kept.asked == {"end": "2022-06-30"}
    today = date(2023, 6, 30)
    make_line(make_delivery("2023-01-26"), "rice", unit="tonne", quantity=Decimal(9))
    address = f"/reports/frozen/{kept.pk}/compare/?format=json"
    assert client.get(address).json()["rows"] == []
    FrozenReport.objects.update(asked={"on": "2022-06-30"})  # as older versions kept it
    assert client.get(address).json()["rows"] == []
    make_line(make_delivery("2022-01-26"), "rice", unit="tonne", quantity=Decimal(9))
    assert client.get(address).json()["rows"] != []


def test_facts_of_a_sheet_are_compared_too():
    first, _second, _promise = register()
    old = agreement_sheet(first.pk, ON)
    Agreement.objects.filter(pk=first.pk).update(signed_on="2022-02-01")
    Agreement.objects.get(pk=first.pk).save()
    told = [
        [writers.shown(cell) for cell in row] for row in compared(old, agreement_sheet(first.pk, ON)).rows
    ]
    assert ["Facts", "Signed", "changed", "—", "1/1/2022", "1/2/2022"] in told


def test_an_officer_keeps_reads_and_compares_a_copy(client, django_user_model):
    first, _second, promise = register()
    user = reader(client, django_user_model, "add_frozenreport")
    page = client.get("/reports/agreement-status/?on=30/6/2023").content.decode()
    assert 'action="/reports/agreement-status/keep/?on=30%2F6%2F2023"' in page
    answer = client.post("/reports/agreement-status/keep/?on=30/6/2023", {"note": "12/BC-SNgV"})
    kept = FrozenReport.objects.get()
    assert answer.url == f"/reports/frozen/{kept.pk}/"
    assert (kept.made_by, kept.as_of, kept.asked, kept.note) == (user, ON, {"on": "2023-06-30"}, "12/BC-SNgV")
    assert first.code in client.get(answer.url).content.decode()
    assert client.get(f"{answer.url}?format=csv").status_code == 200
    make_progress(promise, "2023-06-01", quantity=Decimal(2))
    assert "hoàn thành: 1" in client.get(f"{answer.url}compare/?format=csv").content.decode("utf-8-sig")
    assert "12/BC-SNgV" in client.get("/reports/frozen/").content.decode()


def test_the_sheet_of_an_agreement_is_kept_too(client, django_user_model):
    first, _second, _promise = register()
    reader(client, django_user_model, "add_frozenreport")
    address = f"/reports/agreement-sheet/keep/?agreement={first.pk}&on=2023-06-30"
    assert client.post(address).status_code == 302
    kept = FrozenReport.objects.get()
    assert isinstance(kept.report, table.Sheet)
    assert client.get(f"/reports/frozen/{kept.pk}/").status_code == 200
    assert client.get(f"/reports/frozen/{kept.pk}/compare/").status_code == 200


@pytest.mark.parametrize(
    "address", ["nothing/keep/", "agreement-status/keep/?on=hôm qua", "agreement-sheet/keep/"]
)
def test_what_is_no_report_is_not_kept(client, django_user_model, address):
    reader(client, django_user_model, "add_frozenreport")
    assert client.post(f"/reports/{address}").status_code == 404
    assert not FrozenReport.objects.exists()


def test_a_reader_keeps_nothing(client, django_user_model):
    register()
    reader(client, django_user_model)
    assert "/keep/" not in client.get("/reports/agreement-status/").content.decode()
    assert client.post("/reports/agreement-status/keep/").status_code == 403
    assert client.get("/reports/agreement-status/keep/").status_code in (403, 405)


def test_a_copy_that_was_tampered_with_says_so(client, django_user_model):
    register()
    reader(client, django_user_model)
    kept = freeze(agreement_status(ON), "agreement-status", {"on": ON.isoformat()})
    kept.content["title"] = "Khác"
    kept.save()
    assert 'role="alert"' in client.get(reverse("reports:frozen", args=[kept.pk])).content.decode()


def test_a_head_signs_a_copy_off_once(client, django_user_model):
    first, _second, _promise = register()
    kept = freeze(
        agreement_sheet(first.pk, ON), "agreement-sheet", {"agreement": str(first.pk), "on": ON.isoformat()}
    )
    address = reverse("reports:sign", args=[kept.pk])
    officer = reader(client, django_user_model)
    assert client.post(address).status_code == 403
    officer.user_permissions.add(Permission.objects.get(codename="sign_frozenreport"))
    assert 'action="' + address in client.get(reverse("reports:frozen", args=[kept.pk])).content.decode()
    assert client.get(address).status_code == 405
    client.post(address)
    kept.refresh_from_db()
    signed = kept.signed_at
    assert (kept.signed_by, signed is None) == (officer, False)
    client.post(address)
    kept.refresh_from_db()
    assert kept.signed_at == signed
    assert 'action="' + address not in client.get(reverse("reports:frozen", args=[kept.pk])).content.decode()


def test_a_copy_of_all_offices_is_of_none(django_user_model):
    """What somebody froze who reads all offices is not shown to the office of theirs."""
    first, _second, _promise = register()
    office = first.office
    sees_all = django_user_model.objects.create_superuser("quan-tri", office=office)
    of_one = django_user_model.objects.create_user("can-bo", office=office)
    sheet = agreement_sheet(first.pk, ON)
    assert [freeze(sheet, "agreement-sheet", {}, user).office for user in (sees_all, of_one)] == [
        None,
        office,
    ]
