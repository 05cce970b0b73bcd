"""What a file leaves open and only the officer can say: asked once for the whole file, never guessed."""

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements import names, numbers
from agreements.models import Body, Name, Person, Term
from agreements.resources.values import NUMBERS, YEAR

VIETNAMESE = re.compile(r"\d\.\d{3}\.\d{3}|\d,\d{1,2}(?!\d)")
POINT_DECIMALS = re.compile(r"\d\.\d{1,2}(?!\d)")
READINGS = ("vi", "en")
ALIKE = "alike"
NEAR, OFFERED, MOST_NEAR = 0.8, 0.55, 4
"""Likeness from which a column is proposed for a heading, and from which it is offered first; at most so many."""
ARMS = {"body": Body, "person": Person, "term": Term}


@dataclass
class Question:
    """One thing to say.

    `about`: "year", "numbers", "column", "office" (whose records these are), "alike"
    (whether rows are new records), whose name it is (body, person,
    term), or of which kind the record is that a code means. `text` is the spelling in the file, `choices`
    (value, label) what is offered, the first `near` of them because they come near; `chosen` is the one to be
    proposed, or "". `row` and `column` say where it first stands, `count` in how many rows.
    """

    about: str
    text: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    sentence: str = ""
    choices: list = field(default_factory=list)
    count: int = 0
    near: int = 0
    chosen: str = ""


class Questions:
    """The questions of a batch and the officer's answers.

    `answers`: {"year": "2022", "numbers": "vi" or "en", "names": {arm: {spelling: code}},
    "columns": {kind: {heading: column, or "" to leave it out}}, "conflicts": "skip", "alike": "new"}.
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

    def ask_columns(self, kind, headings, read):
        """Note the headings that nobody knows: left out, or one of the kind's columns that are not `read` yet."""
        free = [one for one in kind.get_import_fields() if one.column_name not in read]
        labels = {one.column_name: kind.label(one) for one in free}
        for heading, (near, chosen) in nearest(kind, headings, labels).items():
            ordered = [*near, *(name for name in labels if name not in near)]
            sentence = _("“%(heading)s” is no column of this kind: leave it out, or say which one it is.")
            self.asked["column", kind.kind, heading] = Question(
                "column", heading, kind.kind, 0, heading, sentence % {"heading": heading},
                [(name, labels[name]) for name in ordered], 1, len(near), chosen,
            )  # fmt: skip

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
        for one in found:
            if one.about == ALIKE:
                one.sentence = alike_sentence(one.count)
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


def alike_sentence(count):
    """The question about rows without a code that resemble records."""
    return ngettext(
        "%(count)s row without a code resembles a record or another row. Is it a new record?",
        "%(count)s rows without a code resemble records or other rows. Are they new records?",
        count,
    ) % {"count": count}


def nearest(kind, headings, free):
    """{heading: (columns of `free` that come near, the nearest first; the one to be proposed or "")}.

    No column is proposed for two headings.
    """
    found, proposed = {}, {}
    for heading in headings:
        scores = {}
        for text, name in kind.written_names() if free else ():
            if name in free:
                scores[name] = max(scores.get(name, 0), names.likeness(heading, text))
        near = sorted((name for name in scores if scores[name] >= OFFERED), key=lambda name: -scores[name])
        found[heading] = near[:MOST_NEAR]
        if near and scores[near[0]] >= NEAR:
            rival = proposed.get(near[0])
            if rival is None or rival[0] < scores[near[0]]:
                proposed[near[0]] = (scores[near[0]], heading)
    chosen = {heading: name for name, (_score, heading) in proposed.items()}
    return {heading: (near, chosen.get(heading, "")) for heading, near in found.items()}


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
