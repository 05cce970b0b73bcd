"""One shape for part taken: this body, through this person, with this title, as what."""

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from agreements.fields import Text, between
from agreements.models.record import Recorded


class Role(Recorded):
    """A part taken in a record (vai trò); each record has its own table of them.

    A title without a person is a person whose name the source omits.
    """

    body = models.ForeignKey(
        "agreements.Body",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("body"),
    )
    person = models.ForeignKey(
        "agreements.Person",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("person"),
    )
    title = Text(
        _("title held"), max_length=500, blank=True, default="", help_text=_("The title held that day.")
    )
    as_printed = Text(
        _("as printed"), blank=True, default="", help_text=_("The name as the paper prints it.")
    )
    rank = models.PositiveSmallIntegerField(_("order"), default=1, validators=between(0, 9999))
    document = models.ForeignKey(
        "agreements.Document",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("document"),
        help_text=_("The paper that says so, or that authorizes."),
    )

    class Meta:
        abstract = True
        ordering = ["role", "rank", "id"]

    def __str__(self):
        return " · ".join(
            filter(None, [self.title, str(self.person or ""), self.as_printed or str(self.body or "")])
        )


SOMEBODY = models.CheckConstraint(
    condition=Q(body__isnull=False) | Q(person__isnull=False) | ~Q(title=""),
    name="%(class)s_names_somebody",
    violation_error_message=_("Name a body, a person or a title."),
)


def bodies_only(*roles):
    """A rule: these roles are held by bodies, not by people."""
    return models.CheckConstraint(
        condition=~Q(role__in=roles) | Q(body__isnull=False, person__isnull=True),
        name="%(class)s_of_a_body",
        violation_error_message=_("This part is taken by a body: choose it, and leave the person empty."),
    )


def people_only(*roles):
    """A rule: these roles are held by people, named or known by their title."""
    return models.CheckConstraint(
        condition=~Q(role__in=roles) | Q(person__isnull=False) | ~Q(title=""),
        name="%(class)s_of_a_person",
        violation_error_message=_("Name the person or at least the title."),
    )


def once(record):
    """A rule: nobody takes the same part in the same `record` twice under the same title."""
    return models.UniqueConstraint(
        F(record),
        F("role"),
        Coalesce("body", Value(0), output_field=models.BigIntegerField()),
        Coalesce("person", Value(0), output_field=models.BigIntegerField()),
        F("title"),
        name="%(class)s_once",
        violation_error_message=_("This part is entered twice."),
    )
