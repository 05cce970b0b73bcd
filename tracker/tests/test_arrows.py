"""The arrows of the house: relations point down, and no personal data beyond a name is held."""

import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

pytestmark = pytest.mark.once


FLOORS = {"agreements": 0, "delegations": 1, "tracker": 2}
OURS = [model for app in FLOORS for model in apps.get_app_config(app).get_models()]
PERSONAL = re.compile(
    r"passport|birth|phone|telephone|identity|cccd|cmnd|ho_chieu|ngay_sinh|dien_thoai", re.IGNORECASE
)


def test_every_relation_points_to_its_own_floor_or_one_below():
    upward = [
        f"{model.__name__}.{field.name} → {field.related_model.__name__}"
        for model in OURS
        for field in (*model._meta.concrete_fields, *model._meta.many_to_many)
        if field.is_relation and field.related_model._meta.app_label in FLOORS
        if FLOORS[field.related_model._meta.app_label] > FLOORS[model._meta.app_label]
    ]
    assert upward == []


def test_no_field_holds_passports_birth_dates_or_telephones():
    held = [
        f"{model.__name__}.{field.name}"
        for model in OURS
        for field in model._meta.get_fields()
        if PERSONAL.search(field.name)
    ]
    assert held == []


def test_a_person_is_a_name_and_nothing_else():
    person = apps.get_model("agreements", "Person")
    assert {field.name for field in person._meta.concrete_fields} == {
        "id",
        "code",
        "name",
        "country",
        "key",
        "sort",
    }


def test_every_table_keeps_its_history_with_route_and_batch():
    tables = [
        model for model in OURS if not model.__name__.startswith("Historical") and not model._meta.proxy
    ]
    tables = [model for model in tables if not model._meta.auto_created]
    tables = [model for model in tables if model._meta.app_label != "tracker"]  # the imports are a history
    for model in tables:
        columns = {field.name for field in model.history.model._meta.get_fields()}
        assert {"route", "batch", "history_user"} <= columns, model.__name__
    assert len(tables) == 26


def test_every_top_record_has_version_review_and_withdrawal():
    for label in ("agreements.Document", "agreements.Agreement", "agreements.Commitment", "delegations.Delegation",
                  "delegations.Meeting", "delegations.Delivery"):  # fmt: skip
        model = apps.get_model(label)
        columns = {field.name for field in model._meta.get_fields()}
        assert {
            "office",
            "code",
            "note",
            "version",
            "review_state",
            "withdrawn_on",
            "withdrawn_reason",
            "withdrawn_by",
        } <= columns
        assert hasattr(model.objects.all(), "counted")


def test_the_admin_lists_are_reachable_by_name():
    assert reverse("admin:agreements_agreement_changelist") == "/admin/agreements/agreement/"
    assert admin.site.enable_nav_sidebar is False
