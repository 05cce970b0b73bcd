"""Sheets that serve several tables: roles, citations, contributions."""

from itertools import chain

from django.core.exceptions import ValidationError
from django.db.models import Q
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
from agreements.resources.kind import KindResource
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
from delegations.rules import refuse_crowded, refuse_one_sided

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

    def start_file(self):
        super().start_file()
        self.record_cells = {name: RecordCell(model) for name, model in RECORDS.items()}
        for cell in self.record_cells.values():
            cell.office = self.office

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

    def fill(self, field, instance, row):
        if field.column_name == self.key[0]:
            self.arm(row)
        elif self.arm_known(row):
            self.fill_known(field, instance, row)

    def fill_known(self, field, instance, row):
        """Write one cell of a row whose kind of record is known."""
        super().fill(field, instance, row)

    def init_instance(self, row=None):
        try:
            return self.table(row)()
        except ValueError:  # told under its column when the row is read
            return self.model()

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        """Where the kind of record is not known, nothing else can be said of the row."""
        if self.key[0] in (import_validation_errors or {}):
            raise ValidationError(import_validation_errors)
        super().validate_instance(instance, import_validation_errors, validate_unique)

    def missing_references(self, instance, errors):
        """What a bad cell left empty is not told a second time."""
        if not errors:
            super().missing_references(instance, errors)

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

    def table(self, row):
        return ROLES[self.arm(row)]

    def before_import_row(self, row, **kwargs):
        if not plain(row.get("rank")):
            row.pop("rank", None)  # the order that the short column gave stays
        super().before_import_row(row, **kwargs)

    def choose_day(self, row, instance=None):
        """Names are those of the day of the record."""
        try:
            record = self.record(row)
        except ValueError:  # told under its column
            record = None
        super().choose_day({}, record)

    def find(self, row):
        """The row of that key; a row that a short column made is filled in."""
        try:
            table, record = self.table(row), self.record(row)
            role = ChoiceCell(table.As).clean(row.get("role"))
            body, person = self.fields["body"].clean(row), self.fields["person"].clean(row)
        except ValueError:
            return None
        rows = table.objects.filter(**{self.arm(row): record}, role=role)
        exact = rows.filter(body=body, person=person, title=plain(row.get("title"))).first()
        return exact or self.bare(rows.exclude(pk__in=self.touched_ids(table)), body, person)

    def bare(self, rows, body, person):
        """The row that a short column made of this body or person alone, to be filled in."""
        alone = Q(pk=None)
        if body is not None:
            alone |= Q(body=body, person=None) | (Q(body=body, person=person) if person else alone)
        if person is not None:
            alone |= Q(person=person, body=None)
        return rows.filter(alone, title="").first()

    def fill_known(self, field, instance, row):
        name = field.column_name
        if name == "code":
            setattr(instance, self.arm(row), self.record(row))
        elif name == "role":
            instance.role = ChoiceCell(self.table(row).As).clean(row["role"])
        elif name != "lead" or hasattr(instance, "lead"):
            super().fill_known(field, instance, row)
        elif field.clean(row):
            raise ValueError(_("Only a part in an agreement leads: leave the cell empty."))

    def check_together(self, result):
        """Rules over all parts of one record, told at its last row."""
        for (table, pk), number in self.touched.items():
            self.row_number = number
            if table is DeliveryRole:
                self.try_row(result, refuse_one_sided, table.objects.get(pk=pk).delivery)
            elif table is DelegationRole:
                self.try_row(result, refuse_crowded, table.objects.get(pk=pk).delegation)

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

    def table(self, row):
        return VisitCitation if self.arm(row) in EVENTS else Citation

    def record(self, row):
        """The record cited; a progress report is written commitment#number."""
        if self.arm(row) != "progress":
            return super().record(row)
        commitment, _hash, number = plain(row.get("code")).rpartition("#")
        found = None
        if number.isdecimal() and len(number) < 6:
            found = self.record_of("commitment", commitment).progress.filter(number=int(number)).first()
        if found is None:
            raise ValueError(
                _("There is no report “%(code)s”: write commitment#number.")
                % {"code": plain(row.get("code"))}
            )
        return found

    def role_of(self, row):
        return ChoiceCell(self.table(row).Role, default="source").clean(row.get("role"))

    def find(self, row):
        try:
            conditions = {self.arm(row): self.record(row), "role": self.role_of(row)}
            conditions["document"] = self.fields["document"].clean(row)
        except ValueError:
            return None
        return self.table(row).objects.filter(**conditions, locator=plain(row.get("locator"))).first()

    def fill_known(self, field, instance, row):
        if field.column_name == "code":
            setattr(instance, self.arm(row), self.record(row))
        elif field.column_name == "role":
            instance.role = self.role_of(row)
        else:
            super().fill_known(field, instance, row)

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

    def promise(self, row):
        """(arm, the agreement or commitment that the row goes to)."""
        arm = arm_named(row.get("to"), PROMISES)
        return arm, self.record_of(arm, row.get("to_code"))

    def fill_promise(self, instance, row):
        try:
            arm_named(row.get("to"), PROMISES)
        except ValueError:  # told under its own column
            return
        arm, promise = self.promise(row)
        setattr(instance, arm, promise)

    def line_of(self, row):
        number = NumberCell(whole=True).clean(row.get("line"))
        if number is None:
            return None
        delivery = self.record(row) if self.arm(row) == "delivery" else None
        line = DeliveryLine.objects.filter(delivery=delivery, number=number).first()
        if line is None:
            raise ValueError(
                _("There is no line %(number)s: only deliveries have lines.") % {"number": number}
            )
        return line

    def find(self, row):
        try:
            arm, promise = self.promise(row)
            conditions = {self.arm(row): self.record(row), arm: promise, "line": self.line_of(row)}
            conditions["how"] = self.fields["how"].clean(row)
            conditions["counterpart"] = self.fields["counterpart"].clean(row)
        except ValueError:
            return None
        return Contribution.objects.filter(**conditions).first()

    def fill_known(self, field, instance, row):
        name = field.column_name
        if name == "code":
            setattr(instance, self.arm(row), self.record(row))
        elif name == "line":
            instance.line = self.line_of(row)
        elif name == "to":
            arm_named(row.get("to"), PROMISES)
        elif name == "to_code":
            self.fill_promise(instance, row)
        else:
            super().fill_known(field, instance, row)

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
