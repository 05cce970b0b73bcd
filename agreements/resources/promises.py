"""Files of commitments, their targets and their progress."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.models import (
    Agreement,
    Commitment,
    CommitmentRole,
    Document,
    Progress,
    Qualifier,
    Target,
    Term,
)
from agreements.resources.columns import PlainList, RoleList, column
from agreements.resources.faults import told_under
from agreements.resources.kind import KindResource, RecordResource
from agreements.resources.measures import spread_measure
from agreements.resources.papers import FIELD, REASON, SourceList
from agreements.resources.values import (
    ChoiceCell,
    DateCell,
    Later,
    NumberCell,
    RecordCell,
    TermCell,
    TextCell,
    YesNoCell,
    body_cell,
    plain,
)

As = CommitmentRole.As


class CommitmentResource(RecordResource):
    """commitments; `minimum` and `maximum` are the one target over the commitment's own period."""

    kind, model, dated = "commitments", Commitment, ("made_on", "period")
    office = column("office", body_cell())
    code = column("code", TextCell())
    agreement = column("agreement", RecordCell(Agreement))
    text = column("text", TextCell())
    article = column("article", TextCell())
    strength = column("strength", ChoiceCell(Commitment.Strength, default="signed"))
    kind_of_commitment = column("kind", ChoiceCell(Commitment.Kind, default="standing"), "kind")
    made_on = column("made_on", DateCell())
    period = column("period", DateCell(period=True))
    every = column("every", ChoiceCell(Commitment.Every))
    unit = column("unit", TermCell(Term.Vocabulary.UNIT, Term.Vocabulary.CURRENCY))
    minimum = column("minimum", NumberCell(), "own_minimum", gettext_lazy("at least"))
    maximum = column("maximum", NumberCell(), "own_maximum", gettext_lazy("at most"))
    obligors = RoleList("obligors", body_cell(), As.OBLIGOR, label=gettext_lazy("obligors"))
    counterparts = RoleList("counterparts", body_cell(), As.COUNTERPART, label=gettext_lazy("counterparts"))
    lead = RoleList("lead", body_cell(), As.LEAD)
    cooperating = RoleList("cooperating", body_cell(), As.COOPERATING)
    proposers = RoleList("proposers", body_cell(), As.PROPOSER, label=gettext_lazy("proposers"))
    accepters = RoleList("accepters", body_cell(), As.ACCEPTER, label=gettext_lazy("accepters"))
    beneficiaries = RoleList(
        "beneficiaries", body_cell(), As.BENEFICIARY, label=gettext_lazy("beneficiaries")
    )
    continues = column("continues", RecordCell(Commitment))
    child = column("child", RecordCell(Agreement))
    fields_of_cooperation = PlainList("fields", TermCell(FIELD))
    sources = SourceList()
    note = column("note", TextCell())

    def after_init_instance(self, instance, new, row, **kwargs):
        target = None if new else self.own_target(instance)
        instance.own_target_id = target.pk if target else None
        instance.own_minimum = target.minimum if target else None
        instance.own_maximum = target.maximum if target else None

    def own_target(self, instance):
        own = (instance.period, None, None)
        found = [
            one for one in instance.targets.all() if (one.period, one.obligor_id, one.counterpart_id) == own
        ]
        return found[0] if found else None

    def after_save_instance(self, instance, row, **kwargs):
        super().after_save_instance(instance, row, **kwargs)
        if "minimum" not in row and "maximum" not in row:
            return
        target = Target.objects.filter(pk=instance.own_target_id).first()
        if instance.own_minimum is None and instance.own_maximum is None:
            if target:
                target.delete()
            return
        target = target or Target(commitment=instance)
        target.period = instance.period
        target.minimum, target.maximum = instance.own_minimum, instance.own_maximum
        target.full_clean()
        target.save()

    def prefetches(self):
        return [*super().prefetches(), "targets"]

    def cell_text(self, field, instance):
        if field.column_name in ("minimum", "maximum"):
            target = self.own_target(instance)
            return field.widget.render(getattr(target, field.column_name) if target else None)
        return super().cell_text(field, instance)

    def get_queryset(self):
        return Commitment.objects.select_related(
            "office", "agreement__office", "unit", "continues__office", "child__office"
        )


class TargetResource(KindResource):
    """targets: how much in which period."""

    kind, model, key = "targets", Target, ("commitment", "period", "obligor", "counterpart")
    optional_key, dated = ("period", "obligor", "counterpart"), ("period",)
    commitment = column("commitment", RecordCell(Commitment))
    period = column("period", DateCell(period=True))
    obligor = column("obligor", body_cell())
    counterpart = column("counterpart", body_cell())
    minimum = column("minimum", NumberCell())
    maximum = column("maximum", NumberCell())
    document = column("document", RecordCell(Document))

    def get_queryset(self):
        return Target.objects.select_related(
            "commitment__office", "obligor", "counterpart", "document__office"
        ).order_by("commitment__code", "period_first", "id")


class NumberedCell(TextCell):
    """Another row of the same record, by its number."""

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else str(value.number)


def sibling(rows, text, expected):
    """The row of `rows` whose number is `text`; one further down in the file is left for later."""
    number = NumberCell(whole=True).clean(text)
    if number is None:
        return None
    if found := rows.filter(number=number).first():
        return found
    if str(number) in expected:
        raise Later(text)
    raise ValueError(
        _("There is no row %(number)s: write the number of a row of the same record.") % {"number": number}
    )


class ProgressResource(KindResource):
    """progress: dated reports; an existing row is never changed, a correction is a new row."""

    kind, model, key = "progress", Progress, ("commitment", "number")
    optional_key, dated = ("number",), ("on",)
    commitment = column("commitment", RecordCell(Commitment))
    number = column("number", NumberCell(whole=True))
    on = column("on", DateCell(period=True))
    quantity = column("quantity", NumberCell())
    qualifier = column("qualifier", ChoiceCell(Qualifier, default="exactly"))
    assessment = column("assessment", ChoiceCell(Progress.Assessment))
    reason = column("reason", TermCell(REASON))
    done = column("done", TextCell())
    difficulties = column("difficulties", TextCell())
    next_step = column("next_step", TextCell())
    obligor = column("obligor", body_cell())
    counterpart = column("counterpart", body_cell())
    verified = column("verified", YesNoCell(default=False))
    corrects = column("corrects", NumberedCell())

    def before_import_row(self, row, **kwargs):
        super().before_import_row(row, **kwargs)
        with told_under("quantity"):
            spread_measure(row, self, "quantity", "qualifier")

    def whole_key(self, row):
        return bool(plain(row.get("commitment")) and plain(row.get("number")))

    def fill(self, field, instance, row):
        if field.column_name == "corrects":
            rows = Progress.objects.filter(commitment=instance.commitment_id)
            instance.corrects = sibling(rows, row["corrects"], self.numbers)
        else:
            super().fill(field, instance, row)

    def before_save_instance(self, instance, row, *, user=None, **kwargs):
        if instance.pk:
            raise ValidationError(
                _("Report %(number)s is entered already and is never changed: add a row that corrects it.")
                % {"number": instance.number}
            )
        if user is not None and user.pk:
            instance.author = user

    def get_queryset(self):
        return Progress.objects.select_related(
            "commitment__office", "reason", "obligor", "counterpart", "corrects"
        ).order_by("commitment__code", "number")
