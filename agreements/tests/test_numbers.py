"""Numbers and amounts in every usual spelling, what is refused, and what is shown."""

import random
import unicodedata
from decimal import Decimal

import pytest
from django.utils.translation import override

from agreements import numbers
from agreements.numbers import NumberError, Quantity


@pytest.fixture(autouse=True)
def _sentences_in_english():
    """Sentences are compared as the source writes them."""
    with override("en"):
        yield


PLAIN = [
    ("0", "0"),
    ("5", "5"),
    ("01", "1"),
    ("1,5", "1.5"),
    ("0,5", "0.5"),
    ("12,25", "12.25"),
    ("1500", "1500"),
    ("1.000.000", "1000000"),
    ("1.000.000,5", "1000000.5"),
    ("1.234.567,89", "1234567.89"),
    ("11.974.405,56", "11974405.56"),
    ("1 000 000", "1000000"),
    ("1\u00a0000\u00a0000", "1000000"),
    ("1\u2009000\u202f000,5", "1000000.5"),
    ("10 500", "10500"),
    ("  1.000.000  ", "1000000"),
    ("1,000,000", "1000000"),
    ("1,000,000.50", "1000000.5"),
    ("1,000.50", "1000.5"),
    ("1.5", "1.5"),  # systems write so; a group of thousands has three digits
    ("1500.00", "1500"),
    ("-5", "-5"),
    ("\u22121.000.000", "-1000000"),
    ("１.０００.０００", "1000000"),
    ("໑.໐໐໐.໐໐໐,໕", "1000000.5"),
    ("9.999.999.999.999,99", "9999999999999.99"),
    ("2 nghìn", "2000"),
    ("2 ngàn", "2000"),
    ("3 vạn", "30000"),
    ("300 triệu", "300000000"),
    ("300tr", "300000000"),
    ("5 trăm triệu", "500000000"),
    ("5 tỷ", "5000000000"),
    ("5 tỉ", "5000000000"),
    ("5tỷ", "5000000000"),
    ("5 TỶ", "5000000000"),
    ("53,7 tỷ", "53700000000"),
    ("12.5 tỷ", "12500000000"),
    ("0,125 tỷ", "125000000"),
    ("2 nghìn tỷ", "2000000000000"),
    ("1 tỷ 200 triệu", "1200000000"),
    ("1 tỷ 200 triệu 500 nghìn", "1200500000"),
    ("1 tỷ 500.000.000", "1500000000"),
    ("-1 tỷ 200 triệu", "-1200000000"),
    ("1 tỷ rưỡi", "1500000000"),
    ("2 million", "2000000"),
]
WITH_WORDS = [
    ("300 triệu đồng", "300000000", "exactly", "đồng"),
    ("1 tỷ 200 triệu đồng", "1200000000", "exactly", "đồng"),
    ("5 ty dong", "5000000000", "exactly", "dong"),
    ("05 (năm) tỷ đồng", "5000000000", "exactly", "đồng"),
    ("300.000.000 đồng (ba trăm triệu đồng)", "300000000", "exactly", "đồng"),
    ("5.000.000.000đ", "5000000000", "exactly", "đ"),
    ("hơn 5 tỷ", "5000000000", "more_than", ""),
    ("trên 5 tỷ đồng", "5000000000", "more_than", "đồng"),
    (">5 tỷ", "5000000000", "more_than", ""),
    ("hon 5 ty", "5000000000", "more_than", ""),
    ("gần 35,4 tỷ", "35400000000", "nearly", ""),
    ("Khoảng 5 tỷ đồng", "5000000000", "about", "đồng"),
    ("trên dưới 10 tỷ", "10000000000", "about", ""),
    ("≈ 35,4 tỷ", "35400000000", "about", ""),
    ("~5", "5", "about", ""),
    ("USD 11.974.405,56", "11974405.56", "exactly", "USD"),
    ("USD 5 triệu", "5000000", "exactly", "USD"),
    ("hơn $500", "500", "more_than", "$"),
    ("5 million USD", "5000000", "exactly", "USD"),
    ("300 ລ້ານກີບ", "300000000", "exactly", "ກີບ"),
    ("໕ ຕື້ ກີບ", "5000000000", "exactly", "ກີບ"),
    ("01 đoàn", "1", "exactly", "đoàn"),
    ("02 máy thở", "2", "exactly", "máy thở"),
    ("02 công ty", "2", "exactly", "công ty"),
    ("05 ti vi", "5", "exactly", "ti vi"),
    ("5 trường", "5", "exactly", "trường"),
    ("100 m²", "100", "exactly", "m2"),
    ("500 N95", "500", "exactly", "N95"),
    ("128 lưu học sinh.", "128", "exactly", "lưu học sinh"),
    ("100 suất (mỗi năm)", "100", "exactly", "suất (mỗi năm)"),
    ("5,25%", "5.25", "exactly", "%"),
]
READ_BOTH_WAYS = [
    ("1.500", "1500", ""),
    ("15.000", "15000", ""),
    ("15.000 khẩu trang", "15000", "khẩu trang"),
    ("200.000 USD", "200000", "USD"),
    ("1.500 tỷ", "1500000000000", ""),
]


@pytest.mark.parametrize(("written", "value"), PLAIN)
def test_a_plain_number_is_read_as_offices_write_it(written, value):
    assert numbers.parse(written) == Quantity(Decimal(value))
    assert numbers.parse(unicodedata.normalize("NFD", written)) == Quantity(Decimal(value))


@pytest.mark.parametrize(("written", "value", "qualifier", "unit"), WITH_WORDS)
def test_the_words_around_a_number_are_kept(written, value, qualifier, unit):
    assert numbers.parse(written) == Quantity(Decimal(value), qualifier, unit)
    assert numbers.parse(unicodedata.normalize("NFD", written)) == Quantity(Decimal(value), qualifier, unit)


@pytest.mark.parametrize(("written", "value", "unit"), READ_BOTH_WAYS)
def test_a_point_and_three_digits_are_thousands_and_said_to_be_ambiguous(written, value, unit):
    assert numbers.parse(written) == Quantity(Decimal(value), "exactly", unit, ambiguous=True)


def test_numbers_of_other_programs_pass_through():
    assert numbers.parse(1500) == Quantity(Decimal(1500))
    assert numbers.parse(1.5) == Quantity(Decimal("1.5"))
    assert numbers.parse(11974405.56) == Quantity(Decimal("11974405.56"))
    assert numbers.parse(Decimal("1500.00")).value.as_tuple() == Decimal(1500).as_tuple()
    assert str(numbers.parse(-0.0).value) == str(numbers.parse("-0").value) == "0"


TOO_LONG = "at most 13 digits before the comma and 2 behind it: round it."
NO_NUMBER = "is no number: write 1.500.000, 1.500.000,5 or 300 triệu."


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        (
            "200,000",
            "“200,000” reads both ways: write 200.000 if the comma parts thousands; "
            "if it begins decimals, write one or two of them, or the whole amount in digits.",
        ),
        ("1 tỷ 200", "“1 tỷ 200” reads both ways: write it in digits, as 1.200.000.000."),
        ("9" * 30, f"“{'9' * 30}”: {TOO_LONG}"),
        ("10.000.000.000.000", f"“10.000.000.000.000”: {TOO_LONG}"),
        ("20 nghìn tỷ", f"“20 nghìn tỷ”: {TOO_LONG}"),
        ("0,005", f"“0,005”: {TOO_LONG}"),
        ("1.000,125", f"“1.000,125”: {TOO_LONG}"),
        ("ba triệu", f"“ba triệu” {NO_NUMBER}"),
        ("", f"“” {NO_NUMBER}"),
        ("x" * 100_000, f"“{'x' * 39}…” is too long for a number: write 1.500.000 or 300 triệu."),
        ("1" * 100_000, f"“{'1' * 39}…” is too long for a number: write 1.500.000 or 300 triệu."),
    ],
)
def test_what_cannot_be_read_is_refused_with_one_sentence(written, sentence):
    with pytest.raises(NumberError) as refused:
        numbers.parse(written)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    "written",
    [
        "1e5", "1E+5", "1 e5", "NaN", "Infinity", "0x10", "1_000", "   ", "triệu", "hàng chục", "--5", "%d",
        "200,000 USD", "35,125 tỷ", "1,00,000", "1.00.000", "1.000.00", "1..5", "1,,5", "1.2345", "01.500",
        "5-7 triệu", "5 – 7 triệu", "5 đến 7 triệu", "5 tỷ đến 7 tỷ", "5 và 7", "5, 7", "5/7", "2x5",
        "5 tỷ đồng và 2 triệu USD", "200 triệu 1 tỷ", "5 tỷ 5 tỷ", "5 USD triệu", "USD 500 đồng", "500abc3",
        "5 ti dong", "5 ngan", "500k", "5 bn USD", "dưới 5 tỷ", "<5 tỷ", "2022 500", "100\n200",
        float("nan"), float("inf"), Decimal("NaN"), 1e300, 10**5000, 0.125, True, None, ["5"],
    ],
    ids=lambda written: str(written)[:20] if isinstance(written, str) else type(written).__name__,
)  # fmt: skip
def test_nothing_is_guessed(written):
    with pytest.raises(NumberError):
        numbers.parse(written)


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (None, None, ""),
        (0, None, "0"),
        (1500000, None, "1.500.000"),
        (Decimal("1500000.50"), None, "1.500.000,5"),
        (Decimal("1500.00"), None, "1.500"),
        (Decimal("1E+3"), None, "1.000"),
        (Decimal("999.99"), None, "999,99"),
        (1.5, None, "1,5"),
        (-1500, None, "-1.500"),
        (5, 2, "5,00"),
        (Decimal("66.666666"), 1, "66,7"),
        (Decimal("2.5"), 0, "3"),
        (Decimal("-0.001"), None, "0"),
    ],
)
def test_a_number_is_shown_as_offices_write_it(value, decimals, shown):
    assert numbers.display(value, decimals) == shown


def test_what_is_shown_reads_back_to_the_same_value():
    chance = random.Random(2022)
    for _time in range(3000):
        value = Decimal(chance.randrange(10 ** chance.randrange(1, 14))).scaleb(-chance.randrange(3))
        assert numbers.parse(numbers.display(value)).value == value


@pytest.mark.parametrize(
    ("value", "short"),
    [
        ("5000000000", "5 tỷ"),
        ("5250000000", "5,25 tỷ"),
        ("300000000", "300 triệu"),
        ("5123400000", "5.123,4 triệu"),
        ("5123456789", ""),  # never rounded
        ("999000", ""),
    ],
)
def test_round_amounts_are_short(value, short):
    with override("vi"):
        assert numbers.scaled(Decimal(value)) == short
