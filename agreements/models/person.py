"""People: a name and its other spellings, nothing else."""

from itertools import chain, count

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreements import names
from agreements.fields import KeyField, PersonSortField, Text, two_capitals
from agreements.models.record import Recorded, of_two_capitals
from agreements.models.resolving import ResolvingQuerySet


class PersonCodeField(Text):
    """Made from the name when left empty: nguyen-van-nen, and nguyen-van-nen-2 for a namesake."""

    def pre_save(self, instance, add):
        code = super().pre_save(instance, add)
        if not code:
            code = next(self.free_codes(self.stem(instance.name)))
            setattr(instance, self.attname, code)
        return code

    def stem(self, name):
        """The name in plain letters; “person” for a name in letters that we do not fold."""
        return names.fold(name).replace(" ", "-")[:30] or "person"

    def free_codes(self, stem, others=()):
        """Codes made from `stem` that neither the register nor `others` have, one after another."""
        taken = set(self.model._base_manager.filter(code__startswith=stem).values_list("code", flat=True))
        candidates = chain([stem], (f"{stem}-{number}" for number in count(2)))
        return (code for code in candidates if code not in taken and code not in others)


class Person(Recorded):
    """A person named in the papers (nhân vật).

    Only the name: titles belong to the event; passport numbers, birth dates and telephones are not held.
    """

    code = PersonCodeField(
        _("code"),
        max_length=40,
        unique=True,
        blank=True,
        help_text=_("Made from the name when left empty."),
    )
    name = Text(_("name"))
    country = models.CharField(
        _("country"),
        max_length=2,
        blank=True,
        default="",
        validators=[two_capitals],
        help_text=_("Two letters: VN, LA, KH …"),
    )
    key = KeyField("name")
    sort = PersonSortField("name")

    objects = ResolvingQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["sort", "code"]
        constraints = [of_two_capitals("person_country_is_two_capital_letters", unless=Q(country=""))]

    def __str__(self):
        return self.name
