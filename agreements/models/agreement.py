"""Agreements between localities: the papers and who took part in them."""

from django.apps import apps
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from agreements.fields import (
    CodeField,
    CountField,
    FoldedField,
    OrganizationField,
    PlaceField,
    SortField,
    Text,
    WebAddress,
    between,
    edtf,
)
from agreements.models.effect import EffectMixin
from agreements.models.record import (
    Record,
    RecordQuerySet,
    kin,
    not_before,
    refuse,
    refuse_faults,
    refuse_future,
)
from agreements.models.role import SOMEBODY, Role, bodies_only, once, people_only
from agreements.models.term import Term, cooperation_fields, term
from agreements.rules import lead_faults, step_faults, sum_faults

LANGUAGES = {
    "vi": _("Vietnamese"),
    "lo": _("Lao"),
    "en": _("English"),
    "km": _("Khmer"),
    "th": _("Thai"),
    "zh": _("Chinese"),
    "fr": _("French"),
    "ja": _("Japanese"),
    "ko": _("Korean"),
    "ru": _("Russian"),
}
"""Words for the codes of `Agreement.languages`; another code is told as it is."""


class Mode(models.TextChoices):
    IN_PERSON = "in_person", _("in person")
    ONLINE = "online", _("online")
    EXCHANGE = "exchange", _("exchange of papers")


class AgreementQuerySet(EffectMixin, RecordQuerySet):
    """Questions about agreements; those that depend on time take `on=`."""

    def signed_by(self, places):
        """Those that a body of one of `places` (ids) signed as a party."""
        parties = AgreementRole.objects.filter(role="party", body__area__in=places)
        return self.filter(pk__in=parties.values("agreement"))

    def in_field(self, field):
        """Those in a field of cooperation or in one that belongs to it."""
        fields = Term.objects.filter(Q(pk=field.pk) | Q(parent=field))
        return self.filter(
            pk__in=self.model.fields.through.objects.filter(term__in=fields).values("agreement")
        )

    def led_by(self, unit):
        """Those of which `unit` is the focal unit, or leads a commitment."""
        focal = AgreementRole.objects.filter(role="focal", body=unit).values("agreement")
        return self.filter(
            Q(pk__in=focal) | Q(commitments__roles__role="lead", commitments__roles__body=unit)
        ).distinct()

    def touching(self, start, end):
        """Those signed or running at some time from `start` to `end`."""
        first = Coalesce("period_first", "signed_first", "exchanged_first")
        last = Coalesce("expires_last", "period_last", "signed_last", "exchanged_last")
        return self.annotate(touch_first=first, touch_last=last).filter(
            touch_first__lte=end, touch_last__gte=start
        )

    def changed_since(self, moment):
        """The counted ones that were entered or changed, or anything of theirs, at or after `moment`.

        Theirs are their parts, other titles and sources, and their commitments with all of these.
        """

        def since(part, column):
            rows = apps.get_model("agreements", part).history.filter(history_date__gte=moment)
            return rows.order_by().values(column)

        changed = Q(pk__in=since("agreement", "id")) | Q(pk__in=since("commitment", "agreement_id"))
        for part in ("agreementrole", "agreementlink", "agreementevent", "name", "citation"):
            changed |= Q(pk__in=since(part, "agreement_id"))
        promises = apps.get_model("agreements", "commitment").objects.order_by()
        for part in ("commitmentrole", "target", "progress", "stateoverride", "citation"):
            touched = promises.filter(pk__in=since(part, "commitment_id"))
            changed |= Q(pk__in=touched.values("agreement_id"))
        reported = promises.filter(progress__in=since("citation", "progress_id"))
        return self.counted().filter(changed | Q(pk__in=reported.values("agreement_id")))


class Agreement(Record):
    """A cooperation agreement, or several of one kind known only together (thỏa thuận)."""

    class Level(models.TextChoices):
        PROVINCE = "province", _("province")
        DEPARTMENT = "department", _("department")
        COMMUNE = "commune", _("border commune")
        ORGANIZATION = "organization", _("organization")
        DISTRICT = "district", _("district (inherited)")
        PARTY = "party", _("Party")
        ARMED_FORCES = "armed_forces", _("armed forces")
        MULTILATERAL = "multilateral", _("several provinces")

    class Track(models.TextChoices):
        TREATY_LAW = "treaty_law", _("Law on International Agreements")
        PARTY = "party", _("Party rules")
        AID = "aid", _("aid")
        CONTRACT = "contract", _("contract")
        OTHER = "other", _("other")

    class Process(models.TextChoices):
        IDEA = "idea", _("idea")
        DRAFTING = "drafting", _("being drafted")
        CONSULTING = "consulting", _("out for opinions")
        SUBMITTED = "submitted", _("submitted")
        APPROVED = "approved", _("signing approved")
        REFUSED = "refused", _("signing refused")
        SIGNED = "signed", _("signed")
        REPORTED = "reported", _("signing reported")
        PUBLISHED = "published", _("published")

    BEFORE_SIGNING = (
        Process.IDEA,
        Process.DRAFTING,
        Process.CONSULTING,
        Process.SUBMITTED,
        Process.APPROVED,
        Process.REFUSED,
    )

    code = CodeField("TT", verbose_name=_("code"))
    title = Text(_("title"), max_length=500, help_text=_("As on the paper; other titles are entered below."))
    kind = term(Term.Vocabulary.AGREEMENT_KIND, _("kind"))
    level = models.CharField(_("level"), max_length=15, choices=Level, default=Level.PROVINCE)
    track = models.CharField(
        _("governed by"),
        max_length=12,
        choices=Track,
        default=Track.TREATY_LAW,
        help_text=_("Only agreements under the Law on International Agreements enter its yearly report."),
    )
    process = models.CharField(_("stage"), max_length=12, choices=Process, default=Process.SIGNED)
    number = CountField(
        _("how many"),
        default=1,
        validators=between(0, 9999),
        help_text=_("Normally 1. Empty: several, the source does not say how many."),
    )
    part_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("of which"),
    )
    signed_on, signed_first, signed_last = edtf(_("signed on"), period=True)
    signed_at = PlaceField(
        null=True,
        blank=True,
        related_name="agreements_signed_here",
        verbose_name=_("signed at"),
    )
    mode = models.CharField(_("how signed"), max_length=10, choices=Mode, blank=True, default="")
    exchanged_on, exchanged_first, exchanged_last = edtf(_("exchanged on"))
    effective_on, effective_first, effective_last = edtf(_("effective from"))
    period, period_first, period_last = edtf(
        _("period as printed"), period=True, help_text=_("For example 2022–2025.")
    )
    expires_on, expires_first, expires_last = edtf(_("expires on"))
    auto_renews = models.BooleanField(_("renews automatically"), null=True, blank=True)
    notice_days = CountField(_("notice (days)"), validators=between(0, 9999))
    binding = models.BooleanField(_("legally binding"), null=True, blank=True)
    languages = Text(
        _("languages"),
        max_length=40,
        blank=True,
        default="",
        validators=[
            RegexValidator(r"^[a-z]{2,3}(\|[a-z]{2,3})*$", _("Language codes with “|” between: vi|lo|en."))
        ],
        help_text=_("Codes with “|” between: vi|lo|en."),
    )
    copies = CountField(_("copies"), validators=between(1, 9999))
    published_on, published_first, published_last = edtf(_("published on"))
    published_url = WebAddress(_("published at"), blank=True, default="")
    unpublished_reason = term(Term.Vocabulary.REASON, _("why not published"), null=True, blank=True)
    kept_by = OrganizationField(
        null=True,
        blank=True,
        related_name="agreements_kept",
        verbose_name=_("original kept by"),
    )
    archive_ref = Text(_("archive reference"), blank=True, default="", help_text=_("File, box, shelf."))
    fields = cooperation_fields()
    folded = FoldedField("title", "code", "archive_ref")
    sort = SortField("title")

    _history_m2m_fields = ["fields"]

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = [F("signed_first").desc(nulls_last=True), F("period_first").desc(nulls_last=True), "code"]
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(number__isnull=True) | Q(number__gt=0),
                name="agreement_number_not_zero",
                violation_error_message=_(
                    "No agreement is no record: leave it empty if the number is not known."
                ),
            ),
            models.CheckConstraint(
                condition=Q(part_of__isnull=True) | ~Q(part_of=F("id")),
                name="agreement_not_part_of_itself",
                violation_error_message=_("An agreement is not part of itself."),
            ),
            models.CheckConstraint(
                condition=Q(published_on="") | Q(unpublished_reason__isnull=True),
                name="agreement_published_or_reason_not",
                violation_error_message=_(
                    "Either a day of publication or a reason for not publishing, not both."
                ),
            ),
            not_before(
                "expires",
                "signed",
                "agreement_expires_after_signing",
                _("It expires before it is signed: check both dates."),
            ),
            not_before(
                "expires",
                "effective",
                "agreement_expires_after_effect",
                _("It expires before it takes effect: check both dates."),
            ),
            not_before(
                "expires",
                "period",
                "agreement_expires_after_its_period_begins",
                _("It expires before its period begins: check both dates."),
            ),
            not_before(
                "period",
                "effective",
                "agreement_takes_effect_before_its_period_ends",
                _("It takes effect after its period has ended: check both dates."),
            ),
        ]
        indexes = [
            models.Index(fields=["signed_first", "signed_last"], name="agreement_signed"),
            models.Index(fields=["period_first", "period_last"], name="agreement_period"),
            models.Index(fields=["expires_first", "expires_last"], name="agreement_expires"),
        ]

    def __str__(self):
        return self.title

    def get_languages_display(self):
        """The languages in words: “tiếng Việt, tiếng Lào”."""
        return ", ".join(str(LANGUAGES.get(code, code)) for code in self.languages.split("|") if code)

    def clean(self):
        if self.number == 1 and "/" in self.signed_on:
            refuse(
                _("One paper is signed on one day: write a single date, or leave “how many” empty."),
                "signed_on",
            )
        if self.process not in self.BEFORE_SIGNING:
            sentence = _("%(day)s is in the future: correct the date, or choose a stage before signing.")
            refuse_future(self.signed_first, "signed_on", sentence)
        if not self.checked_together:
            wholes, parts = kin(self)
            refuse_faults(step_faults(wholes, parts), "part_of")
            refuse_faults(sum_faults(wholes, parts), "number")


class AgreementRole(Role):
    """Who takes what part in an agreement (bên, đầu mối, người ký, người chứng kiến)."""

    class As(models.TextChoices):
        PARTY = "party", _("party")
        FOCAL = "focal", _("focal unit")
        COOPERATING = "cooperating", _("cooperating unit")
        SIGNATORY = "signatory", _("signatory")
        WITNESS = "witness", _("witness")

    agreement = models.ForeignKey(
        Agreement, on_delete=models.CASCADE, related_name="roles", verbose_name=_("agreement")
    )
    role = models.CharField(_("as"), max_length=12, choices=As)
    lead = models.BooleanField(
        _("leads"),
        default=False,
        help_text=_("Designated in writing among several signers of one side (Art. 24)."),
    )

    class Meta(Role.Meta):
        verbose_name = _("part taken in an agreement")
        verbose_name_plural = _("parts taken in agreements")
        constraints = [
            SOMEBODY,
            bodies_only("party", "focal", "cooperating"),
            people_only("signatory", "witness"),
            once("agreement"),
        ]
        indexes = [models.Index(fields=["role", "body"], name="agreementrole_role_body")]

    def clean(self):
        if self.lead and self.body_id and self.agreement_id and not self.checked_together:
            refuse_faults(lead_faults([*self.other_leads(), self]), "lead")

    def other_leads(self):
        rows = type(self).objects.filter(agreement=self.agreement_id, role=self.role, lead=True)
        return rows.exclude(pk=self.pk).select_related("body")
