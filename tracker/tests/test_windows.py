"""The windows of period reports: their edges, leap years, the same window a year earlier, what the settings refuse."""

from datetime import date

import pytest

from tracker.reports.windows import Window, begun, latest, named, parsed, year_before
from tracker.tests.test_settings import GOOD, start

HALF, YEAR = Window((12, 15), (6, 14)), Window((12, 15), (12, 14))
WINDOWS = {"H1": HALF, "": YEAR}


def test_the_windows_of_the_decree():
    """Nghị định 09/2019/NĐ-CP: 15/12 of the year before to 14/6, and to 14/12."""
    assert HALF.of(2022) == (date(2021, 12, 15), date(2022, 6, 14))
    assert YEAR.of(2022) == (date(2021, 12, 15), date(2022, 12, 14))
    assert Window((1, 1), (12, 31)).of(2022) == (date(2022, 1, 1), date(2022, 12, 31))


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("15/12-14/6", HALF),
        (" 15/12 – 14/12 ", YEAR),
        ("1/1-30/6", Window((1, 1), (6, 30))),
        ("29/2-28/2", None),
        ("31/4-1/5", None),
        ("15/13-14/12", None),
        ("15-12", None),
        ("", None),
    ],
)
def test_a_window_is_two_days_that_every_year_has(text, window):
    assert parsed(text) == window


def test_a_year_leaves_no_day_out():
    assert YEAR.is_whole_year
    assert not HALF.is_whole_year
    assert not Window((3, 1), (2, 28)).is_whole_year  # 29 February would be in none
    assert HALF.is_part_of(YEAR)
    assert not YEAR.is_part_of(YEAR)
    assert not Window((1, 1), (6, 30)).is_part_of(YEAR)


@pytest.mark.parametrize(
    ("window", "before"),
    [
        ((date(2021, 12, 15), date(2022, 12, 14)), (date(2020, 12, 15), date(2021, 12, 14))),
        ((date(2021, 12, 15), date(2022, 6, 14)), (date(2020, 12, 15), date(2021, 6, 14))),
        # the end of February stays the end of February
        ((date(2024, 2, 1), date(2024, 2, 29)), (date(2023, 2, 1), date(2023, 2, 28))),
        ((date(2025, 2, 1), date(2025, 2, 28)), (date(2024, 2, 1), date(2024, 2, 29))),
        ((date(2024, 2, 29), date(2024, 2, 29)), (date(2023, 2, 28), date(2023, 2, 28))),
        ((date(2024, 2, 29), date(2024, 3, 5)), (date(2023, 3, 1), date(2023, 3, 5))),
        ((date(2024, 3, 1), date(2025, 2, 28)), (date(2023, 3, 1), date(2024, 2, 29))),
    ],
)
def test_the_same_window_a_year_earlier(window, before):
    assert year_before(*window) == before


def test_neighbouring_windows_stay_neighbours_a_year_earlier():
    """Whatever the day on which one ends and the next begins, none is lost and none told twice."""
    for month, day in ((2, 27), (2, 28), (2, 29), (3, 1), (6, 14), (12, 14), (12, 31)):
        end = date(2024, month, day)
        first = year_before(date(2023, 7, 1), end)
        second = year_before(date.fromordinal(end.toordinal() + 1), date(2025, 6, 30))
        assert first[1].toordinal() + 1 == second[0].toordinal(), end


@pytest.mark.parametrize(
    ("today", "found"),
    [
        (date(2022, 6, 13), (2021, "")),
        (date(2022, 6, 14), (2022, "H1")),
        (date(2022, 12, 13), (2022, "H1")),
        (date(2022, 12, 14), (2022, "")),
        (date(2022, 12, 31), (2022, "")),
    ],
)
def test_the_window_that_ended_last(today, found):
    assert latest(WINDOWS, today) == found


def test_windows_are_offered_from_the_day_on_which_they_begin():
    assert begun(WINDOWS, date(2022, 12, 14), 2) == [(2022, "H1"), (2022, ""), (2021, "H1"), (2021, "")]
    assert begun(WINDOWS, date(2022, 12, 15), 1)[:2] == [(2023, "H1"), (2023, "")]


def test_days_that_are_a_window_bear_its_name():
    assert named(WINDOWS, date(2021, 12, 15), date(2022, 6, 14)) == (2022, "H1")
    assert named(WINDOWS, date(2021, 12, 15), date(2022, 12, 14)) == (2022, "")
    assert named(WINDOWS, date(2021, 12, 15), date(2022, 6, 15)) is None


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({"PERIOD_HALF": "nửa"}, "PERIOD_HALF=nửa không hợp lệ: hãy viết ngày đầu và ngày cuối, như 15/12-14/6"),
        ({"PERIOD_YEAR": "29/2-28/2"}, "PERIOD_YEAR=29/2-28/2 không hợp lệ"),
        ({"PERIOD_YEAR": "15/12-13/12"}, "PERIOD_YEAR=15/12-13/12 không tròn một năm"),
        ({"PERIOD_HALF": "1/1-30/6"}, "PERIOD_HALF=1/1-30/6 không nằm ở đầu kỳ năm"),
        ({"PERIOD_YEAR": "1/1-31/12"}, "PERIOD_HALF=15/12-14/6 không nằm ở đầu kỳ năm"),
    ],
)  # fmt: skip
def test_nonsense_is_refused_with_one_sentence(tmp_path, environment, told):
    status, printed = start(tmp_path, **{**GOOD, **environment})
    assert status != 0
    assert told in printed
    assert len(printed.strip().splitlines()) == 1


def test_other_windows_are_taken(tmp_path):
    status, printed = start(tmp_path, **GOOD, PERIOD_HALF="1/1-30/6", PERIOD_YEAR="1/1-31/12")
    assert status == 0, printed
