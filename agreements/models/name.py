"""Other spellings of bodies, people, agreements and list entries."""

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from agreements.citing import PaperField
from agreements.fields import KeyField, Text
from agreements.models.record import Recorded, exactly_one

OWNERS = ("body", "person", "agreement", "term")


def owner(model, label):
    return models.ForeignKey(
        model, on_delete=models.CASCADE, null=True, blank=True, related_name="names", verbose_name=label
    )


class Name(Recorded):
    """Another name or spelling under which something is found in papers (tên gọi khác)."""

    class Language(models.TextChoices):
        VI = "vi", _("Vietnamese")
        LO = "lo", _("Lao")
        EN = "en", _("English")
        FR = "fr", _("French")
        UND = "und", _("not determined")

    class Script(models.TextChoices):
        LATN = "Latn", _("Latin")
        LAOO = "Laoo", _("Lao script")

    class Standing(models.TextChoices):
        OFFICIAL = "official", _("official")
        VARIANT = "variant", _("variant")
        FORMER = "former", _("former")
        MISSPELLING = "misspelling", _("misspelling")

    body = owner("agreements.Body", _("body"))
    person = owner("agreements.Person", _("person"))
    agreement = owner("agreements.Agreement", _("agreement"))
    term = owner("agreements.Term", _("list entry"))
    text = Text(_("name"), max_length=500)
    key = KeyField("text")
    language = models.CharField(_("language"), max_length=3, choices=Language, default=Language.VI)
    script = models.CharField(_("script"), max_length=4, choices=Script, default=Script.LATN)
    standing = models.CharField(_("standing"), max_length=12, choices=Standing, default=Standing.VARIANT)
    document = PaperField(
        "agreements.Document",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("stands in"),
    )

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ["key", "id"]
        constraints = [
            models.CheckConstraint(
                condition=exactly_one(*OWNERS),
                name="name_of_exactly_one",
                violation_error_message=_("A name is of exactly one body, person, agreement or list entry."),
            ),
            models.UniqueConstraint(
                *(Coalesce(arm, Value(0), output_field=models.BigIntegerField()) for arm in OWNERS),
                "text",
                "language",
                name="name_once",
                violation_error_message=_("This name is entered already."),
            ),
            models.CheckConstraint(
                condition=~Q(text__contains="|"),
                name="name_without_a_bar",
                violation_error_message=_("A name holds no “|”: files use it between the values of a cell."),
            ),
        ]

    def __str__(self):
        return self.text

    @property
    def of(self):
        """What bears the name."""
        return next(filter(None, (getattr(self, arm) for arm in OWNERS)), None)
