"""A file that was written before: told on its page and on the command line, and written again only when ticked."""

# ruff: noqa: F811 - fixtures are imported, and named by the tests that use them

import pytest
from django.core.management import call_command

from agreements.models import Document, User
from agreements.tests.builders import make_body, make_term
from tracker.imports import working
from tracker.imports.models import ImportBatch
from tracker.tests.importers import (  # noqa: F401
    PEOPLE,
    State,
    begin,
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
WITHOUT_CODES = "title;kind\nKế hoạch;plan\n"
TICK = 'name="again" value="yes" required'


@pytest.fixture
def keeper():
    make_term("document_kind", "plan")
    return login("giu", "document", "person", office=make_body())


def test_a_file_written_before_is_written_again_only_when_ticked(keeper):
    first = begin(keeper, WITHOUT_CODES, "documents")
    assert page(keeper, first).context["earlier"] is None
    assert TICK not in html(page(keeper, first))
    write(keeper, first)
    document = Document.objects.get()
    document.title = "Kế hoạch đã sửa"
    document.save()

    second = begin(keeper, WITHOUT_CODES, "documents", "ten-khac.csv")
    shown = page(keeper, second)
    assert shown.context["earlier"] == first
    assert keeper.user.full_name in html(shown)
    assert url("job", first) in html(shown)
    assert TICK in html(shown)
    shown = write(keeper, second)
    assert shown.context["note"]
    assert (second.state, Document.objects.count()) == (State.READY, 1)
    post(keeper, "write", second, batch=second.batch, again="yes")
    assert (second.state, Document.objects.count()) == (State.WRITTEN, 2)


def test_what_was_undone_discarded_or_is_another_kind_does_not_count(keeper):
    undone = begin(keeper, WITHOUT_CODES, "documents")
    write(keeper, undone)
    post(keeper, "undo", undone)
    discarded = begin(keeper, WITHOUT_CODES, "documents")
    keeper.post(url("discard", discarded))
    other = begin(keeper, WITHOUT_CODES.replace("Kế", "Bản kế"), "documents")
    write(keeper, other)
    ImportBatch.objects.filter(pk=other.pk).update(kind="people", sha256=undone.sha256)
    job = begin(keeper, WITHOUT_CODES, "documents")
    assert page(keeper, job).context["earlier"] is None
    write(keeper, job)
    assert job.state == State.WRITTEN


def test_a_file_that_a_colleague_wrote_is_told_without_a_link(officer):
    first = begin(officer, PEOPLE)
    write(officer, first)
    colleague = login("ha", "person")
    job = begin(colleague, PEOPLE)
    shown = page(colleague, job)
    assert officer.user.full_name in html(shown)
    assert url("job", first) not in html(shown)


def test_of_two_reviews_of_one_file_the_second_is_not_written_unawares(keeper):
    first, second = (begin(keeper, WITHOUT_CODES, "documents") for _ in range(2))
    write(keeper, first)
    with pytest.raises(working.NotOpen):
        working.write(second, second.batch)
    second.refresh_from_db()
    assert (second.state, Document.objects.count()) == (State.READY, 1)


def test_the_command_line_warns_on_stderr_and_goes_on(keeper, tmp_path, capsys):
    path = tmp_path / "van-ban.csv"
    path.write_text(WITHOUT_CODES)
    office = User.objects.get().office.code
    call_command("import_data", "documents", path, office=office, dry_run=True)
    assert "Cảnh báo" not in capsys.readouterr().err
    job = begin(keeper, WITHOUT_CODES, "documents")
    write(keeper, job)
    call_command("import_data", "documents", path, office=office, dry_run=True)
    told = capsys.readouterr()
    assert keeper.user.full_name in told.err
    assert f"đợt nhập {job.pk}" in told.err
    assert "1 không đổi" in told.out
