"""Sheets of a workbook whose names nobody knows: what they may hold, and what the officer says they hold."""

import json
from contextlib import suppress
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import override

from agreements import names
from agreements.interchange.table import SEARCHED, is_blank
from agreements.resources.values import LANGUAGES
from tracker.imports.access import IMPORT, kind_title, kinds_for
from tracker.imports.answering import LEAVE_OUT
from tracker.interchange import KINDS

KEPT = "sheets.json"
NEAR, OFFERED = 0.8, 0.55
"""Likeness from which a kind is chosen beforehand, and from which it is offered first."""
MOST_NEAR, MOST_HEADINGS, LONGEST = 4, 8, 40


# What a sheet may hold -----------------------------------------------------------------------------------
def keep(job, error):
    """Note the sheets of a StrangeSheets error for the page that asks about them."""
    found = [
        {"name": sheet.name, "headings": headings_of(sheet), "near": near(sheet)} for sheet in error.strange
    ]
    known = {kind: sheet.name for kind, sheet in error.known.items()}
    (job.path / KEPT).write_text(json.dumps({"strange": found, "known": known}), encoding="utf-8")


def top_of(sheet):
    """The filled cells of each of the first rows, as texts."""
    rows = islice(sheet.rows(), SEARCHED)
    return [[str(cell).strip() for cell in cells if not is_blank(cell)] for _number, cells in rows]


def headings_of(sheet):
    """The first headings of a sheet, by which an officer knows it again: its widest row at the top."""
    widest = max(top_of(sheet), key=len, default=[])
    return [text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…" for text in widest[:MOST_HEADINGS]]


def near(sheet):
    """[(kind, likeness)] of the kinds that the name or the headings of a sheet come near, the nearest first."""
    top = top_of(sheet)
    found = [(kind, max(by_name(sheet.name, kind), by_headings(top, kind))) for kind in KINDS]
    found = [one for one in found if one[1] >= OFFERED]
    return sorted(found, key=lambda one: -one[1])[:MOST_NEAR]


def by_name(name, kind):
    """How near the name of a sheet comes to a kind: to its key, or to what staff call its records."""
    titles = [kind]
    for language in LANGUAGES:
        with override(language):
            titles.append(KINDS[kind].get_display_name())
    return max(names.likeness(name, title) for title in titles)


def by_headings(top, kind):
    """The share of known headings in that of the first rows which holds most of them."""
    known = KINDS[kind]().headings
    shares = [sum(names.key(text) in known for text in texts) / len(texts) for texts in top if len(texts) > 1]
    return max(shares, default=0)


# The page ------------------------------------------------------------------------------------------------
def kept(job):
    """{"strange": sheets, "known": {kind: name}} of what was noted; nothing where no sheet was strange."""
    with suppress(OSError, ValueError):
        return json.loads((job.path / KEPT).read_text(encoding="utf-8"))
    return {"strange": [], "known": {}}


def offered(job, user):
    """The kinds that a strange sheet may hold: those of the user that no other sheet bears by its name."""
    known = kept(job)["known"]
    return [kind for kind in kinds_for(user, IMPORT) if kind not in known]


def shown_sheets(job, user):
    """The strange sheets as their form shows them; the nearest kind is chosen beforehand where it is near."""
    kinds, said = offered(job, user), job.answers.get("sheets", {})
    taken = set(said.values())
    sheets = []
    for number, sheet in enumerate(kept(job)["strange"]):
        name, near_kinds = sheet["name"], [one for one in sheet["near"] if one[0] in kinds]
        if name in said:
            chosen = said[name] or LEAVE_OUT
        else:
            chosen = next(
                (kind for kind, likeness in near_kinds if likeness >= NEAR and kind not in taken), ""
            )
            taken.add(chosen)
        groups = grouped([kind for kind, _likeness in near_kinds], kinds)
        about = {"input": f"sheet-{number}", "leave_out": LEAVE_OUT, "chosen": chosen, "groups": groups}
        sheets.append({"name": name, "headings": sheet["headings"], **about})
    return sheets


def grouped(near_kinds, kinds):
    """[(word, [(kind, title)])]: the nearest kinds, then the others."""
    groups = [(_("nearest"), near_kinds), (_("other kinds"), [one for one in kinds if one not in near_kinds])]
    return [(word, [(one, kind_title(one)) for one in some]) for word, some in groups if some]


class SheetAnswers:
    """What the posted form says of each strange sheet: `answers` {name: kind, "": left out}, or `errors`."""

    def __init__(self, job, user, posted):
        self.sheets, self.answers, self.errors = kept(job)["strange"], {}, []
        kinds, holders = offered(job, user), {}
        for number, sheet in enumerate(self.sheets):
            name, chosen = sheet["name"], posted.get(f"sheet-{number}", "")
            if chosen not in (LEAVE_OUT, *kinds):
                self.errors.append(
                    _("Say what the sheet “%(name)s” holds, or leave it out.") % {"name": name}
                )
            elif chosen in holders:
                self.errors.append(
                    _("Two sheets hold the same kind: “%(one)s” and “%(other)s”. Put them together.")
                    % {"one": holders[chosen], "other": name}
                )
            elif chosen == LEAVE_OUT:
                self.answers[name] = ""
            else:
                self.answers[name] = chosen
                holders[chosen] = name
