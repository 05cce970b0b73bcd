"""Out and back in: random records through CSV and workbooks, whose every cell must come back as it was."""

import csv
import io
import random

import openpyxl

from agreements.interchange.csv_out import csv_chunks
from agreements.interchange.exporting import rows_out, sheet_out
from agreements.interchange.importing import import_sheets
from agreements.interchange.sheets import COMMAND, read_file
from agreements.interchange.xlsx import write_xlsx
from agreements.models import Agreement, Commitment, Document, Term
from tracker.interchange import KINDS, sheets_of
from tracker.torture import prey

TRIGGERS = "=+-@\t\r＝＋－＠"
PAYLOADS = [
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠x", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x","y")',
    "'=1+1", "''=1", "'x", "'", '"', "=", "-", "--1", "=\"\"", "%0A=1", ";=1", ",=1", "|=1", "a\n=1", "a\t=1", "=1;2",
    "=IMPORTXML(1)", "+84 912 345 678", "-5", "@",
]  # fmt: skip
LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyạảãáà ẾỆợ ຫຼວງພະບາງ 🙂 “”‘’–—…<>&%#\\/|;,\t\n\"'{}[]^~`0123456789"
HEADERS = ("key", "vi", "en")


def trips(rows_csv, rows_xlsx, seed=3):
    """Make random records, then take them out and in; {"csv": rows, "xlsx": rows, "cells": cells looked at}."""
    chance = random.Random(seed)
    make(chance, max(rows_csv, rows_xlsx))
    seen = {"csv": 0, "xlsx": 0, "cells": 0}
    for number, (kind, model) in enumerate(
        (("documents", Document), ("agreements", Agreement), ("commitments", Commitment))
    ):
        for form, rows, way in (("csv", rows_csv, through_csv), ("xlsx", rows_xlsx, through_xlsx)):
            wanted = -(-rows // 3)
            found = model.objects.filter(code__startswith="TRIP-").order_by("pk")[:wanted]
            content, cells = way(KINDS[kind], found, HEADERS[(number + (form == "xlsx")) % 3], chance)
            back(kind, content, f"{kind}.{form}", len(found))
            seen[form] += len(found)
            seen["cells"] += cells
    return seen


def text(chance, longest=60):
    """A text of the payloads, or of any letters."""
    if chance.random() < 0.3:
        return chance.choice(PAYLOADS)
    made = "".join(chance.choice(LETTERS) for _one in range(chance.randint(1, longest))).strip()
    return made or "x"


def make(chance, number):
    """Records of three kinds with random texts in every text column, `number` in all."""
    office = prey.office()
    paper = Term.objects.get(vocabulary="document_kind", code="plan")
    kind = Term.objects.get(vocabulary="agreement_kind", code="memorandum")
    for n in range(-(-number // 3)):
        Document.objects.create(
            office=office, code=f"TRIP-{n}", kind=paper, title=text(chance), number=text(chance, 30), note=text(chance),
            issued_on=chance.choice(["", "2022", "2022-08", "2022-08-27", "2022?-08-27"]),
        )  # fmt: skip
        agreement = Agreement.objects.create(
            office=office, code=f"TRIP-{n}", kind=kind, title=text(chance), archive_ref=text(chance), note=text(chance),
            period=chance.choice(["", "2022/2025", "2025-07-01/..", "../2024-12-31"]), copies=chance.choice([None, 2]),
        )  # fmt: skip
        Commitment.objects.create(
            office=office,
            code=f"TRIP-{n}",
            agreement=agreement,
            text=text(chance),
            article=text(chance),
            note=text(chance),
        )


def through_csv(kind, found, headers, chance):
    """(the file, its cells); none of them runs."""
    headings, rows = rows_out(kind, found, headers=headers)
    content = b"".join(csv_chunks(headings, rows, chance.choice(",;")))
    sheet = io.StringIO(content.decode("utf-8-sig"), newline="")
    table = list(
        csv.reader(sheet, delimiter=";" if content.count(b";", 0, 300) > content.count(b",", 0, 300) else ",")
    )
    live = [cell for row in table for cell in row if cell[:1] and cell[0] in TRIGGERS]
    assert not live, live[:3]
    return content, sum(map(len, table))


def through_xlsx(kind, found, headers, _chance):
    stream = io.BytesIO()
    write_xlsx(stream, [sheet_out(kind, found, headers=headers)])
    content = stream.getvalue()
    cells = 0
    for row in openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows():
        cells += len(row)
        assert all(cell.data_type != "f" for cell in row), [
            cell.value for cell in row if cell.data_type == "f"
        ]
    return content, cells


def back(kind, content, name, rows):
    """Every row comes back unchanged."""
    book = read_file(content, name, limits=COMMAND)
    outcome = import_sheets(sheets_of(book, kind), dry_run=True)
    told = [str(fault) for fault in outcome.faults[:3]]
    assert (outcome.unchanged, outcome.new, outcome.changed, outcome.refused) == (rows, 0, 0, 0), (
        name,
        outcome,
        told,
    )
