"""The period report: its windows, three columns, uncertain dates told apart, every number with its rows, all forms."""

import json
import re
from datetime import date
from decimal import Decimal
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document
from openpyxl import load_workbook

from agreements.tests.builders import (
    make_agreement,
    make_body,
    make_commitment,
    make_place,
    make_progress,
    make_target,
    make_term,
)
from delegations.models import DelegationRole
from delegations.tests.builders import contribute, make_delegation, make_delivery, make_line, make_meeting
from tracker.reports import writers
from tracker.reports.catalogue import BY_SLUG
from tracker.reports.frozen.comparing import compared
from tracker.reports.frozen.models import FrozenReport
from tracker.reports.frozen.packing import packed, unpacked
from tracker.tests.test_report_command import report

pytestmark = pytest.mark.django_db
TODAY = date(2023, 6, 20)
NONE = "chưa có số liệu"
OUT, SIGNED = "Đoàn ra: số đoàn", "Văn bản thỏa thuận đã ký"


def question(today=TODAY, on_page=False, **asked):
    return BY_SLUG["period"].question(asked, today, on_page=on_page)


def asked(today=TODAY, **asked_for):
    return BY_SLUG["period"].build(question(today, **{"period": "2022", **asked_for}))


def figures(table, name):
    """The columns in the period, a year earlier, more or less, so far of one figure."""
    return next(tuple(map(writers.shown, row[1:])) for row in table.rows if writers.shown(row[0]) == name)


def below(table, key):
    return next((one for one in table.below if one.key == key), None)


def texts(table, key):
    place = [column.key for column in table.columns].index(key)
    return [writers.shown(row[place]) for row in table.rows]


# Windows -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("held", "of_2022", "of_half", "of_2023"),
    [
        ("2021-12-14", False, False, False),
        ("2021-12-15", True, True, False),
        ("2022-06-14", True, True, False),
        ("2022-06-15", True, False, False),
        ("2022-12-14", True, False, False),
        ("2022-12-15", False, False, True),
    ],
)
def test_a_trip_stands_in_the_period_in_which_it_began(held, of_2022, of_half, of_2023):
    make_delegation("out", held)
    make_delegation("out", f"{held}/2023-01-20") if held < "2022-12-01" else None
    number = 2 if held < "2022-12-01" else 1
    found = [figures(asked(period=period), OUT)[0] for period in ("2022", "2022-H1", "2023")]
    assert found == [str(number) if there else NONE for there in (of_2022, of_half, of_2023)]


# Three columns -----------------------------------------------------------------------------------
def test_the_period_beside_the_year_before_and_all_so_far():
    for held in (
        "2022-01-10",
        "2022-05-01",
        "2022-06-14",
        "2021-06-14",
        "2021-06-15",
        "2015-01-01",
        "2022-06-15",
    ):
        make_delegation("out", held, people=4)
    assert figures(asked(period="2022-H1"), OUT) == ("3", "1", "2", "6")
    assert figures(asked(period="2022-H1"), "Đoàn ra: số lượt người") == ("12", "4", "8", "24")


def test_a_leap_day_is_compared_with_the_end_of_february():
    make_delegation("out", "2024-02-29")
    make_delegation("out", "2023-02-28")
    make_delegation("out", "2023-03-01")
    days = {"period": "", "begin": "1/2/2024", "end": "29/2/2024"}
    assert figures(asked(date(2024, 6, 1), **days), OUT) == ("1", "1", "0", "3")


def test_unknown_is_no_zero():
    table = asked()
    assert all(figures(table, writers.shown(row[0])) == (NONE, NONE, "—", NONE) for row in table.rows)
    make_delegation("in", "2022-03-01")
    assert figures(asked(), "Đoàn vào: số lượt người") == ("chưa rõ số", NONE, "—", "chưa rõ số")


def test_what_reaches_over_an_end_of_the_period_is_told_apart():
    make_delegation("out", "2021-12")  # before or after 15/12
    make_delegation("out", "2022")  # this year or 15–31/12
    make_delegation("out", "2022-03")
    make_delegation("out", "")
    assert figures(asked(), OUT) == ("1; có thể: 2", "có thể: 1", "—", "2; có thể: 1; không rõ ngày: 1")


def test_aid_that_reaches_over_is_possible_and_units_are_never_added():
    over, within = make_delivery("2021-12"), make_delivery("2022-05-01")
    for delivery, number in ((over, 5), (within, 3)):
        make_line(delivery, "mask", quantity=Decimal(number), unit="piece")
        make_line(delivery, "cash", amount=Decimal(number * 1000), currency="VND")
    make_line(within, "mask", quantity=Decimal(2), unit="box")
    table = asked()
    assert figures(table, "Hỗ trợ cho bạn: số lần bàn giao") == ("1; có thể: 1", "có thể: 1", "—", "2")
    items = below(table, "aid-items")
    assert [texts(items, key) for key in ("now", "ever")] == [
        ["3 piece; có thể: 5 piece", "2 box"],
        ["8 piece", "2 box"],
    ]
    worth = figures(table, "Hỗ trợ cho bạn: tiền, giá trị")
    assert worth[0].startswith("3.000 VND")
    assert "có thể: 5.000 VND" in worth[0]


def test_a_change_is_told_only_between_numbers_known_exactly():
    make_agreement(signed_on="2022-03-01")
    make_agreement(signed_on="2021-03-01", number=3)
    assert figures(asked(), SIGNED) == ("1", "3", "-2", "4")
    make_agreement(signed_on="2022-04-01", number=None)
    assert figures(asked(), SIGNED) == ("≥ 1", "3", "—", "≥ 4")
    for held in ("2022-03-01", "2021-03-01", "2021-12"):
        make_delegation("out", held)
    assert figures(asked(), OUT) == ("1; có thể: 1", "1; có thể: 1", "—", "3")


def test_agreements_that_ended_and_those_in_force_on_both_days():
    make_agreement(signed_on="2020-01-01", period="2020/2021", code="HET")
    make_agreement(signed_on="2022-01-01", period="2022/2025")
    table = asked()
    assert figures(table, "Thỏa thuận chấm dứt, hết hiệu lực") == ("1", NONE, "—", "1")
    standing = below(table, "standing")
    now, before = (
        dict(zip(texts(standing, "name"), texts(standing, key), strict=True)) for key in ("now", "before")
    )
    assert (now["Thỏa thuận đang có hiệu lực"], before["Thỏa thuận đang có hiệu lực"]) == ("1", "1")
    assert texts(below(table, "ended"), "title")[0].endswith("(HET)")


def test_all_that_ended_is_counted_from_the_first_end_whenever_the_first_was_signed():
    """One whose signing no source dates ended before any day of signing that is known."""
    make_agreement(period="2017/2020", code="HET")
    make_agreement(signed_on="2022-04-01", period="2022/2025")
    row = next(row for row in asked().rows if writers.shown(row[0]).startswith("Thỏa thuận chấm dứt"))
    assert writers.shown(row[4]) == "1"
    link = urlsplit(row[4].link)
    given = {name: values[0] for name, values in parse_qs(link.query).items()}
    opened = BY_SLUG["agreements-signed"]
    found = below(opened.build(opened.question(given, TODAY)), link.fragment)
    assert [text.rpartition("(")[2] for text in texts(found, "title")] == ["HET)"]


# Commitments -------------------------------------------------------------------------------------
@pytest.fixture
def promise(db):
    agreement = make_agreement(signed_on="2020-01-01", period="2020/2025")
    unit = make_term("unit", "scholarship", "suất")
    found = make_commitment(agreement, kind="cumulative", unit=unit, period="2020/2025")
    make_target(found, "2020/2025", Decimal(10))
    return found


def test_what_was_done_in_the_period_stands_beside_all_that_is_done(promise):
    make_progress(promise, "2021-12-14", quantity=Decimal(3))
    assert texts(below(asked(), "commitments"), "period_done") == [NONE]
    make_progress(promise, "2021-12-15", quantity=Decimal(2))
    make_progress(promise, "2022-12-14", quantity=Decimal(1))
    make_progress(promise, "2022-12-15", quantity=Decimal(4))
    table = below(asked(), "commitments")
    assert [texts(table, key) for key in ("period_done", "reached", "percent")] == [["3"], ["6"], ["60"]]


def test_a_figure_that_may_be_older_makes_the_period_about(promise):
    make_progress(promise, "2021-12", quantity=Decimal(3))
    assert texts(below(asked(), "commitments"), "period_done") == ["khoảng 3"]


def test_a_stated_zero_in_the_period_is_zero(promise):
    make_progress(promise, "2021-06-01", quantity=Decimal(3))
    make_progress(promise, "2022-06-01", quantity=Decimal(0))
    assert texts(below(asked(), "commitments"), "period_done") == ["0"]


def test_commitments_stand_in_the_period_in_which_they_were_made(promise):
    make_commitment(None, strength="agreed", made_on="2022-12-14", code="TRONG")
    make_commitment(None, strength="wish", made_on="2021-12", code="COTHE")
    make_commitment(None, strength="wish", made_on="2022-12-15", code="SAU")
    table = asked()
    assert figures(table, "Cam kết lập được (đã ký, thống nhất, tuyên bố, nhiệm vụ)") == ("1", NONE, "—", "2")
    assert figures(table, "Đề nghị, mong muốn đã nêu") == ("có thể: 1", "có thể: 1", "—", "1")
    assert texts(below(table, "made"), "code") == ["TRONG"]
    assert texts(below(table, "asked"), "code") == ["COTHE"]


# The rows behind ---------------------------------------------------------------------------------
def busy():
    """One of everything in 2022 and in 2021."""
    for year in (2021, 2022):
        agreement = make_agreement(signed_on=f"{year}-02-01", period=f"{year}/2030")
        promise = make_commitment(agreement, [make_place()], period=f"{year}/2030", strength="signed")
        make_commitment(None, strength="proposal", made_on=f"{year}-03-01")
        visit = make_delegation("out", f"{year}-03-01", people=3)
        DelegationRole.objects.create(delegation=visit, role="sender", body=make_body())
        make_delegation("in", f"{year}-04-01")
        contribute(visit, agreement)
        contribute(make_meeting(f"{year}-05-01", mode="online"), promise)
        for giver, receiver in ((None, None), (make_place("LA-Y", "Tỉnh Y"), make_place())):
            delivery = make_delivery(f"{year}-06-01", giver, receiver)
            make_line(delivery, "mask", quantity=Decimal(5), unit="piece")
            make_line(delivery, "cash", amount=Decimal(5), currency="VND")
            contribute(delivery, promise)


@pytest.mark.once
def test_every_number_opens_rows_that_there_are(reader):
    """Each address answers, and shows the table it promises with rows in it."""
    busy()
    address = "/reports/period/?period=2022"
    page = reader.get(address)
    links = {
        unescape(link)
        for table in (page.context["table"], *page.context["table"]["below"])
        if table["key"] in ("period", "standing", "aid-items")
        for link in re.findall('href="([^"]+)"', table["body"])
    }
    assert len(links) > 25
    by_page = {}
    for link in links:
        page, _hash, anchor = link.partition("#")
        by_page.setdefault(page or address, set()).add(anchor)
    for page, anchors in by_page.items():
        answer = reader.get(page)
        assert answer.status_code == 200, page
        tables = [answer.context["table"], *answer.context["table"]["below"]]
        assert anchors <= {one["key"] for one in tables if one["rows"]}, page


def test_the_rows_behind_keep_the_filters():
    busy()
    office = make_body()
    table = asked(office=str(office.pk))
    row = next(row for row in table.rows if writers.shown(row[0]) == OUT)
    before = parse_qs(urlsplit(row[2].link).query)
    assert (before["begin"], before["end"]) == (["2020-12-15"], ["2021-12-14"])
    assert (before["office"], before["direction"]) == ([str(office.pk)], ["out"])


def test_a_partner_whom_a_report_does_not_know_has_no_row_there():
    """A place with visits and no agreement: the annexes on agreements and commitments are left out."""
    place = make_place("LA-Z", "Tỉnh Z")
    made = make_delegation("out", "2022-03-01")
    DelegationRole.objects.create(delegation=made, role="visited", body=place)
    make_agreement(signed_on="2022-01-01")
    table = asked(partner=str(place.pk))
    assert figures(table, OUT)[0] == "1"
    assert below(table, "agreements-signed") is None


# Forms -------------------------------------------------------------------------------------------
def test_queries_do_not_grow_with_the_records():
    def queries():
        with CaptureQueriesContext(connection) as captured:
            asked()
        return len(captured)

    for _number in range(2):
        busy()
    few = queries()
    for _number in range(12):
        busy()
    assert queries() == few <= 85


@pytest.mark.once
def test_the_page_shows_every_table_and_shortens_long_ones(reader):
    for _number in range(51):
        make_delegation("out", "2022-03-01")
    page = reader.get("/reports/period/?period=2022")
    table = page.context["table"]
    assert "Từ 15/12/2021 đến 14/12/2022" in page.content.decode()
    listed = next(one for one in table["below"] if one["key"] == "list-out")
    assert listed["rows"] == 50
    assert "51" in listed["notes"][0]
    assert len(below(asked(), "list-out").rows) == 51


@pytest.mark.once
def test_word_has_the_figures_in_the_body_and_annexes_behind(tmp_path, monkeypatch):
    busy()
    path = tmp_path / "bao-cao.docx"
    report("period", "--period", "2022", "--format", "docx", "--out", str(path))
    document = Document(path)
    paragraphs = [one.text for one in document.paragraphs]
    assert any("từ ngày 15/12/2021 đến ngày 14/12/2022" in text for text in paragraphs)
    places = {text: place for place, text in enumerate(paragraphs)}
    assert places["1. Tình hình thỏa thuận, cam kết, đoàn và hỗ trợ: năm 2022"] < places["Phụ lục I"]
    assert "ĐOÀN RA" in paragraphs[places["Phụ lục I"] :]
    first = [[cell.text for cell in row.cells] for row in document.tables[1].rows]
    assert ["Đoàn ra: số đoàn", "1", "1", "0", "2"] in first


@pytest.mark.once
def test_charts_stand_on_the_page_and_in_word(reader, tmp_path):
    busy()
    make_line(make_delivery("2021-05-26"), "cash", amount=Decimal(300_000_000), currency="VND")
    make_commitment(make_agreement(signed_on="2022-01-01"))
    table = asked()
    drawn = {one.key: [chart.title for chart in one.charts] for one in (table, *table.below) if one.charts}
    assert drawn == {
        "standing": ["Tình hình cam kết ở hai ngày"],
        "by-year": ["Số đoàn theo năm"],
        "aid-years": ["Tiền và giá trị theo năm, quy ra VND"],
    }
    (states,) = below(table, "standing").charts
    assert {"14/12/2022", "14/12/2021"} <= {word.text for word in states.words}
    assert reader.get("/reports/period/", {"period": "2022"}).content.decode().count('class="chart"') == 3
    path = tmp_path / "bao-cao.docx"
    report("period", "--period", "2022", "--format", "docx", "--out", str(path))
    assert len(Document(path).inline_shapes) == 3


@pytest.mark.once
def test_excel_has_a_sheet_a_table_with_numbers_as_such(tmp_path):
    busy()
    path = tmp_path / "bao-cao.xlsx"
    report("period", "--period", "2022", "--format", "xlsx", "--out", str(path))
    book = load_workbook(path)
    assert len(book.sheetnames) == 2 + len(asked().below)
    rows = list(book.worksheets[1].iter_rows(values_only=True))
    assert ("Đoàn ra: số đoàn", 1, 1, 0, 2) in rows


@pytest.mark.once
def test_the_command_line_by_days_as_json_and_csv():
    busy()
    found = json.loads(report("period", "--from", "15/12/2021", "--to", "14/12/2022", "--format", "json"))
    assert found["begin"] == "2021-12-15"
    assert found["rows"][4]["now"]["certain"] == {"number": 1, "at_least": False}
    assert {"standing", "list-out", "commitments"} <= set(found["below"])
    assert "Đoàn ra: số đoàn,1,1,0,2" in report("period", "--period", "2022", "--format", "csv")
    assert "CAM KẾT" in report("period", "--period", "2022")


@pytest.mark.once
def test_a_frozen_copy_keeps_the_days_and_tells_what_differs(client, django_user_model):
    user = django_user_model.objects.create_user("can-bo", password="x")
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_agreement", "add_frozenreport"]))
    client.force_login(user)
    busy()
    response = client.post("/reports/period/keep/?period=2022", {"note": "12/BC"})
    kept = FrozenReport.objects.get()
    assert response.status_code == 302
    assert kept.asked == {"begin": "2021-12-15", "end": "2022-12-14"}
    assert (kept.begin, kept.as_of) == (date(2021, 12, 15), date(2022, 12, 14))
    assert kept.is_sound
    make_delegation("out", "2022-07-01")
    page = client.get(f"/reports/frozen/{kept.pk}/compare/").content.decode()
    assert OUT in page
    assert client.get(f"/reports/frozen/{kept.pk}/").status_code == 200


@pytest.mark.once
def test_what_is_packed_comes_back_equal():
    busy()
    table = asked()
    data = packed(table)
    assert packed(unpacked(data)) == data
    assert not compared(unpacked(data), asked()).rows
