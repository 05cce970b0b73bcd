"""The officer's answers to what a file leaves open, read from the form of the page."""

import re
from collections import Counter

from django.db.models import Count
from django.utils.translation import gettext as _

from agreements import names
from agreements.admin.searching import bearing
from agreements.fields import OrganizationField
from agreements.interchange.encodings import EIGHT_BIT
from agreements.interchange.questions import ALIKE, ARMS, READINGS
from agreements.models import Body, Term, User
from agreements.resources.directory import Directory
from agreements.resources.values import NUMBERS, OFFICE, YEAR
from agreements.scope import NOT_OURS, may_keep
from tracker.interchange import KINDS

LEAVE_OUT = "-"
OFFERED = 10
CODE_IN_BRACKETS = re.compile(r"\[([^\[\]]+)\]\s*$")
FIRST_YEAR, LAST_YEAR = 1900, 2100


class Answers:
    """What a posted form says: `answers` to be noted, or `errors` (sentences)."""

    def __init__(self, job, posted):
        self.job, self.answers, self.errors = job, {}, []
        questions, pressed = job.spooled.questions, posted.get("pick", "")
        for place, text in chosen(posted):
            if place < len(questions) and not is_only_proposed(questions[place], place, text, pressed):
                self.take(questions[place], text)
        if posted.get("conflicts") == "skip":
            self.answers["conflicts"] = "skip"
        if posted.get("encoding") in EIGHT_BIT:
            self.answers["encoding"] = posted["encoding"]

    def take(self, question, text):
        if question.about == YEAR:
            self.take_year(text)
        elif question.about == NUMBERS:
            if text in READINGS:
                self.answers[NUMBERS] = text
        elif question.about == ALIKE:
            self.answers[ALIKE] = "new"
        elif question.about == OFFICE:
            self.take_office(text)
        elif question.about == "column":
            self.take_column(question, text)
        elif question.about in ARMS:
            self.take_name(question, text)
        elif text in [key for key, _label in question.choices]:
            self.under("names", question.about)[question.text] = text

    def take_year(self, text):
        if text.isdecimal() and FIRST_YEAR <= int(text) <= LAST_YEAR:
            self.answers[YEAR] = str(int(text))
        else:
            self.errors.append(
                _("“%(value)s” is no year: write four digits, such as 2022.") % {"value": text}
            )

    def take_column(self, question, text):
        said = self.said("columns", question.sheet)
        other = next((one for one, column in said.items() if column == text and one != question.text), "")
        if other:
            self.errors.append(
                _(
                    "“%(one)s” and “%(other)s” cannot both be the same column: leave one out, or choose another."
                )
                % {"one": other, "other": question.text}
            )
        elif text == LEAVE_OUT or text in [key for key, _label in question.choices]:
            self.under("columns", question.sheet)[question.text] = "" if text == LEAVE_OUT else text

    def take_office(self, text):
        code = code_typed(text)
        office = Directory(Body).by_code(code)
        if office is None:
            self.errors.append(
                _("Nothing bears the code “%(code)s”: choose an office from the list.") % {"code": code}
            )
        elif not User._meta.get_field("office").fits(office):
            self.errors.append(str(OrganizationField.sentence))
        elif not may_keep(office.pk):
            self.errors.append(str(NOT_OURS))
        else:
            self.answers[OFFICE] = office

    def take_name(self, question, text):
        code = code_typed(text)
        row = Directory(ARMS[question.about]).by_code(code)
        if row is None and code not in [key for key, _label in question.choices]:
            self.errors.append(
                _("“%(name)s”: nothing bears the code “%(code)s”: choose from the list, or enter it first.")
                % {"name": question.text, "code": text}
            )
            return
        self.under("names", question.about)[question.text] = code

    def said(self, about, key):
        """What was answered so far, here or before."""
        return self.answers.get(about, self.job.answers.get(about, {})).get(key, {})

    def under(self, about, key):
        """The answers of one sort so far, those given before included."""
        kept = self.answers.setdefault(about, {**self.job.answers.get(about, {})})
        kept[key] = {**kept.get(key, {})}
        return kept[key]


def code_typed(text):
    """The code in “Sở Ngoại vụ [SNV]”, or what is typed as it is."""
    found = CODE_IN_BRACKETS.search(text)
    return found[1] if found else text


def chosen(posted):
    """(place of the question, answer) of a form: a button pressed, and fields that are filled in."""
    place, _colon, value = posted.get("pick", "").partition(":")
    picked = int(place) if place.isdecimal() else -1
    if picked >= 0 and value:
        yield picked, value
    for name, text in posted.items():
        place = name.removeprefix("answer-")
        if place != name and place.isdecimal() and int(place) != picked and text.strip():
            yield int(place), text.strip()[: names.LONGEST]


def is_only_proposed(question, place, text, pressed):
    """Whether a column is what the page proposed while the button of another question was pressed."""
    return (
        bool(pressed)
        and question.about == "column"
        and text == question.chosen
        and not pressed.startswith(f"{place}:")
    )


def suggestions(arm, typed):
    """[{code, name}] of bodies, people or list entries whose name holds what is typed."""
    model, words = ARMS[arm], names.fold(typed[: names.LONGEST]).split()
    if not words:
        return []
    rows = model.objects.all()
    for word in words:
        rows = rows.filter(bearing(model, word))
    return [{"code": code_of(row), "name": str(row)} for row in rows[:OFFERED]]


def offices():
    """[(code, name)] of the bodies that keep records or have staff, those with most of them first."""
    counts = Counter()
    for model in {User, *(kind.model for kind in KINDS.values())}:
        if any(field.name == "office" for field in model._meta.fields):
            counts.update(dict(model.objects.order_by().values_list("office").annotate(Count("pk"))))
    counts.pop(None, None)
    keys = [key for key, _count in counts.most_common(OFFERED)]
    rows = Body.objects.in_bulk(keys)
    return [(rows[key].code, str(rows[key])) for key in keys]


def code_of(row):
    """The code by which a file names a row."""
    return f"{row.vocabulary}:{row.code}" if isinstance(row, Term) else row.code
