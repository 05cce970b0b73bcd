"""Dates and numbers as they are typed into forms."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from agreements import forms

DAYS = [date(2024, 1, 1) + timedelta(days=number) for number in range(366)]
SPELLINGS = [
    lambda day: f"{day.day}/{day.month}/{day.year}",
    lambda day: f"{day:%d/%m/%Y}",
    lambda day: f"{day:%d-%m-%Y}",
    lambda day: f"ngày {day.day} tháng {day.month} năm {day.year}",
    lambda day: f"{day:%Y-%m-%d}",
]


@pytest.mark.parametrize("spelling", range(len(SPELLINGS)))
def test_366_days_are_read_right_in_each_spelling(spelling):
    field = forms.EdtfField()
    wrong = [day for day in DAYS if field.clean(SPELLINGS[spelling](day)) != day.isoformat()]
    assert wrong == []


def test_a_date_is_shown_day_first_and_unchanged_when_sent_back():
    field = forms.EdtfField(period=True, required=False)
    for stored, shown in {
        "2022-08-27": "27/8/2022",
        "2022?-08-27": "27/8/[2022]",
        "2019-11/2021": "11/2019–2021",
        "2022-04/2022?-11-04": "4/2022–4/11/[2022]",
        "../2024-12-31": "đến 31/12/2024",
        "2025-07-01/..": "từ 1/7/2025",
        "": "",
    }.items():
        assert field.prepare_value(stored) == shown
        assert field.clean(shown) == stored
        assert not field.has_changed(stored, shown)


def test_a_period_is_refused_where_one_day_is_asked():
    with pytest.raises(ValidationError) as caught:
        forms.EdtfField().clean("2022–2025")
    assert "2022–2025" in caught.value.messages[0]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1500000", "1500000"),
        ("1.500.000", "1500000"),
        ("1 500 000", "1500000"),
        ("1.500", "1500"),
        ("1.500,5", "1500.5"),
        ("0", "0"),
        ("300 triệu", "300000000"),
        ("53,7 tỷ", "53700000000"),
        ("5 tỉ", "5000000000"),
        ("2 nghìn", "2000"),
    ],
)
def test_amounts_are_read_as_offices_write_them(typed, number):
    assert forms.QuantityField(max_digits=15, decimal_places=2).clean(typed) == Decimal(number)


def test_a_million_and_a_half_is_shown_with_points():
    field = forms.QuantityField()
    assert field.prepare_value(Decimal("1500000.00")) == "1.500.000"
    assert not field.has_changed(Decimal("1500000.00"), "1.500.000")


@pytest.mark.parametrize("typed", ["hơn 5 tỷ", "300 triệu đồng", "abc", "9" * 30])
def test_what_is_more_or_less_than_a_number_is_refused_not_guessed(typed):
    with pytest.raises(ValidationError):
        forms.QuantityField().clean(typed)


def test_a_count_is_a_whole_number():
    field = forms.CountField(required=False)
    assert field.clean("1.500") == 1500
    assert field.clean("") is None
    with pytest.raises(ValidationError):
        field.clean("2,5")


IMPOSSIBLE = [
    (30, 2, 2024), (29, 2, 2023), (31, 4, 2024), (31, 6, 2024), (31, 9, 2024), (31, 11, 2024),
    (32, 1, 2024), (0, 1, 2024), (1, 13, 2024), (1, 0, 2024), (99, 99, 9999), (15, 6, 0),
]  # fmt: skip
WRITTEN = [
    "{0}/{1}/{2:04}",
    "{0:02}-{1:02}-{2:04}",
    "{0}.{1}.{2:04}",
    "ngày {0} tháng {1} năm {2:04}",
    "{2:04}-{1:02}-{0:02}",
]


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("day", IMPOSSIBLE, ids=str)
def test_a_day_that_is_not_is_refused_in_each_spelling(written, day):
    with pytest.raises(ValidationError):
        forms.EdtfField().clean(written.format(*day))
