"""Rows of a file that look like state secrets are told where the file is reviewed, before anything is written."""

import pytest

from agreements.tests.builders import make_body, make_term
from tracker.tests.importers import State, begin, html, kept_apart, login, page  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_apart")]
ROWS = [
    ("462/BNG-CNV-m", "Kế hoạch đoàn"),
    ("463/BNG-CNV-M", "Kế hoạch đoàn"),
    ("12/KH (MẬT)", "Kế hoạch đoàn"),
    ("13/KH-UBND", "Văn bản TUYỆT MẬT"),
    ("14/KH-UBND", "Hoa quả mật ong"),
    ("15/KH-UBND", "Kế hoạch mật thiết"),
]


@pytest.fixture
def reviewed():
    make_term("document_kind", "plan")
    client = login("lan", "document", office=make_body())

    def of(rows):
        text = "number;title;kind\n" + "".join(f"{number};{title};plan\n" for number, title in rows)
        job = begin(client, text, "documents")
        shown = page(client, job)
        assert job.state == State.READY, html(shown)
        return html(shown)

    return of


def test_numbers_and_words_that_mark_secrets_are_told_by_row(reviewed):
    shown = reviewed(ROWS)
    told = [number for number in range(2, 8) if f"dòng {number}:" in shown]
    assert told == [2, 3, 4, 5]
    assert "không nhập tài liệu mật" in shown


def test_many_are_counted(reviewed):
    shown = reviewed([(f"{number}/KH-m", "Kế hoạch") for number in range(1, 9)])
    assert shown.count("có dấu hiệu") >= 1
    assert "còn 3 dòng khác" in shown


def test_a_file_without_any_is_not_warned_of(reviewed):
    assert "tài liệu mật" not in reviewed(ROWS[4:])
