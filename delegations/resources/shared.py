"""What the sheets share that serve several tables: the first column says which kind of record the code names."""

from django.utils.translation import gettext as _

from agreements.models import (
    Agreement,
    AgreementRole,
    Commitment,
    CommitmentRole,
    Progress,
)
from agreements.resources.arms import arm_named
from agreements.resources.kind import KindResource
from agreements.resources.records import RecordCell
from agreements.resources.values import plain
from delegations.models import (
    Delegation,
    DelegationRole,
    Delivery,
    DeliveryRole,
    Meeting,
    MeetingRole,
)

PROMISES = {"agreement": Agreement, "commitment": Commitment}
EVENTS = {"delegation": Delegation, "meeting": Meeting, "delivery": Delivery}
RECORDS = {**PROMISES, **EVENTS}
ROLES = {
    "agreement": AgreementRole,
    "commitment": CommitmentRole,
    "delegation": DelegationRole,
    "meeting": MeetingRole,
    "delivery": DeliveryRole,
}
CITED = {**PROMISES, "progress": Progress, **EVENTS}
DATES = ("signed_on", "exchanged_on", "held", "planned", "made_on", "period")


class SharedResource(KindResource):
    """A sheet whose first column says which kind of record the column `code` names (`arms`)."""

    arms = RECORDS

    def __init__(self, **options):
        super().__init__(**options)
        self.record_cells = {name: RecordCell(model) for name, model in RECORDS.items()}

    def cells(self):
        yield from super().cells()
        yield from self.record_cells.values()

    def open(self, batch, written):
        super().open(batch, written)
        self.lacking = {}

    def choose_querysets(self):
        """Each table's rows come with what `related` says (`prefetch_stored`)."""

    def arm(self, row):
        return arm_named(row.get(self.key[0]), self.arms)

    def arm_known(self, row):
        """Whether the first column can be read; if not, that is told once, under it."""
        try:
            return bool(self.arm(row))
        except ValueError:
            return False

    def table(self, row):
        """The table in which the row is kept."""
        return self.model

    def prefetch(self, entries):
        self.prefetch_references(entries)
        codes = {}
        for entry in entries:
            if self.arm_known(entry.row):
                codes.setdefault(self.arm(entry.row), set()).add(plain(entry.row.get("code")))
        for arm, found in codes.items():
            cell = self.record_cells["commitment" if arm == "progress" else arm]
            cell.fetch({code.rpartition("#")[0] if arm == "progress" else code for code in found})
        for entry in entries:
            entry.key = self.key_of(entry)
        self.prefetch_stored([entry for entry in entries if entry.key])

    def prefetch_stored(self, entries):
        """Read the rows that the records of the file have already."""
        owners = {}
        for entry in entries:
            owners.setdefault((self.table(entry.row), self.owner_column(entry.row)), set()).add(entry.key[1])
        for (table, owner), found in owners.items():
            self.session.querysets.setdefault(
                table, table._default_manager.select_related(*self.related(table))
            )
            self.session.fetch(table, owner, found)

    def related(self, table):
        return [field.name for field in table._meta.concrete_fields if field.name in ("body", "person")]

    def owner_column(self, row):
        return f"{self.arm(row)}_id"

    def key_of(self, entry):
        """(arm, key of the record, …) or None; what cannot be read is told under its column."""
        try:
            return self.identity(entry)
        except ValueError:
            return None

    def find(self, entry):
        if not entry.key:
            return None
        rows = self.session.rows(self.table(entry.row), self.owner_column(entry.row), entry.key[1])
        return self.find_among(rows, entry)

    def make(self, entry):
        return self.table(entry.row)() if self.arm_known(entry.row) else self.model()

    def fill_own(self, name, entry):
        if name == self.key[0]:
            self.arm(entry.row)
        elif self.arm_known(entry.row):
            self.fill_known(name, entry)

    def check(self, entry):
        if self.arm_known(entry.row):
            super().check(entry)

    def told(self, entry):
        """Where the code names no record, nothing is said of the arms that would hold it."""
        return super().told(entry) | (set(self.arms) if "code" in entry.faulty else set())

    def not_unique(self, instance, told=frozenset()):
        return ()  # the natural key is the one rule, and `find` went by it

    def differences(self, entry):
        if entry.new:
            return {}
        before, now = entry.kept[0], entry.instance.__dict__
        names = [field.attname for field in entry.instance._meta.concrete_fields]
        return {name: before[name] for name in names if before[name] != now[name]}

    def prefetch_parts(self, entries):
        for entry in entries:
            for field in entry.instance.derived_fields():
                field.derive(entry.instance)

    def record(self, row):
        """The record whose kind and code the row gives."""
        return self.record_of(self.arm(row), row.get("code"))

    def record_of(self, arm, code):
        found = self.record_cells[arm].clean(code)
        if found is None:
            raise ValueError(_("Give the code of the record."))
        return found
