"""What the forms warn of, files are warned of too: beside the row, above all rows, and on the command line."""

import io
import json

import openpyxl
import pytest
from django.core.management import call_command
from django.utils.translation import override

from agreements.models import Agreement
from agreements.tests.builders import make_agreement, make_body, make_place, make_term
from tracker.tests.importers import State, begin, html, kept_apart, login, page, write  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_apart")]
NONE = "Chưa ghi bên ký kết nào"
ONE_SIDED = "Các bên đều thuộc một phía"
FORBIDDEN = "không cho dùng tên “{}”"
NO_SIDE = "Đoàn chưa ghi bên cử hoặc nơi đến"


@pytest.fixture
def clerk():
    office = make_body()
    (
        make_body(code="VN-B", name="Bên A"),
        make_body(code="LA-B", name="Bên B", area=make_place("LA-HO", "Hủa Phăn")),
    )
    make_term("agreement_kind", "memorandum")
    return login("lan", is_superuser=True, office=office)


def book(**sheets):
    """A workbook of {kind: text with semicolons}."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for kind, text in sheets.items():
        sheet = made.create_sheet(kind)
        for line in text.splitlines():
            sheet.append(line.split(";"))
    made.save(stream := io.BytesIO())
    return stream.getvalue()


def warned(job):
    return [(kind, rows, sentence) for kind, _heading, sentence, rows in job.spooled.warned]


TITLES = {
    "Hiệp định hợp tác": "hiệp định",
    "HIỆP ƯỚC hữu nghị": "hiệp ước",
    "Hiệp  định": "hiệp định",
    "Thỏa thuận thi hành hiệp định": "",
    "Hiệp định thư": "hiệp định",
}


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("track", ["treaty_law", "party"])
def test_names_that_the_law_forbids_are_told_where_it_governs_the_paper(clerk, title, track):
    job = begin(
        clerk, f"code;title;kind;track;parties\nA;{title};memorandum;{track};VN-B|LA-B\n", "agreements"
    )
    assert (job.state, job.counts["new"]) == (State.READY, 1)
    name = TITLES[title] if track == "treaty_law" else ""
    assert [FORBIDDEN.format(name) in sentence for _kind, _rows, sentence in warned(job)] == [True] * bool(
        name
    )
    ((row,), shown) = page(clerk, job).context["rows"], html(page(clerk, job))
    assert [heading for heading, _sentence in row.warnings] == ["title"] * bool(name)
    assert ("Cần xem lại" in shown) is bool(name)
    write(clerk, job)
    assert Agreement.objects.get().title


PARTIES = {"": NONE, "VN-B": ONE_SIDED, "LA-B": ONE_SIDED, "VN-B|LA-B": ""}


@pytest.mark.parametrize("parties", PARTIES)
@pytest.mark.parametrize("links", ["", ";part_of"])
def test_missing_sides_are_told(clerk, parties, links):
    """With a column that names rows of the file, its rows are kept to the end; without, they are let go."""
    text = f"code;title;kind;parties{links}\nA;Một;memorandum;{parties}{links and ';'}\n"
    job = begin(clerk, text, "agreements")
    expected = PARTIES[parties]
    assert [sentence[: len(expected)] for *_told, sentence in warned(job)] == [expected] * bool(expected)
    assert len(page(clerk, job).context["rows"][0].warnings) == bool(expected)


def test_a_file_without_parties_is_told_of_what_is_there(clerk):
    one_sided = make_agreement(code="A", title="Một", office=clerk.user.office)
    one_sided.roles.filter(body__country="LA").delete()
    make_agreement(code="B", title="Hai", office=clerk.user.office)
    job = begin(
        clerk, "code;title;kind\nA;Mới;memorandum\nB;Mới;memorandum\nC;Mới;memorandum\n", "agreements"
    )
    assert [(rows, sentence.partition(":")[0]) for _kind, rows, sentence in warned(job)] == [
        ([4], NONE),
        ([2], ONE_SIDED),
    ]


def test_unchanged_rows_are_not_told(clerk):
    text = "code;title;kind;parties\nA;Hiệp định;memorandum;VN-B\n"
    job = begin(clerk, text, "agreements")
    assert len(warned(job)) == 2
    write(clerk, job)
    again = begin(clerk, text, "agreements")
    assert (again.counts["unchanged"], warned(again)) == (1, [])


AGREEMENT = "code;title;kind;parties\nA;Một;memorandum;VN-B\nB;Hai;memorandum;VN-B\n"
OTHER_SIDE = "record;code;role;body\nagreement;A;party;LA-B\n"


def test_sides_that_another_sheet_brings_are_counted(clerk):
    job = begin(clerk, book(agreements=AGREEMENT, roles=OTHER_SIDE), "workbook", "so.xlsx")
    assert [(kind, rows) for kind, rows, _sentence in warned(job)] == [("agreements", [3])]
    make_body(code="VN-C", name="Bên C")
    job = begin(
        clerk, book(agreements=AGREEMENT, roles=OTHER_SIDE.replace("LA-B", "VN-C")), "workbook", "so.xlsx"
    )
    assert [(kind, rows) for kind, rows, _sentence in warned(job)] == [("agreements", [2, 3])]


def test_a_file_of_roles_is_told_of_what_still_lacks_a_side(clerk):
    write(clerk, begin(clerk, AGREEMENT, "agreements"))
    make_body(code="VN-C", name="Bên C")
    text = f"{OTHER_SIDE}agreement;B;party;VN-C\n"
    job = begin(clerk, text, "roles")
    assert [(kind, rows) for kind, rows, _sentence in warned(job)] == [("roles", [3])]


DELEGATIONS = {
    "out;Đoàn;VN-B;LA-B": 0,
    "out;Đoàn;VN-B;": 1,
    "out;Đoàn;;LA-B": 1,
    "out;Đoàn;;": 1,
}


@pytest.mark.parametrize("line", DELEGATIONS)
def test_delegations_without_a_side_are_told(clerk, line):
    job = begin(clerk, f"direction;name;senders;hosts\n{line}\n", "delegations")
    assert job.counts["new"] == 1
    assert [NO_SIDE in sentence for *_told, sentence in warned(job)] == [True] * DELEGATIONS[line]


def test_many_warnings_are_told_together_and_cost_few_queries(clerk, django_assert_max_num_queries):
    rows = "".join(f"A-{number};Hiệp định {number};memorandum;VN-B\n" for number in range(300))
    with django_assert_max_num_queries(80):
        job = begin(clerk, f"code;title;kind;parties\n{rows}", "agreements")
    assert [(kind, len(numbers)) for kind, numbers, _sentence in warned(job)] == [("agreements", 300)] * 2
    shown = page(clerk, job)
    assert html(shown).count("và 295") == 2
    assert all(len(row.warnings) == 2 for row in shown.context["rows"])
    assert len(shown.content) < 200_000


def test_the_command_line_tells_them_and_goes_on(clerk, tmp_path, capsys):
    path = tmp_path / "thoa-thuan.csv"
    path.write_text(
        "code;title;kind;parties\n" + "".join(f"A{n};Hiệp định;memorandum;LA-B\n" for n in range(7))
    )
    with override("vi"):
        call_command("import_data", "agreements", path, office="SNV-X", dry_run=True, json=True)
        told = json.loads(capsys.readouterr().out)["warnings"]
        assert [(one["sheet"], one["rows"], one["column"]) for one in told] == [
            ("agreements", list(range(2, 9)), "title"),
            ("agreements", list(range(2, 9)), "parties"),
        ]
        call_command("import_data", "agreements", path, office="SNV-X")
    err = capsys.readouterr().err
    assert f"agreements: dòng 2, 3, 4, 5, 6 và 2 dòng khác, cột parties: cảnh báo: {ONE_SIDED}" in err
    assert Agreement.objects.count() == 7
