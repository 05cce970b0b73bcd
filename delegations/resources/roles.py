"""The sheet of roles: parts taken in agreements, commitments, delegations, meetings, deliveries."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.interchange.session import is_planned
from agreements.models import (
    AgreementRole,
    Document,
)
from agreements.resources.columns import column
from agreements.resources.marks import mark_of
from agreements.resources.records import RecordCell
from agreements.resources.together import look_at_parties, second_leads
from agreements.resources.values import (
    ChoiceCell,
    NumberCell,
    TextCell,
    YesNoCell,
    body_cell,
    person_cell,
    plain,
)
from delegations.resources.shared import DATES, ROLES, SharedResource
from delegations.resources.together import crowded, look_at_sides, one_sided


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
        return exact[0] if exact else self.bare(rows, body, person, title)

    def bare(self, rows, body, person, title):
        """The row that short columns made of this body, person or title alone, to be filled in.

        A title came with it only where the row is of this file (`head_title`).
        """
        alone = {(body, None), (None, person), (body, person)} - {(None, None)}
        for row in rows:
            who = row.body_id, row.person_id
            made = is_planned(row.pk) and row.title == title and who in {*alone, (None, None)}
            if (made or (who in alone and row.title == "")) and mark_of(row) not in self.first:
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
                rank = self.fields["rank"].widget.clean(row["rank"])
                instance.rank = type(instance)._meta.get_field("rank").clean(rank, None)
        elif hasattr(instance, "lead"):
            instance.lead = self.fields["lead"].widget.clean(row["lead"])
        elif self.fields["lead"].widget.clean(row["lead"]):
            raise ValueError(_("Only a part in an agreement leads: leave the cell empty."))

    def together(self):
        return [one_sided, crowded, second_leads]

    def touch(self, entry):
        """Rules over all parts of one record are told at its last row."""
        record = getattr(entry.instance, entry.key[0])
        if look := {"delegation": look_at_sides, "agreement": look_at_parties}.get(entry.key[0]):
            look.part(self, entry, record)
        what = {"delivery": "sides", "delegation": "people", "agreement": "lead"}.get(entry.key[0])
        if what:
            self.batch.touch(what, record, entry)

    def looks(self):
        return [look_at_parties, look_at_sides]
