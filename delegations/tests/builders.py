"""Plain builders of visits, meetings and deliveries for tests."""

from agreements.models import Agreement
from agreements.tests.builders import make_body, make_place, make_term, numbers
from delegations.models import (
    Contribution,
    Delegation,
    DelegationRole,
    Delivery,
    DeliveryLine,
    DeliveryRole,
    Meeting,
)


def make_delegation(direction="out", held="2022-05-26", head="", **facts):
    """A delegation held on a day; `head` is the title of its head."""
    number = next(numbers)
    delegation = Delegation.objects.create(
        **{
            "office": make_body(),
            "code": f"D{number}",
            "name": f"Đoàn {number}",
            "direction": direction,
            "held": held,
            **facts,
        }
    )
    if head:
        DelegationRole.objects.create(delegation=delegation, role="head", title=head)
    return delegation


def make_meeting(held="2022-05-26", kind="talks", **facts):
    number = next(numbers)
    return Meeting.objects.create(
        **{"office": make_body(), "code": f"M{number}", "kind": kind, "held": held, **facts}
    )


def make_delivery(held="2022-05-26", giver=None, receiver=None, **facts):
    """A delivery without lines from `giver` (default: VN-X) to `receiver` (default: LA-Y)."""
    number = next(numbers)
    delivery = Delivery.objects.create(**{"office": make_body(), "code": f"H{number}", "held": held, **facts})
    DeliveryRole.objects.create(delivery=delivery, role="giver", body=giver or make_place())
    receiver = receiver or make_place("LA-Y", "Tỉnh Y")
    DeliveryRole.objects.create(delivery=delivery, role="receiver", body=receiver)
    return delivery


def make_line(delivery, item="goods", unit=None, currency=None, part_of=None, **facts):
    """The next line of a delivery; `item`, `unit`, `currency` are codes of their lists."""
    return DeliveryLine.objects.create(
        **{
            "delivery": delivery,
            "number": delivery.lines.count() + 1,
            "item": make_term("item", item),
            "unit": unit and make_term("unit", unit),
            "currency": currency and make_term("currency", currency),
            "part_of": part_of,
            **facts,
        }
    )


def contribute(event, to, how="serves", **facts):
    """A contribution of a delegation, meeting or delivery to an agreement or commitment."""
    arm = "agreement" if isinstance(to, Agreement) else "commitment"
    return Contribution.objects.create(**{event._meta.model_name: event, arm: to, "how": how, **facts})
