"""History made by an import against history made by the forms: the same entries leave the same traces.

Each subject is entered and edited step by step: once on the pages of the administration in one office, once by
files in another. After every step the new history rows of both are compared, column by column.
"""

import re

import pytest
from django.apps import apps
from django.urls import reverse

from agreements.interchange.importing import import_sheets
from agreements.models import Term
from agreements.models.record import Recorded
from agreements.tests.builders import (
    make_agreement,
    make_body,
    make_document,
    make_person,
    make_place,
    make_term,
)
from agreements.tests.pages import as_sent, client_of
from tracker.interchange import in_order
from tracker.tests import entries_of_promises, entries_of_visits

pytestmark = pytest.mark.django_db
STEPS = {**entries_of_promises.STEPS, **entries_of_visits.STEPS}

OFFICES = ("SNV-F", "SNV-I")
"""The office of what is entered by form, and of what comes in by file."""
APART = {
    "id", "office", "history_id", "history_date", "history_user", "history_change_reason", "history_type",
    "route", "batch",
}  # fmt: skip
"""What must differ: keys, the moment, whose record it is. Route, user, batch and sort of change are asked apart."""
TERMS = ("field:health", "field:trade", "field:culture", "unit:person", "currency:VND", "item:students",
         "agreement_kind:mou", "document_kind:plan", "reason:covid")  # fmt: skip


@pytest.fixture
def register():
    """An administrator, two offices, and what both refer to."""
    client = client_of()
    place = make_place("VN", "Việt Nam", kind="country")
    make_place("LA", "Lào", kind="country")
    make_place("LA-LP", "Luông Pha Bang")
    for vocabulary, code in (term.split(":") for term in TERMS):
        make_term(vocabulary, code)
    for name in ("Nguyễn Văn A", "Trần Thị B"):
        make_person(name)
    client.offices = [make_body(code, f"Sở {code}", place) for code in OFFICES]
    for office in client.offices:
        make_document(office=office, code="D-0", title="Nguồn")
        make_agreement(office=office, code="A-0", title="Khung")
    return client


def meant(value, office):
    """The key that a form sends for “@model:code”; codes are those of `office` where they are of an office."""
    if isinstance(value, list):
        return [meant(one, office) for one in value]
    if not str(value).startswith("@"):
        return value
    label, code = value[1:].split(":", 1)
    if label == "term":
        vocabulary, code = code.split(":")
        return Term.objects.get(vocabulary=vocabulary, code=code).pk
    model = next(model for model in apps.get_models() if model._meta.model_name == label)
    of_office = {"office": office} if hasattr(model, "office") else {}
    return model.objects.get(code=code, **of_office).pk


def by_form(client, office, page, key, facts):
    """Open the page of a new record (key "") or of the one with the code `key`, fill in and save."""
    address = reverse(f"admin:{page}_add")
    if key:
        address = reverse(f"admin:{page}_change", args=[meant(f"@{page.partition('_')[2]}:{key}", office)])
    data = as_sent(client.get(address)) | {name: meant(value, office) for name, value in facts.items()}
    for name in [one for one in data if one.endswith("-TOTAL_FORMS")]:
        row = re.compile(rf"{name.removesuffix('TOTAL_FORMS')}(\d+)-")
        data[name] = len({found[1] for one in data if (found := row.match(one))})
    response = client.post(address, data)
    if response.status_code != 302:
        forms = [response.context["adminform"].form]
        forms += [one.formset for one in response.context["inline_admin_formsets"]]
        pytest.fail(f"{page}: {[form.errors for form in forms]}")


def by_file(client, office, files):
    """Import `files`, {kind: rows as {heading: cell}}, as one batch."""
    found = {}
    for kind, rows in files.items():
        lines = [list(rows[0]), *(list(row.values()) for row in rows)]
        found[kind] = (kind, list(enumerate(lines, 1)))
    done = import_sheets(in_order(found), office=office, user=client.user)
    assert not done.faults, list(map(str, done.faults))


TRACKED = [
    model
    for app in ("agreements", "delegations")
    for model in apps.get_app_config(app).get_models()
    if issubclass(model, Recorded)
]


def last_rows():
    return {model: max(model.history.values_list("history_id", flat=True), default=0) for model in TRACKED}


def name_of(row):
    """A row that a foreign key names, by what files and people call it."""
    if row is None or isinstance(row, str):
        return row
    if isinstance(row, Term):
        return f"{row.vocabulary}:{row.code}"
    if hasattr(row, "number") and not hasattr(row, "code"):
        return f"#{row.number}"
    return getattr(row, "code", None) or getattr(row, "username", None) or name_of(getattr(row, "body", None))


def told(change, model):
    """Every column of a history row, foreign keys by name, and its n:m lists."""
    values = {}
    for field in change._meta.concrete_fields:
        if field.name in APART:
            continue
        value = getattr(change, field.attname)
        if field.is_relation and value is not None:
            value = name_of(field.related_model._base_manager.filter(pk=value).first() or "gone")
            value = "its office" if value in OFFICES else value
        values[field.name] = value
    for field in model._meta.many_to_many:
        if hasattr(change, field.name):
            others = [
                getattr(row, field.m2m_reverse_field_name()) for row in getattr(change, field.name).all()
            ]
            values[field.name] = sorted(map(name_of, others))
    return values


def history_since(before, client, route):
    """{(table, sort of change, name): columns at last} of what was written since `before`.

    A form writes a record and then its n:m lists, so it leaves two rows where a file leaves one: the first
    says what became of the record, the last how it stands.
    """
    found = {}
    for model in TRACKED:
        for change in model.history.filter(history_id__gt=before[model]).order_by("history_id"):
            assert (change.route, change.history_user) == (route, client.user)
            assert (change.batch is None) is (route == "form")
            found.setdefault((model, change.id), []).append(change)
    rows = [
        (model.__name__, rows[0].history_type, told(rows[-1], model)) for (model, _id), rows in found.items()
    ]
    signs = {"".join(row.history_type for row in one) for one in found.values()}
    assert all(re.fullmatch("[+~]~*|-", sign) for sign in signs), signs
    return sorted(rows, key=lambda row: (*row[:2], repr(sorted(row[2].items(), key=repr))))


def compared(client, step):
    """The history of one step by form and by file."""
    page, key, facts, files = step
    form_office, file_office = client.offices
    before = last_rows()
    for one in facts if isinstance(facts, list) else [facts]:
        by_form(client, form_office, one.get("page", page), key, one)
    by_form_made = history_since(before, client, "form")
    before = last_rows()
    by_file(client, file_office, files)
    return by_form_made, history_since(before, client, "import")


def differences(by_form_made, by_file_made):
    """What the histories say differently, row by row."""
    if [row[:2] for row in by_form_made] != [row[:2] for row in by_file_made]:
        yield f"form: {[row[:2] for row in by_form_made]}, file: {[row[:2] for row in by_file_made]}"
        return
    for (table, sign, one), (_table, _sign, other) in zip(by_form_made, by_file_made, strict=True):
        yield from (
            f"{table} {sign} {name}: {one[name]!r}, {other[name]!r}"
            for name in one
            if one[name] != other[name]
        )


@pytest.mark.parametrize("subject", list(STEPS))
def test_an_import_leaves_the_history_that_the_forms_leave(register, subject):
    signs = set()
    for number, step in enumerate(STEPS[subject], 1):
        histories = compared(register, step)
        assert list(differences(*histories)) == [], f"step {number}"
        assert histories[0] == histories[1]
        signs |= {sign for _table, sign, _columns in histories[1]}
    assert signs >= {"agreement": {"+", "~", "-"}, "progress": {"+"}}.get(subject, {"+", "~"})
