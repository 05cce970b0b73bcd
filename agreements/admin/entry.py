"""What the pages of entry share: labels, search without accents, whole validation, parts as small inlines."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms.models import BaseInlineFormSet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from agreements.admin.searching import OFFERED, offered
from agreements.fields import EdtfField
from agreements.models import Body
from agreements.models.progress import NextNumberField
from agreements.models.record import Record
from agreements.scope import HIDDEN, NOT_OURS, own_office, sees


class Untouched(forms.Field):
    """In place of a choice that the officer does not see and so cannot change: the row stays as it is."""

    widget = forms.TextInput

    def __init__(self, field, row):
        super().__init__(label=field.label, required=False, disabled=True)
        self.row = row

    def prepare_value(self, value):
        return HIDDEN

    def clean(self, value):
        return self.row


class EntryForm(forms.ModelForm):
    """Checks every rule of the model, also those over columns that the form does not show."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            key = self.instance.__dict__.get(f"{name}_id") if self.instance.pk else None
            if key and isinstance(field, forms.ModelChoiceField) and not sees(field.queryset.model, key):
                self.fields[name] = Untouched(field, field.queryset.model._base_manager.get(pk=key))

    def _get_validation_exclusions(self):
        """What is wrong already; and a number that the row is given when it is saved, of which rows say nothing yet.

        Django would take rows that do not show a column of a unique pair for the same.
        """
        columns = self._meta.model._meta.concrete_fields
        given = {field.name for field in columns if isinstance(field, NextNumberField)}
        return set(self._errors) | (given - set(self.fields))

    def _update_errors(self, errors):
        """A sentence about a column that is not in the form stands above it."""
        told, places = {}, places_of_rules(self._meta.model)
        found = errors.error_dict if hasattr(errors, "error_dict") else {NON_FIELD_ERRORS: errors.error_list}
        for field, messages in found.items():
            for message in messages:
                place = places.get(str(message.message), field)
                told.setdefault(place if place in self.fields else NON_FIELD_ERRORS, []).append(message)
        super()._update_errors(ValidationError(told))


def places_of_rules(model):
    """{sentence of a constraint of `model`: the field at which it is told} (`Recorded.told_at`)."""
    rules = {rule.name: rule for rule in model._meta.constraints if rule.name in model.told_at}
    return {str(rule.get_violation_error_message()): model.told_at[name] for name, rule in rules.items()}


SPANS = ("period", "exists", "planned", "until")
"""Dates that usually are a stretch of time; all others usually are one day."""


def may_be_row(value):
    """Whether a text may be the number of a row at all; what is longer no database holds."""
    return str(value).isdecimal() and len(str(value)) < 19


class Autocomplete(AutocompleteSelect):
    """As Django's, but the register is not asked for what is chosen where that is nothing, or cannot be a row."""

    def optgroups(self, name, value, attr=None):
        value = [one for one in value if may_be_row(one)]
        if value:
            return super().optgroups(name, value, attr)
        none = [] if self.is_required or self.allow_multiple_selected else [""]
        return [(None, [self.create_option(name, one, "", False, 0) for one in none], 0)]


class AutocompleteSeveral(AutocompleteSelectMultiple, Autocomplete):
    """The same for several rows."""


class SeveralRows(forms.ModelMultipleChoiceField):
    """As Django's, but what cannot be a row is told at the field, as what is none."""

    def clean(self, value):
        for one in value or ():
            if not may_be_row(one):
                sentence = self.error_messages["invalid_choice"]
                raise ValidationError(sentence, code="invalid_choice", params={"value": one})
        return super().clean(value)


class PlainChoices:
    """Choices as staff need them: only bodies that fit, no icons but “add”, an example in every date."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        for icon in ("can_change_related", "can_delete_related", "can_view_related"):
            if hasattr(getattr(field, "widget", None), icon):
                setattr(field.widget, icon, False)
        if isinstance(db_field, EdtfField) and field is not None:
            field.widget.attrs["placeholder"] = "2022–2025" if db_field.name in SPANS else "27/8/2022"
        return field

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", AutocompleteSeveral(db_field, self.admin_site))
        kwargs.setdefault("form_class", SeveralRows)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "office" and own_office() is not None:
            kwargs.setdefault("queryset", Body.objects.filter(pk=own_office()))
            kwargs["error_messages"] = {"invalid_choice": NOT_OURS}
        only = OFFERED.get(db_field.name) if db_field.related_model is Body else None
        if only and not db_field.get_limit_choices_to():  # else the column itself says so
            kwargs.setdefault("queryset", offered(db_field.name, Body.objects.all()))
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", Autocomplete(db_field, self.admin_site))
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "office" and own_office() is None and issubclass(db_field.model, Record):
            field.help_text = _(
                "The office that keeps this record. One that is not in the list is added with “+”."
            )
        if only and field is not None and not db_field.get_limit_choices_to():
            field.error_messages["invalid_choice"] = {
                "organizations": _("Choose an organization here, not a place."),
                "places": _("Choose a place here, not an organization."),
            }[only]
        return field


class Rows(BaseInlineFormSet):
    """The parts of a record; the row from which a new one is copied is made once and not at every look at it."""

    UNSENT = 10
    """Rows of which a page may have sent nothing."""

    @cached_property
    def empty_form(self):
        return super().empty_form

    def total_form_count(self):
        """No more than were sent: a number of some bytes would make thousands, for which the server works a minute."""
        number = super().total_form_count()
        return min(number, self.sent + self.UNSENT) if self.is_bound else number

    @cached_property
    def sent(self):
        """Of how many rows anything was sent."""
        start = f"{self.prefix}-"
        places = {name.removeprefix(start).partition("-")[0] for name in self.data if name.startswith(start)}
        return sum(1 for place in places if place.isdecimal())


class LabelledInline(PlainChoices):
    """Parts of a record, each a compact row of labelled cells; who may change the record may change them.

    `after` is the number of the fieldset behind which they stand (none: at the end of the page); what stands
    in `folded` is rarely needed and opens on a click. With a `help_sentence`, parts that are collapsed stand
    open once there are any.
    """

    template = "admin/edit_inline/rows.html"
    form = EntryForm
    formset = Rows
    extra = 0
    show_change_link = False
    after = None
    folded = ()
    help_sentence = ""
    follows_record = True

    def get_fieldsets(self, request, obj=None):
        if self.fieldsets or not self.folded:
            return super().get_fieldsets(request, obj)
        shown = [name for name in self.get_fields(request, obj) if name not in self.folded]
        return [(None, {"fields": shown}), (_("More"), {"classes": ["collapse"], "fields": [*self.folded]})]

    def of_record(self, request, verb):
        opts = self.parent_model._meta
        return request.user.has_perm(f"{opts.app_label}.{verb}_{opts.model_name}")

    def has_view_permission(self, request, obj=None):
        if not self.follows_record:
            return super().has_view_permission(request, obj)
        return self.of_record(request, "view") or self.of_record(request, "change")

    def has_add_permission(self, request, obj=None):
        if not self.follows_record:
            return super().has_add_permission(request, obj)
        return self.of_record(request, "change" if obj else "add")

    def has_change_permission(self, request, obj=None):
        if not self.follows_record:
            return super().has_change_permission(request, obj)
        return self.of_record(request, "change" if obj else "add")

    def has_delete_permission(self, request, obj=None):
        if not self.follows_record:
            return super().has_delete_permission(request, obj)
        return self.of_record(request, "change" if obj else "add")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:
            widget = getattr(field.widget, "widget", field.widget)
            widget.attrs["aria-label"] = field.label or db_field.verbose_name
        return field


class BegunParts:
    """A page of entry on which parts of a new record come filled in, as `begins_with` says of each inline.

    Only the page that is opened: what a browser sends back is new, or rows left as they were would not be kept.
    """

    def begins_with(self, request, inline):
        """[{column: value}] of the rows of `inline`."""
        return []

    def get_inline_instances(self, request, obj=None):
        found = super().get_inline_instances(request, obj)
        if obj is None and request.method == "GET":
            for inline in found:
                inline.extra = len(self.begins_with(request, inline)) or inline.extra
        return found

    def get_formset_kwargs(self, request, obj, inline, prefix):
        given = super().get_formset_kwargs(request, obj, inline, prefix)
        if obj.pk is None and request.method == "GET" and (rows := self.begins_with(request, inline)):
            given["initial"] = rows
        return given


class RoleForm(EntryForm):
    """A part taken; its order may be left empty."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "rank" in self.fields:
            self.fields["rank"].required = False

    def _update_errors(self, errors):
        """An empty row is told one thing: whom to name."""
        super()._update_errors(errors)
        named = any(self.cleaned_data.get(name) for name in ("body", "person", "title"))
        if not named and len(self.non_field_errors()) > 1:
            self._errors[NON_FIELD_ERRORS] = self.error_class([self.non_field_errors()[0]])

    def clean_rank(self):
        return self.cleaned_data.get("rank") or self.instance.rank or 1


class RoleFormSet(Rows):
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


class RoleInline(LabelledInline, admin.StackedInline):
    """The rows of one role of a record, as a small box of its own."""

    role = ""
    form = RoleForm
    folded = ("document",)
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


def role_inline(
    table, role, heading, fields=BODY, *, rule=None, folded=False, more=(), at_least=0, after=None
):
    """An inline for one role of `table`; `heading` in the officer's words."""
    columns = [*fields, *more]
    attributes = {
        "model": table,
        "role": role.value,
        "verbose_name": role.label,
        "verbose_name_plural": heading,
        "fields": [*columns, *(name for name in ("rank", "document") if name not in columns)],
        "folded": [name for name in RoleInline.folded if name not in columns],
        "autocomplete_fields": [name for name in ("body", "person") if name in columns] + ["document"],
        "formset": RoleFormSet,
        "rule": staticmethod(rule) if rule else None,
        "classes": ["collapse"] if folded else [],
        "min_num": at_least,
        "after": after,
    }
    return type(f"{table.__name__}{role.value.title()}Inline", (RoleInline,), attributes)
