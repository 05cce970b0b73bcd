"""The constraints of every model, as the import reads them: the same answers as Django's and the database's own."""

import random
from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import CheckConstraint, UniqueConstraint

from agreements.fields import EdtfField
from agreements.interchange import constraints

pytestmark = pytest.mark.django_db
MODELS = [
    model
    for app in ("agreements", "delegations")
    for model in apps.get_app_config(app).get_models()
    if model._meta.managed and not model._meta.proxy and not hasattr(model, "history_object")
]
RULED = [model for model in MODELS if model._meta.constraints]
DAYS = [date(2022, 1, 1), date(2022, 8, 27), date(2025, 12, 31)]
EDTF = ["", "2022", "2022-08-27"]
TEXTS = ["", "a", "b|c", "2022", "Đỗ"]
COUNTRIES = ["", "VN", "LA", "vn", "V", "VNM"]  # ASCII: the column takes no other letter
ROWS = 120


def value_for(field, chance):
    """A value that the column of `field` can hold, from a pool so small that rows meet."""
    if field.null and chance.random() < 0.4:
        return None
    if field.is_relation:
        return chance.randint(1, 4)
    if field.choices and chance.random() < 0.95:
        return chance.choice([key for key, _label in field.choices])
    if isinstance(field, models.BooleanField):
        return chance.random() < 0.5
    if isinstance(field, models.DateTimeField):
        return None
    if isinstance(field, models.DateField):
        return chance.choice(DAYS)
    if isinstance(field, models.DecimalField):
        return chance.choice([Decimal("-1"), Decimal("0"), Decimal("1.5"), Decimal("2")])
    if isinstance(field, models.IntegerField):
        return chance.randint(0, 3)
    texts = COUNTRIES if field.name == "country" else EDTF if isinstance(field, EdtfField) else TEXTS
    return chance.choice(texts)[: field.max_length]


def random_row(model, chance, pk):
    row = model(pk=pk)
    for field in model._meta.concrete_fields:
        if not field.primary_key:
            setattr(row, field.attname, value_for(field, chance))
    return row


def test_every_constraint_of_every_model_is_understood():
    known = 0
    for model in MODELS:
        known += len(constraints.checks(model)) + len(constraints.uniques(model))
        assert isinstance(constraints.unique_columns(model), list)
    assert known == sum(len(model._meta.constraints) for model in MODELS) > 60
    kinds = {type(one) for model in MODELS for one in model._meta.constraints}
    assert kinds == {CheckConstraint, UniqueConstraint}


@pytest.mark.parametrize("model", RULED, ids=lambda model: model.__name__)
def test_a_check_gives_the_answer_of_django(model):
    chance, answers = random.Random(f"checks of {model.__name__}"), set()
    for _number in range(ROWS):
        row = random_row(model, chance, chance.randint(1, 4))
        for holds, one in constraints.checks(model):
            try:
                one.validate(model, row)
                accepted = True
            except ValidationError:
                accepted = False
            assert (holds(row) is not False) is accepted, (one.name, row.__dict__)
            answers.add((one.name, accepted))
    assert len(answers) == 2 * len(constraints.checks(model)), "some rule was never broken, or never kept"


def taken_by_the_database(row):
    """Whether the database takes a row as it is."""
    try:
        with transaction.atomic():
            row.save_base(raw=True, force_insert=True)
    except IntegrityError:
        return False
    return True


def meets(row, others):
    """Whether a unique constraint or column says that one of `others` stands in the way."""
    model = type(row)
    for unique in constraints.uniques(model):
        key = unique.key(row)
        if key is not None and any(unique.key(other) == key for other in others):
            return True
    for name in constraints.unique_columns(model):
        value = getattr(row, name)
        if value is not None and any(getattr(other, name) == value for other in others):
            return True
    return False


@pytest.mark.parametrize("model", RULED, ids=lambda model: model.__name__)
def test_the_database_takes_exactly_the_rows_that_break_no_rule(model):
    chance, taken, refused = random.Random(f"rows of {model.__name__}"), [], 0
    with transaction.atomic():
        for pk in range(1, ROWS + 1):
            row = random_row(model, chance, pk)
            expected = not constraints.broken(row) and not meets(row, taken)
            assert taken_by_the_database(row) is expected, row.__dict__
            if expected:
                taken.append(row)
            refused += not expected
        assert taken
        assert refused
        transaction.set_rollback(True)  # its foreign keys point to nobody
