"""The kinds of flat files, in the order in which a whole register is read.

What a kind refers to comes before it: commitments name the meetings at which they were made, lines the
receivers that the roles of their delivery may name.
"""

from contextlib import suppress

from django.utils.translation import gettext as _
from django.utils.translation import override

from agreements import names
from agreements import resources as low
from agreements.interchange.sheets import SheetError
from agreements.interchange.table import is_blank
from agreements.resources.arms import arm_named
from agreements.resources.reference import ARMS
from agreements.resources.values import LANGUAGES
from delegations import resources as high

KINDS = {
    resource.kind: resource
    for resource in (
        low.TermResource,
        low.LocalityResource,
        low.OrganizationResource,
        low.SuccessionResource,
        low.PersonResource,
        low.DocumentResource,
        low.AgreementResource,
        low.NameResource,
        low.EventResource,
        high.DelegationResource,
        high.MeetingResource,
        low.CommitmentResource,
        low.TargetResource,
        low.ProgressResource,
        low.OverrideResource,
        high.DeliveryResource,
        high.LineResource,
        high.RoleResource,
        low.LinkResource,
        high.ContributionResource,
        high.CitationResource,
    )
}

WORKBOOK = "workbook"
NOT_DATA = {"huongdan", "vidu", "instructions", "example"}
"""Sheets of a template that hold no records."""


class StrangeSheets(SheetError):
    """Sheets of a workbook whose names nobody knows: `strange`; `known` is {kind: sheet} of the others."""

    def __init__(self, strange, known):
        self.strange, self.known = strange, known
        super().__init__(
            _("No kind is called %(sheets)s: name the sheets as the template does, or remove them.")
            % {"sheets": ", ".join(f"“{sheet.name}”" for sheet in strange)}
        )


def kind_named(name):
    """The kind whose sheet is called `name`: by its key, or by what staff call its records; or ""."""
    sought = names.key(name)
    if sought in KINDS:
        return sought
    for language in LANGUAGES:
        with override(language):
            for kind, resource in KINDS.items():
                if (
                    sought
                    and sought == names.key(resource.get_display_name())[: len(sought)]
                    and len(sought) > 4
                ):
                    return kind
    return ""


def sheets_of(book, kind, answers=None):
    """(kind class, name, rows, filter) of the sheets of a file, in the order in which they can be read.

    `kind` is a kind or "workbook". Raises SheetError where it is not clear which sheet is meant.
    """
    filled = [sheet for sheet in book.sheets if not sheet.hidden and names.key(sheet.name) not in NOT_DATA]
    filled = [sheet for sheet in filled if not is_empty(sheet)]
    if not filled:
        raise SheetError(_("The file has no rows."))
    if kind == WORKBOOK:
        return workbook_sheets(filled, (answers or {}).get("sheets", {}))
    return [(KINDS[kind], sheet_meant(filled, kind).name, sheet_meant(filled, kind).rows, None)]


def is_empty(sheet):
    return all(all(map(is_blank, cells)) for _number, cells in sheet.rows())


def sheet_meant(sheets, kind):
    """The one sheet, or the one that bears the name of the kind."""
    named = [sheet for sheet in sheets if kind_named(sheet.name) == kind]
    if len(sheets) == 1 or len(named) == 1:
        return named[0] if named else sheets[0]
    raise SheetError(
        _(
            "The workbook has several sheets (%(sheets)s): name the one meant “%(kind)s”, or import it as a workbook."
        )
        % {"sheets": ", ".join(sheet.name for sheet in sheets), "kind": KINDS[kind].get_display_name()}
    )


def workbook_sheets(sheets, chosen):
    """The sheets of a whole workbook; `chosen` says of a sheet with a strange name what it is ("": left out).

    Raises SheetError, and StrangeSheets where it is not said what a sheet holds.
    """
    found, strange = {}, []
    for sheet in sheets:
        kind = chosen[sheet.name] if sheet.name in chosen else kind_named(sheet.name)
        if kind in found:
            raise SheetError(
                _("Two sheets hold the same kind: “%(one)s” and “%(other)s”. Put them together.")
                % {"one": found[kind].name, "other": sheet.name}
            )
        if kind in KINDS:
            found[kind] = sheet
        elif kind or sheet.name not in chosen:
            strange.append(sheet)
    if strange:
        raise StrangeSheets(strange, found)
    if not found:
        raise SheetError(_("Every sheet is left out: say of at least one what it holds."))
    return list(in_order({kind: (sheet.name, sheet.rows) for kind, sheet in found.items()}))


def in_order(found):
    """(kind class, name, rows, filter) in reading order.

    Other names of bodies, people and list entries come before the agreements that may use them.
    """
    for kind, resource in KINDS.items():
        if kind == "agreements" and "names" in found:
            yield (KINDS["names"], *found["names"], lambda row: not names_agreement(row))
        if kind in found:
            yield (resource, *found[kind], names_agreement if kind == "names" else None)


def names_agreement(row):
    """Whether a row of the sheet of names is about an agreement."""
    with suppress(ValueError):
        return arm_named(row.get("of"), ARMS) == "agreement"
    return False
