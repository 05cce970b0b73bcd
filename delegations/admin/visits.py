"""Pages of delegations and meetings."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements.admin.entry import BODY, PERSON, BegunParts, EntryForm, LabelledInline, role_inline
from agreements.admin.filters import shared
from agreements.admin.reasons import PERFORMANCE, reasons
from agreements.admin.record import TopRecordAdmin
from agreements.admin.review import ReviewMixin
from agreements.forms import MeasuresMixin
from agreements.models import Agreement, AgreementRole, Term
from delegations.filters import DelegationFilter, MeetingFilter
from delegations.models import Contribution, Delegation, DelegationRole, Meeting, MeetingRole, VisitCitation
from delegations.resources import DelegationResource, MeetingResource
from delegations.rules import count_named, crowded_faults, side_warning

As, Direction = DelegationRole.As, Delegation.Direction
NAMED = ["person", "title", "body"]


class VisitCitationInline(LabelledInline, admin.StackedInline):
    model = VisitCitation
    fields = ["role", "document", "locator"]
    autocomplete_fields = ["document"]
    verbose_name_plural = _("documents and sources")


class ContributionForm(EntryForm):
    """What an event served; a commitment stands for its agreement, which the page may have filled in."""

    def clean(self):
        cleaned = super().clean()
        agreement, commitment = cleaned.get("agreement"), cleaned.get("commitment")
        if agreement and commitment and commitment.agreement_id == agreement.pk:
            cleaned["agreement"] = None
        elif agreement and commitment:
            sentence = gettext(
                "The commitment “%(commitment)s” is not of this agreement: leave one of the two boxes empty."
            )
            self.add_error("agreement", sentence % {"commitment": commitment})
        return cleaned


class ContributionInline(LabelledInline, admin.StackedInline):
    """Which agreement or commitment an event served."""

    model = Contribution
    form = ContributionForm
    fields = ["agreement", "commitment", "how", "quantity", "counterpart"]
    autocomplete_fields = ["agreement", "commitment", "counterpart"]
    verbose_name_plural = _("agreements and commitments served")


def served(request):
    """The agreement that the address names (`?agreement=12`), or None."""
    value = request.GET.get("agreement", "")
    return Agreement.objects.filter(pk=value).first() if value.isdecimal() else None


class ServingMixin(BegunParts):
    """Records that serve agreements; entered from the page of one, they name it and are of its office."""

    def begins_with(self, request, inline):
        agreement = served(request) if isinstance(inline, ContributionInline) else None
        return [{"agreement": agreement.pk}] if agreement else super().begins_with(request, inline)

    def get_changeform_initial_data(self, request):
        initial = super().get_changeform_initial_data(request)
        if agreement := served(request):
            initial["office"] = agreement.office_id
        initial.pop("agreement", None)
        return initial


class DelegationCitationInline(VisitCitationInline):
    fk_name = "delegation"


class MeetingCitationInline(VisitCitationInline):
    fk_name = "meeting"


class DelegationContributionInline(ContributionInline):
    fk_name = "delegation"


class MeetingContributionInline(ContributionInline):
    fk_name = "meeting"


class VisitAdmin(ReviewMixin, ServingMixin, TopRecordAdmin):
    """What delegations and meetings share."""

    list_select_related = ["office"]

    @admin.display(description=_("held on"), ordering="held_first")
    def held_display(self, record):
        return record.get_held_display() or "—"

    @admin.display(description=_("how many"))
    def how_many(self, record):
        return gettext("several") if record.number is None else str(record.number)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "reason":
            kwargs["queryset"] = reasons(PERFORMANCE)
        elif db_field.name == "currency":
            kwargs["queryset"] = Term.objects.filter(vocabulary="currency", retired=False)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class DelegationForm(MeasuresMixin, EntryForm):
    """A delegation, whose cost may be written with its currency."""

    measures = (("cost", None, "currency"),)


def sides_of(agreement, direction, role):
    """The rows of `role` in a delegation of this direction: the parties that send it, the places that they visit."""
    home = (direction == Direction.OUT) == (role == As.SENDER)
    parties = agreement.roles.filter(role=AgreementRole.As.PARTY, body__isnull=False).order_by("rank", "id")
    bodies = [party.body for party in parties.select_related("body") if (party.body.country == "VN") == home]
    keys = [body.pk if role == As.SENDER else body.area_id for body in bodies]
    return [{"body": key} for key in dict.fromkeys(keys)]


def members_rule(delegation):
    """At least as many people as are named."""
    rows = [row for role in DelegationRole.TRAVELLERS for row in delegation.entered_rows.get(role, ())]
    if sentences := crowded_faults(delegation.people, count_named(rows)):
        raise ValidationError(sentences)


@admin.register(Delegation)
class DelegationAdmin(VisitAdmin):
    form = DelegationForm
    resource_classes = [DelegationResource]
    list_display = [
        "name_display",
        "direction",
        "held_display",
        "how_many",
        "people",
        "level",
        "status",
        "review_state",
        "code",
    ]
    list_filter = [
        *shared(DelegationFilter, "partner", "field", "unit", "year"), "direction", "status", "review_state", "level",
        "in_plan", "funding", *shared(DelegationFilter, "office"),
    ]  # fmt: skip
    search_fields = ("folded", "roles__body", "roles__person")
    autocomplete_fields = ["office", "part_of", "fields"]
    fieldsets = [
        (None, {"fields": ["name", "direction", "held", "people", "office", "code"]}),
        (_("Contents"), {"fields": ["purpose", "fields", "level", "note"]}),
        (_("Plan and standing"), {"fields": ["status", "reason", "planned", "in_plan"]}),
        (_("Money and report"), {"fields": ["funding", "cost", "currency", "report_due_on", "reported_on"]}),
        (
            _("A count instead of a single delegation"),
            {"classes": ["collapse"], "fields": ["number", "part_of"]},
        ),
    ]
    inlines = [
        role_inline(DelegationRole, As.SENDER, _("sent by"), BODY, after=0),
        role_inline(DelegationRole, As.VISITED, _("places visited"), after=0),
        role_inline(DelegationRole, As.HOST, _("hosts"), after=0),
        role_inline(DelegationRole, As.HEAD, _("head"), NAMED, after=0),
        role_inline(DelegationRole, As.DEPUTY, _("deputy heads"), NAMED, after=0),
        role_inline(DelegationRole, As.MEMBER, _("members"), NAMED, rule=members_rule, after=0),
        role_inline(DelegationRole, As.INVITER, _("invited by"), NAMED, after=1),
        DelegationContributionInline,
        DelegationCitationInline,
    ]
    empty_hint = _("No delegation is entered yet. Enter one that went or came, or import a CSV file.")

    def begins_with(self, request, inline):
        """From the page of an agreement, with its direction: who sends it and where it goes."""
        agreement, role = served(request), getattr(inline, "role", "")
        if agreement and role in (As.SENDER, As.VISITED) and request.GET.get("direction") in Direction.values:
            return sides_of(agreement, request.GET["direction"], role)
        return super().begins_with(request, inline)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if sentence := side_warning(form.instance.roles.all()):
            messages.warning(request, sentence)

    @admin.display(description=_("name"), ordering="sort")
    def name_display(self, delegation):
        return delegation.name


@admin.register(Meeting)
class MeetingAdmin(VisitAdmin):
    resource_classes = [MeetingResource]
    list_display = ["who", "kind", "mode", "held_display", "place", "status", "review_state", "code"]
    list_filter = [
        *shared(MeetingFilter, "partner", "field", "unit", "year"), "kind", "mode", "status", "review_state",
        *shared(MeetingFilter, "office"),
    ]  # fmt: skip
    list_select_related = ["office", "place"]
    search_fields = ("folded", "roles__body", "roles__person")
    autocomplete_fields = ["office", "place", "delegations", "fields"]
    fieldsets = [
        (None, {"fields": ["kind", "held", "place", "mode", "status", "office", "code"]}),
        (_("Contents"), {"fields": ["results", "fields", "delegations", "note"]}),
        (_("A count instead of a single meeting"), {"classes": ["collapse"], "fields": ["number"]}),
    ]
    inlines = [
        role_inline(MeetingRole, MeetingRole.As.HOST, _("hosts"), after=0),
        role_inline(MeetingRole, MeetingRole.As.CHAIR, _("chaired by"), PERSON, after=0),
        role_inline(MeetingRole, MeetingRole.As.PARTICIPANT, _("participants"), PERSON, after=0),
        role_inline(MeetingRole, MeetingRole.As.MENTIONED, _("mentioned"), PERSON, folded=True),
        MeetingContributionInline,
        MeetingCitationInline,
    ]
    empty_hint = _("No meeting is entered yet. Enter talks, a courtesy call or a working session.")

    def get_queryset(self, request):
        roles = MeetingRole.objects.exclude(role="mentioned").select_related("body", "person")
        queryset = super().get_queryset(request)
        return queryset.prefetch_related(Prefetch("roles", roles.order_by("rank", "id"), to_attr="present"))

    @admin.display(description=_("who met"))
    def who(self, meeting):
        names = [str(role.body or role.person or role.title) for role in meeting.present]
        return " – ".join(dict.fromkeys(names)) or str(meeting)
