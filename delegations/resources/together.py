"""Rules over several rows of visits and aid (see agreements/resources/together.py)."""

from agreements.resources.together import Look, parts_of, row_of
from delegations import rules
from delegations.models import Contribution, Delegation, DelegationRole, Delivery, DeliveryLine, DeliveryRole

delegations_in_parts = parts_of(Delegation)


def roles_of(batch, table, column, keys):
    """{key: its roles, as they will be}."""
    session = batch.session
    session.querysets[table] = table._default_manager.select_related("body", "person")
    session.fetch(table, column, keys)
    return {key: session.rows(table, column, key) for key in keys}


def receivers(roles):
    return [role.body for role in roles if role.role == DeliveryRole.As.RECEIVER]


def one_sided(batch):
    """A check: a delivery has a giver and a receiver, and nobody is both."""
    touched = batch.touched("sides", Delivery)
    for key, roles in roles_of(batch, DeliveryRole, "delivery_id", touched).items():
        givers = [role.body for role in roles if role.role == DeliveryRole.As.GIVER]
        for sentence in rules.one_sided_faults(givers, receivers(roles)):
            yield touched[key], "", str(sentence)


def crowded(batch):
    """A check: a delegation has at least the people who are named in it."""
    touched = batch.touched("people", Delegation)
    batch.session.fetch_keys(Delegation, ("id",), [(pk,) for pk in touched])
    for key, roles in roles_of(batch, DelegationRole, "delegation_id", touched).items():
        named = [role for role in roles if role.role in DelegationRole.TRAVELLERS]
        delegation = row_of(batch.session, Delegation, key)
        for sentence in rules.crowded_faults(delegation.people, rules.count_named(named)):
            yield touched[key], "", str(sentence)


def lines_in_parts(batch):
    """A check: “of which” lines fit their whole, and each line's receiver receives the delivery."""
    session, touched = batch.session, batch.touched("lines", Delivery)
    session.fetch(DeliveryLine, "delivery_id", touched)
    roles = roles_of(batch, DeliveryRole, "delivery_id", touched)
    for key, mark in touched.items():
        lines = session.rows(DeliveryLine, "delivery_id", key)
        for _line, sentence in rules.line_faults(lines):
            yield mark, "", str(sentence)
        for _line, sentence in rules.receiver_faults(lines, receivers(roles[key])):
            yield mark, "receiver", str(sentence)


def more_than_brought(batch):
    """A check: what is allocated of a delivery is not more than it brought."""
    session, touched = batch.session, batch.touched("shares", Delivery)
    related = ("line", "commitment", "commitment__unit")
    session.querysets[Contribution] = Contribution._default_manager.select_related(*related)
    session.fetch(Contribution, "delivery_id", touched)
    session.fetch(DeliveryLine, "delivery_id", touched)
    for key, mark in touched.items():
        shares = session.rows(Contribution, "delivery_id", key)
        for _one, sentence in rules.delivery_faults(session.rows(DeliveryLine, "delivery_id", key), shares):
            yield mark, "quantity", str(sentence)


def over_allocated(batch):
    """A check: what is allocated of a line is not more than the line."""
    session, touched = batch.session, batch.touched("allocations", DeliveryLine)
    related = ("line", "commitment", "commitment__unit")
    session.querysets[Contribution] = Contribution._default_manager.select_related(*related)
    session.fetch(Contribution, "line_id", touched)
    for key, mark in touched.items():
        line = row_of(session, DeliveryLine, key)
        for _one, sentence in rules.allocation_faults([line], session.rows(Contribution, "line_id", key)):
            yield mark, "quantity", str(sentence)


look_at_sides = Look("sent", DelegationRole, "delegation", rules.side_warning)
