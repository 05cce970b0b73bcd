"""A file that does not say whose records it holds, and an officer without an office: asked once for the file."""

# ruff: noqa: F811 - fixtures are imported, and named by the tests that use them

import json

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import gettext, override

from agreements.models import Document
from agreements.tests.builders import make_body, make_document, make_place, make_term
from tracker.tests.importers import (  # noqa: F401
    State,
    asked,
    begin,
    bodies,
    counts,
    html,
    kept_apart,
    login,
    page,
    reply,
    url,
    write,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_apart", "bodies", "plan")]
WITHOUT = "code;title;kind\nD1;Một;plan\nD2;Hai;plan\n"
BLANK = "office;code;title;kind\n;D1;Một;plan\n;D2;Hai;plan\n"
ONE_WITHOUT = "office;code;title;kind\nSNV;D1;Một;plan\n;D2;Hai;plan\n"


@pytest.fixture
def plan():
    make_term("document_kind", "plan")


@pytest.fixture
def clerk():
    return login("khong-co-quan", "document")


@pytest.mark.parametrize(("text", "waiting"), [(WITHOUT, 2), (BLANK, 2), (ONE_WITHOUT, 1)])
def test_the_office_is_asked_once_and_one_click_answers(clerk, text, waiting):
    make_document(office=Document._meta.get_field("office").related_model.objects.get(code="SCT"), code="D0")
    job = begin(clerk, text, "documents")
    (question,) = asked(clerk, job)
    shown = page(clerk, job)
    assert (question["about"], question["count"]) == ("office", waiting)
    assert [code for code, _name in question["choices"]] == ["SCT"]  # SNV keeps nothing and has no staff
    assert [row.faults for row in shown.context["rows"]] == [[]] * waiting
    assert html(shown).count(gettext("waits for the answer above")) == waiting
    assert len(shown.context["obstacles"]) == 1
    assert url("write", job) not in html(shown)

    reply(clerk, job, pick="0:SCT")
    assert (asked(clerk, job), counts(job)) == ([], {"new": 2})
    write(clerk, job)
    offices = dict(Document.objects.exclude(code="D0").values_list("code", "office__code"))
    assert offices == {"D1": "SNV" if text == ONE_WITHOUT else "SCT", "D2": "SCT"}


def test_other_faults_are_told_with_their_rows_while_the_office_is_asked_for(clerk):
    job = begin(clerk, WITHOUT.replace("Hai", ""), "documents")
    shown = page(clerk, job)
    assert [[heading for heading, _value, _sentence in row.faults] for row in shown.context["rows"]] == [
        [],
        ["title"],
    ]


def test_the_offices_with_most_records_and_staff_come_first(clerk):
    office = make_body(code="VP", name="Văn phòng")
    make_document(office=office, code="V-1")
    make_document(office=office, code="V-2")
    login("can-bo-snv", office=make_body(code="STP", name="Sở Tư pháp"))
    (question,) = asked(clerk, begin(clerk, WITHOUT, "documents"))
    assert list(map(tuple, question["choices"])) == [("VP", "Văn phòng"), ("STP", "Sở Tư pháp")]


@pytest.mark.parametrize("typed", ["Sở Ngoại vụ Sơn La [SNV]", "snv"])
def test_another_office_is_typed(clerk, typed):
    job = begin(clerk, WITHOUT, "documents")
    reply(clerk, job, **{"answer-0": typed})
    assert (job.office.code, counts(job)) == ("SNV", {"new": 2})


@pytest.mark.parametrize(("typed", "told"), [("KHONG-CO", "KHONG-CO"), ("TINH", "không ghi địa phương")])
def test_what_is_no_office_is_told(clerk, typed, told):
    make_place("TINH", "Sơn La")
    job = begin(clerk, WITHOUT, "documents")
    assert told in reply(clerk, job, **{"answer-0": typed}).context["note"]
    assert (job.state, job.office, len(asked(clerk, job))) == (State.READY, None, 1)


def test_an_office_chosen_by_mistake_is_taken_back(clerk):
    job = begin(clerk, WITHOUT, "documents")
    reply(clerk, job, **{"answer-0": "SCT"})
    assert 'name="forget"' in html(page(clerk, job))
    clerk.post(url("read", job), {"forget": "yes"})
    job.refresh_from_db()
    assert (job.office, len(asked(clerk, job))) == (None, 1)


def test_an_officer_with_an_office_is_not_asked(bodies):
    client = login("co-co-quan", "document", office=make_body(code="VP"))
    job = begin(client, BLANK, "documents")
    assert (asked(client, job), counts(job)) == ([], {"new": 2})


def test_the_file_of_faults_says_it_once(clerk):
    job = begin(clerk, WITHOUT, "documents")
    content = b"".join(clerk.get(url("faults", job)).streaming_content)
    (clerk_file := job.path / "loi.xlsx").write_bytes(content)
    told = [row[0].value for row in openpyxl.load_workbook(clerk_file).worksheets[0].iter_rows(min_row=2)]
    (question,) = asked(clerk, job)
    assert [text for text in told if text] == [question["sentence"]]


@pytest.mark.parametrize("text", [WITHOUT, BLANK])
def test_the_command_line_tells_one_error_of_the_file(tmp_path, capsys, text):
    path = tmp_path / "van-ban.csv"
    path.write_text(text)
    with override("vi"), pytest.raises((SystemExit, CommandError)):
        call_command("import_data", "documents", path, json=True)
    told = json.loads(capsys.readouterr().out)
    (error,) = told["errors"]
    assert (error["row"], error["column"], told["refused"]) == (None, "office", 2)
    assert "--office" in error["message"]
    call_command("import_data", "documents", path, json=True, office="SNV")
    assert json.loads(capsys.readouterr().out)["new"] == 2
