"""The pages of delegations and meetings: what they served, what they cost, who they were."""

import pytest
from django.urls import reverse

from agreements.tests.builders import make_agreement, make_commitment
from agreements.tests.pages import client_of, empty_parts
from delegations.models import Contribution

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
    forms = [answer.context["adminform"].form]
    for one in answer.context["inline_admin_formsets"]:
        forms += one.formset.forms
    return {name: list(sentences) for form in forms for name, sentences in form.errors.items()}


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
