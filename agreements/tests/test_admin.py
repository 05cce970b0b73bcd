"""Entering agreements, commitments and bodies: rules as sentences, nothing lost, nothing guessed."""

from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from agreements.models import Agreement, AgreementRole, Body, Commitment, Document, Progress, Term, User
from agreements.tests.pages import as_sent, resent

pytestmark = pytest.mark.django_db
ROLES = ("party", "signatory", "witness", "focal", "cooperating")
COMMITMENT_ROLES = ("obligor", "counterpart", "lead", "cooperating", "proposer", "accepter", "beneficiary")


@pytest.fixture
def entry():
    """A client of an administrator, two places and a kind of agreement."""
    vn = Body.objects.create(code="VN", name="Việt Nam", kind="country", country="VN")
    la = Body.objects.create(code="LA", name="Lào", kind="country", country="LA")
    office = Body.objects.create(code="SNV", name="Sở Ngoại vụ", kind="department", country="VN", area=vn)
    entry = Client()
    user = User(username="can-bo", is_staff=True, is_superuser=True, office=office)
    user.set_unusable_password()
    user.save()
    entry.force_login(user)
    entry.vn, entry.la, entry.office, entry.user = vn, la, office, user
    entry.kind = Term.objects.create(vocabulary="agreement_kind", code="mou", name="Biên bản ghi nhớ")
    return entry


def empty(*prefixes):
    return {f"{prefix}-{count}": 0 for prefix in prefixes for count in ("TOTAL_FORMS", "INITIAL_FORMS")}


def agreement(entry, parties=None, **facts):
    """What the browser sends for an agreement."""
    parties = [entry.vn, entry.la] if parties is None else parties
    data = {
        "title": "Thỏa thuận thử", "kind": entry.kind.pk, "level": "province", "office": entry.office.pk,
        "process": "signed", "track": "treaty_law", "number": "1", "signed_on": "5/6/2022",
        **empty(*(f"roles-{role}" for role in ROLES), "links", "citations", "names", "events"),
    }  # fmt: skip
    data["roles-party-TOTAL_FORMS"] = len(parties)
    data |= {f"roles-party-{number}-body": party.pk for number, party in enumerate(parties)}
    return data | facts


def send(entry, data, model="agreement"):
    return entry.post(reverse(f"admin:agreements_{model}_add"), data)


def told(response):
    """Every sentence on the page that came back."""
    assert response.status_code == 200, "the form was accepted"
    forms = [one.formset for one in response.context["inline_admin_formsets"]]
    sentences = [str(one) for errors in response.context["adminform"].form.errors.values() for one in errors]
    for formset in forms:
        sentences += [str(one) for one in formset.non_form_errors()]
        sentences += [str(one) for form in formset.forms for errors in form.errors.values() for one in errors]
    return " ".join(sentences)


def test_an_agreement_is_entered_with_its_parties(entry):
    assert send(entry, agreement(entry)).status_code == 302
    made = Agreement.objects.get()
    assert (made.code, made.signed_on, str(made.signed_first)) == ("TT-0001", "2022-06-05", "2022-06-05")
    assert [role.body for role in made.roles.order_by("id")] == [entry.vn, entry.la]
    assert made.history.get().route == "form"


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"signed_on": "30/2/2022"}, "không có ngày 30"),
        ({"signed_on": "27/8"}, "thiếu năm"),
        ({"signed_on": "2022–2025"}, "Một văn bản được ký trong một ngày"),
        ({"expires_on": "1/1/2020"}, "trước ngày ký"),
        ({"number": "0"}, "Không có thỏa thuận thì không lập bản ghi"),
        ({"title": ""}, "bắt buộc"),
        ({"title": "a\x07b"}, "ký tự điều khiển"),
        ({"published_url": "không phải trang"}, "URL"),
        ({"notice_days": "2,5"}, "không phải số nguyên"),
        ({"languages": "tiếng Việt"}, "vi|lo|en"),
    ],
)
def test_bad_input_gets_one_sentence(entry, facts, sentence):
    assert sentence in told(send(entry, agreement(entry, **facts)))
    assert not Agreement.objects.exists()


def test_a_party_entered_twice_is_refused(entry):
    assert "được nhập hai lần" in told(send(entry, agreement(entry, [entry.vn, entry.vn, entry.la])))


def test_an_agreement_without_a_party_is_refused(entry):
    assert "ít nhất một bên ký kết" in told(send(entry, agreement(entry, [])))


def test_a_signatory_may_be_a_title_without_a_name_but_not_nothing(entry):
    title = {"roles-signatory-TOTAL_FORMS": 1, "roles-signatory-0-title": "Phó Chủ tịch"}
    assert send(entry, agreement(entry, **title)).status_code == 302
    assert AgreementRole.objects.get(role="signatory").title == "Phó Chủ tịch"
    printed = {"roles-signatory-TOTAL_FORMS": 1, "roles-signatory-0-as_printed": "ai đó"}
    assert told(send(entry, agreement(entry, title="Khác", **printed)))


def test_parties_of_one_side_are_a_warning_not_a_fault(entry):
    response = entry.post(
        reverse("admin:agreements_agreement_add"), agreement(entry, [entry.vn]), follow=True
    )
    assert "đều thuộc một phía" in response.content.decode()
    assert Agreement.objects.exists()


@pytest.mark.parametrize(
    ("title", "facts", "warned"),
    [
        ("Công ước hợp tác hai tỉnh", {}, "công ước"),
        ("HIỆP ĐỊNH", {}, "hiệp định"),
        ("Hiep uoc huu nghi", {}, "hiệp ước"),
        ("Công ước hợp tác hai tỉnh", {"track": "party"}, ""),
        ("Biên bản thực hiện Hiệp định biên giới", {}, ""),
        ("Hiệp định hướng", {}, "hiệp định"),
        ("Thỏa thuận hợp tác", {}, ""),
    ],
)
def test_a_name_that_the_law_forbids_is_a_warning_not_a_fault(entry, title, facts, warned):
    address = reverse("admin:agreements_agreement_add")
    page = entry.post(address, agreement(entry, title=title, **facts), follow=True).content.decode()
    assert Agreement.objects.get().title == title
    assert ("Luật Thỏa thuận quốc tế (Điều 6)" in page, f"tên “{warned}”" in page) == (
        bool(warned),
        bool(warned),
    )


def test_decomposed_text_is_stored_composed(entry):
    send(entry, agreement(entry, title="Thoả thuận Viêng Chăn"))
    assert Agreement.objects.get().title == "Thoả thuận Viêng Chăn"


def test_the_office_of_the_officer_is_filled_in(entry):
    page = entry.get(reverse("admin:agreements_agreement_add"))
    assert page.context["adminform"].form.initial["office"] == entry.office.pk


def commitment(entry, **facts):
    data = {
        "text": "Làm việc này", "strength": "agreed", "kind": "standing", "office": entry.office.pk, "made_on": "2022",
        **empty(*(f"roles-{role}" for role in COMMITMENT_ROLES), "targets", "progress", "overrides", "citations"),
    }  # fmt: skip
    return data | facts


OBLIGOR = {"roles-obligor-TOTAL_FORMS": 1}


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"strength": "signed"}, "phải thuộc một thỏa thuận"),
        ({"made_on": ""}, "hãy ghi ngày nêu hoặc thời hạn"),
        ({"kind": "cumulative"}, "cần có đơn vị tính"),
        ({"kind": "per_period"}, "cần chọn “mỗi” (năm, quý …)"),
    ],
)
def test_rules_of_commitments_are_sentences(entry, facts, sentence):
    data = commitment(entry, **OBLIGOR, **facts) | {"roles-obligor-0-body": entry.vn.pk}
    assert sentence in told(send(entry, data, "commitment"))


def test_a_rule_over_several_boxes_is_told_at_one_of_them(entry):
    unit = Term.objects.create(vocabulary="unit", code="person", name="người")
    data = commitment(entry, **OBLIGOR, kind="per_period", unit=unit.pk) | {
        "roles-obligor-0-body": entry.vn.pk
    }
    errors = send(entry, data, "commitment").context["adminform"].form.errors
    assert dict(errors) == {
        "every": ["Loại “định lượng theo kỳ” cần chọn “mỗi” (năm, quý …); loại khác thì để trống ô ấy."]
    }


def test_where_a_rule_is_told_there_is_such_a_rule_and_such_a_box():
    for model in apps.get_models():
        rules = {rule.name for rule in model._meta.constraints}
        for name, field in getattr(model, "told_at", {}).items():
            assert name in rules, (model, name)
            assert model._meta.get_field(field).formfield is not None


def test_a_commitment_outside_agreements_names_somebody(entry):
    assert "bên thực hiện, bên đề xuất" in told(send(entry, commitment(entry), "commitment"))


def test_progress_is_added_and_never_changed(entry):
    data = commitment(entry, **OBLIGOR) | {"roles-obligor-0-body": entry.vn.pk}
    data |= {"progress-TOTAL_FORMS": 1, "progress-0-on": "6/2022", "progress-0-done": "đã họp"}
    data |= {"progress-0-qualifier": "exactly", "progress-0-assessment": "in_progress"}
    assert send(entry, data, "commitment").status_code == 302
    report = Progress.objects.get()
    assert (report.number, report.author, str(report.on_last)) == (1, entry.user, "2022-06-30")
    page = entry.get(reverse("admin:agreements_commitment_change", args=[Commitment.objects.get().pk]))
    assert 'name="progress-0-done"' not in page.content.decode()  # shown, not offered for change
    assert "đã họp" in page.content.decode()


def with_reports(entry, *words):
    """A commitment with one report for each of `words`, entered on its page one after the other."""
    data = commitment(entry, **OBLIGOR) | {"roles-obligor-0-body": entry.vn.pk}
    assert send(entry, data, "commitment").status_code == 302
    made = Commitment.objects.get()
    address = reverse("admin:agreements_commitment_change", args=[made.pk])
    for number, done in enumerate(words):
        sent = as_sent(entry.get(address)) | {"progress-TOTAL_FORMS": number + 1}
        sent |= {f"progress-{number}-on": "6/2022", f"progress-{number}-done": done}
        sent |= {f"progress-{number}-qualifier": "exactly"}
        answer = entry.post(address, sent)
        assert answer.status_code == 302, told(answer)
    return address


def test_a_second_and_a_third_report_are_added_and_the_commitment_is_still_saved(entry):
    address = with_reports(entry, "đã họp", "đã ký", "đã giao")
    reports = Progress.objects.order_by("number").values_list("number", "done")
    assert list(reports) == [(1, "đã họp"), (2, "đã ký"), (3, "đã giao")]
    sent = as_sent(entry.get(address)) | {"text": "Làm việc khác"}
    assert entry.post(address, sent).status_code == 302
    assert Commitment.objects.get().text == "Làm việc khác"


def test_two_reports_are_added_at_once(entry):
    address = with_reports(entry)
    sent = as_sent(entry.get(address)) | {"progress-TOTAL_FORMS": 2}
    for number, done in enumerate(("đã họp", "đã ký")):
        sent |= {f"progress-{number}-on": "6/2022", f"progress-{number}-done": done}
        sent |= {f"progress-{number}-qualifier": "exactly"}
    assert entry.post(address, sent).status_code == 302
    assert list(Progress.objects.order_by("number").values_list("done", flat=True)) == ["đã họp", "đã ký"]


def test_no_part_is_held_against_another_by_a_column_that_its_rows_do_not_show(entry, rf):
    """Of a unique pair whose half is not in the form Django would take all rows for the same."""
    request = rf.get("/")
    request.user, request.resolver_match = entry.user, SimpleNamespace(kwargs={})
    found = []
    for page in admin.site._registry.values():
        for inline in page.get_inline_instances(request):
            formset = inline.get_formset(request)
            form = formset.form(instance=formset.model())
            form._errors = {}
            shown = {*form.fields, formset.fk.name, "id"}
            left_out = form._get_validation_exclusions()
            unique, _dates = form.instance._get_unique_checks(left_out, include_meta_constraints=True)
            found += [
                (type(inline).__name__, names) for _model, names in unique if not shown.issuperset(names)
            ]
    assert found == []


def test_a_number_that_marks_a_secret_gets_a_warning(entry):
    kind = Term.objects.create(vocabulary="document_kind", code="decision", name="Quyết định")
    data = {"kind": kind.pk, "number": "462/BNG-CNV-m", "title": "Chủ trương", "office": entry.office.pk}
    page = entry.post(reverse("admin:agreements_document_add"), data, follow=True).content.decode()
    assert "không nhập tài liệu mật" in page
    assert Document.objects.get().number == "462/BNG-CNV-m"


def test_a_number_keeps_its_zero_and_is_unique_in_its_year(entry):
    kind = Term.objects.create(vocabulary="document_kind", code="decision", name="Quyết định")
    data = {"kind": kind.pk, "number": "01652/QĐ-UBND", "title": "QĐ", "office": entry.office.pk}
    data |= {"issuer": entry.vn.pk, "issued_on": "13/10/2025"}
    assert send(entry, data, "document").status_code == 302
    assert Document.objects.get().number == "01652/QĐ-UBND"
    assert "cùng số, cùng năm" in told(send(entry, data | {"issued_on": "1/2/2025"}, "document"))
    assert send(entry, data | {"issued_on": "1/2/2026"}, "document").status_code == 302


def test_an_agreement_is_not_its_own_ancestor(entry):
    send(entry, agreement(entry))
    send(entry, agreement(entry, title="Con"))
    parent, child = Agreement.objects.order_by("id")
    child.links.create(kind="under", other=parent)
    data = agreement(entry, code=parent.code, **{"links-TOTAL_FORMS": 1, "links-0-kind": "under"})
    data |= {"links-0-other": child.pk, "roles-party-INITIAL_FORMS": 2}
    for number, role in enumerate(parent.roles.order_by("id")):
        data[f"roles-party-{number}-id"] = role.pk
    response = resent(entry, reverse("admin:agreements_agreement_change", args=[parent.pk]), data)
    assert "không thể đồng thời đứng trước" in told(response)


def test_a_new_place_is_its_own_place(entry):
    data = {"name": "Huế", "kind": "city", "country": "VN", "code": "VN-46"}
    data |= empty("names", "successions", "predecessions")
    assert send(entry, data, "locality").status_code == 302
    hue = Body.objects.get(code="VN-46")
    assert hue.area_id == hue.pk


def test_a_country_of_three_letters_is_refused(entry):
    data = {"name": "Huế", "kind": "city", "country": "Vn", "code": "VN-46"}
    data |= empty("names", "successions", "predecessions")
    assert "hai chữ cái in hoa" in told(send(entry, data, "locality"))


def test_autocomplete_offers_only_entries_of_its_own_list(entry):
    Term.objects.create(vocabulary="field", code="y-te", name="Y tế")
    Term.objects.create(vocabulary="unit", code="y-cai", name="Y cái")
    query = {"app_label": "agreements", "model_name": "agreement", "field_name": "fields", "term": "y"}
    found = entry.get(reverse("admin:autocomplete"), query).json()["results"]
    assert [one["text"] for one in found] == ["Y tế"]


def test_staff_have_one_full_name_and_an_office(entry):
    data = {
        "username": "moi",
        "full_name": "Nguyễn Thị Mới",
        "office": entry.office.pk,
        "usable_password": "true",
    }
    data |= {"password1": "mat-khau-du-dai-1", "password2": "mat-khau-du-dai-1"}
    assert entry.post(reverse("admin:agreements_user_add"), data).status_code == 302
    made = User.objects.get(username="moi")
    assert (made.get_full_name(), made.office, made.is_staff) == ("Nguyễn Thị Mới", entry.office, True)


def test_a_reader_sees_and_changes_nothing(entry):
    reader = User.objects.create(username="doc", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_agreement"))
    send(entry, agreement(entry))
    made = Agreement.objects.get()
    client = Client()
    client.force_login(reader)
    address = reverse("admin:agreements_agreement_change", args=[made.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, agreement(entry, title="Đổi")).status_code == 403
    assert client.get(reverse("admin:agreements_agreement_add")).status_code == 403
    assert client.get(reverse("admin:agreements_agreement_import")).status_code == 403
