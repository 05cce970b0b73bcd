"""What each column of each kind means and how it is written: the one source of templates and of docs/csv.md."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from agreements.interchange.column_notes import HOW, LINKED, MEANINGS, TAKING_PART, TITLES
from agreements.interchange.examples import EXAMPLES
from agreements.interchange.exporting import fields_out
from agreements.interchange.reading_out import ARM_COLUMNS, PROMISES, arms_of, field_of, tables_of
from agreements.models import Term
from agreements.resources.columns import ListColumn, RoleList
from agreements.resources.kind import RecordResource
from agreements.resources.papers import LinkList, PartyCell, SourceCell
from agreements.resources.promises import NumberedCell
from agreements.resources.records import RecordCell
from agreements.resources.values import (
    ChoiceCell,
    CountryCell,
    DateCell,
    DayCell,
    NumberCell,
    ReferenceCell,
    TermCell,
    TextCell,
    YesNoCell,
)

CELLS = [
    (PartyCell, "party", gettext_lazy("party")),
    (NumberedCell, "numbered", gettext_lazy("number of a row")),
    (CountryCell, "country", gettext_lazy("country")),
    (DayCell, "day", gettext_lazy("day")),
    (TermCell, "term", gettext_lazy("list entry")),
    (SourceCell, "source", gettext_lazy("document")),
]
"""(cell, how it is written, what it holds); cells that say more of themselves come in `value_of`."""


@dataclass(frozen=True)
class ColumnAbout:
    """A column of a kind, in the words of the active language.

    `choices` are what may be written, `several` whether many of them; `examples` are cells of the example rows.
    """

    kind: str
    name: str
    label_vi: str
    label_en: str
    required: bool
    key: bool
    value: str
    meaning: str
    how: str
    choices: tuple
    several: bool
    examples: tuple

    @property
    def note(self):
        """All that is to be known before writing a cell, in short."""
        required = _("Required.") if self.required else ""
        return " ".join(filter(None, [required, self.meaning, self.how]))


def columns_about(resource_class):
    """A ColumnAbout for each column of a kind, in the order of its files."""
    resource = resource_class()
    return [about(resource, field) for field in fields_out(resource)]


def about(resource, field):
    choices, meaning = choices_of(resource, field), meaning_of(resource, field)
    value, how = value_and_way(resource, field, choices)
    return ColumnAbout(
        kind=resource.kind,
        name=field.column_name,
        label_vi=label_in("vi", resource, field),
        label_en=label_in("en", resource, field),
        required=is_required(resource, field),
        key=field.column_name in resource.key,
        value=value,
        meaning=meaning,
        how=how if how != meaning else "",
        choices=tuple(choices.values()),
        several=isinstance(field, ListColumn),
        examples=tuple(example(row.get(field.column_name, ""), choices) for row in EXAMPLES[resource.kind]),
    )


def label_in(language, resource, field):
    with override(language):
        return capfirst(str(resource.label(field)))


def is_required(resource, field):
    """Whether a new record cannot be without the column."""
    name, held = field.column_name, field_of(resource.model, field.attribute)
    if name in resource.key:
        return name not in resource.optional_key
    if (
        isinstance(field, ListColumn)
        or held is None
        or (isinstance(resource, RecordResource) and name == "office")
    ):
        return False
    default = getattr(field.widget, "default", None)
    return not (held.blank or held.null or held.has_default()) and default in (None, "")


def choices_of(resource, field):
    """{key: label} of what may be written, in the active language; {} where it is not a list."""
    cell = field.widget
    if isinstance(cell, ChoiceCell):
        return {key: str(label) for key, label in cell.choices if key}
    if field.column_name in ARM_COLUMNS and field_of(resource.model, field.attribute) is None:
        arms = PROMISES if field.column_name == "to" else arms_of(resource)
        return {arm: str(model._meta.verbose_name) for arm, model in arms.items()}
    held = [field_of(table, field.attribute) for table in tables_of(resource)]
    return {key: str(label) for one in held if one is not None for key, label in one.flatchoices if key}


def terms_of(cell):
    """Names of the entries of the lists that a TermCell takes; a name that two of them bear gives way to codes."""
    rows = Term.objects.filter(**cell.conditions, retired=False)
    found = list(rows.values_list("vocabulary", "code", "name"))
    times = [name for _vocabulary, _code, name in found]
    return tuple(name if times.count(name) == 1 else f"{lists}:{code}" for lists, code, name in found)


def value_and_way(resource, field, choices):
    """(what a column holds, how it is written) in words."""
    held = field_of(resource.model, field.attribute)
    if isinstance(field, ListColumn):
        value, how = value_of(field.widget.cell)
        several = _("Several: with “|” or a line break between.")
        how = f"{how} {several}".strip()
        return _("list: %(value)s") % {"value": value}, how
    if choices:
        usual = choices.get(getattr(field.widget, "default", ""))
        empty = _("Empty: %(value)s.") % {"value": usual} if usual else ""
        return _("choice"), f"{HOW['choice']} {empty}".strip()
    if type(field.widget) is TextCell and held is not None and held.is_relation:
        return str(held.related_model._meta.verbose_name), str(HOW["reference"])
    return value_of(field.widget)


def value_of(cell):
    """(what a cell holds, how it is written) in words."""
    if isinstance(cell, YesNoCell):
        return _("yes or no"), str(HOW["yesno" if cell.default is None else "yes"])
    for kind, name, words in CELLS:
        if isinstance(cell, kind):
            return str(words), str(HOW[name])
    if isinstance(cell, DateCell):
        return (_("date or period"), str(HOW["period"])) if cell.period else (_("date"), str(HOW["date"]))
    if isinstance(cell, NumberCell):
        return (
            (_("whole number"), str(HOW["whole"]))
            if cell.whole
            else (_("quantity or amount"), str(HOW["number"]))
        )
    if isinstance(cell, RecordCell):
        return str(cell.model._meta.verbose_name), str(HOW["record"])
    if isinstance(cell, ReferenceCell):
        return str(cell.model._meta.verbose_name), str(HOW["reference"])
    return _("text"), ""


def meaning_of(resource, field):
    """What the column says beyond its label."""
    name = field.column_name
    told = MEANINGS.get((resource.kind, name)) or MEANINGS.get(name)
    if told is None and isinstance(field, RoleList):
        told = TAKING_PART
    if told is None and isinstance(field, LinkList):
        told = LINKED
    held = field_of(resource.model, field.attribute)
    return str(told or getattr(held, "help_text", ""))


def example(value, choices):
    """An example as staff write it: choices by their label."""
    return choices.get(value, value)


def title_of(resource_class):
    """What staff call a kind."""
    return capfirst(str(TITLES.get(resource_class.kind) or resource_class.model._meta.verbose_name_plural))


# docs/csv.md ------------------------------------------------------------------------------------------
def csv_document(resource_classes, language="vi"):
    """Every column of every kind as Markdown, a table a kind."""
    with override(language):
        title = _("Columns of the files")
        head = [
            f"# {title}",
            _("Made by the program from the code; do not edit."),
            _(
                "A file may have any of these columns in any order, headed by the key, the Vietnamese or the "
                "English label. “Required”: a new record needs it. “Key”: by these columns a record is found."
            ),
        ]
        return "\n\n".join([*head, *map(kind_table, resource_classes)]) + "\n"


def kind_table(resource_class):
    headings = [
        _("column"), _("label"), _("English"), _("required"), _("key"), _("value"), _("meaning, how to write"),
        _("example"),
    ]  # fmt: skip
    lines = [headings, ["---"] * len(headings), *map(described, columns_about(resource_class))]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"## {resource_class.kind} – {title_of(resource_class)}\n\n{table}"


def described(column):
    """The cells of one line of the table of a kind."""
    choices = ", ".join(column.choices)
    words = [f"`{column.name}`", column.label_vi, column.label_en]
    marks = ["✓" if column.required else "", "✓" if column.key else ""]
    told = " ".join(filter(None, [column.meaning, f"{column.how} {choices}".strip()]))
    written = next(filter(None, column.examples), "")
    return [*words, *marks, *(cell.replace("|", "\\|") for cell in (column.value, told, written))]
