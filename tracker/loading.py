"""Loading files from the command line: reference data and the source facts, by the import that staff use."""

from dataclasses import dataclass

from agreements.interchange.sheets import SheetError, read_file
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction

from agreements.history import Route, recording
from agreements.interchange.guard import COMMAND
from agreements.interchange.importing import import_sheets
from agreements.models import Locality, Name, Organization, Person, Succession, Term
from agreements.models.name import OWNERS
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
    """Import (kind, rows, file name) in this order, all or nothing; returns {kind: Counts}.

    Raises LoadError with the faults of all files. One batch marks all history rows.
    """
    sheets = list(sheets)
    files = {kind: name for kind, _rows, name in sheets}
    given = [(KINDS[kind], name, rows) for kind, rows, name in sheets]
    outcome = import_sheets(given, route=Route.COMMAND, answers={"numbers": "vi"})
    if outcome.faults:
        raise LoadError("\n".join(f"{files[fault.kind]}: {fault}" for fault in outcome.faults))
    done = {}
    for sheet in outcome.sheets:
        counts = sheet["counts"]
        one = Counts(counts.get("new", 0), counts.get("changed", 0), counts.get("unchanged", 0))
        done[sheet["kind"]] = done.get(sheet["kind"], Counts()) + one
    return done


def sheets_in(folder):
    """(kind, rows, file name) of every file in `folder`, in the order in which they can be read.

    Other names of bodies, people and list entries come before the agreements that may use them.
    """
    found = {}
    for kind in KINDS:
        path = folder / f"{kind}.csv"
        if path.exists():
            try:
                found[kind] = list(read_file(path, path.name, limits=COMMAND).sheets[0].rows())
            except SheetError as error:
                raise LoadError(f"{path.name}: {error}") from error
    for kind in KINDS:
        if kind == "agreements" and "names" in found:
            early = rows_where(found["names"], lambda row: row.get("of") != "agreement")
            found["names"] = rows_where(found["names"], lambda row: row.get("of") == "agreement")
            yield "names", early, "names.csv"
        if kind in found:
            yield kind, found[kind], f"{kind}.csv"


def rows_where(rows, wanted):
    """The heading row and those that `wanted` (of a dict by heading) keeps."""
    (number, headings), *data = rows
    kept = [(row, cells) for row, cells in data if wanted(dict(zip(headings, cells, strict=False)))]
    return [(number, headings), *kept]


def load_seeds(folder=SEEDS_DIR):
    """The facts of the source documents; a second time changes nothing. Returns {kind: Counts}."""
    return load_sheets(sheets_in(folder))


def load_reference():
    """Lists, localities, their successions and names, and the groups: adds only what never was there.

    What an office has edited or deleted is left alone, because its history tells of it.
    """
    with recording(Route.COMMAND), transaction.atomic():
        load_groups()
        given = list(sheets_in(REFERENCE_DIR))
        sheets = [(kind, missing(kind, dataset), name) for kind, dataset, name in given]
        done = load_sheets(sheets)
    for (kind, rows, _name), (_kind, left, _name) in zip(given, sheets, strict=True):
        done[kind] += Counts(unchanged=filled(rows) - filled(left))
    return done


def missing(kind, rows):
    """The rows whose record the register has never had."""
    ever, key = EVER[kind](), KINDS[kind].key
    return rows_where(rows, lambda row: tuple(row[name] for name in key) not in ever)


def filled(rows):
    return sum(any(cells) for _number, cells in rows[1:])


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
