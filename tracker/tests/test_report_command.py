"""`manage.py report`: the same reports for a task planner or a script."""

import csv
import io
import json

import pytest
from django.core.management import CommandError, call_command

from agreements.tests.builders import make_agreement, make_body, make_place, make_term
from tracker.management.commands.report import Command

pytestmark = pytest.mark.django_db


def report(*arguments):
    out = io.StringIO()
    call_command("report", *arguments, stdout=out)
    return out.getvalue()


def codes(text):
    return [row["code"] for row in json.loads(text)["rows"]]


def test_the_table_is_for_the_terminal():
    make_agreement(code="TT-1", title="Thỏa thuận hợp tác", signed_on="2022-08-27", period="2022/2024")
    text = report("agreement-status", "--on", "2023-06-30")
    assert "30/6/2023" in text
    line = next(line for line in text.splitlines() if line.startswith("TT-1"))
    assert "Tỉnh X | Tỉnh Y" in line
    assert "27/8/2022" in line
    assert "≈ 550" in line


def test_csv_and_json():
    make_agreement(code="TT-1", signed_on="2022-08-27")
    text = report("agreement-status", "--on", "30/6/2023", "--format", "csv")
    assert next(iter(list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))[1:]))[0] == "TT-1"
    assert codes(report("agreement-status", "--on", "30/6/2023", "--format", "json")) == ["TT-1"]


def test_filters_take_codes_and_names():
    place, field = make_place("LA-Z", "Tỉnh Zeta"), make_term("field", "health", "Y tế")
    office = make_body("SNV-2", "Sở Ngoại vụ Hai")
    make_agreement(code="KHAC")
    chosen = make_agreement(theirs=place, office=office, code="CHON")
    chosen.fields.add(field)
    for option, value in [
        ("--partner", "LA-Z"),
        ("--partner", "Tỉnh Zeta"),
        ("--field", "health"),
        ("--field", "y tế"),
        ("--office", "SNV-2"),
    ]:
        assert codes(report("agreement-status", option, value, "--format", "json")) == ["CHON"], value


def test_the_sheet_of_one_agreement():
    make_agreement(code="TT-1", title="Biên bản ghi nhớ")
    assert report("agreement-sheet", "TT-1", "--on", "2023-06-30").startswith("Biên bản ghi nhớ\n")
    assert json.loads(report("agreement-sheet", "TT-1", "--format", "json"))["title"] == "Biên bản ghi nhớ"


def test_a_code_in_two_offices_needs_its_office():
    make_agreement(code="TT-1", title="Một")
    make_agreement(code="TT-1", title="Hai", office=make_body("SNV-2", "Sở Ngoại vụ Hai"))
    with pytest.raises(CommandError, match="SNV-X/TT-1, SNV-2/TT-1"):
        report("agreement-sheet", "TT-1")
    assert report("agreement-sheet", "SNV-2/TT-1").startswith("Hai\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ["agreement-status", "--on", "2023"],
        ["agreement-status", "--on", "31/2/2023"],
        ["agreement-status", "--partner", "Nơi không có"],
        ["agreement-status", "--field", "không có"],
        ["agreement-status", "--office", "không có"],
        ["agreement-status", "--format", "odt"],
        ["agreement-sheet", "KHONG-CO"],
        ["no-such-report"],
        [],
    ],
)
def test_what_cannot_be_done_is_one_sentence(arguments):
    with pytest.raises(CommandError) as refused:
        report(*arguments)
    assert "\n" not in str(refused.value)


def test_the_answer_goes_into_a_file(tmp_path):
    make_agreement(code="TT-1")
    out = tmp_path / "bao-cao.csv"
    assert report("agreement-status", "--format", "csv", "--out", str(out)) == ""
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    with pytest.raises(CommandError):
        report("agreement-status", "--out", str(tmp_path / "no" / "folder.csv"))


def subcommands():
    """{report: its options} as `report … --help` tells them."""
    parser = Command().create_parser("manage.py", "report")
    (of_report,) = (one for one in parser._actions if one.dest == "report")
    return {slug: one._actions for slug, one in of_report.choices.items()}


def test_help_says_of_every_option_what_it_takes():
    found = subcommands()
    assert len(found) == 11
    assert [(slug, one.dest) for slug, options in found.items() for one in options if not one.help] == []
    (way,) = (one for one in found["aid"] if one.dest == "way")
    assert way.help == "Chiều: given (Hỗ trợ cho bạn), received (Hỗ trợ nhận được)"
    (days,) = (one for one in found["deadlines"] if one.dest == "days")
    assert days.help == "Số ngày tới: 30, 90, 180"
