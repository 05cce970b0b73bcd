"""From SQLite to PostgreSQL: every row of every table as it is, then the sequences, in one transaction."""

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction

from tracker.backup.counting import code_migrations, opened, tables
from tracker.backup.faults import BackupFault
from tracker.trace.rows import CHUNK, columns_of


def move(dump, manifest):
    """Copy the SQLite database in the file `dump` into the empty PostgreSQL database of the settings.

    Keys are kept; rows are written as they are, so that derived and dated columns are not made anew.
    """
    if set(code_migrations()) - set(manifest["migrations"]):
        raise BackupFault(
            f"Bản sao lưu là của phiên bản {manifest['version']}: hãy khôi phục nó về SQLite bằng phiên bản này, chạy"
            " “backup” một lần nữa, rồi chuyển bản mới sang PostgreSQL."
        )
    call_command("migrate", verbosity=0, interactive=False)
    models = list(tables())
    with opened(dump) as source, transaction.atomic(), connection.cursor() as cursor:
        names = [connection.ops.quote_name(model._meta.db_table) for model in models]
        cursor.execute(f"TRUNCATE {', '.join(names)} CASCADE")  # what migrate itself enters
        for model in models:
            copy_rows(cursor, model, source)
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def copy_rows(cursor, model, source):
    """Write every row of a table; references are checked by PostgreSQL at the end."""
    fields, quote = model._meta.concrete_fields, connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    insert = (
        f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({', '.join(['%s'] * len(fields))})"
    )
    found = model._base_manager.using(source).order_by("pk").values_list(*columns_of(model))
    batch = []
    for row in found.iterator(chunk_size=CHUNK):
        batch.append(
            [field.get_db_prep_save(value, connection) for field, value in zip(fields, row, strict=True)]
        )
        if len(batch) == CHUNK:
            cursor.executemany(insert, batch)
            batch = []
    if batch:
        cursor.executemany(insert, batch)
