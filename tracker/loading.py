"""Loading files from the command line: reference data and the source facts, by the import that staff use."""

from dataclasses import dataclass
from uuid import uuid4

import tablib
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction

from agreements.history import Route
from agreements.models import Locality, Name, Organization, Person, Succession, Term
from agreements.models.name import OWNERS
from agreements.resources.faults import faults_of
from agreements.resources.sheet import SheetError, read_sheet
from tracker.interchange import KINDS

REFERENCE_DIR = settings.BASE_DIR / "fixtures" / "reference"
SEEDS_DIR = settings.BASE_DIR / "seeds"

READ, WRITE = ("view",), ("view", "add", "change")
READER, FOCAL_POINT, OFFICER = "Người xem", "Đầu mối sở, ngành", "Chuyên viên"
OFFICE_HEAD, ADMINISTRATOR = "Lãnh đạo cơ quan", "Quản trị"
GROUPS = {
    READER: READ,
    FOCAL_POINT: READ,
    OFFICER: WRITE,
    OFFICE_HEAD: WRITE,
    ADMINISTRATOR: (*WRITE, "delete"),
}
"""What each group may do with the register; a focal point also adds progress."""
PARTS = {
    "agreementevent", "agreementlink", "agreementrole", "citation", "commitmentrole", "contribution",
    "delegationrole", "deliveryline", "deliveryrole", "meetingrole", "name", "target", "visitcitation",
}  # fmt: skip
"""Rows inside a record, which whoever may change the record may also take out."""


class LoadError(ValueError):
    """Files that cannot be loaded; its text lists every fault with file, row, column and cure."""


@dataclass
class Counts:
    """What loading one kind did."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, other):
        return Counts(self.new + other.new, self.changed + other.changed, self.unchanged + other.unchanged)


def load_sheets(sheets):
    """Import (kind, Dataset, file name) in this order, all or nothing; returns {kind: Counts}.

    Raises LoadError with the faults of all files. One batch marks all history rows.
    """
    done, faults, batch = {}, [], uuid4()
    with transaction.atomic():
        for kind, dataset, name in sheets:
            resource = KINDS[kind](route=Route.COMMAND, batch=batch)
            result = resource.import_data(dataset, dry_run=False, rollback_on_validation_errors=False)
            faults += [f"{name}: {fault}" for fault in faults_of(resource, result)]
            done[kind] = done.get(kind, Counts()) + counts_of(resource, result)
        if faults:
            raise LoadError("\n".join(faults))
    return done


def counts_of(resource, result):
    totals = result.totals
    return Counts(totals["new"], totals["update"], totals["skip"] - resource.blank_rows)


def sheets_in(folder):
    """(kind, Dataset, file name) of every file in `folder`, in the order in which they can be read.

    Other names of bodies, people and list entries come before the agreements that may use them.
    """
    found = {}
    for kind in KINDS:
        path = folder / f"{kind}.csv"
        if path.exists():
            try:
                found[kind] = read_sheet(path.read_bytes())
            except SheetError as error:
                raise LoadError(f"{path.name}: {error}") from error
    for kind in KINDS:
        if kind == "agreements" and "names" in found:
            early = rows_where(found["names"], lambda row: row.get("of") != "agreement")
            found["names"] = rows_where(found["names"], lambda row: row.get("of") == "agreement")
            yield "names", early, "names.csv"
        if kind in found:
            yield kind, found[kind], f"{kind}.csv"


def rows_where(dataset, wanted):
    """A Dataset of the rows that `wanted` (of a dict) keeps; others become empty rows, to be passed over."""
    kept = tablib.Dataset(headers=dataset.headers)
    for row in dataset:
        keep = wanted(dict(zip(dataset.headers, row, strict=True)))
        kept.append(row if keep else [""] * len(row))
    return kept


def load_seeds(folder=SEEDS_DIR):
    """The facts of the source documents; a second time changes nothing. Returns {kind: Counts}."""
    return load_sheets(sheets_in(folder))


def load_reference():
    """Lists, localities, their successions and names, and the groups: adds only what never was there.

    What an office has edited or deleted is left alone, because its history tells of it.
    """
    with transaction.atomic():
        load_groups()
        given = list(sheets_in(REFERENCE_DIR))
        sheets = [(kind, missing(kind, dataset), name) for kind, dataset, name in given]
        done = load_sheets(sheets)
    for (kind, dataset, _name), (_kind, left, _name) in zip(given, sheets, strict=True):
        done[kind] += Counts(unchanged=filled(dataset) - filled(left))
    return done


def missing(kind, dataset):
    """The rows whose record the register has never had."""
    ever, key = EVER[kind](), KINDS[kind].key
    return rows_where(dataset, lambda row: tuple(row[name] for name in key) not in ever)


def filled(dataset):
    return sum(any(row) for row in dataset)


def names_ever():
    """(of, code, text, language) of every name, now or before."""
    rows = set()
    for arm in OWNERS:
        past = Name.history.filter(**{f"{arm}__isnull": False})
        rows |= {(arm, *row) for row in past.values_list(f"{arm}__code", "text", "language")}
    return rows


EVER = {
    "terms": lambda: set(Term.history.values_list("vocabulary", "code")),
    "localities": lambda: set(Locality.history.values_list("code")),
    "organizations": lambda: set(Organization.history.values_list("code")),
    "people": lambda: set(Person.history.values_list("code")),
    "successions": lambda: set(Succession.history.values_list("old__code", "new__code")),
    "names": names_ever,
}
"""Natural keys that reference files may hold, as their history knows them."""


def load_groups():
    """The five groups of staff; a group that is there keeps what the administrator gave it."""
    permissions = Permission.objects.filter(content_type__app_label__in=["agreements", "delegations"])
    for name, verbs in GROUPS.items():
        group, made = Group.objects.get_or_create(name=name)
        if made:
            group.permissions.set([one for one in permissions if wanted(one.codename, name, verbs)])


def wanted(codename, group, verbs):
    """Whether `group` is given the permission `codename`."""
    verb, _underscore, model = codename.partition("_")
    if model.startswith("historical"):
        return False
    if model == "user":
        return group == ADMINISTRATOR
    if group == FOCAL_POINT and codename == "add_progress":
        return True
    return verb in verbs or (verb == "delete" and "change" in verbs and model in PARTS)
