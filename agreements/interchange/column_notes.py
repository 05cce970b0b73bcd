"""Words about columns: how each sort of value is written, and what columns mean that no model field explains."""

from django.utils.translation import gettext_lazy as _

HOW = {
    "choice": _("One of the list, by its label or key."),
    "party": _("The code or the name of a party of the same agreement."),
    "numbered": _("The number of another row of the same record."),
    "country": _("Two letters: VN, LA, KH …"),
    "yesno": _("“yes” or “no”; empty: not known."),
    "yes": _("“yes” or “no”; empty: no."),
    "term": _("The code or the name in the lists; list:code where two lists have it."),
    "source": _("DOCUMENT or DOCUMENT:place in it."),
    "day": _("One day, day first: 27/8/2022."),
    "date": _("Day first: 27/8/2022; 8/2022 or 2022 where no more is known; [2022] where inferred."),
    "period": _("27/8/2022, 8/2022, 2022, 2022–2025, from 1/7/2025, to 31/12/2024."),
    "whole": _("Digits: 1500 or 1.500."),
    "number": _("Digits, a comma before decimals: 1500000,5 or 1.500.000,5; nothing around it."),
    "record": _(
        "Its code; OFFICE/CODE where several offices use the code; OFFICE//CODE where that is a code itself."
    ),
    "reference": _("Its code or any of its names."),
}
"""How each sort of value is written."""

TAKING_PART = _("In their order. People, titles and papers of each stand in the sheet “roles”.")
LINKED = _("The agreements to which it stands so. Other relations stand in the sheet “links”.")

MEANINGS = {
    ("localities", "area"): _("Empty: a place is its own place."),
    "other_names": _(
        "Other spellings and former names. Language and source of each stand in the sheet “names”."
    ),
    "other_titles": _(
        "Titles in other languages or as papers cite it. More of each stands in the sheet “names”."
    ),
    "sources": _("The documents that say so. Other citations stand in the sheet “citations”."),
    "agreements": _("The agreements that it served. More stands in the sheet “contributions”."),
    "made_at": _("The meetings at which it was made."),
    "head_title": _("The title of the first head; alone where the name is not known."),
    "version": _("Written by the export and compared when the file comes back: leave it as it is."),
    ("commitments", "minimum"): _("At least so much over the whole period; single periods: sheet “targets”."),
    ("commitments", "maximum"): _("At most so much over the whole period; single periods: sheet “targets”."),
    ("overrides", "state"): _(
        "Holds against dates and figures until its last day; leave the sheet empty where they tell it right."
    ),
    ("overrides", "since"): _("The first day on which it holds; a commitment has one such row a day."),
    ("overrides", "until"): _("The last day on which it holds, at most 366 days after the first."),
    ("names", "of"): _("What bears the name."),
    ("names", "code"): _("The code of what bears the name."),
    ("roles", "record"): _("What they take part in."),
    ("roles", "code"): _("The code of that record."),
    ("roles", "role"): _("Which part they take; each kind of record has its own."),
    ("roles", "lead"): _("Only of agreements: designated in writing among several signers of one side."),
    ("citations", "record"): _("What is cited for."),
    ("citations", "code"): _("The code of that record; a progress report is written commitment#number."),
    ("citations", "role"): _("As what the document is cited; each kind of record has its own."),
    ("contributions", "event"): _("What contributes."),
    ("contributions", "code"): _("The code of what contributes."),
    ("contributions", "line"): _("The number of the line of the delivery; empty: the whole."),
    ("contributions", "to"): _("To what it contributes."),
    ("contributions", "to_code"): _("The code of the agreement or commitment."),
}
"""(kind, column) or column → meaning, where the model has no field or its help says less."""

TITLES = {
    "roles": _("parts taken in records"),
    "citations": _("citations"),
}
"""What staff call the kinds that are kept in several tables."""
