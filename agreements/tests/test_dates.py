"""Dates in every usual spelling, their bounds, what is refused, and what is shown."""

import random
import unicodedata
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.translation import override

from agreements import dates
from agreements.dates import DateError, Edtf


@pytest.fixture(autouse=True)
def _sentences_in_english():
    """Sentences are compared as the source writes them."""
    with override("en"):
        yield


POINTS = [
    ("27/8/2022", "2022-08-27", "2022-08-27", "2022-08-27"),
    ("27/08/2022", "2022-08-27", "2022-08-27", "2022-08-27"),
    ("5/6/2026", "2026-06-05", "2026-06-05", "2026-06-05"),  # never 6 May
    ("27-08-2022", "2022-08-27", "2022-08-27", "2022-08-27"),
    ("27 - 8 - 2022", "2022-08-27", "2022-08-27", "2022-08-27"),
    ("27–8–2022", "2022-08-27", "2022-08-27", "2022-08-27"),
    ("27.8.2022", "2022-08-27", "2022-08-27", "2022-08-27"),
    (" 27 / 8 / 2022. ", "2022-08-27", "2022-08-27", "2022-08-27"),
    ("27/8/[2022]", "2022?-08-27", "2022-08-27", "2022-08-27"),
    ("[27/8/2022]", "2022-08-27?", "2022-08-27", "2022-08-27"),
    ("ngày 27 tháng 8 năm 2022", "2022-08-27", "2022-08-27", "2022-08-27"),
    ("Ngày 02 tháng 9 năm [2022]", "2022?-09-02", "2022-09-02", "2022-09-02"),
    ("NGÀY 27 THÁNG 8 NĂM 2022", "2022-08-27", "2022-08-27", "2022-08-27"),
    ("ngay 27 thang 8 nam 2022", "2022-08-27", "2022-08-27", "2022-08-27"),
    ("ngày\u00a027\u00a0tháng 8\nnăm 2022", "2022-08-27", "2022-08-27", "2022-08-27"),
    ("ngày mùng 2 tháng 9 năm 2022", "2022-09-02", "2022-09-02", "2022-09-02"),
    ("27 tháng 8, 2022", "2022-08-27", "2022-08-27", "2022-08-27"),
    ("27 tháng Tám năm 2022", "2022-08-27", "2022-08-27", "2022-08-27"),
    ("27/8 năm 2022", "2022-08-27", "2022-08-27", "2022-08-27"),
    ("ngày 27/8/2022", "2022-08-27", "2022-08-27", "2022-08-27"),
    ("２７／８／２０２２", "2022-08-27", "2022-08-27", "2022-08-27"),
    ("໒໗/໘/໒໐໒໒", "2022-08-27", "2022-08-27", "2022-08-27"),
    ("2022-08-27", "2022-08-27", "2022-08-27", "2022-08-27"),
    ("2022/08/27", "2022-08-27", "2022-08-27", "2022-08-27"),
    ("2022-08-27T23:59:59.5+07:00", "2022-08-27", "2022-08-27", "2022-08-27"),
    ("2022-08-27 00:00:00", "2022-08-27", "2022-08-27", "2022-08-27"),
    ("27/08/2022 00:00", "2022-08-27", "2022-08-27", "2022-08-27"),
    ("2022?-08-27", "2022?-08-27", "2022-08-27", "2022-08-27"),
    ("2022-08-27?", "2022-08-27?", "2022-08-27", "2022-08-27"),
    ("[2022?-08-27]", "2022-08-27?", "2022-08-27", "2022-08-27"),
    ("29/2/2024", "2024-02-29", "2024-02-29", "2024-02-29"),
    ("tháng 8/2022", "2022-08", "2022-08-01", "2022-08-31"),
    ("tháng 8 năm 2022", "2022-08", "2022-08-01", "2022-08-31"),
    ("trong tháng 02/2024", "2024-02", "2024-02-01", "2024-02-29"),
    ("Tháng Mười Một năm 2022", "2022-11", "2022-11-01", "2022-11-30"),
    ("tháng năm năm 2022", "2022-05", "2022-05-01", "2022-05-31"),
    ("Thg 8 2022", "2022-08", "2022-08-01", "2022-08-31"),
    ("T8/2022", "2022-08", "2022-08-01", "2022-08-31"),
    ("8/2022", "2022-08", "2022-08-01", "2022-08-31"),
    ("8-2022", "2022-08", "2022-08-01", "2022-08-31"),
    ("2022-08", "2022-08", "2022-08-01", "2022-08-31"),
    ("8/[2022]", "2022?-08", "2022-08-01", "2022-08-31"),
    ("2022?-08", "2022?-08", "2022-08-01", "2022-08-31"),
    ("[8/2022]", "2022-08?", "2022-08-01", "2022-08-31"),
    ("năm 2022", "2022", "2022-01-01", "2022-12-31"),
    ("2022", "2022", "2022-01-01", "2022-12-31"),
    ("[2022]", "2022?", "2022-01-01", "2022-12-31"),
    ("2022?", "2022?", "2022-01-01", "2022-12-31"),
    ("1900", "1900", "1900-01-01", "1900-12-31"),
    ("31/12/2200", "2200-12-31", "2200-12-31", "2200-12-31"),
]
PERIODS = [
    ("2022-2025", "2022/2025", "2022-01-01", "2025-12-31"),
    ("2022 – 2025", "2022/2025", "2022-01-01", "2025-12-31"),
    ("2022—2025", "2022/2025", "2022-01-01", "2025-12-31"),
    ("2022/2025", "2022/2025", "2022-01-01", "2025-12-31"),
    ("giai đoạn 2022–2025", "2022/2025", "2022-01-01", "2025-12-31"),
    ("Giai đoạn: 2022 - 2025", "2022/2025", "2022-01-01", "2025-12-31"),
    ("nhiệm kỳ 2020 - 2025", "2020/2025", "2020-01-01", "2025-12-31"),
    ("từ năm 2022 đến hết năm 2025", "2022/2025", "2022-01-01", "2025-12-31"),
    ("từ 2022-2025", "2022/2025", "2022-01-01", "2025-12-31"),
    ("[2022]–2025", "2022?/2025", "2022-01-01", "2025-12-31"),
    ("[2022–2025]", "2022?/2025?", "2022-01-01", "2025-12-31"),
    ("11/2019–2021", "2019-11/2021", "2019-11-01", "2021-12-31"),
    ("2019-11/2021", "2019-11/2021", "2019-11-01", "2021-12-31"),
    ("2019–11/2021", "2019/2021-11", "2019-01-01", "2021-11-30"),
    ("2019 - 11/2021", "2019/2021-11", "2019-01-01", "2021-11-30"),
    ("từ tháng 11/2019 đến năm 2021", "2019-11/2021", "2019-11-01", "2021-12-31"),
    ("từ tháng 8/2022 đến hết năm 2022", "2022-08/2022", "2022-08-01", "2022-12-31"),
    ("4/2022–4/11/[2022]", "2022-04/2022?-11-04", "2022-04-01", "2022-11-04"),
    ("2022-04/2022?-11-04", "2022-04/2022?-11-04", "2022-04-01", "2022-11-04"),
    ("01/01/2022 - 31/12/2024", "2022-01-01/2024-12-31", "2022-01-01", "2024-12-31"),
    ("27-8-2022 - 2-9-2022", "2022-08-27/2022-09-02", "2022-08-27", "2022-09-02"),
    ("2022-08-27/2022-08-29", "2022-08-27/2022-08-29", "2022-08-27", "2022-08-29"),
    ("27–29/8/2022", "2022-08-27/2022-08-29", "2022-08-27", "2022-08-29"),
    ("27-29/8/[2022]", "2022?-08-27/2022?-08-29", "2022-08-27", "2022-08-29"),
    ("27-29 tháng 8 năm 2022", "2022-08-27/2022-08-29", "2022-08-27", "2022-08-29"),
    ("từ ngày 27 đến ngày 29/8/2022", "2022-08-27/2022-08-29", "2022-08-27", "2022-08-29"),
    ("từ 27/8 đến 02/9/2022", "2022-08-27/2022-09-02", "2022-08-27", "2022-09-02"),
    ("[27–29/8/2022]", "2022-08-27?/2022-08-29?", "2022-08-27", "2022-08-29"),
    ("8–10/2022", "2022-08/2022-10", "2022-08-01", "2022-10-31"),
    ("từ tháng 8 đến tháng 10 năm 2022", "2022-08/2022-10", "2022-08-01", "2022-10-31"),
    ("quý II/2022", "2022-04/2022-06", "2022-04-01", "2022-06-30"),
    ("Quí 3 năm 2022", "2022-07/2022-09", "2022-07-01", "2022-09-30"),
    ("quý IV/[2022]", "2022?-10/2022?-12", "2022-10-01", "2022-12-31"),
    ("6 tháng đầu năm 2022", "2022-01/2022-06", "2022-01-01", "2022-06-30"),
    ("sáu tháng cuối năm [2022]", "2022?-07/2022?-12", "2022-07-01", "2022-12-31"),
    ("9 tháng đầu năm 2022", "2022-01/2022-09", "2022-01-01", "2022-09-30"),
]
OPEN = [
    ("từ 1/7/2025", "2025-07-01/..", "2025-07-01", None),
    ("kể từ ngày 01/7/2025 trở đi", "2025-07-01/..", "2025-07-01", None),
    ("2025-07-01/..", "2025-07-01/..", "2025-07-01", None),
    ("từ tháng 11/2019 đến nay", "2019-11/..", "2019-11-01", None),
    ("2022–nay", "2022/..", "2022-01-01", None),
    ("từ [27/8/2022]", "2022-08-27?/..", "2022-08-27", None),
    ("đến 31/12/2024", "../2024-12-31", None, "2024-12-31"),
    ("cho đến hết năm 2024", "../2024", None, "2024-12-31"),
    ("../2024-12-31", "../2024-12-31", None, "2024-12-31"),
]


def day(text):
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(("written", "text", "first", "last"), POINTS + PERIODS + OPEN)
def test_every_usual_spelling_has_one_text_and_two_bounds(written, text, first, last):
    assert dates.parse(written) == Edtf(text, day(first), day(last))
    assert dates.parse(unicodedata.normalize("NFD", written)).text == text
    assert dates.parse(text).text == text
    assert dates.bounds(text) == (day(first), day(last))


def test_nothing_is_an_empty_date():
    for nothing in ("", "  ", "\u00a0", None):
        assert dates.parse(nothing) == Edtf("")
    assert not dates.parse("")
    assert dates.parse("2022")
    assert dates.bounds("") == (None, None)
    assert dates.display("") == ""


def test_dates_and_years_of_other_programs_pass_through():
    assert dates.parse(date(2022, 8, 27)).text == "2022-08-27"
    assert dates.parse(datetime(2022, 8, 27, 23, 30, tzinfo=UTC)).text == "2022-08-27"
    assert dates.parse(datetime(2022, 8, 27, 1, 2, 3, 456)).text == "2022-08-27"
    assert dates.parse(2022).text == "2022"
    assert dates.parse(2022.0).text == "2022"
    with pytest.raises(DateError):
        dates.parse(date(1, 1, 1))


@pytest.mark.parametrize(
    ("written", "precision", "inferred"),
    [
        ("27/8/2022", "day", False),
        ("27/8/[2022]", "day", True),
        ("[27/8/2022]", "day", True),
        ("8/2022", "month", False),
        ("2022", "year", False),
        ("[2022]", "year", True),
        ("2022–2025", "period", False),
        ("2022–[2025]", "period", True),
        ("từ 2022", "period", False),
        ("", "", False),
    ],
)
def test_precision_and_inference_are_read_from_the_text(written, precision, inferred):
    found = dates.parse(written)
    assert (found.precision, found.inferred) == (precision, inferred)


def days_of(year):
    first = date(year, 1, 1)
    return [first + timedelta(n) for n in range((date(year + 1, 1, 1) - first).days)]


def test_every_day_of_a_leap_year_is_read_right_in_six_spellings():
    year = days_of(2024)
    assert len(year) == 366
    for one in year:
        for written in (
            f"{one.day}/{one.month}/2024",
            f"{one:%d/%m/%Y}",
            f"{one:%d-%m-%Y}",
            f"{one.day}.{one.month}.2024",
            f"ngày {one.day} tháng {one.month} năm 2024",
            f"{one:%Y-%m-%d}",
        ):
            assert dates.parse(written) == Edtf(one.isoformat(), one, one), written


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("30/2/2022", "“30/2/2022”: month 2 of 2022 has no day 30; correct the day or the month."),
        ("29/2/2023", "“29/2/2023”: month 2 of 2023 has no day 29; correct the day or the month."),
        ("0/8/2022", "“0/8/2022”: month 8 of 2022 has no day 0; correct the day or the month."),
        ("13/2022", "“13/2022”: there is no month 13; write day/month/year."),
        ("12/31/2022", "“12/31/2022”: there is no month 31; write day/month/year."),
        ("0/2022", "“0/2022”: there is no month 0; write day/month/year."),
        ("27/8/22", "“27/8/22”: write the year with four digits."),
        ("27.08.22", "“27.08.22”: write the year with four digits."),
        ("2010–12", "“2010–12”: write the year with four digits."),
        ("27/8", "“27/8” has no year: add it, in brackets if it is inferred, as 27/8/[2022]."),
        (
            "ngày 27 tháng 8",
            "“ngày 27 tháng 8” has no year: add it, in brackets if it is inferred, as 27/8/[2022].",
        ),
        ("2025-2022", "“2025-2022” ends before it begins: check both dates."),
        ("27/12–2/1/2023", "“27/12–2/1/2023” ends before it begins: check both dates."),
        (
            "30/2/2022 - 5/3/2022",
            "“30/2/2022 - 5/3/2022”: month 2 of 2022 has no day 30; correct the day or the month.",
        ),
        ("1899", "“1899”: a year between 1900 and 2200 is expected."),
        ("27/8/2565", "“27/8/2565”: a year between 1900 and 2200 is expected."),
        ("sắp tới", "“sắp tới” is no date: write 27/8/2022, 8/2022, 2022 or 2022–2025."),
        (
            "x" * 100_000,
            f"“{'x' * 39}…” is too long for a date: write 27/8/2022, 8/2022 or 2022–2025.",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_one_sentence(written, sentence):
    with pytest.raises(DateError) as refused:
        dates.parse(written)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    "written",
    [
        "ngày tháng năm 2022",  # a form left empty
        "tháng năm 2022",
        "ngày 8/2022",
        "ngày 8-10/2022",
        "cuối năm 2022",
        "khoảng 2022",
        "27/[8]/2022",
        "[27/8/2022",
        "27/8/2022]",
        "27/8/2022 và 29/8/2022",
        "2022-2025-2027",
        "2022-08-27 1:x",
        "quý V/2022",
        "13 tháng đầu năm 2022",
        "từ ngày ký",
        "đến",
        "../..",
        "/2022",
        "2022/",
        "44800",
        "20220827",
        "1.500",
        "2022-",
        "-2022",
        "[]",
        "[[2022]]x",
        "%(value)s",
    ],
)
def test_nothing_is_guessed(written):
    with pytest.raises(DateError):
        dates.parse(written)


def test_a_period_is_refused_where_one_date_is_asked():
    for written, *_rest in POINTS:
        assert dates.parse(written, periods=False)
    for written, *_rest in PERIODS + OPEN:
        with pytest.raises(DateError, match="is a period: write a single date here"):
            dates.parse(written, periods=False)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2022-08-27", "27/8/2022"),
        ("2022?-08-27", "27/8/[2022]"),
        ("2022-08-27?", "[27/8/2022]"),
        ("2022-08", "8/2022"),
        ("2022?-08", "8/[2022]"),
        ("2022", "2022"),
        ("2022?", "[2022]"),
        ("2019-11/2021", "11/2019–2021"),
        ("2019/2021-11", "2019–11/2021"),
        ("2022-04/2022?-11-04", "4/2022–4/11/[2022]"),
        ("../2024-12-31", "đến 31/12/2024"),
        ("2025-07-01/..", "từ 1/7/2025"),
        ("sắp tới", "sắp tới"),  # no EDTF: as it is
        ("27/8/2022", "27/8/2022"),
    ],
)
def test_a_date_is_shown_as_offices_write_it(text, shown):
    assert dates.display(text) == shown


def any_point(chance):
    one = date(1900, 1, 1) + timedelta(chance.randrange(109_000))
    length = chance.choice([4, 7, 10])
    text = one.isoformat()[:length]
    form = chance.randrange(3)
    return text if form == 0 else f"{text}?" if form == 1 else f"{text[:4]}?{text[4:]}"


def any_text(chance):
    begin, end = sorted((any_point(chance), any_point(chance)))
    return chance.choice([begin, f"{begin}/{end}", f"{begin}/..", f"../{end}"])


def test_what_is_shown_reads_back_to_the_same_text():
    chance, read = random.Random(2022), 0
    for _time in range(3000):
        text = any_text(chance)
        try:
            found = dates.parse(text)
        except DateError:  # sorted as text, two ends of one year may be the wrong way round
            continue
        read += 1
        assert found.text == text
        assert dates.parse(dates.display(text)) == found, text
        if "/" in text:
            assert found.first is None or found.last is None or found.first <= found.last
    assert read > 2900


def test_every_pair_of_precisions_reads_back():
    ends = ["2019", "2019?", "2019-05", "2019?-05", "2019-05?", "2019-05-06", "2019?-05-06", "2019-05-06?"]
    for begin in ends:
        for end in (end.replace("2019", "2021") for end in ends):
            text = f"{begin}/{end}"
            assert dates.parse(dates.display(text)).text == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022-08-27", "certain"),
        ("2022", "certain"),
        ("2022-01-01", "certain"),
        ("2022-12-31", "certain"),
        ("2021-12-31", "outside"),
        ("2023", "outside"),
        ("2021/2022", "possible"),
        ("2022-12/2023-01", "possible"),
        ("../2022-06-30", "possible"),
        ("../2021", "outside"),
        ("2022-07-01/..", "possible"),
        ("2023/..", "outside"),
        ("", "undated"),
    ],
)
def test_a_date_is_certainly_possibly_or_not_in_2022(text, expected):
    assert dates.relation(*dates.bounds(text), date(2022, 1, 1), date(2022, 12, 31)) == expected


def test_a_question_may_have_an_open_end():
    since_2022 = date(2022, 1, 1), None
    assert dates.relation(*dates.bounds("2022-07-01/.."), *since_2022) == "certain"
    assert dates.relation(*dates.bounds("../2022"), *since_2022) == "possible"
    assert dates.relation(*dates.bounds("2021"), *since_2022) == "outside"
    assert dates.relation(*dates.bounds("2021"), None, None) == "certain"


def test_stretches_that_share_one_day_overlap():
    one, two, three = date(2022, 1, 1), date(2022, 1, 2), date(2022, 1, 3)
    assert dates.overlaps(one, two, two, three)
    assert not dates.overlaps(one, one, two, three)
    assert dates.overlaps(None, two, one, None)
    assert dates.overlaps(three, three, one, None)
    assert dates.overlaps(None, None, two, two)
    assert dates.within(one, two, one, two)
    assert not dates.within(one, None, one, three)
    assert dates.within(one, None, one, None)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("27/8/2022", date(2022, 8, 27)),
        ("ngày 27 tháng 8 năm 2022", date(2022, 8, 27)),
        ("", None),
        (None, None),
    ],
)
def test_one_day_is_read_in_every_spelling(text, day):
    assert dates.one_day(text) == day


@pytest.mark.parametrize("text", ["8/2022", "2022", "[27/8/2022]", "27/8/[2022]", "27–29/8/2022", "27/8"])
def test_one_day_is_certain(text):
    with pytest.raises(DateError):
        dates.one_day(text)
