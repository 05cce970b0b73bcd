"""The pages of an import: chosen, reviewed, asked about, written, undone; and who may do so."""

import io
import os
import re
import time

import openpyxl
import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext

from agreements.models import Commitment, Person, Succession, User
from agreements.tests.builders import make_agreement, make_body, make_commitment
from tracker.imports import working
from tracker.imports.faults_out import told_heading
from tracker.imports.models import ImportBatch
from tracker.imports.reviewing import Review

pytestmark = pytest.mark.django_db
State = ImportBatch.State
PEOPLE = "code;name;country\nnguyen-van-a;Nguyễn Văn Á;VN\nbounnhang;Bun Nhăng;LA\n"
ALL = ["view", "add", "change"]


def at_once(step, job, *arguments):
    """In place of `working.run`: in this thread, whose transaction a test sees."""
    try:
        with working.beating(job, step.__name__):
            step(job, *arguments)
    except Exception as error:
        return True, error
    return True, None


@pytest.fixture(autouse=True)
def _kept_apart(settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(working, "run", at_once)


def login(name, *kinds, verbs=ALL, **facts):
    user = User.objects.create(username=name, full_name=f"Cán bộ {name}", is_staff=True, **facts)
    codenames = [f"{verb}_{kind}" for kind in kinds for verb in verbs]
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client = Client()
    client.force_login(user)
    client.user = user
    return client


@pytest.fixture
def officer():
    return login("lan", "person", "succession", "commitment")


def begin(client, text, kind="people", name="tep.csv"):
    """The job of a file that was posted."""
    content = text if isinstance(text, bytes) else text.encode()
    response = client.post(reverse("imports:new"), {"kind": kind, "file": SimpleUploadedFile(name, content)})
    job = ImportBatch.objects.latest("pk")
    assert response.status_code == 302
    assert response["Location"] == url("job", job)
    return job


def counts(job):
    return {state: count for state, count in job.counts.items() if count}


def url(name, job):
    return reverse(f"imports:{name}", args=[job.pk])


def page(client, job, **asked):
    response = client.get(url("job", job), asked)
    job.refresh_from_db()
    return response


def post(client, name, job, **data):
    response = client.post(url(name, job), data)
    assert response.status_code == 302, response.status_code
    job.refresh_from_db()
    return page(client, job)


def write(client, job):
    return post(client, "write", job, batch=job.batch)


def html(response):
    return response.content.decode()


# Choosing a file --------------------------------------------------------------------------------------
def test_the_form_offers_only_kinds_that_the_officer_may_enter(officer):
    form = officer.get(reverse("imports:new"), {"kind": "people"}).context["form"]
    assert [kind for kind, _title in form.fields["kind"].choices] == [
        "successions", "people", "commitments", "workbook",
    ]  # fmt: skip
    assert form["kind"].value() == "people"
    assert officer.get(reverse("imports:new"), {"kind": "agreements"}).status_code == 403


@pytest.mark.parametrize("verbs", [["view"], ["view", "add"], ["view", "change"]])
def test_import_needs_the_permissions_to_add_and_to_change(verbs):
    client = login("xem", "person", verbs=verbs)
    for name in ("index", "new"):
        assert client.get(reverse(f"imports:{name}")).status_code == 403
    answer = client.post(
        reverse("imports:new"), {"kind": "people", "file": SimpleUploadedFile("a.csv", PEOPLE.encode())}
    )
    assert answer.status_code == 403
    assert not ImportBatch.objects.exists()


def test_a_kind_that_the_officer_may_not_enter_cannot_be_posted(officer):
    answer = officer.post(
        reverse("imports:new"), {"kind": "agreements", "file": SimpleUploadedFile("a.csv", b"code\n")}
    )
    assert answer.status_code in (400, 403)
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize("given", [{}, {"pasted": "code\tname\n", "file": True}])
def test_either_a_file_or_pasted_rows_are_needed(officer, given):
    if "file" in given:
        given = {**given, "file": SimpleUploadedFile("a.csv", PEOPLE.encode())}
    response = officer.post(reverse("imports:new"), {"kind": "people", **given})
    assert response.status_code == 400
    assert response.context["form"].errors
    assert not ImportBatch.objects.exists()


def test_too_large_a_file_is_refused_before_it_is_read(officer):
    response = officer.post(
        reverse("imports:new"), {"kind": "people", "file": SimpleUploadedFile("a.csv", b"x" * 20_000_001)}
    )
    assert response.status_code == 400
    assert "21 MB" in html(response)


def test_pasted_rows_are_read_like_a_file(officer):
    officer.post(reverse("imports:new"), {"kind": "people", "pasted": PEOPLE.replace(";", "\t")})
    job = ImportBatch.objects.get()
    assert (job.state, counts(job)) == (State.READY, {"new": 2})


def test_visitors_are_sent_to_the_login(client):
    for address in (reverse("imports:index"), reverse("imports:new"), reverse("exports:index")):
        assert client.get(address)["Location"].startswith("/admin/login/")


# Review, write, undo ------------------------------------------------------------------------------------
def test_a_file_is_reviewed_then_written_then_undone(officer):
    job = begin(officer, PEOPLE)
    shown = page(officer, job)
    assert not Person.objects.exists()
    assert [(tab["state"], tab["count"]) for tab in shown.context["tabs"]][:2] == [("new", 2), ("changed", 0)]
    assert [row.number for row in shown.context["rows"]] == [2, 3]
    assert f'value="{job.batch}"' in html(shown)

    done = write(officer, job)
    assert job.state == State.WRITTEN
    assert sorted(Person.objects.values_list("code", flat=True)) == ["bounnhang", "nguyen-van-a"]
    (past,) = Person.history.filter(code="bounnhang")
    assert (past.route, past.history_user, past.batch) == ("import", officer.user, job.batch)
    assert reverse("admin:agreements_person_changelist") in html(done)
    assert [(sheet["new"], sheet["changed"]) for sheet in done.context["sheets"]] == [(2, 0)]

    assert officer.get(url("undo", job)).status_code == 200
    assert Person.objects.count() == 2
    undone = post(officer, "undo", job)
    assert job.state == State.UNDONE
    assert not Person.objects.exists()
    assert officer.user.full_name in html(undone)


def test_changed_cells_show_old_and_new(officer):
    Person.objects.create(code="a", name="Nguyễn Văn Á", country="VN")
    job = begin(officer, "code;name;country\na;Nguyễn Văn Á;LA\nb;Mới;VN\n")
    (row,) = page(officer, job, state="changed").context["rows"]
    assert [(cell.changes, cell.old, cell.new) for cell in row.cells] == [
        (False, "", ""),
        (False, "", ""),
        (True, "VN", "LA"),
    ]
    assert "<del>VN</del> → <ins>LA</ins>" in html(page(officer, job, state="changed"))


def test_new_rows_show_what_a_name_was_understood_as(officer):
    make_body(code="SNV", name="Sở Ngoại vụ Sơn La")
    make_body(code="SCT", name="Sở Công Thương")
    job = begin(officer, "old;new;how;on\nsở ngoại vụ sơn la;SCT;renamed;1/2/2020\n", "successions")
    (row,) = page(officer, job).context["rows"]
    assert [cell.stored for cell in row.cells] == [
        "Sở Ngoại vụ Sơn La [SNV]",
        "Sở Công Thương [SCT]",
        str(Succession.How.RENAMED.label),
        "",
    ]


def test_refused_rows_show_each_fault_with_its_cell(officer):
    job = begin(officer, "code;name;country\na;;Việt Nam\nb;Bê;VN\n")
    shown = page(officer, job)
    (row,) = shown.context["rows"]
    assert [heading for heading, _value, _sentence in row.faults] == ["name", "country"]
    assert [cell.faulty for cell in row.cells] == [False, True, True]
    assert html(shown).count('<td class="bad">⚠') == 2
    assert all(sentence in html(shown).replace("&#x27;", "'") for _h, _v, sentence in row.faults)
    assert len(shown.context["obstacles"]) == 1
    write(officer, job)
    assert (job.state, Person.objects.count()) == (State.READY, 0)


def test_a_file_that_cannot_be_read_is_told_in_one_sentence(officer):
    job = begin(officer, b"")
    shown = page(officer, job)
    assert job.state == State.REFUSED
    assert gettext("The file is empty: choose another one.") in html(shown)
    assert "Traceback" not in html(shown)


def test_rows_are_found_by_number_and_by_text_without_accents(officer):
    lines = "".join(f"p{number};Người thứ {number};VN\n" for number in range(1, 121))
    job = begin(officer, "code;name;country\n" + lines)
    assert len(page(officer, job).context["rows"]) == 50
    assert [row.number for row in page(officer, job, q="77").context["rows"]] == [77]
    assert [row.number for row in page(officer, job, q="nguoi thu 120").context["rows"]] == [121]
    assert page(officer, job, q="không có").context["rows"] == []
    assert [row.number for row in page(officer, job, page=3).context["rows"]][-1] == 121


def test_rows_of_totals_are_told_as_skipped(officer):
    job = begin(officer, PEOPLE + "Tổng cộng;;\n")
    assert dict(Review(job, {}).sheet.states())["skipped"] == 1
    assert "4" in html(page(officer, job, state="skipped")).split('class="skipped"')[1][:200]


def test_pressing_twice_writes_once_and_shows_that_it_is_written(officer):
    job = begin(officer, PEOPLE)
    batch = job.batch
    write(officer, job)
    shown = post(officer, "write", job, batch=batch)
    assert shown.context["note"] == ""
    assert gettext("Written to the register.") in html(shown)
    assert Person.history.count() == 2


def test_of_two_presses_at_once_the_second_finds_it_written(officer):
    job = begin(officer, PEOPLE)
    earlier = ImportBatch.objects.get(pk=job.pk)  # as the second request has read it
    write(officer, job)
    from tracker.imports import steps

    assert at_once(steps.write, earlier, job.batch, officer.user) == (True, None)
    assert Person.history.count() == 2


def test_only_what_the_page_showed_is_written(officer):
    job = begin(officer, PEOPLE)
    shown = post(officer, "write", job, batch="0b3ab1a0-0000-4000-8000-000000000000")
    assert shown.context["note"] == gettext(
        "The file was read again since this page was shown: review it as it is now."
    )
    assert (job.state, Person.objects.count()) == (State.READY, 0)


def test_what_somebody_changed_meanwhile_is_planned_again(officer):
    person = Person.objects.create(code="bounnhang", name="Bun Nhăng", country="VN")
    job = begin(officer, PEOPLE)
    batch = job.batch
    person.country = "TH"
    person.save()
    shown = write(officer, job)
    assert shown.context["note"]
    assert job.state == State.READY
    assert job.batch != batch
    assert Person.objects.get().country == "TH"
    (row,) = page(officer, job, state="changed").context["rows"]
    assert (row.cells[2].old, row.cells[2].new) == ("TH", "LA")
    write(officer, job)
    assert job.state == State.WRITTEN


def test_an_import_whose_rows_were_touched_is_not_undone(officer):
    job = begin(officer, PEOPLE)
    write(officer, job)
    person = Person.objects.get(code="bounnhang")
    person.name = "Bun Nhăng Vorachith"
    person.save()
    shown = post(officer, "undo", job)
    assert shown.context["note"]
    assert (job.state, Person.objects.count()) == (State.WRITTEN, 2)


def test_a_discarded_import_writes_nothing_and_leaves_no_file(officer):
    job = begin(officer, PEOPLE)
    folder = job.path
    assert officer.post(url("discard", job)).status_code == 302
    job.refresh_from_db()
    assert job.state == State.DISCARDED
    assert not folder.exists()
    post(officer, "write", job, batch=job.batch)
    assert not Person.objects.exists()
    assert page(officer, job).status_code == 200


def test_get_never_takes_a_step(officer):
    job = begin(officer, PEOPLE)
    for name in ("write", "discard", "answer", "read"):
        assert officer.get(url(name, job)).status_code == 405


# Waiting, dying servers -----------------------------------------------------------------------------------
def test_a_long_reading_shows_its_progress(officer, monkeypatch):
    monkeypatch.setattr(working, "run", lambda *arguments: (False, None))
    job = begin(officer, PEOPLE)
    working.tell(job, 3000)
    shown = page(officer, job)
    assert "<progress" in html(shown)
    assert '<noscript><meta http-equiv="refresh"' in html(shown)
    assert "3000" in html(shown).replace(".", "").replace("\xa0", "")
    assert officer.get(url("progress", job)).json() == {"done": 3000, "working": True}


def test_a_long_writing_tells_how_many_rows_are_written(officer, monkeypatch):
    job, told = begin(officer, PEOPLE), []
    monkeypatch.setattr(working, "TOLD_EVERY", 1)
    monkeypatch.setattr(working, "tell", lambda job, done: told.append(done))
    write(officer, job)
    assert told == [0, 1, 2]
    (job.path / "step").write_text("write")
    assert gettext("The rows are being written.") in html(page(officer, job))
    assert officer.get(url("progress", job)).json()["working"]


def test_a_reading_that_died_is_offered_again(officer, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(working, "run", lambda *arguments: (False, None))
        job = begin(officer, PEOPLE)
    long_ago = time.time() - 61
    (job.path / "step").write_text("plan")
    for path in (job.path / "step", job.path):
        os.utime(path, (long_ago, long_ago))
    assert "data-progress" not in html(page(officer, job))
    assert url("read", job) in html(page(officer, job))
    post(officer, "read", job)
    assert (job.state, counts(job)) == (State.READY, {"new": 2})


def test_a_fault_of_the_program_is_told_and_the_file_can_be_read_again(officer, monkeypatch):
    def fail(job):
        raise RuntimeError("nobody foresaw this")

    fail.__name__ = "plan"
    officer.raise_request_exception = False
    with monkeypatch.context() as patched:
        patched.setattr(working, "plan", fail)
        patched.setattr(working.logger, "exception", lambda *arguments: None)
        content = SimpleUploadedFile("a.csv", PEOPLE.encode())
        assert officer.post(reverse("imports:new"), {"kind": "people", "file": content}).status_code == 500
    job = ImportBatch.objects.get()
    assert "nobody foresaw" not in html(page(officer, job))
    assert url("read", job) in html(page(officer, job))


def test_no_second_reading_begins_while_one_is_at_work(officer):
    job = begin(officer, PEOPLE)
    ImportBatch.objects.filter(pk=job.pk).update(state=State.READING)
    (job.path / "step").write_text("plan")
    job.refresh_from_db()
    with pytest.raises(working.NotOpen):
        working.answer(job, year="2022")


def test_a_file_that_was_swept_away_is_asked_for_again(officer):
    job = begin(officer, PEOPLE)
    long_ago = time.time() - 25 * 3600
    os.utime(job.path, (long_ago, long_ago))
    working.sweep()
    shown = page(officer, job)
    assert shown.status_code == 200
    assert gettext("The file was removed from the server after a day. Import it again.") in html(shown)


# Questions ------------------------------------------------------------------------------------------------
def asked(client, job):
    return page(client, job).context["questions"]


def reply(client, job, **data):
    return post(client, "answer", job, batch=job.batch, **data)


@pytest.fixture
def bodies():
    make_body(code="SNV", name="Sở Ngoại vụ Sơn La")
    make_body(code="SCT", name="Sở Công Thương Sơn La")


def test_an_unknown_name_is_answered_by_one_of_the_suggestions(officer, bodies):
    job = begin(officer, "old;new;how;on\nSở Ngoại vụ Sơn Laa;SCT;renamed;2020\n", "successions")
    (question,) = asked(officer, job)
    assert ("SNV", "Sở Ngoại vụ Sơn La") in map(tuple, question["choices"])
    assert 'name="pick" value="0:SNV"' in html(page(officer, job))
    assert len(page(officer, job).context["obstacles"]) == 1  # the question alone: no row is wrong by itself
    reply(officer, job, pick="0:SNV")
    assert asked(officer, job) == []
    write(officer, job)
    assert Succession.objects.get().old.code == "SNV"


@pytest.mark.parametrize("typed", ["SNV", "Sở Ngoại vụ Sơn La [SNV]"])
def test_an_unknown_name_is_answered_by_a_code(officer, bodies, typed):
    job = begin(officer, "old;new;how;on\nNgoại vụ cũ;SCT;renamed;2020\n", "successions")
    reply(officer, job, **{"answer-0": typed})
    assert (asked(officer, job), counts(job)) == ([], {"new": 1})


def test_a_code_that_nobody_bears_is_told(officer, bodies):
    job = begin(officer, "old;new;how;on\nNgoại vụ cũ;SCT;renamed;2020\n", "successions")
    batch = job.batch
    shown = reply(officer, job, **{"answer-0": "KHONG-CO"})
    assert "KHONG-CO" in shown.context["note"]
    assert job.batch == batch


def test_names_are_suggested_while_they_are_typed(officer, bodies):
    found = officer.get(reverse("imports:names"), {"arm": "body", "q": "ngoai vu son"}).json()["found"]
    assert found == [{"code": "SNV", "name": "Sở Ngoại vụ Sơn La"}]
    assert officer.get(reverse("imports:names"), {"arm": "user", "q": "a"}).status_code == 404


def test_a_date_without_a_year_asks_for_the_year_once(officer, bodies):
    make_body(code="SYT", name="Sở Y tế")
    job = begin(officer, "old;new;how;on\nSNV;SCT;renamed;27/8\nSCT;SYT;renamed;3/9\n", "successions")
    (question,) = asked(officer, job)
    assert question["about"] == "year"
    assert reply(officer, job, **{"answer-0": "22"}).context["note"]
    reply(officer, job, **{"answer-0": "2022"})
    assert (asked(officer, job), counts(job)) == ([], {"new": 2})


def numbers_file():
    make_agreement(code="TT-1", office=make_body())
    return "code;agreement;text;kind;unit;minimum\nC-1;TT-1;Đào tạo;once;người;1.500\n"


@pytest.fixture
def keeper():
    from agreements.tests.builders import make_term

    make_term("unit", "nguoi", "người")
    return login("giu", "commitment", office=make_body())


@pytest.mark.parametrize(("reading", "minimum"), [("vi", 1500), ("en", 1.5)])
def test_a_number_that_reads_both_ways_is_asked_about(keeper, reading, minimum):
    job = begin(keeper, numbers_file(), "commitments")
    (question,) = asked(keeper, job)
    assert question["about"] == "numbers"
    assert 'value="0:en"' in html(page(keeper, job))
    reply(keeper, job, pick=f"0:{reading}")
    write(keeper, job)
    assert Commitment.objects.get(code="C-1").targets.get().minimum == minimum


@pytest.mark.parametrize(("answer", "countries"), [("-", {""}), ("country", {"VN", "LA"})])
def test_an_unknown_column_is_left_out_or_mapped(officer, answer, countries):
    job = begin(officer, PEOPLE.replace("country", "xứ sở"))
    (question,) = asked(officer, job)
    assert (question["about"], question["text"]) == ("column", "xứ sở")
    assert len(page(officer, job).context["obstacles"]) == 1
    given = {"pick": "0:-"} if answer == "-" else {"answer-0": answer}
    reply(officer, job, **given)
    write(officer, job)
    assert set(Person.objects.values_list("country", flat=True)) == countries


def test_rows_that_others_changed_since_the_export_are_left_out(keeper):
    commitment = make_commitment(make_agreement(code="TT-1"), text="Như cũ")
    lines = (
        f"office;code;text;version\n{commitment.office.code};{commitment.code};Khác;{commitment.version}\n"
    )
    commitment.text = "Người khác sửa"
    commitment.save()
    job = begin(keeper, lines, "commitments")
    assert counts(job) == {"conflict": 1}
    shown = page(keeper, job)
    assert shown.context["conflicts"] == 1
    assert [cell.changes for cell in shown.context["rows"][0].cells][2]
    shown = reply(keeper, job, conflicts="skip")
    assert shown.context["obstacles"] == []
    commitment.refresh_from_db()
    assert commitment.text == "Người khác sửa"


def test_an_encoding_in_doubt_shows_both_readings(officer):
    job = begin(officer, "code;name\na;Trần Văn Đông\n".replace("ầ", "â").encode("windows-1258"))
    shown = page(officer, job)
    assert {encoding for encoding, _rows in shown.context["doubts"]} == {"windows-1258", "windows-1252"}
    write(officer, job)
    assert not Person.objects.exists()
    reply(officer, job, encoding="windows-1258")
    write(officer, job)
    assert Person.objects.get().name == "Trân Văn Đông"


def test_answers_to_another_page_than_the_latest_are_not_taken(officer, bodies):
    job = begin(officer, "old;new;how;on\nSở Ngoại vụ Sơn Laa;SCT;renamed;2020\n", "successions")
    officer.post(url("answer", job), {"batch": "", "pick": "0:SNV"})
    job.refresh_from_db()
    assert job.answers == {}


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
        told = " ".join(query["sql"] for query in captured.captured_queries)
        assert not re.search(r"SAVEPOINT|BEGIN|INSERT|UPDATE|DELETE", told), address
