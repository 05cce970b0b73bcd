"""Targets of single periods of recurring commitments: which are made, and that nothing is made twice."""

import io
import threading
from datetime import date

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connections

from agreements.history import Route, recording
from agreements.models import Commitment, Target
from agreements.tests.builders import (
    make_agreement,
    make_commitment,
    make_document,
    make_place,
    make_progress,
    make_target,
    make_term,
)
from tracker.progress import instances
from tracker.progress.instances import make_instances, periods, without_start

ON = date(2023, 6, 30)


def recurring(every="year", agreement=None, **facts):
    """A commitment of so much each `every`."""
    return make_commitment(
        agreement, kind="per_period", every=every, unit=make_term("unit", "person"), **facts
    )


def made(commitment, pattern):
    """The periods of the targets of a commitment but those of its `pattern`, in their order."""
    return list(
        commitment.targets.exclude(pk=pattern.pk).order_by("period_first").values_list("period", flat=True)
    )


# Which periods ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("every", "first", "last", "expected"),
    [
        ("year", date(2022, 1, 1), date(2025, 12, 31), ["2022", "2023"]),
        ("year", date(2021, 8, 27), date(2022, 8, 26), ["2021", "2022"]),  # both years share days with it
        ("year", date(2022, 1, 1), None, ["2022", "2023"]),  # an open end: up to the year that runs
        ("year", date(2024, 1, 1), date(2025, 12, 31), []),
        (
            "half",
            date(2022, 3, 1),
            date(2025, 12, 31),
            ["2022-01/2022-06", "2022-07/2022-12", "2023-01/2023-06"],
        ),
        ("quarter", date(2022, 11, 15), None, ["2022-10/2022-12", "2023-01/2023-03", "2023-04/2023-06"]),
        ("month", date(2022, 12, 31), date(2023, 2, 1), ["2022-12", "2023-01", "2023-02"]),
        ("month", date(2023, 6, 30), None, ["2023-06"]),
        ("month", date(2023, 7, 1), None, []),
        ("year", date(2022, 3, 5), date(2022, 2, 1), []),
    ],
)
def test_periods_are_those_of_the_calendar_that_have_begun(every, first, last, expected):
    assert list(periods(every, first, last, ON)) == expected


def test_a_quarter_begins_on_its_first_day():
    assert list(periods("quarter", date(2023, 1, 1), None, date(2023, 3, 31))) == ["2023-01/2023-03"]
    assert list(periods("quarter", date(2023, 1, 1), None, date(2023, 4, 1)))[-1] == "2023-04/2023-06"


def test_a_pattern_gives_six_hundred_at_most():
    found = list(periods("month", date(1900, 1, 1), None, date(2022, 1, 1)))
    assert (len(found), found[-1]) == (600, "1949-12")


# Whose period -----------------------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("own", "of_commitment", "of_agreement", "expected"),
    [
        ("2022/2025", "", "", ["2022", "2023"]),
        ("2022/2025", "2020/2025", "2019/2025", ["2022", "2023"]),
        ("", "2021/2022", "2019/2025", ["2021", "2022"]),
        ("", "", "2021/2025", ["2021", "2022", "2023"]),
        ("2022/..", "2020/2021", "", ["2022", "2023"]),
        ("../2022", "2021/2025", "", ["2021", "2022"]),  # its own end, the commitment's start
        ("", "2022-08-27/2023-08-26", "", ["2022", "2023"]),
        ("", "", "", []),
        ("../2022", "", "", []),
        ("", "2024/2026", "", []),
    ],
)
def test_the_stretch_is_the_patterns_else_the_commitments_else_the_agreements(
    own, of_commitment, of_agreement, expected
):
    commitment = recurring(agreement=make_agreement(period=of_agreement), period=of_commitment)
    pattern = make_target(commitment, own, 20)
    assert make_instances(ON) == len(expected)
    assert made(commitment, pattern) == expected


@pytest.mark.django_db
def test_an_instance_takes_over_what_its_pattern_says():
    commitment, paper = recurring(period="2022/2025"), make_document()
    ours, theirs = make_place(), make_place("LA-Y", "Tỉnh Y")
    pattern = make_target(commitment, "", 5, maximum=9, obligor=ours, counterpart=theirs, document=paper)
    make_target(commitment, "2022/2025", 20)
    assert make_instances(ON) == 4
    split = commitment.targets.get(period="2022", obligor=ours)
    assert (split.minimum, split.maximum, split.counterpart, split.document) == (5, 9, theirs, paper)
    assert (split.period_first, split.period_last) == (date(2022, 1, 1), date(2022, 12, 31))
    assert commitment.targets.get(period="2022", obligor=None).minimum == 20
    assert made(commitment, pattern).count("2023") == 2


@pytest.mark.django_db
def test_only_counted_commitments_that_recur_get_any():
    withdrawn = recurring(period="2022/2025", withdrawn_on=date(2023, 1, 1), withdrawn_reason="trùng")
    make_target(withdrawn, "2022/2025", 20)
    once = make_commitment(kind="cumulative", unit=make_term("unit", "person"), period="2022/2025")
    make_target(once, "2022/2025", 20)
    single = recurring(period="2022/2025")
    make_target(single, "2022", 20)  # one period is no pattern
    assert make_instances(ON) == 0


@pytest.mark.django_db
def test_only_the_commitments_asked_for_get_any():
    first, second = recurring(period="2022/2025"), recurring(period="2022/2025")
    for one in (first, second):
        make_target(one, "", 20)
    assert make_instances(ON, Commitment.objects.filter(pk=second.pk)) == 2
    assert (first.targets.count(), second.targets.count()) == (1, 3)


# Nothing twice ----------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_missed_runs_are_caught_up_and_a_second_run_makes_nothing():
    commitment = recurring("quarter", period="2022/2025")
    pattern = make_target(commitment, "", 20)
    assert make_instances(date(2022, 2, 1)) == 1
    assert make_instances(date(2022, 12, 31)) == 3
    assert make_instances(date(2022, 12, 31)) == 0
    assert made(commitment, pattern) == [
        "2022-01/2022-03", "2022-04/2022-06", "2022-07/2022-09", "2022-10/2022-12"
    ]  # fmt: skip


@pytest.mark.django_db
def test_what_was_edited_or_reported_stays_as_it_is():
    commitment = recurring(period="2022/2025")
    pattern = make_target(commitment, "", 20)
    make_instances(date(2022, 1, 1))
    row = commitment.targets.get(period="2022")
    row.minimum = 7
    row.save()
    make_progress(commitment, "2022", quantity=3)
    pattern.minimum = 25
    pattern.save()
    assert make_instances(ON) == 1
    assert dict(commitment.targets.exclude(pk=pattern.pk).values_list("period", "minimum")) == {
        "2022": 7,
        "2023": 25,
    }


@pytest.mark.django_db
@pytest.mark.parametrize("period", ["2022", "2022?", "2022-01/2022-12", "2022-01-01/2022-12-31"])
def test_a_period_that_was_entered_in_any_spelling_is_not_made_again(period):
    commitment = recurring(period="2022/2025")
    make_target(commitment, "", 20)
    make_target(commitment, period, 11)
    assert make_instances(date(2022, 6, 1)) == 0


@pytest.mark.django_db
def test_an_instance_whose_period_was_changed_is_not_made_again():
    commitment = recurring(period="2022/2025")
    make_target(commitment, "", 20)
    make_instances(date(2022, 1, 1))
    row = commitment.targets.get(period="2022")
    row.period = "2022-07/2022-12"
    row.save()
    assert make_instances(date(2022, 1, 1)) == 0


@pytest.mark.django_db
def test_what_an_officer_took_out_stays_out_until_a_pattern_is_entered_anew():
    commitment = recurring(period="2022/2025")
    pattern = make_target(commitment, "", 20)
    make_instances(ON)
    commitment.targets.get(period="2022").delete()
    assert make_instances(ON) == 0
    pattern.delete()
    pattern = make_target(commitment, "", 30)
    assert make_instances(ON) == 1
    assert made(commitment, pattern) == ["2022", "2023"]


@pytest.mark.django_db
def test_a_single_target_that_became_a_pattern_gives_its_own_period_too():
    commitment = recurring(period="2022/2025")
    row = make_target(commitment, "2022", 20)
    row.period = "2022/2025"
    row.save()
    assert make_instances(ON) == 2
    assert made(commitment, row) == ["2022", "2023"]


@pytest.mark.django_db
def test_of_two_patterns_the_one_over_the_shorter_time_counts():
    commitment = recurring(period="2021/2025")
    make_target(commitment, "2021/2025", 20)
    make_target(commitment, "2022/2023", 30)
    assert make_instances(ON) == 3
    found = dict(commitment.targets.exclude(period__contains="/").values_list("period", "minimum"))
    assert found == {"2021": 20, "2022": 30, "2023": 30}


@pytest.mark.django_db(transaction=True)
def test_what_another_run_makes_meanwhile_is_not_made_twice(monkeypatch):
    """The other run writes between our look and our writing: the constraint refuses, the rest is made."""
    commitment = recurring(period="2022/2025")
    pattern = make_target(commitment, "", 20)
    look, times = instances.missing, []

    def overtaken(on, keys):
        rows = look(on, keys)
        times.append(len(rows))
        if len(times) == 1:
            make_target(commitment, "2022", 20)
        return rows

    monkeypatch.setattr(instances, "missing", overtaken)
    assert make_instances(ON) == 1
    assert times == [2, 1]
    assert made(commitment, pattern) == ["2022", "2023"]


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_make_everything_once():
    commitments = [recurring("month", period="2020/2025") for _number in range(20)]
    for one in commitments:
        make_target(one, "", 20)
    start, counts, errors = threading.Barrier(2), [], []

    def run():
        try:
            start.wait()
            counts.append(make_instances(ON))
        except Exception as error:  # told below
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _number in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert errors == []
    assert sum(counts) == 20 * 42
    assert Target.objects.count() == 20 * 43
    assert Target.history.count() == 20 * 43


@pytest.mark.django_db(transaction=True)
def test_a_run_that_is_always_overtaken_gives_up_and_says_so(monkeypatch):
    commitment = recurring(period="2022/2025")
    make_target(commitment, "", 20)
    make_instances(ON)
    twice = [Target(commitment=commitment, period="2022", minimum=1)]
    monkeypatch.setattr(instances, "missing", lambda on, keys: twice)
    with pytest.raises(IntegrityError):
        make_instances(ON)


# What is told -----------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_history_tells_that_a_command_made_them():
    commitment = recurring(period="2022/2025")
    pattern = make_target(commitment, "", 20)
    with recording(Route.FORM):
        make_instances(ON)
    rows = Target.history.filter(commitment_id=commitment.pk).exclude(id=pattern.pk)
    assert {(row.history_type, row.route, row.batch) for row in rows} == {("+", "command", None)}
    assert rows.count() == 2


@pytest.mark.django_db
def test_commitments_of_which_no_start_is_known_are_told():
    startless = recurring(agreement=make_agreement())
    make_target(startless, "", 20)
    ending = recurring(period="../2025")
    make_target(ending, "", 20)
    known = recurring(agreement=make_agreement(period="2022/2025"))
    make_target(known, "", 20)
    recurring(agreement=make_agreement())  # says nothing of how much
    later = recurring(period="../2025", made_on="2024")
    make_target(later, "", 20)
    assert set(without_start(ON)) == {startless, ending}


def command(**options):
    out = io.StringIO()
    call_command("make_instances", stdout=out, **options)
    return out.getvalue().splitlines()


@pytest.mark.django_db
def test_the_command_says_how_many_and_for_which_it_cannot():
    commitment = recurring(period="2022/2025")
    make_target(commitment, "", 20)
    startless = recurring(agreement=make_agreement(), code="CK-7")
    make_target(startless, "", 20)
    first, second = command(on="30/6/2023")
    assert first == "Đã lập 2 chỉ tiêu theo kỳ (đến ngày 30/6/2023)."
    assert second.startswith("1 cam kết chưa biết kỳ bắt đầu nên chưa lập được: SNV-X/CK-7. Hãy ghi thời hạn")
    assert command(on="2023-06-30")[0].startswith("Đã lập 0 chỉ tiêu")


@pytest.mark.django_db
def test_the_number_of_queries_does_not_grow_with_the_commitments(django_assert_max_num_queries):
    for _number in range(30):
        make_target(recurring(period="2022/2025"), "", 20)
    with django_assert_max_num_queries(12):
        assert make_instances(ON) == 60
    with django_assert_max_num_queries(4):
        assert make_instances(ON) == 0
