"""A row of a file as a record of its own, made without the engine and judged by Django's `full_clean()`."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction

from agreements.models import AgreementRole, Body, Name, Person, Progress
from agreements.models.term import Term
from agreements.resources.arms import arm_named
from agreements.resources.columns import ListColumn
from agreements.resources.records import RecordCell
from agreements.resources.reference import ARMS, language_of
from agreements.resources.values import (
    ChoiceCell,
    NumberCell,
    ReferenceCell,
    TermCell,
    plain,
)
from delegations import rules
from delegations.models import DelegationRole, DeliveryLine, DeliveryRole, VisitCitation
from delegations.resources.shared import CITED, EVENTS, PROMISES, RECORDS, ROLES

CLEARER = {"This field cannot be null."}
"""Of an empty reference the import says which column is to be filled in, in words of its own."""
CIRCLES = ("already.", "cannot also come before.")
"""Circles are looked for when all rows of the file are read: the import tells them in words for many rows."""


ITSELF = "a new row names itself"
"""There is no such record yet to Django; the import says that nothing comes under itself."""
TABLES = ("of", "record", "event", "to")
"""While these cannot be read, nobody knows in which table the others are to be looked up."""


class Twin:
    """`accepted`: whether Django takes the row; `told`: its sentences as (column, sentence).

    `unread` are the columns whose cells cannot be read at all, each with its sentence: they are left out of
    `full_clean`, as a form does, and only have to be told.
    """

    def __init__(self, resource, row):
        self.kind, self.row, self.resource = resource.kind, row, resource
        self.values, self.unread, self.told, self.beside = {}, {}, set(), set()
        self.record = None
        self.read_row()
        self.accepted = self.judge() and not self.unread

    # Reading -------------------------------------------------------------------------------------------
    def read_row(self):
        for field in self.resource.get_import_fields():
            name = field.column_name
            if name in self.row and name not in self.resource.own and not isinstance(field, ListColumn):
                self.read(name, field.widget, field.attribute)
        self.make()

    def read(self, name, cell, attribute=None, text=None):
        """Note the value of a cell under `attribute`, or that it cannot be read; gives the value."""
        try:
            value = cell.clean(self.row.get(name, "") if text is None else text)
        except (ValueError, ValidationError) as error:
            self.unread[name] = str(error)
            return None
        if attribute:
            self.values[attribute] = value
        return value

    def make(self):
        """The record that the row names, or a new one, with the values of the row."""
        table = getattr(self, f"own_{self.kind}", lambda: self.resource.model)()
        if table is None:
            return
        self.record = self.stored(table) or table()
        for attribute, value in self.values.items():
            setattr(self.record, attribute, value)

    def stored(self, table):
        """The record with the natural key of the row."""
        find = getattr(self, f"find_{self.kind}", None)
        if find:
            return find(table)
        names = [
            self.resource.fields[self.resource.field_names[name]].attribute for name in self.resource.key
        ]
        if set(self.resource.key) & set(self.unread):
            return None
        key = {name: self.values.get(name) for name in names}
        return table._default_manager.filter(**key).first() if all(key.values()) else None

    # Columns that are no field of the record, by kind ----------------------------------------------------
    def own_terms(self):
        vocabulary = self.values.get("vocabulary")
        found = vocabulary and self.read("parent", TermCell(vocabulary), "parent")
        if vocabulary and not found and self.names_itself("parent", "code"):
            self.unread["parent"] = ITSELF
        return Term

    def own_localities(self):
        if plain(self.row["area"]) == plain(self.row["code"]):  # a place is its own place
            self.unread.pop("area", None)
            self.values["area"] = None
        return self.resource.model

    def own_events(self):
        agreement, text = self.values.get("agreement"), plain(self.row["party"])
        self.values["party"] = None
        if agreement and text:
            parties = AgreementRole.objects.filter(agreement=agreement, role="party", body__code=text)
            self.values["party"] = parties.first()
            if not parties:
                self.unread["party"] = ""
        return self.resource.model

    def own_progress(self):
        return self.sibling("commitment", "corrects")

    def own_lines(self):
        return self.sibling("delivery", "part_of")

    def sibling(self, owner, column):
        """The row of the same record whose number stands in `column`."""
        number = self.read(column, NumberCell(whole=True))
        self.values[column] = None
        if number is not None:
            key = {owner: self.values.get(owner), "number": number}
            self.values[column] = self.resource.model.objects.filter(**key).first()
            if self.values[column] is None:
                self.unread[column] = ITSELF if self.names_itself(column, "number") else ""
        return self.resource.model

    def names_itself(self, column, key):
        return plain(self.row[column]) == plain(self.row[key]) != ""

    def arm(self, column, arms):
        try:
            return arm_named(self.row[column], arms)
        except ValueError as error:
            self.unread[column] = str(error)
            return None

    def referred(self, column, cell, arm):
        """What the code in `column` names becomes the value of `arm`; an empty cell cannot be read."""
        if self.read(column, cell, arm) is None:
            self.unread.setdefault(column, "")

    def own_names(self):
        arm = self.arm("of", ARMS)
        if arm is None:
            return None
        cells = {
            "body": ReferenceCell(Body),
            "person": ReferenceCell(Person),
            "term": TermCell(*Term.Vocabulary),
        }
        self.referred("code", cells.get(arm) or RecordCell(ARMS[arm]), arm)
        if not plain(self.row["script"]):
            self.values["script"] = language_of(self.values["text"])[1]
            self.unread.pop("script", None)
        return Name

    def own_roles(self):
        arm = self.arm("record", RECORDS)
        if arm is None:
            return None
        self.referred("code", RecordCell(RECORDS[arm]), arm)
        self.read("role", ChoiceCell(ROLES[arm].As), "role")
        lead = self.read("lead", self.resource.fields["lead"].widget, "lead")
        if lead and arm != "agreement":
            self.unread["lead"] = "Only a part in an agreement leads"
        if plain(self.row["rank"]):
            self.read("rank", self.resource.fields["rank"].widget, "rank")
        return ROLES[arm]

    def own_contributions(self):
        arm, to = self.arm("event", EVENTS), self.arm("to", PROMISES)
        if arm:
            self.referred("code", RecordCell(EVENTS[arm]), arm)
        if to:
            self.referred("to_code", RecordCell(PROMISES[to]), to)
        number = self.read("line", NumberCell(whole=True))
        if number is not None:
            lines = DeliveryLine.objects.filter(delivery=self.values.get("delivery"), number=number)
            self.values["line"] = lines.first()
            if not lines:
                self.unread["line"] = ""
        return self.resource.model if arm and to else None

    def own_citations(self):
        arm = self.arm("record", CITED)
        if arm is None:
            return None
        table = VisitCitation if arm in EVENTS else self.resource.model
        if arm == "progress":
            self.report_cited()
        else:
            self.referred("code", RecordCell(CITED[arm]), arm)
        self.read("role", ChoiceCell(table.Role, default="source"), "role")
        return table

    def report_cited(self):
        commitment, _hash, number = plain(self.row["code"]).rpartition("#")
        reports = Progress.objects.filter(
            commitment__code=commitment, number=number if number.isdecimal() else 0
        )
        self.values["progress"] = reports.first()
        if not reports:
            self.unread["code"] = ""

    # The record that stands already, where the key is more than columns ---------------------------------
    def find_people(self, table):
        code, name = self.values.get("code"), self.values.get("name")
        found = table.objects.filter(code=code) if code else table.objects.filter(name=name)
        if len(found) != 1:
            return None
        self.values["code"] = found[0].code
        return found[0]

    def find_names(self, table):
        """The name of that key, else the one that a short column made of the spelling alone."""
        owner = {arm: value for arm, value in self.values.items() if arm in ARMS}
        rows = (
            table.objects.filter(text=self.values["text"], **owner).order_by("id")
            if all(owner.values())
            else []
        )
        exact = [row for row in rows if row.language == self.values.get("language")]
        bare = [row for row in rows if (row.language, row.standing, row.document) == ("und", "variant", None)]
        return next(iter([*exact, *bare]), None)

    def find_roles(self, table):
        arm = self.arm("record", RECORDS)
        if {"code", "role", "body", "person", "title"} & set(self.unread):
            return None
        rows = list(
            table.objects.filter(**{arm: self.values[arm], "role": self.values["role"]}).order_by("id")
        )
        body, person, title = (self.values[name] for name in ("body", "person", "title"))
        exact = [row for row in rows if (row.body, row.person, row.title) == (body, person, title)]
        alone = {(body, None), (None, person), (body, person)} - {(None, None)}
        bare = [row for row in rows if (row.body, row.person) in alone and not row.title]
        return next(iter([*exact, *bare]), None)

    def find_contributions(self, table):
        named = {"delegation", "meeting", "delivery", "agreement", "commitment", "line", "how", "counterpart"}
        return self.found_by(table, named)

    def find_citations(self, table):
        named = {
            "agreement",
            "commitment",
            "progress",
            "delegation",
            "meeting",
            "delivery",
            "document",
            "role",
            "locator",
        }
        return self.found_by(table, named)

    def find_events(self, table):
        return self.found_by(table, {"agreement", "kind", "on", "party"})

    def find_targets(self, table):
        return self.found_by(table, {"commitment", "period", "obligor", "counterpart"})

    def found_by(self, table, named):
        """The row of which every field `named` is as in the file; what the file does not name is empty."""
        if set(self.resource.key) & set(self.unread):
            return None
        fields = {field.name for field in table._meta.concrete_fields} & named
        return table.objects.filter(
            **{name: self.values[name] for name in fields if self.values.get(name) is not None},
            **{f"{name}__isnull": True for name in fields if self.values.get(name) is None},
        ).first()

    # Judging -------------------------------------------------------------------------------------------
    def judge(self):
        """Whether Django takes the record: its rules first, then the database, then the rules of its whole."""
        if self.record is None or self.is_a_changed_report():
            return False
        self.record.checked_together = True
        self.told = self.sentences(self.record.clean_fields)
        self.put_back({column for column, _sentence in self.told})
        self.told |= self.sentences(self.record.full_clean)
        self.record.checked_together = False
        self.beside = self.sentences(self.record.full_clean) - self.told
        if not (self.unread or self.told or self.beside):
            self.save()
        return not (self.told or self.beside)

    def put_back(self, columns):
        """A refused cell changes nothing, as in a form: the other rules are asked of what stood there."""
        table = type(self.record)
        stood = table._base_manager.filter(pk=self.record.pk).first() or table()
        for field in self.resource.get_import_fields():
            if field.column_name in columns and field.attribute in self.values:
                name = table._meta.get_field(field.attribute).attname
                setattr(self.record, name, getattr(stood, name))

    def sentences(self, check):
        """What `full_clean` says, as (column, sentence); a column that cannot be read is left out, as in a form."""
        attributes = {one.column_name: one.attribute for one in self.resource.get_import_fields()}
        told = {*self.unread, *(column for column, _sentence in self.told)}
        left_out = {attributes.get(name, name) for name in told} | told
        left_out.update(*(self.resource.stands_for.get(name, ()) for name in told))
        if "code" in self.unread and hasattr(self.resource, "arms"):
            left_out |= set(self.resource.arms)
        left_out |= {one.name for one in self.record.derived_fields() if left_out.intersection(one.sources())}
        try:
            check(exclude=left_out)
        except ValidationError as error:
            columns = {attribute: column for column, attribute in attributes.items()}
            return {
                ("" if name == NON_FIELD_ERRORS else columns.get(name, name), sentence)
                for name, sentences in error.message_dict.items()
                for sentence in sentences
                if name not in left_out
            }
        return set()

    def is_a_changed_report(self):
        """A report that stands is never changed (model.md §4): forms offer no page for it, files are refused."""
        if self.kind != "progress" or self.record._state.adding:
            return False
        stored = Progress.objects.get(pk=self.record.pk)
        names = [field.attname for field in Progress._meta.concrete_fields]
        return any(getattr(stored, name) != getattr(self.record, name) for name in names)

    def save(self):
        """Write the record; what the database, or a form with all parts of the whole, would refuse is told."""
        try:
            with transaction.atomic():
                self.record.save()
        except IntegrityError as error:
            self.told = {("", f"the database refuses: {error}")}
            return
        if isinstance(self.record, DelegationRole):
            self.beside = self.sentences(self.record.delegation.full_clean)
        if isinstance(self.record, DeliveryRole):
            roles = self.record.delivery.roles.select_related("body")
            sides = [[role.body for role in roles if role.role == side] for side in ("giver", "receiver")]
            self.beside = {("", str(sentence)) for sentence in rules.one_sided_faults(*sides)}

    def untold(self, faults):
        """What Django says and the import does not: `faults` are its sentences as (column, sentence)."""
        for column, sentence in sorted(self.told):
            told = [other for one, other in faults if one == column]
            if not (told if sentence in CLEARER else any(sentence in other for other in told)):
                yield f"the import does not say in “{column}”: {sentence}"
        for column, sentence in sorted(self.unread.items()):
            if self.record is None and column not in TABLES:
                continue
            if sentence == ITSELF:
                told = any("itself" in other for _one, other in faults)
            else:
                told = any(one == column and sentence in other for one, other in faults)
            if not told:
                yield f"the import does not say in “{column}” (cell): {sentence}"
        if self.told or self.unread:
            return  # rules over several rows are asked when every row can be read
        for _column, sentence in sorted(self.beside):
            if not sentence.endswith(CIRCLES) and not any(sentence in other for _one, other in faults):
                yield f"the import does not say: {sentence}"
