"""Aid: promised, delivered, outstanding; units, currencies, parts and certainty kept apart."""

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.history import Route, recording
from agreements.models import Succession
from agreements.tests.builders import (
    make_agreement,
    make_commitment,
    make_document,
    make_place,
    make_target,
    make_term,
)
from delegations.models import DeliveryRole, VisitCitation
from delegations.tests.builders import contribute, make_delivery, make_line
from tracker.progress.instances import make_instances
from tracker.reports import html, writers
from tracker.reports.aid import aid
from tracker.reports.aid_question import AidQuestion

pytestmark = pytest.mark.django_db
TODAY = date(2023, 6, 30)


def asked(**given):
    return aid(AidQuestion({name: str(value) for name, value in given.items()}, TODAY))


def table(report, key):
    return next(one for one in (report, *report.below) if one.key == key)


def rows(one, *keys):
    """Rows of a table as shown, only these columns."""
    places = [[column.key for column in one.columns].index(key) for key in keys]
    return [tuple(writers.shown(row[place].value) for place in places) for row in one.rows]


def totals(report):
    return rows(report, "way", "certainty", "item", "total", "lines")


def refused(**given):
    question = AidQuestion(given, TODAY)
    assert not question.is_valid
    return [error for field in question.fields for error in field.errors]


GIVEN, RECEIVED = "Hỗ trợ cho bạn", "Hỗ trợ nhận được"


# What recurs -------------------------------------------------------------------------------------
def yearly(period="2022/2025", agreed="2022/2025"):
    unit = make_term("unit", "scholarship", "suất")
    agreement = make_agreement(signed_on="2022-01-01", period=agreed)
    made = make_commitment(
        agreement, [make_place()], kind="per_period", every="year", unit=unit, period=period
    )
    make_target(made, period, Decimal(20))
    return made


PROMISED = [  # on 30/6/2023
    ("2022/2025", "2022/2025", "80 suất"),
    ("2022/2023", "2022/2025", "40 suất"),
    ("2022/..", "2022/..", "40 suất"),  # without an end: 2022 and 2023
    ("2024/2025", "2022/2025", "40 suất"),
]


@pytest.mark.parametrize(("period", "agreed", "expected"), PROMISED)
@pytest.mark.parametrize("made_on", [None, date(2022, 1, 15), date(2023, 6, 30), date(2030, 6, 30)])
def test_what_recurs_is_promised_alike_whenever_its_targets_are_made(period, agreed, expected, made_on):
    yearly(period, agreed)
    if made_on:
        make_instances(made_on)
    assert rows(table(asked(), "aid-promised"), "promised") == [(expected,)]


def test_a_year_that_an_officer_changed_or_took_out_is_promised_as_it_is():
    """2022: 20, 2023: 15 in place of 20, 2024: not any more, 2025: 20, not made yet."""
    promise = yearly()
    make_instances(date(2024, 6, 30))
    changed = promise.targets.get(period="2023")
    changed.minimum = Decimal(15)
    changed.save()
    with recording(Route.FORM):
        promise.targets.get(period="2024").delete()
    assert rows(table(asked(), "aid-promised"), "promised") == [("55 suất",)]


# Money and rates ---------------------------------------------------------------------------------
def money(amount, currency="VND", held="2022-05-26", **facts):
    delivery = make_delivery(held)
    return make_line(delivery, "cash", amount=Decimal(amount), currency=currency, **facts)


def test_currencies_are_never_added_without_a_rate():
    money(1000), money(5, "USD"), money(7, "LAK")
    assert [row[2:4] for row in totals(asked())] == [
        ("LAK", "7 LAK"),
        ("USD", "5 USD"),
        ("VND", "1.000 VND"),
    ]
    assert any("LAK, USD" in writers.shown(note) for note in asked().notes)


def test_a_stated_rate_converts_and_is_printed_with_its_day():
    """5 USD × 25.000 + 10 LAK × 1,25 (12,5 → 13) + 1.000 = 126.013; 3 THB stay apart."""
    money(1000), money(5, "USD"), money(10, "LAK"), money(3, "THB")
    report = asked(rates="USD=25.000; LAK=1,25", rates_on="1/6/2023")
    words = "1 USD = 25.000 VND; 1 LAK = 1,25 VND (tỷ giá ngày 1/6/2023)"
    assert ("quy đổi ra VND", "126.013 VND") in [row[2:4] for row in totals(report)]
    assert any(words in writers.shown(note) for note in report.notes)
    assert words in [text for _label, text in report.conditions]
    assert "THB" in next(writers.shown(row[6]) for row in report.rows if "quy đổi" in writers.shown(row[3]))
    converted = rows(table(report, "aid-rows"), "amount", "currency", "converted")
    assert converted == [
        ("1.000 VND", "VND", "1.000"),
        ("5 USD", "USD", "125.000"),
        ("10 LAK", "LAK", "13"),
        ("3 THB", "THB", "—"),
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("USD", "không phải tỷ giá"),
        ("USD=", "không phải tỷ giá"),
        ("USD=0", "lớn hơn 0"),
        ("USD=-5", "lớn hơn 0"),
        ("USD=2.5", "lớn hơn 0"),
        ("USD=1;USD=2", "hai tỷ giá"),
        ("VND=1", "không cần tỷ giá"),
        ("XYZ=5", "không phải loại tiền"),
    ],
)
def test_a_rate_that_cannot_be_read_is_one_sentence(text, sentence):
    make_term("currency", "USD")
    found = refused(rates=text, rates_on="1/1/2023")
    assert len(found) == 1
    assert sentence in found[0]


def test_rates_need_their_day():
    make_term("currency", "USD")
    assert refused(rates="USD=25.000") == ["Tỷ giá cần ngày áp dụng: hãy ghi ngày, ví dụ 30/6/2023."]


def test_more_than_five_billion_stays_more_than():
    money(5_000_000_000, amount_is="more_than")
    assert totals(asked())[0][3] == "hơn 5 tỷ đồng"
    assert rows(table(asked(), "aid-rows"), "amount") == [("hơn 5 tỷ đồng",)]  # one sum is written one way
    assert "5.000.000.000" not in html.page(table(asked(), "aid-rows"))["body"]


# What counts -------------------------------------------------------------------------------------
def test_planned_cancelled_and_withdrawn_deliveries_do_not_count():
    for facts in (
        {"status": "planned"},
        {"status": "cancelled"},
        {"withdrawn_on": date(2023, 1, 1), "withdrawn_reason": "nhập nhầm"},
    ):
        make_line(make_delivery(**facts), "cash", amount=Decimal(9), currency="VND")
    assert totals(asked()) == []


def test_a_period_takes_what_lies_in_it_and_keeps_the_rest_possible():
    money(1, held="2021-12-31"), money(2, held="2022-01-01"), money(4, held="2022/2023"), money(8, held="")
    assert [row[1:4] for row in totals(asked(begin="1/1/2022", end="31/12/2022"))] == [
        ("chắc chắn", "VND", "2 VND"),
        ("có thể", "VND", "4 VND"),
        ("không rõ ngày", "VND", "8 VND"),
    ]


def test_a_line_to_another_receiver_is_not_of_the_partner():
    """One delivery to two provinces: a line each, and one that is not split."""
    first, second = make_place("LA-1", "Tỉnh Một"), make_place("LA-2", "Tỉnh Hai")
    delivery = make_delivery(receiver=first)
    DeliveryRole.objects.create(delivery=delivery, role="receiver", body=second)
    for receiver, amount in ((first, 1), (second, 2), (None, 4)):
        make_line(delivery, "cash", amount=Decimal(amount), currency="VND", receiver=receiver)
    assert totals(asked(partner=first.pk))[0][3] == "5 VND"
    assert rows(table(asked(), "aid-places"), "group", "worth") == [
        ("Tỉnh Hai", "2 VND"),
        ("Tỉnh Một", "1 VND"),
        ("không tách được: Tỉnh Một, Tỉnh Hai", "4 VND"),
    ]


def test_a_merged_place_brings_its_predecessors_unless_asked_as_then():
    old, new = make_place("VN-OLD", "Bắc Giang"), make_place("VN-NEW", "Bắc Ninh")
    Succession.objects.create(old=old, new=new, on="2025-07-01", how="merged")
    make_line(make_delivery(giver=old), "cash", amount=Decimal(3), currency="VND")
    make_line(make_delivery(giver=new), "cash", amount=Decimal(4), currency="VND")
    assert totals(asked(place=new.pk))[0][3] == "7 VND"
    assert totals(asked(place=new.pk, named="then"))[0][3] == "4 VND"


def test_minutes_and_what_it_served_stand_in_the_annex():
    agreement = make_agreement(code="TT-1")
    delivery = make_delivery()
    make_line(delivery, "rice", unit="tonne", quantity=Decimal(2), funding="province")
    contribute(delivery, agreement)
    paper = make_document(number="12/BB-BG", issued_on="2022-05-27")
    VisitCitation.objects.create(delivery=delivery, document=paper, role="minutes")
    assert rows(table(asked(), "aid-rows"), "minutes", "belongs", "funding") == [
        ("12/BB-BG, 27/5/2022", "TT-1", "ngân sách tỉnh")
    ]


# Promised ----------------------------------------------------------------------------------------
def promised(minimum, unit="scholarship", **facts):
    agreement = make_agreement(signed_on="2021-01-01", period="2021/2025")
    commitment = make_commitment(
        agreement, [make_place()], kind="cumulative", unit=make_term("unit", unit), **facts
    )
    make_target(commitment, "2021/2025", Decimal(minimum), maximum=Decimal(minimum))
    return commitment


def handed(commitment, quantity, item="scholarships", unit="scholarship"):
    delivery = make_delivery()
    make_line(delivery, item, unit=unit, quantity=Decimal(quantity))
    contribute(delivery, commitment, quantity=Decimal(quantity))


def test_outstanding_is_what_was_promised_less_what_counts_toward_it():
    handed(promised(10), 4)
    report = asked()
    keys = ("way", "item", "promised", "delivered", "left", "commitments")
    assert rows(table(report, "aid-promised"), *keys) == [
        (GIVEN, "scholarships", "10 scholarship", "4 scholarship", "6 scholarship", "1")
    ]
    assert rows(table(report, "aid-rows"), "promised", "delivered") == [("10", "4")]


def test_promises_in_two_units_are_never_added_and_more_than_promised_leaves_nothing():
    handed(promised(3), 5)
    handed(promised(7, "tonne"), 2, "rice", "tonne")
    handed(promised(1), 1)
    assert sorted(rows(table(asked(), "aid-promised"), "promised", "delivered", "left")) == [
        ("4 scholarship", "6 scholarship", "0 scholarship"),
        ("7 tonne", "2 tonne", "5 tonne"),
    ]


def test_a_promise_without_any_figure_is_outstanding_at_most():
    promised(10, text="Cấp học bổng")
    report = asked()
    assert rows(table(report, "aid-promised"), "item", "delivered", "left") == [
        ("Cấp học bổng", "—", "nhiều nhất: 10 scholarship")
    ]
    assert rows(table(report, "aid-rows"), "content", "promised", "delivered", "counts") == [
        ("Cấp học bổng", "10", "—", "chưa bàn giao")
    ]


def test_visits_papers_and_wishes_are_no_promise_of_aid():
    promised(2, "delegation"), promised(2, "document")
    wish = make_commitment(
        kind="cumulative", unit=make_term("unit", "tonne"), strength="wish", made_on="2022"
    )
    make_target(wish, "2022", Decimal(5))
    assert table(asked(), "aid-promised").rows == ()


# The drawing, pages, files -----------------------------------------------------------------------
def test_the_chart_has_a_bar_a_year_and_direction():
    money(100, held="2021-05-01"), money(50, held="2022-05-01")
    back = make_delivery("2022-06-01", giver=make_place("LA-Y"), receiver=make_place())
    make_line(back, "cash", amount=Decimal(25), currency="VND")
    (chart,) = table(asked(), "aid-years").charts
    words = [word.text for word in chart.words]
    assert words[:6] == ["2021", "100 VND", "2022", "50 VND", "2022", "25 VND"]
    first, second, third, *_key = chart.boxes
    assert [box.fill for box in (first, second, third)] == ["dark", "dark", "hatched"]
    assert first.width == 2 * second.width == 4 * third.width


def test_many_lines_cost_the_queries_of_few():
    def some():
        handed(promised(10), 4)
        money(5, "USD")

    def queries():
        with CaptureQueriesContext(connection) as found:
            asked(
                place=make_place().pk, partner=make_place("LA-Y").pk, rates="USD=25.000", rates_on="1/1/2023"
            )
        return len(found)

    some()
    few = queries()
    question = AidQuestion({}, TODAY)
    with CaptureQueriesContext(connection) as found:
        aid(question)
    assert len(found) <= 10
    for _number in range(30):
        some()
    assert queries() == few


def test_the_page_links_each_number_to_its_rows(reader):
    money(5, "USD")
    page = reader.get(reverse("reports:report", args=["aid"]), {"end": "30/6/2023"})
    text = page.content.decode()
    assert page.status_code == 200
    assert "way=given&amp;certainty=certain&amp;behind=money%7CUSD#aid-rows" in text
    assert 'id="aid-rows"' in text
    assert "style=" not in text.split("<main", 1)[-1]
    bad = reader.get(reverse("reports:report", args=["aid"]), {"rates": "USD=x", "rates_on": "1/1/2023"})
    assert bad.status_code == 400
    assert 'value="USD=x"' in bad.content.decode()


def report(*arguments):
    out = io.StringIO()
    call_command("report", "aid", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize(
    "key",
    ["unvalued|x", "sum|a|b|c|d|e", "years|2020|x", "places|9" + "9" * 30, "nonsense", "~~|", "sum~sum|x"],
)
def test_an_address_that_names_no_number_has_no_row(reader, key):
    money(5, "USD")
    answer = reader.get("/reports/aid/", {"behind": key})
    assert answer.status_code == 200
    assert "Không có dòng nào khớp" in answer.text


def test_the_command_answers_in_two_forms():
    money(5, "USD")
    told = json.loads(
        report("--to", "30/6/2023", "--rates", "USD=2", "--rates-on", "1/1/2023", "--format", "json")
    )
    assert [row["total"] and row["total"]["value"] for row in told["rows"]] == [5, 10]
    lines = list(csv.reader(io.StringIO(report("--to", "30/6/2023", "--item", "cash", "--format", "csv"))))
    assert lines[1][3:6] == ["USD", "5", "USD"]
    with pytest.raises(CommandError, match="nội dung hỗ trợ"):
        report("--item", "không có")


def test_a_page_shows_200_lines_and_says_where_the_others_are(reader):
    delivery = make_delivery("2023-05-01")
    for _number in range(201):
        make_line(delivery, quantity=Decimal(1), unit="piece")
    address = "/reports/aid/?end=30/6/2023"
    page = reader.get(address).content.decode()
    assert page.partition('id="aid-rows"')[2].partition("</section>")[0].count("<tr>") == 1 + 200
    assert "Đang hiện 200/201 dòng" in page
    whole = reader.get(f"{address}&all=1").content.decode()
    assert whole.partition('id="aid-rows"')[2].partition("</section>")[0].count("<tr>") == 1 + 201
    rows = csv.reader(io.StringIO(reader.get(f"{address}&format=csv").content.decode("utf-8-sig")))
    assert "201" in [row[0] for row in rows if row]
