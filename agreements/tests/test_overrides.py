"""States that officers set: entered on the page of their commitment, told in its history, and they expire."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from agreements.models import StateOverride
from agreements.rules import LONGEST_OVERRIDE, lasting_faults
from agreements.tests.builders import make_commitment, make_override, make_place
from agreements.tests.pages import as_sent, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return client_of()


@pytest.fixture
def commitment():
    return make_commitment(obligors=[make_place()])


def address(commitment, page="change"):
    return reverse(f"admin:agreements_commitment_{page}", args=[commitment.pk])


def sent(staff, commitment, **facts):
    """The answer to a new row on the page of a commitment."""
    row = {
        "state": "paused",
        "since": "1/3/2026",
        "until": "30/6/2026",
        "reason": "Chờ đối tác trả lời",
        **facts,
    }
    data = as_sent(staff.get(address(commitment))) | {"overrides-TOTAL_FORMS": 1}
    return staff.post(
        address(commitment), data | {f"overrides-0-{name}": value for name, value in row.items()}
    )


def test_the_officer_who_enters_a_state_is_its_author(staff, commitment):
    assert sent(staff, commitment).status_code == 302
    made = commitment.overrides.get()
    assert (made.state, made.since, made.until) == ("paused", date(2026, 3, 1), date(2026, 6, 30))
    assert (made.reason, made.author) == ("Chờ đối tác trả lời", staff.user)


def test_a_change_by_a_colleague_leaves_the_author(staff, commitment):
    sent(staff, commitment)
    other = client_of()
    data = as_sent(other.get(address(commitment))) | {"overrides-0-reason": "Đối tác xin lùi"}
    assert other.post(address(commitment), data).status_code == 302
    made = commitment.overrides.get()
    assert (made.reason, made.author) == ("Đối tác xin lùi", staff.user)
    assert made.history.first().history_user == other.user


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"reason": ""}, "bắt buộc"),
        ({"reason": "  "}, "bắt buộc"),
        ({"reason": "a\x07b"}, "ký tự điều khiển"),
        ({"until": ""}, "bắt buộc"),
        ({"until": "28/2/2026"}, "Kết thúc trước khi bắt đầu"),
        ({"until": "3/3/2027"}, "366 ngày"),
        ({"until": "30/2/2026"}, "không có ngày 30"),
        ({"until": "6/2026"}, "không phải một ngày"),
        ({"since": "[1/3/2026]"}, "không phải một ngày"),
        ({"state": "xong"}, "xong"),
    ],
)
def test_bad_input_gets_one_sentence_and_nothing_is_lost(staff, commitment, facts, sentence):
    answer = sent(staff, commitment, **facts)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert sentence in page
    assert page.count('name="overrides-0-state"') == 1
    assert not StateOverride.objects.exists()


def test_a_second_state_of_the_same_day_is_refused(staff, commitment):
    make_override(commitment, since=date(2026, 3, 1))
    data = as_sent(staff.get(address(commitment))) | {
        "overrides-TOTAL_FORMS": 2, "overrides-1-state": "done", "overrides-1-since": "1/3/2026",
        "overrides-1-until": "2/3/2026", "overrides-1-reason": "khác",
    }  # fmt: skip
    assert staff.post(address(commitment), data).status_code == 200
    assert StateOverride.objects.count() == 1


@pytest.mark.parametrize(
    ("until", "told"),
    [(date(2027, 3, 2), False), (date(2027, 3, 3), True), (None, False), (date(2026, 3, 1), False)],
)
def test_what_is_set_expires_after_a_year_at_most(until, told):
    row = StateOverride(since=date(2026, 3, 1), until=until)
    assert [one for one, _sentence in lasting_faults([row])] == ([row] if told else [])
    assert LONGEST_OVERRIDE == 366


def test_the_rule_holds_for_the_model_and_names_the_column(commitment):
    row = StateOverride(
        commitment=commitment, state="done", reason="x", since=date(2026, 3, 1), until=date(2030, 1, 1)
    )
    with pytest.raises(ValidationError) as error:
        row.full_clean()
    assert list(error.value.message_dict) == ["until"]


def test_the_box_is_folded_while_it_is_empty_and_says_what_it_is_for(staff, commitment):
    empty = staff.get(address(commitment)).content.decode()
    box = empty[empty.index('id="overrides-group"') :]
    assert "<details><summary>" in box[: box.index("</h2>")]
    assert "Chỉ dùng khi ngày tháng và số liệu cho kết quả không đúng" in box
    make_override(commitment)
    filled = staff.get(address(commitment)).content.decode()
    box = filled[filled.index('id="overrides-group"') :]
    assert "<details open><summary>" in box[: box.index("</h2>")]


def test_history_tells_it_in_words(staff, commitment):
    today = timezone.localdate()
    day = f"{today.day}/{today.month}/{today.year}"
    sent(staff, commitment, since=day, until=day)
    page = staff.get(address(commitment, "history")).content.decode()
    assert f"Tình hình do cán bộ xác định: tạm dừng · Chờ đối tác trả lời · {day} · {day}" in page


def test_who_may_not_change_the_commitment_sees_it_and_changes_nothing(commitment):
    make_override(commitment, reason="Chờ phía bạn")
    reader = client_of("view_commitment")
    page = reader.get(address(commitment)).content.decode()
    assert "Chờ phía bạn" in page
    assert 'name="overrides-0-reason"' not in page
