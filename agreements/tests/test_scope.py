"""The wall: how far somebody sees, and that no table stands outside it."""

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser, Permission
from django.db import models
from django.urls import reverse

from agreements.models import Agreement, Commitment, CommitmentRole, Document, Name, Progress, User
from agreements.scope import WALLS, Reach, WalledManager, reach, scope, seen_by, sees, whole_register
from agreements.tests.builders import (
    make_agreement,
    make_body,
    make_commitment,
    make_document,
    make_place,
    make_progress,
    make_term,
)
from agreements.tests.pages import as_sent, client_of

OURS = [
    model
    for app in ("agreements", "delegations", "tracker")
    for model in apps.get_app_config(app).get_models()
    if not hasattr(model, "instance_type")
]


def somebody(*codenames, office=None, **facts):
    user = User.objects.create(username=f"u{User.objects.count()}", office=office, **facts)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return User.objects.get(pk=user.pk)


@pytest.fixture
def offices(db):
    return make_body("CQ-A", "Cơ quan A"), make_body("CQ-B", "Cơ quan B")


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_table_is_named_with_a_way_to_its_office_or_why_it_has_none(model):
    wall = WALLS[model._meta.label_lower]
    assert [bool(wall.offices), bool(wall.shared), bool(wall.closed)].count(True) == 1
    for path in wall.offices:
        at = model
        for step in path.split("__"):
            at = at._meta.get_field(step).related_model
        assert at._meta.label == "agreements.Body"
    if wall.offices and model is not User:  # whoever logs in is looked up before there is a reader
        assert isinstance(model._default_manager, WalledManager)


def test_the_table_names_nothing_that_is_not_there():
    assert set(WALLS) == {model._meta.label_lower for model in OURS}


def test_every_way_up_is_part_of_a_record_or_told():
    """A table that points to a record and is deleted with it follows the office of that record."""
    for model in OURS:
        for field in model._meta.concrete_fields:
            if field.is_relation and field.remote_field.on_delete is models.CASCADE:
                wall = WALLS[model._meta.label_lower]
                ways = {path.partition("__")[0] for path in wall.offices}
                owner = WALLS[field.related_model._meta.label_lower]
                assert owner.shared or wall.closed or field.name in ways or field.name == "line", (
                    f"{model.__name__}.{field.name}"
                )


@pytest.mark.django_db
def test_a_table_that_nobody_scoped_shows_nothing(monkeypatch, offices):
    make_document(office=offices[0])
    reader = somebody("view_document", office=offices[0])
    assert scope(Document, reader).count() == 1
    monkeypatch.delitem(WALLS, "agreements.document")
    assert scope(Document, reader).count() == 0
    assert scope(Document, somebody()).count() == 0  # sees all offices, and still nothing
    with seen_by(reader):
        assert Document.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("codenames", "has_office", "facts", "expected"),
    [
        (["view_agreement"], True, {}, Reach.OFFICE),
        (["view_agreement"], False, {}, Reach.EVERYTHING),
        (["view_agreement"], True, {"is_active": False}, Reach.NOTHING),
        ([], True, {"is_superuser": True}, Reach.EVERYTHING),
        (["change_user"], True, {}, Reach.EVERYTHING),
        (["add_progress", "view_commitment"], True, {}, Reach.UNIT),
        (["add_progress", "view_commitment"], False, {}, Reach.UNIT),
        (["add_progress", "change_commitment"], True, {}, Reach.OFFICE),
    ],
)
def test_how_far_somebody_sees(offices, codenames, has_office, facts, expected):
    assert reach(somebody(*codenames, office=offices[0] if has_office else None, **facts)) is expected


@pytest.mark.django_db
def test_who_is_not_logged_in_sees_nothing(offices):
    make_document(office=offices[0])
    assert (reach(AnonymousUser()), reach(None)) == (Reach.NOTHING, Reach.NOTHING)
    with seen_by(AnonymousUser()):
        assert Document.objects.count() == 0


@pytest.mark.django_db
def test_an_office_sees_its_records_and_their_parts_alone(offices):
    ours, theirs = (make_commitment(make_agreement(office=one), office=one) for one in offices)
    made = [make_progress(one, "2023", quantity=None) for one in (ours, theirs)]
    with seen_by(somebody("view_agreement", office=offices[0])):
        assert (Commitment.objects.get(), Agreement.objects.get()) == (ours, ours.agreement)
        assert (Progress.objects.get(), list(theirs.progress.all())) == (made[0], [])
        assert sees(Progress, made[0].pk)
        assert not sees(Progress, made[1].pk)
        with whole_register():
            assert Commitment.objects.count() == 2
    assert Commitment.objects.count() == 2


@pytest.mark.django_db
def test_a_focal_point_of_no_unit_sees_nothing_and_history_follows_the_record_not_its_own_numbers(offices):
    unit, other = offices
    mine, foreign = (make_commitment(make_agreement(office=other)) for _ in range(2))
    CommitmentRole.objects.create(commitment=mine, role="lead", body=unit)
    CommitmentRole.objects.create(commitment=foreign, role="lead", title="Chủ tịch")
    for number in range(3):  # so that rows of the history have numbers of records
        mine.note = foreign.note = f"lần {number}"
        mine.save()
        foreign.save()
    focal, nobody = somebody("add_progress", office=unit), somebody("add_progress")
    for model in (Commitment, Agreement):
        assert not scope(model, nobody).exists()
        assert not scope(model.history.model, nobody).exists()
    assert set(scope(Commitment.history.model, focal).values_list("id", flat=True)) == {mine.pk}
    assert set(scope(Agreement.history.model, focal).values_list("id", flat=True)) == {mine.agreement_id}


def test_a_focal_point_sees_what_the_unit_leads_or_shares(offices):
    unit = make_body("DV", "Đơn vị")
    rows = [make_commitment(make_agreement(office=offices[0]), office=offices[0]) for _role in range(3)]
    for commitment, role in zip(rows, ("lead", "cooperating", "obligor"), strict=True):
        CommitmentRole.objects.create(commitment=commitment, role=role, body=unit)
    make_document(office=unit)
    focal = somebody("add_progress", office=unit)
    assert set(scope(Commitment, focal)) == {*rows[:2]}
    assert set(scope(Agreement, focal)) == {one.agreement for one in rows[:2]}
    assert not scope(Document, focal).exists()  # nothing else, be it of their own unit


@pytest.mark.django_db
def test_who_moves_sees_the_new_office_and_the_history_tells_of_the_move(offices):
    ours = [make_document(office=one) for one in offices]
    user = somebody("view_document", office=offices[0])
    assert list(scope(Document, user)) == [ours[0]]
    user.office = offices[1]
    user.save()
    assert list(scope(Document, user)) == [ours[1]]
    told = user.history.order_by("history_id").values_list("office", flat=True)
    assert list(dict.fromkeys(told)) == [offices[0].pk, offices[1].pk]


@pytest.mark.django_db
def test_history_stands_behind_the_same_wall(offices):
    for one in offices:
        make_document(office=one)
    past = scope(Document.history.model, somebody(office=offices[0]))
    assert set(past.values_list("office", flat=True)) == {offices[0].pk}


@pytest.mark.django_db
def test_what_keeps_a_list_entry_from_being_deleted_is_not_told_to_another_office(offices):
    """Only that somebody uses it: the record itself is of another office."""
    place = make_place("VN-14", "Sơn La")
    make_agreement(place, office=offices[0], title="Riêng của A")
    eraser = client_of("view_locality", "delete_locality", "delete_body", "view_agreement")
    eraser.user.office = offices[1]
    eraser.user.save()
    page = eraser.get(reverse("admin:agreements_locality_delete", args=[place.pk])).content.decode()
    assert "Riêng của A" not in page
    assert "(của cơ quan khác)" in page


@pytest.mark.django_db
def test_the_source_of_a_list_entry_stays_when_an_office_that_does_not_see_it_saves_the_page(offices):
    place, paper = make_place("LA-HO", "Hủa Phăn"), make_document(office=offices[0], title="Riêng của A")
    Name.objects.create(body=place, text="Houaphanh", language="en", document=paper)
    officer = client_of("view_locality", "change_locality")
    officer.user.office = offices[1]
    officer.user.save()
    address = reverse("admin:agreements_locality_change", args=[place.pk])
    page = officer.get(address)
    assert "Riêng của A" not in page.content.decode()
    assert "(của cơ quan khác)" in page.content.decode()
    assert officer.post(address, {**as_sent(page), "names-0-text": "Houaphan"}).status_code == 302
    name = Name.objects.get()
    assert (name.text, name.document) == ("Houaphan", paper)


@pytest.mark.django_db
def test_a_code_of_another_office_is_free(offices):
    """Nothing tells that it is in use there: codes and numbers of documents are an office's own."""
    facts = {"code": "TL-1", "number": "12/QĐ", "issuer": offices[0], "issued_on": "2022-01-05"}
    for office in offices:
        document = Document(
            office=office, kind=make_term("document_kind", "report"), title="Văn bản", **facts
        )
        document.full_clean()
        document.save()
    assert Document.objects.count() == 2
