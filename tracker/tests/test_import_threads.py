"""Imports as the server works on them, in threads: behind the wall of the officer, and under his name."""

import pytest

from agreements.models import Commitment, Document, Target
from agreements.tests.builders import make_body, make_place, make_term
from tracker.tests.importers import State, begin, html, login, page, url

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]
HEADINGS = "office,code,text,made_on,strength,kind,every,unit,period,minimum,obligors"
RECURRING = f"{HEADINGS}\nSNV,E-1,Nhận học sinh,2022,wish,per_period,year,person,2022–2024,20,VN-X\n"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def press(client, job, name, **data):
    client.post(url(name, job), data)
    job.refresh_from_db()


def test_another_office_brings_the_same_file_in_and_hears_nothing_of_the_first():
    make_term("document_kind", "plan")
    first, second = (login(name, "document", office=make_body(f"CQ-{name}")) for name in ("a", "b"))
    for client in (first, second):
        job = begin(client, "title;kind\nKế hoạch;plan\n", "documents")
        shown = page(client, job)
        assert shown.context["earlier"] is None
        assert 'name="again"' not in html(shown)
        press(client, job, "write", batch=job.batch)
        assert job.state == State.WRITTEN, html(page(client, job))
    offices = Document.objects.values_list("office", flat=True)
    assert set(offices) == {first.user.office_id, second.user.office_id}
    again = begin(second, "title;kind\nKế hoạch;plan\n", "documents")
    assert page(second, again).context["earlier"] == job  # one's own office is told


def test_targets_that_follow_from_an_import_bear_the_name_of_who_pressed_the_button():
    make_term("unit", "person", "người")
    make_place()
    client = login("a", "commitment", "target", office=make_body("SNV"))
    job = begin(client, RECURRING, "commitments")
    page(client, job)
    press(client, job, "write", batch=job.batch)
    assert job.state == State.WRITTEN
    press(client, job, "undo")
    assert job.state == State.UNDONE
    past = Target.history.values_list("period", "history_type", "history_user")
    made = {"2022", "2023", "2024"}
    assert {one for one in past if one[0] in made} == {(period, "+", client.user.pk) for period in made}
    assert Commitment.objects.get().withdrawn_by == client.user
    assert not Target.history.filter(history_user=None).exists()
