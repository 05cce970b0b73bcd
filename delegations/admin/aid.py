"""The page of deliveries of aid, with their lines."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements import numbers
from agreements.admin.entry import EntryForm, LabelledInline, Rows, role_inline
from agreements.admin.filters import shared
from agreements.admin.record import TopRecordAdmin
from agreements.admin.review import ReviewMixin
from agreements.forms import MeasuresMixin
from agreements.models import Term
from agreements.models.record import refuse_faults
from delegations.admin.visits import ContributionInline, ServingMixin, VisitCitationInline
from delegations.filters import DeliveryFilter
from delegations.models import Contribution, Delivery, DeliveryLine, DeliveryRole
from delegations.resources import DeliveryResource
from delegations.rules import allocation_faults, delivery_faults, line_faults, receiver_faults, refuse_sides

As = DeliveryRole.As
GIVER = ["body", "person", "title", "as_printed"]


class LineForm(MeasuresMixin, EntryForm):
    """A line; a tick makes it part of the last unticked line above it."""

    measures = (("quantity", "quantity_is", "unit"), ("amount", "amount_is", "currency"))
    of_which = forms.BooleanField(
        label=_("of which"), required=False, widget=forms.CheckboxInput(attrs={"aria-label": _("of which")})
    )

    class Meta:
        model = DeliveryLine
        fields = [
            "number", "of_which", "item", "description", "quantity_is", "quantity", "unit", "amount_is", "amount",
            "currency", "receiver", "funding", "document",
        ]  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["number"].required = False
        self.initial["of_which"] = bool(self.instance.part_of_id)
        self.instance.checked_together = True

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() | {"number", "part_of"}

    @property
    def currency_is_offered(self):
        """Whether the currency is the one that a new line comes with, not one that somebody chose."""
        return not self.instance.pk and "currency" not in self.changed_data

    def clean(self):
        cleaned = super().clean()
        if self.currency_is_offered and cleaned.get("amount") is None:
            cleaned["currency"] = None
        return cleaned

    def settle_unit(self, number, unit, text):
        """“5 triệu kíp” means kíp, although a new line offers đồng."""
        if unit == "currency" and self.currency_is_offered:
            self.cleaned_data["currency"] = None
        super().settle_unit(number, unit, text)


class LineFormSet(Rows):
    """Gives numbers to lines without one, attaches ticked lines, and checks all lines together."""

    def clean(self):
        super().clean()
        if any(self.errors):
            return
        forms_kept = [form for form in self.forms if form.has_changed() or form.instance.pk]
        forms_kept = [form for form in forms_kept if not form.cleaned_data.get("DELETE")]
        self.give_numbers(forms_kept)
        self.attach(sorted(forms_kept, key=lambda form: form.instance.number))
        lines = self.instance.entered_lines = [form.instance for form in forms_kept]
        refuse_faults(line_faults(lines) + self.faults_with_others(lines))

    def faults_with_others(self, lines):
        """Lines against the receivers as they were typed, and the contributions that no inline of the page shows."""
        entered = self.instance.__dict__.get("entered_roles", {})
        faults = receiver_faults(lines, entered["receiver"]) if "receiver" in entered else []
        if "contributions-TOTAL_FORMS" not in self.data:
            stored = Contribution.objects.filter(delivery=self.instance.pk, commitment__isnull=False)
            stored = stored.select_related("line", "commitment__unit")
            faults += allocation_faults(lines, stored) + delivery_faults(lines, stored)
        return faults

    def give_numbers(self, forms_kept):
        taken = {form.cleaned_data["number"] for form in forms_kept if form.cleaned_data.get("number")}
        for form in forms_kept:
            number = form.cleaned_data.get("number") or max(taken, default=0) + 1
            taken.add(number)
            form.instance.number = form.cleaned_data["number"] = number

    def attach(self, ordered):
        whole = None
        for form in ordered:
            if not form.cleaned_data.get("of_which"):
                form.instance.part_of, whole = None, form.instance
            elif whole is None:
                raise ValidationError(gettext("“Of which” needs a line above it: untick the first line."))
            else:
                form.instance.part_of = whole

    def save_existing_objects(self, commit=True):
        """A ticked line may belong to a new one, so new lines are written first."""
        self.new_ones = super().save_new_objects(commit)
        return super().save_existing_objects(commit)

    def save_new_objects(self, commit=True):
        return self.new_ones


class LineInline(LabelledInline, admin.StackedInline):
    model = DeliveryLine
    form = LineForm
    formset = LineFormSet
    min_num = 1
    after = 0
    autocomplete_fields = ["item", "receiver", "document"]
    verbose_name_plural = _("what was handed over")
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("number", "of_which", "item", "description"),
                    ("quantity_is", "quantity", "unit", "amount_is", "amount", "currency"),
                ]
            },
        ),
        (_("Receiver, paid from, document"), {"classes": ["collapse"], "fields": ["receiver", "funding", "document"]}),
    ]  # fmt: skip

    @admin.display(description=_("of which"))
    def of_which(self, line):
        """The mark that a reader sees in place of the tick."""
        return _("of which") if line.part_of_id else ""

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("item", "unit", "currency", "receiver", "part_of")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in ("unit", "currency"):
            kwargs["queryset"] = Term.objects.filter(vocabulary=db_field.name, retired=False)
        if db_field.name == "currency":
            kwargs["initial"] = kwargs["queryset"].filter(code="VND").values_list("pk", flat=True).first()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class DeliveryCitationInline(VisitCitationInline):
    fk_name = "delivery"


class DeliveryContributionFormSet(Rows):
    """Checks all contributions together, against the lines as they were typed."""

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        form.instance.checked_together = True
        return form

    def clean(self):
        super().clean()
        if any(self.errors):
            return
        kept = [form.instance for form in self.forms if not self._should_delete_form(form)]
        lines = self.instance.__dict__.get("entered_lines", ())
        refuse_faults(allocation_faults(lines, kept) + delivery_faults(lines, kept))


class DeliveryContributionInline(ContributionInline):
    fk_name = "delivery"
    formset = DeliveryContributionFormSet
    fields = ["agreement", "commitment", "how", "line", "quantity", "counterpart"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "line":
            delivery = request.resolver_match.kwargs.get("object_id")
            lines = DeliveryLine.objects.filter(delivery=delivery if str(delivery).isdecimal() else None)
            kwargs["queryset"] = lines.select_related("item", "unit")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def both_sides_rule(delivery):
    """`refuse_sides` for the rows as they were typed."""
    refuse_sides(delivery.entered_roles.get("giver"), delivery.entered_roles.get("receiver"))


@admin.register(Delivery)
class DeliveryAdmin(ReviewMixin, ServingMixin, TopRecordAdmin):
    resource_classes = [DeliveryResource]
    list_display = [
        "lines_display",
        "givers",
        "receivers",
        "held_display",
        "kind",
        "status",
        "review_state",
        "code",
    ]
    list_filter = [
        *shared(DeliveryFilter, "partner", "unit", "item", "measure", "field", "year"), "kind",
        *shared(DeliveryFilter, "funding"), "status", "review_state", *shared(DeliveryFilter, "office"),
    ]  # fmt: skip
    search_fields = ("folded", "roles__body", "roles__person", "lines__item")
    autocomplete_fields = ["office", "delegation", "meeting", "fields"]
    fieldsets = [
        (None, {"fields": ["held", "kind", "status", "office", "code"]}),
        (_("Contents"), {"fields": ["fields", "note", "delegation", "meeting"]}),
    ]
    inlines = [
        role_inline(DeliveryRole, As.GIVER, _("givers"), GIVER, at_least=1, after=0),
        role_inline(
            DeliveryRole, As.RECEIVER, _("receivers"), GIVER, rule=both_sides_rule, at_least=1, after=0
        ),
        LineInline,
        role_inline(DeliveryRole, As.FUNDER, _("paid by")),
        role_inline(DeliveryRole, As.WITNESS, _("witnesses"), GIVER, folded=True),
        DeliveryContributionInline,
        DeliveryCitationInline,
    ]
    empty_hint = _("No aid is entered yet. Enter what was handed over, line by line, or import a CSV file.")

    def get_queryset(self, request):
        roles = DeliveryRole.objects.filter(role__in=["giver", "receiver"]).select_related("body", "person")
        lines = DeliveryLine.objects.select_related("item", "unit", "currency")
        queryset = super().get_queryset(request).select_related("office")
        return queryset.prefetch_related(Prefetch("roles", roles, to_attr="sides"), Prefetch("lines", lines))

    @admin.display(description=_("delivered on"), ordering="held_first")
    def held_display(self, delivery):
        return delivery.get_held_display() or "—"

    @admin.display(description=_("givers"))
    def givers(self, delivery):
        return self.side(delivery, "giver")

    @admin.display(description=_("receivers"))
    def receivers(self, delivery):
        return self.side(delivery, "receiver")

    def side(self, delivery, role):
        return ", ".join(
            str(row.body or row.person or row.title) for row in delivery.sides if row.role == role
        )

    @admin.display(description=_("contents"))
    def lines_display(self, delivery):
        lines = [line_words(line) for line in delivery.lines.all() if not line.part_of_id]
        return "; ".join(lines) or gettext("contents not known")


def line_words(line):
    """A line with its measures as one says them: “2 chiếc Máy thở”, “Tiền mặt 300.000.000 đồng”."""
    quantity = f"{numbers.display(line.quantity)} {line.unit}" if line.quantity is not None else ""
    amount = f"{numbers.display(line.amount)} {money(line.currency)}" if line.amount is not None else ""
    return " ".join(filter(None, [quantity, str(line.item), amount]))


def money(currency):
    """The name of a currency after an amount: Vietnamese đồng needs no country."""
    return gettext("dong") if currency.code == "VND" else str(currency)
