"""The pages of a record's history: every save in words, and the record as it stood at one of them."""

from django.apps import apps
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import PAGE_VAR
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.forms.models import _get_foreign_key
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import re_path
from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from agreements.admin.history_rows import ONE_SAVE, Names, as_of, entries, heading, pasts, version_of
from agreements.scope import sees


class ChangesMixin:
    """History pages that tell of the parts too. For a ModelAdmin whose model is Recorded."""

    history_list_per_page = 50

    def get_urls(self):
        opts = self.model._meta
        page = re_path(
            "^([^/]+)/history/([^/]+)/$",
            self.admin_site.admin_view(self.history_form_view),
            name=f"{opts.app_label}_{opts.model_name}_simple_history",
        )
        return [page, *super().get_urls()]

    def tables(self):
        """The table of the record and its proxies: a place may have been written as a body."""
        concrete = self.model._meta.concrete_model
        others = [model for model in apps.get_models() if model._meta.concrete_model is concrete]
        return [
            self.model,
            *(model for model in others if model is not self.model and hasattr(model, "history")),
        ]

    def part_tables(self):
        """(table, foreign key to this record) of each kind of part on the page."""
        found = {}
        for inline in self.inlines:
            owner = _get_foreign_key(self.model, inline.model, fk_name=inline.fk_name)
            found[(inline.model, owner.name)] = owner
        return [(model, owner) for (model, _name), owner in found.items()]

    def past(self, object_id):
        """Every history row of the record and of its parts, whoever asks: of a record that they were let see."""
        found = [past for model in self.tables() for past in pasts(model, id=object_id)]
        for past in found:
            past.part = self.model
        for model, owner in self.part_tables() if found else ():
            found += pasts(model, owner.name, **{owner.attname: object_id})
        return found

    def past_seen(self, request, object_id):
        """`past` for a page; Http404 where the reader of `request` may not see the record.

        Who sees a record sees all of its history; of a deleted one what it was while it was theirs to see.
        """
        if not str(object_id).isdecimal() or len(str(object_id)) > 18:
            raise Http404
        found = self.past(object_id)
        if not self.get_queryset(request).filter(pk=object_id).exists():
            if self.model._base_manager.filter(pk=object_id).exists():
                raise Http404
            seen = [past for past in self.of_record(found) if sees(type(past.row), past.row.pk)]
            found = seen + [past for past in found if seen and past.part is not self.model]
            if not found:
                raise Http404
        return found

    def of_record(self, found):
        return [past for past in found if past.part is self.model]

    def record_now(self, request, object_id, found):
        """The record as it is, or as it last was."""
        record = self.get_queryset(request).filter(pk=object_id).first()
        record = record or self.of_record(found)[-1].row.instance
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        return record

    def history_view(self, request, object_id, extra_context=None):
        found = self.past_seen(request, unquote(object_id))
        record = self.record_now(request, unquote(object_id), found)
        pages = Paginator(entries(found, self.model), self.history_list_per_page)
        page = pages.get_page(request.GET.get(PAGE_VAR))
        self.offer_putting_back(request, record, page)
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %(record)s") % {"record": record},
            "page": page,
            "page_range": pages.get_elided_page_range(page.number),
            "page_var": PAGE_VAR,
            "object": record,
            "opts": self.opts,
            "module_name": str(capfirst(self.opts.verbose_name_plural)),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/record_history.html", context)

    def offer_putting_back(self, request, record, page):
        """Name in the entries of `page` the parts that the reader may put back: “app.model:history row”."""
        may = {}
        for entry in page:
            for place, (title, changes, past) in enumerate(entry.told):
                if past is not None and past.part not in may:
                    may[past.part] = self.may_put_back(request, record, past.part)
                part = f"{past.part._meta.label_lower}:{past.row.pk}" if past and may[past.part] else ""
                entry.told[place] = title, changes, part

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        found = self.past_seen(request, unquote(object_id))
        record = self.record_now(request, unquote(object_id), found)
        version = next((one for one in self.of_record(found) if version_of(one.row) == version_id), None)
        if version is None:
            raise Http404
        names = Names(found)
        moment = version.row.history_date + ONE_SAVE
        parts = [one for one in as_of(found, moment) if one.part is not self.model]
        when = formats.date_format(timezone.localtime(version.row.history_date), "DATETIME_FORMAT")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Version of %(when)s") % {"when": when},
            "who": version.row.history_user,
            "values": [
                (capfirst(c.verbose_name), names.words(c, value)) for c, value in version.values.items()
            ],
            "parts": [heading(one, names) for one in parts],
            "object": record,
            "opts": self.opts,
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/old_version.html", context)
