"""The annexes of the period report of 2022 (15/12/2021–14/12/2022), line by line, by hand from the ledger."""

import pytest

from tracker.tests.seeded import seeded  # noqa: F401
from tracker.tests.test_agreement_sheet_ledger import IDLE, NOTHING_DONE, PROMISED, STALE
from tracker.tests.test_period_report_ledger import HN_2017, NONE, SEVERAL, annex, asked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]
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
        *(
            (f"SL-LPB-2022-{one}", "cam kết trong văn bản đã ký", "27/8/[2022]", "trong kỳ")
            for one in "ABCDEF"
        ),
        ("HN-2022-CB-A", announced, "4/11/[2022]", "trong kỳ"),  # D2.11
    ]
    assert annex(asked(), "asked", "code", "strength", "made", "certainty") == [
        *((f"SL-2022-MM-{one}", wished, "27/8/[2022]", "trong kỳ") for one in "AB"),  # D4.12, D4.13
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
    ]
    assert annex(table, "undated-out", "head", *columns) == [
        ("—", "—", "—", "Hà Nội", vientiane, "HN-VC-2017", "—", SEVERAL, "không rõ ngày"),
    ]
    assert annex(table, "list-in", "head", "from", *columns) == [
        (
            "Phó Bí thư Tỉnh ủy Luông Pha Bang Su Căn - Bun Nhông", "Luông Pha Bang",
            "27/8/[2022]", "—", "Sơn La", "Lào: Luông Pha Bang", "SL-LPB-2022", "—", "1", "trong kỳ",
        ),
    ]  # fmt: skip
    assert annex(table, "undated-in", "head", "from", *columns) == [
        ("—", "Thủ đô Viêng Chăn", "—", "—", "—", vientiane, "HN-VC-2017", "—", SEVERAL, "không rõ ngày"),
    ]


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
        (*son_la, "Tiền mặt", "—", "—", "300.000.000 VND", "VND", "2020–2021", *possible),
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
