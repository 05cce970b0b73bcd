"""Commitment progress: groups, each number's rows, results of each target; expected values worked out by hand."""

import csv
import io
import json
import re
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from agreements.models import CommitmentRole
from agreements.tests.builders import (
    make_agreement,
    make_body,
    make_commitment,
    make_place,
    make_progress,
    make_target,
    make_term,
)
from tracker.reports import writers
from tracker.reports.commitment_progress import ProgressQuestion, commitment_progress
from tracker.reports.table import Cell, Labelled, Parts
from tracker.tests.seeded import seeded  # noqa: F401

pytestmark = pytest.mark.django_db
ON = "2023-06-30"
PAGE = "/reports/commitment-progress/"


def asked(address="", **more):
    """A question as an address asks it."""
    given = QueryDict(address.partition("?")[2].partition("#")[0], mutable=True)
    given.update({"on": ON, **more} if not address else more)
    return ProgressQuestion(given, date(2023, 6, 30))


def built(**more):
    return commitment_progress(asked(**more))


def rows_of(table):
    """{first cell: {column key: value}}."""
    keys = [column.key for column in table.columns]
    return {str(row[0].value): dict(zip(keys, [one.value for one in row], strict=True)) for row in table.rows}


@pytest.fixture
def promises():
    """Three with Y, two of them also with Z; one in no agreement; a proposal."""
    y, z = make_place("LA-Y", "Tỉnh Y"), make_place("LA-Z", "Tỉnh Z")
    one = make_agreement(theirs=y, signed_on="2022-01-01", code="TT-1", title="Một")
    both = make_agreement(theirs=[y, z], signed_on="2022-02-01", code="TT-2", title="Hai")
    reached = make_commitment(
        one, code="DAT", kind="cumulative", unit=make_term("unit", "person"), period="2022"
    )
    make_target(reached, "2022", Decimal(5))
    make_progress(reached, "2022-06-01", quantity=Decimal(5), verified=True)
    make_commitment(both, code="TRE", kind="one_off", period="2023-03")
    standing = make_commitment(both, code="THUONG")
    make_progress(standing, "2023-06-01", "in_progress")
    make_commitment(code="NGOAI", made_on="2022")
    make_commitment(code="DENGHI", made_on="2022", strength="proposal")
    return {"y": y, "z": z, "one": one, "both": both}


def test_a_commitment_stands_with_each_of_its_partners(promises):
    rows = rows_of(built())
    assert list(rows) == ["Tỉnh Y", "Tỉnh Z", "(chưa ghi đối tác)"]
    numbers = ("all", "done", "measured", "active", "standing", "overdue", "due_soon", "stale", "claimed")
    assert [[row[key] for key in numbers] for row in rows.values()] == [
        [3, 1, 2, 1, 1, 1, 0, 0, 1],
        [2, 0, 1, 1, 1, 1, 0, 0, 1],
        [1, None, None, None, None, None, None, 1, 0],
    ]
    with translation.override("en"):
        assert {str(label): number for label, number in rows["Tỉnh Y"]["states"].pairs} == {
            "no report": 1,
            "done": 1,
            "standing, active": 1,
        }


def test_no_row_adds_the_groups_and_a_note_says_why(promises):
    table = built()
    assert len(table.rows) == 3
    assert any("không cộng" in writers.shown(note) for note in table.notes)


@pytest.mark.parametrize(
    ("by", "names"),
    [
        ("agreement", ["Hai (TT-2)", "Một (TT-1)", "(không thuộc thỏa thuận nào)"]),
        ("field", ["Y tế", "(chưa ghi lĩnh vực)"]),
        ("unit", ["Sở Y", "(chưa ghi đơn vị chủ trì)"]),
    ],
)
def test_other_groups(promises, by, names):
    late = promises["both"].commitments.get(code="TRE")
    late.fields.add(make_term("field", "health", "Y tế"))
    CommitmentRole.objects.create(commitment=late, role="lead", body=make_body("SY", "Sở Y"))
    assert list(rows_of(built(by=by))) == names


def linked(table):
    """(address, number) of every number of a summary."""
    for row in table.rows:
        for one in row[1:]:
            if isinstance(one.value, Parts):
                yield from zip(one.value.links, [number for _label, number in one.value.pairs], strict=True)
            elif one.value:
                yield one.link, one.value


@pytest.mark.parametrize("by", ["partner", "agreement", "field", "unit"])
def test_every_number_opens_as_many_rows(promises, by):
    found = list(linked(built(by=by)))
    assert len(found) > 10
    for address, number in found:
        table = commitment_progress(asked(address))
        assert len(table.below[0].rows) == number, address
        assert table.rows[0][1].value == number, address


def test_the_rows_of_one_group_and_the_way_back(promises):
    table = built(by="partner", of=str(promises["z"].pk), state="active")
    assert [row[2].value.strip()[:7] for row in table.below[0].rows] == ["Cam kết"]
    assert ("Đối tác", "Tỉnh Z") in table.conditions
    back = next(note for note in table.notes if isinstance(note, Cell))
    assert "of=" not in back.link
    assert "state=active" in back.link


def test_each_target_has_its_own_result():
    y, z = make_place("LA-Y", "Tỉnh Y"), make_place("LA-Z", "Tỉnh Z")
    paper = make_agreement(theirs=[y, z], signed_on="2022-01-01")
    unit = make_term("unit", "scholarship", "suất")
    many = make_commitment(paper, kind="cumulative", unit=unit, period="2022")
    for place, done in ((y, 5), (z, 2)):
        make_target(many, "2022", Decimal(4), counterpart=place)
        make_progress(many, "2022-05-01", quantity=Decimal(done), counterpart=place)
    one = make_commitment(paper, kind="cumulative", unit=unit, period="2023")
    make_target(one, "2023", Decimal(8), maximum=Decimal(10))
    rows = {row[2].link: row for row in built().below[0].rows}
    values = {column.key: place for place, column in enumerate(built().below[0].columns)}
    told = {
        link: [row[values[key]].value for key in ("target", "reached", "percent")]
        for link, row in rows.items()
    }
    assert told[f"/admin/agreements/commitment/{one.pk}/change/"] == ["8–10", "chưa có số liệu", None]
    target, reached, percent = told[f"/admin/agreements/commitment/{many.pk}/change/"]
    assert target == (Labelled("2022 với Tỉnh Y", Decimal(4)), Labelled("2022 với Tỉnh Z", Decimal(4)))
    assert [one.value for one in reached] == [5, 2]
    assert [one.value for one in percent] == [125, 50]


def test_queries_do_not_grow(promises):
    with CaptureQueriesContext(connection) as few:
        built()
    for number in range(12):
        place = make_place(f"LA-{number}", f"Tỉnh {number}")
        paper = make_agreement(theirs=place, signed_on="2022-01-01")
        make_progress(make_commitment(paper), "2022-06-01", "in_progress")
    with CaptureQueriesContext(connection) as many:
        built()
    assert len(many) == len(few) <= 10


def test_a_page_shows_so_many_rows_and_a_file_all(promises, reader):
    for _number in range(199):
        make_commitment(promises["one"])
    page = reader.get(PAGE, {"on": ON}).content.decode()
    assert "200/203 dòng" in page
    assert page.count('<span class="row-number">') == 200
    assert reader.get(PAGE, {"on": ON, "all": 1}).content.decode().count('<span class="row-number">') == 203
    made = json.loads(reader.get(PAGE, {"on": ON, "format": "json"}).content)
    assert len(made["below"]["commitments"]["rows"]) == 203


def test_the_page(promises, reader):
    page = reader.get(PAGE, {"on": ON}).content.decode()
    assert "<svg" in page
    assert "style=" not in page.partition("<main")[2]
    assert re.search(r'col-overdue late"[^>]*><a href="[^"]*health=overdue[^"]*">1</a>', page)
    assert reader.get(PAGE, {"on": ON, "state": "xong"}).status_code == 400
    assert "hãy chọn nhóm từ báo cáo" in reader.get(PAGE, {"of": "Tỉnh Y"}).content.decode()


def test_the_drawing_tells_its_numbers(promises):
    (chart,) = built().charts
    inside = [word for word in chart.words if word.on]
    assert [word.text for word in inside if word.y == inside[0].y] == ["1", "1", "1"]
    assert [word.text for word in chart.words if word.x > 220 and not word.on][:3] == ["3", "2", "1"]
    assert len({box.fill for box in chart.boxes[-5:]}) == 5


@pytest.mark.parametrize("form", ["csv", "json"])
def test_the_command(promises, form):
    out = io.StringIO()
    call_command(
        "report", "commitment-progress", "--on", ON, "--by", "agreement", "--format", form, stdout=out
    )
    if form == "json":
        assert [row["all"] for row in json.loads(out.getvalue())["rows"]] == [2, 1, 1]
    else:
        rows = list(csv.reader(io.StringIO(out.getvalue().removeprefix("\ufeff"))))
        assert [row[:2] for row in rows[1:4]] == [
            ["Hai (TT-2)", "2"],
            ["Một (TT-1)", "1"],
            ["(không thuộc thỏa thuận nào)", "1"],
        ]


def test_the_seeds(seeded):  # noqa: F811
    """27/8/2022 Sơn La – Luông Pha Bang: six standing commitments, and one agreed in talks with the same partner."""
    rows = rows_of(built())
    row = rows["Luông Pha Bang"]
    assert [row[key] for key in ("all", "measured", "active", "standing", "stale")] == [7, None, 0, 6, 7]


@pytest.mark.parametrize("slug", ["commitment-progress", "deadlines", "closing-list"])
@pytest.mark.parametrize("form", ["docx", "xlsx", "html"])
def test_every_form_of_file(promises, reader, slug, form):
    answer = reader.get(f"/reports/{slug}/", {"on": ON, "format": form})
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="{slug}-{ON}.{form}"'
    assert len(answer.content) > 2000
