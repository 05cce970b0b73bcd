"""“Changed this week”: an agreement is changed with anything of its own."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from agreements.models import Agreement, AgreementRole, Citation, CommitmentRole, Name
from agreements.tests.builders import (
    make_agreement,
    make_body,
    make_commitment,
    make_document,
    make_event,
    make_link,
    make_override,
    make_progress,
    make_target,
)

pytestmark = pytest.mark.django_db


def nothing(agreement, commitment):
    pass


def edit(agreement, commitment):
    agreement.title = "Tên mới"
    agreement.save()


def withdraw(agreement, commitment):
    agreement.withdrawn_on, agreement.withdrawn_reason = date(2023, 1, 1), "nhập trùng"
    agreement.save()


CHANGES = {
    "role": lambda a, c: AgreementRole.objects.create(agreement=a, role="focal", body=make_body()),
    "link": lambda a, c: make_link(a, "related", make_agreement()),
    "event": lambda a, c: make_event(a, "amended", "2022"),
    "title": lambda a, c: Name.objects.create(agreement=a, text="Tên khác"),
    "source": lambda a, c: Citation.objects.create(agreement=a, document=make_document()),
    "commitment": lambda a, c: make_commitment(a),
    "commitment's role": lambda a, c: CommitmentRole.objects.create(
        commitment=c, role="obligor", body=make_body()
    ),
    "target": lambda a, c: make_target(c, "2022", 5),
    "progress": lambda a, c: make_progress(c, "2022"),
    "state set by an officer": lambda a, c: make_override(c),
    "commitment's source": lambda a, c: Citation.objects.create(commitment=c, document=make_document()),
    "part taken out": lambda a, c: a.roles.first().delete(),
}


def changed(change):
    """Whether an agreement of last month counts as changed this week after `change`."""
    agreement = make_agreement(signed_on="2022-01-01")
    commitment = make_commitment(agreement)
    progress = make_progress(commitment, "2021")
    month = timezone.now() - timedelta(days=30)
    for rows in (agreement.history, commitment.history, progress.history, AgreementRole.history):
        rows.update(history_date=month)
    change(agreement, commitment)
    return (
        Agreement.objects.changed_since(timezone.now() - timedelta(days=7)).filter(pk=agreement.pk).exists()
    )


@pytest.mark.parametrize("name", CHANGES)
def test_an_agreement_changes_with_what_is_its_own(name):
    assert changed(CHANGES[name])


def test_a_source_of_a_progress_report_is_a_change():
    assert changed(lambda a, c: Citation.objects.create(progress=c.progress.get(), document=make_document()))


def test_its_own_edit_is_a_change_and_nothing_is_none():
    assert changed(edit)
    assert not changed(nothing)


def test_a_withdrawn_agreement_is_not_told():
    assert not changed(withdraw)
