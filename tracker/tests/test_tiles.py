"""The tiles of the home page: each number is that of the list it opens; withdrawn records are in neither."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from agreements.models import User
from agreements.tests.builders import make_agreement, make_commitment, make_target, make_term
from delegations.tests.builders import contribute, make_delivery
from tracker.tiles import tiles

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
GONE = {"withdrawn_on": TODAY, "withdrawn_reason": "nhập trùng"}
LAST_YEAR, SOON = str(TODAY.year - 1), str(TODAY + timedelta(days=30))


@pytest.fixture
def admin():
    user = User.objects.create_superuser("quan-tri", password=None, full_name="Quản trị")
    client = Client()
    client.force_login(user)
    client.user = user
    return client


@pytest.fixture
def register():
    """Of each sort one that counts and one withdrawn, and a promise met by a delivery."""
    for facts in ({}, GONE):
        agreement = make_agreement(signed_on="2020-01-01", expires_on=SOON, **facts)
        make_commitment(agreement, kind="one_off", period=LAST_YEAR, **facts)
    met = make_commitment(
        make_agreement(period="2000/2001"),
        kind="cumulative",
        unit=make_term("unit", "person"),
        period=LAST_YEAR,
    )
    make_target(met, LAST_YEAR, Decimal(1))
    contribute(make_delivery(f"{LAST_YEAR}-05-01"), met, quantity=Decimal(1))


@pytest.mark.usefixtures("register")
def test_tiles_leave_out_what_is_withdrawn_or_met(admin):
    assert [tile["count"] for tile in tiles(admin.user, TODAY)] == [1, 1, 1, 2]


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize("place", range(4))
def test_a_tile_and_its_list_agree(admin, place):
    tile = tiles(admin.user, TODAY)[place]
    listed = admin.get(tile["url"]).context["cl"]
    assert listed.result_count == tile["count"]


def test_a_reader_sees_the_tiles_of_what_he_may_see(reader, stranger):
    def seen(client):
        return tiles(User.objects.get(pk=client.session["_auth_user_id"]), TODAY)

    assert len(seen(reader)) == 3
    assert seen(stranger) == []
