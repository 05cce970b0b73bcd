"""What history keeps of changes that `save` does not see."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from agreements.history import Route, recording
from agreements.models import AgreementRole, Commitment, Term, User
from agreements.tests.builders import make_agreement, make_body, make_commitment, make_term
from agreements.tests.pages import client_of

pytestmark = pytest.mark.django_db


def terms(*codes):
    return [Term(vocabulary="item", code=code, name=code) for code in codes]


def test_rows_created_in_bulk_have_the_history_of_saved_ones():
    before, batch = timezone.now(), uuid4()
    with recording(Route.COMMAND, batch):
        Term.objects.bulk_create(terms("a", "b"))
    changes = Term.history.filter(batch=batch).order_by("id")
    assert [(one.code, one.history_type, one.route) for one in changes] == [
        ("a", "+", "command"),
        ("b", "+", "command"),
    ]
    assert all(before <= one.history_date <= timezone.now() for one in changes)


def test_rows_updated_in_bulk_are_other_versions_with_their_lists_in_history():
    health, trade = make_term("field", "health-x"), make_term("field", "trade-x")
    commitment = make_commitment(agreement=make_agreement())
    commitment.fields.set([health, trade])
    assert Commitment.objects.filter(article="").update(article="Điều 2") == 1
    commitment.refresh_from_db()
    change = commitment.history.first()
    assert (change.history_type, change.article, change.version) == ("~", "Điều 2", commitment.version)
    assert {one.term for one in change.fields.all()} == {health, trade}


def test_an_update_finds_its_rows_although_it_changes_what_they_were_found_by():
    Term.objects.bulk_create(terms("c", "d"))
    assert Term.objects.filter(vocabulary="item", code__in=["c", "d"]).update(vocabulary="unit") == 2
    assert Term.history.filter(history_type="~", vocabulary="unit", code__in=["c", "d"]).count() == 2


def test_rows_changed_by_bulk_update_are_recorded():
    rows = Term.objects.bulk_create(terms("e", "f"))
    for row in rows:
        row.name = f"{row.code} mới"
    Term.objects.bulk_update(rows, ["name"])
    assert set(Term.history.filter(history_type="~", code__in=["e", "f"]).values_list("name", flat=True)) == {
        "e mới",
        "f mới",
    }


def test_conflicts_are_not_ignored_because_nobody_could_say_what_was_written():
    with pytest.raises(ValueError, match="recorded"):
        Term.objects.bulk_create(terms("g"), ignore_conflicts=True)


def test_a_change_in_bulk_names_who_is_logged_in(client, rf):
    from simple_history.models import HistoricalRecords

    user = User.objects.create(username="officer")
    HistoricalRecords.context.request = rf.get("/")
    HistoricalRecords.context.request.user = user
    try:
        Term.objects.bulk_create(terms("h"))
    finally:
        del HistoricalRecords.context.request
    assert Term.history.get(code="h").history_user == user


def test_a_tick_is_told_by_its_name_and_not_as_yes():
    agreement = make_agreement()
    AgreementRole.objects.create(
        agreement=agreement, role="party", body=make_body("UB", "UBND tỉnh X"), lead=True
    )
    page = (
        client_of().get(reverse("admin:agreements_agreement_history", args=[agreement.pk])).content.decode()
    )
    assert "UBND tỉnh X · làm đầu mối" in page


def test_the_class_of_the_manager_of_history_is_made_once():
    agreement, commitment = make_agreement(), make_commitment()
    assert type(agreement.history) is type(agreement.history) is type(commitment.history)
    assert (agreement.history.count(), commitment.history.count()) == (1, 1)
