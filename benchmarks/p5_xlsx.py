"""P5: a table out as a workbook, and a workbook read behind the guard."""

import harness

folder = harness.start()

import tablib  # noqa: E402
from p4_csv_export import (  # noqa: E402
    FOR_MEMORY,
    KIND,
    SIZE,
    fill,
    prepare,
    queryset,
    same_cells,
)


def write_ours():
    from agreements.interchange.exporting import sheet_out
    from agreements.interchange.xlsx import write_xlsx
    from agreements.resources import ProgressResource

    with open(folder / "ours.xlsx", "wb") as file:
        write_xlsx(file, [sheet_out(ProgressResource, KIND.model.objects.order_by("id"), headers="key")])


def write_stock():
    (folder / "stock.xlsx").write_bytes(KIND.stock().export(queryset=queryset()).xlsx)


def rows_in(name):
    """What a workbook says, as openpyxl reads it."""
    import openpyxl

    book = openpyxl.load_workbook(folder / name, read_only=True)
    try:
        return same_cells(book.worksheets[0].iter_rows(values_only=True))
    finally:
        book.close()


READ = {}


def read_ours():
    from agreements.interchange.guard import COMMAND
    from agreements.interchange.sheets import read_file

    path = folder / "stock.xlsx"
    (sheet,) = read_file(path, path.name, limits=COMMAND).sheets
    READ["rows"] = sum(1 for _row in sheet.rows()) - 1  # the headings


def read_stock():
    READ["rows"] = len(tablib.Dataset().load((folder / "stock.xlsx").read_bytes(), format="xlsx"))


def arms_of_write():
    return [
        harness.Arm("ours", write_ours, proof=lambda: rows_in("ours.xlsx")),
        harness.Arm("stock", write_stock, proof=lambda: rows_in("stock.xlsx"), slow=True),
    ]


def arms_of_read():
    return [
        harness.Arm("ours", read_ours, proof=lambda: READ["rows"]),
        harness.Arm("stock", read_stock, proof=lambda: READ["rows"], slow=True),
    ]


def main():
    harness.apart(prepare, FOR_MEMORY)
    write = arms_of_write()
    harness.measure_memory(write, ("ours",) if harness.FULL else ("ours", "stock"))
    harness.apart(fill, SIZE)
    harness.apart(write_stock)  # the file that is read
    for what, arms, wanted in (("XLSX export", write, 8), ("guarded XLSX read", arms_of_read(), 6)):
        done = harness.measure(arms)
        harness.tell_arms("P5", what, done, SIZE)
        harness.tell_ratio("P5", what, done, "stock", wanted)
    harness.tell_memory("P5", f"XLSX export of {FOR_MEMORY:,} rows", {arm.name: arm for arm in write}, 20)
    harness.finish()


if __name__ == "__main__":
    main()
