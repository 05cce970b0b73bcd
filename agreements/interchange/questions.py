"""What a file leaves open and only the officer can say: asked once for the whole file, never guessed."""

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from agreements import numbers
from agreements.models import Body, Name, Person, Term
from agreements.resources.values import NUMBERS, YEAR

VIETNAMESE = re.compile(r"\d\.\d{3}\.\d{3}|\d,\d{1,2}(?!\d)")
POINT_DECIMALS = re.compile(r"\d\.\d{1,2}(?!\d)")
READINGS = ("vi", "en")
ARMS = {"body": Body, "person": Person, "term": Term}


@dataclass
class Question:
    """One thing to say. `about`: "year", "numbers", "column", whose name it is (body, person, term), or of
    which kind the record is that a code means.

    `text` is the spelling in the file, `choices` (value, label) what is offered, `row` and `column` where it
    first stands, `count` in how many rows.
    """

    about: str
    text: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    sentence: str = ""
    choices: list = field(default_factory=list)
    count: int = 0


class Questions:
    """The questions of a batch and the officer's answers.

    `answers`: {"year": "2022", "numbers": "vi" or "en", "names": {arm: {spelling: code}},
    "columns": {kind: {heading: column, or "" to leave it out}}, "conflicts": "skip"}.
    """

    def __init__(self, answers=None):
        self.answers = answers or {}
        self.asked = {}
        self.ambiguous, self.evidence = Counter(), Counter()
        self.doubts = 0  # cells whose number reads both ways
        self.first_ambiguous = None
        self.row, self.column = 0, ""  # where the cell stands that is read now

    def answer(self, about):
        return self.answers.get(about, "")

    def answered_name(self, model, text):
        """The code that the officer chose for a spelling, or ""."""
        arm = model._meta.concrete_model._meta.model_name
        return self.answers.get("names", {}).get(arm, {}).get(text, "")

    def ask(self, error, entry, column):
        """Note an Asked error of one row."""
        key = (error.about, error.text if error.about != YEAR else "")
        if key not in self.asked:
            self.asked[key] = Question(
                error.about, error.text, self.kinds[-1].kind, entry.number,
                self.kinds[-1].heading(column), str(error), list(error.choices),
            )  # fmt: skip
        self.asked[key].count += 1

    def ask_column(self, kind, heading):
        """Note a heading that nobody knows: left out, or one of the kind's columns."""
        choices = [(field.column_name, kind.label(field)) for field in kind.get_import_fields()]
        sentence = _("“%(heading)s” is no column of this kind: leave it out, or say which one it is.") % {
            "heading": heading
        }
        question = Question("column", heading, kind.kind, 0, heading, sentence, choices, 1)
        self.asked["column", kind.kind, heading] = question

    # Numbers that read both ways ---------------------------------------------------------------------
    def weigh_number(self, value, read):
        """The Quantity that a cell means in this file."""
        if type(value) is not str:
            return read
        if not read.ambiguous:
            self.evidence["vi"] += bool(VIETNAMESE.search(value))
            self.evidence["en"] += bool(POINT_DECIMALS.search(value))
            return read
        reading = self.answer(NUMBERS)
        if reading == "en":
            return with_decimal_point(value, read)
        if reading != "vi":
            self.ambiguous[value] += 1
            self.doubts += 1
            self.first_ambiguous = self.first_ambiguous or (self.kinds[-1], self.row, self.column)
        return read

    def numbers_open(self):
        """Whether “1.500” is left open: nothing in the file says that points part thousands."""
        said = self.evidence["vi"] and not self.evidence["en"]
        return bool(self.ambiguous) and not said

    def numbers_question(self):
        text = next(iter(self.ambiguous))
        read = numbers.parse(text)
        both = [
            ("vi", numbers.display(read.value)),
            ("en", numbers.display(read.value / 1000, 3).rstrip("0")),
        ]
        kind, row, column = self.first_ambiguous
        sentence = _("“%(value)s” reads both ways in this file: say what it means.") % {"value": text}
        return Question(NUMBERS, text, kind.kind, row, kind.heading(column), sentence, both, self.doubts)

    def open_questions(self):
        """Every Question that is not answered."""
        found = [replace(one) for one in self.asked.values()]
        return [*found, self.numbers_question()] if self.numbers_open() else found

    def new_names(self):
        """Rows of Name for the spellings that officers matched, so that they are asked once."""
        for arm, chosen in self.answers.get("names", {}).items():
            for text, code in chosen.items() if arm in ARMS else ():
                row = self.directory(ARMS[arm], {}).by_code(code)
                if row is not None and is_name(text) and not self.known_name(arm, row, text):
                    yield new_name(arm, row, text)

    def known_name(self, arm, row, text):
        rows = self.session.rows(Name, f"{arm}_id", row.pk)
        return text == row.name or any(name.text == text for name in rows)


def is_name(text):
    """Whether a spelling may be kept as a name: neither too long nor with a bar."""
    try:
        return "|" not in text and Name._meta.get_field("text").clean(text, None) == text
    except ValidationError:
        return False


def new_name(arm, row, text):
    """A planned Name: the spelling as a variant of unknown language."""
    name = Name(text=text, language="und", standing="variant", **{arm: row})
    for derived in Name.derived_fields():
        derived.derive(name)
    return name


def with_decimal_point(value, read):
    """“1.500” in a file where the point begins decimals: one and a half."""
    number = read.value / Decimal(1000)
    if -number.normalize().as_tuple().exponent > numbers.DECIMALS:
        raise ValueError(
            _("“%(value)s”: at most %(decimals)s digits behind the point: round it.")
            % {"value": value, "decimals": numbers.DECIMALS}
        )
    return replace(read, value=number, ambiguous=False)
