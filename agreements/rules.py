"""Rules over several rows, as pure functions over given rows: no query, the same for form, formset and import.

Each returns its faults as [(row, sentence)], or sentences alone where there is one subject. A model's
`clean()` calls them with the rows that it fetches; whoever holds all rows already sets
`checked_together` on them and calls the functions itself.
"""

from collections import defaultdict

from django.utils.translation import gettext_lazy as _

from agreements import names, numbers

LONGEST_OVERRIDE = 366
"""Days from the first to the last of a state that an officer sets."""


def id_of(row):
    """What tells `row` from others, written already or not."""
    return row.pk or id(row)


def current(row, rows):
    """`row` as it stands in `rows` ({id_of: row}), where it may have been changed; else itself."""
    return rows.get(id_of(row), row)


def part_faults(wholes, parts):
    """Faults of records that stand for several ("trong đó", model.md §1.5): [(part, sentence)].

    `wholes` and `parts` are Agreements or Delegations with `number` (None: not known) and `part_of`, saved
    or not; a row may be in both. A part whose whole is not among `wholes` is held against its `part_of`.
    A whole is no part itself; the known numbers of its parts together are not more than its own, which is
    told at the part that first exceeds it. Withdrawn parts are not counted.
    """
    return step_faults(wholes, parts) + sum_faults(wholes, parts)


def step_faults(wholes, parts):
    """Parts whose whole is a part itself."""
    rows = {id_of(row): row for row in wholes}
    faults = []
    for part in parts:
        whole = part.part_of and current(part.part_of, rows)
        if whole and whole.part_of is not None:
            faults.append((part, _("“%(whole)s” is itself a part: choose the whole.") % {"whole": whole}))
    return faults


def sum_faults(wholes, parts):
    """Parts by which the sum of the parts comes to more than the whole."""
    rows = {id_of(row): row for row in wholes}
    totals, faults = defaultdict(int), []
    for part in parts:
        if part.part_of is None or part.number is None or part.withdrawn_on:
            continue
        whole = current(part.part_of, rows)
        before = totals[id_of(whole)]
        totals[id_of(whole)] = total = before + part.number
        if whole.number is not None and before <= whole.number < total:
            faults.append((part, too_many(whole, total)))
    return faults


def too_many(whole, total):
    return _("The parts of “%(whole)s” come to %(total)s, more than the whole of %(number)s.") % {
        "whole": whole,
        "total": numbers.display(total),
        "number": numbers.display(whole.number),
    }


def target_faults(commitments, targets):
    """Targets of a commitment that measures nothing: [(target, sentence)].

    `commitments` are Commitments as they will stand, `targets` Targets, saved or not; a target whose
    commitment is not among them is held against its `commitment` (one unit for target and result, model.md §9).
    """
    rows = {id_of(row): row for row in commitments}
    return [
        (target, unmeasured_sentence())
        for target in targets
        if target.commitment and current(target.commitment, rows).unit_id is None
    ]


def unmeasured_sentence():
    return _("This commitment is not measured: give it a kind with a unit, or remove its targets.")


def lasting_faults(overrides):
    """StateOverrides that hold for more than a year: [(override, sentence)].

    What an officer says against dates and figures must expire, or nobody would look at it again.
    """
    sentence = _("What is set must expire: let it end at most %(days)s days after it begins.") % {
        "days": LONGEST_OVERRIDE
    }
    return [
        (one, sentence)
        for one in overrides
        if one.since and one.until and (one.until - one.since).days > LONGEST_OVERRIDE
    ]


def lead_faults(roles):
    """Second leading parties of one side: [(role, sentence)].

    `roles` are AgreementRoles, of one agreement or several, saved or not. One party a side is designated
    to lead (model.md §4, Law on International Agreements Art. 24); Vietnamese bodies are one side.
    """
    leading, faults = set(), []
    for role in roles:
        if not (role.lead and role.body_id):
            continue
        side = (role.agreement_id, role.role, role.body.country == "VN")
        if side in leading:
            faults.append((role, _("This side has a leading party already.")))
        leading.add(side)
    return faults


def circle_faults(edges):
    """Those of `edges`, pairs (from, to) of hashable ends, that close a circle with edges before them.

    So put the rows that stand already before the new ones. Serves every "comes under / after" relation:
    parents of bodies and terms, documents replaced, commitments continued.
    """
    onward, closing = defaultdict(set), []
    for edge in edges:
        start, end = edge
        if start in reached_from(end, onward):
            closing.append(edge)
        else:
            onward[start].add(end)
    return closing


def reached_from(start, onward):
    """`start` and every end that one comes to from it by `onward` ({end: ends})."""
    found, front = {start}, [start]
    while front:
        news = onward.get(front.pop(), set()) - found
        found |= news
        front.extend(news)
    return found


def link_faults(edges):
    """Circles in one kind of relation of agreements: [(edge, sentence)].

    `edges` are pairs (agreement_id, other_id), all of one ordered kind (under, follows or replaces;
    model.md §4 AgreementLink), those that stand already first.
    """
    sentence = _("These relations run in a circle: an agreement cannot come both before and after another.")
    return [(edge, sentence) for edge in circle_faults(edges)]


def succession_faults(successions):
    """Faults of Successions, those that stand already first: [(succession, sentence)].

    A successor has not ended before the day, and nobody comes before and after another (model.md §4).
    """
    rows = {(row.old_id, row.new_id): row for row in successions}
    faults = [(row, sentence) for row in successions for sentence in ended_faults(row)]
    for edge in circle_faults(rows):
        row = rows[edge]
        words = {"new": row.new, "old": row.old}
        faults.append((row, _("“%(new)s” came before “%(old)s” already.") % words))
    return faults


def ended_faults(succession):
    """Sentences about a successor that had ended before it succeeded."""
    last, first = succession.new.exists_last, succession.on_first
    if last and first and last < first:
        return [_("“%(new)s” had ended before that day.") % {"new": succession.new}]
    return []


def circle_sentence(other):
    """The sentence about a row that comes under or after itself by way of `other`."""
    return _("“%(other)s” leads back to this row: choose another.") % {"other": other}


# What is unusual, not wrong: sentences with which officers are warned, "" where nothing is ------------------
FORBIDDEN = ("công ước", "hiệp ước", "định ước", "hiệp định")
"""Names of treaties, which no agreement under the Law bears (Luật Thỏa thuận quốc tế, Điều 6)."""


def name_warning(title, governed):
    """A title that begins as that of a treaty is to be looked at, where the Law governs the paper (`governed`)."""
    folded = f"{names.fold(title)} " if governed else ""
    name = next((one for one in FORBIDDEN if folded.startswith(f"{names.fold(one)} ")), "")
    sentence = _(
        "The Law on International Agreements (Article 6) forbids the name “%(name)s”: check title and track."
    )
    return sentence % {"name": name} if name else ""


def parties_warning(countries):
    """Parties, of these countries, that all stand on one side, or no party at all; Vietnamese bodies are one side."""
    if not countries:
        return str(_("No party is entered: add the parties of both sides."))
    one_sided = len({country == "VN" for country in countries}) == 1
    return str(_("All parties are of one side: add the parties of the other side.")) if one_sided else ""


def parties_warning_of(roles):
    """`parties_warning` of the AgreementRoles of an agreement."""
    return parties_warning({one.body.country for one in roles if one.role == "party" and one.body_id})
