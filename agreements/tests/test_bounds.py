"""Bounds of numbers, ranks and countries; keys by which texts are sorted."""

import pytest
from django.db import IntegrityError, transaction

from agreements.models import (
    Agreement,
    Commitment,
    Document,
    Person,
)
from agreements.tests.builders import (
    make_agreement,
    make_commitment,
    make_document,
    make_place,
    make_target,
    make_term,
)
from agreements.tests.faults import faults_of


# Numbers and countries -------------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize(("column", "least", "most"), [
    ("number", 1, 9999), ("copies", 1, 9999), ("notice_days", 0, 9999),
])  # fmt: skip
def test_numbers_of_an_agreement_have_bounds(column, least, most):
    agreement = make_agreement()
    for value, at in [(least, set()), (most, set()), (most + 1, {column}), (10**20, {column})]:
        setattr(agreement, column, value)
        assert faults_of(agreement)[0] == at
    setattr(agreement, column, least - 1)
    assert len(faults_of(agreement)[0]) == 1


@pytest.mark.django_db
def test_ranks_have_bounds():
    role = make_agreement().roles.first()
    for value, at in [(0, set()), (9999, set()), (10_000, {"rank"}), (-1, {"rank"})]:
        role.rank = value
        assert faults_of(role)[0] == at


@pytest.mark.django_db
@pytest.mark.parametrize("country", ["z", "vn", "V1", "\x07\x07", "V\n", "ÉA", "VNM"])
def test_a_country_is_two_capital_letters(country):
    for record in (Person(name="A", country=country), make_place(country="VN")):
        record.country = country
        fields, sentences = faults_of(record)
        assert fields == {"country"}
        assert len(sentences.splitlines()) == 1


@pytest.mark.django_db
def test_the_country_of_a_person_may_be_unknown():
    assert faults_of(Person(name="A", code="a", country="")) == (set(), "")
    assert faults_of(Person(name="A", code="a", country="LA")) == (set(), "")


@pytest.mark.django_db
def test_the_database_itself_refuses_a_country_of_one_letter():
    with transaction.atomic(), pytest.raises(IntegrityError):
        Person.objects.create(name="A", country="z")


# Sort keys -------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_titles_sort_in_vietnamese_order():
    for title in ("Đường", "Ảnh", "Dừa", "An"):
        make_agreement(title=title)
        make_document(title=title)
    for model in (Agreement, Document):
        assert list(model.objects.order_by("sort").values_list("title", flat=True)) == [
            "An", "Ảnh", "Dừa", "Đường",
        ]  # fmt: skip


@pytest.mark.django_db
def test_a_commitment_whose_unit_goes_keeps_no_targets_unless_checked_together():
    commitment = make_commitment(kind="cumulative", unit=make_term("unit", "person"))
    make_target(commitment, minimum=7)
    commitment.kind, commitment.unit = Commitment.Kind.STANDING, None
    commitment.checked_together = True
    assert faults_of(commitment) == (set(), "")
