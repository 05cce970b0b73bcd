"""Attacks that nobody listed: what clever, hasty or unlucky people do to an import."""

import pytest
from django.utils.translation import override

from agreements.interchange.exporting import rows_out
from agreements.interchange.undoing import Touched
from agreements.interchange.writing import Stale
from agreements.models import (
    Body,
    Document,
    Person,
    Progress,
    User,
)
from tracker.imports import working
from tracker.interchange import KINDS
from tracker.tests.batches import faults, take
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
