"""A code with a slash in it, and OFFICE/CODE: the whole is a code, the part before a slash an office, or one asks."""

import pytest
from django.core.management import call_command

from agreements.interchange.csv_out import csv_chunks
from agreements.interchange.exporting import rows_out
from agreements.interchange.importing import import_sheets
from agreements.interchange.sheets import COMMAND, read_file
from agreements.models import Agreement, AgreementLink, Body, Commitment, Document, Target, Term
from agreements.resources.records import RecordCell, divisions
from agreements.tests.builders import make_agreement, make_commitment
from tracker.imports import working
from tracker.interchange import KINDS, sheets_of
from tracker.tests.importers import State, asked, begin, html, kept_apart, login, page, reply, write  # noqa: F401
from tracker.tests.seeded import seeded  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]
ASKED = "“SNV-HN/K” ứng với nhiều hồ sơ"


def office(code="SNV-SL"):
    return Body.objects.get(code=code)


def documents(*rows, **options):
    """(outcome, {code: the code it replaces}) of a sheet of documents."""
    table = [["code", "kind", "title", "replaces"], *([code, "plan", "x", of] for code, of in rows)]
    outcome = import_sheets(
        [(KINDS["documents"], "documents", list(enumerate(table, 1)))], office=office(), **options
    )
    return outcome, dict(Document.objects.exclude(replaces=None).values_list("code", "replaces__pk"))


@pytest.fixture
def papers():
    """Documents by “office code”."""
    kind = Document.objects.first().kind
    wanted = [
        ("SNV-SL", "SNV-HN/K"),
        ("SNV-HN", "K"),
        ("SNV-HN", "L"),
        ("SNV-SL", "L"),
        ("SNV-SL", "12/2022"),
    ]
    return {
        f"{one} {code}": Document.objects.create(
            office=office(one), code=code, kind=kind, title=f"{one} {code}"
        )
        for one, code in wanted
    }


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("12/2022", "SNV-SL 12/2022"),  # the whole is a code
        ("SNV-HN/L", "SNV-HN L"),  # an office and its code
        ("K", "SNV-HN K"),
        ("L", "SNV-SL L"),  # the officer's own
        ("SNV-HN//K", "SNV-HN K"),
        ("SNV-SL/SNV-HN/K", "SNV-SL SNV-HN/K"),
        ("SNV-SL//SNV-HN/K", "SNV-SL SNV-HN/K"),
        ("SNV-SL/12/2022", "SNV-SL 12/2022"),
    ],
)
def test_what_a_code_with_a_slash_means(papers, typed, meant):
    outcome, replaced = documents(("N-1", typed))
    assert not outcome.faults
    assert replaced["N-1"] == papers[meant].pk


@pytest.mark.parametrize("typed", ["12/K", "SNV-XX/K", "/K", "K/", "SNV-HN/", "SNV-LC/K", "SNV-HN///K"])
def test_what_stands_before_a_slash_must_be_the_office_that_has_the_record(papers, typed):
    outcome, _replaced = documents(("N-1", typed))
    assert [fault.column for fault in outcome.faults] == ["replaces"]
    assert typed in outcome.faults[0].sentence


def test_what_is_both_a_code_and_an_office_with_a_code_is_asked(papers):
    outcome, _replaced = documents(("N-1", "SNV-HN/K"))
    (fault,) = outcome.faults
    assert fault.sentence == (
        "“SNV-HN/K” ứng với nhiều hồ sơ: hãy ghi rõ là hồ sơ nào (SNV-SL//SNV-HN/K, SNV-HN//K)."
    )


@pytest.mark.parametrize(
    ("answer", "meant"), [("SNV-HN//K", "SNV-HN K"), ("SNV-SL//SNV-HN/K", "SNV-SL SNV-HN/K")]
)
def test_the_answer_on_the_page_is_what_is_written(papers, kept_apart, answer, meant):  # noqa: F811
    client = login("viet", "document", "user", office=office())  # who sees the records of both offices
    job = begin(client, "code,kind,title,replaces\nN-1,plan,x,SNV-HN/K\n", kind="documents")
    (question,) = asked(client, job)
    assert question["choices"] == [
        ["SNV-SL//SNV-HN/K", "SNV-SL SNV-HN/K"], ["SNV-HN//K", "SNV-HN K"],
    ]  # fmt: skip
    shown = html(page(client, job))
    assert ASKED in shown
    assert "data-names" not in shown  # nothing but the choices is offered
    reply(client, job, pick="0:SNV-LC//K")
    assert working.obstacles(job)
    reply(client, job, pick=f"0:{answer}")
    write(client, job)
    assert job.state == State.WRITTEN
    assert Document.objects.get(code="N-1").replaces == papers[meant]


def test_every_code_that_is_written_out_reads_in_as_its_record(papers):
    Document.objects.create(office=office("SNV-HCM"), code="K", kind=papers["SNV-HN K"].kind, title="x")
    cell = RecordCell(Document)
    assert cell.render(papers["SNV-SL SNV-HN/K"]) == "SNV-SL//SNV-HN/K"
    assert cell.render(papers["SNV-HN K"]) == "SNV-HN//K"  # SNV-HN/K is a code
    assert cell.render(papers["SNV-SL L"]) == "SNV-SL/L"
    assert cell.render(papers["SNV-SL 12/2022"]) == "12/2022"
    for record in Document.objects.all():
        assert cell.clean(cell.render(record)) == record


def test_links_between_such_codes_go_out_and_in_again():
    ours, theirs = office(), office("SNV-HN")
    whole = make_agreement(office=ours, code="SNV-HN/A", title="Một")
    apart = make_agreement(office=theirs, code="A", title="Hai")
    make_agreement(office=ours, code="A", title="Ba")
    AgreementLink.objects.create(agreement=whole, other=apart, kind="related")
    for headers in ("key", "vi"):
        headings, rows = rows_out(KINDS["links"], headers=headers)
        content = b"".join(csv_chunks(headings, rows))
        assert b"SNV-SL//SNV-HN/A,related,SNV-HN//A" in content or headers == "vi"
        outcome = import_sheets(
            sheets_of(read_file(content, "links.csv", limits=COMMAND), "links"), dry_run=True
        )
        assert (outcome.faults, outcome.new, outcome.changed) == ([], 0, 0)
        assert outcome.unchanged == AgreementLink.objects.count()


@pytest.mark.parametrize("headers", ["key", "vi"])
def test_targets_of_a_commitment_called_total_go_out_and_in_again(headers):
    agreement = make_agreement(office=office(), code="TỔNG", title="Tổng cộng")
    promise = make_commitment(
        agreement,
        office=office(),
        code="Tổng cộng",
        text="Tổng số",
        kind="cumulative",
        unit=Term.objects.get(code="person"),
    )
    Target.objects.create(commitment=promise, minimum=5)
    for kind, rows in (("targets", Target), ("commitments", Commitment), ("agreements", Agreement)):
        headings, cells = rows_out(KINDS[kind], rows.objects.all(), headers=headers)
        content = b"".join(csv_chunks(headings, cells))
        book = read_file(content, f"{kind}.csv", limits=COMMAND)
        outcome = import_sheets(sheets_of(book, kind), dry_run=True)
        assert (outcome.faults, outcome.new, outcome.changed) == ([], 0, 0)
        assert outcome.unchanged == rows.objects.count()
        assert [sheet["skipped"] for sheet in outcome.sheets] == [[]]


def test_a_report_on_one_agreement_takes_the_same_spellings(capsys):
    make_agreement(office=office(), code="12/2022", title="Một")
    make_agreement(office=office("SNV-HN"), code="12/2022", title="Hai")
    for code in ("SNV-SL/12/2022", "SNV-HN//12/2022"):
        call_command("report", "agreement-sheet", code)
    told = capsys.readouterr().out
    assert "Một" in told
    assert "Hai" in told


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("A", []), ("A/B", [("A", "B")]), ("A/B/C", [("A", "B/C"), ("A/B", "C")]),
        ("A//B", [("A", "/B"), ("A", "B"), ("A/", "B")]),
    ],
)  # fmt: skip
def test_every_way_to_divide_a_code(text, pairs):
    assert list(divisions(text)) == pairs
