"""The period report of 2022 over the five source documents, line by line, worked out by hand from their ledger.

The year is 15/12/2021–14/12/2022; the same period a year earlier 15/12/2020–14/12/2021.
"""

from datetime import date

import pytest

from agreements.models import Body
from tracker.reports import writers
from tracker.reports.catalogue import build
from tracker.tests.seeded import seeded  # noqa: F401
from tracker.tests.test_agreement_sheet_ledger import IDLE, NOTHING_DONE, PROMISED, STALE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]
TODAY = date(2026, 11, 25)
NONE = "chưa có số liệu"
SEVERAL = "chưa rõ số"
HN_2017 = f"không rõ ngày: {SEVERAL}"
"""D5.3: delegations both ways without number or date."""


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
    ("Đoàn ra: số lượt người", SEVERAL, NONE, "—", f"{SEVERAL}; {HN_2017}"),
    # the heads are named, Trần Sỹ Thanh and Nguyễn Văn Nên
    ("Đoàn ra: số người", "≥ 2", NONE, "—", f"≥ 2; {HN_2017}"),
    # D4.1; D4.3: one more in 11–12/2019
    ("Đoàn vào: số đoàn", "1", NONE, "—", f"2; {HN_2017}"),
    ("Đoàn vào: số lượt người", SEVERAL, NONE, "—", f"{SEVERAL}; {HN_2017}"),
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


# The annexes -------------------------------------------------------------------------------------
TRADE = "Biên bản ghi nhớ hợp tác giữa Sở Công thương Hà Nội và Sở Công thương Viêng Chăn (HN-VC-2022-CT)"
SON_LA = "Biên bản thỏa thuận hợp tác Sơn La – Luông Pha Bang 2022–2024 (SL-LPB-2022)"
CAPITALS = (
    "Bản thỏa thuận hợp tác Hà Nội – Viêng Chăn 2022–2025 giữa Đảng bộ và chính quyền hai thủ đô (HN-VC-2022)"
)
THEMES = (
    "đào tạo cán bộ (HN-VC-CD-CB)",
    "hợp tác cấp quận, huyện (HN-VC-CD-QH)",
    "thanh thiếu niên (HN-VC-CD-TN)",
)
THEMATIC = [f"Các biên bản ghi nhớ chuyên đề Hà Nội – Viêng Chăn về {theme}" for theme in THEMES]
OPEN_END = "đang có hiệu lực, không nêu thời hạn"


def test_annex_of_agreements_signed():
    found = annex(
        asked(), "agreements-signed", "title", "kind", "ours", "theirs", "signed", "signatories", "term"
    )
    assert found == [
        (TRADE, "Biên bản ghi nhớ", "Sở Công thương Hà Nội", "Sở Công thương Viêng Chăn", "4/11/[2022]", "—", "—"),
        (
            SON_LA, "Biên bản thỏa thuận", "Sơn La", "Luông Pha Bang", "27/8/[2022]",
            "Việt Nam: Lãnh đạo tỉnh Sơn La (không nêu tên); Lào: Lãnh đạo tỉnh Luông Pha Bang (không nêu tên)",
            "2022–2024",
        ),
        *(
            (
                title, "Biên bản ghi nhớ", "Các cơ quan chuyên môn của Hà Nội",
                "Các cơ quan chuyên môn của Viêng Chăn", "4/2022–4/11/[2022]", "—", "—",
            )
            for title in THEMATIC
        ),
    ]  # fmt: skip


def test_annex_of_agreements_in_force():
    assert annex(asked(), "in-force", "title", "until", "effect", "focal", "done", "cumulative") == [
        (TRADE, "—", OPEN_END, "—", "tiếp xúc: 1", "tiếp xúc: 1"),
        (
            SON_LA, "2024", "đang có hiệu lực", "—", "đoàn vào: 1; tiếp xúc: 1",
            "6 cam kết thường xuyên, 0 có hoạt động; đoàn vào: 1; tiếp xúc: 1",
        ),
        *((title, "—", OPEN_END, "—", "—", "—") for title in THEMATIC),
        (
            CAPITALS, "2025", "≈ đang có hiệu lực", "Sở Ngoại vụ Hà Nội", "đoàn ra: 1; tiếp xúc: 1",
            "đoàn ra: 1; tiếp xúc: 1",
        ),
    ]  # fmt: skip


def test_annexes_without_a_row_are_left_out():
    keys = {one.key for one in asked().below}
    assert keys.isdisjoint(["to-sign", "to-extend", "ended", "online", "aid-promised", "aid-gifts"])
    assert keys.isdisjoint(["ending", "lapsed", "overdue"])


def test_annex_of_what_was_promised_proposed_and_wished():
    announced, proposed, wished = "một bên thông báo", "đề nghị, đề xuất", "mong muốn"
    assert annex(asked(), "made", "code", "strength", "made", "certainty") == [
        *((f"HCM-2022-CB-{one}", announced, "26/5/2022", "trong kỳ") for one in "AB"),  # D3.3, D3.4
        ("SL-2022-CB-A", announced, "27/8/[2022]", "trong kỳ"),  # D4.12
        *((f"SL-2022-MM-{one}", wished, "27/8/[2022]", "trong kỳ") for one in "AB"),  # D4.12, D4.13
        *((f"SL-LPB-2022-{one}", "cam kết trong văn bản đã ký", "27/8/[2022]", "trong kỳ") for one in "ABCDEF"),
        ("HN-2022-CB-A", announced, "4/11/[2022]", "trong kỳ"),  # D2.11
        *((f"HN-2022-DX-{one}", proposed, "4/11/[2022]", "trong kỳ") for one in "ABCDEFGH"),  # D2.8, D2.9
        *((f"HN-2022-MM-{one}", wished, "4/11/[2022]", "trong kỳ") for one in "AB"),  # D2.10, D2.12
    ]  # fmt: skip


TALKS = [  # D5.5
    "Giữ liên hệ ở các cấp", "Tiếp tục hợp tác nông nghiệp", "Tiếp tục hợp tác giáo dục, đào tạo nguồn nhân lực",
    "Tiếp tục hợp tác tư pháp", "Tiếp tục hợp tác lao động, thương binh và xã hội",
    "Đổi mới hợp tác về xây dựng Đảng và hệ thống chính trị",
    "Đổi mới hợp tác về xây dựng văn bản pháp luật địa phương",
    "Đổi mới hợp tác về giám sát, kiểm tra cơ quan hành chính", "Đổi mới hợp tác về chính quyền điện tử",
    "Đổi mới hợp tác về quy hoạch và quản lý đô thị", "Xúc tiến đầu tư và thương mại", "Giao lưu nhân dân",
]  # fmt: skip
EVENTS_PLANNED = (
    "Vientiane chuẩn bị 7 hoạt động lớn trong Năm Đoàn kết Hữu nghị 2022 (như mít-tinh, mời đoàn Việt Nam, cử đoàn sang"
    " TP. Hồ Chí Minh, hội thảo, tọa đàm)"
)
INVITED = (
    "TP. Hồ Chí Minh mời Anouphab Tounalom, phu nhân và lãnh đạo Vientiane thăm, làm việc tại thành phố trong năm"
    " 2022"
)
DONE_BY = "đã ký: HN-VC-2022"


def test_annex_of_commitments_with_what_was_done_in_the_period():
    columns = ("text", "target", "period_done", "reached", "percent", "state", "health", "why")
    idle = ("—", "—", "—", "—", IDLE)
    done = ("—", "—", "—", "—", "hoàn thành", "—", DONE_BY)
    due = "hạn 31/12/2022"
    assert annex(asked(), "commitments", *columns) == [
        *((text, *idle, "đúng hạn", NOTHING_DONE) for text in PROMISED),
        (
            EVENTS_PLANNED, "7", NONE, NONE, "—", "chưa có báo cáo", "sắp đến hạn",
            f"chưa có số liệu, chỉ tiêu 7 hoạt động năm 2022; {due}",
        ),
        (
            INVITED, "—", "—", "—", "—", "chưa có báo cáo", "sắp đến hạn",
            f"chưa có báo cáo, {NOTHING_DONE}; {due}",
        ),
        (
            "Sở Ngoại vụ Hà Nội làm đầu mối, cùng các cơ quan của Viêng Chăn, để sớm ký biên bản hợp tác mới",
            *done,
        ),
        *((text, *idle, STALE, NOTHING_DONE) for text in TALKS),
        ("Xem xét ký biên bản ghi nhớ hợp tác song phương cho giai đoạn mới làm khung hợp tác", *done),
        (
            "Hà Nội tiếp tục hợp tác và giúp đỡ Viêng Chăn trên mọi lĩnh vực",
            *idle, "đúng hạn", NOTHING_DONE,
        ),
        ("Sơn La sẵn sàng chia sẻ kinh nghiệm với Luông Pha Bang", *idle, "đúng hạn", NOTHING_DONE),
    ]  # fmt: skip


def test_annexes_of_delegations():
    table = asked()
    columns = ("begin", "end", "unit", "place", "agreements", "people", "number", "certainty")
    vientiane = "Lào: Thủ đô Viêng Chăn"
    assert annex(table, "list-out", "head", *columns) == [
        (
            "Ủy viên Bộ Chính trị, Bí thư Thành ủy TP. Hồ Chí Minh Nguyễn Văn Nên",
            "26/5/2022",
            "—",
            "Hồ Chí Minh",
            vientiane,
            "—",
            "—",
            "1",
            "trong kỳ",
        ),
        (
            "Ủy viên Trung ương Đảng, Phó Bí thư Thành ủy, Chủ tịch UBND TP Hà Nội Trần Sỹ Thanh",
            "4/11/[2022]",
            "—",
            "Hà Nội",
            vientiane,
            "HN-VC-2022",
            "—",
            "1",
            "trong kỳ",
        ),
        ("—", "—", "—", "Hà Nội", vientiane, "HN-VC-2017", "—", SEVERAL, "không rõ ngày"),
    ]
    assert annex(table, "list-in", "head", "from", *columns) == [
        (
            "Phó Bí thư Tỉnh ủy Luông Pha Bang Su Căn - Bun Nhông", "Luông Pha Bang",
            "27/8/[2022]", "—", "Sơn La", "Lào: Luông Pha Bang", "SL-LPB-2022", "—", "1", "trong kỳ",
        ),
        ("—", "Thủ đô Viêng Chăn", "—", "—", "—", vientiane, "HN-VC-2017", "—", SEVERAL, "không rõ ngày"),
    ]  # fmt: skip


def test_annexes_of_delegations_by_unit_place_purpose_and_money():
    table = asked()
    assert annex(table, "by-unit", "direction", "unit", "delegations") == [
        ("Đoàn ra", "Hà Nội", f"1; {HN_2017}"),
        ("Đoàn ra", "Hồ Chí Minh", "1"),
        ("Đoàn ra", "Tổng", f"2; {HN_2017}"),
        ("Đoàn vào", "Sơn La", "1"),
        ("Đoàn vào", "—", HN_2017),
        ("Đoàn vào", "Tổng", f"1; {HN_2017}"),
    ]
    assert annex(table, "by-place", "direction", "place", "delegations") == [
        ("Đoàn ra", "cả nước", f"2; {HN_2017}"),
        ("Đoàn ra", "Thủ đô Viêng Chăn", f"2; {HN_2017}"),
        ("Đoàn ra", "—", f"2; {HN_2017}"),
        ("Đoàn vào", "cả nước", f"1; {HN_2017}"),
        ("Đoàn vào", "Luông Pha Bang", "1"),
        ("Đoàn vào", "Thủ đô Viêng Chăn", HN_2017),
        ("Đoàn vào", "—", f"1; {HN_2017}"),
    ]
    jubilee = "Kỷ niệm 60 năm quan hệ ngoại giao Việt Nam – Lào và 45 năm Hiệp ước Hữu nghị và Hợp tác"
    assert annex(table, "by-purpose", "direction", "purpose", "delegations") == [
        ("Đoàn ra", "—", f"2; {HN_2017}"),
        ("Đoàn ra", "Tổng", f"2; {HN_2017}"),
        ("Đoàn vào", jubilee, "1"),
        ("Đoàn vào", "—", HN_2017),
        ("Đoàn vào", "Tổng", f"1; {HN_2017}"),
    ]
    assert annex(table, "by-funding", "direction", "funding", "delegations") == [
        ("Đoàn ra", "—", f"2; {HN_2017}"),
        ("Đoàn ra", "Tổng", f"2; {HN_2017}"),
        ("Đoàn vào", "—", f"1; {HN_2017}"),
        ("Đoàn vào", "Tổng", f"1; {HN_2017}"),
    ]


def test_annexes_of_aid():
    table = asked()
    son_la, covid = ("Sơn La", "Luông Pha Bang"), "Giúp đỡ trong dịch Covid-19"
    city, capital, ha_noi = "Hồ Chí Minh", "Thủ đô Viêng Chăn", "Hà Nội"
    both = "không tách được: Thủ đô Viêng Chăn, Bộ Chỉ huy quân sự thủ đô Viêng Chăn"
    possible, undated = ("có thể", "có cộng"), ("không rõ ngày", NONE)
    columns = (
        "giver",
        "receiver",
        "content",
        "unit",
        "delivered",
        "amount",
        "currency",
        "held",
        "certainty",
        "counts",
    )
    silent = ("—", "—", "—", "—", "—", *undated)
    assert annex(table, "aid-rows", *columns) == [
        (*son_la, "Lưu học sinh tiếp nhận", "người", "78", "—", "—", "2019–2021", *possible),  # D4.6
        (
            *son_la, "trong đó: Trong đó được ngân sách tỉnh hỗ trợ", "người", "65", "—", "—", "2019–2021",
            "có thể", "không cộng: thuộc dòng trên",
        ),
        (*son_la, "Máy thở", "chiếc", "2", "—", "—", "2020–2021", *possible),  # D4.5
        (*son_la, "Khẩu trang y tế", "chiếc", "15.000", "—", "—", "2020–2021", *possible),
        (*son_la, "Khẩu trang vải", "chiếc", "5.000", "—", "—", "2020–2021", *possible),
        (*son_la, "Dung dịch sát khuẩn tay", "chai", "1.000", "—", "—", "2020–2021", *possible),
        (*son_la, "Tiền mặt", "—", "—", "300.000.000", "VND", "2020–2021", *possible),
        (city, capital, covid, *silent),  # D3.5
        (capital, city, covid, *silent),
        (ha_noi, both, "Nhà truyền thống Bộ Chỉ huy quân sự thủ đô Viêng Chăn", *silent),  # D5.3
        (ha_noi, capital, "Học bổng tại Hà Nội", *silent),
        (ha_noi, capital, "Đào tạo cán bộ", *silent),
        (ha_noi, capital, "Tiền", *silent),  # D5.4
        (ha_noi, capital, "Trang thiết bị", *silent),
        (capital, ha_noi, "Tiền", *silent),
        (capital, ha_noi, "Trang thiết bị", *silent),
    ]  # fmt: skip
    assert annex(table, "aid-students", "place", "year", "total", "province", "certainty") == [
        ("Luông Pha Bang", "2019–2021", "78 người", "65 người", "có thể"),
        ("Thủ đô Viêng Chăn", "—", "—", "—", "không rõ ngày"),
    ]


def test_annexes_of_deadlines():
    table = asked()
    assert annex(table, "due", "text", "day", "days") == [
        (EVENTS_PLANNED, "31/12/2022", "17"),
        (INVITED, "31/12/2022", "17"),
    ]
    # 17/11/2021 to 14/12/2022: a year and 27 days
    assert annex(table, "stale", "text", "day", "days") == [(text, "17/11/2021", "392") for text in TALKS]
    assert annex(table, "reports", "what", "since", "due", "days") == [
        ("báo cáo việc ký", "27/8/2022", "11/9/2022", "-94"),
        ("báo cáo kết quả chuyến đi", "27/8/2022", "11/9/2022", "-94"),
        ("báo cáo việc ký", "4/11/2022", "19/11/2022", "-25"),
        ("báo cáo kết quả chuyến đi", "4/11/2022", "19/11/2022", "-25"),
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
