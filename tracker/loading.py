"""Loading files from the command line: reference data and the source facts, by the import that staff use."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction

from agreements.history import Route, recording
from agreements.interchange.guard import COMMAND
from agreements.interchange.importing import import_sheets
from agreements.interchange.sheets import SheetError, read_file
from agreements.models import Locality, Name, Organization, Person, Succession, Term
from agreements.models.name import OWNERS
from tracker.interchange import KINDS, in_order

REFERENCE_DIR = settings.BASE_DIR / "fixtures" / "reference"
SEEDS_DIR = settings.BASE_DIR / "seeds"

READ, WRITE = ("view",), ("view", "add", "change")
OF_FOCAL_POINTS = ("agreement", "commitment", "progress", "body", "locality", "organization")
APPROVE = (
    "approve_progress",
    "approve_delegation",
    "approve_meeting",
    "approve_delivery",
    "sign_frozenreport",
)
READER, FOCAL_POINT, OFFICER = "Người xem", "Đầu mối sở, ngành", "Chuyên viên"
OFFICE_HEAD, ADMINISTRATOR = "Lãnh đạo cơ quan", "Quản trị"
GROUPS = {
    READER: READ,
    FOCAL_POINT: READ,
    OFFICER: WRITE,
    OFFICE_HEAD: WRITE,
    ADMINISTRATOR: (*WRITE, "delete"),
}
"""What each group may do with the rows that they see (agreements/scope.py); a focal point also adds progress, a head
also approves figures and signs reports."""
PARTS = {
    "agreementevent", "agreementlink", "agreementrole", "citation", "commitmentrole", "contribution",
    "delegationrole", "deliveryline", "deliveryrole", "meetingrole", "name", "stateoverride", "target",
    "visitcitation",
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


def load_files(files):
    """Import {kind: (file name, rows)}, all or nothing; returns {kind: Counts}.

    Raises LoadError with the faults of all files. One batch marks all history rows.
    """
    outcome = import_sheets(in_order(files), route=Route.COMMAND, answers={"numbers": "vi"})
    if outcome.faults:
        raise LoadError("\n".join(f"{files[fault.kind][0]}: {fault}" for fault in outcome.faults))
    done = {}
    for sheet in outcome.sheets:
        counts = sheet["counts"]
        one = Counts(counts.get("new", 0), counts.get("changed", 0), counts.get("unchanged", 0))
        done[sheet["kind"]] = done.get(sheet["kind"], Counts()) + one
    return done


def files_in(folder):
    """{kind: (file name, rows)} of every file in `folder`."""
    found = {}
    for kind in KINDS:
        path = folder / f"{kind}.csv"
        if path.exists():
            try:
                found[kind] = path.name, list(read_file(path, path.name, limits=COMMAND).sheets[0].rows())
            except SheetError as error:
                raise LoadError(f"{path.name}: {error}") from error
    return found


def load_seeds(folder=SEEDS_DIR):
    """The facts of the source documents; a second time changes nothing. Returns {kind: Counts}."""
    return load_files(files_in(folder))


def load_reference():
    """Lists, localities, their successions and names, and the groups: adds only what never was there.

    What an office has edited or deleted is left alone, because its history tells of it.
    """
    with recording(Route.COMMAND), transaction.atomic():
        load_groups()
        given = files_in(REFERENCE_DIR)
        lacking = {kind: (name, missing(kind, rows)) for kind, (name, rows) in given.items()}
        done = load_files(lacking)
    for kind, (_name, rows) in given.items():
        done[kind] += Counts(unchanged=filled(rows) - filled(lacking[kind][1]))
    return done


def missing(kind, rows):
    """The rows whose record the register has never had."""
    ever, key = EVER[kind](), KINDS[kind].key
    (number, headings), *data = rows
    places = [headings.index(name) for name in key]
    kept = [(row, cells) for row, cells in data if tuple(cells[place] for place in places) not in ever]
    return [(number, headings), *kept]


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
    """The five groups of staff; a group that is there keeps what the administrator gave it.

    It is given only what is new: permissions over a table of which no group has any yet, and a right to approve that
    no group has yet.
    """
    permissions = Permission.objects.filter(
        content_type__app_label__in=["agreements", "delegations", "tracker"]
    )
    given = permissions.filter(group__isnull=False)
    known = set(given.values_list("content_type", flat=True))
    approving = set(given.filter(codename__in=APPROVE).values_list("codename", flat=True))
    for name, verbs in GROUPS.items():
        group, made = Group.objects.get_or_create(name=name)
        due = [one for one in permissions if wanted(one.codename, name, verbs)]
        new = [
            one
            for one in due
            if one.content_type_id not in known or (one.codename in APPROVE and one.codename not in approving)
        ]
        group.permissions.add(*(due if made else new))


def wanted(codename, group, verbs):
    """Whether `group` is given the permission `codename`."""
    verb, _underscore, model = codename.partition("_")
    if model.startswith("historical"):
        return False
    if model == "importbatch":  # whoever may enter records may import them
        return False
    if model in ("user", "reporttemplate"):
        return group == ADMINISTRATOR
    if codename in APPROVE:
        return group in (OFFICE_HEAD, ADMINISTRATOR)
    if group == FOCAL_POINT:
        return codename == "add_progress" or (verb == "view" and model in OF_FOCAL_POINTS)
    return verb in verbs or (verb == "delete" and "change" in verbs and model in PARTS)
