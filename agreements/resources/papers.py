"""Files of documents, agreements, and what hangs on agreements."""

from agreements.models import Agreement, AgreementEvent, AgreementLink, AgreementRole, Document, Mode, Term
from agreements.resources.kind import KindResource, ListColumn, PlainList, RecordResource, RoleList, column
from agreements.resources.reference import OtherNames
from agreements.resources.values import (
    ChoiceCell,
    DateCell,
    NumberCell,
    RecordCell,
    TermCell,
    TextCell,
    YesNoCell,
    body_cell,
)

FIELD, REASON = Term.Vocabulary.FIELD, Term.Vocabulary.REASON


class LinkList(ListColumn):
    """The agreements to which one stands in one relation."""

    def __init__(self, name, kind):
        super().__init__(name, RecordCell(Agreement))
        self.kind = kind

    def current(self, instance):
        return [link.other for link in instance.links.filter(kind=self.kind).select_related("other")]

    def write(self, instance, values):
        rows = instance.links.filter(kind=self.kind)
        for row in rows.exclude(other__in=values):
            row.delete()
        there = set(rows.values_list("other_id", flat=True))
        for value in values:
            if value.pk not in there:
                row = AgreementLink(agreement=instance, kind=self.kind, other=value)
                row.full_clean()
                row.save()


class SourceCell(RecordCell):
    """DOCUMENT or DOCUMENT:place in it."""

    def __init__(self):
        super().__init__(Document)

    def clean(self, value, row=None, **kwargs):
        code, _colon, locator = str(value or "").partition(":")
        return super().clean(code), locator.strip()

    def render(self, value, obj=None, **kwargs):
        document, locator = value
        return f"{document.code}:{locator}" if locator else document.code


class SourceList(ListColumn):
    """The documents cited as sources, with their places."""

    def __init__(self, name="sources"):
        super().__init__(name, SourceCell())

    def rows(self, instance):
        return instance.citations.filter(role="source").select_related("document").order_by("id")

    def current(self, instance):
        return [(row.document, row.locator) for row in self.rows(instance)]

    def write(self, instance, values):
        wanted = set(values)
        for row in self.rows(instance):
            if (row.document, row.locator) not in wanted:
                row.delete()
        there = set(self.current(instance))
        for document, locator in values:
            if (document, locator) not in there:
                arm = instance.citations.field.name
                row = instance.citations.model(
                    document=document, locator=locator, role="source", **{arm: instance}
                )
                row.full_clean()
                row.save()


class DocumentResource(RecordResource):
    """documents: papers and pages that say or decide something."""

    kind, model = "documents", Document
    office = column("office", body_cell())
    code = column("code", TextCell())
    kind_of_document = column("kind", TermCell(Term.Vocabulary.DOCUMENT_KIND), "kind")
    number = column("number", TextCell())
    issuer = column("issuer", body_cell())
    issued_on = column("issued_on", DateCell())
    title = column("title", TextCell())
    url = column("url", TextCell())
    read_on = column("read_on", DateCell())
    replaces = column("replaces", RecordCell(Document))
    note = column("note", TextCell())


class AgreementResource(RecordResource):
    """agreements, with the short columns of what hangs on them."""

    kind, model = "agreements", Agreement
    office = column("office", body_cell())
    code = column("code", TextCell())
    title = column("title", TextCell())
    other_titles = OtherNames("other_titles")
    kind_of_agreement = column("kind", TermCell(Term.Vocabulary.AGREEMENT_KIND), "kind")
    level = column("level", ChoiceCell(Agreement.Level, default="province"))
    track = column("track", ChoiceCell(Agreement.Track, default="treaty_law"))
    process = column("process", ChoiceCell(Agreement.Process, default="signed"))
    number = column("number", NumberCell(whole=True))
    part_of = column("part_of", RecordCell(Agreement))
    parties = RoleList("parties", body_cell(), AgreementRole.As.PARTY)
    signed_on = column("signed_on", DateCell(period=True))
    signed_at = column("signed_at", body_cell())
    mode = column("mode", ChoiceCell(Mode))
    exchanged_on = column("exchanged_on", DateCell())
    effective_on = column("effective_on", DateCell())
    period = column("period", DateCell(period=True))
    expires_on = column("expires_on", DateCell())
    auto_renews = column("auto_renews", YesNoCell())
    notice_days = column("notice_days", NumberCell(whole=True))
    binding = column("binding", YesNoCell())
    languages = column("languages", TextCell())
    copies = column("copies", NumberCell(whole=True))
    published_on = column("published_on", DateCell())
    published_url = column("published_url", TextCell())
    unpublished_reason = column("unpublished_reason", TermCell(REASON))
    kept_by = column("kept_by", body_cell())
    archive_ref = column("archive_ref", TextCell())
    fields_of_cooperation = PlainList("fields", TermCell(FIELD))
    under = LinkList("under", AgreementLink.Kind.UNDER)
    follows = LinkList("follows", AgreementLink.Kind.FOLLOWS)
    replaces = LinkList("replaces", AgreementLink.Kind.REPLACES)
    sources = SourceList()
    note = column("note", TextCell())


class PartyCell(TextCell):
    """A party of the agreement, by the code of its body."""

    def render(self, value, obj=None, **kwargs):
        return value.body.code if value is not None else ""


class EventResource(KindResource):
    """events: what befell agreements after signing."""

    kind, model, key = "events", AgreementEvent, ("agreement", "kind", "on", "party")
    optional_key = ("party",)
    agreement = column("agreement", RecordCell(Agreement))
    kind_of_event = column("kind", ChoiceCell(AgreementEvent.Kind), "kind")
    on = column("on", DateCell())
    party = column("party", PartyCell())
    until = column("until", DateCell())
    partial = column("partial", YesNoCell(default=False))
    successor = column("successor", body_cell())
    notified_on = column("notified_on", DateCell())
    document = column("document", RecordCell(Document))
    note = column("note", TextCell())

    def find(self, row):
        try:
            agreement = self.fields["agreement"].clean(row)
            conditions = {"kind": self.fields["kind_of_event"].clean(row), "on": self.fields["on"].clean(row)}
        except ValueError:
            return None
        party = row.get("party") or None
        return AgreementEvent.objects.filter(
            agreement=agreement, party__body__code=party, **conditions
        ).first()

    def import_field(self, field, instance, row, is_m2m=False, **kwargs):
        if field.column_name != "party":
            return super().import_field(field, instance, row, is_m2m, **kwargs)
        instance.party = None
        if row.get("party"):
            body = body_cell().clean(row["party"])
            instance.party = instance.agreement.roles.filter(role="party", body=body).first()
        return None


class LinkResource(KindResource):
    """links: how agreements stand to one another."""

    kind, model, key = "links", AgreementLink, ("agreement", "kind", "other")
    agreement = column("agreement", RecordCell(Agreement))
    kind_of_link = column("kind", ChoiceCell(AgreementLink.Kind), "kind")
    other = column("other", RecordCell(Agreement))
