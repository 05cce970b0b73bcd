"""Files of commitments, targets and progress reports; what goes out comes back as it was."""

# ruff: noqa: F811 - fixtures are imported, and named by the tests that use them

import pytest

from agreements.interchange.csv_out import csv_chunks
from agreements.interchange.exporting import rows_out
from agreements.models import (
    Commitment,
    Document,
    Progress,
    Target,
    User,
)
from agreements.resources import (
    AgreementResource,
    CommitmentResource,
    DocumentResource,
    ProgressResource,
    TargetResource,
)
from agreements.resources.values import DateCell, NumberCell, guarded, unguarded
from agreements.tests.test_resources import (  # noqa: F401
    KINDS,
    attempt,
    english,
    load,
    office,
    refused,
    register,
)

pytestmark = pytest.mark.django_db


def commitments(office, *rows):
    load(AgreementResource, ["code,title,kind", "A1,Một,memorandum"], office=office)
    heading = "code;agreement;text;kind;every;period;unit;minimum;maximum"
    load(CommitmentResource, [heading, *rows], office=office)


def test_minimum_and_maximum_of_a_commitment_are_its_own_target(office):
    commitments(office, "C1;A1;Học bổng;per_period;year;2022–2025;person;10;1.500")
    target = Target.objects.get()
    assert (target.period, target.minimum, target.maximum) == ("2022/2025", 10, 1500)
    load(CommitmentResource, ["code,period,minimum,maximum", "C1,2022–2026,,20"], office=office)
    target = Target.objects.get()
    assert (target.period, target.minimum, target.maximum) == ("2022/2026", None, 20)
    load(CommitmentResource, ["code,minimum,maximum", "C1,,"], office=office)
    assert not Target.objects.exists()


def test_a_target_is_known_by_its_period_and_counterpart(office):
    commitments(office, "C1;A1;Học bổng;per_period;year;;person;;")
    lines = ["commitment,period,counterpart,minimum", "C1,2023,LA-LP,5", "C1,2023,,9"]
    assert load(TargetResource, lines) == (2, 0, 0)
    assert load(TargetResource, lines) == (0, 0, 2)
    fault = refused(TargetResource, ["commitment,period,minimum", "C1,2024,-5"])
    assert fault == (2, "minimum", "“-5” is negative: write what there is, or leave the cell empty.")


def test_a_commitment_of_a_quantity_without_a_unit_is_refused(office):
    load(AgreementResource, ["code,title,kind", "A1,Một,memorandum"], office=office)
    lines = ["code,agreement,text,kind", "C1,A1,Học bổng,cumulative"]
    row, _column, sentence = refused(CommitmentResource, lines, office=office)
    assert (row, sentence) == (2, "A commitment of a quantity needs a unit or currency.")


def test_progress_is_numbered_corrected_by_new_rows_and_never_changed(office):
    commitments(office, "C1;A1;Học bổng;cumulative;;;person;;")
    user = User.objects.create(username="a")
    load(
        ProgressResource,
        ["commitment;number;on;quantity;corrects", "C1;2;2023;hơn 12;1", "C1;1;2022;10;"],
        user=user,
    )
    second = Progress.objects.get(number=2)
    assert (second.corrects.number, second.quantity, second.qualifier, second.author) == (
        1,
        12,
        "more_than",
        user,
    )
    load(ProgressResource, ["commitment;number;on;quantity", "C1;;2024;1"])
    assert Progress.objects.filter(number=3).exists()
    row, _column, sentence = refused(ProgressResource, ["commitment;number;quantity", "C1;1;11"])
    assert (row, sentence) == (
        2,
        "Report 1 is entered already and is never changed: add a row that corrects it.",
    )
    fault = refused(ProgressResource, ["commitment;on;done;corrects", "C1;2024;Họp;9"])
    assert fault == (2, "corrects", "There is no row 9: write the number of a row of the same record.")


def test_a_commitment_continues_one_further_down(office):
    load(AgreementResource, ["code,title,kind", "A1,Một,memorandum"], office=office)
    lines = ["code,agreement,text,kind,continues", "C1,A1,Sau,standing,C2", "C2,A1,Trước,standing,"]
    load(CommitmentResource, lines, office=office)
    assert Commitment.objects.get(code="C1").continues.code == "C2"


@pytest.mark.parametrize("text", ["=1+1", "+84", "-5", "@x", "＝1", "'=1", "''@x", "a=b", "'", "'x", ""])
def test_formulas_are_guarded_and_come_back_as_they_were(text):
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "＝"))


def test_a_title_that_looks_like_a_formula_goes_out_guarded_and_comes_back_equal(office):
    load(DocumentResource, ["code,title,kind", "D1,'=1+1,plan"], office=office)
    assert Document.objects.get().title == "=1+1"
    written = b"".join(csv_chunks(*rows_out(DocumentResource))).decode("utf-8-sig")
    assert "'=1+1" in written
    assert load(DocumentResource, written.splitlines()) == (0, 0, 1)


SPELLINGS = [
    "2022-08-27", "2022?-08-27", "2022-08-27?", "2022-08", "2022", "2022?", "2019-11/2021", "../2024-12-31",
    "2025-07-01/..", "2022-04/2022?-11-04", "2022-01/2022-03", "2022-08-27/2022-08-30",
]  # fmt: skip


@pytest.mark.parametrize("text", SPELLINGS)
def test_a_date_of_any_precision_goes_out_and_comes_back_equal(text):
    cell = DateCell(period=True)
    assert cell.clean(cell.render(text)) == text


@pytest.mark.parametrize(
    "number", ["0", "1", "1000", "1500", "1500.5", "0.25", "1234567890123", "9999999999999.99"]
)
def test_a_number_goes_out_and_comes_back_equal(number):
    from decimal import Decimal

    cell = NumberCell()
    assert cell.clean(cell.render(Decimal(number))) == Decimal(number)


def test_no_column_of_any_kind_makes_a_traceback_of_nonsense(office):
    """Each column of each kind with nonsense in it: faults are sentences, never exceptions."""
    for kind in KINDS:
        columns = kind().get_export_headers()
        for nonsense in ("?!", "9" * 40, "a|b|c", "30/2/2022", "-1", "\u0e9f" * 500):
            for column in [*columns, None]:
                row = [nonsense if name == column or column is None else "" for name in columns]
                attempt(kind, ["\t".join(columns), "\t".join(row)], dry_run=True, office=office)
