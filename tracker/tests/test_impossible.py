"""Rows that cannot be: whatever names one, in an address or a form, gets a sentence and is no fault of the program."""

import pytest
from django.contrib import admin
from django.urls import URLPattern, get_resolver, reverse
from lxml import html

from agreements.tests.pages import client_of
from tracker.door.limits import LimitsMiddleware
from tracker.tests.seeded import seeded  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded"), pytest.mark.once]
DIGITS, NUL = "9" * 30, "\0"
SENTENCE = (200, 302, 404, 409)


@pytest.fixture
def client():
    found = client_of()
    found.raise_request_exception = False
    return found


def name_of(model):
    return f"{model._meta.app_label}_{model._meta.model_name}"


def forms():
    """The tables that have a page to add and to change rows."""
    return [
        one for one in admin.site._registry if name_of(one) not in ("agreements_body", "tracker_accesslog")
    ]


def filled(page):
    """Everything that a browser sends of the form of a page, with a row of every kind of part."""
    form = html.fromstring(page.content).xpath("//form[.//*[@name='_save']]")[0]
    sent = {name: value or "" for name, value in form.fields.items()}
    plain = {name: value for name, value in sent.items() if "__prefix__" not in name}
    for name in [one for one in plain if one.endswith("-TOTAL_FORMS")]:
        number, start = int(plain[name]), name.removesuffix("TOTAL_FORMS")
        blank = [one for one in sent if one.startswith(f"{start}__prefix__-")]
        plain |= {one.replace("__prefix__", str(number)): sent[one] for one in blank}
        plain[name] = number + bool(blank)
    return plain


def changed(model):
    """The pages of a form: a new row, and the first that there is."""
    yield reverse(f"admin:{name_of(model)}_add")
    page = admin.site._registry[model]
    if (row := page.model._default_manager.first()) is not None:
        yield reverse(f"admin:{name_of(model)}_change", args=[row.pk])


@pytest.mark.parametrize("model", forms(), ids=name_of)
def test_no_field_of_a_form_falls_over_a_row_that_cannot_be(client, model):
    asked = 0
    for address in changed(model):
        page = client.get(address)
        if b'name="_save"' not in page.content:
            continue
        sent = filled(page)
        chosen = [one for one in sent if not one.startswith(("_", "csrf"))]
        for value in (DIGITS, NUL):
            everywhere = client.post(address, sent | dict.fromkeys(chosen, value))
            assert everywhere.status_code in SENTENCE, (address, value)
        for name in columns_that_refer(page, chosen) if address.endswith("/add/") else ():
            sent_alone = {**alone(sent, name), name: DIGITS}
            assert client.post(address, sent_alone).status_code in SENTENCE, (address, name)
            asked += 1
    print(f"{name_of(model)}: {asked} fields sent a row that cannot be")


def alone(sent, name):
    """What is sent if no part has rows but the one in which the field `name` stands."""
    kinds = [one.removesuffix("TOTAL_FORMS") for one in sent if one.endswith("-TOTAL_FORMS")]
    others = [one for one in kinds if not name.startswith(one)]
    kept = {field: value for field, value in sent.items() if not field.startswith(tuple(others))}
    return kept | {f"{one}{count}": 0 for one in others for count in ("TOTAL_FORMS", "INITIAL_FORMS")}


def test_a_number_of_rows_alone_makes_none(client):
    address = reverse("admin:agreements_agreement_add")
    shown = client.get(address)
    sent = filled(shown)
    sent |= {one: DIGITS for one in sent if one.endswith("-TOTAL_FORMS")}
    parts = [one.formset for one in shown.context["inline_admin_formsets"]]
    bound = [type(one)(data=sent, prefix=one.prefix, instance=one.instance) for one in parts]
    counted = [one.total_form_count() for one in bound]  # asked before thousands of rows are made and shown
    assert len(counted) > 3
    assert max(counted) <= 12  # one or two were sent, and what a page may leave out
    page = client.post(address, sent)
    made = [len(one.formset.forms) for one in page.context["inline_admin_formsets"]]
    assert made == counted


def columns_that_refer(page, names):
    """Those of the fields `names` whose value is the number of a row, keys of parts among them."""
    fields = dict(page.context["adminform"].form.fields)
    parts = {
        one.formset.prefix: one.formset.empty_form.fields for one in page.context["inline_admin_formsets"]
    }
    for name in names:
        prefix, _dash, column = name.rpartition("-")
        of = parts.get(prefix.rpartition("-")[0], {}) if prefix else fields
        if hasattr(of.get(column), "queryset"):
            yield name


def test_a_reference_that_cannot_be_is_told_at_its_field_and_nothing_typed_is_lost(client):
    address = reverse("admin:agreements_agreement_add")
    sent = filled(client.get(address)) | {"title": "Đã gõ", "office": DIGITS}
    page = client.post(address, sent)
    assert page.status_code == 200
    form = page.context["adminform"].form
    assert "office" in form.errors
    assert form["title"].value() == "Đã gõ"


@pytest.mark.parametrize("value", ["x", DIGITS, NUL, ""])
def test_no_action_falls_over_a_row_that_cannot_be(client, value):
    asked = 0
    for model, page in admin.site._registry.items():
        address = reverse(f"admin:{name_of(model)}_changelist")
        for query in ("", "?withdrawn=1"):
            of_page = [getattr(one, "__name__", one) for one in getattr(page, "actions", None) or ()]
            for action in {"delete_selected", *of_page, "restore_selected", "purge_selected"}:
                data = {"action": action, "_selected_action": [value], "index": 0, "post": "yes"}
                assert client.post(address + query, data).status_code in (*SENTENCE, 403, 405), (
                    address,
                    action,
                )
                asked += 1
    print(f"{asked} actions on {value!r}")


def routes(resolver=None, prefix=""):
    """Every address with something in its place that names a row."""
    for one in (resolver or get_resolver()).url_patterns:
        route = prefix + str(one.pattern)
        if not isinstance(one, URLPattern):
            yield from routes(one, route)
        elif "<" in route and "^" not in route:
            yield route


def test_no_address_falls_over_a_row_that_cannot_be(client):
    found = sorted(set(routes()))
    assert len(found) > 50
    for route in found:
        for value in (DIGITS, "%00"):
            address = "/" + "".join(
                value if "<" in part else part.partition(">")[2] or part for part in pieces(route)
            )
            assert client.get(address).status_code < 500, address
            assert client.post(address).status_code < 500, address
    print(f"{len(found)} routes")


def pieces(route):
    """`route` cut into its fixed parts and its <places>."""
    cut = []
    for part in route.split("<"):
        place, closed, rest = part.partition(">")
        cut += [f"<{place}", rest] if closed else [part]
    return cut


def test_a_fault_of_the_program_is_still_a_fault(rf):
    failing, net = ValueError("not a number"), LimitsMiddleware(None)
    assert net.process_exception(rf.get("/reports/", {"on": "1/1/2022"}), failing) is None
    assert net.process_exception(rf.get("/reports/", {"partner": DIGITS}), failing).status_code == 404
    assert net.process_exception(rf.get("/reports/", {"partner": DIGITS}), KeyError("x")) is None


# Several rows, and lists -------------------------------------------------------------------------------
def several():
    """(page to add, field) of every choice of several rows."""
    for model in forms():
        page = admin.site._registry[model]
        for field in model._meta.many_to_many:
            yield pytest.param(page, field.name, id=f"{name_of(model)}-{field.name}")


@pytest.mark.parametrize("value", [DIGITS, NUL, "x"])
@pytest.mark.parametrize(("page", "name"), list(several()))
def test_a_choice_of_several_rows_tells_at_its_field_what_cannot_be(client, page, name, value):
    address = reverse(f"admin:{name_of(page.model)}_add")
    if name not in client.get(address).context["adminform"].form.fields:  # staff: on the page of changing
        address = reverse(f"admin:{name_of(page.model)}_change", args=[page.model.objects.first().pk])
    sent = filled(client.get(address))
    for chosen in ([value], ["1", value]):
        answer = client.post(address, sent | {name: chosen})
        assert answer.status_code == 200, answer.status_code
        (sentence,) = answer.context["adminform"].form.errors[name]
        assert value in sentence


FILTERS = ("partner", "field", "office", "fields__id__exact", "office__in", "id__in", "pk", "p")


@pytest.mark.parametrize("value", [DIGITS, NUL, f"1,{DIGITS}"])
@pytest.mark.parametrize("name", FILTERS)
def test_a_list_asked_for_what_cannot_be_is_shown_and_says_so_where_it_is_a_row(client, name, value):
    for kind in ("agreement", "commitment"):
        shown = client.get(reverse(f"admin:agreements_{kind}_changelist"), {name: value}, follow=True)
        assert shown.status_code == 200, shown.status_code
        told = [str(one) for one in shown.context["messages"]]
        if name in ("partner", "field", "office"):
            assert told, value
        elif (name, value) == ("id__in", DIGITS):
            assert told or not shown.context["cl"].result_list  # PostgreSQL looks for it, and finds none
