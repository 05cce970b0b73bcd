"""P4: a table out as CSV, every cell guarded against being run as a formula."""

import csv
import statistics
import time
from itertools import islice

import harness

folder = harness.start()

import registers as data  # noqa: E402
from django.db import connection  # noqa: E402

SIZE = harness.size(100_000)
FOR_MEMORY = 1_000_000 if harness.FULL else SIZE
KIND = data.PROGRESS
REFERENCES = ("commitment", "reason", "obligor", "counterpart")


ORIGINALS = min(SIZE, 10_000)


def prepare(count):
    data.make_office(commitments=max(1, ORIGINALS // 10))
    data.write_file(folder / "rows.csv", KIND.rows(ORIGINALS))
    fill(count)


def fill(count):
    """`count` reports in the table; beyond 10 000 the same ones again, with other numbers."""
    KIND.clear()
    data.floor_import(KIND, folder / "rows.csv", data.id_maps())
    repeat(count // ORIGINALS - 1)


def repeat(times):
    table = KIND.model._meta.db_table
    columns = [
        field.column for field in KIND.model._meta.concrete_fields if field.column not in ("id", "number")
    ]
    names = ", ".join(map(connection.ops.quote_name, columns))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT max(id) FROM {table}")
        last = cursor.fetchone()[0]
        for number in range(1, times + 1):
            cursor.execute(
                f"INSERT INTO {table} ({names}, number) SELECT {names}, number + %s FROM {table} WHERE id <= %s",
                [number * 10, last],
            )


def queryset(count=None):
    rows = KIND.model.objects.select_related(*REFERENCES).order_by("id")
    return rows[:count] if count else rows


def chunks():
    """Our file, piece by piece."""
    from agreements.interchange.csv_out import csv_chunks
    from agreements.interchange.exporting import rows_out
    from agreements.resources import ProgressResource

    headings, rows = rows_out(ProgressResource, KIND.model.objects.order_by("id"))
    return csv_chunks(headings, rows)


def ours():
    with open(folder / "ours.csv", "wb") as file:
        for chunk in chunks():
            file.write(chunk)


def stock():
    """As the documentation has it, with the references read along (without that: four queries a row)."""
    text = KIND.stock().export(queryset=queryset()).csv
    (folder / "stock.csv").write_text(text, encoding="utf-8", newline="")


COMPARED = ("commitment", "number", "done", "obligor", "counterpart")
"""Columns that both files write alike; ours has more, and other spellings of dates and numbers."""


def same_cells(rows):
    """A fingerprint of those columns in the rows of a file, the first of which is its heading."""
    rows = iter(rows)
    places = list(map(list(next(rows)).index, COMPARED))
    return harness.fingerprint([str(row[place]) for place in places] for row in rows)


def lines_in(name):
    with open(folder / name, encoding="utf-8-sig", newline="") as file:
        return same_cells(csv.reader(file))


def until(pieces):
    """Milliseconds until so many `pieces` of the file are there: the first is its heading."""
    begun = time.perf_counter()
    list(islice(chunks(), pieces))
    return (time.perf_counter() - begun) * 1000


def main():
    harness.apart(prepare, FOR_MEMORY)
    arms = [
        harness.Arm("ours", ours, proof=lambda: lines_in("ours.csv")),
        harness.Arm("stock", stock, proof=lambda: lines_in("stock.csv"), slow=True),
    ]
    harness.measure_memory(arms, ("ours",) if harness.FULL else ("ours", "stock"))
    harness.apart(fill, SIZE)
    done = harness.measure(arms)
    harness.tell_arms("P4", "CSV export", done, SIZE)
    harness.tell_ratio("P4", "CSV export", done, "stock", 6)
    harness.tell_memory("P4", f"CSV export of {FOR_MEMORY:,} rows", done, 20)
    if "ours" in done:
        first, rows = (statistics.median(until(pieces) for _ in range(5)) for pieces in (1, 2))
        harness.tell("P4", "first byte", f"{first:.0f} ms", "≤ 100 ms", first <= 100)
        harness.tell("P4", "first rows", f"{rows:.0f} ms", "≤ 100 ms", rows <= 100)
    harness.finish()


if __name__ == "__main__":
    main()
