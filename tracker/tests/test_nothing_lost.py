"""Two officers write at once, by every route, on every table: nothing is lost, nothing is typed twice.

Six routes, twenty cases each. “Lost” is a value that somebody saved and that is gone without a word; “retyped” is one
that the other typed, chose or gave in a file and that the answer does not hold any more.
"""

import csv
import io
import json
import sys
from datetime import timedelta
from typing import ClassVar

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from agreements.admin.meanwhile import MeanwhileMixin
from agreements.interchange.exporting import rows_out
from agreements.models import Locality, Name, Organization
from agreements.models.record import Record
from agreements.tests.builders import (
    make_agreement,
    make_body,
    make_commitment,
    make_document,
    make_person,
    make_place,
    make_term,
)
from agreements.tests.pages import as_sent, client_of
from agreements.withdrawing import restore, withdraw
from delegations.models import DelegationRole, MeetingRole
from delegations.tests.builders import make_delegation, make_delivery, make_line, make_meeting
from tracker.imports.models import ImportBatch
from tracker.interchange import KINDS
from tracker.tests.importers import kept_apart  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_apart")]


def locality():
    return Locality.objects.get(pk=make_place("LA-Z", "Tỉnh Z").pk)


def organization():
    return Organization.objects.get(pk=make_body("SO-Z", "Sở Z").pk)


def delivery():
    found = make_delivery()
    make_line(found)
    return found


def delegation():
    found = make_delegation()
    DelegationRole.objects.create(delegation=found, role="sender", body=make_place())
    return found


def meeting():
    found = make_meeting()
    MeetingRole.objects.create(meeting=found, role="host", body=make_place())
    return found


def commitment():
    return make_commitment(make_agreement(), [make_place()])


# maker, a field that both change, another that only the second changes, prefix and field of a part, kind of file
TABLES = {
    "agreement": (make_agreement, "title", "note", "roles-party", "as_printed", "agreements"),
    "commitment": (commitment, "text", "note", "roles-obligor", "as_printed", "commitments"),
    "delegation": (delegation, "name", "note", "roles-sender", "as_printed", "delegations"),
    "meeting": (meeting, "note", "held", "roles-host", "as_printed", "meetings"),
    "delivery": (delivery, "note", "held", "roles-giver", "as_printed", "deliveries"),
    "document": (make_document, "title", "note", "", "", "documents"),
    "person": (make_person, "name", "code", "names", "text", "people"),
    "locality": (locality, "name_en", "official_code", "names", "text", "localities"),
    "organization": (organization, "name_en", "official_code", "names", "text", "organizations"),
    "term": (
        lambda: make_term("reason", "weather", "Thời tiết"),
        "name_en",
        "name",
        "names",
        "text",
        "terms",
    ),
}
OTHER = {"held": "1/6/2022", "code": "ma-moi", "official_code": "77"}
ORDERS = (0, 1)
"""Which of the two saves first."""


def address(page, record):
    opts = record._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{page}", args=[record.pk])


class Pair:
    """Two officers with the page of one record open, and the count of what goes wrong."""

    tried = lost = retyped = 0
    faults: ClassVar = []

    def __init__(self, name, order):
        self.maker, self.field, self.other, self.prefix, self.column, self.kind = TABLES[name]
        self.record = self.maker()
        self.add_part()
        people = [client_of(), client_of()]
        self.first, self.second = people[order], people[1 - order]
        Pair.tried += 1

    def add_part(self):
        arms = {"person": "person", "locality": "body", "organization": "body", "term": "term"}
        arm = arms.get(self.record._meta.model_name)
        if arm:
            Name.objects.create(**{f"{arm}_id": self.record.pk}, text="Tên khác")

    def open(self):
        """What the pages send that both have opened now; both see the same (a test of its own)."""
        return as_sent(self.first.get(address("change", self.record)))

    def save(self, who, data):
        return who.post(address("change", self.record), data)

    def value(self, name=None):
        name = name or self.field
        return getattr(type(self.record)._base_manager.filter(pk=self.record.pk).first(), name, None)

    def stands(self, text):
        """Whether a part, or the other field of a table without parts, holds the text."""
        if not self.prefix:
            return self.value(self.column) == text
        models = [one.related_model for one in self.record._meta.related_objects]
        with_column = [
            one for one in models if self.column in {field.name for field in one._meta.concrete_fields}
        ]
        return any(one._base_manager.filter(**{self.column: text}).exists() for one in with_column)

    def count(self, *, kept, still):
        """`kept`: what the first saved stands; `still`: what the second typed is in the answer."""
        Pair.lost += not kept
        Pair.retyped += not still
        if not (kept and still):
            Pair.faults.append((repr(self.record), kept, still))


def sends(page, *texts):
    """Whether the page of a choice sends all these texts again, or shows them."""
    held = [value for _name, value in page.context["hidden"]]
    return all(text in held for text in texts)


def by_form(name, order):
    """Both change one field, the second another too."""
    pair, typed = Pair(name, order), OTHER.get(TABLES[name][2], "gõ thêm")
    opened = pair.open()
    assert pair.save(pair.first, opened | {pair.field: "Của người đầu"}).status_code == 302
    page = pair.save(pair.second, opened | {pair.field: "Của người sau", pair.other: typed})
    kept, still = pair.value() == "Của người đầu", page.status_code == 409
    pair.count(kept=kept, still=still and sends(page, "Của người sau", typed))
    if still:
        data = again(page) | {f"_choice.{pair.field}": "mine"}
        assert pair.save(pair.second, data).status_code == 302
        assert pair.value() == "Của người sau"


def again(page):
    data = {"_seen": page.context["seen"]}
    for name, value in page.context["hidden"]:
        data.setdefault(name, []).append(value)
    return data


def by_part(name, order):
    """Both change one part of the record."""
    pair = Pair(name, order)
    if not pair.prefix:
        pair.prefix, pair.column = "", pair.other  # a document has no parts: another field of it
    at = f"{pair.prefix}-0-{pair.column}" if pair.prefix else pair.column
    opened = pair.open()
    assert pair.save(pair.first, opened | {at: "Của người đầu"}).status_code == 302
    page = pair.save(pair.second, opened | {at: "Của người sau"})
    pair.count(
        kept=pair.stands("Của người đầu"), still=page.status_code == 409 and sends(page, "Của người sau")
    )


def taken_away(pair):
    """The page on which the record is withdrawn or deleted, and what it asks."""
    is_top = isinstance(pair.record, Record)
    return ("withdraw", {"reason": "nhập trùng"}) if is_top else ("delete", {"post": "yes"})


def by_deleting(name, order):
    """The second withdraws or deletes what the first has changed since."""
    pair = Pair(name, order)
    page, typed = taken_away(pair)
    seen = pair.second.get(address(page, pair.record)).context["seen"]
    assert pair.save(pair.first, pair.open() | {pair.field: "Của người đầu"}).status_code == 302
    answer = pair.second.post(address(page, pair.record), typed | {"_seen": seen})
    told = " ".join(map(str, answer.context["messages"])) if answer.status_code == 200 else ""
    kept = pair.value() == "Của người đầu" and not pair.value("withdrawn_on")
    still = "Của người đầu" in told and answer.context.get("reason", "nhập trùng") == "nhập trùng"
    pair.count(kept=kept, still=still)


def by_saving_what_is_gone(name, order):
    """The second saves what the first has withdrawn or deleted."""
    pair = Pair(name, order)
    data = pair.open() | {pair.field: "Của người sau"}
    if isinstance(pair.record, Record):
        withdraw(pair.record, "nhập trùng", pair.first.user, timezone.localdate())
    else:
        Name.objects.all().delete()
        type(pair.record)._base_manager.filter(pk=pair.record.pk)._raw_delete("default")
    page = pair.save(pair.second, data)
    still = page.status_code == 409 and "Của người sau" in [value for _label, value in page.context["typed"]]
    pair.count(kept=pair.value() != "Của người sau", still=still and sends(page, "Của người sau"))


def by_action(name, order):
    """The second purges what the first has restored and changed since."""
    names = ("agreement", "delegation", "meeting", "delivery", "document")
    pair = Pair(names[list(TABLES).index(name) % len(names)], order)
    long_ago = timezone.localdate() - timedelta(days=4000)
    withdraw(pair.record, "nhập trùng", pair.first.user, long_ago)
    opts = pair.record._meta
    list_of = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist") + "?withdrawn=1"
    chosen = {"action": "purge_selected", "_selected_action": [pair.record.pk]}
    (due,) = pair.second.post(list_of, chosen).context["due"]
    restore(pair.record)
    assert pair.save(pair.first, pair.open() | {pair.field: "Của người đầu"}).status_code == 302
    if list(TABLES).index(name) >= len(names):
        withdraw(pair.record, "rút lại", pair.first.user, long_ago)
    data = chosen | {"confirmed": "yes", f"version.{due.pk}": due.version}
    answer = pair.second.post(list_of, data, follow=True)
    told, now = [str(one) for one in answer.context["messages"]], type(due)._base_manager.get(pk=due.pk)
    pair.count(kept=pair.value() == "Của người đầu", still=len(told) == 1 and f"“{now}”" in told[0])


def by_import(name, order):
    """A form is saved while a file of the same record waits; or a file is written while the form is open."""
    pair = Pair(name, 0)
    form = pair.open() | {pair.field: "Của trang nhập"}
    job = brought_in(pair)
    assert job.state == ImportBatch.State.READY
    if order:
        assert pair.save(pair.second, form).status_code == 302
        page = confirmed(pair, job)
        assert job.state == ImportBatch.State.READY
        pair.count(kept=pair.value() == "Của trang nhập", still="Của tệp" in page.content.decode())
        return
    confirmed(pair, job)
    assert pair.value() == "Của tệp"
    page = pair.save(pair.second, form)
    pair.count(
        kept=pair.value() == "Của tệp", still=page.status_code == 409 and sends(page, "Của trang nhập")
    )


def brought_in(pair):
    """The import of the first officer: the record as it was taken out, the field another; on its page."""
    pks = type(pair.record).objects.filter(pk=pair.record.pk)
    headings, rows = rows_out(KINDS[pair.kind], pks, office=pair.first.user.office)
    (row,) = list(rows)
    row[headings.index(pair.field)] = "Của tệp"
    out = io.StringIO()
    csv.writer(out).writerows([headings, row])
    file = SimpleUploadedFile("tep.csv", out.getvalue().encode())
    pair.first.post(reverse("imports:new"), {"kind": pair.kind, "file": file})
    return ImportBatch.objects.latest("pk")


def confirmed(pair, job):
    """The page of the import after the first has confirmed it: its rows that are not as they were."""
    pair.first.post(reverse("imports:write", args=[job.pk]), {"batch": str(job.batch)})
    job.refresh_from_db()
    return pair.first.get(reverse("imports:job", args=[job.pk]))


ROUTES = (by_form, by_part, by_deleting, by_saving_what_is_gone, by_action, by_import)


def test_120_tried_none_lost_none_retyped(capsys):
    fresh(ROUTES)
    say(capsys)
    assert (Pair.tried, Pair.lost, Pair.retyped) == (120, 0, 0), Pair.faults


def say(capsys):
    """Print the count, whatever pytest catches."""
    with capsys.disabled():
        sys.stdout.write(f"\n{Pair.tried} tried, {Pair.lost} lost, {Pair.retyped} retyped\n")


def fresh(routes):
    """Every case, each in a savepoint of its own."""
    Pair.tried = Pair.lost = Pair.retyped = 0
    Pair.faults.clear()
    for route in routes:
        for name in TABLES:
            for order in ORDERS:
                sid = transaction.savepoint()
                try:
                    route(name, order)
                except Exception as error:
                    raise AssertionError(f"{route.__name__}, {name}, {order}: {error}") from error
                transaction.savepoint_rollback(sid)


@pytest.mark.once
def test_without_the_guard_much_is_lost(monkeypatch, capsys):
    """The test has teeth: the same cases with the comparing switched off."""
    monkeypatch.setattr(MeanwhileMixin, "settle", lambda self, request, object_id, seen: None)
    fresh([by_form, by_part])
    say(capsys)
    assert Pair.lost == Pair.tried == 40


@pytest.mark.parametrize("name", ["agreement", "person"])
def test_two_who_open_a_record_have_the_same_page(name):
    """So one opening serves both above; only the moment in it is another."""
    pair = Pair(name, 0)
    pages = [as_sent(who.get(address("change", pair.record))) for who in (pair.first, pair.second)]
    seen = [json.loads(page.pop("_seen")) for page in pages]
    assert seen[0].pop("at") < seen[1].pop("at")
    assert pages[0] == pages[1]
    assert seen[0] == seen[1]


def test_no_list_is_edited_in_place():
    """The guard stands on pages of entry; a list with fields in its rows would need one of its own."""
    for page in admin.site._registry.values():
        assert not page.list_editable, page


def test_every_page_of_entry_is_guarded(rf):
    request = rf.get("/")
    request.user = client_of().user
    for model, page in admin.site._registry.items():
        if page.has_change_permission(request):
            assert isinstance(page, MeanwhileMixin), model
