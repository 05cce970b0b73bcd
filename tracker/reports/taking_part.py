"""Who took what part in an agreement and in all that hangs on it, and which papers say so: two queries."""

from collections import defaultdict
from typing import NamedTuple

from django.db.models import CharField, F, Q, Value

from agreements.models import AgreementRole, Citation, CommitmentRole
from agreements.models.record import counted
from agreements.models.reviewed import reviewed
from delegations.models import DelegationRole, DeliveryRole, MeetingRole, VisitCitation


class Part(NamedTuple):
    """A role row of any record."""

    record: str
    record_id: int
    role: str
    rank: int
    id: int
    body: str | None
    country: str | None
    as_printed: str
    person: str | None
    title: str

    @property
    def name(self):
        """The body as printed, else as it is called."""
        return self.as_printed if self.as_printed and not self.person else self.body or self.as_printed

    def __str__(self):
        person = self.person and (self.as_printed or self.person)
        who = " ".join(filter(None, [self.title, person]))
        if who and self.body and self.body not in who:
            return f"{who} ({self.body})"
        return who or self.name


class Cited(NamedTuple):
    """A citation of any record."""

    record: str
    record_id: int
    id: int
    role: str
    locator: str
    document: int
    number: str
    title: str
    url: str
    file: str | None


class Parts:
    """Role rows by record: `parts.of("delegation", 7, "head")`."""

    def __init__(self, rows):
        self.rows = defaultdict(list)
        for row in sorted(rows, key=lambda row: (row.record, row.record_id, row.rank, row.id)):
            self.rows[row.record, row.record_id].append(row)

    def of(self, record, record_id, *roles):
        return [row for row in self.rows.get((record, record_id), ()) if row.role in roles]

    def names(self, record, record_id, *roles):
        """The bodies in these roles as text, "" without any."""
        return ", ".join(row.name for row in self.of(record, record_id, *roles))

    def people(self, record, record_id, *roles):
        """The people (with title and body) in these roles as text, "" without any."""
        return "; ".join(str(row) for row in self.of(record, record_id, *roles))


def union(querysets):
    """The rows of all as one statement."""
    first, *others = querysets
    return first.union(*others, all=True)


def label(word):
    return Value(word, output_field=CharField())


ROLES = {
    "agreement": AgreementRole,
    "commitment": CommitmentRole,
    "delegation": DelegationRole,
    "meeting": MeetingRole,
    "delivery": DeliveryRole,
}


def parts_taken(ids):
    """Parts taken in the records of `ids` ({"agreement": [7], "meeting": […], …}); one query."""
    chosen = [(ROLES[name], name, Q(**{f"{name}__in": found})) for name, found in ids.items() if found]
    if not chosen:
        return Parts([])
    columns = ("role", "rank", "id", "body__name", "body__country", "as_printed", "person__name", "title")
    rows = union(
        model.objects.filter(condition)
        .order_by()
        .annotate(record=label(name), of=F(f"{name}_id"))
        .values_list("record", "of", *columns)
        for model, name, condition in chosen
    )
    return Parts(Part._make(row) for row in rows)


def citations(ids):
    """[Cited] of the records of `ids` ({"agreement": [7], "commitment": […], …}) and of reports; one query."""
    low = ("agreement", "commitment")
    sources = [(Citation, name, Q(**{f"{name}__in": ids[name]})) for name in low]
    sources.append(
        (Citation, "progress", Q(progress__commitment__in=ids["commitment"]) & reviewed("progress__"))
    )
    sources += [
        (VisitCitation, name, Q(**{f"{name}__in": found}))
        for name, found in ids.items()
        if found and name not in low
    ]
    columns = ("id", "role", "locator", "document_id", *(f"document__{one}" for one in Cited._fields[-4:]))
    rows = union(
        model.objects.filter(condition, counted("document__"))
        .order_by()
        .annotate(record=label(name), of=F(f"{name}_id"))
        .values_list("record", "of", *columns)
        for model, name, condition in sources
    )
    order = [name for _model, name, _condition in sources]
    found = [Cited._make(row) for row in rows]
    return sorted(found, key=lambda row: (order.index(row.record), row.record_id, row.id))
