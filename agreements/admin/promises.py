"""Pages of commitments."""

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ValidationError
from django.db.models import DateField, Prefetch
from django.forms import TextInput, model_to_dict
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements.admin.entry import PERSON, BegunParts, EntryForm, LabelledInline, RoleInline, role_inline
from agreements.admin.filters import HealthFilter, OfAgreementFilter, StateFilter, shared
from agreements.admin.reasons import PERFORMANCE, reasons
from agreements.admin.record import TopRecordAdmin
from agreements.filters import CommitmentFilter
from agreements.forms import DayField, MeasuresMixin
from agreements.models import (
    Agreement,
    Citation,
    Commitment,
    CommitmentRole,
    Progress,
    StateOverride,
    Target,
    Term,
)
from agreements.models.commitment import MEASURES
from agreements.models.standing import Health, State, stand
from agreements.recurring import follow_page
from agreements.resources import CommitmentResource

As = CommitmentRole.As


class TargetInline(LabelledInline, admin.StackedInline):
    model = Target
    fields = ["period", "minimum", "maximum", "obligor", "counterpart", "document"]
    folded = ("document",)
    after = 1
    autocomplete_fields = ["obligor", "counterpart", "document"]
    verbose_name_plural = _("targets")


class ProgressForm(MeasuresMixin, EntryForm):
    """A report, whose quantity may be written with the unit of its commitment: “hơn 2 suất”."""

    measures = (("quantity", "qualifier", "unit"),)

    def settle_unit(self, number, unit, text):
        commitment = self.cleaned_data.get("commitment")
        if commitment and commitment.unit_id:
            measures = Term.objects.filter(**MEASURES)
            self.unit_meant(number, text, measures, commitment.unit)

    def _update_errors(self, errors):
        """A quantity that is wrong is something said."""
        if "quantity" in self.errors and hasattr(errors, "error_dict"):
            errors.error_dict.pop("done", None)
        super()._update_errors(errors)


class ProgressInline(LabelledInline, admin.StackedInline):
    """New reports only: what was reported is corrected by a new row, never changed."""

    model = Progress
    form = ProgressForm
    follows_record = False  # a focal point may report without changing the commitment
    fields = [
        ("on", "assessment", "reason"),
        ("quantity", "qualifier", "verified"),
        "done",
        ("difficulties", "next_step"),
        ("obligor", "counterpart", "corrects"),
    ]
    autocomplete_fields = ["obligor", "counterpart"]
    show_change_link = True
    verbose_name_plural = _("progress")
    help_sentence = _("A saved report is not changed: open it, and add one that corrects it.")

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "reason":
            kwargs["queryset"] = reasons(PERFORMANCE)
        elif db_field.name == "corrects":
            commitment = request.resolver_match.kwargs.get("object_id")
            kwargs["queryset"] = Progress.objects.filter(
                commitment=commitment if str(commitment).isdecimal() else None
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class OverrideInline(LabelledInline, admin.StackedInline):
    """What an officer says against dates and figures, for a time; folded while nothing is said."""

    model = StateOverride
    fields = [("state", "since", "until"), "reason"]
    classes = ["collapse"]
    formfield_overrides = {DateField: {"form_class": DayField, "widget": TextInput}}
    verbose_name_plural = _("state set by an officer")
    help_sentence = _(
        "Only where dates and figures tell it wrong. Reports say that an officer set it; after its last day, "
        "at most a year later, the state is judged by dates and figures again."
    )


class CommitmentCitationInline(LabelledInline, admin.StackedInline):
    model = Citation
    fk_name = "commitment"
    fields = ["role", "document", "locator"]
    autocomplete_fields = ["document"]
    verbose_name_plural = _("documents and sources")


def somebody_rule(commitment):
    """A commitment outside an agreement says who asks, accepts or is obliged."""
    if not commitment.agreement_id and not any(commitment.entered_counts.values()):
        raise ValidationError(gettext("Without an agreement, enter who is obliged, proposes or accepts."))


def carried(request):
    """The commitment that a new one continues, where the address names it (`?continues=12`), or None."""
    key = request.GET.get("continues", "")
    return Commitment.objects.filter(pk=key).first() if key.isdecimal() and len(key) < 19 else None


def said_again(earlier, agreement):
    """What a commitment of `agreement` says again of the `earlier` one that it continues.

    One that ran as long as its agreement runs as long as the later agreement; other deadlines have passed.
    """
    again = model_to_dict(earlier, ["text", "strength", "kind", "every", "unit", "fields"])
    if agreement and earlier.agreement_id and earlier.period == earlier.agreement.period:
        again["period"] = agreement.period
    return again


def parts_again(request, inline):
    """Who took part in what is carried over, as rows of `inline`."""
    earlier = carried(request)
    if earlier is None:
        return []
    asked = [name for name in ("body", "person", "title") if name in inline.fields]
    rows = CommitmentRole.objects.filter(commitment=earlier, role=inline.role).order_by("rank", "id")
    return [row for row in rows.values(*asked, "rank") if any(row[name] for name in asked)]


class StandingList(ChangeList):
    """A list whose rows know how they stand today: one query for those that the page shows."""

    def __init__(self, request, *args, **kwargs):
        if request.GET.get("overdue") == "1":  # addresses that people keep from before there were other words
            request.GET = request.GET.copy()
            del request.GET["overdue"]
            request.GET.setdefault("health", Health.OVERDUE.value)
        super().__init__(request, *args, **kwargs)

    def get_results(self, request):
        super().get_results(request)
        rows = list(self.result_list)
        shown = Commitment.objects.filter(pk__in=[row.pk for row in rows])
        stands = stand(shown, timezone.localdate())
        for row in rows:
            row.stands = stands.get(row.pk)  # None: withdrawn, not judged
        self.result_list = rows


@admin.register(Commitment)
class CommitmentAdmin(BegunParts, TopRecordAdmin):
    resource_classes = [CommitmentResource]
    list_display = ["text_display", "sides", "agreement_title", "strength", "kind", "due", "state", "code"]
    list_filter = [
        StateFilter, HealthFilter, *shared(CommitmentFilter, "partner"), OfAgreementFilter,
        *shared(CommitmentFilter, "field", "unit", "year"), "strength", "kind", *shared(CommitmentFilter, "office"),
    ]  # fmt: skip
    list_select_related = ["agreement", "office"]
    search_fields = ("folded", "agreement__folded", "agreement__roles__body", "roles__body", "roles__person")
    autocomplete_fields = ["agreement", "unit", "continues", "child", "office", "fields"]
    fieldsets = [
        (None, {"fields": ["agreement", "text", "article", "strength", "kind", "office", "code"]}),
        (_("When and how much"), {"fields": ["made_on", "period", "every", "unit"]}),
        (_("Contents"), {"fields": ["fields", "note"]}),
        (_("Relations"), {"classes": ["collapse"], "fields": ["continues", "child"]}),
    ]
    inlines = [
        role_inline(CommitmentRole, As.OBLIGOR, _("obligors"), after=0),
        role_inline(CommitmentRole, As.COUNTERPART, _("counterparts"), after=0),
        role_inline(CommitmentRole, As.LEAD, _("lead units")),
        role_inline(CommitmentRole, As.COOPERATING, _("cooperating units")),
        role_inline(CommitmentRole, As.PROPOSER, _("proposed by"), PERSON),
        role_inline(CommitmentRole, As.ACCEPTER, _("accepted by"), PERSON),
        role_inline(CommitmentRole, As.BENEFICIARY, _("beneficiaries"), PERSON, rule=somebody_rule),
        TargetInline,
        ProgressInline,
        OverrideInline,
        CommitmentCitationInline,
    ]
    empty_hint = _("No commitment is entered yet. Enter one, or open an agreement first.")

    def get_queryset(self, request):
        roles = CommitmentRole.objects.filter(role__in=["obligor", "counterpart"])
        roles = roles.select_related("body", "person").order_by("rank", "id")
        sides = Prefetch("roles", roles, to_attr="sides_taken")
        return super().get_queryset(request).prefetch_related(sides)

    def get_changelist(self, request, **kwargs):
        return StandingList

    def get_changeform_initial_data(self, request):
        """Beside what the address says: the office that keeps the agreement, and what is carried over."""
        initial = super().get_changeform_initial_data(request)
        agreement = Agreement.objects.filter(pk=initial.get("agreement") or None).first()
        if agreement and not request.GET.get("office"):
            initial["office"] = agreement.office_id
        earlier = carried(request)
        return {**said_again(earlier, agreement), **initial} if earlier else initial

    def begins_with(self, request, inline):
        return parts_again(request, inline) if isinstance(inline, RoleInline) else []

    @admin.display(description=_("content"), ordering="folded")
    def text_display(self, commitment):
        return str(commitment)

    @admin.display(description=_("agreement"), ordering="agreement__code")
    def agreement_title(self, commitment):
        return commitment.agreement.title if commitment.agreement_id else "—"

    @admin.display(description=_("who → with whom"))
    def sides(self, commitment):
        """Obligors, an arrow, counterparts."""
        names = {"obligor": [], "counterpart": []}
        for role in commitment.sides_taken:
            names[role.role].append(str(role.body or role.person or role.title))
        return " → ".join(filter(None, map(", ".join, names.values()))) or "—"

    @admin.display(description=_("period"), ordering="period_last")
    def due(self, commitment):
        return commitment.get_period_display() or "—"

    @admin.display(description=_("how far"))
    def state(self, commitment):
        """How far it has come; below it whether it is late, red, or whether something is to be watched."""
        stands = commitment.stands
        if stands is None:
            return "—"
        word = State(stands.state).label
        if stands.health in ("", Health.ON_TIME):
            return word
        late = "late" if stands.health == Health.OVERDUE else "quiet"
        return format_html('{}<br><span class="{}">{}</span>', word, late, Health(stands.health).label)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        self.follow(request, form.instance)

    def after_putting_back(self, request, record):
        super().after_putting_back(request, record)
        self.follow(request, record)

    def follow(self, request, commitment):
        """Make the targets of single periods that follow from what was entered."""
        if commitment.every:
            self.tell_followed(request, commitment, follow_page(commitment))

    def tell_followed(self, request, commitment, followed):
        """Say which targets were made of what was entered, or why none could be."""
        if followed.made:
            sentence = _(
                "Targets of single periods were made from “each %(every)s”: %(count)s. Correct them below."
            )
            words = {"every": commitment.get_every_display(), "count": followed.made}
            messages.info(request, sentence % words)
        if followed.startless:
            sentence = _(
                "Since when it recurs is not known: enter a period, then its single targets are made."
            )
            messages.warning(request, sentence)

    def save_formset(self, request, form, formset, change):
        if formset.model in (Progress, StateOverride):
            for part in formset.forms:
                if not part.instance.pk:
                    part.instance.author = request.user
        super().save_formset(request, form, formset, change)
