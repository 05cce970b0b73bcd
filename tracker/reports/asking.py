"""Addresses of a report asked in another way, and conditions told in words: what several reports share."""

from urllib.parse import urlencode

from django.forms import ChoiceField, ModelChoiceField
from django.urls import reverse


class InWords:
    """For a Question: a choice among fixed words is told by its word, not by its code."""

    @property
    def conditions(self):
        found = []
        for name in self.shared:
            field, value = self.chosen.form.fields[name], self.value(name)
            if value and isinstance(field, ChoiceField) and not isinstance(field, ModelChoiceField):
                value = dict(field.choices).get(value, value)
            if value:
                found.append((field.label, str(value)))
        return tuple(found)


def asking(slug, question, anchor="", **changes):
    """The address of the report `slug` as `question` asks it, with `changes` to its filters."""
    times = {"on": question.on} if "on" in question.times else {"begin": question.begin, "end": question.end}
    asked = {name: day.isoformat() for name, day in times.items()}
    asked |= {name: question.asked[name] for name in question.shared if question.asked.get(name)}
    asked |= changes
    return f"{reverse('reports:report', args=[slug])}?{urlencode(asked)}{anchor}"


def shortened(text, letters=160):
    """`text` in one line of at most so many letters, cut at a word."""
    line = " ".join((text or "").split())
    if len(line) <= letters:
        return line
    return line[: letters - 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"
