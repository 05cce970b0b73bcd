"""Sheets that serve several tables: roles, citations, contributions."""

from functools import cached_property
from itertools import chain

from django.db.models import Q
from django.utils.translation import gettext as _

from agreements.models import Agreement, AgreementRole, Citation, Commitment, CommitmentRole, Document
from agreements.resources.kind import KindResource, column
from agreements.resources.values import (
    ChoiceCell,
    NumberCell,
    RecordCell,
    TextCell,
    YesNoCell,
    body_cell,
    person_cell,
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

RECORDS = {
    "agreement": Agreement,
    "commitment": Commitment,
    "delegation": Delegation,
    "meeting": Meeting,
    "delivery": Delivery,
}
ROLES = {
    "agreement": AgreementRole,
    "commitment": CommitmentRole,
    "delegation": DelegationRole,
    "meeting": MeetingRole,
    "delivery": DeliveryRole,
}


class SharedResource(KindResource):
    """A sheet whose column `record` says which kind of record the column `code` names."""

    @cached_property
    def record_cells(self):
        cells = {name: RecordCell(model) for name, model in RECORDS.items()}
        for cell in cells.values():
            cell.office = self.office
        return cells

    def arm(self, value):
        arm = str(value or "").strip().lower()
        if arm not in self.tables:
            raise ValueError(
                _("“%(value)s” is no kind of record: write one of %(choices)s.")
                % {"value": value, "choices": ", ".join(self.tables)}
            )
        return arm

    def table(self, row):
        return self.tables[self.arm(row.get(self.key[0]))]

    def init_instance(self, row=None):
        try:
            return self.table(row)()
        except ValueError:  # told under its column when the row is read
            return next(iter(self.tables.values()))()

    def record(self, row, kind="record", code="code"):
        if not str(row.get(code) or "").strip():
            raise ValueError(_("Give the code of the record."))
        return self.record_cells[self.arm(row.get(kind))].clean(row.get(code))


class RoleResource(SharedResource):
    """roles: parts taken in agreements, commitments, delegations, meetings, deliveries."""

    kind, model, tables = "roles", AgreementRole, ROLES
    key = ("record", "code", "role", "body", "person", "title")
    optional_key = ("body", "person", "title")
    of = column("record", TextCell(), "record")
    code = column("code", TextCell())
    role = column("role", TextCell())
    body = column("body", body_cell())
    person = column("person", person_cell())
    title = column("title", TextCell())
    as_printed = column("as_printed", TextCell())
    rank = column("rank", NumberCell(whole=True))
    lead = column("lead", YesNoCell(default=False))
    document = column("document", RecordCell(Document))

    def find(self, row):
        """The row of that key; a row that a short column made is filled in."""
        try:
            table, record = self.table(row), self.record(row)
            role = ChoiceCell(table.As).clean(row.get("role"))
            body, person = self.fields["body"].clean(row), self.fields["person"].clean(row)
        except ValueError:
            return None
        rows = table.objects.filter(**{self.arm(row["record"]): record}, role=role)
        title = TextCell().clean(row.get("title"))
        return rows.filter(body=body, person=person, title=title).first() or self.bare(rows, body, person)

    def bare(self, rows, body, person):
        """The row that a short column made of this body or person alone, to be filled in."""
        alone = Q(pk=None)
        if body is not None:
            alone |= Q(body=body, person=None) | (Q(body=body, person=person) if person else alone)
        if person is not None:
            alone |= Q(person=person, body=None)
        return rows.filter(alone, title="").first()

    def before_import_row(self, row, **kwargs):
        if not str(row.get("rank") or "").strip():
            row.pop("rank", None)
        super().before_import_row(row, **kwargs)

    def import_field(self, field, instance, row, is_m2m=False, **kwargs):
        name = field.column_name
        if name == "record":
            setattr(instance, self.arm(row["record"]), self.record(row))
        elif name == "role":
            instance.role = ChoiceCell(self.table(row).As).clean(row["role"])
        elif name != "code" and not (name == "lead" and not hasattr(instance, "lead")):
            super().import_field(field, instance, row, is_m2m, **kwargs)

    def export_field(self, field, instance, **kwargs):
        arm = next(arm for arm, table in ROLES.items() if isinstance(instance, table))
        if field.column_name == "record":
            return arm
        if field.column_name == "code":
            return getattr(instance, arm).code
        return super().export_field(field, instance, **kwargs)

    def get_queryset(self):
        return list(
            chain.from_iterable(
                table.objects.select_related(arm, "body", "person", "document").order_by(f"{arm}__code", "id")
                for arm, table in ROLES.items()
            )
        )

    def iter_queryset(self, queryset):
        return iter(queryset)


class CitationResource(SharedResource):
    """citations: what documents say of agreements, commitments, progress, delegations, meetings, deliveries."""

    kind, model = "citations", Citation
    tables = {
        "agreement": Citation,
        "commitment": Citation,
        "progress": Citation,
        "delegation": VisitCitation,
        "meeting": VisitCitation,
        "delivery": VisitCitation,
    }
    key = ("record", "code", "document", "role", "locator")
    optional_key = ("locator", "role")
    of = column("record", TextCell(), "record")
    code = column("code", TextCell())
    document = column("document", RecordCell(Document))
    role = column("role", TextCell())
    locator = column("locator", TextCell())

    def record(self, row, kind="record", code="code"):
        if self.arm(row.get(kind)) != "progress":
            return super().record(row, kind, code)
        commitment, _hash, number = str(row.get(code) or "").rpartition("#")
        found = self.record_cells["commitment"].clean(commitment).progress.filter(number=number or 0).first()
        if found is None:
            raise ValueError(
                _("There is no report “%(code)s”: write commitment#number.") % {"code": row.get(code)}
            )
        return found

    def find(self, row):
        try:
            table, record = self.table(row), self.record(row)
            role = ChoiceCell(table.Role, default="source").clean(row.get("role"))
            document = self.fields["document"].clean(row)
        except ValueError:
            return None
        locator = TextCell().clean(row.get("locator"))
        arms = {self.arm(row["record"]): record}
        return table.objects.filter(**arms, role=role, document=document, locator=locator).first()

    def import_field(self, field, instance, row, is_m2m=False, **kwargs):
        if field.column_name == "record":
            setattr(instance, self.arm(row["record"]), self.record(row))
        elif field.column_name == "role":
            instance.role = ChoiceCell(self.table(row).Role, default="source").clean(row.get("role"))
        elif field.column_name != "code":
            super().import_field(field, instance, row, is_m2m, **kwargs)

    def export_field(self, field, instance, **kwargs):
        arm = next(arm for arm in instance.ARMS if getattr(instance, f"{arm}_id"))
        if field.column_name == "record":
            return arm
        if field.column_name == "code":
            record = getattr(instance, arm)
            return f"{record.commitment.code}#{record.number}" if arm == "progress" else record.code
        return super().export_field(field, instance, **kwargs)

    def get_queryset(self):
        low = Citation.objects.select_related(*Citation.ARMS, "document").order_by("id")
        return [*low, *VisitCitation.objects.select_related(*VisitCitation.ARMS, "document").order_by("id")]

    def iter_queryset(self, queryset):
        return iter(queryset)


class ContributionResource(SharedResource):
    """contributions: what delegations, meetings and deliveries did for agreements and commitments."""

    kind, model = "contributions", Contribution
    tables = {"delegation": Contribution, "meeting": Contribution, "delivery": Contribution}
    key = ("event", "code", "line", "to", "to_code", "how", "counterpart")
    optional_key = ("line", "how", "counterpart")
    event = column("event", TextCell())
    code = column("code", TextCell())
    line = column("line", NumberCell(whole=True))
    to = column("to", TextCell())
    to_code = column("to_code", TextCell())
    how = column("how", ChoiceCell(Contribution.How, default="serves"))
    counterpart = column("counterpart", body_cell())
    quantity = column("quantity", NumberCell())

    def promise(self, row):
        kind = str(row.get("to") or "").strip().lower()
        if kind not in ("agreement", "commitment"):
            raise ValueError(_("“%(value)s”: write agreement or commitment.") % {"value": row.get("to")})
        return kind, self.record_cells[kind].clean(row.get("to_code"))

    def ends(self, row):
        event = self.record(row, "event")
        kind, promise = self.promise(row)
        number = NumberCell(whole=True).clean(row.get("line"))
        line = DeliveryLine.objects.filter(delivery=event, number=number).first() if number else None
        if number and line is None:
            raise ValueError(_("The delivery has no line %(number)s.") % {"number": number})
        return {self.arm(row["event"]): event, kind: promise, "line": line}

    def find(self, row):
        try:
            conditions = self.ends(row)
            conditions["how"] = self.fields["how"].clean(row) if "how" in row else "serves"
            conditions["counterpart"] = (
                self.fields["counterpart"].clean(row) if "counterpart" in row else None
            )
        except ValueError:
            return None
        return Contribution.objects.filter(**conditions).first()

    def import_field(self, field, instance, row, is_m2m=False, **kwargs):
        if field.column_name == "event":
            for name, value in self.ends(row).items():
                setattr(instance, name, value)
        elif field.column_name not in ("code", "line", "to", "to_code"):
            super().import_field(field, instance, row, is_m2m, **kwargs)

    def export_field(self, field, instance, **kwargs):
        name = field.column_name
        arm = next(arm for arm in self.tables if getattr(instance, f"{arm}_id"))
        to = "agreement" if instance.agreement_id else "commitment"
        words = {"event": arm, "code": instance.event.code, "to": to, "to_code": instance.to.code}
        if name in words:
            return words[name]
        if name == "line":
            return instance.line.number if instance.line_id else ""
        return super().export_field(field, instance, **kwargs)

    def get_queryset(self):
        return Contribution.objects.select_related(
            "delegation", "meeting", "delivery", "line", "agreement", "commitment", "counterpart"
        ).order_by("id")
