"""Files of delegations and meetings."""

from django.utils.translation import gettext_lazy

from agreements.models import Agreement, Term
from agreements.resources.columns import PartList, PlainList, RoleList, column
from agreements.resources.kind import RecordResource
from agreements.resources.papers import FIELD, REASON, SourceList
from agreements.resources.records import RecordCell
from agreements.resources.values import (
    ChoiceCell,
    DateCell,
    NumberCell,
    TermCell,
    TextCell,
    YesNoCell,
    body_cell,
    person_cell,
    plain,
)
from delegations.models import Contribution, Delegation, DelegationRole, Funding, Meeting, MeetingRole, Status
from delegations.resources.together import crowded, delegations_in_parts, look_at_sides


class ServedList(PartList):
    """The agreements that an event served; other ways of contributing stand in the sheet `contributions`."""

    def __init__(self, name="agreements"):
        super().__init__(name, RecordCell(Agreement), gettext_lazy("agreements"))

    relation, related = "contributions", ("agreement__office",)

    def keep(self, row):
        return row.agreement_id is not None and row.how == Contribution.How.SERVES

    def value_of(self, row):
        return row.agreement

    def new(self, instance, value, rank):
        arm = instance.contributions.field.name
        return instance.contributions.model(agreement=value, how="serves", **{arm: instance})


class MadeAt(PartList):
    """The meetings at which a commitment was made (a column of the kind `commitments`)."""

    def __init__(self):
        super().__init__("made_at", RecordCell(Meeting), gettext_lazy("made at the meeting"))

    relation, related = "contributions", ("meeting__office",)

    def keep(self, row):
        return row.meeting_id is not None and row.how == Contribution.How.MADE

    def value_of(self, row):
        return row.meeting

    def new(self, instance, value, rank):
        return Contribution(commitment=instance, meeting=value, how="made")


class DelegationResource(RecordResource):
    """delegations out and in; `head_title` is the title of the first head."""

    kind, model, dated = "delegations", Delegation, ("held", "planned")
    identity, apart = ("direction", "name"), ("held", "planned")
    office = column("office", body_cell())
    code = column("code", TextCell())
    direction = column("direction", ChoiceCell(Delegation.Direction))
    name = column("name", TextCell())
    level = column("level", ChoiceCell(Delegation.Level))
    status = column("status", ChoiceCell(Status, default="held"))
    number = column("number", NumberCell(whole=True))
    part_of = column("part_of", RecordCell(Delegation))
    people = column("people", NumberCell(whole=True))
    planned = column("planned", DateCell(period=True))
    held = column("held", DateCell(period=True))
    in_plan = column("in_plan", YesNoCell())
    purpose = column("purpose", TextCell())
    reason = column("reason", TermCell(REASON))
    funding = column("funding", ChoiceCell(Funding))
    cost = column("cost", NumberCell())
    currency = column("currency", TermCell(Term.Vocabulary.CURRENCY))
    report_due_on = column("report_due_on", DateCell())
    reported_on = column("reported_on", DateCell())
    senders = RoleList("senders", body_cell(), DelegationRole.As.SENDER, label=gettext_lazy("senders"))
    hosts = RoleList("hosts", body_cell(), DelegationRole.As.HOST, label=gettext_lazy("hosts"))
    visited = RoleList("visited", body_cell(), DelegationRole.As.VISITED)
    head = RoleList("head", person_cell(), DelegationRole.As.HEAD, arm="person")
    head_title = column("head_title", TextCell(), "head_title", gettext_lazy("title of the head"))
    fields_of_cooperation = PlainList("fields", TermCell(FIELD))
    served = ServedList()
    sources = SourceList()
    note = column("note", TextCell())

    own = ("head_title",)

    def fill_own(self, name, entry):
        entry.wanted[name] = DelegationRole._meta.get_field("title").clean(plain(entry.row[name]), None)

    def prefetch_parts(self, entries):
        super().prefetch_parts(entries)
        self.session.fetch(DelegationRole, "delegation_id", [entry.instance.pk for entry in entries])

    def open(self, batch, written):
        super().open(batch, written)
        roles = DelegationRole._default_manager.select_related("body", "person")
        self.session.querysets[DelegationRole] = roles

    def fetch_said(self, keys):
        super().fetch_said(keys)
        self.session.fetch(DelegationRole, "delegation_id", keys)

    def says_own(self, record, entry):
        if "head_title" not in self.owned:
            return True
        head = self.first_head(self.session.rows(DelegationRole, "delegation_id", record.pk))
        return (head.title if head else "") == plain(entry.row["head_title"])

    def first_head(self, roles):
        """The head to whom `head_title` belongs: the first that is named, else the first known by title."""
        heads = self.fields["head"].of_role(roles)
        return next((head for head in heads if head.person_id), heads[0] if heads else None)

    def plan_more(self, entry):
        """The title of the first head; a title alone is a head whose name is not known."""
        if "head_title" not in entry.wanted:
            return
        delegation, title = entry.instance, entry.wanted["head_title"]
        roles = self.session.rows(DelegationRole, "delegation_id", delegation.pk)
        head = self.first_head(roles)
        before = head.title if head else ""
        if before == title:
            return
        entry.changes["head_title"] = (before, title)
        with entry.told_under("head_title"):
            self.plan_head_title(delegation, roles, head, title)

    def plan_head_title(self, delegation, roles, head, title):
        if head is None:
            self.add_part(DelegationRole(delegation=delegation, role="head", title=title))
        elif not title and head.person_id is None:
            self.session.remove(head)
        else:
            if head.person_id and title:  # named now, known by that title before
                for role in self.fields["head"].of_role(roles):
                    if (role.person_id, role.body_id, role.title) == (None, None, title):
                        self.session.remove(role)
            self.change_part(head, title=title)

    def together(self):
        return [delegations_in_parts, crowded]

    def touch(self, entry):
        self.batch.touch("part_of", entry.instance, entry)
        self.batch.touch("people", entry.instance, entry)
        look_at_sides.now(self, entry)

    def looks(self):
        return [look_at_sides]

    def get_queryset(self):
        return Delegation.objects.select_related("office", "part_of__office", "reason", "currency")


class MeetingResource(RecordResource):
    """meetings: talks, courtesy calls, working sessions."""

    kind, model, dated = "meetings", Meeting, ("held",)
    identity, apart = ("kind", "held"), ("place", "hosts", "chairs")
    office = column("office", body_cell())
    code = column("code", TextCell())
    kind_of_meeting = column("kind", ChoiceCell(Meeting.Kind), "kind")
    mode = column("mode", ChoiceCell(Meeting.Mode, default="in_person"))
    status = column("status", ChoiceCell(Status, default="held"))
    number = column("number", NumberCell(whole=True))
    held = column("held", DateCell(period=True))
    place = column("place", body_cell())
    delegations = PlainList("delegations", RecordCell(Delegation))
    hosts = RoleList("hosts", body_cell(), MeetingRole.As.HOST, label=gettext_lazy("hosts"))
    chairs = RoleList(
        "chairs", person_cell(), MeetingRole.As.CHAIR, arm="person", label=gettext_lazy("chairs")
    )
    results = column("results", TextCell())
    fields_of_cooperation = PlainList("fields", TermCell(FIELD))
    served = ServedList()
    sources = SourceList()
    note = column("note", TextCell())

    def get_queryset(self):
        return Meeting.objects.select_related("office", "place")
