"""Rules that need today or other rows; form, formset and import call the same ones."""

from collections import defaultdict

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements import numbers
from agreements.models import record
from agreements.rules import current, id_of


def refuse_future(first, field):
    """What has taken place does not begin after today (`first`: its first possible day or None)."""
    record.refuse_future(first, field, _("%(day)s is in the future: correct the date, or choose “planned”."))


def line_faults(lines):
    """Sentences for lines of one delivery whose parts do not fit their whole.

    A part has a whole of the same delivery that is no part itself; parts of one measure together are not
    more than the whole. `lines` are DeliveryLine objects, saved or not; returns [(line, sentence)].
    """
    rows = {id_of(line): line for line in lines}
    faults, sums = [], defaultdict(lambda: defaultdict(int))
    for line in lines:
        if line.part_of is None:
            continue
        whole = current(line.part_of, rows)
        if whole.part_of is not None:
            faults.append((line, itself_a_part(whole)))
        if same_measure(line, whole, "quantity", "unit_id"):
            sums[id_of(whole)]["quantity"] += line.quantity
        if same_measure(line, whole, "amount", "currency_id"):
            sums[id_of(whole)]["amount"] += line.amount
    for line in lines:
        for measure, total in sums[id_of(line)].items():
            if total > getattr(line, measure):
                faults.append((line, too_much(line, measure, total)))
    return faults


def itself_a_part(whole):
    return _("Line %(whole)s is itself a part: “of which” goes one step only.") % {"whole": whole.number}


def same_measure(part, whole, measure, unit):
    return (
        None not in (getattr(part, measure), getattr(whole, measure))
        and getattr(part, unit) == getattr(whole, unit)
        and (measure == "amount" or part.item_id is not None)
    )


def too_much(line, measure, total):
    return _("The parts of line %(number)s come to %(total)s, more than the whole of %(whole)s.") % {
        "number": line.number,
        "total": numbers.display(total),
        "whole": numbers.display(getattr(line, measure)),
    }


def refuse_line_faults(lines):
    """Raise one ValidationError with every fault of `lines`."""
    if faults := line_faults(lines):
        raise ValidationError([ValidationError(sentence) for _line, sentence in faults])


def allocation_faults(lines, contributions):
    """Contributions that take more of a line than it holds: [(contribution, sentence)].

    `lines` are DeliveryLines as they will stand, `contributions` the Contributions to commitments that name
    them (of one delivery or of many; others are passed over), saved or not. A quantity is in the unit or
    the currency of its line; all quantities of one line in one unit together are not more than the line
    (model.md §5), which is told at the contribution that first exceeds it: `contribution.line` is the line.
    """
    rows = {id_of(line): line for line in lines}
    totals, faults = defaultdict(int), []
    for one in contributions:
        if one.line is None or one.commitment is None or one.quantity is None:
            continue
        line, unit = current(one.line, rows), one.commitment.unit_id
        if unit is None or unit not in (line.unit_id, line.currency_id):
            faults.append((one, not_measured_so(line)))
            continue
        whole = line.quantity if unit == line.unit_id else line.amount
        before = totals[id_of(line), unit]
        totals[id_of(line), unit] = total = before + one.quantity
        if whole is not None and before <= whole < total:
            faults.append((one, overdrawn(line, total, whole)))
    return faults


def delivery_faults(lines, contributions):
    """Contributions by which a delivery gives its commitments more than it brought: [(contribution, sentence)].

    `lines` are all DeliveryLines of one delivery as they will stand, `contributions` its Contributions, saved or
    not. What is linked to one commitment more than once counts once, as in reports (docs/reports.md); a unit in
    which it is not known how much was brought has no bound.
    """
    shares, faults, wholes = defaultdict(dict), [], {}
    for one in contributions:
        if one.commitment is None or one.quantity is None or (unit := one.commitment.unit_id) is None:
            continue
        whole = wholes[unit] = wholes[unit] if unit in wholes else brought(lines, unit)
        key = one.line and id_of(one.line), one.counterpart_id
        of_commitment = shares[unit].setdefault(id_of(one.commitment), defaultdict(int))
        before = sum(map(counted_once, shares[unit].values()))
        of_commitment[key] = max(of_commitment[key], one.quantity)
        total = sum(map(counted_once, shares[unit].values()))
        if whole is not None and before <= whole < total:
            faults.append((one, more_than_brought(one.commitment.unit, total, whole)))
    return faults


def brought(lines, unit):
    """How much of `unit` (goods or money) the lines of a delivery hold; None where that is not known."""
    rows, total, found = {id_of(line): line for line in lines}, 0, False
    for line in lines:
        held = in_unit(line, unit)
        if line.part_of is not None and in_unit(current(line.part_of, rows), unit) is not None:
            continue
        if held is None and line.part_of is None and not is_other(line, unit):
            return None
        total, found = total + (held or 0), found or held is not None
    return total if found else None


def in_unit(line, unit):
    return line.quantity if line.unit_id == unit else line.amount if line.currency_id == unit else None


def is_other(line, unit):
    """Whether the line is known to hold something else than `unit`."""
    return unit not in (line.unit_id, line.currency_id) and None not in (line.quantity, line.unit_id)


def counted_once(shares):
    """What one commitment gets by {(line, counterpart): quantity}: shares add up beside what is said of all."""
    lines = defaultdict(dict)
    for (line, counterpart), quantity in shares.items():
        lines[line][counterpart] = quantity
    return larger({line: larger(parts) for line, parts in lines.items()})


def larger(shares):
    return max(shares.get(None, 0), sum(number for key, number in shares.items() if key is not None))


def more_than_brought(unit, total, whole):
    return _(
        "The delivery brought %(whole)s %(unit)s, but %(total)s would be allocated: correct the quantity."
    ) % {
        "unit": unit,
        "total": numbers.display(total),
        "whole": numbers.display(whole),
    }


def not_measured_so(line):
    return _("Line %(number)s is not measured in the unit of the commitment.") % {"number": line.number}


def overdrawn(line, total, whole):
    return _("%(total)s would be allocated of line %(number)s, which holds %(whole)s.") % {
        "number": line.number,
        "total": numbers.display(total),
        "whole": numbers.display(whole),
    }


def receiver_faults(lines, receivers):
    """Lines of one delivery whose receiver is none of the delivery's: [(line, sentence)].

    `lines` are DeliveryLines, `receivers` the bodies that receive the delivery (None for a person alone);
    an empty receiver is "not split" (model.md §5).
    """
    known = {body.pk for body in receivers if body is not None}
    return [
        (
            line,
            _("“%(who)s” (line %(number)s) is none of the receivers: enter it there, or choose one of them.")
            % {"who": line.receiver, "number": line.number},
        )
        for line in lines
        if line.receiver_id and line.receiver_id not in known
    ]


def one_sided_faults(givers, receivers):
    """Sentences: a delivery has a giver and a receiver, and nobody is both.

    Both are collections of bodies, with None for a person alone.
    """
    if not givers or not receivers:
        return [gettext("Enter at least one giver and one receiver.")]
    both = set(givers) & set(receivers) - {None}
    return [
        gettext("%(who)s cannot both give and receive.") % {"who": who} for who in sorted(both, key=str)[:1]
    ]


def refuse_sides(givers, receivers):
    """Raise what `one_sided_faults` finds."""
    if sentences := one_sided_faults(givers, receivers):
        raise ValidationError(sentences)


def refuse_one_sided(delivery):
    """`refuse_sides` for the rows of a saved delivery."""
    givers, receivers = (
        delivery.roles.filter(role=role).select_related("body") for role in ("giver", "receiver")
    )
    refuse_sides([role.body for role in givers], [role.body for role in receivers])


def count_named(roles):
    """How many people `roles` (the head, deputies and members of one delegation) name.

    A person in two posts is counted once; each title without a person is one more.
    """
    return len({role.person_id or f"title {id_of(role)}" for role in roles})


def crowded_faults(people, named):
    """Sentences: a delegation of `people` (None: not known) has at least the `named` people (count_named).

    Fewer than none are refused by themselves.
    """
    if people is None or people < 0 or people >= named:
        return []
    sentence = _("%(named)s members are named, so there are not %(people)s people.")
    return [sentence % {"named": named, "people": people}]


def refuse_crowded(delegation):
    """Raise what `crowded_faults` finds in a saved delegation."""
    if sentences := crowded_faults(delegation.people, delegation.named()):
        raise ValidationError(sentences)


def side_warning(roles):
    """A sentence where the DelegationRoles of one delegation leave out who sent it, or where or to whom it went."""
    there = {one.role for one in roles if one.body_id}
    if "sender" in there and there & {"visited", "host", "inviter"}:
        return ""
    return gettext(
        "Who sent this delegation or where it went is not entered: the report on two localities leaves it out."
    )
