"""The pages of an import: chosen, reviewed, written, undone; servers that die."""

# ruff: noqa: F811 - fixtures are imported, and named by the tests that use them

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import gettext

from agreements.models import Person, Succession
from agreements.tests.builders import make_body
from tracker.imports.models import ImportBatch
from tracker.imports.reviewing import Review
from tracker.tests.importers import (  # noqa: F401
    PEOPLE,
    State,
    at_once,
    begin,
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
    told = '<p class="skipped">1 dòng bỏ qua: dòng tổng (dòng 4).</p>'
    for state in ("skipped", "new", "refused", ""):
        assert html(page(officer, job, state=state)).count(told) == 1
    assert "skipped" not in html(page(officer, begin(officer, PEOPLE), state="new")).split("</nav>")[-1]


def test_words_that_look_garbled_are_told_above_the_rows(officer):
    job = begin(officer, PEOPLE + "tet;Nguyễn Thị tÕt;VN\n")
    assert counts(job) == {"new": 3}
    assert html(page(officer, job)).count("“tÕt”. Tệp vẫn được đọc nguyên như vậy") == 1
    assert "odd-words" not in html(page(officer, begin(officer, PEOPLE)))
    write(officer, job)
    assert Person.objects.get(code="tet").name == "Nguyễn Thị tÕt"


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
