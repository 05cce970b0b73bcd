"""The relation of two localities over the five source documents, as their ledger of facts has it."""

from datetime import date

import pytest

from agreements.models import Body
from tracker.reports.relation import relation
from tracker.tests.seeded import seeded  # noqa: F401
from tracker.tests.test_aid_report import rows, table
from tracker.tests.test_relation_report import facts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]


def between(place, partner, on=date(2023, 6, 30), **options):
    return relation(Body.objects.get(code=place), Body.objects.get(code=partner), on, **options)


def test_ha_noi_and_vieng_chan():
    """D2 and D5: the gap of 2021 with the online talks in it; 1 visit known by its day, the rest without."""
    report = between("VN2025-01", "LA-VT")
    assert facts(report) == {
        "Thỏa thuận": "6",
        "trong đó: đang có hiệu lực": "5",
        "Khoảng trống không có thỏa thuận có hiệu lực": "1/1/2021–31/12/2021",
        "Đoàn Hà Nội → Thủ đô Viêng Chăn": "1; không rõ ngày: chưa rõ số",
        "Đoàn Thủ đô Viêng Chăn → Hà Nội": "không rõ ngày: chưa rõ số",
        "Hội đàm, tiếp xúc": "3; không rõ ngày: chưa rõ số",
        "trong đó: không gắn với thỏa thuận nào": "1; không rõ ngày: chưa rõ số",
        "Hỗ trợ Hà Nội → Thủ đô Viêng Chăn": "không rõ ngày: 4",
        "Hỗ trợ Thủ đô Viêng Chăn → Hà Nội": "không rõ ngày: 1",
        "Cam kết, đề nghị, mong muốn ngoài thỏa thuận": (
            "thống nhất tại hội đàm: 13; một bên thông báo: 1; lãnh đạo giao nhiệm vụ: 1; "
            "đề nghị, đề xuất: 10; mong muốn: 7"
        ),
    }
    one = table(report, "agreements")
    assert rows(one, "code", "period", "during")[:3] == [
        ("HN-VC-2017", "2017–2020", "—"),
        ("—", "1/1/2021–31/12/2021", "HN-2021-H01"),
        ("HN-VC-2022", "2022–2025", "—"),
    ]
    gap = next(box for box in one.charts[0].boxes if box.fill == "dashed")
    assert gap.width == pytest.approx((760 - 220 - 16) / 9, abs=1)  # one of nine years, 2017–2025
    assert "trực tuyến" in rows(table(report, "meetings"), "kind")[0][0]


def test_after_2025_a_second_gap_is_open():
    report = between("VN2025-01", "LA-VT", date(2026, 3, 1))
    assert facts(report)["Khoảng trống không có thỏa thuận có hiệu lực"] == "1/1/2021–31/12/2021; từ 1/1/2026"


def test_son_la_and_luong_pha_bang():
    """D4: one visit in and one counted 11/2019–2021 by Luông Pha Bang, two by Sơn La; five lines, 78 students."""
    report = between("VN2025-14", "LA-LP")
    told = facts(report)
    assert told["Đoàn Luông Pha Bang → Sơn La"] == "2"
    assert told["Đoàn Sơn La → Luông Pha Bang"] == "2"
    assert told["Hỗ trợ Sơn La → Luông Pha Bang"] == "2"
    assert told["Hỗ trợ Luông Pha Bang → Sơn La"] == "—"
    assert told["Cam kết, đề nghị, mong muốn ngoài thỏa thuận"] == "một bên thông báo: 1; mong muốn: 2"
    totals = rows(table(report, "aid-totals"), "item", "total")
    assert ("VND", "300.000.000 VND") in totals
    assert ("Lưu học sinh tiếp nhận", "78 người") in totals
    assert ("trong đó: ngân sách tỉnh", "65 người") in totals
    assert not any("143" in total for _item, total in totals)


def test_ho_chi_minh_city_as_it_is_now_takes_in_what_it_did_before_the_merger():
    assert facts(between("VN2025-79", "LA-VT"))["Thỏa thuận"] == "1"
    assert facts(between("VN2025-79", "LA-VT", as_now=False))["Thỏa thuận"] == "0"
    assert facts(between("VN2024-79", "LA-VT", as_now=False))["Thỏa thuận"] == "1"


def test_the_province_of_vieng_chan_is_another_place():
    assert facts(between("VN2025-01", "LA-VI"))["Thỏa thuận"] == "0"
