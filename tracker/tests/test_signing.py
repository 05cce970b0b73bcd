"""Agreements of a period: signed, in force with their results, to be signed, extended, ended."""

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.models import AgreementRole, Body, Citation, CommitmentRole
from agreements.tests.builders import (
    make_agreement,
    make_body,
    make_commitment,
    make_document,
    make_event,
    make_link,
    make_person,
    make_place,
    make_progress,
    make_target,
    make_term,
)
from delegations.tests.builders import contribute, make_delegation, make_delivery, make_line, make_meeting
from tracker.reports import writers
from tracker.reports.questions import PeriodQuestion
from tracker.reports.signing_tables import agreements_signed
from tracker.tests.seeded import seeded  # noqa: F401
from tracker.tests.test_report_command import report

pytestmark = pytest.mark.django_db
TODAY = date(2023, 12, 31)
YEAR = {"begin": "1/1/2023", "end": "31/12/2023"}


def asked(**filters):
    return agreements_signed(PeriodQuestion({**YEAR, **filters}, TODAY))


def below(key, **filters):
    return next(one for one in asked(**filters).below if one.key == key)


def told(table):
    """[{column key: text}] of a table."""
    keys = [column.key for column in table.columns]
    return [dict(zip(keys, map(writers.shown, row), strict=True)) for row in table.rows]


def titles(table):
    return [row["title"] for row in told(table)]


# Signed ------------------------------------------------------------------------------------------
def full_agreement(**facts):
    """An agreement of which everything is told."""
    ours, theirs = (
        make_body("UBND-X", "UBND tỉnh X"),
        make_body("CQ-K", "Chính quyền tỉnh K", make_place("LA-K", "Tỉnh K")),
    )
    make_place("LA", "Lào", kind=Body.Kind.COUNTRY)
    make_place("VN", "Việt Nam", kind=Body.Kind.COUNTRY)
    agreement = make_agreement(
        ours, theirs,
        **{
            "code": "TT-1", "title": "Biên bản thỏa thuận", "kind": make_term("agreement_kind", "memo", "Biên bản"),
            "signed_on": "2023-08-27", "signed_at": make_place(), "mode": "in_person", "effective_on": "2023-09-01",
            "period": "2023/2025", "expires_on": "2025-12-31", "auto_renews": True, "languages": "vi|lo",
            "published_on": "2023-09-10", "note": "Ghi chú", **facts,
        },
    )  # fmt: skip
    for body, person, title in (
        (ours, make_person("Nguyễn Văn A"), "Chủ tịch"),
        (theirs, None, "Tỉnh trưởng"),
    ):
        AgreementRole.objects.create(
            agreement=agreement, role="signatory", body=body, person=person, title=title
        )
    AgreementRole.objects.create(agreement=agreement, role="focal", body=make_body())
    agreement.fields.add(make_term("field", "health", "Y tế"))
    paper = make_document(number="01652/QĐ-UBND", issued_on="2023-08-01")
    Citation.objects.create(agreement=agreement, document=paper, role="approval")
    return agreement


def test_signed_in_the_period_has_the_columns_of_annex_1():
    full_agreement()
    assert told(asked()) == [
        {
            "no": "1", "title": "Biên bản thỏa thuận (TT-1)", "kind": "Biên bản", "ours": "UBND tỉnh X",
            "theirs": "Chính quyền tỉnh K", "country": "Lào", "fields": "Y tế", "signed": "27/8/2023",
            "place": "Tỉnh X, trực tiếp",
            "signatories": "Việt Nam: Chủ tịch Nguyễn Văn A (UBND tỉnh X); Lào: Tỉnh trưởng (Chính quyền tỉnh K)",
            "effective": "1/9/2023", "term": "2023–2025; đến: 31/12/2025; tự động gia hạn",
            "languages": "tiếng Việt, tiếng Lào", "approval": "01652/QĐ-UBND (1/8/2023)", "published": "10/9/2023",
            "note": "Ghi chú",
        }
    ]  # fmt: skip


def test_what_is_not_known_is_a_dash():
    make_agreement(signed_on="2023-08-27", code="TT-2", title="Ghi nhớ")
    (row,) = told(asked())
    assert {
        row[key] for key in ("fields", "place", "signatories", "effective", "term", "languages", "published")
    } == {"—"}


def test_which_agreements_were_signed_in_the_period():
    for code, facts in {
        "TRONG": {"signed_on": "2023-12-31"},
        "TRUOC": {"signed_on": "2022-12-31"},
        "SAU": {"signed_on": "2024-01-01"},
        "COTHE": {"signed_on": "2022-11/2023-02", "number": None},
        "TRAODOI": {"exchanged_on": "2023-06-01"},
        "KHONGNGAY": {"period": "2022/2025"},
        "DUTHAO": {"signed_on": "2023-12-01", "process": "drafting"},
        "RUT": {"signed_on": "2023-12-01", "withdrawn_on": TODAY, "withdrawn_reason": "trùng"},
    }.items():
        make_agreement(code=code, title=code, **facts)
    table = asked()
    assert {title.partition(" ")[0] for title in titles(table)} == {"TRONG", "TRAODOI", "COTHE"}
    assert writers.shown(table.notes[0]) == "Số văn bản đã ký: 2; có thể: chưa rõ số"
    assert writers.shown(table.notes[1]).startswith("1 hồ sơ văn bản đã ký không rõ ngày ký")
    assert "gap=date-unknown" in table.notes[1].link
    (possible,) = [row for row in told(table) if row["title"].startswith("COTHE")]
    assert possible["note"] == "có thể trong kỳ; số văn bản: chưa rõ số"


def test_parts_are_not_added_to_their_whole():
    whole = make_agreement(signed_on="2023-04/2023-05", number=5)
    make_agreement(signed_on="2023-04/2023-05", number=2, part_of=whole)
    assert writers.shown(asked().notes[0]) == "Số văn bản đã ký: 5"


def test_signed_on_the_day_of_signing_not_of_the_exchange():
    """Signed on 30/11/2025, exchanged on 1/12/2025."""
    make_agreement(signed_on="2025-11-30", exchanged_on="2025-12-01")
    november = {"begin": "1/11/2025", "end": "30/11/2025"}
    december = {"begin": "1/12/2025", "end": "31/12/2025"}
    assert [len(asked(**period).rows) for period in (november, december)] == [1, 0]


# In force ----------------------------------------------------------------------------------------
def busy_agreement(**facts):
    agreement = full_agreement(
        **{"signed_on": "2022-01-15", "period": "2022/2025", "effective_on": "", **facts}
    )
    measured = make_commitment(
        agreement, kind="cumulative", unit=make_term("unit", "person"), period="2022/2025"
    )
    make_target(measured, "2022/2025", 5)
    make_progress(measured, "2022-12-01", "in_progress", quantity=3, done="Năm trước")
    for month in (2, 4, 6, 9):
        make_progress(measured, f"2023-{month:02d}-01", "in_progress", done=f"Việc tháng {month}")
    make_progress(
        measured, "2023-10-01", "in_progress", difficulties="Thiếu kinh phí", next_step="Đề nghị bố trí kinh phí",
        reason=make_term("reason", "money", "kinh phí"),
    )  # fmt: skip
    for held in ("2022-05-26", "2023-05-26", "2023-12-30/2024-01-02", "2022-12-30/2023-01-02"):
        contribute(make_delegation("out", held), agreement)
    contribute(make_delegation("in", "2023-04-01"), measured)
    contribute(make_meeting("2023"), agreement)
    delivery = make_delivery("2023-05-01")
    make_line(delivery, "cash", amount=300_000_000, currency="VND")
    contribute(delivery, agreement)
    make_event(agreement, "amended", "2023-07-01")
    make_event(agreement, "amended", "2022-07-01")
    return agreement


def test_in_force_with_results_has_the_columns_of_annex_2():
    busy_agreement()
    (row,) = told(below("in-force"))
    assert row == {
        "no": "1", "title": "Biên bản thỏa thuận (TT-1)", "signed": "15/1/2022", "until": "31/12/2025",
        "effect": "đang có hiệu lực", "focal": "Sở Ngoại vụ X",
        "done": "đoàn ra: 2; đoàn vào: 1; tiếp xúc: 1; hỗ trợ cho bạn: 300.000.000 VND; sửa đổi, bổ sung 1/7/2023; "
        "1/9/2023: Việc tháng 9; 1/6/2023: Việc tháng 6; 1/4/2023: Việc tháng 4; còn 1 báo cáo: mở phiếu thỏa thuận.",
        "cumulative": row["cumulative"],
        "difficulties": "1/10/2023: Thiếu kinh phí", "proposals": "1/10/2023: Đề nghị bố trí kinh phí",
    }  # fmt: skip
    assert (
        "đoàn ra: 3; có thể: 1; đoàn vào: 1; tiếp xúc: 1; hỗ trợ cho bạn: 300.000.000 VND"
        in row["cumulative"]
    )


def test_long_words_are_shortened_and_lead_to_the_sheet():
    agreement = make_agreement(signed_on="2023-01-01")
    make_progress(make_commitment(agreement), "2023-02-01", done="chữ " * 100)
    (row,) = below("in-force").rows
    (cell,) = row[6].value
    assert len(cell.value) < 180
    assert cell.value.endswith("…")
    assert cell.link == f"/reports/agreements/{agreement.pk}/?on=2023-12-31#commitments"


def test_a_corrected_report_is_not_told():
    commitment = make_commitment(make_agreement(signed_on="2023-01-01"))
    wrong = make_progress(commitment, "2023-02-01", done="Sai")
    make_progress(commitment, "2023-02-01", done="Đúng", corrects=wrong)
    assert told(below("in-force"))[0]["done"] == "1/2/2023: Đúng"


def test_only_what_is_in_force_or_suspended_at_the_end_of_the_period():
    make_agreement(code="CO", title="CO", signed_on="2020-01-01")
    make_agreement(code="HET", title="HET", signed_on="2020-01-01", expires_on="2023-12-30")
    make_event(make_agreement(code="DUNG", title="DUNG", signed_on="2020-01-01"), "suspended", "2023-05-01")
    make_agreement(code="CHUA", title="CHUA", signed_on="2023-12-01", effective_on="2024-01-01")
    assert sorted(titles(below("in-force"))) == ["CO (CO)", "DUNG (DUNG)"]


# To come and ended -------------------------------------------------------------------------------
def test_to_be_signed_has_the_columns_of_annex_3():
    older = make_agreement(signed_on="2018-01-01", period="2018/2022", title="Biên bản 2018–2022")
    newer = full_agreement(process="consulting", signed_on="2024-03", published_on="", level="department")
    make_link(newer, "replaces", older)
    assert told(below("to-sign")) == [
        {
            "no": "1", "title": "Biên bản thỏa thuận (TT-1)", "partner": "Chính quyền tỉnh K", "level": "sở, ngành",
            "contents": "Y tế; Ghi chú", "when": "3/2024; 2023–2025; Tỉnh X, trực tiếp",
            "replaces": "Biên bản 2018–2022",
            "proposer": "Sở Ngoại vụ X", "standing": newer.get_process_display(),
        }
    ]  # fmt: skip


def test_promised_papers_are_to_be_signed_until_they_are():
    framework = make_agreement(signed_on="2022-01-01", title="Khung", code="KHUNG")
    promise = make_commitment(framework, kind="child", text="Ký ghi nhớ giữa hai Hội Phụ nữ", period="2024")
    CommitmentRole.objects.create(commitment=promise, role="lead", body=make_body("HPN", "Hội Phụ nữ"))
    (row,) = told(below("to-sign"))
    assert (row["title"], row["partner"], row["when"]) == (
        f"{promise.text} ({promise.code})",
        "Tỉnh Y",
        "2024",
    )
    assert (row["contents"], row["proposer"]) == ("cam kết ký tại: Khung", "Hội Phụ nữ")
    promise.child = make_agreement(process="drafting", title="Ghi nhớ", code="GN")
    promise.save()
    assert titles(below("to-sign")) == ["Ghi nhớ (GN)"]
    promise.child.process, promise.child.signed_on = "signed", "2023-05-01"
    promise.child.save()
    assert titles(below("to-sign")) == []


def test_refused_papers_are_not_to_be_signed():
    make_agreement(process="refused")
    assert below("to-sign").rows == ()


def test_to_be_extended():
    make_agreement(code="SAP", title="SAP", signed_on="2020-01-01", expires_on="2024-06-27")
    make_agreement(code="CON", title="CON", signed_on="2020-01-01", expires_on="2024-06-28")
    make_agreement(
        code="TUDONG", title="TUDONG", signed_on="2020-01-01", expires_on="2023-06-01", auto_renews=True
    )
    rows = {row["title"]: (row["when"], row["standing"]) for row in told(below("to-extend"))}
    assert rows == {
        "SAP (SAP)": ("hiệu lực đến: 27/6/2024", "sắp hết hiệu lực"),
        "TUDONG (TUDONG)": ("hiệu lực đến: 1/6/2023", "tự động gia hạn? cần xác nhận"),
    }


def test_ended_in_the_period():
    make_agreement(code="HET", title="HET", signed_on="2020-01-01", expires_on="2023-06-01")
    make_agreement(code="CU", title="CU", signed_on="2018-01-01", expires_on="2022-12-31")
    make_event(make_agreement(code="DUT", title="DUT", signed_on="2020-01-01"), "terminated", "2023-03")
    make_event(make_agreement(code="DUT22", title="DUT22", signed_on="2020-01-01"), "terminated", "2022-03")
    make_event(make_agreement(code="RUT", title="RUT", signed_on="2020-01-01"), "withdrawn", "2023")
    older = make_agreement(code="THAY", title="THAY", signed_on="2020-01-01")
    make_link(make_agreement(code="MOI", title="MOI", signed_on="2023-05-01"), "replaces", older)
    rows = {row["title"]: (row["when"], row["standing"]) for row in told(below("ended"))}
    assert rows == {
        "HET (HET)": ("1/6/2023", "hết hiệu lực"),
        "DUT (DUT)": ("3/2023", "đã chấm dứt"),
        "RUT (RUT)": ("2023", "đã chấm dứt"),
        "THAY (THAY)": ("1/5/2023", "được thay thế"),
    }


# Filters, size, forms ----------------------------------------------------------------------------
def test_filters_narrow_every_annex():
    full_agreement()
    other = make_agreement(signed_on="2023-01-01")
    make_commitment(other, kind="child", text="Ký văn bản", period="2024")
    partner = Body.objects.get(code="LA-K")
    assert titles(asked(partner=str(partner.pk))) == ["Biên bản thỏa thuận (TT-1)"]
    assert titles(below("in-force", partner=str(partner.pk))) == ["Biên bản thỏa thuận (TT-1)"]
    assert below("to-sign", partner=str(partner.pk)).rows == ()
    assert len(below("to-sign").rows) == 1


def test_sixty_agreements_cost_the_queries_of_three():
    question = PeriodQuestion(YEAR, TODAY)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            agreements_signed(question)
        return len(captured)

    def several(numbers):
        for number in numbers:
            agreement = busy_agreement(code=f"TT-{number}")
            make_commitment(agreement, kind="child", text="Ký văn bản", period="2024")
            full_agreement(code=f"DT-{number}", process="drafting", signed_on="")

    several(range(3))
    few = queries()
    several(range(3, 60))
    assert queries() == few <= 11
    assert len(below("to-sign").rows) == 120


def test_the_page(reader):
    busy_agreement()
    page = reader.get("/reports/agreements-signed/?begin=1/1/2022&end=31/12/2022")
    text = page.content.decode()
    assert page.status_code == 200
    for key in ("in-force", "to-sign", "to-extend", "ended"):
        assert f'<section id="{key}">' in text
    assert "style=" not in text.partition('id="content"')[2]
    wrong = reader.get("/reports/agreements-signed/?begin=31/12/2022&end=1/1/2022")
    assert wrong.status_code == 400
    assert "Từ" in wrong.content.decode()


def test_a_page_shortens_long_annexes(reader):
    for _number in range(202):
        make_agreement(signed_on="2023-01-01")
    text = reader.get("/reports/agreements-signed/?begin=1/1/2023&end=31/12/2023").content.decode()
    assert "Đang hiện 200/202 dòng" in text
    assert "all=1#in-force" in text
    assert len(below("in-force").rows) == 202


def test_the_command_line_in_two_formats():
    full_agreement()
    asked = ("agreements-signed", "--from", "1/1/2023", "--to", "31/12/2023", "--format")
    found = json.loads(report(*asked, "json"))
    assert found["rows"][0]["ours"] == ["UBND tỉnh X"]
    assert found["below"]["in-force"]["rows"][0]["focal"] == "Sở Ngoại vụ X"
    assert (
        report(*asked, "csv").splitlines()[1].startswith("1,Biên bản thỏa thuận (TT-1),Biên bản,UBND tỉnh X")
    )


def test_the_ledger(seeded):  # noqa: F811
    """Signed in 2022 with a day or months: D2.5, D4.7, three lines of D2.6; of D2.4 the day is not given."""
    table = agreements_signed(PeriodQuestion({"begin": "1/1/2022", "end": "31/12/2022"}, date(2022, 12, 31)))
    codes = {title.rpartition("(")[2].rstrip(")") for title in titles(table)}
    assert codes == {"HN-VC-2022-CT", "SL-LPB-2022", "HN-VC-CD-CB", "HN-VC-CD-TN", "HN-VC-CD-QH"}
    in_force = next(one for one in table.below if one.key == "in-force")
    done = {row["title"].rpartition("(")[2].rstrip(")"): row["done"] for row in told(in_force)}
    assert done["SL-LPB-2022"] == "đoàn vào: 1; tiếp xúc: 1"  # D4.1, D4.2
    assert done["HN-VC-2022"].startswith("đoàn ra: 1")  # D2.1
