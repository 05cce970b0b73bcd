"""The report on aid over the five source documents, as their ledger of facts has it."""

import pytest

from agreements.models import Body
from tracker.reports import writers
from tracker.tests.seeded import seeded  # noqa: F401
from tracker.tests.test_aid_report import GIVEN, RECEIVED, asked, rows, table, totals

pytestmark = pytest.mark.django_db


def of_places(place, partner, **more):
    pk = {code: Body.objects.get(code=code).pk for code in (place, partner)}
    return asked(place=pk[place], partner=pk[partner], **more)


@pytest.mark.usefixtures("seeded")
def test_son_la_and_luong_pha_bang_as_the_ledger_has_it():
    report = of_places("VN2025-14", "LA-LP")
    assert totals(report) == [
        (GIVEN, "chắc chắn", "Lưu học sinh tiếp nhận", "78 người", "1"),
        (GIVEN, "chắc chắn", "trong đó: ngân sách tỉnh", "65 người", "1"),
        (GIVEN, "chắc chắn", "Máy thở", "2 chiếc", "1"),
        (GIVEN, "chắc chắn", "Khẩu trang y tế", "15.000 chiếc", "1"),
        (GIVEN, "chắc chắn", "Khẩu trang vải", "5.000 chiếc", "1"),
        (GIVEN, "chắc chắn", "Dung dịch sát khuẩn tay", "1.000 chai", "1"),
        (GIVEN, "chắc chắn", "VND", "300.000.000 VND", "1"),
        (GIVEN, "chắc chắn", "chưa định giá", "—", "4"),
    ]
    assert "143" not in writers.to_text(report)
    assert "20.002" not in writers.to_text(report)
    assert rows(table(report, "aid-students"), "place", "year", "total", "province") == [
        ("Luông Pha Bang", "2019–2021", "78 người", "65 người")
    ]
    assert len(table(report, "aid-rows").rows) == 7


@pytest.mark.usefixtures("seeded")
def test_in_the_middle_of_a_stretch_it_is_only_possible():
    """Handed over 2020–2021, asked as of 30/6/2020."""
    report = of_places("VN2025-14", "LA-LP", end="30/6/2020")
    assert {row[1] for row in totals(report)} == {"có thể"}
    assert totals(of_places("VN2025-14", "LA-LP", end="31/12/2018")) == []


@pytest.mark.usefixtures("seeded")
def test_ha_noi_and_vieng_chan_have_no_figure_and_no_date():
    """D5.3 and D5.4: five lines one way, two the other, no amount, no date."""
    report = of_places("VN2025-01", "LA-VT")
    assert {(way, sure, total) for way, sure, _item, total, _lines in totals(report)} == {
        (GIVEN, "không rõ ngày", "—"),
        (RECEIVED, "không rõ ngày", "—"),
    }
    assert [way for way, *_rest in totals(report)].count(GIVEN) == 5
    assert [way for way, *_rest in totals(report)].count(RECEIVED) == 2
    assert rows(table(report, "aid-places"), "group", "way", "certainty", "deliveries") == [
        ("Thủ đô Viêng Chăn", GIVEN, "không rõ ngày", "4"),
        ("Thủ đô Viêng Chăn", RECEIVED, "không rõ ngày", "1"),
    ]
    assert table(report, "aid-years").charts == ()


@pytest.mark.usefixtures("seeded")
def test_the_gift_of_ho_chi_minh_city_is_no_aid():
    report = asked(end="30/6/2025")
    assert len(table(report, "aid-gifts").rows) == 1
    assert not any("Quà" in item for _way, _sure, item, *_rest in totals(report))
