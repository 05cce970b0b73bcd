"""Gaps in the data: how many records lack what, then which; three queries whatever the size."""

from collections import defaultdict
from typing import NamedTuple

import django_filters
from django.conf import settings
from django.db.models import CharField, Count, F, Q, TextField, Value
from django.db.models.functions import Cast, Coalesce, NullIf
from django.utils.translation import gettext_lazy as _
from django_filters.fields import ModelChoiceField, ModelChoiceIterator

from agreements.filters import commitments_of, fields_of, lead_units, one_of, with_field
from agreements.models import Agreement, AgreementRole, Commitment, CommitmentRole, Organization, Term
from agreements.places import PlaceFilterSet, abroad, areas, at_home
from delegations.filters import taken_part
from delegations.models import Delegation, DelegationRole, Delivery, DeliveryRole, Meeting, MeetingRole
from tracker.progress.remembered import kept
from tracker.reports.addresses import record
from tracker.reports.asking import Choosing, again, left_out
from tracker.reports.gap_kinds import GAPS
from tracker.reports.questions import Question
from tracker.reports.shortening import shortened
from tracker.reports.table import Cell, Column, Moment, Stack, make_table

SLUG = "gaps"
FEW = 20
"""Rows that a page lists of each gap where all are told."""
COLUMNS = (Column("gap", _("What is missing")), Column("number", _("Records"), "number"))
LIST_COLUMNS = (
    Column("code", _("Code")),
    Column("record", _("Record")),
    Column("title", _("Title or content")),
    Column("when", _("Date or period")),
    Column("office", _("Office")),
)
STACKS = (
    Stack("title", _("Title or content"), (("title", ""), ("code", ""))),
    Stack("record", _("Record"), (("record", ""),)),
    Stack("when", _("Date or period"), (("when", ""),)),
    Stack("office", _("Office"), (("office", ""),)),
)
MODELS = {model._meta.model_name: model for model in (Agreement, Commitment, Delegation, Meeting, Delivery)}
TEXTS = {
    # model: (its text, the dates that tell when, the first known one is shown; the first day, for the order)
    Agreement: ("title", ("signed_on", "exchanged_on", "period"), "signed_first"),
    Commitment: ("text", ("made_on", "period"), "made_first"),
    Delegation: ("name", ("held",), "held_first"),
    Meeting: ("results", ("held",), "held_first"),
    Delivery: ("note", ("held",), "held_first"),
}
UNITS = {
    Commitment: ("lead",),
    Delegation: ("sender", "host"),
    Meeting: ("host",),
    Delivery: ("giver", "receiver"),
}
"""{record: the parts in it of the unit whose it is}."""
ROLES = (AgreementRole, CommitmentRole, DelegationRole, MeetingRole, DeliveryRole)


def offices():
    """Bodies that keep anything."""
    kept = Q()
    for model in MODELS.values():
        kept |= Q(pk__in=model.objects.values("office"))
    return Organization.objects.filter(kept)


def used_fields():
    """Fields of anything."""
    used = Q()
    for model in MODELS.values():
        used |= Q(pk__in=fields_of(model).values("pk"))
    return Term.objects.filter(used)


def units():
    """Bodies whose anything is."""
    found = Q(pk__in=lead_units().values("pk"))
    for model, roles in UNITS.items():
        parts = model.roles.rel.related_model.objects.filter(role__in=roles, body__isnull=False)
        found |= Q(pk__in=parts.values("body"))
    return Organization.objects.filter(found)


class KeptChoices(ModelChoiceIterator):
    """Choices out of all tables of roles take longer to find than to read: which they are is kept."""

    def __iter__(self):
        self.queryset = kept(self.queryset)
        yield from super().__iter__()


class KeptChoiceField(ModelChoiceField):
    iterator = KeptChoices


class KeptChoiceFilter(django_filters.ModelChoiceFilter):
    field_class = KeptChoiceField


class GapFilter(PlaceFilterSet):
    """Office, places, field, unit and one gap; they narrow records of several tables (`narrowed`)."""

    office = one_of(_("Office"), offices, "any")
    place = one_of(_("Our locality"), lambda: at_home(areas(*ROLES)), "any", KeptChoiceFilter)
    partner = one_of(_("Partner"), lambda: abroad(areas(*ROLES)), "any", KeptChoiceFilter)
    field = one_of(_("Field"), used_fields, "any")
    unit = one_of(_("Unit in charge"), units, "any", KeptChoiceFilter)
    gap = django_filters.ChoiceFilter(
        label=_("What is missing"),
        choices=[(gap.key, gap.title) for gap in GAPS],
        method="any",
        empty_label=_("All"),
    )

    class Meta:
        model = Agreement
        fields = []

    def any(self, queryset, name, value):
        return queryset


class GapQuestion(Choosing, Question):
    """Which facts are missing as of a day."""

    filters = GapFilter
    shared = ("office", "place", "partner", "named", "field", "unit", "gap")


class Missing(NamedTuple):
    """A record that lacks something; `sort`: its kind where it has one."""

    gap: str
    model: str
    pk: int
    code: str
    text: str
    when: str
    office: str
    sort: str
    day: object

    @property
    def title(self):
        """What it is called; meetings and deliveries by their kind and contents."""
        kinds = dict(MODELS[self.model].Kind.choices) if self.sort else {}
        return ": ".join(filter(None, [str(kinds.get(self.sort, "")), shortened(self.text)]))

    @property
    def page(self):
        return record(MODELS[self.model]._meta.model_name, self.pk)


def gaps(question):
    """A Table of how many records lack what as of the day, and below it the first of them, gap by gap."""
    wanted = [gap for gap in GAPS if question.value("gap") in (None, "", gap.key)]
    found = [(gap.key, narrowed(rows, question)) for gap in wanted for rows in gap.rows(question.on)]
    numbers = counted_by_gap(found)
    listed = records(found, FEW if question.most and len(wanted) > 1 else question.most)
    rows = [[gap.title, number_cell(gap, numbers[gap.key], question)] for gap in wanted]
    below = [lists(gap, listed[gap.key], numbers[gap.key], question) for gap in wanted if numbers[gap.key]]
    return make_table(
        SLUG,
        _("Gaps in the data"),
        COLUMNS,
        rows,
        notes=notes(),
        as_of=question.on,
        conditions=question.conditions,
        below=tuple(below),
    )


def number_cell(gap, number, question):
    """How many, with the way to them; 0 opens nothing."""
    return Cell(number, address_of(gap, question) if number else "")


def notes():
    days = {"days": settings.REPORT_DAYS}
    yield _("A record may lack several things: the numbers are not to be added up.")
    yield (
        _("A report on results is missed %(days)s days after the return, or after the day set for it.") % days
    )
    if not settings.REVIEW_REQUIRED:
        yield _("This register does not require approval: figures not yet approved count in its reports.")


def narrowed(rows, question):
    """`rows` of the office, field and unit and with the places asked for."""
    if office := question.value("office"):
        rows = rows.filter(office=office)
    if field := question.value("field"):
        rows = with_field(rows, field)
    if unit := question.value("unit"):
        rows = of_unit(rows, unit)
    for name in ("place", "partner"):
        if places := question.places(name):
            rows = of_places(rows, places)
    return rows


def of_unit(rows, unit):
    """Those of `rows` that are this unit's: it is focal or leads, sends or receives, gives or is given."""
    if rows.model is Agreement:
        return rows.filter(pk__in=Agreement.objects.led_by(unit).values("pk"))
    roles = UNITS[rows.model]
    parts = rows.model.roles.rel.related_model.objects.filter(role__in=roles, body=unit)
    return rows.filter(pk__in=parts.values(rows.model._meta.model_name))


def of_places(rows, places):
    if rows.model is Agreement:
        return rows.signed_by(places)
    return rows.filter(commitments_of(places)) if rows.model is Commitment else taken_part(rows, places)


def counted_by_gap(found):
    """{gap: records}, 0 without any, of [(gap, queryset)]: one statement."""
    groups = [
        alone(rows).annotate(gap=word(key)).order_by().values("gap").annotate(number=Count("pk"))
        for key, rows in found
    ]
    numbers = defaultdict(int)
    for row in united([group.values_list("gap", "number") for group in groups]):
        numbers[row[0]] += row[1]
    return numbers


def alone(rows):
    """The same records without what was computed to find them."""
    return rows.model.objects.filter(pk__in=rows.order_by().values("pk"))


def records(found, most):
    """{gap: [Missing]}, the latest first, at most `most` (None: all): one statement."""
    listed = defaultdict(list)
    for row in united([described(key, rows, most) for key, rows in found]):
        listed[row[0]].append(Missing._make(row))
    for rows in listed.values():
        rows.sort(
            key=lambda row: (row.day is None, -row.day.toordinal() if row.day else 0, row.model, row.pk)
        )
        if most is not None:
            del rows[most:]
    return listed


def described(key, rows, most):
    """The columns of Missing for the latest `most` of `rows`."""
    model = rows.model
    text, dates, first = TEXTS[model]
    latest = rows.order_by(F(first).desc(nulls_last=True), "pk").values("pk")
    latest = latest if most is None else latest[:most]
    when = Coalesce(*(NullIf(name, Value("")) for name in dates), Value(""))
    has_sort = model in (Meeting, Delivery)
    chosen = model.objects.filter(pk__in=latest).annotate(
        gap=word(key),
        table=word(model._meta.model_name),
        text_of=Cast(text, TextField()),
        when=Cast(when, TextField()),
        sort_of=Cast("kind", TextField()) if has_sort else word(""),
        day=F(first),
    )
    columns = ("gap", "table", "pk", "code", "text_of", "when", "office__name", "sort_of", "day")
    return chosen.order_by().values_list(*columns)


def word(text):
    return Cast(Value(text), CharField())


def united(querysets):
    """The rows of all, one statement."""
    first, *others = querysets
    return first.union(*others, all=True) if others else first


def lists(gap, rows, number, question):
    """The records that one gap is about."""
    cells = [
        [
            Cell(row.code, row.page),
            MODELS[row.model]._meta.verbose_name,
            Cell(row.title, row.page),
            Moment(row.when),
            row.office,
        ]
        for row in rows
    ]
    notes = tuple(left_out(len(rows), number, address_of(gap, question, "all")))
    title = _("%(title)s (%(count)s)") % {"title": gap.title, "count": number}
    return make_table(gap.key, title, LIST_COLUMNS, cells, notes=notes, as_of=question.on, stacks=STACKS)


def address_of(gap, question, *flags):
    """The report with this gap alone; `flags`: "all", every row of it."""
    flags = dict.fromkeys(flags, 1)
    return f"{again(SLUG, question.asked, gap=gap.key, **flags)}#{gap.key}"
