"""Filling a register with invented data: the same rows for the same seed, only into an empty one, all or nothing."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from agreements.models import Agreement, Commitment, Progress
from agreements.tests.builders import make_agreement
from delegations.models import DeliveryLine
from tracker.demo import fill
from tracker.loading import load_reference

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference"), pytest.mark.once]


@pytest.fixture(scope="module")
def reference(django_db_setup, django_db_blocker):
    """The reference data, read once; each test works in a savepoint above them."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_reference()
        yield
        transaction.set_rollback(True)


def facts():
    """Every row of the promised and of the delivered, by names and not by numbers of rows."""
    commitments = Commitment.objects.order_by("office__code", "code")
    progress = Progress.objects.order_by("commitment__office__code", "commitment__code", "number")
    lines = DeliveryLine.objects.order_by("delivery__office__code", "delivery__code", "number")
    return [
        *commitments.values_list("code", "agreement__code", "kind", "period", "unit__code", "withdrawn_on"),
        *progress.values_list("commitment__code", "on", "quantity", "corrects__number", "counterpart__code"),
        *lines.values_list("delivery__code", "item__code", "quantity", "amount", "receiver__code"),
    ]


def test_the_same_seed_gives_the_same_rows_and_another_does_not():
    seen = []
    for seed in (7, 7, 8):
        with transaction.atomic():
            fill(3, seed)
            seen.append(facts())
            transaction.set_rollback(True)
    assert seen[0] == seen[1]
    assert seen[0] != seen[2]


def test_a_register_with_agreements_is_left_alone():
    make_agreement()
    with pytest.raises(CommandError, match="Sổ đã có thỏa thuận: dữ liệu giả định chỉ được nạp"):
        call_command("demo", size=1)
    assert Agreement.objects.count() == 1


def test_an_interrupted_filling_leaves_the_register_empty(monkeypatch):
    monkeypatch.setattr("tracker.demo.aid.write_lines", lambda world, made: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        call_command("demo", size=1, stdout=StringIO())
    assert not Agreement.objects.exists()


@pytest.mark.parametrize("size", ["0", "-1", "nhiều"])
def test_a_size_that_is_none_is_refused(size):
    with pytest.raises(CommandError, match="hãy viết một số nguyên từ 1 trở lên"):
        call_command("demo", "--size", size)
