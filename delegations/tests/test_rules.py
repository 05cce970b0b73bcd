"""Rules of visits and aid over several rows: as pure functions, in `clean()`, and in forms."""

from decimal import Decimal
from types import SimpleNamespace as Row

import pytest
from django.urls import reverse
from django.utils.translation import gettext

from agreements.tests.builders import make_body, make_commitment, make_person, make_place, make_term
from agreements.tests.pages import resent
from agreements.tests.test_rules import faults_of
from delegations.models import Contribution, DelegationRole, Delivery, DeliveryLine
from delegations.rules import (
    allocation_faults,
    count_named,
    crowded_faults,
    delivery_faults,
    line_faults,
    one_sided_faults,
    receiver_faults,
)
from delegations.tests.builders import (
    contribute,
    make_delegation,
    make_delivery,
    make_line,
    make_meeting,
)
from delegations.tests.test_admin import entry, posted, told

__all__ = ["entry"]
pytestmark = pytest.mark.django_db


def line(pk, quantity=None, amount=None, unit=1, currency=2):
    return Row(pk=pk, number=pk, quantity=quantity, amount=amount, unit_id=unit, currency_id=currency)


def share(of, quantity, unit=1):
    return Row(line=of, quantity=quantity, commitment=Row(unit_id=unit))


# Allocations of a line -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("quantities", "at"),
    [([78], None), ([79], 0), ([40, 38], None), ([78, 78], 1), ([40, None, 39, 1], 2), ([78, 0], None)],
)
def test_a_line_gives_no_more_than_it_holds(quantities, at):
    whole = line(1, quantity=78)
    rows = [share(whole, quantity) for quantity in quantities]
    assert [row for row, _sentence in allocation_faults([whole], rows)] == ([] if at is None else [rows[at]])


def test_allocations_are_held_against_the_line_as_it_stands_now():
    stored, lowered = line(1, quantity=78), line(1, quantity=77)
    rows = [share(stored, 78)]
    assert allocation_faults([], rows) == allocation_faults([stored], rows) == []
    assert [row for row, _sentence in allocation_faults([lowered], rows)] == rows


def test_goods_and_their_value_are_allocated_apart():
    both = line(1, quantity=10, amount=500)
    assert allocation_faults([both], [share(both, 10), share(both, 500, unit=2)]) == []
    assert len(allocation_faults([both], [share(both, 11), share(both, 501, unit=2)])) == 2
    assert len(allocation_faults([both], [share(both, 1, unit=3)])) == 1


def test_a_line_of_unknown_size_has_no_bound():
    unknown = line(1)
    assert allocation_faults([unknown], [share(unknown, 78), share(None, 5)]) == []


# Allocations of a whole delivery ---------------------------------------------------------------------
def held(pk, quantity=None, unit=1, part_of=None, **money):
    money = {"amount": None, "currency_id": None, **money}
    return Row(pk=pk, number=pk, quantity=quantity, unit_id=unit, part_of=part_of, **money)


FIVE = held(1, 5)
FIRST, SECOND, IN_MONEY = (Row(pk=pk, unit_id=unit, unit="suất") for pk, unit in ((1, 1), (2, 1), (3, 9)))


def given(quantity, commitment=FIRST, line=None, counterpart=None):
    return Row(line=line, quantity=quantity, commitment=commitment, counterpart_id=counterpart)


SHARES = [
    ("all of it", [FIVE], [given(5)], None),
    ("more than all", [FIVE], [given(6)], 0),
    ("twice to one commitment is once", [FIVE], [given(5), given(5)], None),
    ("by its line and as a whole is once", [FIVE], [given(5, line=FIVE), given(5)], None),
    ("a second commitment takes it again", [FIVE], [given(5), given(5, SECOND)], 1),
    ("a second one by the line", [FIVE], [given(5), given(1, SECOND, line=FIVE)], 1),
    ("shared between two", [FIVE], [given(3), given(2, SECOND)], None),
    ("shares of counterparts add up", [FIVE], [given(3, counterpart=1), given(3, counterpart=2)], 1),
    ("an empty share", [FIVE], [given(5), given(None, SECOND)], None),
    ("lines add up", [FIVE, held(2, 4)], [given(9)], None),
    ("lines add up and bound", [FIVE, held(2, 4)], [given(9), given(1, SECOND)], 1),
    ("a part is not added to its whole", [FIVE, held(2, 4, part_of=FIVE)], [given(6)], 0),
    ("a line of unknown size has no bound", [FIVE, held(2, None, unit=None)], [given(50)], None),
    ("another unit has no bound", [FIVE], [given(50, IN_MONEY)], None),
    ("money beside goods", [held(1, 5, amount=300, currency_id=9)], [given(5), given(301, IN_MONEY)], 1),
    ("no line at all", [], [given(50)], None),
]


@pytest.mark.parametrize(
    ("lines", "shares", "at"), [one[1:] for one in SHARES], ids=[one[0] for one in SHARES]
)
def test_a_delivery_gives_no_more_than_it_brought(lines, shares, at):
    faults = [shares.index(row) for row, _sentence in delivery_faults(lines, shares)]
    assert faults == ([] if at is None else [at])


def test_a_second_commitment_does_not_take_the_same_again(allocated):
    row, _first = allocated
    second = make_commitment(kind="cumulative", unit=make_term("unit", "person"))
    more = Contribution(delivery=row.delivery, commitment=second, quantity=Decimal(38))
    assert faults_of(more) == (set(), "")
    more.quantity = Decimal(39)
    named, told_sentence = faults_of(more)
    assert named == {"quantity"}
    assert "78" in told_sentence
    assert "79" in told_sentence
    more.quantity = Decimal(38)
    more.save()
    assert faults_of(row) == (set(), "")
    row.quantity = Decimal(77)
    assert faults_of(row)[0] == {"__all__"}


@pytest.fixture
def allocated(db):
    """A line of 78 people of which 40 are allocated to a commitment, and that commitment."""
    commitment = make_commitment(kind="cumulative", unit=make_term("unit", "person"))
    row = make_line(make_delivery(), "students", unit="person", quantity=Decimal(78))
    contribute(row.delivery, commitment, line=row, quantity=Decimal(40))
    return row, commitment


def test_a_contribution_takes_only_what_is_left(allocated):
    row, commitment = allocated
    more = Contribution(delivery=row.delivery, line=row, commitment=commitment, how="made", quantity=38)
    assert faults_of(more) == (set(), "")
    more.quantity = Decimal(39)
    assert faults_of(more)[0] == {"quantity"}
    more.checked_together = True
    assert faults_of(more) == (set(), "")


def test_a_line_is_not_lowered_below_its_allocations(allocated):
    row, _commitment = allocated
    row.quantity = Decimal(40)
    assert faults_of(row) == (set(), "")
    row.quantity = Decimal(39)
    assert faults_of(row)[0] == {"__all__"}
    row.checked_together = True
    assert faults_of(row) == (set(), "")


def change(entry, delivery, quantity, *shares):
    """What comes back when a delivery of one line is saved with `quantity`, and with `shares` (cells) of it."""
    saved = delivery.lines.get()
    cells = {"item": saved.item_id, "unit": saved.unit_id, "number": 1, "quantity": quantity}
    data = posted(entry, [{**cells, "id": saved.pk, "delivery": delivery.pk}], code=delivery.code)
    data |= {"lines-INITIAL_FORMS": 1, "contributions-TOTAL_FORMS": len(shares)}
    data["contributions-INITIAL_FORMS"] = sum("id" in one for one in shares)
    for number, one in enumerate(shares):
        one = {"line": saved.pk, "delivery": delivery.pk, **one}
        data |= {f"contributions-{number}-{name}": value for name, value in one.items()}
    for role in ("giver", "receiver"):
        row = delivery.roles.get(role=role)
        data |= {f"roles-{role}-0-id": row.pk, f"roles-{role}-INITIAL_FORMS": 1}
    return resent(entry, reverse("admin:delegations_delivery_change", args=[delivery.pk]), data)


@pytest.fixture
def delivery(entry):
    """A delivery of one line of 78 people, entered in the form, and what may be said of it."""
    cells = {"item": entry.students.pk, "quantity": "78", "unit": entry.person.pk}
    response = entry.post(reverse("admin:delegations_delivery_add"), posted(entry, [cells]))
    assert response.status_code == 302, told(response)
    entry.commitment = make_commitment(kind="cumulative", unit=entry.person)
    return Delivery.objects.get()


def test_contributions_of_one_form_are_added(entry, delivery):
    first = {"how": "serves", "commitment": entry.commitment.pk, "quantity": "78"}
    second = {**first, "how": "made"}
    assert "156" in told(change(entry, delivery, "78", first, second))
    assert not Contribution.objects.exists()
    halves = {**first, "quantity": "40"}, {**second, "quantity": "38"}
    assert change(entry, delivery, "78", *halves).status_code == 302
    assert Contribution.objects.count() == 2


def test_line_and_contributions_may_change_in_one_form(entry, delivery):
    cells = {"how": "serves", "commitment": entry.commitment.pk, "quantity": "78"}
    change(entry, delivery, "78", cells)
    cells["id"] = Contribution.objects.get().pk
    assert "77" in told(change(entry, delivery, "77", cells))
    assert change(entry, delivery, "80", {**cells, "quantity": "80"}).status_code == 302
    assert change(entry, delivery, "5", {**cells, "quantity": "5"}).status_code == 302
    assert Contribution.objects.get().quantity == delivery.lines.get().quantity == 5


# Receivers of lines ----------------------------------------------------------------------------------
def test_the_receiver_of_a_line_receives_the_delivery():
    one, other = Row(pk=1), Row(pk=2)
    split, whole = Row(receiver=one, receiver_id=1, number=1), Row(receiver=None, receiver_id=None, number=2)
    assert receiver_faults([split, whole], [one, None]) == []
    assert [row for row, _sentence in receiver_faults([split, whole], [other, None])] == [split]


def test_a_line_names_one_of_the_receivers_of_its_delivery():
    row = make_line(make_delivery())
    row.receiver = make_place("LA-Y")
    assert faults_of(row) == (set(), "")
    row.receiver = make_place()
    assert faults_of(row)[0] == {"receiver"}
    row.checked_together = True
    assert faults_of(row) == (set(), "")


def test_a_form_takes_the_receivers_as_they_are_typed(entry):
    cells = {"item": entry.masks.pk, "receiver": entry.la.pk}
    url = reverse("admin:delegations_delivery_add")
    assert entry.post(url, posted(entry, [cells])).status_code == 302
    assert str(entry.vn) in told(entry.post(url, posted(entry, [cells | {"receiver": entry.vn.pk}])))


# Sides and people ------------------------------------------------------------------------------------
def test_a_delivery_has_two_sides():
    assert one_sided_faults(["a"], ["b", None]) == []
    assert len(one_sided_faults(["a"], [])) == 1
    assert len(one_sided_faults(["a", None], ["a", None])) == 1
    assert one_sided_faults([None], [None]) == []


@pytest.mark.parametrize(
    ("people", "named", "faults"), [(3, 3, 0), (2, 3, 1), (None, 3, 0), (0, 0, 0), (0, 2, 1), (-3, 0, 0)]
)
def test_a_delegation_has_as_many_people_as_are_named(people, named, faults):
    assert len(crowded_faults(people, named)) == faults


def test_a_person_in_two_posts_is_one_of_the_people():
    delegation, person = make_delegation(head="Trưởng đoàn"), make_person()
    for title in ("Giám đốc", "Bí thư"):
        DelegationRole.objects.create(delegation=delegation, role="member", person=person, title=title)
    assert count_named(delegation.roles.all()) == delegation.named() == 2
    delegation.people = 2
    assert faults_of(delegation) == (set(), "")
    delegation.people = 1
    assert faults_of(delegation)[0] == {"people"}
    delegation.checked_together = True
    assert faults_of(delegation) == (set(), "")


def test_the_parts_of_a_delegation_are_counted_from_both_sides():
    whole = make_delegation(number=3, held="2021")
    make_delegation(number=2, part_of=whole, held="2021")
    second = make_delegation(number=1, part_of=whole, held="2021")
    assert faults_of(second) == faults_of(whole) == (set(), "")
    second.number = 2
    assert faults_of(second)[0] == {"number"}
    whole.number = 2
    assert faults_of(whole)[0] == {"number"}
    whole.number = None
    assert faults_of(whole) == (set(), "")


def test_parts_of_lines_are_held_against_the_whole_as_it_stands_now():
    stored, lowered = (
        Row(pk=1, number=1, part_of=None, quantity=q, unit_id=1, amount=None, currency_id=None, item_id=1)
        for q in (78, 64)
    )
    part = Row(**{**vars(stored), "pk": 2, "number": 2, "part_of": stored, "quantity": 65})
    assert line_faults([stored, part]) == []
    assert [row for row, _sentence in line_faults([lowered, part])] == [lowered]


# Rows by themselves ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("facts", "sentences"),
    [
        ({"quantity": -1, "unit": "person"}, ["A quantity is not negative: correct the number."]),
        ({"quantity": 1}, ["A quantity needs its unit: choose it."]),
        ({"amount": -1, "currency": "VND"}, ["An amount is not negative: correct the number."]),
        ({"amount": 1}, ["An amount needs its currency: choose it."]),
        ({"quantity": 0, "unit": "person", "amount": 0, "currency": "VND"}, []),
    ],
)
def test_negative_and_without_a_unit_are_told_apart(facts, sentences):
    lists = {"unit": "unit", "currency": "currency"}
    facts = {name: make_term(name, value) if name in lists else value for name, value in facts.items()}
    row = DeliveryLine(delivery=make_delivery(), number=1, item=make_term("item", "goods"), **facts)
    assert faults_of(row)[1] == " ".join(map(gettext, sentences))


def test_cost_and_quantity_of_a_contribution_are_told_apart():
    delegation = make_delegation()
    delegation.cost = Decimal(5)
    assert faults_of(delegation)[1] == gettext("A cost needs its currency: choose it.")
    delegation.currency = make_term("currency", "VND")
    assert faults_of(delegation) == (set(), "")
    delegation.cost = Decimal(-5)
    assert faults_of(delegation)[1] == gettext("A cost is not negative: correct the number.")
    commitment = make_commitment(kind="cumulative", unit=make_term("unit", "person"))
    one = Contribution(meeting=make_meeting(), commitment=commitment, quantity=Decimal(-1))
    assert faults_of(one)[1] == gettext("A quantity is not negative: correct the number.")


def test_a_delegation_is_not_reported_before_it_was_held():
    delegation = make_delegation(held="2022-05-26")
    for reported_on, at in [("2022-05-25", {"__all__"}), ("2022-05", set()), ("2022-05-26", set())]:
        delegation.reported_on = reported_on
        assert faults_of(delegation)[0] == at


def test_numbers_of_visits_and_lines_have_bounds():
    delegation, meeting, row = make_delegation(), make_meeting(), make_line(make_delivery())
    for record, column, least, most in [
        (delegation, "number", 0, 9999), (delegation, "people", 0, 999_999), (meeting, "number", 1, 9999),
        (row, "number", 1, 9999),
    ]:  # fmt: skip
        for value, at in [(least, set()), (most, set()), (most + 1, {column}), (10**20, {column})]:
            setattr(record, column, value)
            assert faults_of(record)[0] == at, (record, value)
        setattr(record, column, 1)


def test_a_meeting_takes_place_at_a_place():
    meeting = make_meeting()
    meeting.place = make_place()
    assert faults_of(meeting) == (set(), "")
    meeting.place = make_body()
    assert faults_of(meeting)[0] == {"place"}


def test_names_of_delegations_sort_in_vietnamese_order():
    names = [make_delegation(name=name).sort for name in ("An", "Ảnh", "Dừa", "Đường")]
    assert names == sorted(names)
    assert len(set(names)) == 4
