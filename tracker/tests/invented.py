"""A register invented at random: every table, with texts, codes, dates and numbers that are easily spoilt."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from agreements.fields import Derived, EdtfField, LongText, VersionField, WebAddress
from agreements.models import (
    Agreement,
    AgreementEvent,
    AgreementLink,
    AgreementRole,
    Body,
    Citation,
    Commitment,
    CommitmentRole,
    Document,
    Name,
    Person,
    Progress,
    StateOverride,
    Succession,
    Target,
    Term,
)
from delegations.models import (
    Contribution,
    Delegation,
    DelegationRole,
    Delivery,
    DeliveryLine,
    DeliveryRole,
    Meeting,
    MeetingRole,
    VisitCitation,
)

DATES = ["", "2021", "2021-08", "2021-08-27", "2021?-08-27", "2021-08-27?", "2021?"]
PERIODS = ["2020/2025", "2020-01/2025-06", "2019-07-01/..", "../2024-12-31", "2020?/2025"]
DAYS = [date(2023, 1, 31), date(2023, 12, 31), date(2024, 2, 29), date(2024, 10, 1)]
NUMBERS = [Decimal(text) for text in ("0", "0.5", "1500", "1.25", "1000000.1", "9999999999999.99")]
PLACE_KINDS = [kind for kind in Body.Kind if kind in Body.PLACES]
OTHER_KINDS = [kind for kind in Body.Kind if kind not in Body.PLACES]
NOT_IN_FILES = {
    "review_state",
    "review_note",
    "withdrawn_on",
    "withdrawn_reason",
    "withdrawn_by",
    "withdrawn_with_agreement",
    "file",
    "file_name",
    "author",
}
TIMES = {
    Succession: 2, Document: 6, Agreement: 6, AgreementRole: 8, AgreementEvent: 4, AgreementLink: 4, Delegation: 4,
    DelegationRole: 6, Meeting: 4, MeetingRole: 5, Commitment: 6, CommitmentRole: 8, Target: 5, Progress: 6,
    StateOverride: 5, Contribution: 8, Citation: 8, VisitCitation: 6, Name: 10,
}  # fmt: skip
"""How many rows of each table are tried, in the order in which they can refer to one another."""


class Invention:
    """Fills an empty register by `chance`, with `words` for texts of one line, `pages` for longer ones, `codes`."""

    def __init__(self, chance, words, pages, codes):
        self.chance, self.words, self.pages, self.codes = chance, words, pages, codes
        self.known = {}

    def fill(self):
        self.reference()
        for model, times in TIMES.items():
            for _time in range(times):
                self.add(model)
            if model is Commitment:
                self.deliveries()

    def reference(self):
        """Lists, places, offices, people: what everything else refers to."""
        for vocabulary in Term.Vocabulary:
            for code in self.chance.sample(self.codes, 2):
                self.add(Term, vocabulary=vocabulary, code=code)
        for number in range(3):
            self.add(Body, code=f"P{number}{self.chance.choice(self.codes)}", kind=self.chance.choice(PLACE_KINDS),
                     country="VN" if number else "LA", area=None)  # fmt: skip
        for number in range(3):
            place = self.chance.choice(list(Body.objects.places()))
            self.add(Body, code=f"O{number}{self.chance.choice(self.codes)}", kind=self.chance.choice(OTHER_KINDS),
                     country=place.country, area=place)  # fmt: skip
        for _number in range(3):
            self.add(Person, country="VN")

    def deliveries(self):
        for _number in range(3):
            bodies = self.chance.sample(list(Body.objects.all()), 2)
            if delivery := self.add(Delivery):
                for role, body in zip(("giver", "receiver"), bodies, strict=True):
                    DeliveryRole.objects.create(
                        delivery=delivery, role=role, body=body, rank=self.chance.randint(0, 3)
                    )
                for number in range(1, 4):
                    self.add(DeliveryLine, delivery=delivery, number=number)
                self.add(DeliveryRole, delivery=delivery, role="witness")

    def add(self, model, tries=6, **facts):
        """A row that the rules take, or None; its n:m lists too."""
        for _try in range(tries):
            row = model(**{**self.values(model, facts), **facts})
            try:
                row.clean_fields()
                row.clean()
                with transaction.atomic():
                    row.save()  # the database knows the constraints, and is quicker than `full_clean`
            except (ValidationError, IntegrityError):
                continue
            self.known = {
                field: rows for field, rows in self.known.items() if field.related_model is not model
            }
            for field in model._meta.many_to_many:
                others = list(field.remote_field.model.objects.complex_filter(field.get_limit_choices_to()))
                getattr(row, field.name).set(
                    self.chance.sample(others, min(len(others), self.chance.randint(0, 2)))
                )
            return row
        return None

    def values(self, model, facts):
        arms = self.arms(model)
        return {
            field.name: None if field.name in arms else self.value(model, field)
            for field in model._meta.concrete_fields
            if not (field.primary_key or field.name in facts or field.name in NOT_IN_FILES)
            if not isinstance(field, Derived | VersionField)
        }

    def arms(self, model):
        """Foreign keys that stay empty, because exactly one of them says what the row is about."""
        left = set()
        for arms in {
            Name: [("body", "person", "agreement", "term")],
            Citation: [Citation.ARMS],
            VisitCitation: [VisitCitation.ARMS],
            Contribution: [VisitCitation.ARMS, ("agreement", "commitment")],
        }.get(model, ()):
            left |= set(arms) - {self.chance.choice(arms)}
        return left

    def value(self, model, field):
        chance = self.chance
        if field.is_relation:
            return self.related(field)
        if field.null and chance.random() < 0.5:
            return None
        if field.choices:
            return chance.choice([key for key, _label in field.choices])
        if field.name == "number" and not isinstance(field, models.CharField):
            return chance.choice([1, 1, 2, 3, 7])
        if isinstance(field, models.BooleanField):
            return chance.random() < 0.5
        if isinstance(field, models.DateField):
            return chance.choice(DAYS)
        if isinstance(field, models.DecimalField):
            return chance.choice(NUMBERS)
        if isinstance(field, models.IntegerField):
            return chance.randint(0, 300)
        return self.text(field)

    def text(self, field):
        chance = self.chance
        if isinstance(field, EdtfField):
            return chance.choice(DATES + (PERIODS if field.period else []))
        if field.name == "code":
            return chance.choice(self.codes)
        if field.name == "languages":
            return chance.choice(["", "vi", "vi|lo|en"])
        if isinstance(field, WebAddress):
            return chance.choice(["", "https://example.org/a?b=1&c=%20#d;e|f"])
        if field.blank and chance.random() < 0.4:
            return ""
        return chance.choice(self.pages if isinstance(field, LongText) else self.words)

    def related(self, field):
        """A row that the foreign key may name, or None."""
        if field.null and self.chance.random() < 0.55 and field.name != "line":
            return None
        if field not in self.known:
            rows = field.related_model._base_manager.complex_filter(field.get_limit_choices_to())
            self.known[field] = list(rows.order_by("pk"))
        rows = self.known[field]
        return self.chance.choice(rows) if rows else None
