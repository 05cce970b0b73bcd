"""Rules over several rows: as pure functions, in `clean()`, and in forms."""

from decimal import Decimal
from types import SimpleNamespace as Row

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext

from agreements.fields import ORGANIZATIONS, PLACES
from agreements.models import (
    Agreement,
    AgreementEvent,
    AgreementLink,
    AgreementRole,
    Body,
    Document,
    Progress,
    Succession,
    Target,
    User,
)
from agreements.rules import (
    circle_faults,
    lead_faults,
    link_faults,
    part_faults,
    succession_faults,
    target_faults,
)
from agreements.tests.builders import (
    make_agreement,
    make_body,
    make_commitment,
    make_document,
    make_event,
    make_link,
    make_place,
    make_target,
    make_term,
)
from agreements.tests.faults import faults_of
from agreements.tests.pages import resent
from agreements.tests.test_admin import agreement as agreement_form
from agreements.tests.test_admin import told


def counted(pk, number, part_of=None, withdrawn_on=None):
    return Row(pk=pk, number=number, part_of=part_of, withdrawn_on=withdrawn_on)


# Parts of a whole ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("whole", "parts", "at"),
    [
        (3, [2, 1], None),
        (3, [2, 2], 1),
        (3, [4], 0),
        (3, [3, 0, 1, 1], 2),
        (None, [2, 2], None),
        (3, [2, None, 1], None),
        (0, [0], None),
        (0, [1], 0),
    ],
)
def test_known_parts_together_are_not_more_than_their_whole(whole, parts, at):
    whole = counted(1, whole)
    rows = [counted(number, one, whole) for number, one in enumerate(parts, 2)]
    assert [row for row, _sentence in part_faults([whole], rows)] == ([] if at is None else [rows[at]])


def test_a_whole_counts_as_it_stands_now_and_withdrawn_parts_do_not():
    stored, changed = counted(1, 3), counted(1, 2)
    parts = [counted(2, 2, stored), counted(3, 1, stored)]
    assert part_faults([stored], parts) == []
    ((row, sentence),) = part_faults([changed], parts)
    assert row is parts[1]
    assert "3" in sentence
    parts[1].withdrawn_on = "2022-01-01"
    assert part_faults([changed], parts) == []


def test_of_which_goes_one_step_only():
    top = counted(1, 3)
    middle = counted(2, 2, top)
    low = counted(3, 1, middle)
    assert [row for row, _sentence in part_faults([top, middle], [middle, low])] == [low]
    assert part_faults([top], [middle]) == []


@pytest.mark.django_db
def test_the_parts_of_an_agreement_are_counted_from_both_sides():
    whole = make_agreement(number=3)
    make_agreement(number=2, part_of=whole)
    second = make_agreement(number=1, part_of=whole)
    assert faults_of(second) == (set(), "")
    second.number = 2
    assert faults_of(second)[0] == {"number"}
    whole.number = 3
    assert faults_of(whole) == (set(), "")
    whole.number = 2
    assert faults_of(whole)[0] == {"number"}
    whole.checked_together = second.checked_together = True
    assert faults_of(whole) == faults_of(second) == (set(), "")


@pytest.mark.django_db
def test_a_whole_does_not_become_a_part():
    whole, other = make_agreement(number=3), make_agreement(number=5)
    make_agreement(number=2, part_of=whole)
    whole.part_of = other
    assert faults_of(whole)[0] == {"part_of"}


# Leading parties -------------------------------------------------------------------------------------
def role(country, lead=True, agreement=1, part="party"):
    return Row(lead=lead, body_id=1, body=Row(country=country), agreement_id=agreement, role=part)


def test_each_side_has_one_leading_party():
    ours, theirs = role("VN"), role("LA")
    assert lead_faults([ours, theirs, role("VN", lead=False), role("VN", agreement=2)]) == []
    second = role("KH")
    assert [one for one, _sentence in lead_faults([ours, theirs, second])] == [second]


@pytest.mark.django_db
def test_a_second_leading_party_is_refused_by_the_row():
    agreement = make_agreement()
    agreement.roles.update(lead=True)
    second = AgreementRole(agreement=agreement, role="party", body=make_body(), lead=True)
    assert faults_of(second)[0] == {"lead"}
    second.checked_together = True
    assert faults_of(second)[0] == set()
    second.checked_together, second.lead = False, False
    assert faults_of(second)[0] == set()


@pytest.fixture
def entry(db):
    """A client of an administrator, two places and a kind of agreement."""
    entry = Client()
    entry.vn, entry.la, entry.office = make_place("VN"), make_place("LA"), make_body()
    user = User.objects.create(username="can-bo", is_staff=True, is_superuser=True, office=entry.office)
    entry.force_login(user)
    entry.kind = make_term("agreement_kind", "mou")
    return entry


def leading(entry, *numbers):
    """What comes back for an agreement of three parties of which `numbers` lead."""
    data = agreement_form(entry, [entry.vn, entry.la, entry.office])
    data |= {f"roles-party-{number}-lead": "on" for number in numbers}
    return entry.post(reverse("admin:agreements_agreement_add"), data)


def test_two_leading_parties_of_one_side_in_one_form_are_refused(entry):
    assert gettext("This side has a leading party already.") in told(leading(entry, 0, 2))
    assert leading(entry, 0, 1).status_code == 302


def test_the_lead_passes_from_one_party_to_another_in_one_form(entry):
    leading(entry, 0, 1)
    made = Agreement.objects.get()
    rows = list(made.roles.order_by("id"))
    data = agreement_form(entry, [entry.vn, entry.la, entry.office]) | {"roles-party-INITIAL_FORMS": 3}
    data |= {f"roles-party-{number}-id": row.pk for number, row in enumerate(rows)}
    data |= {"roles-party-1-lead": "on", "roles-party-2-lead": "on", "code": made.code}
    response = resent(entry, reverse("admin:agreements_agreement_change", args=[made.pk]), data)
    assert response.status_code == 302, told(response)
    assert [row.lead for row in made.roles.order_by("id")] == [False, True, True]


# Circles ---------------------------------------------------------------------------------------------
def test_an_edge_that_closes_a_circle_is_told():
    line = [(1, 2), (2, 3), (1, 3), (4, 2)]
    assert circle_faults(line) == []
    assert circle_faults([*line, (3, 1)]) == [(3, 1)]
    assert circle_faults([(1, 1)]) == [(1, 1)]
    assert [edge for edge, _sentence in link_faults([(1, 2), (2, 1)])] == [(2, 1)]


@pytest.mark.django_db
def test_agreements_do_not_come_before_and_after_one_another():
    first, second, third = (make_agreement() for _number in range(3))
    make_link(second, "follows", first)
    make_link(third, "follows", second)
    assert faults_of(AgreementLink(agreement=third, kind="follows", other=first)) == (set(), "")
    circle = AgreementLink(agreement=first, kind="follows", other=third)
    assert faults_of(circle)[0] == {"other"}
    circle.checked_together = True
    assert faults_of(circle) == (set(), "")


@pytest.mark.django_db
def test_successions_do_not_run_in_a_circle_nor_to_what_had_ended():
    old, new = make_place("VN-A", exists="../2025-06-30"), make_place("VN-B", exists="2025-07-01/..")
    forth = Succession(old=old, new=new, on="2025-07-01", how="merged")
    assert faults_of(forth) == (set(), "")
    forth.save()
    back = Succession(old=new, new=old, on="2025-06-30", how="split")
    assert faults_of(back)[0] == {"new"}
    assert [row for row, _sentence in succession_faults([forth, back])] == [back]
    back.checked_together = True
    assert faults_of(back) == (set(), "")
    back.on = "2025-07-02"
    assert faults_of(back)[0] == {"new"}
    assert len(succession_faults([forth, back])) == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("make", "column"),
    [(make_document, "replaces"), (make_commitment, "continues"), (make_place, "parent")],
)
def test_rows_that_come_after_one_another_form_no_circle(make, column):
    first, second = (make_place("VN-A"), make_place("VN-B")) if make is make_place else (make(), make())
    setattr(second, column, first)
    second.save()
    assert faults_of(second) == (set(), "")
    setattr(first, column, second)
    assert faults_of(first)[0] == {column}
    first.checked_together = True
    assert faults_of(first) == (set(), "")


# Targets ---------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_only_what_is_measured_has_targets():
    measured = make_commitment(kind="cumulative", unit=make_term("unit", "person"))
    standing = make_commitment(kind="standing")
    assert faults_of(Target(commitment=measured, minimum=7)) == (set(), "")
    target = Target(commitment=standing, minimum=7)
    assert faults_of(target)[1] == target_faults([standing], [target])[0][1]
    assert target_faults([measured], [Target(commitment=measured, minimum=7)]) == []
    make_target(measured, minimum=7)
    measured.kind, measured.unit = "standing", None
    assert faults_of(measured)[0] == {"unit"}


# Ends and beginnings ---------------------------------------------------------------------------------
ENDS = [
    (Agreement, {"period": "2022/2025", "expires_on": "2021"}, {"expires_on": "2022"}),
    (Agreement, {"period": "2022/2025", "expires_on": "2021-12-31"}, {"expires_on": "2022-01-01"}),
    (Agreement, {"period": "2022/2025", "effective_on": "2026-01-01"}, {"effective_on": "2025"}),
    (Agreement, {"signed_on": "2022-05", "expires_on": "2022-04-30"}, {"expires_on": "2022-05-01"}),
    (AgreementEvent, {"on": "2022-05", "until": "2022-04-30"}, {"until": "2022"}),
    (Document, {"issued_on": "2022-05-02", "read_on": "2022-05-01"}, {"read_on": "2022-05"}),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "wrong", "right"), ENDS)
def test_nothing_certainly_ends_before_it_begins(model, wrong, right):
    event = make_event(make_agreement(), "extended", "2022")
    record = {Agreement: make_agreement(), Document: make_document(), AgreementEvent: event}[model]
    for name, value in wrong.items():
        setattr(record, name, value)
    assert faults_of(record)[0] == {"__all__"}
    for name, value in right.items():
        setattr(record, name, value)
    assert faults_of(record) == (set(), "")


# Words ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("facts", "words"), [
    ({"period": "2022", "minimum": Decimal("7.00")}, "2022: ít nhất 7"),
    ({"minimum": Decimal("8.00"), "maximum": Decimal("10.00")}, "8–10"),
    ({"period": "2022/2025", "maximum": Decimal("1500000.50")}, "2022–2025: nhiều nhất 1.500.000,5"),
    ({"minimum": Decimal(7), "maximum": Decimal("7.00")}, "7"), ({"minimum": Decimal(0)}, "ít nhất 0"),
])  # fmt: skip
def test_a_target_is_called_as_one_says_it(facts, words):
    assert str(Target(**facts)) == words


# The future ------------------------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize(("assessment", "on", "told_at"), [
    ("done", "2199", {"on"}), ("in_progress", "2199-01-01", {"on"}), ("partly", "2199", {"on"}),
    ("carried_over", "2199", {"on"}), ("not_started", "2199", {"on"}), ("", "2199", {"on"}),
    ("done", "2022/2199", set()), ("", "2022/2199", set()), ("done", "2022", set()),
])  # fmt: skip
def test_nothing_is_reported_of_what_is_still_to_come(assessment, on, told_at):
    report = Progress(commitment=make_commitment(), on=on, assessment=assessment, number=1, done="đã họp")
    assert faults_of(report)[0] == told_at


@pytest.mark.django_db
@pytest.mark.parametrize(
    "facts",
    [
        {"quantity": 0},
        {"assessment": "paused"},
        {"done": "đã họp"},
        {"difficulties": "dịch"},
        {"next_step": "ký"},
    ],
)
def test_a_report_says_something(facts):
    commitment = make_commitment(unit=make_term("unit", "person"), kind="cumulative")
    assert faults_of(Progress(commitment=commitment, on="2022", number=1, **facts)) == (set(), "")
    empty = Progress(commitment=commitment, on="2022", number=1, qualifier="about", verified=True)
    at, sentence = faults_of(empty)
    assert (at, sentence) == (
        {"done"},
        "Báo cáo không nêu điều gì: hãy ghi số lượng, đánh giá hoặc việc đã làm.",
    )


@pytest.mark.django_db
@pytest.mark.parametrize(("process", "signed_on", "told_at"), [
    ("signed", "2199", {"signed_on"}), ("reported", "2199-01-01", {"signed_on"}), ("approved", "2199", set()),
    ("published", "2022", set()), ("signed", "", set()),
])  # fmt: skip
def test_what_is_signed_was_not_signed_in_the_future(process, signed_on, told_at):
    agreement = make_agreement()
    agreement.process, agreement.signed_on = process, signed_on
    assert faults_of(agreement)[0] == told_at


# Bodies of the right sort ----------------------------------------------------------------------------
@pytest.mark.django_db
def test_offices_are_organizations_and_places_are_places():
    agreement = make_agreement()
    agreement.office, agreement.kept_by, agreement.signed_at = make_body(), make_body(), make_place()
    assert faults_of(agreement) == (set(), "")
    agreement.office, agreement.kept_by, agreement.signed_at = make_place(), make_place(), make_body()
    assert faults_of(agreement)[0] == {"office", "kept_by", "signed_at"}


@pytest.mark.django_db
def test_files_that_hold_the_bodies_are_checked_without_a_query(django_assert_num_queries):
    agreement = make_agreement()
    agreement.office, agreement.signed_at = make_place(), make_body()
    references = {field.name for field in Agreement._meta.concrete_fields if field.many_to_one}
    with django_assert_num_queries(0), pytest.raises(ValidationError) as refused:
        agreement.clean_fields(exclude=references)
    assert set(refused.value.message_dict) == {"office", "signed_at"}
    agreement.office, agreement.signed_at = make_body(), make_place()
    agreement.clean_fields(exclude=references)


def test_a_form_offers_and_takes_only_the_right_sort(entry):
    url, data = reverse("admin:agreements_agreement_add"), agreement_form(entry)
    sentence = str(Agreement._meta.get_field("office").sentence)
    assert sentence in told(entry.post(url, data | {"office": entry.vn.pk}))
    sentence = str(Agreement._meta.get_field("signed_at").sentence)
    assert sentence in told(entry.post(url, data | {"signed_at": entry.office.pk}))
    assert entry.post(url, data | {"signed_at": entry.la.pk}).status_code == 302
    query = {"app_label": "agreements", "model_name": "agreement", "field_name": "signed_at", "term": ""}
    found = entry.get(reverse("admin:autocomplete"), query).json()["results"]
    assert {one["id"] for one in found} == {str(entry.vn.pk), str(entry.la.pk), str(make_place().pk)}


def test_every_kind_of_body_is_a_place_or_an_organization():
    assert set(Body.PLACES) == set(PLACES)
    assert set(Body.Kind.values) == {*PLACES, *ORGANIZATIONS}
    assert not set(PLACES) & set(ORGANIZATIONS)
