"""Pages of delegations and meetings."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements.admin.entry import BODY, PERSON, LabelledInline, RecordAdmin, role_inline
from agreements.models import Term
from delegations.models import Contribution, Delegation, DelegationRole, Meeting, MeetingRole, VisitCitation
from delegations.resources import DelegationResource, MeetingResource
from delegations.rules import count_named, crowded_faults

As = DelegationRole.As
NAMED = ["person", "title", "body"]


class VisitCitationInline(LabelledInline, admin.TabularInline):
    model = VisitCitation
    fields = ["role", "document", "locator"]
    autocomplete_fields = ["document"]
    verbose_name_plural = _("documents and sources")


class ContributionInline(LabelledInline, admin.TabularInline):
    """Which agreement or commitment an event served."""

    model = Contribution
    fields = ["how", "agreement", "commitment", "quantity", "counterpart"]
    autocomplete_fields = ["agreement", "commitment", "counterpart"]
    verbose_name_plural = _("agreements and commitments served")


class DelegationCitationInline(VisitCitationInline):
    fk_name = "delegation"


class MeetingCitationInline(VisitCitationInline):
    fk_name = "meeting"


class DelegationContributionInline(ContributionInline):
    fk_name = "delegation"


class MeetingContributionInline(ContributionInline):
    fk_name = "meeting"


class VisitAdmin(RecordAdmin):
    """What delegations and meetings share."""

    list_select_related = ["office"]
    list_filter_offices = ("office", admin.RelatedOnlyFieldListFilter)

    @admin.display(description=_("held on"), ordering="held_first")
    def held_display(self, record):
        return record.get_held_display() or "—"

    @admin.display(description=_("how many"))
    def how_many(self, record):
        return gettext("several") if record.number is None else str(record.number)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in ("reason", "currency"):
            kwargs["queryset"] = Term.objects.filter(vocabulary=db_field.name, retired=False)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def members_rule(delegation):
    """At least as many people as are named."""
    rows = [row for role in DelegationRole.TRAVELLERS for row in delegation.entered_rows.get(role, ())]
    if sentences := crowded_faults(delegation.people, count_named(rows)):
        raise ValidationError(sentences)


@admin.register(Delegation)
class DelegationAdmin(VisitAdmin):
    resource_classes = [DelegationResource]
    list_display = ["name", "direction", "held_display", "how_many", "people", "level", "status", "code"]
    list_filter = ["direction", "status", "level", VisitAdmin.list_filter_offices]
    search_fields = (
        "folded",
        "roles__body__key",
        "roles__body__area__key",
        "roles__body__area__names__key",
        "roles__person__key",
    )
    autocomplete_fields = ["office", "part_of", "fields"]
    fieldsets = [
        (None, {"fields": ["name", "direction", "level", "status", "office", "code"]}),
        (_("When and how many"), {"fields": ["held", "people", "planned", "in_plan"]}),
        (_("Contents"), {"fields": ["purpose", "fields", "reason", "note"]}),
        (_("Money and report"), {"fields": ["funding", "cost", "currency", "report_due_on", "reported_on"]}),
        (
            _("A count instead of a single delegation"),
            {"classes": ["collapse"], "fields": ["number", "part_of"]},
        ),
    ]
    inlines = [
        role_inline(DelegationRole, As.SENDER, _("sent by"), BODY, at_least=0),
        role_inline(DelegationRole, As.HOST, _("hosts")),
        role_inline(DelegationRole, As.INVITER, _("invited by"), NAMED),
        role_inline(DelegationRole, As.VISITED, _("places visited")),
        role_inline(DelegationRole, As.HEAD, _("head"), NAMED),
        role_inline(DelegationRole, As.DEPUTY, _("deputy heads"), NAMED),
        role_inline(DelegationRole, As.MEMBER, _("members"), NAMED, rule=members_rule),
        DelegationContributionInline,
        DelegationCitationInline,
    ]
    empty_hint = _("No delegation is entered yet. Enter one that went or came, or import a CSV file.")


@admin.register(Meeting)
class MeetingAdmin(VisitAdmin):
    resource_classes = [MeetingResource]
    list_display = ["title", "kind", "mode", "held_display", "place", "status", "code"]
    list_display_links = ["title"]
    list_filter = ["kind", "mode", "status", VisitAdmin.list_filter_offices]
    list_select_related = ["office", "place"]
    search_fields = (
        "folded",
        "roles__body__key",
        "roles__body__area__key",
        "roles__body__area__names__key",
        "roles__person__key",
    )
    autocomplete_fields = ["office", "place", "delegations", "fields"]
    fieldsets = [
        (None, {"fields": ["kind", "mode", "held", "place", "status", "office", "code"]}),
        (_("Contents"), {"fields": ["results", "fields", "delegations", "note"]}),
        (_("A count instead of a single meeting"), {"classes": ["collapse"], "fields": ["number"]}),
    ]
    inlines = [
        role_inline(MeetingRole, MeetingRole.As.HOST, _("hosts")),
        role_inline(MeetingRole, MeetingRole.As.CHAIR, _("chaired by"), PERSON),
        role_inline(MeetingRole, MeetingRole.As.PARTICIPANT, _("participants"), PERSON),
        role_inline(MeetingRole, MeetingRole.As.MENTIONED, _("mentioned"), PERSON, folded=True),
        MeetingContributionInline,
        MeetingCitationInline,
    ]
    empty_hint = _("No meeting is entered yet. Enter talks, a courtesy call or a working session.")

    @admin.display(description=_("meeting"))
    def title(self, meeting):
        return str(meeting)
