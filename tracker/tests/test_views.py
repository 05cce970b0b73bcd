"""Pages and files of reports: what is told to whom."""

import pytest
from django.urls import reverse

from agreements.models import CommitmentRole
from agreements.tests.builders import make_agreement, make_body, make_commitment, make_place
from agreements.tests.pages import client_of

pytestmark = pytest.mark.django_db
TOLD = "Bạn chỉ thấy một phần của sổ"


@pytest.fixture
def asked():
    """Pages of reports and the sheet of an agreement, one commitment of which a unit leads."""
    agreement = make_agreement()
    unit = make_body("DV-1", "Đơn vị một")
    CommitmentRole.objects.create(commitment=make_commitment(agreement), role="lead", body=unit)
    places = f"place={make_place().pk}&partner={make_place('LA-Y').pk}"
    sheet = reverse("reports:agreement-sheet", args=[agreement.pk])
    return ["/reports/agreement-status/?on=1/1/2024", f"/reports/relation/?{places}", sheet]


def test_a_focal_point_is_told_once_that_reports_are_of_a_part(asked):
    focal = client_of("view_agreement", "view_commitment", "view_progress", "add_progress")
    focal.user.office = make_body("DV-1")
    focal.user.save()
    assert [focal.get(address).content.decode().count(TOLD) for address in asked] == [1, 1, 1]
    file = focal.get(f"{asked[0]}&format=json")
    assert file.content.decode().count(TOLD) == 1


def test_who_sees_an_office_whole_is_not(asked):
    officer = client_of("view_agreement", "view_commitment", "change_commitment", "add_progress")
    assert [TOLD in officer.get(address).content.decode() for address in asked] == [False, False, False]
