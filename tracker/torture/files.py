"""Files at random: any kind, any of its columns, cells from a pool of good and of nasty values."""

import csv
import io
import unicodedata
from dataclasses import dataclass
from itertools import count

from agreements.interchange.xlsx import ColumnOut, SheetOut, write_xlsx
from agreements.models import Agreement, Body, Commitment, Document, Person, Term
from agreements.resources.columns import ListCell
from agreements.resources.records import RecordCell
from agreements.resources.values import (
    ChoiceCell,
    CountryCell,
    DateCell,
    NumberCell,
    ReferenceCell,
    TermCell,
    YesNoCell,
)
from delegations.models import Delegation, Delivery, Meeting
from tracker.interchange import KINDS

DATES = [
    "27/8/2022",
    "8/2022",
    "2022",
    "ngày 27 tháng 8 năm 2022",
    "2022-08-27",
    "27/8/[2022]",
    "44800",
    "5.6.2024",
]
PERIODS = [*DATES, "2022–2025", "từ 1/7/2025", "giai đoạn 2022-2024"]
NUMBERS = ["1", "2", "15", "1.000.000", "1.500", "2,5", "300 triệu", "0", "1.000.000,5"]
WHOLE = ["1", "2", "3", "12", "99"]
TEXTS = [
    "Một", "Hai dòng\ncó “ngoặc”", "Đỗ Ước; Trần Thị Bốn", "ຫຼວງພະບາງ", "=1+1", "+84 912", "-1 phần", "@x", "a,b;c\td",
    "<b>x</b>", 'nói "vâng"', "'=x", "Tổng quát", "100%", "  có dấu cách  ",
]  # fmt: skip
NASTY = [
    "", " ", "\u00a0", "NULL", "nan", "1e400", "9" * 40, "-1", "31/02/2022", "12/31/2022", "27/8", "#REF!", "|",
    "\\|", ";", "a|b", "\u202eabc", "\u200b", "x\x0by", "\ufeff", "😀", "Viêng Chăn", "không có ai", "x" * 600,
    "office/code", "a/b/c", "#", "777#1", "{}", "%s %(x)s", "{0}", "'; DROP TABLE agreements_body; --", "Tổng cộng",
    "0001", "1,234", "١٢٣", "½", "²", "true", "2022-2021", "../..", "١/٢/٢٠٢٢", "99999", "00:00", '=HYPERLINK("x")',
    "tỉnh", "???", "id", "A" * 41, "Đ" * 256,
]  # fmt: skip


class Pool:
    """Good cells for every column, drawn from what the register holds."""

    RECORDS = (Agreement, Commitment, Document, Delegation, Meeting, Delivery)

    def __init__(self, chance):
        self.chance, self.numbers = chance, count(1)
        self.codes = {model: list(model.objects.values_list("code", flat=True)) for model in self.RECORDS}
        self.bodies = list(Body.objects.filter(country__in=["VN", "LA"]).values_list("code", flat=True))
        self.offices = list(Body.objects.filter(code__startswith="SNV-").values_list("code", flat=True))
        self.people = [
            *Person.objects.values_list("code", flat=True),
            *Person.objects.values_list("name", flat=True),
        ]
        self.terms = {}
        for vocabulary, code, name in Term.objects.values_list("vocabulary", "code", "name"):
            self.terms.setdefault(vocabulary, []).extend([code, name])

    def good(self, kind, field):
        """A cell that the column would usually hold."""
        chance, name, cell = self.chance, field.column_name, field.widget
        if special := self.special(kind, name):
            return special
        if isinstance(cell, ListCell):
            parts = [self.of(cell.cell, name) for _one in range(chance.randint(0, 3))]
            return chance.choice(["|", "\n"]).join(parts)
        return self.of(cell, name)

    def special(self, kind, name):
        """Columns whose cell says less than the model: codes, tables, roles."""
        chance = self.chance
        if name == "office":
            return chance.choice(self.offices)
        if name in ("record", "event", "of", "to"):
            return chance.choice({"of": ["body", "person", "agreement"], "to": ["agreement", "commitment"]}.get(
                name, ["agreement", "commitment", "delegation", "meeting", "delivery"]
            ))  # fmt: skip
        if name == "to_code" or (name == "code" and kind in ("roles", "citations", "contributions", "names")):
            return chance.choice(self.codes[chance.choice(self.RECORDS)] + self.bodies[:9])
        if name == "code":
            return f"T-{next(self.numbers)}" if chance.random() < 0.9 else "T-1"
        if name == "version":
            return chance.choice(["", "1", "1", "2"])
        return {
            "role": "party",
            "url": "https://example.org/a",
            "published_url": "",
            "languages": "vi|lo",
        }.get(name, "")

    def of(self, cell, name):
        chance = self.chance
        if isinstance(cell, TermCell):
            vocabularies = cell.conditions.get("vocabulary__in") or list(self.terms)
            return chance.choice(self.terms[chance.choice(list(vocabularies))])
        if isinstance(cell, ReferenceCell):
            return chance.choice(self.bodies if issubclass(cell.model, Body) else self.people)
        if isinstance(cell, RecordCell):
            return chance.choice(self.codes[cell.model] or [""])
        if isinstance(cell, ChoiceCell):
            key, label = chance.choice(cell.choices)
            return chance.choice([key, str(label)])
        if isinstance(cell, NumberCell):
            return chance.choice(WHOLE if cell.whole else NUMBERS)
        if isinstance(cell, DateCell):
            return chance.choice(PERIODS if cell.period else DATES)
        if isinstance(cell, YesNoCell):
            return chance.choice(["yes", "no", "có", "không", ""])
        return chance.choice(["VN", "LA"]) if isinstance(cell, CountryCell) else chance.choice(TEXTS)


@dataclass
class Made:
    """A file: its kind, name, bytes, and how many of its rows are not blank."""

    kind: str
    name: str
    content: bytes
    rows: int
    damaged: bool = False


def random_file(chance, pool):
    """A Made of any kind."""
    kind = chance.choice(list(KINDS))
    fields = columns_of(chance, KINDS[kind]())
    evil = chance.choice([0, 0, 0.02, 0.1, 0.5])
    rows = [row_of(chance, pool, kind, fields, evil) for _row in range(chance.choice([1, 2, 5, 12, 30]))]
    headings = [heading(chance, one, evil) for one in fields]
    if chance.random() < 0.15:
        return workbook(kind, headings, rows)
    return text_file(chance, kind, headings, rows, evil)


def columns_of(chance, resource):
    """The key, what a new record needs, and any of the others, in any order."""
    fields = list(resource.get_import_fields())
    needed = {
        *resource.key,
        "kind",
        "title",
        "name",
        "text",
        "agreement",
        "item",
        "on",
        "direction",
        "givers",
        "receivers",
    }
    needed |= {
        "area",
        "country",
        "unit",
        "currency",
        "commitment",
        "held",
        "made_on",
        "how",
        "document",
        "vocabulary",
    }
    taken = [one for one in fields if one.column_name in needed or chance.random() < 0.3]
    if chance.random() < 0.1:
        taken = chance.sample(taken, max(len(taken) - 1, 1))
    if chance.random() < 0.3:
        chance.shuffle(taken)
    return taken


def row_of(chance, pool, kind, fields, evil):
    row = []
    for field in fields:
        nasty = chance.random() < evil
        row.append(chance.choice(NASTY) if nasty else pool.good(kind, field))
    return row


def heading(chance, field, evil):
    if chance.random() < evil / 20:
        return chance.choice(["", "id", "Cột lạ", field.column_name + " 2", "STT"])
    label = getattr(field, "label", None)
    return chance.choice([field.column_name, field.column_name.upper(), str(label or field.column_name)])


def text_file(chance, kind, headings, rows, evil):
    """A CSV in any of the encodings, separators and line ends; sometimes with a title or torn."""
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet, delimiter=chance.choice(",,;\t"), lineterminator=chance.choice(["\n", "\r\n"]))
    titled = chance.random() < 0.1
    writer.writerows([["DANH SÁCH"], [""]] if titled else [])
    writer.writerows([headings, *rows])
    text = sheet.getvalue()
    if chance.random() < 0.1:
        text = unicodedata.normalize("NFD", text)
    content = text.encode(chance.choice(["utf-8", "utf-8-sig", "utf-16"]), "replace")
    torn = chance.random() < evil / 10
    return Made(kind, f"{kind}.csv", damaged(chance, content) if torn else content, filled(rows), torn)


def damaged(chance, content):
    """A file cut short, or with a few other bytes."""
    if chance.random() < 0.5:
        return content[: chance.randint(0, len(content))]
    content = bytearray(content)
    for _one in range(3):
        content[chance.randrange(len(content))] = chance.randrange(256)
    return bytes(content)


def workbook(kind, headings, rows):
    stream = io.BytesIO()
    clean = [["".join(one for one in cell if one >= " " or one in "\n\t") for cell in row] for row in rows]
    write_xlsx(stream, [SheetOut(kind, [ColumnOut(one) for one in headings], clean)])
    return Made(kind, f"{kind}.xlsx", stream.getvalue(), filled(clean))


def filled(rows):
    return sum(any(cell.strip() for cell in row) for row in rows)
