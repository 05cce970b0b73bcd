"""The pages of delegations and meetings: what they served, what they cost, who they were."""

from decimal import Decimal

import pytest
from django.urls import reverse

from agreements.models import Body
from agreements.tests.builders import make_agreement, make_body, make_commitment, make_place, make_term
from agreements.tests.pages import client_of, empty_parts
from delegations.models import Contribution, Delegation, DelegationRole
from delegations.tests.builders import make_delegation

pytestmark = pytest.mark.django_db
ADD = reverse("admin:delegations_delegation_add")


@pytest.fixture
def staff():
    return client_of()


def sent(staff, **facts):
    """The answer to a delegation entered with `facts`."""
    data = empty_parts(staff.get(ADD)) | {"name": "Đoàn thử", "direction": "out", "held": "2022"}
    return staff.post(ADD, data | {"status": "held", "number": "1", "office": staff.user.office_id, **facts})


def served(agreement, commitment):
    row = {"agreement": agreement.pk, "commitment": commitment.pk, "how": "serves"}
    return {
        "contributions-TOTAL_FORMS": 1,
        **{f"contributions-0-{name}": value for name, value in row.items()},
    }


def faults(answer):
    """{field: [sentences]} of the form and of its parts."""
    assert answer.status_code == 200, "the form was accepted"
    forms, found = [answer.context["adminform"].form], {}
    for one in answer.context["inline_admin_formsets"]:
        forms += one.formset.forms
        if sentences := list(one.formset.non_form_errors()):
            found[one.formset.prefix] = sentences
    return found | {name: list(sentences) for form in forms for name, sentences in form.errors.items()}


def test_a_commitment_stands_for_its_agreement_that_was_filled_in(staff):
    agreement = make_agreement()
    promise = make_commitment(agreement)
    assert sent(staff, **served(agreement, promise)).status_code == 302
    made = Contribution.objects.get()
    assert (made.agreement, made.commitment) == (None, promise)


def test_a_commitment_of_another_agreement_is_told_at_the_agreement(staff):
    promise = make_commitment(make_agreement(), text="Cử chuyên gia")
    assert faults(sent(staff, **served(make_agreement(), promise))) == {
        "agreement": ["Cam kết “Cử chuyên gia” không thuộc thỏa thuận này: hãy để trống một trong hai ô."]
    }


@pytest.fixture
def currencies():
    return make_term("currency", "VND", "đồng"), make_term("currency", "LAK", "kíp")


def test_a_cost_is_written_with_its_currency_as_offices_write_it(staff, currencies):
    assert sent(staff, cost="300 triệu đồng").status_code == 302
    made = Delegation.objects.get()
    assert (made.cost, made.currency) == (Decimal(300_000_000), currencies[0])


@pytest.mark.parametrize(
    ("facts", "at", "words"),
    [
        ({"cost": "300 triệu"}, "currency", "phải có loại tiền"),
        ({"cost": "hơn 5 tỷ đồng"}, "cost", "không phải con số chắc chắn"),
        ({"cost": "5 triệu kíp", "currency": "VND"}, "cost", "mâu thuẫn"),
        ({"cost": "5 xu lạ"}, "cost", "xu lạ"),
        ({"number": "0", "held": ""}, "held", "khoảng thời gian"),
        ({"people": "-3"}, "people", "-3 quá nhỏ"),
    ],
)
def test_what_is_wrong_with_a_delegation_is_told_once_at_its_field(staff, currencies, facts, at, words):
    if facts.get("currency"):
        facts = facts | {"currency": currencies[0].pk}
    ((place, (sentence,)),) = faults(sent(staff, **facts)).items()
    assert (place, words in sentence) == (at, True), sentence


@pytest.mark.parametrize(
    ("direction", "sender", "visited"),
    [("out", "SNV-VN", "LA-Y"), ("in", "LA-Y", "VN-X"), ("sideways", "", "")],
)
def test_a_delegation_entered_from_an_agreement_begins_with_its_sides(staff, direction, sender, visited):
    agreement = make_agreement(make_body("SNV-VN"), make_place("LA-Y", "Tỉnh Y"))
    page = staff.get(ADD, {"agreement": agreement.pk, "direction": direction})
    rows = {one.formset.prefix: one.formset for one in page.context["inline_admin_formsets"]}
    begun = {
        role: [Body.objects.get(pk=form["body"].value()).code for form in rows[f"roles-{role}"].forms]
        for role in ("sender", "visited", "host")
    }
    assert begun == {
        "sender": [sender] if sender else [],
        "visited": [visited] if visited else [],
        "host": [],
    }
    assert [form["agreement"].value() for form in rows["contributions"].forms] == [agreement.pk]


def test_a_delegation_that_the_report_on_two_localities_leaves_out_gets_a_warning(staff):
    told = "báo cáo quan hệ hai địa phương không nêu đoàn này"
    assert told in staff.get(sent(staff).headers["Location"]).content.decode()
    whole = {f"roles-{role}-TOTAL_FORMS": 1 for role in ("sender", "visited")}
    whole |= {"roles-sender-0-body": make_body().pk, "roles-visited-0-body": make_place("LA-Y").pk}
    assert told not in staff.get(sent(staff, **whole).headers["Location"]).content.decode()


def test_the_list_is_narrowed_by_the_unit_that_sent_or_received_and_by_field(staff):
    unit, field = make_body("SO-YT", "Sở Y tế"), make_term("field", "health", "Y tế")
    went, came, other = make_delegation("out"), make_delegation("in"), make_delegation("out")
    for visit, role in ((went, "sender"), (came, "host"), (other, "visited")):
        DelegationRole.objects.create(delegation=visit, role=role, body=unit)
    went.fields.add(field)
    address = reverse("admin:delegations_delegation_changelist")
    for asked, found in (({"unit": unit.pk}, {went.pk, came.pk}), ({"field": field.pk}, {went.pk})):
        rows = staff.get(address, asked).context["cl"].result_list
        assert {row.pk for row in rows} == found
