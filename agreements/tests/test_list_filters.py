"""The bar of filters: what staff ask of a list, and nonsense that asks nothing."""

import pytest
from django.contrib import admin
from django.urls import reverse

from agreements.models import Body
from agreements.tests.builders import (
    make_agreement,
    make_body,
    make_commitment,
    make_document,
    make_person,
    make_place,
    make_progress,
    make_term,
)
from agreements.tests.pages import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return client_of()


def asked(client, model, app="agreements", **query):
    return client.get(reverse(f"admin:{app}_{model}_changelist"), query)


def listed(client, model, **query):
    return set(asked(client, model, **query).context["cl"].result_list)


HUGE = "99999999999999999999"
NONSENSE = [HUGE, "-1", "abc'", "\x00"]


@pytest.mark.parametrize(
    "model",
    sorted(model._meta.label_lower for model in admin.site._registry if model._meta.app_label != "auth"),
)
def test_nonsense_in_a_filter_is_passed_over(staff, model):
    app, name = model.split(".")
    make_commitment(make_agreement(signed_on="2022"), [make_body()])
    page = asked(staff, name, app)
    filters = [
        spec.parameter_name for spec in page.context["cl"].filter_specs if hasattr(spec, "parameter_name")
    ]
    for parameter in {*filters, "office", "partner", "year", "on", "agreement"}:
        for value in NONSENSE:
            answer = asked(staff, name, app, **{parameter: value})
            assert answer.status_code in ({200} if parameter in filters else {200, 302}), (parameter, value)


@pytest.mark.parametrize("name", ["agreement", "office"])
@pytest.mark.parametrize("value", NONSENSE)
def test_nonsense_in_the_address_of_a_new_record_fills_in_nothing(staff, name, value):
    for model in ("agreements_commitment", "delegations_delivery", "delegations_delegation"):
        assert staff.get(reverse(f"admin:{model}_add"), {name: value}).status_code == 200


def test_years_are_those_that_occur(staff):
    make_agreement(signed_on="1998-05")
    page = asked(staff, "agreement")
    year = next(
        one for one in page.context["cl"].filter_specs if getattr(one, "parameter_name", "") == "year"
    )
    years = [value for value, _label in year.lookup_choices]
    assert years[-1] == "1998"
    assert "1997" not in years


def test_commitments_are_filtered_by_what_staff_ask(staff):
    lao, unit = make_place("LA-LP", "Luông Pha Bang"), make_body("SYT", "Sở Y tế")
    health = make_term("field", "health", "Y tế")
    agreement = make_agreement(make_place(), lao)
    signed = make_commitment(agreement, [make_place()], period="2022/2025")
    outside = make_commitment(None, [lao], made_on="2019")
    other = make_commitment(make_agreement(make_place(), make_place("LA-CH", "Chămpasắc")), period="2010")
    signed.fields.add(health)
    outside.roles.create(role="lead", body=unit)
    assert listed(staff, "commitment", partner=lao.pk) == {signed, outside}
    assert listed(staff, "commitment", agreement="none") == {outside}
    assert listed(staff, "commitment", agreement=agreement.pk) == {signed}
    assert listed(staff, "commitment", field=health.pk) == {signed}
    assert listed(staff, "commitment", unit=unit.pk) == {outside}
    assert listed(staff, "commitment", year="2019") == {outside}
    assert listed(staff, "commitment", year="2023") == {signed}
    assert listed(staff, "commitment") == {signed, outside, other}


def test_documents_are_filtered_by_kind_issuer_and_year(staff):
    issuer = make_body("BNG", "Bộ Ngoại giao")
    one = make_document(issuer=issuer, issued_on="2021-03", kind=make_term("document_kind", "law", "Luật"))
    make_document(issued_on="2015")
    assert listed(staff, "document", issuer=issuer.pk) == listed(staff, "document", year="2021") == {one}
    assert listed(staff, "document", kind=one.kind_id) == {one}


def test_any_day_may_be_typed(staff):
    make_agreement(signed_on="2020-01-01", period="2020/2021")
    make_agreement(signed_on="2023-01-01", period="2023/2024")
    page = asked(staff, "agreement", on="30/6/2023", effect="now", q="thoa thuan")
    assert {one.signed_on for one in page.context["cl"].result_list} == {"2023-01-01"}
    told = page.content.decode()
    assert '<input type="hidden" name="effect" value="now">' in told
    assert '<input type="hidden" name="q" value="thoa thuan">' in told
    assert 'name="on" value="30/6/2023"' in told


def test_a_day_that_is_none_is_told(staff):
    assert "không có ngày 30" in asked(staff, "agreement", on="30/2/2023").content.decode()


@pytest.mark.parametrize(
    ("facts", "report", "late"),
    [
        ({"strength": "wish"}, "", False),
        ({"strength": "announced"}, "", True),
        ({"strength": "announced"}, "paused", False),
        ({"strength": "announced"}, "done", False),
        ({"strength": "announced"}, "in_progress", True),
    ],
)
def test_red_is_what_the_filter_of_overdue_ones_shows(staff, facts, report, late):
    one = make_commitment(None, [make_body()], kind="one_off", period="2020", **facts)
    if report:
        make_progress(one, "2020-06", report)
    assert ('class="late"' in asked(staff, "commitment").content.decode()) == late
    assert (listed(staff, "commitment", overdue="1") == {one}) == late


def test_commitments_are_filtered_by_state_and_deadline(staff):
    late = make_commitment(None, [make_body()], kind="one_off", period="2020")
    done = make_commitment(None, [make_body()], kind="one_off", period="2020")
    make_progress(done, "2020-06", "done")
    gone = {"withdrawn_on": "2021-01-01", "withdrawn_reason": "nhập trùng"}
    make_commitment(None, [make_body()], kind="one_off", period="2020", **gone)
    assert listed(staff, "commitment", state="done") == {done}
    assert listed(staff, "commitment", state="no_news") == {late}
    assert listed(staff, "commitment", health="overdue") == listed(staff, "commitment", overdue="1") == {late}
    assert listed(staff, "commitment", state="done", health="overdue") == set()


def test_the_page_of_a_commitment_tells_how_it_stands_and_why(staff):
    agreement = make_agreement(signed_on="2020-01-01")
    late = make_commitment(agreement, kind="one_off", period="../2020-06-30")
    page = staff.get(f"/admin/agreements/commitment/{late.pk}/change/").content.decode()
    assert 'chưa có báo cáo · <span class="late">quá hạn</span>' in page
    assert "chưa có báo cáo, chưa ghi nhận hoạt động nào; hạn 30/6/2020, quá " in page
    assert f'href="/reports/agreements/{agreement.pk}/#commitments"' in page
    assert "panel standing" not in staff.get("/admin/agreements/commitment/add/").content.decode()


def test_the_sides_of_a_commitment_stand_in_its_list(staff):
    one = make_commitment(None, [make_place("VN-14", "Sơn La")])
    one.roles.create(role="counterpart", body=make_place("LA-LP", "Luông Pha Bang"))
    assert "Sơn La → Luông Pha Bang" in asked(staff, "commitment").content.decode()


def test_countries_are_told_by_name(staff):
    Body.objects.create(code="VN", name="Việt Nam", kind="country", country="VN")
    make_person("Nguyễn Văn A")
    page = asked(staff, "person").content.decode()
    assert '<td class="field-country_display">Việt Nam</td>' in page
    assert listed(staff, "person", country="LA") == set()


def test_names_sort_as_in_a_vietnamese_dictionary(staff):
    for number, name in enumerate(["Đà Nẵng", "Bình Dương", "Ăn Thi", "Cà Mau"]):
        make_place(f"VN-{number}", name)
    page = asked(staff, "locality", o="0")
    assert [one.name for one in page.context["cl"].result_list][:4] == [
        "Ăn Thi",
        "Bình Dương",
        "Cà Mau",
        "Đà Nẵng",
    ]


@pytest.mark.parametrize("model", ["agreement", "document"])
def test_titles_sort_as_in_a_vietnamese_dictionary(staff, model):
    make = {"agreement": make_agreement, "document": make_document}[model]
    for title in ("Đoàn kết", "Công văn", "Ăn ở"):
        make(title=title)
    rows = asked(staff, model, o="0").context["cl"].result_list
    assert [one.title for one in rows] == ["Ăn ở", "Công văn", "Đoàn kết"]


def test_agreements_are_filtered_by_kind_and_stage_and_reports_by_year(staff):
    kind = make_term("agreement_kind", "plan", "Kế hoạch hợp tác")
    one = make_agreement(kind=kind, process="drafting")
    make_agreement()
    assert listed(staff, "agreement", kind__id__exact=kind.pk) == {one}
    assert listed(staff, "agreement", process__exact="drafting") == {one}
    commitment = make_commitment(None, [make_body()])
    early = make_progress(commitment, "2021", "in_progress")
    make_progress(commitment, "2023-05-01", "in_progress")
    assert listed(staff, "progress", year="2021") == {early}
    assert listed(staff, "progress", year="2022") == set()
