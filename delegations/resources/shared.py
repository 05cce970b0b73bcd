"""Sheets that serve several tables: roles, citations, contributions."""

from contextlib import suppress
from itertools import chain

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.models import (
    Agreement,
    AgreementRole,
    Citation,
    Commitment,
    CommitmentRole,
    Document,
    Progress,
)
from agreements.resources.arms import arm_named
from agreements.resources.columns import column
from agreements.resources.kind import KindResource, mark_of
from agreements.resources.together import second_leads
from agreements.resources.values import (
    ChoiceCell,
    NumberCell,
    RecordCell,
    TextCell,
    YesNoCell,
    body_cell,
    person_cell,
    plain,
)
from delegations.models import (
    Contribution,
    Delegation,
    DelegationRole,
    Delivery,
    DeliveryLine,
    DeliveryRole,
    Meeting,
    MeetingRole,
    VisitCitation,
)
from delegations.resources.together import crowded, one_sided, over_allocated

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

    def not_unique(self, instance):
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

    def code_of(self, arm, record):
        return self.record_cells[arm].render(record)

    def iter_queryset(self, queryset):
        return iter(queryset)


class RoleResource(SharedResource):
    """roles: parts taken in agreements, commitments, delegations, meetings, deliveries."""

    kind, model, dated = "roles", AgreementRole, DATES
    key = ("record", "code", "role", "body", "person", "title")
    optional_key = ("body", "person", "title")
    of = column("record", TextCell(), "record", gettext_lazy("kind of record"))
    code = column("code", TextCell(), "code", gettext_lazy("code"))
    role = column("role", TextCell())
    body = column("body", body_cell())
    person = column("person", person_cell())
    title = column("title", TextCell())
    as_printed = column("as_printed", TextCell())
    rank = column("rank", NumberCell(whole=True, default=1))
    lead = column("lead", YesNoCell(default=False))
    document = column("document", RecordCell(Document))

    own = ("record", "code", "role", "lead", "rank")

    def table(self, row):
        return ROLES[self.arm(row)]

    def day_of(self, row, instance=None):
        """Names are those of the day of the record."""
        try:
            record = self.record(row)
        except ValueError:  # told under its column
            return None
        return super().day_of({}, record)

    def prepare(self, entry):
        super().prepare(entry)
        entry.day = None

    def prefetch(self, entries):
        super().prefetch(entries)
        for entry in entries:
            entry.day = self.day_of(entry.row)
            entry.key = self.key_of(entry)
        self.prefetch_stored([entry for entry in entries if entry.key])

    def identity(self, entry):
        row = entry.row
        arm, record = self.arm(row), self.record(row)
        role = ChoiceCell(ROLES[arm].As).clean(row.get("role"))
        body, person = (self.readers[name].read(row.get(name, ""), entry.day) for name in ("body", "person"))
        keys = (body.pk if body else None, person.pk if person else None)
        return (arm, record.pk, role, *keys, self.readers["title"].read(row.get("title", "")))

    def find_among(self, rows, entry):
        """The row of that key; a row that a short column made is filled in."""
        _arm, _record, role, body, person, title = entry.key
        rows = [one for one in rows if one.role == role]
        wanted = (body, person, title)
        exact = [one for one in rows if (one.body_id, one.person_id, one.title) == wanted]
        return exact[0] if exact else self.bare(rows, body, person)

    def bare(self, rows, body, person):
        """The row that a short column made of this body or person alone, to be filled in."""
        alone = {(body, None)} if body else set()
        alone |= {(None, person)} if person else set()
        alone |= {(body, person)} if body and person else set()
        for row in rows:
            fresh = mark_of(row) not in self.first
            if (row.body_id, row.person_id) in alone and row.title == "" and fresh:
                return row
        return None

    def fill_known(self, name, entry):
        instance, row = entry.instance, entry.row
        if name == "code":
            setattr(instance, self.arm(row), self.record(row))
        elif name == "role":
            instance.role = ChoiceCell(type(instance).As).clean(row["role"])
            type(instance)._meta.get_field("role").clean(instance.role, None)
        elif name == "rank":
            if plain(row["rank"]):  # else the order that the short column gave stays
                instance.rank = self.fields["rank"].widget.clean(row["rank"])
        elif hasattr(instance, "lead"):
            instance.lead = self.fields["lead"].widget.clean(row["lead"])
        elif self.fields["lead"].widget.clean(row["lead"]):
            raise ValueError(_("Only a part in an agreement leads: leave the cell empty."))

    def together(self):
        return [one_sided, crowded, second_leads]

    def touch(self, entry):
        """Rules over all parts of one record are told at its last row."""
        what = {"delivery": "sides", "delegation": "people", "agreement": "lead"}.get(entry.key[0])
        if what:
            self.batch.touch(what, getattr(entry.instance, entry.key[0]), entry)

    def cell_text(self, field, instance):
        if field.column_name not in ("record", "code"):
            return super().cell_text(field, instance)
        arm = next(arm for arm, table in ROLES.items() if isinstance(instance, table))
        return arm if field.column_name == "record" else self.code_of(arm, getattr(instance, arm))

    def get_queryset(self):
        return list(
            chain.from_iterable(
                table.objects.select_related(f"{arm}__office", "body", "person", "document__office").order_by(
                    f"{arm}__code", "role", "rank", "id"
                )
                for arm, table in ROLES.items()
            )
        )


class CitationResource(SharedResource):
    """citations: what documents say of records and of progress reports."""

    kind, model, arms = "citations", Citation, CITED
    key = ("record", "code", "document", "role", "locator")
    optional_key = ("locator", "role")
    of = column("record", TextCell(), "record", gettext_lazy("kind of record"))
    code = column("code", TextCell(), "code", gettext_lazy("code"))
    document = column("document", RecordCell(Document))
    role = column("role", TextCell())
    locator = column("locator", TextCell())

    own = ("record", "code", "role")

    def table(self, row):
        return VisitCitation if self.arm(row) in EVENTS else Citation

    def record(self, row):
        """The record cited; a progress report is written commitment#number."""
        if self.arm(row) != "progress":
            return super().record(row)
        commitment, _hash, number = plain(row.get("code")).rpartition("#")
        found = None
        if number.isdecimal() and len(number) < 6:
            key = self.record_of("commitment", commitment).pk, int(number)
            found = self.session.match(Progress, ("commitment_id", "number"), key)
        if found is None:
            raise ValueError(
                _("There is no report “%(code)s”: write commitment#number.")
                % {"code": plain(row.get("code"))}
            )
        return found

    def role_of(self, row):
        return ChoiceCell(self.table(row).Role, default="source").clean(row.get("role"))

    def identity(self, entry):
        row = entry.row
        document = self.readers["document"].read(row.get("document", ""))
        return (
            self.arm(row), self.record(row).pk, document.pk, self.role_of(row),
            self.readers["locator"].read(row.get("locator", "")),
        )  # fmt: skip

    def find_among(self, rows, entry):
        wanted = entry.key[2:]
        found = [row for row in rows if (row.document_id, row.role, row.locator) == wanted]
        return found[0] if found else None

    def fill_known(self, name, entry):
        if name == "code":
            setattr(entry.instance, self.arm(entry.row), self.record(entry.row))
        else:
            entry.instance.role = self.role_of(entry.row)

    def cell_text(self, field, instance):
        if field.column_name not in ("record", "code"):
            return super().cell_text(field, instance)
        arm = next(arm for arm in instance.ARMS if getattr(instance, f"{arm}_id"))
        record = getattr(instance, arm)
        if field.column_name == "record":
            return arm
        if arm == "progress":
            return f"{self.code_of('commitment', record.commitment)}#{record.number}"
        return self.code_of(arm, record)

    def get_queryset(self):
        low = Citation.objects.select_related(
            "agreement__office", "commitment__office", "progress__commitment__office", "document__office"
        )
        high = VisitCitation.objects.select_related(
            "delegation__office", "meeting__office", "delivery__office", "document__office"
        )
        return [*low.order_by("id"), *high.order_by("id")]


class ContributionResource(SharedResource):
    """contributions: what delegations, meetings and deliveries did for agreements and commitments."""

    kind, model, arms = "contributions", Contribution, EVENTS
    key = ("event", "code", "line", "to", "to_code", "how", "counterpart")
    optional_key = ("line", "how", "counterpart")
    event = column("event", TextCell(), "event_kind", gettext_lazy("kind of event"))
    code = column("code", TextCell(), "event_code", gettext_lazy("code"))
    line = column("line", NumberCell(whole=True), "line_number")
    to = column("to", TextCell(), "to_kind", gettext_lazy("contributes to"))
    to_code = column("to_code", TextCell(), "to_code", gettext_lazy("code of the agreement or commitment"))
    how = column("how", ChoiceCell(Contribution.How, default="serves"))
    counterpart = column("counterpart", body_cell())
    quantity = column("quantity", NumberCell())

    own = ("event", "code", "line", "to", "to_code")

    def prefetch(self, entries):
        codes = {}
        for entry in entries:
            with suppress(ValueError):
                arm = arm_named(entry.row.get("to"), PROMISES)
                codes.setdefault(arm, set()).add(plain(entry.row.get("to_code")))
        for arm, found in codes.items():
            self.record_cells[arm].fetch(found)
        super().prefetch(entries)

    def promise(self, row):
        """(arm, the agreement or commitment that the row goes to)."""
        arm = arm_named(row.get("to"), PROMISES)
        return arm, self.record_of(arm, row.get("to_code"))

    def line_of(self, row):
        number = NumberCell(whole=True).clean(row.get("line"))
        if number is None:
            return None
        line = None
        if self.arm(row) == "delivery":
            line = self.session.match(DeliveryLine, ("delivery_id", "number"), (self.record(row).pk, number))
        if line is None:
            raise ValueError(
                _("There is no line %(number)s: only deliveries have lines.") % {"number": number}
            )
        return line

    def identity(self, entry):
        row = entry.row
        arm, promise = self.promise(row)
        line, how = self.line_of(row), self.readers["how"].read(row.get("how", ""))
        counterpart = self.readers["counterpart"].read(row.get("counterpart", ""), entry.day)
        return (
            self.arm(row), self.record(row).pk, arm, promise.pk, line.pk if line else None, how,
            counterpart.pk if counterpart else None,
        )  # fmt: skip

    def find_among(self, rows, entry):
        arm, promise, line, how, counterpart = entry.key[2:]
        for row in rows:
            same = (row.line_id, row.how, row.counterpart_id) == (line, how, counterpart)
            if same and getattr(row, f"{arm}_id") == promise:
                return row
        return None

    def fill_known(self, name, entry):
        instance, row = entry.instance, entry.row
        if name == "code":
            setattr(instance, self.arm(row), self.record(row))
        elif name == "line":
            instance.line = self.line_of(row)
        elif name == "to":
            arm_named(row.get("to"), PROMISES)
        else:
            self.fill_promise(instance, row)

    def fill_promise(self, instance, row):
        try:
            arm_named(row.get("to"), PROMISES)
        except ValueError:  # told under its own column
            return
        arm, promise = self.promise(row)
        setattr(instance, arm, promise)

    def together(self):
        return [over_allocated]

    def touch(self, entry):
        if entry.instance.line_id:
            self.batch.touch("allocations", entry.instance.line, entry)

    def cell_text(self, field, instance):
        arm = next(arm for arm in EVENTS if getattr(instance, f"{arm}_id"))
        to = "agreement" if instance.agreement_id else "commitment"
        texts = {
            "event": lambda: arm,
            "code": lambda: self.code_of(arm, instance.event),
            "line": lambda: str(instance.line.number) if instance.line_id else "",
            "to": lambda: to,
            "to_code": lambda: self.code_of(to, instance.to),
        }
        special = texts.get(field.column_name)
        return special() if special else super().cell_text(field, instance)

    def get_queryset(self):
        return Contribution.objects.select_related(
            "delegation__office", "meeting__office", "delivery__office", "line",
            "agreement__office", "commitment__office", "counterpart",
        ).order_by("id")  # fmt: skip
