"""The invented register: every row keeps every rule and has its history, and pages open over it."""

import random

import pytest
from django.apps import apps
from django.db import transaction
from django.urls import reverse

from agreements.models import Agreement, Body, Commitment, Progress, Recorded, Target, User
from delegations.models import Contribution, Delegation, Delivery, DeliveryLine
from delegations.rules import line_faults, refuse_crowded, refuse_one_sided
from tracker.demo import fill

pytestmark = pytest.mark.once


SIZE = 20
MODELS = [
    model
    for app in ("agreements", "delegations")
    for model in apps.get_app_config(app).get_models()
    if issubclass(model, Recorded) and not model._meta.proxy
]
LISTS = ["agreement", "commitment", "document", "person", "organization", "locality", "term"]
LISTS += ["delegation", "meeting", "delivery"]


@pytest.fixture(scope="module")
def written(django_db_setup, django_db_blocker):
    """What `fill` says it wrote into a register of 20 agreements, filled once."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield fill(SIZE)
        transaction.set_rollback(True)


def invented(model):
    """Rows of `model` that the reference data do not hold."""
    return model.objects.filter(pk__in=model.history.filter(route="command", batch=batch()).values("id"))


def batch():
    return Agreement.history.values_list("batch", flat=True).first()


@pytest.mark.django_db
def test_every_size_comes_in_proportion(written):
    assert Agreement.objects.count() == SIZE
    assert 10 * SIZE <= Commitment.objects.count() <= 10 * SIZE * 1.1
    assert 20 * SIZE <= Progress.objects.count() <= 40 * SIZE
    assert Delivery.objects.count() == 10 * SIZE
    assert sum(written.values()) == sum(invented(model).count() for model in written)


@pytest.mark.django_db
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.model_name)
def test_rows_of_every_table_keep_every_rule(written, model):
    ids = sorted(invented(model).values_list("pk", flat=True))
    if model._meta.model_name in ("term", "succession", "name"):
        assert not ids  # those are reference data
        return
    assert ids
    for row in model.objects.filter(pk__in=random.Random(1).sample(ids, min(300, len(ids)))):
        stored = {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields}
        row.full_clean()
        derived = {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields}
        assert stored == derived


@pytest.mark.django_db
def test_lines_sides_and_travellers_fit_together(written):
    for delivery in Delivery.objects.prefetch_related("lines__part_of"):
        assert line_faults(list(delivery.lines.all())) == []
        refuse_one_sided(delivery)
    for delegation in Delegation.objects.all():
        refuse_crowded(delegation)


@pytest.mark.django_db
def test_kinds_strengths_and_precisions_are_all_there(written):
    assert set(Commitment.objects.values_list("kind", flat=True)) == set(Commitment.Kind.values)
    assert set(Commitment.objects.values_list("strength", flat=True)) == set(Commitment.Strength.values)
    signed = " ".join(Progress.objects.values_list("on", flat=True))
    assert {"?", "/"} <= set(signed)
    assert {len(text) for text in signed.split()} >= {4, 7, 10}
    assert Agreement.objects.filter(signed_on="").exists()
    assert Progress.objects.filter(corrects__isnull=False).exists()
    assert DeliveryLine.objects.filter(part_of__isnull=False, quantity__gt=0).exists()
    assert Contribution.objects.filter(line__isnull=False, quantity__gt=0).exists()
    assert Target.objects.filter(commitment__kind="per_period").exists()
    assert Agreement.objects.values("office").distinct().count() == 3


@pytest.mark.django_db
def test_every_row_has_its_history_as_a_save_would_have_written_it(written):
    for model in written:
        assert invented(model).count() == model.history.filter(batch=batch()).count()
    row = Commitment.objects.filter(fields__isnull=False).first()
    by_bulk = row.history.get()
    row.save()
    by_save = row.history.first()
    for field in by_bulk._meta.concrete_fields:
        if not field.name.startswith("history_") and field.name not in ("route", "batch", "version"):
            assert getattr(by_bulk, field.attname) == getattr(by_save, field.attname), field.name
    assert {one.term_id for one in by_bulk.fields.all()} == {one.term_id for one in by_save.fields.all()}
    assert {one.commitment_id for one in by_bulk.fields.all()} == {row.pk}
    assert (by_bulk.history_type, by_bulk.route, by_bulk.version) == ("+", "command", 1)


@pytest.mark.django_db
def test_everything_invented_says_so(written):
    for title in Agreement.objects.values_list("title", flat=True):
        assert "giả định" in title
    organizations = invented(Body).values_list("name", flat=True)
    assert organizations
    assert all("giả định" in name for name in organizations)
    assert not User.objects.exists()


@pytest.mark.django_db
def test_lists_and_reports_open(written, client):
    client.force_login(User.objects.create_superuser("nguoi-thu"))
    addresses = [reverse("reports:index"), reverse("reports:report", args=["agreement-status"])]
    addresses += [reverse(f"admin:agreements_{name}_changelist") for name in LISTS[:7]]
    addresses += [reverse(f"admin:delegations_{name}_changelist") for name in LISTS[7:]]
    assert [client.get(address).status_code for address in addresses] == [200] * len(addresses)
    assert "giả định" in client.get(reverse("reports:report", args=["agreement-status"])).content.decode()
    deal = Agreement.objects.first()
    assert client.get(reverse("reports:agreement-sheet", args=[deal.pk])).status_code == 200
