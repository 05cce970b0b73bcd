"""Where the register names a person: rows that are about them, and texts anywhere that hold one of their names."""

from dataclasses import dataclass, field
from functools import cached_property

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from agreements import names
from agreements.fields import Derived
from agreements.models import Body, Document, Locality, Name, Organization, Person, Succession, Term, User
from agreements.models.role import Role
from tracker.backup.counting import tables
from tracker.personal.spellings import ERASED, Spellings
from tracker.trace.models import AccessLog, Seal

LISTS = (Body, Locality, Organization, Succession, Term)
NOT_SOUGHT = {Seal, User, Group, Permission, ContentType, *LISTS}
"""Tables that hold no texts about people; names of places and schools are no personal data; accounts are separate."""
EXCERPT = 40


def erased_code(person):
    """The code of a person who has been erased."""
    return f"da-xoa-{person.pk}"


def live(model):
    """The table of which `model` is the history, or itself."""
    return getattr(model, "instance_type", model)


def past(model):
    """`model` and its history."""
    return [model, model.history.model] if hasattr(model, "history") else [model]


@dataclass(frozen=True)
class Mention:
    """One column of one row that holds a name."""

    model: type
    pk: object
    column: str
    excerpt: str


@dataclass
class Holdings:
    """All that the register holds of one person."""

    person: Person
    roles: list = field(default_factory=lambda: [one for one in apps.get_models() if issubclass(one, Role)])

    # Names ---------------------------------------------------------------------------------------------
    @cached_property
    def spellings(self):
        """Every name and code, also earlier ones, and how papers print them."""
        written = {
            text
            for model in past(Person)
            for row in model._base_manager.filter(id=self.person.pk).values_list("name", "code")
            for text in row
        }
        for model, column in ((Name, "text"), *((role, "as_printed") for role in self.roles)):
            for table in past(model):
                written |= set(
                    table._base_manager.filter(person_id=self.person.pk).values_list(column, flat=True)
                )
        return Spellings(written - {ERASED, erased_code(self.person)})

    @cached_property
    def namesakes(self):
        """Who or what else bears one of the names: then nobody can say whom a text means."""
        keys = {names.key(one) for one in self.spellings.sought}
        people = Person._base_manager.exclude(pk=self.person.pk)
        aliases = Name._base_manager.filter(person__isnull=False).exclude(person=self.person.pk)
        found = [*people.filter(key__in=keys), *(one.person for one in aliases.filter(key__in=keys))]
        for model in (Body, Term):
            found += [row for row in model._base_manager.all() if self.spellings.within(row.name)]
        return list(dict.fromkeys(found))

    # Rows about the person -----------------------------------------------------------------------------
    def own(self, model):
        """The rows of `model` (a table or a history) that are about the person; None where it has none."""
        known = live(model)
        if known is Person:
            return model._base_manager.filter(id=self.person.pk)
        if known is Name or issubclass(known, Role):
            return model._base_manager.filter(person_id=self.person.pk)
        if model is LogEntry:
            kind = ContentType.objects.get_for_model(Person)
            return LogEntry.objects.filter(content_type=kind, object_id=str(self.person.pk))
        if model is AccessLog:
            key = self.person.pk
            return AccessLog.objects.filter(
                Q(path__startswith=f"/admin/agreements/person/{key}/") | Q(path__startswith=f"/people/{key}/")
            )
        return None

    def of_others(self, model):
        """Q: rows about other people, whose names are theirs."""
        known = live(model)
        if known is Person:
            return ~Q(id=self.person.pk)
        if known is Name or issubclass(known, Role):
            return Q(person__isnull=False) & ~Q(person_id=self.person.pk)
        if model is LogEntry:
            kind = ContentType.objects.get_for_model(Person)
            return Q(content_type=kind) & ~Q(object_id=str(self.person.pk))
        return Q(pk__in=[])

    # Texts anywhere --------------------------------------------------------------------------------------
    def sought(self):
        """The tables whose texts are read."""
        return [model for model in tables() if live(model) not in NOT_SOUGHT]

    def mentions(self):
        """Every Mention, in rows about the person too; the whole register is read."""
        for model in self.sought():
            columns = text_columns(model)
            if not columns:
                continue
            rows = model._base_manager.exclude(self.of_others(model)).order_by("pk")
            for pk, *values in rows.values_list("pk", *(one.attname for one in columns)).iterator(2000):
                for column, value in zip(columns, values, strict=True):
                    if found := self.in_value(value):
                        yield Mention(model, pk, column.name, found)

    def documents(self):
        """Documents with a file that are cited for the person or named after them: the file may hold the name."""
        cited = {
            key
            for role in self.roles
            for key in self.own(role).exclude(document=None).values_list("document", flat=True)
        }
        named = {one.pk for one in self.mentions() if one.model is Document}
        found = Document._base_manager.filter(pk__in=cited | named).exclude(file="").exclude(file=None)
        return list(found.order_by("code"))

    def in_value(self, value):
        """The words around the first name in a value, "" where there is none."""
        for text in texts_in(value):
            for begin, end in self.spellings.spans(text)[:1]:
                return text[max(begin - EXCERPT, 0) : end + EXCERPT]
        return ""


def text_columns(model):
    """Columns with texts that somebody wrote or that quote them; derived ones follow these."""
    kinds = models.CharField | models.TextField | models.JSONField | models.FileField
    found = [one for one in model._meta.concrete_fields if isinstance(one, kinds) and not one.primary_key]
    return [one for one in found if not isinstance(one, Derived) and not one.choices]


def texts_in(value):
    """Every text in a value of a column, also deep within JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from texts_in(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield key
            yield from texts_in(one)
