"""Loading files from the command line: reference data and the source facts, by the import that staff use."""

from dataclasses import dataclass

import tablib
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import gettext as _

from agreements.history import Route, recording
from agreements.resources.kind import row_fault
from tracker.interchange import KINDS

REFERENCE_DIR = settings.BASE_DIR / "fixtures" / "reference"
SEEDS_DIR = settings.BASE_DIR / "seeds"

READ, WRITE = ("view",), ("view", "add", "change")
GROUPS = {
    "reader": READ,
    "focal point": READ,
    "officer": WRITE,
    "office head": WRITE,
    "administrator": (*WRITE, "delete"),
}
"""What each group may do with the register; a focal point also adds progress."""


class LoadError(ValueError):
    """Files that cannot be loaded; its text lists every fault with file, row, column and cure."""


@dataclass
class Counts:
    """What loading one file did."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0


def read(path):
    """A CSV file (UTF-8, with or without BOM) as a tablib Dataset."""
    return tablib.Dataset().load(path.read_text(encoding="utf-8-sig"), format="csv")


def load_file(kind, dataset, name):
    """Import one Dataset; returns Counts, or raises LoadError with all faults."""
    result = KINDS[kind]().import_data(dataset, dry_run=False, use_transactions=True)
    if faults := faults_of(result):
        raise LoadError("\n".join(f"{name}: {fault}" for fault in faults))
    totals = result.totals
    return Counts(new=totals["new"], changed=totals["update"], unchanged=totals["skip"])


def faults_of(result):
    """Every fault of an import result as a sentence with its row and column."""
    faults = [str(one) for error in result.base_errors for one in getattr(error.error, "messages", [error.error])]
    for row in result.invalid_rows:
        for column, sentence in row_fault(row.error):
            place = _("row %(row)s, column %(column)s") if column else _("row %(row)s")
            faults.append(f"{place % {'row': row.number, 'column': column}}: {sentence}")
    for row in result.error_rows:
        faults += [f"{_('row %(row)s') % {'row': row.number}}: {error.error}" for error in row.errors]
    return faults


def load_directory(folder, only_missing=False):
    """Import every kind that has a file in `folder`, all or nothing; returns {kind: Counts}."""
    done = {}
    with recording(Route.COMMAND), transaction.atomic():
        for kind in KINDS:
            path = folder / f"{kind}.csv"
            if path.exists():
                dataset = read(path)
                if only_missing:
                    dataset = missing_rows(kind, dataset)
                done[kind] = load_file(kind, dataset, path.name)
    return done


def missing_rows(kind, dataset):
    """The rows whose record is not there yet: what an office has edited is left alone."""
    resource = KINDS[kind]
    export = resource().export()
    key = [name for name in resource.key if name in dataset.headers]
    there = set(zip(*(export[name] for name in key), strict=True)) if len(export) else set()
    positions = [dataset.headers.index(name) for name in key]
    kept = tablib.Dataset(headers=dataset.headers)
    for row in dataset:
        if tuple(row[position] for position in positions) not in there:
            kept.append(row)
    return kept


def load_reference():
    """Lists, localities, their successions and names, and the groups: adds only what is missing."""
    load_groups()
    return load_directory(REFERENCE_DIR, only_missing=True)


def load_seeds(folder=SEEDS_DIR):
    """The facts of the source documents; a second time changes nothing."""
    return load_directory(folder)


def load_groups():
    """The five groups of staff; a group that is there keeps what the administrator gave it."""
    permissions = Permission.objects.filter(content_type__app_label__in=["agreements", "delegations"])
    for name, verbs in GROUPS.items():
        group, made = Group.objects.get_or_create(name=name)
        if made:
            codenames = [one.codename for one in permissions if wanted(one.codename, name, verbs)]
            group.permissions.set(permissions.filter(codename__in=codenames))


def wanted(codename, group, verbs):
    verb, _underscore, model = codename.partition("_")
    if model.startswith("historical"):
        return False
    if model == "user":
        return group == "administrator"
    return verb in verbs or (group == "focal point" and codename == "add_progress")
