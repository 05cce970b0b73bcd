"""The data that the benchmarks move: progress reports and commitments of one invented office.

Import after `harness.start()`.
"""

import csv
import random
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from import_export import fields, resources, widgets
from simple_history.utils import get_history_manager_for_model

from agreements.models import Agreement, Body, Commitment, Progress, Term

PLACES = ("LA-SV", "LA-HO", "LA-LP", "VN2025-40", "VN2025-38")
REASONS = ("covid", "funds", "disaster", "")
UNITS = ("student", "course", "delegation")


def make_office(commitments=0, agreements=100):
    """One office with agreements and measured commitments (CK-000001 …) for reports to refer to."""
    place = Body.objects.get(code="VN2025-38")
    office = Body(code="SNV-GD", name="Sở Ngoại vụ giả định", kind="department", country="VN", area=place)
    office.save()
    kind = Term.objects.get(vocabulary="agreement_kind", code="agreement")
    Agreement.objects.bulk_create(
        Agreement(office=office, code=f"TT-{n:04d}", title=f"Thỏa thuận giả định {n}", kind=kind)
        for n in range(1, agreements + 1)
    )
    make_commitments(commitments)
    return office


def make_commitments(count):
    """Measured commitments CK-000001 … for reports to refer to."""
    facts = {
        "office": Body.objects.get(code="SNV-GD"),
        "strength": "announced",
        "made_on": "2019",
        "kind": "cumulative",
        "unit": Term.objects.get(vocabulary="unit", code="student"),
    }
    rows = (
        Commitment(code=f"CK-{n:06d}", text=f"Cam kết giả định {n}", **facts) for n in range(1, count + 1)
    )
    Commitment.objects.bulk_create(rows, batch_size=1000)


def progress_rows(count):
    """`count` reports as a file says them, ten on each commitment; the same ones every time."""
    chance = random.Random(1)
    for n in range(count):
        yield {
            "commitment": f"CK-{n // 10 + 1:06d}",
            "number": n % 10 + 1,
            "on": chance.choice((f"{a_day(chance)}", f"{a_day(chance):%Y-%m}", f"{a_day(chance).year}")),
            "quantity": chance.choice(("", chance.randint(1, 500))),
            "qualifier": chance.choice(("exactly", "exactly", "about")),
            "assessment": chance.choice(("in_progress", "done", "partly", "")),
            "reason": chance.choice(REASONS),
            "done": f"Đã tiếp nhận lưu học sinh đợt {n} (dữ liệu giả định)",
            "difficulties": chance.choice(("", "Thiếu kinh phí, chờ phân bổ (bịa)")),
            "next_step": chance.choice(("", "Tiếp tục trong năm sau (bịa)")),
            "obligor": "VN2025-38",
            "counterpart": chance.choice(PLACES),
        }


def commitment_rows(count, changed=0):
    """`count` commitments as a file says them; every 20th of them otherwise where `changed` is 1."""
    chance = random.Random(2)
    for n in range(1, count + 1):
        first = chance.randint(2010, 2024)
        again = ", bổ sung" if changed and n % 20 == 0 else ""
        yield {
            "office": "SNV-GD",
            "code": f"CK-{n:06d}",
            "agreement": f"TT-{chance.randint(1, 100):04d}",
            "text": f"Hai bên đào tạo {n} lưu học sinh{again} (dữ liệu giả định)",
            "article": f"Điều {n % 12 + 1}",
            "strength": chance.choice(("signed", "agreed", "proposal")),
            "kind": "cumulative",
            "period": f"{first}/{first + 5}",
            "unit": chance.choice(UNITS),
            "note": chance.choice(("", "Theo biên bản (bịa)")),
        }


def a_day(chance):
    return date(2019, 1, 1) + timedelta(days=chance.randint(0, 2000))


def write_file(path, rows):
    """A UTF-8 CSV with the keys of the columns as its heading; returns `path`."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        rows = iter(rows)
        first = next(rows)
        writer = csv.DictWriter(file, first)
        writer.writeheader()
        writer.writerow(first)
        writer.writerows(rows)
    return path


# Stock: a resource as the documentation of django-import-export writes one --------------------------
def by_code(name, model):
    return fields.Field(name, name, widgets.ForeignKeyWidget(model, "code"))


class StockOptions:
    use_transactions = True
    skip_unchanged = True
    report_skipped = True
    clean_model_instances = False


class StockProgress(resources.ModelResource):
    commitment = by_code("commitment", Commitment)
    reason = by_code("reason", Term)
    obligor = by_code("obligor", Body)
    counterpart = by_code("counterpart", Body)

    class Meta(StockOptions):
        model = Progress
        import_id_fields = ("commitment", "number")
        fields = (
            "commitment", "number", "on", "quantity", "qualifier", "assessment", "reason", "done",
            "difficulties", "next_step", "obligor", "counterpart",
        )  # fmt: skip


class StockCommitment(resources.ModelResource):
    office = by_code("office", Body)
    agreement = by_code("agreement", Agreement)
    unit = by_code("unit", Term)

    class Meta(StockOptions):
        model = Commitment
        import_id_fields = ("office", "code")
        fields = (
            "office", "code", "agreement", "text", "article", "strength", "kind", "period", "unit", "note",
        )  # fmt: skip


# The floor: rows straight from the file into the table, nothing asked --------------------------------
def progress_of(row, ids):
    return Progress(
        commitment_id=ids["commitments"][row["commitment"]],
        number=int(row["number"]),
        on=row["on"],
        quantity=row["quantity"] or None,
        qualifier=row["qualifier"],
        assessment=row["assessment"],
        reason_id=ids["terms"].get(row["reason"]),
        done=row["done"],
        difficulties=row["difficulties"],
        next_step=row["next_step"],
        obligor_id=ids["bodies"][row["obligor"]],
        counterpart_id=ids["bodies"][row["counterpart"]],
    )


def commitment_of(row, ids):
    plain = {name: row[name] for name in ("code", "text", "article", "strength", "kind", "period", "note")}
    return Commitment(
        office_id=ids["bodies"][row["office"]],
        agreement_id=ids["agreements"][row["agreement"]],
        unit_id=ids["terms"][row["unit"]],
        **plain,
    )


def id_maps():
    return {
        "bodies": dict(Body.objects.values_list("code", "id")),
        "terms": dict(Term.objects.values_list("code", "id")),
        "agreements": dict(Agreement.objects.values_list("code", "id")),
        "commitments": dict(Commitment.objects.values_list("code", "id")),
    }


def floor_import(kind, path, ids):
    """The same CSV, read and written with no check, no look-up of an existing row, no history."""
    with open(path, encoding="utf-8", newline="") as file:
        rows = [kind.floor(row, ids) for row in csv.DictReader(file)]
    QuerySet(kind.model).bulk_create(rows, batch_size=1000)  # the bare one: no history


@dataclass
class Kind:
    """A kind of file as the three arms know it."""

    name: str
    model: type
    rows: callable
    stock: type
    floor: callable
    columns: tuple

    def clear(self):
        """No row and no history of this table, quickly."""
        for queryset in (get_history_manager_for_model(self.model).all(), self.model.objects.all()):
            queryset._raw_delete(queryset.db)

    def written(self):
        """What stands in the table, in the order of its natural key."""
        key = ("commitment__code", "number") if self.model is Progress else ("code",)
        return self.model.objects.order_by(*key).values_list(*self.columns)

    def history_rows(self):
        return get_history_manager_for_model(self.model).count()


PROGRESS = Kind(
    "progress", Progress, progress_rows, StockProgress, progress_of,
    (
        "commitment__code", "number", "on", "on_first", "on_last", "quantity", "qualifier", "assessment",
        "reason__code", "done", "difficulties", "next_step", "obligor__code", "counterpart__code",
    ),
)  # fmt: skip
COMMITMENTS = Kind(
    "commitments", Commitment, commitment_rows, StockCommitment, commitment_of,
    (
        "office__code", "code", "agreement__code", "text", "article", "strength", "kind", "period",
        "period_first", "period_last", "unit__code", "note", "folded", "version",
    ),
)  # fmt: skip
