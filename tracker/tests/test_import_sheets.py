"""Sheets of a workbook whose names nobody knows: what they hold is asked on the page of the import."""

# ruff: noqa: F811 - fixtures are imported, and named by the tests that use them

import io

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from agreements import names
from agreements.models import Person, Succession
from tracker.tests.importers import (  # noqa: F401
    State,
    begin,
    bodies,
    counts,
    html,
    kept_apart,
    login,
    officer,
    page,
    post,
    url,
    write,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_apart")]
PEOPLE = [["code", "name", "country"], ["bounnhang", "Bun Nhăng", "LA"]]
SUCCESSIONS = [["old", "new", "how", "on"], ["SNV", "SCT", "renamed", "2020"]]
NOTES = [["Ghi chú", "Ngày gọi"], ["Gọi lại cho bạn", "mai"]]


def workbook(**sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name.replace("_", " "))
        for row in rows:
            sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def strange(client, **sheets):
    return begin(client, workbook(**sheets), "workbook", "so.xlsx")


def chosen(shown):
    return {sheet["name"]: sheet["chosen"] for sheet in shown.context["strange"]}


def test_each_strange_sheet_is_asked_about_and_read_as_what_it_is_said_to_hold(officer, bodies):
    job = strange(officer, Khách_mời=PEOPLE, Trang_3=SUCCESSIONS, Việc_vặt=NOTES)
    shown = page(officer, job)
    assert job.state == State.REFUSED
    assert chosen(shown) == {"Khách mời": "people", "Trang 3": "successions", "Việc vặt": ""}
    assert html(shown).count("<fieldset") == 3
    assert "code · name · country" in html(shown)
    post(officer, "sheets", job, **{"sheet-0": "people", "sheet-1": "successions", "sheet-2": "-"})
    assert (job.state, counts(job)) == (State.READY, {"new": 2})
    write(officer, job)
    assert (Person.objects.get().code, Succession.objects.get().old.code) == ("bounnhang", "SNV")


def test_a_kind_is_nearest_by_its_name_where_the_headings_say_nothing(officer):
    shown = page(officer, strange(officer, Danh_sách_nhân_vật_2026=[["a", "b"], ["c", "d"]]))
    (sheet,) = shown.context["strange"]
    assert sheet["chosen"] == "people"
    (_near, nearest), (_others, rest) = sheet["groups"]
    assert [kind for kind, _title in nearest] == ["people"]
    assert {kind for kind, _title in rest} == {"successions", "commitments"}  # what the officer may enter


def test_a_kind_that_another_sheet_bears_by_its_name_is_not_offered(officer):
    shown = page(officer, strange(officer, people=PEOPLE, Khách=PEOPLE))
    (sheet,) = shown.context["strange"]
    assert sheet["chosen"] == ""
    assert "people" not in [kind for _word, kinds in sheet["groups"] for kind, _title in kinds]


def test_of_two_sheets_with_the_same_headings_one_is_chosen_beforehand(officer):
    shown = page(officer, strange(officer, Một=PEOPLE, Hai=PEOPLE))
    assert chosen(shown) == {"Một": "people", "Hai": ""}


@pytest.mark.parametrize(
    ("second", "told"),
    [("", "Hai"), ("agreements", "Hai"), ("no-kind", "Hai"), ("people", "“Một”")],
)
def test_an_answer_that_cannot_be_is_told_and_nothing_is_read(officer, second, told):
    job = strange(officer, Một=PEOPLE, Hai=PEOPLE)
    shown = post(officer, "sheets", job, **{"sheet-0": "people", "sheet-1": second})
    assert told in shown.context["note"]
    assert (job.state, job.answers) == (State.REFUSED, {})


def test_a_workbook_of_which_every_sheet_is_left_out_is_asked_about_again(officer):
    job = strange(officer, Việc_vặt=NOTES)
    with override("vi"):
        shown = post(officer, "sheets", job, **{"sheet-0": "-"})
        assert job.state == State.REFUSED
        assert job.fault in html(shown)
    assert chosen(shown) == {"Việc vặt": "-"}
    post(officer, "sheets", job, **{"sheet-0": "people"})
    assert job.state == State.READY


def test_what_a_sheet_holds_may_be_said_otherwise_on_the_review(officer):
    job = strange(officer, Một=PEOPLE, Hai=NOTES)
    post(officer, "sheets", job, **{"sheet-0": "-", "sheet-1": "people"})
    shown = page(officer, job)
    assert job.state == State.READY
    assert chosen(shown) == {"Một": "-", "Hai": "people"}
    assert f'action="{url("sheets", job)}"' in html(shown)
    post(officer, "sheets", job, **{"sheet-0": "people", "sheet-1": "-"})
    assert counts(job) == {"new": 1}


def test_what_a_written_import_holds_cannot_be_said_otherwise(officer):
    job = strange(officer, Một=PEOPLE)
    post(officer, "sheets", job, **{"sheet-0": "people"})
    write(officer, job)
    post(officer, "sheets", job, **{"sheet-0": "-"})
    assert (job.state, job.answers["sheets"]) == (State.WRITTEN, {"Một": "people"})


def test_the_command_line_names_the_strange_sheets(tmp_path, capsys):
    path = tmp_path / "so.xlsx"
    path.write_bytes(workbook(Một=PEOPLE, Hai=PEOPLE))
    with override("vi"), pytest.raises((SystemExit, CommandError)):
        call_command("import_data", "workbook", path)
    assert "“Một”, “Hai”" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("Ngày ký kết", "Ngày ký", True),
        ("Ngay ki", "Ngày ký", True),
        ("Tên đơn vị", "Tên", False),
        ("xứ sở", "Quốc gia", False),
        ("", "", False),
    ],
)
def test_how_near_two_names_are(one, other, near):
    assert (names.likeness(one, other) >= 0.8) is near
