"""Files of documents, agreements, and what hangs on agreements."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.models import (
    Agreement,
    AgreementEvent,
    AgreementLink,
    AgreementRole,
    Citation,
    Document,
    Mode,
    Term,
)
from agreements.resources.columns import PartList, PlainList, RoleList, column
from agreements.resources.joined import escaped, parted
from agreements.resources.kind import KindResource, RecordResource
from agreements.resources.records import RecordCell
from agreements.resources.reference import OtherNames
from agreements.resources.renewing import AgreementRenewing
from agreements.resources.together import (
    agreements_in_parts,
    documents_in_circles,
    links_in_circles,
    look_at_parties,
)
from agreements.resources.values import (
    ChoiceCell,
    DateCell,
    NumberCell,
    TermCell,
    TextCell,
    YesNoCell,
    body_cell,
    plain,
)
from agreements.rules import name_warning

FIELD, REASON = Term.Vocabulary.FIELD, Term.Vocabulary.REASON


class LinkList(PartList):
    """The agreements to which one stands in one relation."""

    def __init__(self, name, kind):
        super().__init__(name, RecordCell(Agreement), kind.label)
        self.kind = kind

    relation, related = "links", ("other__office",)

    def keep(self, row):
        return row.kind == self.kind

    def value_of(self, row):
        return row.other

    def new(self, instance, value, rank):
        return AgreementLink(agreement=instance, kind=self.kind, other=value)


class SourceCell(RecordCell):
    """DOCUMENT or DOCUMENT:place in it."""

    def __init__(self):
        super().__init__(Document)

    def clean(self, value, row=None, **kwargs):
        code, *place = parted(plain(value), ":", 1)
        locator = Citation._meta.get_field("locator").clean("".join(place).strip(), None)
        return super().clean(code), locator

    def fetch(self, texts):
        parts = {part for text in texts for line in str(text).split("\n") for part in parted(line, "|")}
        super().fetch({parted(part, ":", 1)[0] for part in parts})

    def render(self, value, obj=None, **kwargs):
        document, locator = value
        code = escaped(super().render(document), ":")
        return f"{code}:{locator}" if locator else code

    shown = render


class SourceList(PartList):
    """The documents cited as sources, with their places; other citations stand in the sheet `citations`."""

    def __init__(self, name="sources"):
        super().__init__(name, SourceCell(), gettext_lazy("sources"))

    relation, related = "citations", ("document__office",)

    def keep(self, row):
        return row.role == "source"

    def value_of(self, row):
        return row.document, row.locator

    def new(self, instance, value, rank):
        document, locator = value
        arm = instance.citations.field.name
        return instance.citations.model(document=document, locator=locator, role="source", **{arm: instance})


class DocumentResource(RecordResource):
    """documents: papers and pages that say or decide something."""

    kind, model, dated = "documents", Document, ("issued_on",)
    identity, apart = ("title",), ("number", "issued_on")
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

    def together(self):
        return [documents_in_circles] if "replaces" in self.written else []

    def touch(self, entry):
        self.batch.touch("replaces", entry.instance, entry)

    def get_queryset(self):
        return Document.objects.select_related("office", "kind", "issuer", "replaces__office")


class AgreementResource(AgreementRenewing, RecordResource):
    """agreements, with the short columns of what hangs on them."""

    kind, model = "agreements", Agreement
    identity, apart = ("title",), ("signed_on",)
    dated = ("signed_on", "exchanged_on", "effective_on", "period")
    office = column("office", body_cell())
    code = column("code", TextCell())
    title = column("title", TextCell())
    other_titles = OtherNames("other_titles", gettext_lazy("other titles"))
    kind_of_agreement = column("kind", TermCell(Term.Vocabulary.AGREEMENT_KIND), "kind")
    level = column("level", ChoiceCell(Agreement.Level, default="province"))
    track = column("track", ChoiceCell(Agreement.Track, default="treaty_law"))
    process = column("process", ChoiceCell(Agreement.Process, default="signed"))
    number = column("number", NumberCell(whole=True))
    part_of = column("part_of", RecordCell(Agreement))
    parties = RoleList("parties", body_cell(), AgreementRole.As.PARTY, label=gettext_lazy("parties"))
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

    def together(self):
        columns = {"part_of", "number", "under", "follows", "replaces"}
        return [agreements_in_parts, links_in_circles] if columns & self.written.keys() else []

    def touch(self, entry):
        super().touch(entry)
        governed = entry.instance.track == Agreement.Track.TREATY_LAW
        if sentence := name_warning(entry.instance.title, governed):
            self.batch.warn(entry, "title", sentence)
        look_at_parties.now(self, entry)
        self.batch.touch("part_of", entry.instance, entry)
        for op, row, _before in entry.ops:
            if op == "add" and isinstance(row, AgreementLink):
                self.batch.touch("link", row, entry)

    def looks(self):
        return [look_at_parties]

    def get_queryset(self):
        return Agreement.objects.select_related(
            "office", "kind", "part_of__office", "signed_at", "unpublished_reason", "kept_by"
        )


class PartyCell(TextCell):
    """A party of the agreement, by the code of its body."""

    def render(self, value, obj=None, **kwargs):
        return value.body.code if value is not None else ""


class EventResource(KindResource):
    """events: what befell agreements after signing."""

    kind, model, key = "events", AgreementEvent, ("agreement", "kind", "on", "party")
    optional_key, dated = ("party",), ("on",)
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

    own = ("party",)

    def party_of(self, agreement, value):
        """The party of `agreement` that a cell names; None where it is empty."""
        text = plain(value)
        if not text or agreement is None:
            return None
        roles = self.session.rows(AgreementRole, "agreement_id", agreement.pk)
        parties = [role for role in roles if role.role == "party" and role.body_id]
        if exact := [role for role in parties if role.body.code == text]:
            return exact[0]
        body = self.body_named(text)
        if found := [role for role in parties if role.body_id == body.pk]:
            return found[0]
        raise ValueError(
            _("“%(party)s” is no party of the agreement: its parties are %(parties)s.")
            % {"party": text, "parties": ", ".join(role.body.code for role in parties)}
        )

    def body_named(self, text):
        cell = body_cell()
        cell.bind(self.batch, self.office)
        return cell.clean(text)

    def open(self, batch, written):
        super().open(batch, written)
        self.key_columns = ("agreement_id", "kind", "on", "party_id")
        bodies = AgreementRole._default_manager.select_related("body", "person")
        self.session.querysets[AgreementRole] = bodies

    def key_of(self, entry):
        try:
            agreement, kind, on = (
                self.readers[name].read(entry.row.get(name, ""), entry.day)
                for name in ("agreement", "kind", "on")
            )
            party = self.party_of(agreement, entry.row.get("party"))
        except ValueError:  # told under its column when the row is read
            return None
        return (agreement.pk if agreement else None, kind, on, party.pk if party else None)

    def fill_own(self, name, entry):
        agreement = entry.instance._state.fields_cache.get("agreement")
        entry.instance.party = self.party_of(agreement, entry.row["party"])

    def get_queryset(self):
        return AgreementEvent.objects.select_related(
            "agreement__office", "party__body", "successor", "document__office"
        ).order_by("agreement__code", "on_first", "id")


class LinkResource(KindResource):
    """links: how agreements stand to one another."""

    kind, model, key = "links", AgreementLink, ("agreement", "kind", "other")
    agreement = column("agreement", RecordCell(Agreement))
    kind_of_link = column("kind", ChoiceCell(AgreementLink.Kind), "kind")
    other = column("other", RecordCell(Agreement))

    def together(self):
        return [links_in_circles]

    def touch(self, entry):
        self.batch.touch("link", entry.instance, entry)

    def get_queryset(self):
        return AgreementLink.objects.select_related("agreement__office", "other__office").order_by("id")
