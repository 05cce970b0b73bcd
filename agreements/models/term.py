"""Open lists: kinds, fields of cooperation, units, currencies, items, reasons."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agreements.fields import KeyField, SortField, Text, between
from agreements.models.record import Recorded, refuse


class Term(Recorded):
    """An entry of an open list (danh mục)."""

    class Vocabulary(models.TextChoices):
        AGREEMENT_KIND = "agreement_kind", _("kind of agreement")
        DOCUMENT_KIND = "document_kind", _("kind of document")
        FIELD = "field", _("field of cooperation")
        UNIT = "unit", _("unit of measure")
        CURRENCY = "currency", _("currency")
        ITEM = "item", _("item of aid")
        REASON = "reason", _("reason")

    vocabulary = models.CharField(_("list"), max_length=20, choices=Vocabulary)
    code = Text(_("code"), max_length=40)
    name = Text(_("name"))
    name_en = Text(_("name in English"), blank=True, default="")
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("belongs to"),
    )
    rank = models.PositiveSmallIntegerField(_("order"), default=100, validators=between(0, 9999))
    retired = models.BooleanField(
        _("retired"), default=False, help_text=_("No longer offered; records that use it keep it.")
    )
    key = KeyField("name")
    sort = SortField("name")

    class Meta:
        verbose_name = _("list entry")
        verbose_name_plural = _("lists")
        ordering = ["vocabulary", "rank", "sort"]
        constraints = [
            models.UniqueConstraint(
                fields=["vocabulary", "code"],
                name="term_code_once_in_a_list",
                violation_error_message=_("This code is in the list already: choose another."),
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="term_not_its_own_parent",
                violation_error_message=_("An entry cannot belong to itself."),
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        if self.parent and self.parent.vocabulary != self.vocabulary:
            refuse(_("“%(parent)s” is of another list."), "parent", parent=self.parent)
        if not self.checked_together and self in ancestors(self.parent):
            refuse(_("“%(parent)s” belongs to this entry already."), "parent", parent=self.parent)


def ancestors(row):
    """`row`, its parent, its parent's parent … (a query a step; stops at a circle)."""
    seen = []
    while row is not None and row not in seen:
        seen.append(row)
        row = row.parent
    return seen


def term(vocabulary, label, **options):
    """A foreign key to the entries of one list; forms and imports alike refuse entries of another."""
    defaults = {"on_delete": models.PROTECT, "related_name": "+", "verbose_name": label}
    return models.ForeignKey(
        "agreements.Term", limit_choices_to={"vocabulary": vocabulary}, **{**defaults, **options}
    )


def cooperation_fields():
    """The n:m list of fields of cooperation of a record."""
    return models.ManyToManyField(
        "agreements.Term",
        limit_choices_to={"vocabulary": Term.Vocabulary.FIELD},
        related_name="+",
        blank=True,
        verbose_name=_("fields of cooperation"),
    )
