"""What the pages of entry ask for: parts in their place, faults as links, stored values in words."""

from django import template
from django.core.exceptions import FieldDoesNotExist
from django.db.models import FileField
from django.utils.html import linebreaks
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from agreements.admin.filters import country_names
from agreements.admin.words import file_link, in_words
from agreements.fields import EdtfField

register = template.Library()


@register.filter
def standing_after(formsets, number):
    """The inlines that stand behind the fieldset `number` (counted from 0)."""
    return [one for one in formsets or () if getattr(one.opts, "after", None) == number]


@register.filter
def standing_last(formsets):
    """The inlines that stand at the end of the page."""
    return [one for one in formsets or () if getattr(one.opts, "after", None) is None]


@register.filter
def holds_values(fieldset):
    """Whether any field of a folded part holds something, so that it stands open."""
    return any(fieldset.form[name].value() for name in fieldset.fields if name in fieldset.form.fields)


@register.filter
def shown_in_words(field):
    """A field that a reader may not change, in words instead of its stored form."""
    record, name = field.form.instance, field.field["field"]
    try:
        column = record._meta.get_field(name) if isinstance(name, str) else None
    except FieldDoesNotExist:
        column = None
    if column is None:
        return field.contents()
    value = getattr(record, name)
    if isinstance(column, FileField):
        return file_link(record) or field.empty_value_display
    if column.name == "country" and value:
        return country_names().get(value, value)
    if isinstance(column, EdtfField) or not (
        column.is_relation or column.get_internal_type() == "BooleanField"
    ):
        words = in_words(column, value) or field.empty_value_display
        return linebreaks(words, autoescape=True) if "\n" in words else words
    return field.contents()


@register.simple_tag
def faults(adminform, formsets):
    """[{label, sentence, at}] of everything that is wrong: at is the id of the field, or ""."""
    found = faults_of_form(adminform.form, "")
    for one in formsets or ():
        heading = capfirst(one.opts.verbose_name_plural)
        at = f"{one.formset.prefix}-group"
        found += [{"label": heading, "sentence": str(s), "at": at} for s in one.formset.non_form_errors()]
        for number, form in enumerate(one.formset.forms, 1):
            where = _("%(heading)s, row %(number)s") % {"heading": heading, "number": number}
            found += faults_of_form(form, where, f"{form.prefix}")
    return found


def faults_of_form(form, where, row=""):
    found = []
    for name, sentences in form.errors.items():
        is_field = name in form.fields
        label = capfirst(form.fields[name].label or name) if is_field else ""
        at = form[name].auto_id if is_field else row
        label = " · ".join(filter(None, [where, str(label)]))
        found += [{"label": label, "sentence": str(sentence), "at": at} for sentence in sentences]
    return found
