"""Answers are kept while nothing changes, and never longer: one writer after the other, in this process or not."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.models import Commitment, User
from agreements.tests.builders import make_agreement, make_body, make_commitment, make_progress
from tracker.progress import engine
from tracker.progress.engine import standings
from tracker.progress.remembered import answers, clock, how_many, pages
from tracker.tiles import tiles

pytestmark = pytest.mark.django_db(transaction=True)
ON = date(2023, 6, 30)


@pytest.fixture
def promise():
    return make_commitment(make_agreement(signed_on="2022-01-01"), period="2022/2023", kind="one_off")


def asked():
    """(the state of the only commitment, whether the statement ran)"""
    with CaptureQueriesContext(
        connection,
    ) as met:
        (found,) = standings(ON, Commitment.objects.counted())
    return found.state, any("standing AS" in query["sql"] for query in met)


def test_the_same_question_is_answered_once(promise):
    assert asked() == ("no_news", True)
    assert asked() == ("no_news", False)


def test_every_change_is_seen_at_once(promise):
    asked()
    report = make_progress(promise, on="2023-01-05", assessment="in_progress")
    assert asked() == ("in_progress", True)
    report.delete()
    assert asked() == ("no_news", True)


def test_a_change_in_bulk_is_seen_at_once(promise):
    asked()
    Commitment.objects.update(
        period="2024/2025", period_first=date(2024, 1, 1), period_last=date(2025, 12, 31)
    )
    assert asked() == ("not_due", True)


def test_what_was_undone_is_not_kept(promise):
    asked()
    with transaction.atomic():
        make_progress(promise, on="2023-01-05", assessment="in_progress")
        assert asked() == ("in_progress", True)
        transaction.set_rollback(True)
    assert asked() == ("no_news", False)
    make_progress(promise, on="2023-01-05", assessment="paused", done="Tạm dừng")
    assert asked() == ("paused", True)


def test_a_page_asks_once_how_the_register_is_and_what_changed_meanwhile_is_seen_next_time(promise):
    def two_parts():
        before = asked()
        make_progress(promise, on="2023-01-05", assessment="in_progress")
        return before, standings(ON, Commitment.objects.all())[0].state

    with CaptureQueriesContext(connection) as met:
        first, second = pages.get("a page of two parts", two_parts)
    assert sum(query["sql"] == clock() for query in met) == 1
    assert (first, second) == (("no_news", True), "no_news")
    assert asked() == ("in_progress", True)
    assert pages.get("a page of two parts", asked) == ("in_progress", False)


def test_those_that_stand_so_are_found_in_a_transaction_and_outside(promise):
    on, overdue = date(2024, 6, 30), Commitment.objects.overdue
    with transaction.atomic():
        assert list(overdue(on)) == [promise]
    assert [list(overdue(on)), list(overdue(on))] == [[promise]] * 2
    assert not overdue(ON).exists()
    assert not Commitment.objects.standing(on, health=[]).exists()


def test_many_that_stand_so_are_counted_and_kept(promise, monkeypatch):
    monkeypatch.setattr(engine, "MOST_IDS", 0)
    overdue = Commitment.objects.overdue(date(2024, 6, 30))
    assert [how_many(overdue), how_many(overdue), overdue.count()] == [1, 1, 1]


def test_the_home_page_keeps_nothing_that_it_cannot_ask_for_again(promise):
    officer = User.objects.create_superuser("lan", password=None)
    kept = []
    for _again in range(
        3
    ):  # how commitments stand is asked for all of them, then for those not known, then known
        tiles(officer, ON)
        kept.append(set(answers.held))
    assert kept[1] == kept[2]


def reader_of(office, name):
    """A client of a reader of this office."""
    user = User.objects.create(username=name, full_name=name, is_staff=True, office=office)
    user.user_permissions.set(Permission.objects.filter(codename="view_agreement"))
    client = Client()
    client.force_login(user)
    return client


def test_pages_are_kept_for_their_reader_alone_and_made_anew_after_a_change():
    here, there = make_body("A"), make_body("B")
    make_agreement(title="Thỏa thuận ở đây", office=here)
    address = "/reports/agreement-status/?on=30/6/2023"
    inside, outside = reader_of(here, "trong"), reader_of(there, "ngoai")
    for _again in (1, 2):
        assert "Thỏa thuận ở đây" in inside.get(address).content.decode()
        assert "Thỏa thuận ở đây" not in outside.get(address).content.decode()
    with CaptureQueriesContext(connection) as again:
        inside.get(address)
    assert not any("asked (on_day" in query["sql"] for query in again)
    make_agreement(title="Thỏa thuận thứ hai", office=here)
    assert "Thỏa thuận thứ hai" in inside.get(address).content.decode()


def test_nothing_stays_of_a_register_that_is_no_more(promise):
    how_many(Commitment.objects.all())
    make_progress(promise, on="2023-01-05", assessment="in_progress")
    how_many(Commitment.objects.all())
    assert len({stamp for stamp, _key in answers.held}) == 1


def test_the_panel_of_an_agreement_tells_of_that_agreement():
    first, second = make_agreement(), make_agreement()
    make_commitment(first, text="Cam kết của thỏa thuận thứ nhất")
    user = User.objects.create(username="lan", full_name="Lan", is_staff=True, is_superuser=True)
    client = Client()
    client.force_login(user)
    pages = [
        client.get(reverse("admin:agreements_agreement_change", args=[one.pk])).content.decode()
        for one in (first, second)
    ]
    assert ["Cam kết của thỏa thuận thứ nhất" in page for page in pages] == [True, False]


def test_the_panel_of_a_commitment_tells_of_that_commitment():
    first, second = make_commitment(), make_commitment()
    report = make_progress(first, on="2023-01-05", assessment="in_progress")
    client = Client()
    client.force_login(User.objects.create(username="lan", is_staff=True, is_superuser=True))
    pages = [
        client.get(reverse("admin:agreements_commitment_change", args=[one.pk])).content.decode()
        for one in (first, second)
    ]
    link = reverse("admin:agreements_progress_change", args=[report.pk])
    assert [
        link in page.partition('class="panel standing"')[2].partition("</section>")[0] for page in pages
    ] == [
        True,
        False,
    ]


@pytest.mark.parametrize("address", ["/reports/gaps/", "/reports/deadlines/", "/reports/agreements/{pk}/"])
def test_a_report_asks_once_how_the_register_is(promise, address):
    address = address.format(pk=promise.agreement_id)
    reader = reader_of(promise.office, "mot-lan")
    for _again in (1, 2):
        with CaptureQueriesContext(connection) as met:
            assert reader.get(address).status_code == 200
        assert sum(query["sql"] == clock() for query in met) == 1
