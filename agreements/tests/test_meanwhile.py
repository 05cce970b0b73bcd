"""Two officers at one record: what each changed, and what the second is asked."""

import pytest
from django.urls import reverse

from agreements.models import Agreement, AgreementRole, Person, Target
from agreements.tests.builders import (
    make_agreement,
    make_body,
    make_commitment,
    make_person,
    make_place,
    make_target,
    make_term,
)
from agreements.tests.pages import as_sent, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return client_of()


def page_of(record):
    model = record._meta.model_name
    return reverse(f"admin:{record._meta.app_label}_{model}_change", args=[record.pk])


def saved(officer, address, data):
    """Send a page that must be accepted."""
    answer = officer.post(address, data)
    assert answer.status_code == 302, answer.context and answer.context.get("errors")


def measured():
    """A commitment whose targets have a unit."""
    return make_commitment(
        make_agreement(), [make_place()], kind="cumulative", unit=make_term("unit", "turn")
    )


def opened(officer, record):
    """What the browser would send of the record's page as it is now."""
    return as_sent(officer.get(page_of(record)))


def rows(data, prefix):
    """{key of a part: its number on the page}."""
    total = int(data[f"{prefix}-INITIAL_FORMS"])
    return {int(data[f"{prefix}-{number}-id"]): number for number in range(total)}


def hidden(page):
    """What the page of a choice sends again."""
    data = {"_seen": page.context["seen"]}
    for name, value in page.context["hidden"]:
        data.setdefault(name, []).append(value) if name != "_seen" else None
    return data


def test_a_page_that_nobody_else_changed_is_saved(officer):
    agreement = make_agreement(title="Một")
    data = opened(officer, agreement) | {"title": "Hai"}
    assert officer.post(page_of(agreement), data).status_code == 302
    assert Agreement.objects.get().title == "Hai"


def test_changes_of_different_fields_stand_together_and_are_told(officer):
    agreement = make_agreement(title="Một", note="cũ")
    first, second = opened(officer, agreement), opened(officer, agreement)
    saved(officer, page_of(agreement), first | {"title": "Hai"})
    answer = officer.post(page_of(agreement), second | {"note": "mới"}, follow=True)
    agreement.refresh_from_db()
    assert (agreement.title, agreement.note) == ("Hai", "mới")
    assert "Tên gọi" in " ".join(map(str, answer.context["messages"]))


@pytest.mark.parametrize(("choice", "title"), [("mine", "Ba"), ("theirs", "Hai")])
def test_a_field_that_both_changed_is_asked_with_both_values(officer, choice, title):
    agreement = make_agreement(title="Một", note="")
    first, second = opened(officer, agreement), opened(officer, agreement)
    saved(officer, page_of(agreement), first | {"title": "Hai"})
    page = officer.post(page_of(agreement), second | {"title": "Ba", "note": "gõ thêm"})
    assert page.status_code == 409
    assert Agreement.objects.get().title == "Hai"
    (asked,) = page.context["asked"]
    assert (asked["before"], asked["theirs"], asked["mine"]) == ("Một", "Hai", "Ba")
    assert "Ai Đó" in page.content.decode()
    done = officer.post(page_of(agreement), hidden(page) | {"_choice.title": choice})
    assert done.status_code == 302, done.content.decode()[:3000]
    agreement.refresh_from_db()
    assert (agreement.title, agreement.note) == (title, "gõ thêm")


def test_a_choice_that_is_not_made_is_asked_again(officer):
    agreement = make_agreement(title="Một")
    first, second = opened(officer, agreement), opened(officer, agreement)
    saved(officer, page_of(agreement), first | {"title": "Hai"})
    page = officer.post(page_of(agreement), second | {"title": "Ba"})
    again = officer.post(page_of(agreement), hidden(page))
    assert again.status_code == 409
    (asked,) = again.context["asked"]
    assert (asked["theirs"], asked["mine"]) == ("Hai", "Ba")
    officer.post(page_of(agreement), hidden(again) | {"_choice.title": "mine"})
    assert Agreement.objects.get().title == "Ba"


def test_a_third_officer_who_saves_during_the_choice_is_merged_too(officer):
    agreement = make_agreement(title="Một", note="")
    first, second, third = (opened(officer, agreement) for _one in range(3))
    saved(officer, page_of(agreement), first | {"title": "Hai"})
    page = officer.post(page_of(agreement), second | {"title": "Ba"})
    saved(officer, page_of(agreement), third | {"note": "người thứ ba"})
    done = officer.post(page_of(agreement), hidden(page) | {"_choice.title": "mine"})
    agreement.refresh_from_db()
    assert (done.status_code, agreement.title, agreement.note) == (302, "Ba", "người thứ ba")


def test_the_merged_record_can_be_looked_at_before_it_is_saved(officer):
    agreement = make_agreement(title="Một")
    first, second = opened(officer, agreement), opened(officer, agreement)
    saved(officer, page_of(agreement), first | {"title": "Hai"})
    page = officer.post(page_of(agreement), second | {"title": "Ba"})
    look = officer.post(page_of(agreement), hidden(page) | {"_choice.title": "mine", "_look": "1"})
    assert look.status_code == 200
    assert look.context["adminform"].form["title"].value() == "Ba"
    assert Agreement.objects.get().title == "Hai"
    data = as_sent(look)
    assert officer.post(page_of(agreement), data).status_code == 302
    assert Agreement.objects.get().title == "Ba"


def test_what_does_not_keep_the_rules_after_merging_comes_back_with_all_that_was_typed(officer):
    agreement = make_agreement(signed_on="2020-01-01", expires_on="2025-01-01")
    first, second = opened(officer, agreement), opened(officer, agreement)
    saved(officer, page_of(agreement), first | {"expires_on": "1/1/2021"})
    page = officer.post(page_of(agreement), second | {"signed_on": "1/1/2022"})
    assert page.status_code == 200
    assert "trước ngày ký" in page.content.decode()
    form = page.context["adminform"].form
    assert (form["signed_on"].value(), form["expires_on"].value()) == ("1/1/2022", "1/1/2021")


# Parts --------------------------------------------------------------------------------------------------
def test_parts_that_only_one_changed_stand_by_themselves(officer):
    agreement = make_agreement(title="Một")
    first, second = opened(officer, agreement), opened(officer, agreement)
    number = int(first["roles-party-TOTAL_FORMS"])
    third = make_place("LA-Z", "Tỉnh Z")
    saved(
        officer,
        page_of(agreement),
        first | {"roles-party-TOTAL_FORMS": number + 1, f"roles-party-{number}-body": third.pk},
    )
    assert officer.post(page_of(agreement), second | {"title": "Hai"}).status_code == 302
    assert Agreement.objects.get().title == "Hai"
    assert agreement.roles.filter(body=third).exists()


def test_parts_that_both_changed_stop_and_keep_what_was_typed(officer):
    commitment = measured()
    one, two = make_target(commitment, "2022", 10), make_target(commitment, "2023", 20)
    first, second = opened(officer, commitment), opened(officer, commitment)
    at = rows(first, "targets")
    saved(officer, page_of(commitment), first | {f"targets-{at[one.pk]}-minimum": "11"})
    mine = {f"targets-{at[one.pk]}-minimum": "12", f"targets-{at[two.pk]}-minimum": "21"}
    page = officer.post(page_of(commitment), second | mine)
    assert page.status_code == 409
    (asked,) = page.context["asked"]
    assert (asked["before"], asked["theirs"], asked["mine"]) == ("10", "11", "12")
    officer.post(page_of(commitment), hidden(page) | {f"_choice.{asked['name']}": "theirs"})
    held = dict(Target.objects.values_list("period", "minimum"))
    assert {period: int(value) for period, value in held.items()} == {"2022": 11, "2023": 21}


def test_a_row_changed_here_and_removed_there_is_asked(officer):
    commitment = measured()
    target = make_target(commitment, "2022", 10)
    for choice, left in (("theirs", []), ("mine", [12])):
        first, second = opened(officer, commitment), opened(officer, commitment)
        saved(officer, page_of(commitment), first | {"targets-0-DELETE": "on"})
        assert not Target.objects.exists()
        page = officer.post(page_of(commitment), second | {"targets-0-minimum": "12"})
        (asked,) = page.context["asked"]
        done = officer.post(page_of(commitment), hidden(page) | {f"_choice.{asked['name']}": choice})
        assert done.status_code == 302
        assert [int(one) for one in Target.objects.values_list("minimum", flat=True)] == left
        Target.objects.all().delete()
        target.pk = None
        target.save()


def test_a_row_removed_here_and_changed_there_is_asked(officer):
    commitment = measured()
    make_target(commitment, "2022", 10)
    first, second = opened(officer, commitment), opened(officer, commitment)
    saved(officer, page_of(commitment), first | {"targets-0-minimum": "11"})
    page = officer.post(page_of(commitment), second | {"targets-0-DELETE": "on"})
    names = [one["name"] for one in page.context["asked"]]
    assert names == ["targets-0-DELETE"]
    officer.post(page_of(commitment), hidden(page) | {"_choice.targets-0-DELETE": "theirs"})
    assert int(Target.objects.get().minimum) == 11


def test_new_rows_of_both_stand_side_by_side(officer):
    commitment = measured()
    first, second = opened(officer, commitment), opened(officer, commitment)

    def row(period, number):
        return {"targets-TOTAL_FORMS": 1, "targets-0-period": period, "targets-0-minimum": number}

    saved(officer, page_of(commitment), first | row("2022", "1"))
    page = officer.post(page_of(commitment), second | row("2023", "2"))
    assert (page.status_code, page.context["asked"]) == (409, [])
    assert officer.post(page_of(commitment), hidden(page)).status_code == 302
    assert sorted(Target.objects.values_list("period", flat=True)) == ["2022", "2023"]


# Gone ----------------------------------------------------------------------------------------------------
def test_saving_what_somebody_deleted_keeps_what_was_typed(officer):
    person = make_person("Lê Văn Z")
    address = reverse("admin:agreements_person_change", args=[person.pk])
    data = as_sent(officer.get(address)) | {"name": "Lê Văn Y"}
    person.delete()
    page = officer.post(address, data)
    assert page.status_code == 409
    assert ("Tên", "Lê Văn Y") in page.context["typed"]
    look = officer.post(page.context["add_url"], hidden_of_gone(page) | {"_look": "1"})
    assert look.context["adminform"].form["name"].value() == "Lê Văn Y"
    assert not Person.objects.filter(name="Lê Văn Y").exists()
    assert officer.post(page.context["add_url"], as_sent(look)).status_code == 302
    assert Person.objects.filter(name="Lê Văn Y").exists()


def test_saving_what_was_handed_to_another_office_keeps_what_was_typed():
    officer = client_of("view_agreement", "change_agreement", "add_agreement")
    agreement = make_agreement(title="Một", office=officer.user.office)
    data = opened(officer, agreement) | {"title": "Đã gõ lâu"}
    agreement.office = make_body("CQ-X", "Cơ quan X")
    agreement.title = "Của cơ quan khác"
    agreement.save()
    page = officer.post(page_of(agreement), data)
    text = page.content.decode()
    assert page.status_code == 409
    assert "đã chuyển cho cơ quan khác" in text
    assert ("Tên gọi", "Đã gõ lâu") in page.context["typed"]
    assert "Của cơ quan khác" not in text
    assert Agreement.objects.get().title == "Của cơ quan khác"
    stranger = client_of("view_agreement", "change_agreement")
    stranger.user.office = make_body("CQ-Y", "Cơ quan Y")
    stranger.user.save()
    assert stranger.post(page_of(agreement), data).status_code == 404  # never theirs: as one that never was


def hidden_of_gone(page):
    data = {}
    for name, value in page.context["hidden"]:
        data.setdefault(name, []).append(value)
    return data


def test_a_record_that_never_was_is_not_found(officer):
    data = opened(officer, make_agreement())
    assert officer.post(reverse("admin:agreements_agreement_change", args=[4711]), data).status_code == 404


def test_deleting_what_somebody_changed_stops_and_says_what(officer):
    person = make_person("Lê Văn Z")
    change = reverse("admin:agreements_person_change", args=[person.pk])
    delete = reverse("admin:agreements_person_delete", args=[person.pk])
    seen = officer.get(delete).context["seen"]
    saved(officer, change, as_sent(officer.get(change)) | {"name": "Lê Văn Y"})
    page = officer.post(delete, {"post": "yes", "_seen": seen})
    assert page.status_code == 200
    assert "Lê Văn Y" in " ".join(map(str, page.context["messages"]))
    assert Person.objects.filter(pk=person.pk).exists()
    assert officer.post(delete, {"post": "yes", "_seen": page.context["seen"]}).status_code == 302
    assert not Person.objects.filter(pk=person.pk).exists()


def test_values_of_columns_that_a_page_does_not_show_are_kept(officer):
    agreement = make_agreement(title="Một")
    data = opened(officer, agreement) | {"title": "Hai"}
    Agreement.objects.update(review_state="approved")
    saved(officer, page_of(agreement), data)
    agreement.refresh_from_db()
    assert (agreement.title, agreement.review_state) == ("Hai", "approved")


def test_roles_are_named_by_what_they_are(officer):
    agreement = make_agreement()
    role = AgreementRole.objects.filter(role="party").first()
    first, second = opened(officer, agreement), opened(officer, agreement)
    number = rows(first, "roles-party")[role.pk]
    saved(officer, page_of(agreement), first | {f"roles-party-{number}-as_printed": "A"})
    page = officer.post(page_of(agreement), second | {f"roles-party-{number}-as_printed": "B"})
    assert page.context["asked"][0]["label"].startswith("Bên ký kết: ")


# What the page showed cannot be read ---------------------------------------------------------------------
@pytest.mark.parametrize("sent", [{}, {"_seen": "nonsense"}])
def test_a_page_without_what_it_showed_is_compared_with_the_record_as_it_is(officer, sent):
    commitment = measured()
    one, two = make_target(commitment, "2022", 10), make_target(commitment, "2023", 20)
    mine = opened(officer, commitment)
    at = rows(mine, "targets")
    mine |= {
        "note": "của tôi",
        f"targets-{at[one.pk]}-minimum": "12",
        f"targets-{at[two.pk]}-minimum": "21",
    }
    saved(officer, page_of(commitment), opened(officer, commitment) | {"note": "của người khác"})
    two.delete()
    mine.pop("_seen")
    page = officer.post(page_of(commitment), mine | sent)
    assert page.status_code == 409
    asked = {one["label"].split(" – ")[-1]: one for one in page.context["asked"]}
    assert len(asked) == 3
    assert (asked["Ghi chú"]["theirs"], asked["Ghi chú"]["mine"]) == ("của người khác", "của tôi")
    assert [(one["theirs"], one["mine"]) for one in asked.values()].count(("10", "12")) == 1
    assert Target.objects.get().minimum == 10
    chosen = {f"_choice.{one['name']}": "mine" for one in page.context["asked"]}
    chosen["_choice.note"] = "theirs"
    saved(officer, page_of(commitment), hidden(page) | chosen)
    commitment.refresh_from_db()
    assert commitment.note == "của người khác"
    assert {one.period: int(one.minimum) for one in Target.objects.all()} == {"2022": 12, "2023": 21}


def test_a_page_without_what_it_showed_is_never_saved_at_once_even_where_all_is_alike(officer):
    agreement = make_agreement(title="Một")
    mine = opened(officer, agreement) | {"binding": "unknown", "auto_renews": "unknown"}
    mine.pop("_seen")
    page = officer.post(page_of(agreement), mine)
    assert (page.status_code, page.context["asked"]) == (409, [])
    saved(officer, page_of(agreement), hidden(page))


def test_deleting_needs_what_the_page_showed(officer):
    person = make_person("Lê Văn Z")
    delete = reverse("admin:agreements_person_delete", args=[person.pk])
    for sent in ({}, {"_seen": "nonsense"}):
        page = officer.post(delete, {"post": "yes"} | sent)
        assert page.status_code == 200
        assert "Chưa làm gì" in " ".join(map(str, page.context["messages"]))
    assert Person.objects.filter(pk=person.pk).exists()
    assert officer.post(delete, {"post": "yes", "_seen": page.context["seen"]}).status_code == 302
