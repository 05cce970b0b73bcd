"""The sheet of every agreement of the five source documents, line by line, worked out by hand from their ledger."""

import re
from datetime import date

import pytest

from agreements.models import Agreement
from tracker.reports import writers
from tracker.reports.agreement_sheet import agreement_sheet
from tracker.tests.seeded import seeded  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]
ON = date(2023, 6, 30)
HN_OLD, HN_NEW, HN_TRADE, SL, HCM, TOP = (
    "HN-VC-2017", "HN-VC-2022", "HN-VC-2022-CT", "SL-LPB-2022", "HCM-VT", "VN-LA-CAPCAO",
)  # fmt: skip
THEMES = {
    "HN-VC-CD-CB": "Đào tạo, bồi dưỡng cán bộ",
    "HN-VC-CD-TN": "Thanh thiếu niên",
    "HN-VC-CD-QH": "Hợp tác cấp quận, huyện",
}
IN_FORCE, OPEN_END = "đang có hiệu lực", "đang có hiệu lực, không nêu thời hạn"
LAW, PARTY = "Luật Thỏa thuận quốc tế", "quy định của Đảng"
IDLE, STALE = "thường xuyên, chưa có hoạt động", "lâu không cập nhật"
NOTHING_DONE = "chưa ghi nhận hoạt động nào"


def sheet(code):
    return agreement_sheet(Agreement.objects.get(code=code).pk, ON)


def rows(code, key, *columns):
    """The rows of one table of a sheet as texts of these columns."""
    found = []
    for table in sheet(code).tables:
        if table.key == key:
            places = [[column.key for column in table.columns].index(name) for name in columns]
            found += [tuple(writers.shown(row[place]) for place in places) for row in table.rows]
    return found


# The head ----------------------------------------------------------------------------------------
def head(parties, effect, kind, level, track, office, **more):
    return {
        "Các bên (phía Việt Nam | phía bạn)": parties, "Tình trạng hiệu lực": effect, "Loại": kind, "Cấp": level,
        "Điều chỉnh theo": track, "Giai đoạn xử lý": "đã ký", "Cơ quan": office, **more,
    }  # fmt: skip


WITNESSES = (
    "Chủ tịch UBND TP Hà Nội Trần Sỹ Thanh (UBND thành phố Hà Nội); "
    "Đô trưởng Viêng Chăn Athsaphangthong Siphandone (Chính quyền thủ đô Viêng Chăn)"
)
HEADS = {
    # D5.2
    HN_OLD: head(
        "Hà Nội | Thủ đô Viêng Chăn", "hết hiệu lực", "Biên bản ghi nhớ", "cấp tỉnh", LAW, "Sở Ngoại vụ Hà Nội",
        **{"Giai đoạn ghi trên văn bản": "2017–2020", "Hiệu lực từ": "2017", "Hiệu lực đến": "2020"},
    ),
    # D2.4, and D5.7, D5.9 for the names before the signing; 915 days: 184 of 2023, 366 of 2024, 365 of 2025
    HN_NEW: head(
        "Thành ủy Hà Nội, UBND thành phố Hà Nội | Thành ủy Viêng Chăn, Chính quyền thủ đô Viêng Chăn", IN_FORCE,
        "Thỏa thuận hợp tác", "cấp tỉnh", PARTY, "Sở Ngoại vụ Hà Nội",
        **{
            "Giai đoạn ghi trên văn bản": "2022–2025", "Hiệu lực từ": "2022", "Hiệu lực đến": "2025",
            "Đơn vị đầu mối": "Sở Ngoại vụ Hà Nội", "Số ngày còn lại": "≈ 915",
            "Tên gọi khác": "Biên bản thỏa thuận hợp tác Hà Nội – Viêng Chăn; "
            "Biên bản thỏa thuận hợp tác giữa hai thủ đô giai đoạn 2022–2025; "
            "Biên bản hợp tác Hà Nội – Viêng Chăn giai đoạn mới; "
            "Biên bản ghi nhớ hợp tác song phương giai đoạn mới",
        },
    ),
    # D2.5: two witnesses, no signatory, no term
    HN_TRADE: head(
        "Sở Công thương Hà Nội | Sở Công thương Viêng Chăn", OPEN_END, "Biên bản ghi nhớ", "sở, ngành", LAW,
        "Sở Ngoại vụ Hà Nội",
        **{
            "Ngày ký": "4/11/[2022]", "Hiệu lực từ": "4/11/[2022]", "Số ngày còn lại": "chưa rõ",
            "Lĩnh vực hợp tác": "Thương mại, thị trường hàng hóa; Công thương", "Người chứng kiến": WITNESSES,
        },
    ),
    # D2.6: many, how many is not given
    **{
        code: head(
            "Các cơ quan chuyên môn của Hà Nội | Các cơ quan chuyên môn của Viêng Chăn", OPEN_END,
            "Biên bản ghi nhớ", "sở, ngành", LAW, "Sở Ngoại vụ Hà Nội",
            **{
                "Ngày ký": "4/2022–4/11/[2022]", "Hiệu lực từ": "4/2022–4/11/[2022]", "Số ngày còn lại": "chưa rõ",
                "Số lượng": "nhiều, chưa rõ bao nhiêu", "Lĩnh vực hợp tác": theme,
            },
        )
        for code, theme in THEMES.items()
    },
    # D4.7; 550 days: 184 of 2023, 366 of 2024
    SL: head(
        "Sơn La | Luông Pha Bang", IN_FORCE, "Biên bản thỏa thuận", "cấp tỉnh", LAW, "Sở Ngoại vụ Sơn La",
        **{
            "Ngày ký": "27/8/[2022]", "Giai đoạn ghi trên văn bản": "2022–2024", "Hiệu lực từ": "27/8/[2022]",
            "Hiệu lực đến": "2024", "Số ngày còn lại": "≈ 550",
            "Người ký": "Lãnh đạo tỉnh Sơn La (không nêu tên); Lãnh đạo tỉnh Luông Pha Bang (không nêu tên)",
        },
    ),
    # D3.6 and D1.7: known only by being mentioned
    HCM: head(
        "Hồ Chí Minh | Thủ đô Viêng Chăn", "không xác định", "Thỏa thuận (chỉ biết qua nguồn nhắc đến)", "cấp tỉnh",
        LAW, "Sở Ngoại vụ TP. Hồ Chí Minh",
    ),
    TOP: head(
        "Đảng Cộng sản Việt Nam, Nhà nước CHXHCN Việt Nam | Đảng Nhân dân Cách mạng Lào, Nhà nước CHDCND Lào",
        "không xác định", "Thỏa thuận (chỉ biết qua nguồn nhắc đến)", "Đảng", PARTY, "Sở Ngoại vụ TP. Hồ Chí Minh",
    ),
}  # fmt: skip


def test_every_agreement_of_the_ledger_is_compared():
    assert sorted(Agreement.objects.values_list("code", flat=True)) == sorted(HEADS)


@pytest.mark.parametrize("code", HEADS)
def test_the_head_says_what_the_source_says_and_no_more(code):
    told = {str(label): writers.shown(value) for label, value in sheet(code).facts}
    known = {label: text for label, text in told.items() if text != "—" and label != "Ghi chú"}
    assert known == {**HEADS[code], "Mã": code}


# The family --------------------------------------------------------------------------------------
OLD = (HN_OLD, "2017–2020", "hết hiệu lực", "—")
NEW = (HN_NEW, "2022–2025", IN_FORCE, "—")
GAP = "1/1/2021–31/12/2021"
FAMILIES = {
    HN_OLD: [("thỏa thuận này", *OLD), ("thỏa thuận kế sau", *NEW[:3], GAP)],
    HN_NEW: [
        ("thỏa thuận kế trước", *OLD[:3], GAP),
        ("thỏa thuận này", *NEW),
        *(("thuộc khung này", code, "—", OPEN_END, "—") for code in (*THEMES, HN_TRADE)),
    ],
    **{code: [("khung", *NEW), ("thỏa thuận này", code, "—", OPEN_END, "—")] for code in (*THEMES, HN_TRADE)},
}


@pytest.mark.parametrize("code", HEADS)
def test_the_family_with_the_gap_of_2021(code):
    found = rows(code, "family", "relation", "code", "period", "effect", "gap")
    assert found == FAMILIES.get(code, [])


# Commitments -------------------------------------------------------------------------------------
PROMISED = [  # D4.8 (a)–(f)
    "Tuyên truyền cho cán bộ, chiến sĩ, nhân dân về tình hữu nghị truyền thống và hợp tác toàn diện",
    "Phối hợp hoạt động kỷ niệm ngày lễ của hai nước, mỗi nước, mỗi tỉnh, trước hết là 60 năm quan hệ ngoại giao và"
    " 45 năm Hiệp ước",
    "Xúc tiến đầu tư, thương mại thường xuyên",
    "Trao đổi đoàn và thực hiện tốt quy chế hoạt động đối ngoại",
    "Bảo đảm quốc phòng, an ninh, trật tự xã hội, đấu tranh phòng chống tội phạm",
    "Tạo điều kiện phối hợp thực hiện kế hoạch đào tạo nguồn nhân lực với các tỉnh Bắc Lào, trong đó có Luông Pha Bang",
]


@pytest.mark.parametrize("code", HEADS)
def test_only_what_was_signed_is_a_commitment_of_the_paper(code):
    found = rows(
        code, "commitments", "code", "text", "strength", "obligors", "period", "state", "health", "why"
    )
    assert found == [
        (
            f"SL-LPB-2022-{letter}", text, "cam kết trong văn bản đã ký", "Sơn La, Luông Pha Bang", "2022–2024", IDLE,
            STALE, NOTHING_DONE,
        )
        for letter, text in zip("ABCDEF", PROMISED, strict=True)
        if code == SL
    ]  # fmt: skip


AGREED, PROPOSED, WISHED, ANNOUNCED, TASK = (
    "thống nhất tại hội đàm", "đề nghị, đề xuất", "mong muốn", "một bên thông báo", "lãnh đạo giao nhiệm vụ",
)  # fmt: skip
BOTH = "Hà Nội, Thủ đô Viêng Chăn"
SIGNED_LATER = "đã ký: HN-VC-2022"


def idle(code, strength, obligors, made, health="—", **more):
    return (code, strength, obligors, made, more.get("state", IDLE), health, more.get("why", NOTHING_DONE))


IN_2021, IN_2022 = "17/11/[2021]", "4/11/[2022]"
OF_HA_NOI = [
    *(idle(f"HN-2021-DX-{one}", PROPOSED, "Hà Nội", IN_2021) for one in "AB"),  # D5.3
    *(idle(f"HN-2021-MM-{one}", WISHED, BOTH, IN_2021) for one in "ABCDE"),  # D5.6
    idle("HN-2021-NV-A", TASK, "Sở Ngoại vụ Hà Nội", IN_2021, state="hoàn thành", why=SIGNED_LATER),  # D5.7
    *(idle(f"HN-2021-TN-{one}", AGREED, BOTH, IN_2021, STALE) for one in "ABCDEFGHIKLM"),  # D5.5
    idle("HN-2021-TN-N", AGREED, BOTH, IN_2021, state="hoàn thành", why=SIGNED_LATER),  # D5.9
    idle("HN-2022-CB-A", ANNOUNCED, "Hà Nội", IN_2022, STALE),  # D2.11
    *(idle(f"HN-2022-DX-{one}", PROPOSED, BOTH, IN_2022) for one in "ABCDEFGH"),  # D2.8, D2.9
    idle("HN-2022-MM-B", WISHED, BOTH, IN_2022),  # D2.12
]
OVERDUE = "hạn 31/12/2022, quá 181 ngày"  # 31 + 28 + 31 + 30 + 31 + 30 days
OUTSIDE = {
    **dict.fromkeys((HN_OLD, HN_NEW, HN_TRADE, *THEMES), OF_HA_NOI),
    SL: [
        idle("SL-2022-CB-A", ANNOUNCED, "Sơn La", "27/8/[2022]", STALE),  # D4.12
        idle("SL-2022-MM-A", WISHED, "Sơn La, Luông Pha Bang", "27/8/[2022]"),  # D4.12
        idle("SL-2022-MM-B", WISHED, "Sơn La, Luông Pha Bang", "27/8/[2022]"),  # D4.13
    ],
    HCM: [
        idle(
            "HCM-2022-CB-A", ANNOUNCED, "Thủ đô Viêng Chăn", "26/5/2022", "quá hạn", state="chưa có báo cáo",
            why=f"chưa có số liệu, chỉ tiêu 7 hoạt động năm 2022; {OVERDUE}",
        ),  # D3.3
        idle(
            "HCM-2022-CB-B", ANNOUNCED, "Hồ Chí Minh", "26/5/2022", "quá hạn", state="chưa có báo cáo",
            why=f"chưa có báo cáo, {NOTHING_DONE}; {OVERDUE}",
        ),  # D3.4
    ],
}  # fmt: skip


@pytest.mark.parametrize("code", HEADS)
def test_what_was_said_in_talks_stands_apart_from_the_paper(code):
    found = rows(code, "outside", "code", "strength", "obligors", "made", "state", "health", "why")
    assert found == OUTSIDE.get(code, [])


# What took place ---------------------------------------------------------------------------------
EVENTS = {
    "delegations-out": {
        HN_OLD: [("HN-2017-R", "—", "không rõ ngày", "chưa rõ số", "—")],  # D5.3
        HN_NEW: [("HN-2022-R01", IN_2022, "—", "1", "—")],  # D2.1
    },
    "delegations-in": {
        HN_OLD: [("HN-2017-V", "—", "không rõ ngày", "chưa rõ số", "—")],  # D5.3
        SL: [("SL-2022-V01", "27/8/[2022]", "—", "1", "—")],  # D4.1
    },
}


@pytest.mark.parametrize("key", EVENTS)
@pytest.mark.parametrize("code", HEADS)
def test_delegations_with_the_numbers_that_are_known(code, key):
    found = rows(code, key, "code", "held", "certainty", "number", "people")
    assert found == EVENTS[key].get(code, [])


MEETINGS = {
    HN_OLD: [("HN-2021-H01", "hội đàm", IN_2021, "được bàn đến")],  # D5.1
    HN_NEW: [("HN-2022-H01", "làm việc", IN_2022, "được bàn đến")],  # D2.3
    HN_TRADE: [("HN-2022-H01", "làm việc", IN_2022, "ký tại đó")],  # D2.5
    SL: [("SL-2022-H01", "hội đàm", "27/8/[2022]", "ký tại đó")],  # D4.2, D4.7
    HCM: [("HCM-2022-H01", "làm việc", "26/5/2022", "được bàn đến")],  # D3.2
}


@pytest.mark.parametrize("code", HEADS)
def test_meetings_and_what_they_did_for_the_paper(code):
    assert rows(code, "meetings", "code", "kind", "held", "how") == MEETINGS.get(code, [])


@pytest.mark.parametrize("code", HEADS)
def test_aid_is_that_of_the_paper_with_nothing_invented(code):
    """D5.3: three kinds of help without amount or date. D4.5 and D4.6 came before the paper and under none."""
    given = rows(code, "aid-given", "code", "certainty", "quantity", "amount", "counts")
    of_old = [(f"HN-2017-{one}", "không rõ ngày", "—", "—", "chưa có số liệu") for one in ("NTT", "HB", "DT")]
    assert given == (of_old if code == HN_OLD else [])
    assert rows(code, "aid-received", "code") == []


def test_what_is_after_the_day_is_told_apart():
    """D1.1, 31/7/2024, was not yet when asked as of 30/6/2023."""
    assert rows(TOP, "others", "code", "held", "status") == [("HCM-2024-V01", "31/7/[2024]", "sau ngày xét")]


# Sources -----------------------------------------------------------------------------------------
TALKS_OF_2021, TALKS_OF_2022 = {3, 5, 6, 7, 9, 10}, {8, 9, 11, 12}
"""Numbers of the facts of D5 and D2 behind OF_HA_NOI."""
CITED = {
    HN_OLD: {"D5": {1, 2, 8, 11, 12} | TALKS_OF_2021, "D2": TALKS_OF_2022},
    HN_NEW: {"D2": {1, 3, 4} | TALKS_OF_2022, "D5": TALKS_OF_2021},
    HN_TRADE: {"D2": {3, 5} | TALKS_OF_2022, "D5": TALKS_OF_2021},
    **{code: {"D2": {6} | TALKS_OF_2022, "D5": TALKS_OF_2021} for code in THEMES},
    SL: {"D4": {1, 2, 7, 8, 9, 10, 11, 12, 13}},
    HCM: {"D3": {2, 3, 4, 6, 7, 9}},
    TOP: {"D1": {1, 7}},
}


@pytest.mark.parametrize("code", HEADS)
def test_every_line_leads_to_its_fact(code):
    said = " ".join(text for (text,) in rows(code, "sources", "says"))
    assert set(re.findall(r"D\d\.\d+", said)) == {
        f"{document}.{number}" for document, numbers in CITED[code].items() for number in numbers
    }
