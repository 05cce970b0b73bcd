"""Files of commitments, their targets and their progress."""

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
from agreements.resources.kind import KindResource, PlainList, RecordResource, RoleList, column
from agreements.resources.papers import FIELD, REASON, SourceList
from agreements.resources.values import (
    ChoiceCell,
    DateCell,
    NumberCell,
    RecordCell,
    TermCell,
    TextCell,
    YesNoCell,
    body_cell,
)

As = CommitmentRole.As


class CommitmentResource(RecordResource):
    """commitments; `minimum` and `maximum` are the one target over the commitment's own period."""

    kind, model = "commitments", Commitment
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
    minimum = column("minimum", NumberCell(), "own_minimum")
    maximum = column("maximum", NumberCell(), "own_maximum")
    obligors = RoleList("obligors", body_cell(), As.OBLIGOR)
    counterparts = RoleList("counterparts", body_cell(), As.COUNTERPART)
    lead = RoleList("lead", body_cell(), As.LEAD)
    cooperating = RoleList("cooperating", body_cell(), As.COOPERATING)
    proposers = RoleList("proposers", body_cell(), As.PROPOSER)
    accepters = RoleList("accepters", body_cell(), As.ACCEPTER)
    beneficiaries = RoleList("beneficiaries", body_cell(), As.BENEFICIARY)
    continues = column("continues", RecordCell(Commitment))
    child = column("child", RecordCell(Agreement))
    fields_of_cooperation = PlainList("fields", TermCell(FIELD))
    sources = SourceList()
    note = column("note", TextCell())

    def after_init_instance(self, instance, new, row, **kwargs):
        target = None if new else self.own_target(instance)
        instance.own_minimum = target.minimum if target else None
        instance.own_maximum = target.maximum if target else None

    def own_target(self, instance):
        return instance.targets.filter(period=instance.period, obligor=None, counterpart=None).first()

    def after_save_instance(self, instance, row, **kwargs):
        if "minimum" not in row and "maximum" not in row:
            return
        target = self.own_target(instance)
        if instance.own_minimum is None and instance.own_maximum is None:
            if target:
                target.delete()
            return
        target = target or Target(commitment=instance, period=instance.period)
        target.minimum, target.maximum = instance.own_minimum, instance.own_maximum
        target.full_clean()
        target.save()

    def export_field(self, field, instance, **kwargs):
        if field.column_name in ("minimum", "maximum"):
            target = self.own_target(instance)
            return field.widget.render(getattr(target, field.column_name) if target else None)
        return super().export_field(field, instance, **kwargs)


class TargetResource(KindResource):
    """targets: how much in which period."""

    kind, model, key = "targets", Target, ("commitment", "period", "obligor", "counterpart")
    optional_key = ("period", "obligor", "counterpart")
    commitment = column("commitment", RecordCell(Commitment))
    period = column("period", DateCell(period=True))
    obligor = column("obligor", body_cell())
    counterpart = column("counterpart", body_cell())
    minimum = column("minimum", NumberCell())
    maximum = column("maximum", NumberCell())
    document = column("document", RecordCell(Document))


class NumberedCell(TextCell):
    """Another report of the same commitment, by its number."""

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else str(value.number)


class ProgressResource(KindResource):
    """progress: dated reports; an existing row is never changed, a correction is a new row."""

    kind, model, key = "progress", Progress, ("commitment", "number")
    optional_key = ("number",)
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

    def whole_key(self, row):
        return bool(row.get("commitment") and row.get("number"))

    def import_field(self, field, instance, row, is_m2m=False, **kwargs):
        if field.column_name != "corrects":
            return super().import_field(field, instance, row, is_m2m, **kwargs)
        number = NumberCell(whole=True).clean(row.get("corrects"))
        rows = Progress.objects.filter(commitment=instance.commitment_id, number=number)
        instance.corrects = rows.first() if number else None
        return None
