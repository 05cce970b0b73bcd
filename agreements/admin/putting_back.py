"""Putting back by one click a part (a target, a role, a line) that was taken out of its record.

The history keeps the row as it last was; it comes back under its old number, checked by the same rules as a row that
is typed, and as a change of its record.
"""

import re

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ForeignKey
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agreements.admin.history_rows import Names, heading, pasts
from agreements.fields import VersionField
from agreements.models.record import Record, ReviewState, withdrawn_sentence
from agreements.scope import sees

PART = re.compile(r"([a-z]+\.[a-z]+):(\d{1,18})")


class PutBackMixin:
    """For a ModelAdmin with history pages (`ChangesMixin`) and locked records (`MeanwhileMixin`)."""

    def get_urls(self):
        start = f"{self.model._meta.app_label}_{self.model._meta.model_name}"
        view = self.admin_site.admin_view(require_POST(self.put_back_view))
        return [path("<path:object_id>/put-back/", view, name=f"{start}_put_back"), *super().get_urls()]

    def may_put_back(self, request, record, model):
        """Who may change the record and enter such parts of it."""
        inlines = [one for one in self.get_inline_instances(request, record) if one.model is model]
        return self.has_change_permission(request, record) and any(
            one.has_add_permission(request, record) for one in inlines
        )

    def put_back_view(self, request, object_id):
        """Posted `part` is “app.model:number of the history row” of a part that was taken out."""
        with transaction.atomic():
            record = self.locked_record(request, object_id)
            if record is None:
                raise Http404
            if not self.has_change_permission(request, record):
                raise PermissionDenied
            past = self.part_taken_out(record, request.POST.get("part", ""))
            if not self.may_put_back(request, record, past.part):
                raise PermissionDenied
            self.put_back(request, record, past)
        return HttpResponseRedirect(
            reverse(
                f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_history",
                args=[record.pk],
            )
        )

    def part_taken_out(self, record, asked):
        """The Past of the part of `record` that `asked` names; Http404 where none was taken out."""
        label, number = found.groups() if (found := PART.fullmatch(asked)) else ("", 0)
        for model, owner in self.part_tables():
            if model._meta.label_lower == label:
                of = {owner.attname: record.pk, "history_id": number, "history_type": "-"}
                for past in pasts(model, owner.name, **of):
                    return past
        raise Http404

    def put_back(self, request, record, past):
        """Write the row again, and say so; or say in one sentence why it cannot be."""
        what = heading(past, Names([past]))
        try:
            with transaction.atomic():
                checked(row_of(past)).save(force_insert=True)
        except (ValidationError, IntegrityError) as error:
            told = error.messages[0] if isinstance(error, ValidationError) else clash()
            sentence = _("Not put back (%(what)s): %(why)s")
            messages.error(request, sentence % {"what": what, "why": told})
            return
        if any(isinstance(one, VersionField) for one in self.opts.concrete_fields):
            record.save()
        self.log_change(request, record, _("Put back: %(what)s") % {"what": what})
        messages.success(request, _("Put back: %(what)s") % {"what": what})
        self.after_putting_back(request, record)

    def after_putting_back(self, request, record):
        """What follows from a changed part of `record`."""


def clash():
    return _("it clashes with what stands in the record now; change that first, or enter the row anew.")


def row_of(past):
    """The row as it last was, not saved; what is reviewed is a draft again."""
    row = past.row.instance
    if hasattr(row, "review_state"):
        row.review_state, row.review_note = ReviewState.DRAFT, ""
    return row


def checked(row):
    """`row`, if it may be entered as it stands; raises ValidationError with sentences."""
    if type(row)._base_manager.filter(pk=row.pk).exists():
        raise ValidationError(_("it stands in the record again already."))
    for field in type(row)._meta.concrete_fields:
        if isinstance(field, ForeignKey) and (key := getattr(row, field.attname)) is not None:
            check_named(row, field, key)
    row.full_clean(validate_unique=True)
    return row


def check_named(row, field, key):
    """What the row names is there, seen by the reader, and not withdrawn."""
    found = field.related_model._base_manager.filter(pk=key).first()
    column = capfirst(field.verbose_name)
    if found is None:
        raise ValidationError(
            _("“%(column)s” names what is not in the register any more; enter the row anew.")
            % {"column": column}
        )
    if isinstance(found, Record) and not sees(field.related_model, key):
        raise ValidationError(
            _("“%(column)s” names a record of another office; enter the row anew.") % {"column": column}
        )
    if isinstance(found, Record) and found.withdrawn_on:
        raise ValidationError(withdrawn_sentence(found))
    setattr(row, field.name, found)
