"""Codes and numbers made for rows without one: free in the register and in the whole file, however long it is."""

import pytest

from agreements.interchange import planning
from agreements.interchange.importing import import_sheets, planned
from agreements.models import Agreement, Body, Commitment, Document, Person, Progress
from tracker.imports.reviewing import Review
from tracker.interchange import KINDS
from tracker.tests.importers import State, begin, counts, kept_apart, login, page, write  # noqa: F401
from tracker.tests.seeded import seeded  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]
MANY = 2500
"""Rows of three chunks."""


def documents(codes):
    """A sheet of documents with these codes, each titled by its place."""
    rows = [["code", "kind", "title"], *([code, "plan", f"Văn bản {n}"] for n, code in enumerate(codes, 1))]
    return [(KINDS["documents"], "documents", list(enumerate(rows, 1)))]


def office():
    return Body.objects.get(code="SNV-SL")


def take(sheets):
    outcome = import_sheets(sheets, office=office())
    assert not outcome.faults, outcome.faults[:3]
    return outcome


def test_explicit_codes_behind_the_rows_without_a_code_stay_theirs():
    codes = [""] * 1250 + [f"TL-{n:04d}" for n in range(1, 1251)]
    assert take(documents(codes)).new == MANY
    stored = dict(Document.objects.filter(title__startswith="Văn bản ").values_list("title", "code"))
    assert (stored["Văn bản 1251"], stored["Văn bản 2500"]) == ("TL-0001", "TL-1250")
    assert (stored["Văn bản 1"], stored["Văn bản 1250"]) == ("TL-1251", "TL-2500")


def test_explicit_codes_before_the_rows_without_a_code_are_counted_on():
    codes = [f"TL-{n:04d}" for n in range(1, 1251)] + [""] * 1250
    assert take(documents(codes)).new == MANY
    stored = dict(Document.objects.filter(title__startswith="Văn bản ").values_list("title", "code"))
    assert (stored["Văn bản 1251"], stored["Văn bản 2500"]) == ("TL-1251", "TL-2500")


def test_rows_by_turns_and_codes_of_the_register():
    Document.objects.create(
        office=office(), code="TL-0003", kind_id=Document.objects.first().kind_id, title="x"
    )
    codes = ["" if n % 2 else f"TL-{9 if n == MANY else n + 10_000}" for n in range(1, MANY + 1)]
    assert take(documents(codes)).new == MANY
    stored = dict(Document.objects.filter(title__startswith="Văn bản ").values_list("title", "code"))
    assert stored["Văn bản 2500"] == "TL-9"
    assert (stored["Văn bản 1"], stored["Văn bản 3"]) == ("TL-12499", "TL-12500")
    assert len(set(stored.values())) == MANY


def test_a_code_is_searched_for_as_soon_as_it_is_made():
    take(documents([""]))
    made = Document.objects.get(title="Văn bản 1")
    assert (made.code, made.folded) == ("TL-0001", "van ban 1 tl 0001")
    assert made.history.get().code == "TL-0001"


@pytest.mark.parametrize("numbers", [["7" * 37], ["7" * 37, "0005"]])
def test_a_number_too_long_to_count_on_is_left_alone(numbers):
    take(documents(["", *(f"TL-{number}" for number in numbers)]))
    made = Document.objects.get(title="Văn bản 1")
    assert made.code == ("TL-0006" if "0005" in numbers else "TL-0001")
    assert Document._meta.get_field("code").next_code(made) == ("TL-0007" if "0005" in numbers else "TL-0002")


def test_each_office_has_its_own_numbers():
    rows = [
        ["office", "code", "kind", "title"], ["SNV-SL", "", "plan", "a"], ["SNV-HN", "", "plan", "b"],
        ["SNV-SL", "", "plan", "c"], ["SNV-HN", "TL-0041", "plan", "d"],
    ]  # fmt: skip
    take([(KINDS["documents"], "documents", list(enumerate(rows, 1)))])
    stored = Document.objects.filter(title__in="abcd").order_by("title").values_list("code", flat=True)
    assert list(stored) == ["TL-0001", "TL-0042", "TL-0002", "TL-0041"]


def test_people_without_a_code_leave_the_codes_that_the_file_names(monkeypatch):
    monkeypatch.setattr(planning, "CHUNK", 2)
    rows = [
        ["code", "name"], ["", "Đỗ Ước Mơ"], ["khac-1", "Một"], ["", "Ba Bốn"], ["khac-2", "Hai"],
        ["do-uoc-mo", "Đỗ Ước Mơ Hai"], ["ba-bon-2", "Bốn"], ["ba-bon", "Ba"],
    ]  # fmt: skip
    take([(KINDS["people"], "people", list(enumerate(rows, 1)))])
    assert Person.objects.get(name="Đỗ Ước Mơ").code == "do-uoc-mo-2"
    assert Person.objects.get(name="Ba Bốn").code == "ba-bon-3"


def test_reports_without_a_number_leave_the_numbers_that_the_file_names(monkeypatch):
    monkeypatch.setattr(planning, "CHUNK", 2)
    promise = Commitment.objects.filter(office=office(), progress=None).first()
    rows = [
        ["commitment", "number", "on", "done"], [promise.code, "", "2021", "a"], [promise.code, "", "2022", "b"],
        [promise.code, "1", "2023", "c"], [promise.code, "2", "2024", "d"],
    ]  # fmt: skip
    take([(KINDS["progress"], "progress", list(enumerate(rows, 1)))])
    stored = Progress.objects.filter(commitment=promise).values_list("done", "number")
    assert dict(stored) == {"c": 1, "d": 2, "a": 3, "b": 4}


def test_a_workbook_s_own_office_counts_too():
    rows = {
        "organizations": [
            ["code", "name", "kind", "country", "area"], ["SNV-X", "Sở X", "government", "VN", "VN2025-14"],
        ],
        "agreements": [
            ["office", "code", "title", "kind"],
            ["SNV-X", "", "Một", "memorandum"], ["SNV-X", "TT-0001", "Hai", "memorandum"],
        ],
    }  # fmt: skip
    take([(KINDS[kind], kind, list(enumerate(one, 1))) for kind, one in rows.items()])
    stored = Agreement.objects.filter(office__code="SNV-X").values_list("title", "code")
    assert dict(stored) == {"Một": "TT-0002", "Hai": "TT-0001"}


def test_what_is_shown_is_what_is_written(kept_apart):  # noqa: F811
    client = login("viet", "document", office=office())
    text = "code,kind,title\n" + ",plan,Một\n" * 1 + "TL-0001,plan,Hai\n"
    job = begin(client, text, kind="documents")
    page(client, job)
    assert counts(job) == {"new": 2}
    review = Review(job, {})
    shown = [row.cells[0] for row in review.sheet.rows(review.places())]
    assert [(cell.typed, cell.stored) for cell in shown] == [("", "TL-0002"), ("TL-0001", "")]
    write(client, job)
    assert job.state == State.WRITTEN
    assert Document.objects.get(title="Một").code == "TL-0002"


def test_a_refused_row_without_a_code_makes_none():
    sheets = documents(["", ""])
    sheets[0][2][1][1][1] = "nhầm"
    with planned(sheets, office=office()) as spooled:
        states = [state for _number, state, _place in spooled.index(0)]
        planned_rows = list(spooled.changes())
    assert states == ["refused", "new"]
    assert [len(ops) for ops in planned_rows] == [1]
