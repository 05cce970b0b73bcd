"""Attacks that nobody listed: rows that look like something else than they are."""

import tracemalloc
from datetime import date

import pytest
from django.utils.translation import override

from agreements.interchange.importing import import_sheets, planned
from agreements.interchange.sheets import WEB, SheetError, read_file
from agreements.models import (
    Agreement,
    AgreementRole,
    Body,
    Document,
    Name,
    Person,
)
from tracker.interchange import KINDS, in_order, sheets_of
from tracker.tests.batches import cells, faults, take
from tracker.tests.seeded import seeded  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


# Rows that look like something else ---------------------------------------------------------------------
def test_a_commitment_whose_text_begins_like_a_total_is_a_row():
    text = "text,agreement\nTổng số 10 suất học bổng,SL-LPB-2022\nTổng cộng ba hội nghị,SL-LPB-2022\n"
    outcome = take({"commitments": text})
    assert outcome.new == 2, outcome.sheets


def test_rows_that_sorting_brought_above_the_headings_are_not_lost():
    outcome = take({"people": "h1,Đỗ Ước,VN\ncode,name,country\nh2,Trần Tư,VN\n"})
    assert not outcome.taken
    assert outcome.faults[0].row == 0
    assert "above the headings" in outcome.faults[0].sentence


def test_cells_of_a_megabyte_and_a_hundred_columns_are_told_or_read():
    wide = (
        ",".join(["code", "name", *[f"c{n}" for n in range(98)]])
        + "\n"
        + ",".join(["x", "X", *["1"] * 98])
        + "\n"
    )
    outcome = import_sheets(sheets_of(read_file(wide.encode(), "a.csv", limits=WEB), "people"))
    assert "Unknown columns" in outcome.faults[0].sentence
    with pytest.raises(SheetError, match="over 100000 characters"):
        list(read_file(("code,name\nx," + "y" * 2**20 + "\n").encode(), "a.csv", limits=WEB).sheets[0].rows())


def test_a_file_of_one_fault_in_every_row_needs_little_memory():
    text = "code,kind,title\n" + "".join(f"F-{n},không có,Một\n" for n in range(6_000))
    tracemalloc.start()
    outcome = take({"documents": text}, most_faults=10)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert outcome.refused == 6_000
    assert peak < 16_000_000, peak


def test_the_number_of_rows_with_an_open_number_is_told():
    text = "delivery,number,item,amount,currency\n" + "".join(
        f"SL-2020-A,{n},cash,1.500,VND\n" for n in range(11, 16)
    )
    found = {"lines": ("lines", cells(text))}
    with planned(in_order(found)) as spooled:
        (question,) = spooled.questions
    assert question.count == 5


def test_codes_that_differ_in_capitals_are_two_records_and_named_apart():
    outcome = take({"documents": "code,kind,title,replaces\nd4,plan,Một,D4\n"})
    assert outcome.new == 1, faults(outcome)
    assert Document.objects.get(code="d4").replaces.code == "D4"


def test_a_code_with_the_office_in_front_names_another_offices_record():
    take({"documents": "office,code,kind,title\nSNV-HN,D4,plan,Trùng mã\n"})
    outcome = take({"agreements": "code,title,kind,sources\nE-3,Ba,memorandum,SNV-HN/D4:tr. 1|D4\n"})
    assert outcome.new == 1, faults(outcome)
    offices = Agreement.objects.get(code="E-3").citations.values_list("document__office__code", flat=True)
    assert sorted(offices) == ["SNV-HN", "SNV-SL"]


def test_a_name_that_an_officer_matched_is_remembered_and_a_second_time_not_asked():
    text = "code,title,kind,parties\nE-4,Bốn,memorandum,Xứ Xa Lạ\n"
    answers = {"names": {"body": {"Xứ Xa Lạ": "LA-LP"}}}
    assert take({"agreements": text}, answers=answers).new == 1
    assert Name.objects.filter(text="Xứ Xa Lạ", body__code="LA-LP").count() == 1
    assert take({"agreements": text}).unchanged == 1
    assert take({"agreements": text}, answers=answers).unchanged == 1
    assert Name.objects.filter(text="Xứ Xa Lạ").count() == 1


def test_a_workbook_that_names_everything_before_it_stands_is_one_batch():
    texts = {
        "terms": "vocabulary,code,name\nfield,xk,Lĩnh vực mới\n",
        "localities": "code,name,kind,country,parent\nxl1,Xã Trên,commune,LA,xl2\nxl2,Huyện Dưới,district,LA,LA-LP\n",
        "organizations": "code,name,kind,country,area,parent\nxo1,P,department,LA,xl1,xo2\nxo2,Sở,department,LA,xl1,\n",
        "people": "code,name\nxp,Người Mới\n",
        "agreements": "code,title,kind,parties,fields,part_of,number\n"
        "XA1,Phần,memorandum,xo1|LA-LP,Lĩnh vực mới,XA2,1\nXA2,Cả,memorandum,xl1,xk,,2\n",
        "roles": "record,code,role,body,person,title\nagreement,XA1,signatory,xo1,Người Mới,Trưởng phòng\n",
    }
    outcome = take(texts)
    assert outcome.taken, faults(outcome)
    assert AgreementRole.objects.get(role="signatory", agreement__code="XA1").person.code == "xp"
    assert Agreement.objects.get(code="XA1").part_of.code == "XA2"
    assert take(texts).unchanged == outcome.new


def test_a_spelling_that_can_be_no_name_is_matched_but_not_remembered():
    spelling = f"{'Xứ ' * 200}x"
    text = f"code,title,kind,parties\nE-5,Năm,memorandum,{spelling}\n"
    outcome = take({"agreements": text}, answers={"names": {"body": {spelling: "LA-LP"}}})
    assert outcome.new == 1, faults(outcome)
    assert not Name.objects.filter(text__startswith="Xứ Xứ").exists()


def test_people_whose_names_have_no_letters_of_ours_get_a_code():
    outcome = take({"people": "name\n王小明\n山田\n"})
    assert outcome.new == 2
    codes = Person.objects.filter(name__in=["王小明", "山田"]).values_list("code", flat=True)
    assert sorted(codes) == ["person", "person-2"]
    assert Person.objects.create(name="金").code == "person-3"


def test_a_question_about_numbers_names_the_sheet_in_which_they_stand():
    texts = {
        "lines": "delivery,number,item,amount,currency\nSL-2020-A,11,cash,1.500,VND\n",
        "citations": "record,code,document,role\nagreement,SL-LPB-2022,D4,plan\n",
    }
    found = {kind: (kind, cells(text)) for kind, text in texts.items()}
    with planned(in_order(found)) as spooled:
        (question,) = spooled.questions
    assert (question.sheet, question.row, question.column) == ("lines", 2, "amount")


def test_a_number_that_a_spreadsheet_made_a_date_is_not_taken_for_one():
    head, day = ["code", "kind", "title", "number", "note"], date(2026, 2, 1)
    rows = [head, ["E-6", "plan", "Sáu", day, ""], ["E-7", "plan", "Bảy", "7", day]]
    outcome = import_sheets(
        [(KINDS["documents"], "d", list(enumerate(rows, 1)))], office=Body.objects.get(code="SNV-SL")
    )
    assert [(one.row, one.column) for one in outcome.faults] == [(2, "number")]
    assert "took this cell for a date" in outcome.faults[0].sentence
