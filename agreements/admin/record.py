"""The page of a top record: search, exchange, history, warnings; the officer's own office filled in."""

from django.contrib import messages
from django.contrib.admin.utils import NestedObjects
from django.db import DataError, models, router
from django.http import Http404, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from agreements.admin.changes import ChangesMixin
from agreements.admin.entry import EntryForm, PlainChoices
from agreements.admin.exchange import ExchangeAdmin
from agreements.admin.meanwhile import MeanwhileMixin
from agreements.admin.putting_back import PutBackMixin
from agreements.admin.searching import FoldedSearch, asked_field, offered
from agreements.admin.withdrawing import WithdrawMixin
from agreements.fields import Derived, LongText, Text
from agreements.models import Body, Locality, Organization
from agreements.models.document import secrecy_warning
from agreements.scope import HIDDEN, sees

LARGEST_ID = 2**63 - 1


class SoundLists:
    """A list asked for with a number that no database holds is shown as if nothing were asked."""

    def changelist_view(self, request, extra_context=None):
        try:
            return super().changelist_view(request, extra_context)
        except (OverflowError, DataError):
            messages.error(
                request,
                _("The list was asked for a row that cannot be: it is shown as if nothing were asked."),
            )
            return HttpResponseRedirect(request.path)


class RecordAdmin(
    SoundLists,
    MeanwhileMixin,
    PlainChoices,
    FoldedSearch,
    PutBackMixin,
    ChangesMixin,
    ExchangeAdmin,
    SimpleHistoryAdmin,
):
    """A page of entry of a record with its parts."""

    actions = None
    form = EntryForm
    empty_hint = ""
    takes_texts = False
    """Whether texts or files about the work enter here, so that the page warns of state secrets; lists take names."""
    list_per_page = 50
    save_on_top = False
    view_on_site = False
    search_help_text = _("Search: accents may be left out")

    def get_search_results(self, request, queryset, search_term):
        if queryset.model._meta.concrete_model is Body:
            queryset = offered(asked_field(request), queryset)
        return super().get_search_results(request, queryset, search_term)

    def get_changeform_initial_data(self, request):
        """What the address fills in, without numbers of rows that cannot be; and the officer's own office."""
        given = super().get_changeform_initial_data(request)
        initial = {name: value for name, value in given.items() if self.may_be_filled(name, value)}
        if request.user.office_id and self.has_column("office"):
            initial.setdefault("office", request.user.office_id)
        return initial

    def has_column(self, name):
        return name in [field.name for field in self.model._meta.get_fields()]

    def may_be_filled(self, name, value):
        if not self.has_column(name) or not self.model._meta.get_field(name).is_relation:
            return True
        values = value if isinstance(value, list) else [value]
        return all(str(one).isdecimal() and int(one) <= LARGEST_ID for one in values)

    def render_change_form(self, request, context, *args, **kwargs):
        context["warns_of_secrets"] = self.takes_texts
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        parts = [part.instance for formset in formsets for part in formset.forms if part.has_changed()]
        if warning := secrecy_of(form.instance, parts):
            messages.warning(request, warning)

    def response_post_save_add(self, request, obj):
        """Back to the page from which the entry began, where its address names one of ours (`?back=/reports/…`)."""
        back = request.GET.get("back", "")
        if url_has_allowed_host_and_scheme(back, allowed_hosts=None):
            return HttpResponseRedirect(back)
        return super().response_post_save_add(request, obj)

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        raise Http404

    def get_deleted_objects(self, objs, request):
        """As the stock admin; what stands in the way is told as the record to open."""
        found = super().get_deleted_objects(objs, request)
        if not found[3]:
            return found
        collector = NestedObjects(using=router.db_for_write(self.model))
        collector.collect(objs)
        rows = sorted(collector.protected, key=lambda row: (row._meta.label, row.pk))
        links = (
            record_link(self.admin_site, row) if sees(type(row), row.pk) else str(HIDDEN) for row in rows
        )
        return *found[:3], list(dict.fromkeys(links))

    def get_formset_kwargs(self, request, obj, inline, prefix):
        """As Django's, which copies all that was sent for every kind of part: a tenth of the time of a save."""
        given = {"instance": obj, "prefix": prefix, "queryset": inline.get_queryset(request)}
        if request.method == "POST":
            given |= {"data": request.POST, "files": request.FILES}
        return given


class TopRecordAdmin(WithdrawMixin, RecordAdmin):
    """The page of entry of a top record (`Record`): what is not wanted any more is withdrawn, never deleted."""

    takes_texts = True


def secrecy_of(record, parts):
    """A sentence when any text of `record` or of its `parts` looks like a state secret, else ""."""
    texts = [text for row in (record, *parts) for text in texts_of(row)]
    number = getattr(record, "number", "")
    return secrecy_warning(number if isinstance(number, str) else "", *texts)


def texts_of(row):
    for field in row._meta.concrete_fields:
        if isinstance(field, Text | LongText | models.TextField) and not isinstance(field, Derived):
            yield getattr(row, field.attname) or ""


def record_link(site, row):
    """A link to `row`, or to the record of which it is a part: “Cam kết: Hỗ trợ …”."""
    record = next((one for one in (row, *owners(row)) if site.is_registered(type(one))), row)
    opts = page_of(record)._meta
    words = f"{capfirst(opts.verbose_name)}: {record}"
    try:
        address = reverse(f"{site.name}:{opts.app_label}_{opts.model_name}_change", args=[record.pk])
    except NoReverseMatch:
        return words
    return format_html('<a href="{}">{}</a>', address, words)


def page_of(record):
    """The model on whose page `record` is entered: of a body that of places or of organizations."""
    if isinstance(record, Body):
        return Locality if record.is_place else Organization
    return type(record)


def owners(row):
    """What `row` is a part of: the rows with which it would be deleted."""
    columns = [field for field in row._meta.concrete_fields if field.many_to_one]
    found = [getattr(row, field.name) for field in columns if field.remote_field.on_delete is models.CASCADE]
    return [owner for owner in found if owner is not None]
