"""Every page of entry opens on the real facts."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from agreements.models import Agreement, User
from agreements.models.record import Record
from tracker.tests.seeded import seeded  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded"), pytest.mark.once]
MODELS = sorted(
    (model._meta.app_label, model._meta.model_name)
    for model in admin.site._registry
    if model._meta.app_label in ("agreements", "delegations")
)


@pytest.fixture
def administrator(db):
    user = User(username="quan-tri", full_name="Quản trị thử", is_staff=True, is_superuser=True)
    user.set_unusable_password()
    user.save()
    client = Client()
    client.force_login(user)
    return client


def test_all_models_of_entry_are_registered():
    assert len(MODELS) == 14


@pytest.mark.parametrize(("app", "model"), MODELS)
def test_list_and_add_pages_open(administrator, app, model):
    for page in ("changelist", "add"):
        if page == "add" and model == "body":
            continue
        response = administrator.get(reverse(f"admin:{app}_{model}_{page}"))
        assert response.status_code == 200, (model, page)


@pytest.mark.parametrize(("app", "model"), MODELS)
def test_change_history_and_delete_pages_of_each_record_open(administrator, app, model):
    table = next(m for m in admin.site._registry if m._meta.label_lower == f"{app}.{model}")
    for record in table.objects.all()[:12]:
        for page in ("change", "history", "withdraw" if isinstance(record, Record) else "delete"):
            response = administrator.get(reverse(f"admin:{app}_{model}_{page}", args=[record.pk]))
            expected = {200, 403} if model == "progress" else {200}
            assert response.status_code in expected, (record, page)


@pytest.mark.parametrize(("app", "model"), MODELS)
def test_lists_go_out_as_csv(administrator, app, model):
    response = (
        administrator.get(reverse(f"admin:{app}_{model}_export")) if model not in ("body", "user") else None
    )
    if response is not None:
        assert response.status_code == 200
        assert b"".join(response.streaming_content).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("typed", ["vieng chan", "VIÊNG CHĂN", "ວຽງຈັນ"])
def test_search_without_accents_finds_agreements_by_their_parties(administrator, typed):
    response = administrator.get(reverse("admin:agreements_agreement_changelist"), {"q": typed})
    found = {agreement.code for agreement in response.context["cl"].result_list}
    assert {"HN-VC-2017", "HN-VC-2022", "HCM-VT"} <= found
    assert "SL-LPB-2022" not in found


def test_a_tile_counts_exactly_what_its_list_shows(administrator):
    for tile in administrator.get(reverse("admin:index")).context["tiles"]:
        listed = administrator.get(tile["url"]).context["cl"].result_count
        assert listed == tile["count"], tile


def test_a_list_costs_the_same_number_of_queries_however_long(administrator, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        administrator.get(reverse("admin:agreements_agreement_changelist"))
    with django_assert_max_num_queries(14):  # seven of them for the seven boxes of its filters that name rows
        administrator.get(reverse("admin:delegations_delivery_changelist"))
    assert Agreement.objects.count() == 9


@pytest.mark.parametrize("page", ["admin:index", "admin:agreements_agreement_changelist", "reports:index"])
def test_pages_that_only_read_open_no_transaction(administrator, page, django_assert_max_num_queries):
    with django_assert_max_num_queries(60) as captured:
        administrator.get(reverse(page))
        administrator.get(reverse("admin:agreements_agreement_change", args=[Agreement.objects.first().pk]))
    opened = [
        query["sql"]
        for query in captured.captured_queries
        if "SAVEPOINT" in query["sql"] or "BEGIN" in query["sql"]
    ]
    assert opened == []
