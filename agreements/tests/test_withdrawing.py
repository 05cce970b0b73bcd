"""Top records are withdrawn with a reason, restored by one click, purged by administrators after a time."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from agreements.admin.withdrawing import WithdrawMixin
from agreements.models import Agreement, AgreementRole, Commitment, Document
from agreements.models.record import Record
from agreements.tests.builders import make_agreement, make_commitment, make_document, make_target
from agreements.tests.pages import as_sent, client_of
from agreements.withdrawing import purge, restore, withdraw

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


@pytest.fixture
def officer():
    return client_of(
        "view_agreement", "change_agreement", "add_agreement", "view_commitment", "change_commitment"
    )


def at(page, record):
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_{page}", args=[record.pk])


def listed(client, model="agreement", **asked):
    page = client.get(reverse(f"admin:agreements_{model}_changelist"), asked)
    return [str(one) for one in page.context["cl"].result_list]


def withdraw_by_page(client, record, reason="nhập trùng"):
    seen = client.get(at("withdraw", record)).context["seen"]
    return client.post(at("withdraw", record), {"_seen": seen, "reason": reason})


def test_an_officer_withdraws_with_a_reason_and_restores_by_one_click(officer):
    agreement = make_agreement(title="Một")
    promise = make_commitment(agreement)
    assert withdraw_by_page(officer, agreement).status_code == 302
    agreement.refresh_from_db(), promise.refresh_from_db()
    assert (agreement.withdrawn_reason, agreement.withdrawn_by) == ("nhập trùng", officer.user)
    assert (agreement.withdrawn_on, promise.withdrawn_on) == (timezone.localdate(),) * 2
    assert (listed(officer), listed(officer, withdrawn="1")) == ([], ["Một"])
    page = officer.get(at("change", agreement)).content.decode()
    assert "nhập trùng" in page
    assert "Khôi phục" in page
    assert 'name="_save"' not in page
    assert officer.post(at("restore", agreement)).status_code == 302
    agreement.refresh_from_db(), promise.refresh_from_db()
    assert (agreement.withdrawn_on, promise.withdrawn_on, promise.withdrawn_with_agreement) == (
        None,
        None,
        False,
    )
    assert agreement.history.count() == 3


def test_without_a_reason_nothing_is_withdrawn(officer):
    agreement = make_agreement()
    page = withdraw_by_page(officer, agreement, "  ")
    assert "Hãy ghi lý do rút" in page.content.decode()
    assert not Agreement.objects.withdrawn().exists()


def test_withdrawing_what_somebody_changed_stops_and_keeps_the_reason(officer):
    agreement = make_agreement(title="Một")
    seen = officer.get(at("withdraw", agreement)).context["seen"]
    officer.post(at("change", agreement), as_sent(officer.get(at("change", agreement))) | {"title": "Hai"})
    page = officer.post(at("withdraw", agreement), {"_seen": seen, "reason": "nhập trùng"})
    assert (page.status_code, page.context["reason"]) == (200, "nhập trùng")
    assert "Hai" in " ".join(map(str, page.context["messages"]))
    assert not Agreement.objects.withdrawn().exists()


def test_saving_what_somebody_withdrew_keeps_what_was_typed(officer):
    agreement = make_agreement(title="Một")
    data = as_sent(officer.get(at("change", agreement))) | {"title": "Hai"}
    withdraw(agreement, "nhập trùng", officer.user, TODAY)
    page = officer.post(at("change", agreement), data)
    assert (page.status_code, page.context["typed"][0]) == (409, ("Tên gọi", "Hai"))
    assert Agreement.objects.get().title == "Một"


def test_no_top_record_is_deleted_by_a_page_and_each_can_be_withdrawn():
    administrator = client_of()
    agreement = make_agreement()
    assert administrator.post(at("delete", agreement), {"post": "yes"}).status_code == 403
    tops = [model for model in admin.site._registry if issubclass(model, Record)]
    assert len(tops) == 6
    for model in tops:
        assert isinstance(admin.site._registry[model], WithdrawMixin), model
    assert Agreement.objects.exists()


def test_a_reader_may_neither_withdraw_nor_restore():
    reader, agreement = client_of("view_agreement"), make_agreement()
    assert reader.get(at("withdraw", agreement)).status_code == 403
    assert reader.post(at("restore", agreement)).status_code == 403
    assert client_of().get(at("restore", agreement)).status_code == 405


def test_what_was_withdrawn_before_stays_so_when_the_agreement_is_restored(officer):
    agreement = make_agreement()
    early, late = make_commitment(agreement), make_commitment(agreement)
    withdraw(early, "sai", officer.user, TODAY)
    assert withdraw(agreement, "sai", officer.user, TODAY) == 2
    with pytest.raises(ValidationError, match="khôi phục trước"):
        restore(late)
    assert restore(agreement) == 2
    assert list(Commitment.objects.counted()) == [late]


def test_nothing_new_refers_to_a_withdrawn_record_and_what_did_stays(officer):
    paper = make_document()
    agreement = make_agreement()
    held = AgreementRole.objects.filter(agreement=agreement).first()
    held.document = paper
    held.save()
    withdraw(paper, "trùng", officer.user, TODAY)
    paper.refresh_from_db()
    held = AgreementRole.objects.select_related("document").get(pk=held.pk)
    held.full_clean()
    fresh = AgreementRole.objects.select_related("document").exclude(pk=held.pk).first()
    fresh.document = paper
    with pytest.raises(ValidationError, match="đã rút ngày 25/11/2026"):
        fresh.full_clean()


def test_a_withdrawn_record_is_not_offered():
    client, agreement = client_of(), make_agreement(title="Biên bản cũ")
    asked = {
        "app_label": "agreements",
        "model_name": "commitment",
        "field_name": "agreement",
        "term": "biên bản",
    }
    address = reverse("admin:autocomplete")
    assert len(client.get(address, asked).json()["results"]) == 1
    withdraw(agreement, "trùng", client.user, TODAY)
    assert client.get(address, asked).json()["results"] == []


# For good ---------------------------------------------------------------------------------------------
def gone(model_maker, user, days):
    record = model_maker()
    withdraw(record, "trùng", user, timezone.localdate() - timedelta(days=days))
    record.refresh_from_db()
    return record


def test_the_command_deletes_what_is_due_and_its_history_stays(officer, settings):
    settings.PURGE_AFTER_DAYS = 30
    early, due = gone(make_agreement, officer.user, 29), gone(make_agreement, officer.user, 30)
    out = StringIO()
    call_command("purge", "--dry-run", stdout=out)
    assert due.code in out.getvalue()
    assert early.code not in out.getvalue()
    assert Agreement.objects.count() == 2
    call_command("purge", stdout=out)
    assert list(Agreement.objects.all()) == [early]
    last = Agreement.history.filter(id=due.pk).first()
    assert (last.history_type, last.route) == ("-", "command")
    assert AgreementRole.history.filter(agreement_id=due.pk, history_type="-").count() == 2


def test_what_others_refer_to_stays_and_is_told(officer, settings):
    settings.PURGE_AFTER_DAYS = 1
    paper = gone(make_document, officer.user, 5)
    AgreementRole.objects.filter(agreement=make_agreement()).update(document=paper)
    err = StringIO()
    call_command("purge", stdout=StringIO(), stderr=err)
    assert "còn nơi khác nhắc đến" in err.getvalue()
    assert Document.objects.filter(pk=paper.pk).exists()


def test_commitments_go_before_their_agreement(officer, settings):
    settings.PURGE_AFTER_DAYS = 1
    agreement = make_agreement()
    make_target(make_commitment(agreement), "2022", 1)
    withdraw(agreement, "trùng", officer.user, timezone.localdate() - timedelta(days=2))
    call_command("purge", stdout=StringIO())
    assert (Agreement.objects.count(), Commitment.objects.count()) == (0, 0)


def test_nothing_is_purged_when_the_setting_says_never(officer, settings):
    settings.PURGE_AFTER_DAYS = 0
    gone(make_agreement, officer.user, 10_000)
    call_command("purge", stdout=StringIO())
    assert Agreement.objects.count() == 1


def test_administrators_purge_from_the_list_and_what_was_restored_stays(settings, caplog):
    settings.PURGE_AFTER_DAYS = 30
    administrator = client_of()
    one, two = gone(make_agreement, administrator.user, 31), gone(make_agreement, administrator.user, 31)
    address = reverse("admin:agreements_agreement_changelist") + "?withdrawn=1"
    chosen = {"action": "purge_selected", "_selected_action": [one.pk, two.pk]}
    page = administrator.post(address, chosen)
    assert page.context["due"] == [one, two]
    restore(two)
    withdraw(two, "lại rút", administrator.user, timezone.localdate() - timedelta(days=40))
    done = administrator.post(
        address,
        chosen | {"confirmed": "yes", f"version.{one.pk}": one.version, f"version.{two.pk}": two.version},
    )
    assert done.status_code == 302
    assert list(Agreement.objects.all()) == [two]
    assert f"purged agreements.Agreement {one.pk}" in caplog.text


def test_officers_restore_from_the_list_and_do_not_purge(officer):
    agreement = gone(make_agreement, officer.user, 1)
    address = reverse("admin:agreements_agreement_changelist")
    page = officer.get(address, {"withdrawn": "1"})
    names = [name for name, _label in page.context["action_form"].fields["action"].choices if name]
    assert names == ["restore_selected"]
    officer.post(address + "?withdrawn=1", {"action": "restore_selected", "_selected_action": [agreement.pk]})
    assert Agreement.objects.counted().count() == 1
    assert officer.get(address).context["action_form"] is None


def test_purging_twice_or_too_early_is_refused(officer):
    record = gone(make_agreement, officer.user, 5)
    facts = {"version": record.version, "today": timezone.localdate(), "by": "x"}
    for days in (6, 0):
        with pytest.raises(ValidationError, match="giữ lại"):
            purge(record, days=days, **facts)
    purge(record, days=5, **facts)
    with pytest.raises(ValidationError, match="đã bị xóa hẳn"):
        purge(record, days=5, **facts)
