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
    """Sentences: a delegation of `people` (None: not known) has at least the `named` people (count_named)."""
    if people is None or people >= named:
        return []
    sentence = _("%(named)s members are named, so there are not %(people)s people.")
    return [sentence % {"named": named, "people": people}]


def refuse_crowded(delegation):
    """Raise what `crowded_faults` finds in a saved delegation."""
    if sentences := crowded_faults(delegation.people, delegation.named()):
        raise ValidationError(sentences)
