"""A register rebuilt from its own files equals the first: from one workbook, and from a file for each kind.

The registers are invented by hypothesis (tracker/tests/invented.py): REBUILD_EXAMPLES chooses how many.
"""

import io
import os
import random
from collections import Counter

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from agreements.fields import VersionField
from agreements.interchange.csv_out import csv_chunks
from agreements.interchange.exporting import rows_out, sheet_out
from agreements.interchange.importing import import_sheets
from agreements.interchange.sheets import COMMAND, read_file
from agreements.interchange.xlsx import write_xlsx
from agreements.models.record import Record, Recorded
from tracker.interchange import KINDS, in_order, sheets_of
from tracker.progress.instances import follow_import, make_instances
from tracker.tests.invented import Invention
from tracker.tests.test_loading import empty_the_register, exported, rows

EXAMPLES = int(os.environ.get("REBUILD_EXAMPLES", "5"))
PIECES = [
    "Đoàn", "Luông Pha-băng", "ຫຼວງພະບາງ", "'", '"', "=1+1", "+", "-", "@x", "|", "\\", ";", "/", "#", ":", ",", ".",
    " ", "001", "1.500", "27/8", "true", "NULL", "<&>", "_x0041_", "😀", "％", "＝", "(", "[", "{0}", "%s", "đ",
    "NULL%sØ", "á»»", " tÕt ",
]  # fmt: skip
LINES = st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join).filter(str.strip)
PAGES = (
    st.lists(st.sampled_from([*PIECES, "\n", "\n\n", "\t"]), min_size=1, max_size=8)
    .map("".join)
    .filter(str.strip)
)
SIGNS = ["A1", "B-2", "|", ";", "/", "#", ":", " ", "'", "ຫ", "Đ", "=", "O0", "\\"]
CODES = st.lists(st.sampled_from(SIGNS), min_size=1, max_size=4).map("".join).map(str.strip).filter(bool)
NOT_EQUAL = {"id", "version", "author", "file", "file_name"}


@st.composite
def inventions(draw):
    """What a register is made of."""
    return Invention(
        random.Random(draw(st.integers(0, 10_000))),
        draw(st.lists(LINES, min_size=6, max_size=12, unique=True)),
        draw(st.lists(PAGES, min_size=3, max_size=6, unique=True)),
        draw(st.lists(CODES, min_size=5, max_size=7, unique=True)),
    )


def name_of(row):
    """What tells a row from all others of its table, without its primary key."""
    if row is None:
        return None
    if isinstance(row, Record):
        return row.office.code, row.code
    if hasattr(row, "vocabulary"):
        return row.vocabulary, row.code
    if hasattr(row, "code"):
        return row.code
    owners = ("agreement", "commitment", "delivery")
    found = [name_of(getattr(row, owner)) for owner in owners if getattr(row, owner, None) is not None]
    return (
        *found,
        *(getattr(row, name, "") for name in ("number", "role", "title")),
        *map(name_of, parties(row)),
    )


def parties(row):
    return [getattr(row, name, None) for name in ("body", "person")] if hasattr(row, "role") else []


def tables():
    """{table: Counter of its rows}, foreign keys by name; users, files, history and versions apart."""
    found = {}
    for app in ("agreements", "delegations"):
        for model in apps.get_app_config(app).get_models(include_auto_created=True):
            own = issubclass(model, Recorded) or (
                model._meta.auto_created and "istorical" not in model.__name__
            )
            if (
                own
                and model._meta.managed
                and not model._meta.proxy
                and not model.__name__.startswith("User")
            ):
                found[model.__name__] = Counter(map(values_of, with_owners(model)))
    return found


def with_owners(model):
    """The rows of a table with what their foreign keys name, in one query."""
    relations = [
        field for field in model._meta.concrete_fields if field.is_relation and field.name != "author"
    ]
    offices = [f"{one.name}__office" for one in relations if issubclass(one.related_model, Record)]
    return model._base_manager.select_related(*(one.name for one in relations), *offices)


def values_of(row):
    fields = [
        field
        for field in row._meta.concrete_fields
        if field.name not in NOT_EQUAL and not isinstance(field, VersionField)
    ]
    return tuple(
        (field.name, name_of(getattr(row, field.name)) if field.is_relation else getattr(row, field.attname))
        for field in fields
    )


def workbook(headers):
    stream = io.BytesIO()
    write_xlsx(stream, (sheet_out(kind, headers=headers) for kind in KINDS.values()))
    content = stream.getvalue()
    return lambda: sheets_of(read_file(content, "register.xlsx", limits=COMMAND), "workbook")


def files(headers):
    """A CSV of each kind."""
    contents = {
        kind: b"".join(csv_chunks(*rows_out(resource, headers=headers), ";" if headers == "vi" else ","))
        for kind, resource in KINDS.items()
    }

    def read():
        books = {
            kind: read_file(content, f"{kind}.csv", limits=COMMAND) for kind, content in contents.items()
        }
        return in_order({kind: (f"{kind}.csv", book.sheets[0].rows) for kind, book in books.items()})

    return read


def rebuilt(read):
    """Read the register from its files into empty tables."""
    empty_the_register()
    done = import_sheets(read(), most_faults=20, after=follow_import)
    assert [str(fault) for fault in done.faults] == []
    assert (done.refused, done.conflicting) == (0, 0)
    connection.check_constraints()


def unchanged(read):
    """The files of a register change nothing in it."""
    done = import_sheets(read(), dry_run=True, most_faults=20)
    assert [str(fault) for fault in done.faults] == []
    assert (done.new, done.changed, done.refused, done.conflicting) == (0, 0, 0, 0)


WAYS = [(workbook, "vi"), (workbook, "key"), (files, "key"), (files, "vi"), (files, "en")]


@pytest.mark.django_db
@settings(
    max_examples=EXAMPLES, deadline=None, database=None, phases=[Phase.generate], report_multiple_bugs=False,
    derandomize="REBUILD_EXAMPLES" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
@given(inventions(), st.permutations(WAYS))
def test_a_register_rebuilt_from_its_files_is_the_same(invention, ways):
    with transaction.atomic():
        empty_the_register()
        invention.fill()
        make_instances(timezone.localdate())  # else the register read back would know more periods
        before, cells = tables(), {kind: rows(taken) for kind, taken in exported().items()}
        for way, headers in ways[:2]:
            read = way(headers)
            unchanged(read)
            rebuilt(read)
            after = tables()
            for table, found in before.items():
                assert after[table] == found, (table, after[table] - found, found - after[table])
            assert {kind: rows(taken) for kind, taken in exported().items()} == cells
        transaction.set_rollback(True)
