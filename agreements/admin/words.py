"""Stored values as staff read them: dates day first, numbers with points, choices and yes/no as words."""

from django.db import models
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements import dates, numbers
from agreements.fields import EdtfField

VERBS = {
    "view": gettext_lazy("View %(what)s"),
    "add": gettext_lazy("Enter %(what)s"),
    "change": gettext_lazy("Change %(what)s"),
    "delete": gettext_lazy("Delete %(what)s"),
    "approve": gettext_lazy("Approve or return %(what)s"),
    "sign": gettext_lazy("Sign off %(what)s"),
}


def in_words(field, value):
    """`value` of the model field `field` for a reader; "" when nothing is known.

    Foreign keys come as the row they name, n:m columns as rows or their names.
    """
    if value is None or value == "":
        return ""
    if field.many_to_many:
        return ", ".join(str(one) for one in value)
    if isinstance(field, EdtfField):
        return dates.display(value)
    if getattr(field, "flatchoices", None):
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.BooleanField):
        return _("yes") if value else _("no")
    if isinstance(field, models.DateTimeField):
        return formats.date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(field, models.DateField):
        return formats.date_format(value, "DATE_FORMAT")
    if isinstance(field, models.DecimalField | models.IntegerField):
        return numbers.display(value)
    return str(value)


def file_address(document):
    """Where the file of a saved document is served (tracker.views.document_file)."""
    return reverse("document-file", args=[document.pk])


def file_link(document):
    """A link to the file of `document` under the name it was uploaded with."""
    if not document.file:
        return ""
    return format_html('<a href="{}">{}</a>', file_address(document), document.file_name or _("file"))


def permission_words(permission):
    """A permission in the words of the register: “Xem thỏa thuận”."""
    verb = permission.codename.partition("_")[0]
    model = permission.content_type.model_class()
    what = model._meta.verbose_name_plural if model else permission.content_type.name
    return str(VERBS[verb]) % {"what": what} if verb in VERBS else permission.name
