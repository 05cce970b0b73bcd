"""Files of delegations and meetings."""

from agreements.models import Agreement, Term
from agreements.resources.kind import ListColumn, PlainList, RecordResource, RoleList, column
from agreements.resources.papers import FIELD, REASON, SourceList
from agreements.resources.values import (
    ChoiceCell,
    DateCell,
    NumberCell,
    RecordCell,
    TermCell,
    TextCell,
    YesNoCell,
    body_cell,
    person_cell,
)
from delegations.models import Delegation, DelegationRole, Funding, Meeting, MeetingRole, Status


class ServedList(ListColumn):
    """The agreements that an event served; other ways of contributing stand in the sheet `contributions`."""

    def __init__(self, name="agreements"):
        super().__init__(name, RecordCell(Agreement))

    def rows(self, instance):
        return instance.contributions.filter(agreement__isnull=False, how="serves").select_related(
            "agreement"
        )

    def current(self, instance):
        return [row.agreement for row in self.rows(instance)]

    def write(self, instance, values):
        for row in self.rows(instance).exclude(agreement__in=values):
            row.delete()
        there = set(self.rows(instance).values_list("agreement_id", flat=True))
        for value in values:
            if value.pk not in there:
                arm = instance.contributions.field.name
                row = instance.contributions.model(agreement=value, how="serves", **{arm: instance})
                row.full_clean()
                row.save()


class HeadTitle(ListColumn):
    """The title of the head, beside the column `head`."""

    def __init__(self):
        super().__init__("head_title", TextCell())

    def heads(self, instance):
        return instance.roles.filter(role="head").order_by("rank", "id")

    def current(self, instance):
        return [row.title for row in self.heads(instance) if row.title]

    def write(self, instance, values):
        title = values[0] if values else ""
        head = self.heads(instance).first()
        if head is None and title:
            head = instance.roles.model(delegation=instance, role="head")
        if head is not None and head.title != title:
            head.title = title
            head.full_clean()
            head.save()


class DelegationResource(RecordResource):
    """delegations out and in."""

    kind, model = "delegations", Delegation
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
    senders = RoleList("senders", body_cell(), DelegationRole.As.SENDER)
    hosts = RoleList("hosts", body_cell(), DelegationRole.As.HOST)
    visited = RoleList("visited", body_cell(), DelegationRole.As.VISITED)
    head = RoleList("head", person_cell(), DelegationRole.As.HEAD, arm="person")
    head_title = HeadTitle()
    fields_of_cooperation = PlainList("fields", TermCell(FIELD))
    served = ServedList()
    sources = SourceList()
    note = column("note", TextCell())


class MeetingResource(RecordResource):
    """meetings: talks, courtesy calls, working sessions."""

    kind, model = "meetings", Meeting
    office = column("office", body_cell())
    code = column("code", TextCell())
    kind_of_meeting = column("kind", ChoiceCell(Meeting.Kind), "kind")
    mode = column("mode", ChoiceCell(Meeting.Mode, default="in_person"))
    status = column("status", ChoiceCell(Status, default="held"))
    number = column("number", NumberCell(whole=True))
    held = column("held", DateCell(period=True))
    place = column("place", body_cell())
    delegations = PlainList("delegations", RecordCell(Delegation))
    hosts = RoleList("hosts", body_cell(), MeetingRole.As.HOST)
    chairs = RoleList("chairs", person_cell(), MeetingRole.As.CHAIR, arm="person")
    results = column("results", TextCell())
    fields_of_cooperation = PlainList("fields", TermCell(FIELD))
    served = ServedList()
    sources = SourceList()
    note = column("note", TextCell())
