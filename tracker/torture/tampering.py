"""Hands on the logs, behind the program's back: every change of a sealed row or a seal is found."""

import random
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.contrib.admin.models import LogEntry
from django.db import connection, transaction

from tracker.models import AccessLog, Seal
from tracker.torture import prey
from tracker.trace import sealing
from tracker.trace.rows import columns_of

LINKS = 4
"""Seals of the chain that is tampered with; a tail stays unsealed."""


def tampering(times, seed=3):
    """Each of six kinds so many times on sealed logs; {"tampered", "found", "false alarms"}."""
    chance, seen = random.Random(seed), {"tampered": 0, "found": 0, "false alarms": 0}
    sealed_logs()
    for number in range(times):
        for kind in KINDS:
            with transaction.atomic():
                kind(chance)
                found = bool(sealing.verify())
                transaction.set_rollback(True)
            assert found, f"{kind.__name__} {number} was not found"
            seen["tampered"] += 1
            seen["found"] += found
        seen["false alarms"] += bool(sealing.verify())
    assert sealing.unsealed() > 0
    assert seen["false alarms"] == 0
    return seen


def sealed_logs():
    """Imports, notes of the admin and of access, sealed in four links, and a tail that is not."""
    officer = prey.officer()
    for number in range(LINKS + 1):
        job = prey.planned_job(f"SEAL{number}", 5)
        prey.working.write(job, job.batch)
        LogEntry.objects.create(user=officer, object_repr=f"Thỏa thuận {number}", action_flag=2)
        AccessLog.objects.create(user=officer, action="file", path="/exports/agreements/", file_name="a.csv")
        if number < LINKS:
            made, faults = sealing.seal()
            assert made, number
            assert not faults, faults


# The rows ----------------------------------------------------------------------------------------
def sealed_table(chance, least=1):
    """(a log table, keys of its sealed rows), of those with so many rows."""
    ends, logs = sealing.sealed_upto(Seal.objects.all()), sealing.logs()
    found = {
        label: list(logs[label]._base_manager.filter(pk__lte=upto).values_list("pk", flat=True))
        for label, upto in ends.items()
    }
    label = chance.choice(sorted(name for name, keys in found.items() if len(keys) >= least))
    return logs[label], found[label]


def run(statement, model, values):
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(
            statement.format(table=quote(model._meta.db_table), pk=quote(model._meta.pk.column)), values
        )


def write(model, key, attname, value):
    """One column of a row another."""
    field = next(one for one in model._meta.concrete_fields if one.attname == attname)
    column = connection.ops.quote_name(field.column)
    if not isinstance(value, str):  # who tampers writes any text, also what the field would refuse
        value = field.get_db_prep_save(value, connection)
    run(f"UPDATE {{table}} SET {column} = %s WHERE {{pk}} = %s", model, [value, key])


def other(value):
    """Another value of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, str):
        return ("y" if value[:1] == "x" else "x") + value[1:]
    if isinstance(value, (int, Decimal)):
        return value + 1
    if isinstance(value, (datetime, date)):
        return value - timedelta(days=1)
    return None


def changed(chance):
    """One value of one row."""
    model, keys = sealed_table(chance)
    key = chance.choice(keys)
    row = model._base_manager.filter(pk=key).values(*columns_of(model)).get()
    del row[model._meta.pk.attname]
    names = sorted(name for name, value in row.items() if other(value) is not None)
    name = chance.choice(names)
    write(model, key, name, other(row[name]))


def deleted(chance):
    model, keys = sealed_table(chance)
    run("DELETE FROM {table} WHERE {pk} = %s", model, [chance.choice(keys)])


def inserted(chance):
    """A row that never was, before the others or in a gap."""
    model, keys = sealed_table(chance)
    free = chance.choice(sorted({*range(min(keys) - 3, max(keys))} - {*keys}))
    quote = connection.ops.quote_name
    columns = ", ".join(quote(one.column) for one in model._meta.concrete_fields if not one.primary_key)
    run(
        f"INSERT INTO {{table}} ({{pk}}, {columns}) SELECT %s, {columns} FROM {{table}} WHERE {{pk}} = %s",
        model, [free, chance.choice(keys)],
    )  # fmt: skip


def swapped(chance):
    """Two rows in each other's place."""
    model, keys = sealed_table(chance, least=2)
    pk = model._meta.pk.attname
    one, two = (
        model._base_manager.filter(pk=key).values(*columns_of(model)).get() for key in chance.sample(keys, 2)
    )
    for key, row in ((one.pop(pk), two), (two.pop(pk), one)):
        for name, value in row.items():
            write(model, key, name, value)


# The seals ---------------------------------------------------------------------------------------
def seal_changed(chance):
    """A word of a seal, or the whole of it with a key that the attacker made up."""
    seal = chance.choice(list(Seal.objects.all()))
    way = chance.randrange(5)
    if way == 0:
        write(Seal, seal.pk, "mac", other(seal.mac))
    elif way == 1:
        write(Seal, seal.pk, "reason", "x")
    elif way == 2:
        write(Seal, seal.pk, "made_at", seal.made_at - timedelta(days=1))
    elif way == 3:
        run("DELETE FROM {table} WHERE {pk} = %s", Seal, [seal.pk])
    else:
        rows = seal.content["rows"]
        chance.choice(rows)[3] += 1
        write(Seal, seal.pk, "content", {**seal.content, "rows": rows})
        write(Seal, seal.pk, "mac", chance.randbytes(32).hex())


def truncated(chance):
    """The last seals and every row that they sealed, as if the log had ended before."""
    left = chance.randrange(LINKS)
    ends = sealing.sealed_upto(Seal.objects.filter(number__lte=left))
    for label, model in sealing.logs().items():
        run("DELETE FROM {table} WHERE {pk} > %s", model, [ends.get(label, 0)])
    run("DELETE FROM {table} WHERE number > %s", Seal, [left])


KINDS = (changed, deleted, inserted, swapped, seal_changed, truncated)
