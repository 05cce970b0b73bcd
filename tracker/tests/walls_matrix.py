"""Every address of the product, as somebody tries it who wants what another office keeps.

The addresses are those of the url resolver: one that is new joins by itself, or `Unknown` says what to teach here.
"""

import re
from dataclasses import dataclass, field

from django.apps import apps
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.core.files import File
from django.forms import ModelChoiceField, ModelMultipleChoiceField
from django.urls import URLPattern, get_resolver
from django.urls.resolvers import RegexPattern

from agreements.admin.history_rows import version_of
from agreements.models import Agreement, Document, Person, User
from agreements.scope import WALLS
from agreements.tests.pages import as_sent
from tracker.interchange import KINDS, WORKBOOK
from tracker.models import FrozenReport, ImportBatch, ReportTemplate
from tracker.reports.catalogue import REPORTS, SHEET
from tracker.reports.formats import FILES
from tracker.tests.walls_world import A, B, is_shared

MISSING = 10**12
"""A primary key that no row has."""


READING = ("reader B", "focal point B")
ENTERING = ("officer B", "focal point B")
ADDING = ("head B", "focal point B")


class Unknown(Exception):
    """An address whose parts the matrix cannot fill in: teach it in `SITE` or `of_admin`."""


@dataclass
class Cell:
    """One request; `twin` is the same one for a row that is not there: both must be answered alike.

    `by`: who makes it; (): everybody. Every address is everybody's; of what can be asked at one in many ways each way
    is asked by one of the office and by the focal point, whose wall is another condition, so that the whole takes two
    minutes.
    """

    area: str
    url: str
    data: dict | None = None
    twin: str = ""
    follow: bool = False
    by: tuple = ()

    @property
    def name(self):
        return f"{self.area} {'POST' if self.data is not None else 'GET'} {self.url}"


def addresses(patterns=None, prefix="", space=""):
    """(prefix, pattern, full name) of every address of the product."""
    for one in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(one, URLPattern):
            yield prefix, one.pattern, f"{space}{one.name}"
        else:
            below = f"{one.namespace}:" if one.namespace else ""
            yield from addresses(one.url_patterns, prefix + str(one.pattern), space + below)


def filled(prefix, pattern, values):
    """The address with its parts filled in; raises Unknown where a part is not in `values`."""
    names = re.findall(r"<(?:\w+:)?(\w+)>", str(pattern))
    if lacking := set(names) - set(values):
        raise Unknown(f"/{prefix}{pattern}: {lacking}")
    return "/" + prefix + re.sub(r"<(?:\w+:)?(\w+)>", lambda part: str(values[part[1]]), str(pattern))


SITE = {
    # full name: {part of the address: model whose foreign row it names, or the values to try}
    "document-file": {"document_id": Document},
    "reports:agreement-sheet": {"pk": Agreement},
    "reports:word-template": {"pk": ReportTemplate},
    "reports:frozen": {"pk": FrozenReport},
    "reports:sign": {"pk": FrozenReport},
    "reports:compare": {"pk": FrozenReport},
    "reports:report": {"slug": [report.slug for report in REPORTS]},
    "reports:keep": {"slug": [*(report.slug for report in REPORTS), SHEET]},
    "imports:template": {"kind": [*KINDS, WORKBOOK]},
    "exports:kind": {"kind": list(KINDS)},
    **{f"person-{name}": {"pk": Person} for name in ("data", "json", "xlsx", "erase")},
    **{
        f"imports:{name}": {"pk": ImportBatch}
        for name in (
            "job", "progress", "read", "answer", "sheets", "write", "undo", "discard", "faults",
        )
    },
}  # fmt: skip
UNNAMED = {"admin/": "khong-co/", "reports/": "agreements/"}
"""Addresses without a name: the admin's “anything else”, an old address that leads on."""


@dataclass
class Matrix:
    """The cells against what the office `victim` keeps; `root` is a client that sees all, to look at forms."""

    world: object
    root: object
    victim: str = A
    cells: list = field(default_factory=list)

    def foreign(self, model):
        return self.world.row(self.victim, model)

    def own(self, model):
        return self.world.row(B, model)

    def add(self, area, url, data=None, **more):
        self.cells.append(Cell(area, url, data, **more))

    def build(self):
        for prefix, pattern, name in addresses():
            if prefix.startswith("admin/"):
                self.of_admin(prefix, pattern, name)
            elif name in SITE:
                self.of_site(prefix, pattern, name)
            elif name.endswith("None"):
                self.add("site", "/" + prefix + UNNAMED[prefix])
            else:
                self.add("site", filled(prefix, pattern, {}))
                self.add("site", filled(prefix, pattern, {}), {})
        self.of_choices()
        return self.cells

    # The site ------------------------------------------------------------------------------------
    def of_site(self, prefix, pattern, name):
        ((part, wanted),) = SITE[name].items()
        area = name.partition(":")[0]
        if isinstance(wanted, list):
            for place, value in enumerate(wanted):
                url = filled(prefix, pattern, {part: value})
                everybody = () if name == "reports:report" or not place else ENTERING
                self.add(area, url, by=everybody)
                self.add(area, url, {}, follow=True, by=everybody)
                for asked in self.questions(name, value):
                    self.add(area, url + asked, by=READING)
            return
        url, twin = (filled(prefix, pattern, {part: key}) for key in (self.foreign(wanted).pk, MISSING))
        batch = {"batch": str(getattr(self.foreign(wanted), "batch", "")), "again": "yes", "pick": "0:-"}
        self.add(area, url, twin=twin)
        self.add(area, url, batch, twin=twin)
        for form in FILES if wanted in (Agreement, FrozenReport) else ():
            self.add(area, f"{url}?format={form}", twin=f"{twin}?format={form}", by=READING)

    def questions(self, name, value):
        """What an address may ask: of reports each choice with the keys of the other office, and each form of file."""
        office, agreement = self.world.offices[self.victim], self.foreign(Agreement)
        if name == "exports:kind":
            return ["?format=csv&headers=key"]
        if name == "reports:keep":
            return [f"?agreement={agreement.pk}"]
        if name != "reports:report":
            return []
        places = self.world.places
        days = "begin=1/1/2017&end=31/12/2026&on=31/12/2024&all=1"
        pair = f"?place={places[0].pk}&partner={places[1].pk}&{days}"
        form = list(FILES)[len(self.cells) % len(FILES)]  # each report in another form
        chosen = f"?{days}&partner={places[1].pk}&format=csv"
        return [
            f"?{days}",
            chosen,
            f"{pair}&format={form}",
            f"?{days}&office={office.pk}&agreement={agreement.pk}",
        ]

    # The admin -----------------------------------------------------------------------------------
    def of_admin(self, prefix, pattern, name):
        model = self.model_of(prefix)
        if model is not None:
            return self.of_model(model, prefix, pattern, name)
        verb = name.partition(":")[2]
        if verb == "view_on_site":
            for label in WALLS:
                table = apps.get_model(label)
                if (row := self.foreign(table)) is None:
                    continue
                kind = ContentType.objects.get_for_model(table).pk
                url, twin = (f"/admin/r/{kind}/{key}/" for key in (row.pk, MISSING))
                self.add("files and links", url, twin=twin)
        elif verb == "app_list":
            for app in ("agreements", "delegations", "tracker"):
                self.add("admin", f"/admin/{app}/")
        elif verb in ("logout",):
            self.add("admin", "/admin/logout/")  # a GET: it only shows that it takes a POST
        elif isinstance(pattern, RegexPattern):
            self.add("admin", "/" + prefix + UNNAMED[prefix])
        elif verb == "autocomplete":
            return  # with what it asks, in `of_choices`
        else:
            self.add("admin", filled(prefix, pattern, {}))
            self.add("admin", filled(prefix, pattern, {}), {})

    def model_of(self, prefix):
        return next(
            (
                one
                for one in admin.site._registry
                if prefix == f"admin/{one._meta.app_label}/{one._meta.model_name}/"
            ),
            None,
        )

    def of_model(self, model, prefix, pattern, name):
        opts, page = model._meta, admin.site._registry[model]
        verb = name.partition(":")[2].removeprefix(f"{opts.app_label}_{opts.model_name}_")
        row = self.foreign(model) or model._default_manager.first() or model(pk=MISSING)
        if verb == "simple_history":
            self.old_version(model, prefix, row)
        elif verb in ("changelist", "export"):
            area = "lists" if verb == "changelist" else "export"
            asked = self.list_asked(model, page) if verb == "changelist" else ["?format=xlsx"]
            self.add(area, f"/{prefix}{pattern}")
            for one in asked:
                self.add(area, f"/{prefix}{pattern}{one}", by=READING)
            if verb == "changelist":
                self.of_list(model, page, f"/{prefix}", row)
        elif verb == "add":
            self.of_adding(model, f"/{prefix}add/")
        elif "object_id" in str(pattern) or verb.endswith("password_change"):
            values = {key: {"object_id": key, "id": key} for key in (row.pk, MISSING)}
            url, twin = (filled(prefix, pattern, one) for one in values.values())
            self.add("read" if verb != "history" else "history", url, twin="" if is_shared(model) else twin)
            self.of_writing(model, verb, url, twin, row)
        else:
            self.add("import", filled(prefix, pattern, {}))
            self.add("import", filled(prefix, pattern, {}), {}, follow=True)

    def old_version(self, model, prefix, row):
        for past in model.history.filter(id=row.pk) if hasattr(model, "history") else ():
            url, twin = (f"/{prefix}{key}/history/{version_of(past)}/" for key in (row.pk, MISSING))
            self.add("history", url, twin="" if is_shared(model) else twin)

    def list_asked(self, model, page):
        """Search, order, pages, popups, and every filter with the keys of the other office."""
        asked = ["?q=TT-A&_popup=1", "?q=cam ket&o=1&all=", "?_to_field=id&_popup=1"]
        for one in self.links(model):
            asked.append(f"?{one.name}__id__exact={self.foreign(one.related_model).pk}")
        for one in page.list_filter:
            if name := getattr(one, "parameter_name", ""):
                key = (
                    self.foreign(Agreement).pk if name == "agreement" else self.world.offices[self.victim].pk
                )
                asked.append(f"?{name}={key}")
        return list(dict.fromkeys(asked))

    def of_list(self, model, page, url, row):
        """Actions with a foreign row, and with “all”; no list can be edited in place."""
        assert not page.list_editable, f"{model}: teach the matrix to edit lists"
        for action in ("delete_selected", *(page.actions or ())):
            name = action if isinstance(action, str) else action.__name__
            data = {"action": name, "_selected_action": [row.pk], "post": "yes", "index": 0, "note": "thử"}
            self.add("actions", url, data)
            if not is_shared(model):
                self.add("actions", url, {**data, "select_across": 1})

    def links(self, model):
        """Fields of a table that name rows of one office."""
        fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
        return [
            one
            for one in fields
            if one.is_relation and not is_shared(one.related_model) and one.related_model is not User
        ]

    def of_adding(self, model, url):
        """The form with foreign rows filled in; and posted with a foreign office, with each foreign reference."""
        self.add("foreign keys", url)
        filled_in = "&".join(f"{one.name}={self.foreign(one.related_model).pk}" for one in self.links(model))
        self.add("foreign keys", f"{url}?{filled_in}", by=ADDING)
        own = self.own(model)
        if own is None or model is User:
            return
        sent = self.sent(url.removesuffix("add/") + f"{own.pk}/change/")
        new = {name: value for name, value in sent.items() if not name.endswith("-id")}
        new |= {name: 0 for name in new if name.endswith("-INITIAL_FORMS")} | {"code": ""}
        if "title" in new:
            new["title"] = "Thêm thử"
        for what, data in self.hostile(model, new, parts=False):
            self.add(what, url, data, follow=True, by=ADDING)

    def of_writing(self, model, verb, url, twin, row):
        """Posting to a foreign row; and to one's own with a foreign office or reference."""
        if verb == "delete":
            self.add("write", url, {"post": "yes"}, twin="" if is_shared(model) else twin)
        elif verb == "change":
            if model is not User:
                sent = self.sent(url)
                changed = {
                    name: f"{value} thử" if name in ("title", "text", "name", "note") else value
                    for name, value in sent.items()
                }
                self.add("write", url, changed, twin="" if is_shared(model) else twin)
            own = self.own(model)
            if own is not None and model is not User:
                address = url.replace(f"/{row.pk}/", f"/{own.pk}/")
                for what, data in self.hostile(model, self.sent(address)):
                    self.add(what, address, data, follow=True, by=ENTERING)
        else:
            data = {"password1": "mat-khau-moi-1", "password2": "mat-khau-moi-1"}
            self.add("write", url, data, twin="" if is_shared(model) else twin)

    def sent(self, address):
        """What a browser sends of the form at `address`."""
        page = self.root.get(address)
        assert page.status_code == 200, address
        self.page = page
        return {name: value for name, value in as_sent(page).items() if not isinstance(value, File)}

    def hostile(self, model, sent, parts=True):
        """(area, data): the form with a foreign office, then with each of its references to a foreign row."""
        forms = [self.page.context["adminform"].form]
        for one in self.page.context["inline_admin_formsets"] if parts else ():
            forms += one.formset.initial_forms
            if (part := self.foreign(one.formset.model)) is not None and one.formset.initial_forms:
                prefix = one.formset.initial_forms[0].prefix
                yield "inlines", {**sent, f"{prefix}-id": part.pk, f"{prefix}-DELETE": "on"}
        for form in forms:
            for name, one in form.fields.items():
                if not isinstance(one, ModelChoiceField) or name == "id":
                    continue
                key, target = form.add_prefix(name), one.queryset.model
                if name == "office":
                    yield "write", {**sent, key: self.world.offices[self.victim].pk}
                elif not is_shared(target) and target is not User and (found := self.foreign(target)):
                    many = isinstance(one, ModelMultipleChoiceField)
                    yield "foreign keys", {**sent, key: [found.pk] if many else found.pk}

    # Choices -------------------------------------------------------------------------------------
    def of_choices(self):
        """The autocomplete of every reference of every table."""
        for label in WALLS:
            model = apps.get_model(label)
            for one in (*model._meta.concrete_fields, *model._meta.many_to_many):
                if not one.is_relation or is_shared(one.related_model) or one.related_model is User:
                    continue
                asked = f"app_label={model._meta.app_label}&model_name={model._meta.model_name}&field_name={one.name}"
                url = f"/admin/autocomplete/?{asked}&term="
                self.add("choices", url, by=ENTERING)
                self.add("choices", url + self.foreign(Agreement).code, by=ENTERING)
