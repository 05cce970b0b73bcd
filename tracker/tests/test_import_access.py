"""Whose imports are whose; the list, the file of faults, the size of pages."""

# ruff: noqa: F811 - fixtures are imported, and named by the tests that use them

import io
import re

import openpyxl
import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils.translation import gettext

from agreements.models import Person, Succession, User
from agreements.tests.builders import make_body
from tracker.imports import working
from tracker.imports.faults_out import told_heading
from tracker.imports.models import ImportBatch
from tracker.loading import ADMINISTRATOR, OFFICE_HEAD, load_groups
from tracker.tests.importers import (  # noqa: F401
    PEOPLE,
    State,
    asked,
    begin,
    bodies,
    counts,
    html,
    kept_apart,
    login,
    officer,
    page,
    post,
    reply,
    url,
    write,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_apart"), pytest.mark.once]


# Whose imports ----------------------------------------------------------------------------------------------
NAMES = ["job", "progress", "read", "answer", "write", "undo", "discard", "faults"]


@pytest.mark.parametrize("name", NAMES)
def test_an_import_of_somebody_else_is_not_found(officer, name):
    job = begin(officer, PEOPLE)
    other = login("khac", "person")
    assert other.get(url(name, job)).status_code in (404, 405)
    assert other.post(url(name, job), {"batch": job.batch}).status_code in (404, 405)
    job.refresh_from_db()
    assert job.state == State.READY
    assert html(other.get(reverse("imports:index"))).count(job.file_name) == 0


def test_administrators_see_all_imports_and_write_under_their_own_name(officer):
    job = begin(officer, PEOPLE)
    administrator = login("quan-tri", is_superuser=True)
    assert job.file_name in html(administrator.get(reverse("imports:index")))
    write(administrator, job)
    assert {past.history_user for past in Person.history.all()} == {administrator.user}


@pytest.mark.parametrize(("group", "sees"), [(ADMINISTRATOR, True), (OFFICE_HEAD, False)])
def test_who_may_change_accounts_sees_the_imports_of_all_offices(officer, group, sees):
    load_groups()
    job = begin(officer, PEOPLE)
    other = login("khac", office=make_body("KHAC"))
    other.user.groups.add(Group.objects.get(name=group))
    assert (job.file_name in html(other.get(reverse("imports:index")))) is sees
    assert other.get(url("job", job)).status_code == (200 if sees else 404)
    other.post(url("write", job), {"batch": job.batch})
    job.refresh_from_db()
    assert job.state == (State.WRITTEN if sees else State.READY)
    assert {past.history_user for past in Person.history.all()} == ({other.user} if sees else set())


@pytest.fixture
def head():
    """(an officer, a head of the same office)."""
    load_groups()
    office = make_body("SNV-A")
    heads = login("lanh-dao", office=office)
    heads.user.groups.add(Group.objects.get(name=OFFICE_HEAD))
    return login("hoa", "person", office=office), heads


def test_the_head_of_an_office_sees_reviews_writes_and_undoes_its_imports(head):
    of_office, heads = head
    job = begin(of_office, PEOPLE)
    assert job.file_name in html(heads.get(reverse("imports:index")))
    assert page(heads, job).context["rows"][0].cells[1].typed == "Nguyễn Văn Á"
    write(heads, job)
    assert {past.history_user for past in Person.history.all()} == {heads.user}
    assert heads.get(url("undo", job)).status_code == 200
    post(heads, "undo", job)
    assert (job.state, job.undone_by, Person.objects.exists()) == (State.UNDONE, heads.user, False)


def test_an_officer_does_not_see_the_imports_of_the_head(head):
    of_office, heads = head
    job = begin(heads, PEOPLE)
    assert of_office.get(url("job", job)).status_code == 404
    assert job.file_name not in html(of_office.get(reverse("imports:index")))


def test_a_head_without_the_rights_of_a_kind_is_told_so(head):
    of_office, _heads = head
    approves = login("duyet", "document", office=of_office.user.office)
    approves.user.user_permissions.add(Permission.objects.get(codename="approve_progress"))
    job = begin(of_office, PEOPLE)
    assert approves.get(url("job", job)).status_code == 403
    assert approves.post(url("write", job), {"batch": job.batch}).status_code == 403
    assert approves.get(url("faults", job)).status_code == 403


@pytest.mark.parametrize("facts", [{"is_superuser": True}, {"office": None}])
def test_a_head_does_not_see_what_was_read_with_the_eyes_of_who_sees_all_offices(head, facts):
    _of_office, heads = head
    job = begin(login("tat-ca", "person", **{"office": heads.user.office, **facts}), PEOPLE)
    working.answer(job, office=heads.user.office)
    working.plan(job)
    assert job.state == State.READY
    assert heads.get(url("job", job)).status_code == 404
    assert job.file_name not in html(heads.get(reverse("imports:index")))


def test_a_head_does_not_see_what_was_read_again_when_its_officer_had_left(head):
    of_office, heads = head
    job = begin(of_office, PEOPLE)
    User.objects.filter(pk=of_office.user.pk).update(office=make_body("SNV-B"))
    assert heads.get(url("job", job)).status_code == 200  # it was read behind the wall of this office
    assert of_office.get(url("job", job)).status_code == 404
    administrator = login("quan-tri", is_superuser=True)
    post(administrator, "read", job)
    assert (job.state, heads.get(url("job", job)).status_code) == (State.READY, 404)


def test_who_lost_a_permission_can_no_longer_write(officer):
    job = begin(officer, PEOPLE)
    officer.user.user_permissions.clear()
    assert officer.get(url("job", job)).status_code == 403
    for name in ("write", "answer", "read", "undo"):
        assert officer.post(url(name, job), {"batch": job.batch}).status_code == 403
    assert officer.get(url("faults", job)).status_code == 403
    assert not Person.objects.exists()


def book_of(**sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


BOOK = {
    "people": [["code", "name"], ["a", "Nguyễn Văn Á"]],
    "successions": [["old", "new", "how", "on"], ["SNV", "SCT", "renamed", "2020"]],
}


def test_a_workbook_needs_the_permissions_of_every_kind_it_holds(bodies):
    client = login("nguoi", "person")
    job = begin(client, book_of(**BOOK), "workbook", "so.xlsx")
    assert job.state == State.READY
    assert client.get(url("job", job)).status_code == 403
    assert client.post(url("write", job), {"batch": job.batch}).status_code == 403
    assert not Person.objects.exists()


def test_a_workbook_is_reviewed_sheet_by_sheet_and_written_at_once(officer, bodies):
    job = begin(officer, book_of(**BOOK), "workbook", "so.xlsx")
    shown = page(officer, job, sheet=1)
    assert [sheet.kind for sheet in shown.context["review"].sheets] == ["successions", "people"]
    assert shown.context["rows"][0].cells[0].typed == "a"
    assert shown.context["obstacles"] == []
    write(officer, job)
    assert (Person.objects.count(), Succession.objects.count()) == (1, 1)


# The list, the file of faults, the size of pages --------------------------------------------------------------
def test_the_list_tells_who_brought_in_what(officer):
    job = begin(officer, PEOPLE, name="danh-sach.csv")
    write(officer, job)
    told = html(officer.get(reverse("imports:index")))
    for text in ("danh-sach.csv", officer.user.full_name, job.get_state_display(), "2 " + gettext("new")):
        assert text in told


def faults_of(client, job):
    response = client.get(url("faults", job))
    assert response.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active


def test_the_file_comes_back_with_its_faults(officer):
    text = "Danh sách nhân vật;;\ncode;name;country\na;;VN\n\nb;Bê;Việt Nam\nc;Xê;LA\n"
    job = begin(officer, text)
    sheet = faults_of(officer, job)
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][1] == "Danh sách nhân vật"
    assert rows[1] == [told_heading(), "code", "name", "country"]
    assert rows[2][0].startswith("name: ")
    assert rows[4][0].startswith("country: ")
    assert rows[4][1:] == ["b", "Bê", "Việt Nam"]  # row 5 of the file is row 5 here
    assert rows[5] == [None, "c", "Xê", "LA"]
    filled = {
        cell.coordinate for row in sheet.iter_rows() for cell in row if cell.fill.fgColor.rgb == "FFFFC7CE"
    }
    assert filled == {"A3", "C3", "A5", "D5"}


def test_the_corrected_file_of_faults_is_read_again(officer):
    job = begin(officer, "code;name\na;\n")
    book = openpyxl.Workbook()
    for row in faults_of(officer, job).iter_rows(values_only=True):
        book.active.append([row[0], row[1], row[2] or "Á"])
    stream = io.BytesIO()
    book.save(stream)
    again = begin(officer, stream.getvalue(), name="sua.xlsx")
    assert (counts(again), asked(officer, again)) == ({"new": 1}, [])


def large(rows, columns=20):
    extra = [f"cột {number}" for number in range(columns - 3)]
    head = ";".join(["code", "name", "country", *extra])
    long = "Đề nghị hỗ trợ “thiết bị” & vật tư"
    lines = (f"p{row};Người {row};XX;" + ";".join([long] * len(extra)) for row in range(rows))
    return "\n".join([head, *lines]), extra


def test_a_page_stays_small_whatever_the_size_of_the_file(officer):
    text, extra = large(20_000)
    job = begin(officer, text)
    assert len(page(officer, job).content) < 200_000
    ImportBatch.objects.filter(pk=job.pk).update(
        answers={"columns": {"people": dict.fromkeys(extra, "")}}, state=State.READING
    )
    job.refresh_from_db()
    working.plan(job)
    shown = page(officer, job)
    assert len(shown.context["rows"]) == 50
    assert 20_000 < len(shown.content) < 200_000
    assert len(page(officer, job, q="19999").content) < 200_000


@pytest.mark.parametrize("text", ["'" * 5000, "ຫຼ" * 3000, "&" * 20_000])
@pytest.mark.parametrize("rows", [1, 55])
def test_a_page_stays_small_whatever_stands_in_the_cells(officer, text, rows):
    columns = min(18, 18_000_000 // (rows * len(text.encode())))
    extra = [f"cột {number}" for number in range(columns)]
    lines = [f"p{row};;{text};{';'.join([text] * columns)}" for row in range(rows)]
    job = begin(officer, "\n".join([";".join(["code", "name", "country", *extra]), *lines]))
    assert len(page(officer, job).content) < 200_000
    while questions := asked(officer, job):
        reply(officer, job, **{f"answer-{one['number']}": "-" for one in questions})
    shown = page(officer, job)
    assert len(shown.context["rows"]) == min(rows, 1000 // (columns + 3), 50)
    assert len(shown.content) < 200_000


def test_pages_hold_no_inline_script_or_style(officer, bodies):
    jobs = [
        begin(officer, "code;name;màu\na;;đỏ\n"),
        begin(officer, "old;new;how;on\nNgoại vụ cũ;SCT;renamed;27/8\n", "successions"),
        begin(officer, b""),
    ]
    addresses = [url("job", job) for job in jobs]
    for address in [*addresses, reverse("imports:new"), reverse("imports:index"), reverse("exports:index")]:
        told = html(officer.get(address))
        assert not re.search(r"<style|<script(?![^>]*\bsrc=)|\bon\w+=\"|\bstyle=\"", told), address


def test_reading_pages_open_no_transaction(officer, django_assert_max_num_queries):
    job = begin(officer, PEOPLE)
    for address in (url("job", job), reverse("imports:index"), url("faults", job)):
        with django_assert_max_num_queries(30) as captured:
            response = officer.get(address)
            list(response)
        told = [query["sql"] for query in captured.captured_queries]
        told = " ".join(sql for sql in told if '"tracker_accesslog"' not in sql)  # who took a file is noted
        assert not re.search(r"SAVEPOINT|BEGIN|INSERT|UPDATE|DELETE", told), address
