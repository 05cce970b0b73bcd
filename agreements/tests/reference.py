"""The reference localities, put straight into the tables: for tests of names only."""

from django.core.management.color import no_style
from django.db import connection

from agreements.models import Body, Name
from agreements.models.body import next_id
from conftest import rows_of


def load_localities():
    start = next_id(Body)
    bodies = {}
    for number, row in enumerate(rows_of("reference/localities.csv"), start):
        plain = {
            key: row[key] for key in ("code", "name", "name_en", "kind", "country", "official_code", "exists")
        }
        bodies[row["code"]] = Body(pk=number, area_id=number, **plain)
    Body.objects.bulk_create(bodies.values())
    with connection.cursor() as cursor:  # the numbers were given here, past the database's own counter
        for statement in connection.ops.sequence_reset_sql(no_style(), [Body]):
            cursor.execute(statement)
    Name.objects.bulk_create(
        Name(
            body=bodies[row["code"]],
            text=row["text"],
            language=row["language"],
            script=row["script"],
            standing=row["standing"],
        )
        for row in rows_of("reference/names.csv")
        if row["of"] == "body"
    )
