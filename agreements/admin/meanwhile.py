"""Two officers at one record: nothing that either typed is lost.

A page of entry carries what it showed (`seen.py`). When it comes back, the record is locked and compared. What only
one of the two changed stands; what both changed is asked, value by value, on a page of its own; a record that is
deleted or withdrawn keeps what was typed. Comparing and saving are one transaction.
"""

from copy import copy
from datetime import datetime

from django import forms
from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR, TO_FIELD_VAR
from django.contrib.admin.utils import unquote
from django.db import connections, router, transaction
from django.http import QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from agreements.admin.merging import ADDED, CHOICE, WHOLE, Merge, changes, choose
from agreements.admin.seen import (
    SEEN,
    columns,
    packed,
    plain,
    same,
    sent,
    state_of,
    unpacked,
    unreadable,
    words,
)
from agreements.scope import sees, walled

LOOK = "_look"
"""Show the page with what was typed, and do not save."""
ASKED = "_asked"
WITHDRAWN, DELETED, MOVED = "withdrawn", "deleted", "moved"
"""How a record went while its page was open."""
OURS = (SEEN, LOOK, ASKED, "csrfmiddlewaretoken")


def as_read(request):
    """`request` as one that only asks for the page."""
    asking = copy(request)
    asking.method, asking.POST = "GET", QueryDict()
    return asking


class MeanwhileMixin:
    """For a ModelAdmin whose pages several people may have open at once."""

    # The state of a record --------------------------------------------------------------------------
    def forms_now(self, request, record):
        """(form, formsets whose rows may be changed) of the record as it is, not bound."""
        asking = as_read(request)
        form = self.get_form(asking, record, change=True)(instance=record)
        formsets, inlines = self._create_formsets(asking, record, change=True)
        parts = []
        for formset, inline in zip(formsets, inlines, strict=True):
            if inline.has_change_permission(request, record):
                formset.called = inline.verbose_name
                parts.append(formset)
        return form, parts

    def state_now(self, request, record):
        return state_of(*self.forms_now(request, record))

    def locked_record(self, request, object_id):
        """The record with its parts, locked until the transaction ends; None if there is none that may be seen."""
        found = self.get_queryset(request)
        to_field = request.POST.get(TO_FIELD_VAR, request.GET.get(TO_FIELD_VAR))
        record = self.get_object(request, unquote(object_id), to_field)
        if record is None or not connections[found.db].features.has_select_for_update:
            return record  # SQLite: the transaction itself holds the lock (transaction_mode IMMEDIATE)
        self.lock(self.model, pk=record.pk)
        for inline in self.get_inline_instances(request, record):
            if inline.has_change_permission(request, record):
                owner = inline.get_formset(request, record).fk.name
                self.lock(inline.model, **{owner: record.pk})
        return self.get_object(request, unquote(object_id), to_field)

    @staticmethod
    def lock(model, **of):
        rows = model._meta.concrete_model._base_manager.filter(**of).order_by("pk")
        list(rows.select_for_update().values_list("pk", flat=True))

    # The page -----------------------------------------------------------------------------------------
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method != "POST" or not object_id:
            return super().changeform_view(request, object_id, form_url, extra_context)
        seen = unpacked(request.POST.get(SEEN, ""))
        with transaction.atomic(using=router.db_for_write(self.model)):
            answer = self.settle(request, object_id, seen)
            if answer is None:
                answer = super().changeform_view(request, object_id, form_url, extra_context)
        return answer

    def get_form(self, request, obj=None, change=False, **kwargs):
        """A page that is only to be looked at again is never valid, so that nothing is saved."""
        form = super().get_form(request, obj, change=change, **kwargs)
        if request.method == "POST" and LOOK in request.POST:
            return type(form.__name__, (form,), {"is_valid": lambda self: False})
        return form

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if change and obj is not None and self.has_change_permission(request, obj):
            state = getattr(request, "state_now", None)
            if state is None and request.method == "POST":
                state = self.state_now(request, self.get_object(request, str(obj.pk)))
            elif state is None:
                parts = context["inline_admin_formsets"]
                shown = [one.formset for one in parts if one.has_change_permission]
                state = state_of(context["adminform"].form, shown)
            context["seen"] = packed(state)
        if request.method == "POST" and LOOK in request.POST:
            messages.info(request, _("Nothing is saved yet: look at it, then save."))
        return super().render_change_form(request, context, add, change, form_url, obj)

    # Settling ------------------------------------------------------------------------------------------
    def settle(self, request, object_id, seen):
        """None when the page that came back may be saved as `request.POST` now is; else the page that says why not.

        Where nobody can read what the page showed (`seen` is None), it counts as changed in everything.
        """
        record = self.locked_record(request, object_id)
        if record is None:
            return self.gone_page(request, object_id, seen)
        if not self.has_change_permission(request, record):
            return self.gone_page(request, object_id, seen, record) if withdrawn(record) else None
        typed = request.POST.copy()
        asked = typed.getlist(ASKED)
        form, formsets = self.forms_now(request, record)
        now = request.state_now = state_of(form, formsets)
        unread, seen = seen is None, seen or unreadable(typed, now)
        left = [] if unread else choose(typed, request.FILES, seen, asked)
        merge = Merge(typed, request.FILES, seen, now, blanks(form, formsets), stops=unread)
        if not same(seen, now):
            merge.run()
        request.POST = typed
        if left or merge.stops:
            return self.merge_page(request, record, seen, merge, Told(form, formsets, seen), left, unread)
        if merge.taken:
            self.tell_taken(request, record, seen, merge, Told(form, formsets, seen))
        return None

    def tell_taken(self, request, record, seen, merge, told):
        who, _when = self.hand(record, seen)
        names = ", ".join(dict.fromkeys(told.label(one) for one in merge.taken))
        sentence = _("Saved together with what %(who)s changed meanwhile: %(names)s.")
        messages.info(request, sentence % {"who": who, "names": names})

    def hand(self, record, seen):
        """(who, when) changed the record or its parts since the page was shown; "somebody" if nobody knows."""
        since, rows = datetime.fromisoformat(seen["at"]), []
        if hasattr(self, "past") and hasattr(self.model, "history"):
            rows = [one.row for one in self.past(str(record.pk)) if one.row.history_date > since]
        people = dict.fromkeys(str(one.history_user) for one in rows if one.history_user)
        when = max((one.history_date for one in rows), default=None)
        return ", ".join(people) or _("somebody else"), when

    def page_context(self, request, record, **more):
        popup = IS_POPUP_VAR in request.POST
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "object": record,
            "is_popup": popup,
        }
        return {**context, **more}

    def merge_page(self, request, record, seen, merge, told, left=(), unread=False):
        who, when = (_("Stored now"), None) if unread else self.hand(record, seen)
        asked = [told.asked(one) for one in merge.clashes] + [told.left(name, merge) for name in left]
        context = self.page_context(
            request,
            record,
            title=_("Compare with the record as it is now")
            if unread
            else _("Somebody else changed this record"),
            unread=unread,
            who=who,
            when=when,
            asked=asked,
            taken=[told.taken(one) for one in merge.taken],
            hidden=kept(request.POST, [one["name"] for one in asked]),
            choice=CHOICE,
            seen=packed(merge.now),
            files=[{"name": name, "label": told.of_main(name)} for name in request.FILES],
        )
        return TemplateResponse(request, "admin/merge.html", context, status=409)

    # Gone -------------------------------------------------------------------------------------------------
    def gone_page(self, request, object_id, seen, record=None):
        """The record was deleted, withdrawn or handed over: what was typed stays in sight, and can be entered anew.

        None where there never was such a record, or it is none of the reader's business.
        """
        went = WITHDRAWN if record else self.how_it_went(unquote(object_id))
        if not (self.has_change_permission(request) and went):
            return None
        form = self.get_form(as_read(request))()
        opts = self.model._meta
        context = self.page_context(
            request,
            record,
            title={
                WITHDRAWN: _("The record was withdrawn meanwhile"),
                DELETED: _("The record was deleted meanwhile"),
                MOVED: _("The record was handed to another office meanwhile"),
            }[went],
            went=went,
            typed=typed_words(form, request.POST),
            hidden=kept(as_new(request.POST), ()),
            add_url=reverse(f"{self.admin_site.name}:{opts.app_label}_{opts.model_name}_add"),
            may_add=self.has_add_permission(request),
            look=LOOK,
        )
        return TemplateResponse(request, "admin/gone.html", context, status=409)

    def how_it_went(self, pk):
        """DELETED or MOVED: a record that once was the reader's to see, and is not now; else ""."""
        if not (hasattr(self.model, "history") and pk.isdecimal() and len(pk) < 19):
            return ""
        tables = self.tables() if hasattr(self, "tables") else [self.model]
        if not any(walled(model.history.filter(id=pk)).exists() for model in tables):
            return ""
        if not self.model._base_manager.filter(pk=pk).exists():
            return DELETED
        return "" if sees(self.model, pk) else MOVED

    # Deleting ---------------------------------------------------------------------------------------------
    def delete_view(self, request, object_id, extra_context=None):
        """As the stock page; what was changed since it was shown stops it, and is told."""
        with transaction.atomic(using=router.db_for_write(self.model)):
            record = self.locked_record(request, object_id)
            extra = dict(extra_context or {})
            if record is not None:
                now, stands = self.compared(request, record)
                extra["seen"] = packed(now)
                request = request if stands else as_read(request)
            return super().delete_view(request, object_id, extra)

    def compared(self, request, record):
        """(the state now, whether a page that came back showed just that); if not, the reader is told."""
        form, formsets = self.forms_now(request, record)
        now, seen = state_of(form, formsets), unpacked(request.POST.get(SEEN, ""))
        if request.method != "POST" or (seen and same(seen, now)):
            return now, True
        if seen is None:
            messages.warning(
                request, _("Nothing was done: look at the record as it is now, then confirm again.")
            )
        else:
            self.stop(request, record, Told(form, formsets, seen), seen, now)
        return now, False

    def stop(self, request, record, told, seen, now):
        """Say what changed since the page was shown, and that nothing was done."""
        who, _when = self.hand(record, seen)
        sentence = _("Nothing was done: %(who)s changed the record since you opened this page (%(what)s).")
        messages.warning(request, sentence % {"who": who, "what": "; ".join(told.differences(seen, now))})


class Told:
    """What changed, in the words of the page: its labels and its values."""

    def __init__(self, form, formsets, seen):
        self.form, self.formsets, self.seen = form, {one.prefix: one for one in formsets}, seen

    def of_main(self, name):
        return capfirst(str(self.form.fields[name].label or name)) if name in self.form.fields else name

    def field(self, clash):
        form = self.formsets[clash.prefix].empty_form if clash.prefix else self.form
        return form.fields.get(clash.column)

    def row(self, clash):
        """Which part it is: “bên ký kết: Sơn La”."""
        formset = self.formsets[clash.prefix]
        kind = capfirst(str(formset.called))
        standing = [one.instance for one in formset.initial_forms if str(one.instance.pk) == clash.key]
        values = self.seen["parts"].get(clash.prefix, {}).get(clash.key, {})
        fields = formset.empty_form.fields
        which = str(standing[0]) if standing else " · ".join(
            told for name, value in values.items() if name in fields and (told := words(fields[name], value))
        )  # fmt: skip
        return f"{kind}: {which}"

    def label(self, clash):
        if not clash.prefix:
            return self.of_main(clash.column)
        field = self.field(clash) if clash.column != WHOLE else None
        column = capfirst(str(field.label or clash.column)) if field else ""
        return " – ".join(filter(None, [self.row(clash), column]))

    def asked(self, clash):
        """One choice of the page."""
        if clash.column == WHOLE:
            is_gone = clash.theirs == ["on"]
            theirs = _("taken out") if is_gone else _("keep it as changed")
            mine = _("keep the row as I typed it") if is_gone else _("taken out")
            before = ""
        else:
            field = self.field(clash)
            before, theirs, mine = (words(field, one) for one in (clash.before, clash.theirs, clash.mine))
        return {
            "name": clash.name,
            "label": self.label(clash),
            "before": before,
            "theirs": theirs,
            "mine": mine,
        }

    def left(self, name, merge):
        """A choice that was offered and not answered."""
        field = self.form.fields.get(name)
        theirs, mine = merge.now["main"].get(name, []), merge.mine(name, []) if field else []
        told = {"theirs": words(field, theirs), "mine": words(field, mine)} if field else {}
        return {"name": name, "label": self.of_main(name), "before": "", "theirs": "", "mine": "", **told}

    def taken(self, clash):
        """A change of the other that stands by itself."""
        if not clash.column:
            deed = _("added") if clash.theirs == ADDED else _("taken out")
            return {"label": self.row(clash), "before": "", "theirs": deed}
        field = self.field(clash)
        before, theirs = words(field, clash.before), words(field, clash.theirs)
        return {"label": self.label(clash), "before": before, "theirs": theirs}

    def differences(self, seen, now):
        """["Title: before → after", …] of two states."""
        found = [self.taken(one) for one in changes(seen, now)]
        return [
            "{}: {} → {}".format(one["label"], one["before"] or "—", one["theirs"] or "—") for one in found
        ]


def blanks(form, formsets):
    """{prefix: the values of a new row}, and under "" the names of the columns that hold files."""
    found = {"": {name for name, field in form.fields.items() if isinstance(field, forms.FileField)}}
    for formset in formsets:
        empty = formset.empty_form
        found[formset.prefix] = {name: sent(empty[name]) for name in columns(empty, part_of=formset.fk.name)}
    return found


def kept(typed, asked):
    """[(name, value)] of what was typed, to be sent again; `asked` are the choices that are offered."""
    pairs = [
        (name, value)
        for name, values in typed.lists()
        for value in values
        if name not in OURS and not name.startswith(CHOICE)
    ]
    return [*pairs, *((ASKED, name) for name in asked)]


def as_new(typed):
    """What was typed as that of a new record: its parts are new ones, those ticked for deletion are left out."""
    made = typed.copy()
    for name in typed:
        if name.endswith("-INITIAL_FORMS"):
            made[name] = 0
        elif name.endswith("-id"):
            made.pop(name)
    return made


def typed_words(form, typed):
    """[(label, value)] of what was typed into the fields of `form`."""
    found = [(capfirst(str(form.fields[name].label or name)), words(form.fields[name], plain(typed.getlist(name))))
             for name in columns(form)]  # fmt: skip
    return [(label, value) for label, value in found if value]


def withdrawn(record):
    return getattr(record, "withdrawn_on", None) is not None
