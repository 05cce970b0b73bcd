"""Files of reference data: lists, bodies, successions, people, other names."""

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
from agreements.resources.kind import KindResource, ListColumn, column
from agreements.resources.values import (
    ChoiceCell,
    DateCell,
    NumberCell,
    RecordCell,
    ReferenceCell,
    TermCell,
    TextCell,
    YesNoCell,
    body_cell,
    person_cell,
)


class OtherNames(ListColumn):
    """The other spellings of a row, whatever their language."""

    def __init__(self, name="other_names"):
        super().__init__(name, TextCell())

    def current(self, instance):
        return list(instance.names.order_by("id").values_list("text", flat=True))

    def write(self, instance, values):
        for name in instance.names.exclude(text__in=values):
            name.delete()
        there = set(instance.names.values_list("text", flat=True))
        for text in values:
            if text not in there:
                name = instance.names.model(text=text, **{instance.names.field.name: instance})
                name.full_clean()
                name.save()


class TermResource(KindResource):
    """terms: the open lists."""

    kind, model, key = "terms", Term, ("vocabulary", "code")
    vocabulary = column("vocabulary", ChoiceCell(Term.Vocabulary))
    code = column("code", TextCell())
    name = column("name", TextCell())
    name_en = column("name_en", TextCell())
    parent = column("parent", TextCell())
    rank = column("rank", NumberCell(whole=True))
    retired = column("retired", YesNoCell(default=False))

    def import_field(self, field, instance, row, is_m2m=False, **kwargs):
        if field.column_name == "parent" and row.get("parent"):
            return self.set_parent(instance, row)
        if field.column_name == "parent":
            instance.parent = None
            return None
        return super().import_field(field, instance, row, is_m2m, **kwargs)

    def set_parent(self, instance, row):
        parent = Term.objects.filter(vocabulary=instance.vocabulary, code=row["parent"]).first()
        instance.parent = parent or TermCell(instance.vocabulary).clean(row["parent"])

    def export_field(self, field, instance, **kwargs):
        if field.column_name == "parent":
            return instance.parent.code if instance.parent_id else ""
        return super().export_field(field, instance, **kwargs)


class BodyResource(KindResource):
    """What localities and organizations share."""

    code = column("code", TextCell())
    name = column("name", TextCell())
    name_en = column("name_en", TextCell())
    kind_of_body = column("kind", ChoiceCell(Body.Kind), "kind")
    country = column("country", TextCell())
    area = column("area", body_cell())
    parent = column("parent", body_cell())
    official_code = column("official_code", TextCell())
    exists = column("exists", DateCell(period=True))
    other_names = OtherNames()

    def after_save_instance(self, instance, row, **kwargs):
        for cell in self.cells():
            if isinstance(cell, ReferenceCell) and cell._codes is not None:
                cell._codes[instance.code] = instance


class LocalityResource(BodyResource):
    """localities: places."""

    kind, model = "localities", Locality


class OrganizationResource(BodyResource):
    """organizations: bodies that are no places."""

    kind, model = "organizations", Organization


class SuccessionResource(KindResource):
    """successions: which body came after which."""

    kind, model, key = "successions", Succession, ("old", "new")
    old = column("old", body_cell())
    new = column("new", body_cell())
    on = column("on", DateCell())
    how = column("how", ChoiceCell(Succession.How))
    document = column("document", RecordCell(Document))


class PersonResource(KindResource):
    """people: names only."""

    kind, model = "people", Person
    optional_key = ("code",)
    code = column("code", TextCell())
    name = column("name", TextCell())
    country = column("country", TextCell())
    other_names = OtherNames()

    def find(self, row):
        if row.get("code"):
            return super().find(row)
        same = Person.objects.filter(name=TextCell().clean(row.get("name")))[:2]
        return same[0] if len(same) == 1 else None


class OwnerCell(TextCell):
    """The code of what bears a name; its kind stands in the column `of`."""

    def __init__(self):
        self.cells = {
            "body": body_cell(),
            "person": person_cell(),
            "agreement": RecordCell(Agreement),
            "term": TermCell(*Term.Vocabulary.values),
        }


class NameResource(KindResource):
    """names: other spellings of bodies, people, agreements and list entries."""

    kind, model, key = "names", Name, ("of", "code", "text", "language")
    of = column("of", TextCell(), "body")
    code = column("code", TextCell(), "person")
    text = column("text", TextCell())
    language = column("language", ChoiceCell(Name.Language, default="vi"))
    script = column("script", ChoiceCell(Name.Script, default="Latn"))
    standing = column("standing", ChoiceCell(Name.Standing, default="variant"))
    document = column("document", RecordCell(Document))

    def __init__(self, office=None, **kwargs):
        super().__init__(office, **kwargs)
        self.owners = OwnerCell().cells

    def before_import(self, dataset, **kwargs):
        super().before_import(dataset, **kwargs)
        self.owners = OwnerCell().cells
        self.owners["agreement"].office = self.office

    def owner(self, row):
        arm = ChoiceCell(ARMS).clean(row.get("of"))
        if not arm:
            raise ValueError(str(ChoiceCell.__doc__))
        return arm, self.owners[arm].clean(row.get("code"))

    def find(self, row):
        try:
            arm, owner = self.owner(row)
        except ValueError:
            return None
        language = ChoiceCell(Name.Language, default="vi").clean(row.get("language"))
        return Name.objects.filter(
            **{arm: owner}, text=TextCell().clean(row.get("text")), language=language
        ).first()

    def import_field(self, field, instance, row, is_m2m=False, **kwargs):
        if field.column_name == "of":
            return None
        if field.column_name == "code":
            arm, owner = self.owner(row)
            for other in OWNERS:
                setattr(instance, other, owner if other == arm else None)
            return None
        return super().import_field(field, instance, row, is_m2m, **kwargs)

    def export_field(self, field, instance, **kwargs):
        if field.column_name == "of":
            return next(arm for arm in OWNERS if getattr(instance, f"{arm}_id"))
        if field.column_name == "code":
            return instance.of.code
        return super().export_field(field, instance, **kwargs)

    def get_queryset(self):
        return Name.objects.select_related(*OWNERS, "document")


class ARMS:
    """What may bear a name, as a list for ChoiceCell."""

    choices = [("body", "body"), ("person", "person"), ("agreement", "agreement"), ("term", "term")]
