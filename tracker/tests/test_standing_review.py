"""What is not approved or not verified: counted or held back, and said either way."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from agreements.models import Commitment
from agreements.tests.builders import make_agreement, make_commitment, make_progress, make_target, make_term
from delegations.tests.builders import contribute, make_delegation, make_delivery
from tracker.progress.engine import ids
from tracker.progress.telling import tell

pytestmark = pytest.mark.django_db
ON = date(2023, 6, 30)


@pytest.fixture
def twenty():
    """20 scholarships by the end of 2025."""
    unit = make_term("unit", "scholarship", "suất")
    made = make_commitment(
        make_agreement(signed_on="2022-01-01"), kind="cumulative", unit=unit, period="2022/2025"
    )
    make_target(made, "2022/2025", Decimal(20))
    return made


@pytest.fixture
def visits():
    """Two delegations in 2023."""
    unit = make_term("unit", "delegation", "đoàn")
    made = make_commitment(
        make_agreement(signed_on="2022-01-01"), kind="cumulative", unit=unit, period="2023"
    )
    make_target(made, "2023", Decimal(2))
    return made


def told(commitment):
    rows = Commitment.objects.filter(pk=commitment.pk).select_related("unit", "child")
    with override("vi"):
        return tell(ON, rows, list(rows))[commitment.pk]


def reached(commitment):
    return [one.reached for one in told(commitment).figures]


REVIEWED = [("draft", None), ("submitted", None), ("returned", None), ("approved", Decimal(20))]


@pytest.mark.parametrize(("review", "expected"), REVIEWED)
def test_only_approved_figures_are_taken_where_review_is_required(settings, twenty, review, expected):
    make_progress(twenty, "2023-05-10", quantity=Decimal(20), verified=True, review_state=review)
    settings.REVIEW_REQUIRED = True
    assert reached(twenty) == [expected]
    settings.REVIEW_REQUIRED = False
    assert reached(twenty) == [Decimal(20)]


def test_what_waits_is_counted_and_told(settings, twenty):
    make_progress(twenty, "2023-05-10", quantity=Decimal(3), review_state="approved", verified=True)
    make_progress(twenty, "2023-05-11", quantity=Decimal(17), verified=True)
    make_progress(twenty, "2023-05-12", quantity=Decimal(1), review_state="submitted", verified=True)
    settings.REVIEW_REQUIRED = True
    one = told(twenty)
    assert (one.state, one.standing.drafts) == ("in_progress", 2)
    assert one.why == (
        "3/20 suất giai đoạn 2022–2025 đã thực hiện; hạn 31/12/2025; cập nhật cuối 10/5/2023; "
        "2 số liệu, hoạt động chờ duyệt"
    )
    settings.REVIEW_REQUIRED = False
    one = told(twenty)
    assert (one.state, one.standing.drafts) == ("beyond", 2)  # 21 of 20
    assert "chờ duyệt" not in one.why


def test_a_draft_is_no_news_and_no_work(settings, twenty):
    make_progress(twenty, "2023-05-10", quantity=Decimal(3))
    settings.REVIEW_REQUIRED = True
    one = told(twenty)
    assert (one.state, one.health, one.standing.news) == ("no_news", "stale", None)
    assert one.why.startswith("chưa có số liệu, chỉ tiêu 20 suất")


@pytest.mark.parametrize(("review", "state"), [("draft", "no_news"), ("approved", "not_performed")])
def test_an_assessment_holds_once_it_is_approved(settings, twenty, review, state):
    make_progress(twenty, "2023-05", "not_performed", review_state=review)
    settings.REVIEW_REQUIRED = True
    assert told(twenty).state == state
    settings.REVIEW_REQUIRED = False
    assert told(twenty).state == "not_performed"


@pytest.mark.parametrize(("review", "expected"), [("draft", None), ("approved", Decimal(1))])
def test_a_visit_counts_by_the_review_of_its_own_record(settings, visits, review, expected):
    contribute(make_delegation(held="2023-05-26", review_state=review), visits)
    settings.REVIEW_REQUIRED = True
    assert reached(visits) == [expected]
    settings.REVIEW_REQUIRED = False
    assert reached(visits) == [Decimal(1)]


def test_what_is_verified_counts_only_with_what_is_sure(twenty):
    """A verified figure that may lie after the day does not hide that the sure one is merely claimed."""
    make_progress(twenty, "2023-05-10", quantity=Decimal(3))
    make_progress(twenty, "2023", quantity=Decimal(5), verified=True)
    (figure,) = told(twenty).figures
    assert (figure.reached, figure.checked, figure.possible) == (Decimal(3), None, Decimal(8))
    assert "3/20 suất giai đoạn 2022–2025 đã thực hiện (trong đó 3 chưa kiểm chứng)" in told(twenty).why


@pytest.mark.parametrize(
    ("more", "word"), [(None, "đã bàn giao"), ("", "đã bàn giao"), ("2023-06-01", "đã thực hiện")]
)
def test_delivered_is_said_where_deliveries_alone_brought_what_is_sure(twenty, more, word):
    """A report of the whole year 2023 may lie after the day: it takes nothing from “delivered”."""
    contribute(make_delivery("2023-05-10"), twenty, quantity=Decimal(3))
    if more is not None:
        make_progress(twenty, more or "2023", quantity=Decimal(5))
    assert f"suất giai đoạn 2022–2025 {word}" in told(twenty).why


def test_no_state_asked_is_no_commitment(twenty):
    assert list(Commitment.objects.filter(pk__in=ids(ON, Commitment.objects.all(), state=[]))) == []
    assert list(Commitment.objects.filter(pk__in=ids(ON, Commitment.objects.all(), state=["no_news"])))


# A visit once, however it is linked ----------------------------------------------------------------
def test_a_part_counts_where_its_whole_was_withdrawn(visits):
    whole = make_delegation(held="2023", number=2, withdrawn_on=ON, withdrawn_reason="nhập trùng")
    contribute(whole, visits)
    contribute(make_delegation(held="2023-05-26", part_of=whole), visits)
    assert reached(visits) == [Decimal(1)]


@pytest.mark.parametrize("quantities", [(None, 1), (1, None), (None, None)])
def test_a_visit_linked_twice_is_one_though_one_link_says_how_many(visits, quantities):
    visit = make_delegation(held="2023-05-26")
    for how, quantity in zip(("serves", "discussed"), quantities, strict=True):
        contribute(visit, visits, how, quantity=quantity)
    assert reached(visits) == [Decimal(1)]
