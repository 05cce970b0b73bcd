"""Who acts: localities and organizations, and who came after them."""

from django.db import connections, models, router
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agreements import dates
from agreements.citing import PaperField
from agreements.fields import KeyField, SortField, Text, edtf, two_capitals
from agreements.models.record import Recorded, of_two_capitals, refuse, refuse_faults
from agreements.models.resolving import ResolvingQuerySet
from agreements.models.term import ancestors
from agreements.rules import ended_faults


class BodyQuerySet(ResolvingQuerySet):
    """Questions about bodies."""

    def places(self):
        return self.filter(kind__in=Body.PLACES)

    def organizations(self):
        return self.exclude(kind__in=Body.PLACES)


class Body(Recorded):
    """A locality or an organization: whoever signs, hosts, gives or receives (chủ thể)."""

    class Kind(models.TextChoices):
        COUNTRY = "country", _("country")
        REGION = "region", _("region")
        PROVINCE = "province", _("province")
        CITY = "city", _("city (of provincial level)")
        DISTRICT = "district", _("district")
        COMMUNE = "commune", _("commune")
        GOVERNMENT = "government", _("government body")
        PARTY = "party", _("Party committee")
        COUNCIL = "council", _("People's Council")
        MINISTRY = "ministry", _("ministry or central body")
        DEPARTMENT = "department", _("department")
        MASS_ORGANIZATION = "mass_organization", _("mass organization")
        ARMED_FORCES = "armed_forces", _("armed forces")
        ENTERPRISE = "enterprise", _("enterprise")
        INSTITUTION = "institution", _("school, hospital or institute")
        OTHER = "other", _("other body")

    PLACES = (Kind.COUNTRY, Kind.REGION, Kind.PROVINCE, Kind.CITY, Kind.DISTRICT, Kind.COMMUNE)

    code = Text(_("code"), max_length=40, unique=True, help_text=_("Never changed: files refer to it."))
    name = Text(_("name"))
    name_en = Text(_("name in English"), blank=True, default="")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    country = models.CharField(
        _("country"), max_length=2, validators=[two_capitals], help_text=_("Two letters: VN, LA, KH …")
    )
    area = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        blank=True,
        related_name="bodies",
        verbose_name=_("place"),
        help_text=_("The place an organization serves; a central body: its country."),
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("belongs to"),
    )
    official_code = Text(
        _("official code"), max_length=20, blank=True, default="", help_text=_("Kept as text: 01 stays 01.")
    )
    exists, exists_first, exists_last = edtf(
        _("existed"), period=True, help_text=_("Empty: always. For example: to 30/6/2025; from 1/7/2025.")
    )
    key = KeyField("name")
    sort = SortField("name")

    objects = BodyQuerySet.as_manager()

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        ordering = ["sort", "exists_first"]
        constraints = [
            models.UniqueConstraint(
                fields=["country", "official_code", "exists_first"],
                condition=~Q(official_code="") & Q(exists_first__isnull=False),
                name="body_official_code_once_from_a_day",
                violation_error_message=_("Another body bears this official code from the same day."),
            ),
            models.UniqueConstraint(
                fields=["country", "official_code"],
                condition=~Q(official_code="") & Q(exists_first__isnull=True, exists_last__isnull=True),
                name="body_official_code_once_for_ever",
                violation_error_message=_("Another body bears this official code."),
            ),
            of_two_capitals("body_country_is_two_capital_letters"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="body_not_its_own_parent",
                violation_error_message=_("A body cannot belong to itself."),
            ),
        ]
        indexes = [models.Index(fields=["exists_first", "exists_last"], name="body_exists")]

    def __str__(self):
        if self.exists_last:
            return _("%(name)s (to %(day)s)") % {
                "name": self.name,
                "day": dates.display(f"{self.exists_last}"),
            }
        return self.name

    @property
    def is_place(self):
        return self.kind in self.PLACES

    def clean(self):
        if not self.is_place:
            self.clean_area()
        elif self.area_id and self.area_id != self.pk:
            refuse(_("A place is its own place: leave this empty."), "area")
        if self.pk and not self.checked_together and self in ancestors(self.parent):
            refuse(_("“%(parent)s” belongs to this body already."), "parent", parent=self.parent)

    def clean_area(self):
        if self.area_id is None:
            refuse(_("Say which place “%(name)s” serves."), "area", name=self.name)
        if not self.area.is_place:
            refuse(
                _("“%(area)s” is no place: choose a province, a city or a country."), "area", area=self.area
            )
        if self.area.country != self.country:
            refuse(_("“%(area)s” lies in another country."), "area", area=self.area)

    def save(self, *args, **kwargs):
        # A place is its own area from its first row on, so its number must be known before it is written.
        if self.is_place and self.area_id is None:
            self.pk = self.pk or next_id(type(self), kwargs.get("using"))
            self.area_id = self.pk
            kwargs["force_insert"] = self._state.adding
        super().save(*args, **kwargs)


def next_id(model, using=None):
    """A primary key that no row of `model` has had, taken from the database's own counter."""
    connection = connections[using or router.db_for_write(model)]
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [table])
            return cursor.fetchone()[0]
        cursor.execute("SELECT seq + 1 FROM sqlite_sequence WHERE name = %s", [table])
        return (cursor.fetchone() or [1])[0]


class LocalityManager(models.Manager.from_queryset(BodyQuerySet)):
    def get_queryset(self):
        return super().get_queryset().places()


class OrganizationManager(models.Manager.from_queryset(BodyQuerySet)):
    def get_queryset(self):
        return super().get_queryset().organizations()


class Locality(Body):
    """A place: country, region, province, city, district, commune (địa phương)."""

    objects = LocalityManager()

    class Meta:
        proxy = True
        verbose_name = _("locality")
        verbose_name_plural = _("localities")


class Organization(Body):
    """A body that is no place: committee, ministry, department, union (tổ chức)."""

    objects = OrganizationManager()

    class Meta:
        proxy = True
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")


class Succession(Recorded):
    """Which body came after which (kế thừa đơn vị): mergers, splits, new names."""

    class How(models.TextChoices):
        MERGED = "merged", _("merged")
        SPLIT = "split", _("split")
        RENAMED = "renamed", _("renamed")

    old = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="successions", verbose_name=_("former body")
    )
    new = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="predecessions", verbose_name=_("successor")
    )
    on, on_first, on_last = edtf(_("on"), blank=False)
    how = models.CharField(_("how"), max_length=10, choices=How)
    document = PaperField(
        "agreements.Document",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("document"),
    )

    class Meta:
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        ordering = ["on_first", "old__sort"]
        constraints = [
            models.UniqueConstraint(
                fields=["old", "new"],
                name="succession_once",
                violation_error_message=_("This succession is entered already."),
            ),
            models.CheckConstraint(
                condition=~Q(old=F("new")),
                name="succession_not_itself",
                violation_error_message=_("A body cannot succeed itself."),
            ),
        ]

    def __str__(self):
        return f"{self.old} → {self.new}"

    def clean(self):
        if not (self.old_id and self.new_id):
            return
        refuse_faults([(self, sentence) for sentence in ended_faults(self)], "new")
        if not self.checked_together and self.old_id in later_bodies(self.new_id):
            refuse(_("“%(new)s” came before “%(old)s” already."), "new", new=self.new, old=self.old)


def later_bodies(body_id):
    """Ids of all bodies that came after the body `body_id`, near and far (a query a generation)."""
    found, front = set(), {body_id}
    while front:
        nexts = Succession.objects.filter(old__in=front).values_list("new", flat=True)
        front = set(nexts) - found
        found |= front
    return found
