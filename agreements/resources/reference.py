"""Files of reference data: lists, bodies, successions, people, other names."""

from collections import defaultdict
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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
from agreements.resources.arms import arm_named
from agreements.resources.columns import PartList, column
from agreements.resources.kind import KindResource
from agreements.resources.values import (
    ChoiceCell,
    CountryCell,
    DateCell,
    Later,
    NumberCell,
    RecordCell,
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


class OtherNames(PartList):
    """The other spellings of a row, whatever their language; what a new one is, the sheet `names` says."""

    def __init__(self, name="other_names", label=None):
        super().__init__(name, TextCell(), label or gettext_lazy("other names"))

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

    def fill(self, field, instance, row):
        if field.column_name == "parent":
            instance.parent = self.parent_of(instance, plain(row["parent"]))
        else:
            super().fill(field, instance, row)

    def parent_of(self, instance, text):
        """An entry of the same list, by its code or name; one further down in the file is left for later."""
        if not text:
            return None
        if found := Term.objects.filter(vocabulary=instance.vocabulary, code=text).first():
            return found
        if text in self.in_file:
            raise Later(text)
        return TermCell(instance.vocabulary).clean(text)

    def cell_text(self, field, instance):
        if field.column_name == "parent":
            return instance.parent.code if instance.parent_id else ""
        return super().cell_text(field, instance)

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

    def get_queryset(self):
        return super().get_queryset().select_related("area", "parent")


class LocalityResource(BodyResource):
    """localities: places, each of which is its own area."""

    kind, model = "localities", Locality
    kind_of_body = column("kind", ChoiceCell(Body.Kind, only=Body.PLACES), "kind")

    def fill(self, field, instance, row):
        own = field.column_name == "area" and plain(row["area"]) in ("", plain(row["code"]))
        if not own:
            super().fill(field, instance, row)


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

    def get_queryset(self):
        return Succession.objects.select_related("old", "new", "document__office")


class PersonResource(KindResource):
    """people: names only."""

    kind, model = "people", Person
    optional_key = ("code",)
    code = column("code", TextCell())
    name = column("name", TextCell())
    country = column("country", CountryCell())
    other_names = OtherNames()

    def whole_key(self, row):
        return bool(plain(row.get("code")))

    def find(self, row):
        if self.whole_key(row):
            return super().find(row)
        same = Person.objects.filter(name=plain(row.get("name")))[:2]
        return same[0] if len(same) == 1 else None

    def fill(self, field, instance, row):
        if field.column_name != "code" or self.whole_key(row):
            super().fill(field, instance, row)


BARE = ("und", "variant", None)
"""Language, standing and document of a name that a short column made."""


def identity(name):
    arm = next(arm for arm in OWNERS if getattr(name, f"{arm}_id"))
    return arm, getattr(name, f"{arm}_id"), name.text


class NameResource(KindResource):
    """names: other spellings of bodies, people, agreements and list entries."""

    kind, model, key = "names", Name, ("of", "code", "text", "language")
    optional_key = ("language",)
    of = column("of", TextCell(), "of", gettext_lazy("name of"))
    code = column("code", TextCell(), "code", gettext_lazy("code"))
    text = column("text", TextCell())
    language = column("language", ChoiceCell(Name.Language, default="und"))
    script = column("script", ChoiceCell(Name.Script))
    standing = column("standing", ChoiceCell(Name.Standing, default="variant"))
    document = column("document", RecordCell(Document))

    def start_file(self):
        super().start_file()
        self.owners = {
            "body": body_cell(),
            "person": person_cell(),
            "agreement": RecordCell(Agreement),
            "term": TermCell(*Term.Vocabulary.values),
        }
        self.owners["agreement"].office = self.office
        self.__dict__.pop("known", None)

    def owner(self, row):
        """(arm, what bears the name)."""
        arm = arm_named(row.get("of"), ARMS)
        owner = self.owners[arm].clean(row.get("code"))
        if owner is None:
            raise ValueError(_("Give the code of what bears the name."))
        return arm, owner

    def arm_known(self, row):
        """Whether the column `of` can be read; if not, that is told once, under it."""
        try:
            return bool(arm_named(row.get("of"), ARMS))
        except ValueError:
            return False

    def find(self, row):
        """The row of that key; one that a short column made of the spelling alone is filled in."""
        try:
            arm, owner = self.owner(row)
            language = self.fields["language"].clean(row)
        except ValueError:
            return None
        rows = self.known.get((arm, owner.pk, plain(row.get("text"))), ())
        if found := [name for name in rows if name.language == language]:
            return found[0]
        bare = [name for name in rows if (name.language, name.standing, name.document_id) == BARE]
        return next((name for name in bare if (Name, name.pk) not in self.touched), None)

    @cached_property
    def known(self):
        """{(arm, owner, text): names}: one query, because a file of names is long."""
        found = defaultdict(list)
        for name in Name.objects.select_related(*OWNERS, "document").order_by("id"):
            found[identity(name)].append(name)
        return found

    def after_save_instance(self, instance, row, **kwargs):
        super().after_save_instance(instance, row, **kwargs)
        if instance not in self.known[identity(instance)]:
            self.known[identity(instance)].append(instance)

    def fill(self, field, instance, row):
        if field.column_name == "code" and self.arm_known(row):
            arm, owner = self.owner(row)
            for other in OWNERS:
                setattr(instance, other, owner if other == arm else None)
        elif field.column_name == "of":
            arm_named(row.get("of"), ARMS)
        elif field.column_name != "code":
            super().fill(field, instance, row)
        if field.column_name == "script" and not instance.script:
            instance.script = language_of(plain(row.get("text")))[1]

    def cell_text(self, field, instance):
        if field.column_name not in ("of", "code"):
            return super().cell_text(field, instance)
        arm = next(arm for arm in OWNERS if getattr(instance, f"{arm}_id"))
        return arm if field.column_name == "of" else self.owners[arm].render(getattr(instance, arm))

    def get_queryset(self):
        return Name.objects.select_related(*OWNERS, "agreement__office", "document__office").order_by("id")
