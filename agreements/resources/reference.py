"""Files of reference data: lists, bodies, successions, people, other names."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.interchange.session import is_planned
from agreements.models import (
    Agreement,
    Body,
    Document,
    Locality,
    Name,
    Organization,
    Person,
    Succession,
    Term,
)
from agreements.models.name import OWNERS
from agreements.resources.alike import AlikeMixin
from agreements.resources.arms import arm_named
from agreements.resources.columns import PartList, column
from agreements.resources.kind import KindResource
from agreements.resources.marks import mark_of
from agreements.resources.records import RecordCell
from agreements.resources.together import bodies_in_circles, successions, terms_in_circles
from agreements.resources.values import (
    ChoiceCell,
    CountryCell,
    DateCell,
    NumberCell,
    TermCell,
    TextCell,
    YesNoCell,
    body_cell,
    language_of,
    person_cell,
    plain,
)

ORGANIZATIONS = [kind for kind in Body.Kind if kind not in Body.PLACES]
ARMS = {"body": Body, "person": Person, "agreement": Agreement, "term": Term}


class NameCell(TextCell):
    """Another name, as its table takes it."""

    def clean(self, value, row=None, **kwargs):
        text = plain(value)
        return Name._meta.get_field("text").clean(text, None) if text else ""


class OtherNames(PartList):
    """The other spellings of a row, whatever their language; what a new one is, the sheet `names` says."""

    def __init__(self, name="other_names", label=None):
        super().__init__(name, NameCell(), label or gettext_lazy("other names"))

    relation = "names"

    def value_of(self, row):
        return row.text

    def new(self, instance, value, rank):
        language, script = language_of(value)
        owner = {instance.names.field.name: instance}
        return instance.names.model(text=value, language=language, script=script, **owner)


class TermResource(KindResource):
    """terms: the open lists."""

    kind, model, key = "terms", Term, ("vocabulary", "code")
    vocabulary = column("vocabulary", ChoiceCell(Term.Vocabulary))
    code = column("code", TextCell())
    name = column("name", TextCell())
    name_en = column("name_en", TextCell())
    parent = column("parent", TextCell())
    rank = column("rank", NumberCell(whole=True, default=100))
    retired = column("retired", YesNoCell(default=False))

    own = ("parent",)

    def names_itself(self):
        return "parent" in self.written

    def fill_own(self, name, entry):
        entry.instance.parent = self.parent_of(entry.instance, plain(entry.row["parent"]))

    def parent_of(self, instance, text):
        """An entry of the same list, by its code or name; one further down in the file is left for later."""
        if not text:
            return None
        cell = TermCell(instance.vocabulary)
        cell.bind(self.batch, self.office)
        return cell.clean(text)

    def together(self):
        return [terms_in_circles] if "parent" in self.written else []

    def touch(self, entry):
        self.batch.touch("parent", entry.instance, entry)

    def get_queryset(self):
        return Term.objects.select_related("parent")


class BodyResource(KindResource):
    """What localities and organizations share."""

    code = column("code", TextCell())
    name = column("name", TextCell())
    name_en = column("name_en", TextCell())
    kind_of_body = column("kind", ChoiceCell(Body.Kind), "kind")
    country = column("country", CountryCell())
    area = column("area", body_cell())
    parent = column("parent", body_cell())
    official_code = column("official_code", TextCell())
    exists = column("exists", DateCell(period=True))
    other_names = OtherNames()

    stands_for = {"kind": ("area",), "country": ("area",)}  # what may stand there depends on them

    def together(self):
        return [bodies_in_circles] if "parent" in self.written else []

    def touch(self, entry):
        self.batch.touch("parent", entry.instance, entry)

    def get_queryset(self):
        return super().get_queryset().select_related("area", "parent")


class LocalityResource(BodyResource):
    """localities: places, each of which is its own area."""

    kind, model = "localities", Locality
    kind_of_body = column("kind", ChoiceCell(Body.Kind, only=Body.PLACES), "kind")

    def prepare(self, entry):
        if plain(entry.row.get("area")) == plain(entry.row["code"]):
            entry.row["area"] = ""
        super().prepare(entry)

    def finish(self, entry):
        super().finish(entry)
        entry.instance.area_id = entry.instance.pk  # a place is its own area


class OrganizationResource(BodyResource):
    """organizations: bodies that are no places."""

    kind, model = "organizations", Organization
    kind_of_body = column("kind", ChoiceCell(Body.Kind, only=ORGANIZATIONS), "kind")


class SuccessionResource(KindResource):
    """successions: which body came after which."""

    kind, model, key = "successions", Succession, ("old", "new")
    old = column("old", body_cell())
    new = column("new", body_cell())
    on = column("on", DateCell())
    how = column("how", ChoiceCell(Succession.How))
    document = column("document", RecordCell(Document))

    def together(self):
        return [successions]

    def touch(self, entry):
        self.batch.touch("succession", entry.instance, entry)

    def get_queryset(self):
        return Succession.objects.select_related("old", "new", "document__office")


class PersonResource(AlikeMixin, KindResource):
    """people: names only."""

    kind, model = "people", Person
    optional_key, identity, apart = ("code",), ("name",), ("country",)
    code = column("code", TextCell())
    name = column("name", TextCell())
    country = column("country", CountryCell())
    other_names = OtherNames()

    def key_of(self, entry):
        return super().key_of(entry) if plain(entry.row.get("code")) else None

    def prefetch(self, entries):
        super().prefetch(entries)
        self.session.fetch(Person, "name", {self.name_of(entry) for entry in entries} - {""})

    def name_of(self, entry):
        """The name as the table keeps it; "" where it cannot be read."""
        try:
            return self.readers["name"].read(entry.row.get("name", ""))
        except ValueError:  # told under its column when the row is read
            return ""

    def find(self, entry):
        if entry.key:
            return super().find(entry)
        same = self.session.rows(Person, "name", self.name_of(entry))
        return same[0] if len(same) == 1 else self.alike_to(entry)

    def take(self, entry):
        super().take(entry)
        if not entry.new and not entry.instance.code:  # found by the name
            entry.instance.code = entry.kept[0]["code"]

    def open(self, batch, written):
        super().open(batch, written)
        self.codes, self.without = set(), {}

    def count(self, entry):
        """Codes are made from names: “without” holds the stem of each person who has none."""
        person = entry.instance
        if person.code:
            self.codes.add(person.code)
        else:
            entry.made = person.pk, 0
            self.without[person.pk] = Person._meta.get_field("code").stem(person.name)

    def made(self):
        """Codes that neither the register nor the file has, in the order of the rows."""
        field, free = Person._meta.get_field("code"), {}
        for stem in dict.fromkeys(self.without.values()):
            free[stem] = field.free_codes(stem, self.codes)
        return ["code", {key: next(free[stem]) for key, stem in self.without.items()}]


BARE = ("variant", None)
"""Standing and document of a name that a short column made."""


class NameResource(KindResource):
    """names: other spellings of bodies, people, agreements and list entries."""

    kind, model, key = "names", Name, ("of", "code", "text", "language")
    optional_key = ("language",)
    of = column("of", TextCell(), "of", gettext_lazy("name of"))
    code = column("code", TextCell(), "code", gettext_lazy("code"))
    text = column("text", TextCell())
    language = column("language", ChoiceCell(Name.Language, default="und"))
    script = column("script", ChoiceCell(Name.Script, default="Latn"))
    standing = column("standing", ChoiceCell(Name.Standing, default="variant"))
    document = column("document", RecordCell(Document))

    own, stands_for = ("of", "code"), {"of": OWNERS, "code": OWNERS}

    def __init__(self, **options):
        super().__init__(**options)
        self.owners = {
            "body": body_cell(),
            "person": person_cell(),
            "agreement": RecordCell(Agreement),
            "term": TermCell(*Term.Vocabulary.values),
        }

    def cells(self):
        yield from super().cells()
        yield from self.owners.values()

    def open(self, batch, written):
        super().open(batch, written)
        self.lacking = {}

    def owner(self, row):
        """(arm, what bears the name)."""
        arm = arm_named(row.get("of"), ARMS)
        owner = self.owners[arm].clean(row.get("code"))
        if owner is None:
            raise ValueError(_("Give the code of what bears the name."))
        return arm, owner

    def key_of(self, entry):
        try:
            arm, owner = self.owner(entry.row)
            text, language = (
                self.readers[name].read(entry.row.get(name, "")) for name in ("text", "language")
            )
        except ValueError:  # told under its column when the row is read
            return None
        return arm, owner.pk, text, language

    def prefetch(self, entries):
        self.prefetch_references(entries)
        codes = {plain(entry.row.get("code")) for entry in entries}
        self.owners["agreement"].fetch(codes)
        for entry in entries:
            entry.key = self.key_of(entry)
        for arm in OWNERS:
            owners = {entry.key[1] for entry in entries if entry.key and entry.key[0] == arm}
            self.session.fetch(Name, f"{arm}_id", owners)

    def find(self, entry):
        """The row of that key; one that a short column made of the spelling alone is filled in."""
        if not entry.key:
            return None
        arm, owner, text, language = entry.key
        rows = [name for name in self.session.rows(Name, f"{arm}_id", owner) if name.text == text]
        if found := [name for name in rows if name.language == language]:
            return found[0]
        bare = [name for name in rows if self.is_bare(name)]
        return next((name for name in bare if self.untouched(name)), None)

    def is_bare(self, row):
        """Whether a short column made the name: of this file, or one of which nothing but the spelling is known."""
        of_file = is_planned(row.pk) and row.language == language_of(row.text)[0]
        return (row.language == "und" or of_file) and (row.standing, row.document_id) == BARE

    def untouched(self, row):
        """Whether no row of the file has named the row of the table yet."""
        return mark_of(row) not in self.first

    def fill_own(self, name, entry):
        if name == "of":
            arm_named(entry.row.get("of"), ARMS)
            return
        try:
            arm_named(entry.row.get("of"), ARMS)
        except ValueError:  # told under its own column
            return
        arm, owner = self.owner(entry.row)
        for other in OWNERS:
            setattr(entry.instance, other, owner if other == arm else None)

    def take(self, entry):
        super().take(entry)
        if not plain(entry.row.get("script")):
            entry.instance.script = language_of(entry.instance.text)[1]

    def check(self, entry):
        if entry.instance.text:
            super().check(entry)

    def get_queryset(self):
        return Name.objects.select_related(*OWNERS, "agreement__office", "document__office").order_by("id")
