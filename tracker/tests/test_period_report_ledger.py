"""The period report of 2022 over the five source documents, line by line, worked out by hand from their ledger.

The year is 15/12/2021–14/12/2022; the same period a year earlier 15/12/2020–14/12/2021.
"""

from datetime import date
from functools import cache

import pytest

from agreements.models import Body
from tracker.reports import writers
from tracker.reports.catalogue import build
from tracker.tests.seeded import seeded  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]
TODAY = date(2026, 11, 25)
NONE = "chưa có số liệu"
SEVERAL = "chưa rõ số"
HN_2017 = f"không rõ ngày: {SEVERAL}"
"""D5.3: delegations both ways without number or date."""


@cache
def asked(period="2022", **filters):
    return build("period", {"period": period, **filters}, TODAY)


def lines(table, *columns):
    """The rows of a table as texts, of all its columns or of these."""
    keys = [column.key for column in table.columns]
    places = [keys.index(name) for name in columns or keys]
    return [tuple(writers.shown(row[place]) for place in places) for row in table.rows]


def annex(table, key, *columns):
    return next((lines(one, *columns) for one in table.below if one.key == key), [])


# The figures -------------------------------------------------------------------------------------
BY_HAND = [
    # D2.5 and D4.7 are two, D2.6 three times “many”; without a date: D1.7, D2.4, D3.6, D5.2
    ("Văn bản thỏa thuận đã ký", "≥ 2", NONE, "—", "≥ 2; không rõ ngày: 4"),
    # D5.2 ended with 2020
    ("Thỏa thuận chấm dứt, hết hiệu lực", NONE, "1", "—", "1"),
    # D2.11 one, D3.3 and D3.4 two, D4.8 six, D4.12 one; D5.5 twelve, D5.7 one, D5.9 one
    ("Cam kết lập được (đã ký, thống nhất, tuyên bố, nhiệm vụ)", "10", "14", "-4", "24"),
    # D2.8 three, D2.9 five, D2.10 one, D2.12 one, D4.12 one, D4.13 one; D5.3 two, D5.6 five
    ("Đề nghị, mong muốn đã nêu", "12", "7", "5", "19"),
    # D2.1 and D3.1; D4.3: two more in 11–12/2019
    ("Đoàn ra: số đoàn", "2", NONE, "—", f"4; {HN_2017}"),
    # the heads are named, Trần Sỹ Thanh and Nguyễn Văn Nên: each of them made a journey
    ("Đoàn ra: số lượt người", "≥ 2", NONE, "—", f"≥ 2; {HN_2017}"),
    ("Đoàn ra: số người", "≥ 2", NONE, "—", f"≥ 2; {HN_2017}"),
    # D4.1; D4.3: one more in 11–12/2019
    ("Đoàn vào: số đoàn", "1", NONE, "—", f"2; {HN_2017}"),
    ("Đoàn vào: số lượt người", "≥ 1", NONE, "—", f"≥ 1; {HN_2017}"),
    ("Đoàn vào: số người", "≥ 1", NONE, "—", f"≥ 1; {HN_2017}"),
    # D5.1 on 17/11/2021
    ("Họp trực tuyến", NONE, "1", "—", "1"),
    # D4.5 and D4.6, in 2020–2021 and 2019–2021, reach into both periods; D3.5 one, D5.3 three, D5.4 one
    ("Hỗ trợ cho bạn: số lần bàn giao", "có thể: 2", "có thể: 2", "—", "2; không rõ ngày: 5"),
    (
        "Hỗ trợ cho bạn: tiền, giá trị",
        *["có thể: 300.000.000 VND; 4 dòng chưa định giá"] * 2,
        "—",
        "300.000.000 VND; 4 dòng chưa định giá; không rõ ngày: 6 dòng chưa có số liệu",
    ),
    # D3.5 one, D5.4 one of money and equipment
    ("Hỗ trợ nhận được: số lần bàn giao", NONE, NONE, "—", "không rõ ngày: 2"),
    ("Hỗ trợ nhận được: tiền, giá trị", NONE, NONE, "—", "không rõ ngày: 3 dòng chưa có số liệu"),
]


def test_the_figures_of_2022():
    table = asked()
    assert lines(table) == BY_HAND
    assert (table.begin, table.as_of) == (date(2021, 12, 15), date(2022, 12, 14))
    assert str(table.title) == "Tình hình thỏa thuận, cam kết, đoàn và hỗ trợ: năm 2022"


def test_the_notes_say_what_is_compared_and_that_two_sources_say_none():
    """D4.4: no delegation either way in 2020–2021."""
    notes = [writers.shown(note) for note in asked().notes]
    assert notes[0] == "Cùng kỳ năm trước: từ 15/12/2020 đến 14/12/2021."
    assert notes[1] == "Lũy kế: mọi việc sổ đã ghi đến ngày 14/12/2022."
    assert notes[-1].startswith("2 dòng nói rõ là không có đoàn nào")


def test_how_things_stand_at_the_end_of_2022():
    assert annex(asked(), "standing") == [
        # D2.4, D2.5, three of D2.6, D4.7; in the gap of 2021 none (D5.2)
        ("Thỏa thuận đang có hiệu lực", "6", "0"),
        ("Thỏa thuận cần gia hạn hoặc ký tiếp", "0", "0"),
        ("Thỏa thuận dự kiến ký", "0", NONE),
        ("Cam kết", "24", "14"),
        # D3.3, D3.4 without news; D5.7, D5.9 done by D2.4: on 14/12/2021 not signed yet
        (
            "Tình hình cam kết",
            "chưa có báo cáo: 2; hoàn thành: 2; thường xuyên, chưa có hoạt động: 20",
            "chưa có báo cáo: 2; thường xuyên, chưa có hoạt động: 12",
        ),
        ("Kết quả thực hiện", "6 cam kết thường xuyên, 0 có hoạt động", "—"),
        ("Thỏa thuận sắp hết hiệu lực", "0", "0"),
        ("Thỏa thuận đã hết hạn mà chưa ký văn bản kế tiếp", "0", "1"),
        ("Cam kết, chỉ tiêu sắp đến hạn", "2", "0"),
        ("Cam kết quá hạn", "0", "0"),
        ("Cam kết lâu không cập nhật", "12", "0"),
        # of D2.1, D2.5, D4.1, D4.7; D3.1 of 26/5 is more than half a year ago
        ("Báo cáo phải gửi sau chuyến đi, sau khi ký, sau thay đổi", "4", "0"),
    ]


def test_aid_by_item_is_never_added_across_units():
    both = [
        ("Lưu học sinh tiếp nhận", "78 người"),
        ("trong đó: ngân sách tỉnh", "65 người"),
        ("Máy thở", "2 chiếc"),
        ("Khẩu trang y tế", "15.000 chiếc"),
        ("Khẩu trang vải", "5.000 chiếc"),
        ("Dung dịch sát khuẩn tay", "1.000 chai"),
    ]
    assert annex(asked(), "aid-items") == [
        *(
            ("Hỗ trợ cho bạn", item, f"có thể: {amount}", f"có thể: {amount}", "—", amount)
            for item, amount in both
        ),
        ("Hỗ trợ cho bạn", "số dòng chưa có số liệu", NONE, NONE, "—", "không rõ ngày: 6"),
        ("Hỗ trợ nhận được", "số dòng chưa có số liệu", NONE, NONE, "—", "không rõ ngày: 3"),
    ]


# Other periods and offices -----------------------------------------------------------------------
def figure(table, name):
    return next(line[1:] for line in lines(table) if line[0] == name)


def test_the_first_six_months_of_2022():
    """15/12/2021–14/6/2022: D3 of 26/5; the memoranda of D2.6 lie between April and November."""
    table = asked("2022-H1")
    assert (table.begin, table.as_of) == (date(2021, 12, 15), date(2022, 6, 14))
    possible = f"có thể: {SEVERAL}"
    signed = (possible, NONE, "—", f"{possible}; không rõ ngày: 4")
    assert figure(table, "Văn bản thỏa thuận đã ký") == signed
    assert figure(table, "Đoàn ra: số đoàn") == ("1", NONE, "—", f"3; {HN_2017}")
    assert figure(table, "Đề nghị, mong muốn đã nêu") == (NONE, NONE, "—", "7")
    assert figure(table, "Họp trực tuyến") == (NONE, NONE, "—", "1")


def test_2021_beside_2020():
    """The talks of D5 alone; D5.2 ended on 31/12/2020, in the year from 15/12/2020."""
    table = asked("2021")
    assert figure(table, "Thỏa thuận chấm dứt, hết hiệu lực") == ("1", NONE, "—", "1")
    assert figure(table, "Cam kết lập được (đã ký, thống nhất, tuyên bố, nhiệm vụ)") == (
        "14",
        NONE,
        "—",
        "14",
    )
    assert figure(table, "Họp trực tuyến") == ("1", NONE, "—", "1")
    assert figure(table, "Hỗ trợ cho bạn: số lần bàn giao")[:2] == ("có thể: 2", "có thể: 2")


def test_2020_beside_2019_has_the_delegations_that_are_only_possible():
    """D4.3 with D4.4: the three went in November or December 2019, in the years 2019 or 2020."""
    table = asked("2020")
    assert figure(table, "Đoàn ra: số đoàn") == ("có thể: 2", "có thể: 2", "—", f"2; {HN_2017}")
    assert figure(table, "Đoàn vào: số đoàn") == ("có thể: 1", "có thể: 1", "—", f"1; {HN_2017}")


def test_one_office_alone():
    table = asked(office=str(Body.objects.get(code="SNV-SL").pk))
    assert figure(table, "Văn bản thỏa thuận đã ký") == ("1", NONE, "—", "1")
    assert figure(table, "Đoàn ra: số đoàn") == (NONE, NONE, "—", "2")
    assert figure(table, "Đoàn vào: số đoàn") == ("1", NONE, "—", "2")
    assert annex(table, "made", "code")[0] == ("SL-2022-CB-A",)
    assert ("Cơ quan", "Sở Ngoại vụ Sơn La") in table.conditions
