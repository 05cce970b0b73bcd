"""Attacks that nobody listed: what clever, hasty or unlucky people do to an import."""

import csv
import io
import tracemalloc
from datetime import date

import pytest
from django.utils.translation import override

from agreements.interchange.exporting import rows_out
from agreements.interchange.importing import import_sheets, planned
from agreements.interchange.sheets import WEB, SheetError, read_file
from agreements.interchange.undoing import Touched
from agreements.interchange.writing import Stale
from agreements.models import (
    Agreement,
    AgreementRole,
    Body,
    Document,
    Name,
    Person,
    Progress,
    User,
)
from tracker.imports import working
from tracker.interchange import KINDS, in_order, sheets_of
from tracker.tests.seeded import seeded  # noqa: F401
from tracker.torture.counting import history_count, table_counts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


@pytest.fixture
def office():
    return Body.objects.get(code="SNV-SL")


@pytest.fixture
def officer(office):
    return User.objects.create_superuser("officer", password="x", office=office)


def cells(text):
    return list(enumerate(csv.reader(io.StringIO(text)), 1))


def take(texts, office=None, **options):
    """Import {kind: text of a CSV} as one batch."""
    found = {kind: (kind, cells(text)) for kind, text in texts.items()}
    return import_sheets(in_order(found), office=office or Body.objects.get(code="SNV-SL"), **options)


def faults(outcome):
    return [(fault.kind, fault.row, fault.column, fault.sentence) for fault in outcome.faults]


def job_of(kind, text, officer, name="a.csv"):
    job = working.begin(kind=kind, owner=officer, content=text.encode(), file_name=name)
    working.plan(job)
    return job


# Two rows that are one --------------------------------------------------------------------------------
def test_numbers_of_documents_that_meet_far_down_in_a_file_are_told():
    rows = [f"N-{n},plan,Số {n},{n}/KH,UBND-SL,5/1/2022," for n in range(1, 2200)]
    rows[2100] = "N-2101,plan,Trùng,1500/KH,UBND-SL,6/1/2022,"
    outcome = take({"documents": "\n".join(["code,kind,title,number,issuer,issued_on,replaces", *rows])})
    assert outcome.refused >= 1
    assert "has a document of this body with this number" in outcome.faults[0].sentence


def test_numbers_that_meet_within_one_later_chunk_are_told():
    rows = [f"N-{n},plan,Số {n},{n}/KH,UBND-SL,5/1/2022," for n in range(1, 2200)]
    rows[2100] = "N-2101,plan,Trùng,2050/KH,UBND-SL,6/1/2022,"
    outcome = take({"documents": "\n".join(["code,kind,title,number,issuer,issued_on,replaces", *rows])})
    assert outcome.refused >= 1
    assert "has a document of this body with this number" in outcome.faults[0].sentence


def test_numbers_that_meet_in_a_file_of_which_little_is_kept_are_told():
    rows = [f"N-{n},plan,Số {n},{n}/KH,UBND-SL,5/1/2022" for n in range(1, 2200)]
    rows[2100] = "N-2101,plan,Trùng,7/KH,UBND-SL,6/1/2022"
    outcome = take({"documents": "\n".join(["code,kind,title,number,issuer,issued_on", *rows])})
    assert [fault.row for fault in outcome.faults] == [2102]
    assert "has a document of this body with this number" in outcome.faults[0].sentence


def test_official_codes_of_two_new_places_that_meet_are_told():
    outcome = take(
        {"localities": "code,name,kind,country,official_code\nx1,Một,commune,LA,77\nx2,Hai,commune,LA,77\n"}
    )
    assert outcome.refused == 1
    assert "bears this official code" in outcome.faults[0].sentence


def test_a_place_and_an_organization_of_one_code_are_told():
    places = "code,name,kind,country\nx1,Một,commune,LA\n"
    offices = "code,name,kind,country,area\nx1,Sở Một,department,LA,LA-LP\n"
    outcome = take({"localities": places, "organizations": offices})
    assert outcome.refused == 1, faults(outcome)
    outcome = take({"organizations": "code,name,kind,country,area\nLA-LP,Sở,department,LA,LA-LP\n"})
    assert outcome.refused == 1, faults(outcome)


def test_codes_given_by_us_do_not_meet_codes_further_down():
    outcome = take({"documents": "code,kind,title\n,plan,Một\nTL-0001,plan,Hai\n,plan,Ba\n"})
    assert outcome.taken, faults(outcome)
    mine = Document.objects.filter(office__code="SNV-SL", title__in=["Một", "Hai", "Ba"])
    assert sorted(mine.values_list("code", flat=True)) == ["TL-0001", "TL-0002", "TL-0003"]


def test_numbers_given_by_us_do_not_meet_numbers_further_down():
    text = "commitment,number,on,done\nHN-2022-DX-A,,2023,Không số\nHN-2022-DX-A,1,2024,Số một\n"
    outcome = take({"progress": text})
    assert outcome.taken, faults(outcome)
    reports = Progress.objects.filter(commitment__code="HN-2022-DX-A")
    assert sorted(reports.values_list("number", "done")) == [(1, "Số một"), (2, "Không số")]


def test_a_report_that_is_entered_is_never_changed_by_a_file():
    text = "commitment,number,on,done\nHN-2022-DX-A,1,2023,{}\n"
    assert take({"progress": text.format("Một")}).new == 1
    outcome = take({"progress": text.format("Hai")})
    assert "never changed" in outcome.faults[0].sentence
    assert take({"progress": text.format("Một")}).unchanged == 1


def test_a_person_found_by_the_name_keeps_the_code():
    outcome = take({"people": "code,name,country\n,Phan Văn Mãi,LA\n"})
    assert (outcome.changed, outcome.new) == (1, 0)
    assert Person.objects.get(name="Phan Văn Mãi").code == "phan-van-mai"


# Lists that take out what others refer to ------------------------------------------------------------------
PARTIES = "code,title,kind,parties,fields\nE-1,Một,memorandum,{},health|education\n"


def test_a_party_that_an_event_names_cannot_be_dropped_from_the_list(office):
    assert take({"agreements": PARTIES.format("VN2024-79|LA-LP")}).taken
    assert take(
        {"events": "agreement,kind,on,party,successor\nE-1,inherited,1/7/2025,VN2024-79,VN2025-79\n"}
    ).taken
    before = table_counts(), history_count()
    outcome = take({"agreements": PARTIES.format("LA-LP")})
    assert "cannot be left out" in outcome.faults[0].sentence
    assert (table_counts(), history_count()) == before


def test_a_party_that_an_event_of_the_same_workbook_names_cannot_be_dropped(office):
    assert take({"agreements": PARTIES.format("VN2024-79|LA-LP")}).taken
    event = "agreement,kind,on,party,successor\nE-1,inherited,1/7/2025,VN2024-79,VN2025-79\n"
    outcome = take({"agreements": PARTIES.format("LA-LP"), "events": event})
    assert "is no party of the agreement" in outcome.faults[0].sentence


def test_rows_that_change_a_record_and_rows_that_name_it_go_together():
    texts = {
        "documents": "office,code,title\nSNV-SL,D4,Tên mới của bài báo\n",
        "agreements": "code,title,kind,sources\nE-2,Hai,memorandum,D4:tr. 9\n",
        "citations": "record,code,document,role,locator\nagreement,E-2,D4,source,tr. 9\nagreement,E-2,D4,plan,\n",
    }
    outcome = take(texts)
    assert (outcome.changed, outcome.new, outcome.unchanged) == (1, 2, 1), faults(outcome)


# Undoing ----------------------------------------------------------------------------------------------------
def standing():
    return {kind: [tuple(map(str, row)) for row in exported(kind)] for kind in KINDS}


def exported(kind):
    headings, rows = rows_out(KINDS[kind])
    drop = headings.index("version") if "version" in headings else None
    return sorted([cell for place, cell in enumerate(row) if place != drop] for row in rows)


def test_a_batch_of_every_sort_of_change_is_undone_to_what_was_there(officer):
    take({"agreements": PARTIES.format("VN2025-14|LA-LP")})
    take(
        {
            "commitments": "code,text,agreement,kind,unit,period,maximum\nE-C,Làm,E-1,cumulative,person,2022–2024,10\n"
        }
    )
    before = standing()
    text = (
        "office,code,title,kind,parties,fields,other_titles,sources\n"
        "SNV-SL,E-1,Tên khác,agreement,LA-LP|LA-CH,tourism,Tên nữa,D4\nSNV-SL,E-9,Mới,memorandum,LA-LP,health,,\n"
    )
    job = job_of("agreements", text, officer)
    working.write(job, job.batch)
    assert standing() != before
    working.undo(job, officer)
    assert standing() == before
    with pytest.raises(working.NotOpen):
        working.undo(job, officer)
    again = job_of("agreements", text, officer)
    working.write(again, again.batch)
    working.undo(again, officer)
    assert standing() == before


def test_targets_and_places_are_undone_too(officer):
    headings = "code,text,made_on,strength,kind,unit,period,maximum"
    take({"commitments": f"{headings}\nE-C,Làm,2022,wish,cumulative,person,2022–2024,10\n"})
    before = standing()
    for kind, text in {
        "commitments": "office,code,period,maximum\nSNV-SL,E-C,2023–2025,\n",
        "localities": "code,name,kind,country,other_names\nx1,Mới,commune,LA,Một|Hai\nLA-LP,Đổi,province,LA,Luang\n",
        "terms": "vocabulary,code,name,parent\nfield,x1,Một,x2\nfield,x2,Hai,\n",
        "delegations": "code,direction,name,held,head,head_title\nE-D,out,Đoàn,5/1/2022,Phan Văn Mãi,Chủ tịch\n",
    }.items():
        job = job_of(kind, text, officer)
        assert not working.obstacles(job), (kind, working.obstacles(job), list(job.spooled.faults()))
        working.write(job, job.batch)
        working.undo(job, officer)
        assert standing() == before, kind


def test_an_import_whose_record_was_edited_since_is_not_undone(officer):
    job = job_of("documents", "code,kind,title\nU-1,plan,Một\nU-2,plan,Hai\n", officer)
    working.write(job, job.batch)
    document = Document.objects.get(code="U-1")
    document.title = "Sửa tay"
    document.save()
    before = table_counts(), history_count()
    with pytest.raises(Touched):
        working.undo(job, officer)
    job.refresh_from_db()
    assert job.state == working.State.WRITTEN
    assert (table_counts(), history_count()) == before


def test_the_same_file_in_two_jobs_is_written_once(officer):
    text = "code,kind,title\nJ-1,plan,Một\n"
    first, second = job_of("documents", text, officer), job_of("documents", text, officer, "b.csv")
    working.write(first, first.batch)
    with pytest.raises(working.NotOpen):
        working.write(second, second.batch)
    with pytest.raises(Stale):
        working.write(second, second.batch, again=True)
    second.refresh_from_db()
    assert second.state == working.State.READY
    assert Document.objects.filter(code="J-1").count() == 1
    third = job_of("documents", text, officer, "c.csv")
    assert third.counts["unchanged"] == 1


def test_conflicts_that_are_left_out_are_left_out_and_the_rest_is_written(officer):
    text = "office,code,kind,title,version\nSNV-SL,D4,press,Tên khác,0\nSNV-SL,J-2,plan,Mới,\n"
    job = job_of("documents", text, officer)
    assert working.obstacles(job)
    with pytest.raises(working.NotOpen):
        working.write(job, job.batch)
    working.answer(job, conflicts="skip")
    working.plan(job)
    assert not working.obstacles(job)
    before = history_count()
    working.write(job, job.batch)
    assert history_count() == before + 1
    assert Document.objects.get(code="D4", office__code="SNV-SL").title != "Tên khác"


def test_a_page_that_shows_an_older_reading_cannot_confirm(officer):
    job = job_of("documents", "code,kind,title\nJ-3,plan,Một\n", officer)
    shown = job.batch
    working.answer(job, numbers="vi")
    working.plan(job)
    with pytest.raises(working.NotOpen):
        working.write(job, shown)
    working.write(job, job.batch)


NONSENSE = [
    {"numbers": ["vi"]}, {"year": "27"}, {"year": "9999999999"}, {"names": {}}, {"names": {"body": {}}},
    {"columns": {}}, {"columns": {"documents": {"title": "code"}}}, {"sheets": {"x": "y"}}, {"conflicts": "overwrite"},
    {"encoding": "utf-16"}, {"unheard": 1}, {"names": {"body": {"UBND-SL": ""}}}, {"year": "٢٠٢٢"},
]  # fmt: skip


@pytest.mark.parametrize("answers", NONSENSE, ids=str)
def test_answers_that_are_nonsense_break_nothing(officer, answers):
    job = job_of("documents", "code,kind,title,issuer,issued_on\nJ-4,plan,Một,UBND-SL,27/8\n", officer)
    working.answer(job, **answers)
    working.plan(job)
    assert job.state in (working.State.READY, working.State.REFUSED)


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


def test_a_name_that_an_officer_matched_is_remembered_and_a_second_time_not_asked(officer):
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
