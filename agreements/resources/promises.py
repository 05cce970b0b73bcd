"""Files of commitments, their targets, their progress, and what officers say of their state."""

from itertools import islice

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.interchange.readers import Reader
from agreements.models import (
    Agreement,
    Commitment,
    CommitmentRole,
    Document,
    Progress,
    Qualifier,
    StateOverride,
    Target,
    Term,
)
from agreements.models.standing import State
from agreements.resources.alike import AlikeMixin
from agreements.resources.columns import PlainList, RoleList, column
from agreements.resources.kind import KindResource, RecordResource
from agreements.resources.papers import FIELD, REASON, SourceList
from agreements.resources.records import RecordCell
from agreements.resources.together import commitments_in_circles, unmeasured_targets
from agreements.resources.values import (
    ChoiceCell,
    DateCell,
    DayCell,
    Later,
    NumberCell,
    TermCell,
    TextCell,
    YesNoCell,
    body_cell,
    plain,
)
from agreements.rules import unmeasured_sentence

As = CommitmentRole.As
SLICE = 1000
"""Keys that one query names at most."""


def own_target(targets, period):
    """Of the targets of a commitment, the one over its own `period` for all together."""
    own = (period, None, None)
    found = [one for one in targets if (one.period, one.obligor_id, one.counterpart_id) == own]
    return found[0] if found else None


class CommitmentResource(RecordResource):
    """commitments; `minimum` and `maximum` are the one target over the commitment's own period."""

    kind, model, dated = "commitments", Commitment, ("made_on", "period")
    identity, apart = ("agreement", "text"), ("period",)
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

    own = ("minimum", "maximum")

    def open(self, batch, written):
        super().open(batch, written)
        self.measures = {name: Reader(self, self.fields[name]) for name in self.own if name in written}
        for reader in self.measures.values():
            reader.field = None

    def prefetch_parts(self, entries):
        super().prefetch_parts(entries)
        if self.measures or "unit" in self.written:
            self.session.fetch(Target, "commitment_id", [entry.instance.pk for entry in entries])

    def fetch_said(self, keys):
        super().fetch_said(keys)
        if self.measures:
            self.session.fetch(Target, "commitment_id", keys)

    def says_own(self, record, entry):
        targets = self.session.rows(Target, "commitment_id", record.pk) if self.measures else ()
        target = own_target(targets, record.period)
        return all(
            reader.read(entry.row[name]) == getattr(target, name, None)
            for name, reader in self.measures.items()
        )

    def fill_own(self, name, entry):
        entry.wanted[name] = self.measures[name].read(entry.row[name])

    def plan_more(self, entry):
        """The one target over the commitment's own period, as `minimum` and `maximum` state it."""
        commitment = entry.instance
        if self.measures:
            self.plan_target(entry, commitment)
        if commitment.unit_id is None and self.session.rows(Target, "commitment_id", commitment.pk):
            entry.fault("unit", unmeasured_sentence())

    def plan_target(self, entry, commitment):
        rows = self.session.rows(Target, "commitment_id", commitment.pk)
        target = own_target(rows, commitment.period if entry.new else entry.kept[0]["period"])
        before = {name: getattr(target, name) if target else None for name in self.measures}
        wanted = {name: entry.wanted[name] for name in self.measures}
        period = target is not None and target.period != commitment.period
        if wanted == before and not period:
            return
        entry.changes.update(
            (name, (self.measures[name].cell.shown(before[name]), self.measures[name].cell.shown(value)))
            for name, value in wanted.items()
            if value != before[name]
        )
        self.write_target(commitment, target, wanted)

    def write_target(self, commitment, target, wanted):
        left = {
            "minimum": getattr(target, "minimum", None),
            "maximum": getattr(target, "maximum", None),
            **wanted,
        }
        empty = all(value is None for value in left.values())
        if target is None and not empty:
            self.add_part(Target(commitment=commitment, period=commitment.period, **wanted))
        elif target is not None and empty:
            self.session.remove(target)
        elif target is not None:
            self.change_part(target, period=commitment.period, **wanted)

    def together(self):
        return [commitments_in_circles] if "continues" in self.written else []

    def touch(self, entry):
        if entry.instance.continues_id:
            self.batch.touch("continues", entry.instance, entry)

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

    def together(self):
        return [unmeasured_targets]

    def touch(self, entry):
        self.batch.touch("targets", entry.instance.commitment, entry)

    def get_queryset(self):
        return Target.objects.select_related(
            "commitment__office", "obligor", "counterpart", "document__office"
        ).order_by("commitment__code", "period_first", "id")


class NumberedCell(TextCell):
    """Another row of the same record, by its number."""

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else str(value.number)


def sibling(kind, owner, value):
    """The planned or stored row of `kind`'s table with the number that a cell names and the same `owner`.

    `owner` is (column, key). A row that may stand further down in the file is left for later.
    """
    number = NumberCell(whole=True).clean(value)
    if number is None:
        return None
    column, key = owner
    if found := kind.session.match(kind.model, (column, "number"), (key, number)):
        return found
    if kind.batch.may_come(kind.model):
        raise Later(value)
    raise ValueError(
        _("There is no row %(number)s: write the number of a row of the same record.") % {"number": number}
    )


def highest_numbers(commitments):
    """{commitment: the highest number of its reports in the register}, by keys."""
    found, wanted = {}, iter(commitments)
    while few := list(islice(wanted, SLICE)):
        reports = Progress.objects.filter(commitment__in=few).order_by().values_list("commitment")
        found.update(reports.annotate(Max("number")))
    return found


class ProgressResource(AlikeMixin, KindResource):
    """progress: dated reports; an existing row is never changed, a correction is a new row."""

    kind, model, key = "progress", Progress, ("commitment", "number")
    optional_key, dated, naming = ("number",), ("on",), "number"
    identity, apart = ("commitment", "on"), ("obligor", "counterpart")
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

    own, spread = ("corrects",), {"quantity": ["qualifier"]}

    def names_itself(self):
        return "corrects" in self.written

    def key_of(self, entry):
        if entry.row.get("commitment", "") == "" or entry.row.get("number", "") in ("", None):
            return None
        return super().key_of(entry)

    def fill_own(self, name, entry):
        owner = "commitment_id", entry.instance.commitment_id
        entry.instance.corrects = sibling(self, owner, entry.row["corrects"])

    def says_own(self, record, entry):
        if "corrects" not in self.owned:
            return True
        found = sibling(self, ("commitment_id", record.commitment_id), entry.row["corrects"])
        return record.corrects_id == (found and found.pk)

    def tells(self, entry):
        return super().tells(entry) and not plain(entry.row.get("corrects"))  # that is a new report

    def named(self, record, entry):
        return f"{plain(entry.row.get('commitment'))}#{record.number}"

    def count(self, entry):
        """Reports without a number get the next ones of their commitment."""
        report = entry.instance
        if report.number is not None:
            self.running.meet(report.commitment_id, report.number)
        else:
            entry.made = self.running.lack(report.commitment_id)

    def made(self):
        return ["number", self.running.starts(highest_numbers)]

    def finish(self, entry):
        if entry.new:
            entry.instance.author = self.batch.user
        elif self.differences(entry):
            entry.fault(
                "",
                _("Report %(number)s is entered already and is never changed: add a row that corrects it.")
                % {"number": entry.instance.number},
            )
        super().finish(entry)

    def get_queryset(self):
        return Progress.objects.select_related(
            "commitment__office", "reason", "obligor", "counterpart", "corrects"
        ).order_by("commitment__code", "number")


class OverrideResource(KindResource):
    """overrides: the state of a commitment as an officer says it is, from one day to another."""

    kind, model, key = "overrides", StateOverride, ("commitment", "since")
    commitment = column("commitment", RecordCell(Commitment))
    since = column("since", DayCell())
    state = column("state", ChoiceCell(State))
    reason = column("reason", TextCell())
    until = column("until", DayCell())

    def finish(self, entry):
        if entry.new:
            entry.instance.author = self.batch.user
        super().finish(entry)

    def get_queryset(self):
        return StateOverride.objects.select_related("commitment__office").order_by(
            "commitment__code", "since", "id"
        )
