"""Who is known by which code and name: bodies, people, list entries, for any number of cells."""

from collections import Counter

from agreements import names
from agreements.models.resolving import Resolver, arm_of
from agreements.models.term import Term

MOST_SUGGESTIONS = 200
"""Unknown spellings of a file for which near names are sought: a search for each takes its time."""


class Directory:
    """The rows of `model` that meet `conditions`, by code and by name; learns what a batch plans."""

    def __init__(self, model, conditions=None):
        self.model, self.conditions = model, conditions or {}
        self.resolver = Resolver(model.objects.filter(**self.conditions))
        self.codes, self.lower = {}, {}
        times = Counter(row.code for row in self.resolver.rows.values())
        for row in self.resolver.rows.values():
            self.learn_code(row, alone=times[row.code] == 1)
        self.unknown, self.searched = {}, 0

    def learn_code(self, row, alone=True):
        """Codes are unique but those of list entries, which are then written list:code."""
        if self.model is Term:
            self.codes[f"{row.vocabulary}:{row.code}"] = row
        if alone:
            self.codes[row.code] = row
            self.lower.setdefault(row.code.casefold(), []).append(row)

    def by_code(self, text):
        """The row with this code; capitals do not matter where only one row comes near."""
        if found := self.codes.get(text):
            return found
        near = self.lower.get(text.casefold(), ())
        return near[0] if len(near) == 1 else None

    def resolve(self, text, on=None):
        """The row that bears the name `text` on the day `on`; raises UnknownName or AmbiguousName."""
        if text in self.unknown:
            raise names.UnknownName(text, self.unknown[text])
        if self.searched >= MOST_SUGGESTIONS and not self.resolver.register.bearers(text):
            raise names.UnknownName(text)
        try:
            return self.resolver.resolve(text, on)
        except names.UnknownName as error:
            self.unknown[text], self.searched = error.suggestions, self.searched + 1
            raise

    def choices(self, error):
        """[(code, name)] of the rows that an UnknownName suggests or an AmbiguousName leaves open."""
        if isinstance(error, names.AmbiguousName):
            found = [
                row for row in self.resolver.rows.values() if f"{row.name} [{row.code}]" in error.choices
            ]
        else:
            found = [row for text in error.suggestions for row in self.bearers(text)]
        return list(dict.fromkeys((row.code, str(row)) for row in found))

    def bearers(self, text):
        return [self.resolver.rows[one.id] for one in self.resolver.register.bearers(text)]

    # What a batch plans ------------------------------------------------------------------------------
    def learn(self, row):
        """A row that is planned may be named from now on."""
        if not self.meets(row):
            return
        self.learn_code(row)
        self.resolver.learn(row)
        self.unknown.clear()

    def meets(self, row):
        wanted = self.conditions.get("vocabulary__in")
        return isinstance(row, self.model) and (wanted is None or row.vocabulary in wanted)

    def learn_name(self, name):
        """Another name that is planned for one of the rows."""
        owner = getattr(name, f"{arm_of(self.model)}_id")
        if owner in self.resolver.rows:
            self.resolver.learn_name(owner, name.text)
            self.unknown.clear()
