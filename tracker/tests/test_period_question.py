"""What a reader asks of the period report: a window by its name or its days; nonsense is refused."""

from datetime import date

import pytest

from tracker.reports import writers
from tracker.reports.windows import parsed
from tracker.tests.test_period_report import TODAY, asked, question

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("wanted", "days", "words"),
    [
        ({"period": "2022"}, ("2021-12-15", "2022-12-14"), "năm 2022"),
        ({"period": "2022-H1"}, ("2021-12-15", "2022-06-14"), "6 tháng đầu năm 2022"),
        ({"begin": "1/3/2022", "end": "31/3/2022"}, ("2022-03-01", "2022-03-31"), ""),
        ({"begin": "15/12/2021", "end": "14/12/2022"}, ("2021-12-15", "2022-12-14"), "năm 2022"),
        (
            {"period": "2022", "begin": "1/3/2022"},
            ("2022-03-01", "2023-06-20"),
            "",
        ),  # what is typed goes first
        ({"period": "2022-H1", "begin": "1/1/2022", "end": "31/3/2022"}, ("2022-01-01", "2022-03-31"), ""),
        ({"end": "31/3/2022"}, ("2021-12-15", "2022-03-31"), ""),
        ({"begin": "1/3/2023"}, ("2023-03-01", "2023-06-20"), ""),
        ({}, ("2022-12-15", "2023-06-14"), "6 tháng đầu năm 2023"),  # what ended last
    ],
)
def test_the_reader_names_a_window_or_its_days(wanted, days, words):
    found = question(**wanted)
    assert found.is_valid
    assert (found.begin.isoformat(), found.end.isoformat()) == days
    assert found.called == words


def test_typed_days_stay_in_their_boxes_beside_a_period_that_the_page_showed(reader):
    page = reader.get("/reports/period/", {"period": "2022-H1", "begin": "1/1/2022", "end": "31/3/2022"})
    text = page.content.decode()
    assert 'value="1/1/2022"' in text
    assert 'value="31/3/2022"' in text
    assert '<option value="" selected>' in text
    assert "Kỳ báo cáo: theo ngày đã ghi, không theo 6 tháng đầu năm 2022" in text


def test_a_window_that_is_not_over_ends_today_and_says_so():
    table = asked(period="2023")
    assert (table.begin, table.as_of) == (date(2022, 12, 15), TODAY)
    assert ("Kỳ báo cáo", "năm 2023, chưa hết kỳ: đến 20/6/2023") in table.conditions
    assert writers.shown(table.notes[0]) == "Cùng kỳ năm trước: từ 15/12/2021 đến 20/6/2022."


@pytest.mark.parametrize(
    "wanted", [{"period": "2099"}, {"period": "x"}, {"begin": "2/2/2022", "end": "1/2/2022"}]
)
def test_a_window_that_is_none_is_refused(wanted, reader):
    assert not question(**wanted).is_valid
    assert reader.get("/reports/period/", wanted).status_code == 400


def test_other_windows_are_settings(settings):
    settings.PERIOD_HALF, settings.PERIOD_YEAR = parsed("1/1-30/6"), parsed("1/1-31/12")
    assert (question(period="2022-H1").begin, question(period="2022").end) == (
        date(2022, 1, 1),
        date(2022, 12, 31),
    )
