"""Files of delegations and meetings."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from agreements.models import Agreement, Term
from agreements.resources.columns import PartList, PlainList, RoleList, column
from agreements.resources.kind import RecordResource
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
    plain,
)
from delegations.models import Contribution, Delegation, DelegationRole, Funding, Meeting, MeetingRole, Status


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

    def first_head(self, instance):
        """The head to whom `head_title` belongs: the first that is named, else the first known by title."""
        heads = self.fields["head"].of_role(instance) if instance.pk else []
        return next((head for head in heads if head.person_id), heads[0] if heads else None)

    def after_init_instance(self, instance, new, row, **kwargs):
        head = self.first_head(instance)
        instance.head_title = head.title if head else ""

    def save_m2m(self, instance, row, **kwargs):
        super().save_m2m(instance, row, **kwargs)
        if "head_title" in row:
            self.write_head_title(instance, plain(row["head_title"]))

    def write_head_title(self, instance, title):
        """The title of the first head; a title alone is a head whose name is not known."""
        head = self.first_head(instance)
        if head is None and title:
            head = DelegationRole(delegation=instance, role="head")
        if head is None or head.title == title:
            return
        head.title = title
        if not title and head.person_id is None:
            head.delete()
            return
        try:
            head.full_clean()
        except ValidationError as error:
            raise ValidationError({"head_title": error.messages}) from error
        if head.person_id and title:  # named now, known by that title before
            instance.roles.filter(role="head", person=None, body=None, title=title).delete()
        head.save()

    def cell_text(self, field, instance):
        if field.column_name == "head_title":
            head = self.first_head(instance)
            return head.title if head else ""
        return super().cell_text(field, instance)

    def get_queryset(self):
        return Delegation.objects.select_related("office", "part_of__office", "reason", "currency")


class MeetingResource(RecordResource):
    """meetings: talks, courtesy calls, working sessions."""

    kind, model, dated = "meetings", Meeting, ("held",)
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
