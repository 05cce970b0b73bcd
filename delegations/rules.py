"""Rules that need today or other rows; form, formset and import call the same ones."""

from collections import defaultdict

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements import numbers
from agreements.models.record import refuse


def refuse_future(first, field):
    """What has taken place does not begin after today (`first`: its first possible day or None)."""
    if first and first > timezone.localdate():
        refuse(
            _("%(day)s is in the future: correct the date, or choose “planned”."),
            field,
            day=f"{first:%d/%m/%Y}",
        )


def line_faults(lines):
    """Sentences for lines of one delivery whose parts do not fit their whole.

    A part has a whole of the same delivery that is no part itself; parts of one measure together are not
    more than the whole. `lines` are DeliveryLine objects, saved or not; returns [(line, sentence)].
    """
    faults, sums = [], defaultdict(lambda: defaultdict(int))
    for line in lines:
        whole = line.part_of
        if whole is None:
            continue
        if whole.part_of is not None:
            faults.append(
                (
                    line,
                    _("Line %(whole)s is itself a part: “of which” goes one step only.")
                    % {"whole": whole.number},
                )
            )
        if same_measure(line, whole, "quantity", "unit_id"):
            sums[id_of(whole)]["quantity"] += line.quantity
        if same_measure(line, whole, "amount", "currency_id"):
            sums[id_of(whole)]["amount"] += line.amount
    for line in lines:
        for measure, total in sums[id_of(line)].items():
            if total > getattr(line, measure):
                faults.append((line, too_much(line, measure, total)))
    return faults


def id_of(line):
    return line.pk or id(line)


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


def refuse_sides(givers, receivers):
    """A delivery has a giver and a receiver, and nobody is both. Both are bodies, None for a person alone."""
    if not givers or not receivers:
        raise ValidationError(gettext("Enter at least one giver and one receiver."))
    if both := set(givers) & set(receivers) - {None}:
        raise ValidationError(gettext("%(who)s cannot both give and receive.") % {"who": min(both, key=str)})


def refuse_one_sided(delivery):
    """`refuse_sides` for the rows of a saved delivery."""
    givers, receivers = (
        delivery.roles.filter(role=role).select_related("body") for role in ("giver", "receiver")
    )
    refuse_sides([role.body for role in givers], [role.body for role in receivers])


def refuse_crowded(delegation):
    """A saved delegation has at least as many people as are named in it."""
    named = delegation.roles.filter(role__in=delegation.roles.model.TRAVELLERS)
    people = len({role.person_id or f"title {role.pk}" for role in named})
    if delegation.people is not None and delegation.people < people:
        raise ValidationError(
            gettext("%(named)s members are named, so there are not %(people)s people.")
            % {"named": people, "people": delegation.people}
        )
