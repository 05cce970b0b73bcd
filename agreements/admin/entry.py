"""What the pages of entry share: labels, search without accents, whole validation, parts as small inlines."""

from django import forms
from django.contrib import admin
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Q
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext as _
from simple_history.admin import SimpleHistoryAdmin

from agreements import names
from agreements.admin.exchange import ExchangeAdmin


class EntryForm(forms.ModelForm):
    """Checks every rule of the model, also those over columns that the form does not show."""

    def _get_validation_exclusions(self):
        return set(self._errors)

    def _update_errors(self, errors):
        """A sentence about a column that is not in the form stands above it."""
        told = {}
        found = errors.error_dict if hasattr(errors, "error_dict") else {NON_FIELD_ERRORS: errors.error_list}
        for field, messages in found.items():
            place = field if field in self.fields else NON_FIELD_ERRORS
            told.setdefault(place, []).extend(messages)
        super()._update_errors(ValidationError(told))


class PlainChoices:
    """A chosen row may be followed by a new one; the other icons beside each choice are left out."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        for icon in ("can_change_related", "can_delete_related", "can_view_related"):
            if hasattr(getattr(field, "widget", None), icon):
                setattr(field.widget, icon, False)
        return field


class LabelledInline(PlainChoices):
    """Inputs in a table have no label of their own: each says its column to a screen reader."""

    form = EntryForm
    extra = 0
    show_change_link = False

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:
            widget = getattr(field.widget, "widget", field.widget)
            widget.attrs["aria-label"] = field.label or db_field.verbose_name
        return field


class RoleFormSet(BaseInlineFormSet):
    """The rows of one role; the same part is not taken twice."""

    role = ""

    @classmethod
    def get_default_prefix(cls):
        return f"{super().get_default_prefix()}-{cls.role}"

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        form.instance.role = self.role
        form.instance.checked_together = True
        return form

    def kept(self):
        """Forms that will be rows."""
        for form in self.forms:
            data = getattr(form, "cleaned_data", None) or {}
            filled = data.get("body") or data.get("person") or data.get("title")
            if filled and not data.get("DELETE"):
                yield form

    def clean(self):
        super().clean()
        seen, bodies, rows = set(), set(), []
        for form in self.kept():
            key = tuple(form.cleaned_data.get(name) for name in ("body", "person", "title"))
            if key in seen:
                raise ValidationError(_("%(who)s is entered twice: remove one row.") % {"who": form.instance})
            seen.add(key)
            bodies.add(key[0])
            rows.append(form.instance)
        self.instance.__dict__.setdefault("entered_roles", {})[self.role] = bodies if seen else set()
        self.instance.__dict__.setdefault("entered_rows", {})[self.role] = rows
        self.instance.__dict__.setdefault("entered_counts", {})[self.role] = len(seen)
        if rule := getattr(self, "rule", None):
            rule(self.instance)


class RoleInline(LabelledInline, admin.TabularInline):
    """The rows of one role of a record, as a small table of its own."""

    role = ""
    autocomplete_fields = ["body", "person", "document"]

    def get_queryset(self, request):
        return (
            super().get_queryset(request).filter(role=self.role).select_related("body", "person", "document")
        )

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        return type(
            formset.__name__,
            (formset,),
            {"role": self.role, "rule": staticmethod(self.rule) if self.rule else None},
        )

    rule = None


BODY = ["body", "as_printed"]
PERSON = ["person", "title", "body", "as_printed"]


def role_inline(table, role, heading, fields=BODY, *, rule=None, folded=False, more=(), at_least=0):
    """An inline for one role of `table`; `heading` in the officer's words."""
    attributes = {
        "model": table,
        "role": role.value,
        "verbose_name": role.label,
        "verbose_name_plural": heading,
        "fields": [*fields, *more],
        "autocomplete_fields": [name for name in ("body", "person", "document") if name in [*fields, *more]],
        "formset": RoleFormSet,
        "rule": staticmethod(rule) if rule else None,
        "classes": ["collapse"] if folded else [],
        "min_num": at_least,
    }
    return type(f"{table.__name__}{role.value.title()}Inline", (RoleInline,), attributes)


class FoldedSearch:
    """Search without accents, on SQLite and PostgreSQL alike: every word in one of `search_fields`.

    `search_fields` are paths to folded or key columns; those over parts are looked up apart,
    so that no row comes twice.
    """

    search_fields = ("folded",)

    def get_search_results(self, request, queryset, search_term):
        for word in names.fold(search_term[: names.LONGEST]).split():
            queryset = queryset.filter(self.holds(queryset.model, word))
        if search_term.strip() and not names.fold(search_term):
            queryset = queryset.none()
        return queryset, False

    def holds(self, model, word):
        found = Q()
        for path in self.search_fields:
            match = Q(**{f"{path}__contains": word})
            found |= Q(pk__in=model._base_manager.filter(match).values("pk")) if "__" in path else match
        return found


class RecordAdmin(PlainChoices, FoldedSearch, ExchangeAdmin, SimpleHistoryAdmin):
    """A page of entry: search, exchange, history; the officer's own office filled in."""

    actions = None
    form = EntryForm
    empty_hint = ""
    object_history_list_template = "admin/history_list.html"
    list_per_page = 50
    save_on_top = False
    view_on_site = False

    def get_changeform_initial_data(self, request):
        initial = super().get_changeform_initial_data(request)
        if request.user.office_id and "office" in [field.name for field in self.model._meta.fields]:
            initial.setdefault("office", request.user.office_id)
        return initial
